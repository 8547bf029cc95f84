"""Whether the desk answers under the name that its own links have."""

from __future__ import annotations

from urllib.parse import urlsplit

from trustops.cli.health.finding import Finding, fail, ok
from trustops.settings import Settings
from trustops.settings.hosts import is_answered


def allowed_hosts(settings: Settings) -> Finding:
    """A link whose host is not answered leads every reader to an error."""
    host = urlsplit(settings.base_url).netloc
    if is_answered(host, settings.allowed_hosts):
        return ok("allowed hosts", f"Answered are {', '.join(settings.allowed_hosts)}.")
    return fail(
        "allowed hosts",
        f"The base URL leads to {host}, which is not among the hosts that are answered: "
        f"{', '.join(settings.allowed_hosts)}.",
        f"Add {host.partition(':')[0]} to TRUSTOPS_ALLOWED_HOSTS, or take that setting out.",
    )
