"""Words right before a number that tell what it is: "call", "order", and their like in many languages."""

from __future__ import annotations

import re
from enum import Enum


class Told(Enum):
    """What the words around a number say of it."""

    PHONE = "phone"
    ORDER = "order"
    NOTHING = ""


_PHONE_WORDS = (
    "phone phones telephone tel cell my-number meine-nummer мой-номер moj-broj minu-number mon-numéro "
    "mobile mob hotline helpline landline dial "
    "whatsapp viber sms fax text "
    "call calls calling callback ring "
    "telefon telefonnummer tel.-nr rufnummer handynummer handy mobil mobilnummer mobiltelefon festnetz anrufen anruf "
    "rufen ruf durchwahl erreichbar "
    "тел телефон телефона телефону номер-телефона моб мобильный звоните позвоните позвонить звонить звонок вотсап ватсап "
    "факс "
    "mobitel broj-telefona zovite nazovite nazvati pozovite pozvati zvati javite-se-na mobilni fiksni faks "
    "telefoni telefonil lauatelefon lauatelefoni lauatelefonil helista helistage helistada mobiilinumber telefoninumber "
    "mobiil faksi "
    "téléphone tél appelez portable teléfono tfno móvil llame llamar telefono cellulare chiamate chiamare chiami "
    "telefone telefoon telefoonnummer bel bellen puhelin puhelinnumero puh soita soittakaa komórka zadzwoń dzwoń "
    "numer-telefonu nr-tel"
)
_HAN_PHONE = "电话 电话号码 手机 手机号 手机号码 联系电话 致电 拨打 来电 热线 座机 传真 微信 請致電 電話 手機"
_ORDER_WORDS = (
    "order orders ordernumber order-number order-no orderid reference ref booking tracking parcel shipment consignment "
    "ticket case invoice receipt claim pnr code sku item serial customer-number account voucher "
    "policy contract vat art idnr isbn ean imei article awb waybill rma confirmation quote id batch "
    "bestellung bestellungen bestellnummer bestell-nr auftrag auftragsnummer auftrags-nr sendung sendungsnummer "
    "sendungs-nr sendungsverfolgung paket paketnummer "
    "buchung buchungsnummer buchungscode vorgang vorgangsnummer rechnung rechnungsnummer rechnungs-nr kundennummer kunden-nr "
    "artikel artikelnummer referenz referenznummer ticketnummer fallnummer vertrag vertragsnummer seriennummer az "
    "aktenzeichen akte zeichen gutschein belegnummer retoure lieferschein kd kdnr chargennummer inv mrn hawb "
    "заказ заказа заказу заказе заказы бронь брони бронирование бронирования отправление отправления трек трек-номер посылка "
    "посылки накладная накладной квитанция счёт счет договор договора обращение обращения заявка заявки билет билета артикул "
    "рейс код талон "
    "narudžba narudžbe narudžbi narudžbu narudzba narudzbe narudzbi narudzbu porudžbina porudžbine pošiljka pošiljke "
    "pošiljku pošiljki posiljka posiljke paketa rezervacija rezervacije rezervaciji račun računa racun racuna prijava prijave "
    "predmet predmeta ugovor ugovora šifra sifra karta karte kod "
    "tellimus tellimuse tellimust tellimusnumber saadetis saadetise pakk paki jälgimiskood jälgimisnumber broneering "
    "broneeringu arve arvenumber viitenumber viide pilet pileti leping lepingu pöördumine pöördumise kood juhtum juhtumi "
    "commande réf référence suivi facture colis pedido referencia envío seguimiento factura ordine ordini riferimento "
    "spedizione fattura zamówienie zamówienia przesyłka przesyłki faktura faktury bestelling bestelnummer zending factuur "
    "tilaus tilausnumero lähetys lasku beställning"
)
_HAN_ORDER = (
    "订单 订单号 订单编号 单号 运单 运单号 快递单号 快递 编号 参考号 预订 预订号 预订编号 案件 工单 工单号 票号 发票 "
    "物流 追踪 序列号 合同 訂單 編號"
)


_TELLS = {word.replace("-", " "): Told.PHONE for word in _PHONE_WORDS.split()} | {
    word.replace("-", " "): Told.ORDER for word in _ORDER_WORDS.split()
}
_HAN_TELLS = {word: Told.PHONE for word in _HAN_PHONE.split()} | {
    word: Told.ORDER for word in _HAN_ORDER.split()
}
_HAN = re.compile("|".join(sorted(_HAN_TELLS, key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+")
_PICTURE = re.compile("[📞☎📱☏🤙]")
_NUMBER_MARK = re.compile(r"(?:#|№|\b(?:No|Nr|br)\.?) ?$", re.IGNORECASE)
_PHONE_AFTER = re.compile(
    r"\W{0,3}(?:\((?:mobile?|tel|phone|cell|fax|whatsapp|handy|моб|тел|mob|telefon)\b"
    r"|(?:is|was) my (?:new )?(?:phone|cell|mobile|number)|(?:an)?rufen\b|telefonisch)",
    re.IGNORECASE,
)
_REACH = 45
_NUMBER_BETWEEN = re.compile(r"\d{5}")


def told_by(word: str) -> Told:
    """What a single word says of the number behind it."""
    return _TELLS.get(word.lower(), Told.NOTHING)


def told_before(text: str, start: int, end: int) -> Told:
    """What the nearest telling word in the same line before the stretch says; else what follows it says."""
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    if _PICTURE.search(before[-4:]):
        return Told.PHONE
    told, at = _nearest(before)
    if told is not Told.NOTHING and not _NUMBER_BETWEEN.search(before, at):
        return told
    if _PHONE_AFTER.match(text, end):
        return Told.PHONE
    return Told.ORDER if _NUMBER_MARK.search(before) else Told.NOTHING


def _nearest(before: str) -> tuple[Told, int]:
    """The last telling word, and where it ends."""
    told, at, earlier = Told.NOTHING, 0, ""
    for found in _WORD.finditer(before):
        word = found[0].lower()
        tells = _TELLS.get(word) or _TELLS.get(f"{earlier} {word}")
        if tells is not None:
            told, at = tells, found.end()
        earlier = word
    if not before.isascii():
        for found in _HAN.finditer(before):
            if found.end() >= at:
                told, at = _HAN_TELLS[found[0]], found.end()
    return told, at
