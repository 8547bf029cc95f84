"""Writes the texts of a heartbeat: the templates of the content folder, filled with figures.

Templates run in a sandbox, and a name that does not exist is a fault rather than a gap.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from dataclasses import fields

from jinja2 import (
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
    select_autoescape,
)
from jinja2.sandbox import SandboxedEnvironment

from trustops.channels.networks.network import TextKind
from trustops.channels.rules import PostLimits
from trustops.content.invisible import is_text
from trustops.posts.lengths import fit
from trustops.posts.template_fixes import syntax_fault, unknown_name
from trustops.posts.told import Told
from trustops.posts.values import ARCHIVE, Limits, Schedule

_EMPTY_LINES = re.compile(r"\n{3,}")
_TEMPLATE = "<template>"
_FAULTS = (
    *(TemplateError, ArithmeticError, AttributeError, LookupError),
    *(MemoryError, RecursionError, TypeError, ValueError),
)
"""What a template can fail with while it is filled."""

# Plain text: nothing is escaped here, and whoever shows it as HTML escapes it (posts.markup).
_environment = SandboxedEnvironment(
    undefined=StrictUndefined,
    autoescape=select_autoescape(enabled_extensions=(), default_for_string=False),
    trim_blocks=True,
    lstrip_blocks=True,
)


class TemplateFaultError(Exception):
    """A template cannot be used: a sentence, and the line on which the fault stands, from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def render(source: str, told: Told) -> str:
    """A template filled with figures; at most one empty line in a row.

    Raises:
        TemplateFaultError: the template is broken, or names what does not exist.
    """
    values = {item.name: getattr(told, item.name) for item in fields(told)}
    try:
        text = _environment.from_string(source).render(values)
    except TemplateSyntaxError as error:
        raise TemplateFaultError(*syntax_fault(source, error.lineno, str(error.message))) from error
    except UndefinedError as error:
        raise TemplateFaultError(_line_of(error), unknown_name(str(error), values)) from error
    except _FAULTS as error:
        raise TemplateFaultError(_line_of(error), f"cannot be filled: {error}") from error
    if not is_text(text):
        raise TemplateFaultError(1, "cannot be filled: what comes of it is no text")
    return _EMPTY_LINES.sub("\n\n", text).strip()


def try_out(source: str) -> None:
    """Fill a template once with figures that have everything, to find its faults beforehand.

    Raises:
        TemplateFaultError: the template is broken, or what comes of it is no text.
    """
    text = render(source, Told.example())
    if Told.example().url not in text.splitlines()[-1]:
        raise TemplateFaultError(
            source.count("\n") + 1, "has to end with a line that has {{ url }} in it"
        )


def texts_of(schedule: Schedule, told: Told, limits: Limits) -> Mapping[str, str]:
    """The text of the archive and that of each network of the schedule, each within its limits.

    Raises:
        TemplateFaultError: a template cannot be filled.
    """
    full = render(schedule.templates.full, told)
    texts = {ARCHIVE: full}
    for network in schedule.networks:
        if network.text is TextKind.SHORT:
            most = limits.get(network.name, PostLimits())
            texts[network.name] = fit(render(schedule.templates.short, told), most, network.length)
        else:
            texts[network.name] = full
    return texts


def _line_of(error: BaseException) -> int:
    """The line of the template on which it failed, as Jinja puts it into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in frames if frame.filename == _TEMPLATE), 1)
