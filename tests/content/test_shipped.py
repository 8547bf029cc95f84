"""The shipped content: what it holds, and that it says no more than its evidence.

The rules are those of `content/README.md`; a new file is held to them without a change here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from trustops.chain.packs import facts as pack_facts
from trustops.chain.packs import load_packs
from trustops.chain.schema import Pack
from trustops.content import load
from trustops.content.facts import Fact, FactKind, Facts
from trustops.content.kinds import FaqMeta, Kind, KnownIssueMeta, PolicyMeta, ReplyMeta
from trustops.content.library import Document, Library, load_library
from trustops.content.markdown import render
from trustops.exchanges.load import load_exchanges
from trustops.exchanges.rules import matrix
from trustops.exchanges.values import Row, State
from trustops.guard.words import PHRASE_LANGUAGES
from trustops.official.schema import OfficialSource, load_source
from trustops.settings import PROJECT_ROOT
from trustops.sla.rules import FIRST_RESPONSE

SHIPPED = PROJECT_ROOT / "content"
GATHERED = date(2026, 11, 29)
"""The day on which the sources of this content were read last."""

OUT_OF_SCOPE = re.compile(
    r"\b(?:pric(?:e|es|ing)|lawsuit|litigat\w*|court|plaintiff|compensat\w*|refund\w*|invest\w*"
    r"|guarantee\w*|profit\w*)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\b(?:0x[0-9a-fA-F]{40}|[1-9A-HJ-NP-Za-km-z]{32,44})\b")
MONTH_ALONE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b(?! 20\d\d)"
)
SECTION = re.compile(r"^## (?P<title>.+?) \{#(?P<id>[a-z0-9-]+)\}$", re.MULTILINE)
ABOUT_CLAIMS = "faq/claim-money/en.md"
"""The one answer that may name a court: as the place to look at by oneself, without a case."""
A_FILE_OR_PAGE = re.compile(
    r"https://github\.com/[^/]+/[^/]+/(?:blob/[0-9a-f]{12}/\S+|(?:issues|pull)/\d+)"
    r"|https://(?!github\.com)[^/]+/\S+"
)
REFUSES = re.compile(r"[^.]*form refuses[^.]*\.[^.]*\.", re.IGNORECASE)
SECOND_HAND = re.compile(r"machine-(?:made|written)|second-hand|blog|press", re.IGNORECASE)


def files() -> Iterator[tuple[str, str]]:
    """Every text of the content folder, with its name."""
    for path in sorted(SHIPPED.rglob("*")):
        if path.suffix in {".md", ".toml"}:
            yield str(path.relative_to(SHIPPED)), path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The migration that the desk serves."""
    (found,) = load_packs(SHIPPED)
    assert found.id == load(SHIPPED).migration
    return found


@pytest.fixture(scope="module")
def source() -> OfficialSource:
    """What is official, before it is signed."""
    return load_source(SHIPPED)


@pytest.fixture(scope="module")
def facts(pack: Pack, source: OfficialSource) -> Facts:
    """The facts of a desk whose operator has signed the manifest."""
    official = [
        Fact(f"{token.role}_token.{token.chain}", FactKind.ADDRESS, token.address, token.chain)
        for token in source.tokens
    ]
    domains = [Fact(f"domain.{item.id}", FactKind.DOMAIN, item.name) for item in source.domains]
    return Facts.of(pack_facts(pack), official, domains)


@pytest.fixture(scope="module")
def library(facts: Facts) -> Library:
    """Every shipped document, checked."""
    return load_library(SHIPPED, facts)


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    """The exchanges, as the matrix shows them on the day on which the sources were read."""
    return tuple(matrix(load_exchanges(SHIPPED), GATHERED))


def everything(library: Library) -> list[Document]:
    """The documents of every kind."""
    return [document for kind in Kind for document in library.all(kind)]


def statements(library: Library) -> dict[str, PolicyMeta]:
    """The ledger, by id."""
    found = {}
    for document in library.all(Kind.POLICY):
        assert isinstance(document.meta, PolicyMeta)
        found[document.id] = document.meta
    return found


