"""`python -m evaluate [--data DIR] [NAME ...]`: how well texts are read and answers found, against the goals."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

NAMES = ("languages", "tempers", "emergencies", "tones", "guard", "suggestions", "meanings")
"""Modules here; the function `evaluate(data)` of each prints its figures and says whether its goals were met."""


def main() -> int:
    """Do the evaluations that were named, or all; 1 if a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m evaluate", description=__doc__)
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="folder of the data that is not in the project"
    )
    parser.add_argument("name", nargs="*", choices=[*NAMES, []], help=", ".join(NAMES))
    options = parser.parse_args()
    if options.data is not None and not options.data.is_dir():
        parser.error(f"{options.data} is no folder")
    met = [import_module(f"evaluate.{name}").evaluate(options.data) for name in options.name or NAMES]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
