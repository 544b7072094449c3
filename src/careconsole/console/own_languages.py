"""Which languages the agent reads, and the mark of one that the agent does not."""

from __future__ import annotations

from collections.abc import Mapping

from careconsole.language.detection import SAME, UNKNOWN

OURS = frozenset({"en"})
"""What the console itself speaks."""

_TELLS = ("LC_ALL", "LC_MESSAGES", "LANG")
_NONE = frozenset({"c", "posix"})


def own_languages(told: frozenset[str], environ: Mapping[str, str]) -> frozenset[str]:
    """The languages of the settings; if they name none, that of the locale and English, which the console speaks."""
    codes = told or OURS | _of_locale(environ)
    return frozenset(SAME.get(code, code) for code in codes)


def _of_locale(environ: Mapping[str, str]) -> set[str]:
    locale = next(filter(None, map(environ.get, _TELLS)), "")
    code = locale.partition(".")[0].partition("_")[0].partition("@")[0].lower()
    return {code} - _NONE - {""}


def foreign_mark(language: str, own: frozenset[str]) -> str:
    """The two letters of a language in brackets if it is known and not among these, else nothing."""
    return "" if language in ("", UNKNOWN) or language in own else f"({language})"
