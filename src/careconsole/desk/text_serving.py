"""The reading of texts in a process of its own: texts in through one pipe, what they tell us out through another.

It imports only what reading needs, as whoever waits for it waits for its imports too. Through the pipes go texts and
numbers alone: they cost a third of what our classes do.
"""

from __future__ import annotations

import gc
import pickle
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import IO

from careconsole.language.emergency import EmergencyWords
from careconsole.language.reading import read
from careconsole.model.message import Kind, Reading

_SELDOM = 20_000
"""Objects made between two searches for what can be thrown away: what is read here refers to nothing in a circle."""

Told = tuple[str, str, str, str, float, float]
"""A reading as it goes through the pipe."""

_KINDS = {kind.value: kind for kind in Kind}


def hear(told: Told) -> Reading:
    """The reading that was told."""
    kind, cue, emergency_word, language, mood, urgency = told
    return Reading(_KINDS[kind], cue, emergency_word, language, mood, urgency)


def tell(texts: Sequence[str], words: EmergencyWords) -> list[Told]:
    """What the texts tell us."""
    return [
        (each.kind.value, each.kind_cue, each.emergency_word, each.language, each.mood, each.urgency)
        for each in [read(text, words) for text in texts]
    ]


def serve(given: IO[bytes], out: IO[bytes]) -> None:
    """Read what comes through one pipe and give it back through the other, until the first is closed."""
    with suppress(EOFError, BrokenPipeError):
        words = EmergencyWords(pickle.load(given))
        read("How are you?", words)
        gc.freeze()  # the lists of cues stay: no collection needs to look at them again
        gc.set_threshold(_SELDOM)
        _put(out, None)
        while True:
            _put(out, tell(pickle.load(given), words))


def _put(out: IO[bytes], what: object) -> None:
    pickle.dump(what, out, pickle.HIGHEST_PROTOCOL)
    out.flush()


def main() -> None:
    """Serve the one who started this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for them; the closed pipe ends us
    serve(sys.stdin.buffer, sys.stdout.buffer)
