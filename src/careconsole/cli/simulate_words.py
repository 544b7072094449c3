"""How the figures of a simulation are printed: a table of 80 columns, JSON, or one number a row."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from careconsole.cli.printing import one_line
from careconsole.cli.report import span_words
from careconsole.cli.simulate_options import SAMPLE
from careconsole.desk.simulation import work
from careconsole.desk.simulation.arrivals import JITTER_MIN, days_of, rounds_of
from careconsole.desk.simulation.figures import Figures, Spread
from careconsole.desk.simulation.policies import Policy
from careconsole.desk.simulation.study import MOST_AGENTS, Study, Trial
from careconsole.language.coach import WORDS_A_MIN

WIDTH = 80
_LABEL = 26
_CELL = 13
_SECOND_US = 1_000_000

POLICY_WORDS = {
    Policy.FIRST_COME: "first come",
    Policy.NEWEST_FIRST: "newest first",
    Policy.STRICT_PRIORITY: "strict",
    Policy.RANK: "our rank",
}

_Cell = Callable[[Figures], str]


def words_of(name: str, found: Study) -> Iterator[str]:
    """The lines of the table, with what was simulated above and what was assumed below."""
    yield from _filled(_played(name, found))
    yield ""
    yield from _main_table(found)
    yield ""
    yield from _filled(_verdict(found))
    yield ""
    yield from _other_loads(found)
    yield ""
    yield from _filled(_assumed())


def _filled(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH)


def _played(name: str, found: Study) -> str:
    source, arrivals = found.source, found.main.arrivals
    called = "The sample recording" if name == SAMPLE else one_line(name)
    hours = (source.ends_us - source.begins_us) / 3_600_000_000
    times = rounds_of(source)
    return (
        f"{called}: {source.messages:,} messages of {len(source.people):,} customers within {hours:.1f} h; "
        f"{source.answers:,} answers of ours and {source.edits:,} later versions are left out. Played {times} "
        f"{'time' if times == 1 else 'times'} in {days_of(source)} days with {arrivals.load:g} x its customers, "
        f"each moved by up to {JITTER_MIN} min (seed {found.question.seed}): {len(arrivals.each):,} messages, "
        f"{arrivals.a_day:,.0f} a day. Agents: {found.question.agents}, day and night."
    )


def _main_table(found: Study) -> Iterator[str]:
    within = found.question.within_min
    rows: list[tuple[str, _Cell]] = [
        (f"answered in {within} min", lambda one: _share(one.attained)),
        ("own promise kept", lambda one: _share(one.kept)),
        ("wait, half", lambda one: _span(one.all.half_us)),
        ("wait, 95 %", lambda one: _span(one.all.p95_us)),
        ("wait, longest", lambda one: _span(one.all.worst_us)),
        ("emergency answered, 95 %", lambda one: _span(one.emergencies.p95_us)),
        ("emergency begun, 95 %", lambda one: _span(one.emergencies_begun.p95_us)),
        ("emergency, longest", lambda one: _span(one.emergencies.worst_us)),
        ("VIP, half", lambda one: _span(one.vips.half_us)),
        ("VIP, 95 %", lambda one: _span(one.vips.p95_us)),
        ("passed when late", lambda one: f"{one.passed:,}"),
        ("still waiting at the end", lambda one: f"{one.unanswered:,}"),
    ]
    yield _row("", [POLICY_WORDS[policy] for policy in Policy])
    for label, cell in rows:
        yield _row(label, [cell(found.main.figures[policy]) for policy in Policy])
    needed = [_agents(found.agents_needed[policy]) for policy in Policy]
    yield _row(f"agents for {_whole(found.question.share)}", needed)


def _row(label: str, cells: Sequence[str]) -> str:
    return f"{label:<{_LABEL}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.1f} %"


def _span(span_us: int | None) -> str:
    return "-" if span_us is None else span_words(round(span_us / _SECOND_US))


def _agents(needed: int | None) -> str:
    return f"over {MOST_AGENTS:,}" if needed is None else f"{needed:,}"


def _verdict(found: Study) -> str:
    """What this load is, and what the rows count."""
    ours, question = found.main.figures[Policy.RANK], found.question
    sentences = (
        "No load was found at which first come, first served answers between 60 and 80 % in time; this is the nearest."
        if question.load is None and not found.is_in_band
        else "",
        f"Among them are {ours.emergencies.count:,} emergencies and {ours.vips.count:,} waits of VIPs.",
        f"Of the time of an emergency, answering takes {_span(ours.emergencies_at_work.p95_us)} (95 %)."
        if ours.emergencies_at_work.count
        else "",
        '"Passed when late" is who had to see a later one begun, no emergency, when the promise to them had run out '
        "already: who starves.",
        f'"Agents for {_whole(question.share)}" would answer so many in {question.within_min} min.',
    )
    return " ".join(filter(None, sentences))


def _whole(share: float) -> str:
    return f"{share * 100:.0f} %"


def _other_loads(found: Study) -> Iterator[str]:
    yield f"Other loads: answered in {found.question.within_min} min; emergency answered, 95 %"
    trials = sorted((found.main, *found.others), key=lambda trial: trial.arrivals.load)
    for trial in trials:
        cells = [trial.figures[policy] for policy in Policy]
        label = f"{trial.arrivals.load:g} x, {trial.arrivals.a_day:,.0f} a day"
        yield _row(label, [_share(one.attained) for one in cells])
        yield _row("", [_span(one.emergencies.p95_us) for one in cells])


def _assumed() -> str:
    return (
        f"An answer takes {span_words(round(work.answer_mean_s()))} on average, spread lognormally (sigma "
        f"{work.SPREAD:g}, assumed), and is the same work in every order: {work.OPEN_S} s to take it and "
        f"{work.LOOK_UP_S} s to look something up (assumed), {work.ANSWER_WORDS} words (as in the sample) composed at "
        f"{work.COMPOSED_WORDS_A_MIN} a minute (Karat and others 1999) and read once more. What the customer wrote is "
        f"read at {WORDS_A_MIN} words a minute. Noise is read and ended. An answer answers all that its customer has "
        "written by then, which is one wait, and ends it. Waits last until the answer leaves; who still waits at the "
        "end counts with the time so far."
    )


def as_json(name: str, found: Study) -> dict[str, Any]:
    """Everything as a program reads it; spans in seconds."""
    source, question = found.source, found.question
    return {
        "source": {
            "name": name,
            "messages": source.messages,
            "customers": len(source.people),
            "span_s": _seconds(source.ends_us - source.begins_us),
            "answers_left_out": source.answers,
            "versions_left_out": source.edits,
            "lines_refused": source.refused,
            "messages_beyond": source.beyond,
        },
        "played": {
            "times": rounds_of(source),
            "days": days_of(source),
            "jitter_min": JITTER_MIN,
            "seed": question.seed,
        },
        "agents": question.agents,
        "within_min": question.within_min,
        "target_share": question.share,
        "answer_mean_s": round(work.answer_mean_s(), 1),
        "first_come_between_60_and_80": found.is_in_band,
        "agents_needed": {policy.value: found.agents_needed[policy] for policy in Policy},
        "at": _trial_json(found.main),
        "other_loads": [_trial_json(trial) for trial in found.others],
    }


def _trial_json(trial: Trial) -> dict[str, Any]:
    return {
        "load": trial.arrivals.load,
        "messages": len(trial.arrivals.each),
        "policies": {policy.value: _figures_json(trial.figures[policy]) for policy in Policy},
    }


def _figures_json(figures: Figures) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in asdict(figures).items():
        spread = getattr(figures, name)
        if isinstance(spread, Spread):
            told[name] = {
                "count": spread.count,
                "half_s": _seconds(spread.half_us),
                "p95_s": _seconds(spread.p95_us),
                "worst_s": _seconds(spread.worst_us),
            }
        else:
            told[name] = round(value, 4) if isinstance(value, float) else value
    return told


def _seconds(span_us: int | None) -> float | None:
    return None if span_us is None else round(span_us / _SECOND_US, 1)


def csv_lines(found: Study) -> Iterator[str]:
    """One number a row: load, policy, measure, value; spans in seconds. No cell holds foreign text."""
    yield "load,policy,measure,value"
    for trial in (found.main, *found.others):
        for policy, figures in _trial_json(trial)["policies"].items():
            for name, value in figures.items():
                parts = value.items() if isinstance(value, dict) else [("", value)]
                for part, number in parts:
                    measure = f"{name}_{part}" if part else name
                    yield f"{trial.arrivals.load:g},{policy},{measure},{'' if number is None else number}"
    for policy, needed in found.agents_needed.items():
        number = "" if needed is None else needed
        yield f"{found.main.arrivals.load:g},{policy.value},agents_needed,{number}"
