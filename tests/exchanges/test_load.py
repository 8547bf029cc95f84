"""The files of the matrix: strict, and every fault is told with its file, line and field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.exchanges.claims import claim_text
from trustops.content.values import ContentError
from trustops.exchanges.load import load_exchanges
from trustops.exchanges.rules import matrix
from trustops.exchanges.values import Claim, State
from trustops.settings import PROJECT_ROOT

HEAD = 'name = "Exchange One"\nproducts = "spot"\n'
CLAIM = claim_text("announced", "Says that it will swap every balance.", "2026-11-20", "2026-11-21")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with an empty folder of exchanges."""
    (tmp_path / "exchanges").mkdir()
    return tmp_path


def write(content: Path, text: str, name: str = "exchange-one.toml") -> None:
    """Put a file among the exchanges."""
    (content / "exchanges" / name).write_text(text, encoding="utf-8")


def problems(content: Path) -> list[str]:
    """What is wrong, as editors are told."""
    with pytest.raises(ContentError) as caught:
        load_exchanges(content)
    return [str(problem) for problem in caught.value.problems]


def test_a_file_gives_an_exchange_with_its_claims(content: Path) -> None:
    """The name of the file is the id; what is not written has a default that claims nothing."""
    write(content, HEAD + CLAIM)
    (found,) = load_exchanges(content)
    assert (found.id, found.name, found.products) == ("exchange-one", "Exchange One", "spot")
    assert (found.who_acts, found.user_note, found.ask) == ("unknown", "", "")
    assert found.claims == (
        Claim(
            state=State.ANNOUNCED,
            says="Says that it will swap every balance.",
            said_on=date(2026, 11, 20),
            grade="A",
            url="https://exchange.example/notice",
            note="",
            verified=date(2026, 11, 21),
            verify_by=date(2026, 11, 28),
        ),
    )


def test_the_day_of_the_next_look_may_be_named(content: Path) -> None:
    """Instead of the one that follows from the state."""
    write(content, HEAD + CLAIM + "verify_by = 2026-11-23\n")
    assert load_exchanges(content)[0].claims[0].verify_by == date(2026, 11, 23)


def test_a_file_without_claims_is_an_exchange_without_evidence(content: Path) -> None:
    """It is shown like every other one."""
    write(content, HEAD)
    assert load_exchanges(content)[0].claims == ()


def test_a_folder_without_exchanges_is_no_fault(tmp_path: Path) -> None:
    """A migration may have none."""
    assert load_exchanges(tmp_path) == ()


def test_hidden_files_are_left_alone(content: Path) -> None:
    """Editors leave some behind."""
    write(content, "nonsense", ".exchange-one.toml.swp")
    assert load_exchanges(content) == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('products = "spot"\n', ""), "exchange-one.toml:1: products: "),
        (
            ('state = "announced"', 'state = "supported"'),
            "exchange-one.toml:5: state of the first [[claims]]: ",
        ),
        (
            ('state = "announced"', 'state = "unknown"'),
            "exchange-one.toml:5: state of the first [[claims]]: ",
        ),
        (('says = "Says', 'shout = "Says'), "exchange-one.toml:6: shout of the first [[claims]]: "),
        (
            ("said_on = 2026-11-20", 'said_on = "soon"'),
            "exchange-one.toml:7: said_on of the first [[claims]]: ",
        ),
        (('grade = "A"', 'grade = "S"'), "exchange-one.toml:8: grade of the first [[claims]]: "),
        (("https://ex", "http://ex"), "exchange-one.toml:9: url of the first [[claims]]: "),
        (
            ("verified = 2026-11-21", "verified = 2026-11-19"),
            "exchange-one.toml:10: verified of the first",
        ),
        (
            ("2026-11-21\n", "2026-11-21\nverify_by = 2026-11-20\n"),
            ":11: verify_by of the first [[claims]]: ",
        ),
        (
            ("2026-11-21\n", "2026-11-21\nverify_by = 2027-11-20\n"),
            ":11: verify_by of the first [[claims]]: ",
        ),
        (
            ('"A"\nurl = "https://exchange.example/notice"', '"A"'),
            ":4: note of the first [[claims]]: needs a url",
        ),
        (('name = "Exchange One"', "name = Exchange One"), "exchange-one.toml:1: file: "),
    ],
)
def test_every_fault_is_named_with_its_place(
    content: Path, change: tuple[str, str], told: str
) -> None:
    """So that whoever wrote it finds it at once."""
    before, after = change
    assert before in HEAD + CLAIM
    write(content, (HEAD + CLAIM).replace(before, after, 1))
    assert told in "\n".join(problems(content))


