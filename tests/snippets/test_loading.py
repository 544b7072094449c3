"""Snippets come from folders; a broken file is named and the others work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from careconsole.snippets.loading import Shelf, load
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.toml_file import MAX_FILE_BYTES

GOOD = """\
title = "Where is my refund"
language = "en"
tags = ["refund", "money"]
triggers = ["where is my refund"]
body = \"\"\"
Hello {{name}},
it is on its way.
\"\"\"
short = "On its way, {{name}}."
"""


def write(folder: Path, name: str, text: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_reads_a_snippet(tmp_path: Path) -> None:
    path = write(tmp_path, "refund-en.toml", GOOD)
    library = load([tmp_path])
    assert library.broken == ()
    assert library.snippets == (
        Snippet(
            id="refund-en",
            title="Where is my refund",
            body="Hello {{name}},\nit is on its way.",
            tags=("refund", "money"),
            triggers=("where is my refund",),
            language="en",
            short="On its way, {{name}}.",
            path=path,
            origin="built-in",
        ),
    )
    assert library.get("refund-en") is library.snippets[0]
    assert library.get("refund") is None


def test_an_own_file_replaces_the_built_in_one(tmp_path: Path) -> None:
    write(tmp_path / "ours", "a.toml", 'title = "A"\nbody = "ours"')
    write(tmp_path / "ours", "b.toml", 'title = "B"\nbody = "ours"')
    write(tmp_path / "own", "b.toml", 'title = "B"\nbody = "own"')
    write(tmp_path / "own", "c.toml", 'title = "C"\nbody = "own"')
    library = load([tmp_path / "ours", tmp_path / "own", tmp_path / "absent"])
    found = [(snippet.id, snippet.body, snippet.origin) for snippet in library.snippets]
    assert found == [("a", "ours", "built-in"), ("b", "own", "own"), ("c", "own", "own")]


def test_a_broken_own_file_leaves_the_built_in_one(tmp_path: Path) -> None:
    write(tmp_path / "ours", "a.toml", 'title = "A"\nbody = "ours"')
    path = write(tmp_path / "own", "a.toml", 'title = "A"\nbody = ')
    library = load([tmp_path / "ours", tmp_path / "own"])
    assert [snippet.body for snippet in library.snippets] == ["ours"]
    assert [(broken.path, broken.line) for broken in library.broken] == [(path, 2)]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('title = "A"\n\ntigs = []\nbody = "x"', 3, 'unknown key "tigs"; did you mean "tags"?'),
        ('title = "A"', 1, '"body" is missing'),
        ('body = "A"', 1, '"title" is missing'),
        ('body = "A"\ntitle = "  "', 2, '"title" is empty'),
        ('title = "A"\nbody = "x"\nscope = "all"', 3, '"scope" must be one of brand, team, mine'),
        ('title = "A"\nbody = "x"\nimported = "yes"', 3, '"imported" must be true or false'),
        ('title = "A"\nbody = "x"\nreview = "soon"', 3, '"review" must be a day such as 2026-12-31'),
        (
            'title = "A"\nbody = "x"\nreview = 2026-12-31T10:00:00',
            3,
            '"review" must be a day such as 2026-12-31',
        ),
        ('body = "A"\ntitle = "A\\nB"', 2, '"title" must be one line'),
        ('body = "A"\ntitle = 3', 2, '"title" must hold text in quotes'),
        (
            'title = "A"\nbody = "x"\ntags = "x"',
            3,
            '"tags" must be a list of texts, for example tags = ["refund"]',
        ),
        ('title = "A"\nbody = "x"\ntags = [1]', 3, '"tags" must hold text in quotes'),
        (
            'title = "A"\nbody = "x"\nlanguage = "English"',
            3,
            '"language" must be a code such as "en" or "de"; \'English\' is no language',
        ),
        (
            'title = "A"\nbody = "x\\u001b[2J"',
            2,
            '"body" holds the control character U+001B; take it out',
        ),
        (
            'title = "A\\u0085"\nbody = "x"',
            1,
            '"title" holds the control character U+0085; take it out',
        ),
        (b'title = "A"\nbody = "\xe4"', 2, "this is not UTF-8 text; save the file as UTF-8"),
        ("x" * (MAX_FILE_BYTES + 1), 1, "the file is larger than 64 KiB"),
        ('title = "A"\nbody = "x"\ntags = [' + '"a",' * 101 + "]", 3, '"tags" has more than 100 entries'),
    ],
)
def test_a_broken_file_is_named_and_the_others_work(
    tmp_path: Path, text: str | bytes, line: int, reason: str
) -> None:
    path = write(tmp_path, "bad.toml", text)
    write(tmp_path, "good.toml", GOOD)
    library = load([tmp_path])
    assert [snippet.id for snippet in library.snippets] == ["good"]
    [broken] = library.broken
    assert (broken.path, broken.line, broken.reason) == (path, line, reason)
    assert str(broken) == f"{path}, line {line}: {reason}"


def test_what_is_no_file_is_named_and_nothing_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    write(tmp_path, "good.toml", GOOD)
    write(tmp_path, ".hidden.toml", "no")
    write(tmp_path, "readme.txt", "no")
    library = load([tmp_path])
    assert [snippet.id for snippet in library.snippets] == ["good"]
    assert {broken.path.name: broken.reason for broken in library.broken} == {
        "folder.toml": "this is not an ordinary file",
        "gone.toml": "the file cannot be read: No such file or directory",
        "pipe.toml": "this is not an ordinary file",
    }


def test_tabs_become_blanks(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", 'title = "A"\nbody = "\tone\ttwo"')
    assert load([tmp_path]).snippets[0].body == "one    two"


def held(shelf: Shelf) -> tuple[dict[str, str], list[str]]:
    library = shelf.load()
    return {one.id: one.title for one in library.snippets}, [one.path.name for one in library.broken]


def test_a_file_just_touched_is_called_broken_at_the_second_look(tmp_path: Path) -> None:
    path = write(tmp_path, "a.toml", 'title = "A"\nbody = "x"')
    os.utime(path, (1_000, 1_000))
    shelf = Shelf([tmp_path / "none", tmp_path], patience_s=2.0, now_s=lambda: 1_000.5)
    assert held(shelf) == ({"a": "A"}, [])
    os.utime(write(tmp_path, "a.toml", 'title = "A"\nbo'), (1_000, 1_000))
    os.utime(write(tmp_path, "b.toml", ""), (1_000, 1_000))
    assert shelf.has_changed() and shelf.changed() is None, "nothing to show yet"
    assert shelf.has_changed(), "it is looked at again although nothing has moved"
    assert held(shelf) == ({}, ["a.toml", "b.toml"])
    assert not shelf.has_changed()


def test_a_file_written_in_two_goes_is_never_called_broken(tmp_path: Path) -> None:
    path = write(tmp_path, "a.toml", 'title = "A"\nbody = "x"')
    os.utime(path, (1_000, 1_000))
    shelf = Shelf([tmp_path / "none", tmp_path], patience_s=2.0, now_s=lambda: 1_000.5)
    assert held(shelf) == ({"a": "A"}, [])
    for second, half in enumerate(('title = "', 'title = "New', 'title = "New"\nbody'), 1):
        os.utime(write(tmp_path, "a.toml", half), (1_000, 1_000 + second / 10))
        assert held(shelf) == ({"a": "A"}, []), "what it held before stands"
    os.utime(write(tmp_path, "a.toml", 'title = "New"\nbody = "x"'), (1_000, 1_000.4))
    assert held(shelf) == ({"a": "New"}, [])


@pytest.mark.parametrize(("patience_s", "now_s"), [(0.0, 1_000.5), (2.0, 1_002.5), (2.0, 900.0)])
def test_a_broken_file_of_old_is_named_at_once(tmp_path: Path, patience_s: float, now_s: float) -> None:
    os.utime(write(tmp_path, "a.toml", "no"), (1_000, 1_000))
    shelf = Shelf([tmp_path / "none", tmp_path], patience_s=patience_s, now_s=lambda: now_s)
    assert held(shelf) == ({}, ["a.toml"])
    assert shelf.changed() is None


def test_another_mark_alone_is_a_change(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", 'title = "A"\nbody = "x"')
    shelf = Shelf([tmp_path / "none", tmp_path])
    shelf.load()
    write(tmp_path, "a.toml", '# by hand\ntitle = "A"\nbody = "x"')
    library = shelf.changed()
    assert library is not None and library.snippets[0].mark == load([tmp_path]).snippets[0].mark
