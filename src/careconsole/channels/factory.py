"""Opening an account on its network; each network's code is loaded only when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from careconsole.channels.contract import Channel, ChannelError

if TYPE_CHECKING:
    from careconsole.channels.recording import Recording

NETWORKS = ("mastodon", "replay", "file")

_MODULES = {"mastodon": "mastodon.channel", "replay": "replay", "file": "file"}


def load(network: str) -> None:
    """Load the code of a network, up to 0.2 s for one that needs much; any thread may."""
    if network in _MODULES:
        import_module(f"careconsole.channels.{_MODULES[network]}")


def open_channel(
    *,
    network: str,
    account: str,
    url: str | None,
    token_file: Path | None,
    home: Path,
    recording: Recording | None,
    speed: float,
    now: Callable[[], datetime],
) -> Channel:
    """The channel of an account; raises ChannelError if it cannot be opened as it is set up.

    With a recording (the sample desk) only accounts of the recording open, and without one they never do: no
    practice reply reaches a real network, and no sample message a real desk.
    """
    if (network == "replay") != (recording is not None):
        what = "is played from a recording, which only the sample desk has"
        if recording is not None:
            what = f"is on {network}; the sample desk opens accounts of its recording only"
        raise ChannelError(f"account {account} {what}")
    if recording is not None:
        from careconsole.channels.replay import ReplayChannel

        return ReplayChannel(account, recording, home, speed=speed, now=now)
    if network == "file":
        from careconsole.channels.file import FileChannel

        return FileChannel(account, home, now=now)
    if network == "mastodon":
        return _mastodon(account, url, token_file, now)
    raise ChannelError(f"account {account} is on {network!a}; known networks are {', '.join(NETWORKS)}")


def _mastodon(account: str, url: str | None, token_file: Path | None, now: Callable[[], datetime]) -> Channel:
    if url is None or token_file is None:
        raise ChannelError(
            f"account {account} has no URL or no token file; add it again with: careconsole accounts add"
        )
    from careconsole.channels.mastodon.channel import MastodonChannel
    from careconsole.channels.secret import read_token

    read = partial(read_token, token_file)
    return MastodonChannel(account, url, read(), now=now, token_again=read)
