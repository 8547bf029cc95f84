"""Who stands at both ends of the public pages of a ticket."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.tickets.holder import Books, Holder


@pytest.fixture
def holder(client: FlaskClient) -> Holder:
    """A holder who was never here."""
    return Holder(client)


@pytest.fixture
def books(app: Flask) -> Books:
    """What is written down behind the pages."""
    return Books(app)
