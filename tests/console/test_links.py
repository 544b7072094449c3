"""Links and attachments: numbered with their true host, chosen by number, opened by the agent's browser alone."""

from __future__ import annotations

import asyncio
import shlex
import unicodedata
from datetime import UTC
from pathlib import Path

import pytest
from tests.console.desk_at_hand import AtHand, console_at_hand, line
from tests.console.harness import NOON, Stage, queue_row
from tests.console.threads import entry, hostile_texts

from careconsole.channels.recording import load_recording
from careconsole.console.app import CareConsole
from careconsole.console.browser import browser_command, open_in_browser
from careconsole.console.link_screen import LinkScreen
from careconsole.console.panes.message_block import GUTTERS, build_block
from careconsole.console.panes.numbered import Numbers
from careconsole.console.panes.thread import ThreadPane
from careconsole.model.message import Attachment, Direction
from careconsole.store.rows import MessageVersion, ThreadEntry

TORN = Attachment("image", "a torn bag", "https://pics.example/1.png", 120_000, 640, 480)


def shown(one: ThreadEntry, width: int = 78) -> list[str]:
    numbers = Numbers()
    numbers.open([one])
    block = build_block(one, width, today=NOON, zone=UTC, numbered=numbers.of(one))
    return [f"{line.gutter} {''.join(text for text, _ in line.pieces)}".rstrip() for line in block.lines]


# ---- what the thread says ----------------------------------------------------------------------------------------


def test_attachments_and_links_are_numbered_below_the_text() -> None:
    one = entry(1, "See https://shop.example/a, or http://sh\u043ep.example.", attachments=(TORN,))
    assert shown(one)[1:] == [
        "\u2502 See https://shop.example/a, or http://sh\u043ep.example.",
        "\u251c [1] image (640x480, 120 kB): a torn bag",
        "\u251c [2] https://shop.example/a",
        "\u251c [3] written sh\u043ep.example, leads to http://xn--shp-ted.example/",
        "",
    ]


@pytest.mark.parametrize(
    ("attachment", "words"),
    [
        (Attachment("video"), "[1] video, no alt text"),
        (Attachment("", "x", bytes=0), "[1] attachment (0 bytes): x"),
        (Attachment("audio", "x", bytes=2_460_000), "[1] audio (2.5 MB): x"),
        (Attachment("audio", "x", bytes=24_600_000_000, width=5), "[1] audio (25 GB): x"),
        (Attachment("file", "one\ntwo"), "[1] file: one \u23ce two"),
    ],
)
def test_an_attachment_says_its_type_its_size_and_its_alt_text(attachment: Attachment, words: str) -> None:
    assert shown(entry(1, "x", attachments=(attachment,)))[2] == f"\u251c {words}"


def test_ours_have_a_sign_of_their_own_and_an_edit_keeps_what_was_attached() -> None:
    ours = entry(1, "see http://a.example", direction=Direction.OUT)
    assert shown(ours)[2].startswith("\u2523 [1] ")
    edited = entry(1, "x", versions=(MessageVersion("look", entry(2).at_us, (TORN,)),))
    assert shown(edited)[1:3] == ["\u2502 was until 05:02: look", "\u2502 [image] a torn bag"]


def test_a_long_host_shows_whose_it_is_first() -> None:
    host = f"bank.example.{'a' * 50}.thief.example"
    words = shown(entry(1, f"https://{host}/login"))[-2]
    assert words.startswith("\u251c [1] on \u2026") and words.index("thief.example: ") < 60


def test_no_text_can_look_like_a_numbered_line() -> None:
    long = Attachment("image", "word " * 14 + " [9] https://bank.example/ " * 8)
    lines = shown(entry(1, "\u251c [7] https://bank.example/", attachments=(long,)), width=40)
    assert [text for text in lines if text.startswith("\u251c [")] == [
        text for text in lines if text.startswith(("\u251c [1] ", "\u251c [2] "))
    ]
    assert any(text.startswith("\u251c     ") for text in lines)


def test_numbers_stay_with_what_they_name() -> None:
    first, second = entry(1, "http://a.example", attachments=(TORN,)), entry(3, "http://b.example")
    numbers = Numbers()
    numbers.open([first, second])
    late, edited = entry(2, "http://c.example"), first._replace(text="http://d.example http://a.example")
    numbers.take_in([edited, late, second])
    told = [[one.number for one in numbers.of(each)] for each in (edited, late, second)]
    assert told == [[1, 4, 2], [5], [3]]


def test_hostile_words_go_through_the_gate() -> None:
    for text in hostile_texts():
        one = entry(1, text[:3_000], attachments=(Attachment(text, text, text),))
        for told in shown(one, 60):
            assert told[:1] in GUTTERS | {""}
            assert not {unicodedata.category(char) for char in told} & {"Cc", "Cs", "Zl", "Zp"}, told
            assert not set(told) & set(
                "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
            )
        for numbered in _numbered(one):
            assert numbered.link is None or numbered.link.address.isascii()


