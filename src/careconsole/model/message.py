"""What was said, by whom, when and to whose eyes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Direction(StrEnum):
    """Which way a message went."""

    IN = "in"
    OUT = "out"


class Kind(StrEnum):
    """What a customer's message is, from the closed list of product.md F21."""

    QUESTION = "question"
    COMPLAINT = "complaint"
    PRAISE = "praise"
    IDEA = "idea"
    BRAND_TALK = "brand_talk"
    NOISE = "noise"


KIND_LETTER = {
    Kind.QUESTION: "Q",
    Kind.COMPLAINT: "C",
    Kind.PRAISE: "P",
    Kind.IDEA: "I",
    Kind.BRAND_TALK: "B",
    Kind.NOISE: "N",
}


class Visibility(StrEnum):
    """To whose eyes a message goes, kept as the network has it; widest first.

    Only `direct` is between the two of us: everything else has other readers and is called PUBLIC on screen.
    """

    PUBLIC = "public"
    UNLISTED = "unlisted"
    FOLLOWERS = "followers"
    DIRECT = "direct"

    @property
    def is_public(self) -> bool:
        """Whether anybody but the customer and us can read it."""
        return self is not Visibility.DIRECT

    @property
    def word(self) -> str:
        """The word of the commands and the import format: public or private."""
        return "public" if self.is_public else "private"

    def wider_than(self, other: Visibility) -> bool:
        """Whether more eyes would see this than the other."""
        return _WIDTH[self] > _WIDTH[other]

    def narrowed_to(self, other: Visibility) -> Visibility:
        """The narrower of the two."""
        return other if self.wider_than(other) else self


_WIDTH = {Visibility.PUBLIC: 3, Visibility.UNLISTED: 2, Visibility.FOLLOWERS: 1, Visibility.DIRECT: 0}


def visibility_of(word: str) -> Visibility:
    """The visibility that a word of ours or of the network names; ValueError if none."""
    return Visibility.DIRECT if word == "private" else Visibility(word)


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a message, as our account sees them."""

    handle: str
    """Without the leading @."""
    name: str = ""
    reach: int = 0
    """Followers or audience."""
    full_handle: str = ""
    """The handle with its server where the network has servers; empty where it has none."""


@dataclass(frozen=True, slots=True)
class ParentPost:
    """The post that a comment hangs under."""

    id: str
    text: str = ""
    is_paid: bool = False
    is_dark: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture, sound or file beside a text, as its network describes it; it is never fetched."""

    type: str
    """The network's word: image, video, audio ..."""
    alt: str = ""
    """What somebody who cannot see it is told."""
    url: str = ""
    bytes: int | None = None
    width: int | None = None
    """In pixels, as the height."""
    height: int | None = None


MAX_ATTACHMENTS = 40
"""Of one message; no network allows more."""


@dataclass(frozen=True, slots=True)
class Item:
    """One message as a network or an import delivers it.

    The same `external_id` with another text is an edit; `deleted_at` set is a deletion.
    """

    external_id: str
    author: Author
    """The customer, also when `direction` is out: then the one our answer was addressed to, if known."""
    text: str
    at: datetime
    direction: Direction = Direction.IN
    visibility: Visibility = Visibility.PUBLIC
    reply_to: str | None = None
    """External id of the message it answers."""
    kind: Kind | None = None
    """Given by the sender of the record; None lets the desk propose one."""
    parent: ParentPost | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    idempotency_key: str | None = None
    """The key of our own reply, where the network tells it back."""
    follows: str | None = None
    """External id of the message before it in its file: what our answer answers where nothing else says it."""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """A message that the network no longer shows."""

    external_id: str
    deleted_at: datetime


@dataclass(frozen=True, slots=True)
class Poisoned:
    """An item that could not be read: set aside raw, so that the others arrive."""

    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text tells us before a person has read it, each finding with the cue that made it."""

    kind: Kind = Kind.QUESTION
    kind_cue: str = ""
    emergency_word: str = ""
    """Empty unless an entry of the emergency list was found."""
    language: str = ""
    """ISO 639-1 or "unknown"; empty if nobody looked."""
    mood: float = 0.0
    """-1 upset to 1 pleased; 0 also if nobody looked."""
    urgency: float = 0.0
    """How much there is to do, from 0 up, 1 if the text says nothing of it; 0 also if nobody looked."""
