"""What English messages say about mood and urgency: points for mood, points for urgency, entries.

Below 0 the customer is upset, above 0 pleased. Urgent is what has to be mended now (a cancelled flight, a lost bag,
a line that nobody answers), not what was merely unpleasant (a seat, the food). The signs are those of
`language.cues`.
"""

from __future__ import annotations

from careconsole.language.cues import Tempers, entries

TEMPERS_EN: Tempers = (
    # Fury
    (
        -3.0,
        1.0,
        entries("""
            worst, horrible, horribly, horrendous, horrid, terrible, terribly, awful, atrocious, appalling*,
            abysmal, dreadful, disgust*, unacceptable, unexcusable, inexcusable, unforgivable, pathetic,
            outrageous*, outrage*, disgrace*, shameful, shame on, shame, ashamed, furious, livid, enraged,
            fuming, infuriat*, hate, hated, hating, despise, never
            fly/flying/flown/buy/buying/order/use/using/book/booking/shop/recommend/travel ... again, never
            ever, never again, last time i, last time im, last time flying/using, liars, liar, lies, lied,
            lying to, thieves, thief, stealing from, scam, scammed, scammers, fraud, fraudulent, crooks,
            criminals, robbed, robbery, ripoff, rip off, ripped off, fuck*, fucking, effing, fking, shit*,
            bullshit, wtf, wth, piss*, pissed off, dumbass, asshole*, assholes, bastard*, idiot*, morons,
            moron, stupid, incompeten*, ineptitude, inept, clueless, joke of a/an,
            total/utter/complete/absolute joke/disaster/failure/fail/mess/chaos, what a
            joke/mess/disaster/shame/disgrace/nightmare/crock, a joke, nightmare, debacle, fiasco, shambles,
            clusterfuck, catastroph*, go to hell, burn in, suck, sucks, sucked, sucky, sick of, sick and
            tired, had it with, fail, failing, epic fail, failure, screwed, screw you, screwing, you suck,
            treated like, treat ... like, treated ... badly/poorly, unbelievable, unbelievably, unreal,
            insane, absurd, beyond frustrat*/angry/upset/ridiculous/annoy*/belief, ridiculous, ridiculously,
            ludicrous, laughable, mockery, boycott*, switching to, taking my business elsewhere, lost a/my
            customer/business, lose/losing/lost ... customer, lost my business, zero stars, class action,
            lawsuit, sue you, suing, lawyer, attorney, small claims, bbb, report you to, gouging, gougers,
            price goug*, discriminat*, racist, racism, inhumane, cruel, negligen*
        """),
    ),
    # Upset
    (
        -2.0,
        0.7,
        entries("""
            careless*, cant stand, cant win, chaotic, chaos, crazy, dead, dishearten*, dismal, disaster,
            disasters, dump, dreading, evil, fault, foul, fool, fooled, forced, forcing, grim, guilty,
            harass*, harm, hurt, hurts, ignorant, impossible, inadequate, inconsiderate, indifferent,
            inefficient, inferior, infuriated, injured, insecure, insincere, intolerable, lack, lacking,
            lacks, limbo, loser, losers, lost cause, maddening, mistreat*, monopoly, neglect*, nonsense,
            nowhere, obnoxious, offensive, offended, oppressive, outdated, pain, penalty, pitiful,
            pointless, punish*, puke, sabotage, scandal, screaming, shocked, shoddy, shabby, sloppy, slap,
            snarky, spoiled, stranding, stupidity, subpar, sub par, substandard, suffer*, suspicious of,
            tedious, torture, tragic, traumat*, trick, tricked, ugly, unaccept*, uncomfortable, uneducated,
            unethical, unfortunate, unfriendly, unsympathetic, untrained, unwelcome, useless*, vile,
            violat*, warn everyone, wasteful, worthless*, wreck, wrecked, wrong answer, zero customer, zero
            help, zero respect, no thanks, no thank you, no way, not worth, not true, not one, not a single,
            makes no sense, make no sense, doesnt make sense, dont get it, how about no, give me a break,
            get a clue, get real, get with it, get better, so over, over it, over this, im over, beyond,
            sigh, boo, booo, blah, bah, hmm, hmmm, nope, thanks but no, no thx, should be ashamed, have to
            be kidding, you have got to be, youve got to be, got to be kidding, not once, losing patience,
            lost patience, out of patience, ready to scream, in tears, want to cry, going to cry, at my
            wits, wits end, bad, badly, poor, poorly, rude, rudely, rudest, useless, worthless, garbage,
            trash, rubbish, angry, upset, disappoint*, dissapoint*, dissappoint*, disapoint*, let down,
            annoy*, irritat*, aggravat*, unhappy, displeased, dissatisf*, unsatisf*, not
            impressed/happy/good/cool/acceptable/ok/okay/satisfied/helpful/amused/pleased/right/fair/fun/funny/great/nice,
            unimpressed, not a happy, unprofessional*, disrespect*, no respect, ignored, ignoring, ignore,
            ignores, unhelpful, not helping, no help, not very helpful, didnt help, doesnt help, wont help,
            dont care, doesnt care, couldnt care less, could care less, who cares, wasted, wasting, waste
            of, waste my, waste, ruined, ruining, ruins, ruin, sad, sadly, saddened, crying, tears,
            heartbroken, miserable, misery, misled, misleading, deceptive, deceiv*, false advertis*,
            unreliable, inconsisten*, disorganiz*, disorganis*, unorganized, messed up, mess, messing,
            botched, mishandl*, misinform*, dishonest, shady, sketchy, greedy, overpriced, unfair, lousy,
            lame, wack, ugh, ughh, smh, argh, grr, grrr, meh, yikes, facepalm, wrong on so many, how dare,
            are you kidding, you kidding, kidding me, seriously, srsly, srs, come on, cmon, get it together,
            get your/ur ... together, get ... act together, do better, step it up, need to do better, step
            up your, pull it together, no excuse, no excuses, excuses, inconvenien*, insult*, embarrass*,
            slap in the face, hassle, stress*, stressful, painful, pain in, exhausted, exhausting, regret*,
            regretting, mistake, mistakes, wont be flying/using/buying/back, wont fly/use/buy, will not be
            flying/using, never will, second thoughts, unsafe, dangerous, terrified, abandoned, clown*,
            cheap, cheated, thanks for nothing, thanks for
            ruining/losing/wasting/leaving/cancelling/canceling/delaying/ignoring/making me/making
            us/not/no/hanging/another, thanks for the delay/wait/headache/3/2/4/5/hours, thanks a lot
            for/you, thanks to you/your, no thanks to you/your, thx for nothing/ruining/losing, way to go,
            way to ruin/lose/treat/make/leave/keep/go, great job losing/ruining/cancelling/delaying,
            good/nice/great job/work ... losing/lost/ruin*/delay*/cancel*/late/stuck, great start, off to a
            great start, love/loving waiting/sitting/being/paying/when you/when your/how you, gotta love,
            just great, just perfect, oh great, oh good, oh joy, how nice of,
            awesome/great/perfect/nice/fantastic/lovely/wonderful ... delayed/cancelled/canceled/again, so
            much for, congrats on, congratulations on, another great/wonderful/fantastic
            day/example/experience of, such a joy, of course, good luck, wonderful start, ^really, really
            disappointed, sick to, so mad, mad at, me mad, beef with, taking forever, had it, i give up,
            give up, done with, last straw, lazy, lazy ass, refuses to, refuse to, refusing to, for no
            reason, wrongfully, leave me ... alone, freaking, friggin, frigging, damn, dammit, goddamn,
            hell, what the hell, the hell, simply refuses, so annoying, this is annoying, why should i, what
            am i paying, what the point, cant believe, can not believe, how is this, where is the, fix this,
            stop crashing/sending/charging/asking, ruin*, boycott
        """),
    ),
    # A journey or delivery that fell through
    (
        -1.6,
        3.2,
        entries("""
            cancelled, canceled, cancelling, canceling, cancellation, cancellations, cancelations, cancels,
            cncld, cxl, cxld, cancelled flightled, cancelled flight/flights/again/my/our/due/on,
            was/is/been/got/were cancelled/canceled, keep/keeps cancelling/canceling, stranded, stuck
            at/in/on/here/overnight/with/waiting, stuck, trapped, marooned, overnight, sleep/sleeping/slept
            on/in/at ... airport/floor, miss/missed/missing/misses my/our/the/a/her/his
            connection/connections/connecting/connector/flight/flights/wedding/funeral/meeting/cruise,
            missed connection*, missed flight*, will miss, going to miss, gonna miss, made me/us miss,
            bumped, denied boarding, overbooked, oversold, over booked, diverted, rerouted, grounded,
            divert, no pilot/pilots/crew/plane/gate/gates/agents/agent, waiting on/for ...
            crew/pilot/pilots/gate, lost my/our/her/his/their/luggage/bag/bags/baggage/suitcase, lose
            my/our/luggage/bag/bags, losing my/our/luggage/bag/bags/luggages, lost ...
            bag/bags/luggage/baggage/suitcase/parcel/package, bag/bags/luggage/baggage/suitcase ...
            lost/missing/damaged/delayed/ruined/broken/stolen/never/still/not/didnt/where/left, missing
            bag*, missing luggage, missing suitcase, left my/our bag/bags/luggage, delayed bag*, damaged
            bag*, damaged luggage, destroyed, find/locate/track my/our/the bag/bags/luggage/suitcase, where
            is/are my/our, wheres my/our, no luggage, no bags, without my/our/luggage/bag/bags, no idea
            where, nobody knows, no one knows, never arrived/came/received/delivered/showed/got, did not
            arrive/make, didnt arrive/make/come, hasnt/havent/not
            arrived/shipped/delivered/received/come/shown, lost in, not delivered, wasnt delivered,
            undelivered
        """),
    ),
    # Late
    (
        -1.5,
        2.6,
        entries("""
            delayed, delay, delays, delaying, delayed again, late, late flight, late flights, hrs late,
            hours late, min late, mins late, minutes late, hour delay, hr delay, minute delay, another
            delay, delayed for, delayed over, more delays, 2nd delay, tarmac, runway, sitting on/at/in, sat
            on/at/in, been sitting, still sitting, still on the, still at the, stuck on, waiting on, wait,
            waits, waited, waiting, wait time, wait times, long wait, still waiting, been waiting, waiting
            for, keep waiting, kept waiting, made us wait, hours waiting, hour wait, hr wait, standing in,
            stood in, standing around, long line, long lines, long queue, line is, in line, queue, queues,
            queuing, slow, slowly, slowest, snail, takes forever, taking so long, took forever, so long, too
            long, forever, hours and hours, for hours, hours, hrs, over an hour, past hour, last hour, hrs
            later, 45 min, 30 min, for days, for weeks, behind schedule, never on time, not on time,
            mechanical, mechanical issue*, maintenance, broken plane, deice*, deicing, de icing, no
            update/updates, no info/information/news/word/eta, zero communication, lack of
            communication/information/info/customer, poor communication, no communication, keep pushing,
            pushed back, rescheduled, schedule change, time change, changed my/our flight*, overdue, past
            due, still nothing, still no, still not, still havent/hasnt/isnt/dont/cant/wont
        """),
    ),
    # Nobody answers
    (
        -1.5,
        2.6,
        entries("""
            on hold, hold for, hold time, hold times, holding for, put on hold, been holding, hung up, hang
            up, hangs up, hanging up, hangup, disconnected, disconnects, dropped my call, cut off, cut me
            off, no answer, no one answer*/answers/answering/picks/responds/helps/helping/can/cares, nobody
            answer*/picks/responds/helps/can/cares/is, noone, no response, no responses, no reply, no
            replies, not responding, wont respond, never respond*, never
            replied/reply/answered/answer/call/called/heard/got, dont respond/reply/answer, doesnt
            answer/respond, havent heard/responded/replied/received, hasnt responded/replied, not heard, not
            answering, no call, no callback, call back, call backs, called back, get through, getting
            through, cant/cannot/couldnt/unable get/reach/talk/speak/contact/call, impossible to
            reach/get/contact/talk, unreachable, busy signal, phone line*, phone lines, phone system,
            automatically hangs, voicemail, answering machine, canned, copy paste, transferred, transfer me,
            pass me around, run around, runaround, back and forth, tried calling, tried to call, keep
            calling, called 2/3/4/5, sent/emailed ... days/weeks/times/ago, waiting for/on a/your
            reply/response/answer/call/callback, waiting to hear, no one, nobody, not one person, anyone
            there, is anyone, hello anyone, answer your/the/my, was told, were told, been told, refuse,
            refuses, refused, refusing, denied, deny, wont let/give/allow/refund/honor/even, would not,
            wouldnt, couldnt, unable to, no service, poor service, bad service, no email, no one answers,
            phone tree, your phone system, 1 800, in the queue, position in the queue
        """),
    ),
    # Whom they tried to reach
    (
        -0.8,
        1.5,
        entries("""
            customer service, customer svc, cust service, cust serv, customer care, customer relations,
            customer support, call center, call centre, callcenter, reservation line, rep, reps,
            representative, representatives, supervisor, supervisors, manager, managers, agent, agents,
            phone, on the phone, called, calling, call, calls, someone, answer, answers, respond, response,
            reply, emailed, told me, told us, told, says, said, claims, service, times, automated, bot,
            bots, communication, someone call/contact/help/please, can someone, can anyone, does anyone,
            will someone, robot
        """),
    ),
    # Money and bookings that went wrong
    (
        -1.1,
        2.2,
        entries("""
            refund, refunds, refunded, reimburs*, compensat*, money back, my money, our money, owe me, owed,
            charged, charging, charges, charge, charged twice/double/again, double charged, overcharg*,
            billed, billing, bill, fee, fees, change fee, baggage fee, voucher, vouchers, bank account,
            unauthorized, unauthorised, costs, cost us, expensive, rebook*, re book*, rebooking, reschedul*,
            rebooked, booked me, flight booking problems, booking problem*, booking issue*,
            cant/cannot/unable/couldnt
            book/rebook/change/check/checkin/cancel/pay/login/log/access/find/see/use/open/get,
            wont/doesnt/didnt/not let/letting/allow/allowing me/us, my name, wrong name, wrong, mistakenly,
            incorrect*, errors, glitch*, bug, bugs, buggy, not working, isnt working, arent working, wasnt
            working, stopped working, doesnt/dont/wont/didnt/not work, does/did not work, not functioning,
            down, is down, site/website/app/system/server/servers/internet/wifi/service down, crash*, keeps
            crashing/failing/logging, freezes, frozen, wont
            load/open/connect/start/turn/play/charge/sync/update, not loading, not showing, unavailable,
            unusable, outage, outages, broken, broke, breaks, damage*, defective, faulty, cracked,
            shattered, lost, lost everything, gone, disappeared, vanished, missing, never got/received/get,
            not received, didnt receive/get, havent got/gotten, hasnt come, deleted, wiped, hacked, hacker*,
            compromised, someone ... logged/logging/hacked/using/changed/accessed, suspicious, stolen,
            stole, locked, lock out, blocked, suspended, terminated, banned, disabled, deactivated,
            cant/cannot log/login/sign/access/play/watch/connect/recover/verify, no access, problem,
            problems, issue, issues, trouble, having trouble/issues/problems, complaint, complaints,
            complain*, failed, fails, canceled my order, wrong order, wrong item, wrong size, not as
            described
        """),
    ),
    # It must be now
    (
        -0.7,
        2.0,
        entries("""
            immediately, right now, right away, hurry, pls fix, fix ur, resolve, solve, sort this, need
            this, again, twice, third time, 3rd time, second time, 2nd time, 4th, 3rd, 5th, multiple times,
            several times, every time, everytime, each time, keeps, keep, still, yet
        """),
    ),
    # Asked for help
    (
        -0.1,
        1.6,
        entries("""
            what do i do, what should i, what are my options, how do i get my/home, please call, please
            respond/reply/answer/fix, need to get, need to be, need to speak/talk, get home, get me/us home,
            asap, urgent, urgently, emergency, as soon as possible, recover my/account
        """),
    ),
    # Time and matter
    (
        -0.5,
        0.9,
        entries("""
            flight, flights, plane, gate, gate agent, airport, crew, luggage, baggage, bags, bag, suitcase,
            suitcases, claim, connection, connecting, weather, snow, mother, kids, family, baby, wedding,
            funeral, interview, vacation, honeymoon, medication, wheelchair, elderly, flightled, due to,
            because of, already, even, another, today, tonight, tomorrow, miles, points, status, upgrade,
            price, ticket, tickets, credit, credits, paid, pay, paying for, pay for, reservation,
            reservations, itinerary, confirmation, confirm, forgot, exchange, return it, replacement,
            warranty, incomplete, days, weeks, months, minutes, mins, hour, hr, layover
        """),
    ),
    # Unpleasant, but over
    (
        -1.6,
        -0.6,
        entries("""
            cramped, dirty, filthy, gross, nasty, stale, smelly, smells, smell, stinks, stink, stank, old
            planes, old plane, freezing cabin, loud, noisy, attitude, smug, arrogant, condescending,
            hostile, yelled, yelling, ads, advert*, spam
        """),
    ),
    # What it was like
    (
        -0.6,
        -0.3,
        entries("""
            seat, seats, middle seat, wifi, wi fi, internet, tv, tvs, screen, screens, entertainment, food,
            snack, snacks, meal, meals, drink, drinks, water, coffee, bathroom, toilet, lavatory, cold,
            flight attendant, flight attendants, stewardess, steward, attendant, attendants, overhead, carry
            on, carryon, boarding process, new update, latest update, ui, layout, legroom, leg room
        """),
    ),
    # Against
    (
        -0.7,
        0.5,
        entries("""
            not, no, never, nothing, none, dont, doesnt, didnt, cant, cannot, wont, isnt, arent, wasnt,
            werent, hasnt, havent, hadnt, shouldnt, without, neither, nor, why, why
            is/are/do/does/did/would/dont, how is, how can you, how come, how many times, how hard, how
            long, instead, supposed to, should have, shouldve, was supposed, promised, expected, expect,
            ever, worse, worsen*, least, hard, difficult, weird, strange, sorry, apolog*, no apology, an
            apology, lol, apparently, somehow, barely, hardly, you guys, yall, bummer, bummed
        """),
    ),
    # Told at length
    (
        -0.3,
        0.3,
        entries("""
            our, us, been, after, over, because, trying, tried, then, now, until, had, made us, made me,
            makes me, make me, make us, force, out of, off, took, take, takes, before
        """),
    ),
    # Asked calmly
    (
        0.9,
        -1.0,
        entries("""
            do you have/offer/fly/know/allow/guys/accept/ship/sell, do yall, is there a/an/any, what time,
            what is the, whats the, what are the, what is your, whats your, how do i, how do we, how do you,
            how can i/we, how much, how many, how to, would it be possible, any chance, curious, quick
            question, question about, looking to, interested in, when will/do/does/is, where can/do, where
            do, does the, does your, am i able, would love, id love, thinking of, thinking about, planning,
            next week/month/year/summer, this summer, upcoming, dm sent, sent dm, sent a dm, sent you a dm,
            dmd, dm'd, just dm, follow me, please follow, pls follow, follow back, following, please dm, dm
            me, check your dm, check dm, recommend*, suggestions, tips, information on
        """),
    ),
    # Asked in passing
    (
        0.4,
        -0.5,
        entries("""
            is this, are you, will you, would you, will i, will there, are there any, when are, question,
            wondering, looking for, info on, details, policy, i would, would like to, id like, can you
            tell/please/confirm/check/follow, can i/we, could i, may i, tell me, let me know, any way,
            anyway to
        """),
    ),
    # Talk
    (
        0.9,
        -1.8,
        entries("""
            cant wait to/for, cannot wait, excited, so excited, looking forward, fleek, wsj, blog, ceo,
            stock, shares, announces, launches, new route, routes, winner, contest, sweepstakes, sponsor*,
            tournament, oscars, red carpet, concert, tonight show, instagram, dream, dreams, trip to, on my
            way, heading to, headed to, im/were/we/just/finally off to, landed, arrived, taking off, on
            board, onboard, wheels up, first flight, new plane, livery, sunset, sunrise, beautiful, happy
            birthday, birthday, anniversary, happy, haha, hahaha, cute, proud, congrats to, congratulations
            to, congratulations, congrats, idea, would be great/nice/cool/awesome
        """),
    ),
    # Things to see and hear
    (
        0.5,
        -0.7,
        entries("""
            photo, pic, picture, pics, via, rt, article, enter, win, wish, hope, hopefully, hoping, please
            add/come/bring/start/make/consider, bring back
        """),
    ),
    # Pleased
    (
        2.6,
        -2.2,
        entries("""
            adore, amaz*, angel, angels, bless, blessed, breath of fresh air, celebrate, champ, charming,
            compliment, compliments, credit to, dedicat*, dependable, easiest, ecstatic, effortless*,
            elegant, fav, five star, flawless*, genius, gracious, happily, happiest, heaven, hilarious,
            honored, honoured, hooray, hugs, kindest, laugh*, loveee, luxurious, luxury, memorable, on
            point, outdid, painless*, patience with, peaceful, pleasing, pumped, psyched, recommended,
            refreshing*, salute, saved me, seamless*, smile*, smiling, spacious, spectacular, speedy,
            splendid, spot on, stellar, stoked, stunning, super easy, supportive, surprised me, swift*,
            tasty, thankful, thoughtful, thrilled, thumbs up, top class, treated well, upgraded me, well
            handled, welcoming, well deserved, worth it, xoxo, you are the best, yum, yummy, thank you for
            your/the/getting/taking/being/making, thanks for your/the
            help/response/reply/info/update/quick/prompt/great/getting/taking/all/everything, appreciate,
            grateful, gratitude, kudos, props, shout out, shoutout, hats off, well done, good job, great
            job, nice job, nice work, great work, good work, keep it up, keep up the, way to be, great,
            greatest, great flight/service/experience/crew/customer/staff/trip, good flight/service,
            awesome, amazing, amazingly, excellent, fantastic, fabulous, wonderful, outstanding,
            exceptional, incredible, superb, perfect, perfectly, brilliant, terrific, lovely, love, loved,
            loves, loving, luv, love you, love the/your/this/my/it, best, the best, best
            airline/flight/crew/service/customer, impressed, impressive, pleasant, pleasantly, pleasure,
            delighted, delightful, enjoy*, smooth, smoothly, comfortable, comfy, on time, ontime, ahead of
            schedule, efficient, friendly, friendliest, kindness, nice, nicest, sweet, helpful, so helpful,
            very helpful, super helpful, courteous, polite, professional, attentive, caring, above and
            beyond, made my day/week, saved the day, saved my/the/our, lifesaver, life saver, hero, heroes,
            rocks, you rock, you guys rock, cool, yay, woohoo, woot, class act, classy, first class service,
            top notch, five stars, 5 stars, highly recommend, big fan, favorite, favourite, fave, glad,
            happy with, so happy, very happy, pleased, satisfied, relieved, works now, working now, all
            good, all set, worked, found my, found it, got my bag, i/we/they/just/finally made it, made it
            home/here/safely, no worries, no complaints, refreshing, bravo, respect, superstar, legend*,
            legends, gem, rock it, yall rock, prompt, promptly, huge fan, so kind, very kind
        """),
    ),
    # What is not meant
    (
        0.0,
        0.0,
        entries("""
            -not bad, -not a problem, -worst case, -bad weather, -no rush, -no matter, -of course not, -just
            in case, -good thing, -as well, -great britain, -united states, -los angeles, -new york, -at
            best, -best number, -how best, -good to know, -better late, -good luck with your, -whats good,
            -a great deal, -great deal of, -cold brew, -hot tub, -not sure, -why not, -cant complain, -no
            longer needed, -no doubt, -love to, -would love, -early in, -as early, -early morning, -fast
            forward, -hours of operation, -nothing but, -yes or no, -good afternoon, -good evening, -good
            day, -any good, -no good, -fast enough, -kind of, -some kind, -theft auto, -how long does,
            -customer service number, -no errors, -even though, -even if, -so far so, -best practice, -fan
            from, -fan is, -via dropbox, -love to know, -made it possible, -fast as, -as good as, -not yet,
            -should be fine, -good enough, -easy way, -easier, -is there a quick, -hold on to, -call of
            duty, -game of, -thanks for the tag, -very important, -late night, -last night, -latest, -my
            bad, -bad ass, -too bad, -not so bad, -no later than, -sooner or later
        """),
    ),
)
