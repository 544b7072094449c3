"""Lines of a file to import, one at a time, and the file of those that were refused."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from careconsole.cli.printing import say
from careconsole.cli.seat import Wrong

LINE_LIMIT = 8 * 1024 * 1024
"""Bytes of a line that are read; of a longer one the rest is passed over, and the import refuses it."""


def lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of an open file without their ends; never more of it in memory than one line.

    An empty line stays, so that numbers of lines are true.
    """
    line = file.readline(LINE_LIMIT + 2)
    while line:
        yield line.removesuffix(b"\n").removesuffix(b"\r")
        while not line.endswith(b"\n") and line:
            line = file.readline(LINE_LIMIT)
        line = file.readline(LINE_LIMIT + 2)


class RefusedLines:
    """The file of refused lines: one JSON object each, `{"line", "reason", "raw"}`, for the owner alone.

    It is there only if a line was refused; one of an earlier import is removed. While another import still writes
    it, this one takes the next name: `.2`, `.3` and so on. Where it cannot be written it goes to the other place,
    and says so.
    """

    def __init__(self, path: Path, other: Path) -> None:
        self.path = path
        self.count = 0
        self._other = other
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        with suppress(OSError):
            _remove_unless_in_use(self.path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is None:
            return
        try:
            self._file.close()
        except OSError as fault:
            if error is None:
                raise self._cut_short(fault) from fault

    def add(self, line: int, reason: str, raw: bytes) -> None:
        """Write down a line that was refused. Bytes that are no UTF-8 are kept as lone surrogates.

        Raises Wrong where it cannot be written.
        """
        refused = {"line": line, "reason": reason, "raw": raw.decode("utf-8", "surrogateescape")}
        try:
            if self._file is None:
                self._file = self._open()
            self._file.write(json.dumps(refused, ensure_ascii=True) + "\n")
        except OSError as fault:
            raise self._cut_short(fault) from fault
        self.count += 1

    def _cut_short(self, fault: OSError) -> Wrong:
        return Wrong(
            f"Not every refused line is in {self.path}: it cannot be written ({fault.strerror}). "
            "What was imported until then is kept; mend that and import again."
        )

    def _open(self) -> IO[str]:
        try:
            self.path, file = _own_file(self.path)
        except OSError as error:
            say(f"{self.path} cannot be written ({error.strerror}); refused lines go to {self._other}.")
            self.path = self._other
            self.path, file = _own_file(self._other)
        return file


def _own_file(path: Path) -> tuple[Path, IO[str]]:
    """A new file under this name, or the first with a number that no running import writes; and the name."""
    for number in count(1):
        named = path if number == 1 else path.with_name(f"{path.name}.{number}")
        while _remove_unless_in_use(named):
            file = _new_file(named)
            if file is not None:
                return named, file
    raise AssertionError("numbers do not end")


def _remove_unless_in_use(path: Path) -> bool:
    """Remove a file that no running import writes; False if one does. Raises OSError where it cannot be removed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return True
    except OSError:
        path.unlink(missing_ok=True)  # a link, or a file of another mode: not what an import made
        return True
    try:
        if not _lock(descriptor):
            return False
        if _is_at(path, descriptor):  # else another import has removed it, and what is there now is its own
            path.unlink(missing_ok=True)
            return True
    finally:
        os.close(descriptor)
    return _remove_unless_in_use(path)


def _new_file(path: Path) -> IO[str] | None:
    """A file that was not there before, so that no link and no mode of another leads astray, and locked.

    None if another import came in between. It is in use for as long as it is open.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        return None
    if not _lock(descriptor) or not _is_at(path, descriptor):
        os.close(descriptor)
        return None
    return open(descriptor, "w", encoding="ascii")


def _lock(descriptor: int) -> bool:
    """Whether nobody else has the file locked; it is ours then, where the file system knows locks at all."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _is_at(path: Path, descriptor: int) -> bool:
    """Whether this open file still has this name."""
    try:
        return os.path.samestat(os.stat(path, follow_symlinks=False), os.fstat(descriptor))
    except FileNotFoundError:
        return False
