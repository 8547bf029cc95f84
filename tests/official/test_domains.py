"""Host names have a kind: this desk's, the project's, and closed ones that nobody should use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rfc8785

from tests.official.things import SOURCE, a_folder, both, parse_signed, signed
from trustops.content import ContentError
from trustops.content.facts import FactKind
from trustops.official.canonical import parse
from trustops.official.rules import check, facts, host_of_desk, names_desk
from trustops.official.schema import load_source
from trustops.official.values import DomainKind, Judgement, Manifest

CLOSED = "claim.oldsite.io"
DESK = "help.desk-host.org"
IDN = "xn--mnchen-3ya.oldsite.io"
KINDS = f"""{SOURCE}
[[domains]]
id = "desk"
name = "{DESK}"
kind = "desk"

[[domains]]
id = "claims"
name = "{CLOSED}"
kind = "closed"

[[domains]]
id = "city"
name = "{IDN}"
kind = "closed"
"""


@pytest.fixture
def listed(tmp_path: Path) -> Manifest:
    """A list with a host of each kind."""
    return parse_signed(signed(tmp_path / "kinds", source=KINDS))


def test_a_list_without_kinds_is_the_projects_and_holds(folder: Path) -> None:
    """It was signed before there were kinds; its bytes are what the signature is over."""
    text = both(folder)[0]
    fields = json.loads(text)
    for domain in fields["domains"]:
        domain.pop("kind", None)
    found = parse(rfc8785.dumps(fields))
    assert {domain.kind for domain in found.domains} == {DomainKind.PROJECT}


def test_a_kind_that_is_none_and_one_host_of_two_kinds_are_refused(tmp_path: Path) -> None:
    """The source names the field."""
    for more in ('kind = "ours"', 'kind = "closed"\n[[domains]]\nid = "x"\nname = "y.example.org"'):
        entry = f'\n[[domains]]\nid = "x2"\nname = "y.example.org"\n{more}\n'
        with pytest.raises(ContentError):
            load_source(a_folder(tmp_path, SOURCE + entry))


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (CLOSED, "closed"),
        (CLOSED.upper(), "closed"),
        (f"{CLOSED}.", "closed"),
        (f"https://{CLOSED}", "closed"),
        (f"http://{CLOSED}:8443/claim?x=1#y", "closed"),
        (f"https://me@{CLOSED}/", "closed"),
        (f"https://portal.heliotrope.org@{CLOSED}/", "closed"),
        (f"hxxps://{CLOSED.replace('.', '[.]')}/now", "closed"),
        (f"//{CLOSED}", "closed"),
        (f"help@{CLOSED}", "closed"),
        ("claim。oldsite。io", "closed"),
        ("ｃｌａｉｍ.oldsite.io", "closed"),
        (IDN, "closed"),
        ("https://münchen.oldsite.io/", "closed"),
        ("MÜNCHEN.oldsite.io", "closed"),
        (f"www.{CLOSED}", "under-closed"),
        (f"https://a.b.{CLOSED}:444", "under-closed"),
    ],
)
def test_a_closed_host_is_never_called_ours(listed: Manifest, query: str, why: str) -> None:
    """However it is written, and whatever lies under it."""
    found = check(query, listed)
    assert (found.verdict, found.why) == (Judgement.CLOSED, why)
    assert "Our signed list says: do not use it." in found.sentence
    assert "is closed" not in found.sentence


@pytest.mark.parametrize(
    ("query", "verdict", "why"),
    [
        (f"https://{CLOSED}@evil.example", Judgement.LOOKALIKE, "userinfo"),
        (f"{CLOSED}.evil.example", Judgement.LOOKALIKE, "embedded"),
        ("claim-oldsite-io.evil.example", Judgement.LOOKALIKE, "embedded"),
        ("oldsite.xyz", Judgement.LOOKALIKE, "ending"),
        ("o1dsite.io", Judgement.LOOKALIKE, "letters"),
        ("oldsite.io", Judgement.UNKNOWN, "under-closed"),
        ("new.oldsite.io", Judgement.UNKNOWN, "under-closed"),
        ("notclaim.oldsite.io", Judgement.UNKNOWN, "under-closed"),
    ],
)
def test_what_looks_like_a_closed_host_is_led_nowhere(
    listed: Manifest, query: str, verdict: Judgement, why: str
) -> None:
    """No sentence says to open the closed one instead."""
    found = check(query, listed)
    assert (found.verdict, found.why) == (verdict, why)
    assert "open that one" not in found.sentence.lower()


def test_an_open_host_beside_a_closed_one_stays_open(tmp_path: Path) -> None:
    """Also under it; and who asks for a third one is led to the open one."""
    entries = "".join(
        f'\n[[domains]]\nid = "{name}"\nname = "{host}"\nkind = "{kind}"\n'
        for name, host, kind in (
            ("a", "old.example.org", "closed"),
            ("b", "docs.old.example.org", "project"),
        )
    )
    listed = parse_signed(signed(tmp_path, source=SOURCE + entries))
    assert check("docs.old.example.org", listed).verdict is Judgement.OFFICIAL
    assert check("x.old.example.org", listed).verdict is Judgement.CLOSED
    assert check("third.example.org", listed).what == "docs.old.example.org"


def test_a_closed_host_is_words_and_no_place_to_go(listed: Manifest) -> None:
    """A fact of it says that it is closed, and no link can be made of it."""
    (fact,) = [fact for fact in facts(listed) if fact.name == "domain.claims"]
    assert fact.kind is FactKind.TEXT
    assert fact.text == f"{CLOSED} (closed, do not use it)"


def test_this_desk_is_called_this_desk(listed: Manifest) -> None:
    """And what is the project's is called so: ours is what this desk runs."""
    assert f"{DESK} is this desk" in check(DESK, listed).sentence
    assert (
        "portal.heliotrope.org is the project's" in check("portal.heliotrope.org", listed).sentence
    )


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("https://Help.Desk-Host.org/", DESK),
        ("https://help.desk-host.org.:8443", DESK),
        ("https://münchen.oldsite.io", IDN),
        ("http://127.0.0.1:8000", ""),
        ("http://127.8.9.1", ""),
        ("http://[::1]:8000", ""),
        ("http://localhost", ""),
        ("http://desk.localhost:80", ""),
        ("https://203.0.113.5", "203.0.113.5"),
    ],
)
def test_the_host_of_the_desk_is_that_of_its_base_url(base_url: str, host: str) -> None:
    """One machine alone has none that a list could name."""
    assert host_of_desk(base_url) == host


