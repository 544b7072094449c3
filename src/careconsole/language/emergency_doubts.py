"""What speaks against an emergency, in six languages: a question, a supposition, the past, praise, money."""

from __future__ import annotations

from collections.abc import Mapping

from careconsole.language.cues import entries

DOUBTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "asked": entries("""
            landed/arrived on time, landed/arrived safely/safe, -can/could we/i please/get/have,
            -can/could someone/anyone/somebody please/help/come/tell/send,
            ^can/could/may/should i/we/my/someone/kids/children,
            am/is/are i/we/it/my/he/she/our allowed/permitted, is it ok/okay/possible/safe/fine/legal/true,
            allowed/permitted to wait/stay/sleep/travel/fly/be,
            -is/are there anyone/anybody/someone/somebody/nobody/noone/no, ^is/are/will there, what if,
            what happens if/when, in case,
            if/when/whenever/unless i/we/im/were/youre/you/someone/anyone/one/my ...
                stuck/stranded/trapped/alone/sleep/land, if/when stuck/stranded/trapped,
            in/together row/seats, sit together, ^does/do the/they/kids/children,
            before my/our/an/the/a ... flight, how old/early,
            ^is the airport/terminal/lounge/counter/desk/hotel/gate
        """),
        "past": entries("""
            in january/february/march/april/june/july/august/september/october/november/december,
            filed/submitted/sent ... claim/complaint/form,
            last
                week/month/year/summer/winter/spring/autumn/christmas/january/february/march/april/may/june/july/august,
            back in, to/i/we/do claim, claim the/for/back, claiming, my/our claim/complaint,
            claim/complaint number, weeks/months/years/week/month/year ago
        """),
        "dated": entries("""
            on/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23/24/25/26/27/28/29/30/31
                january/february/march/april/may/june/july/august/september/october/november/december,
            on the 1st/2nd/3rd/4th/5th/10th/12th/14th/15th/20th/21st/22nd, we were stranded/stuck/trapped,
            had to sleep/spend/stay/wait, i was stranded/stuck/trapped, days/nights ago
        """),
        "claim": entries("""
            claim/claims/claimed/complaint/compensation/compensate/reimburse/reimbursement/receipts/expenses,
            weeks ago
        """),
        "now": entries("""
            -still have/had/has/havent/no/not/waiting ...
                refund/refunds/refunded/compensation/compensated/reimbursement/reimbursed/money,
            now/still/tonight/today/again/currently/since, at the moment, right now,
            this morning/evening/minute, help, are/im stranded/stuck/trapped
        """),
        "calm": entries("""
            thank*/thanks/great/lovely/brilliant/wonderful/excellent/amazing/perfect/enjoyed,
            refund*/compensat*/claim/reimburse*/receipt/receipts/invoice,
            tomorrow/next ... week/month/flight/fly/flying, booked/booking ... for, layover/lounge,
            who pays, what time, opening hours, i/we/ill will be, ill/well be, which gate
        """),
        "price": entries("""
            price*/fee/fees/cost/costs/charge/charges/charging/pricing/tariff*/surcharge/newsletter*/emails/mails/advert*/spam/pounds/euros/dollars/sale/invoice
        """),
    },
    "de": {
        "asked": entries("""
            wie früh/spät, pünktlich gelandet/angekommen/da,
            -können/könnten/kann wir/ich/man bitte/endlich/hilfe,
            ^kann/darf/dürfen/können/soll man/ich/wir/mein/meine/unser/unsere,
            ist es erlaubt/möglich/okay/ok/sicher,
            -gibt es jemand/jemanden/niemand/niemanden/kein/keine/hilfe, was wäre,
            wenn/falls/sobald/sollte ich/wir/man/jemand ...
                strand*/gestrand*/festsitz*/feststeck*/stecke/hängen/eingesperrt/festhänge*/allein,
            in reihe, zusammensitzen, ^gibt es, ^ab wann, wie alt,
            wir/ich landen/lande ... hotel/mitternacht/nachts, wir/ich kommen/komme um/gegen
        """),
        "past": entries("""
            im januar/februar/märz/april/mai/juni/juli/august/september/oktober/november/dezember,
            vorgangsnummer/aktenzeichen/fallnummer,
            letzte/letzten/letztes/letztem/vorige/vorigen
                woche/monat/jahr/sommer/winter/januar/februar/märz/mai/juni/juli/august/dezember,
            reiche/reichen ... ein, einreichen,
            meine/unsere/mein/unser entschädigung/forderung/beschwerde/antrag, vor ... wochen/monaten/jahren
        """),
        "dated": entries("""
            am/vom ... januar/februar/märz/april/mai/juni/juli/august/september/oktober/november/dezember,
            saßen/saß/steckten/hingen/steckte ... fest, wir waren/ich war ... gestrandet, damals
        """),
        "claim": entries("entschädigung/beschwerde/antrag/belege/auslagen/erstattung/ausgleichszahlung"),
        "now": entries("""
            -noch auf ... geld/erstattung*/entschädigung*/rückerstattung/ausgleichszahlung,
            -noch immer auf ... geld/erstattung*/entschädigung*/rückerstattung/ausgleichszahlung,
            -noch kein/keine/keinen geld/cent/euro/erstattung/entschädigung/rückerstattung/ausgleichszahlung,
            -noch immer kein/keine/keinen geld/cent/euro/erstattung/entschädigung/rückerstattung,
            -geld/erstattung/entschädigung/rückerstattung ... noch nicht/immer,
            -seit wochen/monaten ... geld/erstattung*/entschädigung*/rückerstattung,
            jetzt/gerade/noch/heute/seit/wieder/aktuell/momentan/hilfe/hilft
        """),
        "calm": entries("""
            danke*/super/toll/wunderbar/großartig/schön/schöner/herrlich,
            erstattung/entschädigung/erstatten/rückerstattung/quittung/rechnung/belege,
            morgen ... fliegen/flug/fliege, nächste/nächsten/nächstes woche/monat/jahr, was passiert,
            wer zahlt/bezahlt/übernimmt, bis wann, um wie viel uhr, wann öffnet/schließt/macht, hat offen,
            lounge
        """),
        "price": entries("""
            preis*/gebühr*/kosten/kostet/aufpreis/tarif*/newsletter*/werbung/euro/rechnung/zuschlag/handgepäck
        """),
    },
    "ru": {
        "asked": entries("""
            вовремя,
            ^можно ли/сыну/дочери/ребенку/спать/ночевать/переночевать/оставить/ждать/мне/нам/там/здесь,
            могу/можем/разрешено ли, -есть ли кто/хоть/помощь,
            если/когда мы/я/кто ... застр*/окаж*/ост*/прилет*, что делать если, а если, что будет если,
            если застр*/прилет*, в ряду/ряд, ^есть ли, ^работает ли, ^где можно, завтра буду/будем
        """),
        "past": entries("""
            в январе/феврале/марте/апреле/мае/июне/июле/августе/сентябре/октябре/ноябре/декабре,
            моя/мою/наша/нашу/по претензия/претензию/претензии/жалоба/жалобу, номер обращения/претензии,
            прошлом/прошлой/прошлую/прошлый месяце/неделе/неделю/году/год/лете/зимой/месяц,
            недел*/месяц*/лет/год/года назад, куда прислать/отправить/подать
        """),
        "dated": entries("""
            января/февраля/марта/апреля/мая/июня/июля/августа/сентября/октября/ноября/декабря, тогда
        """),
        "claim": entries("претензи*/жалоб*/компенсац*/чеки/возмещ*"),
        "now": entries("""
            -до сих пор жду/ждем ... деньги/денег/возврат*/компенсац*/выплат*,
            -еще жду/ждем ... деньги/денег/возврат*/компенсац*/выплат*,
            -до сих пор нет денег/возврат*/компенсац*/выплат*, -еще нет денег/возврат*/компенсац*/выплат*,
            -деньги/возврат*/компенсац* ... до сих пор не/нет, -деньги/возврат*/компенсац* ... еще не/нет,
            -до сих пор не вернул*/получил*/выплатил*/перевели, -еще не вернул*/получил*/выплатил*/перевели,
            сейчас/сегодня/еще/опять/снова/помогите, до сих пор, со вчерашнего, прямо сейчас
        """),
        "calm": entries("""
            спасибо/благодар*/отличн*/прекрасн*/замечательн*/чудесн*,
            возврат*/компенсац*/чеки/чек/возмещ*/претензи*, завтра ... рейс/вылет/летим/лечу,
            следующ* недел*/месяц*, во сколько, сколько стоит, бизнес зал, кто платит/оплатит/оплачивает,
            до скольки
        """),
        "price": entries("""
            цен*/комисси*/тариф*/сбор*/стоимост*/доплат*/рассыл*/реклам*/рублей/евро/тысячи/скидк*/подписк*/писем/возврат*/наценк*
        """),
    },
    "zh": {
        "asked": entries("""
            准点, -能/可以 ... 帮, -能不能 ... 帮/派/来人, -有没有 人, 如果, 要是, 万一, 假如,
            可以 ... 睡/过夜/一个人/独自/等/放 ... 吗, 能 ... 睡/过夜/一个人/独自/等 ... 吗,
            能不能 ... 睡/过夜/一个人/独自/等, 可不可以 ... 睡/过夜/一个人/独自/等
        """),
        "past": entries("上个月, 上周, 去年, 上次, 前年, 几个月前, 申请赔偿"),
        "dated": entries("""
            一月, 二月, 三月, 四月, 五月, 六月, 七月, 八月, 九月, 十月, 十一月, 十二月,
            1月/2月/3月/4月/5月/6月/7月/8月/9月/10月/11月/12月, 当时, 那天
        """),
        "claim": entries("赔偿, 投诉, 报销, 索赔"),
        "now": entries("""
            -现在 还没/还没有/没有/没/仍未/还未 收到/拿到/退/赔, -现在 还在/仍在 等 ... 退款/赔偿/补偿/钱,
            -还在 等 ... 退款/赔偿/补偿/钱, 现在, 還在, 还在, 今晚, 今天, 此刻, 求助, 又被
        """),
        "calm": entries("""
            谢谢, 感谢, 很棒, 很好, 退款, 赔偿, 报销, 发票, 明天, 下周, 下个月, 几点, 多少钱, 开门, 贵宾室,
            转机, 附近有, 有 酒店/人/宾馆 吗, 半夜到, 明天要
        """),
        "price": entries("价, 费, 收费, 手续费, 钱, 广告, 邮件, 客服"),
    },
    "hr": {
        "asked": entries("""
            stigli/sletjeli ... na vrijeme, -ima/može li netko/koga/itko,
            ^mogu/može/možemo/smije/smijem/smijemo li, ^imate/je/treba/trebamo/postoji/radi/rade li,
            što ako/kad, ako/kad mi/ja/netko ... zapne*/sleti*/ostane*/zaglavi*,
            ako zapne*/sleti*/sletimo/zaglavi*/ostane*, ^je li, ^ima li
        """),
        "past": entries("""
            u
                siječnju/veljači/ožujku/travnju/svibnju/lipnju/srpnju/kolovozu/rujnu/listopadu/studenom/prosincu,
            moj/naš/moja/naša zahtjev/pritužba/žalba/reklamacija, broj zahtjeva/predmeta,
            lani, prošli/prošlog/prošle/prošla/prošlu
                tjedan/mjesec/godine/godina/tjedna/mjeseca/godinu/zime/ljeta, kamo/kome šaljem,
            prije ... tjedna/mjeseca/godine
        """),
        "dated": entries("""
            siječnja/veljače/ožujka/travnja/svibnja/lipnja/srpnja/kolovoza/rujna/listopada/studenog/prosinca,
            tada
        """),
        "claim": entries("odštet*/pritužb*/žalb*/zahtjev*/naknad*/račune/reklamacij*"),
        "now": entries("""
            -još čekam/čekamo ... novac/novca/povrat*/naknad*/odštet*/isplat*,
            -još uvijek čekam/čekamo ... novac/novca/povrat*/naknad*/odštet*/isplat*,
            -još nema/nemam/nemamo novca/povrata/naknade/odštete, -još uvijek nema/nemam novca/povrata/naknade,
            sada/sad/još/danas/večeras/noćas/opet/trenutno/upravo/upomoć/od
        """),
        "calm": entries("""
            hvala/odličn*/divn*/super/prekrasn*/izvrsn*, povrat*/naknad*/odštet*/račun*,
            sutra ... let/letimo/putujem*, sljedeći/sljedećeg tjedan/mjesec/tjedna/mjeseca,
            sutra sam/smo/ću/ćemo, do kada, od kada, u koliko, koliko košta, kada/kad se otvara/zatvara,
            tko plaća, salon
        """),
        "price": entries("""
            cijen*/naknad*/pristojb*/tarif*/troškov*/košta/eura/porukama/reklam*/račun*/newsletter*/nadoplat*/popust*
        """),
    },
    "et": {
        "asked": entries("""
            maandusime/jõudsime õigel/kohale, -kas keegi/kellelgi, -kas te ... aidata/aitate/abi,
            -kas saate ... aidata/abi/saata, ^kas, mis saab kui, mis siis kui,
            kui jään/jääme/maandume/maandun/keegi, juhul kui, kokku istuda, ^mis kell/kellani, ^mis kellast,
            reas
        """),
        "past": entries("""
            jaanuaris/veebruaris/märtsis/aprillis/mais/juunis/juulis/augustis/septembris/oktoobris/novembris/detsembris,
            minu/meie/mu kaebus/avaldus/nõue, kaebuse/avalduse number,
            esitasin/esitasime kaebuse/avalduse/nõude,
            eelmisel/eelmine/möödunud kuul/nädalal/aastal/nädal/kuu/aasta/suvel/talvel, kuhu ... saata,
            kuud/nädalat/aastat tagasi
        """),
        "dated": entries("""
            jaanuaril/veebruaril/märtsil/aprillil/mail/juunil/juulil/augustil/septembril/oktoobril/novembril/detsembril,
            toona
        """),
        "claim": entries("hüvit*/kaebus*/avaldus*/nõue/nõude/arved"),
        "now": entries("""
            -ikka ootan/ootame ... raha/hüvit*/tagasimakse*, -ootan/ootame ikka ... raha/hüvit*/tagasimakse*,
            -raha/hüvit*/tagasimakse* pole/ei ... ikka, -ikka pole/ei raha/hüvitist/tagasimakset,
            praegu/nüüd/ikka/täna/jälle/hetkel/appi/saati
        """),
        "calm": entries("""
            aitäh/tänan/tänud/tore/suurepära*/imeline/väga hea, tagasimakse*/hüvit*/arve/arved/tšekid/tšekk,
            homme ... lend/lendame/lendan, järgmisel/järgmine nädalal/kuul, millal, kes maksab, lounge,
            palju maksab
        """),
        "price": entries("""
            hind/hinnad/hinnaga/hindu/hinna/tasu/tasud/tasuga/teenustasu*/maksab/kulu/reklaam*/kirjade/uudiskir*/eurot/arve/arvel
        """),
    },
}
"""By language: asked or supposed; long past, or a date and a claim together, which count only without a word for
now; matter of praise, plans or money; and prices, beside which much is idiom."""
