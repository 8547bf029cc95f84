"""Settings: one frozen object, read once at start; nothing else reads the environment.

Names stand in the environment with the prefix `TRUSTOPS_`, over `instance/config.toml` (same
names, lower case, without the prefix). Every problem is reported at once. A credential may also
be given as `NAME_FILE`, a file of mode 0600 that is read again when it changes.
`docs/settings.md` lists them all; a test compares the two.
"""

from __future__ import annotations

import os
import secrets
import stat
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from trustops.errors import FieldError, SettingsError

PREFIX = "TRUSTOPS_"
PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Credential:
    """A secret value, literal or in a file; never shown by `repr`, read again on change."""

    def __init__(self, value: str = "", path: Path | None = None) -> None:
        """Take the literal value, or the file that holds it."""
        self._value = value
        self._path = path
        self._stamp: tuple[int, int] | None = None

    def reveal(self) -> str:
        """The secret as it stands now; empty when none is set.

        Raises:
            SettingsError: the file cannot be read, or others may read it.
        """
        if self._path is None:
            return self._value
        try:
            status = self._path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            if stamp != self._stamp:
                if stat.S_IMODE(status.st_mode) & 0o077:
                    raise SettingsError(f"{self._path.name}: others may read it; chmod 600 it")
                self._value = self._path.read_text(encoding="utf-8").strip()
                self._stamp = stamp
        except OSError as error:
            raise SettingsError(f"{self._path.name}: {error.strerror}") from error
        return self._value

    def __bool__(self) -> bool:
        """Whether a secret is configured at all."""
        return self._path is not None or bool(self._value)

    def __repr__(self) -> str:
        """Say only that there is one."""
        return "Credential(set)" if self else "Credential(not set)"


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
    log_level: str
    read_from: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def secure(self) -> bool:
        """Whether visitors reach us over TLS, which decides on cookie names and HSTS."""
        return self.base_url.startswith("https://")


CREDENTIALS = frozenset(
    {"DATABASE_URL", "SECRET_KEY", "LIMITS_URL", "SMTP_URL", "ALERT_URLS", "ALERT_WEBHOOK_SECRET"}
)


def setting_names() -> tuple[str, ...]:
    """Names of all settings, without the prefix, for the documentation test."""
    return tuple(item.name.upper() for item in fields(Settings) if item.name != "read_from")


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
            self._problem(name, "is not a setting; docs/settings.md lists them")
        if settings.alert_webhook_url and not settings.alert_webhook_secret:
            self._problem("ALERT_WEBHOOK_SECRET", "is needed to sign what ALERT_WEBHOOK_URL gets")
        if settings.alert_email_to and not settings.smtp_url:
            self._problem("SMTP_URL", "is needed to send mail to ALERT_EMAIL_TO")
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
