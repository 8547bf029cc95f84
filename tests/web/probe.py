"""Routes that do on purpose what real ones must not, to see the steps of a request at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, flash, jsonify, redirect, request
from flask_openapi3 import APIBlueprint
from flask_wtf.csrf import generate_csrf
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from trustops.db import Actor, record
from trustops.errors import ConflictError, NotAuthenticatedError, TooManyRequestsError
from trustops.web import context
from trustops.web.access import public, public_or_token, staff, token
from trustops.web.client import client_address, client_key
from trustops.web.context import Bearer, Person
from trustops.web.limits import LOOK_UP, NEW_LINK, SIGN_IN_ACCOUNT, limited
from trustops.web.models import IdempotentRequest
from trustops.web.openapi import BEARER, documented

WRITTEN = "probe.written"
COOKIE = "A" * 43
HEADER = "Bearer tod_probe_token"


@dataclass(frozen=True, slots=True)
class Agent:
    """A person who may answer tickets and nothing else."""

    id: int = 7
    name: str = "Agent"
    role: str = "agent"

    def can(self, permission: str) -> bool:
        """Whether this is the one permission."""
        return permission == "tickets.answer"


@dataclass(frozen=True, slots=True)
class Program:
    """A token that may read tickets and nothing else."""

    public_id: str = "probe"
    name: str = "Probe"

    def has(self, scope: str) -> bool:
        """Whether this is the one scope."""
        return scope == "tickets:read"


class Doorman:
    """Knows one cookie and one token."""

    def person(
        self, session: Session, now: datetime, *, cookie: str, background: bool
    ) -> Person | None:
        """The agent behind the one cookie."""
        del session, now, background
        return Agent() if cookie == COOKIE else None

    def bearer(self, session: Session, now: datetime, *, header: str) -> Bearer:
        """The program behind the one token."""
        del session, now
        if header != HEADER:
            raise NotAuthenticatedError("This token is not valid.")
        return Program()


class Body(BaseModel):
    """What the probe's JSON route takes."""

    model_config = ConfigDict(extra="forbid")

    message: str = Field(min_length=1, max_length=100)
    tx_hash: str = ""


pages = Blueprint("probe", __name__, url_prefix="/probe")
api = APIBlueprint("probe_api", __name__, url_prefix="/api/v1/probe")


def _write() -> None:
    now = context.clock().now()
    record(context.session(), now, WRITTEN, subject="probe", actor=Actor("system", "probe"))


@pages.get("/form")
@public
def form() -> str:
    """A form with its token."""
    return f'<input type="hidden" name="csrf_token" value="{generate_csrf()}">'


@pages.post("/write")
@public
def write() -> AnyResponse:
    """Write and succeed."""
    _write()
    return redirect("/probe/form", 303)


@pages.get("/write-on-get")
@public
def write_on_get() -> str:
    """Write where only reading is allowed."""
    _write()
    context.session().flush()  # so that the row is there unless it is rolled back
    return "done"


@pages.post("/refuse")
@public
def refuse() -> AnyResponse:
    """Write, then refuse."""
    _write()
    raise ConflictError("Somebody else was faster.")


@pages.post("/crash")
@public
def crash() -> AnyResponse:
    """Write, then fail with everything that was sent in the message and in local variables."""
    _write()
    typed = request.form["message"]
    raise RuntimeError(f"could not digest\n{typed}")


@pages.post("/commit-fails")
@public
def commit_fails() -> AnyResponse:
    """Succeed with rows that the database refuses at the end."""
    _write()
    for _ in range(2):
        context.session().add(
            IdempotentRequest(
                client="same",
                key_hash="same",
                body_hash="",
                result={},
                created_at=context.clock().now(),
            )
        )
    return redirect("/probe/form", 303)


@pages.post("/impatient")
@public
def impatient() -> AnyResponse:
    """Refuse with a time to come back."""
    raise TooManyRequestsError("Not yet.", retry_after_seconds=17)


@pages.get("/forgotten")
def forgotten() -> str:
    """State no access rule."""
    return "open to everybody"


@pages.get("/staff")
@staff("tickets.answer")
def for_staff() -> str:
    """Greet a person who may answer."""
    return f"hello {context.staff().name}"


@pages.post("/staff")
@staff("tickets.answer")
def write_as_staff() -> AnyResponse:
    """Write as a person."""
    _write()
    return redirect("/probe/staff", 303)


@pages.get("/poll")
@staff("tickets.answer", background=True)
def poll() -> str:
    """Be asked by an open page."""
    return "nothing new"


@pages.get("/lead")
@staff("staff.manage")
def for_leads() -> str:
    """Greet a person who manages staff."""
    return "hello"


@pages.get("/client")
@public
def client() -> Response:
    """Tell what is known of the client."""
    return jsonify(address=client_address(), key=client_key(), scheme=request.scheme)


@pages.post("/limited")
@public
@limited(NEW_LINK)
def seldom() -> str:
    """May be asked five times an hour."""
    return "done"


@pages.get("/looked-up/<token>")
@public
@limited(LOOK_UP)
def looked_up(token: str) -> str:
    """May be asked sixty times a minute."""
    return "done"


@pages.post("/sign-in")
@public
@limited(SIGN_IN_ACCOUNT)
def sign_in() -> str:
    """May be asked five times a minute for each account."""
    return "done"


@pages.post("/flash")
@public
def flashed() -> AnyResponse:
    """Leave a message in the browser's signed cookie."""
    flash("Done.")
    return redirect("/probe/form", 303)


@documented(api.post(""))
@public_or_token("tickets:write")
def open_api(body: Body) -> Response:
    """Write by JSON."""
    _write()
    return jsonify(length=len(body.message))


@documented(api.get("", security=BEARER))
@token("tickets:read")
def read_api() -> Response:
    """Read with a token."""
    bearer = context.bearer()
    return jsonify(name=bearer.name if bearer else None)


@documented(api.get("/more", security=BEARER))
@token("reports:read")
def more_api() -> Response:
    """Read with a scope that the program does not have."""
    return jsonify(ok=True)


@documented(api.post("/conflict"))
@public_or_token("tickets:write")
def conflict_api() -> Response:
    """Refuse, and tell what changed."""
    raise ConflictError("It changed.", changes=[{"field": "status", "to": "ended"}])


@api.route("/people", methods=["GET"])
@staff("tickets.answer")
def people_api() -> str:
    """Ask for a person where only programs are known."""
    return "never"
