"""The door: reads the command line, picks a mode, and imports what that needs, not before."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from careconsole.cli.parser import DEFAULT_SPEED, make_parser
from careconsole.cli.practice_words import check_train
from careconsole.cli.printing import DONE, WRONG, OutputLost, end_output, prepare_streams, put, say

if TYPE_CHECKING:
    from careconsole.channels.recording import Recording
    from careconsole.cli.seat import Seat
    from careconsole.settings.document import Document

_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit code (0 done, 1 refused, 2 wrong use or a broken file)."""
    try:
        prepare_streams()
        code = _do(argv)
        end_output()
        return code
    except BrokenPipeError:
        _stop_writing()
        return DONE
    except OutputLost as error:
        say(str(error))
        _stop_writing()
        return WRONG
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:
        from careconsole.cli.fault import report

        sys.stderr.write(report(error))
        return WRONG


def _do(argv: Sequence[str] | None) -> int:
    try:
        options = _parsed(argv)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else DONE
    if options.command == "wallboard":
        return _open_wallboard(options)
    if options.command == "train":
        return _open_practice(options)
    if options.command is not None:
        from careconsole.cli.running import run

        return run(options)
    if not _has_terminal():
        say("The console needs a terminal. Start it in one, or use a command: careconsole --help")
        return WRONG
    return _open_console(options)


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """The options; what reads them is given up again before the work begins. Raises SystemExit."""
    parser = make_parser()
    options = parser.parse_args(argv)
    _check(parser, options)
    return options


