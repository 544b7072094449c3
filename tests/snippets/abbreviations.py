"""Titles of prepared answers in six languages, and what agents type to find one of them."""

from __future__ import annotations

import random

from careconsole.snippets.snippet import Snippet

ENGLISH = """
Where is my refund|Refund sent to the original card|Refund takes longer than expected|Partial refund explained
Refund to a gift card|No refund on sale items|Double charge on your card|Payment declined at checkout
Change the payment method|Invoice for your order|Invoice with a company name|Promo code does not work
Gift card balance|Gift card lost or stolen|Price match request|Price changed after ordering
Order confirmation did not arrive|Cancel an order|Change the delivery address|Change the delivery date
Parcel marked as delivered but missing|Parcel stuck in customs|Parcel left with a neighbour|Parcel damaged in transit
Delivery delayed by weather|Delivery to a parcel locker|Express delivery options|Track your shipment
Tracking number does not work|Return an item|Return label by e-mail|Return without a receipt
Return period is over|Exchange for another size|Exchange for another colour|Wrong item delivered
Item missing from the box|Item out of stock|Back in stock reminder|Preorder release date
Warranty claim|Extended warranty|Repair instead of replacement|Spare parts available
User manual download|Assembly instructions|Battery does not charge|Screen stays black
Device overheats|Software update fails|Reset to factory settings|Pair with your phone
App crashes at start|App not available in your country|Cannot log in|Forgot your password
Two-factor code does not arrive|Account locked after failed attempts|Delete my account|Merge two accounts
Change the e-mail address|Change the phone number|Download my personal data|Unsubscribe from the newsletter
Subscription renewal|Cancel the subscription|Pause the subscription|Upgrade to the yearly plan
Downgrade to the free plan|Student discount|Family plan members|Loyalty points missing
Loyalty card number|Points about to expire|Flight delayed|Flight cancelled
Missed connection|Rebook on the next flight|Change the passenger name|Add checked baggage
Delayed baggage|Damaged baggage|Lost property on board|Carry-on size limits
Seat selection|Seats together for families|Travelling with an infant|Travelling with a pet
Wheelchair assistance|Special meal request|Vegetarian meals on board|Unaccompanied minors
Check-in opens 24 hours before|Boarding pass on your phone|Online check-in fails|Gate closes 20 minutes before
Overbooked flight compensation|Compensation for a long delay|Hotel voucher for a night stop|Meal voucher during a delay
Visa requirements|Passport expires soon|Travel insurance|Medical certificate needed
Train replaced by a bus|Seat reservation on the train|Lost ticket|Ticket machine kept the money
Season ticket renewal|Group booking|Booking reference not found|Booking made for the wrong date
Hotel room not as described|Late check-out|Early arrival at the hotel|Parking at the hotel
Breakfast included|Cancel the room free of charge|City tax explained|Wi-Fi in the room
Power outage in your area|Internet connection is slow|No signal on the mobile phone|Roaming charges abroad
SIM card not active|Keep my old number|Technician appointment|Router lights explained
Meter reading|Bill higher than usual|Pay in instalments|Late payment fee
Direct debit returned|Change the bank account|Card blocked|Card swallowed by a cash machine
Transfer not received|Exchange rate explained|Opening hours|Opening hours on public holidays
Nearest shop|Job application|Press enquiry|Thank you for the praise
Sorry for the rude reply|Handing over to a colleague|Please send a private message|We are looking into it
Known problem with a fix on the way|Suspicious e-mail in our name|Fake shop using our brand|Report a safety problem
Allergy information|Product recall|Ingredients list|Recycling the packaging
"""

GERMAN = """
Rückerstattung dauert länger|Rückgabe ohne Kassenbon|Bestellung stornieren|Lieferadresse ändern
Lieferung verzögert sich|Paket beschädigt angekommen|Paket beim Nachbarn abgegeben|Gutschein einlösen
Passwort zurücksetzen|Konto löschen|Rechnung mit Firmennamen|Zahlung fehlgeschlagen
Umbuchung auf den nächsten Flug|Gepäck verspätet|Sitzplatz reservieren|Zug fällt aus
Kündigung bestätigen|Öffnungszeiten an Feiertagen|Größe umtauschen|Fahrpreiserstattung beantragen
Störung im Netz|Techniker kommt später|Zählerstand melden|Mahngebühr erklären
Barrierefreier Zugang|Schlüssel verloren|Vielen Dank für das Lob|Wir prüfen das gerade
"""

