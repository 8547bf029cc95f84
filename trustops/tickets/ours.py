"""What the wallets of tickets are judged by: the published pack, and the signed manifest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from trustops.addresses import read, spelled
from trustops.chain.packs import find_pack, own_addresses
from trustops.chain.schema import Pack
from trustops.content import ContentError
from trustops.content.versions import PACKS
from trustops.official.store import OfficialStore
from trustops.official.values import Manifest
from trustops.tickets.models import Ticket
from trustops.tickets.wallets import Surroundings, WalletLine, WalletNote, note_on, wallet_line
from trustops.web import context

_Mark = tuple[int, int, int] | None


def surroundings(pack: Pack | None, manifest: Manifest | None) -> Surroundings:
    """What a pack and a manifest say of chains and addresses; a missing one says nothing."""
    own = dict((*_of_pack(pack), *_of_manifest(manifest)))
    return Surroundings({chain.name: chain.kind for chain in pack.chains} if pack else {}, own)


def _of_pack(pack: Pack | None) -> Iterator[tuple[str, WalletNote]]:
    if pack is None:
        return
    for address in own_addresses(pack):
        yield address, WalletNote.OWN_CONTRACT
    for address in pack.sink.addresses if pack.sink.kind == "dead" else ():
        yield spelled(address), WalletNote.BURNT
    for token in pack.tokens:
        yield spelled(token.address), WalletNote.OWN_TOKEN


def _of_manifest(manifest: Manifest | None) -> Iterator[tuple[str, WalletNote]]:
    if manifest is None:
        return
    for contract in manifest.contracts:
        yield spelled(contract.address), WalletNote.OWN_CONTRACT
    for token in manifest.tokens:
        yield spelled(token.address), WalletNote.OWN_TOKEN


class PackStore:
    """The published pack for dynamic pages, read again when its file changes."""

    def __init__(self, content_dir: Path, migration: str) -> None:
        """Take the content folder, and the id of the pack that it publishes."""
        self._content_dir = content_dir
        self._migration = migration
        self._last: tuple[_Mark, Pack | None] | None = None

    def current(self) -> Pack | None:
        """The pack; the last one that was good where its file cannot be used now, or None."""
        mark = self._mark()
        last = self._last
        if last is not None and last[0] == mark:
            return last[1]
        try:
            pack = find_pack(self._content_dir, self._migration)
        except ContentError:
            # The pages of tickets stand whatever becomes of a file; the site's build alerts ops.
            pack = last[1] if last else None
        self._last = (mark, pack)
        return pack

    def _mark(self) -> _Mark:
        try:
            status = (self._content_dir / PACKS / f"{self._migration}.toml").stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino


def surroundings_now() -> Surroundings:
    """What wallets are judged by at this request; a withheld manifest says nothing."""
    official = context.part(OfficialStore).current(context.session(), context.clock().now())
    return surroundings(context.part(PackStore).current(), official.manifest)


def wallet_now(ticket: Ticket) -> WalletLine | None:
    """The wallet of one ticket at this request; None where it names none."""
    return None if ticket.wallet is None else wallet_of(ticket, surroundings_now())


def note_of(ticket: Ticket, around: Surroundings) -> WalletNote | None:
    """Why the wallet of a ticket is none; for lists, which have no use for its checksum."""
    typed = ticket.wallet_as_written or ticket.wallet
    return note_on(read(typed), ticket.chain, around) if typed else None


def wallet_of(ticket: Ticket, around: Surroundings) -> WalletLine | None:
    """The wallet of a ticket as pages and API show it; None where it names none."""
    return wallet_line(ticket.wallet, ticket.wallet_as_written, ticket.chain, around)
