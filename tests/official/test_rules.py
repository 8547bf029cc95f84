"""The checker: exactly ours, reported, looks like ours, or unknown. There is no word for safe."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import NOON, later
from tests.official.things import (
    BAD,
    MIGRATOR,
    NEW,
    OLD,
    ON_SOLANA,
    SOURCE,
    parse_signed,
    signed,
)
from trustops.addresses import spelled
from trustops.content.facts import FactKind
from trustops.official.direct import notes_on
from trustops.official.letters import distance
from trustops.official.rules import check, could_not_check, facts, problem_at, sentence_of
from trustops.official.values import (
    Accepted,
    Asked,
    Domain,
    Handle,
    Judgement,
    KnownBad,
    Manifest,
    Problem,
    Token,
    Verdict,
)

SAME_ENDS = f"{NEW[:5]}{'1' * 33}{NEW[-4:]}"
SLIP = f"{NEW[:20]}{'0' if NEW[20] != '0' else '1'}{NEW[21:]}"

OFFICIAL = {
    "the new token": (NEW, Asked.ADDRESS, "new token HELIO on Base"),
    "in small letters": (NEW.lower(), Asked.ADDRESS, "new token HELIO on Base"),
    "with 0X": ("0X" + NEW[2:], Asked.ADDRESS, "new token HELIO on Base"),
    "in groups of four": (" ".join((NEW[:6], NEW[6:20], NEW[20:])), Asked.ADDRESS, "HELIO"),
    "in quotes": (f" '{OLD}' ", Asked.ADDRESS, "old token OLDH on Base"),
    "with something invisible": (f"{NEW[:9]}\u200b{NEW[9:]}", Asked.ADDRESS, "HELIO"),
    "without 0x": (NEW[2:], Asked.ADDRESS, "new token HELIO on Base"),
    "with the chain's short name": (f"eth:{NEW}", Asked.ADDRESS, "new token HELIO on Base"),
    "with the chain's number": (f"eip155:8453:{NEW}", Asked.ADDRESS, "new token HELIO on Base"),
    "as a payment": (f"ethereum:{NEW}@8453?value=1", Asked.ADDRESS, "new token HELIO on Base"),
    "at an explorer": (f"https://basescan.org/token/{NEW}", Asked.ADDRESS, "new token HELIO"),
    "on Solana": (ON_SOLANA, Asked.ADDRESS, "new token HELIO on Solana"),
    "on Solana, as a payment": (f"solana:{ON_SOLANA}?amount=1", Asked.ADDRESS, "on Solana"),
    "on Solana, at an explorer": (f"https://solscan.io/token/{ON_SOLANA}", Asked.ADDRESS, "HELIO"),
    "a contract": (MIGRATOR, Asked.ADDRESS, "contract migrator on Base"),
    "a host": ("heliotrope.org", Asked.DOMAIN, "heliotrope.org"),
    "a host in capitals": ("Portal.HELIOTROPE.org.", Asked.DOMAIN, "portal.heliotrope.org"),
    "a host made harmless": ("heliotrope[.]org", Asked.DOMAIN, "heliotrope.org"),
    "a link": ("https://portal.heliotrope.org/go?a=b#c", Asked.LINK, "portal.heliotrope.org"),
    "a link made harmless": ("hxxps://heliotrope(dot)org", Asked.LINK, "heliotrope.org"),
    "a link without its scheme": ("heliotrope.org/claim", Asked.LINK, "heliotrope.org"),
    "the usual port": ("https://heliotrope.org:443/", Asked.LINK, "heliotrope.org"),
    "wide letters": ("ｈeliotrope。org", Asked.DOMAIN, "heliotrope.org"),
    "an account": ("@heliotrope", Asked.HANDLE, "@heliotrope on X"),
    "an account without @": ("Heliotrope", Asked.HANDLE, "@heliotrope on X"),
    "an account elsewhere": ("@news@social.heliotrope.org", Asked.HANDLE, "on Mastodon"),
    "a profile": ("https://x.com/Heliotrope", Asked.LINK, "@heliotrope on X"),
    "a profile by its server": (
        "https://social.heliotrope.org/@news",
        Asked.LINK,
        "@news@social.heliotrope.org",
    ),
}

LOOKALIKE = {
    "the same ends": (SAME_ENDS, "same-ends", "new token HELIO on Base"),
    "another digit": (SLIP, "typo", "new token HELIO on Base"),
    "a digit lost": (NEW[:20] + NEW[21:], "typo", "new token HELIO on Base"),
    "other capitals on Solana": (ON_SOLANA.swapcase(), "case", "new token HELIO on Solana"),
    "before an @": ("https://heliotrope.org@evil.xyz/a", "userinfo", "heliotrope.org"),
    "before an @ with %40": ("https://heliotrope.org%2F@evil.xyz", "userinfo", "heliotrope.org"),
    "the name before an @": ("https://heliotrope-login@evil.xyz", "userinfo", "heliotrope"),
    "in a mail address": ("heliotrope.support@mail.xyz", "userinfo", "heliotrope"),
    "as part of another": ("portal.heliotrope.org.evil.xyz", "embedded", "portal.heliotrope.org"),
    "as part, with hyphens": ("heliotrope-org.evil.xyz", "embedded", "heliotrope.org"),
    "an accent": ("heliotrópe.org", "letters", "heliotrope.org"),
    "an accent in xn--": ("xn--heliotrpe-c7a.org", "letters", "heliotrope.org"),
    "another script": ("hеliotrоpe.org", "letters", "heliotrope.org"),
    "digits for letters": ("he1i0trope.org", "letters", "heliotrope.org"),
    "another ending": ("heliotrope.xyz", "ending", "heliotrope.org"),
    "on a shared host": ("heliotrope.pages.dev", "ending", "heliotrope.org"),
    "a letter swapped": ("heliotorpe.org", "typo", "heliotrope.org"),
    "a letter lost": ("https://helitrope.org/", "typo", "heliotrope.org"),
    "the name and a word": ("claim-heliotrope.xyz", "brand", "heliotrope"),
    "the name below": ("heliotrope.evil-host.xyz", "brand", "heliotrope"),
    "the symbol and a word": ("helio-migrate.xyz", "brand", "HELIO"),
    "the symbol alone": ("helio.xyz", "brand", "HELIO"),
    "the name cut by dots": ("helio.trope.claims.xyz", "brand", "heliotrope"),
    "an account with more": ("@heliotrope_support", "brand", "@heliotrope"),
    "an account with a slip": ("@heliotorpe", "typo", "@heliotrope"),
    "an account with lines": ("@helio_trope", "letters", "@heliotrope"),
    "an account by the symbol": ("@oldh_claims", "brand", "OLDH"),
    "an account elsewhere": ("@heliotrope@evil.xyz", "userinfo", "heliotrope"),
}

UNKNOWN = {
    "an address": ("0xDe0B295669a9FD93d5F28D9Ec85E40f4cb697BAe", Asked.ADDRESS),
    "an address on Solana": ("So11111111111111111111111111111111111111112", Asked.ADDRESS),
    "a host": ("weather.example.com", Asked.DOMAIN),
    "ours behind a strange host": (f"https://etherscan.io.evil.xyz/address/{NEW}", Asked.LINK),
    "ours behind an @": (f"https://etherscan.io@evil.xyz/address/{NEW}", Asked.LINK),
    "ours at an explorer beside another": (f"https://etherscan.io/token/{NEW}?a={BAD}", Asked.LINK),
    "ours in a script": (f"javascript:{NEW}", Asked.LINK),
    "a host in another script": ("пример.рф", Asked.DOMAIN),
    "a host that is no xn--": ("xn--99999999.com", Asked.DOMAIN),
    "a host below ours": ("blog.heliotrope.org", Asked.DOMAIN),
    "a mail address at ours": ("help@heliotrope.org", Asked.HANDLE),
    "ours at another port": ("https://heliotrope.org:8443/", Asked.LINK),
    "ours after an @": ("https://somebody@heliotrope.org/", Asked.LINK),
    "the symbol in a word": ("heliopause.com", Asked.DOMAIN),
    "an account": ("@somebody", Asked.HANDLE),
    "a link to mail": ("mailto:a@weather.example.com?subject=x", Asked.HANDLE),
    "a script": ("javascript:alert(1)", Asked.LINK),
    "a file in a link": ("data:text/html,x", Asked.LINK),
    "a number for a host": ("http://2130706433/", Asked.LINK),
    "numbers for a host": ("http://127.0.0.1/", Asked.LINK),
    "a backslash": ("https://evil.xyz\\@heliotrope.org", Asked.LINK),
    "a link to nowhere": ("https://", Asked.LINK),
    "a host and a port": ("weather.example.com:8080", Asked.LINK),
    "a word and a port": ("weather:80", Asked.LINK),
    "words": ("is this really you", Asked.UNKNOWN_SHAPE),
    "nothing": ("  ", Asked.UNKNOWN_SHAPE),
    "an @": ("@", Asked.UNKNOWN_SHAPE),
    "an @ and nobody": ("@@evil.xyz", Asked.UNKNOWN_SHAPE),
    "too much": ("a" * 2_001, Asked.UNKNOWN_SHAPE),
    "signs": ("§§§", Asked.UNKNOWN_SHAPE),
}


def asked(manifest: Manifest, query: str) -> tuple[Asked, Judgement]:
    """The shape of a question and the verdict on it."""
    found = check(query, manifest)
    return found.kind, found.verdict


@pytest.mark.parametrize("name", sorted(OFFICIAL))
def test_what_is_ours_is_official(manifest: Manifest, name: str) -> None:
    """Exactly ours, however it was copied."""
    query, kind, what = OFFICIAL[name]
    found = check(query, manifest)
    assert (found.kind, found.verdict, found.why) == (kind, Judgement.OFFICIAL, "exact")
    assert what in found.what


@pytest.mark.parametrize("name", sorted(LOOKALIKE))
def test_what_looks_like_ours_is_named_with_the_trick(manifest: Manifest, name: str) -> None:
    """And with the thing of ours that it looks like."""
    query, why, what = LOOKALIKE[name]
    found = check(query, manifest)
    assert (found.verdict, found.why) == (Judgement.LOOKALIKE, why)
    assert what in found.what
    assert found.what in found.sentence


@pytest.mark.parametrize("name", sorted(UNKNOWN))
def test_what_we_do_not_know_is_unknown(manifest: Manifest, name: str) -> None:
    """Neither good nor bad is said of it."""
    query, kind = UNKNOWN[name]
    found = check(query, manifest)
    assert (found.kind, found.verdict) == (kind, Judgement.UNKNOWN)
    assert "scam" not in found.sentence.lower()
    assert "safe" not in found.sentence.lower()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("helio-refund.xyz", "recovery phrase. Evidence: class B."),
        ("https://www.helio-refund.xyz/now", "recovery phrase. Evidence: class B."),
        (BAD.lower(), "new migrator. Evidence: class D."),
        ("Helio_Refunds", "wrote to holders first. Evidence: class D."),
    ],
)
def test_what_was_reported_is_told_with_its_evidence(
    manifest: Manifest, query: str, words: str
) -> None:
    """The host and what lies under it, the address in any case, the account with or without @."""
    found = check(query, manifest)
    assert found.verdict is Judgement.KNOWN_BAD
    assert words in found.sentence


def test_a_name_beside_a_reported_one_is_not_reported(manifest: Manifest) -> None:
    """It ends like it, and is another."""
    assert check("not-helio-refund.xyz", manifest).verdict is not Judgement.KNOWN_BAD


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        ("lost", "what is sent to it is lost"),
        ("swap", "old tokens that are sent to it are swapped"),
        ("converted", "old tokens that are sent to it are converted into new ones"),
    ],
)
def test_what_is_sent_to_a_token_becomes_what_the_pack_says(
    manifest: Manifest, meaning: str, words: str
) -> None:
    """It is lost in one migration, and the swap itself in another; of contracts nothing is said."""
    means = {("base", spelled(NEW)): meaning, ("base", spelled(MIGRATOR)): meaning}
    assert words in check(NEW, manifest, means=means).sentence
    assert words not in check(MIGRATOR, manifest, means=means).sentence


def test_where_the_pack_says_nothing_nobody_is_told_what_becomes_of_it(manifest: Manifest) -> None:
    """It is no wallet, and that is all that is known."""
    found = check(NEW, manifest).sentence
    assert "Send no tokens to it: we do not know what would become of them." in found
    assert "lost" not in found


def test_an_address_on_two_chains_with_two_meanings_has_none(tmp_path: Path) -> None:
    """Who asks did not say on which chain."""
    more = f'\n[[tokens]]\nchain = "bsc"\naddress = "{NEW}"\nsymbol = "HELIO"\nrole = "new"\n'
    manifest = parse_signed(signed(tmp_path, source=SOURCE + more))
    means = {("base", spelled(NEW)): "lost", ("bsc", spelled(NEW)): "converted"}
    assert "we do not know" in check(NEW, manifest, means=means).sentence
    notes = notes_on(manifest, means)
    assert "is lost" in notes["base", NEW]
    assert "converted" in notes["bsc", NEW]
    assert "we do not know" in notes["base", MIGRATOR]


def test_one_address_may_be_several_things_of_ours(tmp_path: Path) -> None:
    """The same token on two chains is named with both."""
    more = f'\n[[tokens]]\nchain = "bsc"\naddress = "{NEW}"\nsymbol = "HELIO"\nrole = "new"\n'
    found = check(NEW, parse_signed(signed(tmp_path, source=SOURCE + more)))
    assert found.what == "the new token HELIO on Base and the new token HELIO on BNB Smart Chain"


def test_a_short_name_of_ours_counts_beside_a_telling_word_only() -> None:
    """Else half of all names would bear it."""
    short = bare(domains=(Domain("main", "sky.org"),))
    assert asked(short, "skyline-hotels.com")[1] is Judgement.UNKNOWN
    assert asked(short, "upgrade-to-sky.com")[1] is Judgement.LOOKALIKE
    assert asked(short, "sly.org")[1] is Judgement.UNKNOWN
    assert asked(short, "sky.net")[1] is Judgement.LOOKALIKE


def test_a_name_of_middling_length_may_differ_in_one_letter() -> None:
    """Two letters of five make another word."""
    middling = bare(domains=(Domain("main", "vault.org"),))
    assert check("vau1t.org", middling).why == "letters"
    assert check("vaulx.org", middling).why == "typo"
    assert check("fauxt.org", middling).verdict is Judgement.UNKNOWN


def test_a_name_without_a_public_ending_is_read_too() -> None:
    """Such as those of tests and of networks of one's own."""
    own = bare(domains=(Domain("main", "portal.heliotrope.internal"),))
    assert check("portal.heliotrope.internal", own).verdict is Judgement.OFFICIAL
    assert check("other.heliotrope.internal", own).why == "under-ours"
    assert check("heliotrope.intern", own).why == "ending"


