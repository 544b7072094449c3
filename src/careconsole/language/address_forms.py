"""The two forms of address that some languages have, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

_GERMAN_FAR = (
    r"(?<=[^.!?:\s] )(?<![.!?:\n][\"»“]\s)Sie",
    r"Sie(?= (?:haben|können|könnten|erhalten|bekommen|müssen|sollten|möchten|brauchen|finden|dürfen|werden|sind|hatten)\b)",
    r"Ihnen",
    r"Ihr(?:e[mnrs]?)?(?= [A-ZÄÖÜ])",
    r"(?<=[a-zäöüß,] )Ihr(?:e[mnrs]?)?",
)
_RUSSIAN_NEAR = "ты тебя тебе тобой твой твоя твоё твое твои твоего твоей твоему твоим твоих твоими твоём твоем твою можешь хочешь"
_RUSSIAN_FAR = "вы вас вам вами ваш ваша ваше ваши вашего вашей вашему вашим ваших вашими вашем вашу"
_CROATIAN_NEAR = (
    "tebe tebi tobom tvoj tvoja tvoje tvoji tvoju tvojeg tvojem tvojoj tvojom tvojim tvojih "
    "imaš možeš trebaš želiš ćeš nisi jesi"
)
_CROATIAN_FAR = (
    "vas vama vam vaš vaša vaše vaši vašu vašeg vašega vašem vašemu vašoj vašom vašim vaših možete trebate imate ćete želite "
    "ste biste niste jeste"
)
_ESTONIAN_NEAR = (
    "sina sinu sind sulle sinule sul sinul sult sinult su sa suga sinuga sust sinust oled saad võid"
)
_ESTONIAN_FAR = "teie teid teile teil teilt teiega teist te saate olete võite"


def _of(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words.split())})(?!\w)", re.IGNORECASE)


_FORMS: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "de": (
        _of("du dich dir dein deine deinem deinen deiner deines euch euer eure eurem euren eurer"),
        re.compile(rf"(?<!\w)(?:{'|'.join(_GERMAN_FAR)})(?!\w)"),
    ),
    "ru": (_of(_RUSSIAN_NEAR), _of(_RUSSIAN_FAR)),
    "hr": (_of(_CROATIAN_NEAR), _of(_CROATIAN_FAR)),
    "et": (_of(_ESTONIAN_NEAR), _of(_ESTONIAN_FAR)),
    "zh": (re.compile("你(?!好)"), re.compile("您(?!好)")),
}


def forms_in(text: str, language: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where the near form and where the far form stands; both empty where the language does not have two."""
    if language not in _FORMS:
        return [], []
    near, far = _FORMS[language]
    return [found.span() for found in near.finditer(text)], [found.span() for found in far.finditer(text)]
