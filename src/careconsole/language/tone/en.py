"""The coach's words in English."""

from __future__ import annotations

from careconsole.language.tone.words import ToneWords

_DEEDS = (
    "click/restart/reboot/log/follow/read/wait/use/go/try/reset/reinstall/update/open/press/tap/enter/type/turn/"
    "google/check/look/do/remember/accept/refresh/clear/download/select/switch"
)
_OMITTED = (
    "checked/read/told/called/asked/known/contacted/followed/noticed/paid/booked/brought/packed/waited/come/thought/kept/"
    "saved/mentioned/done/listened/updated/ordered/cancelled/written/sent/taken/made/planned/registered/informed/looked/"
    "ensured/used/chosen/reported/arrived/realised/realized/seen/said/added/entered/confirmed/included"
)

WORDS = ToneWords(
    belittling=f"""
        just {_DEEDS}, simply {_DEEDS}, just be patient, just relax, just google, just deal with, you just
        need/have/must, you simply need/have/must, -you just have time, -i/we/ive/weve/ill/well/id/will/can/could/
        should/lets/it/they/she/he/me just, -let me/us just, -did/have/are/were/had you just,
        -have/has/had/was/were/been just, -why not just, -just look at/what/how, -just check in, -just in, -just
        open, -just update us/me, -just do it, -just use, -i/we/can/cannot/cant/could/to/that/which/who/how simply,
        just use the, simply use, if you just/simply/actually/only read/look/looked/tried/followed/waited,
        obviously, -obviously our/my/ours/mine/us/sorry, -obviously not what/right/good/ok/okay/acceptable/how/the,
        -obviously should not, -obviously shouldnt, -obviously this/that/it should, -obviously frustrating/upset,
        -not obviously, -is/are/was/were obviously upset/frustrating/disappointing/wrong/not, clearly you, you
        clearly, as you clearly, as i/we said/mentioned/explained/stated/told/wrote, like i/we said, as i/we
        have/ve/ive/already said/mentioned/explained/stated/told, as ive/weve already/said/mentioned/explained/told,
        as i/we already, as already said/mentioned/explained/stated, as previously
        said/mentioned/explained/stated/advised, as stated above, as stated before, as mentioned
        above/before/earlier, as i/we have already said/mentioned/explained/told/stated, per my last, as as i/we
        have already said/mentioned/explained/told/stated, per my last, i already told, we already told, ive already
        told/said/explained, weve already told/said/explained, how many times, once again as, calm down, ^relax,
        ^chill, please relax, you need to relax, -relax and, -relax on/in/at/aboard/while/by, chill out, no need to
        shout/panic/yell/scream/overreact/shouting, no need to get/be
        so/upset/angry/rude/worked/emotional/dramatic/hysterical, no reason to get/be upset/angry/mad, you are
        overreacting, youre overreacting, you are exaggerating, youre exaggerating, you are/re being
        dramatic/difficult/unreasonable/rude/silly/ridiculous, youre being
        dramatic/difficult/unreasonable/rude/silly/ridiculous, dont overreact, do not overreact, dont be
        so/dramatic/silly/ridiculous, do not be so/dramatic/silly/ridiculous, its/is/was only/just a
        minor/small/little/tiny/few, its/is/was only/just one/minor, its only/just a/an
        parcel/delay/bag/phone/flight/email/toy/game/day, not/no/isnt such a big deal, not a big deal, no big deal,
        isnt a big deal, end of the world, -at the end of the world, not/isnt that hard/difficult/complicated,
        not/isnt rocket science, how hard can, rocket science, no brainer, simple as that, that simple/easy, could
        not be simpler/easier, couldnt be simpler/easier, even a child, any child could, everyone knows, everybody
        knows, as everyone/everybody knows, common sense, common knowledge, you should/must/ought know
        that/by/this/the, you should already know, surely you, what part of, did you even, you even bother, bother
        to read, bothered to read, if you can read, learn to read, you people, get over it, deal with it, with all
        due respect, grow up, stop complaining/whining/moaning, quit complaining/whining/moaning, nothing to get
        upset/angry, its all in your head, like a grown up,
        -you clearly did everything/nothing/right/your/all, -you clearly deserve*/went/put/took/spent/
        waited/paid/care/tried/had/have/were/expected/explained/told/wrote/said, -clearly you did
        everything/nothing/right/your/all, -clearly you deserve*/were/had/have/waited/paid/tried, -you
        clearly have not been, -you clearly were not told/given/informed, -as i/we wrote/said/mentioned/
        explained/told yesterday/today/on/this, -as i/we already promised/suspected/feared, -obviously
        something/we/i/none/nobody, -we/i obviously, -that simple we/our, -obviously ... our/us/wrong,
        -not/hardly/isnt/never common sense, -not/isnt/wasnt/hardly just/only a/an/one, -no need to be so
        patient/kind/polite, -everyone/everybody knows how annoying/frustrating/hard/tiring/stressful/upsetting/
        long/painful/unpleasant/tedious
    """,
    insult="""
        you idiot/idiots/moron/fool/cow/pig/imbecile/cretin/loser/bastard/bitch/arsehole/asshole/jerk/liar, you
        stupid/dumb/ignorant/bloody/damn/fat/silly cow/idiot/moron/fool/pig/man/woman/person/people, you are/re an/a/such
        idiot/moron/fool/cow/pig/imbecile/cretin/loser/jerk/liar, you are/re a/an/such/so/too/just
        stupid/dumb/ignorant/bloody/silly, you are/re stupid/dumb/an idiot, youre an/a/such
        idiot/moron/fool/cow/pig/imbecile/cretin/loser/jerk/liar, youre a/an/such/so/too/just
        stupid/dumb/ignorant/bloody, youre stupid/dumb, ^shut up, just shut up, -shut up shop, ^get lost, go to hell,
        screw you, fuck you/off, piss off, dumb/stupid question, -not/never/no a dumb/stupid question, -no dumb/stupid
        question, -think/thinks/thought/say/says/said/saying you are/re ... stupid/dumb/idiot/liar/fool
    """,
    blame=f"""
        you should have {_OMITTED}, you shouldve {_OMITTED}, you could have {_OMITTED} ...
        earlier/before/sooner/first, you should have/ve been more, you should have/ve
        simply/just/first/really/at/just/better/at/already, you shouldve been more, you shouldve
        simply/just/first/really/at/better, you should not/never have, you shouldnt have, -you should not/never have
        to, -you shouldnt have to, -you should not/never have had/been/received/got, -you shouldnt have
        had/been/received/got, -you shouldve been/received/got/gotten/had, -you should have already
        received/got/had/been, you ought to have, -you ought to have received/got/been, -you shouldnt have
        missed/lost/waited/paid/gone/experienced/felt, -you should not have
        missed/lost/waited/paid/gone/experienced/felt, you failed to, you forgot to, you neglected to, you refused
        to, you ignored, you overlooked, you did not read/follow/check/listen/bother/pay/notice/even/look/wait/
        think, you didnt read/follow/check/listen/bother/pay/notice/even/look/wait/think, you never told/said/
        mentioned/replied/answered/read/checked/asked/paid/called/listened, -you never got/received, your fault,
        your own fault, your own mistake/negligence/error/carelessness/doing, its/is/was your
        mistake/error/negligence/carelessness/oversight, your negligence, your carelessness, due to your, caused by
        your, because of your mistake/error/negligence/carelessness, -due to your flight/order/booking/area/region/
        location/age/loyalty/feedback/report/help, -caused by your bank/flight, -not/isnt/wasnt/never/no your
        fault/mistake/error/doing, -not/isnt/wasnt your own, -not/never been your fault/mistake, -not at all your,
        -none of ... your fault, -nothing ... your fault, -not due to your, -not caused by your, youre/you are/you
        were to blame, blame yourself, only yourself to blame, have yourself to, you brought this, you claim, you
        must have entered/typed/missed/deleted/overlooked/misread/misunderstood/forgotten/broken/lost/done/made/
        used/ignored, you entered/typed/gave/chose/selected/used/put the/a/an wrong/incorrect, you caused, you
        broke, you misread, you misunderstood, you messed, you mixed up, because you
        didnt/forgot/failed/ignored/chose/refused, because you did not, -because you did not/didnt
        get/receive/hear/have, -because you did not get/receive/hear/have, had you
        read/checked/followed/told/paid/called/listened/asked, if you had read/checked/followed/paid/told/listened/
        bothered/called/asked/come/waited, if youd read/checked/followed/paid/told/listened/bothered/called/asked,
        why didnt you, why did you not, -why didnt you receive/get/hear, -why did you not receive/get/hear, user
        error, not/isnt/wasnt our fault/problem, that is your problem, thats your problem, its your responsibility
        to, is your responsibility, your problem not, you are wrong/mistaken/confused, youre
        wrong/mistaken/confused, you have/youve only yourself, you got it wrong, you are the one who, youre the one
        who, next time read/check/pay,
        -in no way/sense ... your/yours fault/mistake/error/doing/negligence/responsibility, -by no means
        ... your fault/mistake/error/doing, -under no circumstances your fault, -not/isnt/wasnt/arent/never/
        hardly at/really/actually/remotely/even/in/by/because/something/anything/entirely/just/only/simply/
        truly ... your fault/mistake/error/doing, -nobody/none/nothing/neither/noone/cannot/nor ... your
        fault/mistake/error/doing, -not/dont/never/didnt/isnt saying/say/said/mean/meant/blaming/suggesting/
        claiming/implying/think/believe ... your fault/mistake/error/doing, -without any/a fault ... your,
        -rather than your, -and not/never your, -our fault/mistake/error not your/yours,
        -not/isnt/wasnt/never ... due to your, -not/isnt/wasnt/never ... caused by your, -not/isnt/wasnt/no
        your responsibility, -not/no/isnt/wasnt a/any user error, -not/no user error, -before/when/if/once/
        how/where/can/could/until/should you claim, -you claim your/it/back, -if/in/case/even/whether you
        forgot/overlooked/missed/ignored/misread/entered, -nothing/anything you forgot/overlooked/missed/
        ignored/did, -you must have ... hours/time/sleep/patience/calls/money/trust/faith/hope, -you did
        not/didnt even get/receive/have/see/hear, -sorry/sad/sorry that you did not/didnt, -you should
        not/never have paid/waited/called/been/needed, -you shouldnt have paid/waited/called/needed, -you
        should have been, -you should have already, -you could not/never have, -you couldnt have, -you
        are/were not wrong/mistaken/confused, -if you are wrong/mistaken/confused, -not/never think/say you
        are
    """,
    apology="""
        sorry, apologise, apologize, apologies, apology, apologising, apologizing, forgive, regret, -no need to
        apologise, -no need to apologize, -sorry to say, -not sorry, our apologies, pardon
    """,
    joke="""
        haha, hahaha, hahahaha, hehe, hehehe, lol, lmao, rofl, just kidding, only kidding, im kidding, just joking,
        only joking, im joking, jk, pun intended, oopsie, oopsies, knock knock, no pun, plot twist, look on the
        bright side, -not kidding, -not joking, -joking aside
    """,
    heard="""
        sorry, apolog*, thank you, thanks, understand*, i/we hear you, i/we see, can see, youre right, you are
        right, frustrat*, annoying, must have been, must be, disappoint*, upsetting, inconvenien*, shouldnt have
        happened, should not have happened, not good enough, our mistake/fault, my mistake/fault, on us, let you
        down, i get, appreciate, imagine, realise, realize, unacceptable, not/isnt okay/ok/acceptable/right, not the
        experience/service/standard, regret, concern*, oh no, that sounds, know how, fair point, seriously, hate/sad
        to hear, awful, terrible, horrible, not how, feel for you, we hear, i hear, no excuse, deserve*, made/make
        this right, dreadful, unpleasant,
        went wrong, gone wrong, you waited, you had to, you were left/given/told/promised/sent, you have
        been/had/waited/lost, you had every/reason, every right/reason, nothing wrong, everything right, not
        your fault, no way your fault, what a/an, too long, far too, too many/much/often, no fun, miserabl*,
        our error/side/end/oversight/doing/slip, my error/oversight, an error/mistake on our, we got ...
        wrong, we let, we failed, we messed, we mixed, we made, we were wrong, we forgot, we lost, we owe,
        should have, shouldnt be/have, should not be/have, should never, shame, sad, tough, stressful,
        stress, pity, mess, rough, anger, angry, hurts, painful, ruin*, spoil*, hard on you, embarrass*,
        exhaust*, wrong of us, i know, we know, we missed, nobody should, no one should,
        wrong, clumsy, rude, rudeness, careless, sloppy, unhelpful, unfriendly, impolite, badly, lousy,
        unfair, unprofessional, chaotic, chaos, confusing, misleading, ridiculous, absurd, appalling,
        shocking, worrying, scary, frightening, uncomfortable, nasty, disgusting, infuriating, irritating,
        maddening, tiring, tedious, unsettling, makes sense, make sense, rightly, justified, legitimate,
        fair criticism, your criticism/point/worry/reaction/displeasure, no wonder, of course you, anybody
        would, anyone would, you complain, in a row, again and again, third time, second time, time and
        again, we/i left/dropped/broke/botched/overlooked/ignored/misread/misplaced/mishandled/overcharged,
        we/i have/had failed/left/kept/let/lost/overlooked/broken/forgotten, weve/ive
        failed/left/kept/let/lost/overlooked/broken/forgotten, did not live/keep, fell short, falls short,
        better from us, awkward, a lot to ask, ouch, oh dear, oh my, yikes, nobody/no one
        likes/wants/enjoys, on our, not on you, no way to treat/celebrate/start/end, you paid for, we/i
        promised, what we promised, is/was enough
    """,
    step="""
        ill, i will, well get/look/check/send/let/be/come/update/reply/call/write/contact/follow/book/refund/do/try/
        fix/make, we will, were going to, we are going to, im going to, i am going to, im/were/am/are ... checking/
        sending/looking/calling/booking/working/refunding/following/arranging/passing, i/we have checked/sent/asked/
        booked/refunded/passed/forwarded/arranged/cancelled/changed/opened/added/credited/reported/raised/found/
        escalated, ive/weve checked/sent/asked/booked/refunded/passed/forwarded/arranged/cancelled/changed/opened/
        added/credited/reported/raised/found/escalated/just, please, could/can/would/will you, let me, let us know,
        you will, youll, you can, next step, has/have been ... sent/booked/refunded/changed/passed/forwarded/
        credited/arranged/reported, get back to you, look into, colleague*, team will, i/we just, i/we
        checked/sent/booked/refunded/asked, refunded, rebooked,
        is/are/was/were/been/its now/already/being ... booked/ordered/refunded/issued/approved/attached/
        credited/corrected/replaced/repaired/fixed/reserved/scheduled/arranged/dispatched/shipped/sent/
        extended/waived/paid/transferred/unlocked/restored/reset/settled/upgraded/confirmed/rebooked,
        is/are/be/been booked/ordered/refunded/issued/approved/attached/credited/corrected/replaced/
        repaired/fixed/reserved/scheduled/arranged/dispatched/shipped/sent/extended/waived/transferred/
        unlocked/restored/reset/settled/upgraded/confirmed/rebooked/valid/ready/enclosed/registered, fee/
        charge/charges/invoice/bill/contract/order/payment/booking/fine/reminder/debt is/are/was/has/have
        cancelled/waived/dropped/corrected/removed/gone, fee/charge/charges/invoice/bill/contract/order/
        payment/booking/fine/reminder is/are/was/has/have been/now/already cancelled/waived/dropped/
        corrected/removed/gone, on its/the/their/her/his way, on the van/road/truck/courier, in the
        post/mail/app, in your inbox/account/app/mail/mailbox/basket, at the desk/counter/reception/office/
        door, under your name, waits/waiting for you, waiting at, is/are/was/being waiting, calls/rings/
        visits/contacts/reaches/emails/texts/meets/brings/sends/writes/gives/shows/helps/phones you, picks
        it/them/you/up, picks ... up, with you by/between/at/on/tomorrow/today/within/in, will be with, will
        ... arrive/come/call/reach/deliver/visit/receive/bring/ring/pick/contact/write/land, goes/going out,
        i/we have ordered/issued/replaced/repaired/fixed/reserved/scheduled/extended/waived/corrected/
        transferred/unlocked/restored/reset/written/called/spoken/put/given/made/filed/removed/attached,
        ive/weve ordered/issued/replaced/repaired/fixed/reserved/scheduled/extended/waived/corrected/
        transferred/unlocked/restored/reset/written/called/spoken/put/given/made/filed/removed/attached,
        i/we ordered/issued/replaced/repaired/fixed/reserved/scheduled/extended/waived/corrected/
        transferred/unlocked/restored/passed/forwarded/arranged/cancelled/credited/reported/changed, here
        is/are, is/are attached, held/kept/saved/reserved for you,
        set/put aside for you, you get/receive, i/we now, im/were on it, i/we am/are now, tomorrow,
        tonight, within, next monday/tuesday/wednesday/thursday/friday/saturday/sunday/week, by monday/
        tuesday/wednesday/thursday/friday/saturday/sunday/noon/tonight/tomorrow/then, arriv*
        today/on/at/by/before/in/from, -arrived, reaches you, -please accept/forgive/excuse/understand/be/
        bear/know/rest, -team values/value
    """,
    promise="""
        ill, i will, we will, well get/look/check/send/let/be/come/update/reply/call/write/contact/follow, get back
        to you, look into, looking into, soon, shortly, as soon as, asap, in due course, going to, team will,
        colleague* will
    """,
    when="""
        today, tomorrow, tonight, within, now, right away, immediately, straight away, minute*, hour*, day, days,
        week, weeks, monday, tuesday, wednesday, thursday, friday, saturday, sunday, noon, midnight, morning,
        afternoon, evening, by the end, by end, next week, january, february, march, april, june, july, august,
        september, october, november, december, this week, this month, oclock, a moment, until, till,
        -good/lovely/nice morning/afternoon/evening/day, soonest ... today, -since monday/tuesday/wednesday/
        thursday/friday/saturday/sunday, -last monday/tuesday/wednesday/thursday/friday/saturday/sunday/
        week/weeks, -days/day/week/weeks/hours/hour/minutes ago, -for days/weeks/hours
    """,
    ask="""
        please, could/can/would/will you, let us/me know, tell us/me, send us/me, which/what/when/where
        is/was/are, -please accept/forgive/excuse/understand/be/bear/know/rest
    """,
    past=(
        r"yesterday|ago|last|since|was|were|had|did|wasn't|weren't|didn't|came|went|fell|got|happened|"
        r"occurred|failed|stopped|caused|broke|closed|opened|delayed"
    ),
)
