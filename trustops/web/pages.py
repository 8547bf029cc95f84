"""What every template can use: the site's name, who is signed in, assets, the present instant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined

from trustops.settings import Settings
from trustops.web import context
from trustops.web.assets import asset
from trustops.web.sending import form_key


@dataclass(frozen=True, slots=True)
class SiteName:
    """How this instance calls itself, in titles and where room is short."""

    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether this is a demo, and whether somebody answers for the site, as of now.

    The composition root says how the second one is looked up; it may change while we serve.
    """

    demo: bool
    is_named: Callable[[], bool]

    def is_demo(self) -> bool:
        """Whether nobody may take this for a desk that somebody runs."""
        return self.demo or not self.is_named()


def install(app: Flask, settings: Settings) -> None:
    """Give the templates `site`, `demo`, `unnamed`, `person`, `asset`, `form_key` and `now`.

    CSRF adds `csrf_token`.
    """
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=asset, demo=settings.demo, form_key=form_key)

    @app.context_processor
    def of_the_request() -> dict[str, Any]:
        return {
            "site": context.part(SiteName),
            "unnamed": not context.part(Standing).is_named(),
            "person": context.person(),
            "now": context.clock().now(),
        }
