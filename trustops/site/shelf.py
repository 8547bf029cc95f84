"""A release in memory: every answer with its headers made beforehand, in each form it can take.

A release is read whole and checked against its index, so that one which a power cut tore is
never served; the last good one stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

from trustops.site.accepting import matches, takes_gzip
from trustops.site.release import INDEX, PAGES, WITHHELD, digest_of
from trustops.web.headers import ALWAYS, HSTS
from trustops.web.http_answer import Headers, HttpAnswer

CACHING = "public, max-age=30, stale-while-revalidate=300, stale-if-error=86400"
"""A cache may answer for half a minute, and for a day while we do not."""

LAST_DAY_CACHING = "public, max-age=30, must-revalidate"
LAST_MOMENTS_CACHING = "no-cache"
"""Towards the end of a manifest: no copy may show its addresses once it has expired."""

LAST_DAY = timedelta(seconds=86_400 + 30)
"""The longest that a cache may show a page by `CACHING`."""

LAST_MOMENTS = timedelta(seconds=30)

OPEN_TO_ALL = ("/api/v2/", "/schemas/", "/.well-known/")
"""Machine files that scripts of other sites may read; so are feeds."""


@dataclass(frozen=True, slots=True)
class Form:
    """An answer in one coding, made beforehand in each way in which it can be sent.

    `etag` is strong. `unchanged` is for who has it already, `head` for who asks for headers alone.
    """

    etag: str
    whole: HttpAnswer
    head: HttpAnswer
    unchanged: HttpAnswer


@dataclass(frozen=True, slots=True)
class Answer:
    """What a path is answered with. `packed` is None where compressing gains nothing."""

    status: int
    plain: Form
    packed: Form | None

    def to(self, method: str, accepted: str, etags: str | None) -> HttpAnswer:
        """The answer in the coding that a reader takes: whole, or 304 if they have it already.

        Args:
            method: `GET` or `HEAD`.
            accepted: the reader's `Accept-Encoding`, or an empty text.
            etags: the reader's `If-None-Match`, if there is one.
        """
        form = self.plain
        if self.packed is not None and takes_gzip(accepted):
            form = self.packed
        if etags is not None and self.status == HTTPStatus.OK and matches(etags, form.etag):
            return form.unchanged
        return form.head if method == "HEAD" else form.whole


@dataclass(frozen=True, slots=True)
class Redirect:
    """A path that leads to another one of the same host."""

    answer: HttpAnswer

    def to(self, method: str, accepted: str, etags: str | None) -> HttpAnswer:
        """The same for every reader."""
        del method, accepted, etags
        return self.answer


Book = Mapping[str, Answer]
"""Answers by path."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A release as it is served.

    `books` are those that hold until an aware instant each, the earliest first; `last` is that
    which holds when all of them are over. Without a manifest there is only the last one. `foot` is
    what the foot of every page leads to, for pages that are not of the release.
    """

    folder: Path
    books: Sequence[tuple[datetime, Book]]
    last: Book
    redirects: Mapping[str, str]
    foot: Mapping[str, Any]

    def book(self, now: datetime) -> Book:
        """The book that holds at a moment."""
        for until, book in self.books:
            if now < until:
                return book
        return self.last


def load(folder: Path, *, secure: bool) -> Shelf:
    """Read a release.

    Args:
        folder: the release's own folder.
        secure: whether visitors come over TLS, and are told to stay there.

    Raises:
        OSError: a file cannot be read.
        ValueError: the index is none, or a file is not what the index says.
        KeyError: the index lacks something.
    """
    index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    trees = index["trees"]
    loader = _Loader(folder, secure=secure)
    until, redirects = index["official_expires_at"], index["redirects"]
    foot = index.get("foot", {})  # a release of an earlier version has none
    if until is None:
        return Shelf(folder, (), loader.book(PAGES, trees[PAGES], CACHING), redirects, foot)
    end = datetime.fromisoformat(until)
    books = tuple(
        (end - before, loader.book(PAGES, trees[PAGES], caching))
        for before, caching in (
            (LAST_DAY, CACHING),
            (LAST_MOMENTS, LAST_DAY_CACHING),
            (timedelta(0), LAST_MOMENTS_CACHING),
        )
    )
    last = loader.book(WITHHELD, trees[WITHHELD], CACHING)
    return Shelf(folder, books, last, redirects, foot)


class _Loader:
    """Reads the files of one release; bodies that stand in several books are kept once."""

    def __init__(self, folder: Path, *, secure: bool) -> None:
        self.folder = folder
        self.always = [*ALWAYS.items(), ("Vary", "Accept-Encoding")]
        if secure:
            self.always.append(("Strict-Transport-Security", HSTS))
        self.bodies: dict[str, bytes] = {}

    def book(self, tree: str, rows: Mapping[str, Any], caching: str) -> Book:
        return {path: self._answer(tree, path, row, caching) for path, row in rows.items()}

    def _answer(self, tree: str, path: str, row: Mapping[str, Any], caching: str) -> Answer:
        gone = row["status"] == HTTPStatus.GONE
        body = self._body(row["etag"], self.folder / tree / row["file"])
        common = self._common(path, row["type"], "no-cache" if gone else caching)
        status = HTTPStatus.GONE if gone else HTTPStatus.OK
        plain = _form(status, body, row["etag"], common)
        packed = None
        if row["gzip"]:
            twin = self._body(row["gzip"], self.folder / tree / f"{row['file']}.gz")
            coded = [*common, ("Content-Encoding", "gzip")]
            packed = _form(status, twin, f"{row['etag']}-gz", coded)
        return Answer(status, plain, packed)

    def _body(self, digest: str, file: Path) -> bytes:
        """The content of a file, once for each content, if it is what the index says."""
        known = self.bodies.get(digest)
        if known is not None:
            return known
        body = file.read_bytes()
        if digest_of(body) != digest:
            raise ValueError("a file of the release is not what its index says")
        self.bodies[digest] = body
        return body

    def _common(self, path: str, content_type: str, caching: str) -> Headers:
        given = dict(self.always)
        given["Content-Type"] = content_type
        given["Cache-Control"] = caching
        if path.startswith(OPEN_TO_ALL) or path.endswith(".atom"):
            given["Access-Control-Allow-Origin"] = "*"
            given["Cross-Origin-Resource-Policy"] = "cross-origin"
        return list(given.items())


def redirect(target: str, like: Form) -> Redirect:
    """Lead to another path of the same host, under the same protecting headers as an answer."""
    left_out = {"ETag", "Vary"}
    headers = [pair for pair in like.unchanged.headers if pair[0] not in left_out]
    headers += [("Location", target), ("Content-Length", "0")]
    return Redirect(HttpAnswer(HTTPStatus.MOVED_PERMANENTLY, headers, b""))


def _form(status: int, body: bytes, tag: str, common: Headers) -> Form:
    """An answer in one coding. A 304 repeats what a cache keeps, without the body's own headers."""
    etag = f'"{tag}"'
    headers = [*common, ("ETag", etag)]
    bodiless = [pair for pair in headers if pair[0] not in {"Content-Type", "Content-Encoding"}]
    full = [*headers, ("Content-Length", str(len(body)))]
    return Form(
        etag,
        whole=HttpAnswer(status, full, body),
        head=HttpAnswer(status, full, b""),
        unchanged=HttpAnswer(HTTPStatus.NOT_MODIFIED, bodiless, b""),
    )
