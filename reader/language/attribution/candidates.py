"""Who might have said it: noun phrases, pronouns and named mentions around a quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.attribution.mentions import SUBJECTS, Candidate
from reader.language.attribution.possessed import REPLIES, owned
from reader.language.attribution.uniting import united
from reader.language.attribution.words import first_word, last_word
from reader.language.cues import REPORTING, is_person, never_speaks

if TYPE_CHECKING:
    from reader.language.attribution.mentions import Mentions, Named
    from reader.language.attribution.words import Paragraph, Word

_INNER = frozenset(
    (
        "compound",
        "flat",
        "flat:name",
        "fixed",
        "goeswith",
        "nummod",
        "det",
        "amod",
        "reparandum",
        "nmod:poss",
        "case",
    )
)
_PHRASE = frozenset(("flat", "flat:name", "compound", "goeswith", "nmod:poss", "amod", "det", "nummod"))
_POINTING = frozenset(("what", "that", "this", "there", "these", "those"))
_RELATIVE = frozenset(("it", "which"))
_STANDS_FOR = frozenset(("for", "of", "at", "from", "with"))
_POSSESSED = frozenset(("'s", "’s", "'", "’"))
# No phrase goes on beyond these, whatever the parser makes of it.
_BREAKS = frozenset(",;:.")
_POSSESSIVE = frozenset(("his", "its", "their", "my", "our", "your", "whose"))


def candidates(number: int, paragraph: Paragraph, mentions: Mentions) -> list[Candidate]:
    """List the possible speakers in paragraph ``number``, in text order."""
    words = paragraph.words
    named: list[Named | None] = [None if w.masked else mentions.at(w.start, w.end) for w in words]
    told = (owned(paragraph, quotation) for quotation in paragraph.spans)
    owners = {one.owner for one in told if one is not None}
    found = []
    # A mention is one candidate, even where a parser tears it.
    taken: Named | None = None
    for index, word in enumerate(words):
        if word.masked:
            continue
        mention = named[index]
        if mention is not None:
            if mention is taken or not _heads(words, named, index):
                continue
            # A name that only qualifies ("the mayor's office", "the Ruiz campaign") speaks through its head.
            qualifies = word.head != index and (
                (word.dep in ("compound", "amod") and _adjoins(words, mention, word.head))
                or _possesses(paragraph, index)
                or _owns(words, last_word(words, index, mention.end))
            )
            qualifies = qualifies and last_word(words, index, mention.end) not in owners
        elif _aged(paragraph, index):
            found.append(_of_age(number, paragraph, index))
            continue
        else:
            qualifies = index not in owners and (word.dep in _INNER or _possesses(paragraph, index))
            possessive = word.lower in _POSSESSIVE and index not in owners and not _replies(paragraph, index)
            if possessive or not _nominal(paragraph, index):
                continue
        if qualifies:
            continue
        top = _top(words, index)
        subject = words[top].dep in SUBJECTS
        if word.lower in _RELATIVE and not subject:
            continue
        verb = words[top].head if subject else -1
        start, end = _phrase(paragraph, named, index)
        found.append(Candidate(number, index, start, end, words[top].dep, verb, subject, mention, word))
        taken = mention
    found = united(paragraph, found)
    at = {candidate.index: candidate for candidate in found}
    for candidate in found:
        if not candidate.subject:
            _told_by_order(words, candidate, at)
    return found


def _told_by_order(words: list[Word], candidate: Candidate, at: dict[int, Candidate]) -> None:
    """Make a name right before a plain verb of saying its subject, whatever the parser makes of it; or
    whoever speaks for the name: "a spokesman for the ministry said"."""
    if candidate.named is None or candidate.named.type not in ("PERSON", "ORG"):
        return
    verb = last_word(words, candidate.index, candidate.end) + 1
    if candidate.role is not None and verb < len(words) and words[verb].text == ",":
        verb += 1
    if verb + 1 >= len(words) or not _reports(words[verb].lower) or words[verb].quotation >= 0:
        return
    if words[verb + 1].pos not in ("PROPN", "DET") and not words[verb + 1].lower[0].isdigit():
        candidate = _spokesman(words, candidate, at) or candidate
        candidate.subject, candidate.verb, candidate.dep = True, verb, "nsubj"


def _spokesman(words: list[Word], named: Candidate, at: dict[int, Candidate]) -> Candidate | None:
    """The person who is said to be "for", "of" or "at" what is named."""
    before = first_word(words, named.index, named.start) - 1
    if before > 0 and words[before].pos == "DET":
        before -= 1
    if before < 1 or words[before].lower not in _STANDS_FOR or not is_person(words[before - 1].lower):
        return None
    person = at.get(before - 1)
    return person if person is not None and person.named is None else None


def _aged(paragraph: Paragraph, index: int) -> bool:
    """Whether "the 43-year-old" stands for the person: no noun that it qualifies follows."""
    words = paragraph.words
    if not words[index].lower.endswith("-old") or index + 1 >= len(words):
        return False
    follower = words[index + 1]
    return follower.stem in REPORTING or follower.pos not in ("NOUN", "PROPN", "ADJ", "NUM")


def _of_age(number: int, paragraph: Paragraph, index: int) -> Candidate:
    """The candidate for "the 43-year-old", whatever the parser makes of it."""
    words = paragraph.words
    word = words[index]
    start = index - 1 if index > 0 and words[index - 1].pos == "DET" else index
    subject = word.dep in SUBJECTS
    verb = word.head if subject else -1
    if not subject and words[index + 1].stem in REPORTING:
        subject, verb = True, index + 1
    elif not subject and start > 0 and words[start - 1].stem in REPORTING:
        subject, verb = True, start - 1
    return Candidate(number, index, words[start].start, word.end, "nsubj", verb, subject, None, word)


def _nominal(paragraph: Paragraph, index: int) -> bool:
    """Whether a word that is no name may head a noun phrase that speaks."""
    word = paragraph.words[index]
    if word.lower[0].isdigit():
        return False
    if _reports(word.lower):
        return False  # whatever the tagger says
    if word.lower in _POINTING or (never_speaks(word.lower) and not _of_meeting(paragraph, index)):
        return False
    if len(word.text) == 1 and index > 0 and paragraph.words[index - 1].text == "(":
        return False  # a party: "(D)"
    if word.pos == "NUM":
        return word.dep in SUBJECTS
    if is_person(word.lower):
        return True
    if word.pos in ("ADJ", "ADV", "VERB"):
        # "the forward", "the accused", "the latter": an article makes a noun of any word.
        return any(paragraph.words[child].dep == "det" for child in paragraph.children[index])
    return word.pos in ("NOUN", "PROPN", "PRON")


def _of_meeting(paragraph: Paragraph, index: int) -> bool:
    """Whether "minutes" are the record of a meeting: "according to the minutes", "Fed minutes showed"."""
    words = paragraph.words
    return (
        words[index].lower == "minutes"
        and index > 0
        and words[index - 1].pos in ("DET", "NOUN", "PROPN", "PART", "PRON")
        and not any(words[child].pos == "NUM" for child in paragraph.children[index])
    )


def _replies(paragraph: Paragraph, index: int) -> bool:
    """Whether a possessor is whose words they are: "came her reply"."""
    words = paragraph.words
    return (
        words[index].lower in ("his", "her")
        and words[index].head > index
        and words[words[index].head].lower in REPLIES
    )


def _adjoins(words: list[Word], mention: Named, head: int) -> bool:
    """Whether nothing stands between a name and the word after it that it is said to qualify."""
    return words[head].start >= mention.end and not any(
        word.text in ",.;:()—" for word in words[max(0, head - 8) : head] if word.start >= mention.end
    )


def _reports(lower: str) -> bool:
    return lower in ("said", "told", "wrote", "says", "tells", "writes")


def _possesses(paragraph: Paragraph, index: int) -> bool:
    """Whether a word is a possessor ("the mayor's office", "its secretary"); few parsers label them apart."""
    words = paragraph.words
    word = words[index]
    if _replies(paragraph, index):
        return False
    if _owns(words, index):
        return True
    if word.dep != "nmod":
        return word.dep == "nmod:poss"
    return (
        word.lower in _POSSESSIVE
        or (word.lower == "her" and word.head > index)
        or any(words[child].lower in _POSSESSED for child in paragraph.children[index])
    )


def _owns(words: list[Word], index: int) -> bool:
    """Whether a possessive mark follows a word, and no "is" or "has", and then what is possessed."""
    if index + 2 >= len(words) or words[index + 1].lower not in _POSSESSED or words[index + 1].pos != "PART":
        return False
    return words[index].head > index + 1 or words[index + 2].pos == "NOUN"


def _heads(words: list[Word], named: list[Named | None], index: int) -> bool:
    """Whether a word of a mention hangs on a word outside it; without a parse its last word does."""
    mention = named[index]
    word = words[index]
    if word.dep == "":
        return index + 1 == len(words) or named[index + 1] is not mention
    return word.head == index or named[word.head] is not mention


def _top(words: list[Word], index: int) -> int:
    """Climb from a conjunct or apposition to the first of its kind: it shares its verb."""
    for _ in range(6):
        word = words[index]
        if word.dep not in ("conj", "appos", "flat") or word.head == index:
            break
        index = word.head
    return index


def _phrase(paragraph: Paragraph, named: list[Named | None], index: int) -> tuple[int, int]:
    """The span to show for a candidate: its name, or the noun phrase without clauses and appositions."""
    words = paragraph.words
    mention = named[index]
    if mention is not None:
        return mention.start, mention.end
    left = right = index
    for child in paragraph.children[index]:
        possessor = _possesses(paragraph, child)
        if words[child].dep not in _PHRASE and not possessor:
            continue
        if words[child].masked or not index - 10 <= child <= index + 6:
            continue
        low, high = child, child
        if possessor or words[child].dep in ("compound", "flat", "amod"):
            below = paragraph.children[child]
            low = min([child, *(word for word in below if word >= index - 12)])
            if child > index:
                high = max([child, *(word for word in below if word <= index + 8)])
        left, right = min(left, low), max(right, high)
    if left > 1 and _owns(words, left - 2) and (owner := named[left - 2]) is not None:
        left = first_word(words, left - 2, owner.start)
    if any(words[i].text in _BREAKS for i in range(left, right)):
        left = max([left, *(i + 1 for i in range(left, index) if words[i].text in _BREAKS)])
        right = min([right, *(i - 1 for i in range(index + 1, right + 1) if words[i].text in _BREAKS)])
    return words[left].start, words[right].end
