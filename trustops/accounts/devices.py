"""Browsers that signed in before: a signed cookie that spares them the guesses of strangers.

It opens nothing. It says that this browser once had the right password of one account, so that
what others do cannot make it wait (docs/decisions/0026; OWASP, "Slow down online guessing attacks
with device cookies"). A browser that several people use holds one entry for each of them.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from trustops.accounts.models import Staff
from trustops.accounts.rules import (
    MOST_DEVICES,
    Device,
    device_is_too_old,
    normalise_email,
    stands_for,
)
from trustops.db import Session
from trustops.keys import keyed_hash
from trustops.settings import Settings

_BETWEEN = "~"
_ENTRY = re.compile(r"(\d{1,18})\.(\d{1,9})\.(\d{1,12})\.([0-9a-f]{32})\.([0-9a-f]{64})", re.ASCII)


def with_device(settings: Settings, now: datetime, *, cookie: str, staff: Staff) -> str:
    """The cookie of a browser in which somebody has just signed in; others stay known in it."""
    fresh = Device(staff.id, staff.device_generation, now, secrets.token_hex(16))
    others = [device for device in _read(settings, now, cookie) if device.staff_id != staff.id]
    kept = [fresh, *others][:MOST_DEVICES]
    return _BETWEEN.join(_written(settings, device) for device in kept)


@dataclass(frozen=True, slots=True)
class KnownDevices:
    """Tells whether a browser is known for an account; the limits of the web room ask it."""

    settings: Settings

    def known(self, session: Session, now: datetime, *, email: str, cookie: str) -> str | None:
        """The key of a browser that signed in to the account named by an address, or None.

        None for a cookie that is forged, expired, of another instance or account, or from before
        the password changed, the account was disabled or its sessions were ended everywhere.
        """
        devices = list(_read(self.settings, now, cookie))
        address = normalise_email(email)
        if not devices or address is None:
            return None
        row = session.execute(
            select(Staff.id, Staff.device_generation).where(
                Staff.email == address, Staff.disabled_at.is_(None)
            )
        ).one_or_none()
        if row is None:
            return None
        found = [item for item in devices if stands_for(item, row.id, row.device_generation)]
        return found[0].nonce if found else None


def _read(settings: Settings, now: datetime, cookie: str) -> Iterator[Device]:
    """The entries of a cookie that this instance signed and that are not too old."""
    for text in cookie.split(_BETWEEN)[:MOST_DEVICES]:
        match = _ENTRY.fullmatch(text)
        if match is None:
            continue
        staff_id, generation, issued, nonce, _ = match.groups()
        moment = datetime.fromtimestamp(int(issued) % _LATEST, UTC)
        device = Device(int(staff_id), int(generation), moment, nonce)
        signed = hmac.compare_digest(_written(settings, device), text)
        if signed and not device_is_too_old(device, now):
            yield device


def _written(settings: Settings, device: Device) -> str:
    issued = int(device.issued_at.timestamp())
    body = f"{device.staff_id}.{device.generation}.{issued}.{device.nonce}"
    return f"{body}.{keyed_hash(settings, 'sign-in-device', body)}"


_LATEST = 253_402_300_800
"""Seconds up to the year 10,000, beyond which there is no date; a cookie of ours names none."""