def _numbered(one: ThreadEntry) -> tuple[object, ...]:
    numbers = Numbers()
    numbers.open([one])
    return numbers.of(one)


async def test_hostile_words_are_drawn_and_asked_about() -> None:
    pane = ThreadPane(zone=UTC)
    async with Stage(pane).run_test(size=(80, 24)) as pilot:
        for text in hostile_texts():
            one = entry(1, text[:500], attachments=(Attachment(text[:200], text[:500], text[:500]),))
            pane.show(queue_row(1), [one], NOON)
            assert all(len(pane.render_line(y).text) for y in range(24))
        many = tuple(Attachment(text[:200], text[:300], text[:500]) for text in hostile_texts()[:40])
        numbers = Numbers()
        numbers.open([entry(1, "x", attachments=many)])
        await pilot.app.push_screen(LinkScreen(numbers.of(entry(1, "x", attachments=many))))
        await pilot.pause()
        assert "Which one?" in "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


# ---- the browser -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "command"),
    [
        ("firefox", ["firefox", "http://a.example/$(id);x"]),
        ("firefox --new-tab %s &:links", ["firefox", "--new-tab", "http://a.example/$(id);x"]),
        ("'my browser' -u=%s", ["my browser", "-u=http://a.example/$(id);x"]),
        ("", None),
        ("'", None),
    ],
)
def test_the_address_is_one_argument_and_no_shell_sees_it(wanted: str, command: list[str] | None) -> None:
    assert browser_command("http://a.example/$(id);x", {"BROWSER": wanted}) == command


def test_without_browser_the_system_is_asked_only_where_there_is_a_screen() -> None:
    assert browser_command("http://a.example/", {}, "linux") is None
    assert browser_command("http://a.example/", {"DISPLAY": ":0"}, "linux") == [
        "xdg-open",
        "http://a.example/",
    ]
    assert browser_command("http://a.example/", {}, "darwin") == ["open", "http://a.example/"]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "--help", "javascript:x", "http://a.\u0430/", "http://a/\n"]
)
def test_nothing_but_http_is_opened(address: str) -> None:
    with pytest.raises(ValueError, match="Only http and https"):
        browser_command(address, {"BROWSER": "true"})


async def test_a_browser_that_cannot_be_is_named() -> None:
    assert "No browser is known here" in await open_in_browser("http://a.example/", {})
    missing = await open_in_browser("http://a.example/", {"BROWSER": "/nowhere/surfer"})
    assert missing == "The browser surfer was not found: set BROWSER to the command of yours."
    assert (
        await open_in_browser("http://a.example/", {"BROWSER": "false"})
        == "The browser false ended with code 1."
    )


# ---- at the desk ---------------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a desk."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that writes down what it was given."""
    script, told = tmp_path / "browser", tmp_path / "opened"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {shlex.quote(str(told))}\n')
    script.chmod(0o700)
    told.touch()
    monkeypatch.setenv("BROWSER", str(script))
    return told


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went to the clipboard."""
    kept: list[str] = []
    monkeypatch.setattr(CareConsole, "copy_to_clipboard", lambda self, text: kept.append(text))
    return kept


def a_thread() -> list[bytes]:
    attached = [{"type": "image", "alt": "a torn bag", "url": "https://pics.example/1.png"}]
    return [
        line("1", "dana", " ".join(f"http://a{n}.example/" for n in range(2, 13)), 9, attachments=attached),
        line("2", "dana", "no address", 8, attachments=[{"type": "video", "url": "ftp://a.example/"}]),
    ]


async def at_thread(desk: AtHand) -> None:
    await desk.press("enter")
    await desk.until(lambda: "[13] video" in desk.picture, "the numbered lines")


async def test_o_and_a_number_opens_it_in_the_agents_browser(
    home: Path, opened: Path, copied: list[str]
) -> None:
    async with console_at_hand(home, a_thread()) as desk:
        await at_thread(desk)
        assert "\u251c [1] image: a torn bag" in desk.picture
        await desk.press("o")
        assert "https://pics.example/1.png" in desk.picture, "before it is opened it is read in full"
        await desk.press("5")
        assert opened.read_text() == "http://a5.example/\n"
        assert desk.said == "Opened in your browser: http://a5.example/"
        await desk.press("o", "1", "2")
        assert opened.read_text() == "http://a5.example/\nhttp://a12.example/\n"
        await desk.press("o", "1")
        await desk.until(lambda: "pics" in opened.read_text(), "1, though 10 to 13 begin like it")
        assert copied == []


async def test_c_and_a_number_copies_its_address(home: Path, opened: Path, copied: list[str]) -> None:
    async with console_at_hand(home, a_thread()) as desk:
        await at_thread(desk)
        await desk.press("o", "c", "2")
        assert (copied, opened.read_text()) == (["http://a2.example/"], "")
        await desk.press("o", "1", "3")
        assert desk.said == "Of [13] no address is known that can be opened."
        await desk.press("o", "7", "7", "escape")
        assert opened.read_text() == "http://a7.example/\n", "the second 7 came too late to mean anything"


async def test_typing_opens_nothing(home: Path, opened: Path, copied: list[str]) -> None:
    async with console_at_hand(home, a_thread()) as desk:
        await at_thread(desk)
        await desk.press("o")
        await desk.press_at_once("x", "t", "5", "5", "o", "2")
        await desk.press("escape")
        assert (opened.read_text(), copied) == ("", [])


async def test_the_sample_desk_only_says_the_address(home: Path, opened: Path, copied: list[str]) -> None:
    async with console_at_hand(home, a_thread()) as desk:
        await at_thread(desk)
        desk.desk.recording = load_recording('{"recording": 1}')
        await desk.press("o", "2")
        assert desk.said == "The sample desk opens nothing. The address is http://a2.example/"
        assert (opened.read_text(), copied) == ("", [])


async def test_without_a_browser_the_address_is_copied_and_without_a_link_it_is_said(
    home: Path, copied: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", "/nowhere/surfer")
    async with console_at_hand(home, [*a_thread(), line("3", "emil", "no link", 7)]) as desk:
        await at_thread(desk)
        await desk.press("o", "3")
        assert "surfer was not found" in desk.said and copied == ["http://a3.example/"]
        await desk.press("escape", "j", "enter", "o")
        assert desk.said == "No link and no attachment is in view."


MIDDLE = (130, 46)


async def kinds(desk: AtHand) -> set[str]:
    return {row.kind.value for row in (await desk.rows()).values()}


async def shows(desk: AtHand, handle: str) -> None:
    """Wait until the thread beside the queue is this customer's."""
    id = (await desk.row(handle)).id
    await desk.until(lambda: desk.screen.thread.conversation_id == id, f"the thread of {handle}")


