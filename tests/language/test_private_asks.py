"""What asks a customer for something private, and what does not."""

from __future__ import annotations

import pytest

from careconsole.language.private_asks import asks_private


@pytest.mark.parametrize(
    "draft",
    [
        "Please send us your booking code and the names on it.",
        "Could you share your order number?",
        "We need your e-mail address to look this up.",
        "What is your date of birth?",
        "Bitte nennen Sie uns Ihre Bestellnummer.",
        "Schick uns deine E-Mail-Adresse, dann schauen wir nach.",
        "Wie lautet Ihre Kundennummer?",
        "Пришлите, пожалуйста, номер заказа.",
        "Напишите нам ваш телефон, и мы перезвоним.",
        "请提供一下您的订单号。",
        "麻烦把手机号发给我们",
        "Pošaljite nam broj narudžbe, molim.",
        "Trebamo vašu adresu.",
        "Palun saatke meile tellimuse number.",
        "Vajame teie e-posti aadressi, palun kirjutage see meile.",
    ],
)
def test_it_asks_for_something_private(draft: str) -> None:
    assert asks_private(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "",
        "You may take two bags of eight kilos each.",
        "Thank you for telling us, we will pass it on to the crew.",
        "Our opening hours are nine to five; the form is on our page.",
        "Ihre Kundennummer steht oben auf der Rechnung.",
        "Wir haben am Samstag bis 18 Uhr offen.",
        "Спасибо, что написали: магазин открыт до восьми.",
        "我们每天九点开门。",
        "Trgovina je otvorena do osam.",
        "Pood on avatud kaheksani.",
    ],
)
def test_it_asks_for_nothing(draft: str) -> None:
    assert not asks_private(draft)
