"""What the requester's pages show: the context of each template, and how it is filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import render_template, request, url_for

from trustops.content import Chain, Content, Topic
from trustops.content.chain_names import chain_shown
from trustops.official.marking import Marker
from trustops.tickets import links
from trustops.tickets.conversation import Part, newest_message, part_of
from trustops.tickets.links import DeadLinkError
from trustops.tickets.marking import marker_now
from trustops.tickets.models import Message, Ticket
from trustops.tickets.ours import wallet_now
from trustops.tickets.requests import act_of_requester
from trustops.tickets.rules import HURRIED_TOPICS, Author, Purpose, Status, reopens
from trustops.tickets.taken_out import Run, in_runs
from trustops.tickets.wallets import TO_HOLDER, WalletLine
from trustops.tickets.wording import (
    LABELS,
    LANGUAGES,
    OTHER_CHAIN,
    RequesterState,
    label_of_words,
    masked_address,
    sentence_about,
    state_for_requester,
)
from trustops.web import context
from trustops.web.giving_back import Typed, typed_words


@dataclass(frozen=True, slots=True)
class SupportForm:
    """Context of `tickets/support.html`: what is offered, what was typed, what needs mending.

    `errors` hold one sentence a field; `request` names the form as a whole. `labels` are what
    stands above the fields.
    """

    topics: Sequence[Topic]
    chains: Sequence[Chain]
    locales: Sequence[str]
    promise_hours: float
    mail_works: bool
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    secret_advice: str = ""
    question: str = ""
    labels: Mapping[str, str] = field(default_factory=lambda: LABELS)

    @property
    def topic_choices(self) -> list[tuple[str, str]]:
        """What the ticket can be about: value and words."""
        return [(topic.id, topic.title) for topic in self.topics]

    @property
    def topic_hint(self) -> str:
        """What helps with the topic that is chosen, or nothing."""
        chosen = self.values.get("topic")
        return next((topic.hint for topic in self.topics if topic.id == chosen), "")

    @property
    def chain_choices(self) -> list[tuple[str, str]]:
        """The chains that content names, and one for all others."""
        return [*((chain.id, chain.title) for chain in self.chains), OTHER_CHAIN]

    @property
    def language_choices(self) -> list[tuple[str, str]]:
        """Languages by the names that their speakers know."""
        return [(locale, LANGUAGES.get(locale, locale)) for locale in self.locales]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why words were not added: the sentence, what comes back into the field, or advice.

    With a `question` the advice asks what something is, and the other words come back.
    """

    error: str = ""
    typed: str = ""
    secret_advice: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class FollowPage:
    """Context of `tickets/follow.html`. `link` is the address of this page, to be kept.

    `masked_email` is empty where no address was given; the address itself is not shown.
    `wallet_note` says why the wallet is none, and what to do; it is empty where all is well.
    `answer` is what staff said last, `own` what the requester did; `part` is the newest part of
    the conversation, or an earlier one. `marker` marks what words name, and `is_urgent` puts what
    to do first above all else.
    `due_at` is by when a person answers; the promise covers a first answer alone, so for a message
    that came after one (`asked_again`) it is what we mean to keep.
    """

    ticket: Ticket
    wallet: WalletLine | None
    wallet_note: str
    topic_title: str
    chain_title: str | None
    state: RequesterState
    due_at: datetime | None
    asked_again: bool
    answer: Message | None
    own: Message | None
    part: Part
    marker: Marker
    link: str
    link_ends_at: datetime
    token: str
    masked_email: str
    may_write: bool
    words_label: str
    is_urgent: bool
    mail_works: bool
    now: datetime
    trouble: Trouble

    @property
    def past(self) -> list[Run[Message]]:
        """All messages of the part but our newest answer, the newest first."""
        answered = self.answer.id if self.answer else None
        runs = in_runs(
            self.part.messages[::-1],
            words=lambda one: one.body,
            author=lambda one: f"{one.author_kind} {one.author_name}",
        )
        return [run for run in runs if [one.id for one in run.entries] != [answered]]


@dataclass(frozen=True, slots=True)
class NewLinkPage:
    """Context of `tickets/new_link.html`."""

    sent: bool = False
    mail_works: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=lambda: LABELS)


