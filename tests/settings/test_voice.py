"""The voice file: brands, their languages and numbers, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from careconsole.model.message import Kind
from careconsole.model.voice import Brand, HouseVoice
from careconsole.settings import SettingsError
from careconsole.settings.voice import SIZE_LIMIT, parse_voices, read_voices, voice_of

WHOLE = """\
[velsund]
orders = ['VX\\d{6}']
regions = ["DE", "AT"]
own = ["care@example.org"]
[velsund.de]
address = "Sie"
sign_off = "Viele Grüße, {{me}} "
public_line = " Schauen Sie  in Ihr Postfach. "
instead = { "Ticket" = "Anfrage", "Sehr  geehrter Kunde" = "" }
humour = { complaint = false, praise = true }
[velsund.en]
[all.ru]
address = "вы"
"""


def test_a_whole_file_is_read() -> None:
    brands = parse_voices(WHOLE.encode())
    velsund = brands["velsund"]
    assert velsund.voices["de"] == HouseVoice(
        language="de",
        instead={"Ticket": "Anfrage", "Sehr geehrter Kunde": ""},
        address="Sie",
        sign_off="Viele Grüße, {{me}}",
        public_line="Schauen Sie in Ihr Postfach.",
        humour={Kind.COMPLAINT: False, Kind.PRAISE: True},
    )
    assert velsund.voices["en"] == HouseVoice("en")
    assert velsund.orders[0].fullmatch("vx123456") and velsund.regions == ("DE", "AT")
    assert velsund.own == {"care@example.org"}
    assert voice_of(brands, "velsund") is velsund and voice_of(brands, "other") is brands["all"]
    assert voice_of({}, "velsund") == Brand()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = 1", 1, "a is 1; it must be the table of a brand"),
        ("[a]\n[a.de]\naddress = 'Er'", 3, 'a.de.address is "Er"; it must be du or Sie.'),
        ("[a.en]\naddress = 'you'", 2, "en has one form of address only"),
        ("[a.de]\nsignoff = 'x'", 2, 'did you mean "sign_off"?'),
        ("[a.de]\nsign_off = 3", 2, "a.de.sign_off is 3; it must be text in quotes."),
        ("[a.de.instead]\nTicket = 1", 2, "a.de.instead.Ticket is 1; it must be text in quotes."),
        ("[a.de]\ninstead = {' ' = 'x'}", 2, "is no word"),
        ("[a.de]\ninstead = 'x'", 2, "must be a table"),
        ("[a.de.humour]\nrage = true", 2, 'unknown kind "rage"; did you mean "praise"?'),
        ("[a.de.humour]\npraise = 'yes'", 2, "must be true or false"),
        ("[a]\nde = 'x'", 2, 'a.de is "x"; it must be a table.'),
        ("[a]\nOrders = ['x']", 2, 'did you mean "orders"?'),
        ("[a]\norders = 'x'", 2, "must be a list of texts"),
        ("[a]\norders = ['(']", 2, "is no pattern"),
        ("[a]\norders = ['x*']", 2, "fits the empty text"),
        ("[a]\nregions = ['Germany']", 2, "codes of countries"),
        ("[a]\nown = [1]", 2, "a.own is 1; it must be text in quotes."),
        ("[a.de]\nsign_off = '" + "x" * 501 + "'", 2, "must be shorter"),
        ("[a\n", 1, "this is not TOML"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(text: str, line: int, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_voices(text.encode(), "HOME/voice.toml")
    said = str(caught.value)
    assert said.startswith(f"HOME/voice.toml, line {line}: ") and words in said
    assert said.endswith("Correct the line or take it out.")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "voice.toml"
    assert read_voices(path) == {}
    path.write_bytes(b"#" * (SIZE_LIMIT + 1))
    with pytest.raises(SettingsError, match="larger than"):
        read_voices(path)
    with pytest.raises(SettingsError, match="is not a file"):
        read_voices(tmp_path)
    path.write_text(WHOLE)
    assert set(read_voices(path)) == {"velsund", "all"}
