"""From a parsed command line to the command it names."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

from careconsole.cli.printing import REFUSED, say
from careconsole.cli.seat import Seat, plain_seat, take_seat
from careconsole.cli.told import told
from careconsole.model.rights import Verb

Act = Callable[[Seat, argparse.Namespace], Awaitable[int]]

ACTS: dict[str, tuple[Verb, str]] = {
    "queue": (Verb.READ, "queue.show_queue"),
    "find": (Verb.READ, "find.find_some"),
    "next": (Verb.CLAIM, "queue.take_next"),
    "why": (Verb.READ, "queue.show_why"),
    "show": (Verb.READ, "queue.show_conversation"),
    "claim": (Verb.CLAIM, "queue.take"),
    "release": (Verb.RELEASE, "queue.give_back"),
    "release --from": (Verb.REASSIGN, "team.free"),
    "assign": (Verb.ASSIGN, "team.give"),
    "assign --from": (Verb.REASSIGN, "team.give"),
    "resolve": (Verb.RESOLVE, "queue.end"),
    "snooze": (Verb.SNOOZE, "coming_back.put_to_sleep"),
    "wake": (Verb.SNOOZE, "coming_back.wake_now"),
    "reply": (Verb.SEND, "replies.answer"),
    "reply note": (Verb.WRITE_NOTE, "replies.answer"),
    "approvals": (Verb.READ, "approvals.list_waiting"),
    "approve": (Verb.APPROVE, "approvals.approve"),
    "return": (Verb.APPROVE, "approvals.give_back"),
    "outbox": (Verb.READ, "replies.list_outbox"),
    "import": (Verb.IMPORT, "intake.take_in"),
    "sync": (Verb.SYNC, "intake.sync"),
    "accounts add": (Verb.ADD_ACCOUNT, "accounts.add"),
    "accounts list": (Verb.READ, "accounts.list_all"),
    "doctor": (Verb.DIAGNOSE, "accounts.examine"),
    "backup": (Verb.BACK_UP, "recovery.write_backup"),
    "restore": (Verb.RESTORE, "recovery.put_back"),
    "erase": (Verb.ERASE, "erasing.erase_one"),
    "retention": (Verb.ERASE, "erasing.retain"),
    "export": (Verb.EXPORT, "exporting.export"),
    "report": (Verb.READ, "report.show_report"),
    "report --voice": (Verb.READ, "telephone.show_beside"),
    "audit": (Verb.READ, "report.show_audit"),
    "snippets list": (Verb.READ, "snippets.list_all"),
    "snippets lint": (Verb.READ, "snippets.lint"),
    "snippets import": (Verb.EDIT_SNIPPET, "snippets.take_in"),
    "snippets search": (Verb.READ, "snippets.search"),
    "snippets triggers": (Verb.READ, "snippets.list_triggers"),
    "snippets triggers --remove": (Verb.REMOVE_TRIGGER, "snippets.forget_trigger"),
    "suggest": (Verb.READ, "snippets.suggest"),
    "read": (Verb.READ, "read.read_lines"),
    "check": (Verb.READ, "check.check_lines"),
    "simulate": (Verb.READ, "simulate.simulate"),
}
"""Every sub-command with the verb that it is, and the module and function that do it: only one of them is loaded."""


NO_DESK = frozenset({"read", "check", "simulate"})
"""What touches no desk, so that every role may do it."""


def run(options: argparse.Namespace) -> int:
    """Do a sub-command; its exit code."""
    if options.command in NO_DESK:
        _, name = ACTS[options.command]
        return told(lambda: named(name)(options))
    return told(lambda: asyncio.run(_act(options)))


async def _act(options: argparse.Namespace) -> int:
    verb, act = ACTS[_name(options)]
    seat = plain_seat(options) if options.command == "doctor" else take_seat(options)
    if not seat.may(verb):
        say(f"The role {seat.role.value} has no right to {verb.words}; nothing was done. Ask an admin.")
        return REFUSED
    return await act_named(act)(seat, options)


def act_named(name: str) -> Act:
    """The function of a sub-command, by the name that it has in `ACTS`."""
    act: Act = named(name)
    return act


def named(name: str) -> Any:
    """What has this name in `ACTS`; its module is loaded."""
    module, _, function = name.partition(".")
    return getattr(import_module(f"careconsole.cli.{module}"), function)


def _name(options: argparse.Namespace) -> str:
    """What of `ACTS` a command line asks for."""
    if options.command == "snippets" and options.action == "triggers" and options.remove is not None:
        return "snippets triggers --remove"
    if options.command in ("assign", "release") and options.holder is not None:
        return f"{options.command} --from"
    if options.command == "report" and options.voice is not None:
        return "report --voice"
    if options.command in ("accounts", "snippets"):
        return f"{options.command} {options.action}"
    if options.command == "reply" and options.visibility == "note":
        return "reply note"
    return str(options.command)
