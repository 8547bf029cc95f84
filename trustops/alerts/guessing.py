"""Alerts about runs of failed sign-ins: raised with the run, over after an hour of silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trustops.accounts.rules import Run
from trustops.accounts.services import end_quiet_runs
from trustops.alerts.rules import SIGN_INS, sign_ins_failed
from trustops.alerts.services import raise_alert, resolve
from trustops.channels.targets import alert_targets
from trustops.settings import Settings


@dataclass(frozen=True, slots=True)
class GuessingBell:
    """Raises the alert of a run, to the targets of this instance."""

    settings: Settings

    def ring(self, session: Session, now: datetime, run: Run) -> None:
        """Raise the alert; its key is the run's, so that two processes raise one."""
        raise_alert(
            session,
            now,
            sign_ins_failed(run.subject, name=run.name, began_at=run.began_at, at=now),
            targets=alert_targets(self.settings),
            base_url=self.settings.base_url,
        )


def settle_runs(session: Session, now: datetime) -> int:
    """Resolve the alerts of runs that are over; gives how many runs ended."""
    ended = end_quiet_runs(session, now)
    for subject in ended:
        resolve(session, now, subject=subject, dedupe_prefix=SIGN_INS)
    return len(ended)
