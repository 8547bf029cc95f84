"""The public pages: what each one says, and what all of them keep to.

Every number has its age, what was not read is said not to be known, and nothing official stands on
any page while the signed list cannot be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import html5lib
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.site.folder import DOMAIN, NEW, OLD
from tests.site.things import rendered, text_of
from tests.status.things import a_snapshot
from trustops.settings import Settings
from trustops.site.pages import HTML, File
from trustops.site.sources import Sources, gather, withheld

Files = Mapping[str, File]

PATHS = {
    *("/", "/migration-safety", "/faq", "/faq/is-it-over", "/exchanges", "/policy"),
    *("/known-issues", "/heartbeats", "/heartbeats/2026-W46", "/heartbeats/2026-W47"),
    *("/heartbeats.atom", "/sitemap.txt", "/410"),
}


def test_every_page_of_the_site_is_there(files: Files) -> None:
    """And no other one than those of the design and of the files."""
    assert set(files) == PATHS


def test_every_further_document_has_an_address_of_its_own(
    app: Flask, reading: Session, shown: Settings
) -> None:
    """A page of the content folder is served under its id and listed at the foot of all others."""
    page = shown.content_dir / "pages" / "how-we-work" / "en.md"
    page.parent.mkdir()
    sections = "\n".join(f"## Part {n} {{#part-{n}}}\n\nWords.\n" for n in range(5))
    page.write_text(
        f"---\ntitle: How we work\nsummary: In short.\nupdated: 2026-11-20\n---\n{sections}",
        encoding="utf-8",
    )
    files = rendered(app, gather(reading, NOON, shown))
    assert "<h1>How we work</h1>" in text_of(files, "/how-we-work")
    assert '<a href="#part-4">Part 4</a>' in text_of(files, "/how-we-work")
    assert '<a href="/how-we-work">How we work</a>' in text_of(files, "/faq")


def test_every_page_is_valid_html_and_says_when_it_was_made(files: Files) -> None:
    """A strict parser finds nothing; the foot has the moment of the build."""
    for file in files.values():
        if file.content_type == HTML:
            html5lib.HTMLParser(strict=True).parse(file.body.decode())
            assert (
                'this page was made <time class="instant" datetime="2026-11-22T12:00:00+00:00"'
                in (" ".join(file.body.decode().split()))
            )


def test_every_id_stands_once_and_every_section_link_leads_somewhere(files: Files) -> None:
    """Within a page and between pages."""
    ids = {}
    for path, file in files.items():
        found = re.findall(r'\sid="([^"]+)"', file.body.decode())
        assert len(found) == len(set(found)), path
        ids[path] = set(found)
    for path, file in files.items():
        for target, anchor in re.findall(r'href="(/[^"#]*)?#([^"]+)"', file.body.decode()):
            assert anchor in ids[target or path], f"{path} leads to {target}#{anchor}"


def test_every_link_within_the_site_leads_somewhere(files: Files, app: Flask) -> None:
    """To a page of the release, or to a route of the desk."""
    routes = {rule.rule for rule in app.url_map.iter_rules()}
    for path, file in files.items():
        for target in re.findall(r'href="(/[^"#?]*)', file.body.decode()):
            known = target in PATHS or target in routes or target.startswith(("/static/", "/.well"))
            assert known or target in {"/troubleshooting", "/how-we-work"}, f"{path}: {target}"


def test_no_page_has_a_form_or_loads_anything_from_elsewhere(files: Files) -> None:
    """Pages are the same for everybody, so nothing on them can depend on who reads."""
    for file in files.values():
        if file.content_type == HTML:
            page = file.body.decode()
            assert "<form" not in page
            assert "csrf" not in page
            assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', page)


def test_the_safety_page_has_everything_official_in_full(files: Files) -> None:
    """Addresses in their own case, hosts, until when, and how to check."""
    page = text_of(files, "/migration-safety")
    for value in (OLD, NEW):
        assert f'data-copy="{value}"' in page
    assert DOMAIN in page
    assert "valid until" in page
    assert "/.well-known/migration-manifest.json.minisig" in page
    assert "None is in the list, so take no account for ours or the project's." in page


def test_a_statement_is_found_under_its_former_ids_too(
    app: Flask, reading: Session, shown: Settings
) -> None:
    """A link from before its day was put right still leads to it."""
    path = shown.content_dir / "policy" / "closed.md"
    text = path.read_text(encoding="utf-8").replace("standing:", "aliases: [shut]\nstanding:")
    path.write_text(text, encoding="utf-8")
    page = text_of(rendered(app, gather(reading, NOON, shown)), "/policy")
    assert page.count('id="shut"') == page.count('id="closed"') == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("", "we do not know what would become of them"),
        ("lost", "what is sent to it is lost"),
        ("swap", "old tokens that are sent to it are swapped"),
    ],
)
def test_the_safety_page_says_of_a_token_s_own_address_what_the_pack_says(
    app: Flask, reading: Session, shown: Settings, said: str, words: str
) -> None:
    """And that it does not know, where the pack says nothing."""
    path = shown.content_dir / "migrations" / "example.toml"
    tokens = "".join(
        f'\n[[tokens]]\nchain = "solana"\nrole = "{role}"\naddress = "{address}"\nsymbol = "X"\n'
        + (f'direct_transfer_means = "{said}"\n' if said else "")
        for role, address in (("old", OLD), ("new", NEW))
    )
    path.write_text(path.read_text(encoding="utf-8") + tokens, encoding="utf-8")
    page = text_of(rendered(app, gather(reading, NOON, shown)), "/migration-safety")
    assert words in page


def test_the_official_list_follows_what_we_never_do(files: Files) -> None:
    """The words of the file stand around it, each of them once."""
    page = text_of(files, "/migration-safety")
    assert page.index('id="never"') < page.index('id="official"')
    assert page.count('id="never"') == 1
    assert page.count("Nobody of us writes to you first.") == 1


@pytest.mark.parametrize(
    ("before", "happened", "wide"),
    [(1, 3, "happened"), (2, 2, "even"), (3, 1, "after"), (3, 0, "after")],
)
def test_the_longer_part_has_the_wider_column_of_the_sheet(
    app: Flask, reading: Session, shown: Settings, before: int, happened: int, wide: str
) -> None:
    """What one folder says shortly another says at length; both columns end at about one height."""
    path = shown.content_dir / "pages" / "migration-safety" / "en.md"
    words = "Compare it with the official list on this page, every character of an address.\n\n"
    sections = f"\n\n## Before {{#before}}\n\n{words * before}"
    if happened:
        sections += f"## If it already happened {{#happened}}\n\n{words * happened}"
    head, _, rest = path.read_text(encoding="utf-8").partition("## Never {#never}")
    never = f"## Never {{#never}}{rest.partition('## ')[0].rstrip()}"
    path.write_text(head + never + sections, encoding="utf-8")
    page = text_of(rendered(app, gather(reading, NOON, shown)), "/migration-safety")
    assert f'<div class="after-list" data-wide="{wide}">' in page


def test_a_safety_page_whose_file_lacks_the_section_has_the_words_of_the_house(
    app: Flask, reading: Session, shown: Settings
) -> None:
    """What we never do is on the page whatever the file says; the rest follows the list."""
    path = shown.content_dir / "pages" / "migration-safety" / "en.md"
    text = path.read_text(encoding="utf-8").replace("## Never {#never}", "## After all {#after}")
    path.write_text(text, encoding="utf-8")
    answer = shown.content_dir / "faq" / "is-it-over" / "en.md"
    answer.write_text(
        answer.read_text(encoding="utf-8").replace("#never", "#after"), encoding="utf-8"
    )
    page = text_of(rendered(app, gather(reading, NOON, shown)), "/migration-safety")
    assert "We never ask for your recovery phrase" in page
    assert page.index('id="never"') < page.index('id="official"') < page.index('id="after"')


def test_a_desk_without_the_file_has_a_safety_page_all_the_same(
    app: Flask, sources: Sources
) -> None:
    """The one page that readers rely on is never missing."""
    documents = tuple(item for item in sources.library.documents if item.id != "migration-safety")
    library = replace(sources.library, documents=documents)
    page = text_of(rendered(app, replace(sources, library=library)), "/migration-safety")
    assert f'data-copy="{NEW}"' in page
    assert "We never write to you first." in page


def test_nothing_official_stands_on_any_page_once_it_is_withheld(
    app: Flask, sources: Sources
) -> None:
    """And each page says so at its head; the safety page says what it means."""
    files = rendered(app, withheld(sources))
    for path, file in files.items():
        text = file.body.decode()
        for value in (OLD, NEW, DOMAIN):
            assert value not in text, path
        if file.content_type == HTML:
            assert "No official address is shown" in text, path
    page = text_of(files, "/migration-safety")
    assert "the signed list is past its last day" in page
    assert "address withheld: it could not be verified" in page


def test_a_trusted_page_has_no_warning_banner(files: Files) -> None:
    """Or nobody would read it on the day on which it counts."""
    assert all(b"No official address is shown" not in file.body for file in files.values())


def test_demo_and_preview_are_marked_on_every_page(app: Flask, sources: Sources) -> None:
    """So that no copy of one is taken for the real thing."""
    marked = rendered(app, replace(sources, demo=True, preview=True))
    plain = rendered(app, sources)
    for path in ("/", "/migration-safety", "/faq/is-it-over", "/410"):
        assert "Demonstration" in text_of(marked, path)
        assert "Drafts are among these pages." in text_of(marked, path)
        assert "Demonstration" not in text_of(plain, path)
        assert "Drafts are among" not in text_of(plain, path)


def test_the_index_of_answers_has_each_with_its_sentence(files: Files) -> None:
    """By category."""
    page = text_of(files, "/faq")
    assert '<h2 id="category-1">Late</h2>' in page
    assert '<a href="/faq/is-it-over">Is it over?</a>' in page
    assert "Yes, the window is closed." in page


def test_an_answer_comes_first_and_names_what_it_rests_on(
    app: Flask, reading: Session, shown: Settings
) -> None:
    """Statements with their day, class and standing; related answers; when it was changed."""
    path = shown.content_dir / "faq" / "is-it-over" / "en.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("aliases: [over]", "statements: [closed]"), encoding="utf-8")
    page = text_of(rendered(app, gather(reading, NOON, shown)), "/faq/is-it-over")
    assert page.index("Yes, the window is closed.") < page.index("The snapshot was taken on")
    assert '<a href="/policy#closed">The window is closed</a>' in page
    assert "We found nothing later that contradicts it." in page
    assert '<a href="/policy#evidence-classes">Class C</a>.' in page
    assert re.search(r"Last changed <time datetime=\"2026-11-20\">", page)


def test_an_answer_that_asks_for_them_has_the_steps_of_the_safety_page(
    app: Flask, reading: Session, shown: Settings
) -> None:
    """They are written once, and read where somebody looks for them."""
    safety = shown.content_dir / "pages" / "migration-safety" / "en.md"
    words = (
        "\n\n## If it already happened {#happened}\n\n1. Leave the page.\n"
        "\n## After {#after}\n\nWait.\n"
    )
    safety.write_text(safety.read_text(encoding="utf-8").rstrip() + words, encoding="utf-8")
    answer = shown.content_dir / "faq" / "is-it-over" / "en.md"
    text = answer.read_text(encoding="utf-8")
    plain = text_of(rendered(app, gather(reading, NOON, shown)), "/faq/is-it-over")
    answer.write_text(text.replace("aliases: [over]", "steps: true"), encoding="utf-8")
    page = text_of(rendered(app, gather(reading, NOON, shown)), "/faq/is-it-over")
    assert "Leave the page." not in plain
    assert page.count("Leave the page.") == 1
    assert "Wait." not in page


def test_the_ledger_shows_contradictions_at_both_ends(
    app: Flask, reading: Session, shown: Settings
) -> None:
    """And what supersedes what, the newest statement first."""
    first = (shown.content_dir / "policy" / "closed.md").read_text(encoding="utf-8")
    second = first.replace("The window is closed", "It stays open").replace(
        "2026-04-12", "2026-04-13"
    )
    second = second.replace(
        "standing: in-force", 'quote: "Still open"\ncontradicts: [closed]\nstanding: unclear'
    )
    third = first.replace("The window is closed", "A later statement").replace(
        "2026-04-12", "2026-04-14"
    )
    third = third.replace("standing: in-force", "supersedes: [open]\nstanding: in-force")
    second = second.replace("standing: unclear", "standing: superseded")
    (shown.content_dir / "policy" / "open.md").write_text(second, encoding="utf-8")
    (shown.content_dir / "policy" / "third.md").write_text(third, encoding="utf-8")
    page = text_of(rendered(app, gather(reading, NOON, shown)), "/policy")
    order = [page.index(f'<h2 id="{name}">') for name in ("third", "open", "closed")]
    assert order == sorted(order)
    assert page.count("Contradicted by, or contradicts:") == 2
    assert re.search(r'Supersedes: <a href="#open">', page)
    assert re.search(r'Superseded by: <a href="#third">', page)
    assert "<p>Still open</p>" in page


def test_a_known_issue_says_whom_it_concerns(files: Files) -> None:
    """With its state, since when, and its evidence."""
    page = text_of(files, "/known-issues")
    assert '<h2 id="copies">Copies of our pages</h2>' in page
    assert "Concerns: Everybody." in page
    assert "This is not solved yet.</span" in page


def test_a_heartbeat_stays_as_it_was_told(files: Files) -> None:
    """With the moment of its figures, whether it was late, and where else it stands."""
    late = text_of(files, "/heartbeats/2026-W46")
    assert "late: it was due" in late
    assert "The migration is open &amp; well." in late
    assert 'href="https://social.example/@desk/1"' in late
    assert "late: it was due" not in text_of(files, "/heartbeats/2026-W47")
    archive = text_of(files, "/heartbeats")
    assert archive.index("2026-W47") < archive.index("2026-W46")


def test_an_archive_without_heartbeats_says_so(app: Flask, sources: Sources) -> None:
    """And names no moment that is not planned."""
    snapshot = a_snapshot(next_heartbeat_at=None)
    page = text_of(rendered(app, replace(sources, heartbeats=(), snapshot=snapshot)), "/heartbeats")
    assert "No heartbeat has gone out yet" in page
    assert "No next one is planned." in page


def test_the_list_of_addresses_names_every_page(files: Files) -> None:
    """In full, one a line, and nothing that is no page."""
    lines = files["/sitemap.txt"].body.decode().split()
    assert set(lines) == {f"http://localhost{path}" for path in PATHS} - {
        "http://localhost/410",
        "http://localhost/heartbeats.atom",
        "http://localhost/sitemap.txt",
    }
