"""A whole day's way through the commands, on a real server: connect, bring in, claim, answer, sent once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk_at_hand import DeskAtHand, message
from tests.mastodon_server import MastodonServer, token_of


@pytest.fixture
def token(tmp_path: Path) -> Path:
    """A file with the token of our account, readable for us alone."""
    file = tmp_path / "token"
    file.write_text(token_of("care") + "\n")
    file.chmod(0o600)
    return file


def add(desk: DeskAtHand, url: str, token: Path, name: str = "care") -> tuple[int, str]:
    told = desk.type("accounts", "add", "mastodon", name, "--url", url, "--token-file", str(token))
    assert token_of("care") not in told.out + told.err
    return told.code, told.err


def test_a_message_is_answered_once(desk: DeskAtHand, mastodon: MastodonServer, token: Path) -> None:
    code, said = add(desk, mastodon.url, token)
    assert code == 0 and "@care" in said
    listed = desk.type("accounts", "list", "--json").json
    assert [(row["name"], row["network"], row["handle"]) for row in listed] == [("care", "mastodon", "care")]
    assert token_of("care") not in desk.type("accounts", "list", "--json").out

    mastodon.post("ana", "@care where is my parcel?")
    synced = desk.type("sync", "--once")
    assert synced.code == 0 and "care: 1 new, 0 sent" in synced.err
    row = desk.type("next", "--json").json
    assert row["customer"] == "ana" and "parcel" in row["text"] and row["claimed_by"] == "ana"

    assert desk.type("reply", str(row["id"]), "--text", "It is on its way.").code == 0
    assert "1 sent" in desk.type("sync", "--once").err
    assert desk.type("sync", "--once").code == 0
    ours = [status for status in mastodon.statuses_of("care") if "on its way" in status["content"]]
    assert len(ours) == 1
    kept = desk.type("outbox", "--json").json[0]
    assert (kept["state"], kept["remote_id"]) == ("sent", ours[0]["id"])


def test_a_name_that_is_taken_is_refused(desk: DeskAtHand, mastodon: MastodonServer, token: Path) -> None:
    assert add(desk, mastodon.url, token)[0] == 0
    code, said = add(desk, mastodon.url, token)
    assert code == 1 and "already" in said
    assert len(desk.type("accounts", "list", "--json").json) == 1


def test_the_same_account_is_not_connected_twice(
    desk: DeskAtHand, mastodon: MastodonServer, token: Path
) -> None:
    """It would bring every message twice, and two agents would answer it."""
    assert add(desk, mastodon.url, token)[0] == 0
    code, said = add(desk, mastodon.url + "/", token, name="other")
    assert code == 1 and "@care is connected as the account care already" in said
    assert [row["name"] for row in desk.type("accounts", "list", "--json").json] == ["care"]

    another = token.with_name("ana")
    another.write_text(token_of("ana"))
    another.chmod(0o600)
    assert add(desk, mastodon.url, another, name="other")[0] == 0


def test_a_token_that_the_server_refuses_is_not_saved(
    desk: DeskAtHand, mastodon: MastodonServer, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not-a-token")
    wrong.chmod(0o600)
    code, said = add(desk, mastodon.url, wrong)
    assert code == 2 and said and "fault of its own" not in said
    assert desk.type("accounts", "list", "--json").json == []


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1", "http://care.example", "ftp://127.0.0.1", "nonsense", ""]
)
def test_a_server_that_cannot_be_asked_saves_nothing(desk: DeskAtHand, token: Path, url: str) -> None:
    code, said = add(desk, url, token)
    assert code == 2 and said and "fault of its own" not in said
    assert desk.type("accounts", "list", "--json").json == []


def test_one_account_that_fails_does_not_stop_the_others(
    desk: DeskAtHand, mastodon: MastodonServer, token: Path
) -> None:
    assert add(desk, mastodon.url, token)[0] == 0
    desk.take_in([message(1)])
    assert desk.type("reply", "1", "--text", "Here.").code == 0
    token.unlink()

    told = desk.type("sync", "--once")
    assert told.code == 1
    assert "care: " in told.err and "token file" in told.err and "import: 0 new, 1 sent" in told.err
    assert desk.type("doctor").code in (0, 1)


def test_lines_of_an_account_of_another_network_are_refused(
    desk: DeskAtHand, mastodon: MastodonServer, token: Path
) -> None:
    assert add(desk, mastodon.url, token)[0] == 0
    told = desk.take_in([message(1, account="care"), message(2)])
    assert (told.code, told.out) == (1, "imported 1, known 0, refused 1\n")


def test_the_queue_marks_a_reply_that_did_not_arrive(
    desk: DeskAtHand, mastodon: MastodonServer, token: Path
) -> None:
    assert add(desk, mastodon.url, token)[0] == 0
    mastodon.post("ana", "@care where is my parcel?")
    desk.type("sync", "--once")
    waiting = desk.queue()[0]["waiting_since"]
    for status, state in ((422, "failed"), (503, "unknown")):
        desk.type("reply", "1", "--text", "It is on its way.")
        assert desk.queue() == []
        mastodon.fault({"type": "status", "status": status}, path="/api/v1/statuses", method="POST")
        told = desk.type("sync", "--once")
        assert told.code == 0 and ("1 given up" if status == 422 else "1 waiting or unknown") in told.err
        assert f"PUBLIC  1/1 {state}  →ana" in desk.type("queue").out
        assert desk.queue()[0]["waiting_since"] == waiting
