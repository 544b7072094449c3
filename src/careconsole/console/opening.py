"""What the console is opened with: the desk's place, its settings, its themes and its log."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from careconsole.console.themes import Themes, load_themes
from careconsole.desk.rules import Rules
from careconsole.settings.bundled import bundled
from careconsole.settings.document import Document
from careconsole.settings.faults import SettingsError
from careconsole.settings.roles import RolesWatch
from careconsole.settings.watching import Watch

if TYPE_CHECKING:
    from careconsole.channels.recording import Recording

LOG_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class ConsoleOpening:
    """What the door hands over: where, who, how, and what to play."""

    home: Path
    agent: str
    watch: Watch
    rules_from: Callable[[Document], Rules]
    theme: str | None = None
    recording: Recording | None = None
    """The recording that a sample desk plays; None for a real desk."""
    speed: float = 1.0
    roles: RolesWatch | None = None
    """The roster in force; None where everybody may do everything."""


class _OwnersLog(RotatingFileHandler):
    """A log that its owner alone may read, whatever the umask."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return open(descriptor, "a", encoding="utf-8", errors="backslashreplace")


def log_to(folder: Path) -> None:
    """Log to a file of the home, each user to their own: ids and kinds of errors, never text.

    Who may not write into the folder keeps no log.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / "console.log"
    if file.exists() and file.stat().st_uid != os.geteuid():
        file = folder / f"console-{os.geteuid()}.log"
    handler: logging.Handler = logging.NullHandler()
    if os.access(folder, os.W_OK | os.X_OK):
        handler = _OwnersLog(file, maxBytes=LOG_BYTES, backupCount=2, delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("careconsole")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def themes_of(opening: ConsoleOpening) -> Themes:
    """The themes there are. Raises SettingsError where the one asked for is none of them."""
    themes = load_themes([bundled("themes"), opening.home / "themes"])
    if opening.theme is not None and opening.theme not in themes.by_name:
        raise SettingsError(themes.why_not(opening.theme))
    return themes
