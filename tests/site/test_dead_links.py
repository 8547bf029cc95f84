"""Links of a copy that lead nowhere in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from trustops.site.dead_links import DeadLink, dead_links


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of three pages, a feed and a former address."""
    (tmp_path / "faq").mkdir()
    (tmp_path / "_redirects").write_text("/safe /safety 301\n")
    (tmp_path / "feed.atom").write_text("<feed/>")
    (tmp_path / "index.html").write_text('<h1 id="top">Front</h1>')
    (tmp_path / "safety.html").write_text('<h2 id="never">Never</h2>')
    (tmp_path / "faq" / "late.html").write_text("<p>Late</p>")
    return tmp_path


def told_of(copy: Path, links: str) -> list[DeadLink]:
    """What is found after a page with links was added."""
    (copy / "page.html").write_text(f'<p id="of-page">{links}</p>')
    return dead_links(copy)


@pytest.mark.parametrize(
    "target",
    [
        *("/", "/#top", "/safety#never", "/safe#never", "/faq/late", "/feed.atom", "#of-page"),
        *("https://example.org/x", "//example.org/x", "mailto:a@example.org", "/safety?from=mail"),
    ],
)
def test_what_is_there_is_not_told(copy: Path, target: str) -> None:
    """Pages, their sections, former addresses and files; other sites are none of ours."""
    assert told_of(copy, f'<a href="{target}">x</a>') == []


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("/nowhere", "page.html leads to /nowhere, which is not there"),
        ("/check?q=a", "page.html leads to /check, which is not there"),
        ("/safety#gone", "page.html leads to /safety#gone; that page has no such section"),
        ("/safe#gone", "page.html leads to /safe#gone; that page has no such section"),
        ("#gone", "page.html leads to /page#gone; that page has no such section"),
    ],
)
def test_a_page_or_a_section_that_is_not_there_is_told_with_its_file(
    copy: Path, target: str, sentence: str
) -> None:
    """Once, however often a page leads there."""
    found = told_of(copy, f'<a href="{target}">x</a> <a href="{target}">y</a>')
    assert [link.sentence for link in found] == [sentence]
