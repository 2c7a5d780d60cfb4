"""Words that introduce quotations: verbs of saying, and nouns for people who speak for others."""

from __future__ import annotations

from reader.language.attribution.stems import stem

# Verbs whose subject speaks when they stand beside a quotation.
REPORTING = frozenset(
    stem(verb)
    for verb in """
    say tell add write ask reply respond continue tweet note explain argue insist declare conclude joke
    quip warn recall state report post shout yell announce claim suggest remark observe assert concede
    admit acknowledge call describe read promise vow urge predict complain demand wonder lament exclaim
    chant charge counter answer boast contend maintain stress emphasize emphasise caution advise agree
    testify elaborate intone deadpan muse go begin interject retort crow scoff text email pledge
    proclaim brag gush offer allege opine recount reveal confirm deny confess murmur mutter whisper
    whistle sigh laugh smile snap sniff grumble growl grin shrug nod plead protest rail rant reason
    recommend reiterate repeat rejoin relate reckon scold scream scrawl sing speak think trumpet thunder
    bellow blast slam mock rip fire volunteer venture swear summarize summarise sum hail praise label
    dub term brand characterize characterise portray refer denounce condemn criticize criticise accuse
    attack ridicule decry dismiss deride lambast comment mention point indicate imply hint clarify cite
    quote express voice believe feel expect hope fear propose request appeal order instruct direct
    encourage remind inform notify assure reassure advocate defend blog caption headline inquire enquire
    query quiz challenge cheer cry howl weep wail groan moan gasp enthuse rave marvel sneer tease taunt
    jab jibe poke bark snarl roar drawl purr chuckle chortle cackle giggle breathe
    """.split()
)

ROLE_NOUNS = frozenset(
    """
    spokesman spokeswoman spokesperson official officials minister president chairman chairwoman chair
    director secretary governor mayor senator lawyer attorney prosecutor judge analyst expert professor
    author editor reporter journalist aide adviser advisor strategist source sources witness resident
    voter statement report letter email memo filing lawsuit complaint ruling website poll survey study
    article editorial tweet post ad campaign company ministry office department police agency union
    party committee group court newspaper crowd protesters supporters critics activists authorities
    """.split()
)

# What people are called by office, trade or kin: such a word and the name after it are one person.
PEOPLE = frozenset(
    """
    spokesman spokeswoman spokesperson minister president vice-president chairman chairwoman chairperson chair
    director secretary governor mayor senator congressman congresswoman representative lawmaker legislator mp
    councillor councilman councilwoman commissioner ambassador envoy diplomat adviser advisor aide strategist
    consultant analyst economist expert professor lecturer researcher scientist historian author writer poet
    novelist editor reporter correspondent journalist columnist critic lawyer attorney solicitor barrister
    counsel advocate prosecutor judge magistrate justice chief head boss leader founder co-founder owner
    executive manager officer inspector superintendent sergeant captain commander general colonel admiral
    soldier coach trainer manager player captain forward midfielder defender goalkeeper striker winger pitcher
    doctor physician surgeon nurse epidemiologist psychologist psychiatrist engineer architect designer
    artist painter sculptor actor actress singer musician composer conductor producer filmmaker curator
    farmer fisherman fisher miner driver pilot carpenter welder mechanic electrician plumber shopkeeper
    trader vendor seller baker butcher cook chef waiter waitress teacher headteacher headmaster principal
    student pupil activist campaigner organiser organizer volunteer protester resident neighbour neighbor
    villager survivor witness victim widow widower mother father son daughter brother sister husband wife
    uncle aunt cousin nephew niece grandfather grandmother grandson granddaughter friend colleague partner
    priest bishop imam rabbi monk nun pastor sheikh king queen prince princess candidate rival opponent
    treasurer coordinator planner forecaster meteorologist seismologist biologist ecologist archaeologist
    warden ranger guide skipper sailor lifeguard firefighter paramedic policeman policewoman detective
    """.split()
)
