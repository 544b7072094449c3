"""A desk for the commands to work on."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk_at_hand import DeskAtHand
from tests.mastodon_server import mastodon, mastodon_server

__all__ = ["desk", "mastodon", "mastodon_server"]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> DeskAtHand:
    """An empty place for a desk."""
    return DeskAtHand(tmp_path / "home", capsys, monkeypatch)
