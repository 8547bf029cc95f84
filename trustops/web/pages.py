"""What every template can use: the site's name, who is signed in, assets, the present instant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Flask
from jinja2 import StrictUndefined

from trustops.settings import Settings
from trustops.web import context
from trustops.web.assets import asset
from trustops.web.sending import form_key
from trustops.web.unbroken import unbroken


@dataclass(frozen=True, slots=True)
class SiteName:
    """How this instance calls itself, in titles and where room is short."""

    name: str
    short_name: str


class Answering(Protocol):
    """Who answers for the site, in words: what nobody named says that it is not named yet."""

    @property
    def name(self) -> str:
        """Who runs it."""
        ...

    @property
    def relation(self) -> str:
        """What they are to the project."""
        ...

    @property
    def contact(self) -> str:
        """How they are reached."""
        ...


@dataclass(frozen=True, slots=True)
class NotNamed:
    """Nobody, in the same words."""

    name: str = "not named yet"
    relation: str = "not named yet"
    contact: str = "not named yet"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether this is a demo, and whether and who answers for the site, as of now.

    The composition root says how the latter is looked up; it may change while we serve.
    """

    demo: bool
    is_named: Callable[[], bool]
    operator: Callable[[], Answering] = NotNamed

    def is_demo(self) -> bool:
        """Whether nobody may take this for a desk that somebody runs."""
        return self.demo or not self.is_named()


def install(app: Flask, settings: Settings) -> None:
    """Give the templates `site`, `demo`, `unnamed`, `operator`, `person` and the like.

    There are `asset`, `form_key` and `now`, too; CSRF adds `csrf_token`.
    """
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=asset, demo=settings.demo, form_key=form_key)

    app.jinja_env.filters["unbroken"] = unbroken

    @app.context_processor
    def of_the_request() -> dict[str, Any]:
        return {
            "site": context.part(SiteName),
            "unnamed": not context.part(Standing).is_named(),
            "operator": context.part(Standing).operator(),
            "person": context.person(),
            "now": context.clock().now(),
        }
