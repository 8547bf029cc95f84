"""The desk that every test of its pages begins with."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.desk.browser import Browser, Desk
from tests.fakes import FakeClock


@pytest.fixture
def desk(app: Flask, clock: FakeClock) -> Desk:
    """An empty desk."""
    return Desk(app, clock)


@pytest.fixture
def agent(desk: Desk) -> Browser:
    """An agent who is signed in."""
    return desk.signed_in("agent", "Agent One")


@pytest.fixture
def viewer(desk: Desk) -> Browser:
    """Somebody who may read tickets and not answer them."""
    return desk.signed_in("viewer", "Viewer One")
