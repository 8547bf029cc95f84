"""The addresses of the list as pages show them: one order, one label, a chain by its name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.official.things import MIGRATOR, NEW, OLD, ON_SOLANA, parse_signed
from trustops.content.chain_names import chain_shown
from trustops.official.listing import listed_addresses
from trustops.official.question import is_plain_address
from trustops.official.rules import check
from trustops.official.values import Contract, Manifest

NAMES = {"base": "Base, by its operator"}


@pytest.fixture
def manifest(folder: Path) -> Manifest:
    """The list of the tests."""
    return parse_signed(folder)


@pytest.mark.parametrize(
    ("chain", "name"),
    [
        ("solana", "Solana"),
        ("bsc", "BNB Smart Chain"),
        ("base", "Base, by its operator"),
        ("demo-chain", "Demo chain"),
    ],
)
def test_a_chain_is_called_by_its_name_and_never_by_its_id(chain: str, name: str) -> None:
    """By the title that content gives it, by the name that everybody knows, or by its words."""
    assert chain_shown(chain, NAMES) == name


def test_the_new_token_comes_first_then_the_old_one_then_contracts(manifest: Manifest) -> None:
    """Whatever order the list was written in."""
    mixed = replace(manifest, tokens=tuple(reversed(manifest.tokens)))
    for item in (manifest, mixed):
        groups = listed_addresses(item, {}, NAMES).groups
        assert [group.heading for group in groups] == ["New token", "Old token", "Contracts"]
        assert {row.address for row in groups[0].addresses} == {NEW, ON_SOLANA}
        assert [row.address for row in groups[1].addresses] == [OLD]
        assert [row.address for row in groups[2].addresses] == [MIGRATOR]


def test_a_label_says_what_it_is_and_on_which_chain(manifest: Manifest) -> None:
    """For the eye, and in a sentence for whoever hears the button alone."""
    listed = listed_addresses(manifest, {}, NAMES)
    rows = {row.address: row for group in listed.groups for row in group.addresses}
    assert rows[ON_SOLANA].label == rows[ON_SOLANA].named == "HELIO on Solana"
    assert rows[MIGRATOR].label == "Migrator on Base, by its operator"
    assert rows[MIGRATOR].named == "the migrator on Base, by its operator"


def test_a_heading_without_an_address_does_not_stand_there(manifest: Manifest) -> None:
    """A list may have no contract; a role of several words keeps them."""
    groups = listed_addresses(replace(manifest, contracts=()), {}, {}).groups
    assert [group.heading for group in groups] == ["New token", "Old token"]
    several = replace(manifest, contracts=(Contract("bsc", MIGRATOR, "fee-vault"),))
    row = listed_addresses(several, {}, {}).groups[-1].addresses[0]
    assert (row.label, row.named) == (
        "Fee vault on BNB Smart Chain",
        "the fee vault on BNB Smart Chain",
    )


def test_a_note_of_all_addresses_is_common_to_them(manifest: Manifest) -> None:
    """Where the pack says different things of two, there is none."""
    assert "we do not know" in listed_addresses(manifest, {}, {}).common_note
    means = {("base", OLD.lower()): "lost"}
    assert listed_addresses(manifest, means, {}).common_note == ""


def test_a_verdict_names_the_chain_as_the_list_does(manifest: Manifest) -> None:
    """In the sentence and in what programs read."""
    found = check(NEW, manifest, chains=NAMES)
    assert found.what == "the new token HELIO on Base, by its operator"
    assert found.what in found.sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NEW, True),
        (ON_SOLANA, True),
        (f"eth:{NEW}", False),
        (f"{NEW[:9]}\u200b{NEW[9:]}", False),
        ("heliotrope", False),
        (f"{NEW} {OLD}", False),
    ],
)
def test_an_address_alone_is_shown_in_groups(text: str, *, expected: bool) -> None:
    """What hides something is shown as it came."""
    assert is_plain_address(text) is expected
