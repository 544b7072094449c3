"""voice.toml is followed while the console runs; a broken change leaves the old voices in force."""

from __future__ import annotations

import os
from pathlib import Path

from careconsole.settings.voice_watching import VoiceWatch
from careconsole.settings.watching import LeftAlone


def written(path: Path, text: str, at_s: int) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (at_s, at_s))


def test_a_change_is_picked_up_once_when_it_has_settled(tmp_path: Path) -> None:
    path = tmp_path / "voice.toml"
    watch = VoiceWatch(path)
    assert watch.look() is None and not watch.trouble
    written(path, "[velsund]\norders = ['VX\\d{6}']\n", 100)
    assert watch.look() is None, "it may still be written"
    found = watch.look()
    assert found == watch.brands and [each.pattern for each in watch.brand("velsund").orders] == ["VX\\d{6}"]
    assert watch.look() is None
    assert watch.brand("other").orders == ()


def test_a_broken_change_leaves_the_old_voices_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "voice.toml"
    written(path, '[all.de]\naddress = "Sie"\n', 100)
    watch = VoiceWatch(path)
    written(path, '[all.de]\naddress = "Ihr"\n', 200)
    watch.look()
    left = watch.look()
    assert isinstance(left, LeftAlone)
    assert "voice.toml, line 2" in left.sentence and "voices read before stay in force" in left.sentence
    assert watch.brand("velsund").voices["de"].address == "Sie" and watch.trouble == left.sentence
    path.unlink()
    watch.look()
    assert watch.look() == {} and not watch.trouble


def test_a_file_that_is_broken_from_the_beginning_stops_nobody(tmp_path: Path) -> None:
    path = tmp_path / "voice.toml"
    written(path, "[velsund\n", 100)
    watch = VoiceWatch(path)
    assert watch.trouble.endswith("No house voice is in force.") and watch.brands == {}
    written(path, "[velsund]\n", 200)
    watch.look()
    assert watch.look() == watch.brands and not watch.trouble
