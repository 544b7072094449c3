"""A debrief as one HTML file that needs nothing else: no script, no picture, no address outside."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from careconsole.desk.practice.debrief import Debrief
from careconsole.desk.practice.debrief_text import (
    GHOST_SAYS,
    TABLE_HEADS,
    UNFINISHED,
    Look,
    asides,
    cells_of,
    counted,
    into_run,
    points_words,
    run_words,
    said_of,
)
from careconsole.desk.practice.drill import drill_sentences
from careconsole.desk.practice.judging.marks import Mark, Mistake, ThreadLine
from careconsole.desk.practice.judging.rules import RULES
from careconsole.desk.practice.progress import Progress, rules_words, run_cells, sentences_of
from careconsole.model.text_gate import safe_block, safe_line

_THREAD_CHARS = 2_000
"""So much of each message of a thread is shown."""

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #57606a; --line: #d0d7de;
  --good: #116329; --bad: #a40e26; --tint: #f6f8fa; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --paper: #0d1117; --soft: #9da7b3; --line: #30363d; --good: #56d364; --bad: #ff7b72;
    --tint: #161b22; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .25rem; }
h3 { font-size: 1rem; margin: 1rem 0 0; } p { margin: .25rem 0; } .soft { color: var(--soft); }
.good { color: var(--good); } .bad { color: var(--bad); }
.marks { display: flex; flex-wrap: wrap; gap: .75rem; list-style: none; padding: 0; margin: 1rem 0; }
.marks li { flex: 1 1 8rem; border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .8rem; }
.marks b { display: block; font-size: 1.8rem; line-height: 1.2; } .marks .none b { font-size: 1rem; line-height: 2.16rem; }
.mistake { border-left: .2rem solid var(--bad); padding: .1rem .8rem; margin: .6rem 0; break-inside: avoid; }
blockquote { margin: .25rem 0; } details { margin: .25rem 0; } summary { cursor: pointer; color: var(--soft); }
.said { background: var(--tint); border: 1px solid var(--line); border-radius: .4rem; padding: .3rem .6rem;
  margin: .3rem 0; white-space: pre-wrap; } .ours { margin-left: 2rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: right; padding: .2rem .5rem; border-bottom: 1px solid var(--line);
  font-variant-numeric: tabular-nums; white-space: nowrap; }
th.left, td.left { text-align: left; white-space: normal; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } h2 { break-after: avoid; } }
""".strip()


