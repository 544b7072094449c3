"""The draft in an editor outside: $VISUAL or $EDITOR, for input methods and long texts."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import signal
import tempfile
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, runtime_checkable

from textual.app import App, SuspendNotSupported

from careconsole.console.own_words import own_words

_MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Edited:
    """The text as the editor left it, through the gate."""

    text: str
    left_out: int
    """Characters that were too many and are not in `text`."""


@dataclass(frozen=True, slots=True)
class NotEdited:
    """The text is as it was; the sentence says why and what to do."""

    sentence: str


def editor_command(environment: Mapping[str, str]) -> list[str] | NotEdited:
    """The editor as a list of arguments, never for a shell: VISUAL before EDITOR."""
    for name in ("VISUAL", "EDITOR"):
        try:
            command = shlex.split(environment.get(name, ""))
        except ValueError:
            return NotEdited(
                f"{name} cannot be read, a quotation mark is not closed: correct it and start again."
            )
        if command and command[0]:
            return command
    return NotEdited("No editor is set: give VISUAL or EDITOR the command of yours and start again.")


@runtime_checkable
class KeepsEdits(Protocol):
    """An app that looks after what was written outside."""

    async def keep_edit(self, edit: Callable[[], Awaitable[Edited | NotEdited]]) -> Edited | NotEdited:
        """Let the agent edit; what came of it."""
        ...


async def edit_outside(
    app: App[object], text: str, *, environment: Mapping[str, str] = os.environ, folder: Path | None = None
) -> Edited | NotEdited:
    """Let the agent edit the text in their own editor, in place of the console's screen.

    The event loop goes on: intake, heartbeat and delivery are not held up. The text lies in a file of mode
    0600 in a folder of mode 0700 below `folder` (None: the system's temporary folder) and is gone afterwards.
    """
    if isinstance(app, KeepsEdits):
        return await app.keep_edit(partial(_edit_outside, app, text, environment, folder))
    return await _edit_outside(app, text, environment, folder)


async def _edit_outside(
    app: App[object], text: str, environment: Mapping[str, str], folder: Path | None
) -> Edited | NotEdited:
    command = editor_command(environment)
    if isinstance(command, NotEdited):
        return command
    try:
        with tempfile.TemporaryDirectory(prefix="careconsole-", dir=folder) as private:
            path = Path(private) / "reply.txt"
            _write_private(path, text)
            failed = await _run(app, [*command, str(path)])
            return failed or _read_back(path, text)
    except OSError as error:
        return NotEdited(
            f"The text could not be laid down for the editor: {error.strerror}. It is as it was."
        )


def _write_private(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(text if text.endswith("\n") or not text else text + "\n")


async def _run(app: App[object], command: list[str]) -> NotEdited | None:
    """The editor from start to end; None if it ended well."""
    name = Path(command[0]).name
    if shutil.which(command[0]) is None:
        return NotEdited(f"The editor {name} was not found: check VISUAL and EDITOR.")
    try:
        # Nothing may be painted over the editor, while messages go on arriving.
        with app.batch_update(), app.suspend(), _interrupts_for_the_editor():
            ended = await _child(command)
    except SuspendNotSupported:
        return NotEdited("This terminal cannot be handed to an editor; write here.")
    if isinstance(ended, asyncio.CancelledError):
        raise ended
    if isinstance(ended, OSError):
        return NotEdited(
            f"The editor {name} could not be started: {ended.strerror}. Check VISUAL and EDITOR."
        )
    if ended:
        return NotEdited(f"The editor {name} ended with code {ended}; the text is as it was.")
    return None


async def _child(command: list[str]) -> int | OSError | asyncio.CancelledError:
    """The exit code of the editor. Nothing may be raised here: Textual would not take the terminal back."""
    try:
        process = await asyncio.create_subprocess_exec(*command)
    except OSError as error:
        return error
    except asyncio.CancelledError as cancelled:
        return cancelled
    ending = asyncio.ensure_future(process.wait())
    try:
        return await asyncio.shield(ending)
    except asyncio.CancelledError as cancelled:
        # The terminal is the editor's own until it ends.
        await asyncio.wait([ending])
        return cancelled


@contextmanager
def _interrupts_for_the_editor() -> Iterator[None]:
    """Ctrl+C in the editor reaches every process on the terminal; it is not meant for us."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.getsignal(signal.SIGINT)
    # A function, not SIG_IGN: what is ignored would be ignored by the editor too.
    signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


def _read_back(path: Path, before: str) -> Edited | NotEdited:
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES)
    except OSError as error:
        return NotEdited(f"What the editor wrote could not be read: {error.strerror}. The text is as it was.")
    text = raw.decode("utf-8", errors="replace")
    if text.endswith("\n") and not before.endswith("\n"):
        text = text[:-1]
    words = own_words(text)
    return Edited(words.text, words.left_out)
