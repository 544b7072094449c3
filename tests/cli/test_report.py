"""report and audit as commands: forms, windows, exit codes; a cell that a spreadsheet would obey is quoted."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from tests.cli.desk_at_hand import DeskAtHand

from careconsole.cli.report import _put_csv
from careconsole.cli.since import since_at
from careconsole.desk.reporting.definitions import DEFINITIONS
from careconsole.store import driver
from careconsole.store.host_clock import SystemClock


def some(desk: DeskAtHand, *, account: str = "shop") -> None:
    """Three customers, of whom one has an answer and one is resolved."""
    now = datetime.now(UTC)
    lines = [
        {
            "account": account,
            "id": f"m{number}",
            "author": {"handle": f"cust{number}"},
            "text": "Where is my parcel?",
            "at": (now - timedelta(minutes=90 - number)).isoformat().replace("+00:00", "Z"),
        }
        for number in range(3)
    ]
    assert desk.take_in(lines).code == 0
    first, second, _ = sorted(row["id"] for row in desk.queue() if row["account"] == account)
    assert desk.type("reply", str(first), "--text", "It left today.").code == 0
    assert desk.type("sync", "--once").code == 0
    assert desk.type("resolve", str(second), "--reason", "noise").code == 0


def by_name(desk: DeskAtHand, *words: str) -> dict[str, object]:
    rows = desk.type("report", "--json", *words).json
    return {row["measure"]: row["value"] for row in rows if row["of"] == "all"}


def test_the_numbers_of_a_small_desk(desk: DeskAtHand) -> None:
    some(desk)
    found = by_name(desk)
    assert (found["arrivals"], found["answers"], found["resolutions"], found["backlog"]) == (3, 1, 1, 1)
    assert found["response_rate"] == 0.5
    assert found["breached"] == 3
    assert 5300 < found["frt_median"] < 5500  # type: ignore[operator]
    assert set(found) == set(DEFINITIONS)
    told = desk.type("report")
    assert told.code == 0 and "Response rate" in told.out and "left out: noise 1" in told.out
    assert "by account" in told.out and "by agent" in told.out


def test_only_what_lies_in_the_window_counts(desk: DeskAtHand) -> None:
    some(desk)
    assert by_name(desk, "--since", "60m")["arrivals"] == 0
    assert by_name(desk, "--since", "2h")["arrivals"] == 3


def test_a_row_a_number_for_a_spreadsheet(desk: DeskAtHand) -> None:
    some(desk)
    rows = list(csv.DictReader(io.StringIO(desk.type("report", "--csv").out)))
    assert list(rows[0]) == ["measure", "of", "name", "value", "unit", "counted", "left_out"]
    assert {row["name"] for row in rows if row["of"] == "agent"} == {"ana"}
    rate = next(row for row in rows if row["measure"] == "response_rate" and row["of"] == "all")
    assert (rate["value"], rate["unit"], rate["counted"], rate["left_out"]) == (
        "0.5",
        "share",
        "2",
        "noise 1",
    )


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_obey_is_quoted(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {
        "measure": "answers",
        "of": "agent",
        "name": name,
        "value": -1,
        "unit": "",
        "counted": 1,
        "left_out": {},
    }
    _put_csv([row])
    [_, cells] = csv.reader(io.StringIO(capsys.readouterr().out))
    assert cells[2].startswith("'") and cells[3] == "-1"


def test_every_number_is_defined(desk: DeskAtHand) -> None:
    told = desk.type("report", "--define")
    assert told.code == 0 and told.out.count("\n") == len(DEFINITIONS)


def test_an_audit_of_a_whole_desk_finds_nothing(desk: DeskAtHand) -> None:
    some(desk)
    told = desk.type("audit")
    assert (told.code, told.err) == (0, "")
    assert "Event log: whole" in told.out and "none differs" in told.out and "Little's law holds" in told.out
    found = desk.type("audit", "--json").json
    assert found["holds"] and found["queue"] == {"waiting": 1, "misplaced": []}
    assert found["windows"][0]["littles_law"]["holds"] and found["windows"][0]["numbers"] > 100


def test_an_event_that_was_dropped_is_named(desk: DeskAtHand) -> None:
    some(desk)
    db = driver.connect(driver.drivers()[0], desk.home / "desk.db", writes=True)
    db.execute("DROP TRIGGER event_remains")
    db.execute("DELETE FROM event WHERE seq = 3")
    db.close()
    told = desk.type("audit")
    assert told.code == 1 and "event 3 is missing" in told.out
    assert not desk.type("audit", "--json").json["holds"]


@pytest.mark.parametrize(("where", "number"), [("seq = 1", 1), ("seq = 3", 3), ("seq >= 4", 4)])
def test_from_a_log_with_a_hole_nothing_is_counted(desk: DeskAtHand, where: str, number: int) -> None:
    some(desk)
    db = driver.connect(driver.drivers()[0], desk.home / "desk.db", writes=True)
    db.execute("DROP TRIGGER event_remains")
    db.execute(f"DELETE FROM event WHERE {where}")
    db.close()
    told = desk.type("report")
    assert (told.code, told.out) == (2, "") and f"Event {number} is missing from the event log" in told.err
    assert "Traceback" not in told.err and desk.type("audit").code == 1


def test_a_clock_that_was_set_back_is_said(desk: DeskAtHand, monkeypatch: pytest.MonkeyPatch) -> None:
    some(desk)
    assert desk.type("report").err == ""
    real = SystemClock.now_us
    monkeypatch.setattr(SystemClock, "now_us", lambda clock: real(clock) - 3_600_000_000)
    told = desk.type("report")
    assert told.code == 0 and "behind the newest event; no age is true" in told.err


@pytest.mark.parametrize("command", ["report", "audit"])
def test_what_cannot_be_read_is_said(desk: DeskAtHand, command: str) -> None:
    told = desk.type(command)
    assert told.code == 2 and "There is no desk" in told.err and not desk.home.exists()
    desk.home.mkdir()
    (desk.home / "desk.db").write_bytes(b"not a desk" * 100)
    told = desk.type(command)
    assert told.code == 2 and "not a careconsole desk" in told.err


@pytest.mark.parametrize("text", ["yesterday", "7", "-1d", "2026-13-01", "7d7d", "99999999d", "=1"])
def test_a_time_that_is_none_is_refused_with_an_example(desk: DeskAtHand, text: str) -> None:
    told = desk.type("report", f"--since={text}")
    assert told.code == 2 and "today, 2026-11-01" in told.err


@pytest.mark.parametrize("command", ["report", "audit"])
def test_a_window_that_lies_ahead_is_refused(desk: DeskAtHand, command: str) -> None:
    some(desk)
    told = desk.type(command, "--since", "2990-01-01")
    assert told.code == 2 and "2990-01-01 lies ahead" in told.err and told.out == ""


def test_a_log_that_makes_no_sense_is_said(desk: DeskAtHand) -> None:
    some(desk)
    db = driver.connect(driver.drivers()[0], desk.home / "desk.db", writes=True)
    db.execute("DROP TRIGGER event_stays")
    db.execute("UPDATE event SET details = '[' WHERE kind = 'arrived'")
    db.close()
    told = desk.type("report")
    assert told.code == 2 and "cannot be understood" in told.err and "careconsole audit" in told.err
    assert desk.type("audit").code == 1


def test_ways_to_say_since_when() -> None:
    now = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
    assert since_at("7d", now) == now - timedelta(days=7)
    assert since_at("90m", now) == now - timedelta(minutes=90)
    assert since_at("today", now) == datetime(2026, 3, 4, tzinfo=UTC)
    assert since_at("2026-03-01", now) == datetime(2026, 3, 1, tzinfo=UTC)
    assert since_at("2026-03-01T09:00:00+01:00", now) == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert since_at("99999w", now).year == 1970
