"""Whether a draft asks the customer for something that should not be public: a number, an address, a date of birth."""

from __future__ import annotations

import re

_NUMBERS = {
    "en": (
        r"(?:order|booking|ticket|account|customer|member(?:ship)?|tracking|invoice|policy|contract|phone|mobile|"
        r"card|passport|reservation|reference|case|flight|parcel|client|loyalty)(?: reference)?[- ]?"
        r"(?:number|no\.|code|id|details)s?"
        r"|(?:e-?mail|postal|home|street|delivery|billing|shipping)(?: address)|your (?:e-?mail|address|phone|iban)"
        r"|date of birth|birthday|full name|bank details|iban|booking code|pnr"
    ),
    "de": (
        r"(?:bestell|buchungs|auftrags|ticket|kunden|konto|rechnungs|sendungs|vorgangs|vertrags|mitglieds|telefon|"
        r"handy|mobil|karten|flug|paket|policen|reservierungs)[- ]?(?:nummern?|nr\.?|codes?|daten)"
        r"|(?:e-?mail|liefer|rechnungs|post)?-?(?:adresse|anschrift)|ihre e-?mail|deine e-?mail"
        r"|geburtsdatum|bankverbindung|kontodaten|iban|vollständige[rn]? name"
    ),
    "ru": (
        r"(?:номер|код)\w* (?:ваш\w* )?(?:заказ|брон|билет|счёт|счет|договор|телефон|карт|клиент|посылк|рейс|отправлен|"
        r"паспорт|обращен)\w*|трек-номер\w*|(?:ваш\w*|электронн\w*) (?:адрес|почт|телефон|номер)\w*|e-?mail"
        r"|адрес\w* (?:доставк|электронн|почт)\w*|дат\w* рождения|реквизит\w*|фио\b"
    ),
    "zh": (
        r"订单号|订单编号|预订号|票号|单号|会员号|手机号|电话号码|联系电话|联系方式|邮箱|地址|身份证|银行卡|卡号|账号|"
        r"生日|出生日期|真实姓名"
    ),
    "hr": (
        r"(?:broj|šifr|kod)\w* (?:vaše |tvoje |vašeg )?(?:narudžb|rezervacij|karte|karti|računa|telefona|mobitela|"
        r"ugovora|pošiljke|članstva|kartice|leta|korisni|predmeta)\w*"
        r"|(?:e-?mail|kućn\w+|poštansk\w+)(?: adres\w+)|(?:vaš\w*|tvoj\w*) (?:adres|e-?mail|telefon|broj)\w*"
        r"|datum rođenja|iban"
    ),
    "et": (
        r"(?:tellimuse|broneeringu|pileti|kliendi|konto|arve|telefoni|saadetise|lepingu|kaardi|lennu|paki)"
        r"(?: |-)?(?:number|numbri|numbrit|kood|koodi|nr)"
        r"|(?:e-posti|meili|posti|kodu)?(?: |-)?aadress\w*|sünniaeg\w*|sünnikuupäev\w*|isikukood\w*|iban"
    ),
}
_ASKS = {
    "en": r"send|tell|give|share|provide|let (?:me|us) (?:know|have)|need|may (?:i|we) have|could (?:i|we) have|drop|dm|"
    r"message|include|confirm|what(?:'s| is)|which|pass",
    "de": r"schick|send|nenn|teil|gib|geben|sag|brauch|benötig|mitteil|verrat|welche|wie lautet|zukommen|"
    r"bestätig|schreib",
    "ru": r"пришли|отправ|сообщ|напиш|скаж|укаж|назов|нужен|нужн|подскаж|уточн|дайте|какой|каков",
    "zh": r"请|麻烦|发|提供|告诉|告知|给我|给我们|需要|说一下|确认|私信|多少|什么",
    "hr": r"pošalj|pošalji|recit|navedi|dajte|daj|treba|trebam|javi|napiši|potvrdi|dostav|koji|koja",
    "et": r"saat|ütle|anna|kirjut|vaja|teata|lisa|kinnita|milline|mis on|palun",
}
_SENTENCE = re.compile(r"[^!?。！？\n]+")


def _pattern(words: str, code: str) -> re.Pattern[str]:
    """Finds the words at the beginning of a word; Chinese has no gaps between them."""
    return re.compile(f"(?:{words})" if code == "zh" else rf"(?<![^\W_])(?:{words})", re.IGNORECASE)


_PATTERNS = [(_pattern(_ASKS[code], code), _pattern(numbers, code)) for code, numbers in _NUMBERS.items()]


def asks_private(draft: str) -> bool:
    """Whether some sentence of the draft asks for a number, an address or the like, in one of six languages."""
    return any(
        asks.search(sentence) and what.search(sentence)
        for sentence in _SENTENCE.findall(draft)
        for asks, what in _PATTERNS
    )