@pytest.mark.parametrize(
    "broken",
    [
        ("said_on = 2026-11-20\n", ""),
        ("verified = 2026-11-21\n", "verify_by = 2026-11-22\n"),
    ],
)
def test_a_date_that_is_missing_is_one_fault_and_not_two(
    content: Path, broken: tuple[str, str]
) -> None:
    """What depends on it is not judged."""
    write(content, (HEAD + CLAIM).replace(*broken))
    assert len(problems(content)) == 1


def test_the_name_of_a_file_is_an_id(content: Path) -> None:
    """It stands in addresses for ever."""
    write(content, HEAD, "Exchange One.toml")
    write(content, HEAD, "notes.txt")
    assert [problem.split(":")[0] for problem in problems(content)] == [
        "exchanges/Exchange One.toml",
        "exchanges/notes.txt",
    ]


def test_two_files_cannot_speak_of_one_exchange(content: Path) -> None:
    """Readers would find two rows that contradict each other."""
    write(content, HEAD)
    write(content, HEAD.replace("One", "ONE"), "exchange-two.toml")
    assert problems(content) == [
        "exchanges/exchange-two.toml:1: name: is that of exchange-one.toml too"
    ]


def test_all_faults_of_all_files_are_told_at_once(content: Path) -> None:
    """Nobody mends one only to be told of the next."""
    write(content, 'products = "spot"\n', "first.toml")
    write(content, 'name = "Second"\n', "second.toml")
    assert len(problems(content)) == 2


def test_the_shipped_matrix_claims_nothing_first_hand() -> None:
    """No notice of an exchange was seen, so every row reports or says that there is no evidence."""
    rows = matrix(load_exchanges(PROJECT_ROOT / "content"), date(2026, 11, 22))
    assert len(rows) >= 14
    assert all(row.reported or row.claim is None for row in rows)
    (upbit,) = (row for row in rows if row.id == "upbit")
    assert upbit.label == "We have no evidence"


def test_whom_to_ask_may_be_an_address(content: Path) -> None:
    """Nobody but staff reads it, so no literal of it is refused."""
    write(content, f'{HEAD}ask = " Jo, https://desk.exchange.example, jo@exchange.example "\n')
    (found,) = load_exchanges(content)
    assert found.ask == "Jo, https://desk.exchange.example, jo@exchange.example"


def test_whom_to_ask_is_a_line_and_no_letter(content: Path) -> None:
    """Up to 200 characters."""
    write(content, f'{HEAD}ask = "{"x" * 201}"\n')
    (problem,) = problems(content)
    assert problem.startswith("exchanges/exchange-one.toml:3: ask:")


def test_a_fault_of_one_field_hides_no_check_of_the_whole_file(content: Path) -> None:
    """Nor of the others: whose name it has, what it names, and what a claim rests on."""
    text = (HEAD + CLAIM).replace('"announced"', '"announce"')
    text = text.replace('url = "https://exchange.example/notice"\n', "")
    write(content, HEAD + CLAIM)
    write(content, text.replace('"spot"', '"spot at example.com"'), "exchange-two.toml")
    found = [line.partition(": ")[2] for line in problems(content)]
    assert [line.partition(":")[0] for line in found] == [
        "name",
        "products",
        "note of the first [[claims]]",
        "state of the first [[claims]]",
    ]
    assert "did you mean announced?" in found[-1]
