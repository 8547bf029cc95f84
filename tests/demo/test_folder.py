"""The demo's content folder: laid out once, bound to its chain, signed with its own key."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tests.web_fixtures import settings_for
from trustops.content.responsible import operator_in
from trustops.demo.chain.start import DemoChain
from trustops.demo.folder import lay_out, moved, on_the_chain
from trustops.official.services import look

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CHAIN = DemoChain(
    "http://127.0.0.1:1",
    131277322940537,
    {
        "old": "0xF2E246BB76DF876Cef8b38ae84130F4F55De395b",
        "new": "0x2946259E0334f33A064106302415aD3391BeD384",
        "migrator": "0xDe09E74d4888Bc4e65F589e8c13Bce9F71DdF4c7",
    },
)


def test_the_demo_trusts_the_manifest_that_it_signed(tmp_path: Path) -> None:
    """With the addresses of its own chain, and with no other ones."""
    settings = on_the_chain(settings_for("sqlite://", tmp_path, DEMO="1"), CHAIN, NOW)
    found = look(settings.content_dir, settings.official_key, NOW)
    assert found.manifest is not None
    assert {token.address for token in found.manifest.tokens} == {
        CHAIN.addresses["old"],
        CHAIN.addresses["new"],
    }
    assert settings.rpc["demo"] == (CHAIN.url,)


def test_what_somebody_changed_is_kept_at_the_next_start(tmp_path: Path) -> None:
    """The chain's own files are written anew; the others belong to whoever looks."""
    folder = lay_out(tmp_path, CHAIN, NOW.date())
    (folder / "pages" / "how-we-work" / "en.md").write_text("mine", encoding="utf-8")
    (folder / "migrations" / "demo.toml").write_text("broken", encoding="utf-8")
    again = lay_out(tmp_path, CHAIN, NOW.date())
    assert (again / "pages" / "how-we-work" / "en.md").read_text(encoding="utf-8") == "mine"
    assert CHAIN.addresses["old"] in (again / "migrations" / "demo.toml").read_text("utf-8")


def test_a_copy_from_before_sites_named_anybody_names_the_demo(tmp_path: Path) -> None:
    """Else an upgraded demo would withhold its own addresses; nothing else of the file changes."""
    site = lay_out(tmp_path, CHAIN, NOW.date()) / "site.toml"
    laid_out = site.read_text(encoding="utf-8")
    before = laid_out[: laid_out.index("# Who answers for this site.")]
    site.write_text(before, encoding="utf-8")
    lay_out(tmp_path, CHAIN, NOW.date())
    assert site.read_text(encoding="utf-8").startswith(before)
    operator = operator_in(site.parent)
    assert operator is not None
    assert operator.is_named(demo=True)


def test_content_that_an_operator_chose_is_left_alone(tmp_path: Path) -> None:
    """The demo then shows that content, and reads its chain beside it."""
    chosen = tmp_path / "mine"
    chosen.mkdir()
    settings = settings_for("sqlite://", tmp_path, DEMO="1", CONTENT_DIR=str(chosen))
    assert on_the_chain(settings, CHAIN, NOW).content_dir == chosen
    assert not (tmp_path / "demo").exists()


def test_days_move_with_the_day_of_the_start() -> None:
    """So that nothing in the demo is stale because the demo is old; other figures stay."""
    text = "said_on = 2026-11-20, block 2026-11, 12345"
    assert moved(text, date(2026, 11, 30)) == "said_on = 2026-11-27, block 2026-11, 12345"
