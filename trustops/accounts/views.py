"""Pages on which staff sign in, set and change their password, and sign out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from trustops.accounts import queries, services
from trustops.accounts.alarm import Alarm
from trustops.accounts.devices import with_device
from trustops.accounts.models import Staff
from trustops.accounts.passwords import Passwords
from trustops.accounts.queries import OwnAccount
from trustops.accounts.rules import DEVICE_LIFETIME, LONGEST_EMAIL, SHORTEST_PASSWORD, local_path
from trustops.db import Actor, Session, db, start_writing
from trustops.errors import InvalidInputError, NotFoundError
from trustops.keys import keyed_hash
from trustops.web import context, identity
from trustops.web.access import public, staff
from trustops.web.limits import (
    CHANGE_PASSWORD,
    LOOK_UP,
    SIGN_IN,
    SIGN_IN_ACCOUNT,
    limited,
    one_name,
)

HOME = "/desk"
SIGN_IN_PATH = "/desk/sign-in"

_NOT_ALIKE = "The two are not the same. Type the new password again."

blueprint = Blueprint("accounts", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Where to go afterwards, and after a refusal what was typed as the address."""

    target: str
    email: str = ""
    errors: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class SetPasswordPage:
    """Whose password a link sets, how long it can be used, and what to put right."""

    email: str
    expires_at: datetime
    errors: Mapping[str, str] = field(default_factory=dict)
    shortest: int = SHORTEST_PASSWORD


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The account of the person who is signed in, and what to put right."""

    account: OwnAccount
    errors: Mapping[str, str] = field(default_factory=dict)
    shortest: int = SHORTEST_PASSWORD


@blueprint.get("/desk/sign-in")
@public
def sign_in_form() -> ResponseReturnValue:
    """The form; whoever is signed in goes on to the desk."""
    target = local_path(request.args.get("next"), default=HOME)
    if context.person() is not None:
        return redirect(target, 303)
    return render_template("accounts/sign_in.html", page=SignInPage(target))


@blueprint.post("/desk/sign-in")
@public
@limited(SIGN_IN, SIGN_IN_ACCOUNT)
def sign_in() -> ResponseReturnValue:
    """Begin a session under a fresh token; one that this browser had before ends."""
    target = local_path(request.form.get("next"), default=HOME)
    email = request.form.get("email", "")
    now = context.clock().now()
    try:
        begun, token = services.sign_in(
            context.session(),
            now,
            email=email,
            password=request.form.get("password", ""),
            passwords=context.part(Passwords),
            demo=context.settings().demo,
        )
    except services.SignInRefusedError as refusal:
        _keep_refusal(refusal.staff_id, email)
        page = SignInPage(target, email[:LONGEST_EMAIL], [("email", refusal.message)])
        return render_template("accounts/sign_in.html", page=page), refusal.status
    services.sign_out(context.session(), now, token=_cookie(), reason="replaced")
    response = make_response(redirect(target, 303))
    _signed_in(response, token, begun.staff_id)
    return response


@blueprint.post("/desk/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session of this browser; also for one that has ended already."""
    services.sign_out(context.session(), context.clock().now(), token=_cookie())
    return _signed_out("You are signed out.")


@blueprint.get("/desk/invite/<token>")
@public
@limited(LOOK_UP)
def set_password_form(token: str) -> ResponseReturnValue:
    """The form behind a one-time link; looking at it does not use the link up."""
    return _set_password_page(token, {}, status=200)


@blueprint.post("/desk/invite/<token>")
@public
@limited(LOOK_UP)
def set_password(token: str) -> ResponseReturnValue:
    """Use the link: set the password, then let the person sign in with it."""
    password = request.form.get("password", "")
    if not _repeated(password):
        return _set_password_page(token, {"repeat": _NOT_ALIKE}, status=422)
    try:
        services.set_password(
            context.session(),
            context.clock().now(),
            token=token,
            password=password,
            passwords=context.part(Passwords),
        )
    except NotFoundError:
        return _dead_link()
    except InvalidInputError as refusal:
        return _set_password_page(token, _by_field(refusal), status=refusal.status)
    return _signed_out("Your password is set. Sign in with it.")


