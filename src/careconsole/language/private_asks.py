"""Whether a draft asks for something that should not be public, or asks for anything in a private message."""

from __future__ import annotations

import re

_NUMBERS = {
    "en": (
        r"(?:order|booking|ticket|account|customer|member(?:ship)?|tracking|invoice|policy|contract|phone|mobile|"
        r"card|passport|reservation|reference|case|flight|parcel|client|loyalty)(?: reference)?[- ]?"
        r"(?:number|no\.|code|id|details)s?"
        r"|(?:e-?mail|postal|home|street|delivery|billing|shipping)(?: address)|your (?:e-?mail|address|phone|iban)"
        r"|(?:date|day) of (?:your )?birth|birth(?:day|date)|full name|bank details|iban|booking code|pnr|passport"
        r"|(?:your|an?|the) (?:\w+ ){0,2}(?:address|reference)\b|your (?:\w+ )?number|the number (?:and|of your|from|on)\b"
        r"|(?:your|the) (?:\w+ )?details|postcode|zip code"
    ),
    "de": (
        r"(?:bestell|buchungs|auftrags|ticket|kunden|konto|rechnungs|sendungs|vorgangs|vertrags|mitglieds|telefon|"
        r"handy|mobil|karten|flug|paket|policen|reservierungs)[- ]?(?:nummern?|nr\.?|codes?|daten)"
        r"|(?:e-?mail|liefer|rechnungs|post)?-?(?:adresse|anschrift)|ihre e-?mail|deine e-?mail"
        r"|geburts(?:dat|tag)\w*|bankverbindung|kontodaten|iban|vollständige[rn]? name|(?:reise)?pass(?:daten|nummer)\w*"
        r"|[a-zäöüß]*nummern?(?!\w)|[a-zäöüß]+(?:codes?|adressen?|anschrift)(?!\w)|postleitzahl|personalausweis\w*"
    ),
    "ru": (
        r"(?:номер|код)\w* (?:ваш\w* )?(?:заказ|брон|билет|счёт|счет|договор|телефон|карт|клиент|посылк|рейс|отправлен|"
        r"паспорт|обращен)\w*|трек-номер\w*|(?:ваш\w*|электронн\w*) (?:адрес|почт|телефон|номер)\w*|e-?mail"
        r"|адрес\w* (?:для |вашей )?(?:доставк|электронн|почт)\w*|дат\w* (?:ваш\w* )?рождения|реквизит\w*|фио\b"
        r"|номер\w* (?:ваш\w* |свое\w* )?(?:заявк|заявлен|багаж|бирк|документ|аккаунт|бонусн|мобильн)\w*|паспорт\w*"
        r"|(?:свой|своего|свою) (?:номер|адрес|почт|телефон)\w*|номер\w* (?:и|или) |им\w+ и фамил\w+|индекс\b"
    ),
    "zh": (
        r"订单号|订单编号|预订号|票号|单号|会员号|手机号|电话号码|联系电话|联系方式|邮箱|地址|身份证|银行卡|卡号|账号|"
        r"生日|出生日期|真实姓名|姓名|住址|护照|证件|号码|编号|确认码|预订代码|您的电话|你的电话|邮编"
    ),
    "hr": (
        r"(?:broj|šifr|kod)\w* (?:vaše |tvoje |vašeg )?(?:narudžb|rezervacij|karte|karti|računa|telefona|mobitela|"
        r"ugovora|pošiljke|članstva|kartice|leta|korisni|predmeta)\w*"
        r"|(?:e-?mail|kućn\w+|poštansk\w+)(?: adres\w+)|(?:vaš\w*|tvoj\w*) (?:adres|e-?mail|telefon|broj)\w*"
        r"|broj\w* (?:vaše |tvoje |vašeg |tvojeg )?(?:prijav|putovnic|osobne|dokument|prtljag|zahtjev|predmet|slučaj)\w*"
        r"|adres\w+|datum\w* (?:vašeg |tvog )?rođenja|iban|oib\b|ime\w* i prezime\w*|poštansk\w+ broj\w*"
    ),
    "et": (
        r"(?:tellimuse|broneeringu|pileti|kliendi|konto|arve|telefoni|saadetise|lepingu|kaardi|lennu|paki)"
        r"(?: |-)?(?:number|numbri|numbrit|kood|koodi|nr)"
        r"|(?:e-posti|meili|posti|kodu)?(?: |-)?aadress\w*|sünni(?:aeg|aja|kuupäev|päev)\w*|isikukood\w*|iban"
        r"|[a-zäöõüšž]*(?:numb(?:er|ri)|kood|aadress)\w*|postiindeks\w*|sihtnumb\w*|ees- ja perekonnanim\w*"
    ),
}
_ASKS = {
    "en": r"send|tell|give|share|provide|let (?:me|us) (?:know|have)|need|may (?:i|we) have|could (?:i|we) have|drop|dm|"
    r"message|include|confirm|what(?:'s| is)|which|pass|write|leave|reply with",
    "de": r"schick|send|nenn|teil|gib|geben|sag|brauch|benötig|mitteil|verrat|welche|wie lautet|zukommen|"
    r"bestätig|schreib|hinterlass|angeben|übermittel",
    "ru": r"пришли|присл|отправ|сообщ|остав|напиш|скаж|укаж|назов|нужен|нужн|подскаж|уточн|дайте|какой|каков",
    "zh": r"请|麻烦|发|提供|告诉|告知|给我|给我们|需要|说一下|确认|私信|多少|什么",
    "hr": r"pošalj|šalji|recit|navedi|daj|treba|javi|napiši|piši|potvrdi|dostav|koji|koja|upiši|ostavi|kako glasi",
    "et": r"saat|saada|jaga|edasta|esita|ütle|anna|kirjut|vaja|teata|lisa|kinnita|milline|mis on|palun",
}
_IN_PRIVATE = {
    "en": r"private(?:ly)?(?!\w)|(?:direct|personal) (?:messag|chat)\w*|dm(?:s|ed|ing)?(?!\w)|pm (?:me|us)(?!\w)|"
    r"(?:a|by|via|per) pm(?!\w)|inbox\w*",
    "de": r"(?:privat|direkt|persönlich)\w* (?:nachricht|mitteilung|chat)\w*|(?:privat|direkt)-?(?:nachricht|chat)\w*|"
    r"privat(?!\w)|pn(?!\w)",
    "ru": r"личн\w+ (?:сообщен|переписк|чат)\w*|в личн\w+(?!\w)(?! кабинет)|лич(?:к|ечк)\w+|лс(?!\w)|директе?(?!\w)|"
    r"приват(?:н\w+|е)?(?!\w)",
    "zh": r"私信|私聊|私下|私我|站内信|单独发",
    "hr": r"(?:privatn|osobn|direktn|izravn)\w+ poru[kc]\w*|privatno(?!\w)|privat(?!\w)|u pp(?!\w)|inbox\w*|sandučić\w*",
    "et": r"(?:privaat|era|otse)-?(?:sõnum|vestlus|kir)\w*|privaatse\w*|(?:isikliku|otse)\w* sõnumi\w*|"
    r"postkasti?(?!\w)",
}
_SENTENCE = re.compile(r"[^!?。！？\n]+")


def _pattern(words: str, code: str) -> re.Pattern[str]:
    """Finds the words at the beginning of a word; Chinese has no gaps between them."""
    return re.compile(f"(?:{words})" if code == "zh" else rf"(?<![^\W_])(?:{words})", re.IGNORECASE)


_PATTERNS = [(_pattern(_ASKS[code], code), _pattern(numbers, code)) for code, numbers in _NUMBERS.items()]
_PRIVATELY = [_pattern(words, code) for code, words in _IN_PRIVATE.items()]


def asks_private(draft: str) -> bool:
    """Whether the draft speaks of a private message, or asks for a number, an address or the like, in six languages."""
    return any(privately.search(draft) for privately in _PRIVATELY) or any(
        asks.search(sentence) and what.search(sentence)
        for sentence in _SENTENCE.findall(draft)
        for asks, what in _PATTERNS
    )
