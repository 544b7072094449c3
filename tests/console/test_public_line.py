"""A private answer and the public line that follows it: written, reviewed, sent and withdrawn as one (F14)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.console.desk_at_hand import AtHand, console_at_hand, line
from textual.events import Paste

from careconsole.console.panes.public_line import MAX_LINE_CHARS, TITLE
from careconsole.console.review_screen import ReviewScreen
from careconsole.desk import reading, replies
from careconsole.model.message import Visibility
from careconsole.model.reply import Mode, OutboxState

OURS = "Hi customer1, we have just written to you in private."
GERMAN = "Meine Bestellung ist seit drei Wochen nicht angekommen, wo bleibt sie denn nun eigentlich?"
HOUSE = "[all]\norders = ['VX\\d{6}']\n[all.en]\npublic_line = \"Hi {{name}}, see your messages. {{me}}\"\n"
ANSWER = 'title = "Where a parcel is"\nbody = "It comes on Friday."\ntriggers = ["where is my parcel"]\n'


async def private(at: AtHand, text: str = "Your code is 1234.", *, key: str = "P") -> None:
    """A private answer to the conversation under the cursor."""
    await at.press(key)
    at.screen.composer.insert_snippet(text)
    await at.settle()


async def halves(at: AtHand) -> list[tuple[OutboxState, Visibility, str]]:
    return [(row.state, row.visibility, row.text) for row in await reading.outbox(at.desk)]


def shown_line(at: AtHand) -> str:
    """What stands in the frame of the public line; empty where there is no frame."""
    return at.screen.composer._line.text if TITLE in at.picture else ""


async def saved(at: AtHand) -> None:
    """What stands in the composer is in the record."""
    await at.until(lambda: at.screen.composer._is_saved and "draft saved" in at.picture, "a saved draft")


# ---- writing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (170, 45)])
async def test_a_key_puts_a_line_in_a_public_frame_behind_the_private_reply(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with console_at_hand(tmp_path, size=size) as at:
        await private(at)
        assert TITLE not in at.picture
        await at.press("ctrl+l")
        await at.until(lambda: shown_line(at) == OURS and OURS in at.picture, "the line in its frame")
        assert "╔═ PUBLIC line" in at.picture and "╭─ PRIVATE reply" in at.picture
        frame, whole = at.screen.composer._line.styles.border_top, at.screen.composer.styles.border_top
        assert (frame[0], whole[0]) == ("double", "round") and frame[1] != whole[1]
        assert at.screen.composer._editor.has_focus, "the private text goes on"
        await at.press("ctrl+l")
        await at.pilot.press(*" Ana")
        await at.until(lambda: shown_line(at) == f"{OURS} Ana")
        await at.press("enter")
        assert at.screen.composer._editor.has_focus and at.screen.composer.text == "Your code is 1234."


async def test_from_a_public_reply_the_key_makes_its_text_private(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await private(at, key="r")
        assert at.screen.composer.mode is Mode.PUBLIC
        await at.press("ctrl+l")
        assert (at.screen.composer.mode, at.screen.composer.text) == (Mode.PRIVATE, "Your code is 1234.")
        assert shown_line(at) == OURS
        await at.press("f6")
        assert at.screen.composer.mode is Mode.PUBLIC and TITLE not in at.picture
        await at.press("f6")
        assert shown_line(at) == OURS, "it was only put away"


async def test_going_private_names_the_key_and_an_emptied_line_is_none(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("P")
        flat = " ".join(at.picture.replace("│", " ").split())
        assert "Ctrl+L adds a public line." in flat
        await at.press("ctrl+l", "ctrl+l")
        assert at.screen.composer._line.has_focus_within
        await at.press("ctrl+u", "escape")
        await at.until(lambda: TITLE not in at.picture, "no frame without a line")
        assert at.screen.composer._editor.has_focus
        at.screen.composer.insert_snippet("Between us")
        await at.press("ctrl+s", "y")
        assert await halves(at) == [(OutboxState.HELD, Visibility.DIRECT, "Between us")]


async def test_the_line_is_in_the_customers_language(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, [line("m1", "dana", GERMAN)]) as at:
        await private(at)
        await at.press("ctrl+l")
        assert shown_line(at).startswith("Hallo dana, ")


async def test_where_nothing_is_public_there_is_no_line(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, [line("m1", "dana", "Hello?", visibility="private")]) as at:
        await private(at, key="r")
        await at.press("ctrl+l")
        assert "nothing is said of it in public" in at.picture and TITLE not in at.picture
        await at.press("escape", "n", "ctrl+l")
        assert "seen by the team only" in at.picture and TITLE not in at.picture


async def test_a_network_without_private_messages_says_so_beforehand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careconsole.desk.hand_over.PRIVATE_WAYS", {})
    async with console_at_hand(tmp_path) as at:
        await private(at, key="r")
        await at.press("ctrl+l")
        assert "This network opens no private message" in at.picture
        assert at.screen.composer.mode is Mode.PUBLIC and TITLE not in at.picture


async def test_what_is_pasted_into_the_line_is_one_safe_line(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await private(at)
        await at.press("ctrl+l", "ctrl+l", "ctrl+u")
        at.screen.composer._line._input.post_message(Paste("See\nyour \x1b[2J\u202emessages" + "x" * 900))
        await at.until(lambda: shown_line(at).startswith("See your"))
        text = at.screen.composer._line.text
        assert "\x1b" not in text and "\u202e" not in text and "\n" not in text
        assert len(text) <= MAX_LINE_CHARS


async def test_what_is_cut_from_the_private_text_stays_one_line(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await private(at)
        await at.press("ctrl+l", "ctrl+l", "ctrl+u")
        at.console.copy_to_clipboard("See\nyour messages")
        await at.press("ctrl+v")
        await at.until(lambda: shown_line(at) == "See your messages")


async def test_what_fills_a_hole_never_goes_into_the_public_line(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await private(at, "Your order {{number}} is here.")
        await at.press("ctrl+l", "ctrl+l")
        assert at.screen.composer._line.has_focus_within
        await at.press("tab")
        await at.pilot.press(*"DE-4711")
        await at.until(lambda: at.screen.composer.text == "Your order DE-4711 is here.")
        assert shown_line(at) == OURS


@pytest.mark.parametrize("text", ["Your order {{number}} is here.", ""])
async def test_a_review_that_does_not_come_leaves_the_public_line_alone(tmp_path: Path, text: str) -> None:
    async with console_at_hand(tmp_path) as at:
        await private(at, text)
        await at.press("ctrl+l", "ctrl+l")
        assert at.screen.composer._line.has_focus_within
        await at.press("ctrl+s")
        await at.until(lambda: at.screen.composer._editor.has_focus, "the private text in hand")
        assert shown_line(at) == OURS


async def test_who_writes_on_the_line_and_goes_public_writes_on_in_the_reply(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await private(at)
        await at.press("ctrl+l", "ctrl+l")
        assert at.screen.composer._line.has_focus_within
        await at.press("f6")
        await at.until(lambda: at.screen.composer._editor.has_focus, "the reply in hand")
        await at.pilot.press("x")
        await at.until(lambda: "x" in at.screen.composer.text)


async def test_two_drafts_that_meet_keep_both_lines_and_a_long_one_whole(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        id, long = at.screen.queue.cursor, "Long " * 150 + "end"
        assert id is not None
        await replies.save_draft(at.desk, id, Mode.PRIVATE, "Mine", 0, line=long)
        await replies.save_draft(at.desk, id, Mode.PUBLIC, "Mine", 0, line="And this.")
        await at.press("r")
        await at.until(lambda: at.screen.composer.text == "Mine")
        await at.press("f6")
        if at.screen.composer.mode is Mode.PUBLIC:
            await at.press("f6")
        await at.until(lambda: long in shown_line(at), "the long line")
        assert "And this." in shown_line(at)


# ---- the house's line ----------------------------------------------------------------------------------------------


async def test_four_keys_with_the_standard_texts(tmp_path: Path) -> None:
    (tmp_path / "voice.toml").write_text(HOUSE)
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets" / "parcel.toml").write_text(ANSWER, encoding="utf-8")
    lines = [line("m1", "customer1", "Where is my parcel? I have waited for it for three weeks.")]
    settings = "[snippets]\nbuiltin = false\n"
    async with console_at_hand(tmp_path, lines, settings=settings) as at:
        await at.until(lambda: at.screen.suggester is not None, "the suggestions")
        await at.press("P", "f7", "f2", "y")
        assert await halves(at) == [
            (OutboxState.HELD, Visibility.DIRECT, "It comes on Friday."),
            (OutboxState.HELD, Visibility.PUBLIC, "Hi customer1, see your messages. ana"),
        ]


async def test_the_houses_line_comes_by_itself_and_leaves_no_draft_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "voice.toml").write_text(HOUSE)
    long = "Where is my parcel? I have waited for it for three weeks."
    async with console_at_hand(tmp_path, [line("m1", "customer1", long)]) as at:
        await at.press("P")
        assert shown_line(at) == "Hi customer1, see your messages. ana"
        at.screen.close_composer()
        await at.settle()
        assert await replies.my_drafts(at.desk) == []
        await at.press("r")
        assert at.screen.composer.mode is Mode.PUBLIC and TITLE not in at.picture


# ---- drafts --------------------------------------------------------------------------------------------------------


async def test_both_halves_are_kept_as_they_are_typed_and_come_back(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await private(at)
        await at.press("ctrl+l", "ctrl+l")
        await at.pilot.press(*" Bye")
        await at.until(lambda: shown_line(at) == f"{OURS} Bye")
        await saved(at)
        [draft] = await replies.my_drafts(at.desk)
        assert (draft.mode, draft.text, draft.public_line) == (
            Mode.PRIVATE,
            "Your code is 1234.",
            f"{OURS} Bye",
        )
    async with console_at_hand(tmp_path, []) as at:  # what was kept then is what a killed console leaves
        await at.press("r")
        assert (at.screen.composer.mode, at.screen.composer.text) == (Mode.PRIVATE, "Your code is 1234.")
        assert shown_line(at) == f"{OURS} Bye"


async def test_a_line_alone_is_a_draft_if_it_is_ones_own(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("P", "ctrl+l", "ctrl+l")
        await at.pilot.press("!")
        await at.until(lambda: shown_line(at) == f"{OURS}!")
        await saved(at)
        [draft] = await replies.my_drafts(at.desk)
        assert (draft.text, draft.public_line) == ("", f"{OURS}!")


async def test_another_conversation_never_gets_the_line(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await private(at)
        await at.press("ctrl+l", "escape", "escape", "j", "P")
        assert TITLE not in at.picture and at.screen.composer.line == ""
        await at.press("escape", "escape", "k", "r")
        assert shown_line(at) == OURS


# ---- the review ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_both_halves_stand_on_one_review_each_for_its_eyes(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with console_at_hand(tmp_path, size=size) as at:
        await private(at)
        await at.press("ctrl+l", "ctrl+s")
        assert isinstance(at.console.screen, ReviewScreen)
        shown = at.picture
        for words in (
            "║ PRIVATE reply by",
            "can be withdrawn for 10 s",
            "┃ Your code is 1234.",
            "║ PUBLIC line · leaves once the private message is sent",
            f"┃ {OURS}",
            "y Send",
        ):
            assert words in shown, shown
        box = at.console.screen.query_one(".question--box").styles.border_top
        half = at.console.screen.query_one(".review--half").styles.border_top
        assert (box[0], half[0]) == ("round", "double") and box[1] != half[1]
        assert shown.index("Your code") < shown.index("PUBLIC line") < shown.index("y Send")


async def test_private_data_in_the_line_is_refused_once_and_redacted_there_alone(tmp_path: Path) -> None:
    (tmp_path / "voice.toml").write_text(HOUSE)
    async with console_at_hand(tmp_path) as at:
        await private(at, "Order VX123456 is on its way.")
        at.screen.composer._line.text = "About VX123456."
        await at.settle()
        await at.press("ctrl+s")
        assert "1 finding: it is refused once. R takes out what is private." in at.picture
        await at.press("y")
        assert "Not sent: read what is marked." in at.picture and await halves(at) == []
        await at.press("R")
        assert "┃ About [order number]." in at.picture and "refused once" not in at.picture
        at.console.screen._deaf_until_s = float("-inf")  # type: ignore[attr-defined]
        await at.press("y")
        assert [text for _, _, text in await halves(at)] == [
            "Order VX123456 is on its way.",
            "About [order number].",
        ]


async def test_a_line_that_cannot_leave_stops_both(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await private(at)
        at.screen.composer._line.text = "Hi {{name}}"
        await at.settle()
        await at.press("ctrl+s")
        assert "It cannot be sent. The public line: 1 hole is open: fill it first." in at.picture
        await at.press("y")
        assert isinstance(at.console.screen, ReviewScreen) and await halves(at) == []


async def test_in_the_review_p_brings_the_houses_line(tmp_path: Path) -> None:
    (tmp_path / "voice.toml").write_text(HOUSE)
    long = "Where is my parcel? I have waited for it for three weeks."
    async with console_at_hand(tmp_path, [line("m1", "customer1", long)]) as at:
        await private(at, "Order VX123456 is on its way.", key="r")
        await at.press("ctrl+s", "P")
        assert "PUBLIC line" in at.picture and "see your messages. ana" in at.picture
        await at.press("y")
        assert [eyes for _, eyes, _ in await halves(at)] == [Visibility.DIRECT, Visibility.PUBLIC]


# ---- sending -------------------------------------------------------------------------------------------------------


async def test_one_window_holds_both_and_f4_takes_both_back(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await private(at)
        await at.press("ctrl+l", "ctrl+s", "y")
        await at.until(lambda: "10 s, F4 withdraws · to @customer1" in at.screen.status.plain)
        assert "more" not in at.screen.status.plain and await replies.my_drafts(at.desk) == []
        await at.press("f4")
        assert (at.screen.composer.mode, at.screen.composer.text) == (Mode.PRIVATE, "Your code is 1234.")
        assert shown_line(at) == OURS
        assert [state for state, _, _ in await halves(at)] == [OutboxState.CANCELLED] * 2
        await at.press("f4")
        assert at.said == "Nothing is held: there is nothing to withdraw."


async def test_after_the_window_both_are_queued_and_the_claim_ends(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await private(at)
        await at.press("ctrl+l", "ctrl+s", "y")
        await at.until(lambda: "F4 withdraws" in at.screen.status.plain)
        at.clock.forward(10.1)
        await at.until(lambda: "F4" not in at.screen.status.plain)
        await at.settle()
        assert await halves(at) == [
            (OutboxState.QUEUED, Visibility.DIRECT, "Your code is 1234."),
            (OutboxState.QUEUED, Visibility.PUBLIC, OURS),
        ]
        assert (await at.row("customer1")).claimed_by is None


async def test_quitting_counts_both_as_one_reply_and_brings_both_back(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await private(at)
        await at.press("ctrl+l", "ctrl+s", "y")
        await at.until(lambda: "F4 withdraws" in at.screen.status.plain)
        await at.press("q")
        await at.until(lambda: "1 reply is still held and not sent" in at.picture)
        await at.pilot.press("d")
        await at.until(lambda: not at.console.is_running)
        [draft] = await replies.my_drafts(at.desk)
        assert (draft.text, draft.public_line) == ("Your code is 1234.", OURS)


async def test_a_thread_that_grew_stops_both_and_keeps_both(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await private(at)
        await at.press("ctrl+l", "ctrl+s")
        await at.arrive(line("late", "customer1", "Forget it, I found the parcel.", 0))
        await at.press("y")
        assert "1 new message" in at.picture and await halves(at) == []
        at.screen.calm_from_s = float("-inf")
        await at.press("y")
        assert [(row.reply_to, row.text) for row in await reading.outbox(at.desk)] == [
            ("late", "Your code is 1234."),
            ("late", OURS),
        ]
