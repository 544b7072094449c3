"""Words that speak of the firm in general, and not of anything that happened, by language."""

from __future__ import annotations

from functools import cache

from careconsole.language.cue_index import CueIndex
from careconsole.language.cues import Cue, entries

_LISTS = {
    "en": """
            you people, all of you, you all, you lot, you guys, your company, this company, this airline,
            your kind, everyone, everybody, anybody, every company, these crooks/liars/thieves,
            boycott, corporate, corporations, capitalists, management,
            ceo, your brand, this brand, this shop, this firm, you are all
        """,
    "de": """
            ihr alle, ihr seid alle, alle gleich, euer laden, dieser laden, diese firma, konzern*, dieser verein, ihr seid,
            management, chefetage, jeder
        """,
    "ru": """
            вы все, все вы, ваша контора, контора, ваша компания, эта компания, корпорац*, начальство, все
            одинаковы*, ваша шарага
        """,
    "zh": """
            你们都, 你们这帮, 一群, 你们公司, 这公司, 这家公司, 这破公司, 资本家, 都一样, 全是
        """,
    "hr": """
            svi vi, vi svi, svi ste, vaša firma, ova firma, ova tvrtka, svi ste isti, uprava, korporacij*, svi su
            isti
        """,
    "et": """
            te kõik, kõik teie, teie firma, see firma, kõik ühesugused, juhtkond, korporatsioon*, terve
            firma
        """,
}


SAYS_NOTHING = frozenset(
    """
        told|told you|yet|ever|blocked|blocked me|nobody|no one|answer|answers|no answer|never answer|never answers|no reply|
        never reply|no response|still waiting|still waiting for|still no|as usual|of course
        keine antwort|antwort|keine reaktion|antwortet nie|niemand|immer noch|gesperrt|blockiert|wie immer
        нет ответа|не отвечаете|не отвечают|никто|до сих пор|заблокировали|как всегда
        没人|没人回|没有回复|不回复|拉黑|还没
        nema odgovora|nitko|nitko ne odgovara|ne odgovarate|blokirali|kao i uvijek|još uvijek
        vastust ei|keegi|keegi ei vasta|ei vasta|blokeeriti|nagu alati|ikka veel
    """.replace("\n", "|")
    .replace("        ", "")
    .split("|")
) - {""}
"""Words that only complain of not being heard: a provoker has them too, so they are no detail."""


@cache
def speaks() -> CueIndex:
    """Finds them; built when the first message is suspected."""
    return CueIndex(Cue(entry, language) for language, listed in _LISTS.items() for entry in entries(listed))