@dataclass(frozen=True, slots=True)
class DeadLinkPage:
    """Context of `tickets/dead_link.html`: what the link was for, and words that came with it."""

    confirms: bool
    mail_works: bool
    typed: Sequence[Typed]


def show_form(
    *,
    values: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    secret_advice: str = "",
    question: str = "",
) -> str:
    """The form with what was typed; the language is the browser's until somebody chooses.

    `errors` are those of `FieldError`: the field's name, and words that follow its name.
    """
    content = context.part(Content)
    language = request.accept_languages.best_match(content.locales, default="en")
    return render_template(
        "tickets/support.html",
        page=SupportForm(
            topics=content.topics,
            chains=content.chains,
            locales=content.locales,
            promise_hours=act_of_requester().policy.target.total_seconds() / 3600,
            mail_works=bool(context.settings().smtp_url),
            values={**values, "locale": values.get("locale") or language},
            errors={name: sentence_about(name, words) for name, words in (errors or {}).items()},
            secret_advice=secret_advice,
            question=question,
        ),
    )


def show_ticket(
    ticket: Ticket, token: str, trouble: Trouble | None = None, *, until: int | None = None
) -> str:
    """A ticket as its requester sees it; `until` is where an earlier part of a long one ends.

    Raises:
        NotFoundError: the token is not that of a private link.
    """
    now = context.clock().now()
    session = context.session()
    content = context.part(Content)
    status = Status(ticket.status)
    may_write = reopens(status, ticket.closed_at, now)
    wallet = wallet_now(ticket)
    answer = newest_message(session, ticket.id, Author.AGENT)
    own = newest_message(session, ticket.id, Author.REQUESTER)
    asked_again = answer is not None and own is not None and own.id > answer.id
    due_at = ticket.queue_at if asked_again else ticket.due_at
    return render_template(
        "tickets/follow.html",
        page=FollowPage(
            ticket=ticket,
            wallet=wallet,
            wallet_note=TO_HOLDER[wallet.note] if wallet and wallet.note else "",
            topic_title=content.topic_title(ticket.topic),
            chain_title=_chain_title(content, ticket.chain),
            state=state_for_requester(
                status,
                due_at=due_at,
                answered=ticket.first_replied_at is not None,
                now=now,
                asked_again=asked_again,
                may_write=may_write,
            ),
            due_at=due_at,
            asked_again=asked_again,
            answer=answer,
            own=own,
            part=part_of(session, ticket.id, public_only=True, until=until),
            marker=marker_now(ticket, for_holder=True),
            link=context.settings().base_url + url_for("tickets.follow", token=token),
            link_ends_at=links.open_link(session, now, token, Purpose.VIEW).expires_at,
            token=token,
            masked_email=masked_address(ticket.email) if ticket.email else "",
            may_write=may_write,
            is_urgent=ticket.topic in HURRIED_TOPICS,
            words_label=label_of_words(ended=ticket.closed_at is not None),
            mail_works=bool(context.settings().smtp_url),
            now=now,
            trouble=trouble or Trouble(),
        ),
    )


def show_new_link(
    *,
    sent: bool = False,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> str:
    """The form for a new link, or the sentence that follows it."""
    return render_template(
        "tickets/new_link.html",
        page=NewLinkPage(
            sent=sent,
            mail_works=bool(context.settings().smtp_url),
            values=values or {},
            errors={name: sentence_about(name, words) for name, words in (errors or {}).items()},
        ),
    )


def show_dead_link(error: DeadLinkError) -> tuple[str, int]:
    """What became of a link that opens nothing, and what to do; with the words that were sent."""
    page = DeadLinkPage(
        confirms=error.purpose is Purpose.CONFIRM,
        mail_works=bool(context.settings().smtp_url),
        typed=typed_words(),
    )
    return render_template("tickets/dead_link.html", page=page), error.status


def _chain_title(content: Content, chain_id: str | None) -> str | None:
    """What people call a chain; None where none was named."""
    titles = dict([*((chain.id, chain.title) for chain in content.chains), OTHER_CHAIN])
    return chain_shown(chain_id, titles) if chain_id else None
