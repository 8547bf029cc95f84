"""What is wrong with a line that is no TOML, in words that say what to write instead. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from trustops.content.advice import ADVICE
from trustops.content.fixes import MERGED, VALUE, is_merge_mark
from trustops.content.toml_places import HEAD, KEY
from trustops.content.typed_days import days_meant
from trustops.content.values import Problem

REMARK = "is only a remark, so its fields go to the table above; take the # out: {head}"
TWICE = "stands twice"
RISING = "at_risk_percent"
"""A list whose numbers have to rise."""

NO_FIELD = "is no field of this file"

_NAME_OF_HEAD = re.compile(r"^\s*\[+\s*([\w.-]+)")
_LOOSE_HEAD = re.compile(
    r"^\s*(?:(?P<begin>\[\[)(?=[^\[\]]*\]\])|\[(?=[^\[\]]*\]\s*(?:#.*)?$))(?P<name>[^\[\]\"',=]+)"
)
_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_REMARKED = re.compile(r"^\s*#\s*(?P<head>\[\[?[A-Za-z0-9_.\"' -]+\]\]?)\s*(?:#.*)?$")
_TOML_KEY = re.compile(r"""^\s*[\w."'-]+\s*=""")
_UNIT = re.compile(r"(?<=\d)\s*(?:%|[A-Za-z]+)")
_ANY_VALUE = 'cannot be read; write words in straight quotes, as in {key} = "words"'


def toml_fix(line: str, error: str, above: str = "") -> str:
    """What to do about a line that is no TOML.

    Args:
        line: the line that its reader names.
        error: what its reader says; nobody is told it.
        above: the line above it, which may lack a comma.
    """
    match = VALUE.match(line)
    if is_merge_mark(line):
        return MERGED
    if "Cannot" in error or "twice" in error:
        return _twice(line)
    if named := _plain_head(line):
        return f"has a name of other signs than letters, digits and _; write {named}"
    if line.lstrip().startswith("[") and not above.rstrip().endswith(("[", ",")):
        head = _NAME_OF_HEAD.match(line)
        name = head[1] if head else "name"
        return f"has brackets that do not match; write [{name}] or [[{name}]]"
    if match is None or not _TOML_KEY.match(line):
        return _no_field(line, above)
    return _value_fix(match["key"], _without_remark(match["value"]))


def _twice(line: str) -> str:
    head = HEAD.match(line)
    if head:
        name = head.group(2)
        if "." in name and head.group(1) == "[":
            return f"{TWICE}; give this one another name than {name}, or take one of them out"
        return (
            f"{TWICE}; where there are several, write [[{name}]] with two brackets on both sides "
            f"above each of them, the first too; where there is one, put all fields under one head"
        )
    return f"{TWICE}; take one of them out"


def _plain_head(line: str) -> str:
    """A head whose name has spaces or other signs, as it has to be; empty where it has none."""
    match = _LOOSE_HEAD.match(line)
    if match is None or _NAME.fullmatch(match["name"].strip()):
        return ""
    parts = (re.sub(r"\W+", "_", part.strip()).strip("_") for part in match["name"].split("."))
    name = ".".join(part.lower() for part in parts if part)
    is_several = match["begin"] == "[["
    return (f"[[{name}]]" if is_several else f"[{name}]") if name else ""


def _no_field(line: str, above: str) -> str:
    """A line without a key: half of a list, a field as in front matter, or words alone."""
    words = line.strip()
    if words[:1] in {'"', "'", "]", "["} or words[:1].isdigit():
        if above.strip() and not above.rstrip().endswith(("[", ",")):
            return "goes on with a list; write a comma at the end of the line above"
        return "belongs to a list whose brackets or quotes do not match; write [one, two]"
    match = VALUE.match(line)
    if match and ":" in line:
        value = match["value"]
        if not re.match(r"[\[{]|(?:true|false)$|\d{4}-\d\d-\d\d$|\d+$", value):
            plain = value.strip("\"'")
            value = f'"{plain}"'
        return f"has a colon behind its name; write {match['key']} = {value}"
    return 'is no field; write it as name = "value"'


