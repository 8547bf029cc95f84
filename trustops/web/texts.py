"""Every text of a request, as the guard has to see it: path, query, headers, form and JSON.

What this module does not collect, nobody has looked at; so it also refuses what it cannot read
in full: files, unknown kinds of content, JSON with a name twice, and texts beyond all measure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

from flask import request
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    RequestEntityTooLarge,
    UnsupportedMediaType,
)

from trustops.errors import FieldError, InvalidInputError
from trustops.web.names import KNOWN_NAMES
from trustops.web.validation import WHOLE

MOST_BYTES = 256 * 1024
MOST_FIELDS = 200
DEEPEST = 16
LONGEST_TEXT = 20_000
"""Characters of one text: a long letter, and little enough to look at every word of it."""

MOST_CHARACTERS = 40_000
"""Characters of all texts of a form or body. The guard's work grows with them."""

TRANSACTION = "tx_hash"
"""The one field in which 64 hexadecimal digits are expected."""

HEADER = "header"
"""The name of the place that holds the headers."""

_TOKEN = re.compile(r"bearer tod_[0-9A-Za-z]+_[0-9A-Za-z]+", re.IGNORECASE)
_OWN_COOKIE = re.compile(r"(?:__Host-)?trustops_(?:session|browser|device)=[\w.~-]*", re.ASCII)
_USUAL = frozenset(
    {
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "Authorization",
        "Cache-Control",
        "Connection",
        "Content-Length",
        "Content-Type",
        "Cookie",
        "Host",
        "If-None-Match",
        "Origin",
        "Referer",
        "Sec-Fetch-Dest",
        "Sec-Fetch-Mode",
        "Sec-Fetch-Site",
        "Sec-Fetch-User",
        "User-Agent",
    }
)
"""Names of headers that every browser sends, and that say nothing by themselves."""

_OF_A_KEYSTORE = frozenset({"crypto", "ciphertext", "encoded", "encoding"})
"""Names at the top of a document that is a keystore itself, and not a request."""

_NEVER_STORED = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Text:
    """One text and the field that is named if it is refused."""

    field: str
    text: str


@dataclass(slots=True)
class Place:
    """The texts of one part of the request. `refusal` is raised once the guard found nothing."""

    name: str
    texts: list[Text] = field(default_factory=list)
    whole: str = ""
    characters: int = 0
    refusal: HTTPException | InvalidInputError | None = None

    @property
    def too_much(self) -> bool:
        """Whether the texts together are more than anybody means to say."""
        return self.characters > MOST_CHARACTERS

    def add(self, name: str, text: str) -> None:
        """Add a name and what stands under it; both are texts that somebody wrote."""
        self.characters += len(name) + len(text)
        known = name if name in KNOWN_NAMES else WHOLE
        if name and known == WHOLE:
            self.texts.append(Text(WHOLE, name))
        if text:
            self.texts.append(Text(known, text))
        if self.refusal is None:
            self.refusal = _fault(known, text) or _fault(WHOLE, name)
        if self.refusal is None and len(self.texts) > 2 * MOST_FIELDS:
            self.refusal = RequestEntityTooLarge()


def places() -> Iterator[Place]:
    """The parts of this request, each with all its texts.

    Raises:
        RequestEntityTooLarge: the body is larger than the application takes.
    """
    yield _path()
    yield _query()
    yield _headers()
    body = _body()
    if body is not None:
        yield body


def _fault(name: str, text: str) -> InvalidInputError | None:
    """Why a text cannot be taken whatever it says, or None."""
    if len(text) > LONGEST_TEXT:
        sentence = f"may have at most {LONGEST_TEXT} characters"
    elif _NEVER_STORED.search(text):
        sentence = "holds a character that cannot be stored"
    else:
        return None
    return InvalidInputError(errors=[FieldError(name, sentence)])


def _path() -> Place:
    place = Place("path")
    place.add("", request.path)
    return place


def _query() -> Place:
    place = Place("query")
    for name, text in request.args.items(multi=True):
        place.add(name, text)
    return place


