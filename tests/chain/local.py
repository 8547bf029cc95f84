"""A chain for tests, with two tokens and a migrator on it: py-evm in the process, or any node."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eth_tester import EthereumTester
from eth_tester.exceptions import BlockNotFound, TransactionFailed
from web3 import EthereumTesterProvider, Web3
from web3.contract import Contract
from web3.contract.contract import ContractFunction
from web3.types import RPCEndpoint

from tests.chain.contracts import MIGRATOR, NEW_DECIMALS, OLD_DECIMALS, TOKEN, compiled, item
from tests.fakes import FakeClock
from trustops.chain.nodes import Node, Nodes, Provider
from trustops.chain.packs import find_pack
from trustops.chain.schema import Pack

CHAIN_ID = 131277322940537
"""What eth-tester says to `eth_chainId`."""

OLD = 10**OLD_DECIMALS
NEW = 10**NEW_DECIMALS
SUPPLY = 1_000_000
FLOAT = 3_000_000
"""Old tokens in the world, and new tokens that the migrator is given; in whole tokens."""


class InProcess:
    """eth-tester behind the one method of a provider, with errors as a node words them."""

    def __init__(self) -> None:
        """Begin a chain of its own."""
        self.tester = EthereumTester()
        self.provider = EthereumTesterProvider(self.tester)
        bare = Web3(self.provider, middleware=[])
        self._request = self.provider.request_func(bare, bare.middleware_onion)

    def make_request(self, method: str, params: Sequence[object]) -> object:
        """Answer as a node would."""
        try:
            return self._request(RPCEndpoint(method), params)
        except TransactionFailed:
            return {"error": {"code": 3, "message": "execution reverted"}}
        except BlockNotFound:
            return {"error": {"code": -32000, "message": "unknown block"}}


@dataclass(frozen=True)
class LocalChain:
    """Tokens and a migrator on a chain. Account 0 deployed them and owns every old token."""

    w3: Web3
    old: Contract
    new: Contract
    migrator: Contract

    @property
    def people(self) -> list[str]:
        """Accounts with a key; each may spend what it owns through the migrator."""
        return list(self.w3.eth.accounts)

    def give(self, holder: int, tokens: int) -> None:
        """Give old tokens to an account, and let the migrator take them."""
        self._send(0, self.old.functions.transfer(self.people[holder], tokens * OLD))
        self._send(holder, self.old.functions.approve(self.migrator.address, 2**200))

    def move(self, holder: int, units: int, *, to: int | None = None) -> str:
        """Migrate old units; gives the hash of the transaction."""
        beneficiary = self.people[holder if to is None else to]
        return self._send(holder, self.migrator.functions.move(beneficiary, units))

    def give_back(self, holder: int, units: int) -> str:
        """Give new units back for old ones."""
        self._send(holder, self.new.functions.approve(self.migrator.address, units))
        return self._send(holder, self.migrator.functions.give_back(units))

    def halt(self, *, halted: bool) -> None:
        """Pause the migrator, or let it go on."""
        self._send(0, self.migrator.functions.halt(halted))

    def send_directly(self, holder: int, units: int) -> None:
        """Send old tokens to the migrator without migrating them."""
        self._send(holder, self.old.functions.transfer(self.migrator.address, units))

    def mine(self, blocks: int) -> None:
        """Let blocks pass."""
        for _ in range(blocks):
            answer = self.w3.provider.make_request(RPCEndpoint("evm_mine"), [])
            assert answer.get("error") is None

    def _send(self, sender: int, call: ContractFunction) -> str:
        sent = call.transact({"from": self.people[sender]})
        receipt = self.w3.eth.wait_for_transaction_receipt(sent)
        assert receipt["status"] == 1
        return Web3.to_hex(sent)


def deploy(w3: Web3) -> LocalChain:
    """Deploy both tokens and the migrator, and give it new tokens to pay out."""
    old = _deploy(w3, TOKEN, "OLD", OLD_DECIMALS, SUPPLY * OLD)
    new = _deploy(w3, TOKEN, "NEW", NEW_DECIMALS, 10 * SUPPLY * NEW)
    migrator = _deploy(w3, MIGRATOR, old.address, new.address)
    chain = LocalChain(w3, old, new, migrator)
    first = chain.people[0]
    new.functions.transfer(migrator.address, FLOAT * NEW).transact({"from": first})
    old.functions.approve(migrator.address, 2**200).transact({"from": first})
    return chain


def _deploy(w3: Web3, source: str, *arguments: object) -> Contract:
    made = compiled(source)
    factory = w3.eth.contract(abi=made.abi, bytecode=made.bytecode)
    sent = factory.constructor(*arguments).transact({"from": w3.eth.accounts[0]})
    address = w3.eth.wait_for_transaction_receipt(sent)["contractAddress"]
    assert address is not None
    return w3.eth.contract(address=address, abi=made.abi)


def pack_text(chain: LocalChain, **given: object) -> str:
    """A pack of the chain as its file; `given` replaces `chain_id`, `finality`, `head`, `tail`."""
    moved, returned = (json.dumps(item(MIGRATOR, name)) for name in ("Moved", "Returned"))
    halted = json.dumps(item(MIGRATOR, "halted"))
    values: dict[str, object] = {
        "chain_id": CHAIN_ID,
        "finality": 5,
        "sink": "held",
        "head": "",
        "tail": "",
    } | given
    return f"""
id = "test"
name = "Old to new"
ratio = {{ numerator = 6, denominator = 1 }}
sink = {{ kind = "{values["sink"]}" }}
liquidity = {{ kind = "held" }}
{values["head"]}

[[chains]]
name = "local"
title = "Local"
kind = "evm"
chain_id = {values["chain_id"]}
finality = {json.dumps(values["finality"])}
poll = 30
stale_after = 0

[[tokens]]
chain = "local"
role = "old"
address = "{chain.old.address}"
symbol = "OLD"

[[tokens]]
chain = "local"
role = "new"
address = "{chain.new.address}"
symbol = "NEW"

[[contracts]]
chain = "local"
address = "{chain.migrator.address}"
from_block = 1

[[contracts.events]]
direction = "migrate"
abi = '{moved}'
map = {{ payer = "payer", beneficiary = "beneficiary", old_amount = "given", new_amount = "paid" }}

[[contracts.events]]
direction = "unmigrate"
abi = '{returned}'
map = {{ payer = "holder", new_amount = "given" }}

[[status]]
chain = "local"
contract = "{chain.migrator.address}"
call = '{halted}'
meaning = {{ true = "paused", false = "open" }}
{values["tail"]}
"""


def write_pack(folder: Path, text: str) -> Pack:
    """Put a pack into a content folder and read it as the product does."""
    (folder / "migrations").mkdir(exist_ok=True)
    (folder / "migrations" / "test.toml").write_text(text, encoding="utf-8")
    pack = find_pack(folder, "test")
    assert pack is not None
    return pack


def nodes(*providers: Provider, clock: FakeClock, chain_id: int = CHAIN_ID) -> Nodes:
    """Nodes on providers, which wait for nothing between two tries."""
    return Nodes(tuple(Node(item, chain_id, clock, sleep=lambda _: None) for item in providers))


@contextmanager
def undone(tester: EthereumTester) -> Iterator[None]:
    """What happens inside is on a branch that the chain drops at the end."""
    before = tester.take_snapshot()
    yield
    tester.revert_to_snapshot(before)
