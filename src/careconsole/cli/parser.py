"""The command line: every sub-command and option with its help. Loads nothing but the standard library."""

from __future__ import annotations

import argparse
import math
from typing import NoReturn

from careconsole import __version__
from careconsole.cli.approval_words import add_approvals
from careconsole.cli.practice_words import add_practice
from careconsole.cli.recovery_words import add_recovery
from careconsole.cli.serve_words import add_serve
from careconsole.cli.simulate_options import add_simulate
from careconsole.cli.since import since
from careconsole.cli.snippet_words import add_snippets
from careconsole.model.text_gate import safe_line

VISIBILITIES = ("public", "private", "note")
REASONS = ("answered", "no_reply", "noise", "provocation", "duplicate")
NETWORKS = ("mastodon",)
KINDS = ("question", "complaint", "praise", "idea", "brand_talk", "noise")
DEFAULT_SPEED = 4.0
FASTEST = 1000.0
LARGEST_ID = 2**63 - 1

_DESCRIPTION = """\
The agent console for social customer care: one queue in order of urgency, the thread, your answer.

To look around:       careconsole --sample
With your messages:   careconsole import messages.jsonl        (one JSON object a line)
  or an account:      careconsole accounts add mastodon NAME --url URL --token-file FILE
  and then:           careconsole
"""

_EPILOG = """\
environment:
  CARECONSOLE_HOME   the folder of the desk, as --home
  CARECONSOLE_AGENT  your name at the desk, as --agent
  NO_COLOR           no colours

exit codes:
  0  done
  1  refused: somebody else holds it, nothing to take, lines refused, an account failed
  2  wrong use, unknown id, no desk, unreadable or broken file

Data goes to standard output, messages to standard error. "careconsole COMMAND --help" tells more.
"""


_IMPORT_LINE = """\
a line:
  {"id": "41", "author": {"handle": "dana"}, "text": "Where is it?", "at": "2026-03-01T12:05:00Z"}
  These four are required. Further keys: account, direction (in, out), visibility (public, private), reply_to,
  kind, parent, attachments, edited_at, deleted_at; author has name and reach too.

  The same id with another text is an edit; without edited_at the later line is the newer one.
  "direction": "out" is our own earlier answer, its author we or the customer. It belongs to the message in
  reply_to, else to the customer whom author.handle names, else to the one whom its text addresses (@dana ...),
  else to the line before it of the same account. It answers what that customer wrote before it.
"""


_QUERY = """\
a query, all of which must hold:
  parcel broken            words, in any order; the last one may be a beginning; case and accents do not matter
  '"where is"'             these words just so (the quotes of the query within those of the shell)
  dana  @dana  DE-4711     who wrote or was answered; an order number
  lang:de  kind:complaint  account:shop        several of a kind: one of them
  owner:ana  team:billing  whose it is, and which team it was given to
  mine waiting late pending resolved draft snoozed vip tier0
  @angry                   a view of the settings
"""


class Parser(argparse.ArgumentParser):
    """A parser whose complaints, which repeat what was typed, are safe to print."""

    def error(self, message: str) -> NoReturn:
        """Print usage and the complaint to standard error, and exit with 2."""
        super().error(safe_line(message).text)


def make_parser() -> Parser:
    """The parser of the whole command line.

    A parsed line has `command` (None: open the console), for `accounts` also `action`, and the options.
    """
    parser = Parser(
        prog="careconsole",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"careconsole {__version__}")
    _add_common(parser, default=None)
    sample = parser.add_argument_group("sample desk")
    sample.add_argument(
        "--sample",
        action="store_true",
        help="a desk that plays a recording, in a home of its own; no account",
    )
    sample.add_argument(
        "--speed",
        type=_speed,
        metavar="N",
        help=f"how many times faster it plays (default {DEFAULT_SPEED:g})",
    )
    sample.add_argument("--fresh", action="store_true", help="begin the sample desk anew")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", required=False)
    _add_queue(commands)
    _add_replies(commands)
    add_approvals(commands, _add, _text)
    _add_intake(commands)
    _add_accounts(commands)
    add_snippets(commands, _add)
    _add_reading(commands)
    _add_numbers(commands)
    add_practice(commands, _add, _text)
    add_simulate(commands, _add)
    add_recovery(commands, _add)
    return parser


_Commands = argparse._SubParsersAction  # argparse has no public name for what add_subparsers returns


def _add_common(parser: argparse.ArgumentParser, default: str | None) -> None:
    """The options that may stand before or after a sub-command."""
    group = parser.add_argument_group("where and who")
    group.add_argument("--home", metavar="DIR", default=default, help="folder of the desk")
    group.add_argument("--agent", metavar="NAME", default=default, help="your name at the desk")
    group.add_argument("--theme", metavar="NAME", default=default, help="theme of the console")


