"""The door: help, version, usage, and what is loaded before it is needed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from careconsole import __version__
from careconsole.__main__ import main
from careconsole.cli.parser import LARGEST_ID, make_parser
from careconsole.settings import Document

HEAVY = ("textual", "rich", "httpx", "pydantic", "aiosqlite", "sqlite3", "asyncio")


def in_a_fresh_interpreter(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=15, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("option", ["--version", "--help", "-h"])
def test_help_and_version_load_nothing_heavy(option: str) -> None:
    loaded = in_a_fresh_interpreter(
        "import sys; from careconsole.__main__ import main; "
        f"assert main([{option!r}]) == 0; print('LOADED', *sorted(sys.modules))"
    )
    modules = loaded.partition("LOADED")[2].split()
    assert "careconsole.cli.parser" in modules
    assert not set(HEAVY) & set(modules)


def test_the_desk_loads_no_screen() -> None:
    loaded = in_a_fresh_interpreter(
        "import sys, careconsole.desk, careconsole.desk.opening, careconsole.desk.runner, careconsole.cli.running; "
        "print(*sorted(sys.modules))"
    ).split()
    assert "careconsole.desk.opening" in loaded
    assert not {"textual", "rich"} & set(loaded)


def test_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"careconsole {__version__}\n"


def test_help_tells_a_newcomer_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    for word in (
        "--sample",
        "import",
        "accounts add mastodon",
        "CARECONSOLE_HOME",
        "CARECONSOLE_AGENT",
        "exit codes",
    ):
        assert word in told


def commands() -> list[str]:
    actions = [action for action in make_parser()._actions if action.dest == "command"]
    return sorted(actions[0].choices)


def test_the_commands_are_those_of_the_contract() -> None:
    assert commands() == sorted(
        "queue next why show claim release resolve reply outbox import sync accounts doctor read snippets suggest "
        "check snooze wake find report audit wallboard assign approvals approve return train simulate "
        "backup restore erase retention export".split()
    )


@pytest.mark.parametrize("command", commands())
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert "--home DIR" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "claim",
        "claim abc",
        "claim 0",
        "claim -1",
        "claim ١",
        f"claim {LARGEST_ID + 1}",
        "queue --limit 0",
        "queue --lim 3",
        "resolve 1 --reason tired",
        "reply 1",
        "reply 1 --text hi --visibility secret",
        "import",
        "accounts",
        "accounts add myspace name --url u --token-file f",
        "--speed 4",
        "--sample --speed 0",
        "--sample --speed nan",
        "--sample --speed fast",
        "--fresh",
        "--sample --fresh queue",
        "--sample --speed 2 queue",
    ],
)
def test_wrong_use_exits_with_2_and_prints_no_data(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == 2
    told = capsys.readouterr()
    assert told.out == "" and "careconsole" in told.err


def test_a_complaint_repeats_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["queue", "\x1b]0;owned\x07"]) == 2
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize("options", [["--home", "a", "--agent", "b"], ["--agent=b", "--home=a"]])
@pytest.mark.parametrize("place", ["before", "after", "between"])
def test_home_and_agent_may_stand_before_or_after_a_command(options: list[str], place: str) -> None:
    line = {
        "before": [*options, "accounts", "list"],
        "between": ["accounts", *options, "list"],
        "after": ["accounts", "list", *options],
    }[place]
    parsed = make_parser().parse_args(line)
    assert (parsed.home, parsed.agent, parsed.command) == ("a", "b", "accounts")


def test_what_stands_last_holds() -> None:
    assert make_parser().parse_args(["--home", "a", "queue", "--home", "b"]).home == "b"


@pytest.mark.parametrize("line", [[], ["--sample"]])
def test_without_a_terminal_the_console_says_so_and_touches_nothing(
    line: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CARECONSOLE_HOME", str(tmp_path / "home"))
    assert main(line) == 2
    assert "needs a terminal" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


Opened = dict[str, Any]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Opened]:
    """What the console was opened with, in place of opening it."""
    calls: list[Opened] = []

    def run_console(**given: Any) -> int:
        calls.append(given)
        return 0

    stand_in = ModuleType("careconsole.console.app")
    stand_in.run_console = run_console  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "careconsole.console.app", stand_in)
    monkeypatch.setattr("careconsole.__main__._has_terminal", lambda: True)
    return calls


def test_the_console_opens_on_a_home_that_it_makes(opened: list[Opened], tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert main(["--home", str(home), "--agent", "ana", "--theme", "light"]) == 0

    assert (opened[0]["home"], opened[0]["agent"], opened[0]["theme"]) == (home, "ana", "light")
    assert opened[0]["recording"] is None and opened[0]["speed"] == 1.0
    assert opened[0]["watch"].document == Document()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_the_sample_opens_on_a_home_of_its_own(opened: list[Opened], tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert main(["--home", str(home), "--agent", "ana", "--sample"]) == 0
    assert main(["--home", str(home), "--agent", "ana", "--sample", "--speed", "9"]) == 0

    assert [one["home"] for one in opened] == [home / "sample"] * 2
    assert [one["speed"] for one in opened] == [4.0, 9.0]
    assert opened[0]["recording"] is not None
    assert not (home / "desk.db").exists()


def test_fresh_begins_the_sample_anew_and_never_touches_another_folder(
    opened: list[Opened], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = tmp_path / "sample"
    options = ["--home", str(tmp_path), "--agent", "ana", "--sample"]
    main(options)
    (sample / "desk.db").write_text("played")
    main(options)
    assert (sample / "desk.db").exists()
    assert main([*options, "--fresh"]) == 0
    assert sample.is_dir() and not (sample / "desk.db").exists()

    (sample / ".sample-desk").unlink()
    (sample / "desk.db").write_text("a real desk")
    assert main([*options, "--fresh"]) == 2
    assert main(options) == 2
    assert (sample / "desk.db").read_text() == "a real desk"
    assert "not a sample desk" in capsys.readouterr().err
    assert len(opened) == 3


def test_the_real_desk_never_opens_on_the_sample(
    opened: list[Opened], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--home", str(tmp_path), "--agent", "ana", "--sample"])
    assert main(["--home", str(tmp_path / "sample"), "--agent", "ana"]) == 2
    assert "--sample" in capsys.readouterr().err
    assert len(opened) == 1


def test_a_broken_settings_file_stops_the_console(
    opened: list[Opened], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text("[rank]\nvip = []\n")
    assert main(["--home", str(tmp_path), "--agent", "ana"]) == 2
    told = capsys.readouterr().err
    assert f"{tmp_path}/settings.toml, line 2" in told and "rank.vips" in told
    assert opened == []


def test_an_unexpected_fault_is_told_without_values(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> int:
        secret = "the customer's words"
        raise KeyError(secret)

    monkeypatch.setattr("careconsole.__main__._do", broken)
    assert main([]) == 2
    told = capsys.readouterr().err
    assert "KeyError" in told and "test_door.py" in told
    assert "customer's words" not in told


def with_streams(redirected: str, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command run by a shell that closes or redirects its streams."""
    line = '"$0" -m careconsole --home "$@" ' + redirected
    return subprocess.run(
        ["sh", "-c", line, sys.executable, str(home), *words], capture_output=True, text=True, timeout=15
    )


