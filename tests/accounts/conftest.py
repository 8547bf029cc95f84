"""Fixtures for the pages of the accounts room."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.accounts.browsing import Books, Browser
from tests.accounts.people import invited, person
from tests.fakes import FakeClock
from trustops.accounts.models import Staff


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser without cookies."""
    return Browser(app.test_client())


@pytest.fixture
def other(app: Flask) -> Browser:
    """A second browser, on another device."""
    return Browser(app.test_client())


@pytest.fixture
def books(app: Flask) -> Books:
    """The database behind the pages."""
    return Books(app)


@pytest.fixture
def agent(books: Books, clock: FakeClock) -> Staff:
    """An agent whose password is `GOOD`."""
    return books.write(lambda session: person(session, clock.now()))


@pytest.fixture
def link(books: Books, clock: FakeClock) -> str:
    """The address of an agent's invitation."""
    return "/desk/invite/" + books.write(lambda session: invited(session, clock.now()))
