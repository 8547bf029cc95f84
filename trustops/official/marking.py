"""Parts of a text that name a site, an account or an address, as readers see them. Pure.

A link that is not ours is shown so that no program opens it (`hxxps`, `[.]`), with the verdict of
the checker beside it in a few words. What is stored stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from trustops.content.chain_names import NO_TITLES
from trustops.guard.outgoing_names import Allowed, Named, leads_elsewhere, named
from trustops.guard.placeholders import in_words, stretches
from trustops.official.judging import Ground, judge
from trustops.official.outgoing import allowed_by
from trustops.official.question import Question, read, with_unseen_shown
from trustops.official.values import Asked, DomainKind, Judgement, Manifest, Verdict

_MARKUP_LINK = re.compile(
    r"!?\[(?P<text>[^\]\n]{0,300})\]\(\s{0,3}<?(?P<target>[^\s()<>]{1,2000})[^)\n]{0,300}\)"
    r"|<a\s[^>\n]{0,300}?href\s?=\s?[\"']?(?P<href>[^\s\"'>]{1,2000})[^>\n]{0,300}>",
    re.IGNORECASE,
)
"""A link with words of its own, which may name another place than the one it leads to."""

_SCHEME = re.compile(r"\bh(?:tt|xx)p(?=s?:)", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(?<=\w)(?<!hxxp)(?<!hxxps)://", re.IGNORECASE)
_DOT = re.compile(r"(?<=[^\W_])[.\u3002\uff0e\uff61](?=[^\W_])")
_GAP = re.compile(r"[\s-]")
_OLD = re.compile(r"\bthe old token\b")
_END = ".,;:!?\u2026"
_PUBLIC = {
    "public-explorer": "a public explorer, not ours",
    "public-exchange": "an exchange, not ours",
    "public-site": "a public site, not ours",
    "shortened": "a shortened link, which hides where it leads: do not use it",
}
_NOTES = {
    Judgement.CLOSED: "closed: do not use it",
    Judgement.KNOWN_BAD: "reported as false: do not use it",
    Judgement.LOOKALIKE: "not ours, and looks like ours: do not use it",
    Judgement.UNCHECKED: "could not be checked now: do not use it",
}
MOST_LOOKED_UP = 300
"""Names of one page that are judged."""

NOT_LOOKED_UP = "not looked up, there are too many here: do not use it"
STRANGE = "not in our list: do not use it"
STRANGE_ADDRESS = "not in our list"
HERE = "this desk itself: compare its name with the one in your address bar"
OUT = "out"
"""The verdict on what stands where a secret was taken out."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text as it is shown, with the verdict on it; plain words have none.

    `verdict` is a short word: `ours`, `own` (the reader's), `here` (this desk where no list names
    it), `public`, `strange`, or `out` for words of ours in the place of a secret. `note` stands
    beside the part; `href` is set where it leads to a site of ours and carries no other link.
    """

    text: str
    verdict: str = ""
    note: str = ""
    href: str = ""


@dataclass(slots=True)
class Marker:
    """Marks the texts of one page.

    `manifest` is None while the list cannot be trusted; then nothing is called ours. `own` has the
    words for the holder's own addresses and transactions, by how they were given. `here` is where
    this desk is, as its settings say, and `chains` are the titles of chains by id. `left` is how
    many names are looked up yet: whoever writes thousands of them keeps no page waiting.
    """

    manifest: Manifest | None
    own_host: str = ""
    own: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    here: str = ""
    chains: Mapping[str, str] = field(default_factory=lambda: NO_TITLES)
    left: int = MOST_LOOKED_UP

    def parts(self, text: str) -> tuple[Part, ...]:
        """The text in parts; together they are all of it, but for what was taken out."""
        parts: list[Part] = []
        for one in stretches(text):
            parts += [Part(one.text, OUT)] if one.taken_out else self._parts(one.text)
        return tuple(parts)

    def _parts(self, text: str) -> tuple[Part, ...]:
        if self.left < 0:
            return (Part(_unlinked(text), "strange", NOT_LOOKED_UP),) if text else ()
        allowed = allowed_by(self.manifest, own_host=self.own_host, own=self.own)
        found: list[Part] = []
        done = 0
        for one in _spans(text, allowed):
            part = self._part(text[one.start : one.end], may_stand=one.code is None)
            found += [Part(text[done : one.start]), part]
            done = one.end
        return tuple(part for part in (*found, Part(text[done:])) if part.text)

    def _part(self, written: str, *, may_stand: bool) -> Part:
        link = _MARKUP_LINK.fullmatch(written)
        if link:
            target = link["target"] or link["href"]
            note = self._part(target, may_stand=False).note or STRANGE
            told = f"leads to {defanged_whole(target)}: {note}"
            return Part(defanged_whole(written), "strange", told)
        for given, words in self.own.items():
            if Allowed(own=frozenset({given})).has_address(_GAP.sub("", written)):
                return Part(with_unseen_shown(written), "own", words)
        if self.manifest is None:
            unchecked = Part(defanged_whole(written), "strange", _NOTES[Judgement.UNCHECKED])
            return _here(written) if self._is_here(written) else unchecked
        self.left -= 1
        if self.left < 0:
            return Part(defanged_whole(written), "strange", NOT_LOOKED_UP)
        return self._looked_up(written, self.manifest, may_stand=may_stand)

    def _looked_up(self, written: str, manifest: Manifest, *, may_stand: bool) -> Part:
        chains = tuple(sorted(self.chains.items()))
        asked, verdict = _judged(written, manifest, self.own_host, chains)
        if verdict.why == "own-host-missing" and self._is_here(written):
            return _here(written)
        if verdict.verdict is Judgement.OFFICIAL and may_stand:
            return _ours(written, asked, verdict, manifest)
        return _not_ours(written, asked, verdict)

    def _is_here(self, written: str) -> bool:
        """Whether a name is this desk's own address, letter by letter, or a page of it."""
        scheme, _, place = self.here.partition("://")
        low = written.lower().removeprefix(f"{scheme}://")
        ends = place and low.startswith(place) and low[len(place) :][:1] in {"", "/", "?", "#"}
        return bool(ends) and written.isascii() and not {"@", "\\"} & set(written)


