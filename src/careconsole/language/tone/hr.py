"""The coach's words in Croatian, Serbian and Bosnian."""

from __future__ import annotations

from careconsole.language.tone.words import ToneWords

_DEEDS = (
    "kliknite/klikni/pokušajte/pokušaj/restartajte/restartaj/pričekajte/pričekaj/pročitajte/pročitaj/otvorite/otvori/"
    "upišite/upiši/idite/idi/uđite/uđi/slijedite/probajte/probaj/ugasite/ugasi/resetirajte/resetiraj/unesite/unesi/"
    "pritisnite/pritisni/sačekajte/sačekaj/čitajte/pogledajte/ponovite/uključite/isključite/napravite/ulogirajte/prijavite"
)
_OMITTED = (
    "pročitati/provjeriti/javiti/nazvati/potvrditi/platiti/doći/obavijestiti/paziti/znati/pitati/upisati/unijeti/odabrati/"
    "poslati/najaviti/ponijeti/prijaviti/kontaktirati/navesti/vidjeti/pogledati/slijediti/poslušati/uplatiti/reći/otkazati"
)
_OMITTED_THEN = (
    "javili/rekli/pitali/nazvali/provjerili/pročitali/platili/došli/kontaktirali/potvrdili/naveli/upisali/obavijestili/odmah/"
    "ranije/prije/javio/javila/rekao/rekla/pitao/pitala/nazvao/nazvala/provjerio/pročitao"
)

