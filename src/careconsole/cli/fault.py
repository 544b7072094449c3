"""What is told of a fault of our own: kind and place, never a value, for values are customers' words."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

_FRAMES = 12


def leaves(error: BaseException) -> Iterator[BaseException]:
    """The errors in an error: those of a group, else itself."""
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from leaves(inner)
    else:
        yield error


def report(error: BaseException) -> str:
    """A short report of an error that nobody expected: its type and the last places it came through.

    The error's own words are left out where a text of a customer may be among them.
    """
    lines = []
    for one in leaves(error):
        lines.append(
            f"careconsole: stopped by a fault of its own: {type(one).__name__}{_harmless_words(one)}"
        )
        for frame in traceback.extract_tb(one.__traceback__)[-_FRAMES:]:
            lines.append(f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} in {frame.name}")
    lines.append(
        "careconsole: what was done before is kept. Please report these lines; they hold no message text."
    )
    return "\n".join(lines) + "\n"


def _harmless_words(error: BaseException) -> str:
    """What an error says, where that can only be a module's name or the system's own words."""
    if isinstance(error, ImportError):
        return f" ({error.name})"
    return f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
