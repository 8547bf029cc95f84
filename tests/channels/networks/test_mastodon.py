"""The Mastodon adapter: one post, its key in the header, no second one after a lost answer."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests
from mastodon_mock.testing.server import MockServer

from tests.channels.receiver import (
    Behaviour,
    Receiver,
    answers,
    closed_port,
    hangs,
    listening,
    resets,
)
from tests.channels.things import claimed
from tests.conftest import NOON
from tests.fakes import FakeClock
from trustops.channels.networks.mastodon.sender import (
    LONGEST_PERMALINK,
    USUAL,
    MastodonSender,
    limits_in,
    read_limits,
)
from trustops.channels.rules import DeliveryState, Message, PostLimits
from trustops.settings import Credential

TOKEN = "hidden-token"
URL = "https://desk.example.org/heartbeats/2026-W47"
MESSAGE = Message(id="a-stable-key", subject="s", text=f"The window is open.\n\n{URL}")
SHORT = timedelta(seconds=1)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server that does what it is told."""
    with listening() as opened:
        yield opened


@pytest.fixture(scope="module")
def mock() -> Iterator[MockServer]:
    """A Mastodon server that behaves like a real one."""
    with MockServer() as server:
        yield server


def sender(port: int, token: str = TOKEN) -> MastodonSender:
    """The adapter for a local server."""
    return MastodonSender(
        f"http://127.0.0.1:{port}",
        Credential(token),
        FakeClock(NOON),
        connect_timeout=SHORT,
        read_timeout=SHORT,
    )


def says(body: object, status: int = 200) -> Behaviour:
    """Answer with JSON."""
    raw = json.dumps(body).encode()

    def act(receiver: Receiver, connection: socket.socket) -> None:
        del receiver
        head = f"HTTP/1.1 {status} So\r\nContent-Length: {len(raw)}\r\n\r\n"
        connection.sendall(head.encode() + raw)

    return act


def statuses(mock: MockServer) -> list[dict[str, Any]]:
    """What stands on the account, as anybody can read it."""
    found = requests.get(f"{mock.base_url}/api/v1/timelines/public", timeout=5).json()
    return [status for status in found if "heartbeats/2026-W47" in status["content"]]


def test_a_post_carries_text_key_and_token(receiver: Receiver) -> None:
    """The key stands in the header, where the server looks for it."""
    url = "https://social.example/@desk/7"
    receiver.will(says({"id": "7", "url": url}))
    outcome = sender(receiver.port).send(claimed("mastodon", "mastodon"), MESSAGE)
    [request] = receiver.requests
    assert request.line == "POST /api/v1/statuses HTTP/1.1"
    assert request.headers["idempotency-key"] == "a-stable-key"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    body = json.loads(request.body)
    assert body == {"status": MESSAGE.text, "visibility": "public", "language": "en"}
    assert (outcome.state, outcome.remote_id) == (DeliveryState.SENT, "7")
    assert outcome.permalink == url


@pytest.mark.parametrize(
    "lost",
    [hangs, resets, answers(500), answers(502), answers(504)],
    ids=["hangs", "resets", "500", "502", "504"],
)
def test_a_lost_answer_is_asked_for_once_more_under_the_same_key(
    receiver: Receiver, lost: Behaviour
) -> None:
    """Seconds later the server still knows the key, so there is one post either way."""
    receiver.will(lost, says({"id": "7", "url": "https://social.example/@desk/7"}))
    outcome = sender(receiver.port).send(claimed(), MESSAGE)
    assert outcome.state is DeliveryState.SENT
    assert [item.headers["idempotency-key"] for item in receiver.requests] == ["a-stable-key"] * 2


@pytest.mark.parametrize("lost", [hangs, resets, answers(500)], ids=["hangs", "resets", "500"])
def test_what_stays_unknown_is_left_to_a_person(receiver: Receiver, lost: Behaviour) -> None:
    """Two attempts within seconds, then nothing more by itself."""
    receiver.will(lost, lost)
    outcome = sender(receiver.port).send(claimed(), MESSAGE)
    assert outcome.state is DeliveryState.UNKNOWN
    assert len(receiver.requests) == 2


