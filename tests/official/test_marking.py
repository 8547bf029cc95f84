"""What readers see of names in a text: a verdict beside each, and no link that is not ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.pace import explodes
from trustops.official.marking import MOST_LOOKED_UP, Marker, Part, defanged
from trustops.official.values import Contract, Domain, DomainKind, Handle, KnownBad, Manifest, Token

NEW = "0x52908400098527886E0F7030069857D2E4169EE7"
OLD = "0x8617E340B3D01FA5F11F306F4090FD50E238070D"
MIGRATOR = "0xde709f2102306220921060314715629080e2fb77"
WALLET = "0x" + "ab" * 20
HASH = "0x" + "cd" * 32
LIST = Manifest(
    project="Eliza",
    version=1,
    issued_at=NOON,
    expires_at=NOON + timedelta(days=7),
    tokens=(
        Token("ethereum", NEW, "elizaOS", "new"),
        Token("base", OLD, "ai16z", "old"),
    ),
    contracts=(Contract("base", MIGRATOR, "migrator"),),
    domains=(
        Domain("desk", "desk.eliza.example.org", DomainKind.DESK),
        Domain("docs", "docs.eliza.example.org"),
        Domain("portal", "old.eliza.example.org", DomainKind.CLOSED),
    ),
    handles=(Handle("x", "x", "@elizaOS"),),
    known_bad=(KnownBad("domain", "eliza-refund.com", "n", "D"),),
)
DESK = "https://desk.eliza.example.org"


def marker(manifest: Manifest | None = LIST) -> Marker:
    """What marks a page of the holder whose wallet this is."""
    own = {WALLET: "your own wallet, as you gave it", HASH: "your own transaction"}
    return Marker(manifest, "desk.eliza.example.org", own)


def named(text: str, manifest: Manifest | None = LIST) -> list[Part]:
    """The parts with a verdict; together all parts are the text, as far as it is no name."""
    parts = marker(manifest).parts(text)
    assert len("".join(part.text for part in parts)) >= len(text)
    return [part for part in parts if part.verdict]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (f"{DESK}/support", "this desk, ours"),
        ("https://docs.eliza.example.org/a#b", "ours, in our list"),
        ("@elizaOS", "in our list"),
        ("https://x.com/elizaOS", "in our list"),
        (NEW, "the new token elizaOS on Ethereum: in our list"),
        (NEW.lower(), "the new token elizaOS on Ethereum: in our list"),
        (OLD, "the old token ai16z on Base: in our list, do not buy it"),
        (MIGRATOR, "the contract migrator on Base: in our list"),
    ],
)
def test_what_is_ours_is_told_to_be(text: str, note: str) -> None:
    """As it was written."""
    (part,) = named(f"See {text}, please.")
    assert (part.text, part.verdict, part.note) == (text, "ours", note)


@pytest.mark.parametrize("text", [f"{DESK}/support", "https://docs.eliza.example.org"])
def test_only_a_site_of_ours_is_a_link(text: str) -> None:
    """And only with its scheme, which no network can change."""
    assert [part.href for part in named(text)] == [text]
    assert [part.href for part in named(text.replace("https", "http"))] == [""]


@pytest.mark.parametrize(
    "carried", ["?next=https://evil.com", "/go?URL=//evil.com", "#to=https%3A//evil.com"]
)
def test_a_link_of_ours_that_carries_another_is_none(carried: str) -> None:
    """Our site may pass its readers on."""
    (part,) = named(f"{DESK}{carried}")
    assert (part.verdict, part.href) == ("ours", "")


def test_a_scheme_in_any_case_is_defanged_once() -> None:
    """Readers see one trace of it."""
    assert defanged("HtTpS://EvIl.CoM") == "hxxpS://EvIl[.]CoM"


@pytest.mark.parametrize(
    ("text", "shown", "note"),
    [
        ("https://evil.com/a", "hxxps://evil[.]com/a", "not in our list: do not use it"),
        ("HTTP://Evil.com", "hxxp://Evil[.]com", "not in our list: do not use it"),
        ("hxxps://evil[.]com", "hxxps://evil[.]com", "not in our list: do not use it"),
        ("evil.com", "evil[.]com", "not in our list: do not use it"),
        ("tg://resolve?domain=a", "tg[:]//resolve?domain=a", "not in our list: do not use it"),
        ("https://203.0.113.9/a", "hxxps://203[.]0[.]113[.]9/a", "not in our list: do not use it"),
        (
            "https://evil.com/x/desk.eliza.example.org",
            "hxxps://evil[.]com/x/desk[.]eliza[.]example[.]org",
            "not in our list: do not use it",
        ),
        (
            f"{DESK}@evil.com",
            "hxxps://desk[.]eliza[.]example[.]org@evil[.]com",
            "not ours, and looks like ours: do not use it",
        ),
        (
            f"{DESK}.evil.com",
            "hxxps://desk[.]eliza[.]example[.]org[.]evil[.]com",
            "not ours, and looks like ours: do not use it",
        ),
        (
            f"{DESK}:8443/a",
            "hxxps://desk[.]eliza[.]example[.]org:8443/a",
            "not in our list: do not use it",
        ),
        (
            "https://old.eliza.example.org",
            "hxxps://old[.]eliza[.]example[.]org",
            "closed: do not use it",
        ),
        (
            "eliza-refund.com",
            "eliza-refund[.]com",
            "reported as false: do not use it",
        ),
        (
            "bit.ly/3a",
            "bit[.]ly/3a",
            "a shortened link, which hides where it leads: do not use it",
        ),
        ("help@evil.com", "help@evil[.]com", "not in our list: do not use it"),
        ("@somebody_else", "@somebody_else", "not in our list: do not use it"),
        ("https://t.me/+AbCd", "hxxps://t[.]me/+AbCd", "not in our list: do not use it"),
    ],
)
def test_what_is_not_ours_is_no_link_and_says_so(text: str, shown: str, note: str) -> None:
    """Shown so that no program opens it, whatever of ours stands within."""
    (part,) = named(f"See {text} now.")
    assert (part.text, part.verdict, part.note, part.href) == (shown, "strange", note, "")


def test_look_alike_letters_and_hidden_signs_are_not_ours() -> None:
    """Compared with what was written; what nobody can see is shown."""
    (part,) = named("See https://desk.elizа.example.org now.")  # a Cyrillic letter
    assert part.verdict == "strange"
    (part,) = named("See https://desk.eliza.example\u202e.org now.")
    assert part.verdict == "strange"
    assert "\u202e" not in part.text
    assert "U+202E" in part.text


def test_explorers_and_exchanges_are_public_and_not_ours() -> None:
    """They accuse nobody, and are no links either."""
    link, host = named(f"See https://etherscan.io/tx/{HASH} or kraken.com.")
    assert (link.verdict, link.note) == ("public", "a public explorer, not ours")
    assert link.text.startswith("hxxps://etherscan[.]io/tx/0x")
    assert (host.text, host.note) == ("kraken[.]com", "an exchange, not ours")


@pytest.mark.parametrize(
    "link",
    [
        f"[{DESK}](https://evil.com/a)",
        f"[{DESK}/faq]( https://evil.com/a 'title')",
        f'<a class="x" href="https://evil.com/a">{DESK}</a>',
    ],
)
def test_of_a_link_with_words_of_its_own_the_target_is_told(link: str) -> None:
    """Whatever its words say."""
    first = named(f"See {link} now.")[0]
    assert first.note == "leads to hxxps://evil[.]com/a: not in our list: do not use it"
    assert first.href == ""
    assert "https://evil" not in first.text


def test_own_things_are_told_to_be_the_readers() -> None:
    """As they gave them; another address is in no list, and another hash says nothing."""
    parts = named(f"{WALLET} {HASH} 0x{'12' * 20} 0x{'34' * 32}")
    assert [part.note for part in parts] == [
        "your own wallet, as you gave it",
        "your own transaction",
        "not in our list",
    ]


def test_without_a_list_nothing_is_called_ours() -> None:
    """Also this desk's own host: nobody vouches for it."""
    (part,) = named(f"See {DESK} now.", None)
    assert (part.verdict, part.href) == ("strange", "")
    assert part.note == "could not be checked now: do not use it"


