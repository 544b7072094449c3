"""The real program on a pseudo-terminal, looked at through a screen, as a person would.

A `PtyConsole` starts any command, answers it as a terminal does, presses keys, waits until the screen shows
something, counts bytes and takes times. It ends the process it started, by its id.
"""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pyte
import pyte.screens
from tests.terminal_bytes import Answers, Token, Tokenizer

CONSOLE = (sys.executable, "-m", "careconsole")
"""The program as it is started in a checkout or an installation."""

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    **{f"ctrl+{letter}": chr(ord(letter) & 0x1F) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What a terminal sends for keys that are no letters."""

_BREATH_S = 0.002
_TRACED = {"PYTHONFAULTHANDLER": "1"}
"""A program that hangs can be asked where it stands."""
_NOT_HANDED_ON = ("TEXTUAL", "CARECONSOLE", "NO_COLOR", "COLUMNS", "LINES", "TMUX", "TERM_PROGRAM")


@dataclass(frozen=True, slots=True)
class Painted:
    """What followed a key: milliseconds to the first and to the last byte, and the bytes between."""

    first_ms: float
    last_ms: float
    bytes: int


class _Screen(pyte.Screen):
    """A screen that draws what follows a mark without a cell of its own; the plain one stops there."""

    def draw(self, data: str) -> None:
        """Put text at the cursor."""
        if not data.isascii():
            data = "".join(
                char for char in data if unicodedata.combining(char) or pyte.screens.wcwidth(char) != 0
            )
        super().draw(data)


class PtyConsole:
    """One program on one pseudo-terminal; use it in a `with`."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        lines: int = 40,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        has_screen: bool = True,
    ) -> None:
        """Start the command. `has_screen` off keeps bytes and times only, which costs less."""
        self.output = bytearray()
        """Everything it has sent."""
        self.answers = Answers()
        self.screen = _Screen(columns, lines)
        self._stream = pyte.Stream(self.screen)
        self._has_screen = has_screen
        self._tokenizer = Tokenizer()
        self._undrawn: list[Token] = []
        self._read_at = 0.0
        self._is_open = True
        self._master, slave = pty.openpty()
        self._slave = slave
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        os.set_blocking(self._master, False)
        terminal = os.ttyname(slave)
        self.started_at = time.perf_counter()
        # A session leader gets its terminal by opening it; the shell then becomes the program.
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", 'exec "$@" <"$0" >"$0" 2>"$0"', terminal, *command],
            env=_environment(env or {}),
            cwd=cwd,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The process id of the program."""
        return self.process.pid

    def __enter__(self) -> PtyConsole:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def text(self) -> str:
        """The screen as lines of text."""
        self._draw()
        columns = range(self.screen.columns)
        lines = (self.screen.buffer[y] for y in range(self.screen.lines))
        return "\n".join("".join([line[x].data for x in columns]).rstrip() for line in lines)

    def press(self, *keys: str) -> None:
        """Press keys: names of `KEYS`, or text as it is typed."""
        data = "".join(KEYS.get(key, key) for key in keys).encode()
        while data:
            try:
                data = data[os.write(self._master, data) :]
            except BlockingIOError:
                self._read(0.01)

    def paste(self, text: str) -> None:
        """Paste text, in brackets as terminals do."""
        self.press(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, lines: int) -> None:
        """Change the terminal's size."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)

    def wait_for(self, shown: str | Callable[[str], bool], within_s: float = 10.0) -> str:
        """Wait until the screen shows a text or is as a function says; the screen.

        Raises TimeoutError with the screen if that never comes, or the program has ended.
        """
        is_there = _condition(shown)
        deadline = time.perf_counter() + within_s
        while not is_there(screen := self.text()):
            left_s = deadline - time.perf_counter()
            if left_s <= 0 or not self._is_open:
                raise TimeoutError(self._complaint(f"never showed {shown!r}"))
            if self._read(left_s):
                while self._read(_BREATH_S):  # a frame comes in many pieces
                    pass
        return screen

    def wait_for_bytes(self, needle: bytes, since: int = 0, within_s: float = 10.0) -> float:
        """Wait until the output after `since` holds some bytes; the perf_counter of the read that brought them."""
        deadline = time.perf_counter() + within_s
        while self.output.find(needle, since) < 0:
            left_s = deadline - time.perf_counter()
            if left_s <= 0 or not self._is_open:
                raise TimeoutError(self._complaint(f"never sent {needle!r}"))
            self._read(left_s)
        return self._read_at

    def comes(self, within_s: float) -> bool:
        """Whether anything comes within so many seconds."""
        return self._read(within_s)

    def settle(self, quiet_s: float = 0.1, within_s: float = 10.0) -> float:
        """Wait until nothing has come for a while; the perf_counter of the last read."""
        deadline = time.perf_counter() + within_s
        while self._read(quiet_s):
            if time.perf_counter() > deadline:
                raise TimeoutError(self._complaint("never came to rest"))
        return self._read_at

    def measure(self, *keys: str, quiet_s: float = 0.06, within_s: float = 10.0) -> Painted:
        """Press keys and time what follows, until nothing has come for `quiet_s`."""
        sent = len(self.output)
        start = time.perf_counter()
        self.press(*keys)
        if not self._read(within_s):
            raise TimeoutError(self._complaint(f"sent nothing after {keys}"))
        first = self._read_at
        last = self.settle(quiet_s, within_s)
        return Painted((first - start) * 1000, (last - start) * 1000, len(self.output) - sent)

    def measure_until(self, shown: str | Callable[[str], bool], *keys: str, within_s: float = 10.0) -> float:
        """Press keys; milliseconds until the screen is as wanted (the time of the read that made it so)."""
        start = time.perf_counter()
        self.press(*keys)
        self.wait_for(shown, within_s)
        return (self._read_at - start) * 1000

    def watch(self, seconds: float) -> int:
        """Look on for a while; how many bytes came. With 0 what is there already is read."""
        sent = len(self.output)
        end = time.perf_counter() + seconds
        self._read(0.0)
        while (left_s := end - time.perf_counter()) > 0 and self._is_open:
            self._read(left_s)
        return len(self.output) - sent

    def wait_for_end(self, within_s: float = 10.0) -> int:
        """Wait until the program has ended by itself; its exit code."""
        deadline = time.perf_counter() + within_s
        while self._is_open and time.perf_counter() < deadline:
            self._read(0.05)
            if self.process.poll() is not None:
                break
        try:
            return self.process.wait(max(0.1, deadline - time.perf_counter()))
        except subprocess.TimeoutExpired:
            raise TimeoutError(self._complaint("did not end")) from None

    def hang_up(self) -> None:
        """The terminal goes, as when a connection breaks."""
        self._let_go_of_slave()
        os.close(self._master)
        self._master = -1
        self._is_open = False

    def kill(self) -> None:
        """kill -9."""
        with suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        """End the program if it still runs, and the terminal."""
        if self.process.poll() is None:
            self.kill()
        self._let_go_of_slave()
        if self._master >= 0:
            os.close(self._master)
            self._master = -1
        self._is_open = False

    def _let_go_of_slave(self) -> None:
        """Once the program has the terminal open: from then on its end is the end of the terminal."""
        if self._slave >= 0:
            os.close(self._slave)
            self._slave = -1

    def _read(self, within_s: float) -> bool:
        """Read what is there, waiting for it at most so long; whether anything came."""
        if not self._is_open or not select.select([self._master], [], [], max(0.0, within_s))[0]:
            return False
        now = time.perf_counter()
        data = b""
        try:
            data = os.read(self._master, 1 << 20)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno != errno.EIO:  # EIO: the last process on the terminal is gone
                raise
        if not data:
            self._is_open = False
            return False
        self._read_at = now
        self._let_go_of_slave()
        self.output += data
        self._take(data)
        return True

    def _take(self, data: bytes) -> None:
        for token in self._tokenizer.feed(data):
            if answer := self.answers.to(token):
                self.press(answer.decode())
            if self._has_screen and token.is_drawn:
                self._undrawn.append(token)

    def _draw(self) -> None:
        """Bring the screen up to date."""
        if self._undrawn:
            self._stream.feed(b"".join(token.raw for token in self._undrawn).decode("utf-8", "replace"))
            self._undrawn.clear()

    def _complaint(self, what: str) -> str:
        """What went wrong, the screen, and where a program that still runs stands; it is ended by that."""
        code, came, screen = self.process.poll(), len(self.output), self.text()
        state = f"ended with {code}"
        if code is None:
            os.kill(self.process.pid, signal.SIGABRT)
            while self._read(0.5):
                pass
            stack = self.output[came:].decode("utf-8", "replace").replace("\r", "")
            state = f"runs:\n{stack}\n"
        return f"The program {what}; {came} bytes came; it {state}. The screen:\n{screen}"


def _condition(shown: str | Callable[[str], bool]) -> Callable[[str], bool]:
    return (lambda screen: shown in screen) if isinstance(shown, str) else shown


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_HANDED_ON)}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **_TRACED, **more}
