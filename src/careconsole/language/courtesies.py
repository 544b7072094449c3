"""Greetings, thanks and other short words that many messages consist of, by language.

An engine that counts groups of letters has too few of them in such a message. Words that several of the
languages share are neutral: they neither speak for a language nor against one.
"""

from __future__ import annotations

_LISTS = {
    "en": """
        thanks thank thankyou thnx thanx thankss cheers hello please sorry welcome guys awesome great
        amazing nice cool good morning evening afternoon night help yes yeah yep nope okay sure alright
        perfect wonderful lovely brilliant excellent fantastic done sent bump update anyone anybody
        wow why what when where how hey you team much very still waiting really terrible awful disgrace
        unacceptable pathetic useless sent wrong love hate ridiculous congrats congratulations
    """,
    "de": """
        danke dankeschön vielen dank herzlichen bitte bitteschön tschüss moin servus grüezi guten abend
        morgen gerne entschuldigung entschuldige klar genau prima toll klasse danken ihnen euch hilfe
        schade leider frechheit unverschämt erledigt gesendet geschickt ärgerlich warum wieso wann
        schön gut nein jawohl richtig falsch schlecht furchtbar geil krass mega endlich schade schönen
        tag wochenende feierabend nichts
    """,
    "ru": """
        спасибо пасиб спасибки благодарю здравствуйте привет пожалуйста добрый день вечер доброе утро
        извините простите хорошо понял поняла понятно отлично супер класс молодцы ясно ладно жду
        помогите ужас позор кошмар безобразие когда почему сколько доброго дня большое огромное вам
        готово отправил отправила алло ответьте
    """,
    "hr": """
        hvala hvalaa fala molim molimo pozdrav bok zdravo dobar dobro dobra jutro dan večer vecer puno lijepo
        vam lijep oprostite oprosti ispričavam pomoć pomozite nažalost sramota sramotno strašno užas
        odlično odlicno predivno savršeno razumijem javite poslano naravno zašto kada gdje koliko
        cekam čekam doviđenja laku noć
    """,
    "et": """
        aitäh aitah tänan tänud täname tanan tere palun hommikust õhtust päevast head aega nägemist suur suured
        vabandust vabandage tervist tervitus tubli tublid selge kahjuks häbi jube kohutav appi saadetud
        miks millal kus olemas tore ilus väga kena päeva õhtut ööd jätku ootan
    """,
}

COURTESIES: dict[str, str] = {}
"""Word in small letters to the language it belongs to."""

for _language, _listed in _LISTS.items():
    for _word in _listed.split():
        COURTESIES.setdefault(_word, _language)

NEUTRAL = frozenset(
    "ok okey oke super bravo hallo hello hi info top ciao pls plz haha hahaha hehe lol omg app email mail dm pm "
    "ок окей ха хаха ага угу".split()
)
"""Words that are at home in several of the languages."""
