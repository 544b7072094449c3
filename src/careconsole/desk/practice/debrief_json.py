"""A debrief and the progress as JSON has them: texts as they arrived, times as seconds of the run."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from careconsole.desk.practice.debrief import SECOND_US, Debrief
from careconsole.desk.practice.drill import Drill
from careconsole.desk.practice.judging.marks import Compared, Mark, Mistake
from careconsole.desk.practice.progress import Progress, RunLine


def debrief_json(debrief: Debrief) -> dict[str, Any]:
    """The whole debrief."""
    return {
        "run": debrief.number,
        "scenario": debrief.scenario,
        "title": debrief.title,
        "seed": debrief.seed,
        "speed": debrief.speed,
        "agent": debrief.agent,
        "finished": debrief.is_finished,
        "played_s": _seconds(debrief, debrief.ended_us),
        "marks": {mark.name.value: _mark(debrief, mark) for mark in debrief.marks},
        "drill": _drill(debrief.drill),
        "conversations": [_row(row) for row in debrief.rows],
    }


def _drill(drill: Drill | None) -> dict[str, Any] | None:
    return None if drill is None else {**asdict(drill), "keys_per_item": drill.keys_per_item}


def _seconds(debrief: Debrief, us: int) -> float:
    return round((us - debrief.began_us) / SECOND_US, 3)


def _mark(debrief: Debrief, mark: Mark) -> dict[str, Any]:
    return {
        "points": mark.points,
        "right": mark.right,
        "judged": mark.judged,
        "how": mark.how,
        "left_out": dict(mark.left_out),
        "parts": [asdict(part) for part in mark.parts],
        "notes": list(mark.notes),
        "ghost": None if mark.ghost is None else {"right": mark.ghost.right, "judged": mark.ghost.judged},
        "mistakes": [_mistake(debrief, mistake) for mistake in mark.mistakes],
    }


def _mistake(debrief: Debrief, mistake: Mistake) -> dict[str, Any]:
    named = mistake.named
    return {
        "rule": mistake.rule_id,
        "name": mistake.rule.name,
        "says": mistake.rule.says,
        "at_s": _seconds(debrief, mistake.at_us),
        "said": mistake.said,
        "conversation": named.conversation_id,
        "customer": named.handle,
        "message_at_s": _seconds(debrief, named.at_us),
        "text": named.text,
    }


def _row(row: Compared) -> dict[str, Any]:
    return {
        "conversation": row.conversation_id,
        "customer": row.handle,
        "text": row.text,
        "arrived_s": round(row.arrived_s, 3),
        "answer_needed": row.is_answer_needed,
        "you": _rounded(asdict(row.you)),
        "ghost": _rounded(asdict(row.ghost)),
    }


def _rounded(side: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in side.items()}


def progress_json(progress: Progress) -> dict[str, Any]:
    """Every run, and what changed."""
    return {
        "runs": [_run(run) for run in progress.runs],
        "newest": None if progress.newest is None else progress.newest.number,
        "before": None if progress.before is None else progress.before.number,
        "changes": [asdict(change) for change in progress.changes],
    }


def _run(run: RunLine) -> dict[str, Any]:
    return {
        "run": run.number,
        "scenario": run.scenario,
        "seed": run.seed,
        "agent": run.agent,
        "date": None if run.on is None else run.on.isoformat(),
        "finished": run.is_finished,
        "marks": {name.value: points for name, points in run.points.items()},
        "keys_per_item": run.keys_per_item,
        "mistakes": dict(sorted(run.by_rule.items())),
        "trouble": run.trouble,
    }
