"""What is wrong with a value or a line, in words that say what to write instead. Pure.

Whoever edits a content file is no developer: a message names the mend, never a regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u300c\u300d\uff02\uff07"
"""Quotation marks that word processors put in place of straight ones."""

WIDE_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
CURLY_QUOTES = "has curly quotes; write straight ones"
NO_BREAK_SPACE = "has a no-break or wide space; write a plain space"
BYTE_ORDER_MARK = "begins with a byte order mark (BOM); save the file as UTF-8 without BOM"

_FORMS: Mapping[str, str] = {
    "[a-z0-9]+(-[a-z0-9]+)*": "small letters and digits, with - between words, such as late-holder",
    "[A-Z]{2,6}": "two to six capital letters, such as MIG",
    "[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?": "the code of a language, such as en or zh-Hans",
    "first_response": "the word first_response",
    r"https://\S+": "an address that begins with https:// and holds no spaces",
    "([01][0-9]|2[0-3]):[0-5][0-9]": "a time from 00:00 to 23:59, such as 12:00",
    r"RW[A-Za-z0-9+/]{54}": "the second line of a minisign public key; it begins with RW",
    r"\S+": "one word without spaces",
    "[A-Za-z0-9$][A-Za-z0-9$._-]*": "a symbol of letters and digits, such as elizaOS",
    "[a-z][a-z0-9_]*": "small letters, digits and _, beginning with a letter",
}
_TYPES: Mapping[str, str] = {
    "missing": "is missing; add it",
    "extra_forbidden": "is no field of this file; look for a typing mistake in its name",
    "string_type": "has to be words; put them in straight quotes",
    "bool_type": "has to be true or false",
    "int_type": "has to be a whole number without quotes",
    "int_parsing": "has to be a whole number without quotes",
    "int_from_float": "has to be a whole number",
    "list_type": "has to be a list in square brackets",
    "tuple_type": "has to be a list in square brackets",
    "model_type": "has to be a group of fields",
    "dict_type": "has to be a group of fields",
}
_DAYS = frozenset({"date_type", "date_parsing", "date_from_datetime_parsing"})
_SHOULD = re.compile(r"^[A-Z][a-z]+ should (be|have|match) ")
_ALTERNATIVES = re.compile(r"\^\(([a-z|]+)\)\$")

_VALUE = re.compile(r"^\s*(?:- )?(?P<key>[\w.-]+)\s*[:=]\s*(?P<value>.*?)\s*$")
_OTHER_DAY = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}\b")
_MENDS = (
    (
        re.compile(r"[\"']"),
        'has quotes that do not match; begin and end with one " on the same line',
    ),
    (
        re.compile(r"(?:true|false|yes|no)$", re.IGNORECASE),
        "has to say true or false, in small letters and without quotes",
    ),
    (re.compile("[A-Za-z]"), 'has words without quotes; write {key} = "{value}"'),
    (_OTHER_DAY, "has a day in another form; write {key} = 2026-11-29"),
    (
        re.compile(r".*\d\s*[A-Za-z%]"),
        "has a number with its unit; write the number alone, as in {key} = 48",
    ),
)
"""Values that people write, and how TOML takes them."""

_TOML_KEY = re.compile(r"""^\s*[\w."'-]+\s*=""")


def message_of(detail: Mapping[str, Any]) -> str:
    """What a model found, as whoever wrote the value has to read it."""
    kind = str(detail["type"])
    if kind == "string_pattern_mismatch":
        return _form(str(detail.get("ctx", {}).get("pattern", "")))
    if kind in _DAYS:
        return "has to be a day, as in 2026-11-29"
    words = str(detail["msg"]).removeprefix("Value error, ")
    return _TYPES.get(kind) or _SHOULD.sub(r"has to \1 ", words)


def yaml_fix(line: str, problem: str) -> str:
    """What to do about a line of front matter that YAML cannot read."""
    match = _VALUE.match(line)
    value = match["value"] if match else ""
    if re.search(f"[{WIDE_SPACES}]", line.split(":", 1)[-1][:2] + line[:1]):
        return NO_BREAK_SPACE
    if "\uff1a" in line and not match:
        return "has a wide colon; write : and a space"
    if not match:
        return f"is no field; write it as name: value ({problem})"
    if re.match(r"\s*[A-Za-z_]+:[^\s:/]", line):
        return f"has no space behind the colon; write {match['key']}: {value}"
    return _value_fix(match["key"], value, problem)


def _value_fix(key: str, value: str, problem: str) -> str:
    """What to do about a value that YAML cannot read."""
    if value.startswith(('"', "'")):
        words = 'has quotes that do not match; begin and end with " and write \\" for one within'
        return f"{words} ({problem})"
    if ": " in f"{value} ":
        plain = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'has a colon in its words; put them in quotes: {key}: "{plain}"'
    if value[:1] in tuple("@`%*&!|>{[]},"):
        return f"begins with {value[:1]}; put the words in quotes ({problem})"
    return f"is not valid YAML: {problem}"


def toml_fix(line: str, error: str) -> str:
    """What to do about a line that is no TOML."""
    match = _VALUE.match(line)
    if "Cannot overwrite" in error or "twice" in error:
        words = "stands twice; take one of them out"
    elif line.lstrip().startswith("["):
        words = "has brackets that do not match; write [name] or [[name]]"
    elif match is None or not _TOML_KEY.match(line):
        words = 'is no field; write it as name = "value"'
    else:
        words = _toml_value_fix(match["key"], match["value"])
    return f"{words} ({error})" if words else f"is not valid TOML: {error}"


def _toml_value_fix(key: str, value: str) -> str:
    """What to do about a value that TOML cannot read; empty where nothing better is known."""
    if not value:
        return f'has no value; write {key} = "…" or take the line out'
    return next(
        (mend.format(key=key, value=value) for form, mend in _MENDS if form.match(value)), ""
    )


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
    return len(words) > 1 and words[0] in CURLY and words[-1] in CURLY


def cut_off(line: str) -> bool:
    """Whether YAML takes the end of a value for a remark: `title: Ticket #12`."""
    match = _VALUE.match(line)
    value = match["value"] if match else ""
    return re.match(r"[^\"'\[{|>#].*\s#[^\s#]", value) is not None


def _form(pattern: str) -> str:
    """The form that a field takes."""
    if words := _ALTERNATIVES.fullmatch(pattern):
        return f"has to be one of {', '.join(words[1].split('|'))}"
    form = _FORMS.get(pattern.removeprefix("^").removesuffix("$"))
    return f"has to be {form}" if form else "has another form than this field takes"
