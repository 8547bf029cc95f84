"""What pages say of the list and of this desk's own host is true, whatever the list has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.site.folder import DOMAIN, showing
from tests.site.things import rendered, text_of
from trustops.settings import Settings
from trustops.site.sources import gather, withheld

COMPARE = "compare the whole name in your address bar"
LACKS = "does not name the host of this desk"


def listing(shown: Settings, more: str) -> Settings:
    """The instance with further hosts in its list, signed anew, reached as desk.example.org."""
    source = shown.content_dir / "official" / "source.toml"
    source.write_text(f"{source.read_text()}\n[[domains]]\n{more}\n")
    signed = showing(shown, shown.content_dir, NOON)
    return replace(signed, base_url="https://desk.example.org")


@pytest.mark.parametrize(
    ("kind", "said", "unsaid"),
    [("desk", COMPARE, LACKS), ("project", LACKS, COMPARE), ("closed", LACKS, COMPARE)],
)
def test_people_are_asked_to_compare_only_with_a_list_that_names_the_desk(
    app: Flask, reading: Session, shown: Settings, kind: str, said: str, unsaid: str
) -> None:
    """As this desk's own, and not as something else."""
    settings = listing(shown, f'id = "desk"\nname = "desk.example.org"\nkind = "{kind}"')
    files = rendered(app, gather(reading, NOON, settings))
    for path in ("/", "/migration-safety", "/faq"):
        page = " ".join(text_of(files, path).split())
        assert said in page, path
        assert unsaid not in page, path


def test_while_the_list_is_withheld_nobody_is_sent_to_compare(
    app: Flask, reading: Session, shown: Settings
) -> None:
    """There is nothing to compare with."""
    settings = listing(shown, 'id = "desk"\nname = "desk.example.org"\nkind = "desk"')
    files = rendered(app, withheld(gather(reading, NOON, settings)))
    page = " ".join(text_of(files, "/faq").split())
    assert COMPARE not in page
    assert "Our signed list is withheld" in page


def test_closed_hosts_stand_apart_and_are_no_link(
    app: Flask, reading: Session, shown: Settings
) -> None:
    """On the safety page under a heading that says not to use them; in prose with these words."""
    source = shown.content_dir / "official" / "source.toml"
    source.write_text(source.read_text() + '\nkind = "closed"\n')
    page = shown.content_dir / "pages" / "migration-safety" / "en.md"
    page.write_text(page.read_text() + "\nSee [the portal]({{ fact.domain.portal }}/claim).\n")
    files = rendered(app, gather(reading, NOON, showing(shown, shown.content_dir, NOON)))
    text = " ".join(text_of(files, "/migration-safety").split())
    assert f"{DOMAIN} (closed, do not use it)" in text
    assert f"https://{DOMAIN}" not in text
    assert DOMAIN in text.partition("Closed sites: do not use them")[2].partition("Accounts")[0]
