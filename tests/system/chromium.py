"""A real Chromium without a window, driven over the WebDriver protocol as it is: JSON over HTTP to chromedriver."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

NEEDED = "Chromium is missing, and with it the proof: apt-get install chromium chromium-driver"
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--window-size=1280,800",
)
"""The last but one keeps the browser's own questions, about updates and accounts, on this machine too."""
_POLL_S = 0.05
_opener = build_opener(ProxyHandler({}))

# The page keeps its terminal to itself; this lets a test read the letters that it shows.
_KEEP_TERMINAL = """
Object.defineProperty(Object.prototype, "_core", {
  configurable: true,
  set(value) {
    Object.defineProperty(this, "_core", { value, writable: true, configurable: true });
    if (this.buffer && this.onData) window.__terminal = this;
  },
});
"""
_READ_TERMINAL = """
const active = window.__terminal && window.__terminal.buffer.active;
if (!active) return "";
const lines = [];
for (let y = 0; y < active.length; y++) lines.push(active.getLine(y).translateToString(true));
return lines.join("\\n");
"""


def program(name: str) -> str:
    """Where a program is; AssertionError with what to do if it is nowhere."""
    found = shutil.which(name)
    assert found, NEEDED
    return found


class Chromium:
    """One browser with one page; use it in a `with`."""

    def __init__(self, folder: Path, wrapped: Callable[[list[str]], list[str]] = list) -> None:
        """`folder`: for the profile; `wrapped`: makes of the driver's command one that watches it."""
        driver = wrapped([program("chromedriver"), "--port=0", "--allowed-ips=127.0.0.1"])
        self._driver = subprocess.Popen(driver, stdout=subprocess.PIPE, text=True, start_new_session=True)
        assert self._driver.stdout is not None
        told = ""
        while not (port := re.search(r"successfully on port (\d+)", told)):
            line = self._driver.stdout.readline()
            assert line, f"chromedriver ended: {told}"
            told += line
        self._base = self._driver_base = f"http://127.0.0.1:{port[1]}"
        try:
            self._begin(folder)
        except BaseException:
            self._stop_driver()
            raise

    def _begin(self, folder: Path) -> None:
        options = {
            "binary": program("chromium"),
            "args": [*SWITCHES, f"--user-data-dir={folder}"],
            "perfLoggingPrefs": {"enableNetwork": True, "enablePage": True},
        }
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
        }
        begun = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._base += f"/session/{begun['sessionId']}"
        self.protocol("Page.addScriptToEvaluateOnNewDocument", source=_KEEP_TERMINAL)

    def __enter__(self) -> Chromium:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._ask("DELETE", "")
        finally:
            self._stop_driver()

    def _stop_driver(self) -> None:
        try:
            with suppress(OSError):
                _opener.open(f"{self._driver_base}/shutdown", timeout=10).close()
            self._driver.wait(10)
        except subprocess.TimeoutExpired:
            self._driver.kill()
            self._driver.wait()
        assert self._driver.stdout is not None
        self._driver.stdout.close()

    def open(self, address: str) -> None:
        """Open a page and wait until it is loaded."""
        self._ask("POST", "/url", {"url": address})

    def run(self, script: str, *given: Any) -> Any:
        """What a script returns that runs in the page."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": list(given)})

    def protocol(self, command: str, **parameters: Any) -> Any:
        """What the DevTools protocol answers."""
        return self._ask("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def press(self, keys: str) -> None:
        """Press keys one after another; those without a letter are those of WebDriver."""
        for key in keys:
            actions = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
            self._ask("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def press_with(self, held: str, key: str) -> None:
        """Press a key while another is held."""
        down, up = "keyDown", "keyUp"
        parts = [(down, held), (down, key), (up, key), (up, held)]
        actions = [{"type": kind, "value": each} for kind, each in parts]
        self._ask("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def point(self, x: float, y: float, *, clicks: bool = False) -> None:
        """Move the mouse to a place of the page, in pixels, and click there if asked to."""
        actions: list[dict[str, Any]] = [{"type": "pointerMove", "x": round(x), "y": round(y)}]
        if clicks:
            actions += [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        pointer = {"type": "pointer", "id": "mouse", "actions": actions}
        self._ask("POST", "/actions", {"actions": [pointer]})

    def windows(self) -> int:
        """How many windows and tabs are open."""
        return len(self._ask("GET", "/window/handles"))

    def wait_until(self, script: str, within_s: float = 20.0) -> Any:
        """Wait until a script in the page returns something true; what it returned. Raises TimeoutError."""
        deadline = time.monotonic() + within_s
        while not (found := self.run(script)):
            if time.monotonic() > deadline:
                raise TimeoutError(f"the page never was so: {script}\n{self.terminal()}")
            time.sleep(_POLL_S)
        return found

    def terminal(self) -> str:
        """The letters that the page's terminal shows."""
        return str(self.run(_READ_TERMINAL))

    def wait_for(self, is_so: Callable[[str], bool], within_s: float = 20.0) -> str:
        """Wait until the terminal is as wanted; what it shows. Raises TimeoutError."""
        deadline = time.monotonic() + within_s
        while not is_so(shown := self.terminal()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"the page never was as wanted; it shows:\n{shown}\n{self.complaints()}")
            time.sleep(_POLL_S)
        return shown

    def events(self) -> list[dict[str, Any]]:
        """What the DevTools protocol told since the last time: requests, sockets, frames."""
        entries = self._ask("POST", "/se/log", {"type": "performance"})
        return [json.loads(entry["message"])["message"] for entry in entries]

    def complaints(self) -> list[str]:
        """What the page wrote to its console since the last time."""
        return [entry["message"] for entry in self._ask("POST", "/se/log", {"type": "browser"})]

    def picture(self) -> bytes:
        """A PNG of the page."""
        return base64.b64decode(self._ask("GET", "/screenshot"))

    def _ask(self, method: str, path: str, given: dict[str, Any] | None = None) -> Any:
        body = None if given is None else json.dumps(given).encode()
        request = Request(f"{self._base}{path}", body, {"Content-Type": "application/json"}, method=method)
        with _opener.open(request, timeout=60) as answer:
            return json.load(answer)["value"]


def asked_addresses(events: Sequence[dict[str, Any]]) -> list[str]:
    """Every address that a page asked for, sockets too."""
    found = []
    for event in events:
        given = event["params"]
        if event["method"] == "Network.requestWillBeSent":
            found.append(given["request"]["url"])
        elif event["method"] == "Network.webSocketCreated":
            found.append(given["url"])
    return found
