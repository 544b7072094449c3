"""Desks to measure on: messages written here, imported by the real command, in temporary homes."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

_TEXTS = (
    "Where is parcel {n}? It was promised for last Tuesday, and nobody answers the phone.",
    "My flight {n} was cancelled this morning and the desk at the gate is closed. What now?",
    "Wo bleibt meine Bestellung {n}? Ich warte seit zwei Wochen und bekomme keine Antwort.",
    "Мой заказ {n} до сих пор не пришёл. Сколько ещё ждать?",
    "我的订单{n}还没有收到，请问什么时候可以发货？",
    "Kje je moj paket {n}? Gdje je moja narudžba, čekam već deset dana.",
    "Kus on minu pakk {n}? Lubasite eile, aga midagi ei tulnud.",
    "Thank you for order {n}, the box came a day early and everything was in it.",
    "The bag I got is not the one in the picture. Order {n}. I want my money back, this is the third time.",
    "Could you open the lounge at five? The first flights leave at six. Just an idea. ({n})",
)
END = "Thank you for an answer soon. <<"
"""How every text ends, so that it can be seen that a thread stands there whole; its number follows."""
_KINDS = ("question", "complaint", "praise", "idea", None, None, None, None)


def message_lines(
    count: int,
    *,
    customers: int | None = None,
    account: str = "shop",
    since: datetime | None = None,
    name: str = "c",
    over: timedelta = timedelta(hours=20),
) -> Iterator[bytes]:
    """Lines for `careconsole import`: `count` messages by so many customers (one each if not told)."""
    chance = random.Random(20_260)
    customers = customers or count
    start = (since or datetime.now(UTC)) - over
    step = over / count
    for number in range(count):
        customer = number % customers
        line = {
            "account": account,
            "id": f"{name}{number}",
            "author": {
                "handle": f"{name}{customer}",
                "name": f"Customer {customer}",
                "reach": chance.randrange(5000),
            },
            "text": f"{chance.choice(_TEXTS).format(n=number)} {END}{number}",
            "at": (start + step * number).isoformat(),
            "visibility": "private" if number % 5 == 0 else "public",
        }
        if kind := chance.choice(_KINDS):
            line["kind"] = kind
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


def write_messages(path: Path, count: int, **how: object) -> Path:
    """A file of such lines."""
    with path.open("wb") as file:
        file.writelines(message_lines(count, **how))  # type: ignore[arg-type]
    return path


def command(home: Path, *words: str, agent: str = "ana") -> list[str]:
    """A command line of the program."""
    return [sys.executable, "-m", "careconsole", "--home", str(home), "--agent", agent, *words]


def run(home: Path, *words: str, agent: str = "ana") -> str:
    """Run a sub-command to its end; what it printed. Raises CalledProcessError."""
    done = subprocess.run(command(home, *words, agent=agent), capture_output=True, text=True, check=True)
    return done.stdout


def import_file(home: Path, path: Path) -> None:
    """Import a file by the real command."""
    run(home, "import", str(path))


def copy_of(home: Path, to: Path) -> Path:
    """A copy of a desk that no process has open."""
    shutil.copytree(home, to)
    return to
