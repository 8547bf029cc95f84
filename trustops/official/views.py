"""`/check`: whether an address, a link, an account or all of a pasted message is ours; no script.

The form posts, so that what somebody looks up stands in no address; `?q=` remains for links.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Blueprint, render_template, request

from trustops.errors import SecretDoubtedError, SecretFoundError
from trustops.official.accounts import network_shown
from trustops.official.answered import without_operator
from trustops.official.direct import DirectTransfers
from trustops.official.listing import ChainTitles, ListedAddresses, listed_addresses
from trustops.official.marking import defanged
from trustops.official.question import is_plain_address, with_unseen_shown
from trustops.official.rules import check_all, could_not_check, host_of_desk, names_desk
from trustops.official.store import OfficialStore
from trustops.official.values import Manifest, Official, Verdict
from trustops.web import context
from trustops.web.access import public
from trustops.web.giving_back import words_left
from trustops.web.limits import LOOK_UP, limited
from trustops.web.pages import Standing

blueprint = Blueprint("official", __name__, template_folder="templates")
blueprint.add_app_template_filter(network_shown)
blueprint.add_app_template_filter(with_unseen_shown)
blueprint.add_app_template_filter(is_plain_address)
blueprint.add_app_template_filter(defanged)

QUERY = "q"
_LONGEST_SHOWN = 500
"""Characters of a question that is shown again beside its answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict, and everything that was asked of which it is true."""

    verdict: Verdict
    things: Sequence[str]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Context of `official/check.html`. `verdict` is None until something was asked.

    `verdict` is the worst of `verdicts`, which are several where a message was pasted; each names
    the piece that it is about, so the message itself is not shown again. `query` is a single
    question as it was typed.
    `address` is that of this page as the settings have it, whatever host a request names;
    `is_listed` says whether the trusted list names its host. `listed` are its addresses; None where
    there is no trusted list.
    `withheld` says why nothing can be judged; it is empty while all is well. Where the
    guard asks what something is (`question`), `left` are the words without it.
    """

    query: str
    verdict: Verdict | None
    verdicts: tuple[Verdict, ...]
    manifest: Manifest | None
    withheld: str
    checked_at: datetime
    address: str
    is_listed: bool
    listed: ListedAddresses | None
    secret_advice: str = ""
    question: str = ""
    left: str = ""

    @property
    def answers(self) -> Sequence[Answer]:
        """The verdicts in their order, those that say the same told once."""
        if self.query:
            return [Answer(one, (self.query,)) for one in self.verdicts]
        things: dict[Verdict, list[str]] = {}
        for one in self.verdicts:
            things.setdefault(replace(one, asked=""), []).append(one.asked)
        return [Answer(one, tuple(filter(None, asked))) for one, asked in things.items()]


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


def judge(official: Official, text: str) -> tuple[Verdict, ...]:
    """The verdicts on all that a text holds, the worst first; at least one.

    Without a trusted manifest nothing is judged.
    """
    own_host = host_of_desk(context.settings().base_url)
    if official.manifest is None:
        return (could_not_check(text, official.sentence, own_host=own_host),)
    return check_all(
        text,
        official.manifest,
        own_host=own_host,
        means=context.part(DirectTransfers).current(),
        chains=context.part(ChainTitles).current(),
    )


def _listed(manifest: Manifest | None) -> ListedAddresses | None:
    if manifest is None:
        return None
    means = context.part(DirectTransfers).current()
    return listed_addresses(manifest, means, context.part(ChainTitles).current())


def _page(query: str, *, secret_advice: str = "", question: str = "", left: str = "") -> str:
    official, base_url = official_now(), context.settings().base_url
    asked = query.strip()
    verdicts = judge(official, asked) if asked else ()
    page = CheckPage(
        query=asked if len(verdicts) == 1 and len(asked) <= _LONGEST_SHOWN else "",
        verdict=verdicts[0] if verdicts else None,
        verdicts=verdicts,
        manifest=official.manifest,
        withheld=official.sentence,
        checked_at=official.checked_at,
        address=f"{base_url}/check",
        is_listed=official.manifest is not None and names_desk(official.manifest, base_url),
        listed=_listed(official.manifest),
        secret_advice=secret_advice,
        question=question,
        left=left,
    )
    return render_template("official/check.html", page=page)
