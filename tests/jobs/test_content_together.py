"""What belongs together bears a fault in one part: names, links, facts, packs, and the alert.

Each document that is concerned keeps its last good version; one that no longer holds is left out.
"""

from __future__ import annotations

import shutil

import feedparser
import pytest

from tests.jobs.breaking import Site
from tests.jobs.things import alerts
from tests.site.folder import NEW, damage
from trustops.content.versions import FOLDER as COPIES
from trustops.official.signing import MANIFEST

pytestmark = pytest.mark.long


def test_two_documents_of_one_name_leave_the_older_one_as_it_is(site: Site) -> None:
    """The newer text gives way, whichever comes first in the alphabet."""
    site.build()
    text = (site.folder / "faq/is-it-over/en.md").read_text()
    (site.folder / "faq/a-newer-one").mkdir()
    (site.folder / "faq/a-newer-one/en.md").write_text(text)
    twin = (site.folder / "exchanges/binance.toml").read_text()
    (site.folder / "exchanges/a-newer-one.toml").write_text(twin)
    assert site.build()["problems"] == 2
    assert site.reader.get("/faq/over").location == "/faq/is-it-over"
    assert "being corrected" in site.reader.get("/faq/a-newer-one").text
    assert 'id="binance"' in site.reader.get("/exchanges").text
    assert 'id="a-newer-one"' not in site.reader.get("/exchanges").text


def test_a_document_that_leads_to_one_that_was_removed_stays(site: Site) -> None:
    """It is named; its readers keep it. What was removed on purpose is gone."""
    site.build()
    site.edit("faq/is-it-over/en.md", "It is.", "It is. [Look](/policy#closed).")
    site.build()
    (site.folder / "policy/closed.md").unlink()
    assert site.build()["problems"] >= 1
    assert "It is." in site.reader.get("/faq/is-it-over").text
    assert "The window is closed" not in site.reader.get("/policy").text
    (site.folder / "policy/closed.md").write_text("half")
    site.build()
    assert "The window is closed" not in site.reader.get("/policy").text


@pytest.mark.parametrize("name", ["faq", "policy", "exchanges"])
def test_a_folder_that_cannot_be_looked_into_keeps_its_documents(site: Site, name: str) -> None:
    """Whatever took its place."""
    site.build()
    shutil.move(site.folder / name, site.folder / "away")
    (site.folder / name).write_text("no folder")
    assert site.build()["built"] == 1
    path = "/faq/is-it-over" if name == "faq" else f"/{name}"
    assert "is being corrected; what you see is its version of" in site.reader.get(path).text


def test_a_locale_that_was_deleted_keeps_its_last_good_version(site: Site) -> None:
    """An answer cannot be without the language that all are written in."""
    site.build()
    (site.folder / "faq/is-it-over/en.md").unlink()
    site.build()
    assert "version of" in site.reader.get("/faq/is-it-over").text


@pytest.mark.parametrize(
    "name",
    [
        *("migrations/.#example.toml", "migrations/example.toml~", "faq/is-it-over/.en.md.swp"),
        *("policy/4913", "exchanges/#binance.toml#", "exchanges/binance.toml.bak"),
        *("replies/.late.md.swx", "known-issues/copies.md.orig", "pages/.DS_Store"),
    ],
)
def test_what_editors_leave_behind_is_no_fault(site: Site, name: str) -> None:
    """Also as a lock that leads to nothing."""
    (site.folder / name).write_text("\x00")
    assert site.build() == {"built": 1, "problems": 0}
    (site.folder / name).unlink()
    (site.folder / name).symlink_to("somebody@somewhere.1234")
    assert site.build() == {"built": 1, "problems": 0}


def test_a_last_good_version_holds_no_address_of_its_own(site: Site) -> None:
    """Its source is rendered from the facts of now: what is withheld now is withheld in it."""
    site.build()
    site.edit("pages/migration-safety/en.md", "updated: 2026", "updated: long ago, 2026")
    site.build()
    assert NEW in site.reader.get("/migration-safety").text
    (site.folder / MANIFEST).write_bytes(b"{}")
    site.build()
    text = site.reader.get("/migration-safety").text
    assert NEW not in text
    assert "withheld" in text
    assert "version of" in text


