"""While nobody answers for a site, every page that is made for a request says so, once.

The shipped content, which these tests serve, names nobody. What is built beforehand is held to the
same in `tests/site/test_example.py`.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from tests.desk.browser import Desk
from tests.official.things import NEW, PUBLIC, signed
from tests.web_fixtures import OPERATOR
from trustops.app import create_app
from trustops.content.operator import EXAMPLE
from trustops.db import db
from trustops.official.store import OfficialStore
from trustops.settings import PROJECT_ROOT, Settings
from trustops.tickets.links import make_link
from trustops.tickets.rules import Purpose
from trustops.web import limits
from trustops.web.context import register

BANNER = '<section class="banner"'


def pages_of(app: Flask) -> list[str]:
    """Every address without a variable part that may be read."""
    rules = app.url_map.iter_rules()
    plain = [rule.rule for rule in rules if not rule.arguments and "GET" in (rule.methods or ())]
    return sorted({*plain, "/faq/nothing", "/desk/nothing", "/nothing"})


def html_of(client: FlaskClient, path: str) -> str:
    """A page; empty for what is no page, such as JSON or a part of one."""
    with client.get(path, follow_redirects=True) as answer:
        text = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
    return text if "<body" in text else ""


def test_every_page_of_a_request_carries_the_banner_once(desk: Desk) -> None:
    """For strangers and staff, refusals and pages that are not built yet among them."""
    ticket = desk.ticket()
    token = desk.write(
        lambda session: make_link(session, desk.clock.now(), session.merge(ticket), Purpose.VIEW)
    )
    stranger, admin = desk.app.test_client(), desk.signed_in("admin").client
    seen = 0
    for path in (*pages_of(desk.app), f"/support/t/{token}", f"/desk/tickets/{ticket.reference}"):
        for client in (stranger, admin):
            limits.reset(desk.app)
            page = html_of(client, path)
            before, _, after = page.partition("<main")
            if page and path != "/desk/patterns":
                seen += 1
                assert (before.count(BANNER), before.count(f"{EXAMPLE}</strong>")) == (1, 1), path
                foot = after.partition("<footer")[2]
                assert "public-footer" not in foot or foot.count("not named yet") == 3, path
                assert EXAMPLE not in after, path
    assert seen > 40


def test_a_demo_with_content_of_nobody_says_both_in_one_strip(settings: Settings) -> None:
    """Banners do not stack; a demo of its own content says that it is a demo, and no more."""
    own = PROJECT_ROOT / "trustops" / "demo" / "content"
    for folder, sentence in ((settings.content_dir, EXAMPLE), (own, "Demonstration")):
        app = create_app(replace(settings, demo=True, content_dir=folder))
        page = html_of(app.test_client(), "/support")
        assert page.count(BANNER) == 1
        assert sentence in page.partition("<main")[0]
        assert "made up" in page
        with app.app_context():
            db.engine.dispose()


def test_a_name_takes_the_banner_away_and_its_loss_brings_it_back(
    settings: Settings, tmp_path: Path
) -> None:
    """While the desk serves, as the built pages change."""
    folder = shutil.copytree(settings.content_dir, tmp_path / "content")
    app = create_app(replace(settings, content_dir=folder))
    client, site = app.test_client(), folder / "site.toml"
    shipped = site.read_text(encoding="utf-8")
    seen = []
    hidden = '[operator]\nname = " \u2003\u00a0"\n'
    for text in (shipped, shipped + OPERATOR, shipped + hidden):
        site.write_text(text, encoding="utf-8")
        seen.append(EXAMPLE in html_of(client, "/support"))
    assert seen == [True, False, True]
    with app.app_context():
        db.engine.dispose()


def test_a_signed_list_shows_and_judges_nothing_while_nobody_answers(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    """The signature holds; it does not say that anybody runs this copy."""
    folder = signed(tmp_path / "signed")
    register(app, OfficialStore(folder, PUBLIC.line))
    page = client.get("/check", query_string={"q": NEW}).get_data(as_text=True)
    assert f'data-copy="{NEW}"' not in page
    assert "nobody has taken responsibility for this site yet" in page
    found = client.get("/api/v1/check", query_string={"q": NEW}).get_json()
    assert (found["verdict"], found["demo"]) == ("could-not-check", True)
    assert found["manifest_version"] is None