@pytest.mark.parametrize(
    "text", [f"{DESK}/status", DESK, "desk.eliza.example.org/check", f"{DESK}/support?topic=late"]
)
@pytest.mark.parametrize("manifest", [None, replace(LIST, domains=LIST.domains[1:])])
def test_this_desk_itself_frightens_nobody_where_no_list_names_it(
    text: str, manifest: Manifest | None
) -> None:
    """Its reader is there already, and the address bar tells more than the page can. No link."""
    marked = Marker(manifest, "desk.eliza.example.org", here=DESK)
    (part,) = [one for one in marked.parts(f"See {text} now.") if one.verdict]
    assert (part.text, part.verdict, part.href) == (text, "here", "")
    assert "compare its name with the one in your address bar" in part.note


@pytest.mark.parametrize(
    "text",
    [
        f"{DESK}.evil.com/a",
        f"{DESK}@evil.com",
        f"{DESK}:8443",
        "http://desk.eliza.example.org",
        "https://desk.elizа.example.org",  # a Cyrillic letter
        f"https://evil.com/{DESK}",
        "https://docs.eliza.example.org",
    ],
)
def test_nothing_else_is_taken_for_this_desk(text: str) -> None:
    """Compared letter by letter with its address in the settings."""
    marked = Marker(None, "desk.eliza.example.org", here=DESK)
    parts = [one for one in marked.parts(f"See {text} now.") if one.verdict]
    assert {(one.verdict, one.href) for one in parts} == {("strange", "")}


def test_chains_are_called_by_the_titles_of_the_pack() -> None:
    """Where it has one."""
    marked = Marker(LIST, chains={"ethereum": "Ethereum Mainnet"})
    notes = [one.note for one in marked.parts(f"{NEW} and {OLD}") if one.verdict]
    assert notes == [
        "the new token elizaOS on Ethereum Mainnet: in our list",
        "the old token ai16z on Base: in our list, do not buy it",
    ]


def test_plain_words_stay_as_they_are() -> None:
    """Files, numbers, abbreviations, hours."""
    text = "Read README.md, e.g. at 10:30, of version 2.0.1.\n\n감사합니다. 谢谢。"
    assert marker().parts(text) == (Part(text),)
    assert marker().parts("") == ()


def test_thousands_of_names_keep_no_page_waiting() -> None:
    """After some hundred nothing is looked up any more, and still nothing is a link."""
    text = " ".join(f"https://a{number}.co" for number in range(900))
    marked = marker()
    parts = [marked.parts(text) for _ in range(2)]
    assert not explodes(lambda some: marker().parts(some), text, len(text))
    assert sum(part.note == "not in our list: do not use it" for part in parts[0]) == MOST_LOOKED_UP
    assert len(parts[-1]) == 1
    assert "https://" not in "".join(part.text for one in parts for part in one)
    assert marked.parts("") == ()


def test_a_line_without_room_for_verdicts_has_no_links_all_the_same() -> None:
    """Subjects in lists."""
    text = f"Is https://evil.com or {DESK} yours? README.md says so"
    assert defanged(text) == (
        "Is hxxps://evil[.]com or hxxps://desk[.]eliza[.]example[.]org yours? README.md says so"
    )
