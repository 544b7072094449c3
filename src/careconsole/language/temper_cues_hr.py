"""What Croatian, Serbian and Bosnian messages say about mood and urgency (see `temper_cues_en`)."""

from __future__ import annotations

from careconsole.language.cues import Tempers, entries

TEMPERS_HR: Tempers = (
    # Fury
    (
        -3.0,
        1.0,
        entries("""
            sramota, sramotno, sramotn*, sramite, stidite se, sram, sram vas, nedopustiv*, nečuven*, užas,
            užasno, užasan, užasna, užasn*, užasavajuć*, katastrof*, najgor*, najlošij*, lopov*, lopovi,
            lopovluk, kradljiv*, prevara, prevaranti, prevarant*, prevar*, lažljiv*, lažete, laže, lažu,
            laž, laži, lažov*, nikad više, nikada više, više nikad, bijesan, bijesna, besan, besna, bes,
            bijes, bezobraz*, bezobrazluk, drsk*, drskost, skandal*, skandalozn*, odvratn*, odvratno, gadno,
            gadan, gadost, gadi, mrzim, mržnja, mrzi, mrsko, sramotite, upropašten*, upropast*, jadno,
            jadni, jadan, jadna, bijedno, bedno, bijedan, bedan, ispod svake, dosta mi je, pun kufer, preko
            glave, sranje, sranja, sranj*, govno, govn*, kreten*, idiot*, debil*, budal*, glup*, glupo,
            glupost*, gluplj*, tup*, tupav*, imbecil*, moron*, retard*, majmun*, stok*, stoka, smrad*,
            smrdi, smrdljiv*, đubre, đubrad, ološ, bagra, kurac, kurca, kurčin*, jebem, jebe, jebote, jebo,
            jeb*, jebi, pizda, pičk*, pička, picka, picku, peder*, kurv*, govnar, fašist*, ubit*, ubio,
            ubij*, ubist*, smrt, rat, zločin*, krimi*, mafij*, diktat*, izdaj*, očajn*, očaj, grozn*, groza,
            grozota, strašno loš*, šokant*, horor, truje, otrov*, raspad, propast, propal*, promašaj,
            promašen*, krš, debakl, fijasko, ruglo, cirkus, farsa
        """),
    ),
    # Upset
    (
        -2.0,
        0.6,
        entries("""
            razočar*, razočarenje, razočaranje, ljut, ljuta, ljuti, ljutit*, nezadovolj*, živcira*,
            nervira*, nervoz*, iritir*, smeta, loš, loša, loše, loši, losi, lose, los, losa, lošij*, lošeg,
            slab, slabo, slaba, slabe, slabij*, neprihvatljiv*, nepristojn*, nesposob*, neprofesional*,
            neljubaz*, nekultur*, bahat*, arogant*, nekompetent*, kaos, haos, zbog vas, ignorira*, ignoriš*,
            smiješno, smešno, šala, tako se ne, smeće, smece, bruka, bez veze, bezveze, bezvez*, bezveznj*,
            tuga, tužn*, tužno, tužan, tužna, žalosno, žalostan, žalos*, nažalost, žao mi, šteta, steta,
            plač*, plakat*, suze, suza, bol, boli, bolest*, bolestan, umor*, umoran, dosad*, dosadan,
            dosadno, dosadna, smor, smara, smaranje, zamor*, monoton*, predvidljiv*, klišej*, kliše,
            isprazn*, besmis*, besmislen*, nelogič*, patetič*, patetika, precenjen*, precijenjen*,
            neuvjerljiv*, neuverljiv*, nebuloz*, budalašt*, trivijal*, bljutav*, amatersk*, užas, strašn*,
            brine, zabrinut*, problem*, problemi, nevolj*, muk*, muka, mučno, krivnja, kriv, kriva, krivo,
            nepravda, nepošten*, nepravedn*, prljav*, bučno, preskup*, pretjera*, preteran*, previše,
            predug*, preduga, razvučen*, ne valja, ništa posebno, ništa od, nikakav, nikakv*, nije dobr*,
            nije dobro, nije vredno, nije vrijedno, ne preporuč*, ne volim, ne sviđa, nije mi se svid*, ne
            vredi, ne vrijedi, gubljenje vremena, gubitak vremena, potrošen* vreme, bacanje para, bacio
            pare, traćenje, nije u redu, nemam reči, nemam riječi, bez reči, bez riječi, ma daj, daj molim,
            ma kakv*, ma koj*, koji je ovo, kakav je ovo, dokle, dokad, zar, srozal*, pogorša*, hvala na
            ničemu/čekanju, bravo majstori, svaka vam čast na, mrz*, promaši*, uništ*, kvar*, pokvari*,
            zeznu*, zajeb*, kuka*, žali*, svađ*, napad*, prijet*, pretnj*, prijetnj*
        """),
    ),
    # Fell through, late, nobody answers, money
    (
        -1.5,
        2.6,
        entries("""
            otkaz*, otkazan*, kasni, kasnite, kasni se, kašnjenj*, kasnjenj*, kasno, zakasn*, odgođen*,
            odgod*, čekam, čekamo, čekati, čeka, čekanj*, cekam, cekamo, cekanj*, još uvijek, još uvek, još
            nije, jos nije, još nema, i dalje, propusti*, zapeo, zapela, zaglavi*, nasukan*, izgubili,
            izgubljen*, izgubi*, razbijen*, pokvaren*, slomljen*, puknu*, pukao, pukla, puklo, oštećen*,
            ošteti*, ukraden*, ukra*, nestao, nestalo, nestala, nema ga, nema je, ne radi, ne rade, ne radi
            mi, nije radi*, ruši, ruši se, zamrzne, zamrz*, koči, pukla mreža, nema
            interneta/signala/mreže/struje/vode/odgovora/novca, greška, grešku, greske, greš*, pogreš*,
            neispravn*, neisprav*, nije stigla/stigao/stiglo/stigli/dostavljen*/isporučen*, nisam dobi*,
            nisam primi*, ne mogu se/da/ući/otvoriti/platiti/prijaviti/dobiti/kontaktirati, ne može se,
            nedostaj*, fali, curi, pogrešn*, kriva veličina, blokira*, zaključan*, hakiran*, hakovan*,
            isključ*, nitko/niko ... odgovara/javlja/pomaže/zna/ne, nitko mi/nam, niko mi/nam, ne javljate,
            ne javlja se, ne javljaju, ne odgovara*, bez odgovora, nema odgovora, nikakav odgovor, zvao,
            zvala, zvali, na čekanju, treći/drugi/četvrti put, opet ne, opet nije, opet, ponovno, stalno,
            povrat novca, vratite, vrati*, lovu, naplatili, naplat*, dva puta, duplo, dvostruko, žalb*,
            pritužb*, prigovor*, reklamacij*, tužit*, tužb*, inspekcij*, odštet*, obećal*, obećan*, hitno,
            odmah, pomozite, pomagajte
        """),
    ),
    # Time and matter, told calmly or not
    (
        -0.6,
        1.2,
        entries("""
            jeftin*, strah, brig*, teško, težak, hladn*, skupo, skup, gore, spavao, zaspa*, zaspao, sati,
            sata, minuta, minut*, dan*, dana, tjed*, tjedna, tjedan, nedelj*, nedjelj*, mjesec*, mesec*,
            prtljag*, kofer*, kovčeg*, poziv*, zovem, telefon*, korisničk*, korisnick*, podršk*, služb*,
            sluzb*, operater*, agent*, automat*, povrat, novac, novca, pare, para, račun*, racun*,
            voditelj*, šef*
        """),
    ),
    # Against
    (
        -0.7,
        0.3,
        entries("""
            ne, nije, nisu, nisam, nismo, niste, nema, nemam, nemate, nemaju, nikad, nikada, ništa, nista,
            niti, bez, nitko, niko, nikome, zašto, zasto, ali, već, nego, umjesto, umesto, samo, barem, bar,
            navodno, toliko o, valjda, čak, uopće, uopšte, neće, nećete, nemoj*, ne znam, trebalo
        """),
    ),
    # Calm or talk
    (
        0.7,
        -1.2,
        entries("""
            možete li, mogu li, može li, imate li, ima li, zanima me, koliko košta, gdje mogu, kada će, kako
            mogu, pitanje, pozdrav, dobar dan, dobro jutro, dobra večer, dobro veče, molim, novo, novi,
            nova, video, foto, pogledajte, nagradn*, vijesti, vesti, sutra, večeras, utakmic*
        """),
    ),
    # Pleased
    (
        2.5,
        -2.0,
        entries("""
            hvala, hvala vam, hvala lijepo, hvala puno, hvala na/za, zahvalj*, zahvaln*, zahvalan, pohval*,
            pohvaliti, svaka čast, svaka cast, bravo, super, odlič*, odlično, odlican, odlicno, odličan,
            odlična, divn*, divan, izvrsn*, izvrstan, izuzet*, izvanred*, prekras*, predivn*, predivan,
            sjaj*, sjajan, fantast*, fenomenal*, savrš*, savršen*, genijal*, genijalno, briljant*,
            maestral*, remek, remek djel*, remek del*, vrhunsk*, vrhunac, vrh, top, sve top, ekstra, bomba,
            zakon, mrak, kul, cool, zadovolj*, zadovoljan, zadovoljna, najbolj*, bolji, bolje, bolja,
            preporuč*, preporuka, samo tako, oduševlj*, odusevlj*, oduševi*, spasil*, riješen*, rešen*,
            ljubaz*, glatko, zaslužuj*, lijep*, lijepo, lep, lepa, lepo, krasn*, nije loše, nije lose,
            dobar, dobra, dobro, dobri, dobre, volim, voli, ljubav*, sviđa mi, svidelo, svidio, svidi*,
            omilj*, uživ*, uzivan*, radost*, sreć*, srećan, sretan, sretna, sretno, čestit*, cestit*,
            smijeh, smeh, smešan film, zabav*, duhovit*, topl*, dirljiv*, emotivn*, inspirat*, impresiv*,
            impresion*, upečatlj*, snažn*, moćn*, legend*, legendarn*, klasik, kralj, car, carev*, majstor*,
            pametn*, talent*, iskren*, pošten*, interesant*, zanimlj*, napet*, kvalitet*, brzo, brz*, na
            vrijeme, na vreme, jedva čekam, haha, hahaha, ura, pobjed*, pobed*, ponos*, vredi, vrijedi,
            toplo preporuč*, desetka, desetk*
        """),
    ),
    (
        0.0,
        0.0,
        entries("""
            -nema problema, -nema na čemu, -nije loš*, -nije loše, -vrijeme je, -ne samo, -dobar dan, -dobro
            jutro, -dobra večer, -nije bitno, -bez brige, -dobro došli, -ne brinite, -nije teško, -loše
            vrijeme, -u dobroj, -bilo bi dobro, -dobar tek, -unaprijed hvala, -hvala unaprijed, -svaki dan,
            -danas
        """),
    ),
)
