"""A private answer and its public line from the desk to the network: one undo, the private one first (F14)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.desk.desk_at_hand import DeskAtHand, ScriptedChannel
from tests.store.record_at_hand import at_us, said

from careconsole.desk import opening, replies
from careconsole.desk.delivery import deliver_all, deliver_next
from careconsole.desk.drafts import Beside
from careconsole.desk.hand_over import StandardLine, standard_line
from careconsole.language.detection import language_of
from careconsole.language.private_data import find_private
from careconsole.language.public_lines import public_line
from careconsole.model.message import Visibility
from careconsole.model.reply import Ambiguous, Enqueued, Mode, OutboxState, Outcome, Rejected
from careconsole.model.voice import Brand, HouseVoice
from careconsole.store.rows import OutboxRow
from careconsole.store.settling import LINE_STAYS

STATES = OutboxState
LINE = "We have written to you in private."
LANGUAGES = ("en", "de", "ru", "zh", "hr", "et")


async def pair(desk: DeskAtHand, conversation: int, *, hold: bool = False) -> int:
    done = await replies.send(
        desk.desk, conversation, text="Your code is 1234.", visibility=Visibility.DIRECT, line=LINE, hold=hold
    )
    assert isinstance(done, Enqueued), done
    return done.outbox_id


async def both(desk: DeskAtHand, own: int) -> Sequence[OutboxRow]:
    return await desk.reply(own), await desk.reply(own + 1)


async def test_the_private_half_goes_first_and_both_go(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    own = await pair(ana, await ana.arrive(said("m1")))
    assert await deliver_all(ana.desk, ana.account_id, channel) == 2
    assert [(reply.text, reply.visibility, reply.reply_to) for reply in channel.sent] == [
        ("Your code is 1234.", Visibility.DIRECT, "m1"),
        (LINE, Visibility.PUBLIC, "m1"),
    ]
    assert [row.state for row in await both(ana, own)] == [STATES.SENT, STATES.SENT]


@pytest.mark.parametrize(
    ("outcome", "state", "mode", "reason"),
    [
        (Rejected("no such person"), STATES.FAILED, Mode.PRIVATE, "no such person"),
        (Ambiguous(), STATES.UNKNOWN, Mode.PUBLIC, LINE_STAYS),
    ],
)
async def test_without_the_private_half_the_line_never_leaves(
    ana: DeskAtHand, channel: ScriptedChannel, outcome: Outcome, state: OutboxState, mode: Mode, reason: str
) -> None:
    channel.outcomes = [outcome]
    own = await pair(ana, await ana.arrive(said("m1")))
    assert await deliver_next(ana.desk, ana.account_id, channel) is state
    assert await deliver_next(ana.desk, ana.account_id, channel) is None
    assert [reply.visibility for reply in channel.sent] == [Visibility.DIRECT]
    [draft] = await replies.my_drafts(ana.desk)
    assert (draft.mode, draft.not_sent) == (mode, reason)
    assert LINE in (draft.text, draft.public_line)
    assert [row.state for row in await both(ana, own)] == [state, STATES.CANCELLED]


async def test_a_line_under_a_thread_that_grew_meanwhile_is_read_again_first(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    first = await ana.arrive(said("m1"))
    done = await replies.send(
        ana.desk, first, text="Hi", visibility=Visibility.DIRECT, line=LINE, seen_seq=await ana.seen()
    )
    assert isinstance(done, Enqueued)
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.SENT
    await ana.take_in(said("m2", minute=3))
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.FAILED
    [draft] = await replies.my_drafts(ana.desk)
    assert (draft.mode, draft.text) == (Mode.PUBLIC, LINE) and "1 new" in draft.not_sent


async def test_our_own_private_half_is_no_growth(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    first = await ana.arrive(said("m1"))
    seen = await ana.seen()
    await replies.send(ana.desk, first, text="Hi", visibility=Visibility.DIRECT, line=LINE, seen_seq=seen)
    assert await deliver_all(ana.desk, ana.account_id, channel) == 2


async def test_one_window_as_long_as_the_longer_and_one_undo(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    own = await pair(ana, first, hold=True)
    assert [(row.id, row.held_until_us, row.after_id) for row in await replies.held(ana.desk)] == [
        (own, at_us(10 / 60), None),
        (own + 1, at_us(10 / 60), own),
    ]
    draft = await replies.withdraw(ana.desk, own + 1)
    assert draft is not None
    assert (draft.mode, draft.text, draft.public_line) == (Mode.PRIVATE, "Your code is 1234.", LINE)
    assert await replies.withdraw(ana.desk, own) is None


async def test_who_leaves_takes_both_halves_back(ana: DeskAtHand) -> None:
    await pair(ana, await ana.arrive(said("m1")), hold=True)
    await opening.sign_off(ana.desk)
    [draft] = await replies.my_drafts(ana.desk)
    assert (draft.text, draft.public_line) == ("Your code is 1234.", LINE)


async def test_a_draft_keeps_its_line(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    await replies.save_draft(ana.desk, first, Mode.PRIVATE, "Your co", 7, line=LINE)
    [draft] = await replies.my_drafts(ana.desk)
    assert (draft.text, draft.public_line) == ("Your co", LINE)


def test_the_house_has_the_first_word() -> None:
    voices = {
        "de": HouseVoice("de", public_line="Hi {{name}}, schau in dein Postfach. {{me}}"),
        "en": HouseVoice("en"),
    }
    known, values = Beside(brand=Brand(voices)), {"name": "Cara", "me": "ana"}
    assert standard_line(known, "de", values) == StandardLine("Hi Cara, schau in dein Postfach. ana", True)
    assert standard_line(known, "en", values) == StandardLine(
        public_line("en").replace("{{name}}", "Cara"), False
    )
    assert not standard_line(Beside(), "de", values).is_of_house


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_lines_are_in_their_language_and_hold_nothing_private(language: str) -> None:
    line = public_line(language)
    assert language_of(line).code == language and find_private(line) == []
    assert line.count("{{") == line.count("{{name}}") == 1 and len(line) < 100


def test_a_language_without_a_line_has_the_nearest() -> None:
    assert public_line("sr") == public_line("hr") and public_line("fr") == public_line("") == public_line(
        "en"
    )
