"""Questions as holders ask them, of several projects: impostors are named, innocents are not."""

from __future__ import annotations

import pytest

from tests.conftest import NOON, later
from tests.official.things import BAD, MIGRATOR, NEW, OLD
from trustops.official.letters import skeleton, words
from trustops.official.rules import check
from trustops.official.schema import KnownBadEntry
from trustops.official.values import Domain, DomainKind, Handle, KnownBad, Manifest, Token, Verdict
from trustops.official.wording import NOBODY_FIRST

HASH = "9f" * 32
ON_SOLANA = "HeLp6NuQkmYB4pYWo2zYs22mESHXPQYzXbB8n4V98jwC"


def a_list(
    symbols: tuple[str, str],
    domains: tuple[str, ...],
    handles: tuple[tuple[str, str], ...] = (),
    bad: tuple[tuple[str, str], ...] = (),
) -> Manifest:
    """The list of a project: its old and new token, hosts, accounts and reports."""
    return Manifest(
        project="p",
        version=1,
        issued_at=NOON,
        expires_at=later(days=1),
        tokens=(
            Token("solana", ON_SOLANA, symbols[0], "old"),
            Token("ethereum", OLD, symbols[0], "old"),
            Token("base", NEW, symbols[1], "new"),
        ),
        contracts=(),
        domains=tuple(
            Domain(
                name,
                name.removeprefix("!"),
                DomainKind.CLOSED if "!" in name else DomainKind.PROJECT,
            )
            for name in domains
        ),
        handles=tuple(Handle(network, network, name) for network, name in handles),
        known_bad=tuple(KnownBad(kind, value, "It asked for phrases.", "C") for kind, value in bad),
    )


ELIZA = a_list(
    ("ai16z", "elizaOS"),
    ("docs.elizaos.ai", "!migrate.elizafoundation.ai"),
    (
        ("x", "@elizaOS"),
        ("telegram", "@elizaos_official"),
        ("mastodon", "@news@social.elizaos.ai"),
        ("github", "elizaOS"),
        ("discord", "https://discord.gg/elizaos"),
        ("email", "desk@elizaos.ai"),
    ),
    (
        ("handle", "@Eliza_Support_Bot"),
        ("handle", "https://t.me/eliza_admin_desk"),
        ("domain", "https://Claim-Bonus.example:8443/now"),
        ("domain", "*.bonus-pool.example."),
        ("domain", "https://sites.google.com/view/bonus-eliza-x"),
        ("address", f"https://basescan.org/address/{BAD}"),
    ),
)
PROJECTS = {
    "ELIZA": ELIZA,
    "POL": a_list(("MATIC", "POL"), ("portal.polygon.technology",)),
    "MANTRA": a_list(("OM", "MANTRA"), ("mantra.zone",)),
    "SONIC": a_list(("FTM", "S"), ("my.soniclabs.com",)),
    "SKY": a_list(("MKR", "SKY"), ("sky.money",)),
    "AAVE": a_list(("LEND", "AAVE"), ("aave.com",)),
}

