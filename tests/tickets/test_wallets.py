"""What stands in the wallet field is a wallet of its chain, or something is said of it."""

from __future__ import annotations

import pytest

from trustops.addresses import read
from trustops.tickets.wallets import (
    IN_A_LINE,
    TO_HOLDER,
    TO_STAFF,
    Surroundings,
    WalletLine,
    WalletNote,
    as_written,
    note_on,
    wallet_line,
)

WALLET = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
TOKEN = "0xea17Df5Cf6D172224892B5477A16ACb111182478"
MIGRATOR = "0x8617E340B3D01FA5F11F306F4090FD50E238070D"
SOLANA = "HeLp6NuQkmYB4pYWo2zYs22mESHXPQYzXbB8n4V98jwC"
SOLANA_TOKEN = "DuMbhu7mvQvqQHGcnikDgb4XegXJRyhUBfdU22uELiZA"
SIGNATURE = (
    "5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW"
)
AROUND = Surroundings(
    kinds={"ethereum": "evm", "base": "evm", "solana": "solana"},
    own={
        TOKEN.lower(): WalletNote.OWN_TOKEN,
        SOLANA_TOKEN: WalletNote.OWN_TOKEN,
        MIGRATOR.lower(): WalletNote.OWN_CONTRACT,
    },
)


@pytest.mark.parametrize(
    ("typed", "chain"),
    [
        (WALLET, "ethereum"),
        (WALLET.lower(), None),
        (WALLET, "other"),
        (SOLANA, "solana"),
        (SOLANA, None),
        (f"https://etherscan.io/address/{WALLET}", "ethereum"),
        (f"https://basescan.org/token/{TOKEN}?a={WALLET}", "base"),
    ],
)
def test_of_a_wallet_nothing_is_said(typed: str, chain: str | None) -> None:
    """Nor where the chain is none that we know the kind of."""
    assert note_on(read(typed), chain, AROUND) is None


@pytest.mark.parametrize(
    ("typed", "chain", "note"),
    [
        (TOKEN, "ethereum", WalletNote.OWN_TOKEN),
        (TOKEN.upper(), "solana", WalletNote.OWN_TOKEN),
        (f"https://basescan.org/token/{TOKEN}", None, WalletNote.OWN_TOKEN),
        (SOLANA_TOKEN, "solana", WalletNote.OWN_TOKEN),
        (MIGRATOR.lower(), "base", WalletNote.OWN_CONTRACT),
        ("0x" + "0" * 40, "ethereum", WalletNote.BURNT),
        ("0x" + "0" * 36 + "dEaD", "ethereum", WalletNote.BURNT),
        ("1nc1nerator11111111111111111111111111111111", "solana", WalletNote.BURNT),
        ("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", "solana", WalletNote.PUBLIC_CONTRACT),
        ("SysvarC1ock11111111111111111111111111111111", None, WalletNote.PUBLIC_CONTRACT),
        ("0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE", "base", WalletNote.PUBLIC_CONTRACT),
        ("0x" + "0" * 38 + "04", "ethereum", WalletNote.PUBLIC_CONTRACT),
        ("0x4200000000000000000000000000000000000006", "base", WalletNote.PUBLIC_CONTRACT),
        ("0xdAC17F958D2ee523a2206206994597C13D831ec7", None, WalletNote.PUBLIC_CONTRACT),
        (WALLET.replace("aAeb", "aaeb"), "ethereum", WalletNote.CHECKSUM),
        (SIGNATURE, "solana", WalletNote.TRANSACTION),
        ("https://etherscan.io/tx/0x" + "ab" * 32, "ethereum", WalletNote.TRANSACTION),
        (f"{WALLET} {SOLANA}", None, WalletNote.SEVERAL),
        (WALLET, "solana", WalletNote.OTHER_CHAIN),
        (SOLANA, "base", WalletNote.OTHER_CHAIN),
        ("vitalik.eth", "ethereum", WalletNote.NAME),
        ("Bonfida.SOL", None, WalletNote.NAME),
        ("holder@example.org", None, WalletNote.EMAIL),
        ("123456789", "ethereum", WalletNote.ACCOUNT),
        (WALLET[:-2], "ethereum", WalletNote.NO_ADDRESS),
        (SOLANA[:-3], "solana", WalletNote.NO_ADDRESS),
        ("0x5aAe…eAed", "ethereum", WalletNote.NO_ADDRESS),
        ("MetaMask on my phone", None, WalletNote.NO_ADDRESS),
    ],
)
def test_what_is_no_wallet_of_its_chain_is_called_by_what_it_is(
    typed: str, chain: str | None, note: WalletNote
) -> None:
    """Each tells holder and agent what to do next."""
    assert note_on(read(typed), chain, AROUND) is note


def test_every_note_has_its_sentences() -> None:
    """For the holder, for staff and for a line of the queue."""
    for sentences in (TO_HOLDER, TO_STAFF, IN_A_LINE):
        assert set(sentences) == set(WalletNote)


def test_what_was_typed_is_kept_where_the_spelling_says_less() -> None:
    """Not where it is the same address with its checksum, which can be made again."""
    spelling = WALLET.lower()
    link = f"https://etherscan.io/address/{WALLET}"
    assert as_written(None, None) is None
    assert [as_written(text, spelling) for text in (spelling, WALLET)] == [None, None]
    assert [as_written(text, spelling) for text in (link, WALLET.upper())] == [link, WALLET.upper()]


@pytest.mark.parametrize(
    ("wallet", "written", "line"),
    [
        (WALLET.lower(), None, WalletLine(WALLET, True, "", None)),
        (WALLET.lower(), WALLET.upper(), WalletLine(WALLET, True, "", None)),
        (WALLET.lower(), f"eth:{WALLET}", WalletLine(WALLET, True, f"eth:{WALLET}", None)),
        (
            WALLET.lower(),
            WALLET.replace("aAeb", "aaeb"),
            WalletLine(WALLET.replace("aAeb", "aaeb"), True, "", WalletNote.CHECKSUM),
        ),
        ("vitalik.eth", "Vitalik.eth", WalletLine("Vitalik.eth", False, "", WalletNote.NAME)),
        (SOLANA, None, WalletLine(SOLANA, True, "", None)),
        (None, None, None),
    ],
)
def test_people_see_the_checksum_or_what_was_typed(
    wallet: str | None, written: str | None, line: WalletLine | None
) -> None:
    """A wrong checksum is never put right: it would hide that a letter may be another."""
    assert wallet_line(wallet, written, "other", AROUND) == line
