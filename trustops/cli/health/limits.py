"""Whether rate limits are counted in one place, and whether that place answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from redis.exceptions import RedisError

from trustops.channels.targets import DEFECTS
from trustops.cli.health.finding import Finding, fail, ok, warn
from trustops.net import DeadlineError, within
from trustops.settings import Settings

NAME = "rate limits"

PATIENCE = timedelta(seconds=2)
"""How long the storage may take to connect and answer."""

SLOW = f"did not answer in {PATIENCE.seconds} seconds"
MEANWHILE = (
    "Until it does each process counts in its own memory, so limits are as many times as wide as "
    "there are workers; pages go on."
)
CHECK = "Check TRUSTOPS_LIMITS_URL (docs/settings.md), and that Redis runs and can be reached."

_REASONS = (
    ({"AuthenticationError"}, "refuses the user or password"),
    ({"NoPermissionError", "AuthorizationError"}, "does not let this user read"),
    ({"SSLError", "SSLCertVerificationError"}, "cannot agree with us on TLS"),
    ({"gaierror"}, "has a host name that nobody knows"),
    ({"ConnectionRefusedError"}, "refuses the connection"),
    ({"FileNotFoundError"}, "has a socket that is not there"),
    ({"TimeoutError"}, SLOW),
    ({"ResponseError", "InvalidResponse"}, "answers, and not as Redis does"),
)
"""What the classes of an error and of those beneath it mean, the surest first."""


def limits(settings: Settings) -> Finding:
    """Several processes count apart unless they share a storage that answers."""
    url = settings.limits_url.reveal()
    if not url.startswith("memory:"):
        return _shared(url)
    if settings.workers > 1:
        return warn(
            NAME,
            f"{settings.workers} workers count rate limits apart, so each limit is "
            f"{settings.workers} times as wide.",
            "Set TRUSTOPS_LIMITS_URL to a Redis that they share, or TRUSTOPS_WORKERS to 1.",
        )
    return ok(NAME, "Rate limits are counted in one place.")


def _shared(url: str) -> Finding:
    try:
        within(PATIENCE, lambda: _ask(url))
    except DeadlineError:
        reason = SLOW
    except ConfigurationError:
        reason = "is of a kind that this installation cannot use"
    except (*DEFECTS, RedisError) as error:
        reason = _reason(error)
    else:
        return ok(NAME, "Rate limits are counted in one Redis, which answers.")
    return fail(NAME, f"The storage of the rate limits {reason}. {MEANWHILE}", CHECK)


def _ask(url: str) -> None:
    """Read a count as the desk does; `check()` of the storage would hide what went wrong."""
    seconds = PATIENCE.total_seconds()
    patience: dict[str, float | str | bool] = {
        "socket_connect_timeout": seconds,
        "socket_timeout": seconds,
    }
    storage_from_string(url, **patience).get("LIMITS:trustops:doctor")


def _reason(error: BaseException) -> str:
    names = {kind.__name__ for each in _beneath(error) for kind in type(each).__mro__}
    return next((text for kinds, text in _REASONS if kinds & names), "cannot be reached")


def _beneath(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
