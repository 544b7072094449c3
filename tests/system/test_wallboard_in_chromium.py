"""The wallboard in a real browser: tiles that change, keys that write nothing, names that are text, and nobody else asked."""

from __future__ import annotations

import hashlib
import sqlite3
import string
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.system.chromium import Chromium, asked_addresses
from tests.system.served import Ends, Served, take_in
from tests.system.traced import beyond_this_machine, traced

pytestmark = [pytest.mark.system, pytest.mark.timeout(110)]

CONTROL, DELETE, ESCAPE, F1 = "\ue009", "\ue017", "\ue00c", "\ue031"
HOSTILE = "eve\x1b]0;owned\x07<img src=//evil.example> https://evil.example/x"


@dataclass(frozen=True)
class Browsed:
    """A browser that has the wallboard of a desk open."""

    home: Path
    served: Served
    browser: Chromium


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


@contextmanager
def browsing(home: Path, browser: Chromium) -> Iterator[Browsed]:
    take_in(home, "1", HOSTILE)
    with Served(home) as served:
        browser.events()  # what came before
        browser.open(served.address)
        browser.wait_for(lambda shown: "backlog 1" in shown and "Nobody is at the desk" in shown)
        yield Browsed(home, served, browser)


@pytest.fixture
def browsed(tmp_path: Path, browser: Chromium) -> Iterator[Browsed]:
    with browsing(tmp_path / "home", browser) as browsed:
        yield browsed
    browser.open("about:blank")


def log_of(home: Path) -> list[Any]:
    with closing(sqlite3.connect(f"file:{home / 'desk.db'}?mode=ro", uri=True)) as record:
        return record.execute("SELECT * FROM event ORDER BY 1").fetchall()


def bytes_of(home: Path) -> dict[str, str]:
    """Every file of a home that holds anything that lasts, and what is in it."""
    files = (path for path in home.rglob("*") if path.is_file() and not path.name.endswith("-shm"))
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_new_message_changes_the_tiles(browsed: Browsed) -> None:
    before = browsed.browser.picture()
    take_in(browsed.home, "2", "fran")
    browsed.browser.wait_for(lambda shown: "backlog 2" in shown and "late now 2" in shown)
    assert browsed.browser.picture() != before


def test_nobody_but_this_machine_is_asked(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    with (
        Chromium(tmp_path / "profile", lambda command: traced(command, trace, named=True)) as browser,
        browsing(tmp_path / "home", browser) as browsed,
    ):
        take_in(browsed.home, "2", "fran")
        browsed.browser.wait_for(lambda shown: "backlog 2" in shown)
        asked = asked_addresses(browsed.browser.events())
    page, socket = browsed.served.address, f"ws://{browsed.served.host}/ws?"
    assert page in asked and any(address.startswith(socket) for address in asked)
    assert [each for each in asked if not each.startswith((page, socket, "data:,"))] == []
    seen = trace.read_text()
    assert f"htons({browsed.served.port})" in seen, "the kernel saw the browser connect to the wall"
    assert beyond_this_machine(seen) == []


def test_keys_that_would_write_do_nothing(browsed: Browsed) -> None:
    browser, home = browsed.browser, browsed.home
    events, files = log_of(home), bytes_of(home)
    with closing(sqlite3.connect(f"file:{home / 'desk.db'}?mode=ro", uri=True)) as record:
        version = record.execute("PRAGMA data_version").fetchone()
        browser.press("d")
        browser.wait_for(lambda shown: "Conversations of the backlog" in shown)
        browser.press(ESCAPE)
        browser.wait_for(lambda shown: "Conversations of the backlog" not in shown)
        browser.press(string.printable.replace("q", "").replace("d", "").replace("?", "").strip() + DELETE)
        for letter in "abcdefghijklnoprstuvwxyz":  # m is Enter, q quits
            browser.press_with(CONTROL, letter)
        browser.press(F1)
        browser.wait_for(lambda shown: "Close the wallboard." in shown)
        assert record.execute("PRAGMA data_version").fetchone() == version
    assert log_of(home) == events and len(events) > 0
    assert bytes_of(home) == files


def test_a_name_from_outside_is_text_of_the_terminal(browsed: Browsed) -> None:
    browser = browsed.browser
    shown = browser.wait_for(lambda shown: "https://evil" in shown)
    assert "]0;owned" in shown and "<img src=//evil.example>" in shown
    assert browser.run("return document.title") == "careconsole wallboard"
    assert browser.run("return document.images.length") == 0
    assert browser.run("return window.open('https://evil.example') === null")
    line = next(number for number, line in enumerate(shown.split("\n")) if "https://evil" in line)
    column = shown.split("\n")[line].index("https://evil") + 3
    x, y, width, height = browser.run(
        "const box = document.querySelector('.xterm-screen').getBoundingClientRect();"
        "return [box.x, box.y, box.width / window.__terminal.cols, box.height / window.__terminal.rows];"
    )
    browser.point(x + (column - 1) * width, y + (line + 0.5) * height)
    browser.point(x + (column + 0.5) * width, y + (line + 0.5) * height)
    browser.wait_until("return document.querySelector('.xterm-cursor-pointer') !== null")
    browser.point(x + (column + 0.5) * width, y + (line + 0.5) * height, clicks=True)
    browser.wait_for(lambda shown: "backlog 1" in shown)
    assert browser.windows() == 1
    assert browser.run("return location.href") == browsed.served.address
    assert not [each for each in asked_addresses(browser.events()) if "evil" in each]


def test_a_page_that_is_closed_ends_its_wall(browsed: Browsed) -> None:
    ends = Ends(browsed.served.wait_for_walls(1))
    browsed.browser.open("about:blank")
    assert ends.all_within(20)


def test_quitting_says_so_and_a_click_opens_it_again(browsed: Browsed) -> None:
    browser = browsed.browser
    browser.press("q")
    browser.wait_until("return getComputedStyle(document.getElementById('ended')).display === 'flex'")
    assert browsed.served.wait_for_walls(0) == []
    browser.run("document.getElementById('again').click()")
    browser.wait_for(lambda shown: "backlog 1" in shown)


def test_with_the_token_a_wall_of_another_host_opens(tmp_path: Path, browser: Chromium) -> None:
    home = tmp_path / "home"
    take_in(home, "1")
    with Served(home, "0.0.0.0:0") as served:
        browser.open(f"http://{served.host}/")
        assert "wants the token" in browser.run("return document.body.innerText")
        browser.open(f"http://{served.host}/{served.token}/")
        browser.wait_for(lambda shown: "backlog 1" in shown)


def test_a_page_comes_back_with_its_server(browsed: Browsed) -> None:
    browser, served = browsed.browser, browsed.served
    served.process.terminate()
    served.process.wait(15)
    browser.wait_until("return document.getElementById('why').textContent.includes('gone')")
    take_in(browsed.home, "2", "fran")
    with Served(browsed.home, served.host):
        browser.wait_for(lambda shown: "backlog 2" in shown)