ASKED = [
    # Accounts in links.
    ("https://x.com/elizaOS", "official", "exact"),
    ("https://www.twitter.com/elizaos/", "official", "exact"),
    ("https://mobile.twitter.com/ElizaOS?s=21", "official", "exact"),
    ("https://x.com/intent/follow?screen_name=elizaOS", "official", "exact"),
    ("https://x.com/elizaOS/status/1861234567890123456", "official", "post"),
    ("https://t.me/elizaos_official", "official", "exact"),
    ("https://t.me/s/elizaos_official", "official", "exact"),
    ("t.me/elizaos_official/42", "official", "exact"),
    ("https://telegram.me/elizaos_official?start=abc", "official", "exact"),
    ("tg://resolve?domain=elizaos_official", "official", "exact"),
    ("https://elizaos_official.t.me/", "official", "exact"),
    ("https://discord.gg/elizaos", "official", "exact"),
    ("https://discord.com/invite/elizaos", "official", "exact"),
    ("https://github.com/elizaOS/eliza", "official", "exact"),
    ("https://github.com/elizaOS/eliza/issues/5", "official", "post"),
    ("https://social.elizaos.ai/@news", "official", "exact"),
    ("https://social.elizaos.ai/@news/1122", "official", "exact"),
    ("@news@social.elizaos.ai", "official", "exact"),
    ("desk@elizaos.ai", "official", "exact"),
    # With the signs that end or quote a sentence in other scripts.
    ("https://docs.elizaos.ai\u3002", "official", "exact"),
    ("https://docs.elizaos.ai\u3001", "official", "exact"),
    ("\u300cdocs.elizaos.ai\u300d", "official", "exact"),
    ("https://docs.elizaos.ai\u0964", "official", "exact"),
    ("desk@elizaos.ai\u3002", "official", "exact"),
    ("https://t.me/elizaos_official\u3002", "official", "exact"),
    ("https://t.me/elizaOS", "lookalike", "network"),
    ("https://x.com/eIizaOS/status/1", "lookalike", "letters"),
    ("https://t.me/s/elizaos_officiaI", "lookalike", "letters"),
    ("https://github.com/elizaos-migrate", "lookalike", "brand"),
    ("https://discord.gg/elizaos-support", "lookalike", "brand"),
    ("https://sites.google.com/view/elizaos-claim", "lookalike", "brand"),
    ("https://t.me/eliza_support_bot?start=ref", "known-bad", "reported"),
    ("https://t.me/s/Eliza_Support_Bot/", "known-bad", "reported"),
    ("@eliza_admin_desk", "known-bad", "reported"),
    ("https://x.com/eliza_admin_desk", "unknown", ""),
    ("https://x.com/somebody/status/1", "unknown", ""),
    ("https://t.me/+AbCdEf", "unknown", ""),
    # On our own server, and mail.
    ("@help@social.elizaos.ai", "unknown", "under-ours"),
    ("https://social.elizaos.ai/@help", "unknown", "under-ours"),
    ("help@elizaos.ai", "unknown", "under-ours"),
    ("desk@elizaos.co", "lookalike", "ending"),
    ("desk@e1izaos.ai", "lookalike", "letters"),
    ("elizaos.desk@gmail.com", "lookalike", "userinfo"),
    ("support@gmail.com", "unknown", ""),
    # Reports, however they were written.
    ("claim-bonus.example", "known-bad", "reported"),
    ("www.CLAIM-BONUS.example/x", "known-bad", "reported"),
    ("x.bonus-pool.example", "known-bad", "reported"),
    ("https://sites.google.com/view/bonus-eliza-x/home", "known-bad", "reported"),
    ("https://sites.google.com/view/cooking", "unknown", ""),
    (BAD.lower(), "known-bad", "reported"),
    (f"ethereum:{BAD}@1/transfer?address={NEW}&uint256=1", "known-bad", "reported"),
    # What belongs to a chain.
    (f"ethereum:{NEW}@8453", "official", "exact"),
    (f"base:{NEW}", "official", "exact"),
    (f"eip155:8453:{NEW}", "official", "exact"),
    (f"eip155:8453/erc20:{NEW}", "official", "exact"),
    (f"ethereum:{NEW}@8453/transfer?address={BAD[:-1]}0&uint256=1", "unknown", "payment-request"),
    (f"ethereum:{NEW}/approve?address={MIGRATOR}&uint256=1e30", "unknown", "payment-request"),
    (f"0x{HASH}", "unknown", "transaction"),
    (HASH, "unknown", "transaction"),
    (f"{NEW[:6]}…{NEW[-4:]}", "unknown", "shortened-address"),
    (f"{NEW[:6]}...{NEW[-4:]}", "unknown", "shortened-address"),
    # Tricks.
    ("https://docs.elizaos.ai@evil.example/", "lookalike", "userinfo"),
    ("https://me@blog.elizaos.ai/", "unknown", "before-at"),
    ("https://blog.elizaos.ai:8443/", "unknown", "port"),
    ("https://blo\u0433.elizaos.ai/", "unknown", "mixed-scripts"),
    ("https://xn--80ak6aa92e.example/", "unknown", "punycode"),
    ("https://blo\u200bg.elizaos.ai/", "unknown", "invisible"),
    ("blog.elizaos.ai", "unknown", "under-ours"),
    ("http://2130706433/claim", "unknown", "number"),
    ("http://0x7f.1/", "unknown", "number"),
    ("http://[::1]/", "unknown", "number"),
    ("45.33.2.1", "unknown", "number"),
    ("javascript:alert(1)", "unknown", "program"),
    ("data:text/html,elizaos", "unknown", "program"),
    ("wc:8a5e5bdc@2?relay-protocol=irn", "unknown", "wallet-connect"),
    ("https://evil.example\\@docs.elizaos.ai", "unknown", "unreadable"),
    ("https://bit.ly/3xYz", "unknown", "shortened"),
    ("https://migrate.elizafoundation.ai/", "closed", "closed"),
    # Names that imitate.
    ("migrate-\u0247lizaos.xyz", "lookalike", "brand"),
    ("el\u0131zaos.com", "lookalike", "letters"),
    ("claim-ekizaos.xyz", "lookalike", "brand"),
    ("elizaos-claim.pages.dev", "lookalike", "brand"),
    ("docs-elizaos-ai.evil.example", "lookalike", "embedded"),
    ("e1iza0s.net", "lookalike", "letters"),
    ("elizaos.eth", "lookalike", "ending"),
]