async def test_o_in_the_queue_opens_what_the_thread_beside_it_shows(home: Path, opened: Path) -> None:
    async with console_at_hand(home, [*a_thread(), line("3", "emil", "no link", 7)], size=MIDDLE) as desk:
        await desk.press("j", "k")
        await shows(desk, "dana")
        before = await kinds(desk)
        await desk.press("o", "5")
        assert opened.read_text() == "http://a5.example/\n" and desk.screen.queue.has_focus
        await desk.press_at_once("o", "7")
        await desk.until(lambda: "a7" in opened.read_text(), "the link of quick keys")
        await desk.press("j")
        await shows(desk, "emil")
        await desk.press("o")
        assert desk.said == "No link and no attachment is in view."
        await desk.press("5")
        assert desk.said == "There was no link to choose, so the number set nothing."
        assert await kinds(desk) == before


@pytest.mark.parametrize("keys", ["o5", "o12", "co5"])
async def test_a_digit_behind_an_o_that_opens_nothing_sets_no_kind(
    home: Path, opened: Path, keys: str
) -> None:
    async with console_at_hand(home, [*a_thread(), line("3", "emil", "no link", 7)]) as desk:
        before = await kinds(desk)
        for key in keys:
            await desk.pilot.press(key)
            await asyncio.sleep(0.08)
        await desk.settle()
        assert await kinds(desk) == before
        assert desk.said == "There was no link to choose, so the number set nothing."
        await desk.press("escape")
        desk.screen._no_numbers_until_s = float("-inf")
        await desk.press("o")
        assert desk.said == "No link was opened: its thread is not in view, Enter opens it."
        desk.screen._no_numbers_until_s = float("-inf")
        await desk.press("5")
        assert await kinds(desk) != before, "later it is a kind again"
        assert opened.read_text() == ""


async def test_o_in_the_queue_leaves_a_thread_of_somebody_else_alone(home: Path, opened: Path) -> None:
    async with console_at_hand(home, [*a_thread(), line("3", "emil", "no link", 7)], size=MIDDLE) as desk:
        await desk.press("j", "k")
        await shows(desk, "dana")
        desk.screen.rest_s = 60
        await desk.press("j", "o", "5")
        assert isinstance(desk.console.screen, type(desk.screen)) and opened.read_text() == ""
        assert desk.said == "There was no link to choose, so the number set nothing."


@pytest.mark.parametrize("pane", ["queue", "thread"])
async def test_a_number_behind_an_o_that_had_to_wait_chooses_a_link(
    home: Path, opened: Path, pane: str
) -> None:
    async with console_at_hand(home, a_thread(), size=MIDDLE) as desk:
        await at_thread(desk)
        if pane == "queue":
            await desk.press("escape")
        before = await kinds(desk)
        for key in "co5":
            await desk.pilot.press(key)
            await asyncio.sleep(0.08)
        await desk.until(lambda: bool(opened.read_text()), "the link")
        assert opened.read_text() == "http://a5.example/\n" and await kinds(desk) == before
