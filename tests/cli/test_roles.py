"""Roles at the door: who one is comes from the machine, and every command asks the one table of rights."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest
from tests.cli.desk_at_hand import DeskAtHand, Told, message

from careconsole.__main__ import main
from careconsole.cli.running import ACTS, NO_DESK
from careconsole.model.rights import RIGHTS, Role, Verb, may

ME = pwd.getpwuid(os.getuid()).pw_name

LINES = {
    "queue": "queue", "find": "find parcel", "next": "next", "why": "why {id}", "show": "show {id}",
    "claim": "claim {id}", "release": "release {id}", "resolve": "resolve {id}", "snooze": "snooze {id} 2h",
    "wake": "wake {id}", "reply": "reply {id} --text Hello", "reply note": "reply {id} --text Hello --visibility note",
    "approvals": "approvals", "approve": "approve 1", "return": "return 1 --reason no",
    "outbox": "outbox", "import": "import -", "sync": "sync --once",
    "accounts add": "accounts add mastodon care --url http://127.0.0.1:9 --token-file t",
    "accounts list": "accounts list", "doctor": "doctor", "report": "report", "audit": "audit",
    "snippets list": "snippets list", "snippets lint": "snippets lint", "snippets import": "snippets import none.csv",
    "snippets search": "snippets search -", "snippets triggers": "snippets triggers",
    "snippets triggers --remove": "snippets triggers --remove 1", "suggest": "suggest -", "read": "read -",
    "check": "check -", "release --from": "release {id} --from ben", "assign": "assign {id} --to ana",
    "assign --from": "assign {id} --to ana --from ben", "backup": "backup none/desk.backup", "restore": "restore none",
    "erase": "erase nobody", "retention": "retention --apply", "simulate": "simulate",
    "export": "export", "report --voice": "report --voice none.csv",
}  # fmt: skip
"""A line for every command there is."""


def put_roles(desk: DeskAtHand, text: str) -> None:
    """Write the roles file of the desk; `ME` in it is the user who runs this."""
    (desk.home / "roles.toml").write_text(text.replace("ME", ME))


def as_role(desk: DeskAtHand, role: Role, more: str = "") -> None:
    """From now on I am ana, in this role."""
    put_roles(desk, f'[people.ana]\nos_user = "ME"\nrole = "{role.value}"\n{more}')


def plainly(desk: DeskAtHand, *words: str) -> Told:
    """A command without --agent."""
    desk.capsys.readouterr()
    code = main(["--home", str(desk.home), *words])
    captured = desk.capsys.readouterr()
    return Told(code, captured.out, captured.err)


def test_there_is_a_line_for_every_command() -> None:
    assert set(LINES) == set(ACTS)


@pytest.mark.parametrize("name", sorted(set(ACTS) - NO_DESK))
def test_every_command_in_every_role(desk: DeskAtHand, name: str) -> None:
    """Who has no right is told so and nothing is printed; who has it is told no such thing."""
    desk.take_in([message(1)])
    id = desk.queue()[0]["id"]
    verb = ACTS[name][0]
    for role in Role:
        as_role(desk, role)
        told = desk.type(*LINES[name].format(id=id).split(), given=b"")
        refused = f"The role {role.value} has no right to {verb.words}" in told.err
        assert refused == (not may(role, verb)), (role, told.err)
        if refused:
            assert (told.code, told.out) == (1, "")


def test_one_works_as_the_person_of_ones_user(desk: DeskAtHand, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.take_in([message(1)])
    id = desk.queue()[0]["id"]
    put_roles(desk, '[people.anna]\nos_user = "ME"\nrole = "agent"')
    monkeypatch.setenv("USER", "somebody")
    assert plainly(desk, "claim", str(id)).code == 0
    put_roles(desk, '[people.anna]\nos_user = "ME"\nrole = "agent"\n[people.bea]\nrole = "agent"')
    told = desk.type("queue", agent="bea")
    assert (told.code, told.out) == (2, "") and "You are anna at this desk" in told.err
    monkeypatch.setenv("CARECONSOLE_AGENT", "bea")
    assert "You are anna at this desk" in plainly(desk, "queue").err
    monkeypatch.delenv("CARECONSOLE_AGENT")
    assert '"anna"' in plainly(desk, "queue", "--json").out


@pytest.mark.parametrize("name", [*sorted(set(ACTS) - NO_DESK), "wallboard"])
def test_a_stranger_is_refused_by_every_command_that_touches_the_desk(
    desk: DeskAtHand, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careconsole.__main__._has_terminal", lambda: True)
    desk.take_in([message(1)])
    put_roles(desk, '[people.bea]\nos_user = "nobody-here"\nrole = "admin"')
    told = desk.type(*LINES.get(name, name).format(id=1).split(), given=b"")
    assert (told.code, told.out) == (2, "") and f"does not name {ME}" in told.err


def test_the_console_is_closed_to_strangers_too(desk: DeskAtHand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careconsole.__main__._has_terminal", lambda: True)
    monkeypatch.setattr("careconsole.console.app.run_console", lambda **given: pytest.fail("it was opened"))
    desk.home_made()
    put_roles(desk, '[people.bea]\nos_user = "nobody-here"\nrole = "admin"')
    told = plainly(desk)
    assert told.code == 2 and f"does not name {ME}" in told.err
    assert [path.name for path in desk.home.iterdir()] == ["roles.toml"]


@pytest.mark.parametrize("text", ["", "[people.ana]", "[people.ana]\nrole = 'agent'\nrolle = 'admin'", "\0"])
def test_a_broken_file_stops_every_command(desk: DeskAtHand, text: str) -> None:
    desk.take_in([message(1)])
    put_roles(desk, text)
    for line in ("queue", "import -", "doctor", "sync --once"):
        told = desk.type(*line.split(), given=b"")
        assert (told.code, told.out) == (2, "") and "roles.toml" in told.err, line


def test_no_way_round_to_the_record_leaves_the_roles_behind(desk: DeskAtHand, tmp_path: Path) -> None:
    """Roles stand beside the record: a link to it, a folder called sample, and the mark of a sample change nothing."""
    desk.take_in([message(1)])
    put_roles(desk, '[people.bea]\nos_user = "nobody-here"\nrole = "admin"')
    (desk.home / ".sample-desk").touch()
    other = tmp_path / "other"
    other.mkdir()
    (other / "desk.db").symlink_to(desk.home / "desk.db")
    (other / "sample").symlink_to(desk.home)
    for line in (["--home", str(other), "queue"], ["--home", str(other), "--sample", "queue"]):
        desk.capsys.readouterr()
        assert main(line) == 2 and f"does not name {ME}" in desk.capsys.readouterr().err


def test_the_role_is_that_at_the_account(desk: DeskAtHand) -> None:
    desk.take_in([message(1, account="shop"), message(2, account="news")])
    ids = {row["account"]: str(row["id"]) for row in desk.queue()}
    as_role(desk, Role.SUPERVISOR, '[people.ana.accounts]\nnews = "agent"')
    told = desk.type("claim", ids["shop"])
    assert told.code == 1 and "The role supervisor has no right to claim at the account shop" in told.err
    assert desk.type("claim", ids["news"]).code == 0 and desk.type("release", ids["news"]).code == 0
    assert desk.type("next", "--json").json["id"] == int(ids["news"])
    assert desk.type("next").code == 1  # what is left is the shop's
    assert desk.type("import", "-", given=b"").code == 1  # no conversation: the base role


def test_every_role_has_some_right_but_not_each(desk: DeskAtHand) -> None:
    """The test above tries both sides of every role but admin's."""
    tried = {ACTS[name][0] for name in set(ACTS) - NO_DESK}
    for role in set(Role) - {Role.ADMIN}:
        assert tried & RIGHTS[role] and tried - RIGHTS[role]
    assert tried <= set(Verb)
