"""The questions over the desk: one key answers, Enter and typing never do; the sum behind a rank adds up."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.console.harness import NOON, Stage, queue_row
from tests.console.threads import hostile_texts, screen_text
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from careconsole.console.burst import HOLD_S, PAUSE_S
from careconsole.console.first_screen import FIRST_LINES, FirstScreen
from careconsole.console.reason_screen import (
    RESOLVE_CHOICES,
    SKIP_CHOICES,
    holder_notice,
    quit_question,
    resolve_question,
    skip_question,
)
from careconsole.console.vip_screen import VipAnswer, VipScreen
from careconsole.console.why_screen import WhyScreen, why_sentences
from careconsole.desk.reading import Why
from careconsole.model.calendar import ALWAYS_OPEN, Calendar, OpenHours
from careconsole.model.conversation import Disposition, HeldBy, SkipReason
from careconsole.model.instant import from_us, to_us
from careconsole.model.message import Kind
from careconsole.model.priority import RankPolicy, Waiting, rank

ROW = queue_row(7, handle="anak", customer_name="Ana K.")


class Asking(Stage):
    """A question, and its answers."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: asyncio.Queue[Any] = asyncio.Queue()

    async def answer(self) -> Any:
        return await asyncio.wait_for(self.answers.get(), 5)


@asynccontextmanager
async def asking(
    screen: Screen[Any], *, size: tuple[int, int] = (90, 24)
) -> AsyncIterator[tuple[Asking, Pilot[None]]]:
    app = Asking()
    async with app.run_test(size=size) as pilot:
        await app.push_screen(screen, app.answers.put_nowait)
        await pilot.pause()
        yield app, pilot


async def held_over(app: Stage, pilot: Pilot[None]) -> None:
    while getattr(app.screen, "_hold_timer", None) is not None:
        await pilot.pause(0.01)
    await pilot.pause()


# ---- reasons -----------------------------------------------------------------------------------------------------------


def test_every_disposition_and_every_skip_reason_has_one_key_of_its_own() -> None:
    assert {choice.value for choice in RESOLVE_CHOICES} == set(Disposition)
    assert [choice.value for choice in SKIP_CHOICES] == list(SkipReason)
    assert [choice.key for choice in SKIP_CHOICES] == list("123456")
    keys = [choice.key for choice in RESOLVE_CHOICES]
    # Not the keys that ask, and not the one that takes back.
    assert len(set(keys)) == len(keys) and not {"e", "E", "z"} & set(keys)


@pytest.mark.parametrize("choice", RESOLVE_CHOICES, ids=lambda choice: choice.value)
async def test_one_key_says_why_it_is_done(choice: Any) -> None:
    async with asking(resolve_question(ROW)) as (app, pilot):
        assert "║ @anak Ana K." in screen_text(app)
        assert f"{choice.key}  {choice.label}" in screen_text(app)
        await pilot.press(choice.key)
        assert await app.answer() == choice.value


async def test_a_cyrillic_letter_answers_like_the_latin_one_in_its_place() -> None:
    async with asking(resolve_question(ROW)) as (app, pilot):
        await pilot.press("ф")
        assert await app.answer() == Disposition.ANSWERED


async def test_skipping_is_answered_by_a_number() -> None:
    async with asking(skip_question(ROW)) as (app, pilot):
        await pilot.press("3")
        assert await app.answer() == SkipReason.NEEDS_SENIOR


@pytest.mark.parametrize("key", ["enter", "e", "E", "S", "space", "tab"])
async def test_enter_and_the_keys_that_asked_answer_nothing(key: str) -> None:
    async with asking(resolve_question(ROW)) as (app, pilot):
        await pilot.press(key)
        await held_over(app, pilot)
        assert app.answers.empty()
        await pilot.press("escape")
        assert await app.answer() is None


async def test_typing_and_pasting_answer_nothing() -> None:
    async with asking(resolve_question(ROW)) as (app, pilot):
        for character in "and":
            app.post_message(events.Key(character, character))
        await pilot.pause()
        await held_over(app, pilot)
        app.post_message(events.Paste("a"))
        app.post_message(events.Key("a", "a"))
        await pilot.pause()
        await held_over(app, pilot)
        assert app.answers.empty() and "typing?" in screen_text(app)


async def test_a_sentence_typed_slowly_into_a_question_answers_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock_s = 100.0
    monkeypatch.setattr("careconsole.console.reason_screen.hand_s", lambda: clock_s)
    async with asking(resolve_question(ROW)) as (app, pilot):
        for character in " are d":
            await pilot.press("space" if character == " " else character)
            await held_over(app, pilot)
            clock_s += 0.2
        assert app.answers.empty()
        async with asyncio.timeout(5):
            while "typing?" not in screen_text(app):
                await pilot.pause(0.01)
        clock_s += 1.0
        while app.answers.empty():
            # The guard takes presses that follow one another at once for typing that goes on.
            await pilot.pause(1.2 * PAUSE_S)
            await pilot.press("d")
            await held_over(app, pilot)
        assert await app.answer() == Disposition.DUPLICATE


