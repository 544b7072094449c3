"""What is said of a draft while it is written and before it leaves (F04, F14, F20)."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from tests.console.desk_at_hand import AtHand, console_at_hand, line
from tests.console.threads import hostile_texts

from careconsole.console import review_screen
from careconsole.console.letter import Letter
from careconsole.console.panes.coached import NO_ADVICE, Advice
from careconsole.console.review_screen import ReviewScreen
from careconsole.desk import reading, replies
from careconsole.model.message import Visibility
from careconsole.model.reply import Mode, OutboxState

CARD = "4111 1111 1111 1111"
COMPLAINT = "My parcel has been lost for three weeks now and nobody answers me, this is outrageous!"


async def written(at: AtHand, text: str, *, key: str = "r") -> None:
    """A draft for the conversation under the cursor."""
    await at.press(key)
    at.screen.composer.insert_snippet(text)
    await at.settle()


def calm(at: AtHand) -> None:
    """Time enough went by since the reply was refused."""
    assert isinstance(at.console.screen, ReviewScreen)
    at.console.screen._deaf_until_s = float("-inf")


async def held(at: AtHand) -> tuple[str, Visibility]:
    [row] = await reading.outbox(at.desk)
    assert row.state is OutboxState.HELD
    return row.text, row.visibility


# ---- the coach -----------------------------------------------------------------------------------------------------


async def test_a_review_that_is_asked_for_again_shows_all_that_stands_in_the_way(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=(100, 30)) as at:
        await at.press("r")
        await at.until(lambda: at.screen.is_writing, "the reply")
        at.screen.composer.insert_snippet("Call +49 171 3920012 by {{time}}.")
        await at.settle()
        await at.press("f2")
        assert "Not yet: 1 hole is open." in at.picture
        await at.press("f2")
        assert "It cannot be sent. 1 hole is open: fill it first." in at.picture.replace("║ ", "")
        assert "telephone" in at.picture or "phone" in at.picture
        await at.press("y", "y")
        assert await reading.outbox(at.desk) == []


async def test_the_line_tells_words_reading_time_and_the_first_note(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=(80, 24)) as at:
        await at.press("r")
        await at.pilot.press(*"You just click it")
        await at.until(lambda: "4 words · 0:01 · 17" in at.picture)
        assert '"just click" can sound as if it were easy' in at.picture and "· Ctrl+G" in at.picture


async def test_no_key_waits_for_the_coach(tmp_path: Path) -> None:
    looked: list[str] = []
    async with console_at_hand(tmp_path) as at:
        await at.press("r")

        def advice(letter: Letter) -> Advice:
            looked.append(letter.text)
            return NO_ADVICE

        at.screen.composer.advisor = advice
        await at.press_at_once(*"Hello there")
        await at.until(lambda: bool(looked))
        assert looked == ["Hello there"]


async def test_ctrl_g_goes_from_note_to_note_and_selects_nothing(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at, "Obviously it is late. You should have read the mail. Just click the link.")
        composer = at.screen.composer
        assert "2 more: Ctrl+G" in at.picture
        places = []
        for number in (1, 2, 3, 1):
            await at.press("ctrl+g")
            assert f"{number} of 3: " in at.picture and composer._editor.selected_text == ""
            places.append(composer.cursor_index)
        assert places[0] == places[3] == 0 and places == [*sorted(places[:3]), 0]
        assert composer.text[places[2] :].startswith("Just click")
        await at.pilot.press("x")
        await at.until(lambda: "1 of 3" not in at.picture)


async def test_a_note_for_the_team_is_counted_and_left_alone(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at, f"The card is {CARD}, just so you know.", key="n")
        assert "11 words" in at.picture and "Ctrl+G" not in at.picture
        await at.press("ctrl+s")
        assert "refused" not in at.picture
        await at.press("y")
        assert not at.screen.is_writing


async def test_the_complaint_and_the_house_voice_are_known(tmp_path: Path) -> None:
    (tmp_path / "voice.toml").write_text('[all.en]\ninstead = { "ticket" = "request" }\n')
    async with console_at_hand(tmp_path, [line("a", "dana", COMPLAINT)]) as at:
        await at.press("2")
        await written(at, "Your ticket is number nine.")
        found = {one.what for one in at.screen.findings(at.screen.composer.letter)}  # type: ignore[arg-type]
        assert {"house word", "no acknowledgement", "no next step"} <= found


async def test_voice_toml_is_followed_and_a_broken_change_leaves_the_old_one(tmp_path: Path) -> None:
    voice = tmp_path / "voice.toml"
    voice.write_text('[all.en]\naddress = "du"\n')
    async with console_at_hand(tmp_path) as at:
        assert "voice.toml, line 2" in at.said and "No house voice is in force." in at.said
        voice.write_text('[all.en]\ninstead = { "ticket" = "request" }\n')
        os.utime(voice, (1, 1))
        await written(at, "Your ticket.")
        assert "of this house" not in at.picture
        at.screen.look_at_voices()
        at.screen.look_at_voices()
        await at.settle()
        assert at.said == "voice.toml read: 1 house voice."
        assert '"ticket" is not a word of this house' in at.picture
        voice.write_text("[all.en\n")
        os.utime(voice, (2, 2))
        at.screen.look_at_voices()
        at.screen.look_at_voices()
        assert "voices read before stay in force" in at.said and str(tmp_path) not in at.said
        assert at.screen.voices is not None
        assert at.screen.voices.brand("any").voices["en"].instead == {"ticket": "request"}


# ---- the guard -----------------------------------------------------------------------------------------------------


async def test_a_public_reply_with_a_card_number_is_refused_once(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=(80, 24)) as at:
        await written(at, f"Is {CARD} yours?\nWe check it today.")
        await at.press("ctrl+s")
        assert (
            "1 finding: it is refused once. P writes it in private, R takes out what is private."
            in " ".join(at.picture.replace("║", "").split())
        )
        assert f'Line 1: "{CARD}" is a card number' in at.picture
        assert "P Private" in at.picture and "R Redact" in at.picture
        await at.press("enter", "ctrl+s", "f2", "y")
        assert isinstance(at.console.screen, ReviewScreen) and await reading.outbox(at.desk) == []
        assert "Not sent: read what is marked. y once more" in at.picture and "y Send anyway" in at.picture
        await at.press("y")
        assert await reading.outbox(at.desk) == [], "a key that is held down confirms nothing"
        calm(at)
        await at.press("y")
        assert await held(at) == (f"Is {CARD} yours?\nWe check it today.", Visibility.PUBLIC)


async def test_p_moves_it_to_private_with_the_text_kept(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at, f"Is {CARD} yours?")
        await at.press("ctrl+s", "P")
        assert "PRIVATE reply by" in at.picture and "refused" not in at.picture
        [draft] = await replies.my_drafts(at.desk)
        assert (draft.mode, draft.text) == (Mode.PRIVATE, f"Is {CARD} yours?")
        assert "can be withdrawn for 5 s" in at.picture
        await at.press("y")
        assert await held(at) == (f"Is {CARD} yours?", Visibility.DIRECT)
        assert await replies.my_drafts(at.desk) == []


async def test_r_takes_all_of_it_out(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at, f"Is {CARD} yours, and dana@example.org too, please?")
        await at.press("ctrl+s")
        assert "2 findings" in at.picture
        await at.press("R")
        text = "Is [card number] yours, and [e-mail address] too, please?"
        assert text in at.picture and "refused" not in at.picture and "R Redact" not in at.picture
        [draft] = await replies.my_drafts(at.desk)
        assert draft.text == at.screen.composer.text == text
        await at.press("y")
        assert await held(at) == (text, Visibility.PUBLIC)
        assert await replies.my_drafts(at.desk) == []


async def test_back_in_the_editor_the_redaction_can_be_taken_back(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at, f"Is {CARD} yours?")
        await at.press("ctrl+s", "R", "e", "ctrl+z")
        assert at.screen.composer.text == f"Is {CARD} yours?"


async def test_the_brands_own_numbers_another_amount_and_another_language(tmp_path: Path) -> None:
    (tmp_path / "voice.toml").write_text("[all]\norders = ['VX\\d{6}']\n")
    german = "Wo bleibt denn meine Bestellung, ich warte schon seit drei Wochen auf das Paket."
    async with console_at_hand(tmp_path, [line("a", "dana", german)]) as at:
        await written(at, "!decision refund 30 EUR", key="n")
        await at.press("ctrl+s", "y")
        await at.until(lambda: at.screen.thread.decision == "refund 30 EUR")
        await written(at, "We looked into your order VX123456 and will pay you 50 EUR back by Friday.")
        await at.press("ctrl+s")
        for words in (
            "is an order number",
            "another amount than the last decision",
            "writes German (de), the draft is English (en)",
        ):
            assert words in at.picture
        assert "3 findings" in at.picture
        await at.press("P")
        assert "2 findings" in at.picture, "to the customer alone the number may go, the rest is still asked"


async def test_everything_found_scrolls_and_the_keys_stay(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=(80, 24)) as at:
        numbers = "\n".join(f"Call +49 171 39200{number} or just wait." for number in range(10, 30))
        await written(at, numbers)
        await at.press("ctrl+s")
        assert "20 findings" in at.picture and "y Send" in at.picture and "to @customer1" in at.picture
        assert "Line 20:" not in at.picture
        for _ in range(12):
            await at.press("pagedown")
        assert "can sound as if it were easy" in at.picture and "y Send" in at.picture


async def test_where_it_stands_is_marked_in_the_text(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at, f"Is {CARD} yours? Just click the link.")
        await at.press("ctrl+s")
        screen = at.console.screen
        assert isinstance(screen, ReviewScreen)
        looks = {look: text for one in screen._text_lines(90) for text, look in one.pieces}
        assert looks["found"] == CARD and looks["advice"] == "Just click"


async def test_hostile_drafts_are_shown_harmless(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("r")
        letter = at.screen.composer.letter
        assert letter is not None
        for text in [*hostile_texts()[:60], f"\x1b[2J\u202e{CARD}[red]"]:
            given = replace(letter, text=text[:3000])
            screen = ReviewScreen(given, now=at.clock.now, inspection=at.screen._inspection(is_meant=False))
            for width in (10, 76):
                shown = "".join(part for one in screen._text_lines(width) for part, _ in one.pieces)
                assert not any(ord(char) < 32 or char in "\u202e\u200b" for char in shown)


# ---- public or private -----------------------------------------------------------------------------------------------


async def test_p_writes_in_private_and_f6_goes_back_with_the_text(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at, "Hello", key="P")
        composer = at.screen.composer
        assert (composer.mode, composer.visibility) == (Mode.PRIVATE, Visibility.DIRECT)
        await at.press("f6")
        assert (composer.visibility, composer.text) == (Visibility.PUBLIC, "Hello")
        await at.press("f6")
        assert "leaves marked private" in at.picture and composer.text == "Hello"
        await at.press("escape", "P")
        assert composer.visibility is Visibility.PUBLIC and at.screen.focused_pane == "composer"
        await at.press("f9", "ctrl+t", "ctrl+t")
        assert "Never wider than the message answered" in at.picture
        [draft] = await replies.my_drafts(at.desk)
        assert (draft.mode, draft.text) == (Mode.PUBLIC, "Hello")


async def test_what_came_in_private_stays_private(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, [line("a", "dana", "Hi?", visibility="private")]) as at:
        await written(at, "Hello")
        await at.press("f6")
        assert at.screen.composer.visibility is Visibility.DIRECT and "It stays private" in at.picture


async def test_what_could_be_said_in_public_is_hinted_at(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at, "It arrives on Friday, says the driver.", key="P")
        assert "answerable in public: nothing private asked or given: F6" in at.picture
        at.screen.composer.insert_snippet(" Please send us your order number.")
        await at.settle()
        assert "answerable in public" not in at.picture


def test_a_refusal_lasts_as_long_as_a_key_is_held_down() -> None:
    assert review_screen.AGAIN_AFTER_S >= 0.5
