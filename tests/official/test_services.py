"""Looking, remembering and alerting: whatever is wrong, nothing official is shown."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOON, later
from tests.official.things import (
    OTHER_PUBLIC,
    OTHER_SECRET,
    PUBLIC,
    SECRET,
    both,
    of,
    put,
    signed,
)
from trustops.alerts.models import Alert
from trustops.channels.models import Delivery
from trustops.channels.rules import Target
from trustops.db import Event
from trustops.official import signing
from trustops.official.services import accept, current, highest, key_id_of, look, watch
from trustops.official.signing import MANIFEST, SIGNATURE
from trustops.official.values import NONE_YET, Accepted, Official, Problem

TARGETS = (Target("webhook", "https://ops.example.org/hook"),)


def seen(session: Session, now: datetime, folder: Path, key: str = PUBLIC.line) -> Official:
    """What is official at a moment, measured against what was accepted before."""
    return current(session, now, content_dir=folder, official_key=key)


def watched(session: Session, now: datetime, official: Official) -> None:
    """The watch, as the job calls it."""
    watch(session, now, official, targets=TARGETS, base_url="https://desk.example.org")


def alerts(session: Session) -> list[tuple[str, bool]]:
    """Severity of every alert, in their order, and whether it is over."""
    session.flush()
    rows = session.scalars(select(Alert).order_by(Alert.id)).all()
    session.expire_all()
    return [(row.severity, row.resolved_at is not None) for row in rows]


def test_a_good_manifest_is_trusted_with_its_two_files(folder: Path) -> None:
    """There is nothing to say to readers."""
    found = look(folder, PUBLIC.text, NOON)
    assert found.trusted
    assert (found.sentence, found.problem, found.key_id) == ("", None, PUBLIC.id)
    assert (found.text, found.signature) == both(folder)


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("", Problem.NO_KEY),
        ("no key", Problem.NO_KEY),
        (OTHER_PUBLIC.line, Problem.BAD_SIGNATURE),
    ],
    ids=["none", "nonsense", "another"],
)
def test_without_the_key_nothing_is_trusted(folder: Path, key: str, problem: Problem) -> None:
    """Neither without any, nor with another."""
    found = look(folder, key, NOON)
    assert (found.manifest, found.problem) == (None, problem)


@pytest.mark.parametrize("name", [MANIFEST, SIGNATURE])
def test_a_file_that_is_not_there_is_missing(folder: Path, name: Path) -> None:
    """So is one that cannot be read."""
    (folder / name).unlink()
    assert look(folder, PUBLIC.line, NOON).problem is Problem.MISSING
    (folder / name).mkdir()
    assert look(folder, PUBLIC.line, NOON).problem is Problem.MISSING


def test_what_was_signed_and_is_no_manifest_is_malformed(folder: Path) -> None:
    """A signature alone makes no list of addresses."""
    put(folder, b"{}", signing.sign(b"{}", SECRET, NOON))
    assert look(folder, PUBLIC.line, NOON).problem is Problem.MALFORMED


@pytest.mark.parametrize(
    ("moment", "problem"),
    [
        (NOON - timedelta(days=1, minutes=5), None),
        (NOON - timedelta(days=1, minutes=5, seconds=1), Problem.NOT_YET),
        (NOON + timedelta(days=13) - timedelta(seconds=1), None),
        (NOON + timedelta(days=13), Problem.EXPIRED),
    ],
)
def test_a_manifest_is_valid_from_its_first_to_its_last_moment(
    folder: Path, moment: datetime, problem: Problem | None
) -> None:
    """Five minutes are granted to the clock of whoever signed."""
    assert look(folder, PUBLIC.line, moment).problem is problem


def test_an_older_version_is_rolled_back(session: Session, tmp_path: Path) -> None:
    """Also the same version with other bytes; the same bytes again are fine."""
    one, two = signed(tmp_path / "1", version=1), signed(tmp_path / "2", version=2)
    found = seen(session, NOON, two)
    assert accept(session, NOON, found)
    assert not accept(session, NOON, found)
    assert highest(session, PUBLIC.id) == Accepted(2, found.sha256)
    assert seen(session, NOON, two).trusted
    assert seen(session, NOON, one).problem is Problem.ROLLED_BACK
    other = signed(tmp_path / "3", version=2, issued_at=NOON)
    assert seen(session, NOON, other).problem is Problem.ROLLED_BACK
    assert seen(session, NOON, signed(tmp_path / "4", version=3)).trusted


def test_a_mark_counts_under_its_own_key_alone(session: Session, tmp_path: Path) -> None:
    """A stolen key that signs a huge version does not lock out the next key."""
    stolen = signed(tmp_path / "stolen", version=10**9)
    accept(session, NOON, seen(session, NOON, stolen))
    rescue = signed(tmp_path / "rescue", secret=OTHER_SECRET)
    assert seen(session, NOON, rescue, OTHER_PUBLIC.line).trusted
    assert highest(session, OTHER_PUBLIC.id) == NONE_YET


def test_what_is_accepted_stands_in_the_history(session: Session, folder: Path) -> None:
    """Once, with key, version and hash; what is withheld is not accepted."""
    assert not accept(session, NOON, look(folder, "", NOON))
    accept(session, NOON, seen(session, NOON, folder))
    accept(session, NOON, seen(session, NOON, folder))
    session.flush()
    (event,) = session.scalars(select(Event)).all()
    assert (event.kind, event.subject) == ("official.accept", "official")
    assert event.data["version"] == 1


def test_a_problem_raises_one_alert_and_a_good_manifest_resolves_it(
    session: Session, folder: Path
) -> None:
    """However often one looks, and also when it comes back later."""
    text, signature = both(folder)
    for _ in range(2):
        put(folder, text.replace(b"HELIO", b"HELI0"), signature)
        for minute in range(3):
            watched(session, later(minutes=minute), seen(session, later(minutes=minute), folder))
        put(folder, text, signature)
        watched(session, later(minutes=9), seen(session, later(minutes=9), folder))
    assert alerts(session) == [("critical", True), ("critical", True)]
    assert len(session.scalars(select(Delivery)).all()) == 2


def test_each_problem_and_each_manifest_has_an_alert_of_its_own(
    session: Session, folder: Path
) -> None:
    """A second change of the file is news; so is its loss."""
    text, signature = both(folder)
    for changed in (text.replace(b"HELIO", b"HELI0"), text.replace(b"OLDH", b"0LDH")):
        put(folder, changed, signature)
        watched(session, NOON, seen(session, NOON, folder))
    shutil.rmtree(folder / "official")
    watched(session, NOON, seen(session, NOON, folder))
    assert alerts(session) == [("critical", False)] * 3


def test_a_desk_that_was_never_set_up_is_warned_and_not_woken(
    session: Session, folder: Path
) -> None:
    """Once something was accepted, a key that is gone is as bad as anything."""
    watched(session, NOON, seen(session, NOON, folder, ""))
    assert alerts(session) == [("warning", False)]
    accept(session, NOON, seen(session, NOON, folder))
    watched(session, NOON, seen(session, NOON, folder))
    watched(session, NOON, seen(session, NOON, folder, ""))
    assert alerts(session) == [("warning", True), ("critical", False)]


def test_three_days_before_the_end_ops_are_told(session: Session, folder: Path) -> None:
    """Once; the next manifest settles it."""
    for hours in (0, 24 * 10 - 1, 24 * 10, 24 * 11):
        watched(session, later(hours=hours), seen(session, later(hours=hours), folder))
    assert alerts(session) == [("warning", False)]
    signed(folder, version=2, issued_at=later(days=11))
    watched(session, later(days=11), seen(session, later(days=11), folder))
    assert alerts(session) == [("warning", True)]


def test_the_id_of_a_key_is_empty_where_there_is_none() -> None:
    """As it is for one that cannot be read."""
    assert [key_id_of(key) for key in ("", "no key", PUBLIC.text)] == ["", "", PUBLIC.id]


def test_the_signed_addresses_are_those_of_the_source(folder: Path) -> None:
    """From the file to the value, nothing is lost on the way."""
    found = of(look(folder, PUBLIC.line, NOON))
    assert [domain.name for domain in found.domains] == ["portal.heliotrope.org", "heliotrope.org"]
