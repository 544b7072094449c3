"""Which languages are the agent's, and how another one is marked in queue and thread."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.console.desk_at_hand import console_at_hand, line

from careconsole.console.own_languages import foreign_mark, own_languages

GERMAN = "Wo bleibt meine Bestellung? Ich warte seit zwei Wochen."
FRENCH = "Où est ma commande ? Je n'ai toujours rien reçu depuis deux semaines."


@pytest.mark.parametrize(
    ("environ", "own"),
    [
        ({}, {"en"}),
        ({"LANG": "C.UTF-8"}, {"en"}),
        ({"LANG": "POSIX"}, {"en"}),
        ({"LANG": "de_DE.UTF-8"}, {"en", "de"}),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "et_EE"}, {"en", "et"}),
        ({"LANG": "sr@latin"}, {"en", "hr"}),
    ],
)
def test_without_a_setting_they_are_english_and_that_of_the_locale(
    environ: dict[str, str], own: set[str]
) -> None:
    assert own_languages(frozenset(), environ) == own


def test_the_setting_stands_above_the_locale() -> None:
    assert own_languages(frozenset({"ru", "bs"}), {"LANG": "de_DE"}) == {"ru", "hr"}


def test_what_is_not_known_is_not_marked() -> None:
    own = frozenset({"en", "de"})
    assert [foreign_mark(code, own) for code in ("", "unknown", "en", "de", "fr")] == ["", "", "", "", "(fr)"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (170, 45)])
async def test_queue_and_thread_mark_what_is_not_the_agents(tmp_path: Path, size: tuple[int, int]) -> None:
    lines = [
        line("m1", "jeanne", FRENCH, 50),
        line("m2", "gerda", GERMAN, 40),
        line("m3", "enid", "Where is my order? I have waited for two weeks.", 30),
        line("m4", "oto", "??", 20),
    ]
    languages = '[agent]\nlanguages = ["en", "de"]\n'
    async with console_at_hand(tmp_path, lines, size=size, settings=languages) as at:
        rows = {name: next(row for row in at.picture.splitlines() if f"@{name}" in row) for name in NAMES}
        assert "(fr) Où est" in rows["jeanne"]
        assert all("(" not in rows[name] for name in ("gerda", "enid", "oto"))
        await at.press("enter")
        await at.until(lambda: "question · (fr) · " in at.picture)
        (tmp_path / "settings.toml").write_text('[agent]\nlanguages = ["fr"]\n', encoding="utf-8")
        at.screen.look_at_settings()
        at.screen.look_at_settings()
        await at.settle()
        assert "(fr)" not in at.picture
        await at.press("escape")
        assert "(de) Wo" in at.picture and "(en) Wh" in at.picture and "(unknown)" not in at.picture


NAMES = ("jeanne", "gerda", "enid", "oto")
