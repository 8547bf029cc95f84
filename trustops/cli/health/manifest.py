"""Checks of the signed list of official addresses: its key, its signature, its last day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from trustops.cli.health.finding import Finding, counted, fail, ok, warn
from trustops.official.services import WARN_BEFORE, current_for
from trustops.official.values import Problem
from trustops.settings import Settings

SIGN = (
    "On the machine that has the secret key: trustops official build, then sign (docs/official.md)."
)

_REMEDIES = {
    Problem.MISSING: f"Put official/manifest.json and its signature into the content. {SIGN}",
    Problem.BAD_SIGNATURE: (
        "Compare TRUSTOPS_OFFICIAL_KEY with the key that signed it; if they differ, find out who "
        "changed which. Sign the list again."
    ),
    Problem.MALFORMED: f"Make the list anew. {SIGN}",
    Problem.EXPIRED: SIGN,
    Problem.NOT_YET: "Compare the clocks of this machine and of the one that signed.",
    Problem.ROLLED_BACK: "Put the newest signed list back, or sign one with a higher version.",
}


def official_list(session: Session, now: datetime, settings: Settings) -> Finding:
    """The list has to be there, signed by the key that counts, and valid for some days yet."""
    name = "official list"
    official = current_for(session, now, settings)
    told = warn if settings.demo else fail
    if official.problem is Problem.NO_KEY:
        return told(name, "The official list cannot be checked without a key.", "See above.")
    if official.problem is Problem.KEY_CHANGED:
        return fail(
            name,
            f"The official list was not looked at: {official.key_id} is no key of this desk.",
            "See above.",
        )
    if official.manifest is None:
        problem = official.problem or Problem.MISSING
        return told(name, official.sentence, _REMEDIES[problem])
    expires_at = official.manifest.expires_at
    left = expires_at - now
    until = f"until {expires_at:%Y-%m-%d %H:%M} UTC"
    if left <= WARN_BEFORE:
        hours = left // timedelta(hours=1)
        return warn(
            name,
            f"The official list is valid for {counted(hours, 'hour')} more, {until}.",
            f"{SIGN} Soon.",
        )
    return ok(name, f"The official list, version {official.manifest.version}, is valid {until}.")
