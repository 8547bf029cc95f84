"""Host names and addresses of our own: written as browsers send them, or refused with the fix."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest

from trustops.settings import hosts
from trustops.settings.hosts import UnusableError

EVERYWHERE = str(IPv4Address(0))


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://desk.example.org", "https://desk.example.org"),
        ("https://desk.example.org/", "https://desk.example.org"),
        ("https://Desk.Example.ORG", "https://desk.example.org"),
        ("HTTPS://desk.example.org", "https://desk.example.org"),
        ("https://desk.example.org:443", "https://desk.example.org"),
        ("http://localhost:80/", "http://localhost"),
        ("http://desk.example.org:8080", "http://desk.example.org:8080"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://[0:0:0:0:0:0:0:1]:8000", "http://[::1]:8000"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("https://x", "https://x"),
    ],
)
def test_a_base_url_is_written_as_a_browser_writes_its_origin(given: str, origin: str) -> None:
    """So that what a browser sends can be compared with it, letter by letter."""
    assert hosts.origin(given) == origin


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("https://desk.example.org/sub", "after the host"),
        ("https://desk.example.org/sub/", "after the host"),
        ("https://desk.example.org/?x=1", "after the host"),
        ("https://desk.example.org?", "after the host"),
        ("https://desk.example.org#top", "after the host"),
        ("https://user:pw@desk.example.org", "name or password"),
        ("https://@desk.example.org", "name or password"),
        ("https://desk.example.org\n", "line end"),
        ("https://desk.exa\tmple.org", "line end"),
        (" https://desk.example.org", "space"),
        ("https://desk example.org", "space"),
        ("https://desk.example.org\x00", "control character"),
        ("https://desk.example.org\u200b", "control character"),
        ("desk.example.org", "http or https"),
        ("//desk.example.org", "http or https"),
        ("ftp://desk.example.org", "http or https"),
        ("https://", "http or https"),
        ("https:///path", "http or https"),
        ("https:desk.example.org", "http or https"),
        ("https://desk.example.org\\sub", "http or https"),
        ("https://[::1", "http or https"),
        ("https://:8000", "names no host"),
        ("https://desk.example.org:", "port"),
        ("https://desk.example.org:0", "port"),
        ("https://desk.example.org:99999", "port"),
        ("https://desk.example.org:web", "port"),
        ("https://desk.example.org:-1", "port"),
        ("https://desk.example.org:٨٠", "port"),
        ("http://::1:8000", "square brackets"),
        ("http://[::1]x", "square brackets"),
        ("http://[fe80::1%25eth0]:8000", "network interface"),
        ("http://[v1.x]", "IPv6"),
        ("https://desk.example.org.", "dot"),
        ("https://desk..example.org", "letters, digits"),
        ("https://.example.org", "letters, digits"),
        ("https://desk_1.example.org", "letters, digits"),
        ("https://-desk.example.org", "letters, digits"),
        ("https://desk%2eexample.org", "letters, digits"),
        ("https://*.example.org", "letters, digits"),
        (f"https://{'a' * 64}.example.org", "letters, digits"),
        (f"https://{'.'.join(['abcdefgh'] * 29)}", "letters, digits"),
        ("https://straße.example", "xn--"),
        (f"https://{'ü' * 70}.example", "xn--"),
        ("https://1.2.3", "IPv4"),
        ("https://0x7f.1", "IPv4"),
        ("https://127.000.000.001", "IPv4"),
        ("http://0.0.0.0:8000", "listen"),
        ("http://[::ffff:0.0.0.0]", "listen"),
        ("http://255.255.255.255", "listen"),
        ("http://224.0.0.1", "listen"),
        ("http://[ff02::1]", "listen"),
        ("http://[::]:8000", "listen"),
    ],
)
def test_a_base_url_that_cannot_work_is_refused_with_the_reason(given: str, why: str) -> None:
    """Links in mail would lead nowhere, or forms would be taken for another site's."""
    with pytest.raises(UnusableError, match=why):
        hosts.origin(given)


