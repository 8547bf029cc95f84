"""`official/source.toml`: each mistake is refused with file, line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.official.things import NEW, OLD, ON_SOLANA, SOURCE, a_folder
from trustops.content.values import ContentError
from trustops.official.schema import load_source


def test_a_good_source_is_read(tmp_path: Path) -> None:
    """With its optional parts, and without them."""
    source = load_source(a_folder(tmp_path))
    assert [token.decimals for token in source.tokens] == [18, None, None]
    short = SOURCE.partition("[[contracts]]")[0]
    assert load_source(a_folder(tmp_path, short)).known_bad == []


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ("decimals = 18", "decimals = 37", "tokens.0.decimals", "less than or equal to 36"),
        ('role = "old"', 'role = "older"', "tokens.1.role", "'old' or 'new'"),
        ("project =", "owner = 1\nproject =", "owner", "typing mistake"),
        (NEW, NEW.lower(), "tokens.0.address", "checksum"),
        (NEW, NEW.replace("5aA", "5AA"), "tokens.0.address", "checksum"),
        (NEW, NEW[:-1], "tokens.0.address", "40 hexadecimal"),
        (ON_SOLANA, ON_SOLANA[:-2], "tokens.2.address", "base58 of 32 bytes"),
        (ON_SOLANA, "0OIl", "tokens.2.address", "base58 of 32 bytes"),
        (ON_SOLANA, NEW, "tokens.2", "no address of the chain solana"),
        ('chain = "solana"', 'chain = "base"', "tokens.2", "no address of the chain base"),
        ('"heliotrope.org"', '"https://heliotrope.org"', "domains.1.name", "a host alone"),
        ('"heliotrope.org"', '"Heliotrope.org"', "domains.1.name", "a host alone"),
        ('"@heliotrope"', '"@heli otrope"', "handles.0.handle", "one word without spaces"),
        ('grade = "B"', 'grade = "E"', "known_bad.0.grade", "'A', 'B', 'C' or 'D'"),
        ('id = "main"', 'id = "portal"', "file", "domain id portal stands twice"),
        (OLD, NEW, "file", "stands twice"),
        ('"helio-refund.xyz"', '"heliotrope.org"', "file", "among ours and among known_bad"),
    ],
)
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, field: str, words: str
) -> None:
    """One problem, in the words of whoever wrote the file."""
    assert old in SOURCE
    with pytest.raises(ContentError) as refused:
        load_source(a_folder(tmp_path, SOURCE.replace(old, new, 1)))
    problem = refused.value.problems[0]
    assert (problem.file, problem.field) == ("official/source.toml", field)
    assert words in problem.message
    assert problem.line >= 1


def test_what_differs_from_ours_in_case_alone_may_be_reported_on_solana(tmp_path: Path) -> None:
    """There it is another address, made to be taken for ours; on an EVM chain it is ours."""
    source, _, _ = SOURCE.partition("[[known_bad]]")
    bad = '[[known_bad]]\nkind = "address"\nvalue = "{}"\nnote = "A copy."\ngrade = "B"\n'
    twin = ON_SOLANA[:-1] + ON_SOLANA[-1].swapcase()
    read = load_source(a_folder(tmp_path / "one", source + bad.format(twin)))
    assert [item.value for item in read.known_bad] == [twin]
    with pytest.raises(ContentError, match="among ours and among known_bad"):
        load_source(a_folder(tmp_path / "other", source + bad.format(OLD.lower())))


def test_a_missing_source_is_a_problem_too(tmp_path: Path) -> None:
    """It is named, and nothing is made up in its place."""
    with pytest.raises(ContentError, match="is missing"):
        load_source(tmp_path)
