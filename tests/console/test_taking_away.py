"""A prepared answer is taken away in the console: asked first, kept as a file, gone from the screen at once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.console.desk_at_hand import AtHand, console_at_hand
from tests.console.test_snippet_form import LETTER, NARROW, NO_BUILTIN, asked, fill, form, own, put, saved

from careconsole.console.reason_screen import Question
from careconsole.console.snippet_screen import SnippetScreen
from careconsole.desk import suggesting
from careconsole.model.rights import Role

WIDE = (130, 40)
AWAY = "F9 take away"


def highlighted(at: AtHand) -> str:
    shown = at.screen.snippets.highlighted
    return shown.snippet.id if shown is not None else ""


def away(home: Path) -> list[str]:
    folder = home / "snippets" / "taken-away"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


async def gone(at: AtHand) -> None:
    await saved(at, "Taken away, the file lies in ")


async def test_it_is_asked_and_neither_enter_nor_the_same_key_answers(tmp_path: Path) -> None:
    path = put(tmp_path, "a", "Answer")
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("f3", "f9")
        question = await asked(at)
        await at.until(lambda: "Take away 'Answer'?" in at.picture and "t  take it away" in at.picture)
        await at.until(lambda: "snippets/taken-away; moved back it is offered again." in at.picture)
        await at.press("enter", "f9", "y")
        assert at.console.screen is question and path.exists()
        await at.press("escape")
        assert at.console.screen is at.screen and path.exists() and away(tmp_path) == []


async def test_what_is_taken_away_is_gone_at_once_and_its_file_is_kept(tmp_path: Path) -> None:
    for id, title in (("a", "Answer"), ("b", "Bag"), ("c", "Cat")):
        put(tmp_path, id, title, more='triggers = ["parcel"]\n')
    async with console_at_hand(tmp_path, LETTER, size=WIDE, settings=NO_BUILTIN) as at:
        await at.press("f3", "down")
        await at.until(lambda: highlighted(at) == "b")
        await at.press("f9")
        await asked(at)
        await at.press("t")
        await gone(at)
        place = tmp_path / "snippets" / "taken-away" / "b.toml"
        assert at.said == f"Taken away, the file lies in {place} now: Bag"
        assert place.read_text(encoding="utf-8").startswith('title = "Bag"') and set(own(tmp_path)) == {
            "a",
            "c",
        }
        assert at.screen.focused_pane == "snippets" and highlighted(at) == "c", "the next one has its place"
        suggester = at.screen.suggester
        assert suggester is not None
        assert {one.snippet.id for one in suggester.suggest("where is my parcel")} == {"a", "c"}
        await at.press("f9", "t")
        await at.until(lambda: at.said.endswith("Cat"))
        assert highlighted(at) == "a" and away(tmp_path) == ["b.toml", "c.toml"]
        place.rename(tmp_path / "snippets" / "b.toml")
        at.screen.read_answers()
        await at.until(lambda: at.screen.snippets.library.get("b") is not None, "the one moved back")


async def test_from_the_form_with_what_was_not_saved(tmp_path: Path) -> None:
    put(tmp_path, "bag-en", "Bag", more='language = "en"\n')
    put(tmp_path, "bag-de", "Tasche", more='language = "de"\n')
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("f3", "f2")
        await at.until(lambda: AWAY in at.picture)
        await at.press("f9")
        await asked(at)
        await at.until(lambda: "The same in de stays." in at.picture)
        assert "did not save is lost" not in at.picture
        await at.press("escape")
        fill(at, body="Other words.")
        await at.press("f9")
        await asked(at)
        await at.until(lambda: "What you changed here and did not save is lost." in at.picture)
        await at.press("escape")
        assert form(at)._typed()["body"] == "Other words." and set(own(tmp_path)) == {"bag-en", "bag-de"}
        await at.press("f9")
        await asked(at)
        await at.press("t")
        await gone(at)
        assert set(own(tmp_path)) == {"bag-de"} and highlighted(at) == "bag-de"
        kept = tmp_path / "snippets" / "taken-away" / "bag-en.toml"
        assert 'body = "Words."' in kept.read_text(encoding="utf-8")


async def test_one_that_is_not_saved_yet_has_nothing_to_take_away(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("f5")
        await at.until(lambda: "F8 editor   F1 holes" in at.picture)
        await at.press("f9")
        await at.until(lambda: "It is not saved yet: there is nothing to take away." in at.picture)
        assert form(at) is at.console.screen


async def test_a_built_in_answer_stays_and_its_copy_gives_it_back(tmp_path: Path) -> None:
    words = "It came with careconsole and cannot be taken away. Edit it"
    async with console_at_hand(tmp_path, LETTER, size=WIDE) as at:
        await at.press("f3")
        before = highlighted(at)
        await at.press("f9")
        await at.until(lambda: at.said.startswith(words) and "builtin = false under [snippets]" in at.said)
        assert at.console.screen is at.screen
        await at.press("f2", "f9")
        assert isinstance(at.console.screen, SnippetScreen)
        await at.until(lambda: words in at.picture)
        fill(at, tags="mine")
        await at.press("ctrl+s")
        await saved(at)
        await at.press("f9")
        await asked(at)
        await at.until(lambda: "in the place of a built-in answer, which is offered again" in at.picture)
        await at.press("t")
        await gone(at)
        assert "now; the built-in answer is offered again: " in at.said
        back = at.screen.snippets.highlighted
        assert back is not None and (back.snippet.id, back.snippet.origin) == (before, "built-in")
        assert away(tmp_path) == [f"{before}.toml"]


BY_HAND = 'title = "By hand"\nbody = "x"\n'


@pytest.mark.parametrize("outside", [BY_HAND, None])
@pytest.mark.parametrize("in_form", [True, False])
async def test_a_file_changed_outside_stays(tmp_path: Path, outside: str | None, in_form: bool) -> None:
    path = put(tmp_path, "a", "Answer")
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("f3", *(["f2"] if in_form else []), "f9")
        await asked(at)
        if outside is None:
            path.unlink()
        else:
            path.write_text(outside, encoding="utf-8")
        await at.press("t")
        words = "the file is gone." if outside is None else "the file was changed outside meanwhile."
        await at.until(lambda: f"Not taken away: {words}" in at.picture)
        assert (path.read_text(encoding="utf-8") if path.exists() else None) == outside and not away(tmp_path)
        if in_form:
            assert form(at)._typed()["title"] == "Answer"
        else:
            titles = [each.title for each in at.screen.snippets.library.snippets]
            assert titles == ([] if outside is None else ["By hand"]), "what is there now is shown at once"


@pytest.mark.parametrize("in_form", [True, False])
async def test_what_cannot_be_moved_is_said_and_stays(tmp_path: Path, in_form: bool) -> None:
    path = put(tmp_path, "a", "Answer")
    (tmp_path / "snippets" / "taken-away").write_text("a file")
    async with console_at_hand(tmp_path, LETTER, size=WIDE, settings=NO_BUILTIN) as at:
        await at.press("f3", *(["f2"] if in_form else []), "f9")
        await asked(at)
        await at.press("t")
        await at.until(lambda: "Nothing was taken away: " in at.picture)
        assert path.exists() and highlighted(at) == "a"


async def test_asked_twice_it_is_taken_away_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a", "Answer")
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        begun, goes_on = 0, asyncio.Event()
        take = suggesting.take_snippet_away

        async def slow(*given: Any) -> Any:
            nonlocal begun
            begun += 1
            await goes_on.wait()
            return await take(*given)

        monkeypatch.setattr(suggesting, "take_snippet_away", slow)
        await at.press("f3", "f2", "f9")
        await asked(at)
        await at.pilot.press("t")
        await at.until(lambda: begun > 0, "the taking away")
        await at.pilot.press("f9", "ctrl+s", "escape")
        assert isinstance(at.console.screen, SnippetScreen)
        goes_on.set()
        await gone(at)
        assert begun == 1 and away(tmp_path) == ["a.toml"]


async def test_who_may_not_write_takes_nothing_away(tmp_path: Path) -> None:
    put(tmp_path, "a", "Answer")
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN, role=Role.TRAINEE) as at:
        await at.press("f3", "f9")
        assert not isinstance(at.console.screen, Question) and at.screen.focused_pane == "snippets"


async def test_a_title_is_shown_as_text_and_short(tmp_path: Path) -> None:
    put(tmp_path, "a", f"[bold]{'long ' * 30}")
    async with console_at_hand(tmp_path, LETTER, size=NARROW, settings=NO_BUILTIN) as at:
        await at.press("f3", "f9")
        await asked(at)
        await at.until(lambda: "Take away '[bold]long long" in at.picture and "'?" in at.picture)
        await at.press("t")
        await gone(at)
        assert "[bold]long" in at.said and len(at.said.rpartition(" now: ")[2]) <= 40