def test_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("nonsense\n")
    full = with_streams(">/dev/full", tmp_path / "home", "import", str(tmp_path / "in.jsonl"))
    assert full.returncode == 2
    assert "Standard output cannot be written (No space left on device)" in full.stderr
    assert "fault of its own" not in full.stderr and "Traceback" not in full.stderr


TEXT_COMMANDS = (("read", "-"), ("check", "-"), ("suggest", "-"), ("snippets", "search", "-"))
NO_TEXTS = "careconsole: Standard input is closed. Pipe texts into it, one a line.\n"


@pytest.mark.parametrize(
    ("redirected", "words", "told"),
    [
        (">&-", ("import", "-"), "careconsole: Standard output is closed; nothing was done.\n"),
        ("<&-", ("import", "-"), "careconsole: Standard input is closed. Name a file of JSON lines.\n"),
        ("<&-", ("snippets", "import", "-"), "careconsole: Standard input is closed. Name a file.\n"),
        *(("<&-", words, NO_TEXTS) for words in TEXT_COMMANDS),
        (
            "<&-",
            (),
            "careconsole: The console needs a terminal. Start it in one, or use a command: careconsole --help\n",
        ),
        ("2>&-", ("queue",), ""),
    ],
)
def test_closed_streams_are_no_fault(
    tmp_path: Path, redirected: str, words: tuple[str, ...], told: str
) -> None:
    home = tmp_path / "home"
    done = with_streams(redirected, home, *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
    assert not home.exists()
