"""`trustops chain` and `trustops pack`, typed as an operator does, against a node over HTTP."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from web3 import Web3

from tests.chain.bad_node import Asked, BadNode, serving
from tests.chain.local import OLD, InProcess, LocalChain, deploy, pack_text
from tests.web_fixtures import SECRET_KEY
from trustops.cli import main
from trustops.settings import PROJECT_ROOT

pytestmark = pytest.mark.long

FILES = ("intake.toml", "sla.toml", "site.toml")


@pytest.fixture(scope="module")
def still() -> tuple[InProcess, LocalChain]:
    """A chain with a migration each way, which no test here changes."""
    process = InProcess()
    chain = deploy(Web3(process.provider))
    chain.give(1, 100)
    chain.move(1, 10 * OLD)
    chain.give_back(1, 6 * 10**9)
    return process, chain


@pytest.fixture
def chain(still: tuple[InProcess, LocalChain]) -> LocalChain:
    """What is on it."""
    return still[1]


@pytest.fixture
def node(still: tuple[InProcess, LocalChain]) -> Iterator[BadNode]:
    """A node in front of it."""
    with serving(still[0]) as running:
        yield running


@pytest.fixture
def content(
    chain: LocalChain,
    node: BadNode,
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A content folder with the pack of that chain, in the environment with its node."""
    folder = tmp_path / "content"
    (folder / "migrations").mkdir(parents=True)
    for name in FILES:
        shutil.copyfile(PROJECT_ROOT / "content" / name, folder / name)
    site = (folder / "site.toml").read_text(encoding="utf-8")
    (folder / "site.toml").write_text(site.replace('"ai16z-elizaos"', '"test"'), encoding="utf-8")
    (folder / "migrations" / "test.toml").write_text(pack_text(chain), encoding="utf-8")
    for name, value in {
        "INSTANCE_DIR": str(tmp_path / "instance"),
        "CONTENT_DIR": str(folder),
        "DATABASE_URL": sqlite_url,
        "SECRET_KEY": SECRET_KEY,
        "RPC_LOCAL": node.url,
    }.items():
        monkeypatch.setenv(f"TRUSTOPS_{name}", value)
    return folder


def run(*arguments: str) -> Result:
    """Type a command."""
    return CliRunner().invoke(main, arguments)


def pack_file(content: Path) -> str:
    """The file of the pack."""
    return str(content / "migrations" / "test.toml")


def test_sync_reads_and_prints_every_figure(content: Path) -> None:
    """With its block, and exact to the unit."""
    done = run("chain", "sync")
    assert done.exit_code == 0, done.output
    assert "migrated    10 OLD" in done.output
    assert "net         9 OLD" in done.output
    assert "issued      54 NEW" in done.output
    assert "window open" in done.output


