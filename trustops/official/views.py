"""`/check`: whether an address, a link, a host name or an account is ours. Needs no script.

The form posts, so that what somebody looks up stands in no address; `?q=` remains for links.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, request

from trustops.errors import SecretDoubtedError, SecretFoundError
from trustops.official.answered import without_operator
from trustops.official.direct import DirectTransfers
from trustops.official.question import LONGEST
from trustops.official.rules import check, could_not_check, host_of_desk
from trustops.official.store import OfficialStore
from trustops.official.values import Manifest, Official, Verdict
from trustops.web import context
from trustops.web.access import public
from trustops.web.giving_back import words_left
from trustops.web.limits import LOOK_UP, limited
from trustops.web.pages import Standing

blueprint = Blueprint("official", __name__, template_folder="templates")

QUERY = "q"


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Context of `official/check.html`. `verdict` is None until something was asked.

    `withheld` says why nothing can be judged; it is empty while all is well. Where the
    guard asks what something is (`question`), `left` are the words without it.
    """

    query: str
    verdict: Verdict | None
    manifest: Manifest | None
    withheld: str
    checked_at: datetime
    secret_advice: str = ""
    question: str = ""
    left: str = ""


@blueprint.get("/check")
@public
@limited(LOOK_UP)
def look_at() -> str:
    """The form, and the answer to a question that a link brought."""
    return _page(request.args.get(QUERY, ""))


@blueprint.post("/check")
@public
@limited(LOOK_UP)
def look_up() -> str:
    """The answer to what was typed."""
    return _page(request.form.get(QUERY, ""))


def refuse_secret(error: SecretFoundError) -> tuple[str, int]:
    """The page again after the guard found a secret in the question, without the question."""
    if not isinstance(error, SecretDoubtedError):
        return _page("", secret_advice=error.message), error.status
    doubted = any(item.field == QUERY for item in error.errors)
    left = words_left(request.form.get(QUERY, ""), is_doubted=doubted)
    return _page("", secret_advice=error.message, left=left, question=error.title), error.status


def official_now() -> Official:
    """What may be shown at this request; nothing while nobody answers for the site."""
    known = context.part(OfficialStore).current(context.session(), context.clock().now())
    return known if context.part(Standing).is_named() else without_operator(known)


def judge(official: Official, query: str) -> Verdict:
    """The verdict on a question; without a trusted manifest nothing is judged."""
    if official.manifest is None:
        return could_not_check(query, official.sentence)
    own_host = host_of_desk(context.settings().base_url)
    means = context.part(DirectTransfers).current()
    return check(query, official.manifest, own_host=own_host, means=means)


def _page(query: str, *, secret_advice: str = "", question: str = "", left: str = "") -> str:
    official = official_now()
    asked = query.strip()
    page = CheckPage(
        query=asked if len(asked) <= LONGEST else "",
        verdict=judge(official, asked) if asked else None,
        manifest=official.manifest,
        withheld=official.sentence,
        checked_at=official.checked_at,
        secret_advice=secret_advice,
        question=question,
        left=left,
    )
    return render_template("official/check.html", page=page)
