"""The Apprise adapter: staff alerts to any service that has an Apprise URL, one URL a delivery.

The library only says whether a service accepted a message, not why it did not; a URL may also
stand for several recipients. So a failure is an unknown outcome, which a person decides
(docs/decisions/0003-deliveries.md). Public posts never go this way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trustops.channels.rules import Claimed, Message, Outcome, apprise_target, split_urls
from trustops.settings import Credential

if TYPE_CHECKING:
    import apprise

NOT_CONFIGURED = "This Apprise URL is no longer in the settings."
NOT_USABLE = "Apprise cannot read this URL."
FAILED = "The service did not confirm the message; Apprise does not say whether it arrived."


@dataclass(frozen=True, slots=True)
class AppriseSender:
    """Sends to one of the URLs in `ALERT_URLS`, which are read again for each message.

    `key` is what the names of targets are made with, so that no row tells a URL.
    """

    urls: Credential
    key: Credential

    def send(self, claimed: Claimed, message: Message) -> Outcome:
        """Find the URL that the row's target names, and hand it the message once."""
        key = self.key.reveal()
        urls = split_urls(self.urls.reveal())
        url = next((item for item in urls if apprise_target(item, key) == claimed.target), None)
        if url is None:
            return Outcome.rejected(NOT_CONFIGURED)
        service = _service(url)
        if service is None:
            return Outcome.rejected(NOT_USABLE)
        return _notify(service, message)


def is_usable(url: str) -> bool:
    """Whether the library knows the service of a URL and can read all of it."""
    return _service(url) is not None


def _service(url: str) -> apprise.NotifyBase | None:
    """The library's object for a URL, told to try once and to follow no redirect."""
    import apprise

    asset = apprise.AppriseAsset(async_mode=False, service_timeout=0, http_redirects=False)
    service = apprise.Apprise.instantiate(url, asset=asset)
    if not isinstance(service, apprise.NotifyBase):
        return None
    service.retry = 0
    service.redirects = False
    return service


def _notify(service: apprise.NotifyBase, message: Message) -> Outcome:
    """Send once; only attempts count, because `optional=yes` in a URL calls a failure a success."""
    import apprise

    bundle = apprise.Apprise(asset=service.asset)
    bundle.add(service)
    result = bundle.notify(
        title=message.subject, body=message.text, body_format=apprise.NotifyFormat.TEXT
    )
    attempts = [attempt for item in result for attempt in item.attempts]
    if attempts and all(attempts):
        return Outcome.sent()
    return Outcome.unknown(FAILED)
