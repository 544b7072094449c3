"""What the desk learns of its snippets: without names, with its customer, so many and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.desk.desk_at_hand import DeskAtHand
from tests.store.record_at_hand import said

from careconsole.desk.allowing import NotAllowed
from careconsole.desk.suggesting import (
    count_use,
    learn,
    learnt_triggers,
    open_suggester,
    remove_trigger,
    situation,
    snippet_uses,
    take_snippet_away,
    trigger_of,
    triggers_by_snippet,
    write_snippet,
)
from careconsole.model.rights import Role
from careconsole.snippets.library import Library
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.writing import ChangedMeanwhile, TakenAway
from careconsole.store import learning
from careconsole.store.contract import Tx
from careconsole.store.learning import MOST_OF_A_SNIPPET


async def conversation_of(ana: DeskAtHand, handle: str = "cara") -> int:
    await ana.take_in(said(f"m-{handle}", handle))
    return await ana.conversation_of(f"m-{handle}")


async def test_learns_words_without_what_names_anybody(ana: DeskAtHand) -> None:
    one = await conversation_of(ana)
    text = "@shop Cara here, Caras suitcase 4711 never came! mail cara@x.example https://x.example/4711"
    kept = await learn(ana.desk, "bag-en", one, text)
    assert kept is not None
    assert kept.text == "here, suitcase never came! mail"
    assert await triggers_by_snippet(ana.desk) == {"bag-en": ["here, suitcase never came! mail"]}


async def test_a_surname_that_the_record_does_not_know_is_not_kept(ana: DeskAtHand) -> None:
    one = await conversation_of(ana)
    kept = await learn(ana.desk, "bag-en", one, "my suitcase was smashed, says Cara Kranz")
    assert kept is not None and kept.text == "my suitcase was smashed, says"


@pytest.mark.parametrize("text", ["", "@shop 12345", "Cara 77", "hi", "https://x.example"])
async def test_too_little_is_not_kept(ana: DeskAtHand, text: str) -> None:
    assert await learn(ana.desk, "bag-en", await conversation_of(ana), text) is None
    assert await learn(ana.desk, "bag-en", 999, "my suitcase never came") is None
    assert await learnt_triggers(ana.desk) == []


async def test_a_long_message_is_cut_at_a_word(ana: DeskAtHand) -> None:
    kept = await learn(ana.desk, "bag-en", await conversation_of(ana), "suitcases " * 60)
    assert kept is not None
    assert kept.text == " ".join(["suitcases"] * 20)


async def test_the_oldest_go(ana: DeskAtHand) -> None:
    one = await conversation_of(ana)
    letters = "abcdefghijklmnopqrstuvwxyz"
    for letter in letters:
        await learn(ana.desk, "bag-en", one, f"lost suitcase {letter * 3}")
        ana.clock.pass_s(1)
    await learn(ana.desk, "bag-en", one, "lost suitcase jjj")
    await learn(ana.desk, "pet-en", one, "my dog")
    kept = [
        trigger.text[-3:] for trigger in await learnt_triggers(ana.desk) if trigger.snippet_id == "bag-en"
    ]
    assert len(kept) == MOST_OF_A_SNIPPET
    newest = [letter for letter in letters[-MOST_OF_A_SNIPPET:] if letter != "j"]
    assert kept == ["jjj", *(letter * 3 for letter in reversed(newest))]


async def test_it_goes_with_the_customer(ana: DeskAtHand) -> None:
    cara, dan = await conversation_of(ana), await conversation_of(ana, "dan")
    await learn(ana.desk, "bag-en", cara, "where is my suitcase")
    await learn(ana.desk, "bag-en", dan, "where is my suitcase")
    await learn(ana.desk, "bag-en", cara, "no suitcase yet")
    assert (await triggers_by_snippet(ana.desk))["bag-en"].count("where is my suitcase") == 1

    async def forget_somebody(tx: Tx) -> tuple[int, int]:
        somebody = await tx.insert("INSERT INTO customer (name) VALUES ($1)", "Eve")
        await learning.learn(tx, snippet_id="bag-en", text="eve lost it", customer_id=somebody, agent="ana")
        before = len(await learning.learnt(tx))
        await tx.change("DELETE FROM customer WHERE id = $1", somebody)
        return before, len(await learning.learnt(tx))

    assert await ana.store.write(forget_somebody) == (4, 3)
    assert "eve lost it" not in (await triggers_by_snippet(ana.desk))["bag-en"]


async def test_a_supervisor_removes_what_was_learnt(ana: DeskAtHand) -> None:
    kept = await learn(ana.desk, "bag-en", await conversation_of(ana), "where is my suitcase")
    assert kept is not None
    with pytest.raises(NotAllowed):
        await remove_trigger(replace(ana.desk, role=Role.AGENT), kept.id)
    supervisor = replace(ana.desk, role=Role.SUPERVISOR)
    with pytest.raises(NotAllowed):
        await learn(supervisor, "bag-en", 1, "where is my suitcase")
    assert [trigger.id for trigger in await learnt_triggers(supervisor)] == [kept.id]
    assert await remove_trigger(supervisor, kept.id)
    assert not await remove_trigger(supervisor, kept.id)
    assert await learnt_triggers(ana.desk) == []


async def test_uses_are_counted(ana: DeskAtHand) -> None:
    for used in ("bag-en", "pet-en", "bag-en"):
        await count_use(ana.desk, used)
    assert await snippet_uses(ana.desk) == {"bag-en": 2, "pet-en": 1}
    library = Library([Snippet("pet-en", "Pet", ""), Snippet("bag-en", "Bag", "")])
    library.take_uses(await snippet_uses(ana.desk))
    assert [found.snippet.id for found in library.search("")] == ["bag-en", "pet-en"]


async def test_answers_are_written_by_those_who_may(ana: DeskAtHand) -> None:
    new = Snippet("", "Bag", "Words.", origin="own")
    with pytest.raises(NotAllowed, match="no right to edit snippet"):
        await write_snippet(replace(ana.desk, role=Role.TRAINEE), new)
    assert not (ana.desk.home / "snippets").exists()
    supervisor = replace(ana.desk, role=Role.SUPERVISOR)
    written = await write_snippet(supervisor, new, taken=["bag"])
    assert isinstance(written, Snippet) and written.path == ana.desk.home / "snippets" / "bag-2.toml"
    again = await write_snippet(supervisor, replace(written, body="Other words."))
    assert isinstance(again, Snippet) and "Other words." in again.path.read_text(encoding="utf-8")
    assert await write_snippet(supervisor, written) == ChangedMeanwhile(written.path)


async def test_what_was_learnt_is_suggested(ana: DeskAtHand) -> None:
    await learn(ana.desk, "bag", await conversation_of(ana), "the carousel stayed empty")
    library = Library([Snippet("bag", "Delayed baggage", ""), Snippet("pet", "Pet", "")])
    suggester = open_suggester(library, await triggers_by_snippet(ana.desk))
    found = suggester.suggest("carousel empty again", situation("carousel empty again"))
    assert [suggestion.snippet.id for suggestion in found] == ["bag"]


def test_only_a_sure_language_narrows() -> None:
    assert situation("Wo bleibt denn bitte meine Erstattung, ich warte seit Wochen darauf").language == "de"
    assert situation("ok").language == ""


async def test_what_was_learnt_for_an_answer_taken_away_does_no_harm(ana: DeskAtHand) -> None:
    one = await conversation_of(ana)
    saved = await write_snippet(ana.desk, Snippet("", "Bag", "Words.", origin="own"))
    assert isinstance(saved, Snippet)
    await learn(ana.desk, saved.id, one, "where is my suitcase")
    await count_use(ana.desk, saved.id)
    with pytest.raises(NotAllowed, match="no right to edit snippet"):
        await take_snippet_away(replace(ana.desk, role=Role.TRAINEE), saved)
    taken = await take_snippet_away(ana.desk, saved)
    assert isinstance(taken, TakenAway)
    assert taken.path == ana.desk.home / "snippets" / "taken-away" / "bag.toml"
    assert await take_snippet_away(ana.desk, saved) == ChangedMeanwhile(saved.path)

    other = Snippet("pet", "Pet", "Words.")
    left = Library([other])
    left.take_uses(await snippet_uses(ana.desk))
    suggester = open_suggester(left, await triggers_by_snippet(ana.desk))
    assert suggester.suggest("where is my suitcase") == []
    suggester.learn(saved.id, "a suitcase once more")
    assert suggester.suggest("suitcase") == [] and left.search("") != []
    await learn(ana.desk, saved.id, one, "a suitcase once more")
    suggester.index.close()

    taken.path.rename(saved.path)
    back = open_suggester(Library([saved, other]), await triggers_by_snippet(ana.desk))
    assert [found.snippet.id for found in back.suggest("suitcase")] == [saved.id]
    back.index.close()


@pytest.mark.parametrize(
    "text",
    [
        "Koffer fehlt t.co/abc",
        "Koffer fehlt example.com/dana",
        "Koffer fehlt x.y/z?n=dana",
        "Koffer fehlt MUELLER",
        "Koffer fehlt muller",
        "Koffer fehlt O'Brien",
    ],
)
def test_what_is_learnt_holds_no_address_without_scheme_and_no_name_in_another_spelling(text: str) -> None:
    assert trigger_of(text, ["Jana Müller", "Pat O'Brien"]) == "Koffer fehlt"
