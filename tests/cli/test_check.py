"""`careconsole check -`: coach and guard of drafts, one JSON object a line, without a desk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from careconsole.cli.parser import KINDS
from careconsole.model.message import Kind

HERE = Path(__file__).parents[1]


def check(lines: bytes, home: Path, *words: str, code: int = 0) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "careconsole", "check", "-", *words],
        input=lines,
        capture_output=True,
        env={**os.environ, "CARECONSOLE_HOME": str(home), "PYTHONIOENCODING": "ascii"},
        timeout=15,
    )
    assert done.returncode == code, done.stderr
    if code:
        return [{"said": done.stderr.decode()}]
    assert not done.stderr
    return [json.loads(line) for line in done.stdout.decode("ascii").split("\n")[:-1]]


def test_every_line_has_its_object_and_no_home_is_made(tmp_path: Path) -> None:
    drafts = [
        "Just click the link.",
        "",
        "Sie hätten das lesen sollen.\nRuf +49 171 3920012 an",
        "{{ me }} 😀",
        "\ud800",
    ]
    lines = "\n".join([drafts[0], drafts[1], *(json.dumps(draft) for draft in drafts[2:])])
    told = check(lines.encode(), tmp_path / "home")

    assert not (tmp_path / "home").exists()
    assert len(told) == 5 and all(list(one) == ["words", "reading_s", "notes", "findings"] for one in told)
    assert told[1] == {"words": 0, "reading_s": 0, "notes": [], "findings": []}
    assert [(one["words"], one["reading_s"]) for one in told[:3]] == [(4, 1), (0, 0), (10, 3)]
    [note] = told[0]["notes"]
    assert (note["what"], note["start"], note["end"]) == ("belittling", 0, 10) and '"Just click"' in note[
        "reason"
    ]
    assert [note["what"] for note in told[2]["notes"]] == ["blame"]
    [finding] = told[2]["findings"]
    assert (
        finding["what"] == "phone"
        and drafts[2][finding["start"] : finding["end"]] == finding["text"] == "+49 171 3920012"
    )
    assert told[3]["findings"] == [{"what": "open hole", "start": 0, "end": 8, "text": "{{ me }}"}]


def test_kind_language_and_house_voice_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "voice.toml").write_text(
        "[all]\norders = ['VX\\d{6}']\n[all.en]\ninstead = {ticket = 'request'}\n[other.en]\nsign_off = 'Yours, {{me}}'\n"
    )
    line = b"Your ticket VX123456 is open.\n"
    [told] = check(line, tmp_path, "--kind", "complaint", "--language", "en")
    assert [note["what"] for note in told["notes"]] == ["no acknowledgement", "no next step", "house word"]
    assert [finding["what"] for finding in told["findings"]] == ["order"]
    [told] = check(line, tmp_path, "--brand", "other", "--agent", "ana", "--language", "en")
    assert [note["what"] for note in told["notes"]] == ["sign-off"] and '"Yours, ana"' in told["notes"][0][
        "reason"
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["voice.toml"]


def test_a_broken_voice_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "voice.toml").write_text("[all.de]\naddress = 'Er'\n")
    [told] = check(b"x\n", tmp_path, code=2)
    assert "voice.toml, line 2: all.de.address" in told["said"]


def test_the_kinds_are_those_of_the_model() -> None:
    assert tuple(KINDS) == tuple(kind.value for kind in Kind)


def test_a_thousand_drafts_are_soon_checked(tmp_path: Path) -> None:
    texts = []
    for name in ("tone_en", "tone_de", "tone_ru", "tone_zh", "tone_hr", "tone_et"):
        rows = (HERE / "language" / f"{name}.txt").read_text("utf-8").splitlines()
        texts += [row.split("\t")[1] + " Call 0171 3920012 or write to ana@example.org." for row in rows]
    begun = time.monotonic()
    told = check("\n".join((texts * 2)[:1000]).encode(), tmp_path / "home")
    assert len(told) == 1000 and time.monotonic() - begun < 6
