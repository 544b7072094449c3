"""Emergencies: the small, audited list of words that put a message into tier 0 (E20, E22).

The list is for people who are stranded, ill, hurt or in danger, not for anger. The language of a message is
not known, so every list applies to every message; therefore no entry is a word that another of our languages
uses for something else. Idioms ("fire sale", "dying to know", "Zur Not") are why most entries are phrases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from careconsole.language.cue_index import CueIndex, Text, cut
from careconsole.language.cues import Cue, entries

DEFAULT_EMERGENCY: Mapping[str, tuple[str, ...]] = {
    "en": entries("""
        stranded, marooned,
        insulin/medication/meds ... bag/suitcase/case/luggage ... left/dose/without/none/no, next dose,
        daughter/son/sister/brother/child ... alone ... who is with, son/daughter/child is alone,
        child/son/daughter/kid ... landed alone, sitting on the floor at/of,
        -parcel/package/order/bag/bags/luggage/suitcase/delivery/points ... stuck/stranded/trapped,
        -stuck in/at traffic/customs, -stuck on/at/in the login/page/step,
        stuck at/in/on ... airport/terminal/ohare/plane/aircraft/tarmac/runway/train/elevator/lift,
        stuck at/in/on/here/there ...
            overnight/night/snow/snowstorm/blizzard/kids/children/baby/toddler/hotel/storm/rooms, snowed in,
        sitting/sit/sat ... floor ... airport/terminal/hours/gate,
        snowstorm/blizzard ... cancelled/canceled ... nobody/noone/help/helps/helping,
        stranded/stuck/been/sitting/waiting ... hours at/in ... airport/terminal,
        hours at/in ... airport/terminal ... sleep/hotel/kids, been stuck at ... since/for,
        middle of a/the blizzard/snowstorm, where do/can/should we sleep,
        no hotel ... kids/children/baby/toddlers, airport ... no hotel,
        left us ... newborn/baby/kids/children, night/nights/days in/at ... terminal/airport,
        night on ... floor, -days/night ... airport hotel, were/im/am/are/people trapped, trapped at,
        ^trapped in, dumped/left us in/at ... midnight/night/hotel,
        trapped ... plane/aircraft/train/elevator/lift/car/store/shop/building/toilet/room,
        locked in/inside ... plane/train/store/shop/building/toilet/car/room/garage/parking/basement,
        on ... tarmac/runway for/since/with, hours on the tarmac/runway,
        wont/not let/letting us/anyone/people off/out, cant/cannot get off the/this plane,
        cant/cannot get home, cant/cannot leave the airport, no way home,
        were/are/im still at/in ... airport/terminal/ohare, sleep/sleeping/slept/lying on ... floor,
        sleep/sleeping in/at the airport/terminal, nowhere to sleep/stay/go, no place to sleep/stay,
        teenagers/kids/children alone in/at ... airport, baby/toddler has no food/formula/milk,
        floor ... not moving, curtain/curtains ... on fire, unconscious, unresponsive, not breathing,
        cant/cannot breathe/breath, trouble/difficulty/struggling ... breathing/breathe,
        is/hes/shes choking, -could/almost/nearly/hardly ... breathe/fainted/collapsed,
        mother/mum/mom/father/dad/wife/husband/son/daughter/child/baby/he/she/man/woman/lady/passenger/passengers/someone/people
            ... collapsed/fainted/fainting/seizure, chest pain/pains, having a stroke/heart, had a seizure,
        allergic reaction, anaphyla*, hand/finger/fingers/head/leg/arm/nose/face/mouth ... bleeding,
        im/hes/shes bleeding, bleeding heavily/badly/from, she/he/baby/child/son/daughter is hurt/injured,
        call/calling/send/get/need/needs an/the ambulance, call/called/calling 911/999/112, paramedic*,
        child/kid/son/daughter/baby/toddler/boy/girl ... swallowed, electric/electrical shock, electrocuted,
        badly/seriously/severely injured/hurt/burned/burnt, is/are/got injured,
        medical emergency on/here/now/at, having a medical emergency, this is an emergency,
        its an emergency, -emergency ... cancel/refund/transfer, caught/catching fire, burst into flames,
        in flames,
        battery/bank/charger/phone/laptop/device/house/kitchen/car/plane/engine/oven/toaster/heater/scooter/lamp/cable
            ... exploded/exploding/smoking,
        battery/bank/charger/phone/laptop/device/house/kitchen/car/plane/engine/oven/toaster/heater/scooter
            ... on fire, battery/bank/charger/phone/laptop/device/house/kitchen/scooter is burning,
        smoke in ... cabin/plane/house/kitchen/store/shop/bus/train, smell/smelling gas, gas leak,
        carbon monoxide, child/kid/son/daughter/old/boy/girl/baby/minor ... alone at/there/here,
        left alone at, child/kid/son/daughter/boy/girl/minor ... nobody/noone/one knows where,
        child/son/daughter/kid/boy/girl/mother/father is missing/lost,
        cant/cannot find my/our child/son/daughter/kid/baby,
        lost/missing/delayed ... insulin/medication/meds, insulin/medication/meds ... lost/missing,
        out of ... insulin/medication/meds/oxygen/pills, without my/his/her/our insulin/medication/meds,
        suicid*, kill myself, end my life, dont want to live, want to die,
        life/lives is/are in danger/at risk, in immediate/serious danger, assaulted,
        being attacked/followed/threatened, man/guy/someone/person ... with a/an knife/gun/weapon,
        has a gun/knife, mayday
    """),
    "de": entries("""
        gestrandet*, insulin/medikamente ... koffer/gepäck ... geblieben/dosis/keine/keins/fehlt,
        nächste dosis, sohn/tochter/kind ist allein ... gelandet/unterwegs/angekommen,
        sohn/tochter/kind ... allein ... niemand, wo schlafe/schlafen ich/wir,
        -paket/pakete/koffer/gepäck/lieferung/sendung/bestellung ist/hängt/steckt/sitzt ... gestrandet/fest,
        notarzt,
        sitze/sitzen/sitzt/hänge/hängen/hängt/stecke/stecken/steckt ...
            flughafen/airport/terminal/flugzeug/flieger/maschine/zug/bahnhof/aufzug/fahrstuhl/lift/schnee/gate
            ... fest, sitze/sitzen ... in ... fest, sitzt ... allein ... in ... fest,
        tochter/sohn/eltern/mutter/vater sitzt/sitzen/hängt ... fest,
        schnee/sturm/schnees/sturms ... nicht ... weg, mitternacht/nacht ... ohne hotel,
        ohne hotel ... mitternacht/nacht, nacht am flughafen,
        hänge/hängen/stecke/stecken seit ... stunden/gestern/tagen in ... fest,
        -fest ... warteschleife/app/formular/anmeldung, -in der warteschleife/app/hotline ... fest,
        festsitz* ... flughafen/terminal/flugzeug/bahnhof/aufzug,
        flughafen/terminal/flugzeug/bahnhof ... festsitz*, festsitzend in/am/auf,
        kommen/komme/kommt hier nicht weg, nicht mehr nach hause, kommen/komme nicht nach hause,
        schneesturm ... gestrichen/annulliert/ausgefallen ... keiner/niemand,
        hotels ... voll ... schlafen/liegen/sitzen/flughafen,
        nacht/nächte am/im/auf ... flughafen/terminal/boden/bahnhof, tagen am flughafen, tagen im terminal,
        liegen/schlafen ... auf dem boden ... terminal/flughafen/gate, schlafen auf dem boden,
        auf dem boden schlafen, eingeschneit, flughafen auf dem boden, wissen nicht wohin,
        muss/müssen/mussten ... flughafen/bahnhof/terminal ... schlafen/übernachten/verbringen,
        stunden/gestern/vorgestern ... am flughafen ... hilfe/schlafen/niemand/keiner/hotel/kinder,
        wo sollen/können wir ... schlafen/übernachten, mitten im schneesturm,
        uns ... sitzen lassen/gelassen, kein/keine hotel/unterkunft ... kinder/kindern/kind/baby,
        nacht auf dem boden, ohne unterkunft, keine unterkunft, kein hotel mehr, auf dem rollfeld,
        eingesperrt, im/in ... aufzug/fahrstuhl/lift/laden ... eingeschlossen/gefangen,
        wir/ich sind/bin ... eingeschlossen, sind/sitzen/hängen/bin/sitze immer noch am flughafen,
        lassen/lässt/dürfen/darf uns/man/niemand/keiner/nicht ... raus/aussteigen,
        kinder/jugendliche allein/alleine an/am/im ... flughafen, baby hat ... nahrung/milch mehr,
        rührt sich nicht mehr, boden ... rührt/bewegt sich nicht,
        brennt der/die/das vorhang/küche/haus/sofa/teppich, bewusstlos*, ohnmächtig geworden, in ohnmacht,
        atemnot, keine luft mehr, bekomme/bekommt/kriege/kriegt keine/kaum ... luft,
        mutter/vater/mama/papa/mann/frau/oma/opa/sohn/tochter/kind/passagier/gast/kollegin/kollege/jemand
            ... zusammengebrochen/ohnmächtig/umgekippt, -fast in ohnmacht,
        hat/hatte einen herzinfarkt/schlaganfall, brustschmerzen, allergische/allergischen reaktion/schock,
        blutet stark/am/aus/im, -farbe blutet, krampfanfall,
        hand/finger/kopf/nase/bein/arm/gesicht ... blutet, ich blute, stark am bluten,
        ruft/rufen/rufe/brauche/brauchen/schickt ... krankenwagen/rettungswagen/arzt,
        kind/sohn/tochter/baby/kleiner/kleine ... verschluckt, stromschlag, schwer verletzt,
        mann/frau/kind/sohn/tochter/mutter/vater/hand ist/sind verletzt,
        akku/batterie/gerät/ladegerät/powerbank/handy/laptop/toaster/ofen/heizlüfter/küche/haus/wohnung/auto/roller
            ... brennt/explodiert/qualmt/raucht, es brennt bei/in/im/hier, feuer gefangen, in flammen,
        in brand, rauch in/im, in/im kabine/flugzeug/laden/bus/zug ... rauch,
        in der kabine/küche/filiale ist/kommt rauch, es qualmt, gasgeruch, riecht nach gas,
        kind/tochter/sohn/enkel/enkelin/junge/mädchen/jährige/jähriger ... allein/alleine am/im/auf ...
            flughafen/bahnhof/gate, kind/tochter/sohn/enkel/enkelin/mutter/vater ... niemand/keiner ... wo,
        niemand hat sie/ihn abgeholt, kind/tochter/sohn/mutter/vater ist verschwunden/weg,
        insulin/medikament* ... verloren*/verschwunden*/verlegt*,
        verloren*/verschwunden* ... insulin/medikament*,
        tabletten/medikamente/herztabletten ... aufgebraucht, kein insulin, keine medikamente mehr,
        ohne insulin/medikamente, nicht mehr leben, mich umbringen, selbstmord, suizid*, das leben nehmen,
        lebensgefahr, leben ... in gefahr, sind/bin in gefahr, überfallen worden,
        werde/werden/wurde/wurden bedroht/angegriffen, mann/typ/kunde/jemand mit ... messer/pistole/waffe,
        das/es ist ein notfall, notfall an bord, medizinischer notfall an/am/im/hier
    """),
    "ru": entries("""
        -посылк*/заказ*/товар*/багаж*/чемодан*/деньги/платеж ... застрял*/завис*/аэропорт*,
        -застрял* в пробк*/корзин*/приложении, мы ... до сих пор в аэропорту, мы еще/все ... в аэропорту,
        застрял* ... аэропорт*/терминал*/самолет*/лифт*/поезд*/вокзал*/метел*/снегопад*/бур*/непогод*,
        аэропорт*/терминал* ... застрял*, застрял* ... дет*/ребенк*/ночь/сутки/гостиниц*/ночлег*,
        дет*/ребенк* ... застрял*, дочь/сын/мама/папа/родители/муж/жена/бабушка/дедушка ... застрял*,
        мы застряли, ^застряли в, ночь/ночи/полночь/ночью ... без гостиницы/отеля/ночлега,
        с ночи/вечера/утра в аэропорту, я застрял/застряла в,
        сидим/сижу/торчим/торчу/ждем/стоим/провели ... аэропорт*/терминал* ...
            сутки/день/ночь/час*/утра/вечера,
        сутки/день/ночь/часов ... сидим/сижу/торчим/торчу/стоим ... аэропорт*/терминал*/полосе,
        торчим/торчу ... аэропорт*/терминал*, часов/часа стоим на полосе,
        второй/третий/вторые/третьи/вторую/третью/всю/целую день/сутки/ночь ... в аэропорту/терминале,
        не можем улететь/вылететь/выбраться, не могу выбраться, не можем попасть домой,
        метель/буран/буря/снегопад ... отменили/отменен* ... никто,
        ночуем/ночую/ночевать/спим/спать/сплю/ночь ... в аэропорту,
        ночуем/ночую/ночевать/спим/спать/сплю/сидим/сижу ... на полу, до сих пор сидим/сижу/стоим в,
        идти некуда, деваться некуда, заснежен* ... аэропорт*, аэропорт* ... замело,
        негде спать/ночевать/переночевать/жить, где нам/мне спать/ночевать, ночь/ночуем ... на полу,
        часов в аэропорту, бросили/оставили нас с/в, посреди метели/бури/бурана,
        гостиницы/отеля нет ... дет*/ребен*, сижу/сидим ... посреди, без ночлега, бросили ... аэропорт*,
        не выпускают из, нас не выпускают, заперт* в, заперли в/нас, нас заперли, разбил* голову,
        голов* ... кровь, еле/едва/тяжело дышит, одни в ... аэропорту, самолете на полосе, не шевелится,
        горит/загорелась штора/кухня/занавеска, кончилась смесь, без сознания, потерял* сознание,
        сознание потерял*, упал* в обморок, -чуть ... обморок,
        маме/папе/мужу/жене/человеку/женщине/мужчине/ребенку/пассажиру/пассажирке/бабушке/дедушке/сыну/дочери
            ... плохо, вызовите/вызвать/вызывайте/вызов* скорую, нужна/нужен скорая/врач, задыхается,
        задыхаюсь, не может/могу дышать, сердечный приступ, инсульт, боль/боли в груди, судороги,
        приступ эпилепсии, кровотечение, истека* кровью, рука/руки/палец/голова/лицо/нога в крови,
        идет кровь, ребенок/сын/дочь/дочка/малыш ... проглотил*, ударил*/удар/бьет током, током ударил*,
        анафила*, отек квинке, аллергическая реакция,
        аккумулятор/батарея/батарейка/зарядка/повербанк/телефон/ноутбук/устройство/самокат/тостер/обогреватель
            ... загорелся/загорелась/взорвал*/вспыхнул*/дымится,
        аккумулятор/батарея/самокат/тостер/обогреватель/дом/квартира/кухня ... горит,
        -зарядка/телефон ... загорел* красн*/зелен*, начался пожар, у нас пожар, пожар в/на,
        в салоне/самолете/магазине/вагоне ... дым, дым в/из, пахнет газом, запах газа, утечка газа,
        ребенок/дочь/дочка/сын/девочка/мальчик ... один/одна ... аэропорт*/вокзал*/терминал*,
        никто не встретил, ребенок/дочь/дочка/сын/девочка/мальчик/мама/отец ... никто не знает где,
        потерял* ребенка/сына/дочь/дочку, пропал/пропала ребенок/сын/дочь/дочка,
        ребенок/сын/дочь пропал/пропала, инсулин/лекарства ... чемодане/багаже ... остал*/доз*/нет/потерян*,
        следующую дозу, сын/дочь/ребенок прилетел*/приехал* один/одна,
        сын/дочь/ребенок/сестра/брат ... один/одна ... никто,
        инсулин/лекарств*/таблетки ... потерян*/потеряли/утерян*/пропал*,
        потерян*/утерян*/пропал* ... инсулин/лекарств*, без инсулина/лекарств/таблеток,
        закончил*/кончил* ... таблетки, закончил*/кончил* инсулин/лекарств*, не хочу ... жить,
        покончить с собой, самоубийств*, суицид*, жизнь в опасности, мы/я в опасности, угроза жизни,
        нам/мне угрожают, напали на, на меня напал*, ограбили,
        человек/мужчина/мужик/парень/кто ... с ножом/пистолетом/оружием,
        тяжело/серьезно ранен*/травмирован*, тяжелая травма, человек/ребенок умирает
    """),
    "zh": entries("""
        被困, 还困在/還困在/困在这里/困在这儿, 没地方去, 无处可去, 机场/機場/航站楼 地上,
        机场/機場 ... 地板, 困在/困于 ... 机场/機場/航站楼/飞机/飛機/机舱/电梯/電梯/火车/车站/雪,
        -包裹/快递/订单/行李 ... 在机场, -包裹/快递/订单/货/件 ... 滞留/滯留/被困, 卡在机场/卡在機場,
        睡哪里/睡哪儿/睡哪, 地板上过夜/地上过夜, 扔在/丢在 ... 机场/機場, 没有酒店 ... 孩子,
        半夜/凌晨/深夜 ... 没有酒店/没酒店, 出不了机场/出不了機場/离不开机场, 遇到暴风雪/遇上暴风雪,
        在机场/在機場 ... 个小时了 ... 取消/睡/没有, 我们/我們 还/還 在机场/在機場,
        滞留/滯留 ... 机场/機場/航站楼/候机, 机场/機場/航站楼 ... 滞留/滯留,
        我们/我們/老人/孩子/带着/下雪/暴雪 ... 滞留/滯留, 走不了 ... 机场/機場, 机场/機場 ... 走不了,
        我们/我們 走不了/飞不了/回不了家, 在机场/在機場/在候机楼/在航站楼 ... 天了/一夜/整夜/整晚/过夜了,
        暴风雪/暴雪/大雪 ... 取消 ... 没有人/没人, 睡 在/机场/地上/地板 ... 机场/機場/地上/地板/候机,
        睡机场, 睡地上, 睡地板, 没地方住/没地方睡/没有地方住/没有地方睡, 关在 ... 飞机/机舱/电梯/店里,
        电梯 ... 被关/关在里面/出不来/出不去, 被锁在 ... 里/场/店, 不让 ... 下飞机/下机/出去/下去,
        飞机 ... 不让下/不让我们下, -差点/快要/简直/要 晕倒/昏倒/晕过去, 停在跑道, 一动不动,
        窗帘/厨房/沙发 ... 烧, 没有奶粉了, 独自在 ... 机场, 昏迷, 不省人事, 失去意识, 休克, 呼吸困难,
        不能呼吸, 无法呼吸, 没有呼吸, 没呼吸, 晕倒, 昏倒, 晕过去了, 叫救护车/叫救護車/要救护车/派救护车,
        胸痛, 胸口疼, 心脏病突发, 中风了, 抽搐, 流血了, 在流血, 血流不止, 大出血, 触电, 漏电, 严重过敏反应,
        过敏性休克, 孩子/儿子/女儿/宝宝/小孩 ... 吞了/吞下/误吞/误食/咽下, 着火, 起火,
        电池/充电宝/手机/充电器/烤箱/取暖器 ... 爆炸/冒烟/烧起来, 发生火灾, 煤气泄漏, 煤气味,
        机舱/车厢/店里 ... 烟, -烟 雾报警,
        孩子/女儿/儿子/小孩/宝宝/女孩/男孩 ... 一个人在/独自在 ... 机场/车站/登机口,
        孩子/女儿/儿子/小孩/老人 ... 没人知道/没有人知道/不知道 ... 哪,
        孩子/女儿/儿子/小孩 走丢/不见了/失踪, 孩子/女儿/儿子 找不到了, 喘不上气, 喘不过气了,
        药 ... 吃完了/用完了, 药/胰岛素 ... 托运行李/行李里, 下一针,
        儿子/女儿/孩子/妹妹/弟弟 ... 一个人 ... 没人/没有人/谁陪, 胰岛素/救命药 ... 丢/没有/不见,
        丢 ... 行李 ... 胰岛素, 没有药了, 没药了, 断药, 不想活, 自杀, 轻生, 活不下去, 生命危险, 抢劫,
        被袭击, 被威胁, 快救人, 有人受伤, 受重伤, 受伤了, 拿刀, 持刀, 有枪, 拿枪, 持枪
    """),
    "hr": entries("""
        -paket/pošiljka/narudžba/prtljaga/kovčeg/kofer/novac ... zapeo/zapela/zaglavio/zaglavila/aerodromu,
        -zapeli/zapela/zapeo/zaglavili smo/sam u gužvi/prometu, još ... smo na aerodromu,
        smo još ... na aerodromu,
        -zapeo/zapela/zaglavio/zaglavila sam u aplikaciji/prijavi/obrascu/koraku/petlji/košarici,
        zapeo/zapela/zapeli/zapele/zaglavi*/zaglavljen*/blokirani ...
            aerodrom*/zračnoj/zračne/terminal*/avion*/dizal*/liftu/vlaku/kolodvoru/snijeg*/mećav*, nasukan*,
        aerodrom*/zračnoj/terminal* ... zapeli/zapeo/zapela/zaglavljen*/zaglavili, zapeli/zaglavili smo u,
        smo zapeli/zaglavili u, zapeo/zapela/zaglavio/zaglavila sam u, zaglavljeni smo, smo zaglavljeni,
        sjedimo/sjedim/čekamo/čekam/čučimo/stojimo ... dan/dana/sati/noć ...
            aerodromu/zračnoj/terminalu/pisti,
        dan/dana/sati/noć ... sjedimo/sjedim/čekamo/čučimo/stojimo ... aerodromu/zračnoj/terminalu/pisti,
        drugi/treći/drugu/treću/cijelu/cijeli dan/noć ... aerodromu/zračnoj/terminalu, dana na aerodromu,
        noć na aerodromu/podu, ne možemo otići/otputovati/odletjeti/kući/doma/izaći,
        mećava/oluja ... otkazan* ... nitko,
        spavam/spavamo/spavali/spavati/noćimo/prespavati/prenoćiti ... na aerodromu/podu/kolodvoru,
        spavam/spavamo/spavati/noćimo ... zračne/zračnoj, gdje spavati/prespavati/prenoćiti, bez smještaja,
        hoteli puni, gdje da/ćemo ... spavamo/spavati, noć ... na podu, ostavili ste nas s/u,
        usred mećave/oluje, nemamo kamo, zaglavljeni,
        kći/sin/mama/tata/roditelji/muž/žena ... zapeo/zapela/zapeli/zaglavio/zaglavila/zaglavili,
        ponoć/noći/noć ... bez hotela/smještaja, ne možemo s/iz aerodroma/avion*, nema slobodnih soba,
        zameteni, zbog oluje/snijega ... zapeli/zaglavili/zapela/zapeo,
        zapeli/zaglavili smo/zbog ... oluje/snijega/mećave, sjedimo/sjedim/sjede na podu,
        nema hotela ... dijete/djece/djeca/djecom, čučimo/čučim na aerodromu,
        sati na aerodromu ... otkazano/otkazan/spava*/nitko, ne puštaju/daju ... iz/van,
        ne daju/puštaju nam/nas ... van/aviona, zatvoreni/zaključani smo u,
        zapela/zapeo/zaglavila/zaglavio sam ... djecom/djetetom/bebom, avionu na pisti, podu ... ne miče se,
        gori zavjesa/kuhinja/kuća, samo/same/sami ... na ... aerodromu, beba nema više, bez svijesti,
        u nesvijesti, onesvijesti*, izgubio/izgubila svijest, -skoro ... onesvijesti*,
        mama/majka/otac/tata/baka/djed/muž/žena/sin/kći/dijete/čovjek/putnik/putnica/gospođa/gospodin ...
            srušio/srušila/srušilo,
        čovjeku/ženi/mami/majci/tati/ocu/mužu/supruzi/putniku/putnici/djetetu/sinu/kćeri/gospođi ...
            pozlilo/loše/slabo, zovite/zovi/pozovite/pozvati/zvati hitnu,
        treba/trebamo liječnik/liječnika/doktor/doktora, ne može/mogu disati,
        sin/kći/dijete/beba jedva diše, epileptični napad, guši se, srčani udar, moždani udar,
        bol/bolovi u prsima, alergijsk* reakcij*, anafila*, krvari, krvarim, krvarenje,
        udario/udarila strujom, udarila/udario me struja, strujni udar, teško ozlijeđen*/ranjen*,
        je/su ozlijeđen*, dijete/sin/kći/beba ... progutao/progutala/progutalo,
        baterija/punjač/mobitel/laptop/uređaj/kuća/kuhinja/stan/auto/romobil/toster/grijalica/grijač ...
            gori/zapalila/zapalio/zapalilo/eksplodira*, požar, dim u kabini/avionu/vlaku,
        u kabini/avionu/trgovini/vlaku je dim, izlazi dim, curi plin, miris plina,
        dijete/kći/kćer/sin/djevojčica/dječak ... samo/sama/sam ... aerodromu/zračnoj/kolodvoru/izlazu,
        dijete/kći/kćer/sin/djevojčica/dječak/mama/otac ... nitko ne zna gdje,
        nitko ga/je/ju/ih nije dočekao/pokupio, izgubili/izgubila/izgubio smo/sam dijete/sina/kćer,
        nestalo/nestao/nestala dijete/sin/kći, dijete/sin/kći je nestalo/nestao/nestala,
        inzulin/lijekovi/lijek ... koferu/kovčegu/prtljazi ... ostao/ostali/doza/dozu/nemam, sljedeću dozu,
        sin/kći/dijete/sestra/brat ... sam/sama/samo ... nitko,
        inzulin/lijek/lijekovi/terapija ... izgubljen*/nestal*, izgubljen* ... inzulin/lijekovi,
        bez inzulina/lijekova/tableta/terapije, nemam/nema više inzulina/lijekova, ne želim ... živjeti,
        ubit ću se, samoubojstv*, oduzeti si život, čovjek/muškarac/netko/tip ... s nožem/pištoljem/oružjem,
        život ... opasnosti, u opasnosti smo/sam, napao me, napali su, opljačka*, prijete nam/mi
    """),
    "et": entries("""
        -pakk/pakid/saadetis/tellimus/kaup/raha/pagas ... kinni/lõksus/lennujaam*,
        -jäime ummikusse ... kinni, oleme/olen ikka/ikkagi/endiselt lennujaamas, lõksus, lõksu,
        lennujaam*/terminal* ... kinni/hädas/hätta, kinni/hädas/hätta ... lennujaam*/terminal*,
        lennuki*/liftis/lifti/rongis/rongi ... kinni/luku, kinni ... lennukis/liftis/rongis,
        jäime ... kinni, jäin/jäänud ... tormi/lume/lumetormi ... kinni, hätta jäänud/jäime/jäin,
        jäime/jäin hätta,
        istume/istun/passime/passin/ootame/seisame ... päeva/tundi/ööd/öö ... lennujaamas/terminalis/rajal,
        istume/istun/passime/passin/ootame ... lennujaamas/terminalis ... päeva/tundi/ööd,
        päeva/tundi/ööd seisame/istume/passime ... rajal/lennukis/lennujaamas,
        teist/kolmandat/terve päeva/ööd/öö ... lennujaamas/terminalis,
        ei saa/pääse siit ... minema/ära/koju, ei pääse/saa koju,
        lumetorm ... tühistati/tühistatud ... keegi,
        magan/magame/magasime/magama/magada/ööbime/ööbida/öö ... lennujaamas/põrandal,
        pole/kuskil/ole kus/kuskil/kuhugi magada/ööbida, kus me/ma magame/magan/magada,
        pole/ole kuhugi minna, ööst/õhtust/eilsest/üleeilsest saati ... kinni,
        ei pääse ... lennujaamast/siit/koju, keskööl/öösel ... hotellita, lumevangis,
        istume/istun ... põrandal, öö ... põrandal, jätsite meid ... lapsega/lastega/vastsündinuga/beebiga,
        keset lumetormi/tormi, hotelli pole/ei ... last/lapsega/lastega/lapsed, passime/passin lennujaamas,
        tundi lennujaamas ... tühistat*/maga*/keegi, öömaja pole/ei, öömajata, hotellid täis,
        ei lasta/lase ... lennukist, meid ei lasta/lase ... välja/maha/lahti,
        ei lasta/lase meid ... välja/maha, luku taga, jäin/jäi ... lastega/lapsega/beebiga ... kinni,
        lennukis rajal, põrandal ... ei/ega liigu/liiguta, põleb kardin/köök/maja, üksi ... lennujaamas,
        beebil on toit otsas, teadvuseta, teadvuse kaotanud, kaotas teadvuse, kaotanud teadvuse, minestas,
        ema/isa/mees/naine/laps/poeg/tütar/vanaema/vanaisa/reisija/inimene/keegi ... kukkus/varises ...
            kokku, inimesel/mehel/naisel/emal/isal/lapsel/reisijal on/hakkas halb/paha,
        kutsuge/kutsu/kutsuda/kutsuks kiirabi, kiirabi ... kutsu*/vaja, vaja kiirabi/arsti,
        ei saa ... hingata, krambihoog, lämbub, lämbun, südamerabandus, südameatakk, allergiline reaktsioon,
        anafül*, jookseb verd, veritseb, verejooks, elektrilöö*, sai/saanud viga/vigastada,
        raskelt vigastatud, laps/poeg/tütar/beebi ... neelas ... alla,
        laps/poeg/tütar/beebi ... alla neelanud,
        aku/laadija/telefon/arvuti/seade/maja/köök/kodu/korter/auto/tõukeratas/röster/soojapuhur ...
            põleb/süttis/plahvatas/suitseb, süttis põlema, läks põlema, tulekahju, plahvatas, gaasilõhn,
        gaasileke, suitsu täis, salongis/lennukis/poes/bussis/rongis on suits/suitsu,
        laps/tütar/poeg/tüdruk/poiss ... üksi ... lennujaama*/bussijaama*/värava*,
        keegi ei tulnud ... vastu/järele, laps/tütar/poeg/tüdruk/poiss/ema/isa ... keegi ... kus,
        laps/tütar/poeg/ema/isa on kadunud, laps kadus, kaotasime lapse/tütre/poja,
        insuliin/ravimid ... kohvris/pagasis ... jäi/annus*/pole, järgmine annus, järgmise annuse,
        poeg/tütar/laps/õde/vend ... üksi ... keegi, istume/istun ... maas,
        insuliin*/ravim* ... kadunud/kadus, kadunud ... insuliin*/ravim*, insuliin ... otsas/otsa,
        tabletid/ravimid/südametabletid ... otsas/otsa, insuliinita, ilma ravimiteta, ei taha ... elada,
        enesetap*, tapan enda/end/ennast, noaga/relvaga/püstoliga mees, mees ... noaga/relvaga/püstoliga,
        elu ... ohus, oleme/olen ohus, rünnati, mind rööviti, ähvardatakse
    """),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """An emergency entry that stands in a message.

    `word` is the entry with only those of its alternatives that stand there; `language` is its list's.
    """

    word: str
    language: str


class EmergencyWords:
    """The emergency lists, ready to search; all of them apply to every message.

    The entries follow the signs that `language.cues` explains. Raises CueError for one that cannot be used.
    """

    def __init__(self, lists: Mapping[str, Sequence[str]] = DEFAULT_EMERGENCY) -> None:
        self._index = CueIndex(Cue(entry, language) for language, listed in lists.items() for entry in listed)

    def find(self, folded_text: str) -> Hit | None:
        """The first entry that stands in a folded text, or None."""
        return self.find_in(cut(folded_text))

    def find_in(self, text: Text) -> Hit | None:
        """The same for a text that was cut already."""
        found = self._index.first(text)
        return Hit(found.told, found.cue.language) if found is not None else None
