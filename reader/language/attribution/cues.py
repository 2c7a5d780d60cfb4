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
    """.split()  # noqa: SIM905
)

# Of these only the plainest may be followed by a bare name without a parse: "…," said Ms Ode.
PLAIN = frozenset(
    stem(verb)
    for verb in """
    say tell add write ask reply tweet note explain argue insist
    """.split()  # noqa: SIM905
)

ROLE_NOUNS = frozenset(
    """
    spokesman spokeswoman spokesperson official officials minister president chairman chairwoman chair
    director secretary governor mayor senator lawyer attorney prosecutor judge analyst expert professor
    author editor reporter journalist aide adviser advisor strategist source sources witness resident
    voter statement report letter email memo filing lawsuit complaint ruling website poll survey study
    article editorial tweet post ad campaign company ministry office department police agency union
    party committee group court newspaper crowd protesters supporters critics activists authorities
    """.split()  # noqa: SIM905
)
