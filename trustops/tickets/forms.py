"""What a requester or a program may send, parsed and tidied; pages and API share it.

Length limits are in characters. Whether a text is a secret was decided before, by the guard.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from trustops.content.invisible import unseen
from trustops.tickets.models import WRITTEN_LENGTH

MESSAGE_LENGTH = 10_000
SUBJECT_LENGTH = 200

_EMAIL = re.compile(
    r"(?=.{1,64}@)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+"
)
"""A plain address with a dotted domain: what our mail adapter can write to."""

_LOCALES = {"zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-hans": "zh-Hans", "ko": "ko", "ko-kr": "ko"}


def _one_line(value: object) -> object:
    """Fold white space and drop characters that cannot be seen: a subject is one visible line."""
    if not isinstance(value, str):
        return value
    return " ".join(" ".join(_visible(word) for word in value.split()).split())


def _paragraphs(value: object) -> object:
    """Keep line ends as line feeds; drop other control characters, which mislead the reader."""
    if not isinstance(value, str):
        return value
    return "\n".join(_visible(line).rstrip() for line in value.splitlines()).strip()


def _visible(value: str) -> str:
    """Drop control and direction-changing characters, which could disguise what stands here.

    Joiners stay where the script needs them, as in Persian, Hindi and emoji; between Latin letters
    they would only hide a word.
    """
    if value.isascii() and value.isprintable():
        return value
    hidden = set(unseen(value))
    return "".join(
        char
        for at, char in enumerate(value)
        if char == "\t" or (unicodedata.category(char) != "Cc" and at not in hidden)
    )


def _empty_is_none(value: object) -> object:
    tidied = _one_line(value)
    return None if tidied == "" else tidied


def one_address(value: str) -> str:
    """The spelling of an e-mail address under which it is stored and compared."""
    return unicodedata.normalize("NFKC", value).strip().lower()


def _address(value: str | None) -> str | None:
    if value is None:
        return None
    lowered = one_address(value)
    if not _EMAIL.fullmatch(lowered):
        raise ValueError("has to be an e-mail address such as name@example.org")
    return lowered


def _locale(value: str | None) -> str:
    return _LOCALES.get((value or "en").lower(), "en")


def _slug(value: str | None) -> str | None:
    if value is None:
        return None
    lowered = value.lower()
    if not re.fullmatch(r"[a-z0-9]+([ ._-][a-z0-9]+)*", lowered):
        raise ValueError("has to be the name of a chain, such as solana or ethereum")
    return lowered.replace(" ", "-")


Words = Annotated[str, Field(min_length=1, max_length=MESSAGE_LENGTH), BeforeValidator(_paragraphs)]
Subject = Annotated[str, Field(min_length=1, max_length=SUBJECT_LENGTH), BeforeValidator(_one_line)]
Written = Annotated[
    Annotated[str, Field(max_length=WRITTEN_LENGTH)] | None,
    BeforeValidator(_empty_is_none),
]
"""A wallet or a transaction in whatever form: what is none is said to its writer, not refused."""
Chain = Annotated[
    Annotated[str, Field(max_length=48)] | None,
    BeforeValidator(_empty_is_none),
    AfterValidator(_slug),
]
Email = Annotated[
    Annotated[str, Field(max_length=254)] | None,
    BeforeValidator(_empty_is_none),
    AfterValidator(_address),
]
Locale = Annotated[
    Annotated[str, Field(max_length=35)] | None,
    BeforeValidator(_empty_is_none),
    AfterValidator(_locale),
]


class NewTicket(BaseModel):
    """A ticket as it is asked for: by the form, or as the body of `POST /api/v1/tickets`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    topic: Annotated[str, Field(min_length=1, max_length=48), BeforeValidator(_one_line)]
    subject: Subject
    message: Words
    wallet: Written = None
    chain: Chain = None
    tx_hash: Written = None
    email: Email = None
    locale: Locale = None


class NewWords(BaseModel):
    """More words on a ticket."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    message: Words
