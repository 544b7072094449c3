"""The TOML files of a folder, read with care: whatever lies there, nothing waits and nothing breaks."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from careconsole.model.toml_text import TomlError, TomlText

MAX_FILE_BYTES = 64 * 1024


def toml_files(folder: Path) -> list[Path]:
    """The TOML files of a folder by name, without hidden ones; none where it cannot be listed."""
    try:
        return sorted(
            path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith(".")
        )
    except OSError:
        return []


def read_toml(path: Path) -> TomlText:
    """What the file says. TomlError where it is no file, cannot be read, is over 64 KiB or is not TOML."""
    return TomlText.parse(read_raw(path))


def read_raw(path: Path) -> bytes:
    """The bytes of the file. TomlError where it is no file, cannot be read or is over 64 KiB."""
    if path.exists() and not path.is_file():
        raise TomlError(1, "this is not an ordinary file")
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise TomlError(1, f"the file cannot be read: {error.strerror}") from None
    if len(raw) > MAX_FILE_BYTES:
        raise TomlError(1, f"the file is larger than {MAX_FILE_BYTES // 1024} KiB")
    return raw


def mark_of(raw: bytes) -> str:
    """Names the content of a file."""
    return sha256(raw).hexdigest()
