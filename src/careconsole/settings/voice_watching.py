"""Picking up a changed voice.toml while the console runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from careconsole.model.voice import Brand
from careconsole.settings.faults import SettingsError
from careconsole.settings.watching import LeftAlone, Sight


class VoiceWatch:
    """The house voices in force and the file that they came from. Look once a second or so."""

    def __init__(self, path: Path) -> None:
        """Read the file for the first time; a broken one leaves every brand without a rule, and says why."""
        self.path = path
        self.brands: Mapping[str, Brand] = {}
        self.trouble = ""
        """Why the file cannot be used now; empty if it can."""
        self._sight = Sight(path)
        self._read("No house voice is in force.")

    def look(self) -> Mapping[str, Brand] | LeftAlone | None:
        """The voices that a change brought, or why they stay as they were; None if there was no change."""
        if not self._sight.has_changed():
            return None
        self._read("The voices read before stay in force.")
        return LeftAlone(self.trouble) if self.trouble else self.brands

    def brand(self, name: str) -> Brand:
        """The brand of an account: that of its name, else that of the name `all`, else one without any rule."""
        if not self.brands:
            return Brand()
        from careconsole.settings.voice import voice_of  # loaded where there is a file

        return voice_of(self.brands, name)

    def _read(self, what_holds: str) -> None:
        if not self.path.exists():
            self.brands, self.trouble = {}, ""
            return
        from careconsole.settings.voice import read_voices  # loaded where there is a file

        try:
            self.brands, self.trouble = read_voices(self.path), ""
        except SettingsError as error:
            self.trouble = f"{error} {what_holds}"
