"""What the ranker looks at: one row of numbers for each pair of a quotation and a possible speaker."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from reader.language.attribution import placement
from reader.language.attribution.setting import verb_of, verb_score
from reader.language.cues import REPORTING, noun_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.scenes import Scene
    from reader.language.attribution.setting import History, Setting
    from reader.language.attribution.words import Word

NAMES = (
    "direct", "length", "place", "others", "others after", "opens paragraph", "closes paragraph",
    "whole paragraph", "mark before", "mark after", "last mark inside", "cue right before", "cue before that",
    "cue right after", "cue second after", "cue third after", "first person", "first person plural",
    "third person", "asks", "unclosed", "colon in the line before", "quotation ends the line before",
    "quotation begins the next line", "paragraphs to the speaker before", "speaker before is in paragraph",
    "sentence",
    *placement.NAMES,
    "part of speech", "pronoun", "relation", "own relation", "subject", "cue score", "reports",
    "relation of the verb", "passive", "negated", "noun score", "noun", "described", "type", "mentions",
    "word before", "according", "index", "mark right after", "words", "label", "cue beside before",
    "cue beside after",
    "paragraphs apart", "rule's", "no rule", "last speaker", "same as last", "speaker before",
    "same as before", "third speaker", "same as third", "asked before", "said so far", "spoke", "latest",
    "spoken about", "known",
)  # fmt: skip
_PARTS = {"NOUN": 0, "PROPN": 1, "PRON": 2, "NUM": 3}
_PRONOUN = {
    "he": 0, "she": 0, "they": 1, "it": 2, "i": 3, "we": 4, "who": 5, "you": 6,
    "him": 7, "her": 7, "them": 7, "me": 7, "us": 7,
}  # fmt: skip
_DEPS = {
    dep: number
    for number, dep in enumerate(
        (
            "nsubj", "nsubj:pass", "obl", "obl:agent", "obj", "nmod", "root", "appos", "conj", "parataxis",
            "iobj", "list", "vocative", "dep", "ccomp", "obl:npmod", "flat", "compound", "nmod:poss", "xcomp",
            "advcl", "acl:relcl", "acl", "csubj",
        )
    )
}  # fmt: skip
_TYPES = {"PERSON": 0, "ORG": 1, "PLACE": 2, "GROUP": 3}
_NOUNS: dict[str | None, int] = {"person": 1, "body": 2, "document": 3, "group": 4}
_PUNCTUATION = {
    ",": 1, ":": 2, ".": 3, "—": 5, "--": 5, "-": 6, ";": 7, '"': 8, "(": 9, "?": 10, "!": 10, ")": 11,
}  # fmt: skip
_LEADS = {
    "to": 1, "by": 2, "from": 3, "of": 4, "—": 5, "-": 5, "for": 6, "with": 6, "in": 6, "on": 6,
    "per": 7, "as": 8,
}  # fmt: skip
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|me|my|mine|myself)\b")
_FIRST_PLURAL = re.compile(r"\b(?:[Ww]e|[Ww]e['’]\w+|us|[Oo]ur|ours|ourselves)\b")
_THIRD_SINGULAR = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im)\b")


def _mark(words: list[Word], index: int) -> float:
    if index < 0:
        return 4
    if index >= len(words):
        return 12
    word = words[index]
    if word.masked:
        return 13
    return _PUNCTUATION.get(word.text, 0 if word.text[0].isalpha() else 14)


def _cue_near(setting: Setting, scene: Scene, index: int) -> float:
    if 0 <= index < len(scene.paragraph.words) and scene.is_cue(index):
        return setting.lexicon.verbs.get(scene.paragraph.words[index].stem, -2.0) + 6
    return 0


def _quotation_features(setting: Setting, scene: Scene, quotation: int, history: History) -> list[float]:
    paragraph = scene.paragraph
    words = paragraph.words
    first, last = paragraph.spans[quotation]
    span = setting.quoted[quotation]
    direct = quotation in paragraph.direct
    inside = setting.text[span.start : span.end]
    previous = setting.scenes.get(scene.number - 1)
    before_words = previous.paragraph.words if previous is not None else []
    following = setting.scenes.get(scene.number + 1)
    earlier = history.turns[-1] if history.turns else None
    unclosed = inside[-1:] not in "\"”’'»“"
    place = scene.place[quotation]
    return [
        direct,
        min(len(inside) // 10, 60),
        place,
        len(scene.order),
        len(scene.order) - place,
        first == 0,
        last >= len(words) - 1,
        first == 0 and last >= len(words) - 2,
        _mark(words, first - 1),
        _mark(words, last + 1),
        float(_PUNCTUATION.get(inside.rstrip("\"”’'»“ ")[-1:], 0)),
        _cue_near(setting, scene, first - 1),
        _cue_near(setting, scene, first - 2),
        _cue_near(setting, scene, last + 1),
        _cue_near(setting, scene, last + 2),
        _cue_near(setting, scene, last + 3),
        bool(_FIRST_PERSON.search(inside)),
        bool(_FIRST_PLURAL.search(inside)),
        bool(_THIRD_SINGULAR.search(inside)),
        inside[-2:-1] == "?",
        unclosed,
        bool(before_words) and before_words[-1].text == ":",
        bool(previous is not None and previous.order and before_words[-1].masked),
        bool(following is not None and following.order and following.paragraph.words[0].masked),
        min(scene.number - earlier[1].paragraph, 9) if earlier is not None else 10,
        bool(earlier is not None and earlier[0] in paragraph.spans),
        paragraph.words[first].sentence,
    ]


def _candidate_features(setting: Setting, candidate: Candidate) -> list[float]:
    """What a candidate looks like, whichever quotation is asked about: reckoned once."""
    place = candidate.paragraph, candidate.index
    known = setting.looks.get(place)
    if known is None:
        known = setting.looks[place] = _looks(setting, candidate)
    return known


def _looks(setting: Setting, candidate: Candidate) -> list[float]:
    scene = setting.scenes[candidate.paragraph]
    words = scene.paragraph.words
    word = candidate.word
    index = candidate.index
    verb = verb_of(setting, candidate)
    left = index
    while left > 0 and words[left - 1].start >= candidate.start:
        left -= 1
    lead = words[left - 1] if left > 0 else None
    second = words[left - 2].lower if left > 1 else ""
    named = candidate.named
    passive = verb is not None and any(
        words[child].dep in ("nsubj:pass", "aux:pass") for child in scene.paragraph.children[candidate.verb]
    )
    negated = verb is not None and any(
        words[child].lower in ("not", "n't", "never") for child in scene.paragraph.children[candidate.verb]
    )
    right = index + 1
    while right < len(words) and words[right].end <= candidate.end:
        right += 1
    return [
        _PARTS.get(word.pos, 4),
        _PRONOUN.get(word.lower, 9),
        _DEPS.get(candidate.dep, 30),
        _DEPS.get(word.dep, 30),
        candidate.subject,
        verb_score(setting, candidate),
        verb is not None and verb.stem in REPORTING,
        _DEPS.get(verb.dep, 30) if verb is not None else 31,
        passive,
        negated,
        setting.lexicon.nouns.get(word.stem, -4.0) if named is None and word.pos == "NOUN" else 0,
        _NOUNS.get(noun_kind(word.lower), 0) if named is None else 9,
        candidate.role is not None,
        _TYPES.get(named.type, 4) if named is not None else 5,
        min(len(setting.mentions.get(named.entity, ())), 20) if named is not None else 0,
        _LEADS.get(lead.lower, 0) if lead is not None else 9,
        second == "according",
        min(index, placement.FAR),
        _mark(words, right),
        min(right - left, 9),
        bool(right < len(words) and words[right].text == ":" and left <= 1),
        _cue_near(setting, scene, left - 1),
        _cue_near(setting, scene, right),
    ]


def _link_features(
    setting: Setting, scene: Scene, quotation: int, candidate: Candidate, history: History
) -> list[float]:
    span = setting.quoted[quotation]
    entity = setting.entity(candidate)
    latest = False
    spoken_about = False
    if entity >= 0:
        offsets = setting.mentions.get(entity, [])
        place = bisect_left(offsets, span.start)
        latest = candidate.start < span.start and place > 0 and offsets[place - 1] <= candidate.start
        spoken_about = place < len(offsets) and offsets[place] < span.end
    rule = setting.rules.get(quotation)
    turns: list[float] = []
    for back in (1, 2, 3):
        speaker = history.speaker(back)
        if speaker is None:
            turns += [2, 2]
            continue
        theirs = setting.entity(speaker)
        same = theirs == entity if entity >= 0 and theirs >= 0 else speaker.lower == candidate.lower
        turns += [speaker is candidate, same]
    asked = False
    if history.turns:
        earlier = setting.quoted[history.turns[-1][0]]
        asked = "?" in setting.text[max(earlier.start, earlier.end - 3) : earlier.end]
    return [
        max(-3, min(3, candidate.paragraph - scene.number)),
        rule is not None and rule.candidate is candidate,
        rule is None,
        *turns,
        asked,
        min(history.count(entity), 20) if entity >= 0 else 0,
        history.spoke(candidate),
        latest,
        spoken_about,
        entity >= 0,
    ]


def rows(
    setting: Setting, scene: Scene, quotation: int, candidates: Sequence[Candidate], history: History
) -> list[list[float]]:
    """The feature rows of a quotation's possible speakers."""
    shared = _quotation_features(setting, scene, quotation, history)
    result = []
    for candidate in candidates:
        relation = placement.placement(setting, scene, quotation, candidate)
        result.append(
            shared
            + relation
            + _candidate_features(setting, candidate)
            + _link_features(setting, scene, quotation, candidate, history)
        )
    return result
