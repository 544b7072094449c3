"""A full disk and a damaged record under a running console: said at once, nothing typed is lost, no new start needed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.console.desk_at_hand import AtHand, console_at_hand

from careconsole.console import sending
from careconsole.desk import replies
from careconsole.desk.runner import Runner
from careconsole.store import soundness
from careconsole.store.contract import StoreError
from careconsole.store.sqlite import SqliteStore


async def make_full(at: AtHand, is_full: bool) -> None:
    """The disk has no room left for the record, or has it again."""
    store = at.desk.store
    assert isinstance(store, SqliteStore)
    pages = await store.read(lambda tx: tx.row("SELECT 1"))
    assert pages is not None

    def limit() -> None:
        most = store._writer.execute("PRAGMA page_count").fetchone()[0] if is_full else 2**30
        store._writer.execute(f"PRAGMA max_page_count={most}").fetchall()

    await asyncio.get_running_loop().run_in_executor(store._thread, limit)


async def drafts(at: AtHand) -> list[str]:
    return [draft.text for draft in await replies.my_drafts(at.desk)]


@pytest.mark.parametrize("is_closed", [False, True])
async def test_a_full_disk_keeps_the_draft_and_works_again_without_a_new_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_closed: bool
) -> None:
    monkeypatch.setattr(sending, "AGAIN_S", 0.05)
    async with console_at_hand(tmp_path) as at:
        await at.press("r")
        await make_full(at, True)
        text = "word " * 4_000  # more than the pages of the file have room for
        at.screen.composer._editor.text = text
        await at.until(lambda: "is full; nothing was written." in at.said, "the sentence")
        assert at.said.startswith("! The disk that holds ")
        assert await drafts(at) == []
        assert at.screen.composer.text == text
        if is_closed:
            at.screen.close_composer()
        await make_full(at, False)
        await at.until(lambda: not at.screen._unsaved, "the draft in the record")
        assert await drafts(at) == [text]
        if not is_closed:
            await at.until(lambda: "draft saved" in at.picture, "that it is saved")


async def test_newer_words_take_the_place_of_what_could_not_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("r")
        await make_full(at, True)
        at.screen.composer._editor.text = "old " * 4_000
        await at.until(lambda: bool(at.screen._unsaved), "the first try")
        [old] = at.screen._unsaved.values()
        await make_full(at, False)
        at.screen.composer._editor.text = "new"
        await at.until(lambda: not at.screen._unsaved, "the second try")
        at.screen._save_again(old, None)
        await at.settle()
        assert await drafts(at) == ["new"]


async def test_a_damaged_record_is_said_and_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("r")
        monkeypatch.setattr(soundness, "file_faults", lambda *words, **more: ["page 7 is never used"])
        revision = await at.desk.store.read(lambda tx: tx.row("SELECT revision FROM counter"))
        await Runner(at.desk, on_damage=at.screen._damaged).examine()
        await at.until(lambda: "is damaged (page 7 is never used)" in at.said, "the sentence")
        with pytest.raises(StoreError, match="Nothing was written"):
            await at.desk.store.write(lambda tx: tx.revision())
        at.screen.status.be_silent()
        await at.pilot.pause()
        assert "damaged desk: nothing is written" in at.picture
        assert "Where is parcel 1?" in at.picture  # reading goes on
        delays: list[float] = []
        set_timer = at.screen.set_timer

        def noted(delay: float, *words: Any, **more: Any) -> Any:
            delays.append(delay)
            return set_timer(delay, *words, **more)

        monkeypatch.setattr(at.screen, "set_timer", noted)
        monkeypatch.setattr(sending, "AGAIN_S", 7.25)
        at.screen.composer._editor.text = "Half an answer"
        await at.until(lambda: bool(at.screen._unsaved), "the try to keep it")
        assert sending.AGAIN_S not in delays  # or its sentence would come again and again
        assert await at.desk.store.read(lambda tx: tx.row("SELECT revision FROM counter")) == revision
    assert at.console.return_code in (0, None)
