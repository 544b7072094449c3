"""One line of the import format: a JSON object that is one message (README, "import")."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from careconsole.channels.surrogates import without_surrogates
from careconsole.model.instant import parse_rfc3339
from careconsole.model.message import (
    MAX_ATTACHMENTS,
    Attachment,
    Author,
    Direction,
    Item,
    Kind,
    ParentPost,
    Visibility,
)

DEFAULT_ACCOUNT = "import"
LINE_LIMIT = 8 * 1024 * 1024
"""Bytes of one line; a longer one is refused unread."""
TEXT_LIMIT = 2_000_000
"""Characters of a message."""
ID_LIMIT = 512
"""Characters of an id."""
HANDLE_LIMIT = 256
"""Characters of a handle."""
ACCOUNT_LIMIT = 64
"""Characters of an account's name."""
ALT_LIMIT = 5_000
"""Characters kept of what an attachment shows."""
ADDRESS_LIMIT = 10_000
"""Characters kept of an attachment's address."""
NAME_LIMIT = 1000
"""Characters kept of a display name; the rest is cut, for a name is only an ornament."""

_MAX_REACH = 2**63 - 1
_VISIBILITIES = {"public": Visibility.PUBLIC, "private": Visibility.DIRECT}
_DIRECTIONS = {direction.value: direction for direction in Direction}
_KINDS = {kind.value: kind for kind in Kind}
_PLAIN_FILE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*", re.ASCII)
_FILE_NAME_LIMIT = 180
_ACCOUNT_MARKS = frozenset(" ._-@")
_Value = TypeVar("_Value")


class BadLine(Exception):
    """A line that is not a message; the sentence says which field is wrong and what it must be."""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """A message and the name of the account that it belongs to."""

    account: str
    item: Item


def parse_import_line(line: str | bytes, *, default_account: str = DEFAULT_ACCOUNT) -> ImportLine:
    """The message that a line holds; raises BadLine.

    Bytes are UTF-8, undecodable ones become U+FFFD, as do lone surrogates. Unknown keys are ignored, null is
    absent.
    """
    record = load_object(line)
    item = item_of(record, instant_of(record, "at"))
    return ImportLine(account_of(record, default_account), item)


def load_object(line: str | bytes) -> dict[str, Any]:
    """The JSON object of a line; raises BadLine."""
    if len(line) > LINE_LIMIT:
        raise BadLine(f"the line is longer than {LINE_LIMIT} bytes")
    text = line.decode("utf-8", "replace") if isinstance(line, bytes) else line
    try:
        record = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise BadLine(
            f"the line is not JSON: {error.msg.removesuffix(' at')} at column {error.colno}"
        ) from None
    except RecursionError:
        raise BadLine("the line is nested too deeply") from None
    except ValueError:
        raise BadLine("the line holds a number with too many digits") from None
    if not isinstance(record, dict):
        raise BadLine("the line is not a JSON object")
    if "\\ud" in text or "\\uD" in text or not (text.isascii() or _is_encodable(text)):
        whole: dict[str, Any] = without_surrogates(record)
        return whole
    return record


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def account_of(record: dict[str, Any], default: str = DEFAULT_ACCOUNT) -> str:
    """The account's name in a record, else the default one; raises BadLine."""
    name = record.get("account")
    if name is None:
        return default
    if not isinstance(name, str):
        raise _wrong_type("account", name, "text")
    reason = account_name_fault(name)
    if reason:
        raise BadLine(reason)
    return name


def account_name_fault(name: str) -> str:
    """Why a text cannot name an account, as a sentence; empty if it can.

    Letters and digits of any script, space . _ - @, up to 64 characters, no space at the ends.
    """
    if not name:
        return '"account" is empty'
    if len(name) > ACCOUNT_LIMIT:
        return f'"account" is longer than {ACCOUNT_LIMIT} characters'
    if name.isascii() and name.isalnum():
        return ""
    if name != name.strip(" "):
        return '"account" begins or ends with a space'
    odd = next((char for char in name if not (char.isalnum() or _is_mark(char))), None)
    if odd is not None:
        return f'"account" holds {_shown(odd)}; allowed are letters, digits, space and . _ - @'
    return ""


