"""The demo's content folder: copied into the instance once, so that one can change a file there.

What depends on the chain is written anew at each start: the pack, and the source of the manifest,
which is then signed with the demo's own key.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from trustops.content.versions import SITE
from trustops.demo.chain.artefacts import load
from trustops.demo.chain.start import HISTORY, NAME, DemoChain
from trustops.official.rules import host_of_desk
from trustops.official.signing import demo_key, sign_demo
from trustops.settings import Settings

LOOPBACK_URL = "http://127.0.0.1:8000"
SHIPPED = Path(__file__).parent / "content"
WINDOW = timedelta(days=90)
WRITTEN = date(2026, 11, 23)
"""The day that the demo's content takes as today."""

_DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")

PACK = """\
# Written by `trustops demo` at each start, for the chain that it runs.
id = "demo"
name = "Demo: OLDT to NEWT"

[window]
opens = {opens}
closes = {closes}

[ratio]
numerator = 6
denominator = 1

[sink]
kind = "held"

[liquidity]
kind = "held"

[[chains]]
name = "{chain}"
title = "Demo chain"
kind = "evm"
chain_id = {chain_id}
finality = "finalized"
poll = 5

[[tokens]]
chain = "{chain}"
role = "old"
address = "{old}"
symbol = "OLDT"
direct_transfer_means = "lost"

[[tokens]]
chain = "{chain}"
role = "new"
address = "{new}"
symbol = "NEWT"
direct_transfer_means = "lost"

[[contracts]]
chain = "{chain}"
role = "migrator"
address = "{migrator}"
from_block = 0

[[contracts.events]]
direction = "migrate"
abi = '{migrated}'

[contracts.events.map]
payer = "holder"
beneficiary = "recipient"
old_amount = "old_amount"
new_amount = "new_amount"

[[contracts.events]]
direction = "unmigrate"
abi = '{returned}'

[contracts.events.map]
payer = "holder"
old_amount = "old_amount"
new_amount = "new_amount"

[[status]]
chain = "{chain}"
contract = "{migrator}"
call = '{is_open}'
meaning = {{ true = "open", false = "closed" }}

[facts.old_symbol]
kind = "text"
value = "OLDT"
grade = "A"
evidence = "The token of the demo's chain."

[facts.new_symbol]
kind = "text"
value = "NEWT"
grade = "A"
evidence = "The token of the demo's chain."

[facts.ratio]
kind = "ratio"
value = "1 OLDT = 6 NEWT"
grade = "A"
evidence = "The migrator of the demo's chain."

[facts.window_opened]
kind = "date"
value = {opens}
grade = "A"
evidence = "The demo's own window."

[facts.window_closes]
kind = "date"
value = {closes}
grade = "A"
evidence = "The demo's own window."
"""

SOURCE = """\
# Written by `trustops demo` at each start, for the chain that it runs.
project = "Demo migration"

[[tokens]]
chain = "{chain}"
role = "old"
address = "{old}"
symbol = "OLDT"

[[tokens]]
chain = "{chain}"
role = "new"
address = "{new}"
symbol = "NEWT"

[[contracts]]
chain = "{chain}"
role = "migrator"
address = "{migrator}"

[[domains]]
id = "portal"
name = "portal.demo.invalid"

{desk}[[handles]]
id = "mastodon"
network = "mastodon"
handle = "@desk@social.demo.invalid"
"""


DESK = """\
[[domains]]
id = "desk"
name = "{host}"
kind = "desk"

"""
"""The demo's own host, where it has a name that others reach it by."""


def on_the_chain(settings: Settings, chain: DemoChain, now: datetime) -> Settings:
    """Settings of a demo that reads its chain and trusts its own manifest, at an aware moment.

    Content that the operator chose is left as it is; the demo's own is laid out else.
    """
    nodes = {**settings.rpc, NAME: (chain.url,)}
    if "CONTENT_DIR" in settings.read_from:
        return replace(settings, rpc=nodes)
    folder = lay_out(settings.instance_dir, chain, now.date(), base_url=settings.base_url)
    key = sign_demo(folder, settings.instance_dir, now)
    read_from = {**settings.read_from, "OFFICIAL_KEY": "demo"}
    return replace(settings, rpc=nodes, content_dir=folder, official_key=key, read_from=read_from)


def as_served(settings: Settings) -> Settings:
    """Settings of a demo with the content and key that it laid out; all others as they are."""
    folder = demo_content(settings.instance_dir)
    if not settings.demo or "CONTENT_DIR" in settings.read_from or not folder.is_dir():
        return settings
    read_from = {**settings.read_from, "OFFICIAL_KEY": "demo"}
    key = demo_key(settings.instance_dir)
    return replace(settings, content_dir=folder, official_key=key, read_from=read_from)


def demo_content(instance_dir: Path) -> Path:
    """Where the demo's content lies in an instance, once it was laid out."""
    return instance_dir / "demo" / "content"


def lay_out(
    instance_dir: Path, chain: DemoChain, today: date, *, base_url: str = LOOPBACK_URL
) -> Path:
    """The demo's content in an instance, with what depends on the chain as it is today.

    The list of a demo that others reach under a name has that name, too.
    """
    folder = demo_content(instance_dir)
    if not folder.exists():
        shutil.copytree(SHIPPED, folder)
        for path in (*folder.rglob("*.md"), *folder.rglob("*.toml")):
            path.write_text(moved(path.read_text(encoding="utf-8"), today), encoding="utf-8")
    _name_operator(folder / SITE)
    opens = today - HISTORY
    known: Mapping[str, Any] = {
        **chain.addresses,
        "chain": NAME,
        "chain_id": chain.chain_id,
        "desk": _desk(base_url),
        "opens": opens.isoformat(),
        "closes": (opens + WINDOW).isoformat(),
        "migrated": _abi("event", "Migrated"),
        "returned": _abi("event", "Returned"),
        "is_open": _abi("function", "is_open"),
    }
    for name, text in (("migrations/demo.toml", PACK), ("official/source.toml", SOURCE)):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.format(**known), encoding="utf-8")
    return folder


def _name_operator(site: Path) -> None:
    """Add who answers for the demo to a copy that was laid out before sites named anybody."""
    text = site.read_text(encoding="utf-8")
    if "[operator]" not in text:
        own = (SHIPPED / SITE).read_text(encoding="utf-8")
        table = re.search(r"^\[operator\]\n(?:\w.*\n)+", own, re.MULTILINE)
        site.write_text(f"{text}\n{table[0] if table else ''}", encoding="utf-8")


def moved(text: str, today: date) -> str:
    """A text with all its days moved, as if it had been written today."""
    later = today - WRITTEN

    def move(found: re.Match[str]) -> str:
        return (date.fromisoformat(found[0]) + later).isoformat()

    return _DAY.sub(move, text)


def _desk(base_url: str) -> str:
    """The entry of the demo's own host; a number is no name, and stands in no list."""
    host = host_of_desk(base_url)
    return "" if not host or host.rpartition(".")[2].isdigit() else DESK.format(host=host)


def _abi(kind: str, name: str) -> str:
    """One item of the migrator's ABI, as the pack has it."""
    items = load("migrator").abi
    return json.dumps(next(item for item in items if item["type"] == kind and item["name"] == name))
