"""Putting rules in force from the desk: what moves, what the log keeps, and who counts as VIP."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.desk.desk_at_hand import DeskAtHand, ScriptedChannel, sitting
from tests.store.record_at_hand import FakeClock, Record, at_us, said

from careconsole.channels.contract import Page
from careconsole.channels.replay import load_recording
from careconsole.desk import reading, work
from careconsole.desk.intake import record_items, record_page
from careconsole.desk.opening import open_desk
from careconsole.desk.rules import Rules, _whole, put_in_force, take_up
from careconsole.model.calendar import Calendar, OpenHours
from careconsole.model.conversation import Disposition
from careconsole.model.event import canonical_json
from careconsole.model.message import Kind, Reading
from careconsole.model.priority import DEFAULT_TARGETS_MIN, RankPolicy
from careconsole.model.reply import Mode
from careconsole.store import identity_links
from careconsole.store import rules as kept_rules
from careconsole.store.contract import NoDesk, StoreError
from careconsole.store.rules import policy_of

FASTER = Rules(RankPolicy({**DEFAULT_TARGETS_MIN, Kind.QUESTION: 30}))


async def test_open_items_are_placed_by_the_new_rules(ana: DeskAtHand) -> None:
    question, praise = await ana.arrive(said("m1")), await ana.arrive(said("m2", "dan", kind=Kind.PRAISE))
    assert await put_in_force(ana.store, FASTER) == 1
    ana.desk.take_rules(FASTER)
    assert (await ana.row(question)).due_us == at_us(30)
    assert (await ana.row(praise)).due_us == at_us(240)
    assert await put_in_force(ana.store, FASTER) is None
    assert (await ana.row(await ana.arrive(said("m3", "emil")))).due_us == at_us(30)


async def test_a_second_console_takes_the_rules_over_without_work(ana: DeskAtHand, ben: DeskAtHand) -> None:
    await ana.arrive(said("m1"))
    assert await put_in_force(ana.store, FASTER) == 1
    assert await put_in_force(ben.store, FASTER) is None
    assert (await ben.row(await ben.arrive(said("m2", "dan")))).due_us == at_us(30)


async def test_a_change_while_closed_is_made_at_the_next_opening(home: Path, clock: FakeClock) -> None:
    async with sitting(home, clock) as first:
        conversation = await first.arrive(said("m1"))
    async with sitting(home, clock, rules=FASTER) as second:
        assert (await second.row(conversation)).due_us == at_us(30)
        await second.check()


@pytest.mark.parametrize("placed", [0, 1])
async def test_a_pass_that_a_crash_cut_short_is_finished(
    home: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, placed: int
) -> None:
    monkeypatch.setattr("careconsole.store.rules.PLACED_AT_ONCE", 2)
    async with sitting(home, clock) as first:
        await first.take_in(*[said(f"m{n}", f"c{n}") for n in range(5)])
        real, done = first.store.write, 0

        async def write(body: object) -> object:
            nonlocal done
            done += 1
            if done > 1 + placed:
                raise RuntimeError("the power went")
            return await real(body)  # type: ignore[arg-type]

        monkeypatch.setattr(first.store, "write", write)
        with pytest.raises(RuntimeError):
            await put_in_force(first.store, FASTER)
    async with sitting(home, clock, rules=FASTER) as second:
        await second.check()
        assert {(await second.row(id_)).due_us for id_ in await second.waiting()} == {at_us(30)}


async def test_the_log_keeps_the_rules_but_not_the_handles(ana: DeskAtHand) -> None:
    hours = {0: (OpenHours(time(9), None), OpenHours(time(1), time(2, 30)))}
    policy = RankPolicy(
        {**DEFAULT_TARGETS_MIN, Kind.IDEA: 99},
        frozenset({"secret-vip", "another"}),
        {"shop": Calendar(UTC, hours, {}, zone_name="Europe/Zagreb")},
    )
    await put_in_force(ana.store, Rules(policy, {"en": ("stranded",)}))
    event = (await ana.events("rules_set"))[-1]
    assert (event["targets_min"]["idea"], event["vips"]) == (99, 2)
    assert event["emergency"] == {"en": ["stranded"]}
    assert event["calendars"]["shop"]["zone"] == "Europe/Zagreb"
    assert event["calendars"]["shop"]["hours"] == {"0": [["09:00:00", "24:00"], ["01:00:00", "02:30:00"]]}
    assert "secret-vip" not in str(await ana.ask("SELECT details FROM event"))


async def test_other_vips_are_other_rules(ana: DeskAtHand) -> None:
    await ana.arrive(said("m1", "dana"))
    assert await put_in_force(ana.store, Rules(RankPolicy(vips=frozenset({"dana"})))) == 1
    assert await put_in_force(ana.store, Rules(RankPolicy(vips=frozenset({"emil"})))) == 1


def test_undo_windows_have_defaults() -> None:
    assert [Rules().undo_window_s(mode) for mode in Mode] == [10.0, 5.0, 0.0]
    assert Rules(undo_s={Mode.PUBLIC: 3.0}).undo_window_s(Mode.PRIVATE) == 0.0


async def test_new_words_are_looked_for_in_what_waits(
    ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careconsole.store.rules.PLACED_AT_ONCE", 2)
    ids = [await ana.arrive(said(f"m{n}", f"c{n}", "Where is it?", minute=n)) for n in range(5)]
    flooded = await ana.arrive(said("m5", "c5", "Hello?", 5), said("m6", "c5", "Our kitchen is flooded", 6))
    answered = await ana.arrive(said("m7", "c7", "We were flooded"))
    await ana.queued(answered)
    rules = Rules(emergency={"en": ("flooded",)})
    assert await put_in_force(ana.store, rules) == 1
    row = await ana.row(flooded)
    assert (row.tier, row.effective_due_us) == (0, at_us(10))
    assert await ana.waiting() == [flooded, *ids]
    [event] = await ana.events("tier_set")
    assert (event["agent"], event["tier"], event["message_id"]) == (None, 0, await ana.message_id("m6"))
    why = await reading.why(ana.desk, flooded)
    assert why is not None and why.tier_by == "word:flooded"
    assert await put_in_force(ana.store, rules) is None
    assert await put_in_force(ana.store, Rules()) == 0
    assert (await ana.row(flooded)).tier == 0
    assert (await ana.row(answered)).tier == 1


async def test_a_word_that_an_agent_lifted_stays_lifted(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", text="stranded"), reading=Reading(emergency_word="stranded"))
    await work.set_tier(ana.desk, first, 1)
    assert await put_in_force(ana.store, Rules(emergency={"en": ("stranded", "flooded")})) == 0
    assert (await ana.row(first)).tier == 1


async def test_new_words_are_read_in_the_next_message(ana: DeskAtHand) -> None:
    await take_up(ana.desk, Rules(emergency={"en": ("flooded",)}))
    await record_items(ana.desk, ana.account_id, [said("m1", text="We are flooded here", kind=None)])
    assert (await ana.row(await ana.conversation_of("m1"))).tier == 0


async def test_new_words_raise_what_waits_already(home: Path, clock: FakeClock) -> None:
    async with sitting(home, clock) as first:
        flooded = await first.arrive(said("m1", text="We are FLOODED here", kind=None))
        thanks = await first.arrive(said("m2", "dan", text="Thanks!"))
    async with sitting(home, clock, rules=Rules(emergency={"en": ("flooded",)})) as second:
        assert (await second.row(flooded)).tier == 0
        assert (await second.row(thanks)).tier == 1
        why = await reading.why(second.desk, flooded)
        assert why is not None and why.tier_by == "word:flooded"
        await second.check()


# --- a process whose settings are older than the rules in force ---

CLOSED_AT_NIGHT = Calendar(
    ZoneInfo("Europe/Zagreb"),
    {day: (OpenHours(time(9), time(17)), OpenHours(time(20), None)) for day in range(7)},
    {date(2026, 3, 3): "a day off"},
    zone_name="Europe/Zagreb",
)
CHANGED = Rules(
    RankPolicy({**DEFAULT_TARGETS_MIN, Kind.QUESTION: 30}, frozenset({"dana"}), {"shop": CLOSED_AT_NIGHT}),
    {"en": ("flooded",)},
)


def test_what_the_record_keeps_of_rules_is_all_that_rank_needs() -> None:
    assert policy_of(canonical_json(_whole(CHANGED))) == CHANGED.policy
    assert policy_of(canonical_json(_whole(Rules()))) == RankPolicy()


@pytest.mark.parametrize("way", ["import", "page"])
async def test_an_arrival_goes_by_the_rules_in_force_not_by_those_that_its_process_read(
    ana: DeskAtHand, ben: DeskAtHand, way: str
) -> None:
    """Ben's console looks at its settings every second or two; Ana's has taken the change up already."""
    assert await take_up(ana.desk, CHANGED) == 0
    items = [
        said("m1", "dana", kind=None),
        said("m2", "emil", kind=None),
        said("m3", "fran", "We are flooded", kind=None),
    ]
    if way == "import":
        await record_items(ben.desk, ben.account_id, items)
    else:
        await record_page(ben.desk, ben.account_id, Page("{}", items), ScriptedChannel())
    vip, question, alarm = [await ben.row(await ben.conversation_of(item.external_id)) for item in items]
    assert (vip.is_vip, alarm.tier) == (True, 0)
    assert question.due_us == at_us(30)
    assert (await ben.row(await ben.arrive(said("m4", "gus", kind=None)))).due_us == at_us(30)
    await ana.check()
    why = await reading.why(ben.desk, question.id)
    assert why is not None and why.rank is not None
    assert (why.rank.effective_due_us, why.calendar) == (
        question.effective_due_us,
        "business hours, Europe/Zagreb",
    )


async def test_one_that_follows_does_no_work_when_it_reads_the_same_settings(
    ana: DeskAtHand, ben: DeskAtHand
) -> None:
    ben.desk.take_rules(replace(ben.desk.rules, undo_s={Mode.PUBLIC: 3.0}))
    await take_up(ana.desk, CHANGED)
    await record_items(ben.desk, ben.account_id, [said("m1", "emil", kind=None)])
    assert ben.desk.rules_digest == ana.desk.rules_digest
    assert ben.desk.rules.undo_window_s(Mode.PUBLIC) == 3.0
    assert await take_up(ben.desk, CHANGED) == 0
    assert len(await ana.events("rules_set")) == 2


async def test_an_act_of_an_older_process_places_by_the_rules_in_force(
    ana: DeskAtHand, ben: DeskAtHand
) -> None:
    conversation = await ana.arrive(said("m1", kind=Kind.PRAISE))
    await take_up(ana.desk, CHANGED)
    await work.set_kind(ben.desk, conversation, Kind.QUESTION)
    assert (await ana.row(conversation)).due_us == at_us(30)
    await ana.check()


async def test_rules_that_cannot_be_read_are_not_followed(ana: DeskAtHand, ben: DeskAtHand) -> None:
    """Of a later version, say: this process goes on by its own."""
    await ana.act(kept_rules.put_in_force, "another", {}, '{"targets": "of another kind"}')
    await record_items(ben.desk, ben.account_id, [said("m1", "emil", kind=None)])
    assert (await ben.row(await ben.conversation_of("m1"))).due_us == at_us(60)


async def test_a_pass_by_rules_that_were_replaced_meanwhile_ends(
    ana: DeskAtHand, ben: DeskAtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careconsole.store.rules.PLACED_AT_ONCE", 2)
    await ana.take_in(*[said(f"m{n}", f"c{n}") for n in range(5)])
    real, done = ben.store.write, 0

    async def write(body: object) -> object:
        nonlocal done
        done += 1
        if done == 3:
            assert await put_in_force(ana.store, CHANGED) == 5
        return await real(body)  # type: ignore[arg-type]

    monkeypatch.setattr(ben.store, "write", write)
    slower = Rules(RankPolicy({**DEFAULT_TARGETS_MIN, Kind.QUESTION: 90}))
    assert await put_in_force(ben.store, slower) == 2
    assert {(await ana.row(id_)).due_us for id_ in await ana.waiting()} == {at_us(30)}
    await ana.check()


# --- the sample ---

RECORDING = """{"recording": 1, "brand": "Wing", "accounts": [{"name": "wing"}], "vips": ["@Dana"], "duration_s": 60}
{"t": -60, "account": "wing", "id": "s1", "author": {"handle": "dana"}, "text": "Which seat?"}
"""


async def test_a_sample_desk_knows_its_vips_whoever_opens_it(home: Path, clock: FakeClock) -> None:
    recording = load_recording(RECORDING)
    for shown in (recording, recording, None):
        async with open_desk(
            home, agent="ana", create=True, recording=shown, now=clock.now, clock=clock
        ) as desk:
            assert "dana" in desk.rules.policy.vips
            assert "dana" in desk.store.policy.vips
            assert desk.is_sample == (shown is not None)
            assert [each.name for each in await reading.accounts(desk)] == ["wing"]
            record = Record(desk.store, clock, {"wing": 1})
            first = await record.arrive(said("m1", "dana"), account="wing")
            assert (await record.row(first)).is_vip
    async with open_desk(home, agent="ana", read_only=True, now=clock.now, clock=clock) as desk:
        assert "dana" in desk.rules.policy.vips


async def test_changed_settings_keep_the_vips_of_the_sample(home: Path, clock: FakeClock) -> None:
    recording = load_recording(RECORDING)
    async with open_desk(
        home, agent="ana", create=True, recording=recording, now=clock.now, clock=clock
    ) as desk:
        record = Record(desk.store, clock, {"wing": 1})
        first = await record.arrive(said("m1", "dana"), account="wing")
        assert await take_up(desk, FASTER) == 1
        assert (await record.row(first)).is_vip
        assert "dana" in desk.rules.policy.vips
        assert desk.rules.policy.targets_min[Kind.QUESTION] == 30


async def test_a_real_desk_never_takes_the_sample(home: Path, clock: FakeClock, ana: DeskAtHand) -> None:
    with pytest.raises(StoreError, match="real desk"):
        async with open_desk(home, agent="ana", recording=load_recording(RECORDING), clock=clock):
            pass
    assert [each.name for each in await reading.accounts(ana.desk)] == ["shop"]


async def test_what_only_reads_makes_nothing(home: Path, clock: FakeClock) -> None:
    for read_only in (True, False):
        with pytest.raises(NoDesk):
            async with open_desk(home, agent="ana", read_only=read_only, clock=clock):
                pass
    assert not home.exists()


async def test_a_reader_sees_everything_and_writes_nothing(
    home: Path, clock: FakeClock, ana: DeskAtHand
) -> None:
    first = await ana.arrive(said("m1"))
    async with open_desk(home, agent="ben", read_only=True, rules=FASTER, now=clock.now, clock=clock) as desk:
        assert (await reading.queue_window(desk)).total == 1
        with pytest.raises(StoreError, match="reading only"):
            await work.resolve(desk, first, Disposition.NOISE)
    assert (await ana.row(first)).due_us == at_us(60)


# --- why ---


async def test_why_names_every_part_and_adds_up(ana: DeskAtHand) -> None:
    first = await ana.arrive(
        said("m1", text="Broken. Never again!", kind=None, reach=250_000),
        reading=Reading(Kind.COMPLAINT, "broken", language="en", mood=-0.5),
    )
    why = await reading.why(ana.desk, first)
    assert why is not None and why.rank is not None
    assert [(term.name, term.minutes) for term in why.rank.terms] == [
        ("target", 60),
        ("reach", -24),
        ("mood", -10),
    ]
    assert (why.kind_by, why.mood, why.tier_by, why.vip_by) == ("cue:broken", -0.5, "", "")
    assert why.mood_by[0][0] == "never again" and why.mood_by[0][1] < 0
    assert why.row.language == "en"
    assert why.calendar == "day and night"
    await work.set_kind(ana.desk, first, Kind.QUESTION)
    await work.set_tier(ana.desk, first, 0)
    await work.set_vip(ana.desk, first, True, "the mayor")
    why = await reading.why(ana.desk, first)
    assert why is not None
    assert (why.kind_by, why.tier_by, why.vip_by, why.vip_note) == (
        "agent:ana",
        "agent:ana",
        "agent:ana",
        "the mayor",
    )
    assert isinstance(await work.undo(ana.desk), work.Undone)
    await work.resolve(ana.desk, first, Disposition.ANSWERED)
    why = await reading.why(ana.desk, first)
    assert why is not None and why.rank is None
    assert await reading.why(ana.desk, 99) is None


async def test_why_names_who_lifted_what(home: Path, clock: FakeClock) -> None:
    async with sitting(home, clock, rules=Rules(RankPolicy(vips=frozenset({"cara"})))) as ana:
        first = await ana.arrive(said("m1"), reading=Reading(emergency_word="fire"))
        await work.set_vip(ana.desk, first, True, "her mother writes")
        await work.set_vip(ana.desk, first, False, "her mother writes")
        await work.set_tier(ana.desk, first, 1)
        why = await reading.why(ana.desk, first)
        assert why is not None
        assert (why.tier_by, why.vip_by, why.vip_note) == ("lifted:ana", "lifted:ana", "")
        assert isinstance(await work.undo(ana.desk), work.Undone)
        why = await reading.why(ana.desk, first)
        assert why is not None and why.tier_by == "word:fire"
        await work.set_tier(ana.desk, first, 1)
        await work.resolve(ana.desk, first, Disposition.ANSWERED)
        again = await ana.arrive(said("m2", minute=9))
        why = await reading.why(ana.desk, again)
        assert why is not None and (why.tier_by, why.vip_by) == ("", "lifted:ana")


async def test_why_names_who_set_the_kind_of_what_waits_for_nothing(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    await work.set_kind(ana.desk, first, Kind.PRAISE)
    await work.resolve(ana.desk, first, Disposition.ANSWERED)
    why = await reading.why(ana.desk, first)
    assert why is not None and (why.row.kind, why.kind_by) == (Kind.PRAISE, "agent:ana")


async def test_why_names_who_made_a_vip_of_the_same_person(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", "cara"))
    second = await ana.arrive(said("m2", "caras"))
    await work.set_vip(ana.desk, first, True, "the mayor")
    other = (await ana.row(second)).customer_id
    assert await ana.desk.store.write(lambda tx: identity_links.link(tx, first, other, "ana"))
    why = await reading.why(ana.desk, second)
    assert why is not None and (why.vip_by, why.vip_note) == ("agent:ana", "the mayor")


async def test_why_names_the_settings_and_the_calendar(home: Path, clock: FakeClock) -> None:
    calendar = Calendar(UTC, {0: (OpenHours(time(9), None),)}, zone_name="Europe/Zagreb")
    rules = Rules(RankPolicy(vips=frozenset({"cara"}), calendars={"shop": calendar}))
    async with sitting(home, clock, rules=rules) as ana:
        first = await ana.arrive(said("m1"), reading=Reading(emergency_word="fire"))
        why = await reading.why(ana.desk, first)
        assert why is not None
        assert (why.vip_by, why.tier_by) == ("settings", "word:fire")
        assert why.calendar == "business hours, Europe/Zagreb"


async def test_reading_asks_the_store(ana: DeskAtHand) -> None:
    ids = [await ana.arrive(said(f"m{n}", f"c{n}", minute=n)) for n in range(3)]
    window = await reading.queue_window(ana.desk, limit=2)
    assert [row.id for row in window.rows] == ids[:2]
    assert await reading.place_of(ana.desk, window.rows[1].key) == 1
    assert [row.id for row in await reading.queue_rows(ana.desk, [ids[2]])] == [ids[2]]
    assert (await reading.queue_row(ana.desk, ids[0])) == window.rows[0]
    assert [entry.external_id for entry in await reading.thread(ana.desk, ids[0])] == ["m0"]
    assert (await reading.counts(ana.desk)).waiting == 3
    await ana.queued(ids[0])
    assert len(await reading.outbox(ana.desk)) == len(await reading.outbox_open(ana.desk)) == 1
