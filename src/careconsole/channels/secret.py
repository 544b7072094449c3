"""A secret that says nothing when it is printed, and the file that it comes from."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from careconsole.channels.contract import ChannelError

_TOKEN_LIMIT = 4096
"""Bytes of a token file; a longer one is not a token."""


class Secret:
    """A text that no `repr`, `str`, format, pickle or crash report shows; `reveal` is the only way to it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself, for the one place that sends it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(...)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return "Secret(...)"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written anywhere")


def read_token(path: Path) -> Secret:
    """The token in a file that only we can read.

    Checked on the open file: an ordinary file, no link, our own, mode 0600 or narrower. Raises ChannelError
    with what to do about it.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise ChannelError(_open_fault(path, error)) from error
    try:
        fault = _file_fault(path, os.fstat(descriptor))
        if fault:
            raise ChannelError(fault)
        raw = os.read(descriptor, _TOKEN_LIMIT + 1)
    except OSError as error:
        raise ChannelError(
            f"the token file {path} cannot be read: {os.strerror(error.errno or 0)}"
        ) from error
    finally:
        os.close(descriptor)
    return _token_in(path, raw)


def _open_fault(path: Path, error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return f"the token file {path} is a link; name the file itself, or copy it to its own place"
    if error.errno == errno.ENOENT:
        return f"the token file {path} does not exist; put the access token into it and run: chmod 600 {path}"
    return f"the token file {path} cannot be opened: {os.strerror(error.errno or 0)}"


def _file_fault(path: Path, status: os.stat_result) -> str:
    if not stat.S_ISREG(status.st_mode):
        return f"the token file {path} is not an ordinary file; put the access token into a file of its own"
    if status.st_uid != os.geteuid():
        return f"the token file {path} belongs to another user; make your own copy and run: chmod 600 on it"
    if stat.S_IMODE(status.st_mode) & ~0o600:
        mode = stat.S_IMODE(status.st_mode)
        return f"the token file {path} has mode {mode:04o}, so others may read it; run: chmod 600 {path}"
    return ""


def _token_in(path: Path, raw: bytes) -> Secret:
    token = raw.strip()
    if not token:
        raise ChannelError(f"the token file {path} is empty; put the access token into it")
    if len(raw) > _TOKEN_LIMIT or not all(0x21 <= byte <= 0x7E for byte in token):
        raise ChannelError(
            f"the token file {path} does not hold a token; it must be one line of plain letters and signs"
        )
    return Secret(token.decode("ascii"))
