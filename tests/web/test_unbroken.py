"""Words with a hyphen stay in one line, and are copied as they were written."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup, escape

from trustops.web.unbroken import unbroken


@pytest.mark.parametrize(
    ("html", "made"),
    [
        (
            "<p>Its e-mail, or E-mails</p>",
            '<p>Its <span class="nowrap">e-mail</span>, or <span class="nowrap">E-mails</span></p>',
        ),
        (
            '<a title="Your e-mail" href="/e-mail">x</a>',
            '<a title="Your e-mail" href="/e-mail">x</a>',
        ),
        ("<textarea>my e-mail</textarea>", "<textarea>my e-mail</textarea>"),
        ("<option>E-mail</option>", "<option>E-mail</option>"),
        ("<p>e-mail@example.org e-mailed some-e-mail</p>",) * 2,
        ("<p>&lt;b&gt; stays escaped</p>",) * 2,
    ],
)
def test_a_word_with_a_hyphen_is_not_broken(html: str, made: str) -> None:
    """In words that are read; never in a tag, in a field, or within a longer name."""
    assert unbroken(html) == made


def test_what_was_escaped_is_not_escaped_again() -> None:
    """Nor does what is safe lose that."""
    made = unbroken(escape("<b> e-mail"))
    assert isinstance(made, Markup)
    assert made == '&lt;b&gt; <span class="nowrap">e-mail</span>'


def test_what_is_copied_has_a_plain_hyphen() -> None:
    """No other sign stands in its place."""
    made = unbroken("<p>An e-mail address</p>")
    assert re.sub("<[^>]+>", "", made) == "An e-mail address"
