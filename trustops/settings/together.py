"""Settings that need one another: an address its secret, mail its server and its sender."""

from __future__ import annotations

from collections.abc import Iterator

from trustops.errors import FieldError
from trustops.settings.values import Settings


def problems_together(settings: Settings) -> Iterator[FieldError]:
    """What is missing beside what was set."""
    for needed, asked, name in (
        (settings.alert_webhook_secret, settings.alert_webhook_url, "ALERT_WEBHOOK"),
        (settings.heartbeat_webhook_secret, settings.heartbeat_webhook_url, "HEARTBEAT_WEBHOOK"),
    ):
        if asked and not needed:
            yield FieldError(f"{name}_SECRET", f"is needed to sign what {name}_URL gets")
    for addresses, name in (
        (settings.alert_email_to, "ALERT_EMAIL_TO"),
        (settings.heartbeat_email_to, "HEARTBEAT_EMAIL_TO"),
    ):
        if addresses and not settings.smtp_url:
            yield FieldError("SMTP_URL", f"is needed to send mail to {name}")
    if settings.smtp_url and not settings.mail_from:
        yield FieldError("MAIL_FROM", "is needed to send mail through SMTP_URL")
    if settings.mastodon_base_url and not settings.mastodon_token:
        yield FieldError("MASTODON_TOKEN", "is needed to post at MASTODON_BASE_URL")
