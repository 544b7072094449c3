"""What German messages say about mood and urgency: points for mood, points for urgency, entries (see `temper_cues_en`)."""

from __future__ import annotations

from careconsole.language.cues import Tempers, entries

TEMPERS_DE: Tempers = (
    # Fury
    (
        -3.0,
        1.0,
        entries("""
            unverschämt*, frechheit, dreist*, schande, schändlich, schlimmste*, betrug, betrüger*, betrogen,
            abzocke*, abgezockt, verarsch*, verarscht, stinksauer, stocksauer, saftladen, sauladen,
            schlechteste*, mieseste*, unter aller, danke für nichts, nie wieder, nie mehr, niemals wieder,
            katastroph*, scheiß*, scheiss*, kacke, kack*, beschissen*, drecks*, dreck, unfassbar,
            unglaublich, zum kotzen, kotzt, kotzen, ekelhaft*, eklig*, ekel, widerlich*, inkompeten*,
            lügner, lügen, lüge, belogen, unterirdisch*, zumutung, empörend*, empör*, skandal*, verdammt*,
            reicht es, es reicht, reicht jetzt, schnauze, nase voll, satt, unfähig*, idiot*, vollidiot*,
            deppen, depp, trottel, arsch*, wichser, hurensohn, fick*, fuck*, wtf, fail, epic fail, hass,
            hasse, hassen, gehasst, verhasst, saudumm, dumm, dumme, dummen, dummheit, doof, blöd*,
            bescheuert*, lächerlich*, armutszeugnis, peinlich*, versager, versagen, versagt, sauerei,
            schweinerei, unerträglich*, abartig*, asozial*, grauenhaft*, grauenvoll*, grausam*,
            fürchterlich*, furchtbar*, schrecklich*, entsetz*, horror, hölle, albtraum, alptraum, chaos,
            chaoten, chaotisch*, desaster, debakel, tot, tote, toten, tod, mord, ermordet, gewalt, terror*,
            nazi*, rassis*, hetze, krieg, schäm*, schämt
        """),
    ),
    # Upset
    (
        -2.0,
        0.6,
        entries("""
            enttäusch*, sauer, wütend*, wut, ärger*, geärgert, schlecht, schlechte, schlechter, schlechten,
            schlechtes, schlimm*, mies, mieser, miese, unfreundlich*, unhöflich*, witz, ein witz, nicht
            zufrieden, unzufrieden*, frust*, nicht akzeptabel, inakzeptabel, nicht
            gut/schön/toll/lustig/witzig/normal/fair/ok/okay, wegen euch, im stich, so geht man nicht, geht
            gar nicht, geht ja gar nicht, unprofessionell*, ignoriert, ignorieren, ignoranz, verdorben,
            versaut, mist, müll, abgewimmelt, hingehalten, unerhört, respektlos*, traurig*, trauer, leider,
            schade, heulen, heul, weinen, weint, geheult, tränen, schmerz*, weh, wehtun, aua, krank, kranke,
            erkältet, kopfweh, kopfschmerzen, fieber, kaputt, fertig mit, keine lust, kein bock, keinen
            bock, null bock, langweil*, öde, nerv, nervt, nerven, nervig*, nervend, genervt, stress,
            stressig, gestresst, angst, panik, besorgt, problem*, opfer, unsinn, quatsch, blödsinn,
            schwachsinn, schwachsinnig*, unsinnig*, sinnlos*, nutzlos*, wertlos*, unmöglich,
            unverständlich*, unnötig*, überflüssig, übel, hässlich*, ätzend*, grottig*, grottenschlecht,
            lahm, lahme, hilflos*, verzweif*, einsam, allein gelassen, verlier*, verloren, niederlage,
            pleite, pech, verpasst, verpassen, unpünktlich*, unzuverlässig*, überfüllt*, überteuert, teuer,
            wucher, zu teuer, dreckig*, schmutzig*, verdreckt*, stinkt, stinken, gestank, sauna, eiskalt,
            unbequem, bravo bahn, danke bahn, na danke, na toll, na super, na prima, ganz toll, super
            gemacht, toll gemacht, danke auch, vielen dank auch, herzlichen dank für nichts, danke für
            die/eure verspätung*/warterei, mal wieder, wieder mal, wieder einmal, schon wieder, immer
            wieder, von wegen, so viel zu, kritik, kritisier*, droht, drohung, skandalös, ratlos,
            kopfschüttel*, wtf, omg, boah, oh mann, oh man, man ey, echt jetzt, ernsthaft, im ernst, geht's
            noch, gehts noch, ohne worte, fassungslos*, sprachlos
        """),
    ),
    # Fell through, late, nobody answers, money
    (
        -1.5,
        2.6,
        entries("""
            ausgefallen*, fällt aus, fallen aus, ausfall*, ausfälle, ausfallen, fällt ... aus, gestrichen*,
            annulliert*, storniert, abgesagt, verspät*, verspätung, verspätungen, zu spät, min später,
            minuten später, gewartet, wartezeit*, warten seit, seit stunden/tagen/wochen/monaten, immer
            noch, noch immer, noch nicht, anschluss verpasst, verpasst, gestrandet, festsitz*, sitzen fest,
            sitze fest, stecken fest, stecke fest, stillstand, umgeleitet, ersatzverkehr, schienenersatz*,
            notfall*, störung*, gestört, signalstörung, weichenstörung, stellwerk*, oberleitung*, technisch*
            defekt/problem*/störung*, sperrung, gesperrt, verloren gegangen, nicht
            angekommen/erhalten/bekommen/geliefert/angenommen/da/mehr, kam nie, kommt nicht, kommt nie, nie
            angekommen, fehlt*, gefehlt, verschwunden, beschädigt*, zerstört*, kaputt*, defekt*, zerbrochen,
            geklaut, gestohlen, keine
            antwort/reaktion/rückmeldung/info/infos/information/informationen/auskunft/ansage/durchsage/hilfe/ahnung,
            niemand/keiner ... antwortet/meldet/reagiert/hilft/geht/kümmert/da/weiß, warteschleife, nicht
            erreichbar, erreiche niemanden/keinen, aufgelegt, auflegen, angerufen, rückruf, zum
            dritten/zweiten/vierten/wiederholten/x mal, dritte/zweite/vierte lieferung/fehler/mal,
            beschwer*, reklam*, geld zurück, erstatt*, rückerstattung, abgebucht, doppelt, zweimal,
            preiserhöhung, mahnung, inkasso, funktioniert nicht/nie/nichts/mal, geht nicht, gehen nicht,
            geht nichts, klappt nicht/nie, nicht funktioniert, nicht möglich, nicht geklappt, fehler*,
            fehlermeldung, falsch*, stürzt ab, stürzt ... ab, abgestürzt, absturz, hängt sich, lädt nicht,
            offline, down, kein netz/internet/empfang/wlan/strom/wasser/licht/zug, gehackt, ausgesperrt,
            dringend, bitte hilfe, bitte dringend
        """),
    ),
    # News of the line
    (
        -0.6,
        0.6,
        entries("""
            polizei, personenschaden, bombe, unfall, verletzt*, lokführer, gdl, streik*, evakuier*,
            feuerwehr
        """),
    ),
    # Time and matter, told calmly or not
    (
        -0.6,
        1.2,
        entries("""
            müde, sorge, sorgen, schuld, vergessen, eng, heiß, kalt, gegen, hilfe, minuten, stunden, stunde,
            std, warten, warte, wartet, anschluss, anschlusszug, steht, stehen, koffer, gepäck, weg,
            hotline, kundenservice, kundendienst, kundenbetreuung, servicehotline, anrufen, telefon*,
            antwort, mail, mails, rechnung, gebühr*, kosten, kostet, preise, kündig*, stornier*, umbuch*,
            ticket, reservier*, reservierung, wlan, internet, klimaanlage, klima, heizung, toilette*,
            einloggen, anmelden, sofort, heute noch
        """),
    ),
    # Against
    (
        -0.7,
        0.4,
        entries("""
            nicht, kein, keine, keinen, keiner, nie, niemals, nichts, niemand, ohne, warum, wieso, weshalb,
            wann endlich, endlich mal, wieder, schon, immer, ständig, dauernd, dauert, ewig, stundenlang,
            noch, trotz, trotzdem, aber, statt, anstatt, obwohl, angeblich, sollte, müssen, muss, zu wenig,
            zu viel, zu voll, nur, mal, einfach, unser, diese, diesen, was soll, was ist los, ihr seid,
            euer, eure, sorry, entschuldigung
        """),
    ),
    # Calm or talk
    (
        0.8,
        -1.2,
        entries("""
            könnt ihr, können sie, gibt es, habt ihr, haben sie, wo finde, wie kann, wie lange, kann ich,
            kann man, weiß jemand, wisst ihr, frage, eine frage, bitte, würde gern, möchte, hätte gern,
            guten morgen, guten tag, guten abend, hallo, moin, servus, jetzt live, live, video, foto, bild,
            neu, neue, neuer, neues, gewinnspiel, gewinn*, verlosung, news, heute abend, wetter,
            stellenangebot, job, jobs, gesucht, via, artikel, interview, programm, morgen, start, startet,
            unterwegs, auf dem weg, wochenende, urlaub
        """),
    ),
    # Pleased
    (
        2.5,
        -2.0,
        entries("""
            danke, danke schön, dankeschön, dank, vielen dank, merci, thx, danke für die/eure
            hilfe/antwort/info/schnelle, lob, lobenswert, super, toll, tolle, tolles, toller, tollen,
            klasse, spitze, spitzen, großartig*, genial*, geil, geile, geiler, geiles, mega, hammer, krass
            gut, cool, coole, cooler, cooles, nice, perfekt*, wunderbar*, wunderschön*, wundervoll*,
            hervorragend*, ausgezeichnet*, zufrieden, begeister*, nett, nette, netter, nettes, netten, lieb,
            liebe, lieben, liebsten, liebe es, verliebt, freundlich*, herrlich*, das beste, beste, bester,
            besten, bestes, weiter so, gerettet, empfehlenswert, empfehle, empfehlen, gerne wieder, gern,
            gerne, hat geklappt, geklappt, freut mich, freu, freue, freuen, freude, vorfreude, prima, top,
            reibungslos*, einwandfrei*, schön, schöne, schöner, schönes, schönen, schönste*, glück,
            glücklich*, glückwunsch, gratul*, herzlichen, alles gute, happy, fröhlich*, spaß, spass,
            lustig*, lache, lachen, süß, süße, süßer, lecker, leckere, gut, gute, guter, guten, gutes,
            besser, gewonnen, sieg, erfolg*, gelungen, stolz, liebling*, lieblings*, pünktlich*, schnell,
            schnelle, schneller, bequem, komfortabel, sauber, angenehm*, entspannt*, hilfsbereit*,
            kompetent*, gar nicht schlecht, nicht schlecht, kann nicht meckern, feuer und flamme,
            beeindruck*, bravo, yeah, juhu, hurra, yay, hihi, haha, hehe, grins, lol, knuddel, kuss, gute
            nacht, guten appetit, gute besserung, endlich urlaub/wochenende/feierabend, willkommen, wow,
            hübsch*, günstig*, kostenlos, gratis
        """),
    ),
    (
        0.0,
        0.0,
        entries("""
            -kein problem, -keine sorge, -kein stress, -nicht nur, -nicht schlimm, -immer gut, -mit
            freundlichen grüßen, -freundliche grüße, -liebe grüße, -danke im voraus, -guten morgen, -guten
            tag, -guten abend, -nicht vergessen, -liebes team, -lieber, -noch ein schönen/schönes/schöne,
            -gute reise, -wie gut, -nicht wahr, -warum nicht, -gut dass
        """),
    ),
)
