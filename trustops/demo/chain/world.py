"""What happens on the demo's chain: tokens, a migrator, and holders who do what holders do.

Deterministic: the same calls at the same times give the same balances on every machine. The
chain runs on the demo's clock, from a month ago until now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from eth_tester import EthereumTester, PyEVMBackend
from eth_tester.backends.pyevm.main import get_default_genesis_params
from web3 import EthereumTesterProvider, Web3
from web3.contract import Contract

from trustops.demo.chain.artefacts import load
from trustops.demo.chain.start import HISTORY

HOLDERS = 18
SUPPLY = 1_000_000_000 * 10**9
"""Old tokens in their smallest unit; there are nine decimals."""
RATIO = 6 * 10**9
"""Smallest units of the new token, with eighteen decimals, for one of the old."""
SHARE = 7_000_000 * 10**9
"""What each holder begins with; a little more for each that follows, so that no two are alike."""
GAS = 300_000

UNTOUCHED, APPROVED, PARTIAL, MIGRATED, SENT_DIRECTLY = range(1, 6)
ROLES: Mapping[str, int] = {
    "untouched": UNTOUCHED,
    "approved": APPROVED,
    "partial": PARTIAL,
    "migrated": MIGRATED,
    "sent-directly": SENT_DIRECTLY,
}
"""Holders whose wallets stand in the demo's tickets, by what they did."""


class World:
    """The chain and everybody on it. Not for several threads at once: the node holds a lock."""

    def __init__(self, now: datetime, holders: int = HOLDERS) -> None:
        """Deploy the contracts a month before an aware moment, and tell the month.

        Args:
            now: the end of the month, in the demo's time.
            holders: how many there are; at least those with a role and one more.
        """
        self._holders = holders
        self._moment = int((now - HISTORY).timestamp())
        self._backend = PyEVMBackend(
            genesis_parameters=get_default_genesis_params({"timestamp": self._moment}),
            genesis_state=PyEVMBackend.generate_genesis_state(num_accounts=holders + 1),
        )
        self._tester = EthereumTester(self._backend)
        self.provider = EthereumTesterProvider(self._tester)
        self._web3 = Web3(self.provider)
        self._accounts = self._web3.eth.accounts
        self._turn = 0
        self.old = self._deploy("token", "Demo Old Token", "OLDT", 9, SUPPLY)
        self.new = self._deploy("token", "Demo New Token", "NEWT", 18, SUPPLY * RATIO)
        self.migrator = self._deploy("migrator", self.old.address, self.new.address)
        self._call(0, self.new, "transfer", self.migrator.address, SUPPLY * RATIO * 6 // 10)
        for holder in range(1, holders + 1):
            self._call(0, self.old, "transfer", self._accounts[holder], _share(holder))
            if holder not in {UNTOUCHED, SENT_DIRECTLY}:
                self._call(holder, self.old, "approve", self.migrator.address, _share(holder))
        self._tell_history(int(now.timestamp()))

    @property
    def addresses(self) -> dict[str, str]:
        """The contracts, and the holders by their role."""
        named = {name: str(self._accounts[number]) for name, number in ROLES.items()}
        return {
            "old": str(self.old.address),
            "new": str(self.new.address),
            "migrator": str(self.migrator.address),
            **named,
        }

    @property
    def chain_id(self) -> int:
        """The id that the node tells."""
        return self._web3.eth.chain_id

    def go_on(self, now: datetime) -> None:
        """A block at an aware moment; in every second one a holder migrates a part."""
        self._wait_until(int(now.timestamp()))
        self._turn += 1
        if self._turn % 2:
            self._migrate_some(self._turn)
        else:
            self._tick()
            self._tester.mine_block()

    def _tell_history(self, until: int) -> None:
        """Approvals and migrations of a month: many at first, fewer each day."""
        began, steps = self._moment, 4 * self._holders
        self._call(
            SENT_DIRECTLY, self.old, "transfer", self.migrator.address, _share(SENT_DIRECTLY) // 3
        )
        for step in range(1, steps):
            self._wait_until(began + int((until - began - 60) * (step / steps) ** 1.6))
            if step == self._holders:
                self._migrate(PARTIAL, _share(PARTIAL) * 2 // 5)
                self._migrate(MIGRATED, _share(MIGRATED))
            elif step == 3 * self._holders:
                self._go_back(MIGRATED, _share(MIGRATED) // 10)
            else:
                self._migrate_some(step)

    def _migrate_some(self, step: int) -> None:
        """A ninth of what one of the holders without a role has left."""
        first = max(ROLES.values()) + 1
        holder = first + (step * 7) % (self._holders - first + 1)
        left = self.old.functions.balanceOf(self._accounts[holder]).call()
        if left // 9:
            self._migrate(holder, left // 9)

    def _migrate(self, holder: int, amount: int) -> None:
        self._call(holder, self.migrator, "migrate", amount, self._accounts[holder])

    def _go_back(self, holder: int, old_amount: int) -> None:
        self._call(holder, self.new, "approve", self.migrator.address, old_amount * RATIO)
        self._call(holder, self.migrator, "go_back", old_amount * RATIO)

    def _wait_until(self, moment: int) -> None:
        """Let the next block come at a moment, in seconds of the epoch; never before the last."""
        self._moment = max(self._moment, moment - 1)

    def _tick(self) -> None:
        """Give the pending block its time: eth-tester itself would take that of the machine."""
        self._moment += 1
        self._backend.chain.header = self._backend.chain.header.copy(timestamp=self._moment)

    def _deploy(self, name: str, *given: object) -> Contract:
        self._tick()
        artefact = load(name)
        factory = self._web3.eth.contract(abi=artefact.abi, bytecode=artefact.bytecode)
        sent = factory.constructor(*given).transact({"from": self._accounts[0], "gas": 2_000_000})
        receipt = self._web3.eth.get_transaction_receipt(sent)
        return self._web3.eth.contract(abi=artefact.abi)(receipt["contractAddress"])

    def _call(self, holder: int, contract: Contract, name: str, *given: str | int) -> None:
        """A transaction of a holder; one that reverts is a defect of the demo."""
        self._tick()
        act = contract.get_function_by_name(name)(*given)
        sent = act.transact({"from": self._accounts[holder], "gas": GAS})
        if self._web3.eth.get_transaction_receipt(sent)["status"] != 1:
            raise RuntimeError(f"the demo's {name} was reverted")


def _share(holder: int) -> int:
    """What a holder begins with, in smallest units."""
    return SHARE + holder * 431_234_567_891