def _headers() -> Place:
    """Names and values of the headers, but for our own tokens where they belong."""
    place = Place(HEADER)
    for name, value in request.headers.items():
        text = _as_utf8(value)
        label = "" if name in _USUAL else name
        if name == "Authorization" and _TOKEN.fullmatch(text):
            continue
        if name == "Cookie":
            pieces = (piece.strip() for piece in text.split(";"))
            text = "; ".join(piece for piece in pieces if not _OWN_COOKIE.fullmatch(piece))
        place.add(label, text)
        if "%" in text:
            place.add("", unquote_plus(text))
    return place


def _as_utf8(value: str) -> str:
    """A header as its sender meant it: servers hand bytes on as Latin-1."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


def _body() -> Place | None:
    if request.mimetype in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return _form()
    data = request.get_data(cache=True)
    if not data:
        return None
    return _json(data) if request.is_json else _unknown(data)


def _form() -> Place:
    place = Place("form")
    for name, text in request.form.items(multi=True):
        place.add(name, text)
    for name, file in request.files.items(multi=True):
        place.add(name, file.filename or "")
        place.refusal = UnsupportedMediaType()
    if request.path.startswith("/api/"):
        place.refusal = UnsupportedMediaType()
    return place


def _unknown(data: bytes) -> Place:
    """A body of a kind that no view reads: looked at as text, and refused."""
    text = data.decode(errors="replace")
    place = Place("text")
    place.add("", text)
    place.refusal = UnsupportedMediaType()
    return place


def _json(data: bytes) -> Place:
    place = Place("json")
    try:
        read = json.loads(data.decode(), object_pairs_hook=_Pairs, parse_constant=_no_constant)
        _Reader(place).read(read)
    except (_TooMuchError, RecursionError):
        sentence = "holds more values, or deeper ones, than a request needs"
        place.refusal = InvalidInputError(errors=[FieldError(WHOLE, sentence)])
    except ValueError:
        place.refusal = BadRequest()
    else:
        return place
    place.texts = []
    place.characters = 0
    place.add("", data.decode(errors="replace"))
    return place


class _TooMuchError(Exception):
    """The document is larger than anything that a view reads."""


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


class _Pairs(list[tuple[str, Any]]):
    """A JSON object as it was written, with names that stand in it twice."""

    def plain(self) -> dict[str, Any]:
        return {name: _plain(value) for name, value in self}


def _plain(value: object) -> object:
    if isinstance(value, _Pairs):
        return value.plain()
    return [_plain(item) for item in value] if isinstance(value, list) else value


class _Reader:
    """Walks through a JSON document and puts every name and every value into a place."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.seen = 0

    def read(self, document: object) -> None:
        """Read the document: an object whose values are described by the view's model."""
        if isinstance(document, _Pairs):
            for name, value in document:
                self._walk(value, name, depth=1)
            self._refuse_twice(document)
            if any(name.casefold() in _OF_A_KEYSTORE for name, _ in document):
                self.place.whole = json.dumps(document.plain(), ensure_ascii=False)
        else:
            self._walk(document, "", depth=1)
            self._refuse(InvalidInputError(errors=[FieldError(WHOLE, "has to be a JSON object")]))

    def _walk(self, value: object, name: str, *, depth: int) -> None:
        self.seen += 1
        if depth > DEEPEST or self.seen > MOST_FIELDS:
            raise _TooMuchError
        if isinstance(value, list):
            self._walk_container(value, name, depth=depth)
        elif value is not None:
            self.place.add(name, value if isinstance(value, str) else str(value))
        else:
            self.place.add(name, "")

    def _walk_container(self, value: list[Any], name: str, *, depth: int) -> None:
        """Look at the container as one text too: words may stand in it one by one."""
        if depth == 1:
            self.place.add(name, json.dumps(_plain(value), ensure_ascii=False))
        inner = value if isinstance(value, _Pairs) else [("", item) for item in value]
        for inner_name, item in inner:
            self._walk(item, inner_name, depth=depth + 1)
        if isinstance(value, _Pairs):
            self._refuse_twice(value)

    def _refuse_twice(self, pairs: _Pairs) -> None:
        if len({name for name, _ in pairs}) != len(pairs):
            self._refuse(BadRequest())

    def _refuse(self, refusal: HTTPException | InvalidInputError) -> None:
        if self.place.refusal is None:
            self.place.refusal = refusal
