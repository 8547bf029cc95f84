"""Why outgoing words are held or refused, in words for whoever wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto


class Ruling(StrEnum):
    """What becomes of outgoing words: they go, wait for a lead, or are not taken."""

    PASS = auto()
    HELD = auto()
    REFUSED = auto()


class Code(StrEnum):
    """What in outgoing words stops them."""

    HOST = auto()
    SHORTENED = auto()
    ADDRESS = auto()
    EMAIL = auto()
    ACCOUNT = auto()
    SIGNATURE = auto()
    PROMISED_DATE = auto()
    PROMISED_AMOUNT = auto()
    SENSITIVE = auto()
    PROGRAM = auto()
    APPROVAL = auto()
    MONEY = auto()
    ELSEWHERE = auto()
    LANGUAGE = auto()
    SECRET = auto()
    ONE_TIME_CODE = auto()
    PAYMENT = auto()
    REMOTE_CONTROL = auto()
    WALLET = auto()


REFUSED = frozenset(
    {Code.SECRET, Code.ONE_TIME_CODE, Code.PAYMENT, Code.REMOTE_CONTROL, Code.WALLET}
)
"""What nobody may ever say to a holder; all else waits for a lead."""

SENTENCES: dict[Code, str] = {
    Code.HOST: "names a site that is neither official nor a public explorer or exchange",
    Code.SHORTENED: "has a shortened link, which hides where it leads",
    Code.ADDRESS: "names an address or transaction that is neither official nor the requester's",
    Code.EMAIL: "names an e-mail address that is not official",
    Code.ACCOUNT: "names an account or number that is not official",
    Code.SIGNATURE: "asks for a signature, which only the form of the desk does",
    Code.PROMISED_DATE: "promises something by a date that no known fact supports",
    Code.PROMISED_AMOUNT: "promises an amount that no known fact supports",
    Code.SENSITIVE: "speaks of a phrase, key, password or code, and does not warn of telling it",
    Code.PROGRAM: "leads to a program, a command or a picture with a code",
    Code.APPROVAL: "tells the reader to confirm or approve something with a wallet",
    Code.MONEY: "speaks of a fee, a tax or a deposit, and does not warn of it",
    Code.ELSEWHERE: "leads the talk away from this ticket",
    Code.LANGUAGE: "is in a language in which asks are not known here",
    Code.SECRET: "asks for a recovery phrase, a key or a password",
    Code.ONE_TIME_CODE: "asks for a one-time code",
    Code.PAYMENT: "asks for a payment",
    Code.REMOTE_CONTROL: "asks for control of a device, or to see its screen",
    Code.WALLET: "asks to connect, validate or synchronise a wallet",
}
"""Each follows the name of a field, such as "Your message"."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with the part of the text that it is about: places in what was written."""

    code: Code
    start: int
    end: int