async def test_an_answer_that_has_waited_on_its_way_does_not_wait_again() -> None:
    screen = resolve_question(ROW)
    async with asking(screen) as (app, _):
        key = events.Key("a", "a")
        key.time -= 0.75 * HOLD_S
        await screen._dispatch_message(key)
        left_s = screen._guard.next_due_in_s()
        assert left_s is not None and left_s <= 0.25 * HOLD_S
        assert await app.answer() == Disposition.ANSWERED


async def test_help_says_how_to_answer() -> None:
    async with asking(resolve_question(ROW)) as (app, pilot):
        await pilot.press("question_mark")
        assert "Esc goes back and changes nothing" in screen_text(app)
        assert app.answers.empty()


@pytest.mark.parametrize(
    ("held", "claimed", "title", "keys"),
    [
        (1, 0, "1 reply is still held and not sent.", {"s": "send", "d": "drafts", "t": "stay"}),
        (2, 3, "2 replies are still held and not sent; you hold 3 claimed conversations.", {"s": "send"}),
        (1, 1, "1 reply is still held and not sent; you hold 1 claimed conversation.", {"h": "hand"}),
        (
            0,
            3,
            "3 yours: release, keep, or hand to somebody?",
            {"r": "release", "k": "keep", "h": "hand", "t": "stay"},
        ),
    ],
)
async def test_quitting_asks_what_to_do(held: int, claimed: int, title: str, keys: dict[str, str]) -> None:
    for key, value in keys.items():
        async with asking(quit_question(held, claimed)) as (app, pilot):
            assert title in screen_text(app)
            await pilot.press("q", key)
            assert await app.answer() == value


async def test_who_has_it_and_since_when_is_one_line() -> None:
    notice = holder_notice(HeldBy(7, "eva", to_us(NOON) - 300_000_000), NOON, presence="writing", zone=UTC)
    async with asking(notice) as (app, pilot):
        assert "║ since 11:55 (5m), writing: @eva" in screen_text(app)
        await pilot.press("n")
        assert await app.answer() == "note"


async def test_hostile_names_do_no_harm_in_questions() -> None:
    app = Asking()
    async with app.run_test(size=(60, 24)) as pilot:
        for text in hostile_texts()[::61]:
            row = queue_row(1, handle=text, customer_name=text, is_vip=True)
            for screen in (
                resolve_question(row),
                VipScreen(row, text),
                holder_notice(HeldBy(1, text, 0), NOON),
            ):
                await app.push_screen(screen)
                await pilot.pause()
                assert "\x1b" not in screen_text(app) and "\u202e" not in screen_text(app)
                await app.pop_screen()


# ---- VIP -----------------------------------------------------------------------------------------------------------------


async def test_a_note_makes_a_vip_and_enter_does_not() -> None:
    async with asking(VipScreen(ROW)) as (app, pilot):
        assert "F9" not in screen_text(app)
        await pilot.press("b", "o", "s", "s", "enter", "f9")
        assert app.answers.empty()
        await pilot.press("ctrl+s")
        assert await app.answer() == VipAnswer(True, "boss")


async def test_a_vip_keeps_the_note_or_is_none_any_longer() -> None:
    vip = replace(ROW, is_vip=True)
    async with asking(VipScreen(vip, "writes for the paper")) as (app, pilot):
        await pilot.press("exclamation_mark", "f2")
        assert await app.answer() == VipAnswer(True, "writes for the paper!")
    async with asking(VipScreen(vip, "note")) as (app, pilot):
        await pilot.press("f9")
        assert await app.answer() == VipAnswer(False, "note")
    async with asking(VipScreen(vip, "note")) as (app, pilot):
        await pilot.press("escape")
        assert await app.answer() is None


async def test_a_paste_into_the_note_passes_the_gate() -> None:
    async with asking(VipScreen(ROW)) as (app, pilot):
        app.post_message(events.Paste("one\x1b[31m\u202etwo\nthree" + "x" * 300))
        await pilot.pause()
        await pilot.press("ctrl+s")
        answer = await app.answer()
    assert answer.note.startswith("one␛[31mtwo three") and len(answer.note) == 200


# ---- why -----------------------------------------------------------------------------------------------------------------


def why_of(
    waiting: list[Waiting], *, calendar: Calendar | None = None, tier: int = 1, vip: bool = False
) -> Why:
    made = rank(waiting, RankPolicy(), calendar or ALWAYS_OPEN, tier=tier, is_vip=vip)
    row = replace(ROW, tier=tier, is_vip=vip, kind=made.kind)
    mood_by = (("furious", -0.6), ("thanks", 0.1))
    return Why(
        row, made, "cue:where is", -0.5, mood_by, "word:stranded", "agent:eva" * vip, "", "day and night"
    )


