"""One address has one spelling, however it was typed; two addresses never share one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustops.addresses import LONGEST, Shape, read, spelled, with_checksum

EVM = "0x8617E340B3D01FA5F11F306F4090FD50E238070D"
"""The first test address of EIP-55 that is all in capital letters with its checksum."""

MIXED = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
SOLANA = "HeLp6NuQkmYB4pYWo2zYs22mESHXPQYzXbB8n4V98jwC"
SIGNATURE = (
    "5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW"
)
HASH = "0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b"

evm_addresses = st.binary(min_size=20, max_size=20).map(lambda raw: f"0x{raw.hex()}")


@pytest.mark.parametrize(
    "typed",
    [
        MIXED,
        MIXED.lower(),
        MIXED.upper(),
        MIXED[2:],
        f"0X{MIXED[2:]}",
        f"  {MIXED}\t",
        f"“{MIXED}”.",
        f"<{MIXED}>,",
        f"`{MIXED}`",
        f"({MIXED})",
        f"eth:{MIXED}",
        f"base:{MIXED}",
        f"eip155:1:{MIXED}",
        f"ethereum:{MIXED}@1",
        f"ethereum:pay-{MIXED}@1?value=0",
        f"https://etherscan.io/address/{MIXED}",
        f"https://etherscan.io/address/{MIXED}#tokentxns",
        f"basescan.org/address/{MIXED}/",
        f"My wallet is {MIXED}, please look",
        f"{MIXED} {MIXED.lower()}",
        f"{MIXED[:20]}\n{MIXED[20:]}",
        f"https://etherscan.io/address/{MIXED[:20]}\n{MIXED[20:]}",
        " ".join((MIXED[:6], MIXED[6:14], MIXED[14:])),
        f"{MIXED[:9]}\u200b{MIXED[9:30]}\u00ad{MIXED[30:]}\ufeff",
        "".join(chr(ord(char) + 0xFEE0) for char in MIXED),
    ],
)
def test_every_way_to_write_an_evm_address_has_one_spelling(typed: str) -> None:
    """Copied from a wallet, an explorer, a chat, a PDF: it is the same wallet."""
    assert spelled(typed) == MIXED.lower()
    assert read(typed).shape is Shape.EVM_ADDRESS
    assert not read(typed).mistyped


@pytest.mark.parametrize(
    "typed",
    [
        SOLANA,
        f" {SOLANA}. ",
        f"solana:{SOLANA}",
        f"solana:{SOLANA}?amount=1",
        f"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:{SOLANA}",
        f"https://solscan.io/account/{SOLANA}",
        f"https://explorer.solana.com/address/{SOLANA}?cluster=mainnet-beta",
        f"{SOLANA[:20]}\r\n{SOLANA[20:]}",
    ],
)
def test_a_solana_address_keeps_the_case_of_its_letters(typed: str) -> None:
    """In base58 another case is another wallet."""
    assert read(typed).shape is Shape.SOLANA_ADDRESS
    assert spelled(typed) == SOLANA


@pytest.mark.parametrize(
    ("typed", "shape", "spelling"),
    [
        (HASH, Shape.EVM_HASH, HASH),
        (HASH.upper(), Shape.EVM_HASH, HASH),
        (HASH[2:], Shape.EVM_HASH, HASH),
        (f"tx: {HASH}", Shape.EVM_HASH, HASH),
        (f"https://etherscan.io/tx/{HASH}#eventlog", Shape.EVM_HASH, HASH),
        (f"{HASH} from {MIXED}", Shape.EVM_HASH, HASH),
        (SIGNATURE, Shape.SOLANA_SIGNATURE, SIGNATURE),
        (f"https://solscan.io/tx/{SIGNATURE}", Shape.SOLANA_SIGNATURE, SIGNATURE),
        (
            f"https://explorer.solana.com/tx/{SIGNATURE}?cluster=mainnet-beta",
            Shape.SOLANA_SIGNATURE,
            SIGNATURE,
        ),
    ],
)
def test_a_transaction_has_one_spelling_too(typed: str, shape: Shape, spelling: str) -> None:
    """Upper case is what some wallets copy, a link what explorers give."""
    reading = read(typed, transaction=True)
    assert (reading.shape, reading.text) == (shape, spelling)


@pytest.mark.parametrize(
    ("typed", "shape", "text"),
    [
        ("Vitalik.ETH", Shape.NAME, "vitalik.eth"),
        ("bonfida.sol", Shape.NAME, "bonfida.sol"),
        (MIXED[:-1], Shape.OTHER, MIXED[:-1]),
        (f"{MIXED}0", Shape.OTHER, f"{MIXED}0"),
        ("0x5aAe…eAed", Shape.OTHER, "0x5aAe...eAed"),
        ("I do  not know", Shape.OTHER, "I do not know"),
        (f"{MIXED} or {EVM}", Shape.SEVERAL, f"{MIXED} or {EVM}"),
        (f"a{MIXED}", Shape.OTHER, f"a{MIXED}"),
        ("...", Shape.OTHER, "..."),
    ],
)
def test_what_is_no_address_keeps_its_words(typed: str, shape: Shape, text: str) -> None:
    """Nobody guesses what was meant, and nothing is lost."""
    reading = read(typed)
    assert (reading.shape, reading.text) == (shape, text)


OTHER = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
OTHER_SOLANA = "DuMa7m5Tv1mZ6dDd8Q8mzqzC8bL8h1Yv8F2kqS7Gm8Q9"


@pytest.mark.parametrize(
    "link",
    [
        f"https://etherscan.io/token/{OTHER}?a={MIXED}",
        f"https://basescan.org/token/{OTHER.lower()}?a={MIXED.lower()}#transfers",
        f"etherscan.io/token/{OTHER}?a={MIXED}",
        f"https://etherscan.io/advanced-filter?tkn={OTHER}&wallet={MIXED}",
        f"https://explorer.example.org/address/{MIXED}/tokens?token={OTHER}",
        f"https://explorer.example.org/address/{MIXED}?contract={OTHER}",
        f"https://app.example.org/home?safe=eth:{MIXED}&token={OTHER}",
        f"https://dex.example.org/base/pair/{OTHER}?maker={MIXED}",
        f"ethereum:{OTHER}@1/transfer?address={MIXED}&uint256=1e18",
        f"https://example.org/{MIXED}?token={OTHER}",
    ],
)
def test_of_the_addresses_in_a_link_the_holder_is_meant(link: str) -> None:
    """What people copy from the page of a token shows the token first."""
    reading = read(link)
    assert (reading.shape, reading.text) == (Shape.EVM_ADDRESS, MIXED.lower())
    assert reading.alone


@pytest.mark.parametrize(
    "link",
    [
        f"https://solscan.io/account/{SOLANA}?token_address={OTHER_SOLANA}",
        f"solana:{SOLANA}?amount=1&spl-token={OTHER_SOLANA}",
        f"https://explorer.example.org/token/{OTHER_SOLANA}?owner={SOLANA}",
    ],
)
def test_a_solana_link_names_its_holder_too(link: str) -> None:
    """Solana Pay puts the recipient first, explorers the account."""
    assert (read(link).shape, read(link).text) == (Shape.SOLANA_ADDRESS, SOLANA)


@pytest.mark.parametrize(
    "words",
    [
        f"https://etherscan.io/address/{MIXED}?a={OTHER}",
        f"https://example.org/{MIXED}/{OTHER}",
        f"token={OTHER} wallet={MIXED}",
        f"https://example.org/swap?inputCurrency={OTHER}&outputCurrency={MIXED}",
    ],
)
def test_a_link_that_may_mean_either_names_several(words: str) -> None:
    """Nobody guesses; the holder is asked."""
    assert read(words).shape is Shape.SEVERAL


@pytest.mark.parametrize(
    ("typed", "mistyped"),
    [
        (EVM, False),
        (MIXED, False),
        (MIXED.lower(), False),
        (MIXED.replace("aAeb", "aaeb"), True),
        (f"eth:{MIXED.replace('BeAed', 'BeAeD')}", True),
    ],
)
def test_capital_letters_that_do_not_fit_show_a_slip(typed: str, mistyped: bool) -> None:
    """EIP-55: whoever typed in one case has given no checksum, which is no fault."""
    assert read(typed).mistyped is mistyped


def test_people_read_the_checksum() -> None:
    """It is what wallets and explorers show; a hash or a Solana address has none."""
    assert with_checksum(MIXED.lower()) == MIXED
    assert [with_checksum(text) for text in (HASH, SOLANA, "words")] == [HASH, SOLANA, "words"]


@given(text=st.text(max_size=300))
def test_a_spelling_is_its_own_spelling_and_fits_its_column(text: str) -> None:
    """Else a row that is written twice would not be found by what was asked first."""
    for transaction in (False, True):
        once = spelled(text, transaction=transaction)
        assert spelled(once, transaction=transaction) == once
        assert len(once) <= LONGEST


@given(
    parts=st.lists(
        st.sampled_from([MIXED, MIXED[:24], MIXED[24:], HASH, SOLANA, SIGNATURE, " ", "\n", "?a="])
        | st.text(max_size=20),
        max_size=8,
    )
)
def test_pieces_of_addresses_have_a_stable_spelling(parts: list[str]) -> None:
    """Also where a long text is cut in the midst of one."""
    text = "".join(parts)
    for transaction in (False, True):
        once = spelled(text, transaction=transaction)
        assert spelled(once, transaction=transaction) == once


@given(address=evm_addresses)
def test_letter_case_never_matters_on_an_evm_chain(address: str) -> None:
    """Lower, upper, with its checksum: one wallet."""
    typed = (address, address.upper(), with_checksum(address), address[2:])
    assert {spelled(text) for text in typed} == {address}


@given(one=evm_addresses, other=evm_addresses)
def test_two_addresses_never_share_a_spelling(one: str, other: str) -> None:
    """Nobody reads another one's ticket as the same holder's."""
    assert (spelled(one.upper()) == spelled(with_checksum(other))) is (one == other)
