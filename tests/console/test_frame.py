"""The lines around the panes: key bar, status line, title bar."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.console.harness import NOON, CountingDriver, FixedClock, Stage
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import TextArea

from careconsole.console.commands import bindings
from careconsole.console.key_bar import KeyBar
from careconsole.console.panes.queue import QueuePane
from careconsole.console.status_line import StatusLine, next_look_s
from careconsole.console.title_bar import TitleBar
from careconsole.model.instant import to_us
from careconsole.model.message import Visibility
from careconsole.model.reply import Limits, OutboxState
from careconsole.store.rows import Account, Counts, OutboxRow


class Writing(Widget):
    """A text field with the composer's keys around it."""

    BINDINGS = bindings("composer")
    DEFAULT_CSS = "Writing { height: 5; }"

    def compose(self) -> ComposeResult:
        yield TextArea(id="field")


class Barred(Stage):
    BINDINGS = bindings("app")


def account(name: str, age_s: float | None, **changes: object) -> Account:
    good_us = None if age_s is None else to_us(NOON - timedelta(seconds=age_s))
    plain = Account(1, name, "mastodon", None, None, "us", Limits(), good_us, 0, "", 15.0)
    return replace(plain, **changes)  # type: ignore[arg-type]


def held(id: int, left_s: float) -> OutboxRow:
    until_us = to_us(NOON + timedelta(seconds=left_s))
    state = OutboxState.HELD
    return OutboxRow(
        id=id,
        conversation_id=id,
        account_id=1,
        account="mastodon",
        agent="ana",
        state=state,
        text="Hello",
        visibility=Visibility.PUBLIC,
        purpose="answer",
        idempotency_key="k",
        remote_id=None,
        reason="",
        attempts=0,
        created_us=0,
        held_until_us=until_us,
        session="s",
        handle=f"customer{id}",
        reply_to=None,
    )


async def test_the_key_bar_shows_what_works_where_the_focus_is() -> None:
    bar, pane = KeyBar(), QueuePane(FixedClock())
    async with Barred(pane, Writing(), bar).run_test(size=(100, 30)) as pilot:
        pane.focus()
        await pilot.pause()
        assert " r Reply" in bar.plain and " c Claim" in bar.plain and "Review" not in bar.plain
        assert bar.plain.rstrip().endswith("? Help")
        pilot.app.query_one(TextArea).focus()
        await pilot.pause()
        assert "Ctrl+S Review" in bar.plain and "Claim" not in bar.plain
        bar.show_panes([("Queue", False), ("Thread", False), ("Reply", True)])
        assert "[Reply]" in bar.plain and " Queue " in bar.plain


async def test_the_key_bar_follows_other_keys() -> None:
    bar, pane = KeyBar(), QueuePane(FixedClock())
    async with Barred(pane, bar).run_test(size=(100, 30)) as pilot:
        pane.focus()
        pilot.app.set_keymap({"list.claim": "x"})
        await pilot.pause()
        assert " x Claim" in bar.plain and " c Claim" not in bar.plain


async def test_ten_thousand_changes_leave_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    bar, pane = KeyBar(), QueuePane(FixedClock())
    async with Barred(pane, bar).run_test(size=(100, 30)) as pilot:
        pane.focus()
        await pilot.pause()

        def change(times: int) -> int:
            """Change the line so often; how many objects are alive then."""
            for number in range(times):
                before = bar.plain
                bar.show_panes([("Queue", number % 2 == 0)])
                assert bar.plain != before
                bar.render()
            gc.collect()
            return len(gc.get_objects())

        change(300)
        await pilot.pause()
        before = change(10)
        assert change(500) - before < 200
        # Textual's own search for the keys takes most of the time: it is done once for all that follow.
        keys = bar.screen.active_bindings
        monkeypatch.setattr(Screen, "active_bindings", property(lambda screen: keys))
        before = change(10)
        assert change(10_000) - before < 200
        await pilot.pause()
        assert not list(bar.children)


async def test_an_unchanged_key_bar_sends_nothing() -> None:
    bar, pane = KeyBar(), QueuePane(FixedClock())
    async with Barred(pane, bar, counting=True).run_test(headless=False, size=(100, 30)) as pilot:
        pane.focus()
        await pilot.pause()
        CountingDriver.forget()
        for _ in range(5):
            pilot.app.screen.refresh_bindings()
            await pilot.pause()
        assert CountingDriver.sent_bytes() == 0


async def test_many_accounts_are_counted_and_the_late_one_stands_first() -> None:
    line = StatusLine()
    async with Stage(line).run_test(size=(60, 5)):
        line.show_accounts(
            [*(account(f"shop number {n}", 10) for n in range(20)), account("second", 46)], NOON
        )
        assert line.plain.strip() == "second 30s! · 20 accounts ok"


async def test_fresh_or_says_so() -> None:
    line = StatusLine()
    async with Stage(line).run_test(size=(90, 5)):
        line.show_accounts([account("masto", 10), account("shop", 44), account("second", 46)], NOON)
        assert "masto ok · shop ok · second 30s!" in line.plain
        line.show_accounts([account("masto", 300), account("new", None)], NOON)
        assert "masto 5m! · new not yet" in line.plain
        line.show_accounts([account("new", None, failures=2)], NOON)
        assert "no answer yet!" in line.plain


def test_the_next_look_is_when_the_words_change() -> None:
    assert 34.9 < next_look_s([account("masto", 10)], NOON) < 35.2
    assert next_look_s([account("new", None)], NOON) <= 2, "its first poll is not missed"
    assert next_look_s([account("masto", 46), account("late", 46)], NOON) <= 5, "nor that a late one came"


async def test_what_is_held_counts_down() -> None:
    line = StatusLine()
    async with Stage(line).run_test(size=(90, 5)):
        line.show_held([(held(1, 9.2), 9.2), (held(2, 4.0), 4.0)])
        assert " 4 s, F4 withdraws, 1 more · to @customer2" in line.plain
        line.show_held([])
        assert "F4" not in line.plain


async def test_a_sentence_stands_in_front_and_is_safe() -> None:
    line = StatusLine()
    async with Stage(line).run_test(size=(60, 5)):
        line.show_accounts([account("masto", 1)], NOON)
        line.say("@[bold]evil\x1b]0;x\x07 has it", is_error=True)
        assert (
            line.plain.startswith(" ! @[bold]evil") and "\x1b" not in line.plain and "masto" not in line.plain
        )
        line.be_silent()
        assert "masto ok" in line.plain
        line.say("x" * 200)
        assert len(line.plain) <= 60


async def test_the_title_bar_counts() -> None:
    bar = TitleBar("ana", word="SAMPLE")
    async with Stage(bar).run_test(size=(100, 5)):
        bar.show_counts(Counts(waiting=1234, mine=2, tier_zero=1, due_soon=5), new_emergencies=1)
        assert bar.plain.startswith(" careconsole · ana  SAMPLE ")
        assert bar.plain.endswith(" NEW EMERGENCY 1: press g  1 emergency  5 due  2 mine  1,234 waiting ")
        assert len(bar.plain) == 100


def test_the_bindings_of_a_pane_know_cyrillic() -> None:
    claim = next(b for b in bindings("list") if isinstance(b, Binding) and b.id == "list.claim")
    assert claim.key.split(",") == ["c", "с"]
