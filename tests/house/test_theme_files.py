"""The themes we ship name every colour, and every text in them can be read."""

from __future__ import annotations

import itertools
import math
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

FILES = sorted((Path(__file__).parents[2] / "themes").glob("*"))
COLORS = {
    "primary",
    "secondary",
    "accent",
    "foreground",
    "background",
    "surface",
    "panel",
    "success",
    "warning",
    "error",
}
VARIABLES = {
    "queue-overdue",
    "queue-due-soon",
    "queue-taken",
    "queue-emergency",
    "queue-vip",
    "cursor-background",
    "cursor-foreground",
    "public-frame",
    "private-frame",
    "note-frame",
    "mark-match",
    "held-countdown",
    "muted",
}
GROUNDS = ("background", "surface", "panel")
LEAST = {"high-contrast": 7.0}
SAME_TO_NOBODY = 18.0
"""Distance in CIE L*a*b* from which two letters on a dark ground are told apart without comparing."""
VISION = {  # linear RGB as the eye without one cone sees it (Machado, Oliveira, Fernandes 2009)
    "full": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "no red cone": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green cone": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue cone": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

Theme = dict[str, Any]


def _read(path: Path) -> Theme:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _lab(rgb: list[float]) -> tuple[float, float, float]:
    red, green, blue = (min(1.0, max(0.0, part)) for part in rgb)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _apart(one: str, other: str, vision: str) -> float:
    seen = [
        _lab([sum(w * part for w, part in zip(row, _linear(colour), strict=True)) for row in VISION[vision]])
        for colour in (one, other)
    ]
    return math.dist(*seen)


def _inks(theme: Theme) -> dict[str, str]:
    """Every colour that text or a frame is drawn in, on any of the three grounds."""
    colors = {name: value for name, value in theme["colors"].items() if name not in {*GROUNDS, "boost"}}
    variables = {name: value for name, value in theme["variables"].items() if "cursor" not in name}
    return colors | variables


def test_the_measure_itself_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert _apart("#ff0000", "#ff0000", "no red cone") == 0
    assert _apart("#b8860b", "#7a9a00", "no red cone") < _apart("#b8860b", "#7a9a00", "full")
    assert all(sum(row) == pytest.approx(1.0, abs=1e-5) for rows in VISION.values() for row in rows)


def test_the_four_themes_are_there() -> None:
    assert {path.name for path in FILES} == {
        "colour-blind.toml",
        "dark.toml",
        "high-contrast.toml",
        "light.toml",
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_theme_names_every_colour_and_no_other(path: Path) -> None:
    theme = _read(path)
    assert set(theme) == {"name", "dark", "colors", "variables"}
    assert theme["name"] == path.stem
    assert set(theme["colors"]) - {"boost"} == COLORS
    assert set(theme["variables"]) == VARIABLES
    for name, value in (theme["colors"] | theme["variables"]).items():
        assert re.fullmatch("#[0-9a-f]{6}", value), name
    assert theme["dark"] is (luminance(theme["colors"]["background"]) < 0.2)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_can_be_read_on_every_ground(path: Path) -> None:
    theme = _read(path)
    least = LEAST.get(theme["name"], 4.5)
    weak = {
        (ink, ground): round(contrast(value, theme["colors"][ground]), 2)
        for ink, value in _inks(theme).items()
        for ground in GROUNDS
        if contrast(value, theme["colors"][ground]) < least
    }
    assert not weak
    variables = theme["variables"]
    assert contrast(variables["cursor-foreground"], variables["cursor-background"]) >= least


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_cursor_row_stands_out(path: Path) -> None:
    theme = _read(path)
    for ground in GROUNDS:
        assert contrast(theme["variables"]["cursor-background"], theme["colors"][ground]) >= 3, ground


@pytest.mark.parametrize("vision", VISION)
def test_the_colour_blind_theme_is_told_apart_by_every_eye(vision: str) -> None:
    theme = _read(Path(FILES[0].parent / "colour-blind.toml"))
    variables = theme["variables"]
    rows = {name: value for name, value in variables.items() if name.startswith("queue-")}
    frames = {name: value for name, value in variables.items() if name.endswith("-frame")}
    for group in (rows | {"foreground": theme["colors"]["foreground"]}, frames):
        for one, other in itertools.combinations(group, 2):
            assert _apart(group[one], group[other], vision) >= SAME_TO_NOBODY, (one, other)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_three_modes_of_writing_differ_in_every_theme(path: Path) -> None:
    variables = _read(path)["variables"]
    frames = [variables[name] for name in ("public-frame", "private-frame", "note-frame")]
    for one, other in itertools.combinations(frames, 2):
        assert _apart(one, other, "full") >= 2 * SAME_TO_NOBODY
