"""Reads `config.toml` of the instance: the same names in lower case, each with its right type."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from trustops.errors import FieldError
from trustops.settings.values import CREDENTIALS, NODES, setting_names

NAME = "config.toml"

NUMBERS = frozenset({"PORT", "TRUSTED_PROXIES", "WORKERS", "CLOCK_OFFSET"})
LISTS = frozenset({"ALLOWED_HOSTS", "ALERT_EMAIL_TO", "HEARTBEAT_EMAIL_TO", "ALERT_URLS"})
KNOWN = frozenset({*setting_names(), *(f"{name}_FILE" for name in CREDENTIALS)})
_FLAG = "DEMO"


def read_config(instance_dir: Path, problems: list[FieldError]) -> Mapping[str, str]:
    """The values of the file as the environment would hold them, by their names in capitals.

    Nothing where there is no file. What cannot be used is noted as a problem and left out.
    """
    path = instance_dir / NAME
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        mode = path.stat().st_mode
    except FileNotFoundError:
        return {}
    except OSError as error:
        problems.append(FieldError(NAME, f"cannot be read: {error.strerror}"))
        return {}
    except UnicodeDecodeError:
        problems.append(FieldError(NAME, "cannot be read: save it as UTF-8"))
        return {}
    except tomllib.TOMLDecodeError as error:
        problems.append(FieldError(NAME, f"cannot be read: {error}"))
        return {}
    values: dict[str, str] = {}
    for key, value in given.items():
        _take(key, value, values, problems)
    if stat.S_IMODE(mode) & 0o077 and values.keys() & CREDENTIALS:
        secret = ", ".join(sorted(values.keys() & CREDENTIALS))
        problems.append(FieldError(NAME, f"holds {secret} and others may read it; chmod 600 it"))
    return values


def _take(key: str, value: object, values: dict[str, str], problems: list[FieldError]) -> None:
    """Note one value under its name, or what is wrong with it."""
    name = key.upper()
    if key != key.lower():
        problems.append(FieldError(key, f"is written in lower case in {NAME}: {key.lower()}"))
    elif name == "INSTANCE_DIR":
        problems.append(FieldError(name, "can be set in the environment only"))
    elif name not in KNOWN and not name.startswith(NODES):
        values[name] = ""
    else:
        texts = list(_texts(name, value))
        if None in texts:
            problems.append(FieldError(name, f"has to be {_wanted(name)} in {NAME}"))
            values[name] = ""
        else:
            values[name] = ",".join(text for text in texts if text is not None)


def _texts(name: str, value: object) -> Iterator[str | None]:
    """The texts that a value stands for; None for each that cannot be one."""
    takes_list = name in LISTS or name.startswith(NODES)
    if isinstance(value, list) and takes_list:
        yield from (item if isinstance(item, str) else None for item in value)
    elif isinstance(value, bool):
        yield str(value).lower() if name == _FLAG else None
    elif isinstance(value, int):
        yield str(value) if name in NUMBERS or name == _FLAG else None
    else:
        yield value if isinstance(value, str) else None


def _wanted(name: str) -> str:
    if name in NUMBERS:
        return "a whole number"
    if name == _FLAG:
        return "true or false"
    if name in LISTS or name.startswith(NODES):
        return "a list of texts in quotes"
    return "text in quotes"
