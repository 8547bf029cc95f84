"""A real nginx with the sample, in front of a small upstream: headers, logs, addresses, outage."""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from trustops.settings import PROJECT_ROOT
from trustops.site.shelf import CACHING

pytestmark = pytest.mark.e2e

NGINX = "/usr/sbin/nginx"
NAME = "desk.example.org"
SECRET = "s3cret-of-a-private-link"
STYLE = b"body { color: black }\n" * 100
KEPT = {
    "/migration-safety": CACHING,
    "/faq/is-it-over": CACHING.replace("max-age=30", "max-age=1"),
    "/api/v2/summary.json": "no-cache",
    "/support": CACHING,
}
"""How long the upstream lets its answers be kept; the last one is not for everybody."""


@dataclass
class Upstream:
    """What stands behind nginx, and what reached it."""

    server: ThreadingHTTPServer
    got: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server.server_address[1])

    def last(self) -> dict[str, str]:
        """The headers of the last request, names in lower case."""
        return self.got[-1][1]


@dataclass(frozen=True)
class Proxy:
    """A running nginx."""

    tls_port: int
    plain_port: int
    folder: Path

    def ask(
        self, path: str, method: str = "GET", body: bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask over TLS; `_` in the name of a header stands for `-`."""
        trust = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        connection = _Connection("127.0.0.1", self.tls_port, timeout=10, context=trust)
        given = {"Host": NAME} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, given)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        content = answer.read()
        connection.close()
        return answer.status, found, content

    def logs(self) -> str:
        """Everything that nginx wrote about requests, once the first of them is in the log."""
        until = time.monotonic() + 10
        while not (self.folder / "access.log").read_text().endswith("\n"):
            assert time.monotonic() < until, "the request was not logged"
            time.sleep(0.02)
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))


class _Connection(HTTPSConnection):
    """A connection to loopback that asks for, and checks, the name in the certificate."""

    def connect(self) -> None:
        """Connect to this machine, whatever the name."""
        plain = socket.create_connection(("127.0.0.1", self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=NAME)

    _context: ssl.SSLContext


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A server that remembers requests and answers with a word."""

    class Handler(BaseHTTPRequestHandler):
        """Answers everything."""

        def do_GET(self) -> None:
            """Remember the request and answer."""
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            opened.got.append((self.path, headers))
            static = self.path.startswith("/static/")
            kept = KEPT.get(self.path.partition("?")[0])
            content = STYLE if static else b"hello"
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if static else "text/html")
            self.send_header("Content-Length", str(len(content)))
            if static:
                self.send_header("Cache-Control", "public, max-age=31536000, immutable")
            if kept:
                self.send_header("Cache-Control", kept)
                self.send_header("Vary", "Accept-Encoding")
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            """Do the same."""
            self.do_GET()

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing."""

    opened = Upstream(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
    thread = Thread(target=opened.server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield opened
    opened.server.shutdown()
    opened.server.server_close()
    thread.join()


@pytest.fixture
def proxy(upstream: Upstream, tmp_path: Path) -> Iterator[Proxy]:
    """The sample in a real nginx; only ports, paths and the certificate are other ones."""
    made = Proxy(free_port(), free_port(), tmp_path)
    certify(tmp_path)
    (tmp_path / "nginx.conf").write_text(configuration(made, upstream.port))
    command = [NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-e", "start.err"]
    with subprocess.Popen(command) as process:
        try:
            wait_for(made.tls_port, process)
            yield made
        finally:
            process.terminate()
    assert process.returncode == 0


def configuration(proxy: Proxy, upstream_port: int) -> str:
    """A whole configuration around the sample."""
    sample = (PROJECT_ROOT / "deploy" / "nginx.conf").read_text()
    lines = [line for line in sample.splitlines() if "listen [::]" not in line]
    for before, after in (
        ("listen 443 ", f"listen 127.0.0.1:{proxy.tls_port} "),
        ("listen 80;", f"listen 127.0.0.1:{proxy.plain_port};"),
        ("127.0.0.1:8000", f"127.0.0.1:{upstream_port}"),
        ("/etc/letsencrypt/live/desk.example.org/fullchain.pem", f"{proxy.folder}/cert.pem"),
        ("/etc/letsencrypt/live/desk.example.org/privkey.pem", f"{proxy.folder}/key.pem"),
        ("/var/log/nginx/trustops.log", f"{proxy.folder}/access.log"),
        ("/var/log/nginx/trustops-error.log", f"{proxy.folder}/error.log"),
        ("/var/cache/nginx/trustops", f"{proxy.folder}/cache"),
    ):
        assert any(before in line for line in lines), before
        lines = [line.replace(before, after) for line in lines]
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = "".join(
        f"{name}_temp_path {proxy.folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    inner = "\n".join(lines)
    head = f"{user} daemon off; pid {proxy.folder}/pid; worker_processes 1;\nevents {{}}\n"
    return f"{head}http {{ {temporary}\n{inner}\n}}\n"


def certify(folder: Path) -> None:
    """Make a certificate for the name in the sample."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *(
                "-nodes",
                "-days",
                "2",
                "-subj",
                f"/CN={NAME}",
                "-addext",
                f"subjectAltName=DNS:{NAME}",
            ),
            *("-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")),
        ],
        check=True,
        capture_output=True,
    )


