"""A changed settings file is picked up; a broken one leaves the old settings in force."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from careconsole.settings.faults import SettingsError
from careconsole.settings.watching import LeftAlone, PickedUp, Watch, changed, stamp_of


def write(path: Path, text: str) -> None:
    """Write as an editor does: another file in its place."""
    beside = path.with_suffix(".new")
    beside.write_text(text)
    os.replace(beside, path)


def test_a_stamp_tells_one_state_from_the_next(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    assert stamp_of(path) is None
    path.write_text("[undo_s]\npublic = 1")
    seen = stamp_of(path)
    assert not changed(path, seen)

    write(path, "[undo_s]\npublic = 2")
    assert changed(path, seen)
    path.unlink()
    assert changed(path, seen)


def test_a_change_is_picked_up_once(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    watch = Watch.begin(path)
    assert watch.look() is None

    write(path, '[rank]\nvips = ["@dana"]')
    assert watch.look() is None
    found = watch.look()
    assert isinstance(found, PickedUp)
    assert found.document.vips == watch.document.vips == {"dana"}
    assert watch.look() is None


def test_a_file_still_being_written_is_left_to_its_writer(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    write(path, '[rank]\nvips = ["@dana"]')
    watch = Watch.begin(path)

    path.write_text("")
    assert watch.look() is None
    path.write_text('[rank]\nvips = ["@dana", "@lee"]')
    assert watch.look() is None
    assert watch.document.vips == {"dana"}
    assert isinstance(watch.look(), PickedUp)
    assert watch.document.vips == {"dana", "lee"}


def test_a_broken_change_leaves_the_old_settings_and_says_so_once(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    write(path, '[rank]\nvips = ["@dana"]')
    watch = Watch.begin(path)

    write(path, "[rank]\nvips = [")
    watch.look()
    found = watch.look()
    assert isinstance(found, LeftAlone)
    assert "line 2" in found.sentence and "stay in force" in found.sentence
    assert watch.document.vips == {"dana"}
    assert watch.look() is None

    write(path, "")
    watch.look()
    assert isinstance(watch.look(), PickedUp)
    assert watch.document.vips == frozenset()


def test_a_word_that_cannot_be_searched_for_is_a_broken_change(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    watch = Watch.begin(path, lambda language, word: f"no {word}" if word == "bad" else "")
    write(path, '[rank.emergency]\nen = ["bad"]')
    watch.look()

    assert isinstance(watch.look(), LeftAlone)
    assert watch.document.emergency == {}


def test_a_file_taken_away_leaves_the_old_settings(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    write(path, '[rank]\nvips = ["@dana"]')
    watch = Watch.begin(path)
    path.unlink()
    watch.look()

    assert isinstance(watch.look(), LeftAlone)
    assert watch.document.vips == {"dana"}
    assert watch.look() is None


def test_a_broken_file_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[")
    with pytest.raises(SettingsError):
        Watch.begin(path)