def test_an_account_may_have_a_host_for_its_name() -> None:
    """As on networks where the name is a domain."""
    own = bare(handles=(Handle("b", "bluesky", "@news.heliotrope.org"),))
    assert check("news.heliotrope.org", own).verdict is Judgement.OFFICIAL
    assert check("https://bsky.app/profile/news.heliotrope.org", own).verdict is Judgement.OFFICIAL


def test_a_reported_account_is_no_reported_address() -> None:
    """A report counts for its own kind."""
    own = bare(known_bad=(KnownBad("address", "somebody", "n", "D"),))
    assert check("@somebody", own).verdict is Judgement.UNKNOWN


def test_without_a_list_nothing_is_judged() -> None:
    """Neither ours nor anybody's; the reason is told."""
    found = could_not_check(NEW, sentence_of(Problem.EXPIRED))
    assert found == Verdict(
        Asked.ADDRESS,
        Judgement.UNCHECKED,
        "We could not check this right now. The official addresses are withheld: the signed list "
        "is past its last day. Nobody of us writes to you first.",
    )


@pytest.mark.parametrize(
    ("version", "sha256", "problem"),
    [
        (0, "", None),
        (1, "a", None),
        (1, "b", Problem.ROLLED_BACK),
        (2, "a", Problem.ROLLED_BACK),
    ],
)
def test_a_list_is_measured_against_the_last_one(
    version: int, sha256: str, problem: Problem | None
) -> None:
    """Older, or the same version with other bytes: somebody put it back."""
    assert problem_at(bare(), "a", NOON, Accepted(version, sha256)) is problem


