"""The rules of the accounts room, as tests."""
