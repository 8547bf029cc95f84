"""`trustops user` and `trustops token`: who works at the desk, and which programs may call.

Secrets are printed once, after the transaction that made them is committed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import click

from trustops.accounts import queries, services
from trustops.accounts.models import ApiToken, Staff
from trustops.accounts.rules import INVITE_LIFETIME, ROLES, SCOPES
from trustops.cli.context import transaction
from trustops.db import Actor
from trustops.settings import Settings

OPERATOR = Actor("system", "cli", "Operator")
"""Who the history names: whoever could reach the command line of the machine."""

Row = dict[str, object]

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for a machine.")
role_option = click.Choice(tuple(ROLES))


@click.group("user")
def user() -> None:
    """People who work at the desk."""


@user.command("add")
@click.argument("email")
@click.option("--role", type=role_option, required=True, help="What the person may do.")
@click.option("--name", required=True, help="Shown to colleagues, and to requesters on answers.")
@as_json
def add_user(email: str, role: str, name: str, as_json: bool) -> None:
    """Invite a person and print the one-time address where they set a password."""
    with transaction() as (session, settings, clock):
        now = clock.now()
        staff, link = services.invite(
            session, now, email=email, name=name, role=role, actor=OPERATOR
        )
        row = _person(staff) | _link(settings, now, link)
    _tell_link(row, as_json=as_json)


@user.command("reset")
@click.argument("email")
@as_json
def reset_user(email: str, as_json: bool) -> None:
    """Print another one-time address to set a password; earlier ones stop working."""
    with transaction() as (session, settings, clock):
        now = clock.now()
        staff = queries.person_by_email(session, email)
        link = services.new_link(session, now, staff_id=staff.id, actor=OPERATOR)
        row = _person(staff) | _link(settings, now, link)
    _tell_link(row, as_json=as_json)


@user.command("list")
@as_json
def list_users(as_json: bool) -> None:
    """Print everybody who ever worked at the desk."""
    with transaction() as (session, _settings, _clock):
        rows = [_person(staff) for staff in queries.everybody(session)]
    _tell(rows, as_json=as_json, empty="There is nobody yet. Add somebody: trustops user add")


@user.command("disable")
@click.argument("email")
def disable_user(email: str) -> None:
    """Lock a person out: their sessions and links end at once."""
    with transaction() as (session, _settings, clock):
        staff = queries.person_by_email(session, email)
        services.disable(session, clock.now(), staff_id=staff.id, actor=OPERATOR)
        address = staff.email
    click.echo(f"{address} is disabled. Their sessions have ended.")


@user.command("enable")
@click.argument("email")
def enable_user(email: str) -> None:
    """Let a person in again, with the password that they had."""
    with transaction() as (session, _settings, clock):
        staff = queries.person_by_email(session, email)
        services.enable(session, clock.now(), staff_id=staff.id, actor=OPERATOR)
        address = staff.email
    click.echo(f"{address} is enabled.")


@user.command("role")
@click.argument("email")
@click.argument("role", type=role_option)
def change_role(email: str, role: str) -> None:
    """Give a person another role; their sessions end at once."""
    with transaction() as (session, _settings, clock):
        staff = queries.person_by_email(session, email)
        services.change_role(session, clock.now(), staff_id=staff.id, role=role, actor=OPERATOR)
        address = staff.email
    click.echo(f"{address} has the role {role}.")


@click.group("token")
def token() -> None:
    """Tokens with which programs call the API."""


@token.command("add")
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    help=f"May be repeated or separated by commas: {', '.join(sorted(SCOPES))}.",
)
@click.option("--days", type=int, default=90, show_default=True, help="Until the token expires.")
@as_json
def add_token(name: str, scopes: tuple[str, ...], days: int, as_json: bool) -> None:
    """Make a token and print it, this once."""
    asked = [scope.strip() for item in scopes for scope in item.split(",") if scope.strip()]
    with transaction() as (session, _settings, clock):
        row, plain = services.add_token(
            session,
            clock.now(),
            name=name,
            scopes=asked,
            lifetime=timedelta(days=days),
            actor=OPERATOR,
        )
        facts = _token(row) | {"token": plain}
    if as_json:
        click.echo(json.dumps(facts))
        return
    click.echo(plain)
    click.echo(
        f"This is shown once. It is good for {_cell(facts['scopes'])}"
        f" until {facts['expires_at']} (UTC).",
        err=True,
    )


@token.command("list")
@as_json
def list_tokens(as_json: bool) -> None:
    """Print all tokens, without their secrets."""
    with transaction() as (session, _settings, _clock):
        rows = [_token(row) for row in queries.api_tokens(session)]
    _tell(rows, as_json=as_json, empty="There is no token yet. Make one: trustops token add")


@token.command("revoke")
@click.argument("public_id")
def revoke_token(public_id: str) -> None:
    """End a token at once; its id stands in the list and between the underscores of the token."""
    with transaction() as (session, _settings, clock):
        services.revoke_token(session, clock.now(), public_id=public_id, actor=OPERATOR)
    click.echo(f"The token {public_id} is revoked.")


def _person(staff: Staff) -> Row:
    invited = "invited" if staff.password_hash is None else "active"
    return {
        "email": staff.email,
        "name": staff.name,
        "role": staff.role,
        "state": "disabled" if staff.disabled_at else invited,
        "created_at": _utc(staff.created_at),
    }


def _token(row: ApiToken) -> Row:
    return {
        "id": row.public_id,
        "name": row.name,
        "scopes": list(row.scopes),
        "created_at": _utc(row.created_at),
        "expires_at": _utc(row.expires_at),
        "revoked_at": _utc(row.revoked_at),
        "last_used_at": _utc(row.last_used_at),
    }


def _link(settings: Settings, now: datetime, link: str) -> Row:
    return {
        "url": f"{settings.base_url}/desk/invite/{link}",
        "expires_at": _utc(now + INVITE_LIFETIME),
    }


def _utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _tell_link(row: Row, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(row))
        return
    click.echo(f"Give this address to {row['email']}; it sets a password once:")
    click.echo(f"  {row['url']}")
    click.echo(f"It can be used until {row['expires_at']} (UTC).")


def _tell(rows: Sequence[Row], *, as_json: bool, empty: str) -> None:
    """Print rows as JSON or as a table whose columns are as wide as their widest cell."""
    if as_json:
        click.echo(json.dumps(rows))
        return
    if not rows:
        click.echo(empty)
        return
    lines = [list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (text.ljust(width) for text, width in zip(line, widths, strict=True))
        click.echo("  ".join(padded).rstrip())


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ",".join(value)
    return "-" if value is None else str(value)
