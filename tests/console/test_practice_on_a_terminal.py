"""A whole practice run on a terminal: what is loaded, what is left in the home, and the same run once more."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.practising import practise
from tests.pty_console import CONSOLE, PtyConsole

PROGRAM = """
import atexit, json, os, sys
sockets = []
sys.addaudithook(lambda event, told: sockets.append(str(told[1:])) if event == "socket.__new__" else None)
atexit.register(lambda: open(sys.argv.pop(), "w").write(json.dumps([sorted(sys.modules), sockets])))
from careconsole.__main__ import main
sys.exit(main(sys.argv[1:-1]))
"""
NETWORKS = {"httpx", "httpcore", "ssl", "_ssl", "urllib.request", "http.client", "webbrowser", "socketserver"}


def test_a_run_loads_no_network_keeps_to_its_folder_and_comes_out_the_same_again(tmp_path: Path) -> None:
    home, told = tmp_path / "home", tmp_path / "told.json"
    words = ["train", "--home", str(home), "--seed", "7", "--speed", "20", "--agent", "mara"]
    with PtyConsole((sys.executable, "-c", PROGRAM, *words, str(told)), columns=80, lines=24) as console:
        assert practise(console) == 0
    modules, sockets = json.loads(told.read_text())
    assert not NETWORKS & set(modules)
    channels = {name.split(".")[2] for name in modules if name.startswith("careconsole.channels.")}
    assert channels == {
        "contract",
        "factory",
        "import_line",
        "pacing",
        "recording",
        "replay",
        "sent_log",
        "surrogates",
    }
    assert sockets and all(socket.startswith("(1,") for socket in sockets), sockets
    assert [path.name for path in home.iterdir()] == ["training"]
    [run] = (home / "training" / "runs").iterdir()
    assert run.name == "0001-calm-morning-7"
    assert (run / "keys.jsonl").stat().st_mode & 0o777 == 0o600
    kept = json.loads((run / "run.json").read_text())
    assert kept["ended_at"] and kept["digest"]
    again = subprocess.run(
        [*CONSOLE, "train", "--home", str(home), "--repeat", "1"],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
        env={
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": ":".join(sys.path),
            "PYTHONHASHSEED": "11",
            "TERM": "xterm",
        },
    )
    assert again.stdout == f"Run 1 came out the same: {kept['digest']}\n", again.stdout + again.stderr
