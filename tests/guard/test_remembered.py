"""Short texts that hold nothing are looked at once: most headers and log values come again.

A text is remembered by a digest, and none that holds something is.
"""

from __future__ import annotations

import json

from tests.guard.languages import valid_phrase
from tests.guard.samples import phrase
from tests.guard.shapes import KEY, KEYSTORES
from trustops.guard import SecretKind, find_secrets, is_keystore, rules
from trustops.guard.words import CHINESE

HASH = f"0x{KEY}"


def test_what_was_found_once_is_found_again() -> None:
    """And the field for transactions is another question than a message."""
    words = " ".join(phrase("again"))
    for _ in range(2):
        assert [item.kind for item in find_secrets(words)] == [SecretKind.RECOVERY_PHRASE]
        assert find_secrets(HASH, transaction=True) == ()
        assert [item.is_certain for item in find_secrets(HASH)] == [False]
        assert find_secrets("Is docs.elizaos.ai real?") == ()


def test_a_process_remembers_a_bounded_number_of_digests() -> None:
    """Also when everybody says something new."""
    for number in range(rules.MOST_REMEMBERED + 2):
        find_secrets(f"ticket number {number}")
    remembered = vars(rules)["_clean"]
    assert 0 < len(remembered) <= rules.MOST_REMEMBERED
    assert {len(digest) for digest in remembered} == {16}


def test_the_shortest_text_that_is_looked_at_may_be_a_phrase() -> None:
    """Twelve signs, one word each."""
    text = "".join(valid_phrase(CHINESE[0], "shortest"))
    assert len(text) == rules.SHORTEST_SECRET
    assert find_secrets(text)


def test_a_wallet_file_is_looked_for_by_itself() -> None:
    """In the whole of a body, whose texts were looked at one by one."""
    assert all(map(is_keystore, KEYSTORES.values()))
    assert not is_keystore(json.dumps({"message": "Is docs.elizaos.ai real?", "salt": "no"}))
    assert not is_keystore("")