@pytest.mark.parametrize(
    ("answer", "state", "wait"),
    [
        (answers(429, Retry_After="90"), DeliveryState.NOT_SENT, 90),
        (answers(429), DeliveryState.NOT_SENT, None),
        (answers(503, Retry_After="5"), DeliveryState.NOT_SENT, 5),
        (answers(401), DeliveryState.REJECTED, None),
        (answers(422), DeliveryState.REJECTED, None),
        (answers(302, Location="http://elsewhere.example/"), DeliveryState.REJECTED, None),
    ],
    ids=["429 with a wait", "429", "503 with a wait", "401", "422", "302"],
)
def test_what_the_server_refuses_is_not_asked_twice(
    receiver: Receiver, answer: Behaviour, state: DeliveryState, wait: int | None
) -> None:
    """It says itself that it took nothing."""
    receiver.will(answer)
    outcome = sender(receiver.port).send(claimed(), MESSAGE)
    assert outcome.state is state
    assert outcome.retry_after == (None if wait is None else timedelta(seconds=wait))
    assert len(receiver.requests) == 1
    assert TOKEN not in outcome.reason


def test_a_server_that_is_not_there_got_nothing() -> None:
    """So it may be tried again."""
    outcome = sender(closed_port()).send(claimed(), MESSAGE)
    assert outcome.state is DeliveryState.NOT_SENT


@pytest.mark.parametrize(
    "told",
    [
        {},
        [],
        {"url": 7},
        {"url": None},
        {"url": "javascript:alert(1)"},
        {"url": "https://127.0.0.1/a b"},
        {"url": "https://127.0.0.1/\n"},
        {"url": f"https://127.0.0.1/{'x' * LONGEST_PERMALINK}"},
        {"url": "https://127.0.0.1@elsewhere.example/@desk/7"},
        {"url": "https://elsewhere.example@127.0.0.1/@desk/7"},
        {"url": "https://127.0.0.1\\@elsewhere.example/@desk/7"},
        {"url": "https://[/@desk/7"},
        {"filler": "x" * 300_000},
    ],
)
def test_an_address_that_cannot_be_used_is_left_out(receiver: Receiver, told: object) -> None:
    """The post was taken all the same. Nobody is led by a link that shows another name."""
    receiver.will(says(told))
    outcome = sender(receiver.port).send(claimed(), MESSAGE)
    assert (outcome.state, outcome.permalink) == (DeliveryState.SENT, "")


def test_the_limits_are_those_that_the_server_tells(receiver: Receiver) -> None:
    """`/api/v2/instance`, `configuration.statuses`."""
    statuses = {"max_characters": 1000, "characters_reserved_per_url": 30}
    receiver.will(says({"configuration": {"statuses": statuses}}))
    assert read_limits(f"http://127.0.0.1:{receiver.port}") == PostLimits(1000, 30)
    [request] = receiver.requests
    assert request.line == "GET /api/v2/instance HTTP/1.1"


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"configuration": 1},
        {"configuration": {"statuses": None}},
        {"configuration": {"statuses": {"max_characters": 3, "characters_reserved_per_url": "x"}}},
    ],
)
def test_limits_that_make_no_sense_are_the_usual_ones(told: dict[str, Any]) -> None:
    """500 characters, 23 for a link."""
    assert limits_in(told) == USUAL == PostLimits(500, 23)


def test_a_server_that_tells_no_limits_has_the_usual_ones(receiver: Receiver) -> None:
    """Whether it fails or is not there."""
    receiver.will(answers(404))
    assert read_limits(f"http://127.0.0.1:{receiver.port}") == USUAL
    assert read_limits(f"http://127.0.0.1:{closed_port()}") == USUAL


def test_a_real_server_holds_one_copy_after_two_sends(mock: MockServer) -> None:
    """Under one key it gives the same post again, with the same address."""
    adapter = MastodonSender(mock.base_url, Credential("alice_token"), FakeClock(NOON))
    first = adapter.send(claimed(), MESSAGE)
    second = adapter.send(claimed(), MESSAGE)
    assert first.state is second.state is DeliveryState.SENT
    assert first.remote_id == second.remote_id
    assert first.permalink == second.permalink != ""
    assert len(statuses(mock)) == 1


def test_a_real_server_tells_its_limits(mock: MockServer) -> None:
    """As every Mastodon does."""
    assert read_limits(mock.base_url) == USUAL
