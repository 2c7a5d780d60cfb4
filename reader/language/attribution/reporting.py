"""What the words before a pronoun report, and of whom: "Ruiz joked that … ¶ “I never wait,” she said."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.cues import REPORTING, is_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.attribution.mentions import Candidate, Mentions
    from reader.language.attribution.scenes import Scene
    from reader.language.quotations import QuotedSpan

_PRONOUNS = frozenset(("he", "she"))
_TELLERS = frozenset(("i", "we"))
_ADDRESSED = frozenset(("obl", "obj", "iobj"))
# An apposition may stand between a name and its verb.
_REACH = 30
# Words of a paragraph, and of a sentence, that are looked at.
_FAR = 120
# Quotations of paragraphs that hold nothing else.
_SPOKEN = 8


def reported_before(scenes: dict[int, Scene], anaphor: Candidate) -> Candidate | None:
    """The subject of the sentence of saying that ends the paragraph before a pronoun's.

    Only when the pronoun's paragraph names no person before the pronoun.
    """
    place, previous = scenes.get(anaphor.paragraph), scenes.get(anaphor.paragraph - 1)
    if place is None or previous is None or not place.order or anaphor.index > _FAR:
        return None
    before = (place.at[index].named for index in range(anaphor.index) if index in place.at)
    if any(named is not None and named.type == "PERSON" for named in before):
        return None
    words = previous.paragraph.words
    if not words:
        return None
    sentence = words[-1].sentence
    start = len(words)
    while start > max(0, len(words) - _FAR) and words[start - 1].sentence == sentence:
        start -= 1
    while start < len(words) and words[start].masked:
        start += 1
    subject = next((previous.at[index] for index in range(start, len(words)) if index in previous.at), None)
    if subject is None or not _speaks(previous, subject, sentence):
        return None
    return subject


def answers(place: Scene, anaphor: Candidate) -> Candidate | None:
    """Whom the teller spoke to right before: "I said to the engineer, “Why?” He said, “Because.”".

    Only where the teller is "I" or "we": somebody else might go on speaking.
    """
    words = place.paragraph.words
    end = anaphor.index
    while end > 0 and (words[end - 1].masked or not words[end - 1].text[0].isalnum()):
        end -= 1
    if not any(word.masked for word in words[end : anaphor.index]):
        return None
    for verb in range(end - 1, max(-1, end - _REACH), -1):
        if words[verb].stem not in REPORTING:
            continue
        children = place.paragraph.children[verb]
        if any(words[child].lower in _TELLERS for child in children):
            told = (
                place.at[c]
                for c in children
                if verb < c < end and words[c].dep in _ADDRESSED and c in place.at
            )
            return next((c for c in told if _person(c)), None)
        return None
    return None


def spoken_of(
    text: str, quoted: Sequence[QuotedSpan], scenes: dict[int, Scene], mentions: Mentions, anaphor: Candidate
) -> int | None:
    """The one person named in the words of somebody of the other gender that a paragraph goes on from:
    "She remembers: ¶ “Pell looked back. Then he fell.” ¶ He was not gone.".
    """
    other = {"he": "she", "she": "he"}.get(anaphor.lower)
    if other is None or anaphor.index:
        return None
    spoken: list[QuotedSpan] = []
    number = anaphor.paragraph - 1
    while len(spoken) < _SPOKEN and number in scenes and _all_quoted(scenes[number]):
        spoken = [quoted[n] for n in scenes[number].order] + spoken
        number -= 1
    teller = [c for c in scenes[number].candidates if c.subject] if number in scenes else []
    if not spoken or not teller or teller[-1].lower != other:
        return None
    last = text[spoken[-1].start : spoken[-1].end].lower().split()
    if anaphor.lower not in last:
        return None
    between = mentions.between(spoken[0].start, spoken[-1].end)
    people = {named.entity for named in between if named.type == "PERSON"}
    return people.pop() if len(people) == 1 else None


def _all_quoted(place: Scene) -> bool:
    """Whether a paragraph is nothing but quotations."""
    return bool(place.order) and all(
        word.masked or not word.text[0].isalnum() for word in place.paragraph.words
    )


def _person(candidate: Candidate) -> bool:
    return candidate.named.type == "PERSON" if candidate.named is not None else is_person(candidate.lower)


def _speaks(place: Scene, subject: Candidate, sentence: int) -> bool:
    """Whether a name or pronoun that begins a sentence is followed by its verb of saying."""
    named = subject.named is not None and subject.named.type == "PERSON"
    if not named and subject.lower not in _PRONOUNS:
        return False
    words = place.paragraph.words
    if subject.verb >= 0:
        return words[subject.verb].stem in REPORTING and words[subject.verb].sentence == sentence
    for index in range(subject.index + 1, min(len(words), subject.index + _REACH)):
        if words[index].sentence != sentence:
            break
        if words[index].pos in ("VERB", "AUX") and not words[index].dep.startswith("acl"):
            return words[index].stem in REPORTING
    return False
