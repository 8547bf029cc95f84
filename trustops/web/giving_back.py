"""Gives back what a person typed when it cannot be taken, so that no words are lost."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from flask import request

from trustops.guard import PLACE_LEFT, without_secrets
from trustops.web.context import settings
from trustops.web.identity import SAFE_METHODS
from trustops.web.names import KNOWN_NAMES
from trustops.web.origin import Sender, sender

_SECRET = re.compile(r"password|token|secret|key|code|csrf")


@dataclass(frozen=True, slots=True)
class Typed:
    """The words of one field of the form that was sent."""

    field: str
    text: str


def words_left(text: str, *, is_doubted: bool) -> str:
    """The words of a field without what may be a secret.

    Nothing where the field `is_doubted` and alone holds nothing: then it is a piece.
    """
    left = without_secrets(text, PLACE_LEFT)
    return "" if is_doubted and left == text else left


def typed_words(*, doubted: Collection[str] = ()) -> list[Typed]:
    """The words of the form that was sent, when it surely came from a page of ours.

    The guard has looked at them before. Passwords and their like are left out, and so is
    everything where another site may have sent the form: nobody puts words on our pages. Where
    fields are `doubted`, what may be a secret is taken out.
    """
    if request.method in SAFE_METHODS or sender(settings()) is not Sender.OURS:
        return []
    sent = [
        (name, words_left(text, is_doubted=name in doubted) if doubted else text)
        for name, text in request.form.items(multi=True)
        if name in KNOWN_NAMES and not _SECRET.search(name)
    ]
    return [Typed(name, text.strip()) for name, text in sent if text.strip()]
