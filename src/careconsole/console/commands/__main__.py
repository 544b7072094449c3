"""Writes the key table of today into the README that is named: `python -m careconsole.console.commands README.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from careconsole.console.commands import with_table

readme = Path(sys.argv[1])
readme.write_text(with_table(readme.read_text(encoding="utf-8")), encoding="utf-8")
