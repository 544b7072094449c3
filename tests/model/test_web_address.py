"""Addresses to serve at: how they are typed, who can reach them, and under which names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careconsole.model.web_address import DEFAULT_PORT, WebAddress, WebAddressError, read_web_address


@pytest.mark.parametrize(
    ("typed", "host", "port"),
    [
        ("127.0.0.1:8000", "127.0.0.1", 8000),
        ("9000", "127.0.0.1", 9000),
        ("0", "127.0.0.1", 0),
        ("localhost", "127.0.0.1", DEFAULT_PORT),
        ("LocalHost:81", "127.0.0.1", 81),
        ("0.0.0.0:8000", "0.0.0.0", 8000),
        ("[::1]:8000", "::1", 8000),
        ("[::]", "::", DEFAULT_PORT),
        ("::1", "::1", DEFAULT_PORT),
        ("desk.example.org:8000", "desk.example.org", 8000),
        ("Desk-7", "desk-7", DEFAULT_PORT),
    ],
)
def test_an_address_is_read(typed: str, host: str, port: int) -> None:
    assert read_web_address(typed) == WebAddress(host, port)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        ":8000",
        "127.0.0.1:",
        "127.0.0.1:65536",
        "127.0.0.1:-1",
        "127.0.0.1:٨٠",
        "127.1",
        "127.0.0.1.5",
        "1.2.3.256:80",
        "[::1",
        "[::1]8000",
        "[127.0.0.1]:80",
        "[desk]:80",
        "::1%lo:80",
        "fe80::1%eth0",
        "http://127.0.0.1:8000",
        "user@host:80",
        "a b",
        "-desk",
        "desk/",
        "dësk",
        "desk\n",
    ],
)
def test_what_is_none_is_refused(typed: str) -> None:
    with pytest.raises(WebAddressError):
        read_web_address(typed)


@given(st.text())
def test_any_text_is_an_address_or_refused(typed: str) -> None:
    try:
        address = read_web_address(typed)
    except WebAddressError:
        return
    assert 0 <= address.port <= 65535
    assert address.host.isascii() and not set(address.host) & set("/@%?# []")


@pytest.mark.parametrize(
    ("host", "is_loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("::ffff:127.0.0.1", False),
        ("desk", False),
    ],
)
def test_only_loopback_is_loopback(host: str, is_loopback: bool) -> None:
    assert WebAddress(host).is_loopback is is_loopback


@pytest.mark.parametrize(
    ("served", "header", "is_reached"),
    [
        ("127.0.0.1", "127.0.0.1:8730", True),
        ("127.0.0.1", "localhost:9999", True),
        ("127.0.0.1", "LOCALHOST", True),
        ("127.0.0.1", "[::1]:8730", True),
        ("127.0.0.1", "evil.example:8730", False),
        ("127.0.0.1", "localhost.evil.example", False),
        ("127.0.0.1", "192.168.1.5:8730", False),
        ("127.0.0.1", "here:8730", False),
        ("127.0.0.1", "", False),
        ("192.168.1.5", "192.168.1.5:8730", True),
        ("192.168.1.5", "127.0.0.1:8730", False),
        ("192.168.1.5", "here:8730", False),
        ("desk.example", "DESK.example:8730", True),
        ("desk.example", "192.168.1.5", False),
        ("0.0.0.0", "192.168.1.5:8730", True),
        ("0.0.0.0", "Here:8730", True),
        ("0.0.0.0", "localhost:8730", True),
        ("0.0.0.0", "evil.example:8730", False),
        ("::", "[fe80::1]:8730", True),
        ("::", "[evil.example]:8730", False),
    ],
)
def test_a_name_that_others_point_at_us_is_none_of_ours(served: str, header: str, is_reached: bool) -> None:
    assert WebAddress(served).is_reached_as(header, "here") is is_reached


def test_the_page_is_an_address_that_a_browser_takes() -> None:
    assert WebAddress().page() == f"http://127.0.0.1:{DEFAULT_PORT}/"
    assert WebAddress("::1", 80).page("token") == "http://[::1]:80/token/"
    assert WebAddress("0.0.0.0", 80).page("token", "here") == "http://here:80/token/"
    assert WebAddress("desk", 80).page("token", "here") == "http://desk:80/token/"
