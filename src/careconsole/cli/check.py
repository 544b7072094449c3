"""`careconsole check -`: what coach and guard say of each line of standard input; no desk is needed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import Any

from careconsole.cli.printing import DONE, put
from careconsole.cli.seat import home_from, standard_input
from careconsole.cli.text_lines import PIPE, text_lines
from careconsole.language.coach import Occasion, coach
from careconsole.language.detection import language_of
from careconsole.language.drafts import open_holes
from careconsole.language.private_data import REGIONS, GuardRules, find_private
from careconsole.model.message import Kind
from careconsole.model.voice import VOICE_FILE, Brand
from careconsole.settings.voice import read_voices, voice_of


def check_lines(options: argparse.Namespace) -> int:
    """Read standard input to its end; print words, reading time, notes and findings of each line.

    The house voice is that of HOME/voice.toml, if there is one. Raises SettingsError.
    """
    brand = voice_of(read_voices(home_from(options) / VOICE_FILE), options.brand)
    rules = GuardRules(brand.orders, brand.regions or REGIONS, brand.own)
    for text in text_lines(standard_input(PIPE)):
        put(json.dumps(_told(text, options, brand, rules)))
    return DONE


def _told(text: str, options: argparse.Namespace, brand: Brand, rules: GuardRules) -> Mapping[str, Any]:
    language = options.language or language_of(text).code
    occasion = Occasion(
        language,
        kind=Kind(options.kind) if options.kind else None,
        voice=brand.voices.get(language),
        me=options.agent or "",
    )
    words, reading_s, notes = coach(text, occasion)
    findings = [
        *find_private(text, rules),
        *((hole.what, hole.start, hole.end, hole.text) for hole in open_holes(text)),
    ]
    return {
        "words": words,
        "reading_s": reading_s,
        "notes": [
            {"what": note.what, "start": note.start, "end": note.end, "reason": note.reason} for note in notes
        ],
        "findings": [
            {"what": what, "start": start, "end": end, "text": found}
            for what, start, end, found in sorted(findings, key=lambda finding: finding[1])
        ],
    }