def html_of(debrief: Debrief, progress: Progress | None = None) -> str:
    """The debrief as one file; the same debrief gives the same file, byte for byte."""
    digest = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = f"Practice run {debrief.number}: {_safe(debrief.title)}"
    body = "\n".join(
        [
            *_head(debrief, title),
            *_sections(debrief),
            *_table(debrief),
            *_drill(debrief),
            *_progress(progress),
        ]
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _safe(text: str, max_chars: int = 400) -> str:
    """Foreign text on one line, through the gate, as text of HTML."""
    return escape(safe_line(text, max_chars=max_chars).text)


def _isolated(text: str) -> str:
    """Foreign text that cannot turn the direction of what stands around it."""
    return f"<bdi>{_safe(text)}</bdi>"


def _head(debrief: Debrief, title: str) -> Iterator[str]:
    yield f"<h1>{title}</h1>"
    yield f'<p class="soft">{escape(run_words(debrief))}</p>'
    if not debrief.is_finished:
        yield f'<p class="bad">{escape(UNFINISHED)}</p>'
    yield '<ul class="marks">'
    for mark in debrief.marks:
        look = ' class="none"' if mark.points is None else ""
        ghost = (
            f"; ghost {mark.ghost.right} of {mark.ghost.judged}" if mark.ghost and mark.ghost.judged else ""
        )
        share = "" if mark.points is None else f"{mark.right} of {mark.judged} right{ghost}"
        yield (
            f"<li{look}>{mark.name.value.capitalize()} <b>{points_words(mark.points)}</b>"
            f'<span class="soft">{share}</span></li>'
        )
    yield "</ul>"


def _sections(debrief: Debrief) -> Iterator[str]:
    for mark in debrief.marks:
        of = "" if mark.points is None else " of 100"
        yield f"<h2>{mark.name.value.capitalize()}: {points_words(mark.points)}{of}</h2>"
        yield f'<p class="soft">{escape(mark.how)}</p>'
        yield from (f'<p class="soft">{escape(sentence)}</p>' for sentence in asides(mark))
        yield from _mistakes(debrief, mark)


def _mistakes(debrief: Debrief, mark: Mark) -> Iterator[str]:
    rule_id = ""
    for mistake in mark.mistakes:
        if mistake.rule_id != rule_id:
            rule_id = mistake.rule_id
            rule = RULES[rule_id]
            yield f"<h3>{escape(rule.name)}</h3>\n<p>{escape(rule.says)}</p>"
        yield from _mistake(debrief, mistake)


def _mistake(debrief: Debrief, mistake: Mistake) -> Iterator[str]:
    named = mistake.named
    when = into_run(named.at_us, debrief.began_us)
    yield '<div class="mistake">'
    yield f"<p><b>{into_run(mistake.at_us, debrief.began_us)}</b> {escape(said_of(mistake))}</p>"
    yield (
        f'<blockquote class="soft">#{named.conversation_id} @{_isolated(named.handle)} at {when}: '
        f"{_isolated(named.text)}</blockquote>"
    )
    thread = debrief.threads.get(named.conversation_id, ())
    if thread:
        yield f"<details><summary>The thread, {counted(len(thread), 'message')}</summary>"
        yield from (_said(debrief, line) for line in thread)
        yield "</details>"
    yield "</div>"


def _said(debrief: Debrief, line: ThreadLine) -> str:
    eyes = "in public" if line.is_public else "in private"
    who = f"{_isolated(line.who)}, {eyes}" if line.is_ours else f"@{_isolated(line.who)}, {eyes}"
    text = escape(safe_block(line.text, max_chars=_THREAD_CHARS).text)
    ours = " ours" if line.is_ours else ""
    return (
        f'<div class="said{ours}"><span class="soft">{into_run(line.at_us, debrief.began_us)} {who}</span>\n'
        f'<span dir="auto">{text}</span></div>'
    )


def _table(debrief: Debrief) -> Iterator[str]:
    yield f'<h2>You and the ghost</h2>\n<p class="soft">{escape(GHOST_SAYS)}</p>'
    if not debrief.rows:
        yield "<p>Nobody wrote.</p>"
        return
    yield from _rows(TABLE_HEADS, (cells_of(row) for row in debrief.rows), left=(1,))


def _rows(heads: Sequence[str], rows: Iterable[Sequence[str]], left: tuple[int, ...]) -> Iterator[str]:
    def cells(tag: str, texts: Sequence[str]) -> str:
        looks = [' class="left"' if place in left else "" for place in range(len(texts))]
        return "".join(
            f"<{tag}{look}>{escape(text)}</{tag}>" for look, text in zip(looks, texts, strict=True)
        )

    yield f'<div class="scroll"><table>\n<thead><tr>{cells("th", heads)}</tr></thead>\n<tbody>'
    yield from (f"<tr>{cells('td', row)}</tr>" for row in rows)
    yield "</tbody></table></div>"


def _drill(debrief: Debrief) -> Iterator[str]:
    if debrief.drill is not None:
        yield "<h2>Keys</h2>"
        yield from (f"<p>{_safe(sentence, 2_000)}</p>" for sentence in drill_sentences(debrief.drill))


def _progress(progress: Progress | None) -> Iterator[str]:
    if progress is None or len(progress.runs) < 2:
        return
    yield "<h2>Progress</h2>"
    heads = (
        "run",
        "date",
        "scenario",
        "seed",
        "order",
        "visibility",
        "acknowledgement",
        "tone",
        "resolution",
        "mistakes",
        "keys",
        "of rules",
    )
    rows = [
        (*run_cells(run), rules_words(run))
        if not run.trouble
        else (*run_cells(run), safe_line(run.trouble).text)
        for run in progress.runs
    ]
    yield from _rows(heads, rows, left=(1, 2, 11))
    looks = {Look.GOOD: "good", Look.BAD: "bad", Look.PLAIN: "soft"}
    for sentence, look in sentences_of(progress):
        yield f'<p class="{looks[look]}">{escape(sentence)}</p>'