@blueprint.get("/desk/account")
@staff("desk.read")
def account() -> ResponseReturnValue:
    """The person's own account."""
    return _account_page({}, status=200)


@blueprint.post("/desk/account/password")
@staff("desk.read")
@limited(CHANGE_PASSWORD)
def change_password() -> ResponseReturnValue:
    """Change the password; other sessions end, and this browser gets a fresh token."""
    new = request.form.get("new_password", "")
    if not _repeated(new):
        return _account_page({"repeat": _NOT_ALIKE}, status=422)
    try:
        token = services.change_password(
            context.session(),
            context.clock().now(),
            staff_id=context.staff().id,
            old=request.form.get("password", ""),
            new=new,
            passwords=context.part(Passwords),
        )
    except InvalidInputError as refusal:
        return _account_page(_by_field(refusal), status=refusal.status)
    response = make_response(redirect("/desk/account", 303))
    _signed_in(response, token, context.staff().id)
    flash("Your password is changed. Your other sessions have ended.")
    return response


@blueprint.post("/desk/account/sign-out-everywhere")
@staff("desk.read")
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of the person, on every device."""
    person = context.staff()
    services.end_sessions(
        context.session(),
        context.clock().now(),
        staff_id=person.id,
        reason="everywhere",
        actor=Actor("staff", str(person.id), person.name),
    )
    return _signed_out("You are signed out everywhere.")


def _keep_refusal(staff_id: int | None, email: str) -> None:
    """Count a refusal although the answer throws the request's work away; tell ops of a run."""
    context.session().rollback()  # gives back the one write lock that SQLite has
    now = context.clock().now()
    named = keyed_hash(context.settings(), "sign-in-named", one_name(email))[:2]
    with Session(db.engine) as beside:
        start_writing(beside)
        runs = services.note_refused_sign_in(beside, now, staff_id=staff_id, named=named)
        for run in runs:
            context.part(Alarm).bell.ring(beside, now, run)
        beside.commit()


def _signed_in(response: Response, token: str, staff_id: int) -> None:
    """Give the browser its session, and let it be known for this account from now on."""
    staff = context.session().get_one(Staff, staff_id)
    cookie = identity.known_device_cookie()
    now = context.clock().now()
    value = with_device(context.settings(), now, cookie=cookie, staff=staff)
    identity.sign_in(response, token)
    identity.remember_device(response, value, lifetime=DEVICE_LIFETIME)


def _cookie() -> str:
    return request.cookies.get(identity.session_cookie(context.settings()), "")


def _signed_out(message: str) -> ResponseReturnValue:
    """Back to the sign-in page, with nothing left in the browser but a message."""
    response = make_response(redirect(SIGN_IN_PATH, 303))
    identity.sign_out(response)
    flash(message)
    return response


def _repeated(password: str) -> bool:
    """Whether the second field agrees; a client that does not send it needs no second look."""
    return request.form.get("repeat", password) == password


def _by_field(refusal: InvalidInputError) -> dict[str, str]:
    return {item.field: item.message for item in refusal.errors}


def _set_password_page(
    token: str, errors: Mapping[str, str], *, status: int
) -> ResponseReturnValue:
    found = queries.usable_invite(context.session(), context.clock().now(), token)
    if found is None:
        return _dead_link()
    page = SetPasswordPage(found.staff.email, found.expires_at, errors)
    return render_template("accounts/set_password.html", page=page), status


def _dead_link() -> ResponseReturnValue:
    return render_template("accounts/dead_link.html"), NotFoundError.status


def _account_page(errors: Mapping[str, str], *, status: int) -> ResponseReturnValue:
    found = queries.own_account(context.session(), context.clock().now(), context.staff().id)
    return render_template("accounts/account.html", page=AccountPage(found, errors)), status