IMITATIONS = [
    ("MANTRA", "nnantra.zone"),
    ("MANTRA", "claim-nnantra.xyz"),
    ("MANTRA", "rnantra.zone"),
    ("MANTRA", "mantra-claim.com"),
    ("MANTRA", "mantramigration.io"),
    ("MANTRA", "om-migrate.com"),
    ("MANTRA", "m4ntra.zone"),
    ("MANTRA", "mantra.finance"),
    ("POL", "claim-pol.com"),
    ("POL", "polmigration.net"),
    ("POL", "matic-to-pol-swap.com"),
    ("POL", "polygon-claim.xyz"),
    ("POL", "p0lygon.technology"),
    ("SKY", "upgrade-sky.money.evil.example"),
    ("SKY", "upgrademkrtosky.live"),
    ("SKY", "sky-claim.app"),
    ("SONIC", "soniclcbs.com"),
    ("SONIC", "soniclabs-migrate.com"),
    ("SONIC", "ftm-swap.com"),
    ("AAVE", "aave.comv3migration.com"),
    ("AAVE", "claim-aave.com"),
]

INNOCENT = sorted(
    words("""
    police.uk police-support.org metropolitan-help.org automatic-support.com poland.travel
    polymer-claims.com polytechnic-support.edu polio-help.org pollen-portal.com interpol.int
    skyscanner-help.com help.skype.com news.sky.com skyline-hotels.com skymavis.org hdfcsky.com
    skycrypto.io whiskey-rewards.com risky-claims.com lendingtree-help.com blender-support.org
    calendar-support.com ice.com simplifile.ice.com sonicwall.com support.sonicwall.com
    supersonic.com sonicare-rewards.com mantrahealth.com tantra-support.org romantic-portal.com
    mantracare.org company-support.com omega-claims.com custom-support.com s-bahn-help.de
    unsupported-wallet.com solar-support.com aibox.com support.google.com polygonal-design.com
    manta.network wave.com polygonscan.com etherscan.io arbiscan.io basescan.org solscan.io
    www.binance.com upbit.com weather.example.com github.com wikipedia.org
    post-office-claims.co.uk slip-support.com
""")
)

DNSTWIST = {
    "a": "ạăȧɑåąâǎáəäãāà",
    "b": "ḃḅƅʙḇɓ",
    "c": "čᴄċçćĉƈ",
    "d": "ďḍḋɖḏɗḓḑđ",
    "e": "êẹęèḛěɇėĕéëēȩ",
    "f": "ḟƒ",
    "g": "ǧġǵğɡǥĝģɢ",
    "h": "ȟḫḩḣɦḥḧħẖⱨĥ",
    "i": "ɩǐíɪỉȋɨïīĩịîıĭįì",
    "j": "ǰĵʝɉ",
    "k": "ĸǩⱪḵķᴋḳ",
    "l": "ĺłɫļľƚ",
    "m": "ᴍṁḿṃɱ",
    "n": "ņǹńňṅṉṇꞑñŋ",
    "o": "öóȯỏôᴏōòŏơőõọø",
    "p": "ṗƿƥṕ",
    "q": "ʠ",
    "r": "ʀȓɍɾřṛɽȑṙŗŕɼṟ",
    "s": "ṡșŝꜱʂšśṣş",
    "t": "ťƫţṭṫțŧ",
    "u": "ᴜųŭūűǔȕưùůʉúȗüûũụ",
    "v": "ᶌṿᴠⱴⱱṽ",
    "w": "ᴡẇẅẃẘẉⱳŵẁ",
    "x": "ẋẍ",
    "y": "ŷÿʏẏɏƴȳýỿỵ",
    "z": "žƶẓẕⱬᴢżźʐ",
}
"""What the table of dnstwist 20250130 has for each letter."""


