"""Erasing a customer: no byte of them is left, nobody else loses one, and the numbers of the past stay."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.desk.desk_at_hand import DeskAtHand, sitting
from tests.store.record_at_hand import FakeClock, at, ours, said

from careconsole.channels.sent_log import sent_log_of
from careconsole.desk import person as cards
from careconsole.desk import recovery, work
from careconsole.desk.erased_files import Theirs
from careconsole.desk.erasing import Erased, Leaving, erase, extent_of, whom
from careconsole.desk.reporting.audit import audit
from careconsole.desk.reporting.facts import Facts as Counted
from careconsole.desk.reporting.figures import Window, count
from careconsole.desk.reporting.ledger import Ledger
from careconsole.desk.retaining import due, purge
from careconsole.model.message import Kind, Poisoned, Visibility
from careconsole.model.note_mark import NoteMark
from careconsole.model.reply import Ambiguous, Mode, OutgoingReply, Retry, Sent
from careconsole.store import acts, arrivals, boomerangs, drafts, erasing, events, learning, thread, wiping
from careconsole.store.boomerangs import WakeMode
from careconsole.store.contract import NoSpace
from careconsole.store.erasing import Extent
from careconsole.store.finding import find
from careconsole.store.person import Facts
from careconsole.store.restoring import Restored
from careconsole.store.undo import Undone

WORD = "Xylophonequark"
"""In everything that Dana says or is called, and nowhere else."""
HANDLE, NAME = "danaxyloq", "Dana Xyloq"


async def erased(desk: DeskAtHand, words: str = HANDLE) -> Erased:
    [person] = await whom(desk.desk, words)
    return await erase(desk.desk, person)


def files_with(home: Path, *words: str) -> list[tuple[str, str]]:
    """Files of a home, and which of the words stand in their bytes, in whatever case."""
    return [
        (path.name, word)
        for path in sorted(home.rglob("*"))
        if path.is_file()
        for word in words
        if word.encode().lower() in path.read_bytes().lower()
    ]


async def much_of_dana(ana: DeskAtHand) -> int:
    """A conversation in which everything happened that can leave a trace; its id."""
    first = await ana.arrive(
        replace(
            said("d1", HANDLE, f"Where is my {WORD} one?"),
            author=replace(said("x").author, handle=HANDLE, name=NAME),
        )
    )
    await ana.take_in(said("d1", HANDLE, f"Where is my {WORD} two?", edited=1))
    await ana.act(acts.add_note, first, "ana", f"The {WORD} note", NoteMark.PROMISE, ana.clock.now_us())
    await cards.set_facts(ana.desk, first, Facts("12-24", "DE-4711", f"likes {WORD}"))
    await ana.act(learning.learn, snippet_id="lost", text=f"{WORD} trigger", customer_id=1, agent="ana")
    await ana.settle(await ana.sending(first, text=f"Your {WORD} left."), Sent("r1"))
    await ana.take_in(ours("r2", "d1", f"Again {WORD}", 3))
    draft = drafts.Draft(
        first, "ben", Mode.PUBLIC, f"Half a {WORD}", 0, 0, None, 0, "", public_line=f"line {WORD}"
    )
    await ana.act(drafts.save, draft)
    return first


async def test_afterwards_no_file_holds_a_byte_of_them(ana: DeskAtHand, home: Path) -> None:
    first = await much_of_dana(ana)
    await ana.take_in(said("b1", "ben", "Where is my parcel?"))
    await ana.act(arrivals.set_aside, ana.account_id, Poisoned(f'{{"{HANDLE}": "{WORD}"}}', "no text"))
    await ana.act(arrivals.set_aside, ana.account_id, Poisoned('{"ben": 1}', "no text"))
    assert files_with(home, WORD, HANDLE)
    done = await erased(ana)
    assert done.extent == Extent(1, 3, 1, 1, 1, 1, 1)
    assert (done.left, done.named, done.mentions, done.lines) == (0, (), 0, 1)
    assert files_with(home, WORD, HANDLE, NAME, "xyloph", "DE-4711") == []
    told = await ana.store.read(lambda tx: thread.thread(tx, first))
    assert [(entry.text, entry.author) for entry in told if entry.direction == "in"] == [
        ("[erased]", "erased")
    ]
    assert {entry.text for entry in told} == {"[erased]"}
    row = await ana.row(first)
    assert (row.handle, row.customer_name, row.text, row.is_waiting) == ("erased-1", "", "", False)
    for words in (WORD, HANDLE, f"@{HANDLE}"):
        assert (await ana.store.read(lambda tx, words=words: _find(tx, words))) == []
    assert await ana.ask("SELECT raw FROM set_aside") == [('{"ben": 1}',)]
    [event] = await ana.events("erased")
    assert (event["customer_id"], event["agent"], event["conversations"]) == (1, "ana", [first])


async def _find(tx: object, words: str) -> list[int]:
    from careconsole.model.finding import parse_query

    found = await find(tx, "ana", parse_query(words), 10)  # type: ignore[arg-type]
    return [hit.row.id for hit in found.found]


@pytest.mark.parametrize(
    "state",
    [
        "waiting",
        "claimed",
        "held",
        "pair",
        "queued",
        "tried",
        "unknown",
        "asleep",
        "woken",
        "resolved",
        "vip",
    ],
)
async def test_in_every_state_the_numbers_and_the_queue_stay_true(
    ana: DeskAtHand, ben: DeskAtHand, state: str
) -> None:
    """What must always hold of queue, log and numbers is checked at the end of the test."""
    first = await ana.arrive(said("d1", HANDLE, WORD), said("d2", HANDLE, WORD, minute=1))
    other = await ana.arrive(said("b1", "ben"))
    if state == "claimed":
        await ben.claim(first, "ben")
    elif state == "held":
        await ana.queued(first, hold_s=10.0)
    elif state == "pair":
        await ana.queued(first, visibility=Visibility.DIRECT, line="You have mail")
    elif state == "queued":
        await ana.queued(first)
    elif state in ("tried", "unknown"):
        await ana.settle(await ana.sending(first), Retry(9.0) if state == "tried" else Ambiguous())
    elif state in ("asleep", "woken"):
        until_us = ana.clock.now_us() + 60_000_000
        await ana.act(boomerangs.snooze, first, "ana", until_us, WakeMode.WAKE, f"Then the {WORD}")
        if state == "woken":
            await ana.settle(await ana.sending(first), Sent("r1"))
            ana.clock.pass_s(61)
            await ana.act(boomerangs.wake_due)
    elif state == "resolved":
        await ana.settle(await ana.sending(first), Sent("r1"))
        await ana.act(acts.resolve, first, "ana", "answered")
    else:
        assert state in ("waiting", "vip")
    await ana.check()
    ana.clock.pass_s(5)
    await erased(ana)
    assert await ana.waiting() == [other]
    assert (await ana.row(first)).state == "resolved"
    assert await ana.take() is None
    await ana.check()
    ana.clock.pass_s(10_000)
    await ana.act(boomerangs.wake_due)
    assert await ana.waiting() == [other]


@pytest.mark.parametrize("is_resolved", [False, True])
async def test_what_was_erased_is_not_brought_back_by_undo(ana: DeskAtHand, is_resolved: bool) -> None:
    first = await ana.arrive(said("d1", HANDLE, WORD))
    other = await ana.arrive(said("b1", "ben"))
    await ana.act(acts.set_kind, other, "ana", Kind.IDEA)
    if is_resolved:
        await ana.act(acts.resolve, first, "ana", "noise")
    await erased(ana)
    done = await work.undo(ana.desk)
    assert isinstance(done, Undone) and (done.act, done.conversation_id) == ("kind_set", other)
    assert await work.undo(ana.desk) is None
    assert (await ana.row(first)).state == "resolved"


async def test_the_numbers_of_the_past_do_not_change(ana: DeskAtHand) -> None:
    for number in range(4):
        first = await ana.arrive(
            said(f"d{number}", HANDLE if number % 2 else f"c{number}", WORD, minute=number)
        )
        await ana.settle(await ana.sending(first), Sent(f"r{number}"))
        await ana.act(acts.resolve, first, "ana", "answered")
        ana.clock.pass_s(60)
    window = Window(0, ana.clock.now_us())

    async def numbers() -> object:
        assert (await audit(ana.store, [window])).holds
        accounts = dict(await ana.ask("SELECT id, name FROM account"))
        log = await ana.store.read(lambda tx: events.log_after(tx, 0, 1_000_000))
        facts = Counted()
        ledger = Ledger(facts, accounts, ana.store.policy)
        ledger.take(log)
        figures = count(ledger, facts, window, accounts)
        return {key: (figure.value, figure.of) for key, figure in figures.items()}

    before = await numbers()
    ana.clock.pass_s(600)
    await erased(ana)
    assert await numbers() == before


async def test_a_reply_that_leaves_at_this_moment_is_waited_for(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("d1", HANDLE, WORD))
    reply = await ana.sending(first)
    with pytest.raises(Leaving):
        await erased(ana)
    assert (await ana.row(first)).text == WORD
    await ana.settle(reply, Sent("r1"))
    assert (await erased(ana)).left == 0


async def test_what_is_fetched_again_stays_erased_and_who_writes_again_is_new(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("d1", HANDLE, WORD))
    await ana.settle(await ana.sending(first, text=f"Dear {WORD}"), Sent("r1"))
    await erased(ana)
    done = await ana.take_in(
        said("d1", HANDLE, WORD), said("d1", HANDLE, f"{WORD}!", edited=5), ours("r1", "d1", f"Dear {WORD}")
    )
    assert (done.imported, done.known, done.refused) == (0, 3, [])
    assert await ana.value("SELECT count(*) FROM message WHERE text <> ''") == 0
    assert await whom(ana.desk, HANDLE) == []
    again = await ana.arrive(said("d9", HANDLE, "Hello again", minute=9))
    assert again != first and (await ana.row(again)).customer_id == 2
    told = await ana.store.read(lambda tx: thread.external_ids(tx, [first, again]))
    assert told == [(1, ["d9"])]  # nobody asks the network for what was erased


async def test_all_who_are_one_person_go_together(ana: DeskAtHand) -> None:
    await ana.take_in(said("d1", HANDLE, WORD))
    await ana.take_in(said("e1", "otherxyloq", WORD), account="mail")
    await ana.store.write(lambda tx: tx.change("UPDATE customer SET person = 1"))
    [person] = await whom(ana.desk, "otherxyloq")
    assert (person.ids, person.handles) == ((1, 2), (HANDLE, "otherxyloq"))
    assert await extent_of(ana.desk, person) == Extent(2, 2)
    await erase(ana.desk, person)
    assert files_with(ana.desk.home, WORD, "xyloq") == []


async def test_somebody_is_named_by_handle_server_or_number(ana: DeskAtHand) -> None:
    person = replace(said("m1").author, handle="dana", full_handle="dana@one.example")
    other = replace(person, full_handle="dana@two.example")
    await ana.take_in(replace(said("m1"), author=person), replace(said("m2"), author=other))
    assert [each.ids for each in await whom(ana.desk, "@Dana")] == [(1,), (2,)]
    assert [each.ids for each in await whom(ana.desk, "dana@two.example")] == [(2,)]
    assert [each.ids for each in await whom(ana.desk, "1")] == [(1,)]
    assert await whom(ana.desk, "dan") == await whom(ana.desk, "9" * 30) == await whom(ana.desk, "") == []


async def test_the_files_beside_the_record_forget_too(ana: DeskAtHand, home: Path) -> None:
    first = await ana.arrive(said("d1", HANDLE, WORD), said("d2", HANDLE, "short", minute=1))
    reply = await ana.queued(first, f"Your {WORD}")
    key = (await ana.reply(reply)).idempotency_key
    log = sent_log_of(home, "shop")
    log.append(OutgoingReply(reply, key, f"Your {WORD}", Visibility.PUBLIC, "d1", HANDLE, 0), at(1))
    log.append(OutgoingReply(9, "other-key", "Your parcel", Visibility.PUBLIC, "b1", "ben", 0), at(1))
    refused = home / "import.refused"
    escaped = json.dumps({"id": "q", "author": {"handle": "Danaxyl\u00f6q"}})
    refused.write_text(f'{{"author": {{"handle": "{HANDLE}"}}}}\n{escaped}\n{{"ben": 1}}\n')
    (home / "logs").mkdir(exist_ok=True)
    (home / "logs" / "console.log").write_text(f"1 failed\n2 {HANDLE} said\n3 worked\n")
    (home / "settings.toml").write_text(f'[rank]\nvips = ["@{HANDLE}"]\n')
    await ana.take_in(said("b1", "ben", f"Ask @{HANDLE}"))
    await ana.settle(await _taken(ana), Sent(key))
    size = log.path.stat().st_size
    done = await erased(ana)
    assert done.lines == 3
    assert done.named == (home / "settings.toml",)
    assert done.mentions == 1
    assert files_with(home, WORD) == []
    assert log.holds(key) and log.holds("other-key") and log.path.stat().st_size == size
    assert [json.loads(line)["text"] for line in log.path.read_text().splitlines()] == ["", "Your parcel"]
    assert refused.read_text().split("\n")[1:] == [escaped, '{"ben": 1}', ""]
    assert (home / "logs" / "console.log").read_text().split("\n")[::2] == ["1 failed", "3 worked"]
    assert [name for name, _ in files_with(home, HANDLE)] == [
        "desk.db",
        "settings.toml",
    ]  # what Ben said stays


async def test_a_first_name_takes_nothing_from_others_who_have_it(ana: DeskAtHand, home: Path) -> None:
    theirs = replace(said("x").author, handle=HANDLE, name="Mark")
    await ana.take_in(replace(said("d1", HANDLE), author=theirs))
    others = '{"from": "mark2", "text": "Mark my words"}'
    await ana.act(arrivals.set_aside, ana.account_id, Poisoned(others, "no text"))
    log = sent_log_of(home, "shop")
    log.append(OutgoingReply(9, "other-key", "Dear Mark", Visibility.PUBLIC, "b1", "mark2", 0), at(1))
    assert (await erased(ana)).lines == 0
    assert await ana.ask("SELECT raw FROM set_aside") == [(others,)]
    assert json.loads(log.path.read_text())["text"] == "Dear Mark"


async def _taken(ana: DeskAtHand) -> int:
    taken = await ana.take()
    assert taken is not None
    return taken


def test_a_line_is_theirs_by_a_whole_name_or_by_an_id() -> None:
    theirs = Theirs(frozenset({"ann"}), frozenset({"m1"}))
    assert theirs.is_in("hello @Ann!") and theirs.is_in('{"id": "m1"}') and theirs.is_in('"\\u0061nn"')
    assert not theirs.is_in("annual plan, joann, m1, m11")
    assert not Theirs(frozenset(), frozenset()).is_in("anything")


async def test_the_search_for_what_is_left_finds_it(ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that were not wiped would be told."""
    await much_of_dana(ana)

    async def nothing(*words: object, **more: object) -> bool:
        return True

    monkeypatch.setattr(type(ana.store), "compact", nothing)
    monkeypatch.setattr(wiping, "wipe_indexes", nothing)
    done = await erased(ana)
    wal = (ana.desk.home / "desk.db-wal").exists() and (ana.desk.home / "desk.db-wal").stat().st_size > 0
    assert (done.left > 0) == wal


