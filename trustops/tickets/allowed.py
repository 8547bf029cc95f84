"""What an answer may name at this request."""

from __future__ import annotations

from trustops.guard.outgoing import Allowed
from trustops.official.outgoing import allowed_by
from trustops.official.rules import host_of_desk
from trustops.official.store import OfficialStore
from trustops.tickets.models import Ticket
from trustops.web import context


def allowed_now(ticket: Ticket | None = None) -> Allowed:
    """What words on a ticket may name: official things, and its requester's own."""
    official = context.part(OfficialStore).current(context.session(), context.clock().now())
    own = (ticket.wallet, ticket.wallet_as_written, ticket.tx_hash) if ticket else ()
    return allowed_by(
        official.manifest, own_host=host_of_desk(context.settings().base_url), own=own
    )
