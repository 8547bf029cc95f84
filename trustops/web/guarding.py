"""The guard at the door: it sees every text of a request before anything is stored or logged.

A find is answered with 422 and advice. Nothing of it is kept but an event that names the kind of
secret, the part of the request and the route.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from flask import g, make_response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response

from trustops.db import Actor, db, record, start_writing
from trustops.errors import SecretFoundError, TrustOpsError
from trustops.guard import (
    Finding,
    SecretKind,
    find_secrets,
    is_keystore,
    only_doubts,
    refusal,
    scan,
)
from trustops.logs import get_logger
from trustops.web import context
from trustops.web.texts import HEADER, TRANSACTION, Place, places
from trustops.web.validation import WHOLE

REFUSED = "guard.refused"
DOUBTED = "guard.doubted"
MOST_EVENTS = 60
"""Events a minute and process; whoever pours secrets over us does not fill the history."""

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FormRefusals:
    """Views that show their form again, without the secret: by the name of the route.

    Each gets the refusal, whose `errors` name the fields at fault (`request` for any other place
    than a known field), and gives the answer; its status becomes 422.
    """

    by_endpoint: Mapping[str, Callable[[SecretFoundError], ResponseReturnValue]] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class AdmittedRefusals:
    """What is done beside a refusal once it is known who asks: by the name of the route.

    Each gets the refusal, which is raised afterwards. Nothing is done where whoever asks may not
    use the route; they read of the refusal alone.
    """

    by_endpoint: Mapping[str, Callable[[SecretFoundError], None]] = field(default_factory=dict)


@dataclass(slots=True)
class RefusalCount:
    """Counts the events of this minute, so that they stay few."""

    minute: int = -1
    count: int = 0

    def one_more(self, minute: int) -> bool:
        """Whether another event may be written in a minute."""
        if minute != self.minute:
            self.minute, self.count = minute, 0
        self.count += 1
        return self.count <= MOST_EVENTS


def look() -> Response | None:
    """Look at the request; gives the answer of a form that shows itself again.

    A doubtful find is answered last, when nothing else in the request is certain: only then may
    the other words come back.

    Raises:
        SecretFoundError: something in it looks like a recovery phrase or a key.
        SecretDoubtedError: something may be a key or a transaction hash, or a phrase or a sentence.
        InvalidInputError: a text is too long, or cannot be stored.
        HTTPException: the body is too large, malformed, or of a kind that nobody reads.
    """
    doubt: tuple[Place, tuple[Finding, ...]] | None = None
    for place in places():
        if place.too_much:
            raise RequestEntityTooLarge
        found = _scan(place)
        if found and not only_doubts(found):
            return _refuse(place, found)
        if found:
            doubt = doubt or (place, found)
        elif place.refusal is not None:
            raise place.refusal
    return _refuse(*doubt) if doubt else None


def _scan(place: Place) -> tuple[Finding, ...]:
    """What the guard finds in a part of the request, under the names of its fields.

    Headers are looked at one by one: together they are no text of anybody, and the many short
    words of a browser would come close to a phrase.
    """
    if place.name == HEADER:
        return tuple(
            finding for text in place.texts for finding in find_secrets(text.text, field=text.field)
        )
    found = scan(
        [(text.field, text.text) for text in place.texts],
        transaction_fields=frozenset({TRANSACTION}),
    )
    if is_keystore(place.whole):
        return (*found, Finding(SecretKind.KEYSTORE, WHOLE))
    return found


def _refuse(place: Place, found: tuple[Finding, ...]) -> Response | None:
    """Write the event, then refuse or ask: by the form itself where it has a way to."""
    _note(place, found)
    error = refusal(found)
    if request.endpoint in context.part(AdmittedRefusals).by_endpoint:
        g.refusal = error
        return None
    show = context.part(FormRefusals).by_endpoint.get(request.endpoint or "")
    if show is None:
        raise error
    response = make_response(show(error))
    response.status_code = error.status
    return response


def refuse_admitted(admit: Callable[[], object]) -> None:
    """Raise the refusal that waits for whoever asks to be known, after what is done beside it.

    `admit` gives nothing where they may use the route, and raises or answers where they may not.

    Raises:
        SecretFoundError: the guard found something in the request.
    """
    error: SecretFoundError | None = g.get("refusal")
    if error is None:
        return
    try:
        if admit() is None:
            context.part(AdmittedRefusals).by_endpoint[request.endpoint or ""](error)
    except (TrustOpsError, HTTPException):
        raise error from None
    raise error


def _note(place: Place, found: tuple[Finding, ...]) -> None:
    """Record what kind of secret came where, in a short transaction of its own."""
    now = context.clock().now()
    kinds = sorted({item.kind.value for item in found})
    endpoint = request.endpoint or "-"
    event = DOUBTED if only_doubts(found) else REFUSED
    _log.warning(event, kinds=kinds, place=place.name, endpoint=endpoint)
    if not context.part(RefusalCount).one_more(int(now.timestamp() // _MINUTE_SECONDS)):
        return
    try:
        with Session(db.engine) as own:
            start_writing(own)
            record(
                own,
                now,
                event,
                subject="guard",
                actor=Actor("system", "guard"),
                data={"kinds": kinds, "place": place.name, "endpoint": endpoint},
            )
            own.commit()
    except SQLAlchemyError as error:
        _log.error("guard event not written", exc_info=error)


_MINUTE_SECONDS = timedelta(minutes=1).total_seconds()
