"""Numbers worked out by hand: what each means, and that both routes say so."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from tests.desk.desk_at_hand import DeskAtHand
from tests.store.record_at_hand import MIN_US, at_us, ours, said

from careconsole.desk.reporting.audit import audit
from careconsole.desk.reporting.books import open_books
from careconsole.desk.reporting.figures import Window
from careconsole.model.event import EventKind
from careconsole.model.message import Kind, Visibility
from careconsole.model.priority import DEFAULT_TARGETS_MIN
from careconsole.model.reply import Ambiguous, Rejected, Sent
from careconsole.store import acts, events, settling, undo

HOUR = 60


async def numbers(desk: DeskAtHand, since: float = -10_000) -> dict[str, Any]:
    """Every number over all, from a minute on until now; the audit agrees with each."""
    window = Window(at_us(since), desk.clock.now_us() + 1)
    found = await audit(desk.store, [window])
    assert found.holds, found
    books = await open_books(desk.store)
    return {key[0]: figure for key, figure in books.count(window).items() if key[1] == "all"}


async def value(desk: DeskAtHand, name: str, since: float = -10_000) -> Any:
    return (await numbers(desk, since))[name].value


async def until(desk: DeskAtHand, minute: float) -> None:
    desk.clock.pass_s((at_us(minute) - desk.clock.now_us()) / 1_000_000)


async def answer(desk: DeskAtHand, conversation: int, minute: float, **more: Any) -> int:
    """A reply that the network has at this minute."""
    await until(desk, minute)
    outbox_id = await desk.queued(conversation, **more)
    assert await desk.take() == outbox_id
    await desk.settle(outbox_id, Sent(f"r{outbox_id}"))
    return outbox_id


async def test_an_empty_desk_has_nothing_to_count_from(ana: DeskAtHand) -> None:
    found = await numbers(ana)
    assert found["backlog"].value == 0 and found["arrivals"].value == 0
    for name in ("frt_median", "sla_attainment", "response_rate", "oldest", "occupancy", "predicted_wait"):
        assert found[name].value is None


async def test_waits_run_from_the_oldest_unanswered_message(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=0), said("m2", minute=5))
    await answer(ana, first, 20)
    await ana.arrive(said("m3", minute=30))
    await answer(ana, first, 40)
    found = await numbers(ana)
    assert found["frt_median"].value == 20 * MIN_US and found["frt_median"].of == 1
    assert found["nrt_median"].value == 15 * MIN_US  # of 20 and 10
    assert found["nrt_p90"].value == 20 * MIN_US
    assert found["asa"].value == 15 * MIN_US
    assert (found["arrivals"].value, found["answers"].value) == (3, 2)
    assert found["response_rate"].value == 1 and found["unanswered_share"].value == 0


async def test_a_second_part_answers_nothing_more(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=0))
    await answer(ana, first, 10)
    await answer(ana, first, 12, purpose="part-2")
    found = await numbers(ana)
    assert found["answers"].value == 2 and found["nrt_median"].of == 1


async def test_a_promise_is_missed_when_it_passes_not_when_it_is_answered(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=0))
    await until(ana, 59)
    assert (await numbers(ana))["sla_attainment"].value is None
    await until(ana, 61)
    assert (await numbers(ana))["breached"].value == 1
    await answer(ana, first, 130)
    assert (await numbers(ana))["breached"].value == 1
    late = await numbers(ana, since=90)  # it passed before this window, so it belongs to the one before
    assert late["breached"].value == 0 and late["nrt_median"].value == 130 * MIN_US


async def test_a_kept_promise_counts_with_its_answer(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=0))
    await ana.arrive(said("m2", "dan", minute=0, kind=Kind.PRAISE))
    await answer(ana, first, 60)
    await until(ana, 239)
    found = await numbers(ana)
    assert found["sla_attainment"].value == 1 and found["sla_attainment"].of == 1
    await until(ana, 241)
    assert await value(ana, "sla_attainment") == Fraction(1, 2)
    assert await value(ana, "service_level") == Fraction(1, 2)


async def test_an_emergency_has_five_minutes(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=0))
    await ana.act(acts.set_tier, first, "ana", 0)
    await answer(ana, first, 6)
    assert (await numbers(ana))["breached"].value == 1


async def test_a_promise_that_passed_stays_missed_whatever_is_set_later(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=0))
    await until(ana, 61)
    await ana.act(acts.set_kind, first, "ana", Kind.PRAISE.value)
    await answer(ana, first, 70)
    assert (await numbers(ana))["breached"].value == 1


async def test_rules_that_change_move_what_is_open(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=0))
    await until(ana, 10)
    targets = {kind.value: minutes for kind, minutes in DEFAULT_TARGETS_MIN.items()} | {"question": 15}
    hours = {str(day): [["09:00:00", "17:00:00"]] for day in range(5)}
    calendar = {"zone": "UTC", "always": False, "hours": hours, "holidays": {}}
    details = {"targets_min": targets, "calendars": {"shop": calendar}, "emergency": {}, "vips": 0}
    await ana.act(events.append, EventKind.RULES_SET, details=details)
    ana.log_tells_all = False  # the record itself was not told of these rules
    await ana.act(acts.set_kind, first, "ana", Kind.QUESTION.value)
    await answer(ana, first, 16)
    second = await ana.arrive(said("m2", "dan", minute=4 * HOUR + 50))  # Monday 16:50
    await answer(ana, second, 21 * HOUR + 4)  # Tuesday 09:04
    books = await open_books(ana.store)
    found = books.count(Window(0, ana.clock.now_us() + 1))
    assert found["breached", "all", ""].value == 1
    assert found["nrt_median", "all", ""].value == 15 * MIN_US  # of 16 and of 10 before and 4 after the night


async def test_who_needed_no_answer_is_left_out_of_the_response_rate(ana: DeskAtHand) -> None:
    asked = [await ana.arrive(said(f"m{number}", f"c{number}")) for number in range(6)]
    await answer(ana, asked[0], 5)
    await ana.act(acts.resolve, asked[1], "ana", "noise")
    await ana.act(acts.resolve, asked[2], "ana", "answered")
    await ana.take_in(said("m3", "c3", deleted=3))
    found = await numbers(ana)
    assert found["response_rate"].value == Fraction(1, 4)
    assert found["response_rate"].left_out == {"noise": 1, "deleted": 1}
    assert found["unanswered_share"].value == Fraction(2, 6)
    assert found["backlog"].value == 2


async def test_a_resolution_that_is_taken_back_was_none(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=0))
    await until(ana, 90)
    await ana.act(acts.resolve, first, "ana", "noise")
    assert (await value(ana, "resolutions"), await value(ana, "backlog")) == (1, 0)
    assert (await numbers(ana))["breached"].value == 1
    await ana.act(undo.undo, "ana")
    assert (await value(ana, "resolutions"), await value(ana, "backlog")) == (0, 1)
    assert (await numbers(ana))["breached"].value == 1


async def test_a_reply_that_fails_has_answered_nothing(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=0))
    await until(ana, 10)
    outbox_id = await ana.sending(first)
    found = await numbers(ana)
    assert found["backlog"].value == 0 and found["backlog"].left_out == {"answer on its way": 1}
    await ana.settle(outbox_id, Rejected("no"))
    found = await numbers(ana)
    assert found["backlog"].value == 1 and found["answers"].value == 0


async def test_a_reply_that_was_lost_and_leaves_again_behind_the_resolution_is_late_once(
    ana: DeskAtHand,
) -> None:
    """What else was closed with it, and late, goes with it: the promise was one."""
    await until(ana, 60)
    first = await ana.arrive(said("m1", minute=50))  # promised until 110
    outbox_id = await ana.sending(first)
    await ana.arrive(said("m2", minute=15))  # until 75
    await ana.settle(outbox_id, Ambiguous())
    await until(ana, 90)
    await ana.act(acts.resolve, first, "ana", "answered")
    assert (await numbers(ana))["breached"].value == 1
    await ana.act(settling.settle_absent, outbox_id)
    assert (await numbers(ana))["breached"].value == 1
    assert await ana.take() == outbox_id
    await ana.settle(outbox_id, Sent("r1"))
    found = await numbers(ana)
    assert (found["breached"].value, found["answers"].value, found["resolutions"].value) == (1, 1, 1)


async def test_an_answer_from_another_client_has_no_agent(ana: DeskAtHand) -> None:
    await ana.arrive(said("m1", minute=0))
    await until(ana, 10)
    await ana.take_in(ours("o1", "m1", minute=8))
    found = await numbers(ana)
    assert found["frt_median"].value == 8 * MIN_US
    books = await open_books(ana.store)
    assert not [key for key in books.count(Window(0, ana.clock.now_us() + 1)) if key[1] == "agent"]


async def test_one_touch_waits_for_72_hours(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=0))
    second = await ana.arrive(said("m2", "dan", minute=0))
    for conversation in (first, second):
        await answer(ana, conversation, 10)
        await ana.act(acts.resolve, conversation, "ana", "answered")
    found = await numbers(ana)
    assert found["one_touch"].value is None and found["one_touch"].left_out == {"72 h not over": 2}
    await until(ana, 20 * HOUR)
    await ana.arrive(said("m3", minute=20 * HOUR, reply_to="m1"))
    assert await value(ana, "one_touch") == 0  # one came back; of the other nobody knows yet
    await until(ana, 73 * HOUR)
    assert await value(ana, "one_touch") == Fraction(1, 2)
    assert await value(ana, "reopen_rate") == Fraction(1, 2)


async def test_replies_before_a_resolution_and_moving_to_private(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=0))
    await answer(ana, first, 5)
    await answer(ana, first, 6, purpose="part-2", visibility=Visibility.DIRECT)
    await ana.act(acts.resolve, first, "ana", "answered")
    second = await ana.arrive(said("m2", "dan", minute=6))
    await answer(ana, second, 8)
    found = await numbers(ana)
    assert (found["interactions_median"].value, found["customer_messages_median"].value) == (1, 1)
    assert found["moved_private"].value == Fraction(1, 2)


async def test_backlog_by_age_and_days(ana: DeskAtHand) -> None:
    await until(ana, 80 * HOUR)
    for number, hours in enumerate((0.5, 1, 4, 30, 72)):
        await ana.arrive(said(f"m{number}", f"c{number}", minute=(80 - hours) * HOUR))
    done = await ana.arrive(said("m9", "zoe", minute=79 * HOUR))
    await ana.act(acts.resolve, done, "ana", "noise")
    found = await numbers(ana, since=56 * HOUR)
    bands = [found[f"backlog_{name}"].value for name in ("0_1h", "1_4h", "4_24h", "24_72h", "over_72h")]
    assert bands == [1, 1, 1, 1, 1]
    assert round(float(found["backlog_days"].value), 6) == 5
    assert found["oldest"].value == 72 * HOUR * MIN_US + 1


@pytest.mark.parametrize(
    ("stretches", "minutes"),
    [
        ([(0, 3, 3)], 3),
        ([(0, 1, 9)], 1.5),  # thirty seconds behind the last key
        ([(0, 3, 3), (2, 5, 5)], 5),  # two consoles
    ],
)
async def test_focus_ends_thirty_seconds_behind_the_last_key(
    ana: DeskAtHand, stretches: list[tuple[float, float, float]], minutes: float
) -> None:
    first = await ana.arrive(said("m1", minute=0))
    await until(ana, 10)
    for start, key, end in stretches:
        await ana.act(acts.record_focus, first, "ana", at_us(start), at_us(key), at_us(end))
    await answer(ana, first, 10)
    found = await numbers(ana)
    assert found["focus"].value == minutes * MIN_US
    assert found["focus_per_answer"].value == minutes * MIN_US


async def test_occupancy_leaves_out_who_is_away_and_a_console_that_died(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=0))
    await ana.act(events.append, EventKind.SIGNED_ON, agent="ana", details={"session": "one"})
    await until(ana, 10)
    await ana.act(events.append, EventKind.AWAY, agent="ana", details={"session": "one"})
    await until(ana, 20)
    await ana.act(events.append, EventKind.BACK, agent="ana", details={"session": "one"})
    await ana.act(acts.record_focus, first, "ana", at_us(0), at_us(5), at_us(5))
    await until(ana, 30)
    assert await value(ana, "occupancy") == pytest.approx(5 / 20, abs=1e-6)
    gone = {"session": "one", "reason": "the console is gone"}
    await ana.act(events.append, EventKind.SIGNED_OFF, agent="ana", at_us=at_us(20), details=gone)
    assert await value(ana, "occupancy") == Fraction(1, 2)


async def test_the_predicted_wait_is_rounded_up_to_ten_minutes(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=0))
    for number in range(2, 6):
        await ana.arrive(said(f"m{number}", f"c{number}", minute=1))
    await ana.act(events.append, EventKind.SIGNED_ON, agent="ana", details={"session": "one"})
    await ana.act(acts.record_focus, first, "ana", at_us(0), at_us(3), at_us(3))
    await answer(ana, first, 5)
    assert await value(ana, "predicted_wait") == 20 * MIN_US  # four wait, three minutes each


async def test_per_account_kind_and_agent(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=0))
    await ana.arrive(said("m2", "dan", minute=0, kind=Kind.PRAISE), account="help")
    await answer(ana, first, 10)
    books = await open_books(ana.store)
    found = books.count(Window(0, ana.clock.now_us() + 1))
    assert found["arrivals", "account", "shop"].value == found["arrivals", "account", "help"].value == 1
    assert found["backlog", "kind", "praise"].value == 1 and found["backlog", "kind", "question"].value == 0
    assert found["nrt_median", "agent", "ana"].value == 10 * MIN_US
    assert found["answers", "hour", str(at_us(0))].value == 1
    assert found["arrivals", "channel", "file"].value == 2
