"""Marks the words of a ticket for whoever reads them at this request."""

from __future__ import annotations

from trustops.official.listing import ChainTitles
from trustops.official.marking import Marker
from trustops.official.rules import host_of_desk
from trustops.official.store import OfficialStore
from trustops.tickets.models import Ticket
from trustops.web import context

_TO_HOLDER = ("your own wallet, as you gave it", "your own transaction, as you gave it")
_TO_STAFF = ("the requester's own wallet", "the requester's own transaction")


def marker_now(ticket: Ticket, *, for_holder: bool = False) -> Marker:
    """What marks the words on a ticket; a withheld list calls nothing ours."""
    official = context.part(OfficialStore).current(context.session(), context.clock().now())
    wallet, transaction = _TO_HOLDER if for_holder else _TO_STAFF
    own = ((ticket.wallet, wallet), (ticket.tx_hash, transaction))
    return Marker(
        official.manifest,
        host_of_desk(context.settings().base_url),
        {given: words for given, words in own if given},
        here=context.settings().base_url,
        chains=context.part(ChainTitles).current(),
    )
