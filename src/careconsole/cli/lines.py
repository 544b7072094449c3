"""Lines of a file to import, one at a time, and the file of those that were refused."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from careconsole.cli.printing import say

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

    It is there only if a line was refused; one of an earlier import is removed. Where it cannot be written it
    goes to the other place, and says so.
    """

    def __init__(self, path: Path, other: Path) -> None:
        self.path = path
        self.count = 0
        self._other = other
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        try:
            self.path.unlink(missing_ok=True)
        except OSError:
            pass
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, line: int, reason: str, raw: bytes) -> None:
        """Write down a line that was refused. Bytes that are no UTF-8 are kept as lone surrogates."""
        if self._file is None:
            self._file = self._open()
        self.count += 1
        refused = {"line": line, "reason": reason, "raw": raw.decode("utf-8", "surrogateescape")}
        self._file.write(json.dumps(refused, ensure_ascii=True) + "\n")

    def _open(self) -> IO[str]:
        try:
            return _new_file(self.path)
        except OSError as error:
            say(f"{self.path} cannot be written ({error.strerror}); refused lines go to {self._other}.")
            self.path = self._other
            self.path.unlink(missing_ok=True)
            return _new_file(self.path)


def _new_file(path: Path) -> IO[str]:
    """A file that was not there before, so that no link and no mode of another leads astray."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    return open(descriptor, "w", encoding="ascii")
