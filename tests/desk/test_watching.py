"""What a wallboard sees: read in parts, kept up to date, and what it advises."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from tests.desk.desk_at_hand import DeskAtHand
from tests.store.record_at_hand import at_us, said

from careconsole.desk.reporting import watching
from careconsole.desk.reporting.advice import advise
from careconsole.desk.reporting.books import open_books
from careconsole.desk.reporting.figures import Figure, Window
from careconsole.desk.reporting.watching import AgentNow, Sight, Waiting, watch
from careconsole.model.event import EventKind
from careconsole.model.reply import Sent
from careconsole.store import acts, claims, events
from careconsole.store.rows import Account

TARGETS = {"backlog": 100.0}


async def test_a_long_log_is_read_in_parts_and_then_followed(
    ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "AT_ONCE", 3)
    for number in range(10):
        await ana.arrive(said(f"m{number}", f"c{number}", minute=-number))
    watched = watch(ana.store, at_us(-60))
    assert (await watched.look()).figures["backlog"].value == 10
    for number in range(4):
        await ana.act(acts.resolve, await ana.conversation_of(f"m{number}"), "ana", "noise")
    sight = await watched.look()
    books = await open_books(ana.store)
    counted = books.count(Window(at_us(-60), sight.now_us))
    for name, figure in sight.figures.items():
        assert (figure.value, figure.of) == (counted[name, "all", ""].value, counted[name, "all", ""].of), (
            name
        )
    assert sight.figures["backlog"].value == 6 and sight.figures["resolutions"].value == 4
    assert sight.oldest == Waiting(await ana.conversation_of("m9"), "c9", "shop")


async def test_a_clock_that_was_set_back_is_seen(ana: DeskAtHand) -> None:
    await ana.arrive(said("m1"))
    watched = watch(ana.store, at_us(-60))
    assert (await watched.look()).ahead_us == 0
    ana.clock.set_wall(timedelta(hours=-2))
    assert (await watched.look()).ahead_us == 7_200_000_000
    ana.clock.set_wall(timedelta(hours=2))


async def test_two_who_look_at_once_count_nothing_twice(ana: DeskAtHand) -> None:
    for number in range(3):
        await ana.arrive(said(f"m{number}", f"c{number}"))
    watched = watch(ana.store, at_us(-60))
    sights = await asyncio.gather(watched.look(), watched.look(), watched.look())
    assert [each.figures["arrivals"].value for each in sights] == [3, 3, 3]


async def test_what_was_over_before_the_window_is_not_read_and_changes_no_number(
    ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old ones that were resolved, that came back, that were resolved and answered in the window, that still wait."""
    monkeypatch.setattr(watching, "MARGIN_US", 0)
    ids = [await ana.arrive(said(f"m{number}", f"c{number}", minute=-number)) for number in range(6)]
    for id in ids[:4]:
        await ana.act(acts.resolve, id, "ana", "noise")
    late = await ana.queued(ids[4])
    await ana.act(acts.resolve, ids[4], "ana", "answered")
    ana.clock.pass_s(3 * 86_400)
    begins_us = ana.clock.now_us() // 60_000_000 * 60_000_000
    ana.clock.pass_s(120)
    await ana.arrive(said("again", "c1", minute=3 * 1440 + 2, reply_to="m1"))
    assert await ana.take() == late
    await ana.settle(late, Sent("r1"))
    await ana.arrive(said("new", "dan", minute=3 * 1440 + 2))
    watched = watch(ana.store, begins_us)
    read: set[int | None] = set()
    take = watched.ledger.take

    def note_and_take(rows: list[events.LogRow]) -> None:
        read.update(row[7] for row in rows)
        take(rows)

    monkeypatch.setattr(watched.ledger, "take", note_and_take)
    sight = await watched.look()
    assert read - {None} == {ids[1], ids[4], ids[5], await ana.conversation_of("new")}
    counted = (await open_books(ana.store)).count(Window(begins_us, sight.now_us))
    for name, figure in sight.figures.items():
        assert (figure.value, figure.of) == (counted[name, "all", ""].value, counted[name, "all", ""].of), (
            name
        )
    assert sight.figures["backlog"].value == 3 and sight.figures["answers"].value == 1


