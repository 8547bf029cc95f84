"""The demo's chain: one process of its own, py-evm behind loopback HTTP, with our contracts.

Every process of the demo reads the same chain through it, as it would read a real node. Nothing
of it outlives the process: each start begins a new chain, with a month of history.
"""