RUSSIAN = """
Возврат денег на карту|Задержка доставки|Отмена заказа|Изменить адрес доставки
Посылка потеряна|Товар пришёл сломанным|Обмен на другой размер|Промокод не работает
Забыли пароль|Удалить аккаунт|Двойное списание|Чек по электронной почте
Рейс отменён|Багаж задержан|Выбор места в самолёте|Пересадка пропущена
Электричка опаздывает|Служба поддержки закрыта|Гарантийный ремонт|Часы работы магазина
Подписка продлена|Номер телефона изменён|Жалоба на курьера|Хотим извиниться
Цена изменилась|Щётка в комплекте|Юридическое лицо|Спасибо за отзыв
"""

CHINESE = """
退款进度查询|修改收货地址|订单取消|快递延误
包裹丢失|商品破损|更换尺码|优惠券无法使用
忘记密码|注销账号|重复扣款|开具发票
航班取消|行李延误|座位选择|改签机票
会员积分|保修期限|营业时间|联系人工客服
网络故障|账单过高|支付失败|感谢您的反馈
"""

CROATIAN = """
Povrat novca kasni|Promjena adrese dostave|Otkazivanje narudžbe|Paket je oštećen
Račun nije stigao|Zaboravljena lozinka|Brisanje računa|Let je otkazan
Prtljaga kasni|Izgubljena putovnica|Međunarodna dostava|Sprječavanje prijevare
Žalba na vozača|Radno vrijeme trgovine|Čekamo odgovor dobavljača|Hvala na pohvali
"""

ESTONIAN = """
Raha tagastamine võtab aega|Tellimuse tühistamine|Tarneaadressi muutmine|Pakk on kahjustatud
Arve ei jõudnud kohale|Unustatud parool|Konto kustutamine|Lend on tühistatud
Pagas hilineb|Kadunud pass|Lahtiolekuajad pühade ajal|Täname kiituse eest
Õige suuruse valimine|Järelmaks|Üliõpilase soodustus|Ühenduse rike
"""


def titles() -> list[str]:
    """All of them, each once."""
    texts = (ENGLISH, GERMAN, RUSSIAN, CHINESE, CROATIAN, ESTONIAN)
    return [title for text in texts for line in text.split("\n") for title in line.split("|") if title]


