"""Prepared answers are written and changed in the console: nothing typed is lost, nothing outside written over."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.console.desk_at_hand import AtHand, console_at_hand, line
from textual.events import Paste

from careconsole.console.form_fields import AreaField, ChoiceField
from careconsole.console.line_field import LineField
from careconsole.console.panes.snippet_offer import customer_values
from careconsole.console.reason_screen import Question
from careconsole.console.snippet_remarks import FILLED
from careconsole.console.snippet_screen import SnippetScreen
from careconsole.console.text import counted
from careconsole.desk import suggesting
from careconsole.model.rights import Role
from careconsole.snippets.loading import load
from careconsole.snippets.snippet import Snippet

NO_BUILTIN = "[snippets]\nbuiltin = false\n"
NARROW = (80, 24)
GWEN = {"handle": "gwen", "name": "Gwen Harrow"}
LETTER = [line("m1", "gwen", "Where is my parcel? I have waited for two weeks", author=GWEN)]


def put(home: Path, id: str, title: str, body: str = "Words.", more: str = "") -> Path:
    path = home / "snippets" / f"{id}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'title = "{title}"\nbody = "{body}"\n{more}', encoding="utf-8")
    return path


def own(home: Path) -> dict[str, Snippet]:
    library = load([home / "none", home / "snippets"])
    assert library.broken == ()
    return {snippet.id: snippet for snippet in library.snippets}


def form(at: AtHand) -> SnippetScreen:
    screen = at.console.screen
    assert isinstance(screen, SnippetScreen), at.picture
    return screen


def fill(at: AtHand, **texts: str) -> None:
    """What a hand would leave in the fields."""
    for name, text in texts.items():
        field = form(at)._fields[name]
        if isinstance(field, AreaField):
            field.replace_all(text)
        else:
            assert isinstance(field, LineField | ChoiceField)
            field.value = text
    form(at).look()


async def saved(at: AtHand, words: str = "Saved in ") -> None:
    await at.until(
        lambda: at.console.screen is at.screen and at.said.startswith(words), "the end of the form"
    )
    await at.settle()


async def asked(at: AtHand) -> Question:
    await at.until(lambda: isinstance(at.console.screen, Question), "the question")
    assert isinstance(at.console.screen, Question)
    return at.console.screen


def said_of(at: AtHand, field: str) -> str:
    return form(at)._rows[field].said


async def test_a_new_answer_is_typed_saved_and_found_at_once(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("f3")
        assert "[Snippets]" in at.picture and "There are no prepared answers." in at.picture
        await at.press("f5", *"Bag", "enter", *"Hi", "enter", "/", "tab", "tab", *"EN", "tab")
        await at.press(*"a,b", "tab", *"wo", "tab", "m", "ctrl+s")
        await saved(at)
        assert own(tmp_path) == {
            "bag": Snippet(
                "bag",
                "Bag",
                "Hi\n/",
                tags=("a", "b"),
                triggers=("wo",),
                language="en",
                path=tmp_path / "snippets" / "bag.toml",
                origin="own",
                scope="mine",
                owner="ana",
            )
        }
        shown = at.screen.snippets.highlighted
        assert shown is not None and shown.snippet.id == "bag"
        assert at.said == "Saved in bag.toml, F3 finds it: Bag"
        await at.press("escape")
        assert at.screen.focused_pane == "queue"


async def test_looking_through_from_the_thread_goes_back_there_and_inserts_nothing(tmp_path: Path) -> None:
    put(tmp_path, "a", "Answer")
    async with console_at_hand(tmp_path, LETTER, size=(130, 40), settings=NO_BUILTIN) as at:
        await at.press("enter", "f3")
        await at.until(lambda: "Answer" in at.picture and at.screen.focused_pane == "snippets")
        await at.press("enter")
        await at.until(lambda: at.said.startswith("No reply is being written: r in the list begins one. F2 "))
        await at.press("escape")
        assert at.screen.focused_pane == "thread" and not at.screen.is_writing


async def test_the_reply_becomes_an_answer_with_holes_for_the_names(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("r")
        at.screen.composer.put_back("Dear Gwen Harrow, call +49 30 901820 today, we found your parcel. ana")
        await at.press("f5")
        assert (
            form(at)._typed()["body"]
            == "Dear {{name}}, call +49 30 901820 today, we found your parcel. {{me}}"
        )
        assert form(at)._typed()["language"] == "en"
        assert "It holds a phone number" in said_of(at, "body")
        assert not form(at).has_unsaved
        await at.press(*"Found", "ctrl+s")
        await saved(at)
        assert list(own(tmp_path)) == ["found"]
        assert at.screen.focused_pane == "composer" and at.screen.composer.text.startswith("Dear Gwen Harrow")


async def test_help_names_every_hole_that_is_filled_in(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=NARROW) as at:
        await at.press("f5", "f1")
        told = " ".join(at.picture.split())
        for hole in (*FILLED, "order"):
            assert f"{{{{{hole}}}}}" in told, at.picture
        assert "waits for your hand" in told


async def test_a_refused_field_says_why_and_keeps_what_was_typed(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("f5")
        fill(at, body="Hello {{name.__class__}}, {{amount}}", language="English", review="soon")
        await at.press("ctrl+s")
        assert said_of(at, "title") == "It needs a title: by that it is found."
        assert "Write a code such as en" in said_of(at, "language") and "no day" in said_of(at, "review")
        assert "{{name.__class__}}', which is no hole" in said_of(at, "body")
        assert "Filled by hand each time: amount." in said_of(at, "body")
        await at.until(lambda: "It needs a title: by that it is found." in at.picture)
        assert (
            "Not saved yet: look at Title." in at.picture and at.console.focused is form(at)._fields["title"]
        )
        fill(at, title="T", language="en", review="2026-12-31")
        assert not any(row.is_refused for row in form(at)._rows.values())
        await at.press("ctrl+s")
        await saved(at)
        assert own(tmp_path)["t"].body == "Hello {{name.__class__}}, {{amount}}"


async def test_escape_and_quitting_ask_before_text_is_lost(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("f5", "escape")
        assert at.console.screen is at.screen, "nothing was typed, nothing is asked"
        await at.press("f5", "x", "escape")
        await asked(at)
        await at.press("enter", "escape")
        assert form(at)._typed()["title"] == "x"
        await at.press("ctrl+q")
        question = await asked(at)
        assert "What you wrote is not saved." in at.picture
        await at.press("ctrl+q")
        assert await asked(at) is question and at.console.is_running
        await at.press("t")
        await at.until(lambda: at.console.screen is at.screen)
        assert own(tmp_path) == {}
        await at.press("f5", *"Kept", "tab", "x", "escape")
        await asked(at)
        await at.press("s")
        await saved(at)
        assert own(tmp_path)["kept"].body == "x"


BY_HAND = 'title = "By hand"\nbody = "x"\n'


@pytest.mark.parametrize(
    ("outside", "key"),
    [(BY_HAND, "n"), (BY_HAND, "m"), (BY_HAND, "escape"), ("half =", "m"), (None, "n"), (None, "m")],
)
async def test_a_file_changed_outside_is_shown_never_lost_unasked(
    tmp_path: Path, outside: str | None, key: str
) -> None:
    path = put(tmp_path, "a", "Answer")
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("f3", "f2")
        fill(at, body="Mine.")
        if outside is None:
            path.unlink()
        else:
            path.write_text(outside, encoding="utf-8")
        await at.press("ctrl+s")
        await asked(at)
        there = {None: "The file is gone.", "half =": "cannot be read. Line 1"}.get(
            outside, "There now: By hand"
        )
        assert there in at.picture
        await at.press(key)
        if key == "escape":
            assert form(at)._typed()["body"] == "Mine." and "Not saved" in at.picture
            assert (path.read_text(encoding="utf-8") if path.exists() else None) == outside
            return
        await at.until(lambda: at.console.screen is at.screen, "the end of the form")
        await at.settle()
        if key == "m":
            assert own(tmp_path)["a"].body == "Mine."
        else:
            assert (path.read_text(encoding="utf-8") if path.exists() else None) == outside
            answer = load([tmp_path / "none", tmp_path / "snippets"]).get("answer")
            assert answer is not None and answer.body == "Mine."


async def test_a_built_in_answer_is_copied_and_one_left_alone_is_not(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LETTER, size=NARROW) as at:
        await at.press("f3")
        before = at.screen.snippets.highlighted
        assert before is not None and before.snippet.origin == "built-in"
        await at.press("f2")
        assert "a copy of yours will take its place" in at.picture and "used 0 times · built in" in at.picture
        await at.press("ctrl+s")
        assert at.console.screen is at.screen and own(tmp_path) == {}
        await at.press("f2")
        fill(at, tags="mine, too")
        await at.press("ctrl+s")
        await saved(at)
        [(id, copy)] = own(tmp_path).items()
        assert (id, copy.body, copy.tags) == (before.snippet.id, before.snippet.body, ("mine", "too"))
        now = at.screen.snippets.highlighted
        assert now is not None and (now.snippet.id, now.snippet.origin) == (id, "own")


async def test_the_same_in_another_language(tmp_path: Path) -> None:
    put(tmp_path, "bag-en", "Bag", more='language = "en"\ntriggers = ["bag"]\n')
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("f3", "f6", "ctrl+s")
        assert "Which language" in said_of(at, "language")
        assert "The text is still that of: Bag" in at.picture and form(at)._typed()["body"] == "Words."
        fill(at, title="Torba", body="Vaša torba stiže sutra, molimo Vas za strpljenje.", language="de")
        assert said_of(at, "language") == "It reads like hr, not de."
        fill(at, language="hr")
        await at.press("ctrl+s")
        await saved(at)
        torba = own(tmp_path)["torba"]
        assert (torba.base, torba.triggers) == ("bag", ())
        library = at.screen.snippets.library
        assert {each.id for each in library.variants(torba)} == {"bag-en", "torba"}
        await at.press("f2")
        assert "also in en" in at.picture


async def test_pastes_pass_the_gate_and_say_what_was_left_out(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("f5")
        form(at)._fields["title"].post_message(Paste("a\x1b[2J\n b\u202e"))
        form(at)._fields["tags"].post_message(Paste("one\n\ntwo\n"))
        form(at)._fields["body"].post_message(Paste("y" * 1_000_000))
        await at.until(lambda: f"too long: {counted(990_000, 'character')} left out." in at.picture)
        typed = form(at)._typed()
        assert typed["title"].isprintable() and typed["title"].startswith("a␛[2J b")
        assert (typed["tags"], len(typed["body"])) == ("one, two", 10_000)
        form(at).look()
        assert "10,000 characters; give it a short form" in said_of(at, "short")


async def test_a_text_too_long_for_the_screen_is_kept_as_it_is(tmp_path: Path) -> None:
    body = "Long. " * 5_000
    put(tmp_path, "long", "Long", body)
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("f3", "f2")
        assert "too many for this screen: change it in long.toml itself" in said_of(at, "body")
        await at.press("x")
        fill(at, tags="kept")
        await at.press("ctrl+s")
        await saved(at)
        assert (own(tmp_path)["long"].body, own(tmp_path)["long"].tags) == (body.strip(), ("kept",))


async def test_what_cannot_be_written_is_said_and_the_text_stays(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        (tmp_path / "snippets").rmdir()
        (tmp_path / "snippets").write_text("a file")
        await at.press("f5")
        fill(at, title="T", body="B")
        await at.press("ctrl+s")
        await at.until(lambda: "cannot be written" in at.picture)
        assert form(at)._typed()["body"] == "B"


async def test_pressed_twice_it_is_saved_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        begun, goes_on = 0, asyncio.Event()
        write = suggesting.write_snippet

        async def slow(*given: Any) -> Any:
            nonlocal begun
            begun += 1
            await goes_on.wait()
            return await write(*given)

        monkeypatch.setattr(suggesting, "write_snippet", slow)
        await at.press("f5")
        fill(at, title="Once", body="B")
        await at.pilot.press("ctrl+s", "ctrl+s", "escape")
        await at.until(lambda: begun > 0, "the saving")
        assert isinstance(at.console.screen, SnippetScreen), "what is being saved is not asked about"
        goes_on.set()
        await saved(at)
        assert begun == 1 and set(own(tmp_path)) == {"once"}


async def test_a_trainee_looks_but_does_not_write(tmp_path: Path) -> None:
    put(tmp_path, "a", "Answer")
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN, role=Role.TRAINEE) as at:
        await at.press("f5")
        assert at.console.screen is at.screen
        await at.press("f3", "f2", "f5", "f6")
        assert at.console.screen is at.screen and "F2 Edit" not in at.picture
        await at.press("escape", "r", "x", "f5")
        assert at.console.screen is at.screen
        await at.until(lambda: "The role trainee has no right to write prepared answers." in at.picture)


async def test_a_supervisor_reads_the_queue_and_writes_answers(tmp_path: Path) -> None:
    async with console_at_hand(
        tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN, role=Role.SUPERVISOR
    ) as at:
        await at.press("f5")
        fill(at, title="T", body="B")
        await at.press("ctrl+s")
        await saved(at)
        assert list(own(tmp_path)) == ["t"]


async def test_scope_owner_and_accounts_are_remarked_on(tmp_path: Path) -> None:
    put(tmp_path, "twin", "Twin")
    async with console_at_hand(tmp_path, LETTER, size=(100, 60), settings=NO_BUILTIN) as at:
        await at.press("f5")
        fill(at, title="twin", body="B", owner="bob", scope="mine", accounts="nowhere")
        assert said_of(at, "title") == "There is one of this title in this language already: twin."
        assert said_of(at, "owner") == "Only bob will see it, not you."
        assert said_of(at, "accounts") == "They count with the scope brand only."
        fill(at, scope="brand")
        assert said_of(at, "accounts") == "No account here is called nowhere."
        fill(at, review="2020-01-01")
        assert said_of(at, "review") == "Its review was due on 2020-01-01."


async def test_the_choice_goes_round_by_keys(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("f5")
        field = form(at)._fields["scope"]
        assert isinstance(field, ChoiceField)
        field.focus()
        found = []
        for key in ("right", "space", "right", "left", "b", "t", "ь", "x"):
            await at.press(key)
            found.append(field.value)
        assert found == ["brand", "mine", "team", "mine", "brand", "team", "mine", "mine"]


def test_the_holes_that_are_filled_are_those_that_are_named() -> None:
    from tests.console.test_snippet_pane import ROW

    assert set(FILLED) == set(customer_values(ROW, "Mia"))


@pytest.mark.parametrize("size", [(20, 6), (200, 60)])
async def test_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with console_at_hand(tmp_path, LETTER, size=size, settings=NO_BUILTIN) as at:
        await at.press("f5", "a", "tab", "b", "tab", "tab", "tab", "shift+tab", "ctrl+s")
        await saved(at)
        assert list(own(tmp_path)) == ["a"]


async def test_what_is_left_of_holes_is_said_below_the_text(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("f5")
        fill(at, title="T", body="Hi {{name}, your {{order}} and {{ }} {{Foo Bar}} {{amount")
        for left in ("{{name}", "{{ }}", "{{Foo Bar}}", "{{amount"):
            assert f"The body holds '{left}', which is no hole" in said_of(at, "body")
        await at.until(lambda: "The body holds '{{name}'" in at.picture)
