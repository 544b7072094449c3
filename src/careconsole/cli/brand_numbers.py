"""What the brands of a voice file know of their own numbers."""

from __future__ import annotations

from pathlib import Path

from careconsole.cli.printing import say
from careconsole.language.private_data import REGIONS, GuardRules
from careconsole.model.voice import VOICE_FILE
from careconsole.settings.faults import SettingsError
from careconsole.settings.voice import read_voices


def numbers_of(folder: Path) -> GuardRules | None:
    """Those of all brands of the voice file in a folder; where it cannot be read, that is said."""
    try:
        brands = read_voices(folder / VOICE_FILE).values()
    except SettingsError as error:
        say(str(error))
        return None
    regions = {region for brand in brands for region in brand.regions}
    return GuardRules(
        tuple(pattern for brand in brands for pattern in brand.orders),
        tuple(sorted(regions)) if regions and all(brand.regions for brand in brands) else REGIONS,
        frozenset(own for brand in brands for own in brand.own),
    )
