"""What the groups share: sizes, a temporary folder, and desks that are made once."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from bench import desks
from bench.figures import Sizes


@dataclass(slots=True)
class Bench:
    """One run of the bench."""

    sizes: Sizes
    folder: Path
    _made: dict[str, Path] = field(default_factory=dict)
    _copies: int = 0

    def messages(self, count: int) -> Path:
        """A file with so many messages of as many customers."""
        path = self.folder / f"messages-{count}.jsonl"
        return path if path.exists() else desks.write_messages(path, count)

    def desk(self, count: int) -> Path:
        """A home with so many open conversations, which nobody changes."""
        name = f"desk-{count}"
        if name not in self._made:
            print(f"  (making a desk of {count:,} conversations)", file=sys.stderr, flush=True)
            home = self.folder / name
            desks.import_file(home, self.messages(count))
            self._made[name] = home
        return self._made[name]

    def fresh(self, count: int) -> Path:
        """A copy of such a home, to be changed."""
        self._copies += 1
        return desks.copy_of(self.desk(count), self.folder / f"copy-{self._copies}")

    def empty(self) -> Path:
        """A new home."""
        self._copies += 1
        return self.empty_at(self.folder / f"home-{self._copies}")

    def empty_at(self, home: Path) -> Path:
        """A new home at this place."""
        home.mkdir(mode=0o700)
        return home
