"""What every template can use: the site's name, who is signed in, assets, the present instant."""

from __future__ import annotations

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


def install(app: Flask, settings: Settings) -> None:
    """Give the templates `site`, `demo`, `person`, `asset`, `form_key` and `now`.

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
            "person": context.person(),
            "now": context.clock().now(),
        }
