"""Whose turns an interview's and a transcript's are: labels, initials, the one who is interviewed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from heapq import merge
from typing import TYPE_CHECKING

from reader.language.cues import is_person
from reader.language.entities.people import is_part, name_words
from reader.model.analysis import Quotation, Speaker, quotation_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.language.entities.labels import TypedSpan
    from reader.language.quotations.turns import Turn
    from reader.model.analysis import Entity

_LABELLED, _ASKS, _ANSWERS, _NAMELESS = 0.97, 0.9, 0.9, 0.8
_BYLINE = re.compile(
    r"^(?:Interview by|Interviewed by|By|Words:?|Words by|As told to) ([^\n]{3,80})$", re.MULTILINE
)
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){1,3}")
# "Q12 Chair": the numbering of hearings.
_NUMBER = re.compile(r"^Q\d+\s+")
_ANSWERING = "answers the questions of the interview"
_PERSONAL = frozenset(("he", "she"))
_SELF = frozenset(("i", "me", "myself"))


def attribute_turns(
    text: str, turns: Sequence[Turn], entities: Sequence[Entity], byline: str | None = None
) -> list[Quotation]:
    """Attribute turns to the people whom their labels name; ``byline`` says who asks."""
    if not turns:
        return []
    people = [entity for entity in entities if entity.type == "PERSON"]
    asking = _written_by(text, people, byline, turns[0].start)
    whose: dict[str, Entity | None] = {"q": asking}
    if "a" in {turn.key for turn in turns}:
        whose["a"] = _interviewed(people, turns[0].start, asking)
    called: dict[str, Entity | None] = {}
    for turn in turns:
        if turn.label is None or turn.key in ("q", "a"):
            continue
        shown = text[slice(*turn.label)]
        if shown not in called:
            called[shown] = _called(text, entities, turn.label)
            whose[turn.key] = called[shown] or whose.get(turn.key)
    interviewer = _plain_name(byline)
    result = []
    label: tuple[int, int] | None = None
    key = ""
    for turn in turns:
        if turn.label is not None or turn.key != key:
            label, key = turn.label, turn.key
        named = called.get(text[slice(*label)]) if label is not None else None
        entity = named or whose.get(key)
        speaker = _speaker(label, entity, interviewer if key == "q" else None)
        known = speaker is not None and speaker.name is not None
        told, confidence = _told(key, turn.label is not None, known)
        result.append(
            Quotation(quotation_id(turn.start), "turn", turn.start, turn.end, None, speaker, confidence, told)
        )
    return result


def labelled_people(text: str, spans: Sequence[TypedSpan], turns: Sequence[Turn]) -> list[TypedSpan]:
    """Mentions retyped by what labels tell: who speaks under a name is no place."""
    labels = {text[slice(*turn.label)].casefold() for turn in turns if turn.label is not None}
    names = {label for label in labels if label not in ("q", "a")}
    if not names:
        return list(spans)
    return [
        span._replace(type="PERSON")
        if span.type == "PLACE" and text[span.start : span.end].casefold() in names
        else span
        for span in spans
    ]


def _speaker(label: tuple[int, int] | None, entity: Entity | None, name: str | None) -> Speaker | None:
    if label is not None:
        return Speaker(*label, entity.id if entity else None, entity.name if entity else name)
    if entity is None:
        return None
    mention = entity.mentions[0]
    return Speaker(mention.start, mention.end, entity.id, entity.name)


def _told(key: str, own_label: bool, known: bool) -> tuple[str, float]:
    """The evidence for a turn, and how sure it is."""
    if key == "q":
        return "asks the questions of the interview", _ASKS if known else _NAMELESS
    if key == "a":
        return _ANSWERING, _ANSWERS if known else _NAMELESS
    told = "the label before it" if own_label else "goes on from the labelled paragraph before"
    return told, _LABELLED if known and own_label else _ANSWERS


def _called(text: str, entities: Sequence[Entity], label: tuple[int, int]) -> Entity | None:
    """The person that a label names: in full, in part, by initials or by office."""
    shown = _NUMBER.sub("", text[slice(*label)])
    words = name_words(shown)
    people = [entity for entity in entities if entity.type == "PERSON"]
    initials = shown.replace(".", "").casefold()
    if 2 <= len(initials) <= 4 and shown.isupper():
        same = [e for e in entities if e.type != "PLACE" and initials in _initials(e.name)]
        if len(same) == 1:
            return same[0]
    fitting = [entity for entity in people if is_part(words, name_words(entity.name))]
    full = [entity for entity in fitting if len(name_words(entity.name)) > 1]
    for among in (full, fitting):
        if len(among) == 1:
            return among[0]
        for entity in among:
            if any(mention.start < label[1] and label[0] < mention.end for mention in entity.mentions):
                return entity
    organisation = [e for e in entities if e.type == "ORG" and e.name.casefold() == shown.casefold()]
    return organisation[0] if organisation else _of_office(text, people, shown)


def _of_office(text: str, people: Sequence[Entity], label: str) -> Entity | None:
    """The one person whom the text names beside an office: "the minister, Osric Vane"."""
    office = label.split()[-1].casefold()
    if not is_person(office):
        return None
    named = re.compile(rf"\b{re.escape(office)}\b,? $", re.IGNORECASE)
    follows = re.compile(rf",? [^.\n]{{0,40}}\b{re.escape(office)}\b", re.IGNORECASE)
    found = [
        entity
        for entity in people
        if any(
            named.search(text, max(0, mention.start - 30), mention.start)
            or follows.match(text, mention.end, mention.end + 80)
            for mention in entity.mentions[:8]
        )
    ]
    return found[0] if len(found) == 1 else None


def _initials(name: str) -> set[str]:
    """The forms in which a name may be shortened to its first letters."""
    words = re.findall(r"[^\W\d_][^\s-]*", name.casefold())
    if len(words) < 2:
        return set()
    every = "".join(word[0] for word in words)
    spaced = "".join(word[0] for word in name.casefold().split())
    return {every, spaced, *(word[0] + words[-1][0] for word in words[:-1])}


def _written_by(text: str, people: Sequence[Entity], byline: str | None, start: int) -> Entity | None:
    """Who wrote the article: named in its byline, or in a line before its first turn."""
    line = _BYLINE.search(text, 0, start)
    told = byline or (line.group(1) if line else "")
    return next((entity for entity in people if entity.name.casefold() in told.casefold()), None)


def _plain_name(byline: str | None) -> str | None:
    """The name that a byline is, when it is one and nothing else."""
    return byline if byline and _NAME.fullmatch(byline) else None


def _interviewed(people: Iterable[Entity], start: int, asking: Entity | None) -> Entity | None:
    """Whom an interview is with: named most often before it begins."""
    counts = Counter(
        {
            entity.id: sum(mention.start < start for mention in entity.mentions)
            for entity in people
            if entity is not asking
        }
    )
    best = counts.most_common(2)
    if not best or best[0][1] == 0 or (len(best) > 1 and best[0][1] == best[1][1] and best[0][1] > 0):
        return None
    return next(entity for entity in people if entity.id == best[0][0])


def in_turns(text: str, quotations: Iterable[Quotation], turns: Sequence[Quotation]) -> list[Quotation]:
    """Let "I" inside a turn mean whose turn it is, "you" the other where two talk, and "she" between turns
    who answers there.

    Both sequences are in text order.
    """
    answering = _answering(turns)
    result = []
    place = 0
    for quotation in quotations:
        while place < len(turns) and turns[place].end <= quotation.start:
            place += 1
        inside = place < len(turns) and turns[place].start <= quotation.start
        between = not inside and turns and turns[0].start < quotation.start
        speaker = quotation.speaker
        words = text[speaker.start : speaker.end].lower() if speaker is not None else ""
        teller: Speaker | None = None
        if inside and words in _SELF:
            teller = turns[place].speaker
        elif inside and words == "you":
            teller = _other(turns, turns[place].speaker)
        elif between and words in _PERSONAL and answering is not None:
            teller = answering
        if speaker is not None and teller is not None:
            speaker = replace(speaker, entity=teller.entity, name=teller.name)
            quotation = replace(quotation, speaker=speaker)
        result.append(quotation)
    return result


def _other(turns: Sequence[Quotation], speaker: Speaker | None) -> Speaker | None:
    """Whom somebody speaks to, where two people talk and both are known."""
    talking = {turn.speaker.entity: turn.speaker for turn in turns if turn.speaker is not None}
    if speaker is None or len(talking) != 2 or None in talking:
        return None
    return next(other for entity, other in talking.items() if entity != speaker.entity)


def _answering(turns: Sequence[Quotation]) -> Speaker | None:
    """Whoever answers the questions of an interview."""
    return next(
        (turn.speaker for turn in turns if turn.evidence == _ANSWERING and turn.speaker is not None), None
    )


def in_order(quotations: Sequence[Quotation], turns: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Quotations and turns in text order; a turn that begins with a quotation stands for both."""
    begun = {turn.start for turn in turns}
    apart = [quotation for quotation in quotations if quotation.start not in begun]
    return tuple(merge(apart, turns, key=lambda quotation: quotation.start))