TYPED: tuple[tuple[str, str, str], ...] = tuple(
    (kind, typed.strip(), title.strip())
    for kind, lines in {
        "skeleton": """
            whr rfnd > Where is my refund
            dbl chrg > Double charge on your card
            chng dlvry addr > Change the delivery address
            prcl cstms > Parcel stuck in customs
            wrnty clm > Warranty claim
            frgt pswd > Forgot your password
            cncl sbscr > Cancel the subscription
            dmgd bggg > Damaged baggage
            bttry chrg > Battery does not charge
            rtrn lbl > Return label by e-mail
            trckng nmbr > Tracking number does not work
            whlchr > Wheelchair assistance
            rckgb kssnbn > Rückgabe ohne Kassenbon
            kntlschn > Konto löschen
            otkzvnj > Otkazivanje narudžbe
            rmng abrd > Roaming charges abroad
            взврт днг > Возврат денег на карту
            tgstmn > Raha tagastamine võtab aega
            """,
        "prefix": """
            ref orig > Refund sent to the original card
            part ref > Partial refund explained
            pri mat > Price match request
            gif bal > Gift card balance
            parc neigh > Parcel left with a neighbour
            exch col > Exchange for another colour
            acc lock > Account locked after failed attempts
            stud disc > Student discount
            miss conn > Missed connection
            unacc > Unaccompanied minors
            meal vou > Meal voucher during a delay
            late check > Late check-out
            rout lig > Router lights explained
            dir deb > Direct debit returned
            recy > Recycling the packaging
            seat tog > Seats together for families
            lief ver > Lieferung verzögert sich
            umb > Umbuchung auf den nächsten Flug
            задер дост > Задержка доставки
            гарант > Гарантийный ремонт
            prtlj > Prtljaga kasni
            lahti püh > Lahtiolekuajad pühade ajal
            """,
        "initials": """
            wimr > Where is my refund
            pdac > Payment declined at checkout
            pmad > Parcel marked as delivered but missing
            ctema > Change the e-mail address
            tfcd > Two-factor code does not arrive
            bhtu > Bill higher than usual
            wpdg > Wir prüfen das gerade
            хи > Хотим извиниться
            """,
        "swapped": """
            code promo > Promo code does not work
            baggage checked add > Add checked baggage
            phone number change > Change the phone number
            hotel parking > Parking at the hotel
            outage power > Power outage in your area
            netz störung > Störung im Netz
            доставки адрес > Изменить адрес доставки
            adrese promjena > Promjena adrese dostave
            """,
        "typo": """
            delayd bag > Delayed baggage
            pasport expirs > Passport expires soon
            recieved transfer > Transfer not received
            tehcnician > Technician appointment
            warrenty extendd > Extended warranty
            insatlments > Pay in instalments
            compensaton overboked > Overbooked flight compensation
            subscribtion pause > Pause the subscription
            kündingung > Kündigung bestätigen
            электрчика > Электричка опаздывает
            tuhsitamine > Tellimuse tühistamine
            lozinak > Zaboravljena lozinka
            """,
        "umlaut": """
            rueckerstattung > Rückerstattung dauert länger
            groesse > Größe umtauschen
            oeffnungszeiten > Öffnungszeiten an Feiertagen
            gepack versp > Gepäck verspätet
            zaehlerstand > Zählerstand melden
            ostecen > Paket je oštećen
            medjunarodna > Međunarodna dostava
            sprjecavanje > Sprječavanje prijevare
            uliopilase > Üliõpilase soodustus
            oige suur > Õige suuruse valimine
            """,
        "cyrillic in Latin": """
            vozvrat > Возврат денег на карту
            zaderzhka dostavki > Задержка доставки
            otmena zakaza > Отмена заказа
            hotim > Хотим извиниться
            khotim izvin > Хотим извиниться
            schetka > Щётка в комплекте
            yuridicheskoe > Юридическое лицо
            juridi lico > Юридическое лицо
            chasy raboty > Часы работы магазина
            udalit akk > Удалить аккаунт
            cena izm > Цена изменилась
            """,
        "hanzi": """
            退款 > 退款进度查询
            发票 > 开具发票
            客服 > 联系人工客服
            行李 > 行李延误
            改机票 > 改签机票
            """,
        "pinyin": """
            tuikuan > 退款进度查询
            wangji mima > 忘记密码
            hangban > 航班取消
            jifen > 会员积分
            dingdan quxiao > 订单取消
            zwxz > 座位选择
            yysj > 营业时间
            """,
    }.items()
    for line in lines.strip().split("\n")
    for typed, title in [line.split(" > ")]
)
"""Kind, what is typed, and the one right title."""

_VERBS = (
    "Change|Cancel|Extend|Confirm|Report|Order|Book|Check|Replace|Explain|Transfer|Close|Open|Find|Update|Stop|"
    "Request|Remove|Review|Send|Split|Move|Hold|Print|Rate"
)
_THINGS = (
    "ticket|contract|tariff|voucher|shipment|reservation|account|membership|statement|password|profile|address|"
    "meter|device|router|cable|battery|keyboard|coupon|basket|wish list|delivery slot|pickup point|locker|"
    "receipt|credit note|deposit|loan|mortgage|insurance policy|claim|appointment|prescription|vaccine|course|"
    "certificate|licence|permit|garage|bicycle|scooter|rental car|ferry|cabin|lounge|blanket|jacket|trousers|"
    "sofa|mattress|lamp|oven|fridge|washing machine|camera|headset|printer|cartridge"
)
_ENDS = (
    "for a friend|by phone|in the shop|after the move|before departure|abroad|at the weekend|within a week|"
    "with a discount|for students|without a fee|by post|at the airport|in the app|for a company|as a gift|"
    "from another country|on a holiday|in instalments|with points"
)


def distractors(count: int) -> list[str]:
    """Titles that nobody looks for; always the same ones."""
    dice = random.Random(11)
    made: dict[str, None] = {}
    verbs, things, ends = _VERBS.split("|"), _THINGS.split("|"), _ENDS.split("|")
    while len(made) < count:
        made[f"{dice.choice(verbs)} the {dice.choice(things)} {dice.choice(ends)}"] = None
    return list(made)


def as_snippets(given: list[str]) -> list[Snippet]:
    """Titles as snippets without anything else."""
    return [Snippet(f"s{number}", title, "") for number, title in enumerate(given)]
