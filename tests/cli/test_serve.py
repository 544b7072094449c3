"""`wallboard --serve` as it is typed: what is refused before anything is served, and what is told."""

from __future__ import annotations

import getpass
import socket
from typing import Any

import pytest
from tests.cli.desk_at_hand import DeskAtHand, message

from careconsole.__main__ import main
from careconsole.cli.parser import make_parser
from careconsole.console.wallboard.serving import program
from careconsole.console.wallboard.serving.child import Wall
from careconsole.model.web_address import WebAddress


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Wall, WebAddress]]:
    """What was served, in place of serving it."""
    calls: list[tuple[Wall, WebAddress]] = []

    def serve(wall: Wall, address: WebAddress, *tell: Any) -> int:
        calls.append((wall, address))
        return 0

    monkeypatch.setattr(program, "serve_wallboard", serve)
    return calls


def test_it_serves_this_machine_alone_unless_told_otherwise(
    desk: DeskAtHand, served: list[tuple[Wall, WebAddress]]
) -> None:
    desk.take_in([message(1)])
    assert desk.type("wallboard", "--serve", agent="vera").code == 0
    assert desk.type("wallboard", "--since", "8h", "--serve", "0.0.0.0:8000", "--theme", "dark").code == 0
    assert served == [
        (Wall(desk.home, "vera", "today"), WebAddress("127.0.0.1", 8730)),
        (Wall(desk.home, "ana", "8h", "dark"), WebAddress("0.0.0.0", 8000)),
    ]


def test_a_home_named_from_here_is_handed_on_whole(
    desk: DeskAtHand, served: list[tuple[Wall, WebAddress]], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.take_in([message(1)])
    monkeypatch.chdir(desk.home.parent)
    assert main(["--home", desk.home.name, "--agent", "vera", "wallboard", "--serve"]) == 0
    assert served[0][0].home == desk.home


@pytest.mark.parametrize("typed", ["http://here", ":80", "127.0.0.1:99999", "a b", ""])
def test_what_is_no_address_is_refused(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["wallboard", "--serve", typed]) == 2
    told = capsys.readouterr()
    assert told.out == "" and "argument --serve" in told.err


@pytest.mark.parametrize("more", [["--theme", "nonsense"], ["--since", "2999-01-01"]])
def test_what_every_browser_would_be_refused_is_refused_at_once(
    desk: DeskAtHand, served: list[tuple[Wall, WebAddress]], more: list[str]
) -> None:
    desk.take_in([message(1)])
    assert desk.type("wallboard", "--serve", *more).code == 2
    assert served == []


def test_without_the_extra_it_says_how_to_get_it(desk: DeskAtHand, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.take_in([message(1)])
    monkeypatch.setattr(program, "find_spec", lambda name: None)
    told = desk.type("wallboard", "--serve")
    assert (told.code, told.out) == (2, "")
    assert "careconsole[serve]" in told.err and "-m pip install '.[serve]'" in told.err


def test_a_desk_that_is_not_there_is_said_before_anything_is_served(
    desk: DeskAtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "find_spec", lambda name: name)
    monkeypatch.setattr(socket.socket, "listen", lambda *given: pytest.fail("it listens"))
    told = desk.type("wallboard", "--serve")
    assert (told.code, told.out) == (2, "") and str(desk.home) in told.err


def test_a_stranger_serves_nothing(desk: DeskAtHand, served: list[tuple[Wall, WebAddress]]) -> None:
    desk.take_in([message(1)])
    (desk.home / "roles.toml").write_text('[people.bea]\nos_user = "nobody-here"\nrole = "admin"\n')
    told = desk.type("wallboard", "--serve")
    assert (told.code, told.out, served) == (2, "", []) and f"does not name {getpass.getuser()}" in told.err


def test_without_a_terminal_the_wall_names_both_ways(desk: DeskAtHand) -> None:
    told = desk.type("wallboard")
    assert told.code == 2 and "--serve" in told.err and "report --json" in told.err


def test_the_help_says_who_can_look() -> None:
    wall = make_parser()._subparsers._group_actions[0].choices["wallboard"]  # type: ignore[union-attr, index]
    told = " ".join(wall.format_help().split())
    assert "--serve [HOST:PORT]" in told and "token" in told and "careconsole[serve]" in told
