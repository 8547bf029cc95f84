"""A wallet's facts stand at one block, or say why nothing could be checked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from tests.chain.bent import Dead
from tests.chain.conftest import Desk
from tests.chain.local import NEW, OLD
from trustops.chain import queries
from trustops.chain.models import ChainCursor
from trustops.chain.nodes import Nodes
from trustops.chain.requests import check_wallets, request_check
from trustops.chain.values import WalletFacts
from trustops.chain.wallets import NO_ADDRESS, NOT_OURS


def ask(desk: Desk, address: str, *, chain: str = "local") -> bool:
    """Ask for a wallet as a ticket does."""
    with desk.open_session() as session:
        return request_check(session, desk.clock.now(), chain=chain, address=address)


def check(desk: Desk) -> dict[str, int]:
    """Run the job."""
    return check_wallets(desk.open_session, desk.clock, desk.work)


def facts_of(desk: Desk, address: str) -> WalletFacts:
    """What is known of a wallet afterwards."""
    with Session(desk.engine) as session:
        found = queries.wallet_facts(session, "local", address)
    assert found is not None
    return found


def test_a_wallet_shows_balances_allowance_and_events(desk_on_both: Desk) -> None:
    """Final events and those that are not, each with its block."""
    desk = desk_on_both
    chain = desk.chain
    chain.move(1, 10 * OLD)
    chain.mine(7)
    chain.move(1, 20 * OLD, to=2)
    desk.totals()
    wallet = chain.people[1]
    assert ask(desk, wallet)
    assert check(desk) == {"checked": 1, "failed": 0}
    facts = facts_of(desk, wallet)
    assert facts.problem == ""
    assert facts.address == wallet
    assert (facts.old_balance, facts.new_balance) == (970 * OLD, 60 * NEW)
    assert facts.allowance == 2**200 - 30 * OLD
    assert facts.is_contract is False
    assert [(event.old_amount, event.final) for event in facts.events] == [
        (10 * OLD, True),
        (20 * OLD, False),
    ]
    assert facts.events[1].beneficiary == chain.people[2]
    assert facts.block is not None
    assert facts.block.number == chain.w3.eth.block_number


def test_an_event_since_the_last_read_is_seen(desk: Desk) -> None:
    """The wallet is read at the head, not where the rows end."""
    desk.totals()
    desk.chain.move(3, 4 * OLD)
    ask(desk, desk.chain.people[3])
    check(desk)
    assert [event.old_amount for event in facts_of(desk, desk.chain.people[3]).events] == [4 * OLD]


def test_a_beneficiary_sees_the_event_too(desk: Desk) -> None:
    """Who was paid finds what somebody else gave."""
    desk.chain.move(1, OLD, to=2)
    desk.totals()
    ask(desk, desk.chain.people[2])
    check(desk)
    (event,) = facts_of(desk, desk.chain.people[2]).events
    assert event.new_amount == 6 * NEW


def test_a_contract_is_told_from_an_account(desk: Desk) -> None:
    """A wallet with code cannot do everything that one with a key can."""
    desk.totals()
    ask(desk, desk.chain.migrator.address)
    check(desk)
    assert facts_of(desk, desk.chain.migrator.address).is_contract is True


def test_a_request_without_a_chain_is_for_every_chain(desk_on_both: Desk) -> None:
    """A holder need not know where the tokens are."""
    desk = desk_on_both
    desk.totals()
    wallet = desk.chain.people[1]
    assert ask(desk, wallet.lower(), chain="")
    with Session(desk.engine) as session:
        assert queries.is_waiting(session, wallet)
        assert queries.wallets_wait(session, desk.clock.now())
    check(desk)
    with Session(desk.engine) as session:
        assert [item.chain for item in queries.wallet_facts_any(session, wallet)] == ["local"]
        assert not queries.is_waiting(session, wallet)


def test_a_request_without_a_chain_is_answered_where_no_chain_is_read(desk: Desk) -> None:
    """With the reason, so that nobody waits for it."""
    desk.pack = desk.pack.model_copy(update={"contracts": (), "tokens": ()})
    wallet = desk.chain.people[1]
    ask(desk, wallet, chain="")
    check(desk)
    with Session(desk.engine) as session:
        (facts,) = queries.wallet_facts_any(session, wallet)
    assert "no contract" in facts.problem


@pytest.mark.parametrize("text", ["", "0x12", "So11111111111111111111111111111111111111112"])
def test_what_is_no_evm_address_is_not_asked_for(desk: Desk, text: str) -> None:
    """The caller learns that nothing will come."""
    assert ask(desk, text) is False


def test_asking_again_reads_again(desk: Desk) -> None:
    """The facts before stay until the new ones are there."""
    desk.totals()
    wallet = desk.chain.people[1]
    ask(desk, wallet)
    check(desk)
    desk.chain.move(1, OLD)
    desk.clock.advance(minutes=5)
    ask(desk, wallet)
    assert facts_of(desk, wallet).old_balance == 1_000 * OLD
    check(desk)
    assert facts_of(desk, wallet).old_balance == 999 * OLD


def refused(desk: Desk) -> str:
    """The problem of a wallet that could not be checked; every figure of it is absent."""
    wallet = desk.chain.people[1]
    ask(desk, wallet)
    assert check(desk)["failed"] == 1
    facts = facts_of(desk, wallet)
    assert facts.block is None
    assert (facts.old_balance, facts.new_balance, facts.allowance) == (None, None, None)
    assert facts.is_contract is None
    assert not facts.events
    return facts.problem


def test_a_chain_without_a_node_is_told(desk: Desk) -> None:
    """Nothing is guessed."""
    desk.nodes = None
    assert "not set up" in refused(desk)


def test_a_history_that_is_not_read_yet_is_told(desk: Desk) -> None:
    """Else a wallet would seem never to have migrated."""
    assert "still reading" in refused(desk)


def test_a_dead_node_is_told_and_the_check_is_tried_again(desk: Desk) -> None:
    """First within minutes, for an hour; then it is left as it is."""
    desk.totals()
    good = desk.nodes
    assert good is not None
    desk.nodes = Nodes([type(good.nodes[0])(Dead(), good.nodes[0].chain_id, desk.clock, _no_wait)])
    problem = refused(desk)
    assert "could not check" in problem
    assert check(desk) == {"checked": 0, "failed": 0}
    desk.clock.advance(minutes=4)
    desk.nodes = good
    assert check(desk) == {"checked": 1, "failed": 0}


def test_a_check_that_fails_for_an_hour_is_left(desk: Desk) -> None:
    """Somebody may ask again."""
    desk.nodes = None
    refused(desk)
    desk.clock.advance(minutes=70)
    assert check(desk) == {"checked": 0, "failed": 1}
    with Session(desk.engine) as session:
        assert not queries.is_waiting(session, desk.chain.people[1])


def test_a_contradicted_history_is_told(desk: Desk) -> None:
    """A node on another branch cannot complete what was read."""
    desk.totals()
    desk.chain.mine(7)
    desk.totals()
    with desk.open_session() as session:
        row = session.get_one(ChainCursor, ("test", "local"))
        row.hash = "0x" + "ab" * 32
    assert "another history" in refused(desk)


def _no_wait(seconds: float) -> None:
    del seconds


def test_a_wallet_is_one_however_it_is_spelled(desk: Desk) -> None:
    """Two tickets of one holder make one request, and both read its facts."""
    desk.totals()
    wallet = desk.chain.people[1]
    for typed in (wallet, wallet.lower(), f"0X{wallet[2:]}", f"eth:{wallet}"):
        assert ask(desk, typed)
    assert check(desk) == {"checked": 1, "failed": 0}
    for typed in (wallet.upper(), wallet.lower(), f" {wallet} "):
        assert facts_of(desk, typed).address == wallet


def test_a_wrong_checksum_is_not_read(desk: Desk) -> None:
    """One of its letters may be another, and the figures those of a stranger."""
    wallet = desk.chain.people[1]
    slip = next(
        wallet[:at] + char.swapcase() + wallet[at + 1 :]
        for at, char in enumerate(wallet)
        if char.isalpha() and at > 1
    )
    assert not ask(desk, slip)


def test_a_wallet_of_another_kind_of_chain_is_asked_once(desk: Desk) -> None:
    """It says why, and is not tried for an hour: the answer would be the same."""
    pack = desk.work.pack
    solana = pack.chains[0].model_copy(update={"name": "elsewhere", "kind": "solana"})
    chains = (*pack.chains, solana)
    work = replace(desk.work, pack=pack.model_copy(update={"chains": chains}))
    for chain, why in (("elsewhere", NO_ADDRESS), ("nowhere", NOT_OURS)):
        ask(desk, desk.chain.people[1], chain=chain)
        assert check_wallets(desk.open_session, desk.clock, work) == {"checked": 0, "failed": 1}
        with Session(desk.engine) as session:
            facts = queries.wallet_facts(session, chain, desk.chain.people[1])
            assert facts is not None
            assert facts.problem == why
            assert not queries.is_waiting(session, desk.chain.people[1])