@pytest.mark.parametrize(
    ("base_url", "named"),
    [
        (f"https://{DESK}", True),
        ("https://portal.heliotrope.org", False),
        (f"https://{CLOSED}", False),
        (f"https://www.{DESK}", False),
        ("http://localhost", False),
    ],
)
def test_a_desk_is_named_by_its_own_kind_alone(
    listed: Manifest, base_url: str, named: bool
) -> None:
    """A host that the list calls the project's, or closed, is not this desk's."""
    assert names_desk(listed, base_url) is named


@pytest.mark.parametrize(
    "query",
    [
        "{host}",
        "https://{host}/migration-safety",
        "https://{host}:8443/",
        "https://me@{host}/",
        "{host}.",
        "HTTPS://{host}",
    ],
)
@pytest.mark.parametrize(
    "host", ["support.nowhere.example", "new.heliotrope.org", "heliotrope-migrate.example"]
)
def test_the_desks_own_host_that_the_list_lacks_is_said_to_be_missing(
    listed: Manifest, query: str, host: str
) -> None:
    """Nobody is told not to take this desk for ours, nor that it looks like ours."""
    found = check(query.format(host=host), listed, own_host=host)
    assert (found.verdict, found.why) == (Judgement.UNKNOWN, "own-host-missing")
    assert "our signed list lacks it" in found.sentence
    assert "neither for ours" not in found.sentence


def test_a_link_that_hides_the_desk_behind_another_name_is_a_trick(listed: Manifest) -> None:
    """It shows a name of ours before the @."""
    found = check("https://portal.heliotrope.org@desk.example", listed, own_host="desk.example")
    assert (found.verdict, found.why) == (Judgement.LOOKALIKE, "userinfo")
