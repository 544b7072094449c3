"""A practice run can reach nobody: no code of a network is found, no socket opened, no program started."""

from __future__ import annotations

import subprocess
import sys

import pytest

ISOLATED = "from careconsole.desk.practice.isolation import *\nisolate()\n"


def said(program: str) -> str:
    """What a fresh, isolated interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", ISOLATED + program], capture_output=True, text=True, timeout=20, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "module",
    [
        *("httpx", "httpcore", "ssl", "urllib.request", "http.client", "webbrowser", "smtplib"),
        *(
            "careconsole.channels.mastodon.channel",
            "careconsole.channels.mastodon",
            "careconsole.channels.file",
        ),
        "careconsole.channels.invented",
    ],
)
def test_code_of_a_network_is_not_found(module: str) -> None:
    assert f"{module.split('.')[0]}" in said(f"import {module}")
    program = f"try:\n import {module}\nexcept ModuleNotFoundError as error: print('refused:', error)"
    assert "not loaded in practice" in said(program)


def test_the_replay_channel_and_the_event_loop_are() -> None:
    program = "import asyncio, careconsole.channels.replay\nasyncio.run(asyncio.sleep(0))\nprint('well')"
    assert said(program) == "well\n"


@pytest.mark.parametrize(
    "act",
    [
        "socket.socket()",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 80)",
        "socket.gethostbyname('localhost')",
        "__import__('subprocess').run(['true'])",
        "__import__('os').system('true')",
        "__import__('os').posix_spawn('/bin/true', ['true'], {})",
        "__import__('os').execv('/bin/true', ['true'])",
    ],
)
def test_nothing_leaves_the_process(act: str) -> None:
    program = f"import socket\ntry:\n {act}\nexcept NotInPractice as error: print('refused:', error)"
    assert said(program).startswith("refused: Practice")


def test_a_connection_that_was_made_before_cannot_be_used_for_another() -> None:
    program = "import socket\nearly = socket.socket()\n" + ISOLATED
    program += (
        "try:\n early.connect(('127.0.0.1', 9))\nexcept NotInPractice as error: print('refused:', error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.stdout.startswith("refused: Practice opens no connection"), done.stderr


def test_sockets_within_the_host_are_opened() -> None:
    assert said("import socket\na, b = socket.socketpair()\na.send(b'x')\nprint(b.recv(1))") == "b'x'\n"


def test_the_editor_may_be_started_and_nothing_behind_it() -> None:
    program = (
        "import subprocess\n"
        "with starting_a_program(): print(subprocess.run(['true']).returncode)\n"
        "try: subprocess.run(['true'])\nexcept NotInPractice: print('refused')"
    )
    assert said(program) == "0\nrefused\n"


def test_it_does_not_begin_where_code_of_a_network_is_loaded_already() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import ssl\n" + ISOLATED],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert "ssl is loaded already" in done.stderr


def test_private_numbers_are_found_without_the_code_that_they_ask_for() -> None:
    told = said(
        "from careconsole.language.private_data import find_private\n"
        "print(*(one.what for one in find_private('4111 1111 1111 1111, DE89 3704 0044 0532 0130 00')))\n"
        "import sys\n"
        "print('ssl' in sys.modules)"
    )
    assert told.split() == ["card", "IBAN", "False"]
