"""Reads the settings from the environment and `config.toml`, and tells every problem at once."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from trustops.errors import FieldError, SettingsError
from trustops.settings.credential import Credential
from trustops.settings.pinned import KEY_FILE, key_in_file
from trustops.settings.values import CREDENTIALS, PREFIX, Settings, setting_names

PROJECT_ROOT = Path(__file__).resolve().parent.parent.parent

_RPC = "RPC_"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment and the instance's `config.toml`.

    Args:
        environ: what to read in place of the process's environment, for tests.

    Raises:
        SettingsError: one or more settings cannot be used; `errors` names each.
    """
    return _Reader(os.environ if environ is None else environ).read()


class _Reader:
    """Collects values and problems, so that all problems are told at once."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[FieldError] = []
        self.read_from: dict[str, str] = {}
        self.instance_dir = Path(
            environ.get(PREFIX + "INSTANCE_DIR") or PROJECT_ROOT / "instance"
        ).absolute()
        self.file = self._read_file(self.instance_dir / "config.toml")

    def read(self) -> Settings:
        port = self._whole("PORT", "8000", 1, 65535)
        base_url = self._text("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/")
        demo = self._flag("DEMO")
        offset = self._whole("CLOCK_OFFSET", "0", -(10**9), 10**9)
        if offset and not demo:
            self._problem("CLOCK_OFFSET", "moves the clock of a demo only; set DEMO=1 or drop it")
        settings = Settings(
            instance_dir=self.instance_dir,
            content_dir=Path(self._text("CONTENT_DIR", str(PROJECT_ROOT / "content"))).absolute(),
            database_url=self._credential(
                "DATABASE_URL", f"sqlite:///{self.instance_dir / 'trustops.sqlite3'}"
            ),
            secret_key=self._credential("SECRET_KEY") or self._own_secret_key(),
            base_url=self._url("BASE_URL", base_url),
            host=self._text("HOST", "127.0.0.1"),
            port=port,
            allowed_hosts=self._hosts(base_url),
            trusted_proxies=self._whole("TRUSTED_PROXIES", "0", 0, 10),
            scheduler=self._choice("SCHEDULER", "embedded", ("embedded", "off")),
            workers=self._whole("WORKERS", "1", 1, 64),
            demo=demo,
            clock_offset=timedelta(seconds=offset),
            limits_url=self._credential("LIMITS_URL", "memory://"),
            smtp_url=self._credential("SMTP_URL"),
            mail_from=self._text("MAIL_FROM", ""),
            alert_urls=self._credential("ALERT_URLS"),
            alert_webhook_url=self._url("ALERT_WEBHOOK_URL", self._text("ALERT_WEBHOOK_URL", "")),
            alert_webhook_secret=self._credential("ALERT_WEBHOOK_SECRET"),
            alert_email_to=self._list("ALERT_EMAIL_TO"),
            official_key=self._official_key(),
            rpc=self._rpc(),
            mastodon_base_url=self._url(
                "MASTODON_BASE_URL", self._text("MASTODON_BASE_URL", "")
            ).rstrip("/"),
            mastodon_token=self._credential("MASTODON_TOKEN"),
            heartbeat_webhook_url=self._url(
                "HEARTBEAT_WEBHOOK_URL", self._text("HEARTBEAT_WEBHOOK_URL", "")
            ),
            heartbeat_webhook_secret=self._credential("HEARTBEAT_WEBHOOK_SECRET"),
            heartbeat_email_to=self._list("HEARTBEAT_EMAIL_TO"),
            log_level=self._choice("LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
            read_from=self.read_from,
        )
        self._check_together(settings)
        if self.problems:
            lines = "; ".join(f"{item.field} {item.message}" for item in self.problems)
            raise SettingsError(f"The settings need a correction: {lines}", errors=self.problems)
        return settings

    def _check_together(self, settings: Settings) -> None:
        """Report unknown names and settings that need one another."""
        known = set(setting_names()) | {f"{name}_FILE" for name in CREDENTIALS}
        given = {name[len(PREFIX) :] for name in self.environ if name.startswith(PREFIX)}
        for name in sorted((given | {key.upper() for key in self.file}) - known):
            if not name.startswith(_RPC):
                self._problem(name, "is not a setting; docs/settings.md lists them")
        for needed, asked, name in (
            (settings.alert_webhook_secret, settings.alert_webhook_url, "ALERT_WEBHOOK"),
            (
                settings.heartbeat_webhook_secret,
                settings.heartbeat_webhook_url,
                "HEARTBEAT_WEBHOOK",
            ),
        ):
            if asked and not needed:
                self._problem(f"{name}_SECRET", f"is needed to sign what {name}_URL gets")
        self._check_mail(settings)
        if settings.mastodon_base_url and not settings.mastodon_token:
            self._problem("MASTODON_TOKEN", "is needed to post at MASTODON_BASE_URL")

    def _check_mail(self, settings: Settings) -> None:
        """Report what stands in the way of a mail that is asked for."""
        for asked, name in (
            (settings.alert_email_to, "ALERT_EMAIL_TO"),
            (settings.heartbeat_email_to, "HEARTBEAT_EMAIL_TO"),
        ):
            if asked and not settings.smtp_url:
                self._problem("SMTP_URL", f"is needed to send mail to {name}")
        if settings.smtp_url and not settings.mail_from:
            self._problem("MAIL_FROM", "is needed to send mail through SMTP_URL")

    def _read_file(self, path: Path) -> Mapping[str, Any]:
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, tomllib.TOMLDecodeError) as error:
            self._problem("config.toml", f"cannot be read: {error}")
            return {}

    def _problem(self, name: str, message: str) -> None:
        self.problems.append(FieldError(name, message))

    def _text(self, name: str, default: str) -> str:
        value = self.environ.get(PREFIX + name)
        if not value and name == "PORT":
            value = self.environ.get("PORT")
        if value:
            self.read_from[name] = "environment"
            return value
        if name.lower() in self.file:
            self.read_from[name] = "config.toml"
            given = self.file[name.lower()]
            return ",".join(map(str, given)) if isinstance(given, list) else str(given)
        return default

    def _credential(self, name: str, default: str = "") -> Credential:
        path = self._text(f"{name}_FILE", "")
        if not path:
            return Credential(self._text(name, default))
        credential = Credential(path=Path(path))
        self._try(name, credential.reveal)
        return credential

    def _own_secret_key(self) -> Credential:
        """A key made on first start, for an instance of one machine."""
        path = self.instance_dir / "secret_key"
        if not path.exists():
            self.instance_dir.mkdir(parents=True, exist_ok=True)
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                return Credential(path=path)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(secrets.token_urlsafe(48))
        return Credential(path=path)

    def _try(self, name: str, read: Callable[[], object]) -> None:
        try:
            read()
        except SettingsError as error:
            self._problem(f"{name}_FILE", error.message)

    def _whole(self, name: str, default: str, lowest: int, highest: int) -> int:
        text = self._text(name, default)
        try:
            value = int(text)
        except ValueError:
            self._problem(name, f"has to be a whole number, not {text!r}")
            return int(default)
        if not lowest <= value <= highest:
            self._problem(name, f"has to lie between {lowest} and {highest}")
        return value

    def _flag(self, name: str) -> bool:
        return self._choice(name, "0", ("0", "1", "false", "true")).lower() in {"1", "true"}

    def _choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self._text(name, default).lower()
        if value not in allowed:
            self._problem(name, f"has to be one of {', '.join(allowed)}")
        return value

    def _list(self, name: str) -> tuple[str, ...]:
        return tuple(item.strip() for item in self._text(name, "").split(",") if item.strip())

    def _url(self, name: str, value: str) -> str:
        if value and (
            urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc
        ):
            self._problem(name, "has to be an http or https address")
        return value

    def _hosts(self, base_url: str) -> tuple[str, ...]:
        """Hosts that are answered: those given, else that of BASE_URL and the loopback names."""
        own = urlsplit(base_url).hostname or "127.0.0.1"
        return self._list("ALLOWED_HOSTS") or tuple(dict.fromkeys((own, "127.0.0.1", "localhost")))

    def _official_key(self) -> str:
        """The pinned public key: as given, else what `official.pub` of the instance holds."""
        given = self._text("OFFICIAL_KEY", "").strip()
        if given or not (self.instance_dir / KEY_FILE).is_file():
            return given
        self.read_from["OFFICIAL_KEY"] = KEY_FILE
        return key_in_file(self.instance_dir)

    def _rpc(self) -> Mapping[str, tuple[str, ...]]:
        """The nodes of each chain, by the chain's name in its pack: `RPC_BASE` for `base`."""
        names = {
            name.removeprefix(PREFIX) for name in self.environ if name.startswith(PREFIX + _RPC)
        }
        names |= {key.upper() for key in self.file if key.upper().startswith(_RPC)}
        nodes: dict[str, tuple[str, ...]] = {}
        for name in sorted(names):
            urls = self._list(name)
            for url in urls:
                self._url(name, url)
            nodes[name.removeprefix(_RPC).lower().replace("_", "-")] = urls
        return nodes
