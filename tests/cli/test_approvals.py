"""A trainee's reply by command waits; who may approve lists it, lets it go or gives it back."""

from __future__ import annotations

import json

import pytest
from tests.cli.desk_at_hand import DeskAtHand, Told, message
from tests.cli.test_roles import put_roles

HOUSE = '[people.tim]\nrole = "trainee"\nos_user = "{tim}"\n[people.mia]\nrole = "supervisor"\nos_user = "{mia}"\n'


def as_(desk: DeskAtHand, name: str, *words: str) -> Told:
    """Run a command as tim or mia."""
    users = {"tim": "nobody-t", "mia": "nobody-m", name: "ME"}
    put_roles(desk, HOUSE.format(**users))
    return desk.type(*words, agent=name)


@pytest.fixture
def id(desk: DeskAtHand) -> str:
    """A conversation to which tim has written."""
    desk.take_in([message(1), message(2)])
    id = str(desk.queue()[0]["id"])
    told = as_(desk, "tim", "reply", id, "--text", "It left  today.\n")
    assert (told.code, told.out) == (0, "") and "waits for approval, position 1 (request 1)" in told.err
    return id


def test_it_waits_and_is_listed(desk: DeskAtHand, id: str) -> None:
    assert as_(desk, "tim", "outbox", "--json").json == []
    [row] = as_(desk, "mia", "approvals", "--json").json
    assert (row["id"], row["position"], row["conversation"]) == (1, 1, int(id))
    assert (row["agent"], row["text"], row["visibility"]) == ("tim", "It left  today.\n", "public")
    told = as_(desk, "mia", "approvals")
    assert "@tim" in told.out and "PUBLIC" in told.out and "It left" in told.out
    assert [row["id"] for row in as_(desk, "mia", "queue", "--json").json].count(int(id)) == 1


def test_nothing_waits(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    assert desk.type("approvals", "--json").json == []
    assert "Nothing waits for approval" in desk.type("approvals").err


def test_approved_it_is_in_the_outbox_as_it_was_written(desk: DeskAtHand, id: str) -> None:
    told = as_(desk, "mia", "approve", "1")
    assert (told.code, told.out) == (0, "1\n")
    [row] = as_(desk, "mia", "outbox", "--json").json
    assert (row["text"], row["state"]) == ("It left  today.\n", "queued")
    told = as_(desk, "mia", "approve", "1")
    assert told.code == 1 and "waits no longer: approved by @mia" in told.err
    assert as_(desk, "tim", "sync", "--once").code == 1  # a trainee does not run the desk
    put_roles(desk, '[people.ana]\nrole = "agent"\nos_user = "ME"')
    assert desk.type("sync", "--once").code == 0
    [log] = (desk.home / "sent").iterdir()
    assert json.loads(log.read_text())["text"] == "It left  today.\n"


def test_a_thread_that_grew_is_read_again(desk: DeskAtHand, id: str) -> None:
    """Nothing is sent; the sentence says what came and how to approve all the same."""
    (desk.home / "roles.toml").unlink()
    desk.take_in([message(1, "Where are my two parcels?", edited_at="2026-03-02T13:00:00Z")])
    told = as_(desk, "mia", "approve", "1")
    assert (told.code, told.out) == (1, "") and "The thread grew since then: 1 edited message" in told.err
    assert f"careconsole show {id}" in told.err and as_(desk, "mia", "outbox", "--json").json == []
    seen = told.err.rpartition("--seen ")[2].strip()
    assert as_(desk, "mia", "approve", "1", "--seen", seen).code == 0


def test_a_message_that_was_deleted_is_not_answered(desk: DeskAtHand, id: str) -> None:
    (desk.home / "roles.toml").unlink()
    desk.take_in([message(1, deleted_at="2026-03-02T13:00:00Z")])
    told = as_(desk, "mia", "approve", "1")
    assert told.code == 1 and "was deleted" in told.err and "careconsole return 1" in told.err


def test_what_should_not_be_public_is_refused_here_too(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    words = ("reply", "1", "--text", "Write to dana@example.org", "--allow-private-data")
    assert as_(desk, "tim", *words).code == 0
    told = as_(desk, "mia", "approve", "1")
    assert (told.code, told.out) == (1, "") and "It would be public" in told.err
    assert as_(desk, "mia", "approve", "1", "--allow-private-data").code == 0


def test_given_back_with_a_reason(desk: DeskAtHand, id: str) -> None:
    assert "reason is empty" in as_(desk, "mia", "return", "1", "--reason", "  ").err
    told = as_(desk, "mia", "return", "1", "--reason", "Too\x1b[2J curt")
    assert told.code == 0 and "draft of @tim again" in told.err
    told = as_(desk, "mia", "approve", "1")
    assert told.code == 1 and "returned by @mia (Too" in told.err and "\x1b" not in told.err
    assert as_(desk, "mia", "return", "1", "--reason", "again").code == 1


@pytest.mark.parametrize("line", ["approve 7", "return 7 --reason no"])
def test_a_request_that_is_not_there(desk: DeskAtHand, id: str, line: str) -> None:
    told = as_(desk, "mia", *line.split())
    assert told.code == 2 and "There is no request 7" in told.err


@pytest.mark.parametrize("line", ["approve x", "approve 0", "return 1", "approve 1 --seen x"])
def test_wrong_use(desk: DeskAtHand, line: str) -> None:
    assert desk.type(*line.split()).code == 2
