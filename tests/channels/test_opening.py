"""Addresses, the factory, and what is loaded when."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from careconsole.channels.contract import Channel, ChannelError
from careconsole.channels.factory import open_channel
from careconsole.channels.mastodon.address import is_this_machine, server_address
from careconsole.channels.recording import Recording, load_recording


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://social.example", "https://social.example"),
        ("https://Social.Example:8443/", "https://social.example:8443"),
        ("http://127.0.0.1:3300", "http://127.0.0.1:3300"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://[::1]:3300/", "http://[::1]:3300"),
        ("http://localhost:3300", "http://localhost:3300"),
        ("HTTPS://social.example", "https://social.example"),
    ],
)
def test_addresses_of_servers(url: str, address: str) -> None:
    assert server_address(url) == address


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://social.example", "http is for this machine only"),
        ("http://128.0.0.1", "http is for this machine only"),
        ("http://localhost.evil.example", "http is for this machine only"),
        ("http://127.0.0.1.evil.example", "http is for this machine only"),
        ("http://[::2]", "http is for this machine only"),
        ("http://0.0.0.0", "http is for this machine only"),
        ("http://2130706433", "http is for this machine only"),
        ("social.example", "it must begin with https://"),
        ("ftp://social.example", "it must begin with https://"),
        ("https://", "the name of the server is missing"),
        ("https://:443", "the name of the server is missing"),
        ("https://social.example:0", "the name of the server is missing"),
        ("https://social.example:99999", "it is not a URL"),
        ("https://[::1", "it is not a URL"),
        ("https://me@social.example", "must not hold a user name"),
        ("https://127.0.0.1@social.example", "must not hold a user name"),
        ("https://social.example/api", "only the server is named"),
        ("https://social.example?x=1", "only the server is named"),
        ("https://social.example#x", "only the server is named"),
        ("https://social.example\\@evil.example", "a space or a character"),
        ("https://social .example", "a space or a character"),
        ("https://social.example\n", "a space or a character"),
        ("https://so\u202ecial.example", "a space or a character"),
        ("", "it must begin with https://"),
    ],
)
def test_what_is_no_address_is_said(url: str, fault: str) -> None:
    with pytest.raises(ChannelError) as caught:
        server_address(url)
    assert fault in str(caught.value)
    assert str(caught.value).isascii()


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:1", True),
        ("http://[::1]", True),
        ("http://localhost", True),
        ("https://social.example", False),
        ("https://127.evil.example", False),
        ("http://[", False),
    ],
)
def test_this_machine(url: str, local: bool) -> None:
    assert is_this_machine(url) is local


RECORDING = load_recording('{"recording": 1, "accounts": [{"name": "care"}]}\n')


def opened(home: Path, network: str, recording: Recording | None = None, **more: Any) -> Channel:
    fields: dict[str, Any] = {"url": None, "token_file": None, "speed": 1.0, **more}
    return open_channel(
        network=network,
        account="care",
        home=home,
        recording=recording,
        now=lambda: datetime(2026, 3, 1, tzinfo=UTC),
        **fields,
    )


async def test_each_network_opens_its_channel(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("tok")
    token.chmod(0o600)
    for channel in (
        opened(tmp_path, "file"),
        opened(tmp_path, "replay", RECORDING),
        opened(tmp_path, "mastodon", url="https://social.example", token_file=token),
    ):
        assert channel.network in str(type(channel)).lower()
        assert channel.poll_every_s > 0
        await channel.aclose()


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    wrong: list[tuple[str, Recording | None, dict[str, Any], str]] = [
        ("replay", None, {}, "only the sample desk has"),
        ("file", RECORDING, {}, "the sample desk opens accounts of its recording only"),
        ("mastodon", RECORDING, {}, "the sample desk opens accounts of its recording only"),
        ("telex", None, {}, "known networks are mastodon, replay, file"),
        ("mastodon", None, {}, "has no URL or no token file"),
        (
            "mastodon",
            None,
            {"url": "https://social.example", "token_file": tmp_path / "none"},
            "does not exist",
        ),
    ]
    for network, recording, more, fault in wrong:
        with pytest.raises(ChannelError, match=fault):
            opened(tmp_path, network, recording, **more)


@pytest.mark.parametrize(
    "module",
    ["contract", "factory", "file", "import_line", "replay", "secret", "rate_limit", "mastodon.address"],
)
def test_what_needs_no_network_loads_none(module: str) -> None:
    code = f"import sys, careconsole.channels.{module}; print({{'httpx', 'textual'}} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"


def test_opening_a_file_or_a_recording_loads_no_client(tmp_path: Path) -> None:
    code = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from careconsole.channels.factory import open_channel
from careconsole.channels.recording import load_recording
recording = load_recording('{"recording": 1}')
for network, played in (("file", None), ("replay", recording)):
    open_channel(network=network, account="a", url=None, token_file=None, home=Path(sys.argv[1]),
                 recording=played, speed=1, now=lambda: datetime.now(UTC))
print({"httpx", "pydantic"} & set(sys.modules))
"""
    found = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert found.stdout == "set()\n"
