"""A snippet's file is written whole, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careconsole.model.toml_text import TomlText
from careconsole.snippets.form import CONTROL, snippet_of, toml_of
from careconsole.snippets.library import Library
from careconsole.snippets.loading import Shelf, load
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.writing import (
    CannotWrite,
    ChangedMeanwhile,
    new_id,
    save,
    save_all,
    save_new,
)

FULL = Snippet(
    id="bag-de",
    title='Koffer "verspätet"',
    body="Hallo {{name}},\n\n  wir suchen \\ ihn: \"heute\" '''noch''' \"\"\".\n{{me}}",
    tags=("koffer", "a|b"),
    triggers=("wo ist mein Koffer?",),
    language="de",
    short="Wir suchen ihn.",
    scope="brand",
    owner="ana",
    accounts=("bird",),
    review=date(2026, 12, 31),
    variant_of="late-bag",
    imported=True,
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    saved = save(FULL, tmp_path)
    assert isinstance(saved, Snippet)
    [read] = load([tmp_path / "none", tmp_path]).snippets
    assert read == saved == replace(FULL, path=tmp_path / "bag-de.toml", origin="own")
    assert read.mark == saved.mark != ""
    assert os.listdir(tmp_path) == ["bag-de.toml"]


TEXT = st.text(
    st.sampled_from("a {}\"'\\\n#=[]退ü\u2028\u0301") | st.characters(exclude_categories=["Cs"]), max_size=40
).map(lambda text: CONTROL.sub("", text).replace("\t", " ").strip())


@settings(deadline=None)
@given(title=TEXT, body=TEXT, words=st.lists(TEXT.filter(bool), max_size=3))
def test_any_text_comes_back(title: str, body: str, words: list[str]) -> None:
    given_ = Snippet(
        "a", " ".join(title.split()) or "x", body, tuple(words), path=Path("a.toml"), origin="own"
    )
    assert snippet_of(TomlText.parse(toml_of(given_)), Path("a.toml"), "own") == given_


def test_never_over_a_file_that_changed(tmp_path: Path) -> None:
    saved = save(FULL, tmp_path)
    assert isinstance(saved, Snippet)
    path = tmp_path / "bag-de.toml"
    path.write_text('title = "By hand"\nbody = "x"')
    result = save(replace(saved, body="mine"), tmp_path)
    assert result == ChangedMeanwhile(path)
    assert str(path) in str(result)
    assert "By hand" in path.read_text()
    [read] = load([tmp_path / "none", tmp_path]).snippets
    again = save(replace(read, body="mine"), tmp_path)
    assert isinstance(again, Snippet)
    assert load([tmp_path / "none", tmp_path]).snippets[0].body == "mine"
    path.unlink()
    assert save(again, tmp_path) == ChangedMeanwhile(path)


def test_a_new_one_never_replaces_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "bag-de.toml").write_text("broken =")
    assert save(FULL, tmp_path) == ChangedMeanwhile(tmp_path / "bag-de.toml")
    (tmp_path / "bag-de.toml").unlink()
    (tmp_path / "bag-de.toml").symlink_to(tmp_path / "nowhere")
    assert save(FULL, tmp_path) == ChangedMeanwhile(tmp_path / "bag-de.toml")


def test_editing_a_built_in_one_writes_a_copy_that_takes_its_place(tmp_path: Path) -> None:
    ours, own = tmp_path / "ours", tmp_path / "home" / "snippets"
    ours.mkdir()
    (ours / "a.toml").write_text('title = "A"\nbody = "ours"')
    [built_in] = load([ours, own]).snippets
    saved = save(replace(built_in, body="own"), own)
    assert isinstance(saved, Snippet)
    assert (ours / "a.toml").read_text() == 'title = "A"\nbody = "ours"'
    [read] = load([ours, own]).snippets
    assert (read.body, read.origin, read.path) == ("own", "own", own / "a.toml")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"body": "a\x1b[2J"}, "control character U\\+001B"),
        ({"title": "a\nb"}, "one line"),
        ({"title": " "}, '"title" is empty'),
        ({"tags": ("a",) * 101}, "more than 100 entries"),
        ({"language": "English"}, "must be a code"),
        ({"body": "x" * 70_000}, "larger than 64 KiB"),
        ({"body": "\ud800"}, "half a letter|U\\+D800"),
        ({"id": "../a"}, "name of a file"),
        ({"id": ".a"}, "name of a file"),
        ({"id": ""}, "name of a file"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(
    tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    with pytest.raises(CannotWrite, match=reason):
        save(replace(FULL, **change), tmp_path)  # type: ignore[arg-type]
    with pytest.raises(CannotWrite):
        save_all([replace(FULL, id="good"), replace(FULL, **change)], tmp_path)  # type: ignore[arg-type]
    assert os.listdir(tmp_path) == []


def test_many_are_written_but_for_those_that_changed(tmp_path: Path) -> None:
    (tmp_path / "s3.toml").write_text("somebody else's")
    changed = save_all([replace(FULL, id=f"s{number}") for number in range(5)], tmp_path)
    assert changed == [ChangedMeanwhile(tmp_path / "s3.toml")]
    assert (tmp_path / "s3.toml").read_text() == "somebody else's"
    assert len(os.listdir(tmp_path)) == 5
    assert len(load([tmp_path / "none", tmp_path])) == 4


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="file"):
        save(FULL, tmp_path / "file")


@pytest.mark.parametrize(
    ("title", "taken", "made"),
    [
        ("Where is my refund?", set(), "where-is-my-refund"),
        ("Größe & Straße", set(), "größe-straße"),
        ("Возврат  денег!", set(), "возврат-денег"),
        ("退款进度", set(), "退款进度"),
        ("कहाँ है", set(), "कहाँ-है"),
        ("24/7 _hours_", set(), "24-7-hours"),
        ("!!!", set(), "snippet"),
        ("../../etc/passwd", set(), "etc-passwd"),
        ("A", {"a"}, "a-2"),
        ("a", {"a", "a-2", "a-3"}, "a-4"),
        ("x" * 300, set(), "x" * 60),
    ],
)
def test_ids_are_slugs(title: str, taken: set[str], made: str) -> None:
    assert new_id(title, taken) == made


def test_long_ids_are_names_a_disk_takes(tmp_path: Path) -> None:
    long = new_id("退" * 300, {new_id("退" * 300, set())})
    assert isinstance(save(replace(FULL, id=long), tmp_path), Snippet)


def test_outside_edits_are_seen_and_only_what_changed_is_read(tmp_path: Path) -> None:
    shelf = Shelf([tmp_path / "none", tmp_path])
    assert len(shelf.load()) == 0
    assert not shelf.has_changed()
    saved = save_all([replace(FULL, id="a"), replace(FULL, id="b")], tmp_path)
    assert saved == []
    assert shelf.has_changed()
    first = shelf.load()
    assert not shelf.has_changed()
    (tmp_path / "a.toml").write_text('title = "Other"\nbody = "x"')
    assert shelf.has_changed()
    second = shelf.load()
    assert second.get("b") is first.get("b")
    assert [snippet.title for snippet in second.snippets] == [FULL.title, "Other"]
    (tmp_path / "a.toml").write_text("broken =")
    third = shelf.load()
    assert len(third) == 1
    assert [broken.path.name for broken in third.broken] == ["a.toml"]
    (tmp_path / "a.toml").unlink()
    assert shelf.has_changed()
    assert shelf.load().broken == ()


def test_the_built_in_ones_can_be_left_out(tmp_path: Path) -> None:
    ours, own = tmp_path / "ours", tmp_path / "own"
    save_all([replace(FULL, id="a"), replace(FULL, id="b")], ours)
    save_all([replace(FULL, id="b")], own)
    library = load([ours, own], has_builtin=False)
    assert [(snippet.id, snippet.origin) for snippet in library.snippets] == [("b", "own")]
    assert len(load([ours, own])) == 2


def test_variants_say_the_same_in_other_languages() -> None:
    folder = [
        Snippet("bag-en", "Bag", "", language="en"),
        Snippet("bag-de", "Koffer", "", language="de"),
        Snippet("valise", "Valise", "", language="fr", variant_of="bag"),
        Snippet("bag", "Bag rules", "", language=""),
        Snippet("en", "Odd", "", language="en"),
    ]
    library = Library(folder)
    english = library.get("bag-en")
    assert english is not None
    assert {snippet.id for snippet in library.variants(english)} == {"bag-en", "bag-de", "valise", "bag"}
    assert library.in_language(english, "de").id == "bag-de"
    assert library.in_language(english, "fr").id == "valise"
    assert library.in_language(english, "ru") is english
    assert library.in_language(english, "unknown") is english


def test_a_new_one_gets_an_id_that_nobody_has(tmp_path: Path) -> None:
    (tmp_path / "bag.toml").write_text("broken =")
    first = save_new(replace(FULL, title="Bag"), tmp_path, ["bag-2", "Bag-3"])
    assert (first.id, first.path, first.origin) == ("bag-4", tmp_path / "bag-4.toml", "own")
    second = save_new(replace(first, body="other"), tmp_path)
    assert second.id == "bag-2" and (tmp_path / "bag.toml").read_text() == "broken ="
    assert load([tmp_path / "none", tmp_path]).get("bag-4") == first
    with pytest.raises(CannotWrite):
        save_new(replace(FULL, title="a\nb"), tmp_path)
    assert len(os.listdir(tmp_path)) == 3


def test_with_the_mark_of_what_is_there_now_it_can_be_written_over(tmp_path: Path) -> None:
    saved = save(FULL, tmp_path)
    assert isinstance(saved, Snippet)
    for words in ("by hand =", None):
        if words is None:
            (tmp_path / "bag-de.toml").unlink()
        else:
            (tmp_path / "bag-de.toml").write_text(words)
        changed = save(replace(saved, body="mine"), tmp_path)
        assert isinstance(changed, ChangedMeanwhile) and bool(changed.mark) == bool(words)
        mine = save(replace(saved, body="mine", path=changed.path, mark=changed.mark), tmp_path)
        assert isinstance(mine, Snippet) and load([tmp_path / "none", tmp_path]).snippets[0].body == "mine"
