"""Who works at a desk, from its roles file: strict, bound to the user of the machine, and never open by mistake."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from careconsole.model.message import Kind
from careconsole.model.rights import Role
from careconsole.model.roster import OPEN, USUAL_TEAMS, Person
from careconsole.settings.faults import SettingsError
from careconsole.settings.roles import RolesWatch, Sitting, os_user_here, parse_roles, read_roles, sit_down
from careconsole.settings.watching import LeftAlone

WHOLE = """\
teams = ["billing", "care"]
[people.ana]
os_user = "a.horvat"
role = "agent"
teams = ["billing"]
senior = true
[people.ana.accounts]
shop = "supervisor"
[people.tim]
role = "trainee"
releases = ["praise", "idea"]
"""


def test_a_whole_file() -> None:
    roster = parse_roles(WHOLE.encode())
    assert roster.teams == ("billing", "care")
    assert roster.people == {
        "ana": Person(
            "ana",
            "a.horvat",
            Role.AGENT,
            {"shop": Role.SUPERVISOR},
            teams=frozenset({"billing"}),
            is_senior=True,
        ),
        "tim": Person("tim", "tim", Role.TRAINEE, releases=frozenset({Kind.PRAISE, Kind.IDEA})),
    }


def test_without_a_list_the_teams_are_the_usual_ones_and_those_of_the_people() -> None:
    roster = parse_roles(b'[people.ana]\nrole = "agent"\nteams = ["billing", "care"]')
    assert roster.teams == (*USUAL_TEAMS, "billing")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, "names nobody"),
        ("[people]", 1, "names nobody"),
        ('teams = ["care"]', None, "names nobody"),
        ("people = 3", 1, "people is 3"),
        ("[people.ana]\nrole = 'agent'\n[peple.tim]", 3, "peple"),
        ("[people.ana]\nrole = 'agent'\nsenoir = true", 3, "senoir"),
        ("[people.ana]", 1, "people.ana.role is missing"),
        ("[people.ana]\nrole = 'boss'", 2, "one of agent, supervisor, trainee, admin"),
        ("[people.ana]\nrole = ''", 2, "people.ana.role"),
        ("[people.ana]\nrole = 'Admin'", 2, "people.ana.role"),
        ("[people.ana]\nrole = ['admin']", 2, "people.ana.role"),
        ("[people]\nana = 'admin'", 2, "the table of a person"),
        ("[people.ana]\nrole = 'agent'\n[people.ana.accounts]\nshop = 'boss'", 4, "people.ana.accounts.shop"),
        ("[people.ana]\nrole = 'agent'\naccounts = 'shop'", 3, "people.ana.accounts"),
        ("[people.ana]\nrole = 'trainee'\nreleases = ['prays']", 3, "people.ana.releases"),
        ("[people.ana]\nrole = 'trainee'\nreleases = 'praise'", 3, "people.ana.releases"),
        ("[people.ana]\nrole = 'agent'\nreleases = ['praise']", 3, "no trainee"),
        ("[people.ana]\nrole = 'agent'\nsenior = 'yes'", 3, "people.ana.senior"),
        ("[people.ana]\nrole = 'agent'\nos_user = ''", 3, "people.ana.os_user"),
        ("[people.ana]\nrole = 'agent'\nos_user = 1000", 3, "people.ana.os_user"),
        ("[people.ana]\nrole = 'agent'\nteams = ['senior']", 3, "senior is no team"),
        ("teams = ['care']\n[people.ana]\nrole = 'agent'\nteams = ['pr']", 4, "pr"),
        ("teams = 'care'", 1, "teams"),
        ("teams = ['']", 1, "teams"),
        ("[people.'ana b']\nrole = 'agent'", 1, "agent's name"),
        ("[people.ana]\nrole = 'agent'\n[people.Ana]\nrole = 'agent'\nos_user = 'x'", 3, "but for their case"),
        ("[people.ana]\nrole = 'agent'\n[people.bea]\nrole = 'agent'\nos_user = 'ana'", 3, "both the user ana"),
        ("[people.ana]\nrole = 'agent'\nrole = 'admin'", 3, "TOML"),
        ("[people.ana\nrole = 'agent'", 1, "TOML"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(text: str, line: int | None, words: str) -> None:
    with pytest.raises(SettingsError) as error:
        parse_roles(text.encode(), "roles.toml")
    where = "roles.toml:" if line is None else f"roles.toml, line {line}:"
    assert str(error.value).startswith(where) and words in str(error.value)


def test_bytes_that_are_no_text_are_named() -> None:
    with pytest.raises(SettingsError, match="line 2: this is not UTF-8"):
        parse_roles(b"[people.ana]\nrole = '\xff'")


def test_what_a_file_says_never_becomes_a_control_character() -> None:
    with pytest.raises(SettingsError) as error:
        parse_roles(b'["a\\u001b[2Jb"]\nrole = "agent"')
    assert "\x1b" not in str(error.value)


def test_without_a_file_the_desk_is_open(tmp_path: Path) -> None:
    assert read_roles(tmp_path / "roles.toml") is OPEN
    sitting = sit_down(tmp_path / "roles.toml", "cleo", {}, "somebody")
    assert (sitting.agent, sitting.role, sitting.roster) == ("cleo", Role.ADMIN, OPEN)


def test_what_is_no_readable_file_never_opens_the_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty file, a folder, a link to nowhere, a file that one may not read."""
    path = tmp_path / "roles.toml"
    path.mkdir()
    with pytest.raises(SettingsError, match="is not a file"):
        read_roles(path)
    path.rmdir()
    path.symlink_to("nowhere")
    with pytest.raises(SettingsError, match="link to nowhere"):
        read_roles(path)
    path.unlink()
    path.touch()
    with pytest.raises(SettingsError, match="names nobody"):
        read_roles(path)

    def closed(self: Path, *words: object, **more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    with pytest.raises(SettingsError, match="cannot be read: Permission denied"):
        read_roles(path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "roles.toml"
    path.write_text(WHOLE)
    return path


def test_one_is_the_person_of_ones_user(file: Path) -> None:
    sitting = sit_down(file, None, {}, "a.horvat")
    assert (sitting.agent, sitting.role) == ("ana", Role.AGENT)
    assert sit_down(file, "ana", {}, "a.horvat").agent == "ana"
    assert sit_down(file, None, {"CARECONSOLE_AGENT": "@tim"}, "tim").role is Role.TRAINEE


@pytest.mark.parametrize(
    ("typed", "named"), [("tim", {}), (None, {"CARECONSOLE_AGENT": "tim"}), ("nobody", {})]
)
def test_one_is_nobody_else(file: Path, typed: str | None, named: dict[str, str]) -> None:
    with pytest.raises(
        SettingsError, match=r"You are ana at this desk.*Leave --agent and CARECONSOLE_AGENT out"
    ):
        sit_down(file, typed, named, "a.horvat")


def test_a_stranger_is_refused(file: Path) -> None:
    owner = pwd.getpwuid(file.stat().st_uid).pw_name
    with pytest.raises(SettingsError, match=rf"does not name mallory.*Its owner {owner} can add you"):
        sit_down(file, "ana", {}, "mallory")


def test_who_one_is_the_environment_does_not_say(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "root-of-all")
    assert os_user_here() == pwd.getpwuid(os.getuid()).pw_name
    monkeypatch.setattr("os.getuid", lambda: 3_999_999)
    with pytest.raises(SettingsError, match="no user with the number 3999999"):
        os_user_here()


def watched(file: Path, user: str = "a.horvat") -> RolesWatch:
    return RolesWatch(file, sit_down(file, None, {}, user), user)


def test_a_change_holds_at_the_next_look(file: Path) -> None:
    roles = watched(file)
    assert roles.look() is None
    file.write_text(WHOLE.replace('"agent"', '"trainee"'))
    found = roles.look()
    assert not isinstance(found, LeftAlone) and found is not None and found.people["ana"].role is Role.TRAINEE
    assert roles.look() is None and not roles.is_shut_out


def test_a_broken_file_leaves_the_old_roles_and_is_complained_of_once(file: Path) -> None:
    roles = watched(file)
    before = roles.roster
    file.write_text("[people.ana]\nrole = 'boss'")
    assert roles.look() is None  # it may still be being written
    found = roles.look()
    assert (
        isinstance(found, LeftAlone) and "line 2" in found.sentence and "stay in force here" in found.sentence
    )
    assert "until then nobody can start at this desk" in found.sentence  # whoever has started works on
    assert roles.look() is None and roles.roster is before
    file.unlink()
    assert roles.look() is None
    found = roles.look()
    assert isinstance(found, LeftAlone) and "is gone" in found.sentence and roles.roster is before


def test_who_is_taken_off_is_shut_out(file: Path) -> None:
    roles = watched(file)
    file.write_text("[people.tim]\nrole = 'admin'")
    assert roles.look() is not None and roles.is_shut_out
    file.write_text("[people.bea]\nrole = 'admin'\nos_user = 'a.horvat'")
    assert roles.look() is not None and roles.is_shut_out  # the same user by another name
    file.write_text(WHOLE)
    assert roles.look() is not None and not roles.is_shut_out


def test_a_file_that_comes_while_one_works_under_any_name(tmp_path: Path) -> None:
    file = tmp_path / "roles.toml"
    roles = RolesWatch(file, Sitting("cleo", Role.ADMIN, OPEN), "a.horvat")
    assert roles.look() is None and not roles.is_shut_out
    file.write_text(WHOLE)
    assert roles.look() is not None and roles.is_shut_out