WORDS = ToneWords(
    belittling=f"""
        samo {_DEEDS}, jednostavno {_DEEDS}, naprosto {_DEEDS}, samo se ulogirajte/prijavite/strpite/smirite,
        jednostavno se ulogirajte/prijavite/strpite, trebate/trebaš/morate/moraš samo/jednostavno, samo
        trebate/trebaš/morate/moraš, jednostavno trebate/morate, sve što trebate je, -samo prijavite nam, -samo
        pogledajte kako, očito niste/ste/ne/nisi/si, očigledno niste/ste/ne/nisi/si, niste/nisi očito/očigledno,
        očito je da niste/ne, kao što sam/smo već, kako sam/smo već, kao što sam/smo rekao/rekla/rekli/napisao/
        napisala/napisali/naveo/naveli/objasnio/objasnila/objasnili/spomenuo/spomenuli/naglasili, kako sam/smo
        rekao/rekla/rekli/napisali/naveli/objasnili, kao što je već rečeno/navedeno/spomenuto/objašnjeno, kako je
        već rečeno/navedeno, kao što rekoh, kako rekoh, već sam/smo vam/ti rekao/rekla/rekli/objasnio/objasnila/
        objasnili/napisao/napisali/odgovorili, već sam/smo rekao/rekla/rekli/objasnio/objasnila/objasnili,
        rekao/rekla/rekli sam/smo vam/ti već/lijepo, ponavljam, ponavljamo, koliko puta, zadnji put, posljednji put
        vam, -zadnji put kad/kada, -zadnji put ste, smirite se, smiri se, saberite se, opustite se, opusti se,
        -opustite se u/na/uz/i/dok, ohladite malo, iskulirajte, ne paničarite, nemojte paničariti, bez panike, nema
        potrebe za panikom/vikanjem/dramom/ljutnjom/vikom/uzrujavanjem, nema potrebe
        vikati/paničariti/dramatizirati/uzrujavati, nema razloga za ljutnju/paniku/uzrujavanje/dramu/bijes, nemojte
        se uzrujavati/ljutiti/živcirati/uzbuđivati/nervirati, ne uzrujavajte se, ne ljutite se, ne živcirajte se, ne
        nervirajte se, nemoj se uzrujavati/ljutiti/živcirati/nervirati, ne pretjerujte, nemojte
        pretjerivati/dramatizirati/vikati, ne dramatizirajte, pretjerujete, dramatizirate, nije tako
        teško/komplicirano/strašno, nije to tako teško/komplicirano/strašno, nije toliko teško/komplicirano/strašno,
        nije to ništa strašno, nije kraj svijeta, nije smak svijeta, nije ništa strašno, to je barem
        jednostavno/lako/jasno, to je valjda jasno, valjda je jasno, jasno je kao dan, prosto kao pasulj, to svi
        znaju, svi znaju, svatko zna, svako zna, svima je jasno, svakome je jasno, i dijete, svako dijete, dječja
        igra, opće je poznato, kao što svi znamo, zdrav razum, valjda znate/znaš, trebali/morali biste/bi znati,
        trebao bi znati, to biste trebali/morali znati, što tu nije jasno, što vam/ti nije jasno, šta vam/ti nije
        jasno, šta tu nije jasno, zar ne znate/vidite/razumijete/možete, zar niste/nisi, zar je teško/tako/toliko,
        znate li čitati, znate li vi čitati, to je samo sitnica, obična sitnica, sitnica, to su sitnice, prestanite
        se žaliti/buniti/vikati, prestanite vikati/kukati, uz dužno poštovanje, jeste li uopće
        pročitali/pogledali/čitali/provjerili, pa to je jednostavno/lako,
        -nije/nisu/nipošto/ni sitnica/sitnice, -nije/nisu ... sitnica/sitnice, -očito/očigledno ste/si u
        pravu, -očito/očigledno ste/si dobro/ispravno/sve/dugo/imali/puno/čekali/pretrpjeli,
        -očito/očigledno niste/nisi krivi/kriv/pogriješili/vi/dobili/primili/trebali/bili, -niste/nisi
        očito/očigledno dobili/primili/krivi/pogriješili, -kao što sam/smo već/jučer obećali/obećao/obećala/
        dogovorili, -kao što sam/smo rekli/napisali/rekao/rekla/napisao/napisala jučer/danas/jutros/u,
        -opustite se slobodno/malo u/na/uz, -nije/nikako dječja igra, -nije bez panike
    """,
    insult="""
        ti si idiot/idiotkinja/glup/glupa/budala/kreten/kretenka/lažov, vi ste idiot/idiotkinja/idioti/glup/glupa/glupi/
        budala/budale/kreten/lažov, idiote, glupačo, kretenu, glupa/glupo kravo/krava/kravu, začepi/začepite,
        umukni/umuknite, gubi/gubite se, goni se, glupo pitanje, -nije/nisu glupo pitanje
    """,
    blame=f"""
        trebali/morali ste ... {_OMITTED}, trebao/trebala/morao/morala si ... {_OMITTED}, mogli ste ...
        ranije/prije/na/odmah, -niste/nisi trebali/morali/trebao/trebala, -trebali/morali ste ...
        dobiti/primiti/sletjeti/čekati, je/bila vaša/tvoja krivnja/krivica/pogreška/greška/odgovornost, vaša/tvoja
        je krivnja/krivica/pogreška/greška/odgovornost, vaša/tvoja vlastita krivnja/krivica/pogreška/greška,
        vašom/tvojom krivnjom/krivicom/greškom/pogreškom/nepažnjom, zbog vaše/tvoje
        greške/pogreške/nepažnje/nemarnosti, vaša/tvoja nepažnja/nemarnost/nemar, zbog vašeg nemara,
        -nije/nisu/nikako vaša/tvoja krivnja/krivica/pogreška/greška/odgovornost, -nije ... vaša/tvoja
        krivnja/krivica/pogreška/greška, -ne vašom/vaša, -ni na koji način vaša, vi ste krivi, sami ste krivi, sam
        si kriv, sama si kriva, ti si kriv, krivi ste, -niste vi krivi, -niste krivi, -nisi kriv, niste/nisi
        dobro/pažljivo pročitali/pročitao/pročitala/pogledali/provjerili/provjerio/provjerila, niste/nisi pročitali/
        pročitao/pročitala/pazili/pazio/pazila/poslušali/slijedili/pratili/potrudili/udostojili/obratili, niste/nisi
        se potrudili/udostojili/potrudio, niste ni pročitali/pogledali/provjerili, -jeste li, -ako niste, propustili
        ste/si platiti/provjeriti/javiti/pročitati/potvrditi/uplatiti/obavijestiti, zaboravili ste platiti/unijeti/
        potvrditi/upisati/provjeriti/navesti/priložiti/poslati/javiti/uplatiti/produžiti, zaboravio/zaboravila si
        platiti/unijeti/potvrditi/upisati/provjeriti/navesti/priložiti/poslati/javiti/uplatiti,
        krivo/pogrešno/netočno ste/si unijeli/upisali/shvatili/ispunili/naveli/odabrali/naručili/razumjeli/unio/
        upisao/shvatio/shvatila, unijeli/upisali/odabrali/naveli ste krivi/pogrešan/krivu/pogrešnu/krivo/pogrešno/
        netočan/netočnu/netočno, pogriješili ste, pogriješio/pogriješila si, u krivu ste, niste u pravu, vi
        griješite, nisi u pravu, varate se, da ste bolje/pažljivije/ranije/prije/na/pažljivo/samo, -drago ... da
        ste, -super/odlično da ste, -hvala što/da ste, zašto niste/nisi ... {_OMITTED_THEN}, zašto se niste/nisi ...
        {_OMITTED_THEN}, zašto ste čekali, što niste/nisi odmah/prije/ranije, nije naša
        krivnja/krivica/greška/pogreška, nije naš problem/propust, nismo mi krivi, nismo krivi, to je vaš/tvoj
        problem, vaš/tvoj problem nije, ignorirali ste, tvrdite da, vi tvrdite, sljedeći put
        pazite/pročitajte/budite/bolje/pažljivije, drugi put pazite/pročitajte, budite pažljiviji, sami ste
        odgovorni, sami ste to, sami ste si,
        -nije/nisu/nikako/nipošto/ni/niti/nikad ... vaša/tvoja krivnja/krivica/pogreška/greška/odgovornost,
        -nije/nisu/nikako/nipošto/ne/ni/niti ... vašom/tvojom krivnjom/krivicom/greškom/pogreškom/nepažnjom,
        -nije/nisu/ne/nikako/nipošto ... zbog vaše/tvoje, -nikako/nipošto/uopće ne/nije vaša/tvoja,
        -nitko/niko ne/nije ... vaša/tvoja/vi/krivi, -a ne vaša/tvoja, -naša a ne, -niste/nisi/nismo
        vi/ti/ni/sami/uopće krivi/kriv/kriva/za, -ni za što krivi/krive/kriv, -niste/nisi ni na/u, -niste
        sami krivi, -niste/nisi pogriješili/pogriješio/pogriješila, -nije/nisu vaš/tvoj problem,
        -trebali/morali ste ... dobiti/primiti/sletjeti/čekati/stići/saznati/čuti/vidjeti odgovor*, -mogli
        ste ... očekivati, -niste/nisi mogli/mogao/mogla, -ako ste/si zaboravili/pogriješili/propustili,
        -nije ... vaš/tvoj problem, -niste trebali/morali/smjeli, -nisu krivi
    """,
    apology="""
        ispričav*, isprik*, oprostite, oprosti, oproštenje, žao mi je, žao nam je, nam je žao, mi je žao, izvin*,
        izvinite, žalim*, sorry, pardon
    """,
    joke="""
        haha, hahaha, hahahaha, hehe, hehehe, hihi, lol, xd, šalim se, samo se šalim, šalimo se, mala šala, šala
        mala, zezam se, šala, malo šale, -nije šala, -ne šalim se, -šalu na stranu, -nije do šale, -bez šale
    """,
    heard="""
        ispričav*, isprik*, oprostite, oprosti, žao, izvin*, žalim*, hvala, zahvalj*, razumij*, razumem*, shvaća*, u
        pravu ste, imate pravo, neugodn*, neprijatn*, razočar*, frustr*, naša greška, naša pogreška, naš propust,
        moja greška, ne bi smjelo, nije se smjelo, nije smjelo, ne smije, neprihvatljiv*, vidim, vidimo, zamišljam,
        mogu zamisliti, ljutnj*, ozbiljno, šteta, zvuči, nije u redu, neugodnost*, čujemo, cijenimo, suosjeća*,
        sigurno/sigurno je/vam bila/bilo/je/nije, sigurno je, kakva/kakav/kakvo, odavno ste, trebali ste
        dobiti, trebali ste ... dobiti, predugo, previše, prečesto, krivnja je, naša krivnja, naša je, pošlo
        ... zlu/krivu/krivo, krenulo ... krivo/zlu, pogriješili smo, pogriješila/pogriješio sam, grozn*,
        užasn*, strašn*, zbog nas, čekali ste, dugo ste, izgubili ste, morali ste, niste krivi, niste vi,
        nije vaša, sve ste, iznevjeril*, zeznuli, naš kvar/nemar, zabrljali, na našoj strani, s naše strane,
        kod nas, tužn*, jadno, teško, naporn*, sramot*, bijes*, ljuti*, sram, pokvar*, upropa*, ne bi
        smjeli, nismo smjeli, nismo dobro, neljubazn*, loše,
        ima smisla, s pravom, opravdan*, nezadovolj*, žalite se, kriv/kriva/krivo/krive/krivi, pogrešn*,
        netočn*, nespretn*, nespretan, grub*, nepristojn*, bezobrazn*, nemarn*, traljav*, neprofesional*,
        kaotič*, kaos*, zbunjujuć*, neudobn*, iscrpljuj*, zamorn*, zabrinjavajuć*, nepravedn*, apsurdn*,
        odvratn*, gadn*, jezivo, ružn*, nije čudo, nije ni čudo, svatko bi, zaredom, po drugi/treći put,
        opet i opet, drugi/treći put, iznevjerili, zakazali, podbacili, propustili smo, na cjedilu, nismo
        ispunili/održali/odgovorili/reagirali/stigli, bolje od nas, zabrinu*, propust, joj, ajoj, ajme,
        nitko/niko ne voli/želi, nitko/niko ... voli/želi, ne do vas, znamo koliko, platili ste ... a,
        obećali, je dosta, ne bi trebao/trebala/trebalo/trebali, tako se ne
    """,
    step="""
        ću, ćemo, molim, molimo, možete, možeš, pošaljite, pošalji, javite, javi nam/mi, provjeravam, provjeravamo,
        provjerili smo, provjerio/provjerila sam, poslali smo, poslao/poslala sam, proslijedili smo,
        proslijedio/proslijedila sam, vratili smo, šaljemo, šaljem, vraćamo, vraćam, kolege, kolega, kolegica, tim,
        slijedi, ćete, ćeš, dobit ćete, bit će, bude, biće, tražimo, tražim, rezervirali smo,
        naručen/naručena/naručeno/naručeni, odobren/odobrena/odobreno/odobreni, poništen/poništena/
        poništeno/poništeni, ukinut/ukinuta, otkazana je naknada, naknada ... otkazana, rezerviran*,
        dogovoren*, zakazan*, poslan/poslana/poslano/poslani/poslane, vraćen/vraćena/vraćeno/vraćeni,
        promijenjen/promijenjena/promijenjeno, ispravljen/ispravljena/ispravljeno, zamijenjen*, popravljen*,
        produžen*, potvrđen*, uplaćen*, isplaćen*, izdan/izdana, prebačen*, proslijeđen*, otključan*,
        spreman/spremna/spremno/spremni, na putu, u vozilu, u dostavi, u pošti, u privitku, u prilogu, u
        aplikaciji, u vašem/vaš/vašoj sandučiću/pretincu/mail/pošti/račun/računu, na vaš/vašem račun/računu,
        na vaše ime, na blagajni/recepciji/pultu/šalteru, čeka/čekaju vas, vas čeka/čekaju, vrijedi/vrijede
        sada/za/danas/od, sada vrijedi, stiže/stižu/dolazi/dolaze/kreće/kreću/polazi/vozi/leti/slijeće/ide/
        idu danas/sutra/u/od/do/prije/oko/između/za/na/po/vam/k/večeras, stiže/stižu, dolazi/dolaze, zove/
        zovu/nazove/posjeti/preuzima/preuzme/pokupi/kontaktira/javlja/javlja se, vas zove/posjećuje, piše/
        pišu/šalje/šalju/donosi/donose/javlja/javljaju/vraća/pomaže/daje vam/ti, vam/ti piše/šalje/donosi/
        javlja/pomaže, danas ide, preuzima/preuzimaju, pokupit, ispravlja/ispravljamo/ispravljam, javljam/
        zovem/pišem/vraćam/provjeravam/rješavam/radimo/rješavamo, naručili/naručio/naručila/predao/predala/
        predali/odobrili/odobrio/odobrila/vratio/vratila/rezervirao/rezervirala/ispravili/ispravio/
        ispravila/zamijenili/produžili/dogovorili/dogovorio/dogovorila/otkazali/otkazao/otkazala/uplatili/
        uplatio/uplatila/poništili/poništio/poništila/promijenili/promijenio/promijenila/obavijestili
        sam/smo, sam/smo ... naručili/naručio/naručila/predao/predala/predali/odobrili/vratio/vratila/
        vratili/rezervirao/rezervirala/rezervirali/ispravili/ispravio/ispravila/zamijenili/produžili/
        dogovorili/dogovorio/dogovorila/otkazali/uplatili/uplatio/uplatila/poništili/poništio/poništila/
        poslali/poslao/poslala/promijenili/provjerili/obavijestili/proslijedili, evo, ne dugujete, sutra,
        prekosutra, večeras, u roku, do ponedjeljka/utorka/srijede/četvrtka/petka/subote/nedjelje/sutra/
        podneva/večeras/kraja, -molimo oprostite/ispriku/razumijevanje/prihvatite/za/vas za, -molim
        oprostite/prihvatite/za, -molimo vas ... razumijevanje/oprostite/prihvatite/strpljenje, -oprostite
        ... molim/molimo
    """,
    promise="""
        ću, ćemo, javit, javljamo, provjerit, provjerimo, provjeravamo, uskoro, ubrzo, čim prije, što prije, u
        najkraćem, kontaktirat, kolege će, kolega će, tim će, riješit, pogledat, biće, čim saznamo
    """,
    when="""
        danas, sutra, prekosutra, večeras, u roku, odmah, sada, sad, minut*, sat, sata, sati, dan, dana, tjed*,
        nedjelj*, ponedjeljak, ponedjeljka, utorak, utorka, srijed*, četvrtak, četvrtka, petak, petka, subot*,
        jutro, ujutro, poslijepodne, popodne, navečer, podne, podneva, do kraja, siječnja, veljače, ožujka, travnja,
        svibnja, lipnja, srpnja, kolovoza, rujna, listopada, studenoga, prosinca, upravo, trenutak,
        -dobar dan, -dobro jutro, -dobra/dobro večer, -lijep/ugodan dan, -od prošlog/prošle,
        -prošli/prošle/prošlog ponedjelj*/utor*/srijed*/četvrt*/pet*/subot*/nedjelj*/tjed*, -prije ...
        dana/tjedna/tjedana/minuta
    """,
    ask="""
        molim, molimo, možete, možeš, pošaljite, pošalji, javite, javi nam/mi, recite, napišite, navedite,
        -molimo oprostite/ispriku/razumijevanje/prihvatite/za, -molim oprostite/prihvatite/za, -molimo vas
        ... razumijevanje/oprostite/prihvatite/strpljenje
    """,
    past=(
        r"jučer|prekjučer|sinoć|prošl\w+|nije|nisu|bi(?:o|la|lo|li|le)|prij?e \w+ (?:dana|tjed\w+|"
        r"minuta)|(?!hvala\b)\w{2,}(?:ao|io|ila|ala|ilo|alo|ili|ali)|došl[aoi]|otišl[aoi]|pukl[aoi]"
    ),
)
