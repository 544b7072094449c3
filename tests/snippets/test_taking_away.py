"""A snippet that is taken away is moved, never lost, never over another file, and only as it was read."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from careconsole.snippets.loading import Shelf, broken_files, load, read_snippet
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.writing import CannotWrite, ChangedMeanwhile, TakenAway, save, save_new, take_away

BAG = Snippet("bag", "Bag", "Words.", origin="own")


def kept(folder: Path, snippet: Snippet = BAG) -> Snippet:
    saved = save(snippet, folder)
    assert isinstance(saved, Snippet)
    return saved


def gone(snippet: Snippet, folder: Path) -> Path:
    taken = take_away(snippet, folder)
    assert isinstance(taken, TakenAway) and taken.snippet is snippet
    return taken.path


def load_body(path: Path) -> str:
    found = read_snippet(path)
    assert isinstance(found, Snippet)
    return found.body


def test_the_file_is_moved_as_it_is_and_moved_back_it_is_offered_again(tmp_path: Path) -> None:
    saved = kept(tmp_path)
    path = tmp_path / "bag.toml"
    path.write_text(path.read_text() + "# a remark of mine\n")
    path.chmod(0o640)
    saved = load([tmp_path / "none", tmp_path]).snippets[0]
    raw, number = path.read_bytes(), path.stat().st_ino
    place = gone(saved, tmp_path)
    assert place == tmp_path / "taken-away" / "bag.toml"
    found = place.stat()
    assert (place.read_bytes(), found.st_ino, found.st_mode & 0o777) == (raw, number, 0o640)
    assert os.listdir(tmp_path) == ["taken-away"]
    assert (tmp_path / "taken-away").stat().st_mode & 0o077 & ~tmp_path.stat().st_mode == 0
    place.rename(path)
    assert load([tmp_path / "none", tmp_path]).snippets == (saved,)


def test_nothing_reads_what_was_taken_away(tmp_path: Path) -> None:
    shelf = Shelf([tmp_path / "none", tmp_path])
    other = kept(tmp_path, replace(BAG, id="other"))
    saved = kept(tmp_path)
    assert len(shelf.load()) == 2
    gone(saved, tmp_path).write_text("broken =")
    library = shelf.changed()
    assert library is not None
    assert (library.snippets, library.broken, broken_files(tmp_path)) == ((other,), (), [])
    assert shelf.changed() is None


def test_never_over_another_file(tmp_path: Path) -> None:
    places = []
    for body in ("one", "two", "three"):
        saved = kept(tmp_path, replace(BAG, body=body))
        places.append(gone(saved, tmp_path))
    assert [place.name for place in places] == ["bag.toml", "bag-2.toml", "bag-3.toml"]
    assert [load_body(place) for place in places] == ["one", "two", "three"]
    nowhere = tmp_path / "taken-away" / "bag-4.toml"
    nowhere.symlink_to(tmp_path / "nowhere")
    assert gone(kept(tmp_path), tmp_path).name == "bag-5.toml"
    assert nowhere.is_symlink() and not (tmp_path / "nowhere").exists()


def test_a_name_as_long_as_a_disk_takes_finds_a_place_too(tmp_path: Path) -> None:
    long = replace(BAG, id="x" * 250)
    (tmp_path / f"{long.id}.toml").write_text('title = "Long"\nbody = "x"')
    assert gone(load([tmp_path / "none", tmp_path]).snippets[0], tmp_path).stem == long.id
    (tmp_path / f"{long.id}.toml").write_text('title = "Long"\nbody = "y"')
    assert gone(load([tmp_path / "none", tmp_path]).snippets[0], tmp_path).stem == f"{'x' * 60}-2"


@pytest.mark.parametrize("outside", ['title = "By hand"\nbody = "x"', "half =", "x" * 70_000, None])
def test_only_what_was_read_is_moved(tmp_path: Path, outside: str | None) -> None:
    saved = kept(tmp_path)
    path = tmp_path / "bag.toml"
    if outside is None:
        path.unlink()
    else:
        path.write_text(outside)
    changed = take_away(saved, tmp_path)
    assert changed == ChangedMeanwhile(path)
    assert isinstance(changed, ChangedMeanwhile) and bool(changed.mark) == (outside is not None)
    assert (path.read_text() if path.exists() else None) == outside
    assert not (tmp_path / "taken-away").exists()


def test_what_was_never_read_takes_nothing_away(tmp_path: Path) -> None:
    assert take_away(BAG, tmp_path) == ChangedMeanwhile(tmp_path / "bag.toml")
    kept(tmp_path)
    assert isinstance(take_away(BAG, tmp_path), ChangedMeanwhile)
    assert os.listdir(tmp_path) == ["bag.toml"]


def test_a_folder_that_takes_nothing_is_named_and_the_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = kept(tmp_path)
    (tmp_path / "taken-away").write_text("a file")
    with pytest.raises(CannotWrite, match="taken-away is no folder"):
        take_away(saved, tmp_path)
    (tmp_path / "taken-away").unlink()

    def full(self: Path, place: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(CannotWrite, match=r"taken-away cannot be written \(No space left"):
            take_away(saved, tmp_path)
    assert os.listdir(tmp_path / "taken-away") == [], "no empty file is left behind"
    assert load([tmp_path / "none", tmp_path]).snippets == (saved,)


def test_a_shelf_that_is_no_folder_is_named(tmp_path: Path) -> None:
    saved = kept(tmp_path / "shelf")
    (tmp_path / "shelf" / "bag.toml").unlink()
    (tmp_path / "shelf").rmdir()
    (tmp_path / "shelf").write_text("")
    with pytest.raises(CannotWrite, match="shelf cannot be written"):
        take_away(saved, tmp_path / "shelf")


def test_a_link_is_moved_and_what_it_points_to_stays(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text('title = "Linked"\nbody = "x"')
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "bag.toml").symlink_to(tmp_path / "elsewhere")
    [linked] = load([tmp_path / "none", shelf]).snippets
    assert gone(linked, shelf).is_symlink()
    assert (tmp_path / "elsewhere").exists() and len(load([tmp_path / "none", shelf])) == 0


def test_a_built_in_one_stays_and_comes_back_when_its_copy_goes(tmp_path: Path) -> None:
    ours, own = tmp_path / "ours", tmp_path / "own"
    ours.mkdir()
    (ours / "bag.toml").write_text('title = "Bag"\nbody = "ours"')
    shelf = Shelf([ours, own])
    [built_in] = shelf.load().snippets
    with pytest.raises(
        CannotWrite, match=r"came with careconsole .*Edit it.* builtin = false under \[snippets\]"
    ):
        take_away(built_in, own)
    assert not own.exists() and shelf.built_in("bag") == built_in
    copy = save(replace(built_in, body="own"), own)
    assert isinstance(copy, Snippet)
    assert shelf.load().snippets == (copy,) and shelf.built_in("bag") == built_in
    gone(copy, own)
    library = shelf.changed()
    assert library is not None and library.snippets == (built_in,)
    left_out = Shelf([ours, own], has_builtin=False)
    left_out.load()
    assert left_out.built_in("bag") is None and shelf.built_in("none") is None


def test_a_new_one_does_not_take_the_name_of_one_taken_away(tmp_path: Path) -> None:
    gone(save_new(replace(BAG, id=""), tmp_path), tmp_path)
    assert save_new(replace(BAG, id=""), tmp_path).id == "bag-2"
