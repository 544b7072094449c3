"""Exporting the desk's days: nobody is named in them, the same is the same everywhere, and one can practise on them."""

from __future__ import annotations

import json
import re
import secrets
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from careconsole.channels.recording import load_recording
from careconsole.desk.exporting.days import Days, Told, Version
from careconsole.desk.exporting.exporting import Exported, recording_of
from careconsole.desk.practice.own_days import scenario_of_days
from careconsole.desk.practice.scenario import Scenario, load_scenario
from careconsole.desk.rules import Rules
from careconsole.language.anonymising.anonymiser import Anonymiser, Doubt, Gathered
from careconsole.language.anonymising.ordinary import ORDINARY
from careconsole.language.payment_numbers import is_card_number
from careconsole.language.private_data import find_private
from careconsole.model.folding import fold
from careconsole.model.message import Attachment, Direction, ParentPost

DAY_US = 86_400_000_000
CORPUS = Path(__file__).parents[1] / "hostile_corpus.jsonl"


def told(
    number: int,
    text: str,
    handle: str = "dana.xy",
    name: str = "",
    *,
    ours: bool = False,
    reply_to: str | None = None,
    later: str | None = None,
    parent: ParentPost | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> Told:
    versions = [Version(number * 60_000_000, text)]
    if later is not None:
        versions.append(Version(number * 60_000_000 + 30_000_000, later))
    return Told(
        number, 1, f"{handle}-{number}", 1, Direction.OUT if ours else Direction.IN, handle, name, 15_342, False, reply_to,
        parent, attachments, "", False, tuple(versions), None,
    )  # fmt: skip


SALT = b"the same in every run of a test"


def exported(
    *messages: Told, names: tuple[str, ...] = (), handles: tuple[str, ...] = (), salt: bytes = SALT
) -> Exported:
    days = Days(
        ((1, "acme", "acme@our.example"),),
        messages,
        (*handles, *(each.handle for each in messages)),
        (*names, *(each.name for each in messages if each.name)),
        0,
    )
    return recording_of(days, 0, DAY_US, salt)


def lines(done: Exported) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.recording.rstrip("\n").split("\n")][1:]


def texts(done: Exported) -> list[str]:
    return [line["text"] for line in lines(done) if "text" in line]


def anonymiser(*said: str, names: tuple[str, ...] = (), handles: tuple[str, ...] = ()) -> Anonymiser:
    gathered = Gathered(own=frozenset({"shop"}))
    for name in names:
        gathered.known.add_name(name)
    for handle in handles:
        gathered.known.add_handle(handle)
    for text in said:
        gathered.take(text)
    return Anonymiser(gathered, SALT)


def stands_in(name: str, plain: str) -> bool:
    """Whether a name stands in a folded text as words of its own; plainly, by another route than the code's."""
    words = re.findall(r"[^\W_]+", name)
    pattern = r"[\W_]+".join(map(re.escape, words))
    return bool(words) and re.search(rf"(?<![^\W_]){pattern}(?![^\W_])", plain) is not None


NAMES = (
    "Tilda Wójcik", "Marko Kovačević", "Мария Иванова", "王小明", "Tõnu Mägi", "Jürgen Groß", "Ana", "Bruno", "Łukasz",
    "Ева", "欧阳娜娜", "O'Brien", "Jean-Luc", "Žarko", "Sirje", "Ольга",
)  # fmt: skip
HANDLES = (
    "tilda.w",
    "marko_k",
    "Maria77",
    "x-ray",
    "小红书",
    "dana@social.example",
    "ben",
    "o.k.99",
    "ßigrid",
    "Ёлка",
)
NUMBERS = (
    "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "+49 30 1234567", "dana@mail.example", "4711902", "F7MW2E",
    "https://shop.example/o/4711902?u=tilda.w", "VX-123456", "d.ana@sub.mail.example", "1Z999AA10123456784",
)  # fmt: skip
SAID = st.sampled_from(
    (
        "Hi {}, where is it?", "@{} same here", "{} told me so.", "my name is {}", "Где {}?", "请问{}在吗", "Hvala, {}!",
        "LG\n{}", "...{}...", "{}'s parcel", "Ask ({}) #{}", "Tere {}", "{}{}", "mail: {}, again {}", "a\u200b{}", "\x00{}\x1b[31m",
    )
)  # fmt: skip
CASE = st.sampled_from((str, str.upper, str.lower, str.title, lambda word: "\u200d".join(word[:40])))
ODD = st.text(min_size=1, max_size=12).filter(lambda word: bool(word.strip().strip("@").strip()))


