"""Reads a lock as pip does, and says what of it an older pip could not install."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from packaging.markers import Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

PYTHONS = ("3.11", "3.12", "3.13")

Requires = Callable[[str], Sequence[str] | None]
"""What a distribution asks for by its metadata; None for one that is not installed here."""

_HASH = re.compile(r"--hash=(\S+)")
_SHA256 = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True)
class Pin:
    """One line of a lock: a name, the one version of it, and where it applies."""

    name: str
    version: str
    marker: Marker | None
    hashes: frozenset[str]

    def applies(self, python: str) -> bool:
        """Whether it is installed on Linux under a Python such as `3.12`."""
        return self.marker is None or self.marker.evaluate(environment(python))


def environment(python: str, extra: str = "") -> dict[str, str]:
    """What markers are measured by, on CPython under Linux."""
    return {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "platform_python_implementation": "CPython",
        "platform_machine": "x86_64",
        "platform_system": "Linux",
        "sys_platform": "linux",
        "os_name": "posix",
        "extra": extra,
    }


def logical_lines(text: str) -> Iterator[str]:
    """The lines of a lock without comments, continued ones as one."""
    joined = re.sub(r"\\\n", " ", text)
    for line in joined.splitlines():
        bare = re.sub(r"(^|\s)#.*", "", line).strip()
        if bare:
            yield bare


def read(text: str, faults: list[str]) -> list[Pin]:
    """Every pin; what is no pin, or one that pip would not take with hashes, is a fault."""
    pins = [pin for line in logical_lines(text) if (pin := _pin(line, faults))]
    for name in sorted({pin.name for pin in pins}):
        faults.extend(
            f"{name} is pinned more than once for Python {python}"
            for python in PYTHONS
            if sum(pin.name == name and pin.applies(python) for pin in pins) > 1
        )
    return pins


def _pin(line: str, faults: list[str]) -> Pin | None:
    """One line as a pin."""
    words = _HASH.sub("", line).strip()
    hashes = frozenset(_HASH.findall(line))
    try:
        wanted = Requirement(words)
    except InvalidRequirement:
        faults.append(f"{words} is no pin")
        return None
    versions = list(wanted.specifier)
    exact = [item for item in versions if item.operator == "==" and "*" not in item.version]
    faults.extend(
        f"{words}: {fault}"
        for fault, holds in (
            ("comes from an address", wanted.url is not None),
            (
                "asks for extras, which an older pip takes for unpinned",
                wanted.extras,
            ),
            ("is not pinned with ==", len(versions) != 1 or not exact),
            ("has no hash", not hashes),
            ("has a hash that is no sha256", any(not _SHA256.fullmatch(item) for item in hashes)),
        )
        if holds
    )
    if not exact:
        return None
    return Pin(canonicalize_name(wanted.name), exact[0].version, wanted.marker, hashes)


def missing(pins: Iterable[Pin], roots: Iterable[str], requires: Requires) -> list[str]:
    """What is asked for, by the roots and all that they lead to, and is not locked.

    Installed with `--no-deps`, such a package would not be there at all. Asked of each Python.
    """
    locked = list(pins)
    return sorted(
        {fault for python in PYTHONS for fault in _missing(locked, roots, requires, python)}
    )


def _missing(
    pins: Sequence[Pin], roots: Iterable[str], requires: Requires, python: str
) -> Iterator[str]:
    by_name: Mapping[str, Pin] = {pin.name: pin for pin in pins if pin.applies(python)}
    waiting = [(Requirement(root), "the project") for root in roots]
    seen: set[tuple[str, str]] = set()
    while waiting:
        wanted, by = waiting.pop()
        name = canonicalize_name(wanted.name)
        pin = by_name.get(name)
        if pin is None:
            yield f"{by} asks for {name}, which is not locked for Python {python}"
            continue
        if not wanted.specifier.contains(pin.version, prereleases=True):
            yield f"{by} asks for {wanted}, and {name} {pin.version} is locked"
        for extra in ("", *wanted.extras):
            if (name, extra) not in seen:
                seen.add((name, extra))
                waiting += [(item, name) for item in _asked(name, extra, requires, python)]


def _asked(name: str, extra: str, requires: Requires, python: str) -> Iterator[Requirement]:
    """What a distribution asks for with an extra, or without any."""
    for line in requires(name) or ():
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate(environment(python, extra)):
            yield wanted
