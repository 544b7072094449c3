"""Tokens: what prints nothing, and which files are accepted."""

from __future__ import annotations

import copy
import os
import pickle
import traceback
from pathlib import Path

import pytest

from careconsole.channels.contract import ChannelError
from careconsole.channels.secret import Secret, read_token


def token_file(folder: Path, content: bytes = b"tok-123\n", mode: int = 0o600) -> Path:
    path = folder / "token"
    path.write_bytes(content)
    path.chmod(mode)
    return path


def test_a_secret_says_nothing() -> None:
    secret = Secret("tok-123")
    shown = f"{secret} {secret!r} {secret!s} {secret:>30} {[secret]} {{}} %s" % secret
    try:
        raise ValueError(secret)
    except ValueError as error:
        shown += "".join(traceback.format_exception(error))
    assert "tok-123" not in shown
    assert secret.reveal() == "tok-123"
    for write in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError, match="not written anywhere"):
            write(secret)


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_private_file_is_read_and_trimmed(tmp_path: Path, mode: int) -> None:
    assert read_token(token_file(tmp_path, b"  tok-123 \r\n\n", mode)).reveal() == "tok-123"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o700, 0o644, 0o4600])
def test_a_file_that_others_may_use_is_refused_with_the_way_out(tmp_path: Path, mode: int) -> None:
    path = token_file(tmp_path, mode=mode)
    with pytest.raises(ChannelError, match=f"chmod 600 {path}"):
        read_token(path)


def test_a_link_a_folder_a_pipe_and_nothing_are_refused(tmp_path: Path) -> None:
    path = token_file(tmp_path)
    link = tmp_path / "link"
    link.symlink_to(path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)
    for wrong, word in (
        (link, "is a link"),
        (tmp_path, "is not an ordinary file"),
        (pipe, "is not an ordinary file"),
        (tmp_path / "none", "does not exist"),
    ):
        with pytest.raises(ChannelError, match=word) as caught:
            read_token(wrong)
        assert str(wrong) in str(caught.value)


def test_a_file_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = token_file(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    with pytest.raises(ChannelError, match="belongs to another user"):
        read_token(path)


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"two words", b"a\nb", b"tok\x00", b"t\xc3\xb6k", b"x" * 5000]
)
def test_what_is_no_token_is_refused_without_showing_it(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ChannelError) as caught:
        read_token(token_file(tmp_path, content))
    assert "two words" not in str(caught.value)
    assert "is empty" in str(caught.value) or "does not hold a token" in str(caught.value)
