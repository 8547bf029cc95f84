"""The official room: the signed manifest of addresses, domains and handles, and who asks of it.

Whatever cannot be verified is withheld: the room fails closed.
"""
