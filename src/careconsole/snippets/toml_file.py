"""The TOML files of a folder, read with care: whatever lies there, nothing waits and nothing breaks."""

from __future__ import annotations

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
    if path.exists() and not path.is_file():
        raise TomlError(1, "this is not an ordinary file")
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise TomlError(1, f"the file cannot be read: {error.strerror}") from None
    if len(raw) > MAX_FILE_BYTES:
        raise TomlError(1, f"the file is larger than {MAX_FILE_BYTES // 1024} KiB")
    return TomlText.parse(raw)
