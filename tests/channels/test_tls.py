"""Every server must prove who it is, nothing goes through a proxy that the environment names."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from careconsole.__main__ import main
from careconsole.channels.contract import NotReachable
from careconsole.channels.mastodon.channel import MastodonChannel
from careconsole.channels.secret import Secret
from careconsole.model.message import Visibility
from careconsole.model.reply import OutgoingReply, Retry

SELF_SIGNED = Path(__file__).with_name("self_signed.pem")
"""A certificate for 127.0.0.1 that it signed itself, valid until 2120, with its key; known to nobody but these tests."""
ME = {"id": "1", "acct": "care", "username": "care", "display_name": "Care", "url": "http://127.0.0.1/@care"}


class Listener(ThreadingHTTPServer):
    """A server on loopback that notes who connected and what was asked."""

    daemon_threads = True

    def __init__(self, *, tls: bool = False) -> None:
        self.connections = 0
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Answers)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(SELF_SIGNED)
            self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def get_request(self) -> Any:
        self.connections += 1
        return super().get_request()


class _Answers(BaseHTTPRequestHandler):
    server: Listener

    def do_GET(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        body = json.dumps(ME if self.path.endswith("verify_credentials") else []).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_CONNECT = do_GET

    def log_message(self, format: str, *values: Any) -> None:
        """Nothing is printed."""


@contextmanager
def listening(*, tls: bool = False) -> Iterator[Listener]:
    with Listener(tls=tls) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def listen() -> Iterator[Callable[..., Listener]]:
    """Begin to listen, until the end of the test."""
    with ExitStack() as stack:
        yield lambda **more: stack.enter_context(listening(**more))


@pytest.fixture(params=["", "trusted by the environment"])
def environment(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without variables that would make other programs believe the certificate."""
    if request.param:
        monkeypatch.setenv("SSL_CERT_FILE", str(SELF_SIGNED))
        monkeypatch.setenv("SSL_CERT_DIR", str(SELF_SIGNED.parent))
        monkeypatch.setenv("PYTHONHTTPSVERIFY", "0")


def channel_to(url: str) -> MastodonChannel:
    return MastodonChannel("care", url, Secret("tok"), now=lambda: datetime.now(UTC))


def test_the_certificate_is_good_but_for_who_signed_it(listen: Callable[..., Listener]) -> None:
    import httpx

    server = listen(tls=True)
    trusting = ssl.create_default_context(cafile=str(SELF_SIGNED))
    assert httpx.get(f"https://{server.address}/", verify=trusting, trust_env=False).is_success


@pytest.mark.usefixtures("environment")
async def test_neither_poll_nor_reply_goes_to_a_server_that_cannot_prove_who_it_is(
    listen: Callable[..., Listener],
) -> None:
    server = listen(tls=True)
    channel = channel_to(f"https://{server.address}")
    with pytest.raises(NotReachable) as caught:
        await channel.poll(None)
    outcome = await channel.send(
        OutgoingReply(
            1, "key", "hello", reply_to="1", handle="ana", visibility=Visibility.PUBLIC, queued_us=1
        )
    )
    await channel.aclose()
    assert isinstance(outcome, Retry) and outcome.after_s is None
    for sentence in (str(caught.value), outcome.reason):
        assert sentence.startswith(
            f"account care: the server https://{server.address} cannot prove who it is"
        )
        assert "(self-signed certificate)" in sentence
        assert "check the URL of the account, or ask whoever runs the server" in sentence
    assert server.connections >= 2 and server.asked == []


@pytest.mark.usefixtures("environment")
def test_an_account_is_not_added_where_the_server_cannot_prove_who_it_is(
    listen: Callable[..., Listener], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server, token = listen(tls=True), tmp_path / "token"
    token.write_text("tok")
    token.chmod(0o600)
    home = ["--home", str(tmp_path / "home")]
    url = f"https://{server.address}"
    code = main([*home, "accounts", "add", "mastodon", "care", "--url", url, "--token-file", str(token)])
    said = capsys.readouterr().err
    assert code == 2
    assert "cannot prove who it is" in said and "check the URL" in said and "Traceback" not in said
    assert main([*home, "accounts", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert server.asked == []


@pytest.fixture
def proxy(listen: Callable[..., Listener], monkeypatch: pytest.MonkeyPatch) -> Listener:
    """A proxy that every variable of the environment names."""
    server = listen()
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://{server.address}")
        monkeypatch.setenv(name.lower(), f"http://{server.address}")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    return server


async def test_proxies_of_the_environment_are_ignored(
    listen: Callable[..., Listener], proxy: Listener
) -> None:
    server = listen()
    channel = channel_to(f"http://{server.address}")
    assert (await channel.verify()).handle == "care"
    await channel.poll(None)
    await channel.aclose()
    assert "GET /api/v1/accounts/verify_credentials" in server.asked
    assert proxy.connections == 0


async def test_nor_do_they_see_https(listen: Callable[..., Listener], proxy: Listener) -> None:
    server = listen(tls=True)
    channel = channel_to(f"https://{server.address}")
    with pytest.raises(NotReachable, match="cannot prove who it is"):
        await channel.poll(None)
    await channel.aclose()
    assert (server.connections, proxy.connections) == (1, 0)
