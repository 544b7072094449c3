"""Themes are data: the broken one is named and the others work; every pair of colours can be read."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.color import Color
from textual.theme import Theme
from textual.widgets import Static

from careconsole.console import themes
from careconsole.console.themes import (
    DEFAULT_THEME,
    REMEMBERED_FILE,
    ThemeError,
    Themes,
    load_themes,
    remember_theme,
    remembered_theme,
    variable_defaults,
)
from careconsole.model.theme_file import COLORS, VARIABLES
from careconsole.settings.bundled import bundled

SHIPPED = load_themes([bundled("themes")])
GROUNDS = ("background", "surface", "panel")
INKS = (
    "foreground",
    "primary",
    "secondary",
    "accent",
    "success",
    "warning",
    "error",
    *(name for name in VARIABLES if not name.startswith("cursor-")),
)
PAIRS = [(ink, ground) for ink in INKS for ground in GROUNDS] + [("cursor-foreground", "cursor-background")]


def contrast(ink: str, ground: str) -> float:
    """Contrast by WCAG 2, 1 to 21, of what is drawn when `ink` lies on `ground`."""
    below = Color.parse(ground)
    seen = below + Color.parse(ink)
    lights = sorted(_light(colour) for colour in (below, seen))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: Color) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def resolved(theme: Theme) -> dict[str, str]:
    """Every variable of the style sheet, as Textual makes it from a theme."""
    return variable_defaults(theme.dark) | theme.to_color_system().generate() | theme.variables


def weak_pairs(theme: Theme, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """The pairs that cannot be read in a theme, with their contrast."""
    values = resolved(theme)
    measured = {pair: contrast(values[pair[0]], values[pair[1]]) for pair in pairs}
    return {pair: round(ratio, 2) for pair, ratio in measured.items() if ratio < 4.5}


def write(folder: Path, name: str, text: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_the_measure_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#00000000", "#ffffff") == pytest.approx(1)
    assert weak_pairs(Theme("x", primary="#777777", background="#ffffff"), [("primary", "background")])


def test_the_four_themes_are_read() -> None:
    assert SHIPPED.broken == ()
    assert set(SHIPPED.by_name) == {"dark", "light", "high-contrast", "colour-blind"}
    assert {name: theme.dark for name, theme in SHIPPED.by_name.items()}["light"] is False
    for name, theme in SHIPPED.by_name.items():
        assert theme.name == name
        assert set(theme.variables) == set(VARIABLES)
        assert resolved(theme)["background"].lower() == theme.background


@pytest.mark.parametrize("name", SHIPPED.by_name)
def test_every_pair_can_be_read(name: str) -> None:
    assert weak_pairs(SHIPPED.by_name[name], PAIRS) == {}


@pytest.mark.parametrize("dark", [True, False])
def test_what_an_old_theme_lacks_can_be_read(dark: bool) -> None:
    name = "dark" if dark else "light"
    assert variable_defaults(dark) == SHIPPED.by_name[name].variables
    assert set(variable_defaults(dark)) == set(VARIABLES)
    grounds = ("#000000", "#1e1e1e") if dark else ("#ffffff", "#efefef")
    inks = [name for name in VARIABLES if not name.startswith("cursor-")]
    assert all(contrast(variable_defaults(dark)[ink], ground) >= 4.5 for ink in inks for ground in grounds)
    variable_defaults(dark).clear()
    assert variable_defaults(dark)


def sheets() -> str:
    """Every style sheet of the console, without comments."""
    folder = Path(themes.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.tcss")]
    return re.sub(r"/\*.*?\*/", "", "\n".join(texts), flags=re.DOTALL)


def pairs_of(sheet: str) -> set[tuple[str, str]]:
    """The pairs (ink, ground) that rules of a sheet name together."""
    found = set()
    for rule in re.findall(r"\{([^{}]*)\}", sheet):
        ink = re.search(r"(?<![\w-])color:\s*\$([\w-]+)", rule)
        ground = re.search(r"(?<![\w-])background:\s*\$([\w-]+)", rule)
        if ink and ground:
            found.add((ink[1], ground[1]))
    return found


def inks_of(sheet: str) -> set[str]:
    """The colours that rules of a sheet draw text in without naming a ground."""
    rules = re.findall(r"\{([^{}]*)\}", sheet)
    found = (re.search(r"(?<![\w-])color:\s*\$([\w-]+)", rule) for rule in rules if "background:" not in rule)
    return {ink[1] for ink in found if ink}


def test_the_reader_of_sheets() -> None:
    sheet = "A { color: $muted; } B { background: $panel;color: $error; } C { scrollbar-color: $x; }"
    assert pairs_of(sheet) == {("error", "panel")}
    assert inks_of(sheet) == {"muted"}


@pytest.mark.parametrize("name", SHIPPED.by_name)
def test_every_pair_of_the_style_sheet_can_be_read(name: str) -> None:
    pairs = pairs_of(sheets()) | {(ink, ground) for ink in inks_of(sheets()) for ground in GROUNDS}
    assert weak_pairs(SHIPPED.by_name[name], sorted(pairs)) == {}


def test_an_own_theme_replaces_ours_and_may_lack_colours(tmp_path: Path) -> None:
    write(tmp_path, "mine.toml", 'name = "dark"\n[colors]\nprimary = "#abc"\n')
    write(
        tmp_path, "old.toml", 'dark = false\n[colors]\nprimary = "#123456"\n[variables]\nmuted = "#111111"\n'
    )
    found = load_themes([bundled("themes"), tmp_path, tmp_path / "absent"])
    assert found.broken == ()
    assert set(found.by_name) == {*SHIPPED.by_name, "old"}
    assert found.by_name["dark"].primary == "#abc"
    assert found.by_name["dark"].variables == {}
    assert (found.by_name["old"].dark, found.by_name["old"].variables) == (False, {"muted": "#111111"})


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[colors]\nprimary = "#fff"\nbackgruond = "#000"\n', 3, 'unknown key "backgruond"; did you mean "background"?'),
        (
            '[colors]\nprimary = "#fff"\n[variables]\nqueue-over-due = "#000"\n',
            4,
            'unknown key "queue-over-due"; did you mean "queue-overdue"?',
        ),
        ('nmae = "x"\n[colors]\nprimary = "#fff"\n', 1, 'unknown key "nmae"; did you mean "name"?'),
        ('name = "x"\n\n[colors]\nbackground = "#000"\n', 3, '"primary" is missing in [colors]'),
        ('name = "x"\n', 1, '"primary" is missing in [colors]'),
        ('[colors]\nprimary = "blue 50%"\n', 2, '"primary" must be a colour in the form "#ffab5e"'),
        ('[colors]\nprimary = "#fff; } * { color: red"\n', 2, '"primary" must be a colour in the form "#ffab5e"'),
        ('[colors]\nprimary = "#ffff"\n', 2, '"primary" must be a colour in the form "#ffab5e"'),
        ('[colors]\nprimary = "#ffffff\\n"\n', 2, '"primary" must be a colour in the form "#ffab5e"'),
        ('[colors]\nprimary = 7\n', 2, '"primary" must be a colour in the form "#ffab5e"'),
        ('colors = "red"\n', 1, '"colors" must be a table: [colors]'),
        ('name = "a,b"\n[colors]\nprimary = "#fff"\n', 1, '"name" must be at most 40 letters, digits, blanks, . _ or -'),
        ('name = "\\u001b[2J"\n[colors]\nprimary = "#fff"\n', 1, '"name" must be at most 40 letters, digits, blanks, . _ or -'),
        ('dark = "yes"\n[colors]\nprimary = "#fff"\n', 1, '"dark" must be true or false'),
        ('[colors]\nprimary = "#fff"\nprimary = "#000"\n', 3, None),
        (b'[colors]\n# \xff\n', 2, "this is not UTF-8 text; save the file as UTF-8"),
    ],
)  # fmt: skip
def test_a_broken_theme_is_named_and_the_others_work(
    tmp_path: Path, text: str | bytes, line: int, reason: str | None
) -> None:
    path = write(tmp_path, "bad.toml", text)
    write(tmp_path, "good.toml", '[colors]\nprimary = "#fff"\n')
    found = load_themes([bundled("themes"), tmp_path])
    assert set(found.by_name) == {*SHIPPED.by_name, "good"}
    [broken] = found.broken
    assert (broken.path, broken.line) == (path, line)
    assert broken.reason == reason or reason is None
    assert str(broken) == f"{path}, line {line}: {broken.reason}"


def test_the_first_known_name_is_taken() -> None:
    assert SHIPPED.first_known(None, "light", "dark") == "light"
    assert SHIPPED.first_known("gone", "high-contrast") == "high-contrast"
    assert SHIPPED.first_known(None) == DEFAULT_THEME == "dark"
    assert Themes({"mine": Theme("mine", primary="#fff")}).first_known("gone") == "mine"
    with pytest.raises(ThemeError, match="install careconsole again"):
        Themes({}).first_known("dark")


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    assert SHIPPED.why_not("lihgt") == 'Unknown theme "lihgt"; did you mean "light"?'
    assert SHIPPED.why_not("zzzz").endswith("known are colour-blind, dark, high-contrast, light.")


def test_the_choice_is_kept(tmp_path: Path) -> None:
    assert remembered_theme(tmp_path) is None
    (tmp_path / "settings.toml").write_text("# mine\n")
    remember_theme(tmp_path, "light")
    remember_theme(tmp_path, "high-contrast")
    assert remembered_theme(tmp_path) == "high-contrast"
    assert {path.name for path in tmp_path.iterdir()} == {"settings.toml", REMEMBERED_FILE}
    assert (tmp_path / "settings.toml").read_text() == "# mine\n"
    assert stat.S_IMODE((tmp_path / REMEMBERED_FILE).stat().st_mode) == 0o600


def test_what_else_we_noted_stays(tmp_path: Path) -> None:
    write(tmp_path, REMEMBERED_FILE, 'theme = "dark"\npane = 3\n')
    remember_theme(tmp_path, "light")
    assert (tmp_path / REMEMBERED_FILE).read_text() == 'theme = "light"\npane = 3\n'


@pytest.mark.parametrize("text", ["theme = ", "theme = 7", "", b"\xff"])
def test_a_damaged_note_is_no_note(tmp_path: Path, text: str | bytes) -> None:
    write(tmp_path, REMEMBERED_FILE, text)
    assert remembered_theme(tmp_path) is None
    remember_theme(tmp_path, "light")
    assert remembered_theme(tmp_path) == "light"


def test_a_failed_write_leaves_the_old_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember_theme(tmp_path, "light")

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ThemeError, match=r"holds until you quit.*No space left"):
        remember_theme(tmp_path, "dark")
    assert remembered_theme(tmp_path) == "light"
    assert [path.name for path in tmp_path.iterdir()] == [REMEMBERED_FILE]


async def test_an_old_theme_does_not_break_the_sheet(tmp_path: Path) -> None:
    write(tmp_path, "old.toml", '[colors]\nprimary = "#123456"\n')
    found = load_themes([bundled("themes"), tmp_path])

    class Bare(App[None]):
        CSS = "\n".join(f"#{name} {{ color: ${name}; }}" for name in (*VARIABLES, *COLORS[:-1]))

        def get_theme_variable_defaults(self) -> dict[str, str]:
            return variable_defaults(self.current_theme.dark)

        def compose(self) -> ComposeResult:
            yield Static(id="muted")

    app = Bare()
    for theme in found.by_name.values():
        app.register_theme(theme)
    async with app.run_test() as pilot:
        for name, theme in found.by_name.items():
            app.theme = name
            await pilot.pause()
            wanted = variable_defaults(theme.dark) | theme.variables
            assert app.query_one("#muted").styles.color == Color.parse(wanted["muted"])