def cases(library: Library) -> dict[str, str]:
    """The cases of the troubleshooting page: the text under each heading, by id."""
    page = library.find(Kind.PAGE, "troubleshooting")
    assert page is not None
    found = list(SECTION.finditer(page.body))
    ends = [match.start() for match in found[1:]] + [len(page.body)]
    return {
        match["id"]: page.body[match.end() : end] for match, end in zip(found, ends, strict=True)
    }


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        (Kind.PAGE, 3),
        (Kind.FAQ, 16),
        (Kind.POLICY, 16),
        (Kind.KNOWN_ISSUE, 4),
        (Kind.REPLY, 12),
    ],
)
def test_there_is_enough_to_open_a_desk_with(library: Library, kind: Kind, least: int) -> None:
    """A desk begins with pages, questions, statements, known issues and replies."""
    assert len(library.all(kind)) >= least
    assert len(library.components) >= 5


def test_every_case_says_what_to_do_what_is_not_known_and_what_never_to_do(
    library: Library,
) -> None:
    """Twelve cases: the answer first, then steps one by one, then the two limits."""
    found = cases(library)
    assert len(found) == 12
    for case, text in found.items():
        answer = text.strip().splitlines()[0]
        assert not answer.startswith(("1.", "**")), case
        assert text.index("\n1. ") < text.index("**What we cannot know:**"), case
        assert text.index("**What we cannot know:**") < text.index("**Never:**"), case


def test_late_holders_are_answered_first(library: Library) -> None:
    """The window is closed: the first question and the first case are theirs."""
    assert library.all(Kind.FAQ)[0].id == "is-it-over"
    assert next(iter(cases(library))) == "window-missed"


def test_every_topic_of_the_form_has_a_reply(library: Library) -> None:
    """An agent finds words for each topic, and no reply belongs to none."""
    topics = set()
    for document in library.all(Kind.REPLY):
        assert isinstance(document.meta, ReplyMeta)
        topics.add(document.meta.topic)
    assert topics == {topic.id for topic in load(SHIPPED).topics}


def test_pages_read_on_while_addresses_are_withheld(library: Library, facts: Facts) -> None:
    """Without a signed manifest no address and no site of the project is in any text."""
    withheld = facts.without_official("not signed yet")
    official = {fact.text for name, fact in facts.known.items() if not withheld.find(name)}
    assert len(official) >= 4
    for document in everything(library):
        shown = render(document.body, withheld)
        assert [text for text in official if text in shown.text or text in shown.html] == []
        assert shown.text.strip()
    assert [d.id for d in everything(load_library(SHIPPED, withheld))] == [
        d.id for d in everything(library)
    ]


def test_nothing_speaks_of_what_the_desk_stays_out_of() -> None:
    """Nothing on markets, on disputes before a judge, or on making losses good; no promise."""
    found = [(name, match[0]) for name, text in files() for match in OUT_OF_SCOPE.finditer(text)]
    assert [entry for entry in found if entry != (ABOUT_CLAIMS, "court")] == []


def test_nothing_shouts() -> None:
    """No exclamation mark in anything that a worried person reads."""
    assert [name for name, text in files() if "!" in re.sub(r"!=|\[!", "", text)] == []


def test_only_addresses_of_the_official_source_stand_anywhere(source: OfficialSource) -> None:
    """An address over which sources disagree is in no list, and in no sentence."""
    ours = {token.address for token in source.tokens}
    found = {match[0] for _, text in files() for match in ADDRESS.finditer(text)}
    assert found == ours


def test_the_pack_and_the_official_source_name_the_same_tokens(
    pack: Pack, source: OfficialSource
) -> None:
    """What the desk reads is what it calls official; decimals are left to the chain."""
    assert {(t.chain, t.role, t.address) for t in pack.tokens} == {
        (t.chain, t.role, t.address) for t in source.tokens
    }
    assert [t.decimals for t in pack.tokens] == [None] * len(pack.tokens)
    assert [t.decimals for t in source.tokens] == [None] * len(source.tokens)
    assert source.handles == []
    assert source.contracts == []


