"""A debrief: every rule can be broken, is broken by nothing else, and the marks are the shares that they say."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.desk.practised import FINE, Practised, mark_of, practising
from tests.store.record_at_hand import at

from careconsole.desk.practice.debrief import debrief
from careconsole.desk.practice.judging.rules import RULES, MarkName
from careconsole.model.message import Kind
from careconsole.store import acts, undo
from careconsole.store.contract import StoreError
from careconsole.store.opening import open_store

CARD = "4111 1111 1111 1111"
Play = Callable[[Practised], Awaitable[None]]


async def takes_the_less_urgent(run: Practised) -> None:
    await run.hears("a", "ann", kind=Kind.QUESTION)
    run.minute(1)
    praise = await run.hears("b", "bob", "What a lovely shop!", kind=Kind.PRAISE)
    run.minute(2)
    await run.claims(praise)
    await run.answers(praise)


async def answers_the_less_urgent_first(run: Practised) -> None:
    first = await run.hears("a", "ann")
    second = await run.hears("b", "bob", kind=Kind.PRAISE)
    run.minute(1)
    await run.claims(first)
    fence = await run.claims(second)
    run.minute(2)
    await run.answers(second, fence=fence)
    run.minute(4)
    await run.answers(first)


async def answers_a_private_matter_in_public(run: Practised) -> None:
    await run.answers(await run.hears("a", want="private", why="It is about her contract."))


async def says_data_in_public(run: Practised) -> None:
    await run.answers(await run.hears("a"), f"{FINE} Call me at +49 30 901820.")


async def answers_a_public_question_in_private(run: Practised) -> None:
    await run.answers(await run.hears("a", want="public"), private=True)


async def answers_late(run: Practised) -> None:
    talk = await run.hears("a", ack_min=5)
    run.minute(6)
    await run.answers(talk)


async def answers_never(run: Practised) -> None:
    await run.hears("a", ack_min=5)
    run.minute(6)


def says(text: str, kind: Kind = Kind.COMPLAINT) -> Play:
    async def play(run: Practised) -> None:
        await run.answers(await run.hears("a", text="My parcel is late again.", kind=kind), text)

    return play


async def leaves_one_waiting(run: Practised) -> None:
    await run.hears("a")
    run.minute(30)


async def resolves_unanswered(run: Practised) -> None:
    talk = await run.hears("a")
    await run.claims(talk)
    await run.resolves(talk, "no_reply")


async def resolves_too_early(run: Practised) -> None:
    talk = await run.hears("a")
    await run.answers(talk)
    await run.resolves(talk)
    run.minute(1)
    await run.hears("b", text="That is not what I asked. Where is it?", reply_to="a")
    await run.answers(talk)


async def feeds_the_troll(run: Practised) -> None:
    talk = await run.hears("a", "troll", "You are all thieves and liars.", kind=Kind.COMPLAINT)
    await run.answers(talk)
    run.minute(1)
    await run.hears("b", "troll", "Thieves! Liars!", kind=Kind.COMPLAINT, answer=False)
    await run.answers(talk)


async def repeats_what_the_customer_gave(run: Practised) -> None:
    talk = await run.hears("a", text=f"My card {CARD} was charged twice.", kind=Kind.COMPLAINT)
    await run.answers(talk, f"{FINE} Your card {CARD} is not blocked.")


async def lets_an_emergency_wait(run: Practised) -> None:
    talk = await run.hears("a", text="We were robbed, help!")
    run.minute(6)
    await run.answers(talk)


BREAKERS: dict[str, Play] = {
    "urgent-first": takes_the_less_urgent,
    "held-in-order": answers_the_less_urgent_first,
    "private-matter": answers_a_private_matter_in_public,
    "no-data-in-public": says_data_in_public,
    "public-answer": answers_a_public_question_in_private,
    "answer-in-time": answers_late,
    "answer-at-all": answers_never,
    "belittling": says(f"It is only a small delay. {FINE}"),
    "insult": says(f"{FINE} You are a stupid cow."),
    "blame": says(f"{FINE} You should have told us."),
    "apologies": says(f"Sorry, so sorry, really sorry. {FINE} Apologies."),
    "joke": says(f"{FINE} Haha!"),
    "no acknowledgement": says("Parcels take two days. I will write to you by 15:00 today."),
    "no next step": says("I am sorry to hear that your parcel is late. That is annoying."),
    "own-language": says(
        "Es tut mir leid, dass Ihr Paket zu spät ist. Ich frage im Lager nach und melde mich bis 15 Uhr bei Ihnen."
    ),
    "nothing-left": leaves_one_waiting,
    "resolve-answered": resolves_unanswered,
    "resolve-for-good": resolves_too_early,
    "answer-troll-once": feeds_the_troll,
    "do-not-repeat-data": repeats_what_the_customer_gave,
    "emergency-now": lets_an_emergency_wait,
}


def test_every_rule_is_broken_by_a_run_here() -> None:
    assert set(BREAKERS) == set(RULES)


@pytest.mark.parametrize("rule_id", RULES)
async def test_a_run_can_break_it_and_only_it(rule_id: str, tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        await BREAKERS[rule_id](run)
        found = await run.debriefed()
    assert found.by_rule == {rule_id: 1}, [(each.rule_id, each.said) for each in found.mistakes]
    mistake = next(each for each in found.mistakes if each.rule_id == rule_id)
    mark = mark_of(found, mistake.rule.mark.value)
    assert mark.points is not None and mark.points < 100 and mistake in mark.mistakes
    assert mistake.named.message_id > 0 and mistake.named.handle and mistake.named.text
    assert (
        mistake.said.endswith(".") and mistake.rule.says.endswith(".") and mistake.rule.says.count(". ") == 0
    )
    assert found.threads[mistake.named.conversation_id]


async def one_late_answer_to_three(run: Practised) -> None:
    talk = await run.hears("a", ack_min=5)
    run.minute(2)
    await run.hears("b", text="Hello?", ack_min=5)
    run.minute(4)
    await run.hears("c", text="Is anybody there?", ack_min=5)
    run.minute(6)
    await run.answers(talk)


async def three_without_an_answer(run: Practised) -> None:
    await run.hears("a", ack_min=5)
    await run.hears("b", text="Hello?", ack_min=5)
    run.minute(60)


async def an_emergency_of_two_messages_left(run: Practised) -> None:
    await run.hears("a", text="We were robbed, help!", ack_min=5)
    run.minute(1)
    await run.hears("b", text="Please help!", ack_min=5)
    run.minute(60)


async def resolved_unanswered_and_back_again(run: Practised) -> None:
    talk = await run.hears("a", ack_min=5)
    run.minute(9)
    await run.resolves(talk, "no_reply")
    run.minute(10)
    await run.hears("b", text="Where is my parcel?", reply_to="a")
    await run.answers(talk)


async def repeats_a_number_and_says_a_word_twice(run: Practised) -> None:
    talk = await run.hears("a", text=f"My card {CARD} was charged twice.", kind=Kind.COMPLAINT)
    await run.answers(talk, f"It is only a small delay. {FINE} Obviously your card {CARD} is fine.")


@pytest.mark.parametrize(
    ("play", "by_rule", "said"),
    [
        (one_late_answer_to_three, {"answer-in-time": 1}, "It waited 6 min, and 2 more of theirs behind it; wanted"),
        (three_without_an_answer, {"answer-at-all": 1}, "It and 1 more of theirs were to be answered within 5 min; no"),
        (an_emergency_of_two_messages_left, {"emergency-now": 1}, "An emergency and 1 more of theirs waited 1 h 00 min and"),
        (resolved_unanswered_and_back_again, {"resolve-answered": 1}, "You resolved it as no reply with a message unanswered"),
    ],
)  # fmt: skip
async def test_one_deed_is_one_mistake(
    play: Play, by_rule: dict[str, int], said: str, tmp_path: Path
) -> None:
    async with practising(tmp_path / "run") as run:
        await play(run)
        found = await run.debriefed()
    assert found.by_rule == by_rule
    assert found.mistakes[0].said.startswith(said) and found.mistakes[0].named.text == run.lines[0]["text"]


async def test_a_reply_breaks_a_rule_once_however_often(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        await repeats_a_number_and_says_a_word_twice(run)
        found = await run.debriefed()
    assert found.by_rule == {"do-not-repeat-data": 1, "belittling": 1}
    assert found.mistakes[1].said.count("say it without") == 2


async def test_a_wait_is_one_share_of_the_mark_and_both_marks_say_where_it_is_told(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        await three_without_an_answer(run)
        await run.hears("r", "rob", "We were robbed, help!")
        found = await run.debriefed(70)
    waits, ends = mark_of(found, "acknowledgement"), mark_of(found, "resolution")
    assert (waits.right, waits.judged, ends.right, ends.judged) == (0, 2, 0, 2)
    assert "Told under resolution: 1, each of them an emergency." in waits.notes
    assert ends.notes == ("Told under acknowledgement: 1, each of them left waiting.",)


async def test_a_second_wait_of_the_same_customer_is_another_one(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        talk = await run.hears("a", ack_min=5)
        run.minute(6)
        await run.answers(talk)
        await run.hears("b", text="And when does it come?", ack_min=5)
        run.minute(12)
        await run.answers(talk)
        found = await run.debriefed()
    assert found.by_rule == {"answer-in-time": 2}


async def test_a_good_run_has_no_mistakes(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        urgent = await run.hears("a", "ann", "We were robbed, help!")
        private = await run.hears("b", "bob", f"My card {CARD} was charged twice.", kind=Kind.COMPLAINT)
        public = await run.hears("c", "cleo", "When do you open?", want="public")
        run.minute(1)
        for talk, is_private in ((urgent, False), (private, True), (public, False)):
            await run.claims(talk)
            await run.answers(talk, private=is_private, line="We have written to you." if is_private else "")
            await run.resolves(talk)
        found = await run.debriefed(10)
    assert found.mistakes == () and found.threads == {}
    assert [mark.points for mark in found.marks] == [100] * 5
    assert [(mark.right, mark.judged) for mark in found.marks] == [(3, 3), (2, 2), (3, 3), (3, 3), (3, 3)]


async def test_of_nothing_there_is_nothing_to_judge(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        run.lines.append(
            {"t": 3000, "id": "z", "account": "shop", "author": {"handle": "zoe"}, "text": "Too late."}
        )
        found = await run.debriefed(1)
    assert [mark.points for mark in found.marks] == [None] * 5
    assert found.rows == () and found.mistakes == ()


# Order


async def test_what_came_a_moment_ago_could_not_be_seen(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        praise = await run.hears("b", "bob", "Lovely!", kind=Kind.PRAISE)
        run.minute(1)
        await run.hears("a", "ann", ack_min=15)
        run.clock.pass_s(4)
        await run.claims(praise)
        await run.answers(praise)
        assert mark_of(await run.debriefed(2), "order").points == 100


async def test_how_long_a_moment_is_follows_the_speed(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        praise = await run.hears("b", "bob", "Lovely!", kind=Kind.PRAISE)
        run.minute(1)
        await run.hears("a", "ann", ack_min=15)
        run.clock.pass_s(40)
        await run.answers(praise)
        run.speed = 10
        assert mark_of(await run.debriefed(2), "order").points == 100
        run.speed = 2
        assert mark_of(await run.debriefed(), "order").points == 0


async def test_what_another_agent_holds_is_not_free(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        first = await run.hears("a", "ann")
        second = await run.hears("b", "bob", kind=Kind.PRAISE)
        run.minute(1)
        await run.claims(first, "ben")
        await run.answers(second)
        assert mark_of(await run.debriefed(), "order").points == 100


async def test_a_claim_that_is_given_back_untouched_is_not_judged(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        first = await run.hears("a", "ann")
        second = await run.hears("b", "bob", kind=Kind.PRAISE)
        run.minute(1)
        await run.claims(second)
        await run.gives_back(second)
        await run.answers(first)
        order = mark_of(await run.debriefed(2), "order")
    assert (order.right, order.judged, dict(order.left_out)) == (1, 1, {"given back untouched": 1})


async def test_what_an_agent_changes_of_a_kind_counts_from_then_on(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        first = await run.hears("a", "ann", kind=Kind.PRAISE, unwanted=True)
        second = await run.hears("b", "bob", kind=Kind.IDEA, unwanted=True)
        run.minute(1)
        await run.record.act(acts.set_kind, second, "ana", "question")
        run.minute(2)
        await run.answers(second)
        await run.answers(first)
        assert mark_of(await run.debriefed(3), "order").points == 100


async def test_what_was_resolved_is_passed_by(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        first = await run.hears("a", "ann")
        second = await run.hears("b", "bob", kind=Kind.PRAISE)
        await run.claims(first)
        await run.resolves(first, "noise")
        run.minute(1)
        await run.answers(second)
        assert mark_of(await run.debriefed(2), "order").points == 100


# The other four


async def test_either_is_not_judged_and_a_private_question_leaves_no_choice(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        await run.answers(await run.hears("a", "ann"))
        await run.answers(await run.hears("b", "bob", want="public", private=True), private=True)
        await run.answers(await run.hears("c", "cleo", unwanted=True))
        mark = mark_of(await run.debriefed(1), "visibility")
    assert mark.points is None and dict(mark.left_out) == {"either would do": 3}


async def test_a_promise_that_was_not_over_is_not_judged(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        await run.hears("a", "ann", ack_min=5)
        late = await run.hears("b", "bob", ack_min=2)
        run.minute(3)
        await run.answers(late)
        mark = mark_of(await run.debriefed(4), "acknowledgement")
        assert (mark.right, mark.judged) == (0, 1) and dict(mark.left_out) == {"still had time at the end": 1}
        again = mark_of(await run.debriefed(6), "acknowledgement")
        assert (again.right, again.judged) == (0, 2)


async def test_without_a_want_the_targets_of_the_desk_hold(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        talk = await run.hears("a", "ann", unwanted=True)
        slow = await run.hears("b", "bob", kind=Kind.PRAISE, unwanted=True)
        run.minute(61)
        await run.answers(talk)
        await run.answers(slow)
        mark = mark_of(await run.debriefed(62), "acknowledgement")
    assert (mark.right, mark.judged) == (1, 2)
    assert "wanted within 1 h 00 min" in mark.mistakes[0].said


async def test_what_waited_before_the_run_is_promised_from_its_start_on(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        talk = await run.hears("a", "ann", ack_min=5)
        began_at = at(3)
        run.minute(7)
        await run.answers(talk)
        run.minute(9)
        ended = replace(run.run(9), began_at=began_at)
        found = await debrief(run.record.store, ended, run.scenario(began_min=3))
        late = await debrief(run.record.store, replace(ended, began_at=at(1)), run.scenario(began_min=1))
    assert mark_of(found, "acknowledgement").points == 100
    assert [one.said for one in late.mistakes] == ["It waited 6 min; wanted within 5 min."]
    assert (found.rows[0].arrived_s, found.rows[0].you.waited_s) == (-180, 240)


async def test_tone_names_the_word_and_is_counted_by_language(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        await run.answers(await run.hears("a", "ann"), f"It is only a small delay. {FINE}")
        await run.answers(
            await run.hears("b", "bob", "Wann öffnet ihr am Montag und wo ist das Geschäft?"),
            "Wir öffnen am Montag um neun Uhr. Das Geschäft ist in der Hauptstraße neben dem Bahnhof.",
        )
        mark = mark_of(await run.debriefed(1), "tone")
    assert '"is only a small"' in mark.mistakes[0].said
    assert [(part.name, part.right, part.judged) for part in mark.parts] == [("de", 1, 1), ("en", 0, 1)]


async def test_thanks_that_need_no_answer_are_no_provocation(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        talk = await run.hears("a")
        await run.answers(talk)
        run.minute(1)
        await run.hears("b", text="Thank you!", kind=Kind.PRAISE, answer=False)
        await run.answers(talk, "You are welcome.")
        assert "answer-troll-once" not in (await run.debriefed(2)).by_rule


async def test_a_troll_who_comes_back_does_not_spoil_a_resolution(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        talk = await run.hears("a", "troll", "You are all thieves.", kind=Kind.COMPLAINT)
        await run.answers(talk)
        await run.resolves(talk)
        run.minute(1)
        await run.hears("b", "troll", "Thieves!", kind=Kind.COMPLAINT, answer=False, reply_to="a")
        await run.resolves(talk, "provocation")
        found = await run.debriefed(2)
    assert found.mistakes == () and mark_of(found, "resolution").points == 100


async def test_an_undone_resolving_is_no_mistake(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        talk = await run.hears("a")
        await run.resolves(talk, "noise")
        await run.record.act(undo.undo, "ana")
        await run.answers(talk)
        assert "resolve-answered" not in (await run.debriefed(2)).by_rule


# The table, and what cannot be read


async def test_you_and_the_ghost_stand_beside_each_other(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        first = await run.hears("a", "ann")
        second = await run.hears("b", "bob", kind=Kind.PRAISE)
        run.minute(3)
        await run.answers(second)
        await run.resolves(first, "noise")
        rows = (await run.debriefed(10)).rows
    assert [(row.handle, row.you.place, row.you.waited_s, row.ghost.place) for row in rows] == [
        ("ann", None, None, 1),
        ("bob", 1, 180, 2),
    ]
    assert rows[0].ghost.waited_s is not None and rows[0].ghost.waited_s < 180


async def test_an_unfinished_run_is_debriefed_as_far_as_it_goes(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        await run.answers(await run.hears("a"))
        run.minute(4)
        await run.hears("b", "bob")
        found = await debrief(run.record.store, run.run(None), run.scenario())
    assert not found.is_finished and found.ended_us - found.began_us == 4 * 60_000_000
    assert mark_of(found, "acknowledgement").judged == 1


async def test_a_log_with_a_hole_is_named_and_nothing_is_counted(tmp_path: Path) -> None:
    async with practising(tmp_path / "run", is_sound=False) as run:
        await run.answers(await run.hears("a"))
        await run.record.store.write(lambda tx: tx.change("DROP TRIGGER event_remains"))
        await run.record.store.write(lambda tx: tx.change("DELETE FROM event WHERE seq = 2"))
        with pytest.raises(StoreError, match="event 2 is missing"):
            await run.debriefed(1)


async def test_it_reads_only_and_gives_the_same_twice(tmp_path: Path) -> None:
    async with practising(tmp_path / "run") as run:
        await takes_the_less_urgent(run)
        first = await run.debriefed(5)
        scenario, ended = run.scenario(), run.run(5)
    path = tmp_path / "run" / "desk.db"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    async with open_store(path, read_only=True) as store:
        assert await debrief(store, ended, scenario) == first
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_the_rules_are_sentences_of_all_five_marks() -> None:
    assert {rule.mark for rule in RULES.values()} == set(MarkName)
    for rule in RULES.values():
        assert rule.says.endswith(".") and not rule.name.endswith(".") and len(rule.name) <= 45
