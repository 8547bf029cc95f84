"""A pack is read strictly: each fault is named with file, line and field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trustops.addresses import spelled
from trustops.chain.packs import direct_transfers, facts, find_pack, load_packs
from trustops.content import ContentError
from trustops.content.facts import FactKind
from trustops.settings import PROJECT_ROOT

EVENT = (
    '{"type": "event", "name": "Moved", "inputs": ['
    '{"name": "who", "type": "address", "indexed": true}, '
    '{"name": "amount", "type": "uint256", "indexed": false}]}'
)
CALL = '{"type": "function", "name": "paused", "inputs": [], "outputs": [{"type": "bool"}]}'
GOOD = f"""\
id = "one"
name = "One to two"
ratio = {{ numerator = 6, denominator = 1 }}
sink = {{ kind = "held" }}

[window]
opens = 2026-01-01
closes = 2026-02-01T12:00:00Z
note = "Sources agree."

[[chains]]
name = "base"
kind = "evm"
chain_id = 8453

[[chains]]
name = "solana"
kind = "solana"

[[tokens]]
chain = "base"
role = "old"
address = "0x7d1afa7b718fb893db30a3abc0cfc608aacfebb0"
symbol = "OLD"

[[tokens]]
chain = "base"
role = "new"
address = "0x29e7DF7b6A1B2b07b731457f499E1696c60E2C4e"
symbol = "NEW"

[[tokens]]
chain = "solana"
role = "old"
address = "So11111111111111111111111111111111111111112"
symbol = "OLD"

[[contracts]]
chain = "base"
address = "0x455e53cbb86018ac2b8092fdcd39d8444affc3f6"
from_block = 10

[[contracts.events]]
direction = "migrate"
abi = '{EVENT}'
map = {{ payer = "who", old_amount = "amount" }}

[[status]]
chain = "base"
contract = "0x455e53cbb86018ac2b8092fdcd39d8444affc3f6"
call = '{CALL}'
meaning = {{ true = "paused", false = "open" }}

[facts.snapshot]
kind = "date"
value = 2025-11-11
grade = "C"
evidence = "A notice of the project"
checked = 2026-11-01

[facts.holders]
kind = "number"
value = 12345
grade = "D"
evidence = "Press"
note = "Nobody counted."

