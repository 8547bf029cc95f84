"""Whether the mail server lets us in; nothing is sent."""

from __future__ import annotations

from datetime import timedelta

from trustops.channels.email import EmailSender
from trustops.cli.health.finding import Finding, fail, ok
from trustops.clock import SystemClock
from trustops.net import DeadlineError, within
from trustops.settings import Settings

PATIENCE = timedelta(seconds=8)
EACH_STEP = timedelta(seconds=4)


def mail(settings: Settings) -> Finding:
    """A mail server that cannot be reached keeps links and alerts from people."""
    if not settings.smtp_url:
        return ok("mail", "No mail server is set, so the desk sends no mail and offers none.")
    sender = EmailSender(settings.smtp_url, settings.mail_from, SystemClock(), timeout=EACH_STEP)
    try:
        problem = within(PATIENCE, sender.try_out)
    except DeadlineError:
        problem = f"The mail server did not answer in {PATIENCE.seconds} seconds."
    if problem:
        return fail(
            "mail",
            problem,
            "Check TRUSTOPS_SMTP_URL: smtp+starttls:// or smtps://, host, port, user and password.",
        )
    return ok("mail", "The mail server lets us in. `trustops alert test` sends one.")
