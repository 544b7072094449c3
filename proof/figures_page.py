"""docs/figures.md: every figure with its budget, the command that measures it, when and on what machine.

`docs/figures.json` keeps what was measured last, group by group; the page is made from it and from nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from proof.groups import GROUPS

FIGURES = Path("docs/figures.json")
PAGE = Path("docs/figures.md")

_HEAD = """# Figures

Measured by `make proof`, made by `python -m proof`. Each part can be repeated by itself with the command beside it, after
`make proof-setup`. A figure that misses its budget is marked, with what was tried.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one group came to."""

    title: str
    command: str
    day: str
    """When, as a date."""
    machine: str
    took_s: float
    lines: Sequence[Sequence[str]]
    """What, measured, budget, verdict."""
    remarks: str = ""
    """Of what is missed: what was tried."""


def keep(root: Path, name: str, measured: Measured) -> None:
    """Put a group's figures in place of its last ones, and make the page anew."""
    everything = load(root)
    everything[name] = asdict(measured)
    (root / FIGURES).write_text(json.dumps(everything, indent=1, ensure_ascii=False) + "\n", "utf-8")
    write_page(root)


def write_page(root: Path) -> None:
    """Make the page anew of what was measured last."""
    (root / PAGE).write_text(page(load(root)), "utf-8")


def load(root: Path) -> dict[str, Any]:
    """What was measured last, by group; empty before the first time."""
    if not (root / FIGURES).exists():
        return {}
    found: dict[str, Any] = json.loads((root / FIGURES).read_text("utf-8"))
    return found


def page(everything: Mapping[str, Mapping[str, Any]]) -> str:
    """The page as Markdown, what is missed and what was not measured yet first."""
    missed = [
        f"- {group['title']}: {line[0]}: {line[1]}, budget {line[2]}."
        for group in everything.values()
        for line in group["lines"]
        if line[3] == "MISSED"
    ]
    unmeasured = [f"- {name}: `python -m proof {name}`" for name in GROUPS if name not in everything]
    summary = ["## Missed", "", *(missed or ["Nothing of what was measured."]), ""]
    summary += ["## Not measured yet", "", *unmeasured, ""] if unmeasured else []
    return "\n".join([_HEAD, *summary, *(_section(group) for group in everything.values())])


def _section(group: Mapping[str, Any]) -> str:
    rows = [f"| {' | '.join(_cell(each) for each in line)} |" for line in group["lines"]]
    remarks = [group["remarks"], ""] if group["remarks"] else []
    return "\n".join(
        [
            f"## {group['title']}",
            "",
            f"`{group['command']}`, {group['day']}, {group['took_s']:,.0f} s; {group['machine']}.",
            "",
            "| What | Measured | Budget | |",
            "|---|---:|---:|---|",
            *rows,
            "",
            *remarks,
        ]
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
