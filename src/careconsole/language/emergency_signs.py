"""Signs that only together make an emergency, in six languages."""

from __future__ import annotations

from collections.abc import Mapping

from careconsole.language.cues import entries

SIGN_POINTS: Mapping[str, int] = {
    "place": 1,
    "noway": 2,
    "nobed": 2,
    "off": 1,
    "storm": 1,
    "long": 1,
    "night": 1,
    "weak": 1,
    "alone": 1,
    "need": 1,
}
"""What a sign counts, once in a message: where one is, no way out, no bed, no journey, weather, long waiting, at night,
who needs care, nobody there, what one lacks."""

_FROM_EIGHT = "/".join(map(str, range(8, 73)))
_HOURS = f"{_FROM_EIGHT}/eight/nine/ten/eleven/twelve/fifteen/sixteen/eighteen/twenty/thirty"
_STUNDEN = f"{_FROM_EIGHT}/acht/neun/zehn/elf/zwölf/zwanzig"
_CHASOV = f"{_FROM_EIGHT}/восемь/девять/десять/одиннадцать/двенадцать/двадцать"
_SATI = f"{_FROM_EIGHT}/osam/devet/deset/jedanaest/dvanaest/dvadeset"
_TUNDI = f"{_FROM_EIGHT}/kaheksa/üheksa/kümme/üksteist/kaksteist/kakskümmend"
_AGED = "/".join(map(str, range(70, 100)))
_HAN_HOURS = "/".join([*map(str, range(8, 73)), *"八九十"])

SIGNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "place": entries("""
            on the street/streets/motorway/highway, in/at hall/concourse,
            airport/airports/terminal/ohare/ord/jfk/heathrow/gatwick/tarmac/runway,
            at/in the/this gate/station, your/the desk/counter ... empty/closed, the/your counter, o hare,
            bus/coach/train/taxi/shuttle/car ... broke/broken down
        """),
        "noway": entries("""
            thrown/kicked/threw/sent/forced out, shut us out, told ... leave the terminal/airport/building,
            cant/cannot/couldnt leave/escape, cant/cannot get out of/home, no way out/home/back,
            unable to leave/get, nowhere to go/put, nowhere else, not/never get/getting out/home,
            no flight/flights/train/trains out/until,
            dropped/dumped/left/put us/me/them ... middle of nowhere
        """),
        "nobed": entries("""
            hotel ... closed/shut, on cardboard, lying in/at, on/slept benches,
            no hotel/hotels/bed/beds/room/rooms/accommodation/shelter, hotel/hotels ... full/sold/booked,
            nowhere to sleep/stay/rest/lie, on the floor/benches/bench/chairs, need a bed,
            sleeping/sleep rough
        """),
        "off": entries("""
            cancelled/canceled/cancellation/scrapped/grounded/diverted/suspended,
            no flights/rebooking/flight/plane, flight/flights/train/trains/everything ... off,
            missed our/my connection, offloaded
        """),
        "storm": entries("snow/snowstorm/blizzard/storm/hurricane/flood/flooding/ice/typhoon"),
        "long": entries(f"""
            {_HOURS} hours/hrs/hour/h, since yesterday, since last night/evening, all night/day,
            whole night/day, second/third/fourth/2nd/3rd/4th night/day, two/three/four/2/3/4 days/nights,
            were/are/im/am still at/in/here, for hours, over a day, been here since, since ... yesterday,
            here all day/night
        """),
        "night": entries("""
            overnight, tonight, for the night, middle of the night, 1/2/3/4/11/12 am,
            1am/2am/3am/4am/11pm/12am, midnight, in the dark
        """),
        "weak": entries(f"""
            woman alone, months pregnant, mum/mom/mother/dad/father/parents/he/she/hes/shes ... {_AGED},
            kids/kid/child/children/baby/babies/infant/newborn/toddler/toddlers,
            month/year/months/years old, elderly/pregnant/diabetic/wheelchair/disabled/sick,
            grandmother/grandfather/grandma/grandpa, parents ... eighties/seventies/old,
            in his/her/their eighties/seventies/nineties,
            insulin/medication/meds/medicine/inhaler/pills/asthma
        """),
        "alone": entries("""
            every/all/the desk/desks/counter/counters ... shut/closed, nobody/noone, no one,
            no staff/help/info/information/answer/voucher, counter/desk/counters ... empty/closed,
            zero help, dont know what to do, on our/my own, ignored, abandoned
        """),
        "need": entries("""
            shivering/shaking/starving, its minus 5/8/10/12/15/18/20/25/30,
            hasnt/havent/not/nothing eaten, has/had nothing to, help us/me,
            please help, someone/somebody please/help,
            crying/exhausted/desperate/freezing/hungry/scared/fever/feverish, who can help, anyone ... help,
            ice cold, no food/water/blankets/milk/heating, without food/water, nothing to eat/drink,
            running/run out
        """),
    },
    "de": {
        "place": entries("""
            auf der straße/autobahn, in/der halle, flughafen/airport/terminal/ohare/rollfeld/bahnhof,
            am/im gate, am/der/euer schalter, o hare, bus/zug/taxi/auto/wagen ... liegen geblieben,
            bus/zug/taxi/auto ... liegengeblieben/steckt/panne
        """),
        "noway": entries("""
            rausgeworfen/rausgeschmissen/hinausgeworfen/ausgesperrt, aus dem terminal/flughafen,
            kommen/komme/kommt ... nicht/keiner/niemand weg/raus/heim, nicht mehr ... weg/raus/heim,
            kommt ... keiner/niemand ... raus/weg, nicht weg/raus/fort, wohin mit, wissen/weiß nicht wohin,
            kein flug/zug mehr, keinen weg
        """),
        "nobed": entries("""
            hotel ... zu/geschlossen, auf pappe/karton, auf bänken/stühlen,
            kein/keine/keinen/ohne hotel/hotels/zimmer/bett/betten/unterkunft/schlafplatz,
            hotels ... voll/ausgebucht/belegt/dicht, auf dem boden, brauchen/brauche ein bett,
            wo ... schlafen
        """),
        "off": entries("""
            gestrichen/annulliert/storniert/ausgefallen/abgesagt/annulliert/cancelled/gecancelt,
            kein flug/flugzeug/zug, keine umbuchung/flüge/maschine, fällt aus, fallen aus
        """),
        "storm": entries("schnee/schneesturm/schneechaos/sturm/blizzard/unwetter/eis/eisregen/hochwasser"),
        "long": entries(f"""
            seit einem/zwei tag/tagen, {_STUNDEN} stunden/std/h, seit gestern/vorgestern/tagen,
            ganze/ganzen nacht/tag, zweite/zweiten/dritte/dritten nacht/tag,
            zwei/drei/vier/2/3 tage/tagen/nächte, immer noch am/im/hier, seit stunden
        """),
        "night": entries("""
            heute nacht, über nacht, mitten in der nacht, uhr nachts/morgens, 1/2/3/4 uhr, mitternacht,
            die nacht
        """),
        "weak": entries(f"""
            frau allein, allein auf der, mutter/vater/mama/papa/oma/opa/eltern ... {_AGED},
            kind/kinder/kindern/baby/babys/säugling/kleinkind/neugeborenes/neugeborenen,
            schwanger/diabetiker/diabetikerin, rollstuhl/behindert/krank/gebrechlich,
            opa/großmutter/großvater, meine/unsere/der/die oma, eltern ... achtzig/siebzig/alt,
            über achtzig/siebzig, jahre alt, insulin/medikamente/tabletten/herztabletten/asthmaspray/asthma
        """),
        "alone": entries("""
            alle schalter, niemand/keiner/keine hilfe, null hilfe, allein gelassen,
            schalter ... leer/zu/geschlossen/unbesetzt, keine info/infos/antwort/auskunft, keine von euch,
            im stich
        """),
        "need": entries("""
            zittert/zittern/friert, nichts gegessen/getrunken, helft/helfen/hilft uns/mir, uns/mir hilft,
            bitte helft, hilfe, eiskalt/fieber/kälte, minus grad,
            weinen/weint/erschöpft/verzweifelt/hungrig/frieren, am ende, nichts zu essen/trinken,
            ohne essen/wasser, kein essen/wasser, kein/keine decken/milch
        """),
    },
    "ru": {
        "place": entries("""
            на улице/трассе, зал/зале/зала, аэропорт*/терминал*/вокзал*, у выхода, на стойке/полосе,
            у стойки, о харе/хара, охара/охаре,
            автобус/поезд/такси/машина ... сломал*/встал*/заглох*/застрял*
        """),
        "noway": entries("""
            выгнали/выставили/выкинули, не улететь/выбраться/уехать/вылететь,
            не можем/могу ... улететь/выбраться/уехать/выехать/вылететь, некуда идти/деваться/деться,
            куда нам/мне, никак не улететь/выбраться
        """),
        "nobed": entries("""
            отель/гостиница ... закрыт/закрыта, на картоне, лежим в, скамейк*/лавк*,
            негде спать/ночевать/лечь/переночевать/жить/остановиться,
            гостиниц*/отел*/номер* ... заняты/полные/нет/забит*, нет гостиниц*/номер*/отел*/мест,
            без гостиницы/ночлега/отеля, на полу, ни гостиницы/отеля
        """),
        "off": entries("""
            отменили/отменен*/отмена/отменяли/отменяют/сняли/сняты, нет рейс*/самолет*, рейсов ... нет,
            рейсов нет, самолета нет, не меняют, все рейсы, билеты не
        """),
        "storm": entries("снег/снега/снегопад*/метел*/бур*/буран*/шторм*/непогод*/ураган*"),
        "long": entries(f"""
            все/мы еще, сутки не, {_CHASOV} часов/часа/час/ч, со вчерашнего, с вечера/ночи/утра,
            вторые/третьи/вторую/третью сутки/ночь, второй/третий день, всю/целую ночь,
            целые/весь сутки/день, до сих пор, здесь/тут со, со вчера, двое/трое суток, сутки в
        """),
        "night": entries("час/часа ночи, на ночь, ночью, посреди ночи, полночь, этой ночью"),
        "weak": entries(f"""
            одна на, маме/папе/матери/отцу/бабушке/дедушке/родителям ... {_AGED},
            дети/детьми/детям/детей/ребенок/ребенком/ребенка/младенец/младенца/младенцем/малыш*/грудн*,
            пожил*/беремен*/диабетик/инвалид*/коляск*/больн*, бабушк*/дедушк*,
            родител* ... восемьдесят/семьдесят, инсулин*/лекарств*/таблет*/ингалятор*/астм*
        """),
        "alone": entries("""
            все стойки, никто/никого/никому, помощи нет/никакой/ноль, на стойке пусто,
            стойка ... закрыта/пуста, бросили нас, ни информации/помощи
        """),
        "need": entries("""
            дрожит/дрожат/мерзнем/замерзаем, не ел/ела/ели, помогите нам/мне, помогите, кто поможет,
            мороз/морозе/холод/холодно/температура, плачут/плачет/измучены/замерзли/голодные,
            без сил/еды/воды, нет еды/воды, еды нет, воды нет, ни еды, нечего есть
        """),
    },
    "zh": {
        "place": entries(
            "机场, 機場, 航站楼, 候机, 登机口, 奥黑尔, 柜台, 跑道, 火车站, 大巴/巴士/车/火车 ... 抛锚/坏在/坏了"
        ),
        "noway": entries("""
            在街上, 赶出, B厅/b厅/大厅, 离不开, 出不了, 走不了, 回不了家, 飞不了, 能去哪/可以去哪/去哪里好,
            没地方去/没有地方去, 无处可去
        """),
        "nobed": entries("""
            酒店 ... 关门/不开门, 纸板, 长椅, 酒店 ... 满/没有/没了/订不到, 没有酒店, 没酒店,
            没地方 睡/住/休息, 没有地方 睡/住/休息, 睡地板, 睡地上, 地板, 没有房间
        """),
        "off": entries("取消, 停飞, 全停了, 停运, 没有航班, 没航班, 不能改签, 无法改签, 改签不了"),
        "storm": entries("大雪, 雪里, 暴雪, 暴风雪, 下雪, 台风, 暴雨"),
        "long": entries(f"""
            还在, 一天没, {_HAN_HOURS} 小时/个小时/多个小时/几个小时, 昨天/昨晚 ... 就/到现在/起/开始,
            一整夜, 一整天, 整晚, 一晚上, 第二天/第三天, 两天了/三天了, 还在机场, 一夜
        """),
        "night": entries("凌晨, 半夜, 深夜, 今晚, 过夜"),
        "weak": entries("""
            一个女人, 怀孕, 妈妈/爸爸/母亲/父亲/奶奶/爷爷 ... 七十/八十/九十/7/8/9, 孩子, 婴儿, 宝宝, 小孩,
            老人, 孕妇, 八十/七十/九十 岁/多岁, 糖尿病, 胰岛素, 药, 哮喘, 轮椅
        """),
        "alone": entries("所有柜台/柜台都关, 没人, 没有人, 一个人都没有, 没有帮助, 没有任何, 不管我们"),
        "need": entries("""
            发抖, 没吃东西/没吃饭, 求你们, 求助, 帮帮我们, 救救, 累坏, 撑不住, 没有吃的, 没吃的, 没有水,
            没水, 哭, 能帮我们/能帮帮我们, 很冷, 冻, 发烧, 零下
        """),
    },
    "hr": {
        "place": entries("""
            na ulici/autocesti, hali/hale, aerodrom*/terminal*/ohare*/kolodvor*/pisti,
            zračnoj/zračne luci/luke, na izlazu/šalteru, šalter, o hareu/hare,
            autobus/vlak/taksi/auto ... pokvario/stao/zapeo
        """),
        "noway": entries("""
            izbacili/istjerali/izbačeni,
            ne možemo/mogu/može ... otići/otputovati/odletjeti/kući/doma/iz/van/odavde,
            iz ... nitko ne može, nemamo/nemam kamo, nema izlaza,
            ostali/ostale/ostala/ostao ... cesti/autocesti bez prijevoza
        """),
        "nobed": entries("""
            hotel ... zatvoren, na kartonu, na klupama/klupi,
            nema/bez/nemamo hotela/smještaja/sobe/soba/kreveta, hoteli ... puni/popunjeni, na podu,
            trebamo/trebam krevet, nemamo/nemaju/nemam gdje, gdje ... spavati
        """),
        "off": entries("""
            otkazan*/otkazali/ukinut*/prizemljen*, letova nema, nema leta/letova/aviona/zamjenskog,
            svi letovi, leta nema
        """),
        "storm": entries(
            "snijeg/snijega/snijegom/snježna/snijegu/mećav*/oluja/oluje/oluju/nevrijeme/nevremena"
        ),
        "long": entries(f"""
            {_SATI} sati/sata/h, od jučer/sinoć/jutros, cijelu/cijeli noć/dan,
            drugu/treću/drugi/treći noć/dan, dva/tri/2/3 dana, još uvijek, još ... smo/sam, satima
        """),
        "night": entries("ponoć/ponoći/noćas, usred noći, preko noći, su/je ujutro, večeras"),
        "weak": entries(f"""
            sama sam, mama/majka/otac/tata/baka/djed/roditelji ... {_AGED},
            djeca/djece/djecom/dijete/djetetom/beba/bebe/bebu/bebom/dojenče/novorođenče*,
            trudn*/dijabeti*/invalid*/kolicima, stari*/bolesn*, baka/bakom/djed/djedom,
            roditelji ... osamdeset/sedamdeset, inzulin*/lijek*/tablet*/astm*/pumpic*
        """),
        "alone": entries("""
            svi šalteri, nitko/nikoga/nikog, pomoći nema, bez pomoći/informacija, šalter ... prazan/zatvoren
        """),
        "need": entries("""
            drhti/drhte/smrzava, nije/nisu/nismo jeo/jela/jeli, pomozite nam/mi, upomoć, može/mogu pomoći,
            ledeno/hladno/temperaturu/smrzava*, plaču/plače/iscrpljen*/gladni/gladna/smrzavamo, na izmaku,
            bez hrane/vode, nema hrane/vode, nemamo hrane/vode
        """),
    },
    "et": {
        "place": entries("""
            tänaval/maanteel, saalis, lennujaam*/terminal*/ohare*/raudteejaam*/bussijaam*, väravas,
            leti taga/juures, lett, rajal, o hare*, buss/rong/takso/auto ... lumme/katki/seisma
        """),
        "noway": entries("""
            aeti/visati välja/terminalist/lennujaamast, ei pääse/saa ... ära/välja/minema/koju,
            välja/ära/minema ei pääse/saa, pole ... kuhugi, kuhugi minna
        """),
        "nobed": entries("""
            hotell ... kinni/suletud, papi peal, pinkidel/pinkidele/pingil,
            hotelli/öömaja/tuba/tube pole/ei, pole/ilma hotelli/hotellita/öömaja, hotellid ... täis,
            vaja voodit, põrandal, pole kus/kuskil magada/ööbida
        """),
        "off": entries("""
            tühistati/tühistatud/tühistasite/tühistamine, jäi/jäid/jäeti/jäetud ära, ära jäetud,
            lendu/lende/lennukit pole/ei, uut lendu ei, pole lendu/lende
        """),
        "storm": entries("lumi/lume/lumme/lumes/lumetorm*/torm/tormi/lumesadu/lumesaju/orkaan"),
        "long": entries(f"""
            oleme ikka/endiselt, {_TUNDI} tundi/h, eilsest/eile saati/hommikust/õhtust,
            hommikust/õhtust/ööst saati, terve öö/päeva, teist/kolmandat ööd/päeva/öö,
            ikka/endiselt ... lennujaamas/siin, kaks/kolm päeva, tunde, siin eilsest, oleme siin
        """),
        "night": entries("öösel/keskööl/kesköö, keset ööd, ööseks, täna öösel"),
        "weak": entries(f"""
            naisena üksi, ema/isa/vanaema/vanaisa/vanemad ... {_AGED}, kaks/kolm/neli/väikest last,
            laps/lapse/lapsed/lapsega/lastega/lapsi/lastel/beebi*/imik*/vastsündinu*,
            rase/rasedaga/diabeetik/ratastool*, haige*/vanavanem*/vanaema*/vanaisa*,
            vanemad ... kaheksakümne/seitsmekümne/vanad, aastase/aastane,
            insuliin*/ravim*/rohtu/südamerohtu/tablet*/astma*
        """),
        "alone": entries("""
            kõik letid, keegi ei, kedagi ... pole/ei, pole/ei ... kedagi, abi pole/null/ei,
            lett ... tühi/kinni/suletud, inimesi pole
        """),
        "need": entries("""
            väriseb/värisevad/külmetab, pole/ei ... söönud, aidake meid/mind, meid/mind ... aidata,
            palun aidake, külm/palavik/pakane, appi, nutavad/nutab/kurnatud/näljas/külmetame, läbi,
            söögita/veeta, süüa pole/ei, vett pole/ei, pole süüa/vett
        """),
    },
}
"""By language and sign its words; several signs in one message are an emergency."""