@lru_cache(maxsize=4096)
def _judged(
    written: str, manifest: Manifest, own_host: str, chains: tuple[tuple[str, str], ...]
) -> tuple[Question, Verdict]:
    asked = read(written)
    return asked, judge(asked, Ground(manifest, own_host, chains=dict(chains)))


def _here(written: str) -> Part:
    """This desk, which the reader is looking at: nothing vouches for it, so it is no link."""
    carries_another = leads_elsewhere(written)
    return Part(defanged_whole(written) if carries_another else written, "here", HERE)


def _ours(written: str, asked: Question, verdict: Verdict, manifest: Manifest) -> Part:
    if asked.kind is Asked.ADDRESS:
        old = ", do not buy it" if _OLD.search(verdict.what) else ""
        return Part(written, "ours", f"{verdict.what}: in our list{old}")
    if asked.network or asked.kind is Asked.HANDLE:
        return Part(written, "ours", "in our list")
    is_desk = any(
        one.name == asked.host and one.kind is DomainKind.DESK for one in manifest.domains
    )
    note = "this desk, ours" if is_desk else "ours, in our list"
    is_link = written.startswith("https://") and not leads_elsewhere(written)
    return Part(written, "ours", note, written if is_link else "")


def _not_ours(written: str, asked: Question, verdict: Verdict) -> Part:
    if asked.kind is Asked.TRANSACTION:
        return Part(with_unseen_shown(written))
    if verdict.why in _PUBLIC:
        word = "strange" if verdict.why == "shortened" else "public"
        return Part(defanged_whole(written), word, _PUBLIC[verdict.why])
    note = _NOTES.get(verdict.verdict, "")
    if not note:
        note = STRANGE_ADDRESS if asked.kind is Asked.ADDRESS else STRANGE
    return Part(defanged_whole(written), "strange", note)


def _spans(text: str, allowed: Allowed) -> Sequence[Named]:
    """What is marked, in its order: links with words of their own, and what stands outside them."""
    links = [Named(*match.span(), None) for match in _MARKUP_LINK.finditer(text)]
    found = list(links)
    inside = bytearray(len(text))
    for link in links:
        inside[link.start : link.end] = b"\1" * (link.end - link.start)
    for one in named(text, allowed):
        end = one.start + len(text[one.start : one.end].rstrip(_END))
        if not any(inside[one.start : end]):
            found.append(Named(one.start, end, one.code))
    return sorted((one for one in found if one.start < one.end), key=lambda one: one.start)


def defanged_whole(written: str) -> str:
    """A name so that no program takes it for a link: `hxxps://`, and `[.]` for each dot in it."""
    shown = with_unseen_shown(written)
    return _unlinked(shown)


def _unlinked(text: str) -> str:
    return _DOT.sub("[.]", _OTHER_SCHEME.sub("[:]//", _SCHEME.sub("hxxp", text)))


def defanged(text: str) -> str:
    """A text whose sites no program takes for links; for lines that have no room for verdicts.

    What was taken out of it is told in words.
    """
    text = in_words(text)
    done, shown = 0, []
    for one in _spans(text, Allowed()):
        shown += [text[done : one.start], defanged_whole(text[one.start : one.end])]
        done = one.end
    return "".join([*shown, text[done:]])