def _value_fix(key: str, value: str) -> str:
    """What to do about a value that TOML cannot read."""
    if not value:
        return f'has no value; write {key} = "…" or take the line out'
    if days := days_meant(value):
        lines = " or ".join(f"{key} = {day}" for day in days)
        return f"has a day in another form; write {lines}"
    if key == RISING and (numbers := re.findall(r"\d+", value)):
        rising = ", ".join(map(str, sorted(set(map(int, numbers)))))
        return f"has to be numbers alone that rise, in square brackets; write {key} = [{rising}]"
    if value.startswith("["):
        return _list_fix(key, value)
    digits = re.sub(r"\D", "", value)
    for form, words in ADVICE["values"]:
        if form.match(value):
            plain = value if value.startswith(("[", "{", '"', "'")) else value.strip("\"'")
            return words.format(
                key=key,
                value=plain,
                digits=digits,
                number=value.lstrip("0"),
                alone=value.rstrip(", "),
            )
    return _ANY_VALUE.format(key=key)


def _list_fix(key: str, value: str) -> str:
    """What to do about a list in one line."""
    if not value.endswith("]"):
        return f"has a list that no ] ends; write {key} = {value}]"
    plain = _UNIT.sub("", value)
    if plain != value and not re.search("[\"']", value):
        return f"has numbers with their unit; write {key} = {_with_commas(plain)}"
    if _with_commas(value) != value:
        return f"has a list without a comma between its parts; write {key} = {_with_commas(value)}"
    if re.search(r"[^\W\d]", value) and not re.search("[\"']", value):
        parts = ", ".join(f'"{part.strip()}"' for part in value[1:-1].split(",") if part.strip())
        return f"has words without quotes; write {key} = [{parts}]"
    return f"has a list whose quotes or commas do not match; write {key} = [one, two]"


def _with_commas(value: str) -> str:
    value = re.sub(r"""(["'])\s+(["'])""", r"\1, \2", value)
    return re.sub(r"(?<=\d)\s*[;/]\s*(?=\d)|(?<=\d)\s+(?=\d)", ", ", value)


def _without_remark(value: str) -> str:
    """A value without the remark behind it, as far as no quotes are open around it."""
    if re.search("[\"'].*#", value):
        return value
    return value.partition(" #")[0].rstrip()


def mend_head(lines: list[str], index: int) -> bool:
    """Write a head as it was meant, so that what stands below it is read; gives whether it could.

    One that stands twice is one of several.
    """
    if named := _plain_head(lines[index]):
        lines[index] = named
        return True
    name = _NAME_OF_HEAD.match(lines[index])
    if name is None:
        return False
    several = f"[[{name[1]}]]"
    if lines[index].strip() == f"[{name[1]}]" and "." in name[1]:
        return _rename(lines, index, name[1])
    if lines[index].strip() == f"[{name[1]}]":
        lines[:] = [several if line.strip() == f"[{name[1]}]" else line for line in lines]
        return True
    is_several = lines[index].lstrip().startswith("[[") or several in map(str.strip, lines)
    mended = several if is_several else f"[{name[1]}]"
    is_other = lines[index].strip() != mended
    lines[index] = mended
    return is_other


def _rename(lines: list[str], index: int, name: str) -> bool:
    """Give a table of its own name another one, so that its fields are read too."""
    heads = {line.strip() for line in lines}
    others = (f"[{name}_{number}]" for number in range(2, len(lines) + 3))
    lines[index] = next(other for other in others if other not in heads)
    return True


def blame_remarks(text: str, name: str, problems: Sequence[Problem]) -> list[Problem]:
    """Faults of a file, with one in place of all that a head behind `#` brings about.

    Its fields go to the table above: they stand twice there, or are none of its own.
    """
    told = list(problems)
    for number, end, head in _remarked_heads(text.split("\n")):
        brought = [
            item
            for item in told
            if number < item.line < end and item.message.startswith((TWICE, NO_FIELD))
        ]
        if brought:
            told = [item for item in told if item not in brought]
            told.append(Problem(name, number, "file", REMARK.format(head=head)))
    return sorted(told, key=lambda item: item.line)


def _remarked_heads(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Heads behind `#` that fields follow: their line, from 1, and that of the next head."""
    for number, line in enumerate(lines, 1):
        match = _REMARKED.match(line)
        if match is None:
            continue
        end = _next(lines, number, lambda other: HEAD.match(other) is not None)
        key = _next(lines, number, lambda other: KEY.match(other) is not None)
        if key < end:
            yield number, end, match["head"]


def _next(lines: Sequence[str], after: int, holds: Callable[[str], bool]) -> int:
    """The next line, from 1, of which something holds; the one behind the last without any."""
    return next(
        (number for number in range(after + 1, len(lines) + 1) if holds(lines[number - 1])),
        len(lines) + 1,
    )
