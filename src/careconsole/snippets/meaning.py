"""What prepared answers mean, as vectors: how near each is to a message, in whatever language either is written.

The vectors come from elsewhere; here they are only put beside each other.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from careconsole.snippets.snippet import Snippet
from careconsole.snippets.terms import without_private

Near = Callable[[Sequence[bytes]], Callable[[bytes], Sequence[float]]]
"""Of vectors, what says of another one how near it is to each of them, from -1 to 1."""

MOST_KNOWN = 500
"""So many messages are remembered."""


def sayings(snippet: Snippet) -> list[str]:
    """The texts by whose meaning a snippet is found: its title, what customers say, and its answer."""
    return [text for text in (snippet.title, *snippet.triggers, snippet.body) if text.strip()]


def told_of(text: str) -> str:
    """What of a message is compared: its words without handles, links and numbers; empty if there are none."""
    told = without_private(text)
    return told if any(map(str.isalpha, told)) else ""


class Meanings:
    """How near the snippets of one library are to messages whose vectors are known."""

    def __init__(self, near: Near, vectors: Sequence[Sequence[bytes]]) -> None:
        """`vectors` holds those of each snippet's texts, in the order of the library."""
        self._ends: list[int] = []
        every: list[bytes] = []
        for own in vectors:
            every += [vector for vector in own if vector]
            self._ends.append(len(every))
        self._nearness = near(every)
        self._known: OrderedDict[str, Sequence[float]] = OrderedDict()

    def learn(self, messages: Mapping[str, bytes]) -> None:
        """Take up the vectors of messages, by their texts; an empty one is near to nothing."""
        for text, vector in messages.items():
            self._known[text] = self._nearest(vector) if vector else ()
            self._known.move_to_end(text)
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)

    def knows(self, text: str) -> bool:
        """Whether the vector of a message is known."""
        return text in self._known

    def fit(self, text: str) -> Sequence[float] | None:
        """By its place in the library how near each snippet is to a message; None if the message is not known."""
        return self._known.get(text)

    def _nearest(self, vector: bytes) -> list[float]:
        """Of each snippet the nearest of its texts and the mean of them all, half and half."""
        near = self._nearness(vector)
        start, found = 0, []
        for end in self._ends:
            own = near[start:end]
            found.append((max(own) + sum(own) / len(own)) / 2 if own else -1.0)
            start = end
        return found
