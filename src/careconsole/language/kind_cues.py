"""What makes a message a question, praise, an idea, talk about the brand or noise, by language.

The worse error is to let a question or a complaint wait like praise, so the lists of the slow kinds hold only what
is clear, and a request ("please", "thanks in advance") counts as a question. The signs are those of
`language.cues`; a `-` makes an exception that hides what stands in it.
"""

from __future__ import annotations

from collections.abc import Mapping

from careconsole.language.cues import entries

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "en": entries("""
        ^how, ^where, ^when, ^why, ^what, ^which, ^who, ^can, ^could, ^do, ^does, ^did, ^is, ^are, ^will,
        ^would, ^may, ^should, ^any, ^has, ^have, how do/can/to/much/many/long, where is/are/can/do/does,
        when is/are/will/does/do, what is/are/time/do/does, can/could you/i/we/someone, may i, do you,
        does the/it, is there, are there, is it, i need, i want/would/d to/like, id like, we need, i wonder,
        wondering, let me know, please, pls, plz, trying to, looking for, tell me, question, questions,
        in advance, would/d/id appreciate, would/d/id love to, help me, need help,
        my order/booking number/reference, call me, get back to me, waiting for, thank you for your help,
        if you can/could, dm me
    """),
    "de": entries("""
        ^wann, ^wo, ^wie, ^warum, ^wieso, ^was, ^welche/welcher/welches/welchen, ^wer, ^kann, ^können,
        ^könnt, ^könnte, ^könnten, ^gibt, ^habt, ^haben, ^ist, ^sind, ^darf, ^dürfen, ^muss, ^wird, ^werden,
        ^bekomme, wann kommt/kommen/kann/ist, wo ist/finde/kann/steckt/bleibt/sind,
        wie kann/komme/lange/viel/oft/bekomme/geht, kann ich/man, könnt/könnten/können ihr/sie, gibt es,
        habt ihr, haben sie, brauche, brauchen, bräuchte, möchte, möchten, hätte gern/gerne,
        würde/würden gern/gerne, ich suche, bitte, im voraus, weiss jemand, frage, fragen, hilfe,
        meine bestellnummer/buchungsnummer, schickt mir, sagt mir, um rückmeldung, ruft mich
    """),
    "ru": entries("""
        ли, ^где, ^когда, ^как, ^сколько, ^почему, ^зачем, ^что, ^какой/какая/какие/какое, ^кто, ^можно,
        ^нужна/нужен/нужно, ^есть ли, ^куда, где он/она/оно/мой/моя/мои/найти/сейчас,
        как поменять/вернуть/получить/оформить/потратить/доехать/заказать/можно, подскажите, скажите,
        пришлите, помогите, ответьте, уточните, сообщите, проверьте, пожалуйста, можно ли, хочу, хотел*,
        хотелось, прошу, нужен, нужна, нужно, интересует, вопрос, заранее, перезвоните, номер заказа,
        не понимаю, не подскажете
    """),
    "zh": entries("""
        吗, 呢, 么, 怎么, 怎样, 如何, 什么, 哪里, 哪儿, 哪些, 哪个, 哪种, 哪, 几点, 多少, 多久, 多长,
        为什么, 能不能, 可不可以, 是否, 有没有, 请问, 请, 想问, 想把, 想要, 想换, 想退, 想改, 想订, 帮我,
        帮忙, 麻烦, 需要, 告诉, 查一下, 到哪, 先谢, 提前谢, 怎, 急需, 回个电话, 谁
    """),
    "hr": entries("""
        li, ^gdje, ^kada, ^kad, ^kako, ^koliko, ^zašto, ^što, ^koji/koja/koje/kojim, ^tko, ^kome, ^može,
        ^mogu, ^imate, ^trebam, ^treba, gdje je/su/mogu/mi, kada stiže/ide/je/će,
        kako mogu/mijenjam/iskoristiti/promijeniti/naručiti/do, može li, mogu li, imate li, molim, molimo,
        trebam, treba mi, trebamo, htio/htjela/htjeli/želio/željela bih/bi, želim, zanima me, unaprijed,
        pošaljite, javite, recite, pomozite, nazovite, pitanje, upit, pomoć, broj narudžbe, ne razumijem,
        hitno
    """),
    "et": entries("""
        kas, ^kuidas, ^kus, ^kust, ^kuhu, ^millal, ^miks, ^mis, ^milline/millised/millist, ^kes, ^palju,
        ^kui palju/vara/kaua, kuidas saab/saan/muuta/kasutada/tellida/ma, kus on/mu/see/ma, palun, soovin,
        sooviksin, soovime, vajan, vajame, vaja, tahaksin, saaksite, ette tänades, tänan ette, öelge,
        saatke, teatage, helistage, küsimus, küsiksin, abi, aidake, tellimuse number, ei saa aru, kas saaks
    """),
}

