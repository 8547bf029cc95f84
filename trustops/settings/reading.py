"""Reads the settings from the environment and `config.toml`, and tells every problem at once."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from trustops.errors import FieldError, SettingsError
from trustops.settings import databases, hosts, rules
from trustops.settings.config_file import KNOWN, read_config
from trustops.settings.credential import Credential
from trustops.settings.hosts import UnusableError
from trustops.settings.pinned import KEY_FILE, key_in_file
from trustops.settings.together import problems_together
from trustops.settings.values import NODES, PREFIX, Settings

PROJECT_ROOT = Path(__file__).resolve().parent.parent.parent

T = TypeVar("T")

_WHOLE = re.compile(r"[+-]?[0-9]{1,12}")


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
        self.file = read_config(self.instance_dir, self.problems)

    def read(self) -> Settings:
        port = self._whole("PORT", "8000", 1, hosts.HIGHEST_PORT)
        host = self._judged("HOST", "127.0.0.1", hosts.listening_address)
        base_url = self._base_url(host, port)
        demo = self._flag("DEMO")
        offset = self._whole("CLOCK_OFFSET", "0", -(10**9), 10**9)
        if offset and not demo:
            self._problem("CLOCK_OFFSET", "moves the clock of a demo only; set DEMO=1 or drop it")
        settings = Settings(
            instance_dir=self.instance_dir,
            content_dir=self._content_dir(),
            database_url=self._credential(
                "DATABASE_URL",
                f"sqlite:///{self.instance_dir / 'trustops.sqlite3'}",
                databases.refuse_other_database,
            ),
            secret_key=self._secret_key(),
            base_url=base_url,
            host=host,
            port=port,
            allowed_hosts=self._each("ALLOWED_HOSTS", hosts.allowed_host)
            or hosts.answered_hosts(base_url, host),
            trusted_proxies=self._whole("TRUSTED_PROXIES", "0", 0, 10),
            scheduler=self._choice("SCHEDULER", "embedded", ("embedded", "off")),
            workers=self._whole("WORKERS", "1", 1, 64),
            demo=demo,
            clock_offset=timedelta(seconds=offset),
            limits_url=self._credential("LIMITS_URL", "memory://", rules.refuse_other_limits),
            smtp_url=self._credential("SMTP_URL", judge=rules.refuse_mail_server),
            mail_from=self._mail_from(),
            alert_urls=self._credential("ALERT_URLS", judge=rules.refuse_other_services),
            alert_webhook_url=self._url("ALERT_WEBHOOK_URL"),
            alert_webhook_secret=self._credential("ALERT_WEBHOOK_SECRET"),
            alert_email_to=self._each("ALERT_EMAIL_TO", rules.mailbox),
            official_key=self._official_key(),
            rpc=self._rpc(),
            mastodon_base_url=self._judged("MASTODON_BASE_URL", "", hosts.origin),
            mastodon_token=self._credential("MASTODON_TOKEN"),
            heartbeat_webhook_url=self._url("HEARTBEAT_WEBHOOK_URL"),
            heartbeat_webhook_secret=self._credential("HEARTBEAT_WEBHOOK_SECRET"),
            heartbeat_email_to=self._each("HEARTBEAT_EMAIL_TO", rules.mailbox),
            log_level=self._choice("LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
            read_from=self.read_from,
        )
        self._refuse_unknown()
        self.problems.extend(problems_together(settings))
        if self.problems:
            lines = "; ".join(f"{item.field} {item.message}" for item in self.problems)
            raise SettingsError(f"The settings need a correction: {lines}", errors=self.problems)
        return settings

    def _refuse_unknown(self) -> None:
        given = {name[len(PREFIX) :] for name in self.environ if name.startswith(PREFIX)}
        for name in sorted((given | set(self.file)) - KNOWN):
            if not name.startswith(NODES):
                self._problem(name, "is not a setting; docs/settings.md lists them")

    def _problem(self, name: str, message: str) -> None:
        self.problems.append(FieldError(name, message))

    def _text(self, name: str, default: str) -> str:
        """The text of a setting; an empty one counts as none."""
        value = self.environ.get(PREFIX + name)
        if not value and name == "PORT":
            value = self.environ.get("PORT")
        if value:
            self.read_from[name] = "environment"
            return value
        if self.file.get(name):
            self.read_from[name] = "config.toml"
            return self.file[name]
        return default

    def _judged(self, name: str, default: str, judge: Callable[[str], str]) -> str:
        """A text in the form that a rule gives it; the default after noting what is wrong."""
        text = self._text(name, "")
        return self._try(name, partial(judge, text), default) if text else default

    def _try(self, name: str, act: Callable[[], T], otherwise: T) -> T:
        try:
            return act()
        except (UnusableError, SettingsError) as error:
            self._problem(name, error.message)
            return otherwise

    def _each(self, name: str, judge: Callable[[str], str]) -> tuple[str, ...]:
        """The items of a list, each as a rule gives it."""
        items = [item.strip() for item in self._text(name, "").split(",") if item.strip()]
        judged = (self._try(name, partial(judge, item), "") for item in items)
        return tuple(dict.fromkeys(item for item in judged if item))

    def _base_url(self, host: str, port: int) -> str:
        """The base URL as it was chosen, else the one that follows from where the desk listens."""
        chosen = self._judged("BASE_URL", "", hosts.origin)
        if chosen or "BASE_URL" in self.read_from:
            return chosen
        try:
            return hosts.base_url_at(host, port)
        except UnusableError:
            self._problem("BASE_URL", "is needed: no browser can name the address of HOST")
            return ""

    def _credential(
        self, name: str, default: str = "", judge: Callable[[str], None] | None = None
    ) -> Credential:
        """A credential, from its file where one is named; a rule looks at it as it is now."""
        path = self._text(f"{name}_FILE", "")
        credential = Credential(path=Path(path)) if path else Credential(self._text(name, default))
        value = self._try(f"{name}_FILE" if path else name, credential.reveal, "")
        if value and judge is not None:
            self._try(f"{name}_FILE" if path else name, partial(judge, value), None)
        return credential

    def _secret_key(self) -> Credential:
        """The key that was given, else one that is made on first start of one machine."""
        given = self._credential("SECRET_KEY", judge=rules.refuse_weak_key)
        if given:
            return given
        path = self.instance_dir / "secret_key"
        try:
            _make_key(path)
        except OSError as error:
            self._problem(
                "INSTANCE_DIR",
                f"cannot be written to: {error.strerror}; name a folder of the user who runs this",
            )
            return Credential()
        own = Credential(path=path)
        key = self._try("SECRET_KEY", own.reveal, "")
        if key:
            self._try("SECRET_KEY", partial(rules.refuse_weak_key, key), None)
        return own

    def _mail_from(self) -> str:
        text = self._text("MAIL_FROM", "")
        if text:
            self._try("MAIL_FROM", partial(rules.sender, text), None)
        return text

    def _whole(self, name: str, default: str, lowest: int, highest: int) -> int:
        text = self._text(name, default).strip()
        if not _WHOLE.fullmatch(text):
            self._problem(name, f"has to be a whole number from {lowest} to {highest}")
            return int(default)
        if not lowest <= int(text) <= highest:
            self._problem(name, f"has to lie between {lowest} and {highest}")
            return int(default)
        return int(text)

    def _flag(self, name: str) -> bool:
        return self._choice(name, "0", ("0", "1", "false", "true")) in {"1", "true"}

    def _choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self._text(name, default).strip().lower()
        if value not in allowed:
            self._problem(name, f"has to be one of {', '.join(allowed)}")
            return default
        return value

    def _content_dir(self) -> Path:
        folder = Path(self._text("CONTENT_DIR", str(PROJECT_ROOT / "content"))).absolute()
        if "CONTENT_DIR" in self.read_from and not folder.is_dir():
            self._problem("CONTENT_DIR", "is no folder; name the folder that holds site.toml")
        return folder

    def _url(self, name: str) -> str:
        return self._judged(name, "", hosts.http_url)

    def _official_key(self) -> str:
        """The pinned public key: as given, else what `official.pub` of the instance holds."""
        given = self._text("OFFICIAL_KEY", "").strip()
        if given or not (self.instance_dir / KEY_FILE).is_file():
            return given
        self.read_from["OFFICIAL_KEY"] = KEY_FILE
        return key_in_file(self.instance_dir)

    def _rpc(self) -> Mapping[str, tuple[str, ...]]:
        """The nodes of each chain, by the chain's name in its pack: `RPC_BASE` for `base`."""
        names: Iterable[str] = {
            name.removeprefix(PREFIX) for name in self.environ if name.startswith(PREFIX + NODES)
        }
        names = sorted({*names, *(name for name in self.file if name.startswith(NODES))})
        return {
            name.removeprefix(NODES).lower().replace("_", "-"): self._each(name, hosts.http_url)
            for name in names
        }


def _make_key(path: Path) -> None:
    """Make a key for its owner alone, unless there is one; whole before anybody sees it.

    Raises:
        OSError: the folder cannot be made or written to.
    """
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".secret_key-{secrets.token_hex(8)}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # Another process was sooner; its key is taken.
            path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