@st.composite
def days(draw: st.DrawFn) -> tuple[list[str], list[str], list[Told]]:
    """Names, handles, and messages that are full of them and of numbers."""
    names = draw(st.lists(st.sampled_from(NAMES) | ODD, min_size=1, max_size=4))
    handles = draw(st.lists(st.sampled_from(HANDLES) | ODD, min_size=1, max_size=4))
    handles = [each.strip().removeprefix("@") or "x" for each in handles]
    things = st.sampled_from([*names, *(each.split("@")[0] or each for each in handles), *NUMBERS])
    messages = []
    for number in range(draw(st.integers(1, 4))):
        said = draw(SAID).replace("{}", "\0\0").split("\0\0")
        text = said[0]
        for rest in said[1:]:
            text += draw(CASE)(draw(things)) + rest
        messages.append(
            told(
                number, text, draw(st.sampled_from(handles)), draw(st.sampled_from(names)), ours=draw(st.booleans()),
                later=draw(st.none() | things), parent=draw(st.none() | st.builds(ParentPost, things, things)),
                attachments=tuple(draw(st.lists(st.builds(Attachment, st.just("image"), things, things), max_size=1))),
            )
        )  # fmt: skip
    return names, handles, messages


@given(made=days())
@settings(max_examples=90, deadline=None)
def test_no_handle_name_address_or_number_is_left(made: tuple[list[str], list[str], list[Told]]) -> None:
    names, handles, messages = made
    done = exported(*messages, names=tuple(names), handles=tuple(handles))
    out = [json.dumps(line, ensure_ascii=False) for line in lines(done)]
    said = [
        text
        for line in lines(done)
        for text in (
            line.get("text", ""),
            line.get("parent", {}).get("text", ""),
            *_asides(line),
            *_author(line),
        )
    ]
    plain = [fold(text) for text in said]
    for name in (*names, *handles, *(each.partition("@")[0] for each in handles)):
        key = fold(name)
        if len(re.findall(r"[^\W\d_]", key)) >= 3 and key not in ORDINARY:
            assert not any(stands_in(key, text) for text in plain), (name, said)
    for number in NUMBERS:
        assert not any(number.casefold() in line.casefold() for line in out), (number, out)
    known = {fold(number) for number in NUMBERS}
    assert not any(fold(found.text) in known for text in said for found in find_private(text))
    load_recording(done.recording)


def _asides(line: dict[str, Any]) -> list[str]:
    return [each["alt"] for each in line.get("attachments", ())]


def _author(line: dict[str, Any]) -> list[str]:
    return list(map(str, line.get("author", {}).values()))


def test_the_same_is_the_same_in_both_directions_and_in_edits() -> None:
    done = exported(
        told(
            1, "Where is 4711902? Call 030 1234567. Tilda", "tilda.w", "Tilda Wójcik", later="TILDA: 4711902!"
        ),
        told(2, "Hi Tilda, 4711902 is on its way. @tilda.w, +49 30 1234567 is noted.", "tilda.w", ours=True),
        told(3, "wojcik's parcel, is that tilda.w?", "marko", "Marko Wójcik"),
    )
    first, edited, ours, other = lines(done)
    name, surname = first["author"]["name"].split()
    order = re.findall(r"\d{7}", first["text"])[0]
    assert order != "4711902" and order in ours["text"] and order in edited["text"]
    assert edited["text"].startswith(f"{name.upper()}: ") and ours["text"].startswith(f"Hi {name}, ")
    assert f"@{first['author']['handle']}," in ours["text"] and first["author"]["handle"] in other["text"]
    assert other["text"].startswith(f"{surname.lower()}'s") and other["author"]["name"].endswith(surname)
    assert re.findall(r"030 (\d{7})", first["text"])[0] in ours["text"]
    assert first["author"]["reach"] == 15_000 and ours["author"]["handle"] == first["author"]["handle"]


