"""The coach's words in German."""

from __future__ import annotations

from careconsole.language.tone.words import ToneWords

_DEEDS_SIE = (
    "klicken/starten/gehen/lesen/warten/geben/öffnen/loggen/drücken/versuchen/probieren/laden/folgen/schauen/schalten/"
    "machen/wählen/tippen/nutzen/verwenden/setzen/installieren/prüfen"
)
_DEEDS_DU = (
    "klick/klicke/starte/start/geh/gehe/lies/warte/wart/gib/öffne/logg/logge/drück/drücke/versuch/versuche/probier/"
    "probiere/lade/lad/folge/schau/schalte/mach/wähle/tippe/nutze/nutz/verwende/setz/setze/prüf/prüfe/google"
)
_OMITTED = (
    "lesen/melden/prüfen/anrufen/angeben/beachten/bezahlen/zahlen/bestätigen/schreiben/sagen/fragen/wissen/aufpassen/kommen/"
    "mitteilen/informieren/überprüfen/kontrollieren/nachsehen/nachlesen/bedenken/wählen/tun/mitbringen/anmelden/erscheinen/"
    "einchecken/buchen/stornieren/kündigen/kontaktieren/denken/merken/bemerken/eingeben/machen/aktualisieren/speichern/"
    "aufheben/durchlesen/sein/nachfragen/vorlegen/einreichen/absagen/erwähnen/verhindern/vermeiden"
)