def test_every_problem_has_its_sentence() -> None:
    """In words that say what is withheld."""
    assert all(sentence_of(problem).startswith("The official addresses") for problem in Problem)


def test_prose_may_name_everything_of_the_list(manifest: Manifest) -> None:
    """By names that stay while there is one of a kind."""
    found = {fact.name: fact for fact in facts(manifest)}
    assert set(found) == {
        "new_token.base",
        "old_token.base",
        "new_token.solana",
        "contract.migrator",
        "domain.portal",
        "domain.main",
        "handle.x",
        "handle.mastodon",
    }
    assert (found["new_token.base"].text, found["new_token.base"].chain) == (NEW, "base")
    kinds = [found[name].kind for name in ("contract.migrator", "domain.main", "handle.x")]
    assert kinds == [FactKind.ADDRESS, FactKind.DOMAIN, FactKind.HANDLE]


def test_several_of_a_kind_are_told_apart_by_name(tmp_path: Path) -> None:
    """Two old tokens on one chain by their symbols, a contract on two chains by the chain."""
    more = f"""
[[tokens]]
chain = "base"
address = "{BAD}"
symbol = "OLD.2"
role = "old"

[[contracts]]
chain = "bsc"
address = "{MIGRATOR}"
role = "migrator"
"""
    source = SOURCE.partition("[[known_bad]]")[0] + more
    names = {fact.name for fact in facts(parse_signed(signed(tmp_path, source=source)))}
    assert {"old_token.base-oldh", "old_token.base-old2"} < names
    assert {"contract.migrator-base", "contract.migrator-bsc"} < names