def _add(commands: _Commands[Parser], name: str, help_text: str, *, more: str = "") -> Parser:
    """A sub-command. Its common options set nothing unless typed, so that those before it hold."""
    command = commands.add_parser(
        name,
        help=help_text,
        description=f"{help_text[:1].upper()}{help_text[1:]}. {more}",
        allow_abbrev=False,
    )
    _add_common(command, default=argparse.SUPPRESS)
    return command


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON, with every text as it arrived")


def _add_id(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", metavar="ID", type=_id, help="number of the conversation")


def _add_queue(commands: _Commands[Parser]) -> None:
    queue = _add(commands, "queue", "list the conversations that wait, most urgent first")
    queue.add_argument("--limit", type=_count, metavar="N", help="at most so many")
    queue.add_argument("--asleep", action="store_true", help="those that come back by themselves instead")
    _add_json(queue)
    find = _add(
        commands,
        "find",
        "find conversations, resolved ones too, by words, names, order numbers and filters",
        more="What waits stands first, most urgent first; then the others, newest first. Nothing found is no error.",
    )
    find.formatter_class = argparse.RawDescriptionHelpFormatter
    find.epilog = _QUERY
    find.add_argument("query", metavar="QUERY", type=_text, nargs="+", help="words and filters; see below")
    find.add_argument("--limit", type=_count, metavar="N", default=100, help="at most so many (default 100)")
    _add_json(find)
    _add_json(_add(commands, "next", "claim the most urgent conversation that nobody holds"))
    for name, help_text in (
        ("why", "say why a conversation stands where it stands, term by term"),
        ("show", "print a conversation with its thread"),
    ):
        command = _add(commands, name, help_text)
        _add_id(command)
        _add_json(command)
    _add_id(_add(commands, "claim", "hold a conversation for two minutes, so that nobody else answers it"))
    released = _add(commands, "release", "give a conversation back: it is for all again, or for its team")
    _add_id(released)
    _add_from(released, "free what this agent holds; who may reassign")
    _add_assign(commands)
    resolve = _add(
        commands, "resolve", "end a conversation that is free or yours", more="What is queued is sent."
    )
    _add_id(resolve)
    resolve.add_argument(
        "--reason", choices=REASONS, default="answered", help="how it ended (default: answered)"
    )
    _add_coming_back(commands)


def _add_assign(commands: _Commands[Parser]) -> None:
    assign = _add(
        commands,
        "assign",
        "give a conversation that is free or yours to a person, a team or senior",
        more="What is said with it becomes one note of the team. Since when the customer waits does not change.",
    )
    _add_id(assign)
    assign.add_argument("--to", type=_text, required=True, metavar="NAME", help="an agent, a team, or senior")
    for name, help_text in (
        ("done", "what was done"),
        ("promised", "what the customer was promised"),
        ("next", "what is to be done next"),
    ):
        assign.add_argument(f"--{name}", type=_text, metavar="T", default="", help=help_text)
    _add_from(assign, "take it from this agent, who holds it; who may reassign")


def _add_from(command: Parser, help_text: str) -> None:
    command.add_argument("--from", dest="holder", type=_text, metavar="NAME", help=help_text)


def _add_coming_back(commands: _Commands[Parser]) -> None:
    snooze = _add(
        commands,
        "snooze",
        "take a conversation out of the queue until a time; it comes back by itself",
        more="Times are meant in the zone of the account's calendar; out of its hours it is the next open minute.",
    )
    _add_id(snooze)
    snooze.add_argument(
        "when",
        metavar="WHEN",
        type=_text,
        nargs="+",
        help="2h, 9:00, tomorrow 9, fri 9:30, 24 dec, 24.12. 14:00, ...",
    )
    snooze.add_argument(
        "--note", type=_text, metavar="T", default="", help="what is to be done then; the team sees it"
    )
    snooze.add_argument(
        "--if-no-answer", action="store_true", help="only if the customer has not written by then"
    )
    _add_id(_add(commands, "wake", "bring a conversation back into the queue now"))


def _add_replies(commands: _Commands[Parser]) -> None:
    reply = _add(
        commands,
        "reply",
        "answer a conversation and print the id in the outbox",
        more="Claims it if it is free. There is no undo window. The running console or `sync` sends it. "
        "A public reply with a card number, an IBAN, a phone number, an e-mail address or an order number is "
        "refused, as is one that is too long or has an open {{hole}}.",
    )
    _add_id(reply)
    reply.add_argument("--text", type=_text, required=True, metavar="T", help="what to say")
    reply.add_argument(
        "--visibility", choices=VISIBILITIES, help="default: as the message answered; note: the team only"
    )
    reply.add_argument(
        "--public-line",
        type=_text,
        metavar="L",
        default="",
        help="with --visibility private: said in public once the private reply is sent",
    )
    reply.add_argument(
        "--allow-private-data", action="store_true", help="say so in public all the same: it is meant"
    )
    _add_json(_add(commands, "outbox", "list the replies and where they are"))


def _add_intake(commands: _Commands[Parser]) -> None:
    imported = _add(
        commands,
        "import",
        "read messages from a file, one JSON object a line",
        more="Lines that are refused go to FILE.refused with the reason; everything else is taken.",
    )
    imported.formatter_class = argparse.RawDescriptionHelpFormatter
    imported.epilog = _IMPORT_LINE
    imported.add_argument("file", metavar="FILE", help="the file; - for standard input")
    sync = _add(
        commands, "sync", "bring in messages and send replies without a screen", more="Ctrl+C ends it."
    )
    sync.add_argument("--once", action="store_true", help="one pass of each, then end")


def _add_accounts(commands: _Commands[Parser]) -> None:
    accounts = _add(commands, "accounts", "add or list our accounts on the networks")
    actions = accounts.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = _add(actions, "add", "connect an account, after asking the server")
    add.add_argument("network", choices=NETWORKS, help="the network")
    add.add_argument("name", metavar="NAME", help="what you call the account")
    add.add_argument("--url", required=True, help="address of the server, https://...")
    add.add_argument(
        "--token-file",
        type=_text,
        required=True,
        metavar="FILE",
        help="file with the access token, readable for you alone (0600)",
    )
    _add_json(_add(actions, "list", "list the accounts and how their polling goes"))
    _add(commands, "doctor", "check this installation and the desk")


def _add_reading(commands: _Commands[Parser]) -> None:
    read = _add(
        commands,
        "read",
        "say what texts tell: language, kind, mood, urgency, private data; no desk is needed",
        more="One text a line, or a JSON string; one JSON object out for every line.",
    )
    read.add_argument("source", choices=("-",), metavar="-", help="standard input")
    check = _add(
        commands,
        "check",
        "say of drafts how long they read, what in their tone might hurt, and what is private; no desk is needed",
        more="One draft a line, or a JSON string; one JSON object out for every line.",
    )
    check.add_argument("source", choices=("-",), metavar="-", help="standard input")
    check.add_argument(
        "--language", metavar="CODE", default="", help="language of the drafts, instead of a guess"
    )
    check.add_argument("--kind", choices=KINDS, default="", help="kind of the messages that they answer")
    check.add_argument("--brand", metavar="NAME", default="all", help="whose house voice (default: all)")


def _add_numbers(commands: _Commands[Parser]) -> None:
    report = _add(
        commands,
        "report",
        "print the numbers of a time: waits, promises, backlog, per account, kind, language, agent",
        more="Counted from the event log alone, with the definitions of the wallboard. The file of --voice has the columns "
        "interval, offered, answered, abandoned, answered_in_threshold, threshold_s, asa_s and talk_s, and may have "
        "abandoned_in_threshold, hold_s, wrap_up_s and resolved_first.",
    )
    _add_since(report)
    report.add_argument(
        "--voice",
        type=_text,
        metavar="FILE",
        help="put the telephone's figures of this CSV file beside ours, and say what may be compared",
    )
    form = report.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="for a spreadsheet, one number a row")
    form.add_argument("--json", action="store_true", help="print JSON, with texts as they arrived")
    form.add_argument("--define", action="store_true", help="say what each number means")
    audited = _add(
        commands,
        "audit",
        "count every number a second time, and check the event log",
        more="Exit code 0: nothing differs; 1: something does; 2: it cannot be read.",
    )
    _add_since(audited)
    _add_json(audited)
    wall = _add(
        commands,
        "wallboard",
        "show the numbers of the day on a wall, live; nothing can be changed there",
        more="The record is opened for reading only; d on a tile says what its number means.",
    )
    _add_since(wall, "today")
    add_serve(wall)


def _add_since(parser: Parser, default: str = "7d") -> None:
    parser.add_argument(
        "--since",
        type=since,
        default=default,
        metavar="WHEN",
        help=f"{default} (the default), or for example 24h, today, 2026-11-01",
    )


def _id(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    if not 0 < number <= LARGEST_ID:
        raise argparse.ArgumentTypeError(f"{text!a} is not the number of a conversation")
    return number


def _count(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not number:
        raise argparse.ArgumentTypeError(f"{text!a} is not a number from 1")
    return number


def _text(text: str) -> str:
    """What can be kept as text: bytes that the locale does not know come as half letters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("it is no text in the encoding of your locale") from None
    return text


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = math.nan
    if not 0 < speed <= FASTEST:
        raise argparse.ArgumentTypeError(f"{text!a} is not a number above 0, up to {FASTEST:g}")
    return speed