def test_the_promise_in_words_is_the_promise_of_the_clock(facts: Facts) -> None:
    """Pages and the SLA say the same number of hours."""
    promise = facts.find("migration.promise")
    assert promise is not None
    target = load(SHIPPED).policy(FIRST_RESPONSE).target
    assert promise.text == f"{target.total_seconds() / 3600:.0f} hours"


def test_the_closing_day_is_given_with_its_conflict(pack: Pack, facts: Facts) -> None:
    """Two days are told by sources, so no single one is stated."""
    closed = facts.find("migration.window_closed")
    assert closed is not None
    assert "sources differ" in closed.text
    assert pack.window.closes is None
    assert pack.window.state == "closed"


def test_no_statement_is_graded_above_its_source(library: Library) -> None:
    """Nothing was read from another party itself; what is second-hand says so."""
    metas = [*statements(library).values()]
    issues = [document.meta for document in library.all(Kind.KNOWN_ISSUE)]
    evidence = [meta.evidence for meta in metas]
    evidence += [meta.evidence for meta in issues if isinstance(meta, KnownIssueMeta)]
    assert {item.grade for item in evidence} <= {"C", "D"}
    for item in evidence:
        assert item.note
        assert item.checked >= date(2026, 11, 22)
        if item.grade == "D":
            assert SECOND_HAND.search(item.note) or "search" in item.note or "public" in item.note


def test_the_ledger_hides_no_contradiction(library: Library) -> None:
    """What is called contradicted or superseded is named by the statement that did it."""
    ledger = statements(library)
    contradicted = {other for meta in ledger.values() for other in meta.contradicts}
    superseded = {other for meta in ledger.values() for other in meta.supersedes}
    for name, meta in ledger.items():
        assert meta.said_on.isoformat() == name[:10]
        assert meta.said_on <= meta.evidence.checked
        if meta.standing == "contradicted":
            assert name in contradicted | superseded, name
        if meta.standing == "superseded":
            assert name in superseded, name
        if meta.standing == "in-force":
            assert name not in contradicted | superseded, name


def test_a_title_of_the_ledger_says_when_it_was_said(library: Library) -> None:
    """Links and search show it without its day: month and year, for most no longer holds."""
    for name, meta in statements(library).items():
        assert f"{meta.said_on:%B %Y}" in meta.title, name


def test_a_month_in_a_title_or_a_summary_has_its_year(library: Library) -> None:
    """A month alone reads as one of this year to whoever meets it in a list."""
    shown = [
        (document.id, words)
        for document in everything(library)
        for words in (document.meta.title, getattr(document.meta, "summary", ""))
    ]
    assert [entry for entry in shown if MONTH_ALONE.search(entry[1])] == []


def test_a_title_that_once_invited_says_what_was_said_later(library: Library) -> None:
    """Read alone, in a list of results, none of them may send anybody off to a ticket."""
    ledger = statements(library)
    for name, words in {
        "2025-11-07-buy-until-february": "staff said no five days later",
        "2025-11-12-exchanges-or-a-ticket": "later statements refuse",
        "2025-11-12-file-a-ticket": "refused in December 2025",
        "2026-02-04-swap-at-your-leisure": "contradicted",
        "2026-02-11-manual-migration-by-ticket": "called no longer possible three days later",
        "2026-04-22-waitlist": "longshot",
        "2026-05-05-asked-again": "the window has closed",
    }.items():
        assert words in ledger[name].title, name


def test_what_was_said_last_is_told_to_whoever_asks_whether_it_is_over(library: Library) -> None:
    """No answer rests on a waitlist of April while staff refused in June."""
    last = {"2026-06-07-window-has-closed", "2026-06-15-links-are-scams"}
    first = {"2026-02-10-migration-over", "2026-04-12-period-has-ended"}
    for name, told in {
        "is-it-over": first | last,
        "late-holder": first | last,
        "sites-that-still-say-swap": last,
    }.items():
        document = library.find(Kind.FAQ, name)
        assert document is not None
        assert isinstance(document.meta, FaqMeta)
        assert told <= set(document.meta.statements), name


