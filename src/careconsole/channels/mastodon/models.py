"""What we read of the answers of a Mastodon API; everything else in them is passed over.

Ids are opaque text: numbers on one server, ULIDs on the next. They are never compared or counted with.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from careconsole.model.instant import from_us, to_us

_LATEST = datetime(2999, 1, 1, tzinfo=UTC)


def _aware(at: datetime) -> datetime:
    """UTC if the server names no zone; a year that the record cannot hold is refused."""
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    if not from_us(0) <= at <= _LATEST:
        raise ValueError("the time is outside 1970 to 2999")
    return from_us(to_us(at))


def _or_empty(value: Any) -> Any:
    return "" if value is None else value


def _or_none(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """What cannot be read is not told: nothing else is lost by it."""
    try:
        return read(value)
    except ValidationError:
        return None


def _or_zero(value: Any) -> Any:
    return 0 if value is None or value == -1 else value


Id = Annotated[str, Field(min_length=1, max_length=512)]
Acct = Annotated[
    str, Field(min_length=1, max_length=512), AfterValidator(lambda acct: acct.removeprefix("@"))
]
At = Annotated[datetime, AfterValidator(_aware)]
Count = Annotated[int, BeforeValidator(_or_zero), Field(ge=0, lt=2**63)]
Text = Annotated[str, BeforeValidator(_or_empty)]


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class Account(_Read):
    """Somebody, as our account sees them."""

    id: Id
    acct: Acct
    display_name: Text = ""
    url: Text = ""
    followers_count: Count = 0


class Mention(_Read):
    """Somebody named in a status."""

    id: Id
    acct: Acct
    url: Text = ""


class _Original(_Read):
    width: int | None = None
    height: int | None = None


class _Meta(_Read):
    original: _Original = _Original()


def _meta_or_none(value: Any) -> Any:
    """Sizes are an ornament: a server that tells them in another shape loses nothing else by it."""
    try:
        return _Meta.model_validate(value)
    except ValidationError:
        return None


class Attachment(_Read):
    """A picture or sound; only what is said about it is read, it is never fetched."""

    type: Text = ""
    description: Text = ""
    url: Text = ""
    remote_url: Text = ""
    """Where it lies at the server of its author, if that is another one."""
    meta: Annotated[_Meta | None, BeforeValidator(_meta_or_none)] = None


class Status(_Read):
    """A post, a comment or a direct message."""

    id: Id
    created_at: At
    edited_at: At | None = None
    account: Account
    content: Text = ""
    spoiler_text: Text = ""
    visibility: Text = "public"
    in_reply_to_id: Id | None = None
    in_reply_to_account_id: Id | None = None
    mentions: tuple[Mention, ...] = ()
    media_attachments: tuple[Attachment, ...] = ()
    replies_count: Count = 0
    reblog: Any = None


class Notification(_Read):
    """Somebody did something that concerns us."""

    id: Id
    type: Text
    created_at: At
    status: Status | None = None


class Conversation(_Read):
    """Direct messages with the same people; its id is stable on some servers only and therefore not read."""

    last_status: Status | None = None


class Context(_Read):
    """What stands around a status; the parts are read one by one."""

    ancestors: list[Any] = []
    descendants: list[Any] = []


class _Statuses(_Read):
    max_characters: int | None = Field(None, gt=0)
    characters_reserved_per_url: int | None = Field(None, gt=0)


class _Configuration(_Read):
    statuses: _Statuses = _Statuses()


class Instance(_Read):
    """What a server tells of itself; `domain` in version 2, `uri` in version 1."""

    domain: Text = ""
    uri: Text = ""
    configuration: _Configuration = _Configuration()
    max_toot_chars: int | None = Field(None, gt=0)
    """Where older servers tell their limit."""


class Posted(_Read):
    """The answer to a post: its id, and since when it is there if that can be read."""

    id: Id
    created_at: Annotated[At | None, WrapValidator(_or_none)] = None
