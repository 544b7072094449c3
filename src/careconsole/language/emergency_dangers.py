"""Emergency words for who is ill, hurt or in danger, in six languages."""

from __future__ import annotations

from collections.abc import Mapping

from careconsole.language.cues import entries

DANGERS: Mapping[str, tuple[str, ...]] = {
    "en": entries("""
        -mother/mum/mom/father/dad/wife/husband/grandmother/grandfather/passenger/man/woman/lady/someone/he/she
            just had/suffered a stroke ... of/ago/last/before,
        mother/mum/mom/father/dad/wife/husband/grandmother/grandfather/passenger/man/woman/lady/someone/he/she
            just had/suffered a stroke ... call/help/ambulance/doctor/paramedics,
        mother/mum/mom/father/dad/wife/husband/grandmother/grandfather/passenger/man/woman/lady/someone/he/she
            just had/suffered a stroke on board/your/the/this,
        -game/movie/film/video/photo/picture/trailer/scene/ad/advert/banner/cartoon/series/play/show ...
            smoke ... coming/comes/pouring/billowing out/from ...
            charger/battery/powerbank/phone/laptop/plug/socket/cable/adapter/scooter,
        -smoke ... coming/comes/pouring/billowing out/from ...
            charger/battery/powerbank/phone/laptop/plug/socket/cable/adapter/scooter ...
            game/movie/film/video/photo/picture/trailer/scene/ad/advert/banner/cartoon/series/play/show,
        smoke coming/comes/pouring/billowing out of my/the/your/this/our/a
            charger/battery/powerbank/phone/laptop/plug/socket/cable/adapter/scooter,
        smoke coming/comes/pouring/billowing from my/the/your/this/our/a
            charger/battery/powerbank/phone/laptop/plug/socket/cable/adapter/scooter,
        smoke is coming/pouring/billowing out of my/the/your/this/our/a
            charger/battery/powerbank/phone/laptop/plug/socket/cable/adapter/scooter,
        -accident ... wife/husband/mother/mum/mom/father/dad/son/daughter/friend/people/passengers is/are hurt
            that/by/about/because/too,
        accident ... wife/husband/mother/mum/mom/father/dad/son/daughter/friend/people/passengers is/are
            hurt/injured/bleeding/trapped,
        driver/pilot/captain is/was drunk, epilep* ... fit/seizure/attack, had/having/has a seizure/fit,
        holding/pulled/pulling/waving/has/with a knife/gun at/on/in/and, threaten* ... knife/gun/weapon,
        caught light/alight,
        mattress/bed/sofa/carpet/clothes/dress/cot/jacket/blanket ... on fire/burning/flames,
        -phone/laptop/inbox ... exploded/exploding with/from,
        insulin/medication/meds ... bag/suitcase/case/luggage ... left/dose/without/none/no, next dose,
        baby/toddler has no food/formula/milk, curtain/curtains ... on fire, not breathing,
        trouble/difficulty/struggling ... breathing/breathe,
        -could/almost/nearly/hardly ... breathe/fainted/collapsed,
        mother/mum/mom/father/dad/wife/husband/son/daughter/child/baby/he/she/man/woman/lady/passenger/passengers/someone/people
            ... collapsed/fainted/fainting/seizure, chest pain/pains, having a stroke/heart, had a seizure,
        allergic reaction, anaphyla*, hand/finger/fingers/head/leg/arm/nose/face/mouth ... bleeding,
        im/hes/shes bleeding, bleeding heavily/badly/from, she/he/baby/child/son/daughter is hurt/injured,
        call/calling/send/get/need/needs an/the ambulance, call/called/calling 911/999/112, paramedic*,
        child/kid/son/daughter/baby/toddler/boy/girl ... swallowed, electric/electrical shock, electrocuted,
        badly/seriously/severely injured/hurt/burned/burnt, is/are/got injured,
        medical emergency on/here/now/at, having a medical emergency, this is an emergency,
        its an emergency, -emergency ... cancel/refund/transfer, caught/catching fire, burst into flames,
        battery/bank/charger/phone/laptop/device/house/kitchen/car/plane/engine/oven/toaster/heater/scooter/lamp/cable
            ... exploded/exploding/smoking,
        battery/bank/charger/phone/laptop/device/house/kitchen/car/plane/engine/oven/toaster/heater/scooter
            ... on fire, battery/bank/charger/phone/laptop/device/house/kitchen/scooter is burning,
        cabin/plane/aircraft/kitchen/house/bus/train ... full of smoke,
        smoke on the/our/this/your plane/aircraft/bus/train/flight,
        smoke in ... cabin/plane/house/kitchen/store/shop/bus/train, smell/smelling gas, gas leak,
        carbon monoxide, child/kid/son/daughter/boy/girl/minor ... nobody/noone/one knows where,
        lost/missing/delayed ... insulin/medication/meds, insulin/medication/meds ... lost/missing,
        out of ... insulin/medication/meds/oxygen/pills, suicid*, kill myself, end my life,
        dont want to live, want to die, life/lives is/are in danger/at risk, in immediate/serious danger,
        assaulted, being attacked/followed/threatened,
        man/guy/someone/person ... with a/an knife/gun/weapon, has a gun/knife, mayday, -unconscious bias,
        unconscious,
        mother/mum/mom/father/dad/wife/husband/son/daughter/child/baby/man/woman/lady/passenger/patient/grandmother/grandfather
            is/was/are/lies/lying/became ... unresponsive, he/she is/was unresponsive,
        hes/shes unresponsive, found ... unresponsive, unresponsive and not, unresponsive in row/seat,
        unresponsive on the floor,
        mother/mum/mom/father/dad/wife/husband/son/daughter/child/baby/he/she/man/woman/lady/passenger/grandmother/grandfather/someone
            ... passed out, robbed at/by ... knifepoint/gunpoint/gun/knife, at knifepoint/gunpoint,
        pointed a gun/knife, child/kid/son/daughter/boy/girl/minor ... wrong plane/flight/train/bus,
        tell/tells/know/knows me/us where he/she/my is/son/daughter/child,
        pills/meds/medication/insulin/inhaler/tablets run/runs/running/ran out,
        pills/meds/medication/insulin/inhaler/tablets/oxygen are/is running/almost/nearly out/gone,
        diabetic ... no/without ... insulin/food, -like a gas leak, went into labour/labor, in labour/labor,
        giving birth, waters broke/broken,
        mother/mum/mom/father/dad/wife/husband/son/daughter/child/baby/he/she/man/woman/passenger/customer
            ... not/doesnt/wont/isnt wake/waking,
        -phone/screen/laptop/watch/display/tablet/computer/pc/mac ... wake/waking, doesnt/wont wake up,
        does/did/will not wake up
    """),
    "de": entries("""
        -für/an/von/über/mit mein/meine/unser/unsere kind/sohn/tochter/enkel/enkelin ist im/am
            freizeitpark/park/zoo/terminal/flughafen/bahnhof/kaufhaus/laden/einkaufszentrum/geschäft/zug/bus/museum/stadion/schwimmbad/gedränge/hotel
            verloren gegangen,
        mein/unser/meine/unsere kind/sohn/tochter/enkel/enkelin ist im/am
            freizeitpark/park/zoo/terminal/flughafen/bahnhof/kaufhaus/laden/einkaufszentrum/geschäft/zug/bus/museum/stadion/schwimmbad/gedränge/hotel
            verloren gegangen,
        fahrer/pilot/kapitän ist/war ... betrunken, lenkt/fährt betrunken, epilep* anfall,
        epileptische/epileptischen anfall, bedroht/bedrohen/droht/bedrohte ... messer/pistole/waffe,
        fing/fängt/fingen feuer, matratze/bett/sofa/teppich/kleid/jacke/decke ... brennt/feuer/flammen,
        -handy/laptop/postfach ... explodiert vor/wegen/mit,
        insulin/medikamente ... koffer/gepäck ... geblieben/dosis/keine/keins/fehlt, nächste dosis, notarzt,
        eingeschneit, baby hat ... nahrung/milch mehr, brennt der/die/das vorhang/küche/haus/sofa/teppich,
        bewusstlos*, ohnmächtig geworden, in ohnmacht, atemnot,
        bekomme/bekommt/kriege/kriegt keine/kaum ... luft,
        mutter/vater/mama/papa/mann/frau/oma/opa/sohn/tochter/kind/passagier/gast/kollegin/kollege/jemand
            ... zusammengebrochen/ohnmächtig/umgekippt, -fast in ohnmacht,
        hat/hatte einen herzinfarkt/schlaganfall, brustschmerzen, allergische/allergischen reaktion/schock,
        blutet stark/am/aus/im, -farbe blutet, krampfanfall,
        hand/finger/kopf/nase/bein/arm/gesicht ... blutet, ich blute, stark am bluten,
        ruft/rufen/rufe/brauche/brauchen/schickt ... krankenwagen/rettungswagen/arzt,
        kind/sohn/tochter/baby/kleiner/kleine ... verschluckt, stromschlag, schwer verletzt,
        mann/frau/kind/sohn/tochter/mutter/vater/hand ist/sind verletzt,
        akku/batterie/gerät/ladegerät/powerbank/handy/laptop/toaster/ofen/heizlüfter/küche/haus/wohnung/auto/roller
            ... brennt/explodiert/qualmt/raucht, es brennt bei/in/im/hier, in flammen, rauch in/im,
        in/im kabine/flugzeug/laden/bus/zug ... rauch, in der kabine/maschine/küche/filiale ... rauch,
        kabine/maschine/küche/filiale ... voll/voller rauch/qualm,
        es qualmt, gasgeruch, riecht nach gas,
        kind/tochter/sohn/enkel/enkelin/mutter/vater ... niemand/keiner ... wo,
        insulin/medikament* ... verloren*/verschwunden*/verlegt*,
        verloren*/verschwunden* ... insulin/medikament*,
        tabletten/medikamente/herztabletten ... aufgebraucht, keine medikamente mehr, nicht mehr leben,
        mich umbringen, selbstmord, suizid*, das leben nehmen, lebensgefahr, leben ... in gefahr,
        sind/bin in gefahr, werde/werden/wurde/wurden bedroht/angegriffen,
        mann/typ/kunde/jemand mit ... messer/pistole/waffe, das/es ist ein notfall, notfall an bord,
        medizinischer notfall an/am/im/hier,
        mutter/vater/mama/papa/mann/frau/oma/opa/sohn/tochter/kind/baby/passagier/gast/kunde/kundin/kollegin/kollege/er/sie/jemand
            ... rührt/bewegt sich nicht mehr,
        mutter/vater/mama/papa/mann/frau/oma/opa/sohn/tochter/kind/baby/passagier/gast/kunde/kundin/kollegin/kollege/er/sie/jemand
            atmet/reagiert nicht ... atmet/boden/bewusstlos/mehr, nicht mehr und atmet nicht, atmet nicht,
        mit/von ... messer/pistole/waffe ... ausgeraubt/überfallen/bedroht,
        kind/sohn/tochter/junge/mädchen/enkel/enkelin ... falschen/falsche/falschem
            flieger/flugzeug/flug/maschine/zug,
        keiner/niemand weiß ... wo sie/er/mein/meine/unser/unsere ist/kind/tochter/sohn,
        tabletten/medikamente/herztabletten/insulin/spray reicht/reichen nur/nicht/noch,
        tabletten/medikamente/herztabletten ... zu ende/alle/aus,
        kind/sohn/tochter/baby/mann/frau/gast erstickt, hat wehen, wehen haben/setzen/bekommen, fruchtblase,
        bekommt/kriegt gerade ihr/ein/unser kind/baby, bekommt/kriegt ... gerade ihr/unser kind/baby,
        er/mann/frau/mutter/vater/oma/opa/kind/sohn/tochter/baby/kunde/passagier ... wacht nicht ... auf,
        kommt nicht ... zu sich
    """),
    "ru": entries("""
        водитель/пилот/шофер/капитан пьян/пьяный/нетрезв*, пьяный водитель, эпилепси* ... приступ,
        угрожа* ... ножом/пистолетом/оружием, -телефон/почта ... взрыв* от,
        -лампочка/лампа/индикатор/кнопка/значок/экран ... загорел*,
        -загорелся/загорелась/загорелось ...
            лампочка/лампа/индикатор/кнопка/значок/экран/красн*/зелен*/желт*/иде*/желани*,
        загорелся/загорелась/загорелось, разбил* голову, голов* ... кровь, еле/едва/тяжело дышит,
        горит/загорелась штора/кухня/занавеска, кончилась смесь, без сознания, потерял* сознание,
        сознание потерял*, упал* в обморок, -чуть ... обморок,
        маме/папе/мужу/жене/человеку/женщине/мужчине/ребенку/пассажиру/пассажирке/бабушке/дедушке/сыну/дочери
            ... плохо, вызовите/вызвать/вызывайте/вызов* скорую, нужна/нужен скорая/врач,
        не может/могу дышать, сердечный приступ, инсульт, боль/боли в груди, судороги, приступ эпилепсии,
        кровотечение, истека* кровью, рука/руки/палец/голова/лицо/нога в крови, идет кровь,
        ребенок/сын/дочь/дочка/малыш ... проглотил*, ударил*/удар/бьет током, током ударил*, анафила*,
        отек квинке, аллергическая реакция,
        аккумулятор/батарея/батарейка/зарядка/повербанк/телефон/ноутбук/устройство/самокат/тостер/обогреватель
            ... загорелся/загорелась/взорвал*/вспыхнул*/дымится,
        аккумулятор/батарея/самокат/тостер/обогреватель/дом/квартира/кухня ... горит,
        -зарядка/телефон ... загорел* красн*/зелен*, салон/самолет/вагон/магазин ... полон/полный/полно дыма,
        в салоне/самолете/магазине/вагоне ... дым, дым в/из,
        пахнет газом, запах газа, утечка газа,
        ребенок/дочь/дочка/сын/девочка/мальчик/мама/отец ... никто не знает где,
        потерял* ребенка/сына/дочь/дочку, пропал/пропала ребенок/сын/дочь/дочка,
        ребенок/сын/дочь пропал/пропала, инсулин/лекарства ... чемодане/багаже ... остал*/доз*/нет/потерян*,
        следующую дозу, инсулин/лекарств*/таблетки ... потерян*/потеряли/утерян*/пропал*,
        потерян*/утерян*/пропал* ... инсулин/лекарств*, закончил*/кончил* ... таблетки,
        закончил*/кончил* инсулин/лекарств*, не хочу ... жить, покончить с собой, самоубийств*, суицид*,
        жизнь в опасности, мы/я в опасности, угроза жизни, нам/мне угрожают, напали на, на меня напал*,
        человек/мужчина/мужик/парень/кто ... с ножом/пистолетом/оружием,
        тяжело/серьезно ранен*/травмирован*, тяжелая травма, человек/ребенок умирает,
        человек/мужчина/женщина/пассажир/пассажирка/бабушка/дедушка/мама/папа/мать/отец/муж/жена/сын/дочь/ребенок/малыш/он/она/кто/клиент/покупатель
            ... не шевелится/двигается/дышит, не дышит, ограбили с/под ножом/пистолетом/оружием,
        с ножом/пистолетом, угрожал* ножом/пистолетом/оружием,
        девочк*/мальчик*/ребенк*/сына/дочь/дочку ... не тот/туда самолет/рейс/поезд/посадили,
        никто ... не знает ... где она/он/ребенок/дочь/сын,
        таблеток/лекарств*/инсулина/инсулин осталось/остался/хватит/осталось ...
            вечер*/часа/часов/день/дозу/ночь,
        -телефон/экран/компьютер/приложение/ноутбук/устройство/сайт ... без сознания/дышит, рожает,
        начались схватки, отошли воды, не приходит/приходят в себя,
        он/она/муж/жена/мама/папа/ребенок/человек ... не просыпается
    """),
    "zh": entries("""
        司机/机长/飞行员 ... 喝醉/醉酒/酒驾, 癫痫 ... 发作, -手机 ... 多到爆炸/爆炸多, 拿刀/持刀/拿枪 威胁,
        -差点/快要/简直/要 晕倒/昏倒/晕过去, 窗帘/厨房/沙发 ... 烧, 没有奶粉了, 不省人事, 失去意识,
        不能呼吸, 无法呼吸, 没有呼吸, 没呼吸, 昏倒, 晕过去了, 叫救护车/叫救護車/要救护车/派救护车, 胸痛,
        胸口疼, 心脏病突发, 中风了, 抽搐, 流血了, 在流血, 血流不止, 大出血, 触电, 漏电, 严重过敏反应,
        过敏性休克, 孩子/儿子/女儿/宝宝/小孩 ... 吞了/吞下/误吞/误食/咽下, 着火, 起火,
        电池/充电宝/手机/充电器/烤箱/取暖器 ... 爆炸/冒烟/烧起来, 发生火灾, 煤气泄漏, 煤气味,
        机舱/客舱/车厢/店里/飞机 ... 冒烟/有烟/是烟/浓烟/烟味/烟很/烟好, -烟 雾报警,
        孩子/女儿/儿子/小孩/老人 ... 没人知道/没有人知道/不知道 ... 哪,
        喘不过气了, 药 ... 吃完了/用完了, 药/胰岛素 ... 托运行李/行李里, 下一针,
        胰岛素/救命药 ... 丢/没有/不见, 丢 ... 行李 ... 胰岛素, 没有药了, 没药了, 断药, 不想活, 自杀, 轻生,
        活不下去, 生命危险, 被袭击, 被威胁, 快救人, 有人受伤, 受重伤, 受伤了, 拿刀, 持刀, 有枪, 拿枪, 持枪,
        -昏迷 价/不醒的, 昏迷, -晕倒 价, 晕倒, 休克,
        人/乘客/顾客/老人/孩子/爸爸/妈妈/他/她/倒在/躺在 ... 一动不动,
        他/她/人/乘客/爸爸/妈妈/老人/孩子 ... 没有反应/没反应 ... 呼吸/脉搏, 拿刀/持刀/拿枪/持枪 ... 抢,
        女儿/儿子/孩子/小孩 ... 错的飞机/错飞机/错航班, 没人知道/没有人知道 她在/他在/孩子在,
        药/胰岛素 ... 只够, 也没有胰岛素, -等到/笑/美/香/好吃/高兴 ... 晕过去/晕倒/昏, 要生了/快生了,
        羊水破, 叫不醒, 呼吸困难
    """),
    "hr": entries("""
        vozač/pilot/kapetan ... pijan, pijan vozač, epilep* ... napad,
        prijeti/prijete/maše/mase ... nožem/pištoljem/oružjem, -mobitel/telefon/laptop ... eksplodira* od,
        -zapalila/zapalilo/zapalio se ... lampica/svjetlo/lampa/ikona,
        -lampica/svjetlo/lampa/ikona ... se zapalila/zapalilo, zapalio/zapalila/zapalilo se,
        se zapalio/zapalila/zapalilo, gori zavjesa/kuhinja/kuća, beba nema više, bez svijesti, u nesvijesti,
        onesvijesti*, izgubio/izgubila svijest, -skoro ... onesvijesti*,
        mama/majka/otac/tata/baka/djed/muž/žena/sin/kći/dijete/čovjek/putnik/putnica/gospođa/gospodin ...
            srušio/srušila/srušilo,
        čovjeku/ženi/mami/majci/tati/ocu/mužu/supruzi/putniku/putnici/djetetu/sinu/kćeri/gospođi ...
            pozlilo/loše/slabo, zovite/zovi/pozovite/pozvati/zvati hitnu, ne može/mogu disati,
        sin/kći/dijete/beba jedva diše, epileptični napad, srčani udar, moždani udar, bol/bolovi u prsima,
        alergijsk* reakcij*, anafila*, krvari, krvarim, krvarenje, udario/udarila strujom,
        udarila/udario me struja, strujni udar, teško ozlijeđen*/ranjen*, je/su ozlijeđen*,
        dijete/sin/kći/beba ... progutao/progutala/progutalo,
        baterija/punjač/mobitel/laptop/uređaj/kuća/kuhinja/stan/auto/romobil/toster/grijalica/grijač ...
            gori/zapalila/zapalio/zapalilo/eksplodira*, dim u kabini/avionu/vlaku,
        u kabini/avionu/trgovini/vlaku je dim, u kabini/avionu/trgovini/vlaku ... ima/puno dima,
        kabina/avion/vlak ... pun/puna dima, izlazi dim, curi plin, miris plina,
        dijete/kći/kćer/sin/djevojčica/dječak/mama/otac ... nitko ne zna gdje,
        izgubili/izgubila/izgubio smo/sam dijete/sina/kćer, nestalo/nestao/nestala dijete/sin/kći,
        dijete/sin/kći je nestalo/nestao/nestala,
        inzulin/lijekovi/lijek ... koferu/kovčegu/prtljazi ... ostao/ostali/doza/dozu/nemam, sljedeću dozu,
        inzulin/lijek/lijekovi/terapija ... izgubljen*/nestal*, izgubljen* ... inzulin/lijekovi,
        nemam/nema više inzulina/lijekova, ne želim ... živjeti, ubit ću se, samoubojstv*, oduzeti si život,
        čovjek/muškarac/netko/tip ... s nožem/pištoljem/oružjem, život ... opasnosti, u opasnosti smo/sam,
        napao me, napali su, prijete nam/mi, ne diše, opljačka* ... nožem/pištoljem/oružjem,
        prijetio/prijetili nožem/pištoljem,
        dijete/kći/kćer/sin/djevojčica/curica/dječak ... krivi/krivom avion/let/avionu/letu/vlak,
        nitko ... ne zna gdje je, tablete/tableta/lijekova/lijekove/inzulina/inzulin ... samo do/za,
        ponestaje/ponestalo/ponestat inzulina/lijekova/tableta, mi rađa, trudovi, pukao vodenjak,
        ne budi se, ne dolazi k svijesti/sebi
    """),
    "et": entries("""
        juht/piloot/bussijuht ... purjus, purjus juht, epileps* ... hoo/hoog,
        ähvardab/ähvardas ... noaga/relvaga/püstoliga, -telefon ... plahvatab/plahvatas teavitus*,
        -süttis ... tuli/lamp/märgutuli/punane/roheline/kollane, -tuli/lamp/märgutuli ... süttis, süttis,
        jätsite meid ... lapsega/lastega/vastsündinuga/beebiga, beebil on toit otsas, teadvuseta,
        teadvuse kaotanud, kaotas teadvuse, kaotanud teadvuse, minestas,
        ema/isa/mees/naine/laps/poeg/tütar/vanaema/vanaisa/reisija/inimene/keegi ... kukkus/varises ...
            kokku, inimesel/mehel/naisel/emal/isal/lapsel/reisijal on/hakkas halb/paha,
        kutsuge/kutsu/kutsuda/kutsuks kiirabi, kiirabi ... kutsu*/vaja, vaja kiirabi/arsti,
        ei saa ... hingata, krambihoog, südamerabandus, südameatakk, allergiline reaktsioon, anafül*,
        jookseb verd, veritseb, verejooks, raskelt vigastatud, laps/poeg/tütar/beebi ... neelas ... alla,
        laps/poeg/tütar/beebi ... alla neelanud, süttis põlema, läks põlema, gaasilõhn, gaasileke,
        suitsu täis, salongis/lennukis/poes/bussis/rongis on suits/suitsu,
        laps/tütar/poeg/tüdruk/poiss/ema/isa ... keegi ... kus, laps/tütar/poeg/ema/isa on kadunud,
        laps kadus, kaotasime lapse/tütre/poja, insuliin/ravimid ... kohvris/pagasis ... jäi/annus*/pole,
        järgmine annus, järgmise annuse, insuliin*/ravim* ... kadunud/kadus, kadunud ... insuliin*/ravim*,
        insuliin ... otsas/otsa, tabletid/ravimid/südametabletid ... otsas/otsa, ei taha ... elada,
        enesetap*, tapan enda/end/ennast, noaga/relvaga/püstoliga mees, mees ... noaga/relvaga/püstoliga,
        elu ... ohus, oleme/olen ohus, ähvardatakse,
        laps/ema/isa/poeg/tütar/mees/naine/reisija/inimene/vanaema/vanaisa/poiss/tüdruk/beebi/klient
            sai/saanud ... viga/vigastada, lämbub ... laps/beebi,
        laps/ema/isa/poeg/tütar/mees/naine/reisija/inimene/vanaema/vanaisa/poiss/tüdruk/beebi/klient ...
            ei/ega hinga/liigu, ei reageeri ega hinga, ega hinga, noaga/relvaga/püstoliga ähvardati/rööviti,
        rööviti/röövis ... noaga/relvaga/püstoliga,
        tüdruk/poiss/laps/tütar/poeg ... valele/vales lennule/lennukisse/lennukis/rongi,
        keegi ... ei tea ... kus ta, südamerohtu/ravimeid/rohtu/insuliini/tablette jätkub ... ainult/õhtuni,
        ravimid/insuliin/tabletid ... lõppemas/lõppes/lõppesid, sünnitab, sünnitama,
        ta/laps/mees/naine/ema/isa/klient ... ei/ega ärka, ei tule teadvusele
    """),
}
"""Said of people, or of things that burn: an emergency wherever it stands."""

