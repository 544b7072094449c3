"""assign and release --from: what they say, what they leave, and what the queue shows of it."""

from __future__ import annotations

import pytest
from tests.cli.desk_at_hand import DeskAtHand, message


@pytest.fixture
def one(desk: DeskAtHand) -> str:
    """A conversation that waits; ben is known to the desk."""
    desk.take_in([message(1), message(2)])
    two, first = (
        str(row["id"]) for row in sorted(desk.queue(), key=lambda row: row["customer"], reverse=True)
    )
    assert desk.type("claim", two, agent="ben").code == 0
    return first


def row(desk: DeskAtHand, id: str) -> dict[str, object]:
    return next(each for each in desk.queue() if str(each["id"]) == id)


def test_given_to_a_person_with_the_three_prompts(desk: DeskAtHand, one: str) -> None:
    told = desk.type(
        "assign",
        one,
        "--to",
        "@Ben",
        "--done",
        "asked\x1b[31m for\nit",
        "--promised",
        "Friday",
        "--next",
        "call",
    )
    assert (told.code, told.out) == (0, "")
    assert told.err == f"careconsole: Conversation {one} is given to ben.\n"
    shown = row(desk, one)
    assert (shown["owner"], shown["team"], shown["moves"], shown["claimed_by"]) == ("ben", None, 1, None)
    assert "  →ben  " in desk.type("queue").out
    thread = desk.type("show", one).out
    assert "→ben" in thread and "  | Promised: Friday" in thread and "\x1b" not in thread


def test_given_to_a_team_or_senior(desk: DeskAtHand, one: str) -> None:
    assert desk.type("assign", one, "--to", "BILLING").code == 2
    told = desk.type("assign", one, "--to", "legal")
    assert told.code == 0 and row(desk, one)["team"] == "legal"
    assert "→legal" in desk.type("queue").out and "→legal" in desk.type("show", one).out
    assert desk.type("assign", one, "--to", "senior").code == 0
    assert desk.type("show", one, "--json").json["team"] == "senior"


def test_nobody_of_that_name_is_told_with_who_there_is(desk: DeskAtHand, one: str) -> None:
    told = desk.type("assign", one, "--to", "nob\x1b[1mody")
    assert (told.code, told.out) == (2, "")
    assert (
        "Nobody here is called" in told.err and "ben, ana, marketing" in told.err and "\x1b" not in told.err
    )


def test_what_another_holds_is_taken_only_by_their_name(desk: DeskAtHand, one: str) -> None:
    desk.type("claim", one, agent="ben")
    told = desk.type("assign", one, "--to", "legal")
    assert told.code == 1 and "@ben holds it" in told.err and "--from ben" in told.err
    assert desk.type("assign", one, "--to", "legal", "--from", "cem").code == 1
    told = desk.type("assign", one, "--to", "legal", "--from", "@ben")
    assert told.code == 0 and told.err.endswith("is given to legal, taken from @ben.\n")
    assert desk.type("claim", one, agent="ben").code == 0
    assert desk.type("release", one, "--from", "cem").code == 1
    assert desk.type("release", one, "--from", "ben").code == 0
    assert row(desk, one)["claimed_by"] is None and row(desk, one)["team"] == "legal"


def test_what_is_not_there_or_resolved_is_refused(desk: DeskAtHand, one: str) -> None:
    assert desk.type("assign", "77", "--to", "ben").code == 2
    assert desk.type("release", "77", "--from", "ben").code == 2
    assert desk.type("assign", one, "--to", "ben", "--next", "x" * 201).code == 2
    desk.type("resolve", one)
    told = desk.type("assign", one, "--to", "ben")
    assert told.code == 1 and "is resolved" in told.err


def test_found_by_whose_it_is(desk: DeskAtHand, one: str) -> None:
    desk.type("assign", one, "--to", "ben")

    def found(query: str, agent: str = "ana") -> list[str]:
        return [str(each["id"]) for each in desk.type("find", query, "--json", agent=agent).json]

    assert one in found("owner:ben") and one in found("mine", "ben") and found("mine") == []
    assert found("owner:@ana") == [] and found("team:legal") == []
    desk.type("assign", one, "--to", "legal")
    assert found("team:legal") == found("team:legal,care waiting") == [one]


def test_moves_stand_in_the_report_and_the_audit_agrees(desk: DeskAtHand, one: str) -> None:
    for to in ("ben", "legal", "senior"):
        assert desk.type("assign", one, "--to", to).code == 0
    figures = desk.type("report", "--json").json
    assert "moves" in str(figures)
    assert desk.type("audit").code == 0
    assert "moves" in desk.type("report", "--csv").out