def test_a_fact_that_vanished_takes_its_page_and_no_other(site: Site) -> None:
    """No version of the page holds without it, and stale facts are not shown."""
    site.build()
    site.edit("migrations/example.toml", "[facts.snapshot]", "[facts.taken]")
    assert site.build()["problems"] == 1
    text = site.reader.get("/faq/is-it-over").text
    assert "This page is being corrected" in text
    assert "snapshot" not in text
    assert site.reader.get("/policy").status_code == 200
    (alert,) = alerts(site.work)
    assert "migration.snapshot" in alert.summary


def test_another_pack_takes_the_pages_that_speak_of_the_old_one(site: Site) -> None:
    """By name, and in no older version: that would be of another project's token."""
    site.build()
    pack = (site.folder / "migrations/example.toml").read_text()
    other = pack.replace("example", "other").replace("facts.snapshot", "facts.taken")
    (site.folder / "migrations/other.toml").write_text(other.replace("Old to new", "Four to five"))
    site.edit("site.toml", '"example"', '"other"')
    site.edit("exchanges/binance.toml", 'who_acts = "unknown"', "who_acts = 3")
    assert site.build()["built"] == 1
    assert "This page is being corrected" in site.reader.get("/faq/is-it-over").text
    assert "Binance" not in site.reader.get("/exchanges").text
    assert site.reader.get("/api/v2/migration.json").get_json()["project"] == "Four to five"
    assert site.reader.get("/support").status_code == 200
    site.edit("site.toml", '"other"', '"example"')
    site.edit("exchanges/binance.toml", "who_acts = 3", 'who_acts = "unknown"')
    assert site.build() == {"built": 1, "problems": 0}


@pytest.mark.parametrize("pack", [None, "broken = "])
def test_a_site_that_names_a_pack_which_never_was_good_stays_with_the_last(
    site: Site, pack: str | None
) -> None:
    """A typo in the name of the migration publishes no empty desk."""
    site.build()
    if pack:
        (site.folder / "migrations/other.toml").write_text(pack)
    site.edit("site.toml", '"example"', '"other"')
    assert site.build()["built"] == 1
    assert site.as_of() == site.clock.now()
    assert site.reader.get("/api/v2/migration.json").get_json()["project"] == "Old to new"


def test_one_alert_stands_for_one_set_of_faults(site: Site) -> None:
    """Not one a minute; another fault is another alert, and the one before is over."""
    site.build()
    damage(site.folder, "policy/closed.md")
    for _ in range(3):
        site.build()
    (first,) = alerts(site.work)
    assert first.resolved_at is None
    assert first.data["readers"] == [
        "policy/closed.md: readers see the version of 2026-11-22 12:01 UTC"
    ]
    damage(site.folder, "intake.toml")
    site.build()
    first, second = alerts(site.work)
    assert first.resolved_at is not None
    assert second.resolved_at is None
    assert len(second.data["problems"]) == 3


def test_the_same_fault_after_it_was_mended_is_another_alert(site: Site) -> None:
    """Else nobody would hear of it."""
    good = (site.folder / "sla.toml").read_text()
    for _ in range(2):
        (site.folder / "sla.toml").write_text(good)
        site.build()
        damage(site.folder, "sla.toml")
        site.build()
    first, second = alerts(site.work)
    assert (first.resolved_at is None, second.resolved_at is None) == (False, True)


def test_a_version_that_this_desk_no_longer_reads_is_not_shown(site: Site) -> None:
    """It says so: the page is left out rather than shown as another schema read it."""
    site.build()
    copies = site.settings.instance_dir / COPIES
    (copy,) = copies.rglob("is-it-over/en.md")
    copy.write_text(copy.read_text().replace("order: 1", "ordre: 1"))
    damage(site.folder, "faq/is-it-over/en.md")
    site.build()
    assert "This page is being corrected" in site.reader.get("/faq/is-it-over").text
    (alert,) = alerts(site.work)
    assert "its last good version holds no longer" in alert.data["readers"][0]


def test_feeds_and_machine_files_stay_readable_beside_a_fault(site: Site) -> None:
    """Programs never meet a character that XML cannot hold."""
    site.build()
    site.edit("site.toml", 'name = "Example desk"', 'name = "Example \\u0008 desk"')
    assert site.build()["problems"] == 1
    feed = site.reader.get("/heartbeats.atom").data
    assert not feedparser.parse(feed).bozo
