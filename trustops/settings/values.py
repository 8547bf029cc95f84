"""Everything that an operator may choose, as one frozen object, and the names of it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path

from trustops.settings.credential import Credential

PREFIX = "TRUSTOPS_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator may choose. Each name is explained in `docs/settings.md`."""

    instance_dir: Path
    content_dir: Path
    database_url: Credential
    secret_key: Credential
    base_url: str
    host: str
    port: int
    allowed_hosts: tuple[str, ...]
    trusted_proxies: int
    scheduler: str
    workers: int
    demo: bool
    clock_offset: timedelta
    limits_url: Credential
    smtp_url: Credential
    mail_from: str
    alert_urls: Credential
    alert_webhook_url: str
    alert_webhook_secret: Credential
    alert_email_to: tuple[str, ...]
    official_key: str
    rpc: Mapping[str, tuple[str, ...]]
    mastodon_base_url: str
    mastodon_token: Credential
    heartbeat_webhook_url: str
    heartbeat_webhook_secret: Credential
    heartbeat_email_to: tuple[str, ...]
    log_level: str
    read_from: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def secure(self) -> bool:
        """Whether visitors reach us over TLS, which decides on cookie names and HSTS."""
        return self.base_url.startswith("https://")


NODES = "RPC_"
"""What the names of settings that name the nodes of a chain begin with."""

RPC = "RPC_<CHAIN>"
"""How the settings that name the nodes of a chain are written in the documentation."""

CREDENTIALS = frozenset(
    {
        "DATABASE_URL",
        "SECRET_KEY",
        "LIMITS_URL",
        "SMTP_URL",
        "ALERT_URLS",
        "ALERT_WEBHOOK_SECRET",
        "MASTODON_TOKEN",
        "HEARTBEAT_WEBHOOK_SECRET",
    }
)


def setting_names() -> tuple[str, ...]:
    """Names of all settings, without the prefix, for the documentation test."""
    given = (
        item.name.upper() for item in fields(Settings) if item.name not in {"read_from", "rpc"}
    )
    return (*given, RPC)