IDEAS: Mapping[str, tuple[str, ...]] = {
    "en": entries("""
        would be great/nice/good/cool/lovely/helpful/better/useful/awesome if the/there/your/it/we,
        would be great/nice/good/cool/lovely/helpful/better/useful/awesome to have/see,
        would be great/nice/good/cool/lovely/helpful/better/useful/awesome if you ...
            added/add/offered/offer/had/have/made/allowed/allow/included/include/introduced/brought/sold/sell/stocked,
        suggestion, suggestions, i/id suggest, suggest adding, feature request, my idea, an idea, idea,
        you should/could add/offer/sell/make/consider/introduce/put/allow/bring/think,
        please add/consider/bring, how about a/an, would help so/many/us/people/everyone,
        wish you had/would/offered/sold, wish the app/site/website/there, why not add/offer/make/let
    """),
    "de": entries("""
        wäre/fände schön/toll/nett/super/gut/klasse/hilfreich/praktisch/cool ... wenn, vorschlag,
        vorschläge, anregung, verbesserungsvorschlag, idee,
        ihr solltet/könntet ... anbieten/einbauen/einführen/machen/hinzufügen/aufnehmen, wünsche mir,
        würde mir ... wünschen, das wäre was, würde vielen/allen/uns helfen, baut doch, bietet doch,
        wie wäre es mit
    """),
    "ru": entries("""
        было бы здорово/неплохо/хорошо/удобно/отлично/классно/круто ... если, здорово бы, предложение,
        предлагаю, идея, есть идея, добавьте, сделайте ... возможность, хорошо бы, неплохо бы,
        была бы/был бы кстати, многим бы помогл*, не хватает функции, пожелание
    """),
    "zh": entries("""
        要是 ... 就好了, 如果 ... 就好了, 如果能 ... 就, 建议, 希望 ... 能/可以/增加/推出/加上, 提个建议,
        可以考虑, 会帮到, 怎么样 啊, 能加个 ... 就好, 不如加
    """),
    "hr": entries("""
        bilo bi/bi super/lijepo/dobro/odlično/korisno/zgodno ... kad/da/ako, prijedlog, predlažem,
        predlažemo, ideja, imam ideju,
        trebali/mogli biste/bi ... dodati/uvesti/ponuditi/napraviti/staviti/omogućiti,
        pomoglo/pomogla/pomogao bi, bila bi zgodna/korisna/super, volio/voljela bih da, dodajte
    """),
    "et": entries("""
        oleks tore/hea/super/lahe/vahva/kasulik/mugav ... kui, ettepanek, ettepaneku, ettepanekuid,
        soovitus, idee, mõte, võiksite ... lisada/pakkuda/teha/müüa, kuluks ära, aitaks paljusid/meid,
        võiks ... olla/lisada, lisage, tehke nii et
    """),
}

ASKED_IDEAS: tuple[str, ...] = entries("""
    have you considered/thought, why dont you add/offer/sell/make/introduce, ever thought about/of,
    would you consider, warum bietet/baut/macht ihr nicht, habt ihr ... überlegt/nachgedacht,
    wie wäre es mit, не думали, почему бы не/вам, 考虑过, 何不, zašto ne dodate/uvedete/ponudite,
    jeste li razmišljali, kas olete mõelnud, miks te ei lisa/paku
""")

