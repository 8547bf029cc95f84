"""Releases on disk: put in place in one step, kept for three, unharmed by killed builds."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.site.released import a_tree, put, write
from trustops.settings import PROJECT_ROOT
from trustops.site.release import INDEX, Releases, file_of

BUILDERS = 4


def names(folder: Path) -> list[str]:
    """What lies in a folder of releases, but for the lock."""
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


def builder(instance: Path, work: str) -> subprocess.Popen[str]:
    """A process that builds releases of an instance."""
    command = [sys.executable, "-m", "tests.site.builder", str(instance), work]
    return subprocess.Popen(command, cwd=PROJECT_ROOT, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    """The releases of an instance without one."""
    return Releases(tmp_path)


def test_an_instance_without_a_release_has_none(releases: Releases) -> None:
    """And reading makes no folder."""
    assert releases.current() is None
    assert releases.current_file("/") is None
    assert not releases.folder.exists()


def test_a_release_is_current_once_it_is_finished_and_not_before(
    releases: Releases, tmp_path: Path
) -> None:
    """Readers see the last one until then."""
    first = put(tmp_path, NOON)
    with releases.unfinished(NOON) as out:
        write(out, NOON, a_tree("Second."))
        assert releases.current() == first
    second = releases.current()
    assert second not in {None, first}
    assert b"Second." in (releases.current_file("/api/v2/summary.json") or b"")


def test_a_build_that_fails_leaves_the_last_release_and_no_rubbish(
    releases: Releases, tmp_path: Path
) -> None:
    """Whatever it was that failed."""
    first = put(tmp_path, NOON)
    with pytest.raises(RuntimeError), releases.unfinished(NOON):
        raise RuntimeError("the page could not be written")
    assert releases.current() == first
    assert names(releases.folder) == sorted(["current", first.name])


def test_three_releases_stay_and_the_one_that_is_served_among_them(
    releases: Releases, tmp_path: Path
) -> None:
    """Someone may be loading the last one, and older ones only take room."""
    made = [put(tmp_path, NOON + timedelta(minutes=turn)).name for turn in range(5)]
    releases.clear()
    assert names(releases.folder) == sorted([*made[-3:], "current"])
    found = releases.current()
    assert found is not None
    assert found.name == made[-1]


def test_a_clock_that_was_set_back_takes_no_release_away(
    releases: Releases, tmp_path: Path
) -> None:
    """What is served stays, though its name sorts before the others."""
    for turn in range(4):
        put(tmp_path, NOON + timedelta(days=turn))
    served = put(tmp_path, NOON - timedelta(days=1))
    releases.clear()
    assert releases.current() == served


@pytest.mark.processes
def test_what_a_killed_build_left_is_cleared_and_its_lock_is_free(
    releases: Releases, tmp_path: Path
) -> None:
    """The next build neither waits for it nor trips over it."""
    first = put(tmp_path, NOON)
    with builder(tmp_path, "hang") as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "begun\n"
        killed.kill()
    assert len(list(releases.folder.glob(".building-*/pages/index.html"))) == 1
    assert releases.current() == first
    with releases.alone():
        releases.clear()
    assert names(releases.folder) == sorted(["current", first.name])


def test_a_link_that_was_not_swapped_is_cleared(releases: Releases, tmp_path: Path) -> None:
    """A process may end between making the link and putting it in place."""
    first = put(tmp_path, NOON)
    (releases.folder / ".current-1234").symlink_to(first.name)
    releases.clear()
    assert names(releases.folder) == sorted(["current", first.name])


@pytest.mark.processes
def test_four_processes_that_build_at_once_do_no_harm(releases: Releases, tmp_path: Path) -> None:
    """A reader finds a whole release at every moment, and three are left."""
    put(tmp_path, NOON)
    with ExitStack() as stack:
        builders = [stack.enter_context(builder(tmp_path, str(n))) for n in range(BUILDERS)]
        looks = 0
        while any(process.poll() is None for process in builders):
            assert releases.current() is not None
            looks += 1
    assert [process.returncode for process in builders] == [0] * BUILDERS
    assert looks > 0
    left = [path for path in releases.folder.iterdir() if path.name[0] not in ".c"]
    assert len(left) == 3
    assert all((path / INDEX).is_file() for path in left)


def test_a_link_to_nothing_is_no_release(releases: Releases, tmp_path: Path) -> None:
    """Nor is a folder without an index, such as one that a disk lost."""
    served = put(tmp_path, NOON)
    (served / INDEX).unlink()
    assert releases.current() is None


def test_a_machine_file_that_is_not_there_is_none(releases: Releases, tmp_path: Path) -> None:
    """It may come with the next release."""
    put(tmp_path, NOON)
    assert releases.current_file("/api/v2/none.json") is None


@pytest.mark.parametrize(
    ("path", "content_type", "file"),
    [
        ("/", "text/html; charset=utf-8", "index.html"),
        ("/faq", "text/html; charset=utf-8", "faq.html"),
        ("/faq/is-it-over", "text/html; charset=utf-8", "faq/is-it-over.html"),
        ("/api/v2/summary.json", "application/json", "api/v2/summary.json"),
        ("/heartbeats.atom", "application/atom+xml", "heartbeats.atom"),
        ("/.well-known/a.json", "application/json", ".well-known/a.json"),
    ],
)
def test_a_page_lies_where_web_servers_look_for_it(path: str, content_type: str, file: str) -> None:
    """`try_files $uri $uri.html` finds both kinds."""
    assert file_of(path, content_type) == file


@pytest.mark.parametrize("path", ["faq", "/../x", "/a/../../x", "//x", "/a//b", "/./x", "/a\\b"])
def test_no_file_of_a_release_lies_outside_of_it(path: str) -> None:
    """Whatever an id of a content file is."""
    with pytest.raises(ValueError, match="begins at the root"):
        file_of(path, "text/html")
