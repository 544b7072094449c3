"""backup and restore as commands."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from tests.cli.desk_at_hand import DeskAtHand, message
from tests.cli.test_roles import as_role

from careconsole.model.rights import Role
from careconsole.store import soundness


def test_a_desk_is_backed_up_and_comes_back(desk: DeskAtHand, tmp_path: Path) -> None:
    desk.take_in([message(1)])
    file = tmp_path / "desk.backup"
    told = desk.type("backup", str(file))
    assert told.code == 0 and f"bytes: {file}" in told.out and told.err == ""
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    desk.take_in([message(2)])
    assert len(desk.queue()) == 2
    told = desk.type("restore", str(file))
    assert (told.code, told.out.startswith("restored the desk as of ")) == (0, True)
    assert "The record that was here before is kept: " in told.err
    assert [row["customer"] for row in desk.queue()] == ["customer1"]
    assert desk.type("doctor").out.count("ok") >= 5
    assert desk.type("audit").code == 0


def test_a_backup_replaces_nothing_unless_it_is_told_to(desk: DeskAtHand, tmp_path: Path) -> None:
    desk.take_in([message(1)])
    file = tmp_path / "desk.backup"
    file.write_text("precious")
    told = desk.type("backup", str(file))
    assert told.code == 1 and "--force" in told.err and file.read_text() == "precious"
    assert desk.type("backup", str(file), "--force").code == 0


def test_a_reply_that_waits_is_looked_at_first_after_a_restoration(desk: DeskAtHand, tmp_path: Path) -> None:
    desk.take_in([message(1)])
    assert desk.type("reply", "1", "--text", "It left today.").code == 0
    file = tmp_path / "desk.backup"
    assert desk.type("backup", str(file)).code == 0
    assert desk.type("sync", "--once").code == 0
    told = desk.type("restore", str(file))
    assert told.code == 0 and "1 reply may have left since the backup. Nothing is sent by itself" in told.err
    assert desk.type("sync", "--once").code == 0
    [row] = desk.type("outbox", "--json").json
    assert row["state"] == "unknown"
    [log] = (desk.home / "sent").glob("*.jsonl")
    assert len(log.read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("backup {home}/desk.db", "the desk itself"),
        ("backup {home}/no/folder", "cannot be written"),
        ("restore {home}/none", "There is no backup at"),
        ("restore {home}", "is not a file"),
        ("restore {home}/desk.db", "is the desk itself"),
    ],
)
def test_what_cannot_be_is_said(desk: DeskAtHand, line: str, words: str) -> None:
    desk.take_in([message(1)])
    told = desk.type(*line.format(home=desk.home).split())
    assert told.code in (1, 2) and words in told.err and told.out == ""
    assert len(desk.queue()) == 1


def test_without_a_desk_there_is_nothing_to_back_up(desk: DeskAtHand, tmp_path: Path) -> None:
    told = desk.type("backup", str(tmp_path / "file"))
    assert told.code == 2 and "There is no desk" in told.err
    assert not (tmp_path / "file").exists()


def test_a_customer_is_counted_then_erased(desk: DeskAtHand, tmp_path: Path) -> None:
    desk.take_in([message(1, "Where is my xylophone, please?"), message(2)])
    told = desk.type("erase", "@customer1")
    assert told.code == 0 and "1  messages" in told.out and "Nothing was erased. With --yes it is" in told.err
    assert len(desk.queue()) == 2
    told = desk.type("erase", "customer1", "--yes")
    assert told.code == 0 and told.out.startswith("customer 1: @customer1 (Some Body)\n")
    assert [row["customer"] for row in desk.queue()] == ["customer2"]
    assert not [
        path for path in desk.home.rglob("*") if path.is_file() and b"xylophone" in path.read_bytes().lower()
    ]
    assert desk.type("audit").code == 0 and desk.type("doctor").code == 0
    told = desk.type("erase", "customer1", "--yes")
    assert told.code == 2 and "There is no customer customer1" in told.err
    told = desk.take_in([message(1, "Where is my xylophone, please?")])
    assert told.out == "imported 0, known 1, refused 0\n"


@pytest.mark.parametrize(
    "line", ["backup {file}.2", "restore {file}", "erase customer1 --yes", "retention --apply"]
)
def test_who_is_admin_of_one_account_only_may_not(desk: DeskAtHand, tmp_path: Path, line: str) -> None:
    """It would be about every account."""
    desk.take_in([message(1)])
    (desk.home / "settings.toml").write_text("[retention]\nall.resolved = 1\n")
    file = tmp_path / "desk.backup"
    assert desk.type("backup", str(file)).code == 0
    before = (desk.home / "desk.db").read_bytes()
    as_role(desk, Role.AGENT, '[people.ana.accounts]\nshop = "admin"\n')
    told = desk.type(*line.format(file=file).split())
    assert told.code == 1 and "The role agent has no right to" in told.err
    assert (desk.home / "desk.db").read_bytes() == before and not (tmp_path / "desk.backup.2").exists()


def test_of_several_with_one_handle_none_is_erased(desk: DeskAtHand) -> None:
    desk.take_in([message(1, account="one"), message(1, account="two")])
    told = desk.type("erase", "customer1", "--yes")
    assert told.code == 1 and "Take the number of one" in told.err
    assert told.out == "customer 1: @customer1 (Some Body)\ncustomer 2: @customer1 (Some Body)\n"
    assert desk.type("erase", "2", "--yes").code == 0
    assert [row["customer"] for row in desk.queue()] == ["customer1"]


def test_retention_counts_then_erases(desk: DeskAtHand) -> None:
    desk.take_in([message(1), message(2)])
    told = desk.type("retention")
    assert told.code == 0 and "everything is kept" in told.err
    (desk.home / "settings.toml").write_text("[retention]\nall.resolved = 1\n")
    assert desk.type("resolve", str(desk.queue()[0]["id"]), "--reason", "noise").code == 0
    told = desk.type("retention")
    assert told.code == 0 and "resolved  after 1 days  0 conversations" in told.out
    told = desk.type("retention", "--apply")
    assert (told.code, told.out.splitlines()[-1]) == (0, "erased 0 conversations")


@pytest.mark.parametrize("value", ["0", "true", '"30"', "36501"])
def test_a_retention_that_cannot_be_is_named(desk: DeskAtHand, value: str) -> None:
    desk.take_in([message(1)])
    (desk.home / "settings.toml").write_text(f"[retention.all]\nresolved = {value}\n")
    told = desk.type("retention", "--apply")
    assert told.code == 2 and "settings.toml, line 2: retention.all.resolved" in told.err


def test_nothing_is_kept_going_in_a_damaged_desk(desk: DeskAtHand, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.take_in([message(1)])
    monkeypatch.setattr(soundness, "file_faults", lambda *words, **more: ["page 7 is never used"])
    told = desk.type("sync")
    assert told.code == 2
    assert (
        "desk.db is damaged (page 7 is never used)" in told.err and "Nothing was written to it." in told.err
    )
