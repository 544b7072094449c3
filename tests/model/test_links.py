"""Links: the true host in punycode, nothing that a browser could read as another address."""

from __future__ import annotations

import time

import pytest

from careconsole.model.links import MAX_ADDRESS, MAX_LINKS, link_to, links_in


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("see https://shop.example/orders/1.", ["https://shop.example/orders/1"]),
        ("(http://shop.example)", ["http://shop.example/"]),
        (
            "the order (https://shop.example/a_(b)?x=1&y=2#top), please",
            ["https://shop.example/a_(b)?x=1&y=2#top"],
        ),
        ("HTTPS://Shop.Example:8080/A", ["https://shop.example:8080/A"]),
        ("请看https://shop.example/订单。谢谢", ["https://shop.example/%E8%AE%A2%E5%8D%95"]),
        (
            "https://a.example https://b.example https://a.example/",
            ["https://a.example/", "https://b.example/"],
        ),
        ("http://[2001:db8::1]/x", ["http://[2001:db8::1]/x"]),
        ("shop.example, ftp://shop.example, javascript://shop.example, https://", []),
        ("https://a..example https://-a.example https://a.example:99999/ https://:80/", []),
        ("https://a.example/\x1b]0;owned\x07", ["https://a.example/"]),
        ("https://a.example/\ud800", []),
        ("https://a.example/\u202etxt.exe", ["https://a.example/"]),
    ],
)
def test_links_are_found_with_their_whole_address(text: str, addresses: list[str]) -> None:
    assert [link.address for link in links_in(text)] == addresses


@pytest.mark.parametrize(
    ("address", "host", "written"),
    [
        ("https://shop.example/", "shop.example", ""),
        ("https://sh\u043ep.example/", "xn--shp-ted.example", "sh\u043ep.example"),
        ("https://stra\u00dfe.example/", "xn--strae-oqa.example", "stra\u00dfe.example"),
        ("https://\uff53\uff48op.example/", "shop.example", "\uff53\uff48op.example"),
        ("https://bank.example@thief.example/", "thief.example", "bank.example@thief.example"),
        ("https://bank.example:443@thief.example/x", "thief.example", "bank.example:443@thief.example"),
        ("https://\u4f8b\u5b50\u3002example/", "xn--fsqu00a.example", "\u4f8b\u5b50\u3002example"),
    ],
)
def test_the_host_is_the_true_one_in_punycode(address: str, host: str, written: str) -> None:
    link = link_to(address)
    assert link is not None
    assert (link.host, link.written) == (host, written)
    assert link.address.isascii() and link.address.startswith(f"https://{host}/")
    assert "@" not in link.address


@pytest.mark.parametrize(
    "address",
    [
        "https://thief.example\\@bank.example/",
        "--help",
        "file:///etc/passwd",
        "https://a.example/ --new-window",
        "https://bank.example\uff0fthief.example/",
        "https://\u2100.example/",
        "https://a\u200db.example/",
        "https://[1.2.3.4%25eth0]/",
        "https://" + "a" * 64 + ".example",
        "https://a.example/" + "x" * MAX_ADDRESS,
    ],
)
def test_what_two_readers_could_read_in_two_ways_is_no_link(address: str) -> None:
    assert link_to(address) is None


def test_a_backslash_ends_an_address() -> None:
    assert [link.host for link in links_in("https://thief.example\\@bank.example/")] == ["thief.example"]


def test_a_flood_of_links_is_bound() -> None:
    began = time.perf_counter()
    assert len(links_in("https://a.example/))))" * 100_000)) == 0
    assert len(links_in("".join(f"https://a{n}.example/ " for n in range(5_000)))) == MAX_LINKS
    links_in("https://a.example/" + ")" * 1_900)
    assert time.perf_counter() - began < 1.0
