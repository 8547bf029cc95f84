"""The templates: all parse, all components are shown, nothing needs more than our own origin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from tests.house.tree import files, read

TEMPLATES = files(suffix=".html", under="trustops")
STYLES = files(suffix=".css", under="trustops")
SCRIPTS = [path for path in files(suffix=".js", under="trustops") if "vendor" not in path.parts]
COMPONENTS = Path("trustops/web/templates/components")
PATTERNS = Path("trustops/web/templates/patterns.html")
LAYOUTS = [Path(f"trustops/web/templates/{name}.html") for name in ("base", "desk", "public")]

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
INLINE = {
    "a style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "a script": re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script in an address": re.compile(r"javascript:", re.IGNORECASE),
    "script in an attribute of htmx": re.compile(r"hx-on|hx-vals\s*=\s*.js:", re.IGNORECASE),
}
ELSEWHERE = re.compile(
    r"""(?:src|srcset|href|action|poster|data|hx-[a-z]+)\s*=\s*["']\s*(?:[a-z][a-z0-9+.-]*:)?//""",
    re.IGNORECASE,
)
OF_STYLES = re.compile(r"@import|url\(\s*[\"']?\s*(?:[a-z]+:)?//|expression\(", re.IGNORECASE)
OF_SCRIPTS = re.compile(r"[\"'`](?:https?:|wss?:)?//[\w$]|\beval\(|new Function\(")


def imported(app: Flask, path: Path) -> Iterator[nodes.FromImport]:
    """The imports of a template."""
    yield from app.jinja_env.parse(read(path)).find_all(nodes.FromImport)


def markup(path: Path) -> str:
    """A template without its comments."""
    return COMMENT.sub("", read(path))


def name_of(path: Path) -> str:
    """The name by which the application finds a template."""
    return str(path).partition("/templates/")[2]


def test_there_are_templates_to_look_at() -> None:
    """A move of the folder fails here and does not pass in silence."""
    assert len(TEMPLATES) > 40
    assert len(STYLES) > 20
    assert len(SCRIPTS) > 5


def test_every_template_parses(app: Flask) -> None:
    """Also those that no test happens to render."""
    for path in TEMPLATES:
        assert app.jinja_env.get_template(name_of(path)).name == name_of(path)


def test_every_component_is_shown_on_the_page_of_patterns(app: Flask) -> None:
    """Or in the layout of the desk, on which that page stands."""
    shown = {
        node.template.value
        for path in (PATTERNS, *LAYOUTS)
        for node in imported(app, path)
        if isinstance(node.template, nodes.Const)
    }
    there = {f"components/{path.name}" for path in files(under=str(COMPONENTS))}
    assert sorted(there - shown) == []


def test_every_component_is_described() -> None:
    """Each has its line in the table of `docs/ui.md`."""
    described = set(re.findall(r"^\| (\w+) \|", read(Path("docs/ui.md")), re.MULTILINE))
    assert sorted({path.stem for path in files(under=str(COMPONENTS))} - described) == []


def test_no_import_is_unused(app: Flask) -> None:
    """What a page imports it calls."""
    unused = []
    for path in TEMPLATES:
        tree = app.jinja_env.parse(read(path))
        called = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
        for node in imported(app, path):
            names = {name if isinstance(name, str) else name[1] for name in node.names}
            unused += [f"{path}: {name}" for name in sorted(names - called)]
    assert unused == []


@pytest.mark.parametrize("what", sorted(INLINE))
def test_nothing_is_inline(what: str) -> None:
    """The policy of the pages forbids it, so it would do nothing at all."""
    assert [str(path) for path in TEMPLATES if INLINE[what].search(markup(path))] == []


def test_nothing_comes_from_another_origin() -> None:
    """No page tells a third party who reads it."""
    found = [str(path) for path in TEMPLATES if ELSEWHERE.search(markup(path))]
    found += [str(path) for path in STYLES if OF_STYLES.search(read(path))]
    found += [str(path) for path in SCRIPTS if OF_SCRIPTS.search(read(path))]
    assert found == []


def test_nothing_is_marked_as_safe() -> None:
    """What people wrote is escaped everywhere, without exception."""
    unsafe = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(", re.IGNORECASE)
    assert [str(path) for path in TEMPLATES if unsafe.search(markup(path))] == []


def test_no_id_and_no_force_in_styles() -> None:
    """A class is a component and a state is an attribute (docs/ui.md)."""
    forced = [str(path) for path in STYLES if "!important" in read(path)]
    by_id = [
        str(path)
        for path in STYLES
        if re.search(r"^[^{}@/*]*#[a-z][\w-]*[^{};]*\{", read(path), re.MULTILINE | re.IGNORECASE)
    ]
    assert forced == []
    assert by_id == []


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path != PATTERNS], ids=str)
def test_no_separator_can_dangle(path: Path) -> None:
    """A middle dot belongs to titles of windows: where a line wraps it is left alone at its end."""
    body = re.sub(r"\{% block title %\}.*?\{% endblock %\}", "", markup(path), flags=re.DOTALL)
    assert "·" not in body


@pytest.mark.parametrize("path", STYLES, ids=str)
def test_no_style_draws_a_separator(path: Path) -> None:
    """A gap parts things, also where the line wraps between them."""
    assert "·" not in read(path)
