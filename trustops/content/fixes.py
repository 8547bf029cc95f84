"""What is wrong with a value or a line, in words that say what to write instead. Pure.

Whoever edits a content file is no developer: a message names the mend, never a regular expression.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from trustops.content.typed_days import written_day

CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u300c\u300d\uff02\uff07"
"""Quotation marks that word processors put in place of straight ones."""

WIDE_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
CURLY_QUOTES = "has curly quotes; write straight ones"
NO_BREAK_SPACE = "has a no-break or wide space; write a plain space"
BYTE_ORDER_MARK = "begins with a byte order mark (BOM); save the file as UTF-8 without BOM"

MERGED = "is left from two versions that were merged; keep one of them and take such lines out"
_MERGE_MARK = re.compile(r"(?:<{7}|>{7}|\|{7})(?:\s.*)?$|={7}\s*$")

_FORMS: Mapping[str, str] = {
    "[a-z0-9]+(-[a-z0-9]+)*": (
        "small letters and digits, with - between words, such as late-holder"
    ),
    "[A-Z]{2,6}": "two to six capital letters, such as MIG",
    "[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?": "the code of a language: en, ko or zh-Hans",
    "first_response": "the word first_response",
    r"https://\S+": "an address that begins with https:// and holds no spaces",
    "([01][0-9]|2[0-3]):[0-5][0-9]": "a time from 00:00 to 23:59, such as 12:00",
    r"RW[A-Za-z0-9+/]{54}": "the second line of a minisign public key; it begins with RW",
    r"\S+": "one word without spaces",
    "[A-Za-z0-9$][A-Za-z0-9$._-]*": "a symbol of letters and digits, such as elizaOS",
    r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
    r"\.[a-z][a-z0-9-]*[a-z0-9]": (
        "a host alone in small letters, such as docs.example.org, without https:// or a path"
    ),
    "[a-z][a-z0-9_]*": "small letters, digits and _, beginning with a letter",
}
_DAYS: Mapping[str, tuple[str, str]] = {
    "date_from_datetime_inexact": ("has a time of day; write the day alone", ", "),
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing"), ("has to be a day", "; write ")
    ),
}
"""What is wrong with a value that has to be a day, and what stands before the day that is meant."""

_TYPES: Mapping[str, str] = {
    "missing": "is missing; add it",
    "timezone_aware": "needs its time zone; write Z at its end, as in 2026-11-29T12:00:00Z",
    "too_short": "has to hold at least one entry",
    "string_type": "has to be words; put them in straight quotes",
    "bool_type": "has to be true or false",
    "int_type": "has to be a whole number without quotes",
    "int_parsing": "has to be a whole number without quotes",
    "int_from_float": "has to be a whole number",
    "list_type": "has to be a list in square brackets, with commas between",
    "tuple_type": "has to be a list in square brackets, with commas between",
    "model_type": "has to be a group of fields",
    "dict_type": "has to be a group of fields",
}
_OF_NOTHING = frozenset({"literal_error", "enum"})
"""Faults of a value that is not there, beside those of its type."""

_LISTS = frozenset({"list_type", "tuple_type"})
_TABLES = frozenset({"model_type", "dict_type", "model_attributes_type"})
ONE_OF_SEVERAL = "is one of several; write [[{name}]] with two brackets on both sides above each"
_OF_ONE = "is there once; write [{name}] with one bracket on both sides above its fields"
_COUNTED = re.compile(r" after validation, not \d+$")
_SHOULD = re.compile(r"^[A-Z][a-z]+ should (be|have|match) ")
_ALTERNATIVES = re.compile(r"\^\(([a-z|]+)\)\$")

_AS_A_FIELD = "write it as name: value"
_BARE = re.compile(r"([a-z]+(?:_[a-z]+)*)\s+(\S+)$")
"""A name and one word without a colon between; more words are a sentence."""

_DASHED = re.compile(r"([a-z]+(?:_[a-z]+)*)\s+([-\u2013\u2014])\s+(\S.*?)\s*$")
_EQUALS = re.compile(r"\s*[A-Za-z_]+\s*=")
VALUE = re.compile(r"^\s*(?:- )?(?P<key>[\w.-]+)\s*[:=]\s*(?P<value>.*?)\s*$")
"""A line with a key and its value, in front matter and in TOML."""


def meant(name: str, known: Iterable[str], most: int = 1) -> str:
    """The names that a misspelt one may stand for, as the end of a sentence."""
    by_small = {other.casefold(): other for other in known}
    close = difflib.get_close_matches(name.casefold(), by_small, n=most, cutoff=0.7)
    return f"; did you mean {' or '.join(by_small[other] for other in close)}?" if close else ""


def is_merge_mark(line: str) -> bool:
    """Whether a line is what a merge of two versions leaves where they differ."""
    return _MERGE_MARK.match(line) is not None


def message_of(detail: Mapping[str, Any]) -> str:
    """What a model found, as whoever wrote the value has to read it."""
    kind, value = str(detail["type"]), detail.get("input")
    if value is None and (kind.endswith("_type") or kind in _OF_NOTHING):
        return "is empty; write what belongs there, or take the line out if it may be absent"
    told = _of_its_form(detail) or _of_brackets(kind, value, detail["loc"]) or _TYPES.get(kind)
    words = _COUNTED.sub("", str(detail["msg"]).removeprefix("Value error, "))
    return told or _SHOULD.sub(r"has to \1 ", words)


def _of_its_form(detail: Mapping[str, Any]) -> str:
    """What is wrong with the form of a value, or with its name; empty where it is something else.

    With the value as it has to be written, where it is clear which one is meant.
    """
    kind, value, ctx = str(detail["type"]), detail.get("input"), detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown(str(detail["loc"][-1]), is_top=len(detail["loc"]) == 1)
    if kind in _DAYS:
        return _no_day(kind, value)
    if kind == "string_pattern_mismatch":
        return form_of(ctx["pattern"]) + _in_that_form(str(value), ctx["pattern"])
    if kind in _OF_NOTHING and isinstance(value, str):
        allowed = re.findall(r"'([^']*)'", ctx["expected"])
        return f"has to be {ctx['expected']}{meant(value, allowed)}"
    return ""


def _of_brackets(kind: str, value: object, where: Sequence[int | str]) -> str:
    """What is wrong with the brackets of a head; empty where nothing is."""
    if kind in _LISTS and isinstance(value, dict):
        return ONE_OF_SEVERAL.format(name=where[-1])
    if kind in _LISTS and isinstance(value, str):
        return f"{_TYPES[kind]}; write [{value.strip('[] ')}]"
    return _OF_ONE.format(name=where[-1]) if kind in _TABLES and isinstance(value, list) else ""


def _no_day(kind: str, value: object) -> str:
    """A value that is no day, with the one that its author typed in another form."""
    day = value.isoformat()[:10] if isinstance(value, date) else written_day(str(value))
    words, before = _DAYS["date_type" if isinstance(value, int) else kind]
    return f"{words}{before}{day}" if day else f"{words}, as in 2026-11-29"


def _in_that_form(value: str, pattern: str) -> str:
    """What to write, as the end of a sentence, where a value has the form after small changes."""
    host = re.split(r"[/?#:\s]", re.sub(r"^\s*[a-zA-Z]+:/*", "", value).strip(), maxsplit=1)[0]
    host = host.lower() if "." in host else ""
    plain = "-".join(re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKC", value).casefold()))
    address = re.sub(r"^(?:https?:?/{0,2})?", "https://", value.strip(), flags=re.IGNORECASE)
    named = plain.replace("-", "_")
    for form in (value.strip(), host, value.strip().upper(), plain, named, address):
        if form and form != value and re.fullmatch(pattern, form):
            return f"; write {form}"
    return ""


def _unknown(name: str, *, is_top: bool) -> str:
    if name == "id" and is_top:
        return "is no field of this file; the id is the name of the file, or of its folder"
    if not name.isascii():
        return "is no field of this file; names of fields stay in English in every language"
    return "is no field of this file; look for a typing mistake in its name"


def yaml_fix(line: str) -> str:
    """What to do about a line of front matter that YAML cannot read."""
    match = VALUE.match(line)
    value = match["value"] if match else ""
    if is_merge_mark(line):
        return MERGED
    if re.search(f"[{WIDE_SPACES}]", line.split(":", 1)[-1][:2] + line[:1]):
        return NO_BREAK_SPACE
    if not match:
        return _no_field(line)
    if _EQUALS.match(line):
        return f"has = behind its name; write {match['key']}: {value}"
    if re.match(r"\s*[A-Za-z_]+:[^\s:/]", line):
        return f"has no space behind the colon; write {match['key']}: {value}"
    return _value_fix(match["key"], value)


def _no_field(line: str) -> str:
    """What to do about a line of front matter without a colon."""
    if "\uff1a" in line:
        return "has a wide colon; write : and a space"
    if dashed := _DASHED.match(line):
        return f"has {dashed[2]} behind its name; write {dashed[1]}: {dashed[3]}"
    bare = _BARE.match(line)
    if bare:
        return f"has no colon behind its name; write {bare[1]}: {bare[2]}"
    return f"is no field; {_AS_A_FIELD}"


def _value_fix(key: str, value: str) -> str:
    """What to do about a value that YAML cannot read."""
    if value.startswith(('"', "'")):
        return 'has quotes that do not match; begin and end with " and write \\" for one within'
    if value.startswith("[") and "]" not in value:
        return f"has a list that no ] ends; write {key}: [one, two]"
    plain = value.replace("\\", "\\\\").replace('"', '\\"')
    if ": " in f"{value} ":
        return f'has a colon in its words; put them in quotes: {key}: "{plain}"'
    if value[:1] in tuple("@`%*&!|>{[]},"):
        return f'begins with {value[:1]}; put the words in quotes: {key}: "{plain}"'
    return f'cannot be read; put the words in quotes: {key}: "{plain}"'


def straightened(line: str) -> tuple[str, list[str]]:
    """A line of TOML with straight quotes and plain spaces, and what was wrong with it."""
    faults: list[str] = []
    plain = re.sub(
        rf"^\s*[{WIDE_SPACES}]+|[{WIDE_SPACES}]+\s*(?==)|(?<==)\s*[{WIDE_SPACES}]+", " ", line
    )
    if plain != line:
        faults.append(NO_BREAK_SPACE)
    quoted = re.sub(
        rf"(?P<before>[=\[,]\s*)[{CURLY}](?P<words>[^\"{CURLY}]*)[{CURLY}\"](?=\s*(?:[,\]#}}]|$))",
        r'\g<before>"\g<words>"',
        plain,
    )
    if quoted != plain:
        faults.append(CURLY_QUOTES)
    return quoted, faults


def is_curly(words: str) -> bool:
    """Whether a whole value stands in curly quotes, which readers would see."""
    ends = {words[0] in CURLY, words[-1] in CURLY} if len(words) > 1 else {False}
    # One straight quote at the other end was meant to pair with the curly one.
    return True in ends and (False not in ends or '"' in {words[0], words[-1]})


def is_half_quoted(words: str) -> bool:
    """Whether a value has one quotation mark at an end, and none at the other."""
    return words.count('"') % 2 == 1 and '"' in {words[:1], words[-1:]}


def cut_off(line: str) -> bool:
    """Whether YAML takes the end of a value for a remark: `title: Ticket #12`."""
    match = VALUE.match(line)
    value = match["value"] if match else ""
    return re.match(r"[^\"'\[{|>#].*\s#[^\s#]", value) is not None


def form_of(pattern: str) -> str:
    """The form that a field takes."""
    if words := _ALTERNATIVES.fullmatch(pattern):
        return f"has to be one of {', '.join(words[1].split('|'))}"
    form = _FORMS.get(pattern.removeprefix("^").removesuffix("$"))
    return f"has to be {form}" if form else "has another form than this field takes"
