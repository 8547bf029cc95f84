"""What every network keeps, so that a new one needs a folder, a name and a row here.

How its sender behaves when the other side does not, `tests/channels/test_contract.py` asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tests.web_fixtures import settings_for
from trustops.channels.networks import NETWORKS, Network
from trustops.channels.rules import PostLimits
from trustops.settings import PROJECT_ROOT

SET_UP: Mapping[str, Mapping[str, str]] = {
    "console": {},
    "webhook": {
        "HEARTBEAT_WEBHOOK_URL": "https://www.example.org/hook",
        "HEARTBEAT_WEBHOOK_SECRET": "a secret",
    },
    "mastodon": {
        "MASTODON_BASE_URL": "https://social.example.org",
        "MASTODON_TOKEN": "a token",
    },
    "email": {
        "SMTP_URL": "smtp://mail.example.org",
        "MAIL_FROM": "desk@example.org",
        "HEARTBEAT_EMAIL_TO": "list@example.org, press@example.org",
    },
}
"""By the name of a network: settings with which it is set up."""

every_network = pytest.mark.parametrize("network", NETWORKS, ids=lambda item: item.name)


def test_each_network_has_its_row_here_and_a_name_of_its_own() -> None:
    """Names stand in files of content, in rows and in addresses of deliveries."""
    names = [network.name for network in NETWORKS]
    assert names == list(SET_UP)
    assert len({network.channel for network in NETWORKS}) == len(names)
    assert len({network.words for network in NETWORKS}) == len(names)
    assert all(re.fullmatch("[a-z][a-z-]*", name) for name in names)


@every_network
def test_a_network_that_is_set_up_has_targets_and_a_sender_and_no_other_has(
    network: Network, tmp_path: Path, clock: FakeClock
) -> None:
    """The log needs nothing, and is there always."""
    url = f"sqlite:///{tmp_path}/none.sqlite3"
    bare = settings_for(url, tmp_path)
    given = settings_for(url, tmp_path, **SET_UP[network.name])
    targets = network.targets(given)
    assert targets
    assert {target.channel for target in targets} == {network.channel}
    assert network.sender(given, clock) is not None
    assert bool(network.targets(bare)) == (not network.settings)
    assert (network.sender(bare, clock) is not None) == (not network.settings)


@every_network
def test_the_settings_that_a_network_needs_are_named_and_explained(network: Network) -> None:
    """As many as set it up, each with a line in the document of settings."""
    assert set(network.settings) == set(SET_UP[network.name])
    explained = (PROJECT_ROOT / "docs" / "settings.md").read_text("utf-8")
    assert [name for name in network.settings if f"`TRUSTOPS_{name}`" not in explained] == []


@every_network
def test_a_longer_text_never_counts_less(network: Network) -> None:
    """Whatever a network counts, `fit` leaves lines out until it is enough."""
    limits = PostLimits()
    counts = [network.length("word " * number, limits) for number in range(1, 200, 20)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]
