"""`/api/v1/check`: the checker for programs, such as a chat robot of the community."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from flask import Response, jsonify
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from trustops.official.message import LONGEST_MESSAGE
from trustops.official.question import LONGEST
from trustops.official.values import Asked, Judgement, Verdict
from trustops.official.views import judge, official_now
from trustops.web import context
from trustops.web.access import public
from trustops.web.openapi import documented
from trustops.web.pages import Standing

blueprint = APIBlueprint(
    "official_api", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="official")]
)


class CheckQuery(BaseModel):
    """What to look up: an address, a link, a host name or an account, alone."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Field(min_length=1, max_length=LONGEST)]


class CheckMessage(BaseModel):
    """What to look up, or a whole message that somebody received, with all that it holds."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Field(min_length=1, max_length=LONGEST_MESSAGE)]


class CheckItem(BaseModel):
    """The verdict on one thing of a message; `asked` is that thing, without its disguises."""

    asked: str
    kind: Asked
    verdict: Judgement
    sentence: str
    what: str
    why: str


class CheckOut(BaseModel):
    """The verdict. There is none for safe: what is not in the signed list is unknown.

    `manifest_version` and `valid_until` tell which list it rests on; both are null where the list
    could not be verified, and the verdict is then `could-not-check`.
    `demo` is true where nobody may take this for a desk that somebody runs.
    `items` has a verdict on everything that was asked, the worst first; the fields beside it are
    those of the first. Every `sentence` ends with what we never do.
    """

    kind: Asked
    verdict: Judgement
    sentence: str
    what: str
    why: str
    as_of: datetime
    manifest_version: int | None
    valid_until: datetime | None
    demo: bool
    items: list[CheckItem]


@documented(blueprint.get("/check", responses={200: CheckOut}))
@public
def check(query: CheckQuery) -> Response:
    """Tell whether an address, a link, a host name or an account is ours; needs no token."""
    return _answer(query.q)


@documented(blueprint.post("/check", responses={200: CheckOut}))
@public
def check_message(body: CheckMessage) -> Response:
    """Tell the same of all that a message holds; in a body, so that it stands in no address."""
    return _answer(body.q)


def _answer(text: str) -> Response:
    official = official_now()
    verdicts = judge(official, text)
    worst, manifest = verdicts[0], official.manifest
    answer = CheckOut(
        kind=worst.kind,
        verdict=worst.verdict,
        sentence=worst.sentence,
        what=worst.what,
        why=worst.why,
        as_of=official.checked_at,
        manifest_version=manifest.version if manifest else None,
        valid_until=manifest.expires_at if manifest else None,
        demo=context.part(Standing).is_demo(),
        items=[_item(verdict) for verdict in verdicts],
    )
    return jsonify(answer.model_dump(mode="json"))


def _item(verdict: Verdict) -> CheckItem:
    return CheckItem(
        asked=verdict.asked,
        kind=verdict.kind,
        verdict=verdict.verdict,
        sentence=verdict.sentence,
        what=verdict.what,
        why=verdict.why,
    )
