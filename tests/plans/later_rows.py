"""Rows of the other rooms: deliveries, alerts, runs of jobs, people's sessions, keys, chains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tests.conftest import NOON
from tests.plans.rows import PEOPLE, TICKET_MINUTES, Row, at, wallet
from trustops.tickets.opening import CONFIRM_MAIL

PACK = CHAIN = "plans"
DAY = 86400.0
WEEKS = 520
DAYS = 1100
PROVISIONAL = 40
JOBS = (
    "sla_sweep",
    "deliveries",
    "lost_deliveries",
    "chain_sync",
    "wallet_checks",
    "site_release",
    "heartbeat",
    "silence",
)
FAILING = "heartbeat"
"""A job that fails each minute for so long that its last good run lies far back."""

WAITING_DELIVERIES = 40
LOST_DELIVERIES = 5
WAITING_ALERTS = 30
WAITING_WALLETS = 15
WAITING_ANSWERS = 30


def tables(size: int) -> Iterator[tuple[str, Iterable[Row]]]:
    """The tables with their rows; none of them names another of these."""
    numbers = range(1, size + 1)
    yield "delivery", (_delivery(number, size) for number in numbers)
    yield "alert", (_alert(number, size) for number in numbers)
    yield "job_run", (_run(number, size) for number in numbers)
    yield "staff_session", (_session(number, size) for number in numbers)
    yield "staff_invite", (_invite(number, size // 50) for number in range(1, size // 50 + 1))
    yield "idempotent_request", (_key(number, size) for number in numbers)
    yield "wallet_check", (_check(number, size) for number in numbers)
    yield "migration_event", (_event(number, size) for number in numbers)
    yield "chain_holder", (_holder(number) for number in range(size // 2))
    yield "chain_cursor", [_cursor(size)]
    yield "chain_day", map(_day, range(DAYS))
    yield "heartbeat", map(_heartbeat, range(1, WEEKS + 1))
    yield "official_version", map(_version, range(1, 51))
    yield "api_token", map(_token, range(1, 51))
    yield "held_answer", (_held(number, size // 5) for number in range(1, size // 5 + 1))


def _delivery(number: int, size: int) -> Row:
    made = -60.0 * TICKET_MINUTES * (size - number) - 120
    state = "rejected" if number % 100 == 0 else "sent"
    if number > size - WAITING_DELIVERIES:
        state = "queued"
    elif number > size - WAITING_DELIVERIES - LOST_DELIVERIES:
        state = "sending"
    mail = number % 2 == 0
    return {
        "id": number,
        "dedupe_key": f"delivery:{number}",
        "channel": "email" if mail else "console",
        "target": "requester" if mail else "console",
        "kind": CONFIRM_MAIL if mail else "alert",
        "subject": f"ticket:{number}" if mail else f"alert:{number}",
        "payload": "{}",
        "state": state,
        "attempts": 1,
        "next_try_at": at(made if number % 3 else 3600) if state == "queued" else at(made),
        "claim_token": "claimed" if state == "sending" else None,
        "claimed_at": at(-7200) if state == "sending" else None,
        "settled_at": None if state in {"queued", "sending"} else at(made + 5),
        "created_at": at(made),
    }


def _alert(number: int, size: int) -> Row:
    opened = -60.0 * TICKET_MINUTES * (size - number) - 300
    over = number <= size - WAITING_ALERTS
    subject = f"ticket:{number}"
    if number % 5 == 0:
        subject = f"job:{JOBS[number // 5 % len(JOBS)]}"
    elif number % 500 == 1:
        subject = "official"
    return {
        "id": number,
        "public_id": f"{number:024x}",
        "kind": "sla.breached",
        "severity": "high",
        "dedupe_key": f"alert:{number}",
        "subject": subject,
        "summary": "A ticket is late.",
        "ticket": f"MIG-{number // 4:07d}" if subject.startswith("ticket:") else None,
        "path": "/desk/alerts",
        "data": "{}",
        "at": at(opened),
        "opened_at": at(opened),
        "acknowledged_at": at(opened + 60) if over and number % 2 else None,
        "resolved_at": at(opened + 600) if over else None,
    }


def _run(number: int, size: int) -> Row:
    """Two weeks of runs, as long as they are kept, and some of the day before."""
    name = JOBS[number % len(JOBS)]
    began = -14.2 * DAY * (size - number) / size - 60
    failed = name == FAILING and began > -12 * DAY
    return {
        "id": number,
        "name": name,
        "slot": at(began) if number % 2 else None,
        "started_at": at(began),
        "finished_at": at(began + 1),
        "outcome": "failed" if failed else "ok",
        "data": "{}",
    }


def _session(number: int, size: int) -> Row:
    began = -31.0 * DAY * (size - number) / size - 60
    going_on = number > size - PEOPLE
    return {
        "id": number,
        "token_hash": f"{number:064x}",
        "staff_id": 1 + number % PEOPLE,
        "created_at": at(began),
        "last_seen_at": at(began),
        "expires_at": at(began + DAY / 2),
        "ended_at": None if going_on or number % 3 == 0 else at(began + 600),
        "end_reason": None,
    }


def _invite(number: int, size: int) -> Row:
    made = -33.0 * DAY * (size - number) / size - 60
    return {
        "id": number,
        "token_hash": f"{number:064x}",
        "staff_id": 1 + number % PEOPLE,
        "created_at": at(made),
        "expires_at": at(made + 2 * DAY),
        "used_at": at(made + 60) if number % 3 else None,
    }


def _key(number: int, size: int) -> Row:
    return {
        "id": number,
        "client": f"{number % 300:064}",
        "key_hash": f"{number:064x}",
        "body_hash": f"{number:064x}",
        "result": '{"reference": "MIG-0000001"}',
        "created_at": at(-2.01 * DAY * (size - number) / size - 60),
    }


def _check(number: int, size: int) -> Row:
    waits = number > size - WAITING_WALLETS
    asked = -60.0 * (size - number)
    return {
        "id": number,
        "chain": "" if number == size else CHAIN,
        "address": wallet(number),
        "asked_at": at(asked),
        "state": "waiting" if waits else "checked",
        "checked_at": None if waits else at(asked + 5),
        "facts": None,
    }


def _event(number: int, size: int) -> Row:
    seen = -600.0 * (size - number) - 60
    large = number % 20 == 0
    return {
        "id": number,
        "pack": PACK,
        "chain": CHAIN,
        "block_number": number,
        "block_hash": f"0x{number:064x}",
        "block_time": at(seen),
        "log_index": 0,
        "tx_hash": f"0x{number:064x}",
        "contract": wallet(7),
        "direction": "migrate" if number % 50 else "unmigrate",
        "payer": wallet(1) if large else wallet(number % (size // 2)),
        "beneficiary": wallet(1) if large else wallet(number % (size // 2)),
        "old_amount": "1000000000000000000",
        "new_amount": "6000000000000000000",
        "final": 0 if number > size - PROVISIONAL else 1,
    }


def _holder(number: int) -> Row:
    return {"pack": PACK, "chain": CHAIN, "address": wallet(number)}


def _cursor(size: int) -> Row:
    return {
        "pack": PACK,
        "chain": CHAIN,
        "block": size - PROVISIONAL,
        "hash": f"0x{size - PROVISIONAL:064x}",
        "span": 2000,
        "migrated": str(size * 10**18),
        "unmigrated": "0",
        "issued": str(size * 6 * 10**18),
        "events": size - PROVISIONAL,
        "holders": size // 2,
        "plan": "",
        "state": "good",
        "reason": "",
        "next_at": at(-30),
        "good_at": at(-60),
        "checked_at": at(-60),
    }


def _day(number: int) -> Row:
    day: date = NOON.date() - timedelta(days=number)
    return {"pack": PACK, "chain": CHAIN, "day": day.isoformat(), "net": "1000"}


def _heartbeat(number: int) -> Row:
    due = NOON - timedelta(weeks=WEEKS - number)
    year, week, _ = due.isocalendar()
    sent = due < NOON - timedelta(days=3)
    texts = '{"archive": "A week."}'
    return {
        "id": number,
        "schedule": "weekly",
        "iso_week": f"{year}-W{week:02}",
        "due_at": at((due - NOON).total_seconds()),
        "state": ("missed" if number % 50 == 0 else "sent") if sent else "draft",
        "texts": texts,
        "figures": "{}",
        "sha256": "",
        "as_of": at((due - NOON).total_seconds()),
        "waits_for": "",
        "held": 0,
        "approved_sha256": "",
        "approved_by": "",
        "sent_at": at((due - NOON).total_seconds()) if sent else None,
        "late": 0,
        "created_at": at((due - NOON).total_seconds() - 7 * DAY),
    }


def _held(number: int, size: int) -> Row:
    """An answer that was held, one on every fifth ticket; the newest still wait."""
    made = -60.0 * TICKET_MINUTES * 5 * (size - number) - 120
    waits = number > size - WAITING_ANSWERS
    return {
        "id": number,
        "ticket_id": number * 5,
        "author_kind": "agent",
        "author_id": 1 + number % PEOPLE,
        "author_name": "Agent",
        "body": "Please open that page." if waits else "",
        "codes": '["host"]',
        "state": "held" if waits else ("settled" if number % 10 == 0 else "released"),
        "created_at": at(made),
        "alerted_at": None if waits else at(made + 1800),
        "decided_at": None if waits else at(made + 3600),
        "decided_by_name": "" if waits else "Lead",
        "reason": "" if waits else "It is an explorer.",
        "message_id": None,
    }


def _version(number: int) -> Row:
    return {
        "id": number,
        "key_id": "key",
        "version": number,
        "sha256": f"{number:064x}",
        "accepted_at": at(-DAY * (51 - number)),
    }


def _token(number: int) -> Row:
    return {
        "id": number,
        "public_id": f"{number:016x}",
        "secret_hash": f"{number:064x}",
        "name": f"Program {number}",
        "scopes": "[]",
        "created_at": at(-DAY),
        "expires_at": at(DAY),
    }
