"""`careconsole simulate` as it is typed: table, JSON, CSV, picture, and a sentence for everything that is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from evaluate.rank import LINE, block, main, marked, told
from tests.cli.desk_at_hand import DeskAtHand, Told, message

from careconsole.cli.parser import make_parser

ROOT = Path(__file__).parents[2]
POLICIES = ("first_come", "newest_first", "strict_priority", "rank")
LIGHT = ("--agents", "1", "--speed", "0.3")
"""Little comes, so that it is soon over."""
SVG = "{http://www.w3.org/2000/svg}"


def simulate(desk: DeskAtHand, *words: str) -> Told:
    return desk.type("simulate", *words)


def week(folder: Path, number: int = 60, name: str = "week.jsonl", **more: Any) -> Path:
    """A file of messages, one every ten minutes; the seventh is an emergency."""
    file = folder / name
    lines = [
        message(
            one,
            "I am stranded at the airport with my kids" if one == 6 else "Where is my parcel?",
            at=f"2026-03-{2 + one // 100:02}T{8 + one // 6 % 16:02}:{one % 6}0:00Z",
            **more,
        )
        for one in range(number)
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


# --- what the README says ---


def test_the_readme_tells_what_the_command_prints_and_shows_what_it_draws(tmp_path: Path) -> None:
    picture = tmp_path / "rank.svg"
    printed = told(picture)
    assert marked((ROOT / "README.md").read_text("utf-8")) == block(printed), "make rank"
    assert (ROOT / "docs" / "rank.svg").read_text("utf-8") == picture.read_text("utf-8"), "make rank"
    lines = printed.splitlines()
    assert max(map(len, lines)) <= 80 and lines[-1] != ""
    assert any(line.startswith("passed when late") and line.split()[-1] == "0" for line in lines)


def test_the_readme_is_written_between_its_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluate.rank.LINE", "careconsole simulate " + " ".join(LIGHT))
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- rank -->\nold\n<!-- /rank -->\nafter\n")
    main(readme, tmp_path / "rank.svg")
    text = readme.read_text()
    assert text.startswith("before\n<!-- rank -->\n```\n$ careconsole simulate --agents 1 ")
    assert text.endswith("```\n<!-- /rank -->\nafter\n") and "old" not in text
    assert "our rank" in text
    readme.write_text("no marks")
    with pytest.raises(SystemExit, match="there is no"):
        main(readme, tmp_path / "rank.svg")
    assert LINE.endswith("--seed 1")


# --- what it prints ---


def test_it_needs_no_desk_and_makes_none(desk: DeskAtHand) -> None:
    found = simulate(desk, *LIGHT)
    assert (found.code, found.err) == (0, "")
    assert "The sample recording: 215 messages of 118 customers" in found.out
    assert not desk.home.exists()
    assert simulate(desk, *LIGHT) == found
    assert simulate(desk, *LIGHT, "--seed", "2").out != found.out


def test_json_has_every_figure_of_every_order_and_load(desk: DeskAtHand) -> None:
    found = simulate(desk, *LIGHT, "--json").json
    assert (found["agents"], found["within_min"], found["target_share"]) == (1, 60, 0.8)
    assert found["source"]["messages"] == 215 and found["at"]["load"] == 0.3
    assert set(found["agents_needed"]) == set(found["at"]["policies"]) == set(POLICIES)
    assert [trial["load"] for trial in found["other_loads"]] == [0.15, 0.24, 0.36, 0.45]
    ours = found["at"]["policies"]["rank"]
    assert set(ours) == {
        "answered", "unanswered", "taken_back", "attained", "kept", "passed", "all", "emergencies",
        "emergencies_begun", "emergencies_at_work", "vips",
    }  # fmt: skip
    assert ours["all"]["count"] == ours["answered"] + ours["unanswered"]
    assert ours["all"]["half_s"] <= ours["all"]["p95_s"] <= ours["all"]["worst_s"]


def test_csv_has_the_same_numbers_in_rows(desk: DeskAtHand) -> None:
    rows = list(csv.DictReader(io.StringIO(simulate(desk, *LIGHT, "--csv").out)))
    found = simulate(desk, *LIGHT, "--json").json
    numbers = {(row["load"], row["policy"], row["measure"]): row["value"] for row in rows}
    assert len(numbers) == len(rows)
    for trial in (found["at"], *found["other_loads"]):
        for policy, figures in trial["policies"].items():
            of = f"{trial['load']:g}", policy
            assert float(numbers[*of, "attained"]) == figures["attained"]
            assert float(numbers[*of, "emergencies_p95_s"]) == figures["emergencies"]["p95_s"]
    assert {policy: int(numbers["0.3", policy, "agents_needed"]) for policy in POLICIES} == found[
        "agents_needed"
    ]


def test_the_words_hold_the_numbers_of_the_json(desk: DeskAtHand) -> None:
    lines = simulate(desk, *LIGHT).out.splitlines()
    found = simulate(desk, *LIGHT, "--json").json["at"]["policies"]
    for label, measure in (("answered in 60 min", "attained"), ("own promise kept", "kept")):
        line = next(line for line in lines if line.startswith(label))
        assert re.findall(r"[\d.]+(?= %)", line) == [f"{found[one][measure] * 100:.1f}" for one in POLICIES]
    line = next(line for line in lines if line.startswith("passed when late"))
    assert line.split()[-4:] == [str(found[one]["passed"]) for one in POLICIES]


def test_the_most_that_can_be_borne_is_looked_for(desk: DeskAtHand, tmp_path: Path) -> None:
    for speed in ("max", "MAX", "Max"):
        assert make_parser().parse_args(["simulate", "--speed", speed]).speed is None
    file = str(week(tmp_path))
    found = simulate(desk, "--agents", "1", "--speed", "max", "--from", file, "--json").json
    assert found["first_come_between_60_and_80"]
    assert 0.6 <= found["at"]["policies"]["first_come"]["attained"] <= 0.8


def test_where_no_load_is_in_the_band_it_says_so(desk: DeskAtHand, tmp_path: Path) -> None:
    found = simulate(desk, "--from", str(week(tmp_path, 1)), "--agents", "1", "--within", "1")
    assert found.code == 0
    assert "No load was found at which first come, first served" in " ".join(found.out.split())


def test_another_time_and_share_are_counted_for(desk: DeskAtHand) -> None:
    found = simulate(desk, *LIGHT, "--within", "5", "--target-share", "95")
    assert "answered in 5 min " in found.out and "agents for 95 % " in found.out
    strict, easy = (
        simulate(desk, *LIGHT, "--within", within, "--target-share", share, "--json").json["agents_needed"]
        for within, share in (("5", "95"), ("600", "50"))
    )
    assert all(strict[policy] >= easy[policy] == 1 for policy in POLICIES)


# --- where it comes from ---


def test_a_file_of_ones_own_is_simulated(desk: DeskAtHand, tmp_path: Path) -> None:
    found = simulate(desk, "--from", str(week(tmp_path)), "--speed", "1", "--json").json
    assert found["source"] == {
        "name": str(tmp_path / "week.jsonl"), "messages": 60, "customers": 60, "span_s": 35_400.0,
        "answers_left_out": 0, "versions_left_out": 0, "lines_refused": 0, "messages_beyond": 0,
    }  # fmt: skip
    assert found["played"] == {"times": 7, "days": 7, "jitter_min": 10, "seed": 1}
    assert found["at"]["messages"] == 420
    assert found["at"]["policies"]["rank"]["emergencies"]["count"] == 7


def test_a_recording_of_ones_own_is_known_by_its_first_line(desk: DeskAtHand) -> None:
    file = str(ROOT / "samples" / "desk.jsonl")
    as_sample, as_file = (simulate(desk, *LIGHT, "--from", name, "--json").json for name in ("sample", file))
    assert (as_sample["source"].pop("name"), as_file["source"].pop("name")) == ("sample", file)
    assert as_sample == as_file


def test_the_order_is_that_of_the_settings_and_that_is_said(desk: DeskAtHand, tmp_path: Path) -> None:
    file = str(week(tmp_path))
    plain = simulate(desk, "--from", file, "--speed", "1", "--json").json["at"]["policies"]["rank"]
    settings = desk.home_made() / "settings.toml"
    settings.write_text('[rank]\nvips = ["@customer3", "@customer9"]\n[rank.emergency]\nbuiltin = false\n')
    found = simulate(desk, "--from", file, "--speed", "1", "--json")
    assert f"The order is that of the settings in {settings}." in found.err
    ours = found.json["at"]["policies"]["rank"]
    assert (plain["vips"]["count"], plain["emergencies"]["count"]) == (0, 7)
    assert (ours["vips"]["count"], ours["emergencies"]["count"]) == (14, 0)
    settings.write_text("[rank]\nvip = 3\n")
    broken = simulate(desk, "--from", file)
    assert (broken.code, broken.out) == (2, "") and "settings.toml" in broken.err


def test_lines_that_are_no_message_are_told(desk: DeskAtHand, tmp_path: Path) -> None:
    file = week(tmp_path)
    file.write_bytes(b"nonsense\n" + file.read_bytes() + b"\xff\n")
    found = simulate(desk, "--from", str(file), "--speed", "1")
    assert found.code == 0
    assert (
        f"{file}: 2 lines are no message and were left out; the first one is line 1: the line is not JSON"
        in found.err
    )


def test_a_name_with_escape_signs_is_shown_and_not_obeyed(desk: DeskAtHand, tmp_path: Path) -> None:
    file = week(tmp_path, name="week\x1b[2J.jsonl")
    file.write_bytes(b"nonsense\n" + file.read_bytes())
    found = simulate(desk, "--from", str(file), "--speed", "1")
    assert found.code == 0 and "\x1b" not in found.out + found.err


# --- what is wrong ---


@pytest.mark.parametrize(
    "words",
    [
        "--agents 0", "--agents 1001", "--agents many", "--agents -1", "--agents ٣", "--speed 0", "--speed nan",
        "--speed 1001", "--speed fast", "--seed -1", "--seed 1.5", "--within 0", "--within 10081",
        "--target-share 0", "--target-share 101", "--json --csv", "--from", "--svg",
    ],
)  # fmt: skip
def test_wrong_words_are_refused_with_what_they_must_be(desk: DeskAtHand, words: str) -> None:
    found = simulate(desk, *words.split())
    assert (found.code, found.out) == (2, "") and "simulate: error:" in found.err


@pytest.mark.parametrize("option", ["--from", "--svg"])
def test_an_empty_name_is_refused(desk: DeskAtHand, option: str) -> None:
    assert "the name of the file is empty" in simulate(desk, option, "").err


def test_a_file_that_is_not_there_or_no_file_is_named(desk: DeskAtHand, tmp_path: Path) -> None:
    for name in (tmp_path / "none.jsonl", tmp_path):
        found = simulate(desk, "--from", str(name))
        assert (found.code, found.out) == (2, "")
        assert (
            f"{name} cannot be read: " in found.err
            and "Name a recording or a file of JSON lines" in found.err
        )


def test_a_file_without_a_customer_is_named(desk: DeskAtHand, tmp_path: Path) -> None:
    for name, text in (("empty", ""), ("other", "a table;of something\n"), ("none", '{"recording": 1}\n')):
        file = tmp_path / name
        file.write_text(text)
        found = simulate(desk, "--from", str(file))
        assert (found.code, found.out) == (2, "")
        assert f"In {file} nothing can be simulated: there is no message of a customer in it." in found.err


def test_a_broken_recording_is_named_with_its_line(desk: DeskAtHand, tmp_path: Path) -> None:
    file = tmp_path / "broken"
    file.write_text('{"recording": 1}\n{"t": "soon"}\n')
    found = simulate(desk, "--from", str(file))
    assert found.code == 2 and f'{file}, line 2: "t" must be a number of seconds' in found.err


def test_a_load_that_is_too_much_is_refused_with_what_it_would_be(desk: DeskAtHand) -> None:
    found = simulate(desk, "--speed", "900")
    assert (found.code, found.out) == (2, "")
    assert "With --speed 900, 900 times the source are 1,354,500 messages; at most 100,000" in found.err


def test_a_load_at_which_nobody_writes_is_refused(desk: DeskAtHand) -> None:
    found = simulate(desk, "--speed", "0.0001")
    assert (found.code, found.out) == (
        2,
        "",
    ) and "With --speed 0.0001, nobody writes. Ask for more." in found.err


# --- the picture ---


def test_the_picture_stands_alone_and_says_itself_in_words(desk: DeskAtHand, tmp_path: Path) -> None:
    file = tmp_path / "rank.svg"
    found = simulate(desk, *LIGHT, "--svg", str(file))
    assert (found.code, found.out) == (0, simulate(desk, *LIGHT).out)
    text = file.read_text("utf-8")
    picture = ElementTree.fromstring(text)
    assert picture.tag == f"{SVG}svg" and picture.get("role") == "img"
    named = {each.get("id"): each.text or "" for each in picture if each.get("id")}
    assert set((picture.get("aria-labelledby") or "").split()) == set(named) == {"title", "words"}
    ours = simulate(desk, *LIGHT, "--json").json["at"]["policies"]["rank"]["emergencies"]
    minutes, seconds = divmod(round(ours["p95_s"]), 60)
    assert "Emergencies, our rank: half within " in named["words"]
    assert f"95 % within {minutes} min {seconds:02} s" in named["words"]
    assert "prefers-color-scheme: dark" in text
    outside = re.findall(r"(?:href|src|url)\b|https?://[^\"]*|<script|<image|@import", text)
    assert outside == ["http://www.w3.org/2000/svg"]


def test_everything_in_the_picture_lies_in_it(desk: DeskAtHand, tmp_path: Path) -> None:
    file = tmp_path / "rank.svg"
    simulate(desk, *LIGHT, "--svg", str(file))
    picture = ElementTree.fromstring(file.read_text("utf-8"))
    width, height = (float(picture.get(side) or 0) for side in ("width", "height"))
    for each in picture.iter():
        for name, most in (
            ("x", width),
            ("x1", width),
            ("x2", width),
            ("cx", width),
            ("y", height),
            ("y1", height),
        ):
            assert 0 <= float(each.get(name) or 0) <= most, (each.tag, each.attrib)
        assert float(each.get("width") or 0) >= 0 and float(each.get("height") or 0) >= 0
    bars = [each for each in picture.iter(f"{SVG}rect") if "ours" in (each.get("class") or "")]
    assert len(bars) == 3


def test_where_nobody_is_a_vip_the_picture_says_nobody(desk: DeskAtHand, tmp_path: Path) -> None:
    file = tmp_path / "rank.svg"
    simulate(desk, "--from", str(week(tmp_path)), "--speed", "1", "--svg", str(file))
    assert file.read_text("utf-8").count(">nobody<") == 4


def test_a_plot_is_drawn_anew_and_nothing_else_is_written_over(desk: DeskAtHand, tmp_path: Path) -> None:
    file = tmp_path / "rank.svg"
    file.write_text("<svg>old</svg>")
    assert simulate(desk, *LIGHT, "--svg", str(file)).code == 0 and "old" not in file.read_text()
    mine = week(tmp_path)
    before = mine.read_bytes()
    found = simulate(desk, *LIGHT, "--svg", str(mine))
    assert (found.code, found.out) == (2, "")
    assert f"{mine} is there and is no plot; name another file after --svg." in found.err
    assert mine.read_bytes() == before


def test_a_picture_that_cannot_be_written_is_told_before_anything_is_computed(
    desk: DeskAtHand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careconsole.cli.simulate.study", lambda *asked: pytest.fail("computed"))
    missing = simulate(desk, "--svg", str(tmp_path / "none" / "rank.svg"))
    assert missing.code == 2 and f"there is no folder {tmp_path / 'none'}" in missing.err
    folder = simulate(desk, "--svg", str(tmp_path))
    assert folder.code == 2 and f"{tmp_path} cannot be written: Is a directory" in folder.err
