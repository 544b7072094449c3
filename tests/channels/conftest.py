"""Fixtures of the channel tests: the server that several rooms test against."""

from tests.mastodon_server import mastodon, mastodon_server

__all__ = ["mastodon", "mastodon_server"]
