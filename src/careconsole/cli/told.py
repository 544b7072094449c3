"""Errors whose words are sentences for a person: said, and turned into an exit code."""

from __future__ import annotations

from collections.abc import Callable

from careconsole.channels.contract import ChannelError
from careconsole.cli.fault import leaves
from careconsole.cli.printing import REFUSED, WRONG, say
from careconsole.cli.seat import Wrong
from careconsole.desk.allowing import NotAllowed
from careconsole.settings import SettingsError
from careconsole.store.contract import StoreError

_TOLD = (StoreError, SettingsError, ChannelError, NotAllowed, Wrong)


def told(work: Callable[[], int]) -> int:
    """Do some work; an error with words for a person is said, and gives exit code 2, a right that one has not 1."""
    try:
        return work()
    except (*_TOLD, BaseExceptionGroup) as error:
        causes = list(leaves(error))
        if not all(isinstance(cause, _TOLD) for cause in causes):
            raise
        for cause in causes:
            say(str(cause))
        return REFUSED if all(isinstance(cause, NotAllowed) for cause in causes) else WRONG
