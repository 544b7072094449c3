"""The words of the command line for backups. Loads nothing but the standard library."""

from __future__ import annotations

import argparse

from careconsole.cli.snippet_words import AddCommand, P


def add_recovery(commands: argparse._SubParsersAction[P], add: AddCommand[P]) -> None:
    """`backup` and `restore`."""
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
