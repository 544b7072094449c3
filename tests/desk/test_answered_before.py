"""What was answered before: really sent, for the same eyes, and nothing of whoever it went to."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.desk.desk_at_hand import DeskAtHand
from tests.meaning_at_hand import FewWords
from tests.store.record_at_hand import said

from careconsole.desk.answered_before import AnsweredBefore, answered_before
from careconsole.desk.erasing import erase, whom
from careconsole.desk.vectors import VectorKeeper
from careconsole.model.message import Visibility
from careconsole.model.reply import Rejected, Sent
from careconsole.model.voice import Brand
from careconsole.store import person
from careconsole.store.person import Facts

ASKED = "Where is my parcel, it is so late"


async def answer(
    ana: DeskAtHand,
    number: str,
    text: str,
    asked: str = ASKED,
    *,
    private: bool = False,
    is_sent: bool = True,
) -> int:
    """A customer asks and is answered; the conversation's id."""
    eyes = Visibility.DIRECT if private else Visibility.PUBLIC
    await ana.take_in(said(number, f"dana{number}", asked, visibility=eyes))
    one = await ana.conversation_of(number)
    outbox_id = await ana.sending(one, text=text, agent="ben")
    await ana.settle(outbox_id, Sent(f"r{number}") if is_sent else Rejected("refused"))
    return one


async def found(ana: DeskAtHand, *texts: str, public: bool = True, **more: Any) -> list[AnsweredBefore]:
    return await answered_before(
        ana.desk, "shop", texts or ("my parcel is late",), is_public=public, brand=Brand(), **more
    )


async def test_by_words_where_the_extra_is_not_there(ana: DeskAtHand) -> None:
    one = await answer(
        ana, "1", "@dana1 Hi Dana1, it comes on Monday. ben", "@shop Dana1 here, my parcel 4711 is late"
    )
    await answer(ana, "2", "Your money is on its way.", "I want my refund")
    [past] = await found(ana)
    assert past.text == "{{handle}} Hi {{name}}, it comes on Monday. {{me}}"
    assert past.asked == "here, my parcel is late"
    assert (past.by, past.agent, past.is_private) == ("words", "ben", False) and 0.35 <= past.score <= 1
    assert past.sent_at == ana.clock.now()
    assert await found(ana, leave_out=one) == []
    assert await found(ana, "12345 @shop") == [] == await found(ana, "nothing alike whatsoever")


async def test_by_meaning_across_languages(ana: DeskAtHand) -> None:
    few = FewWords()
    await answer(ana, "1", "It comes on Monday.")
    await answer(ana, "2", "Your money is on its way.", "refund, please")
    assert await found(ana, "Где моя посылка? опоздала", encoder=few) == [], "no vectors, no words in common"
    await VectorKeeper(ana.desk, lambda: few).keep()
    [past] = await found(ana, "Где моя посылка? опоздала", encoder=few)
    assert (past.text, past.by) == ("It comes on Monday.", "meaning") and past.score > 0.9


async def test_only_what_was_really_sent(ana: DeskAtHand) -> None:
    await answer(ana, "1", "It comes on Monday.", is_sent=False)
    await ana.take_in(said("2", "eve", ASKED))
    held = await ana.queued(await ana.conversation_of("2"), text="It comes on Tuesday.")
    assert await found(ana) == []
    assert await ana.take() == held
    assert await found(ana) == []
    await ana.settle(held, Sent("r2"))
    assert [past.text for past in await found(ana)] == ["It comes on Tuesday."]


async def test_a_private_answer_is_for_a_private_reply_alone(ana: DeskAtHand) -> None:
    await answer(ana, "1", "We have sent a new one.", private=True)
    await answer(ana, "2", "It comes on Monday.")
    for encoder in (None, FewWords()):
        if encoder is not None:
            await VectorKeeper(ana.desk, lambda e=encoder: e).keep()  # type: ignore[misc]
        assert [past.text for past in await found(ana, encoder=encoder)] == ["It comes on Monday."]
        both = await found(ana, public=False, encoder=encoder)
        assert {(past.text, past.is_private) for past in both} == {
            ("It comes on Monday.", False),
            ("We have sent a new one.", True),
        }


@pytest.mark.parametrize(
    "text",
    [
        "Write to dana@post.example please.",
        "We call you at +49 30 901820.",
        "Your IBAN DE89 3704 0044 0532 0130 00 gets it.",
        "Order SHOP-AB left today.",
        "@eve has the same trouble.",
        "Parcel 998877 left today.",
    ],
)
async def test_what_is_private_of_somebody_is_not_offered(ana: DeskAtHand, text: str) -> None:
    for number, private in (("1", False), ("2", True)):
        await answer(ana, number, text, private=private)
    brand = Brand(orders=(re.compile("SHOP-[A-Z]+"),))
    for is_public in (True, False):
        past = await answered_before(ana.desk, "shop", [ASKED], is_public=is_public, brand=brand)
        assert past == []


async def test_an_order_on_the_card_and_an_amount_are_not_the_next_ones(ana: DeskAtHand) -> None:
    one = await answer(ana, "1", "Parcel QX left today.")
    await answer(ana, "2", "You get 1.250,00 EUR back on Monday.")
    await ana.act(person.set_facts, one, "ana", Facts(orders="QX"))
    assert [past.text for past in await found(ana)] == ["You get {{amount}} back on Monday."]


async def test_what_was_deleted_or_erased_is_gone(ana: DeskAtHand) -> None:
    await answer(ana, "1", "It comes on Monday.")
    await answer(ana, "2", "It comes on Tuesday.")
    assert len(await found(ana)) == 2
    await ana.take_in(said("1", "dana1", ASKED, deleted=3))
    assert [past.text for past in await found(ana)] == ["It comes on Tuesday."]
    [dana] = await whom(ana.desk, "dana2")
    await erase(ana.desk, dana)
    assert await found(ana) == []


async def test_the_same_words_once_the_likest_first_and_of_this_account(ana: DeskAtHand) -> None:
    await answer(ana, "1", "It comes on Monday.", "parcel late and the shop was closed on all those days")
    await answer(ana, "2", "It comes  on Monday.", "parcel late")
    await answer(ana, "3", "We look for it.", "my parcel is late")
    past = await found(ana)
    assert [one.text for one in past] == ["We look for it.", "It comes  on Monday."]
    assert past[0].score >= past[1].score
    assert len(await found(ana, most=1)) == 1
    assert await answered_before(ana.desk, "other", [ASKED], is_public=True, brand=Brand()) == []
