"""Writing snippets, one file each: whole or not at all, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

import fcntl
import os
import secrets
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from careconsole.model.toml_text import TomlError
from careconsole.snippets.form import fault_of, toml_of
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.toml_file import MAX_FILE_BYTES, mark_of, read_raw, toml_files

TAKEN_AWAY = "taken-away"
"""The folder in that of the agent's own snippets for the files of those taken away; nothing is read from it."""
_LONGEST_ID = 60
"""Characters of an id; in bytes it must stay below what a file name may have."""


class CannotWrite(Exception):
    """The snippet was not written; a sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """The file is not what was read: nothing was written, and what is there now stays."""

    path: Path
    mark: str = field(default="", compare=False, repr=False)
    """Names what is there now, empty where nothing is: a snippet with this mark would be written over it."""

    def __str__(self) -> str:
        return f"{self.path} was changed by somebody else meanwhile; nothing was written. Look at it and edit again."


@dataclass(frozen=True, slots=True)
class TakenAway:
    """A snippet that is offered no longer, and where its file lies now."""

    snippet: Snippet
    path: Path


def save(snippet: Snippet, folder: Path) -> Snippet | ChangedMeanwhile:
    """Write a snippet to its file in the agent's own folder; the snippet as it is there now.

    `snippet.mark` is what its file held when it was read. A built-in one is written as a copy that takes its
    place. Raises CannotWrite.
    """
    expected = snippet.mark if snippet.path.parent == folder else ""
    path = folder / f"{snippet.id}.toml"
    raw = _checked(snippet)
    with _alone_in(folder):
        if (found := _mark_at(path)) != expected:
            return ChangedMeanwhile(path, found)
        _put(path, raw)
    return replace(snippet, path=path, origin="own", mark=mark_of(raw))


def save_new(snippet: Snippet, folder: Path, taken: Collection[str] = ()) -> Snippet:
    """Write a snippet of any id under a new one, made of its title; the snippet as it is there now.

    The new id is none of those `taken`, and no file of the folder has it, nor one taken away: what was learnt for
    that is not this one's. Raises CannotWrite.
    """
    with _alone_in(folder):
        there = [*toml_files(folder), *toml_files(folder / TAKEN_AWAY)]
        ids = {name.lower() for name in taken} | {path.stem.lower() for path in there}
        snippet = replace(snippet, id=new_id(snippet.title, ids), origin="own")
        path = folder / f"{snippet.id}.toml"
        raw = _checked(snippet)
        _put(path, raw)
    return replace(snippet, path=path, mark=mark_of(raw))


def save_all(snippets: Sequence[Snippet], folder: Path) -> list[ChangedMeanwhile]:
    """Write many at once, each whole; those whose file was changed meanwhile are left out, and returned.

    Raises CannotWrite; before the first is written if one of them cannot be.
    """
    written = [(folder / f"{snippet.id}.toml", _checked(snippet)) for snippet in snippets]
    changed: list[ChangedMeanwhile] = []
    with _alone_in(folder):
        unborn: list[tuple[Path, Path]] = []
        try:
            for snippet, (path, raw) in zip(snippets, written, strict=True):
                if _mark_at(path) != (snippet.mark if snippet.path.parent == folder else ""):
                    changed.append(ChangedMeanwhile(path))
                else:
                    unborn.append((_beside(path, raw), path))
            os.sync()
            for temporary, path in unborn:
                temporary.replace(path)
        except OSError as error:
            raise _refused(folder, error) from error
        finally:
            for temporary, _ in unborn:
                temporary.unlink(missing_ok=True)
    return changed


def take_away(snippet: Snippet, folder: Path) -> TakenAway | ChangedMeanwhile:
    """Move an own snippet's file into the folder `taken-away`, never over another; a built-in one is there again.

    Moved back it is offered again. Nothing is moved that is not what was read. Raises CannotWrite.
    """
    if words := why_it_stays(snippet):
        raise CannotWrite(words)
    path = folder / f"{snippet.id}.toml"
    with _alone_in(folder):
        if not (found := _mark_at(path)) or found != snippet.mark:
            return ChangedMeanwhile(path, found)
        return TakenAway(snippet, _moved(path, folder / TAKEN_AWAY))


def why_it_stays(snippet: Snippet) -> str:
    """Why a snippet cannot be taken away, and what can be done instead; empty if it can."""
    if snippet.origin == "own":
        return ""
    return (
        "It came with careconsole and cannot be taken away. Edit it, and a copy of yours takes its place; "
        "or leave all built-in ones out: builtin = false under [snippets] in settings.toml."
    )


def new_id(title: str, taken: Collection[str]) -> str:
    """The slug of a title in letters of any script, with `-2`, `-3` where it is taken; taken ids are lower case."""
    plain = _short(unicodedata.normalize("NFC", title).lower())
    slug = "-".join("".join(letter if _is_of_word(letter) else " " for letter in plain).split()) or "snippet"
    for number in count(1):
        named = slug if number == 1 else f"{slug}-{number}"
        if named not in taken:
            return named
    raise AssertionError("numbers do not end")


def _is_of_word(letter: str) -> bool:
    """Letters, digits, and the vowel signs without which some scripts cannot be written."""
    return letter.isalnum() or unicodedata.category(letter).startswith("M")


def _short(text: str) -> str:
    """So much of a text as a file name can hold: 60 characters, and 180 bytes of them."""
    return text[:_LONGEST_ID].encode("utf-8", "ignore")[:180].decode("utf-8", "ignore")


def _checked(snippet: Snippet) -> bytes:
    """The file's bytes. Raises CannotWrite for a snippet that could not be read again."""
    if not snippet.id or snippet.id.startswith(".") or "/" in snippet.id or "\0" in snippet.id:
        raise CannotWrite(f"{snippet.id!a} cannot be the name of a file; choose letters and digits.")
    if fault := fault_of(snippet):
        raise CannotWrite(f"The snippet was not written: {fault.reason}.")
    raw = toml_of(snippet)
    if len(raw) > MAX_FILE_BYTES:
        raise CannotWrite(
            f"The snippet was not written: it is larger than {MAX_FILE_BYTES // 1024} KiB. Make it shorter."
        )
    return raw


