"""A text is counted as Mastodon counts it, and made to fit without losing the link."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustops.channels.networks.mastodon.length import length
from trustops.channels.rules import PostLimits
from trustops.posts.lengths import fit

LIMITS = PostLimits()
LINK = "https://desk.example.org/heartbeats/2026-W47"


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("", 0),
        ("heartbeat", 9),
        (LINK, 23),
        ("https://a.example", 23),
        (f"See {LINK}.", 28),
        (f"{LINK} {LINK}", 47),
        ("http://127.0.0.1:8000/heartbeats/2026-W47", 41),
        ("@desk@social.example.org", 5),
        ("mail@example.org", 16),
        ("한국어", 3),
        ("迁移", 2),
        ("e\u0301", 1),
        ("a\u20dd", 1),
        ("🎉", 1),
        ("line\nline", 9),
    ],
)
def test_a_text_has_as_many_characters_as_mastodon_counts(text: str, characters: int) -> None:
    """A link counts 23 whatever its length, an account only its local part."""
    assert length(text, LIMITS) == characters


def test_what_is_no_link_to_the_network_counts_in_full() -> None:
    """A text is never taken for shorter than it is there."""
    assert length("https://localhost/heartbeats/2026-W47", LIMITS) == 37


def test_the_server_says_what_a_link_counts() -> None:
    """Limits are those of the instance."""
    assert length(LINK, PostLimits(link=30)) == 30


def test_what_fits_stays_whole() -> None:
    """With the link in a line of its own."""
    assert fit(f"One.\nTwo.\n{LINK}\n", LIMITS, length) == f"One.\nTwo.\n\n{LINK}"


def test_the_least_important_lines_are_left_out_first() -> None:
    """The link stays, and so does what stands first."""
    text = "\n".join(("a" * 200, "b" * 200, "c" * 200, LINK))
    assert fit(text, LIMITS, length) == f"{'a' * 200}\n{'b' * 200}\n\n{LINK}"


def test_a_first_line_that_is_too_long_is_cut() -> None:
    """And says that it was."""
    made = fit(f"{'word ' * 200}\n{LINK}", LIMITS, length)
    assert length(made, LIMITS) <= 500
    assert made.endswith(f"word…\n\n{LINK}")


def test_a_link_alone_is_a_text() -> None:
    """Nothing is put before it."""
    assert fit(LINK, LIMITS, length) == LINK
    assert fit(f"{'a' * 90}\n{LINK}", PostLimits(characters=23), length) == LINK


def test_a_network_without_room_for_the_link_is_refused() -> None:
    """A heartbeat without its permalink is none."""
    with pytest.raises(ValueError, match="not even the link"):
        fit(f"Words.\n{LINK}", PostLimits(characters=10), length)


@given(st.lists(st.text(min_size=1, max_size=300), max_size=8))
def test_whatever_is_written_fits_and_keeps_the_link(lines: list[str]) -> None:
    """For every text there is."""
    made = fit("\n".join((*lines, LINK)), LIMITS, length)
    assert length(made, LIMITS) <= 500
    assert made.splitlines()[-1] == LINK
