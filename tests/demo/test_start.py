"""The process of the demo's chain lives and ends with the demo."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests

from trustops.demo.chain.start import running


@pytest.mark.processes
def test_the_chain_is_there_while_the_demo_runs_and_gone_after_it() -> None:
    """Its standard input is the thread that it hangs by, so it outlives no parent."""
    with running(timedelta(0)) as chain:
        asked = {"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []}
        answer = requests.post(chain.url, json=asked, timeout=20).json()
        assert int(answer["result"], 16) == chain.chain_id
        assert set(chain.addresses) >= {"old", "new", "migrator", "approved"}
    with pytest.raises(requests.ConnectionError):
        requests.post(chain.url, json=asked, timeout=5)
