"""Front matter as values, with the line of each. All of its mistakes are noted in one reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

import yaml
from yaml.constructor import SafeConstructor

from trustops.content.fixes import CURLY_QUOTES, cut_off, is_curly, is_half_quoted, yaml_fix
from trustops.content.invisible import NO_TEXT, is_text
from trustops.content.toml_file import Where, dotted
from trustops.content.typed_days import written_day
from trustops.content.values import Problem

DEEPEST = 60
"""How many brackets may stand inside each other; YAML takes seconds over thousands of them."""

TOO_DEEP = "is nested too deeply"
_NAMED = re.compile("\\s*([A-Za-z_]+)(?:\\s*[:=\uff1a]|\\s|$)")
_OPENS = re.compile(r"(?::|[>|][+-]?|[\[{,])\s*(?:#.*)?$")
"""The end of a line whose value goes on below it."""

_GROUP = re.compile(r"([A-Za-z_]+):\s*$")
_WITH_VALUE = re.compile(r"[A-Za-z_]+:\s+\S")
_INDENTED = re.compile(r" {1,4}[A-Za-z_]+:")
FIELD = re.compile(r"([A-Za-z_]+)\s*:")


def _is_too_deep(text: str) -> bool:
    """Whether more brackets are open at once than anybody means."""
    depth = 0
    for sign in re.findall(r"[\[\]{}]", text):
        depth = max(0, depth + (1 if sign in "[{" else -1))
        if depth > DEEPEST:
            return True
    return False


_QUICK_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""In C, where PyYAML was built with it; ten times as quick."""


