"""Public pages over a real server: what a proxy or a browser gets, and how fast beside nginx."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.bench import public

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[public.Servers]:
    """Granian with the release in memory, and nginx over the same files."""
    with public.servers(tmp_path_factory.mktemp("both")) as made:
        yield made


def test_both_servers_answer_the_same_paths_with_the_same_bytes(both: public.Servers) -> None:
    """`try_files $uri $uri.html` finds every page of a release where its address says."""
    paths = requests.get(f"{both.ours}/sitemap.txt", timeout=10).text.split()
    paths = ["/" + path.split("/", 3)[3] for path in paths]
    assert len(paths) > 20
    for path in paths:
        ours, theirs = (
            requests.get(f"{base}{path}", timeout=10) for base in (both.ours, both.nginx)
        )
        assert (ours.status_code, theirs.status_code) == (200, 200), path
        assert ours.content == theirs.content, path
        assert ours.headers["Content-Security-Policy"] == theirs.headers["Content-Security-Policy"]


def test_head_has_no_body_and_304_no_length(both: public.Servers) -> None:
    """On one connection, so that a body too many would break the next answer."""
    with requests.Session() as session:
        for _ in range(3):
            head = session.head(f"{both.ours}/", timeout=10)
            assert (head.status_code, head.content) == (200, b"")
            tag = {"If-None-Match": head.headers["ETag"]}
            again = session.get(f"{both.ours}/", headers=tag, timeout=10)
            assert (again.status_code, again.content) == (304, b"")
            assert session.get(f"{both.ours}/faq", timeout=10).status_code == 200


def test_the_first_readers_of_a_worker_all_get_the_page(tmp_path: Path) -> None:
    """Nobody is told to come back while the release is read."""
    with public.servers(tmp_path) as made, ThreadPoolExecutor(16) as pool:
        asked = pool.map(lambda _: requests.get(f"{made.ours}/", timeout=10), range(200))
        assert {answer.status_code for answer in asked} == {200}


def test_the_bench_tells_our_share_of_nginx_with_its_floor_and_its_goal(
    both: public.Servers,
) -> None:
    """`gzip_static`, same bytes, same run. `make bench NAME=public` judges; no test does."""
    for row in [public.compare(metric, both, rounds=1, seconds=1) for metric in public.CODINGS]:
        assert (row["least"], row["goal"]) == (0.42, 0.5)
        assert float(str(row["ratio"])) > 0
        assert row["ok"] == (float(str(row["ratio"])) >= 0.42)