OFTEN_IDIOM: Mapping[str, tuple[str, ...]] = {
    "en": entries("""
        cant/cannot breathe/breath, is/hes/shes choking, in flames, was/were/been/got/being robbed/mugged,
        robbed me/us/him/her in/at/outside/near, there is a fire, theres a fire,
        fire in/on/at the/our/your/my
            hallway/kitchen/cabin/house/room/building/store/shop/apartment/hotel/engine/flat/plane/bus/train/basement/corridor,
        apartment/flat/room/hotel/building/store/shop/hallway/bus/train is on fire,
        house/building/hotel/kitchen is burning
    """),
    "de": entries("""
        keine luft mehr, feuer gefangen, in brand, überfallen worden, ausgeraubt worden,
        wurde/wurden/bin/sind ... überfallen/ausgeraubt/beraubt,
        wohnung/ferienwohnung/haus/hotel/küche/zimmer/laden/filiale/flur/treppenhaus/keller ... brennt
            es/ab, feuer in/im der/einer/eurer/hotel/zimmer/haus/flur/treppenhaus/laden/keller/flugzeug
    """),
    "ru": entries("""
        задыхается, задыхаюсь, пожар в/на, у нас пожар, начался пожар, -вы/вами ... ограбили,
        -задыхаюсь от/в, меня/нас/маму/мужа/жену/сына/дочь/родителей ... ограбили/обокрали/избили,
        ограбили у/возле/около/рядом/прямо,
        в/на ... квартире/доме/подъезде/отеле/гостинице/магазине/салоне/номере/кухне ... пожар, горим
    """),
    "zh": entries("""
        -让/压/笑/忙/累/感动/紧张/激动 ... 喘不过气, -得人/得我/得他/得她/得喘 ... 喘不过气, -得喘不过气,
        -压力/工作/作业/房贷/账单/加班/排队/人多 ... 喘不过气, -喘不过气 ... 压力/工作/作业/房贷/账单/加班/笑/美,
        我/他/她/孩子/儿子/女儿/妈妈/爸爸/老人/妻子/丈夫 喘不过气, 喘不上气, 被抢劫, 遭抢劫/遭到抢劫, 被人 ... 抢劫,
        抢劫了我/抢劫了我们, 有人抢劫/正在抢劫
    """),
    "hr": entries("""
        guši se, požar, opljačkali/opljačkao/pokrali su me/nas, opljačkali/opljačkao me/nas,
        opljačkan/opljačkana sam/je ... ispred/hotela/hotelu/aerodromu/ulici/kolodvoru/trgovini,
        opljačkani smo ... ispred/hotela/hotelu/aerodromu/ulici/kolodvoru/trgovini,
        gori u/na stanu/kući/kuhinji/hotelu/avionu/sobi/trgovini/apartmanu/hodniku
    """),
    "et": entries("""
        lämbub, lämbun, tulekahju, rünnati,
        aku/laadija/telefon/arvuti/seade/maja/köök/gaas/boiler/röster ... plahvatas,
        plahvatas ... käes/kodus/köögis/poes, mind/meid rööviti
    """),
}
"""An emergency unless prices, fees or advertising stand in the same sentence."""