def free_port() -> int:
    """A port on loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until something listens."""
    until = time.monotonic() + 10
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx did not start")


def test_the_desk_hears_who_asks_and_nothing_that_a_visitor_made_up(
    proxy: Proxy, upstream: Upstream
) -> None:
    """The address and the scheme are those that nginx sees."""
    status, _, content = proxy.ask(
        "/support",
        X_Forwarded_For="203.0.113.9",
        X_Forwarded_Proto="http",
        X_Forwarded_Host="evil.example",
        X_Forwarded_Port="1",
        X_Forwarded_Prefix="/x",
        X_Real_IP="203.0.113.9",
        Forwarded="for=203.0.113.9",
    )
    assert (status, content) == (200, b"hello")
    got = upstream.last()
    assert got["x-forwarded-for"] == "127.0.0.1"
    assert got["x-forwarded-proto"] == "https"
    assert got["host"] == NAME
    made_up = {name for name in got if name.startswith("x-")} | ({"forwarded"} & set(got))
    assert made_up == {"x-forwarded-for", "x-forwarded-proto"}


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        (f"/support/t/{SECRET}", "/support/t/*"),
        (f"/support/t/{SECRET}/messages", "/support/t/*"),
        (f"/ko/support/t/{SECRET}", "/ko/support/t/*"),
        (f"/zh-hans/support/t/{SECRET}", "/zh-hans/support/t/*"),
        (f"/support/%74/{SECRET}", "/support/t/*"),
        (f"//support//t/{SECRET}", "/support/t/*"),
        (f"/Support/T/{SECRET}", "/Support/T/*"),
        (f"/support/confirm/{SECRET}", "/support/confirm/*"),
        (f"/desk/invite/{SECRET}", "/desk/invite/*"),
        (f"/check?q={SECRET}", "/check"),
        ("/desk/tickets/MIG-7K3QRST", "/desk/tickets/MIG-7K3QRST"),
    ],
)
def test_the_log_tells_no_private_link_and_no_query(proxy: Proxy, path: str, logged: str) -> None:
    """Nor where a visitor came from, nor with what."""
    proxy.ask(path, Referer=f"https://{NAME}/support/t/{SECRET}", User_Agent=SECRET)
    assert SECRET not in proxy.logs()
    line = json.loads((proxy.folder / "access.log").read_text())
    assert (line["path"], line["status"], line["client"]) == (logged, 200, "127.0.0.1")


def test_a_desk_that_does_not_answer_is_told_calmly_and_logged_without_the_link(
    proxy: Proxy, upstream: Upstream
) -> None:
    """Visitors read what to do; the logs have a status and no link."""
    upstream.server.shutdown()
    upstream.server.server_close()
    status, headers, content = proxy.ask(f"/support/t/{SECRET}")
    assert status == 503
    assert b"Tickets that were accepted are safe" in content
    assert headers["retry-after"] == "30"
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert SECRET not in proxy.logs()
    assert '"status":503' in proxy.logs()


