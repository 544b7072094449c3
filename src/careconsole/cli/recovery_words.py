"""The words of the command line for backups, and for what must not be kept. Loads nothing but the standard library."""

from __future__ import annotations

import argparse

from careconsole.cli.snippet_words import AddCommand, P


def add_recovery(commands: argparse._SubParsersAction[P], add: AddCommand[P]) -> None:
    """`backup`, `restore`, `erase` and `retention`."""
    backup = add(
        commands,
        "backup",
        "copy the whole desk into one file, while others work",
        more="The file is for its owner alone, and is read again and found whole before it stands at its place.",
    )
    backup.add_argument("file", metavar="FILE", help="the file that the backup is to be")
    backup.add_argument("--force", action="store_true", help="replace a file that is there")
    restore = add(
        commands,
        "restore",
        "let a backup be the desk; nobody may be working at it",
        more="The backup is checked first, and the record that was there is kept beside it. What was on its way then is "
        "not sent by itself: it may have left since.",
    )
    restore.add_argument("file", metavar="FILE", help="the backup")
    erase = add(
        commands,
        "erase",
        "say what there is of a customer; with --yes, erase it",
        more="Words, names, handles, notes, drafts and replies go, from the file too; the numbers of the reports stay. "
        "All who are linked as the same person go together.",
    )
    erase.add_argument("customer", metavar="CUSTOMER", help="a handle, or the number of a customer")
    erase.add_argument("--yes", action="store_true", help="erase it; there is no way back")
    retention = add(
        commands,
        "retention",
        "say what was kept for as long as [retention] in the settings allows; with --apply, erase it",
        more="Only conversations that are resolved, or that we answered last; what waits is kept. The numbers stay.",
    )
    retention.add_argument("--apply", action="store_true", help="erase it; there is no way back")
