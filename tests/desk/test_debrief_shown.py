"""A debrief as text and as one HTML file: the same every time, within its width, and nothing foreign gets loose."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.desk.practised import FINE, Practised, practising

from careconsole.console.text import clock_text
from careconsole.desk.practice.columns import columns, cut, filled, wrapped
from careconsole.desk.practice.debrief import Debrief
from careconsole.desk.practice.debrief_html import html_of
from careconsole.desk.practice.debrief_json import debrief_json, progress_json
from careconsole.desk.practice.debrief_text import clock, outline, text_of
from careconsole.desk.practice.judging.acknowledgement import span_words
from careconsole.desk.practice.judging.rules import MarkName
from careconsole.desk.practice.progress import RunLine, compared, debrief_of, progress_lines, progress_of
from careconsole.desk.practice.run import Run
from careconsole.desk.practice.scenario import Scenario
from careconsole.model.message import Kind
from careconsole.store.contract import StoreError

GOLDEN = Path(__file__).with_name("debrief.txt")
HOSTILE = '</span></details><script>alert(1)</script><img src="http://evil.example/x" onerror=x> \x1b[31m\u202eabc & <b>'


async def a_mixed_run(run: Practised) -> None:
    """Some of everything."""
    card = await run.hears(
        "a", "ann", "My card 4111 1111 1111 1111 was charged twice!", kind=Kind.COMPLAINT, ack_min=10
    )
    praise = await run.hears("b", "bob", "What a lovely shop!", kind=Kind.PRAISE)
    run.minute(1)
    await run.answers(praise, "Thank you!")
    await run.resolves(praise)
    run.minute(3)
    opening = await run.hears("c", "小明", "请问你们周一几点开门？", want="public", why="Others ask it too.")
    run.minute(12)
    await run.answers(card, f"It is only a small delay. {FINE}")
    run.minute(14)
    await run.claims(opening)
    await run.resolves(opening, "no_reply")
    await run.hears("d", "dora-with-a-name-that-is-long", "Is anybody there? " * 12, kind=Kind.COMPLAINT)


async def mixed(folder: Path, minute: float = 30) -> Debrief:
    async with practising(folder) as run:
        await a_mixed_run(run)
        return await run.debriefed(minute)


async def hostile(folder: Path) -> Debrief:
    async with practising(folder) as run:
        talk = await run.hears("a", HOSTILE.replace("\x1b", "")[:40], HOSTILE, want="private", why=HOSTILE)
        await run.answers(talk, HOSTILE)
        return await run.debriefed(30)


async def test_the_text_is_the_golden_one(tmp_path: Path) -> None:
    told = text_of(await mixed(tmp_path / "run"))
    if os.environ.get("CARECONSOLE_PICTURES") == "draw":
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")


async def test_no_line_is_wider_than_its_width(tmp_path: Path) -> None:
    for found in (await mixed(tmp_path / "a"), await hostile(tmp_path / "b")):
        assert max(columns(line) for line in text_of(found).splitlines()) <= 80
        for line in outline(found, 74):
            assert columns(line.text) <= 74, line
        places = [line.mistake for line in outline(found, 80) if line.mistake is not None]
        assert places == list(range(len(found.mistakes)))


async def test_both_forms_are_the_same_every_time(tmp_path: Path) -> None:
    first, second = await mixed(tmp_path / "a"), await mixed(tmp_path / "b")
    assert text_of(first) == text_of(second) and html_of(first) == html_of(second)
    assert json.dumps(debrief_json(first)) == json.dumps(debrief_json(second))


class _Page(HTMLParser):
    """What a browser would find in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


TAGS = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "ul", "li", "b", "span", "div", "blockquote",
    "bdi", "details", "summary", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


async def test_the_page_holds_nothing_but_itself(tmp_path: Path) -> None:
    found = await hostile(tmp_path / "run")
    told = html_of(found)
    page = _Page(told)
    assert page.open == [] and {tag for tag, _ in page.tags} <= TAGS
    attributes = {name for _, attrs in page.tags for name in attrs}
    assert attributes <= {"lang", "charset", "http-equiv", "content", "name", "class", "dir"}
    unescaped = re.sub(r"<style>.*?</style>", "", told, flags=re.DOTALL)
    assert "url(" not in told and "@import" not in told and "<script" not in told and "<img" not in told
    assert "\x1b" not in unescaped and "\u202e" not in unescaped
    assert any("<script>alert(1)</script>" in text for text in page.texts), "it is shown as text"


