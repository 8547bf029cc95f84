"""Contracts of the tests, in Vyper: a token, and a migrator unlike that of the demo.

The migrator pays `beneficiary` for what `payer` gives, six new tokens for one old token with
fewer decimals, takes new tokens back, and can be paused.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

TOKEN = """
# pragma version ~=0.4.0
event Transfer:
    sender: indexed(address)
    receiver: indexed(address)
    amount: uint256

event Approval:
    owner: indexed(address)
    spender: indexed(address)
    amount: uint256

symbol: public(String[16])
decimals: public(uint8)
totalSupply: public(uint256)
balanceOf: public(HashMap[address, uint256])
allowance: public(HashMap[address, HashMap[address, uint256]])

@deploy
def __init__(symbol: String[16], decimals: uint8, supply: uint256):
    self.symbol = symbol
    self.decimals = decimals
    self.totalSupply = supply
    self.balanceOf[msg.sender] = supply

@external
def approve(spender: address, amount: uint256) -> bool:
    self.allowance[msg.sender][spender] = amount
    log Approval(owner=msg.sender, spender=spender, amount=amount)
    return True

@external
def transfer(receiver: address, amount: uint256) -> bool:
    self.balanceOf[msg.sender] -= amount
    self.balanceOf[receiver] += amount
    log Transfer(sender=msg.sender, receiver=receiver, amount=amount)
    return True

@external
def transferFrom(owner: address, receiver: address, amount: uint256) -> bool:
    self.allowance[owner][msg.sender] -= amount
    self.balanceOf[owner] -= amount
    self.balanceOf[receiver] += amount
    log Transfer(sender=owner, receiver=receiver, amount=amount)
    return True
"""

MIGRATOR = """
# pragma version ~=0.4.0
interface Token:
    def transfer(receiver: address, amount: uint256) -> bool: nonpayable
    def transferFrom(owner: address, receiver: address, amount: uint256) -> bool: nonpayable

event Moved:
    given: uint256
    payer: indexed(address)
    beneficiary: indexed(address)
    paid: uint256

event Returned:
    holder: indexed(address)
    given: uint256

old: public(Token)
new: public(Token)
halted: public(bool)
owner: address

@deploy
def __init__(old: address, new: address):
    self.old = Token(old)
    self.new = Token(new)
    self.owner = msg.sender

@external
def move(beneficiary: address, amount: uint256):
    assert not self.halted, "halted"
    paid: uint256 = amount * 6 // 10 ** 9
    extcall self.old.transferFrom(msg.sender, self, amount)
    extcall self.new.transfer(beneficiary, paid)
    log Moved(given=amount, payer=msg.sender, beneficiary=beneficiary, paid=paid)

@external
def give_back(amount: uint256):
    extcall self.new.transferFrom(msg.sender, self, amount)
    extcall self.old.transfer(msg.sender, amount * 10 ** 9 // 6)
    log Returned(holder=msg.sender, given=amount)

@external
def halt(halted: bool):
    assert msg.sender == self.owner
    self.halted = halted
"""

OLD_DECIMALS = 18
NEW_DECIMALS = 9


@dataclass(frozen=True)
class Compiled:
    """A contract as a chain and web3 take it."""

    abi: list[dict[str, Any]]
    bytecode: str


@cache
def compiled(source: str) -> Compiled:
    """Compile a source; no network, no other compiler."""
    from vyper import compile_code

    made = compile_code(source, output_formats=["abi", "bytecode"])
    return Compiled(made["abi"], made["bytecode"])


def item(source: str, name: str) -> dict[str, Any]:
    """The item of a contract's ABI with a name, as a pack holds it."""
    return next(entry for entry in compiled(source).abi if entry.get("name") == name)