PRAISE: Mapping[str, tuple[str, ...]] = {
    "en": entries("""
        thank you, thanks, thank u, thx, thankyou, tysm, kudos, shoutout, shout out to, props to, well done,
        bravo, great job/work/service/flight/experience/staff/crew/team/customer/support, good job/work,
        awesome, amazing, fantastic, excellent, brilliant, wonderful, lovely, superb,
        love it/the/your/this/my/how, loved, best ... ever, perfect, perfectly, impressed,
        so/very/really/super happy/pleased with, delighted, smoothest, smooth and,
        deserves a raise/medal/bonus, really/very/so/super happy/pleased/nice/kind/friendly/helpful/good,
        keep it up, keep up the, made my/our day, saved my/our/the, grateful, appreciate, hats off,
        highly recommend, can/would recommend, you rock, you guys rock, killing it, like the new/your/this,
        nice one, credit where its due, never had a complaint, no complaints, problem solved,
        what a great/lovely/nice/wonderful, how lovely/nice/kind, could not/couldnt be happier, are the best
    """),
    "de": entries("""
        danke, danke schön, dankeschön, dank, vielen dank, merci, lob, super,
        toll/tolle/tolles/toller/tollen, klasse, spitze, großartig*, genial, perfekt, wunderbar*,
        hervorragend*, ausgezeichnet*, zufrieden, begeistert, sehr nett/nettes/netter/nette/freundlich,
        freundliches, herrlich, das beste, beste/bester ... je, weiter so, gerettet, empfehlenswert,
        kann ich ... empfehlen, empfehle, gerne wieder, hat geklappt, freut mich, prima,
        einfach/alles/echt/service/absolut top, reibungslos*, einwandfrei, schön geworden, immer zufrieden,
        gar nicht schlecht, nicht schlecht, feuer und flamme
    """),
    "ru": entries("""
        спасибо, благодар*, поблагодарить, отличн*, прекрасн*, замечательн*, превосходн*, великолепн*,
        чудесн*, супер, класс, классн*, молодцы, молодец, так держать, довол*, лучший/лучшая/лучшие/лучшее,
        вы лучшие, идеальн*, рекомендую, советую, восхищ*, восторг*, понравил*, приятно, браво, огонь,
        неплохо, хвала, респект, выручил*, спасла/спасли/спас наш*, легко как, без проблем, красиво сделали
    """),
    "zh": entries("""
        谢谢, 感谢, 多谢, 谢啦, 点赞, 赞, 很棒, 太棒, 真棒, 最棒, 棒, 满意, 表扬, 好评, 完美, 优秀, 喜欢,
        特别好, 非常好, 太好了, 真好, 好看, 很好, 不错, 最好, 给力, 推荐, 顺利, 加薪, 风景绝了, 救了我们,
        继续加油, 合身, 贴心, 感动, 厉害, 真美, 真火, 有意思, 解决了
    """),
    "hr": entries("""
        hvala, hvala vam, zahvalj*, zahvalna, zahvalan, pohval*, pohvaliti, svaka čast, bravo, super,
        odlič*, divn*, divan, izvrsn*, izvrstan, prekras*, predivn*, sjajn*, fantastič*, savršen*,
        zadovolj*, najbolj*, preporuč*, samo tako, oduševlj*, spasila/spasili/spasio nam, riješeno,
        ljubazn*, vrhunsk*, sve top, glatko, zaslužuje/zaslužuju, baš lijep, krasn*, nije loše
    """),
    "et": entries("""
        aitäh, tänan, tänud, täname, suur tänu, kiitus*, kiidan, kiita, suurepära*, tubli, tublid, super,
        tore teenindus/meeskond/lend, oli tore, väga tore/hea/meeldis/rahul, parim, parimad, parima,
        ideaal*, imeilus, imeline, vahva, väga äge, nii äge, ägedad, sujuva*, väärib, lahe, vaimustus*,
        soovitan, rahul olnud, alati rahul, olen rahul, jätkake samas, samas vaimus, meeldis, sai korda,
        päästis, hea abi/töö/teenindus/lend/meeskond, pole paha, on tuline, ülimalt, fantastili*, tippklass
    """),
}

