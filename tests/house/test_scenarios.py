"""The scenarios of practice: whole for every seed, honest about their fiction, and read by the desk as they are meant."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from careconsole.channels.recording import Said
from careconsole.desk.practice.scenario import SCENARIOS, Did, load_scenario
from careconsole.language.emergency import DEFAULT_EMERGENCY, EmergencyWords
from careconsole.language.private_data import find_private
from careconsole.language.provocation import suspicion_of
from careconsole.language.reading import read

FOLDER = Path(__file__).parents[2] / "samples" / "training"
LONG_S = range(600, 1501)
WORDS = EmergencyWords(DEFAULT_EMERGENCY)


def lines_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def inbound(name: str) -> list[dict[str, Any]]:
    return [line for line in lines_of(name) if line.get("direction") == "in"]


def texts_of(line: dict[str, Any]) -> list[str]:
    return list(line.get("texts") or [line["text"]])


def test_there_are_five_and_no_others() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(SCENARIOS)
    assert len(SCENARIOS) == 5


@pytest.mark.parametrize("name", SCENARIOS)
def test_it_is_whole_for_every_seed(name: str) -> None:
    for seed in range(50):
        scenario = load_scenario(FOLDER / f"{name}.jsonl", seed)
        assert (scenario.name, round(scenario.duration_s) in LONG_S) == (name, True)
        said = {
            each.item.external_id
            for happenings in scenario.recording.happenings.values()
            for each in happenings
            if isinstance(each, Said)
        }
        reacting = {each.said.item.external_id for each in scenario.reactions}
        assert set(scenario.wants) <= said | reacting
        assert {each.to for each in scenario.reactions} <= said | reacting
        assert scenario.recording.duration_s <= scenario.duration_s


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_desk_reads_it_as_it_is_meant(name: str) -> None:
    for line in inbound(name):
        for text in texts_of(line):
            found = read(text, WORDS)
            meant = (line["lang"], line["means"], bool(line.get("alarm")))
            assert (found.language, found.kind.value, bool(found.emergency_word)) == meant, line["id"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_nearly_every_message_says_what_it_wants(name: str) -> None:
    asked = inbound(name)
    assert sum("want" in line for line in asked) >= 0.9 * len(asked)
    assert all(line["want"]["why"].endswith(".") for line in asked if "want" in line)


def test_customers_react_in_every_way() -> None:
    for name in SCENARIOS:
        assert len({line["when"]["did"] for line in lines_of(name) if "when" in line}) >= 4, name
    counts = Counter(line["when"]["did"] for name in SCENARIOS for line in lines_of(name) if "when" in line)
    assert set(counts) == {each.value for each in Did}
    assert min(counts.values()) >= 5


def test_each_is_about_what_it_says() -> None:
    calm = {line["author"]["handle"] for line in inbound("calm-morning")}
    assert 8 <= len(calm) <= 12
    storm = [line for line in inbound("storm") if 0 < line.get("t", 0) <= 15 * 60]
    assert len(storm) >= 40
    assert any(line.get("alarm") for line in storm)
    vips = {vip.removeprefix("@") for vip in lines_of("storm")[0]["vips"]}
    assert vips & {line["author"]["handle"] for line in storm}
    assert {"en", "de", "ru", "zh", "hr"} <= {line["lang"] for line in inbound("five-languages")}


def test_the_troll_is_told_from_the_angry_customer() -> None:
    by_id = {line["id"]: line for line in inbound("troll")}
    assert suspicion_of(by_id["tr-02"]["text"]).is_suspected
    assert not suspicion_of(by_id["tr-03"]["text"]).is_suspected
    provoker = [
        line for line in inbound("troll") if line["author"]["handle"] == "skyhater_99" and "t" in line
    ]
    assert [line["want"]["answer"] for line in provoker] == [True, False, False]


def test_private_data_stands_in_public_and_wants_to_go_private() -> None:
    exposed = [
        line
        for line in inbound("private-data")
        if line["visibility"] == "public" and any(find_private(text) for text in texts_of(line))
    ]
    assert len(exposed) >= 4
    assert all(line["want"]["visibility"] == "private" for line in exposed)


def test_names_numbers_and_addresses_are_nobodys() -> None:
    whole = "\n".join((FOLDER / f"{name}.jsonl").read_text(encoding="utf-8") for name in SCENARIOS)
    assert set(re.findall(r"[\w.]+@([\w.-]+\.[a-z]{2,})", whole)) <= {"example.com"}
    assert set(re.findall(r"\+[\d ]{8,}\d", whole)) <= {"+1 202 555 0143"}
    assert set(re.findall(r"(?:[A-Z]{2}\d\d )?(?:\d{4} ){3}\d{2,4}(?: \d\d)?", whole)) <= {
        "4111 1111 1111 1111",
        "DE89 3704 0044 0532 0130 00",
    }
    assert "http" not in whole
