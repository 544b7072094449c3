"""A served wallboard as the network and the kernel see it: who is let in, how many, and that nothing is left behind."""

from __future__ import annotations

import signal
import socket
import subprocess
from pathlib import Path

import pytest
from tests.system.served import Ends, Served, take_in

from careconsole.console.wallboard.serving.door import NO_TOKEN, NOT_HERE, NOT_OURS

pytestmark = [pytest.mark.system, pytest.mark.timeout(110)]

MOST_BROWSERS = 8
EVERYWHERE = "0.0.0.0:0"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    take_in(tmp_path / "home", "1")
    return tmp_path / "home"


def test_loopback_is_the_whole_world_unless_told_otherwise(home: Path) -> None:
    with Served(home) as served:
        assert served.address == f"http://127.0.0.1:{served.port}/"
        listening = Path("/proc/net/tcp").read_text().split("\n")
        ours = [line.split()[1] for line in listening if f":{served.port:04X} 00000000:0000" in line]
        assert ours == [f"0100007F:{served.port:04X}"]
        status, page, headers = served.ask("/")
        assert status == 200 and "careconsole wallboard" in page
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Server"] == "careconsole"


def test_on_another_host_nothing_is_had_without_the_token(home: Path) -> None:
    with Served(home, EVERYWHERE) as served:
        assert len(served.token) == 43
        wrong = served.token[:-1] + ("a" if served.token[-1] != "a" else "b")
        for path in ("/", "/ws", "/wall.js", "/textual.js", f"/{wrong}/", f"/{wrong}/ws", "/../", "/static/"):
            status, words, headers = served.ask(path, Origin=f"http://{served.host}")
            assert (status, words.strip()) == (403, NO_TOKEN), path
            assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert served.ask(f"/{served.token}/")[0] == 200
        assert served.ask(f"/{served.token}")[2]["Location"] == f"/{served.token}/"
        for path in ("/ws", f"/{wrong}/ws"):
            status, looking = served.look(path)
            looking.close()
            assert status == 403
        assert served.walls() == []
        status, looking = served.look()
        with looking:
            assert status == 101
            served.wait_for_walls(1)


def test_another_name_and_another_page_get_nothing(home: Path) -> None:
    with Served(home) as served:
        assert served.ask("/", Host="evil.example")[:2] == (403, f"{NOT_HERE}\n")
        assert served.ask("/", Origin="http://evil.example")[:2] == (403, f"{NOT_OURS}\n")
        for origin in (None, "http://evil.example", "null"):
            status, looking = served.look(origin=origin)
            looking.close()
            assert status == 403
        status, looking = served.look(host="evil.example")
        looking.close()
        assert status == 403 and served.walls() == []


def test_it_can_be_looked_at_and_nothing_else(home: Path) -> None:
    with Served(home) as served:
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
            assert served.ask("/", method)[0] == 405
        assert served.ask("/?ping=http://evil.example/")[0] == 400
        for path in ("/download/x", "/static/", "/../wall.html", "/%2e%2e/web.py", "//evil.example"):
            assert served.ask(path)[0] == 404
        assert served.ask("/ws", Origin=f"http://{served.host}")[0] == 400


def test_the_token_stands_in_the_address_alone(home: Path) -> None:
    with Served(home, EVERYWHERE, {"PYTHONASYNCIODEBUG": "1", "PYTHONWARNINGS": "default"}) as served:
        status, looking = served.look()
        with looking, socket.create_connection(("127.0.0.1", served.port), timeout=10) as broken:
            assert status == 101
            pids = [served.process.pid, *served.wait_for_walls(1)]
            served.ask(f"/{served.token}/nothing")
            broken.sendall(f"GET /{served.token}/ HTTP/9.9\r\nno header\r\n\r\n".encode())
            assert broken.recv(12)
            for pid in pids:
                for file in ("cmdline", "environ"):
                    assert served.token.encode() not in Path(f"/proc/{pid}/{file}").read_bytes()
        served.process.terminate()
        assert served.process.stdout is not None
        assert served.process.stdout.read() == ""
        assert served.token not in served.said.read_text()


def test_a_wall_gets_the_named_variables_alone(home: Path) -> None:
    with Served(home, env={"AWS_SECRET_ACCESS_KEY": "s3cret", "CARECONSOLE_AGENT": "vera"}) as served:
        _, looking = served.look()
        with looking:
            (wall,) = served.wait_for_walls(1)
            seen = Path(f"/proc/{wall}/environ").read_text()
            assert "TEXTUAL_DRIVER=" in seen
            assert "s3cret" not in seen and "CARECONSOLE" not in seen


def test_there_is_room_for_so_many_and_again_once_one_has_gone(home: Path) -> None:
    with Served(home) as served:
        looking = []
        for _ in range(MOST_BROWSERS):
            status, one = served.look()
            looking.append(one)
            assert status == 101
        status, late = served.look()
        late.close()
        assert status == 503
        status, words, _ = served.ask("/")
        assert status == 503 and "8 browsers" in words
        served.wait_for_walls(MOST_BROWSERS)
        looking.pop().close()
        served.wait_for_walls(MOST_BROWSERS - 1)
        assert served.ask("/")[0] == 200
        status, again = served.look()
        assert status == 101
        for one in (*looking, again):
            one.close()
        served.wait_for_walls(0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_no_wall_is_left_when_the_server_ends(home: Path, number: signal.Signals) -> None:
    with Served(home) as served:
        connections = [served.look()[1] for _ in range(2)]
        ends = Ends(served.wait_for_walls(2))
        served.process.send_signal(number)
        code = served.process.wait(15)
        assert ends.all_within(15)
        assert code == {signal.SIGINT: 0, signal.SIGKILL: -9}.get(number, 128 + number)
        for one in connections:
            one.close()


def test_who_says_what_no_page_says_is_let_go(home: Path) -> None:
    with Served(home) as served:
        _, looking = served.look()
        with looking:
            served.wait_for_walls(1)
            looking.sendall(b"\x81\x84\0\0\0\0nope")
            served.wait_for_walls(0)


def test_two_walls_at_one_address_is_a_sentence(home: Path) -> None:
    with Served(home) as served:
        done = subprocess.run(
            [*served.process.args[:-1], f"127.0.0.1:{served.port}"],  # type: ignore[index, misc]
            capture_output=True,
            text=True,
            timeout=30,
        )
        assert (done.returncode, done.stdout) == (2, "") and "Address already in use" in done.stderr
