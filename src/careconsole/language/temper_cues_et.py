"""What Estonian messages say about mood and urgency: points for mood, points for urgency, entries (see `temper_cues_en`)."""

from __future__ import annotations

from careconsole.language.cues import Tempers, entries

TEMPERS_ET: Tempers = (
    # Fury
    (
        -3.0,
        1.0,
        entries("""
            häbi, häbiväär*, häbitu*, häbene*, häbenege, lubamatu*, petturid, pettur*, pettus*, petis,
            petavad, petta, petetud, petis*, vargad, varas, vargus*, varast*, röövel*, röövi*, röövl*, kõige
            halvem, halvim, halvima*, kohutav*, jube, jubeda*, õudne, õudus*, õudselt, hirmus, hirmsa*,
            mitte kunagi, enam kunagi, kunagi enam, vihane, vihase*, vihka*, viha, vihaga, maruvihane,
            raevus, raev*, ennekuulmatu, skandaal*, skandaalne, saast, saasta, sitt, sita*, sitane,
            sitapea*, perse, persse, persses, kuradi, kurat, kuradi*, raisk, raisa*, türa, vitt, munn, pask,
            paska, jama, jama*, rikutud puhkus*, rikkusite, ülbe*, ülbus*, jõhker, jõhkra*, täielik
            naljanumber, nii halvasti, valetate, valetasite, vale*, valetab, valed, valeta*, katastroof*,
            debiil*, idioot*, loll, lolli*, lollus*, lollaka*, lollid, rumal*, tobe, tobeda*, totter,
            totra*, tõpra*, tõbras, lurjus*, kaabak*, lits, mölakas, jobu, jobud, värdja*, värdjas, jälk,
            jälge*, rõve*, vastik*, vastiku*, võigas, alatu*, nõme, nõmeda*, nõmedus*, mõttetu*, surm*,
            surma*, surnud, suri, hukkus, hukkunu*, tappa, tapmi*, tapab, tapeti, tapja*, mõrv*, mõrtsuk*,
            vägista*, vägivald*, vägivalla*, terror*, sõda, sõja*, pomm*, rünna*, rünnak*, kuritegu*,
            kuriteo*, kurjategij*, süüdista*, süüdimõist*, vangi*, vangla*, korrupt*, altkäemaks*, natsi*,
            rassis*
        """),
    ),
    # Upset
    (
        -2.0,
        0.6,
        entries("""
            pettunud, pettumus*, pettuma, rahulolematu*, pole rahul, ei ole rahul, rahul ei, halb, halva*,
            halvast*, halvad, halvem*, halvasti, halvemaks, kehv, kehva*, kehvasti, ebaviisakas,
            ebaviisaka*, ebaprofessionaal*, ebakompetent*, ebaõiglane, ebaõigla*, ebaaus, ebaausa*,
            ebaseadus*, ebameeldiv*, ebaõnn*, vastuvõetamatu*, närvi, närvis, ajab närvi, ajab vihale,
            pahane, pahase*, paha, pahandus*, pahasti, naljanumber, naeruväär*, kaos, kaose*, teie pärast,
            ignoreeri*, ei kannata, lohakas, lohaka*, hoolimatu*, ükskõik*, kurb, kurva*, kurvasti,
            kurvastus*, kurvaks, nutt*, nutma, nutan, nuta*, pisar*, valu*, valus, valutab, haige, haigus*,
            haiget, haigla*, väsinud, väsimus*, tüdinud, tüütu*, tüütab, igav, igava*, üksi jäänud, hirm*,
            hirmu*, kardan, kardab, kardetakse, karta, kartus*, mures, probleem*, raskus*, raskes, raskelt,
            süüdi, süü, süüdlas*, viga, vead, viga*, vigane, vigasta*, kahju, kahjuks, kahjusta*, kahjud,
            kahjum*, paraku, kaota*, kaotus*, kaotas, kriisi*, võlg*, võla*, pankrot*, koonda*, töötu*,
            vaesus*, vaene, vaese*, kallid, kalline*, mõttetus, mustus*, räpane, räpase*, haiseb, hais*,
            kitsas, jääkülm, ebamugav*, inetu*, kole, koleda*, koledus*, põrgu*, õnnetus*, õnnetu*, avarii*,
            tulekahju*, põleng*, põles, uppus, uppunu*, ohtlik*, ohus, ohvri*, ohver, ohvrid, süüdistus*,
            kriitika*, kritiseeri*, hukka, ähvarda*, ähvard*, keeld*, trahv*, trahvi*, karista*, karistus*,
            kahtlus*, kahtlusta*, segadus*, segane, rikk*, rikkus, rikuti, lõhu*, lõhkus, ebaõnnestu*,
            läbikukku*, langus*, langes, langeb, vähene*, vähenes, halvene*, puudus*, puudub, nõrk, nõrga*,
            laisk, laiska*, laisku*, silmakirjalik*, küüniline, ahne*, ahnus*, hämamine, häma*, aitab küll,
            mis mõttes, kui kaua veel, kaua veel, aitäh mitte millegi, tore küll, väga tore lugu, oh jumal,
            issand, appi
        """),
    ),
    # Fell through, late, nobody answers, money
    (
        -1.5,
        2.6,
        entries("""
            tühista*, tühistati, tühistatud, hiline*, hilines, hilineb, hilinemi*, hilinenud, edasi lükat*,
            lükkus, lükat*, oodanud, ootama, ootamine, ooteaeg*, ootejärjekor*, järjekor*, ikka veel, ikka
            pole, ikka ei, endiselt, ikkagi, siiani, jäin maha, jäime maha, lõksus, kadunud, kadus, kaotsi,
            kaotasite, katki, katkine, katkise*, purune*, purunes, kildudeks, rebenes, lekib, varastati, ei
            tööta, ei toimi, ei avane, ei lae, ei käivitu, ei saa, ei saanud, ei õnnestu, pole võimalik,
            pole saanud, pole jõudnud, ei jõudnud, pole kohal, pole tulnud, ei tulnud, ei kohale, jookseb
            kokku, jookseb ... kokku, hangub, viskab välja, levi pole, internetti pole, netti pole, tõrge,
            tõrke*, rike, rikke*, veateade*, vale suurus/toode/arve/summa/kaup, puudu, blokeeri*, lukus,
            häki*, lukku, keegi ei vasta/aita/võta/tea/reageeri/tule, ei vastata, ei vasta, vastust pole,
            vastuseta, ei võta, helistasin, robot*, kolmas/teine/neljas kord/pakk, kolmandat/teist/neljandat
            korda, pidevalt, kogu aeg, raha tagasi, raha võeti, tagasimakse*, hüvita*, kompensat*, kaks
            korda, topelt, kaebus*, kaebuse, kaebama, tarbijakaitse*, lubati, lubadus*, lubasite, hädasti,
            aidake, abi vaja
        """),
    ),
    # Time and matter, told calmly or not
    (
        -0.6,
        1.2,
        entries("""
            mure, mure*, muret, raske, kriis*, kallis, kallim, liiga, must, külm, oht, protest*, vastu,
            keela*, kohus, kohtu*, hiljaks, tundi, tunde, tunnid, minutit, päeva, päevi, nädal*, nädalat,
            kuud, ootan, ootame, oota*, kinni, pagas*, kohver*, kohvri*, maas, levi*, interneti*, vastust,
            helista*, helistan, telefon*, klienditeenindus*, klienditugi, kasutajatugi, jälle, alati, raha,
            tagasta*, arve, arved, arvet, juhataja*, ülemus*, kiiresti, kohe
        """),
    ),
    # Against
    (
        -0.7,
        0.3,
        entries("""
            ei, pole, mitte, ega, ilma, keegi ei, midagi ei, kunagi, miks, aga, kuid, vaid, siiski, ometi,
            isegi, jälle, ainult, asemel, väidetavalt, no ei, äkki, võib, peaks, ära, ärge, küll, nagunii,
            polegi, polnud, eitab
        """),
    ),
    # Calm or talk
    (
        0.7,
        -1.2,
        entries("""
            kas teil, kas saab, kas saaks, kas on, kuidas saab, kui palju, mis kell, kust leian, palun,
            soovin, sooviksin, küsimus, küsiksin, tere, tere hommikust, tere päevast, tere õhtust, homme,
            täna õhtul, uus, uued, uue, video, foto, galerii, vaata, loe, kontsert*, näitus*, festival*,
            avati, avatakse, toimub, kutsu*, kampaania*, loos*, loosimi*
        """),
    ),
    # Pleased
    (
        2.5,
        -2.0,
        entries("""
            aitäh, aitäh teile, aitähh, tänan, tänud, täname, tänu, suur tänu, tänulik*, kiitus*, kiidan,
            kiita, kiidab, kiitis, kiidu*, suurepära*, tubli, tublid, tublide*, super, tore, toreda*,
            toredad, tore teenindus/meeskond/lend, parim, parimad, parima*, parem, parema*, paremini,
            paremaks, ideaal*, imeilus, imeline, imelis*, ime, vahva, vahvad, vahva*, väga äge, äge, ägeda*,
            ägedad, sujuva*, sujuvalt, väärib, lahe, laheda*, vaimustus*, vaimusta*, soovitan, rahul, rahul
            olnud, alati rahul, olen rahul, rahulolu*, jätkake, jätkake samas, samas vaimus, meeldi*,
            meeldis, meeldib, sai korda, korras, päästis, päästsite, hea, head, heast, heaks, häid, heade,
            hästi, pole paha, on tuline, ülimalt, fantasti*, fantastili*, tippklass, tipptase*, armas,
            armsa*, armast*, armastus*, kallis sõber, ilus, ilusa*, ilusad, kaunis, kauni*, kena, kena*,
            rõõm*, rõõmus, rõõmsa*, rõõmu*, õnn, õnne, õnnelik*, õnnestu*, õnnitle*, palju õnne, edu,
            edukas, eduka*, edukalt, võit, võitis, võidu*, võitja*, võitnud, medal*, kuld*, rekord*, naer*,
            naera*, nauti*, naudin, mõnus, mõnusa*, maitsev, maitsva*, huvitav*, huvita*, lõbus, lõbusa*,
            nali, naljakas, uhke, uhked, uhkus*, tark, targa*, aus, ausa*, abivalmis, viisakas, sõbralik*,
            kiire teenindus, kiirelt, soodsa*, soodne, mugav*, puhas, värske, värske*, loodan, loodus*,
            usun, kasvas, kasv, kasvab, toetus*, toetab, abi oli, nõus, õige, õigus, bravo, braavo, jee,
            hurraa, haha, hehe
        """),
    ),
    (
        0.0,
        0.0,
        entries("""
            -pole hullu, -pole probleemi, -ei ole paha, -pole midagi, -ilma naljata, -head aega, -head
            õhtut, -head päeva, -pole tänu väärt, -mitte ainult, -ette tänades, -tänan ette, -kallis klient,
            -vastu võtta, -vastu võetud, -hea küll, -ära muretse
        """),
    ),
)