@lru_cache(maxsize=512)
def _composed(text: str) -> yaml.Node | None:
    """What YAML makes of a text. Kept, as one check asks for the same text several times.

    What the quick reader refuses the slow one reads again: its faults have the places we tell.
    """
    with suppress(yaml.YAMLError, RecursionError):
        return yaml.compose(text, Loader=_QUICK_LOADER)
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _yaml_fault(text: str) -> int | None:
    """The line, from 0, of what YAML refuses; None where it reads a field."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        return _place_of(error, text)
    except RecursionError:
        return 0
    return None if isinstance(node, yaml.MappingNode) else 0


def _place_of(error: yaml.MarkedYAMLError, text: str) -> int:
    """The line, from 0, of what YAML refuses: where it begins, if only the end shows it."""
    mark, begun = error.problem_mark, error.context_mark
    if begun and (mark is None or mark.index >= len(text)):
        mark = begun
    return mark.line if mark else 0


class Front:
    """Front matter as values, with the line of each. Lines count from the start of the file."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.places: dict[Where, int] = {}
        self.faulty: set[str] = set()

    def read(self, text: str) -> object:
        """The values; what cannot be read is noted and left out."""
        lines = text.split("\n")
        self.faulty.update(self._note_remarks(lines))
        try:
            return self._values(text)
        except yaml.MarkedYAMLError:
            text = "\n".join(self._without_faults(lines))
        try:
            return self._values(text)
        except yaml.MarkedYAMLError as error:
            self._note((), _place_of(error, text) + 2, "is no field; write it as name: value")
        return {}

    def _values(self, text: str) -> object:
        if _is_too_deep(text):
            self._note((), 1, TOO_DEEP)
            return {}
        try:
            if "*" in text and self._repeats_itself(text):
                return {}
            node = _composed(text)
            if node is None and self.faulty:
                return {}
            if not isinstance(node, yaml.MappingNode):
                self._note((), 1, "has to be fields, one a line")
                return {}
            return self._value(SafeConstructor(), node, ())
        except yaml.reader.ReaderError:
            self._note((), 1, NO_TEXT)
        except RecursionError:
            self._note((), 1, TOO_DEEP)
        return {}

    def _note_remarks(self, lines: list[str]) -> Iterator[str]:
        """Note words that YAML would take for a remark; gives the fields that hold them."""
        for number, line in enumerate(lines, 2):
            field = FIELD.match(line)
            if field and cut_off(line):
                words = "loses everything from # on; put the words in quotes"
                self._note((field.group(1),), number, words)
                yield field.group(1)

    def _without_faults(self, lines: list[str]) -> list[str]:
        """The lines without the fields that YAML cannot read, each of which is noted."""
        self._note_lost_spaces(lines)
        self._note_spaces(lines)
        starts = [
            number for number, line in enumerate(lines) if line[:1].strip() not in {"", "-", "#"}
        ]
        starts = starts or [0]  # of indented lines alone, none begins a field
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            place = _yaml_fault("\n".join(lines[start:end]))
            field = FIELD.match(lines[start])
            if place is None and field:
                continue
            number = min(start + (place or 0), end - 1)
            self._note((), number + 2, yaml_fix(lines[number]))
            named = _NAMED.match(lines[start])
            self.faulty.add(named.group(1) if named else "")
            lines[start:end] = [""] * (end - start)
        return lines

    def _note_lost_spaces(self, lines: list[str]) -> None:
        """Note fields of a group that lost their spaces, among others that have theirs."""
        name = ""
        for start, line in enumerate(lines):
            group = _GROUP.match(line)
            name = group.group(1) if group else name
            end = start + 1
            while end < len(lines) and _WITH_VALUE.match(lines[end]):
                end += 1
            if not name or not (group or _INDENTED.match(line)) or end in {start + 1, len(lines)}:
                continue
            if _INDENTED.match(lines[end]):
                for number in range(start + 1, end):
                    told = f"belongs to {name}; put two spaces before it"
                    self._note((), number + 2, told)
                    lines[number] = f"  {lines[number]}"

    def _note_spaces(self, lines: list[str]) -> None:
        """Note fields that spaces keep from being fields, and take the spaces out."""
        if not any(FIELD.match(line) for line in lines):
            return
        opened = False
        for number, line in enumerate(lines):
            field = FIELD.match(line.lstrip(" "))
            if field and line.startswith(" ") and not opened:
                told = f"begins with a space; write {field.group(1)} where its line begins"
                self._note((), number + 2, told)
                lines[number] = line.lstrip(" ")
            if line.strip() and not line.startswith((" ", "-", "#")):
                opened = _OPENS.search(line) is not None

    def _repeats_itself(self, text: str) -> bool:
        """Refuse aliases: a file of a few lines may not unfold into a million."""
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                mark = event.start_mark
                self._note((), mark.line + 2 if mark else 1, "has an alias; write the value again")
                return True
        return False

    def _note(self, where: Where, line: int, message: str) -> None:
        name = dotted(where) if where else "front matter"
        if where:
            self.faulty.add(name)
        self.problems.append(Problem(self.file, line, name, message))

    def _value(self, constructor: SafeConstructor, node: yaml.Node, where: Where) -> object:
        """A node as a value, its line noted."""
        self.places.setdefault(where, node.start_mark.line + 2)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(constructor, node, where)
        if isinstance(node, yaml.SequenceNode):
            return [
                self._value(constructor, part, (*where, number))
                for number, part in enumerate(node.value)
            ]
        line = node.start_mark.line + 2
        if not is_text(node.value):
            self._note(where, line, NO_TEXT)
            return None
        if isinstance(node, yaml.ScalarNode) and not node.style and is_curly(node.value):
            self._note(where, line, CURLY_QUOTES)
        elif isinstance(node, yaml.ScalarNode) and not node.style and is_half_quoted(node.value):
            self._note(where, line, 'has one quotation mark; write " at both ends or at neither')
        try:
            return constructor.construct_object(node)
        except (ValueError, LookupError, TypeError, AttributeError, yaml.YAMLError):
            is_day = node.tag.endswith(":timestamp")
            words = "is no day of the calendar; write "
            words += written_day(node.value) or "it as in 2026-11-29"
            self._note(where, line, words if is_day else f"{node.value!r} cannot be read")
            return None

    def _mapping(
        self, constructor: SafeConstructor, node: yaml.MappingNode, where: Where
    ) -> dict[str, object]:
        values: dict[str, object] = {}
        for key, part in node.value:
            name = str(key.value)
            line = key.start_mark.line + 2
            if name in values:
                self._note((*where, name), line, "stands twice")
            self.places[(*where, name)] = line
            values[name] = self._value(constructor, part, (*where, name))
        return values
