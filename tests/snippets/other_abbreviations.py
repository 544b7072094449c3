"""Abbreviations written after the first version of the search, whose misses then mended it; some have no fair answer."""

from __future__ import annotations

OTHER_TYPED: tuple[tuple[str, str], ...] = tuple(
    (typed, title)
    for typed, title in (
        line.split(" > ")
        for line in """
refundcard > Refund sent to the original card
rfndgft > Refund to a gift card
nrs > No refund on sale items
no rfd sale > No refund on sale items
invce comp > Invoice with a company name
stuckcust > Parcel stuck in customs
cstm > Parcel stuck in customs
expr del > Express delivery options
trk shp > Track your shipment
rpo > Return period is over
xchg size > Exchange for another size
wron item > Wrong item delivered
wid > Wrong item delivered
oos > Item out of stock
iofs > Item out of stock
warr > Warranty claim
usr mnl > User manual download
ovrht > Device overheats
overheet > Device overheats
faktory reset > Reset to factory settings
cannot login > Cannot log in
pw > Forgot your password
del acc > Delete my account
newsleter > Unsubscribe from the newsletter
unsub > Unsubscribe from the newsletter
upgr year > Upgrade to the yearly plan
pts exp > Points about to expire
flt dlyd > Flight delayed
flight canceld > Flight cancelled
lst prop > Lost property on board
infnt > Travelling with an infant
veg > Vegetarian meals on board
bp phone > Boarding pass on your phone
boarding mobile > Boarding pass on your phone
comp ovb > Overbooked flight compensation
night hotel > Hotel voucher for a night stop
visa > Visa requirements
lst tckt > Lost ticket
wifi > Wi-Fi in the room
pwr otg > Power outage in your area
slow int > Internet connection is slow
swallow > Card swallowed by a cash machine
atm card > Card swallowed by a cash machine
oph > Opening hours on public holidays
opening holidys > Opening hours on public holidays
phising mail > Suspicious e-mail in our name
alergy > Allergy information
rckgabe > Rückgabe ohne Kassenbon
rueckgabe ohne > Rückgabe ohne Kassenbon
stornirung > Bestellung stornieren
storno > Bestellung stornieren
lfradr > Lieferadresse ändern
adresse ändern > Lieferadresse ändern
pwd zurck > Passwort zurücksetzen
gebuer > Mahngebühr erklären
schluessel > Schlüssel verloren
störugn > Störung im Netz
feiertage öffnung > Öffnungszeiten an Feiertagen
otmena reysa > Рейс отменён
reis otmen > Рейс отменён
posylka > Посылка потеряна
zhaloba > Жалоба на курьера
jaloba kur > Жалоба на курьера
vybor mesta > Выбор места в самолёте
promokod > Промокод не работает
извинится > Хотим извиниться
забыл пароль > Забыли пароль
размер > Обмен на другой размер
щетка > Щётка в комплекте
пртрн > Посылка потеряна
快递 > 快递延误
jipiao > 改签机票
fapiao > 开具发票
ddqx > 订单取消
wlgz > 网络故障
dizhi > 修改收货地址
xiugai dizhi > 修改收货地址
psunhuai > 商品破损
posun > 商品破损
adr dost > Promjena adrese dostave
prijevara > Sprječavanje prijevare
putovnica izgub > Izgubljena putovnica
zalba > Žalba na vozača
radno vr > Radno vrijeme trgovine
racun > Račun nije stigao
rvt > Radno vrijeme trgovine
tell tüh > Tellimuse tühistamine
parool > Unustatud parool
paraool > Unustatud parool
kahjust > Pakk on kahjustatud
uhendus > Ühenduse rike
""".strip().split("\n")
    )
)
"""What is typed, and the one right title."""
