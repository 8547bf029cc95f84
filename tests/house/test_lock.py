"""The lock is complete, so that the oldest pip that a supported Python brings can install it.

pip 23.2, which Python 3.11 and 3.12 bring, takes a requirement with extras for unpinned when it
resolves under `--require-hashes`. So `make setup` installs the lock as it stands, with `--no-deps`,
and whatever is not in it would be missing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, requires

import pytest

from tests.house.lock import PYTHONS, missing, read
from trustops.settings import PROJECT_ROOT

PROJECT = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CORE = tuple(PROJECT["project"]["dependencies"])
DEV = (
    *CORE,
    *PROJECT["project"]["optional-dependencies"]["demo"],
    *PROJECT["dependency-groups"]["dev"],
    *PROJECT["build-system"]["requires"],
)
WHO = "the project"
SHA = "a" * 64
GOOD = f"coverage==7.1 \\\n    --hash=sha256:{SHA}\n    # via pytest-cov\n"


def text_of(name: str) -> str:
    """A file under `requirements/`."""
    return (PROJECT_ROOT / "requirements" / name).read_text(encoding="utf-8")


def installed(name: str) -> Sequence[str] | None:
    """What a distribution that is installed here asks for."""
    try:
        return requires(name) or ()
    except PackageNotFoundError:
        return None


@pytest.mark.parametrize("name", ["core.txt", "dev.txt"])
def test_every_line_is_one_version_with_hashes(name: str) -> None:
    """No ranges, no addresses, no extras, no options, and no host of any registry."""
    faults: list[str] = []
    assert len(read(text_of(name), faults)) > 50
    assert faults == []
    assert not re.search(r"://|^\s*-(?!-hash=)[-a-z]", text_of(name), re.MULTILINE)


@pytest.mark.parametrize(("name", "roots"), [("core.txt", CORE), ("dev.txt", DEV)])
def test_whatever_is_asked_for_is_locked(name: str, roots: tuple[str, ...]) -> None:
    """By the project and by every package that it leads to, on each supported Python."""
    assert missing(read(text_of(name), []), roots, installed) == []


def test_what_is_served_is_what_was_tested() -> None:
    """The lock of the product is a part of the developers' lock: same versions, same bytes."""
    core, dev = (read(text_of(name), []) for name in ("core.txt", "dev.txt"))
    for python in PYTHONS:
        tested = {(pin.name, pin.version, pin.hashes) for pin in dev if pin.applies(python)}
        served = {(pin.name, pin.version, pin.hashes) for pin in core if pin.applies(python)}
        assert served <= tested, python


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD.replace("==", ">="), "is not pinned with =="),
        (GOOD.replace("7.1", "7.*"), "is not pinned with =="),
        (GOOD.replace("==7.1", "==7.1,<8"), "is not pinned with =="),
        (GOOD.replace("==7.1", ""), "is not pinned with =="),
        (GOOD.replace("coverage", "coverage[toml]"), "asks for extras"),
        ("coverage==7.1\n", "has no hash"),
        (GOOD.replace("sha256", "md5"), "no sha256"),
        (GOOD.replace(SHA, SHA[1:]), "no sha256"),
        (GOOD.replace("==7.1", " @ https://example.org/c.whl"), "comes from an address"),
        (f"--find-links wheels\n{GOOD}", "is no pin"),
        (f"-e .\n{GOOD}", "is no pin"),
        (GOOD + GOOD.replace("7.1", "7.2"), "more than once for Python 3.12"),
        (
            GOOD.replace("7.1", "7.1 ; python_full_version < '3.13'") + GOOD.replace("7.1", "7.2"),
            "more than once for Python 3.11",
        ),
    ],
)
def test_a_lock_that_an_older_pip_could_not_install_is_refused(text: str, fault: str) -> None:
    """Each with what is wrong with it."""
    faults: list[str] = []
    read(text, faults)
    assert any(fault in item for item in faults), faults


def test_a_good_lock_has_no_faults() -> None:
    """One version for each Python is as good as one for all."""
    faults: list[str] = []
    text = GOOD.replace("7.1", "7.1 ; python_full_version < '3.13'")
    later = GOOD.replace("7.1", "7.2 ; python_full_version >= '3.13'")
    pins = read(text + later, faults)
    assert faults == []
    assert [pin.version for pin in pins if pin.applies("3.13")] == ["7.2"]


ASKS: Mapping[str, Sequence[str]] = {
    "pytest-cov": ["coverage[toml]>=7", "pluggy; extra == 'testing'"],
    "coverage": ["tomli; extra == 'toml' and python_version < '3.13'"],
}


def locked(*names: str) -> str:
    """A lock of these."""
    return "".join(GOOD.replace("coverage==7.1", name) for name in names)


@pytest.mark.parametrize(
    ("names", "faults"),
    [
        (("pytest-cov==7.0", "coverage==7.1", "tomli==2.0"), []),
        (
            ("pytest-cov==7.0", "coverage==7.1"),
            [f"coverage asks for tomli, which is not locked for Python {n}" for n in PYTHONS[:2]],
        ),
        (
            ("pytest-cov==7.0", "coverage==7.1", "tomli==2.0 ; python_version < '3.12'"),
            ["coverage asks for tomli, which is not locked for Python 3.12"],
        ),
        (
            ("pytest-cov==7.0", "coverage==6.9", "tomli==2.0"),
            ["pytest-cov asks for coverage[toml]>=7, and coverage 6.9 is locked"],
        ),
        (
            ("coverage==7.1", "tomli==2.0"),
            [
                f"the project asks for pytest-cov, which is not locked for Python {n}"
                for n in PYTHONS
            ],
        ),
    ],
)
def test_a_lock_with_a_gap_is_refused(names: tuple[str, ...], faults: list[str]) -> None:
    """Also one that only an extra, or only one Python, would fall into."""
    assert missing(read(locked(*names), []), ["pytest-cov>=6"], ASKS.get) == faults
