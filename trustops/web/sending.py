"""A form of a page that is sent twice does its work once.

A page carries a fresh random key in a hidden field. What a form led to is remembered under the
browser, that key and what the form says, in the rows of `web.idempotency`: of two sendings at
once the database lets one through, and the other leads to its result. A form that says something
else is another one, whatever key it carries, so that nobody's correction is lost
(docs/decisions/0027).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask import session as browser

from trustops.keys import token_hash
from trustops.web import context
from trustops.web.idempotency import remember, remembered

FIELD = "form_key"
"""The hidden field; a page from before there was one, or a program, may leave it out."""

_KEY_BYTES = 16


def form_key() -> str:
    """A fresh key for a form on a page: 128 random bits in hexadecimal."""
    return secrets.token_hex(_KEY_BYTES)


@dataclass(frozen=True, slots=True)
class Sending:
    """One form as this request sends it; `key` is empty where its page carried none."""

    browser: str
    key: str

    def before(self) -> dict[str, Any] | None:
        """What the same form led to when it was sent before; None when this is the first time.

        Then the form is taken within this transaction: do the work, and `note` what it made
        before anything else answers. A refusal gives it back.
        """
        if not self.key:
            return None
        return remembered(
            context.session(),
            context.settings(),
            context.clock().now(),
            client=self.browser,
            key=self.key,
            body=None,
        )

    def note(self, result: Mapping[str, object]) -> None:
        """Note what the form made, by name: no words and no link."""
        if self.key:
            remember(
                context.session(),
                context.settings(),
                client=self.browser,
                key=self.key,
                result=result,
            )


def sending_of(asked: Mapping[str, object]) -> Sending:
    """The form of this request; `asked` is what it says, tidied, as JSON data.

    The browser is known by its CSRF secret, and not by its address, which changes under way.
    """
    carried = request.form.get(FIELD, "")
    said = json.dumps([carried, request.endpoint, request.view_args, asked], sort_keys=True)
    return Sending(f"browser:{browser.get('csrf_token', '')}", token_hash(said) if carried else "")