def added_up(sentences: list[str]) -> tuple[datetime, datetime]:
    """What the printed terms add up to, and what is printed as their sum."""
    total: datetime | None = None
    for sentence in sentences:
        if found := re.search(r"waiting since +(.+)$", sentence):
            total = datetime.fromisoformat(found[1])
        elif found := re.search(r"^ *([+-]) (\d+) min(?: ([\d.]+) s)? ", sentence):
            assert total is not None
            span = timedelta(minutes=int(found[2]), seconds=float(found[3] or 0))
            total += span if found[1] == "+" else -span
        elif found := re.search(r"= due +([^,]+),", sentence):
            assert total is not None
            return total, datetime.fromisoformat(found[1])
    raise AssertionError(sentences)


OFFICE = Calendar(
    zone=ZoneInfo("Europe/Zagreb"), hours={day: (OpenHours(time(9), time(17)),) for day in range(5)}
)


@pytest.mark.parametrize(
    "why",
    [
        why_of([Waiting(Kind.COMPLAINT, to_us(NOON), reach=250_000, is_negative=True, is_paid=True)]),
        why_of(
            [Waiting(Kind.QUESTION, to_us(NOON) + 17_250_000), Waiting(Kind.PRAISE, to_us(NOON))], vip=True
        ),
        why_of([Waiting(Kind.PRAISE, to_us(NOON) + 1)] * 4, tier=0),
        why_of(
            [Waiting(Kind.IDEA, to_us(NOON + timedelta(hours=5, seconds=1.5)), reach=9_000)], calendar=OFFICE
        ),
    ],
    ids=["boosts", "vip", "emergency", "closed-hours"],
)
def test_the_printed_sum_adds_up_to_the_effective_due(why: Why) -> None:
    assert why.rank is not None
    total, due = added_up(why_sentences(why, UTC))
    assert total == due == from_us(why.rank.effective_due_us).replace(tzinfo=None)


def test_who_or_what_decided_is_named() -> None:
    sentences = why_sentences(why_of([Waiting(Kind.QUESTION, to_us(NOON))], tier=0), UTC)
    assert "Tier 0, found by its words: stranded" in sentences
    assert "Kind question, found by its words: where is" in sentences
    by_hand = replace(why_of([Waiting(Kind.QUESTION, to_us(NOON))]), kind_by="agent:eva")
    assert "Kind question, set by @eva" in why_sentences(by_hand, UTC)
    assert "Mood -0.50 is bad and counts, of -1 upset to 1 pleased: furious -0.60, thanks +0.10" in sentences
    calm = replace(why_of([Waiting(Kind.QUESTION, to_us(NOON))]), mood=-0.1, row=replace(ROW, language="de"))
    assert "Mood -0.10, of -1 upset to 1 pleased: furious -0.60, thanks +0.10" in why_sentences(calm, UTC)
    assert "Language by its words: de" in why_sentences(calm, UTC)
    nothing = Why(ROW, None, "", 0.0, (), "", "", "", "office")
    assert why_sentences(nothing, UTC)[0].startswith("It waits for nothing")


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ({"tier_by": "lifted:eva"}, "Tier 0 lifted by @eva"),
        ({"tier_by": ""}, ""),
        ({"vip_by": "lifted:eva"}, "VIP lifted by @eva"),
        ({"vip_by": "lifted:"}, "VIP lifted by hand"),
        ({"vip_by": "agent:eva", "vip_note": "her mother writes"}, "VIP set by @eva: her mother writes"),
        ({"vip_by": "agent:eva"}, "VIP set by @eva"),
        ({"vip_by": "settings"}, "VIP by the settings"),
        ({"vip_by": ""}, ""),
    ],
)
def test_who_set_or_lifted_tier_0_and_the_vip_is_named(why: dict[str, str], sentence: str) -> None:
    is_vip = why.get("vip_by", "").startswith(("agent", "settings"))
    known = replace(why_of([Waiting(Kind.QUESTION, to_us(NOON))], vip=is_vip), **{"tier_by": "", **why})  # type: ignore[arg-type]
    said = [each for each in why_sentences(known, UTC) if each.startswith(("VIP", "Tier 0"))]
    assert said == [sentence] * bool(sentence)


async def test_the_sum_is_shown_and_closed_by_the_key_that_asked() -> None:
    why = why_of([Waiting(Kind.QUESTION, to_us(NOON), reach=250_000)])
    for key in ("w", "ц", "escape"):
        async with asking(WhyScreen(why, zone=UTC)) as (app, pilot):
            shown = screen_text(app)
            assert "+ 60 min  target of a question" in shown
            assert "- 24 min  reach of the customer" in shown
            assert "= due  2026-03-04 12:36, its place in the queue" in shown
            await pilot.press(key)
            assert await app.answer() is None


# ---- an empty desk ---------------------------------------------------------------------------------------------------------


async def test_an_empty_desk_says_how_to_begin() -> None:
    async with Stage(FirstScreen()).run_test(size=(100, 10)) as pilot:
        shown = screen_text(pilot.app)
    for line, word in zip(FIRST_LINES, ("--sample", "accounts add", "import"), strict=True):
        assert line in shown and word in line
