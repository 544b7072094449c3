"""Giving work to each other: who has it afterwards, for whom it is first, and what each is told."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.record_at_hand import Record, at_us, said

from careconsole.model.assignment import NOTHING_SAID, Addressee, Assigned, HandOver, ToKind
from careconsole.model.come_back import WakeMode
from careconsole.model.conversation import Claimed, HeldBy, Lost, Resolved
from careconsole.model.reply import OutboxState
from careconsole.model.roster import OPEN, SENIOR, Person, Roster
from careconsole.store import (
    acts,
    boomerangs,
    claims,
    colleagues,
    delivery,
    drafts,
    notes,
    outbox,
    queue,
    team,
    undo,
)
from careconsole.store.contract import ReadTx
from careconsole.store.team import News, NewsKind

BEN, CEM = Addressee(ToKind.PERSON, "ben"), Addressee(ToKind.PERSON, "cem")
BILLING, LEGAL = Addressee(ToKind.TEAM, "billing"), Addressee(ToKind.TEAM, "legal")
THE_SENIOR = Addressee(ToKind.SENIOR, SENIOR)
ROSTER = Roster(
    {
        "ana": Person("ana", "ana", is_senior=True),
        "ben": Person("ben", "ben", teams=frozenset({"billing"})),
        "cem": Person("cem", "cem", teams=frozenset({"legal"})),
    },
    ("billing", "legal"),
)


async def give(record: Record, id_: int, to: Addressee, agent: str = "ana", **more: Any) -> Assigned:
    done = await record.act(
        team.assign, id_, agent, to, more.pop("hand_over", NOTHING_SAID), roster=ROSTER, **more
    )
    assert isinstance(done, Assigned), done
    return done


async def whose(record: Record, id_: int) -> tuple[str | None, str, int]:
    row = await record.row(id_)
    return row.owner, row.team, row.moves


async def sign_on(record: Record, agent: str) -> None:
    await record.act(delivery.sign_on, agent, os.getpid())


async def pull(record: Record, agent: str) -> int | None:
    taken = await record.act(claims.claim_next, agent, ROSTER)
    return None if taken is None else taken.conversation_id


# --- assign ---


async def test_given_to_a_person_with_a_note(record: Record) -> None:
    first = await record.arrive(said("m1", minute=-10))
    fence = await record.claim(first)
    before = await record.row(first)
    done = await give(
        record, first, BEN, own_fence=fence, hand_over=HandOver("asked for the photo", "", "refund it")
    )
    row = await record.row(first)
    assert (row.owner, row.team, row.claimed_by, row.moves, row.is_for) == ("ben", "", None, 1, "ben")
    assert (row.key, row.due_us) == (before.key, before.due_us)
    [event] = await record.events("assigned")
    [[note_id, text]] = await record.ask("SELECT id, text FROM note")
    assert text == "Done: asked for the photo\nNext: refund it"
    assert {
        name: event[name] for name in ("agent", "to", "to_kind", "was_owner", "was_team", "note", "fence")
    } == {
        "agent": "ana",
        "to": "ben",
        "to_kind": "person",
        "was_owner": "ana",
        "was_team": "",
        "note": note_id,
        "fence": fence,
    }
    assert done == Assigned(first, event["seq"], BEN)
    assert "photo" not in str(await record.events())
    await record.check()


async def test_without_a_word_there_is_no_note(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await give(record, first, BILLING, hand_over=HandOver("  ", "", " "))
    assert await record.ask("SELECT * FROM note") == []
    assert await whose(record, first) == (None, "billing", 1)
    await give(record, first, THE_SENIOR)
    assert await whose(record, first) == (None, SENIOR, 2)


async def test_to_oneself_is_no_move(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    await give(record, first, Addressee(ToKind.PERSON, "ana"))
    row = await record.row(first)
    assert (row.owner, row.claimed_by, row.moves) == ("ana", None, 0)
    await record.check()


async def test_what_is_not_there_or_resolved_is_not_given(record: Record) -> None:
    assert await record.act(team.assign, 99, "ana", BEN) is None
    first = await record.arrive(said("m1"))
    await record.act(acts.resolve, first, "ana", "answered")
    assert await record.act(team.assign, first, "ana", BEN) == Resolved(first)
    assert await record.events("assigned") == []


async def test_what_another_holds_stays_theirs(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    await other.claim(first, "ben")
    done = await record.act(team.assign, first, "ana", CEM, HandOver("x"), take_from="cem")
    assert isinstance(done, HeldBy) and done.agent == "ben"
    assert await record.ask("SELECT * FROM note") == []
    assert (await record.row(first)).claimed_by == "ben"
    # Under a fence that is not mine any more it is not mine either.
    fence = await record.claim(await record.arrive(said("m2", "dan")), "ana")
    assert isinstance(await record.act(team.assign, first, "ben", CEM, own_fence=fence + 7), HeldBy)


async def test_taken_away_the_fence_is_dead_and_the_draft_is_kept(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    held = await other.queued(first, "Half a thought", agent="ben", hold_s=5)
    fence = (await other.row(first)).fence
    done = await give(record, first, LEGAL, take_from="ben")
    assert done.taken_from == "ben"
    assert isinstance(await other.enqueue(first, agent="ben", fence=fence), Lost)
    assert await other.state(held) is OutboxState.CANCELLED
    [draft] = await other.store.read(lambda tx: drafts.of_conversation(tx, "ben", first))
    assert draft.text == "Half a thought" and draft.not_sent.startswith("not sent: @ana moved")
    [lost] = await record.events("lost")
    assert (lost["agent"], lost["reason"], lost["by"], lost["to"]) == ("ben", "moved", "ana", "legal")
    await record.check()


async def test_given_to_the_one_who_holds_it_nothing_is_taken_away(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    fence = await other.claim(first, "ben")
    assert (await give(record, first, BEN, take_from="ben")).taken_from is None
    row = await record.row(first)
    assert (row.claimed_by, row.fence, row.owner) == ("ben", fence, "ben")


async def test_freed_by_somebody_else(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    await give(record, first, BILLING)
    await other.claim(first, "ben")
    assert not await record.act(team.release_from, first, "cem", "ana")
    assert await record.act(team.release_from, first, "ben", "ana")
    assert await whose(record, first) == (None, "billing", 1)
    [lost] = await record.events("lost")
    assert (lost["agent"], lost["reason"], lost["by"]) == ("ben", "released", "ana")


# --- whose it is ---


async def test_the_owner_lasts_where_the_claim_ends_by_itself(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    record.clock.pass_s(claims.CLAIM_LEASE_S + 1)
    await record.act(claims.sweep)
    assert await whose(record, first) == ("ana", "", 0)
    await record.claim(first)
    await record.act(claims.keep, record.store.session, 120.0)
    assert (await record.row(first)).owner == "ana"


@pytest.mark.parametrize("how", ["release", "skip"])
async def test_given_back_by_hand_it_is_for_all_or_for_its_team(record: Record, how: str) -> None:
    first = await record.arrive(said("m1"))
    second = await record.arrive(said("m2", "dan"))
    await give(record, second, BILLING)
    for id_ in (first, second):
        await record.claim(id_, "ben")
        if how == "release":
            assert await record.act(claims.release, id_, "ben")
        else:
            assert await record.act(claims.skip, id_, "ben", "break")
    assert await whose(record, first) == (None, "", 0)
    assert await whose(record, second) == (None, "billing", 1)


@pytest.mark.parametrize("how", ["release", "skip", "freed by a supervisor", "lease"])
async def test_who_takes_what_is_a_colleagues_only_to_look_changes_nothing(
    record: Record, other: Record, how: str
) -> None:
    first = await record.arrive(said("m1"))
    await give(record, first, BEN)
    await record.claim(first)
    assert await whose(record, first) == ("ben", "", 1)
    if how == "release":
        assert await record.act(claims.release, first, "ana")
    elif how == "skip":
        assert await record.act(claims.skip, first, "ana", "break")
    elif how == "freed by a supervisor":
        assert await record.act(team.release_from, first, "ana", "eve")
    else:
        record.clock.pass_s(claims.CLAIM_LEASE_S + 1)
        assert await record.act(claims.sweep, "ana") == [first]
    row = await record.row(first)
    assert (row.owner, row.claimed_by) == ("ben", None)
    await sign_on(other, "ben")
    assert await pull(other, "ben") == first


@pytest.mark.parametrize("hold_s", [0.0, 5.0])
async def test_who_answers_what_is_a_colleagues_owns_it_as_soon_as_the_answer_leaves(
    record: Record, other: Record, hold_s: float
) -> None:
    first = await record.arrive(said("m1"))
    await give(record, first, BEN)
    _, seq = await other.store.read(lambda tx: team.news(tx, "ben", (), None))
    taken_back = await record.enqueue(first, hold_s=5.0)
    assert await record.act(outbox.withdraw, taken_back.outbox_id, "ana") is not None
    assert await whose(record, first) == ("ben", "", 1)
    reply = await record.enqueue(first, "Another.", hold_s=hold_s)
    if hold_s:
        assert await record.act(outbox.let_go, reply.outbox_id) is True
    row = await record.row(first)
    assert (row.owner, row.claimed_by) == ("ana", None)
    found, _ = await other.store.read(lambda tx: team.news(tx, "ben", (), seq))
    assert found == [News(NewsKind.DONE, first, "ana", "", "queued")]
    assert (await record.store.read(lambda tx: team.news(tx, "cem", (), seq)))[0] == []


async def test_resolving_and_putting_to_sleep_what_is_a_colleagues_is_told(
    record: Record, other: Record
) -> None:
    first, second = await record.arrive(said("m1")), await record.arrive(said("m2", "dan"))
    for each in (first, second):
        await give(record, each, BEN)
    _, seq = await other.store.read(lambda tx: team.news(tx, "ben", (), None))
    await record.act(acts.resolve, first, "ana", "answered")
    await record.act(boomerangs.snooze, second, "ana", at_us(600), WakeMode.WAKE)
    found, _ = await other.store.read(lambda tx: team.news(tx, "ben", (), seq))
    assert found == [
        News(NewsKind.DONE, first, "ana", "", "resolved"),
        News(NewsKind.DONE, second, "ana", "", "snoozed"),
    ]


async def test_a_new_cycle_begins_without_moves_and_with_its_owner(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await give(record, first, BILLING)
    await record.act(acts.resolve, first, "ben", "answered")
    assert await whose(record, first) == ("ben", "", 1)
    await record.arrive(said("m2", reply_to="m1", minute=5))
    assert await whose(record, first) == ("ben", "", 0)
    await record.check()


# --- for whom it is first ---


async def test_what_is_mine_comes_first_to_me_while_i_am_here(record: Record, other: Record) -> None:
    mine = await record.arrive(said("m1", minute=-20))
    later = await record.arrive(said("m2", "dan", minute=-10))
    await give(record, mine, BEN)
    assert await pull(record, "cem") == mine  # ben is not here: it is for all
    await record.act(claims.release, mine, "cem")
    await give(record, mine, BEN)
    await sign_on(other, "ben")
    assert await pull(record, "cem") == later
    assert await pull(record, "cem") is None
    assert await pull(other, "ben") == mine


async def test_who_is_away_or_whose_console_died_is_not_here(record: Record, other: Record) -> None:
    mine = await record.arrive(said("m1", minute=-20))
    await give(record, mine, BEN)
    await sign_on(other, "ben")
    assert await pull(record, "cem") is None
    await other.act(delivery.set_away, "ben", True)
    assert await other.store.read(colleagues.states) == {"ben": False}
    assert await pull(record, "cem") == mine
    await record.act(claims.release, mine, "cem")
    await give(record, mine, BEN)
    await other.act(delivery.set_away, "ben", False)
    assert await pull(record, "cem") is None
    await other.store.write(lambda tx: tx.change("UPDATE session SET pid = 1, process_mark = 'another'"))
    assert await other.store.read(colleagues.present) == frozenset()
    assert await pull(record, "cem") == mine


async def test_nearly_due_or_an_emergency_is_for_all(record: Record, other: Record) -> None:
    await sign_on(other, "ben")
    first = await record.arrive(said("m1", minute=-20))
    await give(record, first, BEN)
    until = await record.store.read(lambda tx: claims.first_for(tx, first, ROSTER))
    row = await record.row(first)
    assert until == claims.FirstFor("ben", row.due_us - 300_000_000)
    record.clock.pass_s((until.until_us - record.clock.now_us()) / 1_000_000 - 1)
    assert await pull(record, "cem") is None
    record.clock.pass_s(1)
    assert await record.store.read(lambda tx: claims.first_for(tx, first, ROSTER)) is None
    assert await pull(record, "cem") == first
    second = await record.arrive(said("m2", "dan", minute=35))
    await give(record, second, BEN)
    assert await pull(record, "cem") is None
    await record.act(acts.set_tier, second, "ana", 0)
    assert await pull(record, "cem") == second


async def test_what_is_a_teams_comes_first_to_whom_of_it_is_here(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1", minute=-20))
    await give(record, first, BILLING)
    assert await record.store.read(lambda tx: claims.first_for(tx, first, ROSTER)) is None
    await sign_on(other, "ben")
    assert await pull(record, "cem") is None
    named = await record.store.read(lambda tx: claims.first_for(tx, first, ROSTER))
    assert named is not None and named.name == "billing"
    assert await pull(other, "ben") == first
    second = await record.arrive(said("m2", "dan", minute=-10))
    await give(record, second, THE_SENIOR)
    assert await pull(record, "cem") == second  # nobody senior is here
    # By hand anybody may.
    third = await record.arrive(said("m3", "emil", minute=-5))
    await give(record, third, BILLING)
    assert isinstance(await record.act(claims.claim, third, "cem"), Claimed)


async def test_without_a_roster_a_team_is_everybody(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1", minute=-20))
    await sign_on(other, "ben")
    await record.act(team.assign, first, "ana", BILLING)
    taken = await record.act(claims.claim_next, "cem", OPEN)
    assert taken is not None and taken.conversation_id == first


async def test_the_next_one_is_found_in_the_order_of_an_index(record: Record, other: Record) -> None:
    await sign_on(other, "ben")
    statements: list[str] = []

    async def claim_and_note(tx: Any) -> None:
        ask = tx.row

        async def row(sql: str, *values: Any) -> Any:
            statements.append(sql)
            if "ORDER BY tier" in sql:
                plan = " ".join(each[3] for each in await tx.rows(f"EXPLAIN QUERY PLAN {sql}", *values))
                assert "SCAN c USING INDEX queue_order" in plan, plan
                assert "SEARCH e USING INDEX event_conversation (conversation_id=?)" in plan, plan
                assert "TEMP B-TREE FOR ORDER" not in plan, plan
            return await ask(sql, *values)

        tx.row = row
        await claims.claim_next(tx, "cem", ROSTER)

    for number in range(300):
        await record.take_in(said(f"m{number}", f"c{number}", minute=-number % 40))
    await record.store.write(lambda tx: tx.change("UPDATE conversation SET owner = 'ben'"))
    await record.store.write(claim_and_note)
    assert len(statements) == 1


# --- undo ---


async def test_an_assignment_is_taken_back_where_nobody_acted_since(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await give(record, first, BILLING)
    await record.claim(first)
    await give(record, first, BEN, hand_over=HandOver("x"))
    assert await record.act(undo.undo, "ana") == undo.Undone("assigned", first)
    row = await record.row(first)
    assert (row.owner, row.team, row.moves, row.claimed_by) == ("ana", "billing", 1, "ana")
    await record.check()


async def test_an_assignment_stays_where_they_have_taken_it(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    await give(record, first, BEN)
    await other.claim(first, "ben")
    assert await record.act(undo.undo, "ana") == undo.CannotUndo("assigned", first, "ben")
    assert await whose(record, first) == ("ben", "", 1)


async def test_an_assignment_of_an_earlier_cycle_stays(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await give(record, first, BEN)
    await record.act(acts.resolve, first, "ana", "answered")
    await record.arrive(said("m2", reply_to="m1", minute=5))
    assert await record.act(undo.undo, "ana") == undo.CannotUndo("resolved", first, "the customer")
    assert await record.act(undo.undo, "ana") == undo.CannotUndo("assigned", first, "the customer")
    await record.check()


async def test_resolving_and_sleep_that_are_taken_back_leave_it_whose_it_was(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await give(record, first, LEGAL)
    await record.act(acts.resolve, first, "ana", "noise")
    await record.act(undo.undo, "ana")
    assert await whose(record, first) == (None, "legal", 1)
    await give(record, first, CEM)
    await record.act(boomerangs.snooze, first, "ana", at_us(600), WakeMode.WAKE)
    assert (await record.row(first)).owner == "ana"
    await record.act(undo.undo, "ana")
    assert (await record.row(first)).owner == "cem"


# --- notes that call ---


async def called(record: Record, agent: str) -> int:
    return (await record.store.read(lambda tx: queue.counts(tx, agent))).calls


async def test_who_is_called_is_told_until_they_have_looked(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    second = await record.arrive(said("m2", "dan"))
    await record.act(acts.add_note, second, "ana", "@ben and @billing: look, @nobody", roster=ROSTER)
    await record.act(acts.add_note, first, "ana", "me too @ben. Mail: cem@ben.example", roster=ROSTER)
    assert [await called(record, each) for each in ("ana", "ben", "cem")] == [0, 2, 0]
    assert await other.store.read(lambda tx: notes.next_call(tx, "ben")) == second
    revision = await other.value("SELECT revision FROM counter")
    await other.act(notes.has_looked, second, "ben")
    assert await other.value("SELECT revision FROM counter") > revision
    assert await called(record, "ben") == 1
    assert await other.store.read(lambda tx: notes.next_call(tx, "ben")) == first
    await other.act(notes.has_looked, first, "ben")
    assert await other.store.read(lambda tx: notes.next_call(tx, "ben")) is None


async def test_notes_of_a_hand_over_and_of_a_sleep_call_too(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await give(record, first, BILLING, hand_over=HandOver(next="ask @Cem"))
    await record.act(
        boomerangs.snooze, first, "ana", at_us(600), WakeMode.WAKE, "@senior decides, @ana", roster=ROSTER
    )
    assert [await called(record, each) for each in ("ana", "ben", "cem")] == [0, 0, 1]


async def test_without_a_roster_whom_the_record_knows_is_called(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first, "josé.müller")
    await record.act(acts.add_note, first, "ana", "@josé.müller? @ben! @billing")
    assert await record.store.read(colleagues.known_agents) == ["ana", "josé.müller"]
    assert [await called(record, each) for each in ("josé.müller", "ben")] == [1, 0]


# --- what one is told ---


async def test_what_others_did_is_told_once(record: Record, other: Record) -> None:
    async def news(seq: int | None) -> tuple[list[News], int]:
        return await other.store.read(lambda tx: team.news(tx, "ben", ROSTER.groups_of("ben"), seq))

    first = await record.arrive(said("m1"))
    await give(record, first, BEN)
    nothing, seq = await news(None)
    assert nothing == []
    await give(record, first, BILLING)
    second = await record.arrive(said("m2", "dan"))
    await give(record, second, BEN)
    await record.arrive(said("m3", "dan", minute=1))
    await other.claim(second, "ben")
    await give(record, second, CEM, take_from="ben")
    found, seq = await news(seq)
    assert found == [
        News(NewsKind.GIVEN, first, "ana", "billing"),
        News(NewsKind.GIVEN, second, "ana", "ben"),
        News(NewsKind.TAKEN, second, "ana", "cem"),
    ]
    await give(record, second, BEN)
    _, seq = await news(seq)
    await record.arrive(said("m4", "dan", minute=2))
    assert (await news(seq))[0] == [News(NewsKind.WROTE, second, "", "ben")]
    # The claim that ran out is told elsewhere.
    await other.claim(second, "ben")
    _, seq = await news(seq)
    record.clock.pass_s(200)
    await record.act(claims.sweep)
    assert (await news(seq))[0] == []


async def test_what_was_taken_away_is_not_told_as_run_out(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    seq = await record.seen()
    await other.claim(first, "ben")
    await give(record, first, CEM, take_from="ben")
    assert await other.store.read(lambda tx: claims.lost_after(tx, "ben", seq)) == ([], await record.seen())


# --- moves ---


async def test_what_is_moved_again_and_again_is_found(record: Record) -> None:
    async def moved(tx: ReadTx) -> list[tuple[int, int]]:
        return await team.much_moved(tx, 3, 5)

    first = await record.arrive(said("m1"))
    second = await record.arrive(said("m2", "dan"))
    for to in (BEN, BEN, BILLING):
        await give(record, first, to)
        await give(record, second, to)
    assert await record.store.read(moved) == []
    await give(record, second, CEM)
    assert await record.store.read(moved) == [(second, 3)]
    await record.act(acts.resolve, second, "cem", "answered")
    assert await record.store.read(moved) == []
    await record.check()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from([BEN, CEM, BILLING, LEGAL, THE_SENIOR]), st.sampled_from(["ana", "ben", "cem"])
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(-300, 0),
    st.booleans(),
)
async def test_no_move_changes_since_when_one_waits(
    record: Record, moves: list[tuple[Addressee, str]], minute: int, is_vip: bool
) -> None:
    number = await record.value("SELECT count(*) FROM message")
    first = await record.arrive(said(f"m{number}", f"c{number}", minute=minute))
    await record.arrive(said(f"m{number + 1}", f"c{number}", minute=minute + 3))
    before = await record.row(first)
    for to, agent in moves:
        await record.claim(first, agent)
        await give(record, first, to, agent, hand_over=HandOver("looked", "today", "call"))
        after = await record.row(first)
        assert (after.key, after.due_us, after.state) == (before.key, before.due_us, "open")
    await record.check_rows()
