"""What has to be right before anything is served or run, beside what reading the settings shows.

Commands that only look at an instance, or mend it, do without it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from sqlalchemy import make_url

from trustops.channels.apprise import is_usable
from trustops.channels.rules import split_urls
from trustops.errors import FieldError, SettingsError
from trustops.settings import Settings
from trustops.settings.hosts import UnusableError
from trustops.settings.rules import refuse_published_key


def require_ready(settings: Settings) -> Settings:
    """Give the settings back where a desk can serve and run jobs with them.

    Raises:
        SettingsError: it cannot; `errors` names each setting and the way out, and no value.
    """
    problems = list(faults(settings))
    if problems:
        lines = "; ".join(f"{item.field} {item.message}" for item in problems)
        raise SettingsError(f"The settings need a correction: {lines}", errors=problems)
    return settings


def faults(settings: Settings) -> Iterator[FieldError]:
    """What stands in the way of serving with settings that could be read."""
    try:
        refuse_published_key(settings.secret_key.reveal())
    except UnusableError as error:
        yield FieldError("SECRET_KEY", error.message)
    url = make_url(settings.database_url.reveal())
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        yield FieldError(
            "DATABASE_URL", "is in memory, where no two processes meet; name a file or a server"
        )
    folder = settings.instance_dir
    if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
        yield FieldError(
            "INSTANCE_DIR", "cannot be written to by the user who runs this; chown it to them"
        )
    for number, service in enumerate(split_urls(settings.alert_urls.reveal()), start=1):
        if not is_usable(service):
            yield FieldError(
                "ALERT_URLS",
                f"holds a URL in place {number} that Apprise cannot read; docs/channels.md has "
                "samples",
            )
