"""Public sites: one list of explorers, exchanges and shorteners for the checker and the guard."""

from __future__ import annotations

import pytest

from trustops.guard.outgoing import Allowed, Code, judge
from trustops.guard.places import EXCHANGES, EXPLORERS, SHORTENERS
from trustops.official.wellknown import public_kind


@pytest.mark.parametrize("host", [*EXPLORERS, *EXCHANGES])
def test_what_the_checker_calls_public_an_answer_may_name(host: str) -> None:
    """And what lies under it."""
    kind = "public-explorer" if host in EXPLORERS else "public-exchange"
    assert public_kind(host) == public_kind(f"help.{host}") == kind
    assert judge(f"Look at https://{host}/ and https://help.{host}/a.", Allowed()).reasons == ()


@pytest.mark.parametrize("host", sorted(SHORTENERS))
def test_what_the_checker_calls_shortened_waits_for_a_lead(host: str) -> None:
    """Whoever shortens links hides where they lead."""
    assert public_kind(host) == "shortened"
    (reason,) = judge(f"Open https://{host}/3abc", Allowed()).reasons
    assert reason.code is Code.SHORTENED


def test_no_host_stands_twice() -> None:
    """Neither in two lists nor under another one of the same list."""
    lists = (EXPLORERS, EXCHANGES, tuple(SHORTENERS))
    everything = [host for names in lists for host in names]
    assert len(everything) == len(set(everything))
    for names in lists:
        for host in names:
            assert not any(host.endswith(f".{other}") for other in names)
