"""What gets loaded, asked of a fresh interpreter: an import graph cannot tell a late import from an early one."""

import subprocess
import sys

import pytest

_HEAVY = ("textual", "rich", "httpx", "aiosqlite", "pydantic", "rapidfuzz")


def _loaded(code: str, *argv: str) -> set[str]:
    """Top-level modules that a fresh interpreter has loaded after running the code."""
    script = (
        "import sys\n"
        f"sys.argv = ['careconsole', *{argv!r}]\n"
        "try:\n"
        f"    exec({code!r})\n"
        "except SystemExit:\n"
        "    pass\n"
        "print('LOADED', *sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=20
    )
    line = next(each for each in done.stdout.splitlines() if each.startswith("LOADED"))
    return set(line.split()[1:])


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_nothing_heavy(option: str) -> None:
    loaded = _loaded("from careconsole.__main__ import main; main()", option)
    assert "careconsole" in loaded
    assert not loaded & set(_HEAVY)


@pytest.mark.parametrize(
    "room", ["desk.runner", "desk.opening", "store.sqlite", "cli.queue", "snippets", "language.reading"]
)
def test_no_room_but_the_console_loads_textual(room: str) -> None:
    loaded = _loaded(f"import careconsole.{room}")
    assert not loaded & {"textual", "rich", "httpx"}


def test_the_console_loads_before_its_first_picture_only_what_that_shows() -> None:
    loaded = _loaded("import careconsole.cli.told, careconsole.console.app")
    assert "textual" in loaded
    later = {"pydantic", "httpx", "phonenumbers", "stdnum", "eldc", "pygments", "pypinyin", "numpy"}
    assert not loaded & later


def test_a_network_is_loaded_without_the_command_line_of_httpx() -> None:
    loaded = _loaded("from careconsole.channels.factory import load; load('mastodon')")
    assert {"httpx", "pydantic"} <= loaded
    assert not loaded & {"click", "rich", "pygments"}
