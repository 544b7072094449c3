"""Key names: which keys terminals swallow, how keys are written for people, and the Cyrillic letters."""

from __future__ import annotations

SWALLOWED = {
    "ctrl+h": "terminals send Backspace for it",
    "ctrl+i": "terminals send Tab for it",
    "ctrl+m": "terminals send Enter for it",
    "ctrl+j": "terminals send a line feed for it",
    "ctrl+left_square_bracket": "terminals send Escape for it",
    "ctrl+enter": "most terminals send Enter for it",
    "shift+enter": "most terminals send Enter for it",
    "ctrl+c": "it belongs to the terminal and to copying",
    "ctrl+z": "shells stop the program with it",
    "ctrl+b": "multiplexers take it",
    "ctrl+a": "multiplexers take it",
    "f11": "terminals change to full screen with it",
}
"""Keys that never arrive, or arrive as another key, and why."""

_ALT_GR = "[]{}\\@|~"
"""Characters that need AltGr, or do not exist, on most of our agents' keyboards."""

_NAMED = {
    "?": "question_mark",
    ".": "full_stop",
    "/": "slash",
    ",": "comma",
    "!": "exclamation_mark",
    "+": "plus",
    "-": "minus",
    "*": "asterisk",
    ":": "colon",
    ";": "semicolon",
    "'": "apostrophe",
    '"': "quotation_mark",
    "=": "equals_sign",
    "<": "less_than_sign",
    ">": "greater_than_sign",
    "(": "left_parenthesis",
    ")": "right_parenthesis",
    "#": "number_sign",
    "$": "dollar_sign",
    "%": "percent_sign",
    "&": "ampersand",
    "_": "underscore",
    " ": "space",
}
_CHARACTERS = {name: character for character, name in _NAMED.items()}

_WORDS = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "space": "Space",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
}

_CYRILLIC = dict(
    zip(
        "йцукенгшщзфывапролдячсмитьіЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬІ",
        "qwertyuiopasdfghjklzxcvbnmsQWERTYUIOPASDFGHJKLZXCVBNMS",
        strict=True,
    )
) | {"ю": "."}


def latin(character: str) -> str:
    """The character that a Latin keyboard has in the place of a Cyrillic letter; any other as it is."""
    return _CYRILLIC.get(character, character)


def cyrillic_of(key: str) -> tuple[str, ...]:
    """The Cyrillic letters in the place of a Latin letter or the full stop; none for other keys."""
    character = _CHARACTERS.get(key, key)
    return tuple(letter for letter, place in _CYRILLIC.items() if place == character)


def key_name(key: str) -> str:
    """The name that Textual gives a key written as a character or in words: `?` is `question_mark`."""
    key = key.strip()
    return _NAMED.get(key, key if len(key) == 1 else key.lower())


def key_words(key: str) -> str:
    """A key as it is written for people: `ctrl+s` is Ctrl+S, `question_mark` is ?."""
    if key in _WORDS:
        return _WORDS[key]
    if key in _CHARACTERS:
        return _CHARACTERS[key]
    if key.startswith("ctrl+"):
        return f"Ctrl+{key.removeprefix('ctrl+').upper()}"
    if is_function_key(key):
        return key.upper()
    return key


def is_function_key(key: str) -> bool:
    """Whether it is one of F1 to F12."""
    return key.startswith("f") and key[1:].isdigit() and 1 <= int(key[1:]) <= 12


def is_printable(key: str) -> bool:
    """Whether the key types a character into a text field."""
    return len(key) == 1 or key in _CHARACTERS


def why_unfit(key: str) -> str:
    """Why a key cannot carry a command, as the end of a sentence; empty if it can."""
    if key in SWALLOWED:
        return SWALLOWED[key]
    if key in _ALT_GR:
        return "many keyboards have it only with AltGr"
    if len(key) == 1:
        return "" if key.isascii() and key.isprintable() else "it is not on every keyboard"
    if key in _CHARACTERS or key in _WORDS or is_function_key(key):
        return ""
    if key.startswith("ctrl+") and len(key) == 6 and key[5].isascii() and key[5].isalpha():
        return ""
    return "there is no such key, or not every terminal sends it"