WORDS = ToneWords(
    belittling=f"""
        {_DEEDS_SIE} sie einfach, {_DEEDS_SIE} sie doch einfach, {_DEEDS_SIE} sie es einfach, {_DEEDS_SIE} sie bitte
        einfach, {_DEEDS_SIE} sie ... doch einfach, {_DEEDS_SIE} sie das ... einfach neu/ab/an/aus, {_DEEDS_DU}
        einfach, {_DEEDS_DU} doch einfach, {_DEEDS_DU} es einfach, {_DEEDS_DU} doch mal, {_DEEDS_SIE} sie doch mal,
        einfach nur klicken/lesen/warten/abwarten/anmelden/einloggen/starten, einfach mal
        lesen/nachlesen/abwarten/googeln/schauen, einfach lesen/abwarten/googeln/klicken/neustarten, sie
        müssen/brauchen/sollten doch/lediglich/bloß, sie müssen nur, sie müssen einfach, sie müssen doch nur, du
        musst/brauchst doch/lediglich/bloß/nur/einfach, ihr müsst doch/nur/einfach, man muss doch/nur/einfach,
        offensichtlich haben/hast/wissen/können sie/du/ihr, offenbar haben sie ... nicht, sie/du/ihr haben/hast/habt
        offensichtlich, sie/du wissen/weißt offensichtlich, wie gesagt, wie bereits gesagt/erwähnt/erklärt/
        mitgeteilt/geschrieben/beschrieben/erläutert/angemerkt, wie schon gesagt/erwähnt/erklärt/mitgeteilt/
        geschrieben/mehrfach/einmal, wie mehrfach, wie oben erwähnt/geschrieben, wie ich bereits/schon/ihnen/dir,
        wie wir bereits/schon/ihnen, wie ich gesagt/sagte/erwähnte/schrieb, -wie ich ihnen/dir helfen, -wie wir
        ihnen helfen/weiterhelfen/entgegenkommen, -wie wir ihnen ... können, -wie ich ihnen ... kann, ich
        sagte/schrieb bereits/schon/doch, das sagte/schrieb ich bereits/schon, ich wiederhole, noch einmal zum
        mitschreiben, nochmal zum mitschreiben, zum letzten mal, beruhigen sie sich, beruhige dich, beruhig dich,
        beruhigt euch, regen sie sich, reg dich, regt euch, bleiben sie ruhig/locker/sachlich/entspannt, bleiben sie
        bitte/doch/mal ruhig/locker/sachlich/entspannt, bleib ruhig/locker/entspannt/mal, ganz ruhig, immer mit der
        ruhe, entspannen sie sich, entspann dich, -entspannen sie sich an/im/in/bei/auf/während, chill mal, stellen
        sie sich nicht so an, stell dich nicht so an, sie übertreiben, du übertreibst, übertreiben sie nicht,
        übertreib nicht, kein grund ... aufzuregen, kein grund zur aufregung/panik, kein grund gleich, das ist doch
        ganz/einfach/klar/logisch/kein/nur/nicht/bloß, ist doch klar/logisch/einfach/kein/nur, ist doch ganz
        einfach, doch nicht so schlimm/schwer/schwierig/wild/kompliziert, halb so wild/schlimm, so schwer ist das,
        so schwer kann das, nicht so schwer/schwierig sein, kein weltuntergang, kein drama, jeder weiß, das weiß
        jeder, weiß doch jeder, jedes kind, kinderleicht, kinderspiel, das sollten/müssten sie wissen,
        sollten/müssten sie eigentlich/doch/selbst/bereits/schon wissen, solltest/müsstest du
        wissen/eigentlich/doch/selbst, gesunder menschenverstand, gesunden menschenverstand, mit etwas nachdenken,
        wer lesen kann, können sie nicht lesen, kannst du nicht lesen, was ist daran so schwer, was verstehen sie
        daran, haben sie überhaupt, hast du überhaupt, -haben sie überhaupt keine/kein, machen sie kein drama, mach
        kein drama, jammern sie, hör auf zu jammern, logischerweise, bekanntlich, -müssen/musst nur
        einen/eine/kurz/noch/bis/wenige/zwei/ein,
        -entspannen sie sich ... an/im/in/bei/auf, -entspann dich ... im/in/bei/auf/an, -wie ich/wir
        ihnen/dir gestern/heute/am/im/versprochen/zugesagt, -wie ich/wir ihnen/dir ...
        versprochen/zugesagt/gestern, -wie ich/wir bereits/schon/gestern versprochen/zugesagt/vermutet, -sie
        übertreiben nicht/keineswegs/keinesfalls/gar, -du übertreibst nicht/keineswegs/keinesfalls/gar,
        -kein/keine/keineswegs kinderspiel/kinderleicht, -nicht so schlimm/schwer sein dürfen,
        -offensichtlich ... recht/richtig/pech/uns/unser/unsere/unserer/wir, -sie/du haben/hast
        offensichtlich recht/alles/richtig/lange/viel/nichts/pech, -offenbar ...
        uns/unser/unsere/unserer/wir, -nicht logischerweise, -jeder weiß wie nervig/ärgerlich/
        anstrengend/lästig/mühsam/frustrierend/unangenehm/schwer/lang/stressig
    """,
    insult="""
        du idiot/vollidiot/dummkopf/trottel/depp/kuh/schwein/arschloch/lügner, sie idiot/vollidiot/dummkopf/trottel/
        depp/arschloch, du dumme/dummer/blöde/blöder, dumme/blöde kuh, du bist dumm/blöd/bescheuert/bekloppt, sie sind
        dumm/blöd/bescheuert/bekloppt, du bist ein/eine idiot/vollidiot/trottel/depp/lügner/lügnerin/kuh, sie sind
        ein/eine idiot/vollidiot/trottel/depp/lügner/lügnerin, bist du blöd/dumm/bescheuert, sind sie
        blöd/dumm/bescheuert, halt die klappe/fresse, halten sie den mund/die klappe, verpiss dich, verpissen sie sich,
        dumme/blöde frage, -keine/nicht dumme/blöde frage
    """,
    blame=f"""
        sie/du/ihr hätten/hättest/hättet ... {_OMITTED} sollen/müssen/können, hätten/hättest/hättet sie/du/ihr ...
        {_OMITTED} sollen/müssen/können, -hätten/hättest/hättet ...
        erhalten/bekommen/erreicht/informiert/benachrichtigt/bezahlt sollen/müssen/können/werden, -hätten sie nicht
        warten/erleben sollen/müssen, -hätten ... erhalten haben, -hätten sie ... gern/gerne, -hätten wir, -wir
        hätten ... sollen/müssen/können, -hätte ... dürfen, -hätten ... werden sollen/müssen, ihre/deine/eure
        schuld, ihre/deine/eure eigene schuld, selbst schuld, selber schuld, selbst verschuldet, selbst dafür
        verantwortlich, selbst zu verantworten, ihr eigenes verschulden, ihr verschulden, eigenverschulden,
        -nicht/keine/keineswegs/niemals ihre/deine/eure schuld, -nicht ihr/dein verschulden, -ohne ihr verschulden,
        -keine schuld, -nicht selbst schuld/verschuldet, -nicht ihr/dein fehler, -nicht an ihnen, -trifft ... keine
        schuld, ist/war ihr/dein/euer fehler, ihr/dein/euer eigener fehler, der fehler liegt bei ihnen/dir/euch,
        liegt an ihnen/dir/euch selbst, -fehler liegt nicht, sie/du/ihr haben/hast/habt versäumt, sie/du/ihr
        haben/hast/habt es versäumt, haben/hast sie/du versäumt, haben sie es versäumt, sie/du/ihr haben/hast/habt
        ... vergessen zu bezahlen/bestätigen/prüfen/aktualisieren/antworten, da/weil sie ... nicht gelesen/beachtet/
        bezahlt/geprüft/befolgt/aufgepasst/zugehört, da/weil du ... nicht gelesen/beachtet/bezahlt/geprüft/befolgt/
        aufgepasst/zugehört, sie/du haben/hast ... nicht gelesen/beachtet/befolgt/zugehört/aufgepasst, haben sie ...
        nicht gelesen/beachtet/befolgt/zugehört/aufgepasst, -haben sie ... noch nicht, wenn sie/du ...
        gelesen/beachtet/geprüft/gemeldet/zugehört/aufgepasst hätten/hättest, hätten/hättest sie/du ... gelesen/
        beachtet/geprüft/gemeldet/aufgepasst/zugehört/angerufen/bescheid, hätten/hättest sie/du nur/bloß, sie/du
        haben/hast vergessen ... zu bezahlen/bestätigen/prüfen/aktualisieren, ihre/deine unachtsamkeit/
        nachlässigkeit/unaufmerksamkeit/fahrlässigkeit, ihrer/deiner unachtsamkeit/nachlässigkeit/unaufmerksamkeit/
        fahrlässigkeit, nicht unser problem/fehler/verschulden, nicht unsere schuld, ihr/dein problem nicht, ist
        ihr/dein problem, sie irren sich, du irrst dich, sie liegen falsch, du liegst falsch, sie täuschen sich, sie
        behaupten, du behauptest, sie/du haben/hast ... falsch eingegeben/verstanden/ausgefüllt/bestellt/angegeben/
        gemacht/bedient, falsch bedient, sie haben sich geirrt/vertippt, du hast dich geirrt/vertippt, sie haben
        ignoriert, sie ignorieren, warum haben/hast sie/du nicht/sich nicht, warum haben sie ... nicht früher, wieso
        haben/hast sie/du nicht, das kommt davon, nächstes mal besser lesen/aufpassen, passen sie ... besser auf,
        pass ... besser auf, beim nächsten mal besser, anwenderfehler, bedienfehler ihrerseits, sie wollten ja
        nicht, daran sind sie,
        -hätten/hättest/hättet ... nicht/nie/niemals/kein/keine/keinen/nichts ... müssen/brauchen,
        -hätten/hättest/hättet ... nicht/nie/niemals/nichts/kaum/unmöglich ... können, -haben/hast/habt ...
        nichts/nicht/kaum/keinen/nie ... falsch, -haben/hast/habt ... nichts/nicht/nie vergessen,
        -keinen/keiner/keinster/keinem fall/weise/art ... ihre/deine/eure schuld,
        -keinen/keiner/keinster/keinem fall/weise/art ... ihr/dein/euer fehler/verschulden/problem, -nicht/
        keinesfalls/keineswegs/niemals/nie/kaum im/wirklich/etwa/allein/durch/wegen/an/bei/auf/so ...
        ihre/deine/eure schuld/unachtsamkeit/nachlässigkeit, -keinesfalls/nie/wohl/sicher/absolut/überhaupt/
        gar nicht ihre/deine/eure schuld, -keinesfalls/keineswegs/niemals/nie/nimmer/kaum
        ihre/deine/eure/ihr/dein schuld/fehler/verschulden/problem, -keinesfalls/keineswegs/niemals/nicht/
        nie ... ihr/dein/euer fehler, -nicht/keinesfalls/keineswegs/niemals an ihnen/dir/euch, -niemand ...
        ihre/deine/eure/ihr/dein schuld/fehler/verschulden, -nicht dass ... ihre/deine schuld, -nicht/nie
        sagen/behaupten/gemeint ... ihre/deine schuld, -irren/irrst/täuschen/täuscht sich/dich
        nicht/keineswegs/keinesfalls, -nicht ihr/dein problem, -ist nicht ihr/dein problem, -kein/keine
        eigenverschulden/bedienfehler/anwenderfehler/verschulden, -kein ihr verschulden, -ohne
        eigenes/ihr/jedes verschulden/zutun, -nicht selbst/selber schuld/verschuldet/verantwortlich, -nicht
        ... selbst/selber schuld, -nicht selbst zu verantworten, -liegt nicht/keinesfalls/keineswegs, -weder
        ... ihre/ihr/deine/dein schuld/fehler/verschulden, -statt/anstatt ihre/ihr, -wir haben ... falsch,
        -sie haben ... von uns ... falsch, -hätten sie ... von uns, -sie hätten ... von uns, -hätten ...
        erfahren/hören/sehen sollen/müssen/können, -hätten/hättest wir, -falls/wenn/sollten sie ...
        vergessen haben
    """,
    apology="""
        entschuldig*, tut mir ... leid, tut uns ... leid, tut es mir ... leid, tut es uns ... leid, verzeih*,
        bedauer*, sorry, pardon, um nachsicht
    """,
    joke="""
        haha, hahaha, hahahaha, hehe, hehehe, hihi, lol, rofl, xd, nur spaß, kleiner scherz, war nur ein scherz,
        kleiner spaß, just kidding, war nur spaß, scherz am rande, ich mache nur spaß, upsi, hoppla ... haha,
        zwinker, -kein scherz, -kein spaß, -spaß beiseite
    """,
    heard="""
        entschuldig*, tut mir, tut uns, tut es, verzeih*, bedauer*, danke, vielen dank, dank, versteh*,
        verständlich*, nachvollzieh*, ärgerlich*, ärger, frust*, sie haben recht, du hast recht, zu recht,
        unangenehm, enttäusch*, unser fehler, mein fehler, darf nicht passieren, hätte nicht passieren, hätte nicht,
        unannehmlichkeit*, oh nein, oje, sorry, schade, klingt, ich sehe, wir sehen, kann mir vorstellen, gut dass,
        ernst, leid, inakzeptabel, nicht in ordnung, nicht schön, wir hören, mitgefühl, nicht unser anspruch, keine
        frage, stimmt, nervt, mist,
        schief*, verpatzt, was für ein/eine, so ein/eine, muss/müssen/war/waren ... anstrengend/lang/hart/
        schwer/ärgerlich/stressig/bestimmt/sicher, sicher/sicherlich/bestimmt eine/ein/kein/nicht/sehr, viel
        zu, zu lange/lang/viele/viel/oft, sie mussten/haben/hatten/hätten ... warten/gewartet/verloren/
        müssen/bekommen/erhalten/verpasst, du musstest/hast/hattest ... warten/gewartet/verloren/verpasst,
        unser/mein versehen/patzer/irrtum/fehler/verschulden, unsere/meine schuld, schlimm*, furchtbar*,
        schrecklich*, unschön*, anstrengend*, stressig*, mühsam*, kein spaß, gebe ich ihnen recht, geben wir
        ihnen recht, recht haben, nichts/nicht falsch gemacht, alles richtig, nicht ihre schuld, keinen fall
        ihre schuld, traurig*, blöd*, bitter, falsch gemacht/gesagt/informiert/genannt/geschickt/berechnet,
        im stich, verdorben*, vermasselt, haben wir/ich falsch/vergessen/übersehen/versäumt/verloren,
        wir/ich haben/habe ... übersehen/vergessen/versäumt/verwechselt/verloren, das hätte, lag an uns,
        liegt an uns, unverzeihlich, peinlich*, schäm*, wütend, ungeduld, ihr unmut, unmut, sauer, hart,
        zumutung, so nicht,
        falsch*, übel, üble*, ungeschickt*, unhöflich*, unfreundlich*, rüde*, grob, grobe, schlecht
        behandelt/beraten/informiert/gelaufen/gemacht, mies*, mangelhaft*, nachlässig*, schlamp*,
        unprofessionell*, chaotisch*, chaos, verwirrend*, irreführend*, lästig*, nervig*, unfair*, absurd*,
        schockierend*, beunruhigend*, beängstigend*, ungemütlich*, eklig*, zermürbend*, ermüdend*, hängen
        lassen, hängen gelassen, im regen stehen, ihr/dein frust/einwand, ihre/deine
        kritik/reaktion/sorge/empörung, beschweren sich, beschwerst dich, mit recht, berechtigt*,
        begründet*, kein wunder, jeder wäre, hintereinander, zum zweiten/dritten/vierten mal, schon wieder,
        immer wieder, wir/ich haben/habe ...
        verschlafen/verschlampt/verbockt/gebrochen/enttäuscht/verärgert/verschuldet, nicht gerecht geworden,
        besser machen müssen, daneben, unglücklich*, unpassend*, nicht gut, viel verlangt, autsch, ach je,
        herrje, niemand/keiner hört/mag/will/wartet, hört/mag/will niemand/keiner, geht auf
        uns/unser/unsere, nicht auf sie, wir wissen wie, wir/ich haben/habe ... versprochen, wie versprochen
        war, sollte/sollten nicht ... müssen, sie haben ... bezahlt und/aber, einmal ... reicht
    """,
    step="""
        ich/wir werde/werden/habe/haben/kümmere/kümmern/prüfe/prüfen/schicke/schicken/melde/melden/kläre/klären/
        gebe/geben/leite/leiten/rufe/rufen/sende/senden/erstatte/erstatten/buche/buchen/frage/fragen/suche/suchen/
        veranlasse/veranlassen, werde/werden ich/wir, melde/melden/prüfe/prüfen/kläre/klären/schicke/schicken
        ich/wir, bitte, können/könnten/würden sie, kannst/könntest/würdest du, sie können, du kannst, sie erhalten,
        du erhältst, sie bekommen, du bekommst, wird ihnen/dir, werden sie, wirst du, wurde ...
        verschickt/erstattet/gebucht/weitergeleitet/storniert, kollege*, kollegin*, team, meldet, nächster schritt,
        schicken sie, schick uns/mir,
        ist/sind/wird/werden/wurde/wurden ... bestellt/gebucht/erstattet/veranlasst/bewilligt/genehmigt/
        beauftragt/gutgeschrieben/korrigiert/ersetzt/repariert/reserviert/umgebucht/verlängert/erlassen/
        überwiesen/freigeschaltet/zurückgesetzt/geklärt/bestätigt/hinterlegt/behoben/eingetragen/angewiesen/
        geändert/abgeholt/vorgemerkt/nachgeliefert/ausgetauscht/beigefügt/angehängt, gebühr/gebühren/
        rechnung/mahnung/betrag/vertrag/bestellung/kosten ... gestrichen/storniert/erlassen/entfällt/
        entfallen/berichtigt/korrigiert/annulliert, entfällt, gestrichen, -flug/zug/bus/fahrt/verbindung/
        strecke/veranstaltung/vorstellung/konzert/kurs/termin ... gestrichen, unterwegs, auf dem
        weg/rückweg, im lieferwagen, in der post/app, im postfach, in ihrem/deinem
        postfach/konto/briefkasten, auf ihrem/deinem konto, liegt/liegen ... bereit/bei, steht/stehen ...
        bereit, gilt/gelten jetzt/nun/ab/weiterhin, ruft/rufen sie/dich ... an, schreibt/schreiben/schickt/
        schicken/bringt/bringen/sendet/senden/meldet/melden/hilft/zeigt/gibt/liefert ihnen/dir, meldet sich,
        holt/holen ... ab, geht/gehen ... raus/versand/zurück/post/hinaus, kommt/kommen/liefert/erreicht/
        landet/trifft heute/morgen/am/um/vor/bis/ab/zwischen/in/noch, kommt/kommen ... zu/bei ihnen/dir,
        kommt/kommen zwischen, kommt/kommen ... vorbei, ist/sind ... bei/zu ihnen/dir, trifft ... ein, hier
        ist/sind/kommt, anbei, beigefügt, nichts mehr offen, morgen, übermorgen, binnen, innerhalb, bis
        montag/dienstag/mittwoch/donnerstag/freitag/samstag/sonntag/morgen/mittag/abend, nächsten/kommenden/
        nächste/kommende montag/dienstag/mittwoch/donnerstag/freitag/samstag/sonntag/woche, -bitte
        entschuldig*/verzeih*/haben/um/vielmals/nehmen, -bitte ... entschuldig*/verzeih*/verständnis,
        -entschuldig*/verzeih* ... bitte, -heute/gestern/jeden/am morgen
    """,
    promise="""
        ich melde/kümmere/prüfe/schicke/kläre/gebe/werde, wir melden/kümmern/prüfen/schicken/klären/geben/werden,
        melde ich, melden wir, meldet sich, prüfen wir, prüfe ich, kümmern wir, kümmere ich, klären wir, kläre ich,
        so bald wie möglich, sobald wie möglich, schnellstmöglich, baldmöglichst, in kürze, demnächst, zeitnah,
        bald, umgehend
    """,
    when="""
        heute, morgen, übermorgen, innerhalb, binnen, sofort, jetzt, minute*, stunde*, tag, tage, tagen, werktag*,
        woche*, montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonntag, uhr, mittag, vormittag,
        nachmittag, abend, bis zum, bis ende, januar, februar, märz, april, mai, juni, juli, august, september,
        oktober, november, dezember, diese woche, nächste woche, gerade, eben, soeben, ende der,
        -guten/schönen tag/morgen/abend/vormittag/nachmittag, -seit montag/dienstag/mittwoch/donnerstag/
        freitag/samstag/sonntag/tagen/wochen/stunden, -letzten montag/dienstag/mittwoch/donnerstag/freitag/
        samstag/sonntag, -letzte/vorige/vergangene woche, -vor ... tagen/wochen/stunden/minuten
    """,
    ask="""
        bitte, können/könnten/würden sie, kannst/könntest/würdest du, schicken sie, schick uns/mir, nennen/
        senden/schreiben/teilen/sagen/geben sie, -bitte entschuldig*/verzeih*/haben/um/vielmals/nehmen,
        -bitte ... entschuldig*/verzeih*/verständnis, -entschuldig*/verzeih* ... bitte
    """,
    past=(
        r"(?:vor)?gestern|letzte[nrsm]?|vorige[nrsm]?|seit|war|waren|hatten?|gab|gaben|kam|kamen|wurden?|"
        r"ging|gingen|fiel|fielen|blieb|blieben|stand|standen|legte|passierte|streikten?|streikte|"
        r"ausgefallen|passiert"
    ),
)