def test_a_plan_of_an_exchange_is_told_whole_at_the_head_of_its_row(rows: tuple[Row, ...]) -> None:
    """What a helper added later is no notice, and takes its place from nothing."""
    (kraken,) = (row for row in rows if row.id == "kraken")
    assert kraken.claim is not None
    for words in ("19 December 2025, 15:00 UTC", "at the snapshot", "automatically", "not known"):
        assert words in kraken.claim.says


def test_what_was_reported_last_of_an_exchange_heads_its_row(rows: tuple[Row, ...]) -> None:
    """An end of a listing that was reported later is not hidden below a plan of the window."""
    heads = {row.id: row.claim for row in rows}
    for exchange, day in {
        "bithumb": date(2026, 2, 9),
        "bitget": date(2026, 4, 12),
        "bybit": date(2026, 8, 20),
    }.items():
        claim = heads[exchange]
        assert claim is not None
        assert (claim.said_on, claim.grade) == (day, "D")


def test_no_exchange_is_said_to_have_done_what_was_only_reported(rows: tuple[Row, ...]) -> None:
    """Nothing of class A or B was found, so each row is reported or unknown, and stale by now."""
    assert len(rows) >= 15
    for row in rows:
        assert {claim.grade for claim in row.history} <= {"C", "D"}
        assert row.who_acts == "unknown"
        if row.claim is None:
            assert row.state is State.UNKNOWN
        else:
            assert row.reported, row.id
            assert row.stale, row.id
            assert row.claim.note


def test_an_exchange_without_evidence_is_unknown_and_never_a_no(rows: tuple[Row, ...]) -> None:
    """Absence of evidence is no evidence of absence."""
    without = {row.id for row in rows if row.claim is None}
    assert without == {"upbit", "okx", "htx", "kucoin", "crypto-com", "coinbase"}
    assert {row.state for row in rows} & {State.NOT_SUPPORTED, State.DECLINED} == set()
    for row in rows:
        if row.id in without:
            told = ("no evidence", "nothing else", "says nothing on balances")
            assert any(words in row.user_note for words in told), row.id


def test_every_link_of_evidence_leads_to_a_file_as_it_was_or_to_a_page(
    library: Library, rows: tuple[Row, ...]
) -> None:
    """A repository as a whole shows nobody where something was said, and files change."""
    metas = [*statements(library).values()]
    issues = [document.meta for document in library.all(Kind.KNOWN_ISSUE)]
    links = [meta.evidence.url for meta in metas]
    links += [meta.evidence.url for meta in issues if isinstance(meta, KnownIssueMeta)]
    links += [claim.url for row in rows for claim in row.history]
    assert [link for link in links if link and not A_FILE_OR_PAGE.fullmatch(link)] == []


