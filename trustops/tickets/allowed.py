"""What words to a holder may name and promise at this request."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from trustops.chain.packs import facts as facts_of
from trustops.chain.schema import Pack
from trustops.content import Content
from trustops.content.outgoing import told_by
from trustops.exchanges.told import ExchangeFacts
from trustops.guard.outgoing import Allowed
from trustops.official.outgoing import allowed_by
from trustops.official.rules import host_of_desk
from trustops.official.store import OfficialStore
from trustops.official.values import Manifest
from trustops.sla.rules import FIRST_RESPONSE
from trustops.tickets.models import Ticket
from trustops.tickets.ours import PackStore
from trustops.web import context


def allowed_now(ticket: Ticket | None = None) -> Allowed:
    """What words on a ticket may name and promise: official things, its requester's own, facts."""
    official = context.part(OfficialStore).current(context.session(), context.clock().now())
    return allowed_for(
        official.manifest,
        context.part(PackStore).current(),
        base_url=context.settings().base_url,
        target=context.part(Content).policy(FIRST_RESPONSE).target,
        ticket=ticket,
        exchanges=context.part(ExchangeFacts).current(),
    )


def allowed_for(
    manifest: Manifest | None,
    pack: Pack | None,
    *,
    base_url: str,
    target: timedelta,
    ticket: Ticket | None = None,
    exchanges: Collection[str] = (),
) -> Allowed:
    """What words may name and promise.

    Args:
        manifest: the verified list; None while it is withheld.
        pack: the published migration, with its dates and its ratio.
        base_url: where this desk is.
        target: in which time a person answers first.
        ticket: the one that the words are on; None for words to everybody.
        exchanges: what the files of exchanges say.
    """
    own = (ticket.wallet, ticket.wallet_as_written, ticket.tx_hash) if ticket else ()
    facts = told_by(facts_of(pack) if pack else (), target) | frozenset(exchanges)
    return allowed_by(manifest, own_host=host_of_desk(base_url), own=own, facts=facts)
