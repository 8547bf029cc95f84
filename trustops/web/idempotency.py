"""`Idempotency-Key`: a client may send the same write again and gets the same result.

The row that remembers a key is written in the transaction of the change, and first of all in it:
of two requests at once the database lets one through, the other waits for it and answers with
its result. If the first one fails, its row is gone too and the second does the work.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from trustops.db import insert_new
from trustops.errors import ConflictError, FieldError, InvalidInputError
from trustops.keys import keyed_hash
from trustops.settings import Settings
from trustops.web.models import IdempotentRequest

LONGEST_KEY = 255
HEADER = "Idempotency-Key"


def remembered(
    session: Session,
    settings: Settings,
    now: datetime,
    *,
    client: str,
    key: str,
    body: object,
) -> dict[str, Any] | None:
    """What the first request with this key led to; None when this one is the first.

    When it is, the key is now taken within this transaction, and the caller hands the result to
    `remember` before it ends. Call it before anything else is written.

    Args:
        session: the request's session; on SQLite it has begun as a writer.
        settings: for the secret key.
        now: the present instant.
        client: who sends it, such as a token's public id or `client_key()`; keys of two
            clients never meet.
        key: the value of the header.
        body: what was asked for, as JSON data; only a keyed hash of it is kept.

    Raises:
        InvalidInputError: the key is empty, too long or not printable ASCII.
        ConflictError: the same key came before with another body.
    """
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        sentence = f"Use 1 to {LONGEST_KEY} printable ASCII characters."
        raise InvalidInputError(errors=[FieldError(HEADER, sentence)])
    row = {
        "client": _client(settings, client),
        "key_hash": _key(settings, key),
        "body_hash": _body(settings, body),
        "result": {},
        "created_at": now,
    }
    if _take(session, row):
        return None
    before = session.execute(
        select(IdempotentRequest.body_hash, IdempotentRequest.result).where(
            IdempotentRequest.client == row["client"],
            IdempotentRequest.key_hash == row["key_hash"],
        )
    ).one()
    if before.body_hash != row["body_hash"]:
        raise ConflictError(f"This {HEADER} was used before, for another request.")
    if not before.result:
        raise RuntimeError("a write took an Idempotency-Key and did not say what it made")
    result: dict[str, Any] = before.result
    return result


def remember(
    session: Session, settings: Settings, *, client: str, key: str, result: Mapping[str, object]
) -> None:
    """Note what the first request with a key made: names of things, no words and no link."""
    session.execute(
        update(IdempotentRequest)
        .where(
            IdempotentRequest.client == _client(settings, client),
            IdempotentRequest.key_hash == _key(settings, key),
        )
        .values(result=dict(result))
    )


def forget_old(session: Session, before: datetime, *, most: int) -> int:
    """Forget so many keys that were first used before an instant, the oldest; gives how many."""
    old = (
        select(IdempotentRequest.id)
        .where(IdempotentRequest.created_at < before)
        .order_by(IdempotentRequest.created_at)
        .limit(most)
    )
    done = session.execute(delete(IdempotentRequest).where(IdempotentRequest.id.in_(old)))
    return done.rowcount if isinstance(done, CursorResult) else 0


def _take(session: Session, row: dict[str, Any]) -> bool:
    """Insert the row unless the key is taken; waits for another request that is taking it."""
    return insert_new(session, IdempotentRequest, row, unique=["client", "key_hash"]) is not None


def _client(settings: Settings, client: str) -> str:
    return keyed_hash(settings, "idempotency-client", client)


def _key(settings: Settings, key: str) -> str:
    return keyed_hash(settings, "idempotency-key", key)


def _body(settings: Settings, body: object) -> str:
    """A keyed hash of the body's meaning: the order of names and the spaces do not count."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return keyed_hash(settings, "idempotency-body", text)
