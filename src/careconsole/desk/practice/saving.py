"""Write a debrief into a file: whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from careconsole.desk.practice.run import RunError


def save(path: Path, text: str) -> Path:
    """Write a text into a file that its owner alone may read, in place of an earlier one; where it lies now.

    Raises RunError with a sentence; nothing is left half written.
    """
    if path.is_dir():
        raise RunError(f"{path} is a folder; name a file.")
    unborn = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        descriptor = os.open(unborn, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            unborn.replace(path)
        finally:
            with suppress(FileNotFoundError):
                unborn.unlink()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise RunError(f"{path} cannot be written ({reason}). Name another file.") from error
    return path.resolve()