async def test_a_backup_does_not_bring_them_back(home: Path, clock: FakeClock, tmp_path: Path) -> None:
    async with sitting(home, clock) as ana:
        await much_of_dana(ana)
        await ana.take_in(said("b1", "ben"))
        await recovery.back_up(ana.desk, tmp_path / "backup")
        clock.pass_s(60)
        await erased(ana)
    assert (home / "erasures.jsonl").stat().st_mode & 0o777 == 0o600
    done = await recovery.restore(home, tmp_path / "backup", "ana", clock=clock)
    assert isinstance(done, Restored)
    async with sitting(home, clock) as ana:
        assert files_with(home, WORD, HANDLE) == []
        assert await whom(ana.desk, HANDLE) == []
        assert [row.ids for row in await whom(ana.desk, "ben")] == [(2,)]
        assert (await erased(ana, "ben")).named == (done.kept,)
        await ana.check()
        await ana.take_in(said("d8", HANDLE, f"{WORD} again", minute=9))
        clock.pass_s(60)
        await recovery.back_up(ana.desk, tmp_path / "later")
    done = await recovery.restore(home, tmp_path / "later", "ana", clock=clock)
    async with sitting(home, clock) as ana:
        assert len(await whom(ana.desk, HANDLE)) == 1  # who wrote after that is another customer