@pytest.mark.parametrize("minute", [-1, 0, 3, 7, 60])
async def test_the_first_event_since_an_instant(ana: DeskAtHand, minute: int) -> None:
    for _ in range(8):
        await ana.act(events.append, EventKind.NOTE, conversation_id=1)
        ana.clock.pass_s(60)
    first = await ana.store.read(lambda tx: events.first_since(tx, at_us(minute)))
    assert first == (1 if minute <= 0 else min(minute, 8) + 2)  # the first of all puts the rules in force


async def test_nothing_new_is_nothing_read(ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch) -> None:
    await ana.arrive(said("m1"))
    watched = watch(ana.store, at_us(-60))
    await watched.look()
    took: list[int] = []
    take = watched.ledger.take
    monkeypatch.setattr(watched.ledger, "take", lambda rows: (took.append(len(rows)), take(rows)))
    await watched.look()
    assert took == []


async def test_who_is_here_holds_and_writes(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    await ana.act(claims.claim, first, "ben")
    await ana.act(claims.set_presence, first, "ben", "writing")
    watched = watch(ana.store, at_us(-60))
    assert (await watched.look()).agents == [AgentNow("ben", False, 1, True, 0)]
    ana.clock.pass_s(121)
    assert (await watched.look()).agents == []  # the lease ran out


def sight(**changes: object) -> Sight:
    """A quiet desk with one agent, changed as told."""
    names = ("backlog", "backlog_over_72h", "late", "oldest", "tier0_share", "vip_share")
    figures = {name: Figure(0, 0) for name in names}
    figures |= {name: Figure(value, 1) for name, value in changes.items() if name in figures}  # type: ignore[arg-type]
    quiet = Sight(
        now_us=at_us(0), since_us=at_us(-60), figures=figures, hours=[(0, 0)], accounts=[],
        agents=[AgentNow("ana", True, 0, False, 0)], oldest=Waiting(1, "dana", "shop"), due_soon=0,
        next_due_us=None, free_emergencies=0,
    )  # fmt: skip
    return replace(quiet, **{name: value for name, value in changes.items() if name not in figures})  # type: ignore[arg-type]


SILENT = Account(
    id=1, name="shop", network="file", url=None, token_file=None, handle="", limits=None, keeps_keys=False,
    poll_every_s=15.0, last_good_us=at_us(-10), failures=3, last_error="",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words", "is_urgent"),
    [
        ({}, "Nothing waits.", False),
        ({"backlog": 3, "next_due_us": at_us(12)}, "the next promise passes in 12 min", False),
        ({"backlog": 101}, "over the target", False),
        ({"backlog": 3, "vip_share": Fraction(6, 100)}, "6 % are of VIPs", False),
        ({"backlog": 3, "tier0_share": Fraction(3, 100)}, "3 % are emergencies", False),
        ({"backlog": 3, "backlog_over_72h": 1}, "1 has waited 72 h or more", False),
        ({"backlog": 9, "due_soon": 3}, "3 fall due in 10 min, 1 agent is here", False),
        ({"backlog": 3, "late": 2}, "2 are late, longest @dana: everybody", True),
        ({"backlog": 3, "late": 2, "much_moved": [(17, 4), (5, 3)]}, "#17 was moved 4 times, #5 was moved", False),
        ({"backlog": 3, "late": 1, "agents": []}, "1 conversation is late and nobody is at the desk", True),
        ({"backlog": 3, "late": 2, "accounts": [SILENT]}, "No news from shop", True),
        ({"free_emergencies": 2, "ahead_us": 7_200_000_000}, "The clock is 120 min behind the newest event", True),
        ({"ahead_us": 29_000_000}, "Nothing waits.", False),
        ({"late": 2, "accounts": [SILENT], "free_emergencies": 2}, "2 emergencies wait with nobody on it", True),
    ],
)  # fmt: skip
def test_the_advice_is_the_first_thing_to_do(changes: dict[str, object], words: str, is_urgent: bool) -> None:
    advice = advise(sight(**changes), TARGETS)
    assert words in advice.words and advice.is_urgent == is_urgent
    assert len(advice.words) <= 75, "it is to fit 80 columns"


def test_a_long_handle_leaves_room_for_what_to_do() -> None:
    seen = replace(sight(backlog=990, late=990), oldest=Waiting(1, "d" * 40, "shop"))
    words = advise(seen, TARGETS).words
    assert words == f"990 are late, longest @{'d' * 19}…: everybody on the queue (p)." and len(words) <= 75