def _check(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End with a complaint where options do not go together."""
    if options.command == "train":
        check_train(parser, options)
    for name in ("speed", "fresh"):
        if getattr(options, name) and (options.command is not None or not options.sample):
            parser.error(f"--{name} goes with --sample and without a command")


def _has_terminal() -> bool:
    """Whether keys come from a terminal and the screen goes to one; Textual draws on standard error."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def _stop_writing() -> None:
    """Whoever read our output has gone: send the rest nowhere, so that closing does not complain."""
    if sys.stdout is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _open_wallboard(options: argparse.Namespace) -> int:
    from careconsole.cli.told import told

    if options.serve is not None:
        return told(lambda: _serve_wallboard(options))
    from careconsole.console.wallboard.serving.child import is_behind_page

    if not _has_terminal() and not is_behind_page(os.environ):
        say("The wallboard needs a terminal, or --serve. In a script, use: careconsole report --json")
        return WRONG
    return told(lambda: _run_wallboard(options))


def _run_wallboard(options: argparse.Namespace) -> int:
    seat, document = _seat_at_wallboard(options)
    from careconsole.cli.since import since_at
    from careconsole.console.wallboard.app import run_wallboard
    from careconsole.model.instant import from_us, to_us

    def begins_us(now_us: int) -> int:
        return to_us(since_at(options.since, from_us(now_us).astimezone()))

    return run_wallboard(seat.home, seat.agent, document, begins_us, options.theme)


def _seat_at_wallboard(options: argparse.Namespace) -> tuple[Seat, Document]:
    """Who looks, and the settings; a window that lies ahead is refused. Raises SettingsError and Wrong."""
    from datetime import datetime

    from careconsole.cli.seat import plain_seat, word_fault
    from careconsole.cli.window import window_since_us
    from careconsole.settings.document import SETTINGS_FILE, read_settings

    seat = plain_seat(options)
    document = read_settings(seat.home / SETTINGS_FILE, word_fault)
    window_since_us(options.since, datetime.now().astimezone())
    return seat, document


def _serve_wallboard(options: argparse.Namespace) -> int:
    """Show the wallboard to browsers, each of which gets one of its own."""
    seat, _ = _seat_at_wallboard(options)
    from careconsole.console.wallboard.app import theme_of
    from careconsole.console.wallboard.serving.child import Wall
    from careconsole.console.wallboard.serving.program import CannotServe, serve_wallboard

    theme_of(seat.home, options.theme)
    wall = Wall(seat.home.absolute(), seat.agent, options.since, options.theme)
    try:
        return serve_wallboard(wall, options.serve, _put_at_once, say)
    except CannotServe as error:
        say(str(error))
        return WRONG


def _put_at_once(line: str) -> None:
    put(line)
    end_output()


def _open_practice(options: argparse.Namespace) -> int:
    """Practise; before anything else everything that could reach somebody is shut out."""
    from careconsole.desk.practice.isolation import NotIsolated, isolate

    try:
        isolate()
    except NotIsolated as error:
        say(str(error))
        return WRONG
    from careconsole.cli.told import told

    return told(lambda: _practise(options))


def _practise(options: argparse.Namespace) -> int:
    from careconsole.cli import train
    from careconsole.cli.seat import rules_from, word_fault

    if options.list:
        return train.show_list(options)
    if options.debrief is not None or options.progress:
        return _tell_of_practice(options)
    if options.repeat is not None:
        run, scenario = train.run_to_repeat(options)
        from careconsole.console.practice.program import repeat_run

        return train.compare(run, repeat_run(run, scenario, rules_from=rules_from, word_fault=word_fault))
    chosen = train.chosen(options)
    if not _has_terminal():
        say("Practice needs a terminal: start it in one. careconsole train --list shows what there is.")
        return WRONG
    from careconsole.cli.debriefing import played_of
    from careconsole.console.practice.program import begin, run_training

    run = begin(
        chosen.home,
        chosen.scenario,
        speed=options.train_speed,
        agent=train.agent(options),
        source=chosen.source,
        own=chosen.own,
    )
    return run_training(
        run,
        chosen.scenario,
        rules_from=rules_from,
        word_fault=word_fault,
        theme=options.theme,
        played_of=played_of,
    )


def _tell_of_practice(options: argparse.Namespace) -> int:
    """What came of past runs, printed, written, or shown on a screen."""
    from careconsole.cli import debriefing

    if options.progress:
        return debriefing.show_progress(options)
    if options.text or options.json or options.html is not None:
        return debriefing.show_debrief(options)
    if not _has_terminal():
        say(
            "The debrief needs a terminal. Without one: careconsole train --debrief --text, --html FILE or --json"
        )
        return WRONG
    past = debriefing.past_run(options)
    from careconsole.console.practice.debrief_app import run_debrief
    from careconsole.console.practice.debrief_screen import Told

    return run_debrief(Told(past.debrief, past.progress, past.run.folder), past.run.home, options.theme)


def _open_console(options: argparse.Namespace) -> int:
    """Open the console on the real desk or the sample desk; an error with words for a person gives 2."""
    from careconsole.cli.told import told

    return told(lambda: _run_console(options))


def _run_console(options: argparse.Namespace) -> int:
    from careconsole.cli.seat import home_from, roles_file_of, rules_from, sitting_at, word_fault
    from careconsole.settings.document import SETTINGS_FILE
    from careconsole.settings.roles import RolesWatch
    from careconsole.settings.watching import Watch

    home = home_from(options)
    sitting = sitting_at(home, options)
    recording = None
    if options.sample:
        recording = _prepare_sample(home, options.fresh)
    else:
        _prepare(home)
    watch = Watch.begin(home / SETTINGS_FILE, word_fault)
    roles = RolesWatch(roles_file_of(home), sitting)
    from careconsole.console.app import run_console

    return run_console(
        home=home,
        agent=sitting.agent,
        roles=roles,
        watch=watch,
        rules_from=rules_from,
        theme=options.theme,
        recording=recording,
        speed=(options.speed or DEFAULT_SPEED) if options.sample else 1.0,
    )


def _prepare(home: Path) -> None:
    """Make the home of the real desk; it is never that of the sample."""
    from careconsole.cli.seat import Wrong
    from careconsole.settings.home import is_sample_home, make_home

    if is_sample_home(home):
        raise Wrong(f"{home} is the sample desk. Open it with --sample, or name another home.")
    make_home(home)


def _prepare_sample(home: Path, fresh: bool) -> Recording:
    """Make the home of the sample desk, anew if asked to; the recording that it plays."""
    from careconsole.channels.recording import load_recording
    from careconsole.settings.bundled import bundled
    from careconsole.settings.home import clear_sample_home, make_sample_home

    recording = load_recording(bundled("samples") / "desk.jsonl")
    if fresh:
        clear_sample_home(home)
    make_sample_home(home)
    return recording


if __name__ == "__main__":
    sys.exit(main())
