"""The composition root: settings to real adapters, routes and the steps of a request.

Nothing below this room knows which parts are real. A test hands in its own clock and parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from flask import Flask

from trustops import guard, logs
from trustops.accounts.alarm import Alarm
from trustops.accounts.authenticator import StaffAuthenticator
from trustops.accounts.devices import KnownDevices
from trustops.accounts.passwords import Passwords
from trustops.alerts.guessing import GuessingBell
from trustops.app.ready import require_ready
from trustops.app.routes import ADMITTED_REFUSALS, FORM_REFUSALS, add_routes
from trustops.chain.packs import direct_transfers, titles_of_chains
from trustops.clock import Clock, SystemClock
from trustops.content.responsible import Responsibility
from trustops.content.versions import LastGood
from trustops.db import db, engine_options
from trustops.exchanges.told import ExchangeFacts
from trustops.keys import keyed_hash
from trustops.official.direct import DirectTransfers
from trustops.official.listing import ChainTitles
from trustops.official.store import OfficialStore
from trustops.settings import Settings, load_settings, pinned_key
from trustops.site import serving
from trustops.site.files import published_content, unpublished
from trustops.site.release import Releases
from trustops.status.latest import LatestFiles
from trustops.tickets.ours import PackStore
from trustops.web import lifecycle, pages
from trustops.web.client import trust_proxies
from trustops.web.context import register, register_clock
from trustops.web.guarding import AdmittedRefusals, FormRefusals, RefusalCount
from trustops.web.identity import Devices, Identity, browser_cookie
from trustops.web.openapi import Application, serve_description
from trustops.web.pages import SiteName, Standing
from trustops.web.readiness import Readiness
from trustops.web.texts import MOST_BYTES, MOST_FIELDS

API_VERSION = "1.0.0"


def create_app(
    settings: Settings | None = None, *, clock: Clock | None = None, parts: Iterable[object] = ()
) -> Flask:
    """Build the application.

    Args:
        settings: what the operator chose; read from the environment by default.
        clock: the machine's clock, moved by the demo's offset, by default.
        parts: what takes the place of a real part of the same class.

    Raises:
        SettingsError: the settings cannot be used.
        ContentError: `site.toml` cannot be used and never could.
    """
    chosen = settings or require_ready(load_settings())
    logs.configure(chosen.log_level, scrub=guard.redact)
    app = Application("trustops.web", version=API_VERSION)
    _configure(app, chosen)
    db.init_app(app)
    chosen_clock = clock or SystemClock(chosen.clock_offset)
    register_clock(app, chosen_clock)
    for part in (*_parts(chosen), *parts):
        register(app, part)
    lifecycle.install(app, chosen)
    pages.install(app, chosen)
    add_routes(app)
    serve_description(app)
    trust_proxies(app, chosen)
    serving.install(app, chosen, chosen_clock)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    """Set what the libraries read from Flask's configuration."""
    url = settings.database_url.reveal()
    app.config.update(
        SECRET_KEY=keyed_hash(settings, "browser", ""),
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        MAX_FORM_PARTS=MOST_FIELDS,
        PROPAGATE_EXCEPTIONS=False,
        SESSION_COOKIE_NAME=browser_cookie(settings),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        SQLALCHEMY_DATABASE_URI=url,
        # A failing statement is logged without the values that it was to write.
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(url) | {"hide_parameters": True},
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
    )


def _parts(settings: Settings) -> tuple[object, ...]:
    """The real parts of the application."""
    good = LastGood(settings.instance_dir)
    content = published_content(settings.content_dir, good)
    responsibility = Responsibility(
        settings.content_dir, demo=settings.demo, operator=content.operator
    )
    packs = PackStore(settings.content_dir, content.migration)
    return (
        settings,
        content,
        SiteName(content.name, content.short_name),
        Identity(StaffAuthenticator(demo=settings.demo)),
        Devices(KnownDevices(settings)),
        Alarm(GuessingBell(settings)),
        Passwords(),
        FormRefusals(FORM_REFUSALS),
        AdmittedRefusals(ADMITTED_REFUSALS),
        RefusalCount(),
        OfficialStore(settings.content_dir, partial(pinned_key, settings)),
        packs,
        ExchangeFacts(settings.content_dir, settings.instance_dir),
        DirectTransfers(lambda: direct_transfers(packs.current())),
        ChainTitles(lambda: titles_of_chains(packs.current(), content.chains)),
        Standing(settings.demo, responsibility.is_taken, responsibility.operator),
        Releases(settings.instance_dir),
        Readiness(partial(unpublished, settings)),
        LatestFiles(Releases(settings.instance_dir).current_file),
    )
