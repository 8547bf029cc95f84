"""Fixtures of the official room: a signed content folder, and the manifest in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.official.things import parse_signed, signed
from trustops.official.values import Manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder with a manifest of version 1, signed a day ago."""
    return signed(tmp_path / "content")


@pytest.fixture
def manifest(folder: Path) -> Manifest:
    """The manifest of that folder."""
    return parse_signed(folder)
