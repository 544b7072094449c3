"""`careconsole report --voice`: the telephone's file, what is wrong in it, and what may be compared."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cli.desk_at_hand import DeskAtHand
from tests.cli.test_report import some

from careconsole.cli.parser import make_parser
from careconsole.desk.reporting.telephone import COLUMNS, MORE_COLUMNS, CallsError, read_calls
from careconsole.model.instant import to_us

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
SINCE_US = to_us(NOW - timedelta(days=1))
HEAD = ",".join(COLUMNS)
GOOD = "2026-11-02T09:00:00Z,100,90,10,70,20,30,240"


def written(folder: Path, *lines: str) -> Path:
    file = folder / "calls.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def an_hour_ago(minutes: int = 0) -> str:
    return (datetime.now(UTC) - timedelta(hours=1, minutes=minutes)).strftime("%Y-%m-%dT%H:%M:00Z")


def test_intervals_are_added_up_by_their_calls(tmp_path: Path) -> None:
    more = f"{HEAD},hold_s,extra,wrap_up_s,resolved_first"
    file = written(
        tmp_path, "\ufeff" + more, f"{GOOD},5,x,15,60", "2026-11-02T10:00:00Z,30,30,0,30,20,10.5,120,5,,15,3", "",
        "2026-11-01,9,9,0,9,20,1,1,1,1,1,1",
    )  # fmt: skip
    calls = read_calls(file, SINCE_US, NOW)
    assert (calls.offered, calls.answered, calls.abandoned, calls.in_threshold, calls.outside) == (
        130,
        120,
        10,
        100,
        1,
    )
    assert calls.mean_s("asa_s") == Fraction(90 * 30 + 30 * Fraction("10.5"), 120)
    assert calls.mean_s("talk_s", "hold_s", "wrap_up_s") == 20 + Fraction(90 * 240 + 30 * 120, 120)
    assert (calls.counted("resolved_first"), calls.counted("abandoned_in_threshold"), calls.threshold_s) == (
        63,
        None,
        20,
    )


def test_a_spreadsheet_of_half_of_europe_is_read(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD.replace(",", ";"), "2026-11-02;10;9;1;5;20;33,5;240,25")
    [found] = read_calls(file, SINCE_US, NOW).intervals
    assert (found.asa_s, found.talk_s) == (Fraction("33.5"), Fraction("240.25"))


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("",), "line 1: the column interval is missing"),
        ((HEAD.replace("asa_s,", ""), GOOD), "line 1: the column asa_s is missing (mean wait of the answered in seconds (ASA))"),
        ((f"{HEAD},offered", GOOD), "line 1: the column offered is there twice"),
        ((HEAD,), "there is no line below the heads"),
        ((HEAD, GOOD, GOOD.replace(",100,", ",many,")), 'line 3, column offered: "many" is no whole number from 0'),
        ((HEAD, GOOD.replace(",100,", ",-1,")), "line 2, column offered"),
        ((HEAD, GOOD.replace(",100,", ",99,")), "line 2, column offered: is less than answered and abandoned together"),
        ((HEAD, GOOD.replace(",70,", ",91,")), "line 2, column answered_in_threshold: is 91, more than answered (90)"),
        ((HEAD, GOOD.replace(",30,", ",soon,")), 'line 2, column asa_s: "soon" is no number of seconds from 0'),
        ((HEAD, GOOD.replace(",30,", ",nan,")), "line 2, column asa_s"),
        ((HEAD, GOOD.replace(",30,", ",1e400,")), "line 2, column asa_s"),
        ((HEAD, "2026-11-02T09:00,1,1,0,1,20,1,1"), "line 2, column interval"),
        ((HEAD, "yesterday,1,1,0,1,20,1,1"), 'line 2, column interval: "yesterday" names no time'),
        ((HEAD, "\x1b]0;x\x07,1,1,0,1,20,1,1"), "line 2, column interval"),
        ((HEAD, GOOD, GOOD), "line 3, column interval: is that of line 2 too"),
        ((HEAD, GOOD, "2026-11-02,1,1,0,1,30,1,1"), "line 3, column threshold_s: is another one"),
        ((HEAD, "2026-11-02,1,1"), "line 2, column abandoned: is missing"),
        ((HEAD, '"2026-11-02,1'), "this is no CSV"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_line_and_column(
    tmp_path: Path, lines: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CallsError) as told:
        read_calls(written(tmp_path, *lines), SINCE_US, NOW)
    assert sentence in str(told.value) and "calls.csv" in str(told.value) and "\x1b" not in str(told.value)


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    for file, sentence in ((tmp_path / "none", "There is no file"), (tmp_path, "cannot be read")):
        with pytest.raises(CallsError, match=sentence):
            read_calls(file, SINCE_US, NOW)
    (tmp_path / "raw").write_bytes(HEAD.encode() + b"\n\xff\xfe")
    with pytest.raises(CallsError, match="line 2: this is no text in UTF-8"):
        read_calls(tmp_path / "raw", SINCE_US, NOW)


@settings(max_examples=60, deadline=None)
@given(raw=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_file_is_a_fault_of_the_program(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    for start in (b"", HEAD.encode() + b"\n", HEAD.encode() + b"\n" + GOOD.encode() + b"\n"):
        file.write_bytes(start + raw)
        try:
            read_calls(file, SINCE_US, NOW)
        except CallsError as error:
            assert str(error)


def test_both_stand_side_by_side_with_what_they_mean(desk: DeskAtHand, tmp_path: Path) -> None:
    some(desk)
    file = written(tmp_path, f"{HEAD},abandoned_in_threshold", f"{an_hour_ago()},100,80,20,60,20,30,240,10")
    done = desk.type("report", "--voice", str(file), "--since", "70m")
    assert done.code == 0 and "Service level, of answered and abandoned" in done.out
    found = desk.type("report", "--voice", str(file), "--since", "70m", "--json").json
    by_title = {one["telephone_measure"]: one for one in found["figures"]}
    levels = {name: one["telephone"] for name, one in by_title.items() if one["measure"] == "service_level"}
    assert levels == {
        "Service level, of answered and abandoned": 0.6,
        "Service level, of answered": 0.75,
        "Service level, early abandoned left out": round(60 / 90, 4),
    }
    plain = {
        row["measure"]: row["value"]
        for row in desk.type("report", "--json", "--since", "70m").json
        if row["of"] == "all"
    }
    for one in found["figures"]:
        assert one["here"] == plain[one["measure"]] or one["unit"] == "s"
        assert one["why"] and one["here_means"] and one["telephone_means"]
    assert {one["telephone_measure"] for one in found["figures"] if one["comparable"]} == {
        "Calls offered", "Service level, of answered and abandoned", "ASA",
    }  # fmt: skip
    assert "AHT" not in by_title and by_title["Mean talk time"]["telephone"] == 240
    rows = list(csv.DictReader(io.StringIO(desk.type("report", "--voice", str(file), "--csv").out)))
    assert {row["comparable"] for row in rows} == {"yes", "no"} and len(rows) == len(found["figures"])


def test_which_time_it_is_is_said(desk: DeskAtHand, tmp_path: Path) -> None:
    some(desk)
    old = "2020-01-01,1,1,0,1,20,1,1"
    done = desk.type("report", "--voice", str(written(tmp_path, HEAD, old)))
    assert done.code == 0 and "No line of the file lies in this time" in done.err
    file = written(tmp_path, HEAD, old, f"{an_hour_ago()},1,1,0,1,20,1,1")
    done = desk.type("report", "--voice", str(file))
    assert "left out, as they lie outside this time: 1" in done.err and "with --since 20" in done.err
    done = desk.type("report", "--voice", str(written(tmp_path, HEAD, GOOD.replace(",100,", ",x,"))))
    assert (done.code, done.out) == (2, "") and "line 2, column offered" in done.err
    assert desk.type("report", "--voice", "").code == 2


def test_readme_and_help_name_every_column(capsys: pytest.CaptureFixture[str]) -> None:
    told = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    with pytest.raises(SystemExit):
        make_parser().parse_args(["report", "--help"])
    helped = set(re.findall(r"\w+", capsys.readouterr().out))
    for column in (*COLUMNS, *MORE_COLUMNS):
        assert f"`{column}`" in told and column in helped
