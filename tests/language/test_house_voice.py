"""The house voice: its words, form of address, sign-off and humour."""

from __future__ import annotations

import pytest

from careconsole.language.coach import Occasion, coach
from careconsole.model.message import Kind
from careconsole.model.voice import HouseVoice


def noted(text: str, voice: HouseVoice, kind: Kind | None = None, me: str = "Ana") -> list[tuple[str, str]]:
    notes = coach(text, Occasion(voice.language, kind, voice=voice, me=me)).notes
    assert all(note.reason.startswith(f'"{text[note.start : note.end]}"'[:50]) for note in notes)
    return [(note.what, text[note.start : note.end]) for note in notes]


def test_what_the_house_does_not_say_is_noted_with_what_it_says() -> None:
    voice = HouseVoice("en", instead={"ticket": "request", "Dear Customer": "", "客户": "您"})
    text = "dear  customer, your Ticket is open; tickets and 尊敬的客户"
    notes = coach(text, Occasion("en", voice=voice)).notes
    assert [(note.what, text[note.start : note.end]) for note in notes] == [
        ("house word", "dear  customer"),
        ("house word", "Ticket"),
        ("house word", "客户"),
    ]
    assert 'say "request"' in notes[1].reason and "leave it out" in notes[0].reason


def test_a_house_word_is_found_in_capitals_and_with_a_sharp_s() -> None:
    voice = HouseVoice("de", instead={"Großkunde": "Kunde", "Ticket": "Anfrage"}, address="Sie")
    assert [text for _, text in noted("Großkunde, GROSSKUNDE", voice)] == ["Großkunde", "GROSSKUNDE"]
    for text in ("ein TİCKET", "ein tıcket"):
        notes = coach(text, Occasion("de", voice=voice)).notes
        assert ['say "Anfrage"' in note.reason for note in notes] == [True]


@pytest.mark.parametrize(
    ("language", "address", "text", "wrong"),
    [
        ("de", "Sie", "Hallo, schick uns bitte deine Nummer, wir melden uns bei dir.", ["deine", "dir"]),
        ("de", "du", "Haben Sie Ihre Nummer? Wir helfen Ihnen.", ["Sie", "Ihre", "Ihnen"]),
        ("de", "du", "Die Sendung ist da. Sie liegt im Lager, und ihre Nummer ist neu.", []),
        ("de", "Sie", "Haben Sie Ihre Nummer? Euro und Individuum.", []),
        ("ru", "вы", "Привет, твой заказ в пути, мы тебе напишем.", ["твой", "тебе"]),
        ("ru", "ты", "Ваш заказ в пути, мы вам напишем.", ["Ваш", "вам"]),
        ("ru", "ты", "Вывоз завтра, выводы позже.", []),
        ("hr", "vi", "Tvoja narudžba stiže, možeš je pratiti.", ["Tvoja", "možeš"]),
        ("hr", "ti", "Vaša narudžba stiže, javit ćemo Vam.", ["Vaša", "Vam"]),
        ("et", "teie", "Sinu pakk on teel, saadame sulle lingi.", ["Sinu", "sulle"]),
        ("et", "sina", "Teie pakk on teel.", ["Teie"]),
        ("zh", "您", "你的包裹在路上,你好。", ["你"]),
        ("zh", "你", "您的包裹在路上,您好。", ["您"]),
        ("en", "", "You and you.", []),
    ],
)
def test_the_wrong_form_of_address(language: str, address: str, text: str, wrong: list[str]) -> None:
    assert noted(text, HouseVoice(language, address=address)) == [("form of address", one) for one in wrong]


@pytest.mark.parametrize(
    ("language", "text", "odd"),
    [
        ("de", "Können Sie mir Ihre Nummer schicken? Dann prüfe ich dein Paket.", "dein"),
        ("ru", "Ваш заказ в пути, мы вам напишем, как только ты ответишь.", "ты"),
        ("zh", "您的包裹到了,请您查收,你看可以吗?", "你"),
    ],
)
def test_mixed_forms_of_address_are_noted_once_without_any_rule(language: str, text: str, odd: str) -> None:
    assert noted(text, HouseVoice(language)) == [("form of address", odd)]


def test_a_missing_sign_off_is_noted_at_the_end() -> None:
    voice = HouseVoice("de", sign_off="Viele Grüße, {{me}}")
    assert noted("Wir prüfen das.\nBis bald", voice) == [("sign-off", "Bis bald")]
    for signed in ("Viele Grüße, Ana", "viele  grüße,\nAna.", "Viele Grüße, {{me}}"):
        assert noted(f"Wir prüfen das.\n{signed}", voice) == []
    assert noted("Wir prüfen das. Viele Grüße, Bo", voice) == [
        ("sign-off", "Wir prüfen das. Viele Grüße, Bo")
    ]
    assert noted("", voice) == []


def test_humour_is_noted_for_the_kinds_where_the_house_has_none() -> None:
    voice = HouseVoice("en", humour={Kind.BRAND_TALK: False, Kind.PRAISE: True})
    assert noted("Great 😂", voice, Kind.BRAND_TALK) == [("humour", "😂")]
    assert (
        noted("Great 😂", voice, Kind.PRAISE)
        == noted("Great 😂", voice, Kind.IDEA)
        == noted("Great 😂", voice)
        == []
    )