BRAND_TALK: Mapping[str, tuple[str, ...]] = {
    "en": entries("""
        sponsor*, billboard, your ad/advert/commercial/poster, saw your, off to ... with,
        flying/fly ... with ... tomorrow/today/tonight, wearing my/the new, bags are packed,
        just booked/bought/ordered, cant/cannot wait, spotted, in the news, unboxing, proud owner,
        new livery, boarding now, heading to ... with
    """),
    "de": entries("""
        sponsor*, eure plakate/werbung, euer plakat/werbespot/spot, morgen geht es/geht's/gehts,
        koffer sind gepackt, trage ich meine/mein/meinen, gerade ... gebucht/bestellt/gekauft,
        freuen uns riesig, freue mich riesig, stadtlauf, in den nachrichten, vorfreude
    """),
    "ru": entries("""
        спонсор*, вашу рекламу, ваша реклама, завтра летим/лечу, чемоданы собраны, гуляю в,
        ждем не дождемся, только что взяли/купили/заказали, в новостях, видел/видела/видели вашу, надел*,
        предвкуша*
    """),
    "zh": entries("""
        赞助, 你们的海报, 你们的广告, 箱子收拾好, 行李收拾好, 好期待, 期待, 刚订了, 刚买了, 刚下单,
        今天穿着, 今天穿, 上新闻, 开箱, 代言
    """),
    "hr": entries("""
        sponzor*, vaš plakat, vašu reklamu, vaša reklama, sutra letim/letimo, koferi su spremni,
        kovčezi su spremni, danas nosim, jedva čekam/čekamo,
        upravo smo/sam ... kupili/kupila/kupio/rezervirali/naručila/naručio, u vijestima
    """),
    "et": entries("""
        sponsor*, teie plakat*, teie reklaam*, homme lendame/lendan, kohvrid on pakitud, täna kannan,
        ootame väga, ei jõua ära oodata, ostsime just, ostsin just, uudistes, toetate jälle
    """),
}

NOISE: Mapping[str, tuple[str, ...]] = {
    "en": entries("""
        follow me, follow and repost, you/have won, claim now/at, free miles, follow back, followback, f4f,
        check out my channel/page/profile/bio/music, giveaway, crypto, bitcoin, forex, airdrop,
        passive income, earn ... from home/daily, make money, link in bio/profile/my, buy followers,
        free followers, onlyfans, online casino, work from home, first comment, no thanks, unsubscribe me
    """),
    "de": entries("""
        folgt/folge mir, krypto*, bitcoin, passives einkommen, euro am tag, geld verdienen,
        von zu hause verdienen, link im profil/in bio, kostenlose follower, gewinnspiel hier
    """),
    "ru": entries("""
        подписывайтесь на мой/меня, подпишись, крипт*, биткоин*, пассивный доход, заработок,
        ссылка в профиле/описании, казино, накрутка, в телеграм канал
    """),
    "zh": entries("""
        关注我, 加微信, 加我微信, 加密货币, 比特币, 日赚, 兼职, 免费领取, 刷粉, 互粉, 代购加, 博彩
    """),
    "hr": entries("""
        pratite me, prati me, kripto*, bitcoin, zaradite, zaradi ... od kuće, link u opisu/profilu/biu,
        pasivni prihod, besplatni pratitelji
    """),
    "et": entries("""
        jälgi mind, jälgige mind, krüpto*, bitcoin, teeni kodus, teeni ... päevas, link profiilis,
        passiivne tulu, tasuta jälgijad
    """),
}

CONTRASTS: tuple[str, ...] = entries("""
    but, however, although, unfortunately, except, aber, jedoch, allerdings, trotzdem, obwohl, но, однако,
    хотя, к сожалению, только вот, 但, 可是, 不过, 然而, 可惜, 就是, ali, međutim, nažalost, iako, samo što,
    aga, kuid, siiski, kahjuks, paraku, ainult et
""")

EXCEPTIONS: tuple[str, ...] = entries("""
    -best regards/wishes, -kind/warm regards, -worst case, -not bad, -no problem/worries, -toll free,
    -top up, -what is the best, -long time, -in no time, -freundliche/freundlichen grüße, -mit freundlichen,
    -kein problem, -keine gefahr, -leider schlecht, -ничего страшного, -плохая погода, -погода плохая,
    -совсем неплохо, -天气 不好, -没关系, -没问题, -nema problema, -vrijeme je, -pole hullu,
    -pole probleemi, -ilm on, -no idea, -any idea, -nothing wrong
""")
