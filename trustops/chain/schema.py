"""The shape of a migration pack: `content/migrations/<id>.toml`. Unknown keys are refused.

docs/chain.md explains every field with two worked examples; `coherence` checks that the parts
belong together.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from trustops.chain.abi import CallAbi, EventAbi, read_call, read_event
from trustops.content.chain_names import chain_shown
from trustops.content.schema import Line, Slug
from trustops.content.typed_days import written_day

AbiItem = str | dict[str, Any]


def _is_event(given: AbiItem) -> AbiItem:
    read_event(given)
    return given


def _is_call(given: AbiItem) -> AbiItem:
    read_call(given)
    return given


Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=48)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Symbol = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=32)]
Block = Annotated[int, Field(strict=True, ge=0)]
Positive = Annotated[int, Field(strict=True, gt=0)]
Decimals = Annotated[int, Field(strict=True, ge=0, le=77)]
Moment = AwareDatetime | date

State = Literal["open", "closed", "unknown"]
Meaning = Literal["open", "closed", "paused", "not-started"]
Direction = Literal["migrate", "unmigrate"]
DirectTransfer = Literal["lost", "swap", "converted"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Window(_Part):
    """When the migration is open. Without a state the dates decide; without dates, nobody knows."""

    opens: Moment | None = None
    closes: Moment | None = None
    state: State | None = None
    note: Text | None = None


class ChainPart(_Part):
    """One chain. `finality` is a tag of the node, or a depth in blocks for chains without one.

    `poll` is how many seconds lie between two reads. `stale_after` is how many seconds old the
    newest block may be before the node counts as lagging; 0 where a chain makes blocks on demand.
    """

    name: Slug
    title: Line | None = None
    kind: Literal["evm", "solana"]
    chain_id: Positive | None = None
    finality: Literal["finalized", "safe"] | Positive = "finalized"
    start_block: Block = 0
    poll: Annotated[int, Field(strict=True, ge=5, le=3600)] = 30
    stale_after: Annotated[int, Field(strict=True, ge=0, le=86_400)] = 600

    @property
    def shown(self) -> str:
        """The name of the chain in a sentence."""
        return self.title or chain_shown(self.name)


class TokenPart(_Part):
    """The old or the new token on a chain. Decimals are read from the chain where absent.

    `direct_transfer_means` says what becomes of tokens that are sent to this very address: they
    are lost, that is the swap, or they are converted. Absent, nobody knows, and pages say so.
    """

    chain: Slug
    role: Literal["old", "new"]
    address: Line
    symbol: Symbol
    decimals: Decimals | None = None
    direct_transfer_means: DirectTransfer | None = None


class ArgumentMap(_Part):
    """Which argument of the event means what.

    Without `payer` it is the sender of the transaction; without `beneficiary` it is the payer.
    Of the two amounts one may be absent: it follows from the other by the ratio.
    """

    payer: Line | None = None
    beneficiary: Line | None = None
    old_amount: Line | None = None
    new_amount: Line | None = None


class EventPart(_Part):
    """An event that means a migration, or one back. `abi` is the whole item of the ABI."""

    direction: Direction
    abi: Annotated[AbiItem, AfterValidator(_is_event)]
    map: ArgumentMap

    @property
    def event(self) -> EventAbi:
        """The event, read."""
        return read_event(self.abi)


class ContractPart(_Part):
    """One version of the contract that migrates; both blocks are part of its time."""

    chain: Slug
    role: Slug = "migrator"
    address: Line
    from_block: Block
    to_block: Block | None = None
    events: Annotated[tuple[EventPart, ...], Field(min_length=1)]


class Ratio(_Part):
    """New tokens for old ones, in whole tokens: new = old * numerator / denominator, floored."""

    numerator: Positive
    denominator: Positive


class Sink(_Part):
    """What becomes of old tokens that were migrated.

    `held`: they lie in `addresses`, which are the contracts of the pack where none is named.
    `dead`: they lie at addresses without a key. `burned`: the total supply falls. `none`: nothing
    that can be read.
    """

    kind: Literal["held", "dead", "burned", "none"]
    addresses: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _addresses_fit(self) -> Self:
        if self.kind == "dead" and not self.addresses:
            raise ValueError("needs the addresses where the old tokens lie")
        if self.kind in {"burned", "none"} and self.addresses:
            raise ValueError(f"has no addresses when it is {self.kind}")
        return self


class StatusPart(_Part):
    """A function without arguments that says on chain whether one can migrate.

    `meaning` gives a word for each answer, written as text: "true", "false", "0", "1".
    """

    chain: Slug
    contract: Line
    call: Annotated[AbiItem, AfterValidator(_is_call)]
    meaning: Annotated[dict[str, Meaning], Field(min_length=1)]

    @property
    def function(self) -> CallAbi:
        """The function, read."""
        return read_call(self.call)


class Liquidity(_Part):
    """Where new tokens wait for holders; the contracts of the pack where no address is named."""

    kind: Literal["held", "minted"]
    addresses: tuple[Line, ...] = ()


Value = AwareDatetime | date | Annotated[int, Field(strict=True)] | Text

_VALUES_OF_KINDS: Mapping[str, str] = {
    "date": "2026-11-29 without quotes",
    "instant": "2026-11-29T12:00:00Z without quotes",
    "number": "a whole number without quotes",
    "ratio": 'the ratio in quotes, as in "1:6"',
    "text": "the words in quotes",
}


class FactPart(_Part):
    """One fact that prose may name as `migration.<name>`, with what it rests on.

    Grade A is a notice of the party itself, B its e-mail or answer, C a statement of the
    project, D press or community. `value` of a date or an instant is a TOML date or date-time.
    """

    kind: Literal["date", "instant", "ratio", "number", "text"]
    value: Value
    note: Text | None = None
    grade: Literal["A", "B", "C", "D"]
    evidence: Text
    checked: date | None = None

    @field_validator("value")
    @classmethod
    def _value_fits(cls, value: Value, info: ValidationInfo) -> Value:
        kind = info.data.get("kind")
        is_instant = isinstance(value, datetime)
        fits = {
            "date": isinstance(value, date) and not is_instant,
            "instant": is_instant,
            "number": isinstance(value, int),
            "ratio": isinstance(value, str),
            "text": isinstance(value, str),
        }
        # Another kind is told where it stands.
        if kind is not None and not fits[kind]:
            typed = written_day(value) if kind == "date" and isinstance(value, str) else ""
            example = f"{typed} without quotes" if typed else _VALUES_OF_KINDS[kind]
            raise ValueError(f"is no value of the kind {kind}; write value = {example}")
        return value


class Pack(_Part):
    """One migration: its chains, tokens, contracts, and what is known of it."""

    id: Slug
    name: Line
    window: Window = Window()
    ratio: Ratio | None = None
    chains: Annotated[tuple[ChainPart, ...], Field(min_length=1)]
    tokens: tuple[TokenPart, ...] = ()
    contracts: tuple[ContractPart, ...] = ()
    sink: Sink = Sink(kind="none")
    status: tuple[StatusPart, ...] = ()
    liquidity: Liquidity | None = None
    facts: dict[Name, FactPart] = {}

    def chain(self, name: str) -> ChainPart | None:
        """The chain with a name, or None."""
        return next((chain for chain in self.chains if chain.name == name), None)

    def token(self, chain: str, role: str) -> TokenPart | None:
        """The old or the new token on a chain, or None."""
        return next((t for t in self.tokens if t.chain == chain and t.role == role), None)

    def tokens_on(self, chain: str) -> tuple[TokenPart, ...]:
        """The tokens on a chain."""
        return tuple(token for token in self.tokens if token.chain == chain)

    def contracts_on(self, chain: str) -> tuple[ContractPart, ...]:
        """The contracts on a chain, as the file orders them."""
        return tuple(contract for contract in self.contracts if contract.chain == chain)
