"""The composer: the frame that says for whose eyes, drafts that lose nothing, and texts from outside (F04-F06)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from tests.console.harness import Stage, queue_row
from tests.console.threads import hostile_texts, screen_text, shown
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message
from textual.pilot import Pilot

from careconsole.console.letter import FOUR_CHOICES, Letter, open_holes, set_apart
from careconsole.console.own_words import PASTE_CHARS, own_words
from careconsole.console.pace import BURST_KEYS, Pace
from careconsole.console.panes.composer import SAVE_AFTER_S, Composer
from careconsole.console.panes.editor_area import REFUSED_S, EditorArea
from careconsole.model.message import Visibility
from careconsole.model.reply import Limits, Mode
from careconsole.model.text_gate import MAX_CHARS, MAX_LINES
from careconsole.store.rows import Draft

LIMITS = Limits(max_chars=100, chars_per_url=23)
ROW = queue_row(7, handle="anak")


class Desk(Stage):
    """One composer, and the messages that it posted."""

    def __init__(self) -> None:
        self.composer = Composer()
        super().__init__(self.composer)
        self.posted: list[Message] = []

    def hear(self, message: Message) -> None:
        kinds = (
            Composer.Changed,
            Composer.ModeMoved,
            Composer.ReviewRequested,
            Composer.SnippetsRequested,
            Composer.EditorRequested,
            Composer.Left,
        )
        if isinstance(message, kinds) and message not in self.posted:
            self.posted.append(message)

    def heard(self, kind: type[Message]) -> list[Message]:
        return [message for message in self.posted if type(message) is kind]


@asynccontextmanager
async def composing(
    mode: Mode = Mode.PUBLIC, draft: Draft | None = None, **options: object
) -> AsyncIterator[tuple[Desk, Composer, Pilot[None]]]:
    app = Desk()
    async with app.run_test(size=(80, 24), message_hook=app.hear) as pilot:
        app.composer.open(mode, None, ROW, draft, LIMITS, **options)  # type: ignore[arg-type]
        await pilot.pause()
        yield app, app.composer, pilot


def draft(text: str, cursor: int = 0, mode: Mode = Mode.PUBLIC, not_sent: str = "") -> Draft:
    return Draft(7, "ben", mode, text, cursor, 0, None, 0, not_sent)


# ---- the frame -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "answered", "word", "border"),
    [
        (Mode.PUBLIC, Visibility.PUBLIC, "PUBLIC reply", "double"),
        (Mode.PUBLIC, Visibility.FOLLOWERS, "PUBLIC followers reply", "double"),
        (Mode.PRIVATE, Visibility.DIRECT, "PRIVATE reply", "round"),
        (Mode.NOTE, Visibility.PUBLIC, "NOTE for the team", "dashed"),
    ],
)
async def test_the_frame_is_word_border_and_colour(
    mode: Mode, answered: Visibility, word: str, border: str
) -> None:
    colours = {"double": "#ff9d52", "round": "#5fd0d8", "dashed": "#d8dc70"}
    async with composing(mode, answered=answered) as (app, composer, _):
        assert word in screen_text(app).splitlines()[0]
        kind, colour = composer.styles.border_top
        assert (kind, colour.hex.lower()) == (border, colours[border])


async def test_f9_narrows_ctrl_t_widens_back_but_never_beyond_the_message_answered() -> None:
    async with composing(answered=Visibility.UNLISTED, choices=FOUR_CHOICES) as (app, composer, pilot):
        seen = [composer.visibility]
        for key in ("f9", "f9", "f9", "ctrl+t", "ctrl+t", "ctrl+t"):
            await pilot.press(key)
            seen.append(composer.visibility)
        unlisted, followers, direct = Visibility.UNLISTED, Visibility.FOLLOWERS, Visibility.DIRECT
        assert seen == [unlisted, followers, direct, direct, followers, unlisted, unlisted]
        assert "Never wider than the message answered, which is PUBLIC unlisted; the" in screen_text(app)


async def test_where_nothing_is_wider_no_key_for_it_is_promised() -> None:
    async with composing(answered=Visibility.PUBLIC) as (app, _, pilot):
        await pilot.press("ctrl+t")
        assert await shown(app, pilot, "Never wider than the message answered, which is PUBLIC.")


async def test_a_private_message_cannot_be_answered_wider_here() -> None:
    async with composing(Mode.PRIVATE, answered=Visibility.DIRECT) as (_, composer, pilot):
        await pilot.press("ctrl+t")
        assert composer.visibility is Visibility.DIRECT


async def test_narrowing_moves_the_text_to_the_other_draft_and_keeps_what_is_there() -> None:
    other = draft("older private words", mode=Mode.PRIVATE)
    options = {"others": {Mode.PRIVATE: other}}
    async with composing(draft=draft("public words", 3), **options) as (app, composer, pilot):
        await pilot.press("f9")
        assert composer.text == "public words\n\nolder private words"
        assert composer.cursor_index == 3
        assert "Your private draft of before stands below." in screen_text(app)
        [moved] = app.heard(Composer.ModeMoved)
        assert isinstance(moved, Composer.ModeMoved)
        assert (moved.old, moved.mode, moved.text) == (Mode.PUBLIC, Mode.PRIVATE, composer.text)


async def test_a_public_draft_for_a_message_that_is_private_now_becomes_private() -> None:
    options = {"answered": Visibility.DIRECT}
    async with composing(draft=draft("words"), **options) as (app, composer, _):
        assert (composer.mode, composer.visibility) == (Mode.PRIVATE, Visibility.DIRECT)
        assert "private now" in screen_text(app)
        assert len(app.heard(Composer.ModeMoved)) == 1


async def test_a_draft_of_another_mode_is_moved_and_the_one_that_is_there_is_kept() -> None:
    kept = {Mode.PUBLIC: draft("newer public"), Mode.PRIVATE: draft("older private", mode=Mode.PRIVATE)}
    options = {"answered": Visibility.DIRECT, "others": kept}
    async with composing(Mode.PRIVATE, draft=kept[Mode.PUBLIC], **options) as (app, composer, _):
        assert composer.text == "newer public\n\nolder private"
        [moved] = app.heard(Composer.ModeMoved)
        assert isinstance(moved, Composer.ModeMoved)
        assert (moved.old, moved.mode, moved.text) == (Mode.PUBLIC, Mode.PRIVATE, composer.text)


async def test_a_wider_wish_is_narrowed_to_the_message_answered() -> None:
    async with composing(answered=Visibility.FOLLOWERS) as (_, composer, _pilot):
        composer.open(Mode.PUBLIC, Visibility.PUBLIC, ROW, None, LIMITS, answered=Visibility.FOLLOWERS)
        assert composer.visibility is Visibility.FOLLOWERS
        composer.open(Mode.PRIVATE, None, ROW, None, LIMITS, answered=Visibility.PUBLIC)
        assert composer.visibility is Visibility.DIRECT


async def test_a_note_has_no_visibility_to_change() -> None:
    async with composing(Mode.NOTE) as (app, composer, pilot):
        await pilot.press("f9")
        assert composer.visibility is None
        assert "seen by the team only" in screen_text(app)


# ---- the line below --------------------------------------------------------------------------------------------------


async def test_the_line_counts_as_the_network_does_and_ends_with_the_customer() -> None:
    async with composing() as (app, composer, pilot):
        composer.insert_snippet("See https://example.org/a/very/long/way/to/say/it now")
        await pilot.pause()
        line = screen_text(app).splitlines()[-2]
        assert "31/100 · draft not saved yet · to @anak" in line
        composer.saved(Mode.PUBLIC, composer.text)
        await pilot.pause()
        assert "31/100 · draft saved · to @anak" in screen_text(app)
        composer.insert_snippet("x" * 90)
        await pilot.pause()
        assert "122/100, 22 too long" in screen_text(app)


async def test_a_draft_that_came_back_says_why() -> None:
    async with composing(draft=draft("words", not_sent="the console was closed")) as (app, _composer, pilot):
        assert "Not sent: the console was closed" in screen_text(app)
        await pilot.press("x")
        assert "Not sent" not in screen_text(app)


# ---- drafts ------------------------------------------------------------------------------------------------------------


async def test_a_draft_comes_back_with_its_cursor_and_nothing_to_undo() -> None:
    async with composing(draft=draft("first line\nsecond", 13)) as (app, composer, pilot):
        assert (composer.text, composer.cursor_index) == ("first line\nsecond", 13)
        await pilot.press("ctrl+z")
        assert composer.text == "first line\nsecond"
        await pilot.pause(0.35)
        assert app.heard(Composer.Changed) == []


async def test_what_is_typed_is_handed_out_within_400_ms_of_the_first_key() -> None:
    async with composing() as (app, _composer, pilot):
        await pilot.press("h", "i")
        while not app.heard(Composer.Changed):
            await pilot.pause(0.01)
        changed = app.heard(Composer.Changed)[-1]
        assert isinstance(changed, Composer.Changed)
        assert (changed.conversation_id, changed.mode, changed.text, changed.cursor) == (
            7,
            Mode.PUBLIC,
            "hi",
            2,
        )


async def test_a_steady_typist_is_saved_while_typing() -> None:
    """The wait begins with the first change and no further key makes it longer."""
    assert SAVE_AFTER_S <= 0.4
    async with composing() as (_, composer, pilot):
        await pilot.press("a")
        waiting = composer._save_timer
        assert waiting is not None
        await pilot.press("b")
        assert composer._save_timer in (waiting, None)


async def test_opening_another_conversation_hands_out_the_draft_of_the_first() -> None:
    async with composing() as (app, composer, pilot):
        await pilot.press("a")
        composer.open(Mode.NOTE, None, queue_row(8), None, LIMITS)
        await pilot.pause()
        [changed] = app.heard(Composer.Changed)
        assert isinstance(changed, Composer.Changed)
        assert (changed.conversation_id, changed.text) == (7, "a")
        assert composer.text == ""
        composer.close()
        assert composer.letter is None and composer.mode is None


async def test_escape_and_tab_leave_and_the_draft_goes_first() -> None:
    async with composing() as (app, _composer, pilot):
        await pilot.press("a", "escape")
        kinds = [type(message) for message in app.posted]
        assert kinds == [Composer.Changed, Composer.Left]
        await pilot.press("tab")
        left = app.heard(Composer.Left)
        assert [message.to_next_pane for message in left if isinstance(message, Composer.Left)] == [
            False,
            True,
        ]


# ---- typing -------------------------------------------------------------------------------------------------------------


async def test_typed_words_stay_as_they_are() -> None:
    async with composing() as (_, composer, pilot):
        words = "Žluťoučký 漢字 मैं 👍🏽 e\u0301 ok"
        for event in XTermParser().feed(words):
            composer.app.post_message(event)
        await pilot.pause()
        assert composer.text == words


async def test_wide_blanks_and_joiners_can_be_typed() -> None:
    async with composing() as (_, composer, pilot):
        for event in XTermParser().feed("你\u3000好\u200c"):
            composer.app.post_message(event)
        await pilot.pause()
        assert composer.text == "你\u3000好\u200c"


async def test_control_home_and_end_go_to_the_ends_of_the_text() -> None:
    async with composing(draft=draft("one\ntwo\nthree", cursor=5)) as (_, composer, pilot):
        area = composer.query_one(EditorArea)
        await pilot.press("ctrl+end")
        assert area.cursor_location == (2, 5)
        await pilot.press("ctrl+home")
        assert area.cursor_location == (0, 0)
        await pilot.press("ctrl+shift+end")
        assert area.selected_text == "one\ntwo\nthree"


@pytest.mark.parametrize("key", ["f6", "f7"])
async def test_keys_of_the_text_area_that_we_want_are_free(key: str) -> None:
    async with composing(draft=draft("one\ntwo")) as (_, composer, pilot):
        await pilot.press(key)
        assert composer.query_one(EditorArea).selected_text == ""


async def test_keys_ask_for_snippets_editor_and_review() -> None:
    async with composing() as (app, composer, pilot):
        await pilot.press("f3", "slash", "f8", "a", "slash", "f2", "ctrl+s")
        assert composer.text == "a/"
        assert len(app.heard(Composer.SnippetsRequested)) == 2
        assert len(app.heard(Composer.EditorRequested)) == 1
        assert len(app.heard(Composer.ReviewRequested)) == 2
        letter = composer.letter
        assert isinstance(letter, Letter)
        assert (letter.text, letter.mode, letter.visibility) == ("a/", Mode.PUBLIC, Visibility.PUBLIC)


async def test_nothing_written_is_not_reviewed() -> None:
    async with composing() as (app, _composer, pilot):
        await pilot.press("space", "ctrl+s")
        assert app.heard(Composer.ReviewRequested) == []
        assert "Nothing is written yet." in screen_text(app)


# ---- prepared answers ------------------------------------------------------------------------------------------------------


async def test_a_snippet_goes_in_at_the_cursor_and_the_first_hole_is_filled_by_typing() -> None:
    async with composing(draft=draft("Hello , bye", 6)) as (app, composer, pilot):
        composer.insert_snippet("{{name}} with {{order}}")
        assert composer.open_holes() == 2
        await pilot.press("A", "n", "a", "tab", "4", "2")
        assert composer.text == "Hello Ana with 42, bye"
        await pilot.press("ctrl+s")
        assert len(app.heard(Composer.ReviewRequested)) == 1


async def test_the_first_tab_behind_a_snippet_stays_at_the_hole_that_is_selected() -> None:
    async with composing() as (_app, composer, pilot):
        composer.insert_snippet("{{order}}, {{amount}}, {{date}}.")
        await pilot.press("tab", "A", "tab", "B", "tab", "C")
        assert composer.text == "A, B, C."
        composer.insert_snippet(" {{order}}, {{amount}}")
        await pilot.press("1", "tab", "2")
        assert composer.text == "A, B, C 1, 2."
    async with composing() as (_app, composer, pilot):
        composer.insert_snippet("{{order}}, {{amount}}")
        await pilot.press("tab", "tab", "B", "tab", "A")
        assert composer.text == "A, B", "further ones go on"


async def test_a_second_snippet_replaces_nothing_of_the_first() -> None:
    async with composing() as (_app, composer, _pilot):
        composer.insert_snippet("See {{order}} soon.")
        assert composer.query_one(EditorArea).selected_text == "{{order}}"
        composer.insert_snippet("Thanks, {{name}}!")
        assert composer.text == "See {{order}} Thanks, {{name}}! soon."
        assert composer.query_one(EditorArea).selected_text == "{{name}}"


async def test_an_open_hole_blocks_the_review_and_is_shown() -> None:
    async with composing(draft=draft("{{name}}, {{order}}")) as (app, composer, pilot):
        await pilot.press("ctrl+s")
        assert app.heard(Composer.ReviewRequested) == []
        assert "Not yet: 2 holes are open." in screen_text(app)
        assert "Type what belongs there" in screen_text(app)
        assert composer.query_one(EditorArea).selected_text == "{{name}}"
        await pilot.press("tab")
        assert composer.query_one(EditorArea).selected_text == "{{name}}"
        await pilot.press("tab")
        assert composer.query_one(EditorArea).selected_text == "{{order}}"
        await pilot.press("tab")
        assert composer.query_one(EditorArea).selected_text == "{{name}}"
        assert app.heard(Composer.Left) == []


@pytest.mark.parametrize("key", ["y", "Y", "н"])
async def test_the_habitual_key_that_sends_fills_no_hole(key: str) -> None:
    """The third one is the y of a Cyrillic keyboard."""
    async with composing(draft=draft("Hi {{name}}")) as (app, composer, pilot):
        await pilot.press("f2", key)
        assert composer.text == "Hi {{name}}" and "Not yet: 1 hole is open." in screen_text(app)
        await pilot.press("Y", "v", "e", "s")
        assert composer.text == "Hi Yves"


async def test_behind_a_refused_review_typing_fills_the_first_hole_wherever_one_was() -> None:
    async with composing(draft=draft("Hi {{name}}, on {{date}}.", 25)) as (_app, composer, pilot):
        await pilot.press("f2", "A", "n", "a", "f2", "5", "tab")
        assert composer.text == "Hi Ana, on 5."


async def test_the_habitual_key_that_sends_is_no_text_where_there_was_nothing_to_review() -> None:
    async with composing() as (app, composer, pilot):
        await pilot.press("f2", "y")
        assert composer.text == "" and "Nothing is written yet." in screen_text(app)
        await pilot.press("y")
        assert composer.text == "y"


async def test_the_habitual_key_that_sends_is_no_text_behind_a_burst_of_keys() -> None:
    async with composing() as (app, composer, pilot):
        composer.query_one(EditorArea).post_message(events.Paste("Hello"))
        await pilot.press("f2", "y")
        assert composer.text == "Hello" and "look at the text" in screen_text(app)


async def test_any_other_key_behind_a_refused_review_is_text() -> None:
    async with composing(draft=draft("Hi {{name}}")) as (_, composer, pilot):
        await pilot.press("f2", "A", "y")
        assert composer.text == "Hi Ay"
        composer.insert_snippet(" {{date}}")
        await pilot.press("f2")
        late = events.Key("y", "y")
        late.time += REFUSED_S + 0.1
        composer.query_one(EditorArea).post_message(late)
        await pilot.pause()
        assert composer.text == "Hi Ay y"


async def test_an_open_hole_looks_different() -> None:
    async with composing(draft=draft("Hi {{name}}!", 12)) as (_, composer, _pilot):
        line = composer.query_one(EditorArea).get_line(0)
        assert [(span.start, span.end) for span in line.spans] == [(3, 11)]


def test_whatever_stands_between_double_braces_is_a_hole() -> None:
    assert open_holes("{{a}} {{order number}} {{}} {b}") == [(0, 5), (6, 22), (23, 27)]
    assert open_holes("{{c\n}}") == [(0, 3), (4, 6)]
    assert open_holes("{{a}} {{b} }}", Mode.NOTE) == [(0, 5)]


@pytest.mark.parametrize(("text", "broken"), [("Hi {{name}, soon.", "{{name}"), ("We pay }} you", "}}")])
async def test_a_broken_hole_blocks_the_review_and_is_selected(text: str, broken: str) -> None:
    async with composing(draft=draft(text)) as (app, composer, pilot):
        await pilot.press("ctrl+s")
        assert app.heard(Composer.ReviewRequested) == []
        assert "Not yet: 1 hole is open." in screen_text(app)
        await pilot.press("tab")
        assert composer.query_one(EditorArea).selected_text == broken
        await pilot.press("A", "n", "a", "ctrl+s")
        assert composer.text == text.replace(broken, "Ana")
        assert len(app.heard(Composer.ReviewRequested)) == 1


# ---- texts from outside ---------------------------------------------------------------------------------------------------------


async def paste(composer: Composer, pilot: Pilot[None], text: str) -> None:
    composer.query_one(EditorArea).post_message(events.Paste(text))
    await pilot.pause()


async def test_a_paste_passes_the_gate_and_keeps_its_lines() -> None:
    async with composing() as (_, composer, pilot):
        await paste(composer, pilot, "one\r\ntwo\x1b[2J\u202ethree\tfour")
        assert composer.text == "one\ntwo␛[2Jthree    four"
        await pilot.press("ctrl+z")
        assert composer.text == ""


async def test_pasted_pictures_stay_whole() -> None:
    pictures = "👨‍👩‍👧‍👦 👍🏽 ❤️ 1️⃣ 🇭🇷"
    async with composing() as (_, composer, pilot):
        await paste(composer, pilot, pictures)
        assert composer.text == pictures


def test_what_was_typed_survives_its_own_draft() -> None:
    for words in ("Žluťoučký 漢字 मैं 👍🏽 ok", "می‌خواهم", "a\u3000b", "tail\n", "\n\n", ""):
        once = own_words(words).text
        assert once == words
        assert own_words(once).text == once


def test_every_hostile_text_becomes_harmless_and_stays_so() -> None:
    for raw in hostile_texts():
        words = own_words(raw)
        assert len(words.text) <= MAX_CHARS and words.text.count("\n") < MAX_LINES
        assert all(char == "\n" or unicodedata.category(char) not in ("Cc", "Cs") for char in words.text)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff]", words.text)
        if not words.left_out:
            assert own_words(words.text).text == words.text


async def test_hostile_pastes_snippets_and_drafts_do_no_harm() -> None:
    async with composing() as (app, composer, pilot):
        for text in hostile_texts()[::23]:
            composer.open(Mode.PUBLIC, None, queue_row(9, handle=text), draft(text, 5, not_sent=text), LIMITS)
            await pilot.pause()
            shown = screen_text(app).replace("\n", "")
            assert all(unicodedata.category(char) not in ("Cc", "Cs") for char in shown)


async def test_a_text_that_is_too_long_is_cut_and_that_is_said() -> None:
    async with composing() as (app, composer, pilot):
        await paste(composer, pilot, "x" * 1_000_000)
        await pilot.pause()
        assert len(composer.text) == PASTE_CHARS
        assert "The paste was too long: 990,000 characters left out at its end." in screen_text(app)
        await paste(composer, pilot, "more")
        assert len(composer.text) == PASTE_CHARS


@pytest.mark.parametrize(
    ("put", "said"),
    [
        (lambda composer: composer.insert_snippet("y" * 10_007), "The answer was too long: 7 characters"),
        (lambda composer: composer.put_back("y" * 20_005), "The text was too long: 5 characters"),
        (lambda composer: composer.put_back("yes", 5), "The text was too long: 5 characters"),
    ],
)
async def test_what_was_left_out_is_said_until_the_text_changes_again(
    put: Callable[[Composer], None], said: str
) -> None:
    async with composing() as (app, composer, pilot):
        put(composer)
        await pilot.pause()
        await pilot.pause()
        assert f"{said} left out at its end." in screen_text(app)
        await pilot.press("backspace")
        assert said not in screen_text(app)


async def test_a_forged_paste_end_triggers_no_review() -> None:
    """The terminal lets a paste end early, so that what follows arrives as keys (T10)."""
    async with composing() as (app, composer, pilot):
        stream = "\x1b[200~innocent\x1b[201~\x13y\x1b[201~"
        for event in XTermParser().feed(stream):
            app.post_message(event)
        await pilot.pause()
        assert app.heard(Composer.ReviewRequested) == []
        assert composer.text == "innocenty"


async def test_the_review_opens_once_the_paste_is_300_ms_past() -> None:
    async with composing() as (app, composer, pilot):
        editor = composer.query_one(EditorArea)
        await paste(composer, pilot, "words")
        for after_s, expected in ((0.29, 0), (0.31, 1)):
            key = events.Key("ctrl+s", None)
            key.time = editor.pace._rushed_at + after_s  # type: ignore[operator]
            app.post_message(key)
            await pilot.pause()
            assert len(app.heard(Composer.ReviewRequested)) == expected


def test_more_than_20_keys_in_100_ms_are_a_burst() -> None:
    pace = Pace()
    for number in range(BURST_KEYS):
        pace.key(10 + number * 0.001)
    assert pace.is_calm(10.02)
    pace.key(10.02)
    assert not pace.is_calm(10.3)
    assert pace.is_calm(10.33)
    steady = Pace()
    for number in range(100):
        steady.key(10 + number * 0.006)
        assert steady.is_calm(10 + number * 0.006)


def test_a_key_is_judged_by_when_it_was_pressed() -> None:
    pace = Pace()
    pace.paste(10.0)
    assert not pace.was_calm_at_newest_key(10.1)
    assert pace.was_calm_at_newest_key(10.4)
    pace.key(10.05)
    assert not pace.was_calm_at_newest_key(11.0)


async def test_what_another_editor_made_can_be_taken_back() -> None:
    async with composing(draft=draft("before")) as (_, composer, pilot):
        composer.put_back("after\x07")
        assert composer.text == "after␇"
        await pilot.press("ctrl+z")
        assert composer.text == "before"


@pytest.mark.parametrize(
    ("before", "text", "after", "whole"),
    [
        ("", "Hello.", "", "Hello."),
        ("I look into it", "Hello.", "", " Hello."),
        ("I look into it. ", "Hello.", "", "Hello."),
        ("Done.", "{{name}}, hello.", "", " {{name}}, hello."),
        ("Dear {{name}}", "hello", "there", " hello "),
        ("(", "hello", ")", "hello"),
        ("Line\n", "Hello.", "\nNext", "Hello."),
        ("\u6211\u4eec", "\u60a8\u597d\u3002", "\u8c22", "\u60a8\u597d\u3002"),
        ("", "Hello.", "Next", "Hello. "),
    ],
)
def test_a_prepared_answer_does_not_run_into_the_words_beside_it(
    before: str, text: str, after: str, whole: str
) -> None:
    assert set_apart(text, before, after) == whole
