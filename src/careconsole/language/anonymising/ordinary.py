"""Words that are nobody's name, though they stand where a name could, or are part of what somebody calls themselves."""

from __future__ import annotations

from careconsole.language.courtesies import COURTESIES, NEUTRAL
from careconsole.model.folding import fold

_LISTED = """
    all and are but can customer customers dear deleted everybody everyone everybody folks for from her him his how
    its mrs miss name not one our out passenger sir madam she shop store support service sister the them there this
    team user was who with would you your account admin anonymous brother client guest help home house man member
    mother mum dad father new old office page people person official real parcel order delivery refund money card
    phone number mail address flight ticket bag luggage seat plane time day today tomorrow week just here hear
    das den der dem des die ein eine einer einem und mit fur von vom zum zur ich ist sie wir ihr ihre herr frau
    herrn damen herren kunde kundin kunden leute zusammen alle liebe lieber liebes gast nutzer konto bestellung
    paket lieferung geld karte flug koffer nicht noch auch wie wer bin sind hat haben aus bei nach
    van del los las dos das con san santa bin ibn abu the
    как кто что это все всем вам вас ваш наш мой моя мое для при нет без или она они оно его мне нам вами вся клиент
    клиентка покупатель пользователь поддержка команда друзья коллеги господа дамы заказ посылка рейс билет багаж
    деньги карта телефон адрес магазин служба уважаемый уважаемая уважаемые дорогой дорогая
    svi vas nas moj moja moje ime kao tko sto nije sam smo ste jesu koji koja gdje ovo ono ova taj kupac kupca
    korisnik korisnica tim podrska trgovina narudzba paket let karta novac gospodin gospodo gospođa gospoda postovani
    postovana dragi draga svima ljudi
    ja on ei see oma meie teie klient kasutaja tugi meeskond pood tellimus pakk lend pilet raha kaart koik kes mis
    lugupeetud kallis kallid proua harra sobrad
    客户 顾客 用户 客服 先生 女士 小姐 你好 您好 大家 谢谢 团队 朋友 亲爱的 尊敬的
"""

ORDINARY = frozenset(fold(word) for word in (*_LISTED.split(), *COURTESIES, *NEUTRAL))
"""Such words, folded."""
