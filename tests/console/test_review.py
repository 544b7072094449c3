"""The review: everything that will go out is shown, and only its own keys send it (F03, F04, F13)."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC

import pytest
from tests.console.harness import NOON, Stage, queue_row
from tests.console.threads import entry, hostile_texts, screen_text, shown
from textual import events
from textual.pilot import Pilot

from careconsole.console.commands import keymap
from careconsole.console.letter import FOUR_CHOICES, TWO_CHOICES, Letter
from careconsole.console.review_screen import ReviewChoice, ReviewResult, ReviewScreen
from careconsole.model.message import Visibility
from careconsole.model.reply import Limits, Mode

ROW = queue_row(7, handle="anak", customer_name="Ana K.", account="support")
PUBLIC = Letter(
    ROW, Mode.PUBLIC, Visibility.PUBLIC, Visibility.PUBLIC, TWO_CHOICES, "It is on its way.", Limits(500)
)
PRIVATE = replace(PUBLIC, mode=Mode.PRIVATE, visibility=Visibility.DIRECT, answered=Visibility.DIRECT)


class Reviewing(Stage):
    """A review, and how it ended."""

    def __init__(self) -> None:
        super().__init__()
        self.results: asyncio.Queue[ReviewResult | None] = asyncio.Queue()

    async def ended(self) -> ReviewResult:
        result = await asyncio.wait_for(self.results.get(), 5)
        assert result is not None
        return result

    @property
    def is_open(self) -> bool:
        return isinstance(self.screen, ReviewScreen)


@asynccontextmanager
async def reviewing(letter: Letter, **options: object) -> AsyncIterator[tuple[Reviewing, Pilot[None]]]:
    app = Reviewing()
    async with app.run_test(size=(100, 30)) as pilot:
        screen = ReviewScreen(letter, now=NOON, zone=UTC, **options)  # type: ignore[arg-type]
        await app.push_screen(screen, app.results.put_nowait)
        await pilot.pause()
        yield app, pilot


async def held_over(app: Stage, pilot: Pilot[None]) -> None:
    """Until every key that waits out a burst has done what it does."""
    while getattr(app.screen, "_hold_timer", None) is not None:
        await pilot.pause(0.01)
    await pilot.pause()


async def sent_by_y(app: Reviewing, pilot: Pilot[None]) -> None:
    """Press y until it is heard: right after another key it counts as typing."""
    while app.is_open:
        await pilot.press("y")
        await held_over(app, pilot)


async def test_it_shows_account_recipient_visibility_length_and_text() -> None:
    async with reviewing(PUBLIC, undo_s=10.0, warnings=["Somebody else reads along."]) as (app, _):
        shown = screen_text(app)
    assert "║ PUBLIC reply by support on mastodon · 17/500 characters · can be withdrawn for 10 s" in shown
    assert "║ to @anak Ana K." in shown
    assert "║ Somebody else reads along." in shown
    assert "┃ It is on its way." in shown
    assert "y Send   Y Send, next   e Edit   n Put away" in shown


async def test_nothing_of_the_facts_is_cut_where_it_is_narrow() -> None:
    app = Reviewing()
    async with app.run_test(size=(60, 24)) as pilot:
        await app.push_screen(ReviewScreen(PUBLIC, now=NOON, undo_s=10.0, zone=UTC), app.results.put_nowait)
        await pilot.pause()
        lines = screen_text(app).splitlines()
    assert "║ PUBLIC reply by support on mastodon" in [line.rstrip() for line in lines]
    assert "║ 17/500 characters · can be withdrawn for 10 s" in [line.rstrip() for line in lines]


async def test_the_key_that_sends_stands_first_wherever_it_was_moved() -> None:
    app = Reviewing()
    async with app.run_test(size=(100, 30)) as pilot:
        app.set_keymap(keymap({"review.send": "q"}))
        await app.push_screen(ReviewScreen(PUBLIC, now=NOON, zone=UTC), app.results.put_nowait)
        await pilot.pause()
        assert "q Send   Y Send, next   e Edit   n Put away" in screen_text(app)


async def test_a_note_is_kept_and_not_sent() -> None:
    async with reviewing(replace(PUBLIC, mode=Mode.NOTE, visibility=None)) as (app, _):
        shown = screen_text(app)
    assert "║ NOTE for the team" in shown
    assert "y Keep the note   Y Keep it, next   e Edit   n Put away" in shown


async def test_the_handle_that_the_network_needs_is_shown_as_it_will_go_out() -> None:
    letter = replace(PUBLIC, limits=Limits(500, names_the_customer=True))
    async with reviewing(letter) as (app, _):
        assert "┃ @anak It is on its way." in screen_text(app)
        assert "23/500 characters" in screen_text(app)


@pytest.mark.parametrize(
    ("key", "choice"),
    [
        ("y", ReviewChoice.SEND),
        ("Y", ReviewChoice.SEND_NEXT),
        ("e", ReviewChoice.EDIT),
        ("escape", ReviewChoice.EDIT),
        ("n", ReviewChoice.ABORT),
        ("н", ReviewChoice.SEND),
        ("Н", ReviewChoice.SEND_NEXT),
    ],
)
async def test_one_key_decides(key: str, choice: ReviewChoice) -> None:
    async with reviewing(PUBLIC) as (app, pilot):
        await pilot.press(key)
        assert await app.ended() == ReviewResult(choice, PUBLIC)


@pytest.mark.parametrize("key", ["enter", "ctrl+s", "f2", "space", "tab", "x", "s"])
async def test_no_other_key_sends(key: str) -> None:
    async with reviewing(PUBLIC) as (app, pilot):
        await pilot.press(key)
        await held_over(app, pilot)
        assert app.is_open and app.results.empty()


async def test_typing_into_the_review_sends_nothing() -> None:
    async with reviewing(PUBLIC) as (app, pilot):
        for character in "yup":
            app.post_message(events.Key(character, character))
        await pilot.pause()
        await held_over(app, pilot)
        assert app.is_open and app.results.empty()
        assert "typing?" in screen_text(app)


async def test_a_paste_into_the_review_sends_nothing() -> None:
    async with reviewing(PUBLIC) as (app, pilot):
        app.post_message(events.Paste("y"))
        app.post_message(events.Key("y", "y"))
        await pilot.pause()
        await held_over(app, pilot)
        assert app.is_open and app.results.empty()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * 503, "503 characters, the network takes 500: 3 too long."),
        ("Hello {{name}}", "1 hole is open"),
        ("  \n ", "Nothing is written yet."),
    ],
)
async def test_what_cannot_be_sent_says_so_and_offers_no_key_for_it(text: str, sentence: str) -> None:
    async with reviewing(replace(PUBLIC, text=text)) as (app, pilot):
        shown = " ".join(screen_text(app).split())
        assert "It cannot be sent." in shown and sentence in shown
        assert "y Send" not in shown and "e Edit" in shown
        for key in ("y", "Y"):
            await pilot.press(key)
            await held_over(app, pilot)
        assert app.is_open and app.results.empty()


async def test_wider_has_its_own_key_and_says_what_that_means() -> None:
    async with reviewing(PRIVATE) as (app, pilot):
        assert "W Wider" in screen_text(app)
        await pilot.press("W")
        await held_over(app, pilot)
        shown = screen_text(app)
        assert "║ PUBLIC reply" in shown and "WIDER than the message it answers, which is PRIVATE" in shown
        assert app.screen.has_class("-public") and not app.screen.has_class("-private")
        await sent_by_y(app, pilot)
        result = await app.ended()
        assert (result.visibility, result.is_wider) == (Visibility.PUBLIC, True)
        assert result.letter.mode is Mode.PUBLIC


async def test_a_y_pressed_before_the_wider_review_was_seen_does_not_send_it() -> None:
    async with reviewing(PRIVATE) as (app, pilot):
        for character in "Wy":
            app.post_message(events.Key(character, character))
        await pilot.pause()
        await held_over(app, pilot)
        assert "║ PUBLIC reply" in screen_text(app)
        assert app.is_open and app.results.empty()


async def test_wider_goes_step_by_step_where_the_network_has_steps() -> None:
    letter = replace(PRIVATE, choices=FOUR_CHOICES)
    seen = []
    async with reviewing(letter) as (app, pilot):
        for _ in range(4):
            before = app.screen._letter  # type: ignore[attr-defined]
            while app.screen._letter == before and before.beyond():  # type: ignore[attr-defined]
                await pilot.press("W")
                await held_over(app, pilot)
            seen.append(app.screen._letter.visibility)  # type: ignore[attr-defined]
        assert "W Wider" not in screen_text(app)
    assert seen == [Visibility.FOLLOWERS, Visibility.UNLISTED, Visibility.PUBLIC, Visibility.PUBLIC]


@pytest.mark.parametrize(
    "letter",
    [
        PUBLIC,
        replace(PRIVATE, answered=Visibility.PUBLIC),
        replace(PRIVATE, mode=Mode.NOTE, visibility=None),
    ],
    ids=["public", "narrowed", "note"],
)
async def test_wider_is_not_offered_up_to_the_message_answered_nor_for_notes(letter: Letter) -> None:
    async with reviewing(letter) as (app, pilot):
        assert "Wider" not in screen_text(app)
        await pilot.press("W")
        await held_over(app, pilot)
        await sent_by_y(app, pilot)
        result = await app.ended()
        assert (result.visibility, result.is_wider) == (letter.visibility, False)


async def test_when_the_thread_has_grown_the_new_messages_stand_above_the_draft() -> None:
    grown = [entry(400, "Never mind, it is here!"), entry(401, "Thanks.")]
    async with reviewing(PUBLIC, grown=grown, growth="2 new messages since you read the thread.") as (
        app,
        pilot,
    ):
        shown = screen_text(app)
        assert "2 new messages since you read the thread" in shown
        assert shown.index("│ Never mind, it is here!") < shown.index("┃ It is on its way.")
        assert "y Send anyway" in shown
        await pilot.press("y")
        assert (await app.ended()).choice is ReviewChoice.SEND


async def test_help_says_what_the_keys_do() -> None:
    async with reviewing(PUBLIC) as (app, pilot):
        await pilot.press("question_mark")
        assert "y  Send it; it can be withdrawn" in screen_text(app)
        await pilot.press("f1")
        assert "y Send   Y" in screen_text(app)


async def test_a_long_text_can_be_read_to_its_end() -> None:
    letter = replace(PUBLIC, text="\n".join(f"line {n}" for n in range(100)), limits=Limits())
    async with reviewing(letter) as (app, pilot):
        assert await shown(app, pilot, "y Send")
        assert "line 0" in screen_text(app) and "line 99" not in screen_text(app)
        for _ in range(9):
            await pilot.press("pagedown")
        assert await shown(app, pilot, "line 99")


async def test_nothing_hostile_gets_out_of_the_review() -> None:
    app = Reviewing()
    async with app.run_test(size=(60, 24)) as pilot:
        for text in hostile_texts()[::37]:
            letter = replace(PUBLIC, text=text, row=queue_row(1, handle=text, customer_name=text))
            await app.push_screen(ReviewScreen(letter, now=NOON, grown=[entry(1, text)], warnings=[text]))
            await pilot.pause()
            for strip in app.screen._compositor.render_strips():
                assert all(unicodedata.category(char) not in ("Cc", "Cs") for char in strip.text)
                assert not any(
                    part.style and (part.style.link or "@click" in part.style.meta) for part in strip
                )
            await app.pop_screen()
