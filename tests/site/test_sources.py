"""Everything that the pages say is read together, and every fault of every file is told."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.site.folder import BROKEN, DOMAIN, NEW, a_folder, damage, showing
from tests.site.released import put
from trustops.content import ContentError
from trustops.content.kinds import Kind
from trustops.official.values import Problem as Distrust
from trustops.settings import Settings
from trustops.site.files import check
from trustops.site.release import Releases
from trustops.site.sources import gather, withheld
from trustops.site.watch import is_stale, look, refuse
from trustops.status.snapshot import ComponentStatus

OTHER = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder without a fault."""
    return a_folder(tmp_path / "content")


@pytest.fixture
def shown(settings: Settings, folder: Path) -> Settings:
    """An instance that shows it, with a manifest that is trusted."""
    return showing(settings, folder, NOON)


def test_all_rooms_speak_of_one_moment(session: Session, shown: Settings) -> None:
    """Figures, rows and documents, as of the moment that was asked for."""
    sources = gather(session, NOON, shown)
    assert sources.now == sources.snapshot.as_of == sources.official.checked_at == NOON
    assert [document.id for document in sources.library.all(Kind.FAQ)] == ["is-it-over"]
    assert [row.name for row in sources.exchanges] == ["Binance"]
    assert sources.snapshot.exchanges == tuple(sources.exchanges)
    assert sources.snapshot.project == "Old to new"
    assert sources.snapshot.migration_state == "The migration is closed."
    assert sources.snapshot.open_issues == (("copies", "Copies of our pages"),)
    assert sources.snapshot.support.promise_hours == 48
    assert sources.pack == sources.packs[0]


def test_facts_come_from_the_manifest_and_the_pack(session: Session, shown: Settings) -> None:
    """And nothing is withheld while the manifest is trusted."""
    facts = gather(session, NOON, shown).facts
    known = {name: fact.text for name, fact in facts.known.items()}
    assert known["new_token.solana"] == NEW
    assert known["domain.portal"] == DOMAIN
    assert known["migration.snapshot"] == "11 November 2025"
    assert facts.withheld == ""


def test_without_a_trusted_manifest_no_official_fact_is_known(
    session: Session, settings: Settings, folder: Path
) -> None:
    """The sentence says why, and it stands in the figures too."""
    sources = gather(session, NOON, showing(settings, folder, NOON, signed=False))
    assert sources.official.problem is Distrust.NO_KEY
    assert {name.partition(".")[0] for name in sources.facts.known} == {"migration"}
    assert sources.facts.withheld == sources.snapshot.addresses == sources.official.sentence != ""


def test_drafts_are_in_a_preview_alone(session: Session, shown: Settings) -> None:
    """A page is looked at before others can see it."""
    assert not gather(session, NOON, shown).preview
    preview = gather(session, NOON, shown, drafts=True)
    assert preview.preview
    assert preview.library.find(Kind.FAQ, "not-yet") is not None


def test_after_expiry_nothing_official_is_left(session: Session, shown: Settings) -> None:
    """The facts, the manifest, its bytes, and the component that watches it."""
    later = withheld(gather(session, NOON, shown))
    assert later.official.problem is Distrust.EXPIRED
    assert (later.official.manifest, later.official.text, later.official.signature) == (
        None,
        b"",
        b"",
    )
    assert NEW not in str(later.facts)
    assert later.snapshot.addresses == later.facts.withheld != ""
    states = {item.id: (item.status, item.since) for item in later.snapshot.components}
    assert states["official"] == (ComponentStatus.PARTIAL_OUTAGE, NOON + timedelta(days=14))
    assert states["desk"][0] is ComponentStatus.OPERATIONAL


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_fault_is_named_by_file_line_and_field(
    session: Session, shown: Settings, folder: Path, name: str
) -> None:
    """One fault, one problem: nothing that follows from it is told besides."""
    named = damage(folder, name)
    with pytest.raises(ContentError) as refused:
        gather(session, NOON, shown)
    told = [str(problem) for problem in refused.value.problems]
    assert any(line.startswith(named) for line in told), told
    assert {line.partition(":")[0] for line in told} == {name}


def test_all_faults_of_all_rooms_are_told_at_once(
    session: Session, shown: Settings, folder: Path
) -> None:
    """An author mends them in one go."""
    named = [damage(folder, name) for name in BROKEN]
    with pytest.raises(ContentError) as refused:
        gather(session, NOON, shown)
    told = [str(problem) for problem in refused.value.problems]
    assert [words for words in named if not any(line.startswith(words) for line in told)] == []
    assert len(told) == len(set(told))


