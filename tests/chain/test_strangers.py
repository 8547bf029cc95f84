"""Packs as a stranger writes them: every optional part left out, and events of any shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from tests.chain.bent import Bent
from tests.chain.conftest import Desk
from tests.chain.local import NEW, OLD, SUPPLY, InProcess, nodes, pack_text, write_pack
from trustops.chain.abi import EventAbi, read_call, read_event
from trustops.chain.events import Found, Watched, plan_of
from trustops.chain.faults import MalformedError, NodeError
from trustops.chain.proof import prove
from trustops.chain.reading import Log
from trustops.chain.requests import check_wallets, request_check
from trustops.chain.schema import ArgumentMap, Pack
from trustops.chain.services import start_anew
from trustops.chain.values import WalletFacts
from trustops.chain.wallets import read_wallet

MEMO = {
    "type": "event",
    "name": "Migration",
    "inputs": [
        {"name": "user", "type": "address", "indexed": True},
        {"name": "memo", "type": "string", "indexed": False},
        {"name": "amount", "type": "uint256", "indexed": False},
        {
            "name": "info",
            "type": "tuple",
            "indexed": False,
            "components": [{"name": "id", "type": "uint64"}, {"name": "note", "type": "string"}],
        },
    ],
}
WHO = bytes(12) + b"\xaa" * 20


def cut(text: str, start: str, end: str) -> str:
    """A pack without the part from one word to another."""
    head, _, rest = text.partition(start)
    return head + end + rest.partition(end)[2] if end else head


def said(desk: Desk, pack: Pack) -> dict[str, bool | None]:
    """What a proof of a pack finds, by its sentences."""
    return {item.sentence: item.right for item in prove(replace(desk.work, pack=pack))}


def memo(text: bytes, amount: int) -> bytes:
    """The data of a log of that event."""
    return encode(["bytes", "uint256", "(uint64,bytes)"], [text, amount, (7, b"hello")])


def test_a_pack_without_a_window_or_a_sink_is_not_wrong(desk: Desk, tmp_path: Path) -> None:
    """Neither is needed, so their absence is only told."""
    desk.chain.move(1, OLD)
    text = cut(pack_text(desk.chain, sink="burned"), "[[status]]", "")
    found = said(desk, write_pack(tmp_path, text))
    assert False not in found.values()
    assert found["the window is unknown"] is None
    assert found["the pack names no sink to compare the sums with"] is None


def test_versions_of_one_contract_are_counted_each_by_its_blocks(
    desk: Desk, tmp_path: Path
) -> None:
    """Behind a proxy the same event may be one of two versions."""
    desk.chain.move(1, OLD)
    last = desk.chain.w3.eth.block_number
    desk.chain.move(2, OLD)
    desk.chain.move(3, OLD)
    text = pack_text(desk.chain)
    part = text[text.index("[[contracts]]") : text.index("[[status]]")]
    first = part.replace("from_block = 1", f"from_block = 1\nto_block = {last}")
    second = part.replace("from_block = 1", f"from_block = {last + 1}")
    desk.pack = write_pack(tmp_path, text.replace(part, first + second))
    sentences = said(desk, desk.pack)
    assert sentences["1 logs of Moved decode exactly"]
    assert sentences["2 logs of Moved decode exactly"]
    assert desk.totals().net == 3 * OLD


def test_two_contracts_from_the_same_block_are_both_looked_at(desk: Desk, tmp_path: Path) -> None:
    """The wrong one of them is not hidden behind the right one."""
    text = pack_text(desk.chain)
    part = text[text.index("[[contracts]]") : text.index("[[status]]")]
    wrong = part.replace(desk.chain.migrator.address, desk.chain.people[5])
    found = prove(replace(desk.work, pack=write_pack(tmp_path, text.replace(part, wrong + part))))
    stands = [item.right for item in found if "migrator" in item.sentence]
    assert stands == [False, True]


def test_a_token_that_is_no_contract_is_told_as_such(desk: Desk, tmp_path: Path) -> None:
    """Not as a number of bytes."""
    text = pack_text(desk.chain).replace(desk.chain.old.address, desk.chain.people[5])
    with pytest.raises(AssertionError):
        Desk.totals(replace(desk, pack=write_pack(tmp_path, text)))
    found = said(desk, write_pack(tmp_path, text))
    assert any("Nothing answers decimals" in sentence for sentence in found)


def test_a_pack_without_readings_has_no_such_figures(desk: Desk, tmp_path: Path) -> None:
    """Nothing is said of a sink or of what is left; the window follows its dates."""
    desk.chain.move(1, OLD)
    text = cut(pack_text(desk.chain, sink="none"), "liquidity", "\n\n[[chains]]")
    desk.pack = write_pack(tmp_path, cut(text, "[[status]]", "") + "[window]\nstate = 'closed'\n")
    totals = desk.totals()
    assert (totals.old_in_sink, totals.sent_directly, totals.new_left) == (None, None, None)
    assert (totals.net, totals.old_supply, totals.window) == (OLD, SUPPLY * OLD, "closed")


def test_a_chain_that_changes_while_it_is_read_claims_nothing(
    desk: Desk, process: InProcess
) -> None:
    """After three heads that were other blocks a moment later."""
    desk.totals()
    asked: list[object] = []

    def moving(params: Sequence[object]) -> object:
        asked.append(params)
        answer = process.make_request("eth_getBlockByNumber", list(params))
        assert isinstance(answer, dict)
        return {"result": dict(answer["result"]) | {"hash": f"0x{len(asked):064x}"}}

    desk.nodes = nodes(
        Bent(process, {"eth_getBlockByNumber": moving}),
        clock=desk.clock,
    )
    with desk.open_session() as session:
        start_anew(session, "test", "local")
    assert desk.read()["failed"] == 1
    assert "could not check" in desk.standing().problem


def test_an_event_may_hold_texts_and_structures() -> None:
    """What does not concern the migration does not hinder it."""
    event = read_event(MEMO)
    assert event.signature == "Migration(address,string,uint256,(uint64,string))"
    topics = [keccak(text=event.signature), WHO]
    for text in (b"", b"some text", b"\xff\xfe no text at all" * 9):
        assert event.decode(topics, memo(text, 41))["amount"] == 41
    good = memo(b"some text", 41)
    for data in (good + bytes(32), good[:-32], good[32:], b"", bytes(len(good))):
        with pytest.raises(MalformedError):
            event.decode(topics, data)


def test_an_indexed_text_is_only_its_hash() -> None:
    """The log holds no more of it."""
    inputs = [
        {"name": "memo", "type": "string", "indexed": True},
        {"name": "amounts", "type": "uint256[]", "indexed": True},
        {"name": "amount", "type": "uint128", "indexed": True},
    ]
    event = read_event(MEMO | {"inputs": inputs})
    topics = [bytes.fromhex(event.topic[2:]), b"\x01" * 32, b"\x02" * 32, bytes(31) + b"\x07"]
    found = event.decode(topics, b"")
    assert found == {"memo": b"\x01" * 32, "amounts": b"\x02" * 32, "amount": 7}


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ([{"name": "a", "type": "uint", "indexed": True}], "no type of an ABI"),
        ([{"name": "a", "type": "tuple", "indexed": [True]}], "whether it is indexed"),
        ([{"name": "a", "type": "tuple", "indexed": True, "components": 5}], "list of tables"),
        ([{"name": "a", "type": "bool", "indexed": True}] * 2, "same name"),
    ],
)
def test_an_input_that_means_nothing_is_refused(inputs: list[object], reason: str) -> None:
    """With the reason."""
    with pytest.raises(ValueError, match=reason):
        read_event(MEMO | {"inputs": inputs})


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "one item of an ABI"),
        (MEMO | {"name": "no name"}, "no name"),
        (MEMO | {"anonymous": True}, "anonymous"),
    ],
)
def test_an_item_that_is_no_event_is_refused(item: object, reason: str) -> None:
    """With the reason."""
    with pytest.raises(ValueError, match=reason):
        read_event(item)


@pytest.mark.parametrize("outputs", [[], [{"type": "bool"}] * 2, [{"type": "string"}], [{}]])
def test_a_function_with_another_answer_is_refused(outputs: list[object]) -> None:
    """One value of one word is what has a meaning."""
    with pytest.raises(ValueError, match=r"one value|one word|no type"):
        read_call({"type": "function", "name": "f", "inputs": [], "outputs": outputs})


def test_a_log_without_a_time_has_none_to_show() -> None:
    """A row is never dated by guessing."""
    log = Log("0x", (), b"", 5, "0x", "0x", 0)
    with pytest.raises(MalformedError, match="no time"):
        _ = Found(log, "migrate", "0x", "0x", 1, 1).at


def test_blocks_of_a_version_are_its_own() -> None:
    """Both ends belong to it."""
    item = Watched("0x", "migrate", EventAbi("E", ()), ArgumentMap(), 5, 9)
    assert [item.counts(n, n) for n in (4, 5, 9, 10)] == [False, True, True, False]


def ask(desk: Desk, pack: Pack) -> WalletFacts:
    """What a chain says of the first wallet, by a pack."""
    work = replace(desk.work, pack=pack)
    return read_wallet(
        desk.open_session, desk.clock, work, chain="local", address=desk.chain.people[1]
    )


def test_where_only_tokens_are_balances_are_read(desk: Desk) -> None:
    """No allowance and no events, because there is no contract; nothing waits for a history."""
    desk.chain.move(1, 10 * OLD)
    pack = desk.pack.model_copy(update={"contracts": (), "status": ()})
    facts = ask(desk, pack)
    assert facts.problem == ""
    assert (facts.old_balance, facts.new_balance) == (990 * OLD, 60 * NEW)
    assert (facts.allowance, facts.is_contract, facts.events) == (None, False, ())
    assert facts.block is not None
    assert facts.block.number == desk.chain.w3.eth.block_number


def test_where_one_token_is_only_its_balance_is_read(desk: Desk) -> None:
    """The other is absent, not zero."""
    tokens = tuple(token for token in desk.pack.tokens if token.role == "new")
    facts = ask(desk, desk.pack.model_copy(update={"contracts": (), "tokens": tokens}))
    assert (facts.problem, facts.old, facts.old_balance) == ("", None, None)
    assert (facts.new_balance, facts.new is not None) == (0, True)


def test_a_request_for_every_chain_reaches_those_with_tokens_alone(desk: Desk) -> None:
    """Where the settings name a node."""
    desk.pack = desk.pack.model_copy(update={"contracts": ()})
    with desk.open_session() as session:
        request_check(session, desk.clock.now(), chain="", address=desk.chain.people[1])
    assert check_wallets(desk.open_session, desk.clock, desk.work) == {"checked": 1, "failed": 0}


def test_a_chain_without_tokens_holds_nothing_of_ours(desk: Desk) -> None:
    """It says so."""
    facts = ask(desk, desk.pack.model_copy(update={"contracts": (), "tokens": ()}))
    assert "no token" in facts.problem


def test_a_token_that_the_pack_lacks_is_an_error(desk: Desk) -> None:
    """A plan needs both."""
    assert desk.nodes is not None
    pack = desk.pack.model_copy(update={"tokens": ()})
    with pytest.raises(NodeError, match="no old token"):
        plan_of(desk.nodes.nodes[0], pack, pack.chains[0])
