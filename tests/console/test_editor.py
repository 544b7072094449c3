"""The editor outside: no shell, a private file that does not stay, and sentences where it fails (F8)."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.console.harness import Stage

from careconsole.console.editor import Edited, NotEdited, edit_outside, editor_command


class Desk(Stage):
    """An app that can be suspended without a terminal."""

    def __init__(self, can_suspend: bool = True) -> None:
        super().__init__()
        self.can_suspend = can_suspend
        self.suspended = 0
        self.painted_while_suspended = False

    @contextmanager
    def suspend(self) -> Iterator[None]:
        if not self.can_suspend:
            with super().suspend():
                yield
            return
        self.suspended += 1
        assert self._batch_count > 0, "the console would paint over the editor"
        # As Textual does it: what is raised in here loses the terminal.
        yield
        self.suspended -= 1


def script(folder: Path, body: str) -> str:
    """An editor: a Python program that is given the path of the text."""
    path = folder / "my editor.py"
    path.write_text("import pathlib, sys, os\npath = pathlib.Path(sys.argv[-1])\n" + body)
    return f"{sys.executable} '{path}' --flag"


async def edited(text: str, editor: str, folder: Path, app: Desk | None = None) -> Edited | NotEdited:
    app = app or Desk()
    inner = folder / "temporary"
    inner.mkdir(exist_ok=True)
    async with app.run_test():
        result = await edit_outside(app, text, environment={**os.environ, "VISUAL": editor}, folder=inner)
    assert app.suspended == 0
    assert list(inner.iterdir()) == []
    return result


async def test_the_text_comes_back_as_the_editor_left_it(tmp_path: Path) -> None:
    editor = script(tmp_path, "path.write_text(path.read_text().replace('cat', 'dog') + 'more\\n')")
    assert await edited("a cat\n你好", editor, tmp_path) == Edited("a dog\n你好\nmore", 0)


async def test_an_editor_that_changes_nothing_changes_nothing(tmp_path: Path) -> None:
    for text in ("", "one", "one\n", "one\ntwo\n\n"):
        assert await edited(text, script(tmp_path, ""), tmp_path) == Edited(text, 0)


async def test_file_and_folder_are_private_and_the_arguments_are_a_list(tmp_path: Path) -> None:
    editor = script(
        tmp_path,
        "path.write_text(' '.join([oct(path.stat().st_mode & 0o777), oct(path.parent.stat().st_mode & 0o777), "
        "str(len(sys.argv)), sys.argv[1]]))",
    )
    assert await edited("x", editor + " '$(touch /tmp/x); echo'", tmp_path) == Edited(
        "0o600 0o700 4 --flag", 0
    )


async def test_a_new_file_under_the_same_name_is_read(tmp_path: Path) -> None:
    editor = script(
        tmp_path, "new = path.with_suffix('.new'); new.write_text('other'); os.replace(new, path)"
    )
    assert await edited("x", editor, tmp_path) == Edited("other", 0)


async def test_what_comes_back_passes_the_gate(tmp_path: Path) -> None:
    editor = script(tmp_path, "path.write_bytes(b'a\\x1b[31mb\\xff\\r\\nc' + b'x' * 30000)")
    result = await edited("x", editor, tmp_path)
    assert isinstance(result, Edited)
    assert result.text.startswith("a␛[31mb�\nc") and len(result.text) <= 20_000 and result.left_out > 9_000


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("sys.exit(3)", "ended with code 3; the text is as it was"),
        ("os.unlink(path)", "could not be read"),
        ("os.kill(os.getpid(), 9)", "ended with code -9"),
    ],
)
async def test_a_failing_editor_leaves_the_text_as_it_was(tmp_path: Path, body: str, sentence: str) -> None:
    result = await edited("x", script(tmp_path, body), tmp_path)
    assert isinstance(result, NotEdited) and sentence in result.sentence


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "No editor is set: give VISUAL or EDITOR"),
        ({"VISUAL": "  ", "EDITOR": ""}, "No editor is set"),
        ({"EDITOR": "vi 'oops"}, "EDITOR cannot be read, a quotation mark is not closed"),
        ({"VISUAL": "''"}, "No editor is set"),
    ],
)
def test_without_an_editor_it_says_what_to_do(environment: dict[str, str], sentence: str) -> None:
    command = editor_command(environment)
    assert isinstance(command, NotEdited) and sentence in command.sentence


def test_visual_goes_before_editor() -> None:
    assert editor_command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert editor_command({"EDITOR": "vi"}) == ["vi"]


async def test_an_editor_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = await edited("x", "/nowhere/emacs -nw", tmp_path)
    assert result == NotEdited("The editor emacs was not found: check VISUAL and EDITOR.")
    broken = tmp_path / "broken"
    broken.write_text("#!/nowhere/interpreter\n")
    broken.chmod(0o700)
    result = await edited("x", str(broken), tmp_path)
    assert isinstance(result, NotEdited) and "broken could not be started" in result.sentence


async def test_a_terminal_that_cannot_be_handed_over_says_so(tmp_path: Path) -> None:
    result = await edited("x", script(tmp_path, ""), tmp_path, Desk(can_suspend=False))
    assert result == NotEdited("This terminal cannot be handed to an editor; write here.")


async def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    app = Desk()
    async with app.run_test():
        result = await edit_outside(
            app, "x", environment={"EDITOR": sys.executable}, folder=tmp_path / "missing"
        )
    assert isinstance(result, NotEdited) and "It is as it was." in result.sentence


async def test_the_desk_goes_on_while_the_editor_is_open(tmp_path: Path) -> None:
    app, turns = Desk(), 0
    editor = script(tmp_path, "print(end='')\nwhile not path.with_name('go').exists(): pass")
    inner = tmp_path / "temporary"
    inner.mkdir()
    async with app.run_test():
        environment = {**os.environ, "EDITOR": editor, "VISUAL": ""}
        task = asyncio.create_task(edit_outside(app, "x", environment=environment, folder=inner))
        while turns < 20:
            await asyncio.sleep(0)
            turns += 1 if app.suspended else 0
        [private] = inner.iterdir()
        (private / "go").touch()
        assert await task == Edited("x", 0)


async def test_a_cancelled_call_waits_for_the_editor_and_takes_the_terminal_back(tmp_path: Path) -> None:
    app = Desk()
    editor = script(tmp_path, "while not path.with_name('go').exists(): pass")
    inner = tmp_path / "temporary"
    inner.mkdir()
    async with app.run_test():
        environment = {**os.environ, "VISUAL": editor}
        task = asyncio.create_task(edit_outside(app, "x", environment=environment, folder=inner))
        while not app.suspended:
            await asyncio.sleep(0)
        task.cancel()
        [private] = inner.iterdir()
        await asyncio.sleep(0)
        assert app.suspended == 1
        (private / "go").touch()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert app.suspended == 0


async def test_ctrl_c_in_the_editor_is_not_meant_for_us(tmp_path: Path) -> None:
    former = signal.getsignal(signal.SIGINT)
    editor = script(
        tmp_path, f"import signal\nos.kill({os.getpid()}, signal.SIGINT)\npath.write_text('alive')"
    )
    assert await edited("x", editor, tmp_path) == Edited("alive", 0)
    assert signal.getsignal(signal.SIGINT) == former


def test_the_temporary_file_is_made_for_us_alone(tmp_path: Path) -> None:
    from careconsole.console import editor

    path = tmp_path / "reply.txt"
    former = os.umask(0)
    try:
        editor._write_private(path, "x")
    finally:
        os.umask(former)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
