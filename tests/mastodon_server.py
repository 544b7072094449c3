"""A real server that speaks the Mastodon API, on loopback, and people who write to it.

`pytest_plugins = ["tests.mastodon_server"]`, or an import of the fixtures into a conftest, makes
`mastodon_server` (one process per session and worker) and `mastodon` (the same, emptied before the test)
available.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

OURS = "care"
PEOPLE = (OURS, "ana", "ben", "chloe")
READY_WITHIN_S = 15.0

_CONFIG = """
[auth]
permissive = false
enforce_scopes = true
[ratelimit]
enabled = true
limit = 100000
window_seconds = 300
"""


def token_of(username: str) -> str:
    """The access token of a person."""
    return f"token-of-{username}"


class MastodonServer:
    """The running server: its address, and what people do there."""

    def __init__(self, url: str, process: subprocess.Popen[bytes]) -> None:
        self.url = url
        self.process = process
        self._http = httpx.Client(base_url=url, timeout=10, trust_env=False)

    def call(self, method: str, path: str, username: str | None = None, **more: Any) -> Any:
        """The JSON of a request that must succeed, made by a person or by nobody."""
        headers = {} if username is None else {"Authorization": f"Bearer {token_of(username)}"}
        response = self._http.request(method, path, headers=headers, **more)
        assert response.is_success, response.text
        return response.json()

    def post(self, username: str, text: str, **more: str) -> dict[str, Any]:
        """A person posts; the status as the server shows it to them."""
        status: dict[str, Any] = self.call(
            "POST", "/api/v1/statuses", username, data={"status": text, **more}
        )
        return status

    def edit(self, username: str, status_id: str, text: str) -> None:
        """A person edits a status of theirs."""
        self.call("PUT", f"/api/v1/statuses/{status_id}", username, data={"status": text})

    def delete(self, username: str, status_id: str) -> None:
        """A person deletes a status of theirs."""
        self.call("DELETE", f"/api/v1/statuses/{status_id}", username)

    def statuses_of(self, username: str) -> list[dict[str, Any]]:
        """Everything that a person has posted, newest first, as they see it."""
        account = self.call("GET", "/api/v1/accounts/verify_credentials", username)
        found: list[dict[str, Any]] = self.call("GET", f"/api/v1/accounts/{account['id']}/statuses", username)
        return found

    def fault(self, effect: dict[str, Any], *, path: str = "*", method: str = "GET", count: int = 1) -> None:
        """Make the next requests to a path go wrong; see the server's fault injection."""
        rule = {"match": {"path": path, "methods": [method]}, "effect": effect, "count": count}
        self.call("POST", "/api/v1/_mock/faults", json=rule)

    def reset(self) -> None:
        """Forget everything but the people."""
        self.call("POST", "/api/v1/_mock/reset")

    def stop(self) -> None:
        """End the process; nothing in it is worth keeping."""
        self._http.close()
        self.process.kill()
        self.process.wait(10)


def start_server(folder: Path) -> MastodonServer:
    """Start the server on a free port of loopback, with everything it writes in `folder`."""
    config = folder / "mastodon.toml"
    people = [
        f'[[seed.accounts]]\nusername = "{name}"\naccess_token = "{token_of(name)}"\n' for name in PEOPLE
    ]
    config.write_text(_CONFIG + "".join(people))
    for _ in range(3):
        server = _try_start(folder, config)
        if server is not None:
            return server
    raise AssertionError((folder / "log").read_text())


def _try_start(folder: Path, config: Path) -> MastodonServer | None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("mastodon_mock")), "serve", "--config", str(config)]
    command += ["--domain", "mock.local"]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--in-memory", "--host", "127.0.0.1", "--port", str(port)],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": str(folder)},
        )
    server = MastodonServer(f"http://127.0.0.1:{port}", process)
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        try:
            server.call("GET", "/api/v1/instance")
            return server
        except httpx.TransportError:
            if _has_ended(process):
                break
    server.stop()
    return None


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether the process ended within the next moment."""
    try:
        process.wait(0.05)
    except subprocess.TimeoutExpired:
        return False
    return True


@pytest.fixture(scope="session")
def mastodon_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MastodonServer]:
    server = start_server(tmp_path_factory.mktemp("mastodon"))
    yield server
    server.stop()


@pytest.fixture
def mastodon(mastodon_server: MastodonServer) -> MastodonServer:
    mastodon_server.reset()
    return mastodon_server