@pytest.mark.parametrize(
    ("statement", "speaker", "grade", "quote"),
    [
        ("2025-11-07-exchanges-by-themselves", "moderator", "D", "Yes, exchanges will handle the"),
        ("2025-11-07-unclaimed-by-ticket", "founder", "C", "mess with anyone, could cause fud"),
        ("2025-11-12-exchanges-or-a-ticket", "founder", "C", "users can file tickets"),
        ("2025-11-12-file-a-ticket", "founder", "C", ""),
        ("2025-11-12-reason-for-the-snapshot", "founder", "C", ""),
        ("2025-11-12-no-later-purchases", "staff", "C", "No, only tokens held at the time"),
        ("2025-11-12-what-remains", "staff", "C", "possible manual migration in extreme cases"),
        ("2025-11-13-exchanges-decide", "moderator", "D", "at the discretion of the exchange, but"),
        ("2025-11-13-no-max-amount", "helper", "D", "There is no max amount."),
        ("2025-12-27-max-amount", "staff", "C", "It means that wallet is not in the snapshot."),
        ("2025-12-27-no-purchases-after-snapshot", "staff", "C", "As a policy we're not"),
        ("2026-01-15-closing-day", "moderator", "D", "Feb 4th is the deadline"),
        ("2026-01-15-only-before-the-snapshot", "member", "D", "before the snapshot are eligible"),
        ("2026-02-01-day-before", "member", "D", "February 3rd, please read announcements"),
        ("2026-02-01-would-be-lost", "team", "D", "unmigrated tokens will be permanently lost"),
        ("2026-02-04-still-possible", "staff", "C", ""),
        ("2026-02-04-swap-at-your-leisure", "staff", "C", "won't be migrated automatically"),
        ("2026-02-05-locked-for-a-year", "helper", "D", "Locked for a year"),
        ("2026-02-10-migration-over", "staff", "C", "Yes it is"),
        ("2026-02-14-not-possible", "community", "D", "unless a support ticket was opened"),
        ("2026-02-11-manual-migration-by-ticket", "community", "D", "Open a support ticket"),
        ("2026-02-15-no-tickets", "community", "D", "Cannot open tickets; official support"),
        ("2026-02-16-nothing-can-be-done", "community", "D", "nothing can be done, beware of"),
        ("2026-02-16-period-has-ended", "moderator", "D", "The migration period has ended."),
        ("2026-03-12-window-has-closed", "staff", "C", "The window has closed."),
        ("2026-03-13-closed-on-4-february", "Not recorded", "D", "closed Feb 4, 2026"),
        ("2026-03-13-no-path", "helper", "D", "no legitimate migration path exists"),
        ("2026-04-12-migration-complete", "maintainer", "C", "Closing: ai16z → elizaOS"),
        ("2026-04-12-period-has-ended", "staff", "C", ""),
        ("2026-04-20-unable-now", "staff", "C", ""),
        ("2026-04-22-waitlist", "staff", "C", "waitlist"),
        ("2026-06-07-window-has-closed", "staff", "C", ""),
        ("2026-06-15-links-are-scams", "member", "D", "Any current migration links are scams"),
    ],
)
def test_a_statement_has_the_speaker_the_class_and_the_words_of_its_source(
    library: Library, statement: str, speaker: str, grade: str, quote: str
) -> None:
    """What was weaker, stronger or older than its source once stays as its source has it."""
    meta = statements(library)[statement]
    assert speaker in meta.speaker
    assert meta.evidence.grade == grade
    assert quote in (meta.quote or "")


def test_what_the_form_refuses_is_told_with_the_languages_that_it_knows(library: Library) -> None:
    """Nobody may rely on it for a phrase that it takes for prose."""
    said = [match[0] for d in everything(library) for match in REFUSES.finditer(d.body)]
    assert len(said) >= 3
    for sentences in said:
        assert all(language in sentences for language in PHRASE_LANGUAGES), sentences
        assert "other languages" in sentences


def test_nobody_answers_for_the_shipped_site_and_how_we_work_says_so(
    library: Library, facts: Facts
) -> None:
    """Name, relation and contact are there to be filled in."""
    page = library.find(Kind.PAGE, "how-we-work")
    assert page is not None
    assert render(page.body, facts).text.count("not named yet") == 3


def test_the_safety_page_is_short_enough_for_one_sheet(library: Library, facts: Facts) -> None:
    """With the official list beside it, it has to print on one side."""
    page = library.find(Kind.PAGE, "migration-safety")
    assert page is not None
    assert len(render(page.body, facts).text.split()) < 490


def test_no_file_lies_where_nothing_reads_it(library: Library) -> None:
    """Each Markdown file is a document, but for the page about the folder."""
    read = {document.file for document in everything(library)}
    found = {name for name, _ in files() if name.endswith(".md")}
    assert found - {"README.md"} == read
    assert all(Path(name).suffix == ".md" for name in read)
