"""What asks a customer for something private, and what does not."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

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
        "Please send me the reference from the luggage desk and an address for delivery.",
        "Could you tell us the day of your birth and your full name?",
        "Write the number of your parcel here, please: which address is it for?",
        "Ich brauche noch die Nummer vom Gepäckschalter.",
        "Nennen Sie mir bitte Ihr Geburtsdatum und die Lieferadresse.",
        "Schreiben Sie mir den Buchungscode, dann buche ich um.",
        "Напишите дату вашего рождения и номер заявки.",
        "Оставьте, пожалуйста, свой номер, мы перезвоним.",
        "Нужен адрес для доставки и данные паспорта.",
        "请告诉我您的姓名和出生日期。",
        "麻烦提供一下行李编号",
        "需要您的护照号码和收货地址。",
        "Pošaljite mi broj prijave i adresu za dostavu.",
        "Trebam datum vašeg rođenja i broj putovnice.",
        "Napišite nam ime i prezime i kod rezervacije.",
        "Palun kirjutage pagasisildi number ja kättetoimetamise aadress.",
        "Edastage meile oma sünniaja andmed.",
        "Lisage siia broneeringukood ja isikukoodi lõpp.",
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
        "We are open until 9 pm; you need nothing else, the number of bags is two.",
        "В личном кабинете видно, когда придёт посылка.",
        "Our director thanks you for your patience; privateers do not land here.",
        "Unsere Privatkunden und Direktflüge sind davon nicht betroffen.",
        "Директор магазина передаёт вам спасибо, личность гостя не важна.",
        "Direktni let polazi u osam, privatni parking je otvoren.",
    ],
)
def test_it_asks_for_nothing(draft: str) -> None:
    assert not asks_private(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "Tell me more in a private message, please.",
        "Just DM us and we will look into it.",
        "Write to me privately; our inbox is open all night.",
        "Erzählen Sie mir mehr in einer privaten Nachricht.",
        "Eine Privatnachricht reicht, dann sehe ich nach.",
        "Können Sie mir privat schreiben?",
        "Расскажите подробнее в личном сообщении.",
        "Напишите нам в личку, разберёмся.",
        "Ждём вас в ЛС или в личных сообщениях.",
        "请私信我们，说说发生了什么。",
        "方便的话我们私聊",
        "照片可以发到站内信。",
        "Javite nam se u privatnoj poruci.",
        "Pišite nam u inbox, riješit ćemo to.",
        "Pošaljite fotografiju privatnom porukom.",
        "Rääkige lähemalt privaatsõnumis.",
        "Saatke meile erasõnum, vaatame üle.",
        "Kirjutage mulle privaatselt, mis juhtus.",
    ],
)
def test_it_asks_for_something_in_a_private_message(draft: str) -> None:
    assert asks_private(draft)


_SAYS_PRIVATE = re.compile(
    r"privat|privaat|личн|私信|booking code|buchungscode|код бронир|订单号|kod rezerv|broneeringu kood|inbox",
    re.I,
)


def test_no_prepared_answer_that_asks_in_private_is_taken_for_a_public_one() -> None:
    folder = Path(__file__).parents[2] / "snippets"
    said = []
    for path in sorted(folder.glob("*.toml")):
        snippet = tomllib.loads(path.read_text(encoding="utf-8"))
        said += [snippet[key] for key in ("body", "short") if _SAYS_PRIVATE.search(snippet.get(key, ""))]
    assert len(said) > 40
    assert [text for text in said if not asks_private(text)] == []
