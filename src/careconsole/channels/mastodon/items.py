"""A status as a message of ours: who, to whom, which words, for whose eyes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careconsole.channels.mastodon.html_text import html_to_text
from careconsole.channels.mastodon.models import Account, Status
from careconsole.model.message import (
    MAX_ATTACHMENTS,
    Attachment,
    Author,
    Direction,
    Item,
    ParentPost,
    Visibility,
)

ALT_LIMIT = 5_000
"""Characters kept of what is said of a picture; servers allow 1,500."""
VISIBILITIES = {
    "public": Visibility.PUBLIC,
    "unlisted": Visibility.UNLISTED,
    "private": Visibility.FOLLOWERS,
    "direct": Visibility.DIRECT,
    "limited": Visibility.DIRECT,
}
WORDS = {
    Visibility.PUBLIC: "public",
    Visibility.UNLISTED: "unlisted",
    Visibility.FOLLOWERS: "private",
    Visibility.DIRECT: "direct",
}


@dataclass(frozen=True, slots=True)
class OurAccount:
    """The account that our token belongs to."""

    id: str
    handle: str
    domain: str
    """Of the handles of this server, which need not be the host of its address."""
    name: str = ""

    def handle_of(self, acct: str) -> str:
        """A handle as our account sees it: without the domain if it is of our own server."""
        local, _, domain = acct.partition("@")
        return local if domain.casefold() == self.domain.casefold() else acct

    def full_handle_of(self, acct: str) -> str:
        """A handle with its server."""
        return acct if "@" in acct else f"{acct}@{self.domain}"

    @property
    def full_handle(self) -> str:
        """Our own handle with its server."""
        return self.full_handle_of(self.handle)

    def author(self, acct: str, name: str = "", reach: int = 0) -> Author:
        """Somebody as the author of a message."""
        return Author(self.handle_of(acct), name, reach, self.full_handle_of(acct))

    def wrote(self, status: Status) -> bool:
        """Whether a status is ours."""
        return status.account.id == self.id

    def concerned_by(self, status: Status) -> bool:
        """Whether a status of somebody else names us or answers us."""
        named = any(mention.id == self.id for mention in status.mentions)
        return named or status.in_reply_to_account_id == self.id


def visibility_of_status(status: Status) -> Visibility:
    """For whose eyes a status is; a word that we do not know is taken for followers only."""
    return VISIBILITIES.get(status.visibility, Visibility.FOLLOWERS)


def text_of_status(status: Status, ours: OurAccount) -> str:
    """The words of a status: its warning, its text."""
    handles = {each.url: ours.handle_of(each.acct) for each in status.mentions if each.url}
    parts = [status.spoiler_text.strip(), html_to_text(status.content, handles)]
    return "\n\n".join(part for part in parts if part)


def attachments_of(status: Status) -> tuple[Attachment, ...]:
    """What stands beside the words; of sizes a server tells pixels, never bytes."""
    return tuple(
        Attachment(
            each.type,
            each.description[:ALT_LIMIT],
            each.url or each.remote_url,
            width=each.meta.original.width if each.meta else None,
            height=each.meta.original.height if each.meta else None,
        )
        for each in status.media_attachments[:MAX_ATTACHMENTS]
    )


def customer_answered(status: Status, ours: OurAccount) -> Author | None:
    """Whom a status of ours is addressed to; None if it is no answer to anybody.

    The handle is empty where the status answers somebody whom it does not name.
    """
    named = [mention for mention in status.mentions if mention.id != ours.id]
    named.sort(key=lambda mention: mention.id != status.in_reply_to_account_id)
    answers = status.in_reply_to_id is not None
    if named and (answers or visibility_of_status(status) is Visibility.DIRECT):
        return ours.author(named[0].acct)
    return Author("") if answers and status.in_reply_to_account_id != ours.id else None


def item_of(status: Status, ours: OurAccount, now: datetime, parent: ParentPost | None = None) -> Item | None:
    """A status as a message; None if it is a boost, or ours and no answer. A time to come is now."""
    if status.reblog is not None:
        return None
    is_ours = ours.wrote(status)
    author = customer_answered(status, ours) if is_ours else _writer(status.account, ours)
    if author is None:
        return None
    return Item(
        external_id=status.id,
        author=author,
        text=text_of_status(status, ours),
        at=min(status.created_at, now),
        direction=Direction.OUT if is_ours else Direction.IN,
        visibility=visibility_of_status(status),
        reply_to=status.in_reply_to_id,
        parent=parent,
        edited_at=None if status.edited_at is None else min(status.edited_at, now),
        attachments=attachments_of(status),
    )


def parent_post_of(status: Status, ours: OurAccount) -> ParentPost | None:
    """A post of ours that comments hang under; None if it is somebody else's, or itself an answer."""
    if not ours.wrote(status) or status.in_reply_to_id is not None or status.reblog is not None:
        return None
    attached = [f"[{each.type or 'attachment'}] {each.alt}".rstrip() for each in attachments_of(status)]
    return ParentPost(
        status.id, "\n".join(part for part in [text_of_status(status, ours), *attached] if part)
    )


def _writer(account: Account, ours: OurAccount) -> Author:
    return ours.author(account.acct, account.display_name, account.followers_count)
