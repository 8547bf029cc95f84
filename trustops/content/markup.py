"""HTML in a text: its tags by their names, and what Markdown has in place of each. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from trustops.content.prose import literals

_ANGLE_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]*)\]\(\s*<(?P<target>[^<>]*)>\s*\)")
_ADDRESS = re.compile(r"<(?:[a-zA-Z][a-zA-Z0-9+.-]*:|[^\s<>@]+@)[^\s<>]*>")
_TAG = re.compile(r"<(?:(?P<remark>!--)|[/!?]?(?P<name>[a-zA-Z][a-zA-Z0-9-]*)|[/!?])[^<>]*>?")
_BOLD, _SLANTED = "write ** around the words", "write * around the words"
_INSTEAD: Mapping[str, str] = {
    **dict.fromkeys(("b", "strong", "u", "mark"), _BOLD),
    **dict.fromkeys(("i", "em"), _SLANTED),
    **dict.fromkeys(("br", "p", "div"), "leave a line empty to begin another paragraph"),
    **dict.fromkeys(("ul", "ol", "li"), "begin each line of a list with - and a space"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "write ## and a space for a heading"),
    **dict.fromkeys(("code", "pre", "kbd"), "write ` around the words"),
    **dict.fromkeys(("table", "tr", "td", "th"), "write a table with | between its cells"),
    **dict.fromkeys(("img", "video", "figure"), "say in words what it shows, as pages show none"),
    "a": "write [words](/path)",
    "hr": "write --- between two empty lines",
    "blockquote": "write > and a space before each line",
}


def wrong_markup(line: str) -> Iterator[str]:
    """What is HTML on a line, and what to write instead; `line` is without its code."""
    for link in _ANGLE_LINK.finditer(line):
        if link["target"].startswith(("/", "#")):
            yield f"has < and > within a link; write [{link['words']}]({link['target'].strip()})"
    plain = _ANGLE_LINK.sub(" ", line)
    plain = _ADDRESS.sub(lambda it: " " if literals(it.group()) else it.group(), plain)
    tags: dict[str, str] = {}
    for tag in _TAG.finditer(plain):
        name = (tag["name"] or "").lower()
        if tag["remark"]:
            yield "holds a remark, <!--, which readers would be shown; take it out"
        elif name not in tags:
            tags[name] = f"<{name}>" if name else tag.group()
    for name, shown in tags.items():
        instead = _INSTEAD.get(name, "take it out, or write ` around it if readers are to see it")
        yield f"holds HTML, {shown}, and only Markdown is read here; {instead}"
