"""Logging: one JSON object a line on standard error, or colours on a terminal.

By rule a log call carries names, counts and states, never words of a person. As a second lock
every text passes `scrub`, which the application injects (the guard's redaction), also what
libraries log. A failure is logged with its traceback, without local variables, and of its
message the first line alone: what databases and validators add below quotes values.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable, MutableMapping
from typing import Any, TextIO

import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter

OWN = ("trustops", "jobs")
"""Our own loggers take the level of the settings; libraries speak from warnings on."""

LONGEST_MESSAGE = 300

Scrub = Callable[[str], str]
_Record = MutableMapping[str, Any]


class _OurHandler(logging.StreamHandler[TextIO]):
    """The handler that `configure` put in place, so that it can be told apart and replaced."""


def get_logger(name: str) -> BoundLogger:
    """A logger for a module; call it as `get_logger(__name__)`."""
    logger: BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def configure(level: str, *, scrub: Scrub, stream: TextIO | None = None) -> None:
    """Send everything that is logged, by us, by libraries and as a warning, to one place.

    Args:
        level: debug, info, warning or error; for our own modules.
        scrub: takes secrets out of a text.
        stream: where to write; standard error by default.
    """
    target = stream or sys.stderr
    last: Any = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if target.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False, default=_by_type)
    )
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _describe_failure,
        _scrubber(scrub),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = _OurHandler(target)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[ProcessorFormatter.remove_processors_meta, last],
        )
    )
    _install(handler, level)


def _install(handler: _OurHandler, level: str) -> None:
    """Put the handler in the place of the one before it; others are left alone."""
    root = logging.getLogger()
    for other in list(root.handlers):
        if isinstance(other, _OurHandler):
            root.removeHandler(other)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in OWN:
        logging.getLogger(name).setLevel(level.upper())
    logging.captureWarnings(capture=True)


def _describe_failure(logger: object, method: str, record: _Record) -> _Record:
    """Replace an exception by its kind, its first line, and where in the code it came from."""
    del logger, method
    given = record.pop("exc_info", None)
    if not given:
        return record
    if isinstance(given, BaseException):
        error: BaseException | None = given
    else:
        error = given[1] if isinstance(given, tuple) else sys.exc_info()[1]
    if error is not None:
        record["failure"] = f"{type(error).__module__}.{type(error).__qualname__}"
        record["because"] = first_line(error)
        record["trace"] = [
            f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
    return record


def first_line(error: BaseException) -> str:
    """The first line of an exception's message, cut to a length that a log line bears."""
    lines = str(error).splitlines() or [""]
    return lines[0][:LONGEST_MESSAGE]


def _scrubber(scrub: Scrub) -> Callable[[object, str, _Record], _Record]:
    def process(logger: object, method: str, record: _Record) -> _Record:
        del logger, method
        for name in list(record):
            if not name.startswith("_"):
                record[name] = _clean(record[name], scrub)
        return record

    return process


def _clean(value: object, scrub: Scrub) -> object:
    """A value with every text in it scrubbed, at any depth."""
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, dict):
        return {_clean(key, scrub): _clean(item, scrub) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(item, scrub) for item in value]
    if isinstance(value, bool | int | float) or value is None:
        return value
    return _by_type(value)


def _by_type(value: object) -> str:
    """Name what is no plain value by its type alone: its `repr` may hold anything."""
    return f"<{type(value).__qualname__}>"