@pytest.mark.parametrize("fault", ["leaving", "no room"])
async def test_an_erasure_that_did_not_happen_is_not_done_at_a_restoration(
    home: Path, clock: FakeClock, tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(home, clock) as ana:
        first = await ana.arrive(said("d1", HANDLE, WORD))
        await recovery.back_up(ana.desk, tmp_path / "backup")
        clock.pass_s(60)
        if fault == "leaving":
            await ana.sending(first)
        else:
            monkeypatch.setattr(erasing, "erase_person", _no_room)
        with pytest.raises(Leaving if fault == "leaving" else NoSpace):
            await erased(ana)
    monkeypatch.undo()
    await recovery.restore(home, tmp_path / "backup", "ana", clock=clock)
    async with sitting(home, clock) as ana:
        assert len(await whom(ana.desk, HANDLE)) == 1
        assert (await ana.row(first)).text == WORD
        await ana.check()


async def _no_room(*words: object) -> None:
    raise NoSpace("The disk is full; nothing was written.")


RETENTION = {"all": {"resolved": 30}, "mail": {"resolved": 90, "pending": 10}}


async def test_retention_takes_what_is_old_enough_and_keeps_what_waits(ana: DeskAtHand, home: Path) -> None:
    old = await ana.arrive(said("d1", HANDLE, WORD))
    await ana.settle(await ana.sending(old, text=f"Dear {WORD}"), Sent("r1"))
    await ana.act(acts.resolve, old, "ana", "answered")
    waits = await ana.arrive(said("w1", "wendy", "Still waiting for it"))
    mail = await ana.arrive(said("e1", "eve", "By mail, please"), account="mail")
    await ana.settle(await _answered(ana, mail), Sent("r2"))
    sleeps = await ana.arrive(said("s1", "sue", "Later is fine"), account="mail")
    await ana.settle(await _answered(ana, sleeps), Sent("r3"))
    later_us = ana.clock.now_us() + round(timedelta(days=300) / timedelta(microseconds=1))
    await ana.act(boomerangs.snooze, sleeps, "ana", later_us, WakeMode.WAKE)
    ana.clock.pass_s(31 * 24 * 3600)
    young = await ana.arrive(said("y1", HANDLE, "Here again", minute=44_000))
    await ana.act(acts.resolve, young, "ana", "noise")
    found = await due(ana.desk, RETENTION)
    assert [(each.account, each.state, each.days, each.conversations) for each in found] == [
        ("mail", "resolved", 90, ()),
        ("mail", "pending", 10, (mail,)),
        ("shop", "resolved", 30, (old,)),
    ]
    assert found[2].extent == Extent(1, 2, 0, 0, 0, 1)
    assert await ana.kinds(old) == await ana.kinds(old) and await ana.events("erased") == []
    done = await purge(ana.desk, RETENTION)
    assert (done.conversations, done.leaving, done.left) == (2, 0, 0)
    assert files_with(home, WORD, "By mail, please") == []
    assert files_with(home, "Still waiting for it", "Later is fine", "Here again")
    assert await ana.waiting() == [waits]
    assert len(await whom(ana.desk, HANDLE)) == 1  # something younger is left of them
    assert await whom(ana.desk, "eve") == []
    assert [each.conversations for each in await due(ana.desk, RETENTION)] == [(), (), ()]
    assert (await purge(ana.desk, RETENTION)).conversations == 0


async def test_who_writes_again_while_retention_is_at_work_is_kept(
    ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at what is due and the erasure others go on working."""
    first, second = await ana.arrive(said("d1", "dan")), await ana.arrive(said("e1", "eve"))
    for id in (first, second):
        await ana.act(acts.resolve, id, "ana", "noise")
    await ana.act(arrivals.set_aside, ana.account_id, Poisoned('{"ben": 1}', "no text"))
    ana.clock.pass_s(30 * 3600)
    texts_of = wiping.texts_of

    async def late(*words: Any) -> list[str]:
        await ana.take_in(said("d2", "dan", "Hello? I still wait!", minute=1_790, reply_to="d1"))
        return await texts_of(*words)

    monkeypatch.setattr(wiping, "texts_of", late)
    done = await purge(ana.desk, {"all": {"resolved": 1}})
    assert (done.conversations, done.leaving, done.left) == (1, 0, 0)
    assert await ana.waiting() == [first]
    assert (await ana.row(first)).text == "Hello? I still wait!"
    assert await whom(ana.desk, "eve") == []
    assert await ana.ask("SELECT raw FROM set_aside") == []
    erased, unreadable = await ana.events("erased")
    assert (erased["conversation_id"], unreadable["unreadable"], unreadable["agent"]) == (second, 1, "ana")


async def test_an_id_from_outside_makes_nobody_look_erased(ana: DeskAtHand) -> None:
    first = await ana.arrive(said(f"erased:{'0' * 32}", text="Where is it?"))
    [entry] = await ana.store.read(lambda tx: thread.thread(tx, first))
    assert entry.text == "Where is it?"


async def _answered(ana: DeskAtHand, conversation_id: int) -> int:
    reply = await ana.queued(conversation_id)
    assert await ana.take("mail") == reply
    return reply


async def test_without_entries_nothing_is_due(ana: DeskAtHand) -> None:
    await ana.arrive(said("d1"))
    assert await due(ana.desk, {}) == []
    assert await due(ana.desk, {"mail": {"resolved": 1}}) == []
