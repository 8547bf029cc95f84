"""Pure rules of deliveries: what an answer means, when something is tried again, how targets read.

The rule behind all of them: only what certainly was not accepted is sent again by itself.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOON, later
from trustops.channels.rules import (
    BACKOFF,
    CLAIM_TTL,
    MOST_ATTEMPTS,
    SEND_DEADLINE,
    STATE_WORDS,
    TARGET_STRAIN,
    UNDECIDED,
    DeliveryState,
    Outcome,
    Target,
    apprise_target,
    outcome_of_answer,
    outcome_of_reply,
    settlement,
    split_urls,
)

ATTEMPTS = st.integers(min_value=0, max_value=MOST_ATTEMPTS + 5)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, DeliveryState.SENT),
        (204, DeliveryState.SENT),
        (299, DeliveryState.SENT),
        (300, DeliveryState.REJECTED),
        (302, DeliveryState.REJECTED),
        (400, DeliveryState.REJECTED),
        (401, DeliveryState.REJECTED),
        (404, DeliveryState.REJECTED),
        (408, DeliveryState.NOT_SENT),
        (410, DeliveryState.REJECTED),
        (425, DeliveryState.NOT_SENT),
        (429, DeliveryState.NOT_SENT),
        (499, DeliveryState.REJECTED),
        (500, DeliveryState.NOT_SENT),
        (501, DeliveryState.UNKNOWN),
        (502, DeliveryState.NOT_SENT),
        (503, DeliveryState.NOT_SENT),
        (504, DeliveryState.NOT_SENT),
        (520, DeliveryState.UNKNOWN),
        (199, DeliveryState.UNKNOWN),
        (999, DeliveryState.UNKNOWN),
    ],
)
def test_what_an_http_answer_means(status: int, state: DeliveryState) -> None:
    """Accepted, refused, failed by its own word, or nobody knows."""
    outcome = outcome_of_answer(status)
    assert outcome.state is state
    assert outcome.reason == (
        "" if state is DeliveryState.SENT else f"The receiver answered {status}."
    )


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (421, DeliveryState.NOT_SENT),
        (451, DeliveryState.NOT_SENT),
        (500, DeliveryState.REJECTED),
        (550, DeliveryState.REJECTED),
        (599, DeliveryState.REJECTED),
        (354, DeliveryState.UNKNOWN),
        (600, DeliveryState.UNKNOWN),
        (-1, DeliveryState.UNKNOWN),
    ],
)
def test_what_an_smtp_reply_means(code: int, state: DeliveryState) -> None:
    """Its first digit says whether later helps."""
    outcome = outcome_of_reply(code, "DATA")
    assert outcome.state is state
    assert outcome.reason == f"The mail server answered {code} to DATA."


def test_each_wait_is_longer_until_the_attempts_are_used_up() -> None:
    """15 s, 1 min, 5 min, 15 min, 1 h and on, about a day in all; then a person is asked."""
    outcome = Outcome.not_sent("The receiver answered 503.")
    waits = [
        settlement(outcome, attempts=attempt, now=NOON).next_try_at - NOON
        for attempt in range(1, MOST_ATTEMPTS)
    ]
    assert waits == list(BACKOFF)
    assert waits[:5] == [timedelta(seconds=s) for s in (15, 60, 300, 900, 3600)]
    assert waits == sorted(waits)
    assert timedelta(hours=20) < list(accumulate(waits))[-1] < timedelta(hours=30)
    last = settlement(outcome, attempts=MOST_ATTEMPTS, now=NOON)
    assert (last.state, last.final) == (DeliveryState.NOT_SENT, True)
    assert last.note == "The receiver answered 503."


@given(ATTEMPTS, st.sampled_from([Outcome.sent(), Outcome.rejected("no"), Outcome.unknown("?")]))
def test_only_what_was_not_sent_is_ever_queued_again(attempts: int, outcome: Outcome) -> None:
    """Sent, refused and unknown are final on every attempt."""
    decided = settlement(outcome, attempts=attempts, now=NOON)
    assert decided.state is outcome.state
    assert decided.final


@given(ATTEMPTS, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)))
def test_a_wait_that_is_asked_for_is_kept_within_reason(attempts: int, wait: timedelta) -> None:
    """Never sooner than our own schedule, never more than an hour later than it."""
    asked = settlement(Outcome.not_sent("429", retry_after=wait), attempts=attempts, now=NOON)
    plain = settlement(Outcome.not_sent("429"), attempts=attempts, now=NOON)
    assert asked.state is plain.state
    assert plain.next_try_at <= asked.next_try_at
    assert asked.next_try_at <= max(plain.next_try_at, later(hours=1))
    if not asked.final and wait <= timedelta(hours=1):
        assert asked.next_try_at >= NOON + wait


@pytest.mark.parametrize(
    ("outcome", "strain"),
    [
        (Outcome.sent(), 0),
        (Outcome.rejected("no"), 0),
        (Outcome.not_sent("refused"), 0),
        (Outcome.not_sent("slow", timed_out=True), 1),
        (Outcome.unknown("slow", timed_out=True), 1),
        (Outcome.not_sent("429", retry_after=timedelta(0)), TARGET_STRAIN),
    ],
)
def test_a_target_that_is_slow_or_asks_to_wait_is_strained(outcome: Outcome, strain: int) -> None:
    """Two timeouts, or one request to wait, and it is left alone for the rest of the run."""
    assert outcome.strain == strain


def test_a_claim_outlives_every_send() -> None:
    """Else a row could be given up while its message is still on the way."""
    assert CLAIM_TTL > 5 * SEND_DEADLINE


def test_every_state_has_its_words_and_the_undecided_ones_are_final() -> None:
    """A person decides on what ended without being sent."""
    assert set(STATE_WORDS) == set(DeliveryState)
    assert {"rejected", "not_sent", "unknown"} == UNDECIDED


def test_urls_are_parted_where_the_next_one_begins() -> None:
    """Commas and spaces inside an Apprise URL belong to it."""
    text = (
        "json://one.example/?+X=a,b\n"
        "tgram://token/1,2, discord://id/key  mailto://u:p@h?name=My Desk,\n\n"
        "json://one.example/?+X=a,b\n"
    )
    assert split_urls(text) == (
        "json://one.example/?+X=a,b",
        "tgram://token/1,2",
        "discord://id/key",
        "mailto://u:p@h?name=My Desk",
    )
    assert split_urls(" \n , ") == ()


def test_the_name_of_an_apprise_url_tells_the_service_and_no_more() -> None:
    """It hangs on the URL and the instance's key, not on the order in the setting."""
    url = "discord://4711/very-secret-token"
    name = apprise_target(url, "key")
    assert name == apprise_target(url, "key")
    assert name.startswith("discord-")
    assert len(name) == len("discord-") + 8
    assert name != apprise_target(url, "another key")
    assert name != apprise_target(url + "x", "key")


def test_a_target_is_named_by_channel_and_target() -> None:
    """A channel with one target needs no second name."""
    assert Target("email", "ops@example.org").label == "email:ops@example.org"
    assert Target("webhook", "webhook").label == "webhook"