def told(query: str, whom: Manifest = ELIZA) -> tuple[str, str]:
    """The verdict on a question and the word for it."""
    found = check(query, whom)
    return found.verdict.value, found.why


@pytest.mark.parametrize(("query", "verdict", "why"), ASKED)
def test_a_question_gets_its_verdict(query: str, verdict: str, why: str) -> None:
    """Accounts in links, mail, reports, what belongs to a chain, and tricks before kinship."""
    assert told(query) == (verdict, why)


@pytest.mark.parametrize(("whom", "query"), IMITATIONS)
def test_an_imitation_is_named(whom: str, query: str) -> None:
    """A short name or symbol beside a word that false sites use, or other letters."""
    assert told(query, PROJECTS[whom])[0] == "lookalike"


@pytest.mark.parametrize("query", INNOCENT)
@pytest.mark.parametrize("whom", sorted(PROJECTS))
def test_an_everyday_name_is_accused_by_no_project(whom: str, query: str) -> None:
    """A symbol within a word, public explorers and exchanges: unknown, and nothing more."""
    assert told(query, PROJECTS[whom])[0] == "unknown"


@pytest.mark.parametrize("letter", sorted(DNSTWIST))
def test_every_letter_of_the_known_table_is_read_as_what_it_looks_like(letter: str) -> None:
    """Within a longer name too, where the name counts wherever it stands."""
    word = f"x{letter}qzjkwv"
    listed = a_list(("ZZ", "YY"), (f"{word}.org",))
    for char in DNSTWIST[letter]:
        assert told(f"migrate-{word.replace(letter, char, 1)}.xyz", listed)[0] == "lookalike", char


@pytest.mark.parametrize(
    "query", ["", "is this you", "§", "a" * 3_000, *(item[0] for item in ASKED)]
)
def test_nobody_of_us_writes_first_stands_in_every_verdict(query: str) -> None:
    """Once, at its end."""
    sentence = check(query, ELIZA).sentence
    assert sentence.endswith(NOBODY_FIRST)
    assert sentence.count(NOBODY_FIRST) == 1


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (OLD, "This is the old token: do not buy it."),
        (ON_SOLANA, "This is the old token: do not buy it."),
        (NEW[:4] + NEW[4:].swapcase(), "do not match its checksum"),
        (f"{NEW[:9]}\u200b{NEW[9:]}", "nobody can see"),
        (f"ethereum:{NEW}@8453?value=1", "This asks you to pay."),
        (f"eip155:1:{NEW}", "another chain"),
        (f"{NEW[:5]}{'1' * 33}{NEW[-4:]}", "begins and ends like"),
        ("blog.elizaos.ai", "is not in our list: do not use it."),
        ("help@elizaos.ai", "is not in our list: do not use it."),
        ("https://polygonscan.com/tx/0x1", "public site that shows what stands on a chain"),
        ("https://www.binance.com/en", "name of an exchange"),
        (f"0x{HASH}", "number of a transaction"),
    ],
)
def test_what_has_to_be_said_is_said(query: str, words: str) -> None:
    """Beside the verdict, in words that tell what to do."""
    assert words in check(query, ELIZA).sentence


def test_a_new_token_is_not_called_old() -> None:
    """Nor is anything wrong said of an address in one letter case."""
    for query in (NEW, NEW.lower(), f"base:{NEW}"):
        sentence = check(query, ELIZA).sentence
        assert "old token: do not buy" not in sentence
        assert "checksum" not in sentence
        assert "another chain" not in sentence


def test_a_digit_and_a_pair_of_letters_are_what_they_look_like() -> None:
    """`rn` and `nn` for m, `vv` for w, digits for letters."""
    assert skeleton("rnantra") == skeleton("nnantra") == skeleton("m4ntr4") == skeleton("mantra")
    assert skeleton("vvallet") == skeleton("wa11et") == skeleton("wallet")


def test_a_verdict_names_the_piece_it_is_about() -> None:
    """So that a reader of several knows which is which."""
    found = check("see elizaos-claim.xyz", ELIZA)
    assert isinstance(found, Verdict)
    assert found.asked == "elizaos-claim.xyz"
    assert KnownBadEntry(kind="handle", value="@x", note="n", grade="D").value == "@x"
