"""Looking over an installation: what is fine is said, what is wrong is named with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.desk.desk_at_hand import DeskAtHand
from tests.store.record_at_hand import said

from careconsole.desk import diagnosis
from careconsole.desk.diagnosis import Finding, Level, diagnose
from careconsole.model.message import Poisoned
from careconsole.model.reply import Limits
from careconsole.store import accounts, arrivals, row_hash
from careconsole.store.contract import StoreError


async def found(desk: DeskAtHand, level: Level) -> str:
    return "\n".join(each.sentence for each in await diagnose(desk.desk) if each.level is level)


async def test_a_sound_desk_has_no_fault(ana: DeskAtHand) -> None:
    await ana.arrive(said("m1"))
    await ana.act(accounts.poll_worked, ana.account_id, Limits(), 15.0)
    assert await found(ana, Level.FAULT) == ""
    fine = await found(ana, Level.OK)
    assert "The event log is whole" in fine
    assert "for its owner only (600)" in fine
    assert "was polled at 2026-03-02T12:00:00Z" in fine


async def test_broken_snippets_and_themes_are_named_with_their_line(ana: DeskAtHand, home: Path) -> None:
    for folder in ("snippets", "themes"):
        (home / folder).mkdir(exist_ok=True)
    good = {"snippets": 'title = "Hello"\nbody = "x"\n', "themes": '[colors]\nprimary = "#ffffff"\n'}
    for folder, text in good.items():
        (home / folder / "good.toml").write_text(text, encoding="utf-8")
    assert await found(ana, Level.FAULT) == ""
    (home / "snippets" / "mine.toml").write_text('title = "Hello"\nbodi = "x"\n', encoding="utf-8")
    (home / "themes" / "mine.toml").write_text('[colors]\nprimary = "red"\n', encoding="utf-8")
    snippet, theme = (await found(ana, Level.FAULT)).split("\n")
    assert snippet.startswith(
        f"The snippet {home / 'snippets' / 'mine.toml'}, line 2, is left out: unknown key"
    )
    assert (
        theme.startswith(f"The theme {home / 'themes' / 'mine.toml'}, line 2, is left out: ")
        and "#ffab5e" in theme
    )


async def test_a_changed_event_is_a_fault(ana: DeskAtHand) -> None:
    await ana.arrive(said("m1"))
    await ana.store.write(lambda tx: tx.change("DROP TRIGGER event_stays"))
    await ana.store.write(lambda tx: tx.change("UPDATE event SET agent = 'eve' WHERE seq = 2"))
    assert "tampered with: event 2 was changed" in await found(ana, Level.FAULT)
    await ana.store.write(lambda tx: tx.change("UPDATE event SET agent = NULL WHERE seq = 2"))


async def test_a_log_that_was_cut_at_its_end_is_a_fault(ana: DeskAtHand) -> None:
    await ana.arrive(said("m1"), said("m2"))
    newest = await ana.store.read(lambda tx: tx.row("SELECT max(seq) FROM event"))
    assert newest is not None
    kept = await ana.store.read(lambda tx: tx.row("SELECT * FROM event WHERE seq = $1", newest[0]))
    assert kept is not None
    for trigger in ("event_stays", "event_remains"):
        await ana.store.write(lambda tx, trigger=trigger: tx.change(f"DROP TRIGGER IF EXISTS {trigger}"))
    await ana.store.write(lambda tx: tx.change("DELETE FROM event WHERE seq = $1", newest[0]))
    assert f"event {newest[0]} is missing" in await found(ana, Level.FAULT)
    places = ", ".join(f"${number}" for number in range(1, len(kept) + 1))
    await ana.store.write(lambda tx: tx.change(f"INSERT INTO event VALUES ({places})", *kept))


async def test_the_mode_of_the_log_is_looked_at_too(ana: DeskAtHand, home: Path) -> None:
    log = home / "desk.db-wal"
    if not log.exists():
        log.touch()  # a SQLite that uses none
    log.chmod(0o644)
    assert f"{log} has mode 644, the desk 600" in await found(ana, Level.FAULT)
    await ana.store.write(lambda tx: tx.revision())
    assert "has mode 644" not in await found(ana, Level.FAULT)


@pytest.mark.parametrize(
    ("folder", "file", "level"),
    [
        (0o700, 0o600, Level.OK),
        (0o750, 0o640, Level.NOTE),
        (0o755, 0o644, Level.FAULT),
        (0o700, 0o660, Level.FAULT),
        (0o700, 0o400, Level.FAULT),
    ],
)
async def test_who_may_read_the_desk_is_said(
    ana: DeskAtHand, home: Path, folder: int, file: int, level: Level
) -> None:
    home.chmod(folder)
    (home / "desk.db").chmod(file)
    sentences = (await found(ana, level)).split("\n")
    assert any(f"{file:o}" in sentence and str(home / "desk.db") in sentence for sentence in sentences)
    assert any("chmod 600" in sentence for sentence in sentences) == (level is Level.FAULT)
    assert any("by others" in sentence for sentence in sentences) == (file in (0o644, 0o660))


async def test_a_failing_account_is_a_fault_and_a_new_one_is_not(ana: DeskAtHand) -> None:
    assert "was not polled yet" in await found(ana, Level.NOTE)
    for _ in range(3):
        await ana.act(accounts.poll_failed, ana.account_id, "the server does not answer")
    assert "failed 3 times in a row: the server does not answer" in await found(ana, Level.FAULT)


async def test_a_part_that_did_not_come_is_a_note(ana: DeskAtHand) -> None:
    await ana.act(accounts.poll_worked, ana.account_id, Limits(), 15.0, "our own posts did not come")
    assert "Account shop (file): our own posts did not come" in await found(ana, Level.NOTE)
    assert await found(ana, Level.FAULT) == ""


async def test_what_was_set_aside_is_counted(ana: DeskAtHand) -> None:
    await ana.act(arrivals.set_aside, ana.account_id, Poisoned("{", "it ends in the middle"))
    assert "1 item that could not be read" in await found(ana, Level.NOTE)


async def test_the_driver_is_named(ana: DeskAtHand) -> None:
    driver = next(each for each in await diagnose(ana.desk) if "SQLite" in each.sentence)
    assert isinstance(driver, Finding)
    assert driver.level is (Level.NOTE if ana.store.warning else Level.OK)


async def test_damage_is_told_text_by_text_and_page_by_page(
    ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ana.arrive(said("m1"))
    assert "Every text is what was kept." in await found(ana, Level.OK)
    await ana.store.write(lambda tx: tx.change("UPDATE message SET text = 'Where is my parrot?'"))
    told = await found(ana, Level.FAULT)
    assert "Texts are damaged and shown as such: 1 in message. The first messages: 1." in told
    assert "careconsole restore FILE" in told
    await ana.store.write(lambda tx: row_hash.seal(tx, "message", 1))
    await ana.store.write(lambda tx: tx.change("UPDATE fact SET value = '0 0' WHERE name = 'row_hashes'"))
    assert "Older texts get their hash" in await found(ana, Level.NOTE)
    await ana.store.write(lambda tx: tx.change("UPDATE fact SET value = 'all' WHERE name = 'row_hashes'"))
    monkeypatch.setattr(diagnosis, "file_faults", lambda *words: ["page 7 is never used"])
    assert "is damaged (page 7 is never used)" in await found(ana, Level.FAULT)

    def locked(*words: object) -> list[str]:
        raise StoreError("desk.db could not be looked over (database is locked). Try again in a minute.")

    monkeypatch.setattr(diagnosis, "file_faults", locked)
    assert "could not be looked over" in await found(ana, Level.FAULT)
