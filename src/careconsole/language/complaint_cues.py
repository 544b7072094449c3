"""What people write when they complain, by language and by how clearly negative it is.

Each language has four lists: of weight 3 (alone a clearly negative mood), 2, 1, and 0 (something is wrong, said
calmly; a complaint unless the message asks something). The signs are those of `language.cues`.
"""

from __future__ import annotations

from collections.abc import Mapping

from careconsole.language.cues import entries

Grades = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]

COMPLAINTS: Mapping[str, Grades] = {
    "en": (
        entries("""
            unacceptable, disgrace*, disgust*, appalling*, outrageous*, furious, thieves, thief, scammers,
            liars, fraudsters, worst airline/company/service/customer/experience/flight/shop/store,
            shame on, shameful, pathetic, horrible, horrific, atrocious, thanks for nothing, treated like,
            treated ... badly, incompeten*, rip off, ripped off, fed up, sick of, had enough, wtf, fuck*,
            shit*, bullshit, shambles, joke of a, total/utter joke, terrible, awful, abysmal,
            never fly/flying/flown/buy/buying/order/ordering/use/using/book/booking/shop ... again,
            never again, lying to, lied to, robbed, cheated, absolute/total mess
        """),
        entries("""
            worst, useless, rude, ridiculous, garbage, rubbish, hate, angry, crap, ruined, disappoint*,
            so/very/really bad, bad service/experience/customer, nightmare, waste of,
            mess/messed/messing up/this, ignored, ignoring me/us, unhelpful,
            not impressed/happy/good/acceptable/ok/okay/satisfied/helpful/amused, unhappy, frustrat*,
            annoy*, lousy, a joke, because of you, no respect, appallingly, unprofessional, absurd, insane,
            sort/get ... act together, scam
        """),
        entries("""
            third/second/fourth/fifth/tenth time, still waiting/no/not/havent/nothing/hasnt/isnt,
            again and again,
            nobody/noone/no one ...
                answers/answer/replies/reply/responds/answered/picks/cares/helps/help/helped,
            no reply/answer/response/one, on hold for, been on hold, for hours, charged ... twice,
            overcharged, money back, want/need ... refund, complain, complaint,
            speak/talk to a/the/your manager/supervisor, poor, dirty, stolen, stole,
            keeps/keep crashing/failing/asking/losing/freezing/sending, stop sending, in a row, how hard,
            why on earth, would have expected, not what i ordered/paid, three/four/five/six/two weeks now,
            so much for, supposed to, robots, bots
        """),
        entries("""
            broken, broke, doesnt/dont/isnt/not/wont/cant/didnt/stopped ... work/working,
            crash/crashes/crashed/crashing, wrong, damaged, lost my/our,
            lost ... bag/luggage/suitcase/parcel, missing, delay*, cancelled, canceled, late, leaks,
            leaking, strap/sleeve/bag tore, tore after/apart/off, torn,
            never arrived/arrives/came/got/received, smells, faulty, defective,
            not/hasnt/havent/didnt ... arrived/arrive/received/receive/get,
            too small/slow/expensive/cold/loud, burnt, still get/getting mails/emails, unsubscribed, hangs,
            stuck, froze/freezes/frozen, does not work, had a hole, non functioning, gone, still pending,
            declined, disappeared, in pieces, smashed, shattered, leaving me
        """),
    ),
    "de": (
        entries("""
            unverschämt*, frechheit, schande, betrug, betrüger*, abzocke*, verarsch*, stinksauer,
            stocksauer, saftladen, schlechteste/schlechtester/schlechtesten/mieseste, unter aller,
            danke für nichts, nie wieder, nie mehr, so schlecht wurde/wurden, katastrophal*, katastrophe,
            scheiß*, scheiss*, unfassbar, unmöglich von euch, zum kotzen, ekelhaft, widerlich, inkompeten*,
            lügner, belogen, unterirdisch, eine zumutung, empörend, skandal*, verdammt, reicht es mir/jetzt,
            schnauze voll, nase voll
        """),
        entries("""
            enttäusch*, sauer, wütend, wut, ärger*, schlechter/schlechten/mieser service, unfreundlich*,
            lächerlich, witz, nicht zufrieden, unzufrieden, frust*, peinlich, chaos, absolut schlecht,
            sehr schlecht, nicht akzeptabel, inakzeptabel, wegen euch, im stich, so geht man nicht,
            geht gar nicht, unprofessionell, ignoriert, verdorben, mist, müll, abgewimmelt, hingehalten,
            unerhört, respektlos
        """),
        entries("""
            zum dritten/zweiten/vierten/wiederholten mal, schon wieder,
            dritte/zweite/vierte lieferung/fehler/mal,
            niemand/keiner ... antwortet/meldet/reagiert/hilft/geht/kümmert,
            keine antwort/reaktion/rückmeldung, immer noch, warte/warten/wartet ... seit/schon,
            warteschleife, zweimal/doppelt abgebucht, geld zurück, beschwer*, reklam*,
            chefin/chef/vorgesetzten sprechen, mit ... chef/chefin/vorgesetzten, seit wochen/tagen/monaten,
            so viel zu, automatenantwort*, von wegen, ständig, dauernd, bringt mich noch um,
            bitte ... keine werbung
        """),
        entries("""
            kaputt*, defekt*, funktioniert nicht, geht nicht, klappt nicht, stürzt ... ab, fehler*, falsch*,
            beschädigt, verloren, fehlt*, gefehlt, verspät*, gestrichen, annulliert, undicht, gerissen,
            zerbrochen, hängt sich, hänge bei, nicht angekommen/erhalten/bekommen/geliefert/angenommen,
            zu klein/langsam/teuer/spät/laut, eiskalt, loch, leider, zerknickt, stinkt, zu eng, so eng,
            scherben, zertrümmert, nicht weiter, noch nicht da, verbrannt
        """),
    ),
    "ru": (
        entries("""
            безобраз*, позор*, хамств*, хамы, хамят, хамил*, мошенник*, обман*, воры, ворье, кидалы, ужас*,
            кошмар*, отврат*, возмут*, возмущ*, худш*, никогда больше, больше никогда, ноги моей, бешенств*,
            издева*, беспредел*, наглост*, наглые, наглое, отстой, дерьм*, черт знает, врете, вранье,
            испорченный отпуск, испорченн*, жесть, катастроф*, гнусн*, омерзительн*
        """),
        entries("""
            разочаров*, недовол*, зол, злая, злюсь, бесит, плохой сервис, плохое обслуживание, ужасно,
            груб*, некомпетент*, игнорир*, смешно, издевка, из-за вас, хаос, бардак, стыдно, не устраивает,
            неприемлем*, недопустим*, сколько можно, надоел*, достал*, доконает, невозможно,
            непрофессионал*, отфутбол*
        """),
        entries("""
            в третий/второй/четвертый раз, третий/второй/третья/вторая/четвертый раз/посылка, опять,
            снова не, никто не ... отвечает/берет/помогает/знает, не отвечаете/отвечают/перезвонил*,
            не берете/берет трубку, до сих пор, жду ... возврат*/недел*/месяц*/деньги, недел* жду,
            дважды списали, списали дважды/два, верните, жалоб*, руководител*, претензи*, постоянно, вечно,
            вот вам и, обещали, обещанн*, от робота, не присылайте
        """),
        entries("""
            сломан*, сломал*, не работает, не принимается, не открывается, не могу войти, вылетает,
            зависает, завис*, ошибк*, неправильн*, поврежден*, потеряли, потерян*, пропал*, нет моего,
            опозда*, задерж*, отменил*, отменен*, протекает, порвал*, разбит*, помят*,
            не пришел/пришла/пришло/дошло/получил*, не хватает, заела, тесн*, с дырой, дыра, брак,
            бракован*, вдребезги, дорого, отписал*, маломерит, где мой/мои/моя, вонь, воняет
        """),
    ),
    "zh": (
        entries("""
            太过分, 过分了, 骗子, 骗钱, 欺骗, 坑人, 坑爹, 垃圾, 最差, 最烂, 最糟, 气死, 恶劣, 无耻, 丢人,
            可恶, 恶心, 再也不, 再也不会, 投诉无门, 忍无可忍, 差劲, 太差, 太烂, 毁了, 混蛋, 他妈, 受够了,
            黑心, 不要脸, 离谱, 这样对待
        """),
        entries("""
            失望, 生气, 愤怒, 不满意, 不满, 糟糕, 很差, 差评, 敷衍, 推卸, 推诿, 无语, 荒唐, 可笑, 开玩笑吧,
            逼疯, 不负责任, 浪费时间, 不专业, 受气, 不可接受, 无法接受, 讨厌, 火大
        """),
        entries("""
            第三次/第二次/第四次, 连续第, 没人接/没有人接/没人理/没有人理/没人回/没人管,
            没有人回复/没人回复/不回复, 还没退/还没到账, 等了 ... 个星期/个月/分钟/小时/天, 扣了 ... 两次,
            投诉, 经理, 退钱, 还我, 一直不, 一直没, 一直闪退, 不要再给我, 总是, 又坏, 又错, 说好的,
            全是机器人
        """),
        entries("""
            坏了, 坏的, 失败, 没反应, 转圈, 打不通, 卡死, 闪退, 登录不了, 用不了, 打不开, 错了, 损坏, 丢了,
            弄丢, 不见了, 少了, 没有寄来, 没收到, 没有收到, 还没到, 没到, 晚点, 延误, 取消了, 漏水, 断了,
            压皱, 卡住, 卡在, 滞留, 太小, 偏小, 太慢, 太贵, 很冷, 洞, 还在收, 太挤, 有焦味, 破了, 碎了,
            我的行李呢, 现在都
        """),
    ),
    "hr": (
        entries("""
            sramota, sramotno, sramite, nedopustiv*, nečuven*, užas, užasno, užasna, katastrof*, najgor*,
            lopov*, prevara, prevarant*, lažljivci, lažete, nikad više, nikada više, bijesan, bijesna,
            bezobraz*, bezobrazluk, skandalozn*, odvratn*, sramotite, hvala vam na upropašten*, upropašten*,
            jadno, ispod svake, dosta mi je, pun kufer, sranje, kreten*
        """),
        entries("""
            razočar*, ljut, ljuta, ljuti, nezadovolj*, živcira*, nervira*, grozno, grozna, loša usluga,
            lošu uslugu, tako loše, neprihvatljiv*, nepristojn*, nesposobn*, neprofesionaln*, neljubazn*,
            kaos, zbog vas, ignorira*, smiješno, šala, tako se ne, smeće, bruka, ubiti, bez veze
        """),
        entries("""
            treći/drugi/četvrti put/paket, opet ne, opet nije, nitko ... odgovara/javlja/pomaže/zna,
            nitko mi/nam, ne javljate, čekam ... tjedn*/dana/mjesec*/povrat, tjedna/tjedana čekam,
            na čekanju, dva puta ... kart*, naplatili ... dva puta, povrat novca, žalb*, pritužb*,
            voditelj*, stalno, ne šaljite mi, toliko o, automatsk* odgovor*, još uvijek, još dobivam
        """),
        entries("""
            razbijen*, pokvaren*, slomljen*, puknu*, pukao, pukla, puklo, ne radi, ne rade, ruši, zamrzne,
            zapeo/zapela, greška, grešku, krivo, pogrešn*, oštećen*, izgubili ste, izgubljen*, nedostaj*,
            kasni, kasnite, otkazan*, curi, zgužvan*, premal*, preskup*, presporo,
            nije stigla/stigao/stiglo, nisam dobi*, ne mogu se, ledeno, rupu, usko, manji nego,
            u komadićima, smrskan*, gdje mi je, stoji u skladištu, nije u
        """),
    ),
    "et": (
        entries("""
            häbi, häbiväär*, lubamatu*, petturid, pettus, petis, petavad, vargad, kõige halvem, halvim,
            kohutav*, jube, jubeda*, õudne, õudus*, mitte kunagi, enam kunagi, kunagi enam, vihane,
            maruvihane, raevus, ennekuulmatu, skandaal*, saast, perse, kuradi*, jama, rikutud puhkus*,
            rikkusite, ülbe*, jõhker, täielik naljanumber, nii halvasti, valetate, valetasite, katastroof*,
            debiil*
        """),
        entries("""
            pettunud, pettumus*, rahulolematu, pole rahul, ei ole rahul, halb teenindus, halva teeninduse,
            ebaviisakas, ebaprofessionaal*, vastuvõetamatu, närvi, ajab vihale, pahane, naljanumber,
            naeruväär*, kaos, teie pärast, ignoreerit*, nii klientidega, tapab, ei kannata, nõme, vastik,
            lohakas, ebakompetent*
        """),
        entries("""
            kolmas/teine/neljas kord/pakk, kolmandat/teist/neljandat korda, juba kolmas,
            keegi ei vasta/aita/võta/tea, ei vastata, vastust pole, ootan ... nädal*/tagasimakset/raha,
            nädalat ootan, ootejärjekor*, kaks korda raha, raha tagasi, kaebus*, kaebuse, juhataja*,
            pidevalt, kogu aeg, lubadus*, robot*, ikka veel, ikka tuleb, ärge saatke
        """),
        entries("""
            katki, katkine, katkise*, ei tööta, ei toimi, ei avane, jookseb kokku, jookseb ... kokku, viga,
            vigane, vale, kahjustatud, kaotasite, kadunud, puudu, puudub, hilineb, hilines, tühistati,
            lekib, rebenes, kortsus, kinni, ei saa sisse, pole jõudnud, ei jõudnud, pole saanud,
            liiga väike/kallis/aeglane/külm, kitsas, kildudeks, purunes, purunenud, jääkülm, auk, seisab,
            väiksem kui, kõrbenu*, lubati, kus mu pagas
        """),
    ),
}
