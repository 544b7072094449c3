"""The coach's words in Estonian."""

from __future__ import annotations

from careconsole.language.tone.words import ToneWords

_DEEDS = (
    "klõpsake/klõpsa/vajutage/vajuta/proovige/proovi/taaskäivitage/taaskäivita/minge/mine/lugege/loe/oodake/oota/avage/ava/"
    "sisestage/sisesta/logige/logi/järgige/järgi/tehke/tee/vaadake/vaata/lülitage/lülita/klikkige/kliki/guugeldage/guugelda/"
    "uuendage/uuenda/värskendage/värskenda/kasutage/kasuta/valige/vali"
)
_OMITTED = (
    "lugema/kontrollima/teatama/helistama/kirjutama/maksma/kinnitama/tulema/ootama/teadma/küsima/ütlema/jälgima/järgima/"
    "märkama/mõtlema/arvestama/tutvuma/sisestama/valima/saatma/võtma/pöörduma/vaatama/registreerima/lugeda/kontrollida/"
    "teatada/helistada/kirjutada/küsida/öelda"
)
_OMITTED_DA = (
    "lugeda/kontrollida/teatada/helistada/kirjutada/maksta/kinnitada/tulla/küsida/öelda/jälgida/vaadata"
)

WORDS = ToneWords(
    belittling=f"""
        lihtsalt {_DEEDS}, {_DEEDS} lihtsalt, {_DEEDS} ju lihtsalt, {_DEEDS} ometi, peate/pead/tuleb/vaja
        lihtsalt/vaid/kõigest, lihtsalt peate/pead, te peate/pead ainult, sa pead ainult, teil on vaja
        ainult/lihtsalt/vaid, -saate/saame/saab/sai/võin/võime/tahtsin lihtsalt, ilmselgelt
        te/sa/ei/olete/oled/pole/teie, te/sa ilmselgelt, te/sa ei ole/saa ilmselgelt, on ilmselge et te/sa, nagu
        ma/me juba/varem/ennist/eelmises/ütlesin/ütlesime/kirjutasin/kirjutasime/mainisin/mainisime/selgitasin/
        selgitasime, nagu juba/varem/eespool/korduvalt öeldud/mainitud/mainisin/mainisime/ütlesin/ütlesime/
        kirjutasin/kirjutasime/selgitasin/selgitasime/selgitatud/kirjutatud, nagu öeldud, nagu
        ütlesin/ütlesime/mainisin/mainisime, nagu mainitud, ma juba ütlesin/selgitasin/kirjutasin/vastasin, me juba
        ütlesime/selgitasime/kirjutasime/vastasime, ma ju ütlesin, me ju ütlesime,
        ütlesin/ütlesime/selgitasin/selgitasime juba/teile juba, kordan, kordame, -kordame tellimust/broneeringut,
        mitu korda ma, mitu korda peab/me, viimast korda ütlen/selgitan/kordan, rahunege, rahune, rahunege maha,
        rahune maha, võtke/võta rahulikult, võtke/võta vabalt, -võtke/võta rahulikult aega, ärge ärrituge/
        paanitsege/liialdage/dramatiseerige/karjuge/vihastage/kurjustage/virisege/halage, ära ärritu/paanitse/
        liialda/dramatiseeri/karju/vihasta/virise/hala, pole/ole mõtet/vaja paanitseda/karjuda/ärrituda/vihastada/
        dramatiseerida/närveerida/pahandada, pole/ole põhjust
        ärrituda/vihastada/pahandada/paanitseda/paanikaks/karjuda, ei ole põhjust, te liialdate, sa liialdad,
        liialdate, dramatiseerite, lõpetage virisemine/karjumine/kaebamine/hala, pole/ole nii raske/keeruline/hull,
        pole/ole ju nii raske/keeruline/hull, pole/ole see nii raske/keeruline/hull, pole/ole ju raske/keeruline,
        pole/ole maailma lõpp, pole/ole suur asi, pole/ole mingi probleem ju, mis siin nii rasket, ju
        lihtne/loogiline/elementaarne, see on ju selge/lihtne/loogiline/elementaarne/kõigest/ainult/vaid, kõik
        teavad, kõik ju teavad, igaüks teab, igaühele on selge, iga laps, iga koolilaps, lapsemäng, üldteada, terve
        mõistus, tervet mõistust, te peaksite/peaksid teadma, peaksite/peaksid ju teadma, peaksite/peaksid seda
        teadma, peaksite/peaksid ise teadma, teate/tead ju, te ju teate, mis siin/selles/teile
        arusaamatut/arusaamatuks/segast, mis jääb teile arusaamatuks, kas tõesti nii raske, kas tõesti on nii, kas
        te üldse/ei oska/tõesti, kas sa üldse/tõesti, tühiasi, tühine asi, pisiasi, see on pisiasi, see on
        ainult/kõigest/vaid väike/pisike/paar, see on kõigest, kogu lugupidamise juures, tehke elevandist, sääsest
        elevanti,
        -pole/ole/polnud/olnud pisiasi/tühiasi/lapsemäng, -pole/ole ... pisiasi/tühiasi, -mitte
        pisiasi/tühiasi, -ilmselgelt ... meie/meil/õigus/meid/meilt, -ilmselgelt ei ole/olnud/toiminud/
        töötanud/jõudnud, -te/sa ilmselgelt ei ole/pole saanud/süüdi/eksinud, -nagu ma/me juba/varem
        lubasi*/leppisime/arvasi*, -rahunege/võtke rahulikult ... meie
    """,
    insult="""
        sa/te idioot/loll/lollakas/debiilik, oled/olete idioot/loll/rumal/lollakas/debiilik/valetaja, loll/rumal lehm,
        jää/jääge vait, pea lõuad, pidage lõuad, käi/käige persse/perse, kao/kaduge minema, loll/rumal küsimus,
        -ei/pole ole/olnud loll/rumal küsimus, -pole loll/rumal küsimus
    """,
    blame=f"""
        oleksite/oleksid ... pidanud ... {_OMITTED}, oleksite/oleksid võinud ... {_OMITTED}, -oleksite/oleksid ...
        pidanud ... saama/jõudma/maanduma/kätte, teil/sul oleks tulnud ... {_OMITTED_DA}, teie/sinu süü, teie/sinu
        enda süü/viga, teie/sinu oma süü/viga, on/oli teie/sinu viga, olete/oled ise süüdi, ise süüdi, teie/sina
        olete/oled süüdi, teie/sinu süül, teie/sinu vea tõttu, -pole/ole/polnud/olnud teie/sinu süü/viga,
        -pole/ole/polnud/olnud teie/sinu enda süü/viga, -mitte teie/sinu süü/viga, -pole/ole/polnud ... teie/sinu
        süü/viga, -pole/ole te/teie/sa süüdi, -pole/ole süüdi, -pole/ole ise süüdi, -ei ole teie/sina, te/sa/teie ei
        lugenud/kontrollinud/järginud/kuulanud/vaevunud/viitsinud/pannud/maksnud/hoolinud, -kui te/sa ei, ei
        lugenud/kontrollinud/vaevunud/viitsinud te/sa, jätsite/jätsid maksmata/tasumata/kinnitamata/lugemata/
        kontrollimata/teatamata/vastamata, te/sa jätsite/jätsid ... maksmata/tasumata/kinnitamata/lugemata/
        kontrollimata/teatamata, teie/sinu hooletus, teie/sinu hooletuse/tähelepanematuse, unustasite/unustasid
        maksta/kinnitada/sisestada/lisada/kontrollida/teatada/tasuda/pikendada/uuendada/märkida,
        unustasite/unustasid ... maksta/kinnitada/sisestada/lisada/kontrollida/teatada/tasuda/pikendada,
        sisestasite/sisestasid/valisite/valisid/tellisite/tellisid/märkisite/kirjutasite/andsite
        vale/valesti/ebaõige, te/sa eksite/eksid/eksisite/eksisid, te/sa ajasite/ajasid ... segi, te/sa saite/said
        valesti aru, saite/said valesti aru, te/sa ignoreerisite/ignoreerisid, kui te/sa oleksite/oleksid lugenud/
        kontrollinud/teatanud/kuulanud/maksnud/tähelepanelikum*/varem, kui oleksite/oleksid
        lugenud/kontrollinud/teatanud/kuulanud/maksnud/varem, kui te/sa oleksite/oleksid ...
        lugenud/kontrollinud/teatanud/kuulanud/maksnud, oleksite/oleksid te/sa ... lugenud/kontrollinud/teatanud,
        miks te/sa ei/varem, -miks te/sa ei saa/saanud, pole/ole meie süü/viga/probleem/mure/asi, see on teie/sinu
        probleem/mure/asi, te/sa väidate/väidad, järgmine kord lugege/olge/kontrollige/loe/ole, järgmisel korral
        lugege/olge/kontrollige/loe/ole, olge/ole tähelepanelikum/hoolsam, süüdistage iseennast, kasutaja viga,
        kasutajaviga, te ise rikkusite,
        -mitte mingil juhul/moel/viisil ... teie/sinu süü/viga, -kuidagi/sugugi/üldse/absoluutselt/
        kindlasti/mitte/kaugeltki teie/sinu süü/viga/probleem, -pole/ole/ei/polnud/olnud/mitte/ega ...
        teie/sinu enda/oma süü/viga, -pole/ole/polnud/olnud/mitte/ega ... teie/sinu
        süü/viga/probleem/mure/süül, -keegi ei ... teie/sinu süü/viga, -mitte teie/sinu
        süül/vea/hooletuse/hooletus, -ei ... teie/sinu vea/hooletuse/tähelepanematuse, -pole/ole/ei
        teie/sinu probleem/mure/asi, -ei ole see teie/sinu, -pole/ole ... ise süüdi, -te/sa/teie
        ei/pole/polnud/ole ... süüdi, -poleks/oleks ... pidanud ... maksma, -ei/poleks oleks
        pidanud/võinud/saanud, -oleksite/oleksid ... pidanud ... vastuse/saama/teada/kuulma/nägema, -kui
        te/sa unustasite/unustasid/jätsite, -ei ole meie süü vaid/ega, -meie mitte teie/sinu
    """,
    apology="vabanda*, vabandus*, andke andeks, anna andeks, palume andeks, palun andeks, kahetse*, kahju, -ei ole kahju, sorry",
    joke="""
        haha, hahaha, hahahaha, hehe, hehehe, hihi, lol, xd, nali, teen nalja, tegin nalja, teeme nalja, väike nali,
        naljaga pooleks, nalja saab, -pole nali, -ei ole nali, -nali naljaks, -ei tee nalja, -pole naljaasi, -nali
        kõrvale
    """,
    heard="""
        vabanda*, vabandus*, andeks, kahju*, kahetse*, aitäh, tänan, täname, tänud, tänu, mõista*, mõistetav*, saan
        aru, saame aru, teil on õigus, sul on õigus, ebameeldiv*, pettumus*, pettunud, häiriv*, meie viga, meie süü,
        minu viga, ei tohiks, ei tohi, ei oleks tohtinud, poleks tohtinud, vastuvõetamatu, näen, näeme, kujutan
        ette, oh ei, tõsiselt, kurb, kõlab, pahane, tüütu, arusaadav*, ebamugavus*, hindame, kuuleme, loomulikult,
        kindlasti oli/pikk/raske, oli kindlasti, milline, liiga kaua/palju/tihti/pikk, meie
        eksimus/tõttu/viga/möödalask, eksisime, eksisin, kohutav*, hirmus*, raske, läks ...
        valesti/viltu/nihu, valesti läinud, oleksite pidanud, ootasite, olete oodanud/pidanud, te
        ootasite/kaotasite/pidite, pidite, teie süü, tegite kõik, kõik õigesti, süüdi, kurb*, kurba*,
        rikutud, unustasime, kaotasime, ajasime segi, meie poolt, meie poolel, vedasime ... alt, alt
        vedanud, pole meeldiv, ei ole meeldiv, piinlik*, viha*, nördimus*, pettum*, halb, halvasti,
        väsitav*, kurnav*, stress*, masenda*, nukker, häbi, ootama,
        õigusega, põhjendatud, õigustatud, kaebate, kaebad, kriitika, etteheide*, pahameel*, rahulolematus*,
        nördi*, vale, valed, vales, valesti, valet, valede, ekslik*, kohmak*, ebaviisaka*, viisakusetu*,
        jäme, jämeda*, ebasõbralik*, lohaka*, lohakus*, hooletu*, ebaprofessionaal*, kaos*, segadus*,
        eksitav*, ebamugav*, ebaõiglane, ebaõiglas*, absurd*, jube*, vastik*, inetu*, murettekitav*,
        hirmutav*, kehvasti, pole ime, pole imestada, igaüks oleks, järjest, teist korda, kolmandat korda,
        ikka ja jälle, vedasime, jätsime, murdsime, ei pidanud sõna, ärritav*, ärritus*, apsakas, oih, oi,
        ai, keegi ei taha/soovi, ei taha keegi, mitte teie, teame kui, maksite ... ja, lubanud, lubasime, ei
        peaks, on piisav, nii ei
    """,
    step="""
        palun, kas saate, kas saaksite, saatke, saada meile/mulle, kirjutage, kirjuta, kontrollime, kontrollin,
        kontrollisin, kontrollisime, saadame, saadan, saatsime, saatsin, teeme, teen, vastame, vastan, kolleeg*,
        tagasta*, võtame, võtan, helistame, helistan, uurime, uurin, selgitame, selgitan, parandame, parandan,
        anname, annan, andsime, andsin, otsime, otsin, broneerisime, broneerisin, te saate, sa saad, saate ...
        kätte, edastasime, edastasin,
        tellitud, broneeritud, makstud, tagastatud, tehtud, kinnitatud, kiidetud, tühistatud, -lend/rong/
        kontsert/etendus/üritus/reis ... tühistatud, muudetud, parandatud, asendatud, pikendatud, üle
        kantud, saadetud, väljastatud, registreeritud, vormistatud, kokku lepitud, määratud, lisatud,
        taastatud, hüvitatud, -hüvitatud ei, valmis, teel, tagasiteel, kulleri, manuses, lisas, rakenduses,
        teie postkastis/kontol/postkasti/kontole/meilis/nimel, postkastis, kassas, vastuvõtus, letis,
        ootab/ootavad teid, teid ootab/ootavad, kehtib/kehtivad nüüd/kõigis/kõikides/ka/edasi/täna, jõuab/
        jõuavad/saabub/saabuvad/tuleb/tulevad/laekub/laekuvad/väljub/maandub/lahkub ... täna/homme/kell/
        teie/kohale/teieni/juurde/esmaspäev*/teisipäev*/kolmapäev*/neljapäev*/reede*/reedel/laupäev*/
        pühapäev*/enne/hiljemalt/järgmise*, täna/homme/kell/esmaspäeval/teisipäeval/kolmapäeval/neljapäeval/
        reedel/laupäeval/pühapäeval ... jõuab/jõuavad/saabub/saabuvad/tuleb/tulevad/laekub/laekuvad/väljub/
        maandub/lahkub, jõuab/saabub/laekub, jõuavad/saabuvad/laekuvad, läheb/lähevad ...
        teele/välja/posti/täna/homme, võtab selle/selle järele/teiega/kohvri/paki, viib/toob/toovad/viivad/
        võtab/võtavad ... homme/täna/kell/teile/ära/järele, toob, toovad, helistab/helistavad/kirjutab/
        kirjutavad/saadab/saadavad/vastab/annab/aitab teile/sulle, teile/sulle helistab/kirjutab/saadab,
        võtab/võtavad ... ühendust, andsime/andsin ... edasi, siin on, rohkem pole vaja, homme, ülehomme,
        jooksul, hiljemalt, esmaspäevaks/teisipäevaks/kolmapäevaks/neljapäevaks/reedeks/laupäevaks/
        pühapäevaks/õhtuks/homseks/lõunaks, järgmisel/järgmise esmaspäev*/nädal*, tellisime/tellisin/
        tühistasime/tühistasin/parandasime/parandasin/tagastasime/tagastasin/kandsime/kandsin/muutsime/
        muutsin/pikendasime/pikendasin/vahetasime/vahetasin/leppisime/kinnitasime/lisasime/lisasin/
        teavitasime/teavitasin, tellime/tellin/tühistame/tühistan/tagastame/tagastan/kanname/kannan/muudame/
        muudan/vahetame/vahetan/lisame/lisan/toome/toon/viime/viin/kirjutame/kirjutan/broneerime/broneerin/
        lahendame/lahendan/tegeleme/tegelen, -palun/palume vabandust/andeks/vabandage/mõistmist/mõistvat/
        uskuge, -vabandage palun
    """,
    promise="""
        kontrollime, kontrollin, saadame, saadan, vastame, vastan, uurime, uurin, võtame ... ühendust, võtan ...
        ühendust, anname teada, annan teada, kirjutame, helistame, tagastame, peagi, varsti, esimesel võimalusel,
        niipea kui, lähiajal, kolleeg võtab, selgitame välja
    """,
    when="""
        täna, homme, ülehomme, jooksul, kohe, praegu, nüüd, minut*, tund*, tunni, päev, päeva, tööpäev*, nädal*,
        esmaspäev*, teisipäev*, kolmapäev*, neljapäev*, reede*, reedel, laupäev*, pühapäev*, hommikul, lõunaks,
        õhtul, õhtuks, hiljemalt, kell, lõpuks, keskpäev*, jaanuar*, veebruar*, märts*, aprill*, juuni*, juuli*,
        august*, septemb*, oktoob*, novemb*, detsemb*, hetk,
        -tere päevast/hommikust/õhtust, -head päeva/õhtut/hommikut, -eelmisel/eelmise/möödunud esmaspäev*/
        teisipäev*/kolmapäev*/neljapäev*/reede*/laupäev*/pühapäev*/nädal*, -päeva/nädala*/tunni/tundi/
        minuti* tagasi
    """,
    ask="""
        palun, kas saate, kas saaksite, kas võiksite, saatke, saada meile/mulle, kirjutage, öelge, teatage,
        -palun/palume vabandust/andeks/vabandage/mõistmist/mõistvat/uskuge, -vabandage palun
    """,
    past=(
        r"(?:üle)?eile|eelmis\w+|möödunud|tagasi|oli|olid|polnud|jäi|jäid|tuli|tulid|läks|läksid|juhtus|"
        r"põhjustas|peatas|lõppes|katkes|\w{3,}(?:sid|sime)"
    ),
)
