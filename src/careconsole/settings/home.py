"""Where a desk lives on this machine, and under which name one sits at it."""

from __future__ import annotations

import getpass
import shutil
import stat
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

from platformdirs import user_data_path

from careconsole.model.agent_name import AGENT_LIMIT, may_stand
from careconsole.settings.faults import SettingsError

HOME_VARIABLE = "CARECONSOLE_HOME"
AGENT_VARIABLE = "CARECONSOLE_AGENT"

REFUSED_FILE = "import.refused"
SUB_FOLDERS = ("snippets", "themes", "inbox", "sent", "logs")
SAMPLE_MARK = ".sample-desk"
"""A file that only the home of a sample desk holds."""

_OWNER_AND_GROUP = 0o770
_GROUP_WRITES = 0o020


def home_of(typed: str | None, environment: Mapping[str, str]) -> Path:
    """The home of the real desk: as typed, else from the environment, else the platform's folder."""
    given = _given(typed, environment)
    return given if given is not None else user_data_path("careconsole", appauthor=False)


def sample_home_of(typed: str | None, environment: Mapping[str, str]) -> Path:
    """The home of the sample desk: a folder `sample` in a home that was given, else the platform's own one."""
    given = _given(typed, environment)
    return given / "sample" if given is not None else user_data_path("careconsole-sample", appauthor=False)


def _given(typed: str | None, environment: Mapping[str, str]) -> Path | None:
    text = typed if typed is not None else environment.get(HOME_VARIABLE) or None
    if text is None:
        return None
    if not text or "\0" in text:
        raise SettingsError("The home is empty. Name a folder with --home.")
    try:
        return Path(text).expanduser().absolute()
    except (RuntimeError, OSError) as error:
        raise SettingsError(
            f"The home {text} cannot be found: {error}. Name a folder with --home."
        ) from error


def make_home(home: Path) -> None:
    """Create a home and its sub-folders, for the owner alone; what is there keeps its mode.

    A sub-folder that is missing gets the group's rights to read and to write if the home has them. Raises SettingsError.
    """
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir(mode=0o700, exist_ok=True)
        mode = stat.S_IMODE(home.stat().st_mode) & _OWNER_AND_GROUP
        for name in SUB_FOLDERS:
            if not (home / name).is_dir():
                (home / name).mkdir(mode=mode, exist_ok=True)
                if (
                    mode & _GROUP_WRITES
                ):  # which the umask may have taken away; setgid stays as it was inherited
                    (home / name).chmod(mode | stat.S_IMODE((home / name).stat().st_mode))
    except OSError as error:
        raise SettingsError(
            f"The home {home} cannot be made: {error.strerror}. Name another folder with --home."
        ) from error


def make_sample_home(home: Path) -> None:
    """Create the home of a sample desk and mark it. Raises SettingsError where somebody's desk is already."""
    if not is_sample_home(home) and _has_content(home):
        raise SettingsError(
            f"{home} is not a sample desk, but something is in it. Name another home, or move it away."
        )
    make_home(home)
    (home / SAMPLE_MARK).touch(mode=0o600)


def is_sample_home(home: Path) -> bool:
    """Whether a home is that of a sample desk."""
    mark = home / SAMPLE_MARK
    return mark.is_file() and not mark.is_symlink()


def _has_content(home: Path) -> bool:
    try:
        return any(home.iterdir())
    except FileNotFoundError:
        return False
    except OSError as error:
        raise SettingsError(f"The home {home} cannot be read: {error.strerror}.") from error


def clear_sample_home(home: Path) -> None:
    """Remove a sample desk; any other folder is refused and left as it is. Raises SettingsError."""
    if home.is_symlink() or not is_sample_home(home):
        if _has_content(home):
            raise SettingsError(f"{home} is not a sample desk, so nothing in it was removed.")
        return
    try:
        shutil.rmtree(home)
    except OSError as error:
        raise SettingsError(f"The sample desk {home} cannot be removed: {error.strerror}.") from error


def agent_of(
    typed: str | None, environment: Mapping[str, str], login: Callable[[], str] = getpass.getuser
) -> str:
    """The agent's name: as typed, else from the environment, else the login name. Raises SettingsError."""
    name = typed_agent(typed, environment)
    if name is None:
        try:
            name = login()
        except (OSError, KeyError, ImportError) as error:
            raise SettingsError(
                "This machine does not say who you are. Name yourself with --agent."
            ) from error
    name = _as_written(name)
    fault = agent_fault(name)
    if fault:
        raise SettingsError(f"{fault} Name yourself with --agent.")
    return name


def typed_agent(typed: str | None, environment: Mapping[str, str]) -> str | None:
    """The agent's name as typed, else from the environment; None if neither gives one."""
    name = typed if typed is not None else environment.get(AGENT_VARIABLE) or None
    return None if name is None else _as_written(name)


def _as_written(name: str) -> str:
    return unicodedata.normalize("NFC", name).removeprefix("@")


def agent_fault(name: str) -> str:
    """Why a text cannot name an agent, as a sentence; empty if it can.

    Letters and digits of any script, and . _ - within; at most 32 characters, the first a letter or digit.
    """
    if not name:
        return "The agent's name is empty."
    if len(name) > AGENT_LIMIT:
        return f"The agent's name is longer than {AGENT_LIMIT} characters."
    odd = next((char for char in name if not may_stand(char)), None)
    if odd is not None:
        return f"The agent's name holds {odd!a}; letters, digits, . _ and - are possible."
    if not name[0].isalnum():
        return f"The agent's name begins with {name[0]!a}; it must begin with a letter or digit."
    return ""