def test_a_chain_without_a_node_was_not_read(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1: nothing failed, and nothing is known."""
    monkeypatch.delenv("TRUSTOPS_RPC_LOCAL")
    assert run("chain", "sync").exit_code == 1


def test_sync_anew_begins_at_the_first_block(content: Path) -> None:
    """With the same figures."""
    first = run("chain", "sync", "--json")
    again = run("chain", "sync", "--anew", "--json")
    assert again.exit_code == 0
    (one,), (other,) = json.loads(first.stdout), json.loads(again.stdout)
    assert one["totals"] == other["totals"]


def test_status_before_a_read_is_not_well(content: Path) -> None:
    """Exit code 1, and no figure."""
    done = run("chain", "status")
    assert done.exit_code == 1
    assert "not read Local yet" in done.output


def test_status_tells_operators_why_a_read_failed(content: Path, node: BadNode) -> None:
    """More than pages say, and no address of the node."""
    run("chain", "sync")

    def refuse(asked: Asked) -> bool:
        asked.send(403, b"")
        return True

    node.fault = refuse
    assert run("chain", "sync").exit_code == 1
    done = run("chain", "status")
    assert done.exit_code == 1
    assert "HTTP status 403" in done.output
    assert "a-key-in-the-path" not in done.output
    assert "net         9 OLD" in done.output


def test_diagnose_prints_a_wallet(content: Path, chain: LocalChain) -> None:
    """Balances, allowance and events."""
    run("chain", "sync")
    done = run("chain", "diagnose", chain.people[1])
    assert done.exit_code == 0, done.output
    assert "old balance 91 OLD" in done.output
    assert "new balance 54 NEW" in done.output
    assert "migrate in block" in done.output
    found = json.loads(run("chain", "diagnose", chain.people[1], "--json").stdout)
    assert [event["direction"] for event in found[0]["events"]] == ["migrate", "unmigrate"]


def test_diagnose_says_why_nothing_could_be_read(content: Path, chain: LocalChain) -> None:
    """A chain that the pack does not have, and something that is no address."""
    done = run("chain", "diagnose", chain.people[1], "--chain", "moon")
    assert done.exit_code == 1
    assert "no token on that chain" in done.output
    assert run("chain", "diagnose", "0x12").exit_code == 1


def test_without_a_pack_there_is_nothing_to_read(content: Path) -> None:
    """It says which file is missing; the jobs stay quiet."""
    (content / "migrations" / "test.toml").unlink()
    done = run("chain", "status")
    assert done.exit_code == 1
    assert "migrations/test.toml" in done.output
    for name in ("chain_sync", "wallet_checks"):
        assert run("job", "run", name).exit_code == 0


def test_the_jobs_read_what_is_due(content: Path) -> None:
    """The first does what `chain sync` does, the other has no wallet to read."""
    assert "good 1" in run("job", "run", "chain_sync").output
    assert "good 0" in run("job", "run", "chain_sync").output
    assert "checked 0" in run("job", "run", "wallet_checks").output


def test_a_good_pack_is_proven(content: Path) -> None:
    """Contracts stand, logs decode exactly, sums fit."""
    done = run("pack", "check", pack_file(content))
    assert done.exit_code == 0, done.output
    assert "1 logs of Moved decode exactly" in done.output
    assert "1 logs of Returned decode exactly" in done.output
    assert "do not contradict" in done.output
    assert "WRONG" not in done.output
    assert "not proven" not in done.output


def test_a_pack_with_a_wrong_indexed_flag_is_not(content: Path, chain: LocalChain) -> None:
    """The trap that no look at the topic finds."""
    flag = '"name": "payer", "type": "address", "indexed": '
    text = pack_text(chain).replace(f"{flag}true", f"{flag}false")
    Path(pack_file(content)).write_text(text, encoding="utf-8")
    done = run("pack", "check", pack_file(content), "--json")
    assert done.exit_code == 1
    wrong = [item for item in json.loads(done.stdout)["findings"] if item["right"] is False]
    assert "indexed" in wrong[0]["sentence"]


def test_a_pack_with_wrong_addresses_or_decimals_is_not(content: Path, chain: LocalChain) -> None:
    """An account in the place of a contract, and decimals from somewhere else."""
    text = pack_text(chain).replace('symbol = "OLD"', 'symbol = "OLD"\ndecimals = 8')
    Path(pack_file(content)).write_text(text, encoding="utf-8")
    done = run("pack", "check", pack_file(content))
    assert done.exit_code == 1
    assert "WRONG      local: the old token has 18 decimals" in done.output
    account = chain.people[2]
    text = pack_text(chain).replace(
        f'address = "{chain.migrator.address}"', f'address = "{account}"'
    )
    Path(pack_file(content)).write_text(text, encoding="utf-8")
    done = run("pack", "check", pack_file(content))
    assert done.exit_code == 1
    assert "is no contract on this chain" in done.output
    assert "no log of Moved on this chain" in done.output


def test_a_pack_with_a_broken_field_names_it(content: Path) -> None:
    """File, line and field; the chain is not asked."""
    path = Path(pack_file(content))
    path.write_text(path.read_text(encoding="utf-8").replace("finality = 5", "finality = 0"))
    done = run("pack", "check", str(path))
    assert done.exit_code == 1
    assert "finality of the first [[chains]]: has to be" in done.output
    assert len(done.output.splitlines()) == 1


def test_without_a_node_a_pack_is_valid_and_not_proven(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so, and is no failure."""
    monkeypatch.delenv("TRUSTOPS_RPC_LOCAL")
    done = run("pack", "check", pack_file(content))
    assert done.exit_code == 0
    assert "not proven local: has no node in the settings" in done.output


def test_a_dead_node_proves_nothing(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And is told as wrong: the check was asked for."""
    monkeypatch.setenv("TRUSTOPS_RPC_LOCAL", "http://127.0.0.1:1")
    done = run("pack", "check", pack_file(content))
    assert done.exit_code == 1
    assert "could not be reached" in done.output


def test_a_chain_that_is_not_read_is_told(content: Path, chain: LocalChain) -> None:
    """A pack may name it all the same."""
    solana = '[[chains]]\nname = "solana"\nkind = "solana"'
    Path(pack_file(content)).write_text(pack_text(chain, tail=solana), encoding="utf-8")
    assert (
        "solana: has nothing that this desk reads"
        in run("pack", "check", pack_file(content)).output
    )
