"""Where the desk lives, and under which name one sits at it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from careconsole.settings.faults import SettingsError
from careconsole.settings.home import (
    SUB_FOLDERS,
    agent_of,
    clear_sample_home,
    home_of,
    is_sample_home,
    make_home,
    make_sample_home,
    sample_home_of,
)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_was_typed_beats_the_environment_which_beats_the_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path / "person"))

    assert home_of("/typed", {"CARECONSOLE_HOME": "/env"}) == Path("/typed")
    assert home_of(None, {"CARECONSOLE_HOME": "/env"}) == Path("/env")
    assert home_of(None, {"CARECONSOLE_HOME": ""}).name == "careconsole"
    assert home_of("~/desk", {}) == tmp_path / "person" / "desk"
    assert home_of("desk", {}) == Path.cwd() / "desk"


def test_the_sample_desk_never_shares_a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert sample_home_of(None, {}) != home_of(None, {})
    assert sample_home_of(None, {}).name == "careconsole-sample"
    assert sample_home_of("/typed", {}) == Path("/typed/sample")
    assert sample_home_of(None, {"CARECONSOLE_HOME": "/env"}) == Path("/env/sample")


@pytest.mark.parametrize("typed", ["", "a\0b"])
def test_a_home_without_a_name_is_refused(typed: str) -> None:
    with pytest.raises(SettingsError, match="--home"):
        home_of(typed, {})


def test_a_new_home_is_the_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "desk"
    make_home(home)

    assert [mode_of(home), *(mode_of(home / name) for name in SUB_FOLDERS)] == [0o700] * (
        1 + len(SUB_FOLDERS)
    )


def test_a_group_that_may_read_a_home_may_go_on(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    home.mkdir()
    home.chmod(0o750)
    make_home(home)

    assert mode_of(home) == mode_of(home / "sent") == 0o750


def test_a_file_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(SettingsError, match="cannot be made"):
        make_home(tmp_path / "file")
    with pytest.raises(SettingsError, match="cannot be made"):
        make_home(tmp_path / "file" / "below")


def test_fresh_removes_a_sample_desk_and_nothing_else(tmp_path: Path) -> None:
    sample, mine, link = tmp_path / "sample", tmp_path / "mine", tmp_path / "link"
    outside = tmp_path / "outside.txt"
    outside.write_text("kept")
    make_sample_home(sample)
    (sample / "desk.db").write_text("played")
    (sample / "sent" / "link").symlink_to(outside)
    make_home(mine)
    link.symlink_to(sample)

    with pytest.raises(SettingsError, match="not a sample desk"):
        clear_sample_home(mine)
    with pytest.raises(SettingsError, match="not a sample desk"):
        clear_sample_home(link)
    clear_sample_home(tmp_path / "none")
    assert sample.exists() and mine.exists()

    clear_sample_home(sample)
    assert not sample.exists()
    assert mine.exists() and outside.read_text() == "kept"


def test_a_sample_desk_does_not_move_in_with_somebody(tmp_path: Path) -> None:
    make_sample_home(tmp_path / "sample")
    make_sample_home(tmp_path / "sample")
    assert is_sample_home(tmp_path / "sample")

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letters.txt").write_text("kept")
    with pytest.raises(SettingsError, match="not a sample desk"):
        make_sample_home(tmp_path / "mine")
    assert not is_sample_home(tmp_path / "mine")


def test_the_agent_is_named_by_what_was_typed_the_environment_or_the_login() -> None:
    assert agent_of("ana", {"CARECONSOLE_AGENT": "bo"}, lambda: "login") == "ana"
    assert agent_of(None, {"CARECONSOLE_AGENT": "bo"}, lambda: "login") == "bo"
    assert agent_of(None, {"CARECONSOLE_AGENT": ""}, lambda: "login") == "login"
    assert agent_of("@ana", {}, lambda: "login") == "ana"


@pytest.mark.parametrize("name", ["ana", "Ana.B-c_2", "Дана", "李雷", "Žaklina", "हिन्दी", "a" * 32])
def test_names_of_every_script_are_possible(name: str) -> None:
    assert agent_of(name, {}) == name


@pytest.mark.parametrize(
    "name", ["", "a b", "a/b", "a\nb", "a" * 33, ".a", "-a", "a\u202eb", "a\udc80", "a[b]", "\u0301a"]
)
def test_a_name_that_could_be_mistaken_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="--agent"):
        agent_of(name, {})


def test_a_machine_that_does_not_know_who_logs_in_asks_for_a_name() -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found")

    with pytest.raises(SettingsError, match="--agent"):
        agent_of(None, {}, nobody)
