"""Where a mention begins and ends: marks, titles and articles off, halves of one name together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.language.entities.labels import TypedSpan
from reader.language.entities.names import (
    GIVEN_NAMES,
    PARTICLES,
    POSSESSIVE,
    SMALL_WORDS,
    folded,
    is_acronym,
    is_title,
    key,
)
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from reader.language.entities.labels import MentionType

_NAMES = sections("names")
_ENDINGS, _LETTERS = _NAMES["hyphened endings"], _NAMES["letters behind names"]
_VERBS, _FEASTS = _NAMES["verbs before speakers"], _NAMES["feasts"]
_ORGANISATIONS = sections("organisations")
_ABBREVIATED = sections("places")["abbreviated"]
_PARTNER_WORDS = _ORGANISATIONS["legal forms"] | {"partners", "associates", "sons", "brothers"}
_KNOWN = _ORGANISATIONS["names"] | _ORGANISATIONS["agencies"] | _ORGANISATIONS["newspapers and broadcasters"]
_HEADS, _SITES = _ORGANISATIONS["heads"], _ORGANISATIONS["sites"]
_ALSO_SURNAMES = _ORGANISATIONS["surnames too"]
# "Moon Jae-in" is one name; "Narendra Modi-led" is a name and something else.
_LAST_SYLLABLE = re.compile(r"[-‑]([a-z]{1,6})(?![\w-])")
# An American party and what it is followed by: "Ilhan Omar, D-Minn."
_PARTY = re.compile(r"[DRI]-(?=[A-Z])")
# "Said Pell:"
_SPEAKER_BEHIND = re.compile(r"(?: [^\W\d_a-z][\w’'.-]*){1,3}:")
# "the federal Securities and Exchange Commission"
_SMALL_ADJECTIVE = re.compile(r"([a-z]{3,}) (?=[A-Z])")
_BODIES = re.compile(
    r"(?:NGOs?|Key|Retailers?|Peers?|Rivals?|Carmaker|Automaker|Chipmaker|Insurer|Lender|Broadcaster|Airline|Start-?up"
    r"|Nonpartisan|nonpartisan)\s+(?=[A-Z])"
)
# The full stop of a sentence, not that of initials or of a short form.
_FULL_STOP = re.compile(r"(?<=[^\W\d_A-Z]{4})\.$")
# "Ottilie Q2 operating profit"
_QUARTER = re.compile(r" (?:Q[1-4]|H[12]|FY\d{2,4})$")
# "Cabinet OKs extra budget"
_HEADLINE_VERB = re.compile(r" (?:OKs|KOs|IDs)$")
# What parts two names in one span: a full stop behind a word that is no short form, "and" between partners.
_TWO_NAMES = re.compile(
    r"(?<=[^\W\d_A-Z]{4})\.\s+(?=[^\W\d_a-z])| and (?=[^\W\d_a-z][\w’'-]* & )|(?<=[A-Z])\) (?=[A-Z])"
    r"| (?:daily|newspaper|magazine|broadcaster|retailer|startup|start-up|airline|lender|insurer) (?=[A-Z])"
    r"|(?<=[A-Z]{3}) [-–—] (?=[A-Z])|, (?=[^\W\d_a-z][\w’'-]* & ([^\W\d_a-z][\w’'-]*)$)"
)
# A capital word right behind a mention that may be the rest of its name.
_NEXT_WORD = re.compile(r" ((?:Jr|Sr)\.|[^\W\d_][\w’'-]*)")
# "Ostermann & Sohn", of which only the first was recognised; "Tom's Guide".
_PARTNER = re.compile(r" & ([^\W\d_a-z][\w’'-]*)")
_POSSESSED = re.compile(r"['’]s ([^\W\d_a-z][\w-]*(?: [^\W\d_a-z][\w-]*)*)(?= [a-z]|[.,;:!?)”\"]|$)")
# Given names written short: "Ma. Teresa", "Md. Rezaul".
_SHORT_BEFORE = re.compile(r"(?<!\w)(?:Ma|Md|Mohd|Muhd|Wm|Chas|Geo|Jos|Thos|Fred|[A-Z])\. $")
_SURNAME_AND_INITIALS = re.compile(r"(?:[A-Z]\.[ -]?){1,3}$")
_WORD_BEFORE = re.compile(r"(?<![\w’'-])([^\W\d_a-z][\w’-]+) $")
_MOST_ADDED = 3
# An apostrophe and an s that nothing follows to be possessed: "a pupil of St Paul's."
_OWN_S = re.compile(
    r"['’]s(?=[.,;:!?)”\"]|\s+(?:and|or|said|says|is|was|has|had|will|to|in|for|at|on|up|down|over|by"
    r"|from|of|with|when|before|after|which|that|but)\b|\s*$)"
)
_SAINT = re.compile(r"(?:St\.?|Saint)\s")
# "Office | of the | Manhattan District Attorney"
_OF = frozenset({" of ", " of the ", " for ", " for the "})
_WHOLE_BODIES = _ORGANISATIONS["parts of bodies"] | {
    "embassy",
    "directorate",
    "bureau",
    "secretary",
    "chamber",
}
_SHORT_PLACES = frozenset({"Ft.", "St.", "Ste.", "Mt.", "Pt.", "Ft", "St", "Mt"})
# What goes on with a longer name or an office: "District Attorney", "Ministry of Justice".
_GOES_ON = re.compile(r"(?: of| for)? [^\W\d_a-z]")


def trimmed(text: str, span: TypedSpan) -> TypedSpan | None:
    """The span without outer space and marks, article, possessive, or a title before a person's name."""
    kind, score = span.type, span.score
    start, end = _without_marks(text, span.start, span.end)
    start = _without_article(text, start, end)
    if (
        kind == "ORG"
        and (match := _SMALL_ADJECTIVE.match(text, start, end))
        and _is_adjective(match.group(1))
    ):
        start = match.end()
    if kind != "OTHER" and (match := _PARTY.match(text, start, end)):
        start, kind = match.end(), "PLACE"
    elif kind != "OTHER" and (match := _BODIES.match(text, start, end)):
        start = match.end()
    if kind == "ORG" and (match := _QUARTER.search(text, start, end)):
        end = match.start()
    if match := _HEADLINE_VERB.search(text, start, end):
        end = match.start()
    if (match := POSSESSIVE.search(text[start:end])) and not _owns_its_s(text, start, end, kind):
        end -= len(match.group())
    if kind == "PLACE" and text[end : end + 1] == "." and folded(text[start:end]) in _ABBREVIATED:
        end += 1
    if kind == "PERSON":
        start, end = _person(text, start, end)
    if _is_nobody(text, start, end):
        kind = "OTHER"
    return TypedSpan(start, end, kind, score) if start < end else None


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not (text[start].isalnum() or text[start] in "@#$"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".)!"):
        end -= 1
    if _FULL_STOP.search(text, max(start, end - 5), end):
        end -= 1
    if text[end - 1 : end] == ")" and "(" not in text[start:end]:
        end -= 1
    return start, end


