"""A browser that behaves like those of staff, and the database behind the pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.accounts.people import GOOD
from trustops.db import Session, db, start_writing

T = TypeVar("T")

EMAIL = "agent@example.org"
COOKIE = "trustops_session"
DEVICE = "trustops_device"


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that sends forms as our own pages do."""

    client: FlaskClient

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path)

    def send(self, path: str, form: str | None = None, **fields: str) -> TestResponse:
        """Send a form; `form` is the page that it stands on, if that has another address."""
        page = self.client.get(form or path).get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        token = found.group(1) if found else ""
        return self.client.post(path, data={"csrf_token": token, **fields})

    def sign_in(self, password: str = GOOD, email: str = EMAIL, target: str = "") -> TestResponse:
        """Fill in the sign-in form."""
        return self.send("/desk/sign-in", email=email, password=password, next=target)

    def from_address(self, address: str) -> Browser:
        """The same browser on another network."""
        self.client.environ_base["REMOTE_ADDR"] = address
        return self

    def device(self) -> str:
        """The value of the cookie by which it is known; empty where it has none."""
        held = self.client.get_cookie(DEVICE)
        return held.value if held else ""

    def cookie(self) -> str | None:
        """The value of the session cookie."""
        held = self.client.get_cookie(COOKIE)
        return held.value if held else None


@dataclass(frozen=True, slots=True)
class Books:
    """The database behind the pages, in transactions of its own."""

    app: Flask

    def write(self, act: Callable[[Session], T]) -> T:
        """Do something and commit it."""
        with self.app.app_context(), Session(db.engine, expire_on_commit=False) as session:
            start_writing(session)
            done = act(session)
            session.commit()
            return done
