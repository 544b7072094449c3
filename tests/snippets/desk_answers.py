"""Prepared answers for the tests: a few with known words, and a large made-up library."""

from __future__ import annotations

import random

from careconsole.snippets.snippet import Snippet

FEW = (
    Snippet(
        "refund-status-en",
        "Refund status",
        "Hello {{name}}, your money is on its way.",
        ("refund", "money"),
        ("where is my refund", "still no money"),
        "en",
    ),
    Snippet("refund-rules-en", "When we refund", "A cancelled flight is paid back in full.", ("refund",)),
    Snippet(
        "baggage-late-en", "Baggage did not arrive", "Please tell us the tag number. 🧳", ("lost", "bag")
    ),
    Snippet(
        "strike-hr",
        "Obavijest: sprečica i štrajk",
        "Žao nam je, đački popust vrijedi.",
        ("štrajk",),
        (),
        "hr",
    ),
    Snippet(
        "street-de", "Größe und Straße", "Die Bestellnummer steht auf der Rechnung.", ("maße",), (), "de"
    ),
    Snippet(
        "refund-ru", "Возврат денег", "Деньги вернутся за пять дней, ёлки уже едут.", ("возврат",), (), "ru"
    ),
    Snippet("refund-zh", "退款进度查询", "您好，您的退款正在处理中。", ("退款",), ("什么时候退款",), "zh"),
    Snippet("late-et", "Lend hilineb", "Vabandame, lend väljub hiljem.", ("hilinemine",), (), "et"),
    Snippet("wide-en", "Ｗｉｄｅ letters", "A cafe\u0301 voucher.", (), (), "en"),
    Snippet("hours-en", "Opening hours 24/7", "We don't sleep.", ("hours",), (), "en"),
)

_SYLLABLES = (
    "ba be bi do du ka ko la le ma na ni pa ra re sa so ta te tu va za št че ро при ва ge ß ö".split()
)


def many(count: int = 2000) -> list[Snippet]:
    """Answers of 60 words each from a made-up language of 9,000 words; always the same ones."""
    dice = random.Random(7)
    lexicon = ["".join(dice.choices(_SYLLABLES, k=dice.randint(1, 5))) for _ in range(9000)]
    lexicon[:0] = "the refund status of your flight and bag is a mess we are sorry to hear that".split()

    def speech(length: int) -> str:
        return " ".join(lexicon[min(int(dice.paretovariate(0.4)), len(lexicon)) - 1] for _ in range(length))

    return [
        Snippet(
            f"made-up-{number}",
            speech(5),
            speech(60),
            tuple(speech(3).split()),
            (speech(2), speech(3)),
            "en",
        )
        for number in range(count)
    ]