def test_another_export_has_other_names() -> None:
    message = told(1, "Hi, 4711902 please", "tilda.w", "Tilda")
    one, other = (exported(message, salt=secrets.token_bytes(32)) for _ in range(2))
    assert one.recording != other.recording


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Marko Kovač", ("od Marka Kovača", "Marku", "s Markom", "KOVAČEM", "kovaca", "Markova")),
        ("Мария Иванова", ("Марии Ивановой", "Марию", "МАРИЕЙ", "мария", "Ивановы")),
        ("Tõnu Mägi", ("Tõnule", "Tõnuga", "Mägile", "tonu")),
        ("Jürgen Groß", ("Jürgens Paket", "JÜRGEN GROSS", "Juergen ist Jürgen")),
        ("王小明", ("我是王小明的妻子", "王小明")),
        ("Tilda", ("Tilda's", "TILDA", "#tilda", "tilda_", "(Tilda)", "Til\u200bda", "Ｔｉｌｄａ")),
        ("Ana", ("Ane", "Ani", "ANA")),
    ],
)
def test_a_name_is_known_in_every_case_of_six_languages(name: str, said: tuple[str, ...]) -> None:
    making = anonymiser(names=(name,))
    for text in said:
        found = making.text(text)
        assert not isinstance(found, Doubt)
        for word in re.findall(r"[^\W_]+", fold(text)):
            if word[:3] == fold(name)[:3] or word[:3] == fold(name.split()[-1])[:3]:
                assert word not in fold(found), (text, found)


@pytest.mark.parametrize(
    "text", ["What a market!", "An analysis of bananas", "Die Marken sind da", "Он из мариинки?"]
)
def test_words_that_only_contain_a_name_stay(text: str) -> None:
    assert anonymiser(names=("Mark", "Ana")).text(text.replace("Marken", "Märkte")) == text.replace(
        "Marken", "Märkte"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Hi Bruno, we look.", "My name is Bruno", "Ich heiße Bruno", "Меня зовут Бруно", "Zovem se Bruno", "Minu nimi on Bruno",
        "Best regards,\nBruno", "Liebe Grüße, Bruno", "Hallo Herr Bruno", "С уважением, Бруно", "Lp, Bruno", "Dear Mr Bruno:",
    ],
)  # fmt: skip
def test_names_that_nobody_is_known_by_are_found_where_they_are_said(text: str) -> None:
    said = f"{text}", "Bruno called." if "Bruno" in text or "bruno" in text else "Бруно звонил."
    making = anonymiser(*said)
    for each in said:
        found = making.text(each)
        assert not isinstance(found, Doubt) and not re.search("bruno|бруно", fold(found)), found
        assert find_private(found) == []


@pytest.mark.parametrize(
    "text",
    [
        "Send it to 12 Baker Street, London NW1 6XE.", "Hauptstraße 12, 10115 Berlin", "Am Markt 3", "ул. Ленина, д. 5, кв. 12",
        "Ulica kralja Tomislava 42", "Pikk tänav 12-3", "Narva mnt 7", "我住在中山路12号", "Kölner Str. 7",
    ],
)  # fmt: skip
def test_postal_addresses_are_others(text: str) -> None:
    found = anonymiser(text).text(text)
    assert not isinstance(found, Doubt) and found != text
    for word in (
        "Baker",
        "NW1",
        "Haupt",
        "Markt",
        "Ленина",
        "Tomislava",
        "Pikk",
        "Narva",
        "中山",
        "Kölner",
        "Berlin",
    ):
        assert word not in found


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("My address is behind the mill, 12, left door", Doubt.ADDRESS),
        ("Meine Adresse lautet hinten 12", Doubt.ADDRESS),
        ("my name is bruno", Doubt.NAME),
        ("Dаna said so", Doubt.MIXED_LETTERS),
    ],
)
def test_what_is_not_certain_is_left_out_and_counted(text: str, doubt: Doubt) -> None:
    assert anonymiser().text(text) is doubt
    done = exported(told(1, text), told(2, "All fine"))
    assert texts(done) == ["All fine"] and done.left_out == {doubt.value: 1} and done.messages == 1


