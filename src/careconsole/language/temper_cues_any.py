"""Words of mood that people write in every language (see `temper_cues_en`)."""

from __future__ import annotations

from careconsole.language.cues import Tempers, entries

TEMPERS_ANY: Tempers = (
    (
        -2.4,
        0.8,
        entries("""
            wtf, wth, omfg, ffs, fuck, fucking, fucked, shit, fail, epicfail, sucks, smh, shame, scam,
            bullshit
        """),
    ),
    (-0.8, 0.2, entries("ugh, argh, grr, grrr, hmpf, pff, pfff, tsk, lol")),
    (1.6, -1.2, entries("thx, thanks, bravo, wow, yay, love, xoxo, top, happy, enjoy, haha, hahaha, yeah")),
)
