"""Fixtures of the channels' tests."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import apprise
import pytest

from tests.channels.receiver import Receiver, listening


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A local HTTP receiver."""
    with listening() as opened:
        yield opened


@pytest.fixture(scope="session")
def apprise_loaded() -> None:
    """Apprise with its services loaded; one of them imports a module that Python 3.13 dropped."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        apprise.Apprise.instantiate("json://127.0.0.1")
