"""`trustops heartbeat`: read the next text, approve exactly that, see what became of it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.posts.things import CONTENT
from trustops.posts.cover import OTHER_TEMPLATES

pytestmark = pytest.mark.usefixtures("settings")


def test_a_heartbeat_from_preview_to_what_became_of_it(run: Run) -> None:
    """The hash that the preview prints is the one that is approved."""
    saved = run("heartbeat", "preview", "--save", "--json")
    assert saved.exit_code == 0, saved.output
    facts = json.loads(saved.stdout)
    assert "heartbeat of" in facts["texts"]["archive"]
    approved = run("heartbeat", "approve", facts["week"], "--hash", facts["sha256"])
    assert approved.exit_code == 0, approved.output
    assert approved.stdout.startswith("Approved.")
    sent = run("heartbeat", "send", "--early", facts["week"], "--json")
    assert sent.exit_code == 0, sent.output
    [row] = json.loads(sent.stdout)
    assert (row["target"], row["state"]) == ("console", "sent")
    again = run("heartbeat", "send", "--early", facts["week"])
    assert again.exit_code == 1
    assert "Nothing went out" in again.output


def test_a_preview_keeps_nothing(run: Run) -> None:
    """So there is no draft to approve after it."""
    shown = run("heartbeat", "preview")
    assert shown.exit_code == 0, shown.output
    assert "--- mastodon" in shown.stdout
    [week] = re.findall(r"^Heartbeat of (\S+),", shown.stdout, re.MULTILINE)
    refused = run("heartbeat", "approve", week)
    assert refused.exit_code == 1
    assert "no draft" in refused.output


def test_a_person_is_shown_what_they_approve(run: Run) -> None:
    """Without an answer nothing is approved."""
    facts = json.loads(run("heartbeat", "preview", "--save", "--json").stdout)
    asked = run("heartbeat", "approve", facts["week"])
    assert asked.exit_code == 1
    assert "- Overdue: 0 to 5" in asked.output
    assert "Let this go out, with the figures of its moment?" in asked.output
    assert run("heartbeat", "send", "--early", facts["week"]).exit_code == 1


@pytest.mark.long
def test_what_an_approval_does_not_cover_is_not_sent_and_says_why(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The preview says it beforehand; afterwards there is a draft to approve again."""
    facts = json.loads(run("heartbeat", "preview", "--save", "--json").stdout)
    assert facts["bounds"]["Overdue"] == "0 to 5"
    assert run("heartbeat", "approve", facts["week"], "--hash", facts["sha256"]).exit_code == 0
    assert "It goes out as it reads at its moment." in run("heartbeat", "preview").stdout
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    template = folder / "heartbeat/full.md.j2"
    template.write_text(f"Other words.\n{template.read_text('utf-8')}", encoding="utf-8")
    monkeypatch.setenv("TRUSTOPS_CONTENT_DIR", str(folder))
    shown = run("heartbeat", "preview", "--json")
    assert OTHER_TEMPLATES in json.loads(shown.stdout)["waits_for"]
    sent = run("heartbeat", "send", "--early", facts["week"])
    assert sent.exit_code == 1
    assert "Nothing went out" in sent.output
    assert OTHER_TEMPLATES in sent.output
    assert run("heartbeat", "preview", "--save").exit_code == 0


def test_another_text_is_not_approved(run: Run) -> None:
    """Whoever approves has read what goes out."""
    facts = json.loads(run("heartbeat", "preview", "--save", "--json").stdout)
    refused = run("heartbeat", "approve", facts["week"], "--hash", "0" * 64)
    assert refused.exit_code == 1
    assert "changed since you read it" in refused.output


def test_without_a_schedule_every_command_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is posted from a content folder without one."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    (folder / "heartbeat.toml").unlink()
    monkeypatch.setenv("TRUSTOPS_CONTENT_DIR", str(folder))
    for command in (("preview",), ("approve", "2026-W47"), ("send",)):
        result = run("heartbeat", *command)
        assert result.exit_code == 1
        assert "No heartbeat is scheduled" in result.output
