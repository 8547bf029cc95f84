"""The network side of a request: host names, proxies, and the client's address."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import SECRET_KEY, Made


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a b", "", "["])
def test_another_host_name_is_refused_and_not_repeated(client: FlaskClient, host: str) -> None:
    """Links and caches would otherwise carry a name that a stranger chose."""
    answer = client.get("/support", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:5000"])
def test_our_own_names_are_served_on_any_port(client: FlaskClient, host: str) -> None:
    """The list holds names, not ports."""
    assert client.get("/support", headers={"Host": host}).status_code == 200


def test_a_forwarded_address_is_not_believed_without_a_proxy(client: FlaskClient) -> None:
    """Otherwise every client could choose its own and escape the limits."""
    headers = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    seen = client.get("/probe/client", headers=headers).get_json()
    assert (seen["address"], seen["scheme"]) == ("127.0.0.1", "http")


def test_a_forwarded_host_is_never_believed(make: Made) -> None:
    """The proxy hands the host on unchanged."""
    client = make(TRUSTED_PROXIES="1").test_client()
    answer = client.get("/support", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 200
    answer = client.get(
        "/support", headers={"Host": "evil.example", "X-Forwarded-Host": "localhost"}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        ("1", "203.0.113.9", "203.0.113.9"),
        ("1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("2", "198.51.100.1, 203.0.113.9, 192.0.2.1", "203.0.113.9"),
        ("2", "203.0.113.9", "127.0.0.1"),
        ("1", "not-an-address", "unknown"),
    ],
)
def test_behind_proxies_the_address_stands_as_far_from_the_end_as_there_are_proxies(
    make: Made, proxies: str, header: str, address: str
) -> None:
    """What a client writes in front of it is its own invention."""
    client = make(TRUSTED_PROXIES=proxies).test_client()
    seen = client.get("/probe/client", headers={"X-Forwarded-For": header}).get_json()
    assert seen["address"] == address


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
    ],
)
def test_an_address_is_counted_as_one_subscriber_has_it(
    client: FlaskClient, remote: str, address: str
) -> None:
    """IPv4 in full; of IPv6 the first half, the rest of which a client changes at will."""
    seen = client.get("/probe/client", environ_base={"REMOTE_ADDR": remote}).get_json()
    assert seen["address"] == address


def test_a_header_in_another_encoding_is_read_as_it_is(client: FlaskClient) -> None:
    """Latin-1 that is no UTF-8 is nobody's mistake to pay for."""
    assert client.get("/healthz", headers={"X-Name": "Jos\xe9"}).status_code == 200


def test_a_client_is_known_by_a_keyed_hash(make: Made) -> None:
    """Without the secret key the address cannot be tried out; with another key it is another."""
    first = make().test_client().get("/probe/client").get_json()["key"]
    again = make().test_client().get("/probe/client").get_json()["key"]
    other = make(SECRET_KEY=SECRET_KEY[::-1]).test_client().get("/probe/client").get_json()["key"]
    assert first == again != other
    assert len(first) == 64
    assert "127.0.0.1" not in first
