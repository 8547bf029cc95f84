"""The delivery run: claim, commit, send with nothing open, settle; one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from tests.channels.receiver import Receiver, answers
from tests.channels.things import MESSAGE, SECRET, events, opener, put, rows
from tests.conftest import later
from tests.fakes import FakeClock
from trustops.channels.deliver import Composer, deliver_due
from trustops.channels.rules import Claimed, Message, Outcome, Target
from trustops.channels.services import queue
from trustops.channels.targets import Senders
from trustops.channels.webhook import WebhookSender
from trustops.db import Actor, Event, record
from trustops.errors import NotFoundError
from trustops.settings import Credential

SLOW = Target("email", "slow@example.org")
QUICK = Target("email", "quick@example.org")


@dataclass
class FakeNetwork:
    """Gives one outcome after the other, then accepts; remembers what it was handed."""

    outcomes: list[Outcome] = field(default_factory=list)
    handed: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    during: Callable[[Claimed], object] | None = None

    def __call__(self, claimed: Claimed, message: Message) -> Outcome:
        """Take one message."""
        self.handed.append(claimed.dedupe_key)
        self.messages.append(message)
        if self.during:
            self.during(claimed)
        return self.outcomes.pop(0) if self.outcomes else Outcome.sent()


def same(session: Session, claimed: Claimed) -> Message:
    """Compose the same message for everything."""
    return MESSAGE


COMPOSERS: dict[str, Composer] = {"alert": same}


def fill(engine: Engine, clock: FakeClock, *keys: str, target: Target | None = None) -> None:
    """Queue and commit deliveries, each a moment after the one before."""
    with opener(engine) as session:
        for number, key in enumerate(keys):
            put(session, clock.now() - timedelta(seconds=60 - number), key, target=target)


def state_of(engine: Engine, key: str) -> str:
    """The state of a delivery as everybody sees it."""
    with Session(engine) as session:
        return rows(session)[key].state


def test_everything_that_is_due_goes_out_once(engine: Engine, clock: FakeClock) -> None:
    """A second run finds nothing to do."""
    fill(engine, clock, "one", "two", "three")
    network = FakeNetwork()
    counts = deliver_due(lambda: opener(engine), clock, network, composers=COMPOSERS)
    assert counts == {"sent": 3}
    assert network.handed == ["one", "two", "three"]
    assert network.messages == [MESSAGE] * 3
    assert deliver_due(lambda: opener(engine), clock, network, composers=COMPOSERS) == {}
    assert len(network.handed) == 3


def test_the_claim_is_committed_and_nothing_is_locked_while_the_network_is_asked(
    engine: Engine, clock: FakeClock
) -> None:
    """Others see the row as being sent and can write meanwhile, however slow the network is."""
    fill(engine, clock, "one")
    seen: list[str] = []

    def meanwhile(claimed: Claimed) -> None:
        seen.append(state_of(engine, "one"))
        with opener(engine) as session:
            put(session, later(days=1), "by somebody else")

    network = FakeNetwork(during=meanwhile)
    deliver_due(lambda: opener(engine), clock, network, composers=COMPOSERS)
    assert seen == ["sending"]
    assert state_of(engine, "one") == "sent"
    assert state_of(engine, "by somebody else") == "queued"


def test_an_error_in_an_adapter_loses_one_outcome_and_repeats_nothing(
    engine: Engine, clock: FakeClock
) -> None:
    """A defect while sending leaves the row claimed, and the rest goes out in the next run."""
    fill(engine, clock, "one", "two")

    def fails(claimed: Claimed) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deliver_due(lambda: opener(engine), clock, FakeNetwork(during=fails), composers=COMPOSERS)
    assert state_of(engine, "one") == "sending"
    network = FakeNetwork()
    deliver_due(lambda: opener(engine), clock, network, composers=COMPOSERS)
    assert network.handed == ["two"]


def test_a_target_that_times_out_twice_is_left_alone_until_the_next_run(
    engine: Engine, clock: FakeClock
) -> None:
    """One dead server does not use up the time of the others."""
    fill(engine, clock, "s1", "s2", "s3", target=SLOW)
    fill(engine, clock, "q1", target=QUICK)
    timeouts = [Outcome.unknown("slow", timed_out=True)] * 2
    network = FakeNetwork(outcomes=[timeouts[0], Outcome.sent(), timeouts[1]])
    counts = deliver_due(lambda: opener(engine), clock, network, composers=COMPOSERS)
    assert network.handed == ["s1", "q1", "s2"]
    assert counts == {"unknown": 2, "sent": 1}
    assert state_of(engine, "s3") == "queued"
    deliver_due(lambda: opener(engine), clock, network, composers=COMPOSERS)
    assert network.handed[3:] == ["s3"]


def test_a_target_that_asks_to_wait_is_not_asked_again_in_the_run(
    engine: Engine, clock: FakeClock
) -> None:
    """A 429 with Retry-After speaks for all messages to that target."""
    fill(engine, clock, "one", "two")
    network = FakeNetwork(outcomes=[Outcome.not_sent("429", retry_after=timedelta(seconds=40))])
    deliver_due(lambda: opener(engine), clock, network, composers=COMPOSERS)
    assert network.handed == ["one"]
    clock.advance(seconds=39)
    deliver_due(lambda: opener(engine), clock, network, composers=COMPOSERS)
    assert network.handed == ["one", "two"]
    clock.advance(seconds=1)
    deliver_due(lambda: opener(engine), clock, network, composers=COMPOSERS)
    assert network.handed == ["one", "two", "one"]


def test_a_run_ends_when_its_time_is_used(engine: Engine, clock: FakeClock) -> None:
    """The send under way ends; nothing new is claimed after it."""
    fill(engine, clock, "one", "two", "three")
    network = FakeNetwork(during=lambda _: clock.advance(seconds=20))
    deliver_due(
        lambda: opener(engine),
        clock,
        network,
        composers=COMPOSERS,
        budget=timedelta(seconds=30),
    )
    assert network.handed == ["one", "two"]
    assert state_of(engine, "three") == "queued"


def test_a_process_that_is_to_end_claims_nothing_more(engine: Engine, clock: FakeClock) -> None:
    """What it has in hand is settled, so that stopping a worker leaves nothing unknown."""
    fill(engine, clock, "one", "two")
    network = FakeNetwork()
    deliver_due(
        lambda: opener(engine),
        clock,
        network,
        composers=COMPOSERS,
        stopping=lambda: bool(network.handed),
    )
    assert network.handed == ["one"]
    assert (state_of(engine, "one"), state_of(engine, "two")) == ("sent", "queued")


def test_what_a_composer_writes_is_committed_with_the_claim(
    engine: Engine, clock: FakeClock
) -> None:
    """A private link that is made at send time exists before anybody can receive it."""
    fill(engine, clock, "one")

    def with_link(session: Session, claimed: Claimed) -> Message:
        record(session, clock.now(), "link.made", subject="ticket:1", actor=Actor("system"))
        return MESSAGE

    seen: list[int] = []

    def meanwhile(claimed: Claimed) -> None:
        with Session(engine) as session:
            seen.append(len(events(session, "link.made")))

    network = FakeNetwork(during=meanwhile)
    deliver_due(lambda: opener(engine), clock, network, composers={"alert": with_link})
    assert seen == [1]


def test_a_message_that_is_no_longer_needed_is_not_sent(engine: Engine, clock: FakeClock) -> None:
    """The composer says so by giving none; a page shows why."""
    fill(engine, clock, "one")
    network = FakeNetwork()
    counts = deliver_due(
        lambda: opener(engine), clock, network, composers={"alert": lambda *_: None}
    )
    assert (counts, network.handed) == ({"rejected": 1}, [])
    with Session(engine) as session:
        assert rows(session)["one"].last_error == "No longer needed."


def test_a_message_that_cannot_be_written_stops_no_other(engine: Engine, clock: FakeClock) -> None:
    """It is put off like one that could not be sent; what its composer wrote is undone."""
    fill(engine, clock, "bad", "good")

    def composer(session: Session, claimed: Claimed) -> Message:
        if claimed.dedupe_key == "bad":
            record(session, clock.now(), "link.made", subject="ticket:1", actor=Actor("system"))
            raise NotFoundError
        return MESSAGE

    network = FakeNetwork()
    counts = deliver_due(lambda: opener(engine), clock, network, composers={"alert": composer})
    assert counts == {"not_sent": 1, "sent": 1}
    assert network.handed == ["good"]
    with Session(engine) as session:
        row = rows(session)["bad"]
        assert (row.state, row.attempts) == ("queued", 1)
        assert session.scalars(select(Event).where(Event.kind == "link.made")).all() == []


def test_a_kind_that_this_version_does_not_know_waits_for_one_that_does(
    engine: Engine, clock: FakeClock
) -> None:
    """During an upgrade the older process puts it off instead of losing it."""
    with opener(engine) as session:
        queue(
            session,
            clock.now(),
            dedupe_key="new",
            channel="email",
            target="requester",
            kind="from.the.future",
            subject="ticket:1",
            payload={},
        )
    network = FakeNetwork()
    deliver_due(lambda: opener(engine), clock, network, composers=COMPOSERS)
    assert (network.handed, state_of(engine, "new")) == ([], "queued")


def test_a_receiver_that_fails_first_gets_the_same_message_again(
    sqlite_url: str, receiver: Receiver, clock: FakeClock
) -> None:
    """500, then 200: the same body and the same key, signed anew at the time of the attempt."""
    engine = create_engine(sqlite_url)
    receiver.will(answers(500))
    senders = Senders({"webhook": WebhookSender(receiver.url, Credential(SECRET), clock)})
    fill(engine, clock, "one")
    for counts in ({"not_sent": 1}, {}, {"sent": 1}, {}):
        assert deliver_due(lambda: opener(engine), clock, senders, composers=COMPOSERS) == counts
        clock.advance(seconds=14 if counts else 1)
    first, second = receiver.requests
    assert first.body == second.body
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    assert first.headers["trustops-signature"] != second.headers["trustops-signature"]
    engine.dispose()