def test_numbers_stay_what_they_are() -> None:
    private = "Card 4111 1111 1111 1111, DE89 3704 0044 0532 0130 00, +49 30 1234567, dana@mail.example"
    text = f"{private}, 49,90 EUR on 14.03.2026 at 12:30"
    found = anonymiser(text).text(text)
    assert not isinstance(found, Doubt)
    assert [each.what for each in find_private(found)] == ["card", "IBAN", "phone", "e-mail"]
    assert is_card_number(re.sub(r"\D", "", find_private(found)[0].text))
    assert "49,90 EUR on 14.03.2026 at 12:30" in found and "@example.com" in found


def test_our_own_accounts_keep_their_names_unless_somebody_has_it() -> None:
    assert lines(exported(told(1, "@acme hello")))[0]["text"] == "@acme hello"
    assert lines(exported(told(1, "@acme@our.example hello")))[0]["text"] == "@acme hello"
    done = exported(told(1, "@acme hello", "acme", "Acme Keeper"))
    assert "acme" not in done.recording


@settings(max_examples=30, deadline=None)
@given(text=st.text(max_size=200))
@example(text="\ud800".encode("utf-8", "replace").decode())
def test_no_text_stops_it(text: str) -> None:
    found = anonymiser(text, names=("Dana",), handles=("d",)).text(text)
    assert isinstance(found, Doubt | str)


def test_hostile_texts_are_told_or_counted() -> None:
    hostile = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]
    said = [str(each.get("text", each) if isinstance(each, dict) else each) for each in hostile][:400]
    done = exported(*(told(number, text) for number, text in enumerate(said)))
    assert done.messages + sum(done.left_out.values()) == len(said)
    assert done.recording.replace("\n", "").isprintable(), "nothing in it touches a terminal"
    load_recording(done.recording)


# One practises on them


def test_one_can_practise_on_them(tmp_path: Path) -> None:
    done = exported(
        told(1, "My card 4111 1111 1111 1111 was charged twice!", "tilda.w", "Tilda"),
        told(5, "Hi Tilda, we look.", "tilda.w", ours=True, reply_to="tilda.w-1"),
        told(9, "Thank you", "tilda.w", "Tilda"),
        told(10, "so much!", "tilda.w", "Tilda"),
        told(700, "Where is my parcel?", "marko", "Marko"),
    )
    file = tmp_path / "days.jsonl"
    file.write_text(done.recording)
    days = scenario_of_days(file, Rules())
    scenario = load_scenario(days.text, 7)
    [reaction] = scenario.reactions
    assert (reaction.to, reaction.did, reaction.said.item.text) == ("m1", "answered", "Thank you\nso much!")
    assert scenario.wants["m1"].visibility == "private" and "card" in scenario.wants["m1"].why
    assert scenario.wants["m5"].visibility == "either" and "question" in scenario.wants["m5"].why
    assert min(each.t for each in said_of(scenario)) <= 20, "somebody writes soon"
    assert scenario.duration_s < 1000 < 700 * 60, "quiet hours are left out"
    said = said_of(scenario)
    assert len(said) == 2 and all(each.item.direction is Direction.IN for each in said)
    assert sum(days.left_out.values()) == 2


def said_of(scenario: Scenario) -> list[Any]:
    return [each for some in scenario.recording.happenings.values() for each in some]


@pytest.mark.parametrize("name", ["samples/desk.jsonl", "samples/training/storm.jsonl"])
def test_any_recording_can_be_practised(name: str) -> None:
    days = scenario_of_days(Path(__file__).parents[2] / name, Rules())
    scenario = load_scenario(days.text, 1)
    assert scenario.wants and (scenario.name == "own-days") == ("desk" in name)


@settings(max_examples=20, deadline=None)
@given(made=days())
def test_every_export_can_be_practised(
    made: tuple[list[str], list[str], list[Told]], tmp_path_factory: Any
) -> None:
    done = exported(*made[2])
    if done.messages:
        file = tmp_path_factory.getbasetemp() / "days.jsonl"
        file.write_text(done.recording, "utf-8")
        scenario = load_scenario(scenario_of_days(file, Rules()).text, 3)
        inbound = [line for line in lines(done) if line.get("direction") == "in"]
        assert len(scenario.wants) <= len(inbound)
        assert scenario.wants or scenario.reactions