def test_a_published_migration_has_its_pack(
    session: Session, shown: Settings, folder: Path
) -> None:
    """Or the site has no state to tell."""
    (folder / "migrations" / "example.toml").unlink()
    with pytest.raises(ContentError, match=r"site\.toml:1: migration: there is no migrations/"):
        gather(session, NOON, shown)


def test_a_check_before_publishing_finds_the_same_and_asks_no_database(
    settings: Settings, folder: Path
) -> None:
    """Nor a key."""
    assert check(folder) == ()
    named = [damage(folder, name) for name in BROKEN]
    told = [str(problem) for problem in check(folder)]
    assert [words for words in named if not any(line.startswith(words) for line in told)] == []


def test_a_check_knows_what_the_next_manifest_will_say(settings: Settings, folder: Path) -> None:
    """A page that names what the source has not is found before anything is signed."""
    page = folder / "pages" / "migration-safety" / "en.md"
    page.write_text(page.read_text().replace("domain.portal", "domain.docs"))
    (problem,) = check(folder)
    assert "domain.docs" in problem.message


def test_a_check_looks_into_drafts_and_into_the_source(settings: Settings, folder: Path) -> None:
    """A draft is a page of tomorrow."""
    draft = folder / "faq" / "not-yet" / "en.md"
    draft.write_text(draft.read_text().replace("only a preview", "{{ fact.migration.none }}"))
    source = folder / "official" / "source.toml"
    source.write_text(source.read_text().replace(NEW, "0x12"))
    files = {problem.file for problem in check(folder)}
    assert files == {"faq/not-yet/en.md", "official/source.toml"}


def test_a_source_of_which_two_things_share_a_name_is_found(
    settings: Settings, folder: Path
) -> None:
    """Prose could not tell them apart, so no manifest can be made of it."""
    source = folder / "official" / "source.toml"
    more = f"[[tokens]]\nchain = 'solana'\nrole = 'old'\nsymbol = 'O.LD'\naddress = '{OTHER}'\n"
    source.write_text(f"{source.read_text()}\n{more}")
    (problem,) = check(folder)
    assert str(problem).startswith("official/source.toml:1: file: Two things of the manifest")


def test_a_folder_without_a_source_can_be_checked(settings: Settings, folder: Path) -> None:
    """Official facts are withheld there."""
    (folder / "official" / "source.toml").unlink()
    assert check(folder) == ()


def test_without_a_release_one_is_wanted(settings: Settings, folder: Path) -> None:
    """Unless the files were refused as they are."""
    releases = Releases(settings.instance_dir)
    assert is_stale(releases, folder, NOON)
    refuse(releases, look(folder))
    assert not is_stale(releases, folder, NOON)


def test_a_release_of_these_files_and_of_this_minute_is_good(
    settings: Settings, folder: Path
) -> None:
    """Until a file changes, a minute has passed, or the clock was set."""
    releases = Releases(settings.instance_dir)
    put(settings.instance_dir, NOON, watched=look(folder))
    assert not is_stale(releases, folder, NOON + timedelta(seconds=60))
    assert is_stale(releases, folder, NOON + timedelta(seconds=80))
    assert is_stale(releases, folder, NOON - timedelta(seconds=80))
    (folder / "replies" / "late.md").unlink()
    assert is_stale(releases, folder, NOON)
    refuse(releases, look(folder))
    assert not is_stale(releases, folder, NOON)


def test_a_release_that_cannot_be_read_is_built_anew(settings: Settings, folder: Path) -> None:
    """Whatever became of its index."""
    release = put(settings.instance_dir, NOON, watched=look(folder))
    (release / "release.json").write_text("{")
    assert is_stale(Releases(settings.instance_dir), folder, NOON)


def test_a_manifest_that_kept_its_size_and_time_is_seen_to_have_changed(
    shown: Settings, folder: Path
) -> None:
    """Whoever exchanges an address can set the time of the file, too."""
    before = look(folder)
    path = shown.content_dir / "official" / "manifest.json"
    kept = path.stat()
    path.write_bytes(path.read_bytes().replace(NEW.encode(), NEW[::-1].encode()))
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert look(folder) != before