def _without_article(text: str, start: int, end: int) -> int:
    """Where the name starts behind its article; "The Hague" and "The Star" keep theirs."""
    article, _, rest = text[start:end].partition(" ")
    outside = article == "the" or (article == "The" and (" " in rest or is_acronym(rest)))
    return end - len(rest) if outside and rest and rest != "Hague" else start


def _is_adjective(word: str) -> bool:
    return word not in PARTICLES and word not in SMALL_WORDS


def _is_nobody(text: str, start: int, end: int) -> bool:
    """Whether the words are an article, a feast or a verb before its speaker."""
    name = folded(text[start:end])
    return name == "the" or name in _FEASTS or (name == "said" and bool(_SPEAKER_BEHIND.match(text, end)))


def _person(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a person's name begins and ends: titles, cues and letters behind it outside, a given name in."""
    while (space := text.find(" ", start, end)) > 0 and (
        is_title(text[start:space]) or _is_cue(text, start, space, end)
    ):
        start = space + 1
    while (space := text.rfind(" ", start, end)) > 0 and text[space + 1 : end].isupper():
        if folded(text[space + 1 : end]) not in _LETTERS:
            break
        end = space
        while text[end - 1] in ", ":
            end -= 1
    match = _WORD_BEFORE.search(text, max(0, start - 24), start)
    if match and _is_given_name(text, match):
        start = match.start(1)
    elif short := _SHORT_BEFORE.search(text, max(0, start - 8), start):
        start = short.start()
    syllable = _LAST_SYLLABLE.match(text, end) if " " in text[start:end] else None
    if syllable and syllable.group(1) not in _ENDINGS:
        end = syllable.end()
    return start, end


def _is_given_name(text: str, word: re.Match[str]) -> bool:
    """Whether a capital word before a name is a given name; at the start of a sentence it may be a word."""
    name = folded(word.group(1))
    if name not in GIVEN_NAMES or is_title(name) or name == "said":
        return False
    before = text[max(0, word.start(1) - 4) : word.start(1)].rstrip(" ")
    begins = not before or before[-1] in '.!?:\n“"‘'
    return not (begins and name in _NAMES["given names that are words"])


def _is_cue(text: str, start: int, space: int, end: int) -> bool:
    """Whether the first word is a verb with a capital; "Said" may be a name and needs a sign beside it."""
    word = folded(text[start:space])
    if word in _VERBS:
        return True
    return word == "said" and (
        text[start - 2 : start - 1] in ("”", '"', "’", "'") or text[end : end + 1] == ":"
    )


def _owns_its_s(text: str, start: int, end: int, kind: MentionType) -> bool:
    """Whether the ’s at the end is the name's own: a known firm's, or a saint's with nothing behind it."""
    if kind != "PERSON" and key(text[start:end]) in _ORGANISATIONS["names with an s"]:
        return True
    return kind != "PERSON" and bool(_SAINT.match(text, start, end)) and bool(_OWN_S.match(text, end - 2))


def parted(text: str, spans: Iterable[TypedSpan]) -> list[TypedSpan]:
    """The spans, those apart that hold two names: over the end of a sentence, or of two pairs of partners."""
    found: list[TypedSpan] = []
    for span in spans:
        rest = span
        for match in _TWO_NAMES.finditer(text, span.start, span.end):
            if _are_two(text[rest.start : match.start()], match):
                found.append(rest._replace(end=match.start()))
                rest = rest._replace(start=match.end())
        found.append(rest)
    return found


def _are_two(first: str, match: re.Match[str]) -> bool:
    """Whether what stands before and behind a sign are two names: "Unilever, Procter & Gamble" are."""
    sign = match.group().strip()
    if sign == ",":
        return " " not in first and folded(match.group(1)) not in _PARTNER_WORDS
    if sign in "-–—":
        return first.isupper()
    return "&" in first if sign == "and" else sign == "." or "(" not in first


def joined(text: str, spans: Sequence[TypedSpan]) -> list[TypedSpan]:
    """The spans, sorted, those together that are halves of one name: "White" and "House"."""
    names = {key(text[span.start : span.end]) for span in spans} | _KNOWN
    found: list[TypedSpan] = []
    for span in spans:
        before = found[-1] if found else None
        if before and _one_name(text, before, span, names):
            score = min(before.score or 1.0, span.score or 1.0) if before.score or span.score else None
            found[-1] = TypedSpan(before.start, span.end, _whole_type(text, before, span), score)
        else:
            found.append(span)
    return found


def _one_name(text: str, first: TypedSpan, second: TypedSpan, names: Collection[str]) -> bool:
    between = text[first.end : second.start]
    if between == " & ":
        # Partners are called by a word each, and no list of names leads up to them.
        single = " " not in text[first.start : first.end] and text[first.start - 2 : first.start] != ", "
        return single and second.type in ("ORG", "PERSON") and first.type in ("ORG", "PERSON")
    if between == ", " and first.type == second.type == "PERSON":
        # "Bedoni, G., Hall, T. J." in a list of authors
        single = " " not in text[first.start : first.end]
        return single and bool(_SURNAME_AND_INITIALS.fullmatch(text, second.start, second.end))
    if between in _OF and first.type == "ORG" and second.type in ("ORG", "PLACE"):
        return folded(text[first.start : first.end]) in _WHOLE_BODIES
    if between != " ":
        return False
    if second.type == "ORG" and _SURNAME_AND_INITIALS.fullmatch(text, first.start, first.end):
        return True
    if first.type == second.type and first.type in ("ORG", "PERSON"):
        return True
    return second.type != "OTHER" and key(text[first.start : second.end]) in names


def _whole_type(text: str, first: TypedSpan, second: TypedSpan) -> MentionType:
    between = text[first.end : second.start]
    return "ORG" if between == " & " or between in _OF else second.type


def completed(text: str, spans: Sequence[TypedSpan]) -> list[TypedSpan]:
    """The spans, sorted, each with the words behind it that tell what kind of thing it names.

    "Du Bois" before "High School" is no person, nor is "Martin Luther King Jr." before "Boulevard".
    """
    starts = {span.start: span for span in spans}
    found: list[TypedSpan] = []
    for span in spans:
        if found and span.start < found[-1].end:
            continue
        found.append(_completed(text, span, starts))
    return found


def _completed(text: str, span: TypedSpan, starts: dict[int, TypedSpan]) -> TypedSpan:
    start, end, kind, score = span
    if kind in ("OTHER", "GROUP"):
        return span
    for longer in (_PARTNER.match(text, end), _possessed(text, span)):
        if longer and kind != "PLACE" and longer.start(1) not in starts:
            return TypedSpan(start, longer.end(), "ORG", score)
    if kind == "PLACE" and text[start:end] in _SHORT_PLACES and (match := _NEXT_WORD.match(text, end)):
        return span._replace(end=match.end())
    position, taken_to = end, end
    for _ in range(_MOST_ADDED):
        match = _NEXT_WORD.match(text, position)
        if match is None or not match.group(1)[0].isupper():
            break
        word = POSSESSIVE.sub("", match.group(1))
        if taken := starts.get(match.start(1)):
            if taken.type not in ("ORG", "PLACE"):
                break
            taken_to = taken.end
        position = match.start(1) + len(word)
        last = folded(word)
        if last in _HEADS | _SITES and position >= taken_to and not _GOES_ON.match(text, position):
            end = position
        if word != match.group(1):
            break
    last = folded(text[start:end].rsplit(" ", 1)[-1])
    if end == span.end and (kind != "PERSON" or last in _ALSO_SURNAMES or " " not in text[start:end]):
        return span
    if last in _HEADS:
        return TypedSpan(start, end, "ORG", score)
    return TypedSpan(start, end, "PLACE", score) if last in _SITES else span


def _possessed(text: str, span: TypedSpan) -> re.Match[str] | None:
    """What stands in capitals behind a given name alone and its ’s: no person's, but part of a name."""
    if span.type != "PERSON" or folded(text[span.start : span.end]) not in GIVEN_NAMES:
        return None
    return _POSSESSED.match(text, span.end)
