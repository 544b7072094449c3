"""Where the files are that come with careconsole: themes, snippets and the sample recording."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

BundledFolder = Literal["themes", "snippets", "samples"]
BUNDLED: tuple[BundledFolder, ...] = get_args(BundledFolder)


def bundled(folder: BundledFolder) -> Path:
    """The folder of this name: package data where careconsole is installed, the root's folder in a checkout.

    Raises ValueError for another name, and FileNotFoundError where the installation lacks the folder.
    """
    if folder not in BUNDLED:
        raise ValueError(f"there is no bundled folder {folder!r}; known are {', '.join(BUNDLED)}")
    package = Path(str(files("careconsole")))
    installed = package / "data" / folder
    if installed.is_dir():
        return installed
    checkout = package.parents[1]
    if (checkout / "pyproject.toml").is_file() and (checkout / folder).is_dir():
        return checkout / folder
    raise FileNotFoundError(f"The folder {installed} is missing; install careconsole again.")