def _mark_at(path: Path) -> str:
    """What names the file's content now; empty if there is none."""
    if not os.path.lexists(path):
        return ""
    try:
        return mark_of(read_raw(path))
    except TomlError as error:
        return f"unreadable: {error.reason}"


def _put(path: Path, raw: bytes) -> None:
    temporary: Path | None = None
    try:
        temporary = _beside(path, raw, sync=True)
        temporary.replace(path)
    except OSError as error:
        raise _refused(path.parent, error) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _moved(path: Path, aside: Path) -> Path:
    """Where the file is now: in the folder aside, which is as private as its own."""
    if os.path.lexists(aside) and not aside.is_dir():
        raise CannotWrite(
            f"Nothing was taken away: {aside} is no folder, and the file would go into one of that name; move that."
        )
    try:
        aside.mkdir(mode=path.parent.stat().st_mode & 0o777, exist_ok=True)
        place = _free_place(path.stem, aside)
        try:
            path.replace(place)
        except OSError:
            place.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _refused(aside, error) from error
    return place


def _free_place(stem: str, folder: Path) -> Path:
    """An empty file of a name that nothing had: whatever takes its place goes over nothing of anybody's."""
    for number in count(1):
        place = folder / (f"{stem}.toml" if number == 1 else f"{_short(stem)}-{number}.toml")
        with suppress(FileExistsError):
            os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))
            return place
    raise AssertionError("numbers do not end")


def _beside(path: Path, raw: bytes, *, sync: bool = False) -> Path:
    """A hidden file next to a file, with what it is to hold; of the same mode if it is there already."""
    temporary = path.with_name(f".{secrets.token_hex(8)}.new")
    mode = 0o660 & path.parent.stat().st_mode
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode & 0o777
    descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, mode)
    try:
        if path.parent.stat().st_mode & 0o020:  # all who work here may read it, whatever the umask
            os.fchmod(descriptor, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            if sync:
                os.fsync(file.fileno())
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """The folder, made if it is missing, with no other careconsole writing there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise _refused(folder, error) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _refused(folder: Path, error: OSError) -> CannotWrite:
    return CannotWrite(f"{folder} cannot be written ({error.strerror}); make it writable for you.")