def test_what_is_too_large_does_not_reach_the_desk(proxy: Proxy, upstream: Upstream) -> None:
    """The desk takes 256 KiB."""
    assert proxy.ask("/support", "POST", b"x" * 260 * 1024)[0] == 200
    assert proxy.ask("/support", "POST", b"x" * 400 * 1024)[0] == 413
    assert len(upstream.got) == 1


def test_a_crowd_that_writes_slowly_stays_with_nginx(proxy: Proxy, upstream: Upstream) -> None:
    """Nothing of their requests reaches the desk, and others are answered meanwhile."""
    head = f"POST /support HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 5000\r\n\r\nx".encode()
    trust = ssl.create_default_context(cafile=str(proxy.folder / "cert.pem"))
    with ExitStack() as stack:
        crowd = []
        for _ in range(64):
            plain = socket.create_connection(("127.0.0.1", proxy.tls_port), 10)
            crowd.append(stack.enter_context(trust.wrap_socket(plain, server_hostname=NAME)))
            crowd[-1].sendall(head)
        for each in crowd:
            each.sendall(b"x")
        assert proxy.ask("/support")[0] == 200
        assert proxy.ask("/support", "POST", b"a whole form")[0] == 200
        assert len(upstream.got) == 2


def test_styles_are_compressed_and_kept_and_pages_are_neither(
    proxy: Proxy, upstream: Upstream
) -> None:
    """A page's compressed length would tell about what is secret in it."""
    for _ in range(2):
        _, headers, _ = proxy.ask("/static/css/app.css?v=1", Accept_Encoding="gzip")
        assert headers["content-encoding"] == "gzip"
    assert len(upstream.got) == 1
    for _ in range(2):
        _, headers, _ = proxy.ask("/", Accept_Encoding="gzip")
        assert "content-encoding" not in headers
    assert len(upstream.got) == 3


def test_a_public_page_is_asked_for_once_whatever_the_query(
    proxy: Proxy, upstream: Upstream
) -> None:
    """For half a minute; its own path alone names it, so no query is kept on the disk."""
    for query in ("", "?a=1", f"?q={SECRET}"):
        assert proxy.ask(f"/migration-safety{query}")[0] == 200
    assert len(upstream.got) == 1
    kept = b"".join(file.read_bytes() for file in proxy.folder.rglob("cache-pages/*/*/*"))
    assert b"hello" in kept
    assert SECRET.encode() not in kept


def test_public_pages_stay_up_while_the_desk_is_down(proxy: Proxy, upstream: Upstream) -> None:
    """A copy that is too old for any other day is shown as long as the desk does not answer."""
    assert proxy.ask("/faq/is-it-over")[0] == 200
    upstream.server.shutdown()
    upstream.server.server_close()
    until = time.monotonic() + 2.5
    while time.monotonic() < until:
        status, _, content = proxy.ask("/faq/is-it-over")
        assert (status, content) == (200, b"hello")
        time.sleep(0.25)


def test_no_copy_is_kept_where_the_desk_says_so_or_of_what_is_not_public(
    proxy: Proxy, upstream: Upstream
) -> None:
    """In the last moments of the official addresses, and of whatever is no public page."""
    for path in ("/api/v2/summary.json", "/support"):
        for _ in range(2):
            assert proxy.ask(path)[0] == 200
    assert len(upstream.got) == 4


def test_plain_http_leads_to_tls(proxy: Proxy, upstream: Upstream) -> None:
    """To the name of the desk, whatever name was asked for, and nothing reaches the desk."""
    with socket.create_connection(("127.0.0.1", proxy.plain_port), 10) as plain:
        plain.sendall(b"GET /support?x=1 HTTP/1.0\r\nHost: evil.example\r\n\r\n")
        answer = b"".join(iter(lambda: plain.recv(4096), b""))
    assert b" 301 " in answer.splitlines()[0]
    assert f"Location: https://{NAME}/support?x=1".encode() in answer
    assert upstream.got == []