async def test_the_policy_of_the_page_allows_its_own_style_alone(tmp_path: Path) -> None:
    told = html_of(await mixed(tmp_path / "run"))
    page = _Page(told)
    policy = next(attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv"))
    style = re.search(r"<style>(.*?)</style>", told, re.DOTALL)
    assert policy is not None and style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
    assert "prefers-color-scheme: dark" in style[1] and "@media print" in style[1]


async def test_json_names_every_mistake_and_keeps_the_texts(tmp_path: Path) -> None:
    found = await hostile(tmp_path / "run")
    told = json.loads(json.dumps(debrief_json(found)))
    mistakes = told["marks"]["visibility"]["mistakes"]
    assert [each["rule"] for each in mistakes] == ["private-matter"] and mistakes[0]["text"] == HOSTILE
    assert told["marks"]["order"]["points"] == 100 and told["played_s"] == 1800


# Progress


async def two_runs(folder: Path) -> tuple[list[Run], Scenario]:
    async with practising(folder / "one") as run:
        await a_mixed_run(run)
        run.minute(30)
        runs = [run.run(30, 1)]
        scenario = run.scenario()
    async with practising(folder / "two") as run:
        talk = await run.hears("a", "ann", "My card was charged twice!", kind=Kind.COMPLAINT)
        run.minute(2)
        await run.answers(talk, f"You just need to wait. {FINE}")
        runs.append(run.run(30, 2))
    return runs, scenario


async def test_progress_is_counted_from_the_records(tmp_path: Path) -> None:
    runs, scenario = await two_runs(tmp_path)
    found = await progress_of(runs, lambda run: (scenario, None))
    assert [line.number for line in found.runs] == [1, 2] and found.before is found.runs[0]
    changes = {change.name: (change.before, change.now, change.is_better) for change in found.changes}
    assert changes["answer-in-time"] == (1, 0, True) and changes["order"][2]
    told = "\n".join(line.text for line in progress_lines(found, 80))
    assert "Better, run 2 against run 1: " in told and "answer-in-time 1 time -> 0" in told
    assert max(columns(line) for line in told.splitlines()) <= 80
    assert progress_json(found)["runs"][0]["mistakes"]["answer-in-time"] == 1
    assert "<h2>Progress</h2>" in html_of(await debrief_of(runs[1], scenario), found)


async def test_a_run_that_cannot_be_read_has_a_sentence_and_spoils_no_other(tmp_path: Path) -> None:
    runs, scenario = await two_runs(tmp_path)
    (tmp_path / "one" / "desk.db").write_bytes(b"")
    found = await progress_of(runs, lambda run: (scenario, None))
    assert "is empty" in found.runs[0].trouble and found.runs[1].points[MarkName.TONE] == 0
    assert found.before is None
    (tmp_path / "one" / "desk.db").unlink()
    with pytest.raises(StoreError, match="Run 1 has no record"):
        await debrief_of(runs[0], scenario)
    assert (
        sorted(path.name for path in (tmp_path / "one").iterdir() if not path.name.startswith("desk.db-"))
        == []
    )
    told = "\n".join(
        line.text for line in progress_lines(await progress_of(runs, lambda run: (scenario, None)), 80)
    )
    assert "has no record" in told and "There is no earlier run to compare with." in told


def _line(number: int, scenario: str, agent: str = "ana", order: int | None = 50, **rules: int) -> RunLine:
    return RunLine(number, scenario, 1, agent, None, True, {MarkName.ORDER: order}, rules)


def test_a_run_is_compared_with_one_of_its_own_kind() -> None:
    lines = [
        _line(1, "storm", order=40),
        _line(2, "storm", "ben"),
        _line(3, "troll"),
        _line(4, "storm", order=60),
    ]
    found = compared(lines)
    assert found.before is lines[0] and [(each.name, each.is_better) for each in found.changes] == [
        ("order", True)
    ]
    found = compared([*lines, _line(5, "calm-morning", order=60, **{"urgent-first": 2})])
    assert found.before is lines[3]
    assert [(each.name, each.before, each.now, each.is_better) for each in found.changes] == [
        ("urgent-first", 0, 2, False)
    ]
    assert compared([]).newest is None and [line.text for line in progress_lines(compared([]), 80)] == [
        "No practice run yet."
    ]


def test_a_run_in_which_nothing_was_judged_is_not_called_better() -> None:
    before = replace(
        _line(1, "storm", blame=2, **{"urgent-first": 3}), points={MarkName.TONE: 0, MarkName.ORDER: 20}
    )
    idle = _line(2, "storm", order=None)
    assert compared([before, idle]).changes == ()
    answered = replace(idle, points={MarkName.TONE: 0})
    assert [(each.name, each.is_better) for each in compared([before, answered]).changes] == [("blame", True)]


# Columns


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0:00"),
        (59.6, "0:59"),
        (59.9999999, "1:00"),
        (760, "12:40"),
        (3760, "1:02:40"),
        (-300, "-5:00"),
        (-0.2, "0:00"),
    ],
)
def test_a_time_of_the_run(seconds: float, words: str) -> None:
    assert clock(seconds) == words


@given(us=st.integers(0, 7_200_000_000))
def test_a_span_in_words_a_clock_and_the_queue_round_alike(us: int) -> None:
    seconds = us // 1_000_000
    told = [int(part) for part in re.findall(r"\d+", span_words(us))]
    if seconds < 3600:
        minutes, over = divmod(seconds, 60)
        assert told in ([over], [minutes], [minutes, over]) and clock(us / 1e6) == f"{minutes}:{over:02}"
    else:
        assert clock(us / 1e6).split(":")[:2] == [str(told[0]), f"{told[1]:02}"]
    if 60 <= seconds < 600:
        assert clock_text(us / 1e6) == f"{told[0]}m"


def test_columns_count_wide_letters_twice() -> None:
    assert (
        columns("开门a\u0301") == 5
        and cut("开门时间", 5) == "开门…"
        and filled("开", 4, right=True) == "  开"
    )
    assert wrapped("aa bb cc", 8) == ["aa bb cc"] and wrapped("aaaa bbbb cc", 9) == ["aaaa bbbb", "cc"]
    assert "".join(wrapped("x" * 50, 20)) == "x" * 50 and wrapped("", 20) == [""]
    assert wrapped("y " + "x" * 30, 12, "  ") == ["  y xxxxxxxx", "  xxxxxxxxxx", "  xxxxxxxxxx", "  xx"]
