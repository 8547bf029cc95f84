# pragma version 0.4.3
"""
The migrator of the demo: it keeps the old tokens that it takes, and gives new ones from its own
stock. While it is open the way back is open too.
"""

from ethereum.ercs import IERC20

event Migrated:
    holder: indexed(address)
    recipient: indexed(address)
    old_amount: uint256
    new_amount: uint256

event Returned:
    holder: indexed(address)
    new_amount: uint256
    old_amount: uint256

RATIO: constant(uint256) = 6
UNITS: constant(uint256) = 10 ** 9  # old tokens have 9 decimals, new ones 18

old_token: public(immutable(address))
new_token: public(immutable(address))
owner: public(immutable(address))
is_open: public(bool)


@deploy
def __init__(old_token_: address, new_token_: address):
    old_token = old_token_
    new_token = new_token_
    owner = msg.sender
    self.is_open = True


@external
def migrate(amount: uint256, recipient: address):
    assert self.is_open, "the migration is closed"
    assert amount > 0, "nothing to migrate"
    given: uint256 = amount * RATIO * UNITS
    assert extcall IERC20(old_token).transferFrom(msg.sender, self, amount)
    assert extcall IERC20(new_token).transfer(recipient, given)
    log Migrated(holder=msg.sender, recipient=recipient, old_amount=amount, new_amount=given)


@external
def go_back(new_amount: uint256):
    assert self.is_open, "the migration is closed"
    given: uint256 = new_amount // (RATIO * UNITS)
    taken: uint256 = given * RATIO * UNITS
    assert given > 0, "too little"
    assert extcall IERC20(new_token).transferFrom(msg.sender, self, taken)
    assert extcall IERC20(old_token).transfer(msg.sender, given)
    log Returned(holder=msg.sender, new_amount=taken, old_amount=given)


@external
def set_open(open_: bool):
    assert msg.sender == owner, "owner only"
    self.is_open = open_