@pytest.mark.parametrize(
    ("one", "other", "most", "expected"),
    [
        ("vault", "vault", 2, 0),
        ("vault", "vualt", 2, 1),
        ("vault", "vaults", 2, 1),
        ("vault", "fault", 2, 1),
        ("vault", "faults", 2, 2),
        ("vault", "", 2, 3),
        ("vault", "hello", 2, 3),
        ("ab", "ba", 1, 1),
    ],
)
def test_differences_are_counted_up_to_a_limit(
    one: str, other: str, most: int, expected: int
) -> None:
    """Added, dropped, replaced or swapped letters count one each; beyond it all is far."""
    assert distance(one, other, most=most) == distance(other, one, most=most) == expected


@settings(deadline=None)
@given(st.text(max_size=120))
@example("https://[::1]/")
@example("@")
@example("xn--.com")
@example("https://user:pass@host:port:port/")
@example("\ud800.com")
def test_no_question_breaks_the_checker(query: str) -> None:
    """Whatever was pasted, there is an answer, and it is not official by chance."""
    found = check(query, EVERYTHING)
    assert found.sentence
    assert found.verdict is not Judgement.OFFICIAL


@given(
    st.sampled_from([NEW, ON_SOLANA, "heliotrope.org", "@heliotrope", "https://heliotrope.org/"]),
    st.integers(0, 60),
    st.characters(),
)
def test_one_more_character_never_makes_something_else_official(
    ours: str, place: int, char: str
) -> None:
    """What is called official is ours, or leads to ours."""
    query = ours[:place] + char + ours[place:]
    found = check(query, EVERYTHING)
    if found.verdict is Judgement.OFFICIAL:
        assert found.what


def bare(
    domains: tuple[Domain, ...] = (),
    handles: tuple[Handle, ...] = (),
    known_bad: tuple[KnownBad, ...] = (),
) -> Manifest:
    """A manifest with a token of a long symbol and little else."""
    return Manifest(
        project="P",
        version=1,
        issued_at=NOON,
        expires_at=later(days=1),
        tokens=(Token("base", NEW, "ZQXJKVW", "new"),),
        contracts=(),
        domains=domains,
        handles=handles,
        known_bad=known_bad,
    )


EVERYTHING = bare(
    domains=(Domain("main", "heliotrope.org"),),
    handles=(Handle("x", "x", "@heliotrope"),),
    known_bad=(KnownBad("domain", "evil.xyz", "n", "D"), KnownBad("handle", "@evil", "n", "D")),
)