@pytest.mark.parametrize(
    ("given", "entry"),
    [
        ("Desk.Example.org", "desk.example.org"),
        ("desk.example.org.", "desk.example.org"),
        ("desk.example.org:8000", "desk.example.org"),
        (".Example.org", ".example.org"),
        ("::1", "[::1]"),
        ("[::1]", "[::1]"),
        ("[::1]:8000", "[::1]"),
        ("127.0.0.1", "127.0.0.1"),
        ("bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_an_allowed_host_is_written_as_requests_name_it(given: str, entry: str) -> None:
    """In lower case, without a port, an IPv6 address in brackets."""
    assert hosts.allowed_host(given) == entry


@pytest.mark.parametrize(
    "given",
    [
        "*",
        "*.example.org",
        "https://desk.example.org",
        "desk.example.org/path",
        "user@desk.example.org",
        "desk.example.org:web",
        "desk.example.org:",
        "desk example.org",
        ".",
        "..example.org",
        "[::1",
        "[x]",
        "::g",
        "desk\n",
    ],
)
def test_an_allowed_host_that_no_request_would_match_is_refused(given: str) -> None:
    """It would look as if it were set, and every visitor would get 400."""
    with pytest.raises(UnusableError):
        hosts.allowed_host(given)


@pytest.mark.parametrize(
    ("header", "answered"),
    [
        ("desk.example.org", True),
        ("DESK.example.ORG", True),
        ("desk.example.org:8000", True),
        ("[::1]", True),
        ("[::1]:8149", True),
        ("wide.example", True),
        ("a.b.WIDE.example:1", True),
        ("other.example.org", False),
        ("xwide.example", False),
        ("desk.example.org.evil.example", False),
        ("desk.example.org:0", False),
        ("desk.example.org:99999", False),
        ("desk.example.org:080", False),
        ("desk.example.org:x", False),
        ("::1", False),
        ("[::1", False),
        ("", False),
        (":80", False),
        ("a b", False),
    ],
)
def test_a_host_is_answered_in_any_letter_case_and_under_any_port(
    header: str, answered: bool
) -> None:
    """A name with a dot before it stands for itself and for all under it."""
    allowed = ("desk.example.org", "[::1]", ".wide.example")
    assert hosts.is_answered(header, allowed) is answered


@pytest.mark.parametrize(
    ("header", "possible"),
    [
        ("desk.example.org", True),
        ("DESK.example.org.:8000", True),
        ("web_1:8000", True),
        ("10.42.0.7", True),
        ("[fd00::7]:8000", True),
        ("", False),
        (":80", False),
        ("a b", False),
        ("a,b", False),
        ("a@b", False),
        ("a/b", False),
        ("a\\b", False),
        ("a?b", False),
        ("a%b", False),
        ("-a", False),
        ("a\n", False),
        ("ä.example", False),
        ("a:", False),
        ("a:x", False),
        ("a:+1", False),
        ("a:0", False),
        ("a:65536", False),
        ("a:1:2", False),
        ("fd00::7", False),
        ("[", False),
        ("[]", False),
        ("[fd00::7", False),
        ("[127.0.0.1]", False),
        ("[fe80::1%eth0]", False),
        ("[fd00::7]x", False),
    ],
)
def test_a_host_header_names_one_name_or_address(header: str, possible: bool) -> None:
    """Whether it is ours or not: with a port that can be, and with nothing before or after it."""
    assert hosts.can_be(header) is possible


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("[::1]", "::1"),
        ("::", "::"),
        (EVERYWHERE, EVERYWHERE),
        ("fe80::1%eth0", "fe80::1%eth0"),
        ("localhost", "127.0.0.1"),
    ],
)
def test_an_address_to_listen_at_stands_without_brackets(given: str, address: str) -> None:
    """That is how a socket takes it."""
    assert hosts.listening_address(given) == address


@pytest.mark.parametrize(
    "given", ["*", "127.0.0.1:8000", "http://x", "a b", "desk.internal", "1.2.3", "[::1]:80"]
)
def test_what_is_no_address_to_listen_at_is_refused(given: str) -> None:
    """Before the server fails with a message of its own."""
    with pytest.raises(UnusableError, match="TRUSTOPS_PORT names the port"):
        hosts.listening_address(given)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("::", "http://[::1]:8000"),
        (EVERYWHERE, "http://127.0.0.1:8000"),
        ("10.0.0.5", "http://10.0.0.5:8000"),
        ("2001:db8::5", "http://[2001:db8::5]:8000"),
    ],
)
def test_the_base_url_follows_from_where_the_desk_listens(host: str, url: str) -> None:
    """Whoever opens it on that machine reaches the desk."""
    assert hosts.base_url_at(host, 8000) == url


def test_an_address_that_no_browser_can_name_gives_no_base_url() -> None:
    """A zone of a link-local address means something on this machine alone."""
    with pytest.raises(UnusableError, match="network interface"):
        hosts.base_url_at("fe80::1%eth0", 8000)


@pytest.mark.parametrize(
    ("url", "host", "answered"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1", ("127.0.0.1", "localhost")),
        ("http://[::1]:8000", "::1", ("[::1]", "127.0.0.1", "localhost")),
        ("http://desk.example.org", "::", ("desk.example.org", "127.0.0.1", "localhost", "[::1]")),
        ("", "127.0.0.1", ("127.0.0.1", "localhost")),
    ],
)
def test_the_hosts_that_are_answered_follow_from_both(
    url: str, host: str, answered: tuple[str, ...]
) -> None:
    """The host of the base URL first, and each loopback name that may be typed."""
    assert hosts.answered_hosts(url, host) == answered
