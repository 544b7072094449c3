"""How English messages complain, ask and report without a harsh word: points for mood, points for urgency, entries.

Where an entry is also in `temper_cues_en`, this list counts. The signs are those of `language.cues`.
"""

from __future__ import annotations

from careconsole.language.cues import Tempers, entries

CLOSING_THANKS = frozenset(
    entries("""
        thanks, thank you, thank u, thankyou, thank, thx, thnx, tx, ty, tks, tysm, cheers, thanks again,
        thanks so much, thank you so much, many thanks, much appreciated, appreciated, thanks a lot,
        thanks/thank for your help/time/assistance/attention/support/reply/response,
        thank you for your help/time/assistance/attention/support/reply/response
    """)
)
"""What ends a request as a matter of course."""

TURNS_OF_PHRASE_EN: Tempers = (
    # Thanked as a matter of course, or in earnest
    (2.4, -2.0, tuple(sorted(CLOSING_THANKS))),
    (
        2.6,
        -2.2,
        entries("""
            really love/good/great/nice/appreciate/like/enjoy*/impressed/happy/pleased/kind/helpful/friendly
        """),
    ),
    # Asked so as not to be answered
    (
        -2.2,
        0.9,
        entries("""
            care to explain, explain to me/us how/why, why on earth, what exactly am/are i/we, whats the
            excuse, whats your excuse, and you call/wonder, how is it/this/that
            possible/legal/ok/okay/allowed/acceptable/fair/even, how do/can/could/does you/yall/they/anyone
            even, how can you/yall/they justify/allow/charge/treat, how hard is/can/could it, how do
            you/yall/they ... lose/lost/mess/screw/fail/forget/run/expect/not/justify/explain/manage, what a
            way to, why is it so/this hard/difficult, do i really have/need, do i have to ... every/again,
            how many more/times do/must, how much longer, is it too much, is that too much, too much to ask,
            do you even/not care, do/did you really/seriously/actually think/expect/believe/want, does
            anyone/anybody there work/care/answer, is anybody there/home, is anyone there/home/listening,
            what do i pay for, what am i/are we paying, why do i/we pay/bother/even, why even, why bother,
            whats the point, what is the point, whats the use, what kind/sort of
            company/service/business/airline, who does that, who thought, whose idea, you call this/that,
            call yourself/yourselves, what the hell/heck/f/fuck/actual, why the hell/heck/f/fuck, how the
            hell/heck, who the hell, where the hell, tf, da fuck, wtaf, on earth, what is wrong with you,
            whats wrong with you/yall, what is wrong with your, whats wrong with your/this, really now
        """),
    ),
    # Said to the firm's face
    (
        -2.0,
        0.6,
        entries("""
            please stop, maybe/perhaps you should, how about you, try
            answering/fixing/hiring/doing/reading/listening, ^learn to/how, pretend to care, if you cared,
            you dont care, dont care about, treat your/people/customers/us/me, respect your, listen to
            your/customers, answer me/us, respond to me/us/my, reply to me/us/my, poor/sorry/lame excuse,
            taking advantage, profit/profiting off/from, money hungry, greed*, corrupt, sham, waste
            my/our/peoples time, joke, shitshow, dumpster fire, trainwreck, train wreck, circus, clown show,
            hot mess, daylight/highway robbery, criminal, stone age, dark ages, enough is enough, you
            keep/kept saying/telling/asking/sending/charging/making/changing/lying/blaming/ignoring, you
            guys/people/all keep/dont/cant/never/always/still/need/want/should, you people, you made me, you
            lost/ruined/broke/deleted/stole, you clearly/obviously/dont/never/cant/refuse, you need to
            do/get/fix/learn/train/stop/hire, yall need/keep/dont/cant, need/needs to hurry/do better,
            need/needs to get/fix/sort their/your/ur/its/this, fix/sort/solve their/ur, fix your, ^fix
            this/ur/it, ^sort it/this/your, ^get your, ^stop ...
            asking/sending/charging/crashing/changing/making/calling/emailing, ^stop
            making/the/this/your/with, stop crashing/sending/charging/asking/calling/emailing, ^quit,
            ^answer your/the/my, ^do better, ^do something, ^do your job/jobs, do your job, you can/could do
            better, i expected better, expected more/better from, deserve better, better than this, used to
            be better/good/great/the, should be ashamed/embarrassed/illegal/fired/better, should not/never
            be/have/take/happen, shouldnt be/have/take/happen, unwilling, no intention, your fault,
            ^explain, hire some/someone/people, train your, common sense, common courtesy, basic courtesy,
            bare minimum, least you could/can, of no help, zero/no accountability, only thing you, not good
            enough, not ok, not okay, aint right, not right, not acceptable, not fair, not cool, not a good
            look, no better than, nobody cares, no one cares, doesnt care/work for, no one seems, nobody
            seems, get rid of, dont like, hate when, cannot stand, had enough
        """),
    ),
    # Said the other way round
    (
        -2.4,
        0.9,
        entries("""
            how/so/thats comforting/reassuring/convenient, so thats nice/lovely/great/fun/comforting/cool,
            dont you/just love, dont you just, you gotta/got/have love,
            great/nice/fun/good/funny/wonderful/fantastic way to treat/lose/ruin/run/keep/handle, must be
            nice, thanks for leaving/ruining/wasting/charging/hanging, thanks for absolutely, shoutout/shout
            out ... ruining/losing/ignoring/worst/delay/nothing/failing/non, such a joy/pleasure ...
            still/never/not, late/delayed/slow/down/broken/crap/useless as usual/always, as usual ...
            late/delayed/down/no/not/nobody, per usual, yet again, here we go again, not again, surprise
            surprise, what a surprise, no surprise, not surprised, shocking, shocker, big surprise, bravo
            ... losing/ruining/failing, nice work/job/one ... not/never/no, good/great job
            not/making/losing, you had one job, one job, slow clap, golf clap, round of applause, lmao,
            lmfao, bruh, yeah right, so called
        """),
    ),
    # It goes on and on
    (
        -1.8,
        2.4,
        entries("""
            still no/nothing/not/waiting/havent/hasnt/isnt/arent/wont/cant/dont/doesnt, still
            broken/down/having/getting/unable, still waiting for/on, and still, yet to hear/receive/get/see,
            second/third/fourth/fifth/2nd/3rd/4th/5th
            time/day/week/attempt/tweet/call/email/request/message, for the
            second/third/fourth/fifth/last/millionth/umpteenth, twice now/already/today, day
            two/three/2/3/4/5, in a row, every single time/day/one/night/week, every damn, time after time,
            time and again, over and over, again and again, day after day, week after week, constantly,
            constant, continuously, repeatedly, countless, numerous times, multiple
            times/emails/calls/tweets, several times/emails/calls/tweets, so many times,
            called/emailed/asked/tried/dmed/messaged/written/wrote/tweeted/contacted/complained ... times, a
            million times, way too often/long/many/much, too often, for months, for over/almost/nearly/more
            ... hour/hours/day/days/week/weeks/month/months, been over/almost/nearly ...
            hours/days/weeks/months, months now, weeks now, days now, hours now, months later, weeks later,
            hours later, been ... hours/days/weeks/months ... still/no/nothing/not/havent/never, been
            two/three/four/five/six/several/2/3/4/5/6 hours/days/weeks/months, going on
            two/three/four/2/3/4/5/6, took ... hours/days/weeks/months, takes ... hours/days/weeks/months,
            spent ... hours/hour/days/mins/minutes/morning/afternoon/evening, wasted ...
            hours/hour/day/time, no end in sight, never ending, neverending, endless, endlessly, to no
            avail, no avail, nothing happened/works/worked/helps, tried everything, no luck, getting
            nowhere, in circles, wild goose, never got/received/heard/get/hear ...
            response/reply/answer/back/refund/email, without a/any
            response/reply/answer/explanation/notice/warning/reason/word, no
            explanation/notice/warning/apology/resolution/solution/follow, with no
            notice/warning/explanation/reason, ghosted, crickets, radio silence, deaf ears, human being, a
            human, real/actual/live person/human/agent, talk/speak/speaking/talking to ...
            anyone/somebody/human/person, left on read, falling/fell on deaf, ignored my/our/me
        """),
    ),
    # The bond is breaking
    (
        -2.4,
        0.6,
        entries("""
            done with you/yall/this/them, im done, so done, bout done, about done, last time i/im/we/ever,
            never using/buying/flying/ordering/shopping, cancelling my
            account/subscription/membership/service/order, canceling my
            account/subscription/membership/service/order, cancel my account/subscription/membership,
            closing my account, close my account, leaving you/for, moving to ... competitor, going
            elsewhere, go elsewhere, take/taking/took ... business elsewhere, unlike your/other/you, unlike
            the competition, your competitor/competitors, every other company/airline/app/provider, no other
            company/airline/app/provider, other companies/airlines/providers dont/can/do/manage, the only
            provider/company/airline/app ... issues/problems/trouble/cant/not, why i
            use/fly/left/switched/prefer/hate, reminds me why, reason i/people
            hate/left/leave/dont/never/avoid, stay away, avoid this/at/them, do not
            use/buy/fly/trust/recommend, dont buy/fly/trust/use/bother/waste, buyer beware, beware, would
            not recommend, wouldnt recommend, cannot recommend, cant recommend, regret, lost ... customer,
            losing ... customer, lose ... customer, loyal customer/member/user ... but/no/not/never, long
            time customer, longtime customer, paying customer/customers/member/subscriber, valued customer,
            i pay too/good/so/you, pay good money, for what i/we pay, money grab, cash grab, took my money,
            taking my money, take my money, stole my, steal my, stealing, exploit*, capitalis*, capitaliz*,
            hostage, ransom, violation, illegal, illegally, theft, unlawful, false pretenses, bait and,
            extort*, customer service is a/so/the
        """),
    ),
    # Strong words of everyday
    (
        -2.0,
        0.7,
        entries("""
            yuck, eww, ffs, jfc, stfu, fml, smdh, hot garbage, whatsoever, supposedly, unheard of, beyond a
            joke, ridiculous*, frustrat*, silly, flawed, flaw, unfavorable, backwards, broken promises,
            empty promises, crappy, crap, ass, asses, gd, stupidly, idiotic, dumb, dumbest, idiots, hellish,
            janky, clunky, glitchy, awfully, laughing stock, laughingstock, insanely, absurdly, so bad,
            really bad, pretty bad, so wrong, so much worse, getting worse, gets worse, gone downhill,
            downhill, worse and, worse than, went wrong, bad experience, even worse, worst part, makes no,
            make no, cant even, dont even, wont even, doesnt even, not even, isnt even, didnt even, couldnt
            even, havent even, no sense, beyond me, wonder why, no wonder, tired of, getting tired, getting
            old, fed up, piece of junk/crap/shit/garbage/trash/work, bs, b s, a waste
        """),
    ),
    # Put with stress
    (
        -0.9,
        0.4,
        entries("""
            literally, clearly, obviously, at all, in the first place, to begin with, anymore, any more,
            wow, even more, but still/yet/no/nobody/nothing, and yet, but apparently, why are/do/did/would
            you/yall/they, why is there no/not, why no, no reason, for some reason, i pay, we pay, im
            paying, i am paying, were paying, pay extra, cost me, loses, losing, lose
        """),
    ),
    # In fear or need, not in anger
    (
        -0.8,
        1.6,
        entries("""
            scared, worried, worry, worrying, concerned, concern, desperate, desperately, panic, panicking,
            panicked, anxious, anxiously, helpless, freaking out, struggl*, impossible to
            recover/find/log/get/open/access, unable, unclear, dont understand, confus*, no clue, no idea,
            unfortunately, please urgent, really urgent, very urgent, really need, a mistake, by mistake, by
            accident, accidentally, my mistake, i forgot, forgot my, forgotten my, lost my
            phone/password/number/code/card, locked out
        """),
    ),
    # Asked politely for help
    (
        0.5,
        1.4,
        entries("""
            help, need assistance, assist, assistance, kindly, advise, i/we would ...
            appreciate/appreciated, id appreciate, help is/would ... appreciated, would ... appreciate, be
            ... appreciated, appreciate your/any/the help/assistance/if, appreciate it if, look into, can
            you fix/check/look/restore/remove/change/get, can someone/anyone explain/check/look/tell
        """),
    ),
    # Asked for themselves
    (
        0.5,
        1.6,
        entries("""
            any ideas/idea/advice/suggestions/solution/solutions/clue/update/updates/tips, what should i/we
            do, what do i/we do, what can i do, what else can, please advise, thanks in advance, thank you
            in advance, please look/check/look into, please/pls/plz help, help me, help please/pls/plz, need
            help, need ... help, can/could/would/will you/u/someone/anyone/anybody help,
            can/could/would/will you please help
        """),
    ),
    # Greeted first
    (
        0.6,
        0.0,
        entries("""
            hi, hello, hey, hi there, hello there, dear, sir
        """),
    ),
    # Tells what does not work
    (
        -0.6,
        2.2,
        entries("""
            cant/cannot/couldnt/not sign/join/connect/access/recover/reset/change/verify/enter,
            cant/cannot/couldnt/not update/download/upload/install/redeem/claim/find/open/load,
            cant/cannot/couldnt/not see/use/play/watch/send/receive/remove/delete/select/add/get, unable to
            log/login/sign/join/connect/access/recover/reset/change/verify/enter, unable to
            update/download/upload/install/redeem/claim/find/open/load, unable to
            see/use/play/watch/send/receive/remove/delete/select/add/get, cannot log, not able to, wasnt
            able to, havent been able, wont/doesnt/dont/didnt/not
            recogni*/accept/save/let/give/read/show/load/open/connect/sync/update,
            wont/doesnt/dont/didnt/not
            respond/deliver/appear/come/register/play/send/turn/charge/shut/move/start, isnt/arent/not
            accepting/saving/letting/giving/reading/showing/loading/opening/connecting, isnt/arent/not
            syncing/updating/responding/appearing/coming/playing/sending/charging/moving/starting,
            hasnt/havent/didnt/never/not
            appeared/arrived/come/received/got/gotten/shown/updated/credited/worked/registered, yet to
            receive/arrive/appear/get, not there, isnt there, nowhere to be, is gone, its gone, are gone,
            all gone, is missing, are missing, not in my/any/the, not on my/there, no longer
            work/works/working/have/able/there/available, stopped
            working/loading/updating/syncing/responding, stops working/exporting/responding/playing/loading,
            wouldnt work/load/open/let, nothing works/loads/happens/happened/syncs/shows, keep/keeps
            getting/doing/saying/happening/crashing/freezing/kicking/telling/asking, keep/keeps
            putting/logging/disconnecting/buffering/dropping/stopping/showing/resetting/failing,
            kicked/kicks/kick/kicking me/us out/off/from, signed out, logged out, logs me, signs me, got
            hacked, been hacked, was hacked, someone/somebody hacked/logged/signed/changed/stole,
            when/whenever/everytime/time i try/tried/click/open/log/go, try to
            log/login/sign/open/play/watch/start/load/connect/reset/sell/use/run, tried to
            log/login/sign/open/play/reset/change/restore/recover/use, error code, error message, error,
            getting this message, getting this error, getting an error, says error, went/goes wrong,
            something went wrong, infinite loading, loading screen, black screen, blank screen, white
            screen, goes away, shut off, freezing, buffering, disconnect*, why
            cant/wont/isnt/arent/doesnt/didnt/havent/hasnt, get/getting ... back into, get ... back, give
            me/us my/our, give back, back my account, how/way to/do/can/could/i/we
            recover/fix/solve/restore/reset/unlock/resolve, how/way do/can/could i/we
            recover*/fix/solve/restore/reset/unlock/resolve, way to get ... back, is there any/anyway/a ...
            recover*/fix/solve/restore/reset/unlock/resolve/undo, please/pls/plz fix, what is/s going on
            with, whats going on with, what is/s happening with/to, what happened to/with, whats happening
            with/to, fix it, to fix this, to fix it, get it fixed, get this fixed, be fixed, be resolved,
            get ... resolved/fixed/sorted/changed
        """),
    ),
    # Tried to mend it
    (
        0.0,
        1.4,
        entries("""
            uninstall*, reinstall*, re installing, re installed, restart*, reboot*, troubleshoot*, power
            cycled, factory reset, reset, recover, recovery, restore, verification, verify, verification
            code, authenticator, 2 step, two step, two factor, 2fa, password, passcode, username, login, log
            in, sign in, sign into, log into, my account, my order, my channel, my phone number, my email,
            my card, my refund, my password, transaction, my booking, my reservation, it says, it said, says
            i, says that, telling me, tells me, ticket number, order number, reference number, case number,
            submitted, redeemed, claimed, worked before, working before, was working, used to work, worked
            fine, working fine, worked yesterday, fine until, great before
        """),
    ),
    # Tells of oneself
    (
        -0.1,
        0.4,
        entries("""
            me, my, mine
        """),
    ),
    # Wishes and questions about what there is
    (
        0.7,
        -1.2,
        entries("""
            can/could/would/will you ... add/bring/release/put/introduce/make/extend, please
            add/allow/bring/make/consider/include/put, are you/yall
            going/gonna/planning/open/hiring/accepting/still, do you/yall still/take, will you/there be,
            when will you, when can we/i, add a/an/the feature/option/way, feature, an option to, option to,
            the option, suggestion, is there a way, is that an option, make it easier/possible, you should,
            should add, would like to know, does anyone know if/when/what/where, do you know, does this
            mean, what about, is this true, is it possible, possible to, what happens, what if, how about,
            what are your/you doing, are there, which version, can i get/use/change/transfer/have, do i
            need, do i have to, are you down/open/closed, is it your
        """),
    ),
    # Announced
    (
        0.9,
        -2.0,
        entries("""
            our customers, our members, our employees, our community, our team is/members, our role, our
            branches, we believe, were working to/hard, we are working to/hard, were proud, we are proud,
            introducing, join us, learn more, read more, find out more, click here, check out
            our/my/the/this, head to, heading over, now available, available now, out now, watch now, shop
            now, order now, use code, limited time, offer ends, for a chance, dont miss, stay tuned, like
            many of you, its official, thanks to our, brought to you, in partnership, live now, new episode,
            new album, giveaway, favorite albums/songs/shows, give some, recommendations, retweet
        """),
    ),
    # Praise that may be something else
    (
        1.3,
        -1.0,
        entries("""
            safe, safely, creative, clean, fresh, warm, calm, patient, quality, comfort, early, fast, quick,
            quickly, easy, easily, neat, treat, success*, improv*, honest, loyal, understanding, helped,
            helping me, fixed, resolved, solved, sorted, reliable, valued, magic*, wonders, fun, got it,
            generous, welcome, pretty, funny, happy to, good, better than, faster than, thanks to, win for,
            treated us well
        """),
    ),
    # What happened when
    (
        -0.4,
        0.9,
        entries("""
            email, emails, e mail, i bought, bought, purchased, ordered, paid for, days ago, weeks ago,
            months ago, hours ago, yesterday, this morning, last week, since, last month
        """),
    ),
    # Not what it looks like
    (
        0.0,
        0.0,
        entries("""
            -as a joke, -safe mode, -creative cloud, -creative commons, -made it
            close/impossible/hard/difficult/so/to, -made it clear, -not only, -still open, -good memories,
            -good night, -good morning, -have a good/nice/great, -come on up, -came on, -amazon, -amazon*,
            -kick/kicks/kicking ass, -business hours, -hours of, -opening hours, -best way, -the best way,
            -best option, -kind regards, -best regards, -how long is, -thank god, -good luck with, -news
            app, -fair use, -free trial, -free to, -feel free, -hot spot, -at least, -no problem, -dont
            worry, -no worries, -whats up, -phone number, -email address
        """),
    ),
)
