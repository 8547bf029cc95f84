"""The page on channels is true: its example checks a real signature, its tables match the rules."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from tests.channels.receiver import Receiver
from tests.channels.things import BODY, MESSAGE, SECRET, claimed
from trustops.alerts.rules import Kind, Severity
from trustops.channels.rules import BACKOFF, DeliveryState
from trustops.channels.webhook import WebhookSender
from trustops.clock import SystemClock
from trustops.settings import PROJECT_ROOT, Credential

PAGE = (PROJECT_ROOT / "docs" / "channels.md").read_text(encoding="utf-8")
Check = Callable[..., bool]


@pytest.fixture
def is_ours(tmp_path: Path) -> Check:
    """The example of the page, run as it stands there."""
    [example] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "example.py"
    path.write_text(example, encoding="utf-8")
    return cast("Check", runpy.run_path(str(path))["is_ours"])


def test_the_example_accepts_what_we_send_and_nothing_else(
    receiver: Receiver, is_ours: Check
) -> None:
    """A changed body, another secret or an old signature are refused."""
    WebhookSender(receiver.url, Credential(SECRET), SystemClock()).send(claimed(), MESSAGE)
    [request] = receiver.requests
    header = request.headers["trustops-signature"]
    assert is_ours(header, request.body, SECRET)
    assert not is_ours(header, request.body + b" ", SECRET)
    assert not is_ours(header, request.body, SECRET + "x")


def test_the_example_refuses_old_signatures(receiver: Receiver, is_ours: Check) -> None:
    """Somebody who kept a request cannot use it later."""

    class SlowClock(SystemClock):
        """A machine whose time is ten minutes behind."""

        def wall(self) -> datetime:
            return SystemClock().wall() - timedelta(minutes=10)

    WebhookSender(receiver.url, Credential(SECRET), SlowClock()).send(claimed(), MESSAGE)
    [request] = receiver.requests
    assert not is_ours(request.headers["trustops-signature"], request.body, SECRET)
    assert is_ours(request.headers["trustops-signature"], request.body, SECRET, 3600)


@pytest.mark.parametrize("name", [*BODY, *Kind, *Severity, *DeliveryState])
def test_the_page_names_every_field_kind_and_state(name: str) -> None:
    """What a receiver can meet stands there."""
    assert f"`{name}`" in PAGE


def test_the_page_tells_the_waits() -> None:
    """In the order in which they come."""
    words = [
        f"{wait // timedelta(hours=1)} h"
        if wait >= timedelta(hours=1)
        else f"{wait // timedelta(minutes=1)} min"
        if wait >= timedelta(minutes=1)
        else f"{wait // timedelta(seconds=1)} s"
        for wait in BACKOFF
    ]
    assert f"put off {', '.join(words)};" in PAGE