def _is_mark(char: str) -> bool:
    """Whether a character may stand beside letters: our five, or a vowel sign of a script that needs one."""
    return char in _ACCOUNT_MARKS or unicodedata.category(char) in {"Mn", "Mc"}


def account_file_name(account: str) -> str:
    """A file name for an account, without ending: everything beyond A-Z a-z 0-9 . _ - is percent-encoded.

    So is a leading dot. A name too long for a file system is cut and told apart by a digest.
    """
    if _PLAIN_FILE_NAME.fullmatch(account):
        return account
    encoded = "".join(_percent(char, first=index == 0) for index, char in enumerate(account))
    if len(encoded) <= _FILE_NAME_LIMIT:
        return encoded
    digest = hashlib.sha256(account.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{encoded[: _FILE_NAME_LIMIT - 20]}~{digest}"


def _percent(char: str, *, first: bool) -> str:
    plain = char.isascii() and (char.isalnum() or char in "_-" or (char == "." and not first))
    return char if plain else "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def item_of(record: dict[str, Any], at: datetime) -> Item:
    """The message of a record that was said at this time; raises BadLine."""
    return Item(
        external_id=identifier_of(record, "id"),
        author=_author(record.get("author")),
        text=text_of(record),
        at=at,
        direction=_choice(record, "direction", _DIRECTIONS, Direction.IN),
        visibility=_choice(record, "visibility", _VISIBILITIES, Visibility.PUBLIC),
        reply_to=None if record.get("reply_to") is None else identifier_of(record, "reply_to"),
        kind=None if record.get("kind") is None else _choice(record, "kind", _KINDS, Kind.QUESTION),
        parent=None if record.get("parent") is None else _parent(record["parent"]),
        edited_at=None if record.get("edited_at") is None else instant_of(record, "edited_at"),
        deleted_at=None if record.get("deleted_at") is None else instant_of(record, "deleted_at"),
        attachments=attachments_of(record),
    )


def text_of(record: dict[str, Any]) -> str:
    """The text of a record, perhaps empty; raises BadLine."""
    text = record.get("text")
    if text is None:
        raise _missing("text")
    if type(text) is not str:
        raise _wrong_type("text", text, "text")
    if len(text) > TEXT_LIMIT:
        raise BadLine(f'"text" is longer than {TEXT_LIMIT} characters')
    return text


def instant_of(record: dict[str, Any], key: str) -> datetime:
    """The point in time under a key, as RFC 3339 text; raises BadLine."""
    value = record.get(key)
    if value is None:
        raise _missing(key)
    if type(value) is not str:
        raise _wrong_type(key, value, "RFC 3339 text, for example 2026-03-01T12:05:00Z")
    try:
        return parse_rfc3339(value)
    except ValueError as error:
        raise BadLine(f'"{key}" is {_shown(value)}: {error}') from None


def identifier_of(record: dict[str, Any], key: str, shown_as: str = "") -> str:
    """The non-empty text under a key; raises BadLine, naming the key as it is shown."""
    value = record.get(key)
    if value is None:
        raise _missing(shown_as or key)
    if type(value) is not str:
        raise _wrong_type(shown_as or key, value, "text")
    if not value:
        raise BadLine(f'"{shown_as or key}" is empty')
    if len(value) > ID_LIMIT:
        raise BadLine(f'"{shown_as or key}" is longer than {ID_LIMIT} characters')
    return value


def _author(author: Any) -> Author:
    if author is None:
        raise _missing("author.handle")
    if type(author) is not dict:
        raise _wrong_type("author", author, "an object")
    name, reach = author.get("name"), author.get("reach")
    if name is not None and type(name) is not str:
        raise _wrong_type("author.name", name, "text")
    if type(reach) is float and reach.is_integer():
        reach = int(reach)  # tables with gaps write every number so
    if reach is not None and type(reach) is not int:
        raise _wrong_type("author.reach", reach, "a whole number")
    if reach is not None and not 0 <= reach <= _MAX_REACH:
        raise BadLine(f'"author.reach" is {_shown(reach)}; it must be 0 or more')
    return Author(_handle(author.get("handle")), (name or "")[:NAME_LIMIT], reach or 0)


def _handle(handle: Any) -> str:
    if handle is None:
        raise _missing("author.handle")
    if type(handle) is not str:
        raise _wrong_type("author.handle", handle, "text")
    bare = handle.strip().removeprefix("@")
    if not bare:
        raise BadLine('"author.handle" is empty')
    if len(bare) > HANDLE_LIMIT:
        raise BadLine(f'"author.handle" is longer than {HANDLE_LIMIT} characters')
    return bare


def _choice(record: dict[str, Any], key: str, allowed: dict[str, _Value], default: _Value) -> _Value:
    word = record.get(key)
    if word is None:
        return default
    if type(word) is not str:
        raise _wrong_type(key, word, f"one of {', '.join(allowed)}")
    if word not in allowed:
        raise BadLine(f'"{key}" is {_shown(word)}; it must be one of {", ".join(allowed)}')
    return allowed[word]


def _parent(parent: Any) -> ParentPost:
    if type(parent) is not dict:
        raise _wrong_type("parent", parent, "an object")
    text = parent.get("text")
    if text is not None and type(text) is not str:
        raise _wrong_type("parent.text", text, "text")
    if text is not None and len(text) > TEXT_LIMIT:
        raise BadLine(f'"parent.text" is longer than {TEXT_LIMIT} characters')
    for key in ("paid", "dark"):
        if parent.get(key) is not None and type(parent[key]) is not bool:
            raise _wrong_type(f"parent.{key}", parent[key], "true or false")
    return ParentPost(
        identifier_of(parent, "id", "parent.id"),
        text or "",
        bool(parent.get("paid")),
        bool(parent.get("dark")),
    )


def attachments_of(record: dict[str, Any]) -> tuple[Attachment, ...]:
    """What is attached to a record's message; raises BadLine."""
    listed = record.get("attachments")
    if listed is None:
        return ()
    if type(listed) is not list:
        raise _wrong_type("attachments", listed, "a list")
    if len(listed) > MAX_ATTACHMENTS:
        raise BadLine(f'"attachments" holds {len(listed)}; at most {MAX_ATTACHMENTS} are taken')
    return tuple(_attachment(each) for each in listed)


def _attachment(record: Any) -> Attachment:
    if type(record) is not dict:
        raise _wrong_type("attachments", record, "a list of objects")
    for key in ("type", "alt", "url"):
        if record.get(key) is not None and type(record[key]) is not str:
            raise _wrong_type(f"attachments.{key}", record[key], "text")
    return Attachment(
        (record.get("type") or "attachment")[:HANDLE_LIMIT],
        (record.get("alt") or "")[:ALT_LIMIT],
        (record.get("url") or "")[:ADDRESS_LIMIT],
        *(_size(record, key) for key in ("bytes", "width", "height")),
    )


def _size(record: dict[str, Any], key: str) -> int | None:
    size = record.get(key)
    if size is not None and type(size) is not int:
        raise _wrong_type(f"attachments.{key}", size, "a whole number")
    if size is not None and not 0 <= size <= _MAX_REACH:
        raise BadLine(f'"attachments.{key}" is {_shown(size)}; it must be 0 or more')
    return size


_TYPE_WORDS = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list"}


def _missing(key: str) -> BadLine:
    return BadLine(f'"{key}" is missing')


def _wrong_type(key: str, value: Any, wanted: str) -> BadLine:
    return BadLine(f'"{key}" is {_TYPE_WORDS.get(type(value), "an object")}; it must be {wanted}')


def _shown(value: Any) -> str:
    """A value of the line, short and in ASCII, for a sentence."""
    text = json.dumps(value)
    return text if len(text) <= 60 else text[:57] + "..."
