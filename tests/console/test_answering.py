"""The prepared answers at the desk: suggested before a key is typed, kept up to date, counted, learnt from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.console.desk_at_hand import AtHand, console_at_hand, line

from careconsole.console.answering import stands_in
from careconsole.console.panes.snippet_lines import SnippetList
from careconsole.console.panes.snippet_offer import Offer, title_pieces
from careconsole.console.prompting import Prompter, sure_language
from careconsole.desk import person, suggesting
from careconsole.snippets.library import Library
from careconsole.snippets.situation import Situation
from careconsole.snippets.snippet import Snippet
from careconsole.store import accounts

WIDE = (170, 45)
OWN = 'title = "{title}"\nbody = "{body}"\nlanguage = "{language}"\ntriggers = ["{trigger}"]\n'


def write(
    home: Path, id: str, title: str, *, body: str = "Words.", language: str = "en", trigger: str = ""
) -> None:
    text = OWN.format(title=title, body=body, language=language, trigger=trigger or title)
    (home / "snippets").mkdir(exist_ok=True)
    (home / "snippets" / f"{id}.toml").write_text(text, encoding="utf-8")


def offers(at: AtHand) -> list[Offer]:
    return list(at.screen.snippets.query_one(SnippetList).offers)


async def opened(at: AtHand) -> None:
    await at.press("r")
    await at.until(lambda: at.screen.is_writing)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hitno! Moja bakica se gubi u magli na tramvajskoj postaji, treba joj liječnik", "hr"),
        ("My parcel has not come and nobody answers the phone", "en"),
        ("Guten Tag, wo bleibt mein Geld zurück?", "de"),
        ("qx", "en"),
    ],
)
async def test_no_answer_in_another_language_stands_first(tmp_path: Path, text: str, language: str) -> None:
    async with console_at_hand(tmp_path, [line("m1", "mia", text)], size=WIDE) as at:
        await opened(at)
        found = [each.snippet.language for each in offers(at)]
        assert found[0] == language
        own = [place for place, one in enumerate(found) if one == language]
        assert own == list(range(len(own))), "what is in another language stands below"


async def test_what_fits_is_marked_and_one_key_puts_it_in(tmp_path: Path) -> None:
    lines = [line("m1", "mia", "Where is my refund? I have waited for two weeks")]
    async with console_at_hand(tmp_path, lines, size=WIDE) as at:
        await opened(at)
        [first, *_] = offers(at)
        assert first.is_suggested and first.snippet.id == "refund-status-en"
        assert any("en  near Where is my refund" in row for row in at.picture.splitlines())
        await at.press("f7")
        assert at.screen.composer.text == first.text and at.screen.focused_pane == "composer"
        assert await suggesting.snippet_uses(at.desk) == {"refund-status-en": 1}


@pytest.mark.parametrize(("most", "fits"), [(500, True), (40, False)])
async def test_where_a_network_has_a_limit_what_keeps_within_it_is_suggested(
    tmp_path: Path, most: int, fits: bool
) -> None:
    lines = [line("m1", "mia", "Where is my refund? I have waited for two weeks")]
    async with console_at_hand(tmp_path, lines, size=WIDE) as at:
        [account] = at.screen.accounts
        limits = replace(account.limits, max_chars=most)
        # In the record too: the screen reads its accounts again whenever something was committed.
        text = accounts.limits_json(limits)
        await at.desk.store.write(lambda tx: tx.change("UPDATE account SET limits = $1", text))
        at.screen.accounts = [replace(account, limits=limits)]
        await opened(at)
        assert any(each.is_suggested for each in offers(at)) is fits
        await at.press("f7")
        assert bool(at.screen.composer.text) is fits


async def test_without_a_fitting_answer_the_key_puts_nothing_in(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, [line("m1", "mia", "qx")], size=WIDE) as at:
        await opened(at)
        assert offers(at) and not any(each.is_suggested for each in offers(at))
        await at.press("f7")
        assert at.screen.composer.text == "" and "No prepared answer fits: F3" in at.picture


async def test_suggestions_that_come_late_have_the_highlight(tmp_path: Path) -> None:
    lines = [line("m1", "mia", "Where is my refund? I have waited for two weeks")]
    async with console_at_hand(tmp_path, lines, size=WIDE) as at:
        await at.until(lambda: at.screen.suggester is not None, "the suggestions")
        pane, suggester = at.screen.snippets, at.screen.suggester
        pane.take_answers(pane.library, suggesting.open_suggester(Library([])))
        await opened(at)
        assert not any(each.is_suggested for each in offers(at))
        pane.take_answers(pane.library, suggester)
        [first, *_] = offers(at)
        assert first.is_suggested and pane.highlighted == first
        assert "› en  near Where is my refund" in at.picture
        await at.press("f3", "enter")
        assert at.screen.composer.text == first.text


async def test_a_highlight_that_was_moved_by_hand_stays_on_its_answer(tmp_path: Path) -> None:
    lines = [line("m1", "mia", "Where is my refund? I have waited for two weeks")]
    async with console_at_hand(tmp_path, lines, size=WIDE) as at:
        await at.until(lambda: at.screen.suggester is not None, "the suggestions")
        pane, suggester = at.screen.snippets, at.screen.suggester
        pane.take_answers(pane.library, suggesting.open_suggester(Library([])))
        await opened(at)
        await at.press("f3", "down", "down")
        moved_to = pane.highlighted
        assert moved_to is not None
        for change in (
            lambda: pane.take_answers(pane.library, suggester),
            lambda: pane.read_languages(frozenset({"de"})),
            pane.refit,
            lambda: pane.search_for(at.screen.thread_row),
        ):
            change()
            assert pane.highlighted is not None and pane.highlighted.snippet == moved_to.snippet
        assert offers(at)[0].is_suggested


async def test_an_accepted_suggestion_is_learnt_when_it_is_sent_not_before(tmp_path: Path) -> None:
    write(tmp_path, "depot", "Depot", body="We ask the depot today.", language="en", trigger="parcel")
    text = "My parcel sits somewhere between zanzibar and timbuktu"
    settings = "[snippets]\nbuiltin = false\n"
    async with console_at_hand(tmp_path, [line("m1", "mia", text)], size=WIDE, settings=settings) as at:
        await opened(at)
        await at.press("f7")
        assert await suggesting.triggers_by_snippet(at.desk) == {}
        await at.press("ctrl+s", "y")
        learnt = await suggesting.triggers_by_snippet(at.desk)
        assert list(learnt) == ["depot"] and "timbuktu" in learnt["depot"][0]
        assert at.screen.suggester is not None
        assert at.screen.suggester.suggest("from timbuktu")[0].snippet.id == "depot"


async def test_a_suggestion_that_was_written_over_teaches_nothing(tmp_path: Path) -> None:
    lines = [line("m1", "mia", "Where is my refund? I have waited for two weeks")]
    async with console_at_hand(tmp_path, lines, size=WIDE) as at:
        await opened(at)
        await at.press("f7")
        at.screen.composer.put_back("Something else altogether.")
        await at.press("ctrl+s", "y")
        assert await suggesting.triggers_by_snippet(at.desk) == {}


async def test_edits_outside_are_picked_up_and_a_broken_file_is_named(tmp_path: Path) -> None:
    settings = "[snippets]\nbuiltin = false\n"
    async with console_at_hand(tmp_path, size=WIDE, settings=settings) as at:
        assert len(at.screen.snippets.library) == 0
        write(tmp_path, "depot", "Depot")
        at.screen.read_answers()
        await at.settle()
        assert [each.snippet.id for each in offers(at)] == ["depot"]
        assert at.said == "Prepared answers read: 1."
        (tmp_path / "snippets" / "bad.toml").write_text('title = "Bad"\nbody = 7\n', encoding="utf-8")
        at.screen.read_answers()
        await at.settle()
        at.screen.read_answers()
        await at.settle()
        assert "bad.toml, line 2" in at.said and "Left out" in at.said
        assert [each.snippet.id for each in offers(at)] == ["depot"], "the others work on"
        (tmp_path / "settings.toml").write_text("", encoding="utf-8")
        at.screen.look_at_settings()
        at.screen.look_at_settings()
        await at.settle()
        at.screen.read_answers()
        await at.settle()
        assert len(at.screen.snippets.library) > 50


async def test_a_file_that_is_being_written_is_not_called_broken(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=WIDE, settings="[snippets]\nbuiltin = false\n") as at:
        path = tmp_path / "snippets" / "depot.toml"
        path.write_text('title = "De', encoding="utf-8")
        touched_s = path.stat().st_mtime
        at.screen.shelf.now_s = lambda: touched_s
        at.screen.read_answers()
        await at.settle()
        assert "depot.toml" not in at.said and at.screen.snippets.library.broken == ()
        write(tmp_path, "depot", "Depot")
        at.screen.read_answers()
        await at.settle()
        assert at.said == "Prepared answers read: 1."


async def test_a_title_is_found_and_marked_by_its_romanised_letters(tmp_path: Path) -> None:
    write(tmp_path, "tuikuan", "退款进度", language="zh")
    async with console_at_hand(tmp_path, size=WIDE, settings="[snippets]\nbuiltin = false\n") as at:
        await opened(at)
        await at.press("f3", *"tuikuan")
        await at.until(lambda: at.screen.snippets.query_text == "tuikuan")
        assert [each.snippet.id for each in offers(at)] == ["tuikuan"]
        library = at.screen.snippets.library
        pieces = title_pieces("退款进度", "tuikuan", library.spellings)
        assert [piece.text for piece in pieces if piece.look == "match"] == ["退款"]


def test_the_most_used_comes_first_within_a_language() -> None:
    library = Library(
        Snippet(id, id, "x", language=language)
        for id, language in (("a-et", "et"), ("b-en", "en"), ("c-en", "en"), ("d", ""), ("e-de", "de"))
    )
    library.take_uses({"c-en": 3, "a-et": 9})
    prompter = Prompter(library, own=frozenset({"de"}))

    def order(language: str) -> list[str]:
        return [each.snippet.id for each in prompter.prompt((), Situation(language), 10)]

    assert order("en") == ["c-en", "b-en", "d", "e-de", "a-et"]
    assert order("") == ["e-de", "d", "a-et", "c-en", "b-en"]
    assert order("zh") == ["d", "e-de", "a-et", "c-en", "b-en"]


def test_the_newest_text_that_is_sure_tells_the_language() -> None:
    assert sure_language(["ok", "Wo bleibt mein Paket? Ich warte seit Tagen."]) == "de"
    assert sure_language([]) == sure_language(["?"]) == ""


def test_half_of_the_words_must_stand() -> None:
    assert stands_in("We ask the depot", "We ask somebody") and not stands_in("We ask the depot", "We go")
    assert not stands_in("", "anything")


@pytest.mark.parametrize(
    ("orders", "filled"), [("VX123456", "VX123456"), ("VX123456, VX123457", "{{order}}")]
)
async def test_the_one_order_number_of_the_card_fills_its_hole(
    tmp_path: Path, orders: str, filled: str
) -> None:
    write(tmp_path, "parcel", "Where a parcel is", body="{{order}} comes on Friday.", trigger="my parcel")
    lines = [line("m1", "mia", "Where is my parcel? I have waited for two weeks")]
    async with console_at_hand(tmp_path, lines, settings="[snippets]\nbuiltin = false\n") as at:
        await at.until(lambda: at.screen.suggester is not None, "the suggestions")
        await at.press("enter")
        await person.set_facts(at.desk, 1, person.Facts(orders=orders))
        await at.until(
            lambda: at.screen.thread._card is not None and bool(at.screen.thread._card.facts.orders)
        )
        await at.press("r", "f7")
        await at.until(lambda: at.screen.composer.text == f"{filled} comes on Friday.", "the filled answer")
