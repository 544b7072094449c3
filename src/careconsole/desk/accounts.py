"""Connect an account of a network: check its token file and credentials first, save nothing if they fail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from careconsole.desk.desk import Desk
from careconsole.model.reply import Limits
from careconsole.store import accounts


@dataclass(frozen=True, slots=True)
class Added:
    """The account is here."""

    name: str
    handle: str


@dataclass(frozen=True, slots=True)
class NameTaken:
    """There is an account of this name already; nothing was saved."""

    name: str


async def add_mastodon(desk: Desk, name: str, url: str, token_file: Path) -> Added | NameTaken:
    """Connect a Mastodon account. Raises ChannelError with a sentence; then nothing is saved."""
    from careconsole.channels.mastodon.channel import MastodonChannel
    from careconsole.channels.secret import read_token

    channel = MastodonChannel(name, url, read_token(token_file), now=desk.now)
    try:
        verified = await channel.verify()
        limits: Limits = channel.limits
    finally:
        await channel.aclose()
    added = await desk.store.write(
        lambda tx: accounts.add(
            tx,
            name=name,
            network="mastodon",
            url=url,
            token_file=str(token_file.absolute()),
            handle=verified.handle,
            limits=limits,
        )
    )
    return NameTaken(name) if added is None else Added(name, verified.handle)
