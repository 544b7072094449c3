"""How each brand talks, read from HOME/voice.toml.

A table stands for a brand, and in it one for each language:

    [velsund]
    orders = ['VX\\d{6}']
    [velsund.de]
    address = "Sie"
    sign_off = "Viele Grüße, {{me}}"
    public_line = "Wir haben Ihnen privat geschrieben."
    instead = { "Ticket" = "Anfrage", "Sehr geehrter Kunde" = "" }
    humour = { complaint = false }
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from careconsole.model.message import Kind
from careconsole.model.toml_text import TomlError, TomlText, unknown
from careconsole.model.voice import ADDRESSES, VOICE_FILE, Brand, HouseVoice
from careconsole.settings.faults import (
    Fault,
    SettingsError,
    dotted,
    line_of,
    refuse_dangling,
    shown,
    wrong_value,
)

SIZE_LIMIT = 1024 * 1024
"""Bytes of a voice file."""

_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
_REGION = re.compile(r"[A-Z]{2}", re.ASCII)
_MOST = 500
_REPAIR = "Correct the line or take it out."
_BRAND_KEYS = ("orders", "regions", "own")

_Words = Annotated[str, Field(max_length=200)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _VoiceTable(_Table):
    """What may stand in the table of a language."""

    instead: dict[_Words, _Words] = Field(default_factory=dict, max_length=_MOST)
    address: _Words = ""
    sign_off: Annotated[str, Field(max_length=500)] = ""
    public_line: Annotated[str, Field(max_length=500)] = ""
    humour: dict[str, bool] = Field(default_factory=dict)


class _NumbersTable(_Table):
    """What may stand in the table of a brand beside its languages."""

    orders: list[_Words] = Field(default_factory=list, max_length=50)
    regions: list[_Words] = Field(default_factory=list, max_length=50)
    own: list[_Words] = Field(default_factory=list, max_length=_MOST)


_AnyTable = TypeVar("_AnyTable", bound=_Table)

_WANTED = {
    "string_type": "text in quotes",
    "bool_type": "true or false",
    "list_type": "a list of texts",
    "dict_type": "a table",
    "string_too_long": "shorter",
    "too_long": "shorter",
}


def read_voices(path: Path) -> Mapping[str, Brand]:
    """The brands of a file by name; none if there is no file. Raises SettingsError."""
    if path.exists() and not path.is_file():
        raise SettingsError(f"{path} is not a file. Put a TOML file there, or take it away.")
    try:
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        refuse_dangling(path)
        return {}
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}. Make it readable for you.") from error
    if len(raw) > SIZE_LIMIT:
        raise SettingsError(f"{path} is larger than {SIZE_LIMIT} bytes. Make it smaller.")
    return parse_voices(raw, str(path))


def parse_voices(raw: bytes, shown_as: str = VOICE_FILE) -> Mapping[str, Brand]:
    """The brands that a TOML file holds, by name. Raises SettingsError, which names the file as given."""
    try:
        toml = TomlText.parse(raw)
    except TomlError as error:
        raise SettingsError(f"{shown_as}, line {error.line}: {error.reason}. {_REPAIR}") from error
    try:
        return {name: _brand(name, table) for name, table in toml.values.items()}
    except Fault as fault:
        line = line_of(toml.lines, fault.path)
        where = shown_as if line is None else f"{shown_as}, line {line}"
        raise SettingsError(f"{where}: {fault.sentence} {_REPAIR}") from fault


def _brand(name: str, table: object) -> Brand:
    if not isinstance(table, dict):
        raise wrong_value((name,), table, "the table of a brand, for example [velsund]")
    voices, numbers = {}, {}
    for key, value in table.items():
        if key in _BRAND_KEYS:
            numbers[key] = value
        elif _LANGUAGE.fullmatch(key):
            voices[key] = _voice(key, value, (name, key))
        else:
            raise Fault((name, key), f"{unknown(key, (*_BRAND_KEYS, *ADDRESSES, 'en'))}.")
    parsed = _checked(_NumbersTable, numbers, (name,))
    return Brand(
        voices=voices,
        orders=tuple(_pattern(written, (name, "orders")) for written in parsed.orders),
        regions=tuple(_region(written, (name, "regions")) for written in parsed.regions),
        own=frozenset(parsed.own),
    )


def _voice(language: str, value: object, path: tuple[str, ...]) -> HouseVoice:
    table = _checked(_VoiceTable, value, path)
    forms = ADDRESSES.get(language, ())
    if table.address and not forms:
        raise Fault(
            (*path, "address"), f"{dotted((*path, 'address'))}: {language} has one form of address only."
        )
    if table.address and table.address not in forms:
        raise wrong_value((*path, "address"), table.address, " or ".join(forms))
    if blank := next((word for word in table.instead if not word.strip()), None):
        raise Fault(
            (*path, "instead"), f"{dotted((*path, 'instead'))} holds {shown(blank)}, which is no word."
        )
    kinds = [kind.value for kind in Kind]
    if odd := next((kind for kind in table.humour if kind not in kinds), None):
        raise Fault((*path, "humour", odd), f"{unknown(odd, kinds, 'kind')}.")
    return HouseVoice(
        language=language,
        instead={" ".join(word.split()): said.strip() for word, said in table.instead.items()},
        address=table.address,
        sign_off=table.sign_off.strip(),
        public_line=" ".join(table.public_line.split()),
        humour={Kind(kind): is_welcome for kind, is_welcome in table.humour.items()},
    )


def _checked(kind: type[_AnyTable], value: object, path: tuple[str, ...]) -> _AnyTable:
    """The table as its model reads it; the first thing that is wrong becomes a Fault."""
    if not isinstance(value, dict):
        raise wrong_value(path, value, "a table")
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        at = tuple(str(part) for part in first["loc"] if isinstance(part, str) and part != "[key]")
        if first["type"] == "extra_forbidden":
            raise Fault((*path, *at), f"{unknown(at[-1], kind.model_fields)}.") from None
        raise wrong_value((*path, *at), first["input"], _WANTED.get(first["type"], "another value")) from None


def _pattern(written: str, path: tuple[str, ...]) -> re.Pattern[str]:
    try:
        pattern = re.compile(written, re.IGNORECASE)  # people type order numbers as they like
    except (re.error, RecursionError, OverflowError) as error:
        raise Fault(path, f"{dotted(path)} holds {shown(written)}, which is no pattern: {error}.") from None
    if pattern.search(""):
        raise Fault(
            path, f"{dotted(path)} holds {shown(written)}, which fits the empty text; write its digits."
        )
    return pattern


def _region(written: str, path: tuple[str, ...]) -> str:
    if not _REGION.fullmatch(written):
        raise wrong_value(path, written, "codes of countries such as DE or GB")
    return written


def voice_of(brands: Mapping[str, Brand], brand: str) -> Brand:
    """The brand of this name; else that of the name `all`; else one without any rule."""
    return brands.get(brand) or brands.get("all") or Brand()