[facts.moment]
kind = "instant"
value = 2025-11-11T11:40:00+01:00
grade = "D"
evidence = "Press"
"""


def problems(tmp_path: Path, text: str, name: str = "one.toml") -> list[str]:
    """What is wrong with a pack, as an editor shows it."""
    folder = tmp_path / "migrations"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    try:
        load_packs(tmp_path)
    except ContentError as error:
        return [f"{item.line}: {item.field}: {item.message}" for item in error.problems]
    return []


def test_a_good_pack_has_no_problem(tmp_path: Path) -> None:
    """Everything that the documentation names may stand in it."""
    assert problems(tmp_path, GOOD) == []
    found = find_pack(tmp_path, "one")
    assert found is not None
    assert found.chains[1].shown == "Solana"


SECOND = GOOD[GOOD.index("[[contracts]]") : GOOD.index("[[status]]")]

FAULTS = [
    ('kind = "evm"', 'kind = "evil"', "kind", "chains.0.kind"),
    ("chain_id = 8453\n", "", "[[chains]]", "chains.0.chain_id"),
    ("chain_id = 8453", "chain_id = '8453'", "chain_id", "chains.0.chain_id"),
    ('kind = "solana"', 'kind = "solana"\nchain_id = 1', None, "chains.1.chain_id"),
    ('name = "solana"', 'name = "base"', 'name = "solana"', "chains.1.name"),
    ('chain = "solana"', 'chain = "moon"', 'chain = "solana"', "tokens.2.chain"),
    ("So1111", "Oo1111", "So1111", "tokens.2.address"),
    ("0x29e7DF", "0x29e7df", "0x29e7DF", "tokens.1.address"),
    ('role = "new"', 'role = "old"', 'role = "new"', "tokens.1.role"),
    ("from_block = 10", "from_block = 10\nto_block = 9", None, "contracts.0.to_block"),
    ("chain_id = 8453", "chain_id = 8453\nstart_block = 11", None, "contracts.0.from_block"),
    ('payer = "who"', 'payer = "whom"', "payer", "contracts.0.events.0.map.payer"),
    ('payer = "who"', 'payer = "amount"', "payer", "contracts.0.events.0.map.payer"),
    ('old_amount = "amount"', 'old_amount = "who"', "payer", "contracts.0.events.0.map.old_amount"),
    (', old_amount = "amount"', "", "payer", "contracts.0.events.0.map"),
    ("ratio = { numerator = 6, denominator = 1 }\n", "", None, "contracts.0.events.0.map"),
    ("numerator = 6", "numerator = 0", "ratio", "ratio.numerator"),
    ('"indexed": true', '"indexed": "yes"', "Moved", "contracts.0.events.0.abi"),
    ('"uint256", "indexed": false', '"uint256"', "Moved", "contracts.0.events.0.abi"),
    ('"type": "event"', '"type": "error"', "Moved", "contracts.0.events.0.abi"),
    ('"type": "event",', '"type": "event"', "Moved", "contracts.0.events.0.abi"),
    ('"uint256"', '"string"', None, "contracts.0.events.0.map.old_amount"),
    ('"uint256"', '"uint256[]"', None, "contracts.0.events.0.map.old_amount"),
    ('"uint256"', '"uint7"', "Moved", "contracts.0.events.0.abi"),
    ('"name": "amount"', '"name": "who"', "Moved", "contracts.0.events.0.abi"),
    (
        '"name": "Moved", ',
        '"name": "Moved", "anonymous": true, ',
        "Moved",
        "contracts.0.events.0.abi",
    ),
    ('"name": "Moved", ', "", "Moved", "contracts.0.events.0.abi"),
    ('"inputs": [], ', '"inputs": [{"name": "x"}], ', "paused", "status.0.call"),
    ('[{"type": "bool"}]', "[]", "paused", "status.0.call"),
    ('true = "paused"', 'true = "asleep"', "meaning", "status.0.meaning.true"),
    ('kind = "held"', 'kind = "dead"', "sink", "sink"),
    ('kind = "held"', 'kind = "burned", addresses = ["0x0"]', "sink", "sink"),
    ('kind = "held"', 'kind = "held", addresses = ["0x0"]', "sink", "sink.addresses"),
    (
        'sink = { kind = "held" }',
        'liquidity = { kind = "minted", addresses = ["0x' + "11" * 20 + '"] }',
        "sink",
        "liquidity.addresses",
    ),
    ("value = 2025-11-11\n", 'value = "soon"\n', "value = 2025-11-11", "facts.snapshot.value"),
    ('grade = "C"\n', "", "[facts.snapshot]", "facts.snapshot.grade"),
    ('name = "One to two"', 'name = "One to two"\nnames = 1', None, "names"),
    ('id = "one"', 'id = "two"', "id", "id"),
    ("[[status]]", f"{SECOND}\n[[status]]", None, "contracts.1.from_block"),
]


@pytest.mark.parametrize(
    ("part", "instead", "where", "field"), FAULTS, ids=lambda value: str(value)[:24]
)
def test_a_fault_is_named_with_its_field(
    tmp_path: Path, part: str, instead: str, where: str | None, field: str
) -> None:
    """And with its line, where the fault does not move the lines."""
    assert part in GOOD
    found = problems(tmp_path, GOOD.replace(part, instead, 1))
    fields = [item.split(": ")[1] for item in found]
    assert any(item.startswith(field) for item in fields), found
    if where is not None:
        lines = {int(item.split(":")[0]) for item in found}
        assert lines & {n for n, text in enumerate(GOOD.splitlines(), 1) if where in text}, found


def test_a_contract_on_solana_is_refused(tmp_path: Path) -> None:
    """It would be read by nobody."""
    text = GOOD.replace('[[contracts]]\nchain = "base"', '[[contracts]]\nchain = "solana"')
    assert any("not read yet" in item for item in problems(tmp_path, text))


def test_a_contract_on_no_chain_or_at_no_address_is_refused(tmp_path: Path) -> None:
    """Both are named."""
    text = GOOD.replace('[[contracts]]\nchain = "base"', '[[contracts]]\nchain = "moon"')
    assert any("contracts.0.chain" in item for item in problems(tmp_path, text))
    text = GOOD.replace('contract = "0x455e', 'contract = "0x55e')
    assert any("status.0.contract" in item for item in problems(tmp_path, text))


def test_the_same_event_twice_in_a_contract_is_refused(tmp_path: Path) -> None:
    """It would be counted twice."""
    event = GOOD[GOOD.index("[[contracts.events]]") : GOOD.index("[[status]]")]
    text = GOOD.replace("[[status]]", f"{event}\n[[status]]")
    assert any("same event twice" in item for item in problems(tmp_path, text))


def test_a_second_status_on_a_chain_is_refused(tmp_path: Path) -> None:
    """One of the two would be believed, and nobody could say which."""
    status = GOOD[GOOD.index("[[status]]") : GOOD.index("[facts.snapshot]")]
    text = GOOD.replace("[facts.snapshot]", f"{status}\n[facts.snapshot]")
    assert any("status.1.chain: has a status already" in item for item in problems(tmp_path, text))


def test_versions_that_follow_each_other_are_fine(tmp_path: Path) -> None:
    """One ends before the next begins."""
    ended = GOOD.replace("from_block = 10", "from_block = 10\nto_block = 20")
    later = SECOND.replace("from_block = 10", "from_block = 21")
    assert problems(tmp_path, ended.replace("[[status]]", f"{later}\n[[status]]")) == []


def test_what_is_sent_to_a_token_becomes_what_its_pack_says(tmp_path: Path) -> None:
    """By chain and spelled address; of a token of which it says nothing there is nothing."""
    said = 'symbol = "OLD"\ndirect_transfer_means = "swap"\n'
    assert problems(tmp_path, GOOD.replace('symbol = "OLD"\n', said, 1)) == []
    pack = find_pack(tmp_path, "one")
    assert pack is not None
    (token,) = (item for item in pack.tokens if item.direct_transfer_means)
    assert direct_transfers(pack) == {(token.chain, spelled(token.address)): "swap"}
    assert direct_transfers(None) == {}


def test_a_pack_that_is_not_there_is_none(tmp_path: Path) -> None:
    """And one that is broken is an error."""
    assert find_pack(tmp_path, "one") is None
    problems(tmp_path, "id = ")
    with pytest.raises(ContentError):
        find_pack(tmp_path, "one")


def test_facts_come_from_the_pack_and_what_follows_from_it(tmp_path: Path) -> None:
    """Prose may name them and nothing else of the migration."""
    problems(tmp_path, GOOD)
    pack = find_pack(tmp_path, "one")
    assert pack is not None
    found = {fact.name: fact for fact in facts(pack)}
    assert found["migration.name"].text == "One to two"
    assert found["migration.ratio"].text == "1 to 6"
    assert found["migration.old_symbol"].text == "OLD"
    assert found["migration.window_opened"].instant == "2026-01-01"
    assert found["migration.window_closed"].instant == "2026-02-01T12:00:00Z"
    assert found["migration.window_closed"].text == "1 February 2026, 12:00 UTC"
    assert found["migration.snapshot"].kind is FactKind.DATE
    assert found["migration.snapshot"].text == "11 November 2025"
    assert found["migration.holders"].text == "12,345"
    assert found["migration.holders"].note == "Nobody counted."
    assert found["migration.moment"].instant == "2025-11-11T10:40:00Z"


def test_a_stated_fact_takes_the_place_of_a_derived_one(tmp_path: Path) -> None:
    """The file's own words win."""
    stated = '\n[facts.ratio]\nkind = "ratio"\nvalue = "1:6"\ngrade = "A"\nevidence = "A notice"\n'
    problems(tmp_path, GOOD + stated)
    pack = find_pack(tmp_path, "one")
    assert pack is not None
    assert [item.text for item in facts(pack) if item.name == "migration.ratio"] == ["1:6"]


def test_the_examples_of_the_documentation_are_packs(tmp_path: Path) -> None:
    """Each as it stands there, and the extra table after the second."""
    text = (PROJECT_ROOT / "docs" / "chain.md").read_text(encoding="utf-8")
    first, second, extra = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert problems(tmp_path, first, "matic-pol.toml") == []
    assert problems(tmp_path, second + extra, "mkr-sky.toml") == []
    assert [pack.id for pack in load_packs(tmp_path)] == ["matic-pol", "mkr-sky"]


def test_a_fault_of_one_field_hides_no_check_of_the_whole_pack(tmp_path: Path) -> None:
    """A letter of an address is told beside a word that is no kind; nothing follows from either."""
    text = GOOD.replace("So1111", "Oo1111", 1).replace('kind = "held"', 'kind = "dead"', 1)
    fields = [item.split(": ")[1] for item in problems(tmp_path, text)]
    assert fields == ["sink", "tokens.2.address"]
