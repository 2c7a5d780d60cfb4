"""Attribute the quotations of an article to their speakers, in text order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reader.language.attribution.anaphors import PERSONAL
from reader.language.attribution.answer import NOBODY
from reader.language.attribution.antecedents import antecedent
from reader.language.attribution.confidence import BY_RULES, NAMELESS, SURE, evidence
from reader.language.attribution.echoes import SAME_WORDS, echoed
from reader.language.attribution.mentions import Mentions
from reader.language.attribution.ranker import load_ranker
from reader.language.attribution.reasons import reason
from reader.language.attribution.resolver import resolutions
from reader.language.attribution.scenes import scenes_of
from reader.language.attribution.setting import History, Lexicon, Setting
from reader.language.attribution.sieve import sift
from reader.language.attribution.wording import end_of_wording, shown_role, stood_for
from reader.language.cues import noun_kind
from reader.language.quotations.finder import paragraphs
from reader.model.analysis import Cue, Quotation, Speaker, quotation_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.language.attribution.answer import Answer
    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.ranker import Ranker
    from reader.language.attribution.readings import Pointed, Readings
    from reader.language.attribution.scenes import Parse
    from reader.language.quotations import QuotedSpan
    from reader.model.analysis import Entity
    from reader.model.article import Block

_ENDING = re.compile(r"([.?!,…])[\"”'’»*)\]]*$")
# A quotation whose speaker is this doubtful tells the ranker nothing about the next one's.
_REMEMBERED = 0.5
# What so surely is a quotation stays one, however doubtful its speaker.
_CLEARLY = 0.97
# ... unless the encoder holds that it is none.
_GENUINE = 0.5
_HEARD = 0.9
_FEWEST = 4  # words: fewer may be an expression that somebody holds at arm's length


def attribute(
    text: str,
    blocks: Sequence[Block],
    quoted: Sequence[QuotedSpan],
    entities: Sequence[Entity],
    parse: Parse | None,
    readings: Readings | None = None,
) -> Iterator[Quotation | None]:
    """Yield one attributed quotation for every quoted span, in order; None for one that is none after all.

    ``parse`` tags and parses the strings that it is given; without it, or when its documents have no
    dependencies, cue patterns decide alone. Paragraphs among the ``readings`` need no parsing.
    """
    scenes = scenes_of(text, blocks, quoted, entities, parse, readings)
    rules = sift(scenes, endings(text, quoted))
    rules |= echoed(text, blocks, quoted, scenes, rules)
    ranked = any(scene.paragraph.parsed for scene in scenes.values())
    ranker = load_ranker() if ranked else None
    mentions = {number: [m.start for m in entity.mentions] for number, entity in enumerate(entities)}
    spans = list(paragraphs(text, blocks))
    named = Mentions(entities)
    means = resolutions(text, spans, quoted, scenes, named, entities)
    lexicon = ranker.lexicon if ranker is not None else Lexicon({}, {})
    pointed = readings.pointed(scenes) if readings is not None else {}
    setting = Setting(text, quoted, scenes, rules, lexicon, mentions, means, pointed)
    history = History()
    where = {quotation: number for number, scene in scenes.items() for quotation in scene.order}
    for number, span in enumerate(quoted):
        choice = _choice(setting, where.get(number, -1), number, history, ranker)
        if choice is None:
            yield None
            continue
        if choice.candidate is not None and choice.memorable:
            history.add(number, choice.candidate, setting.entity(choice.candidate))
        yield _quotation(number, span, choice, setting, entities, named, where.get(number, -1))


class _Choice(NamedTuple):
    """Who speaks, how surely, by which rule; ``memorable`` when it says something of the next quotations."""

    candidate: Candidate | None
    confidence: float
    found: Answer | None
    memorable: bool


def _choice(
    setting: Setting, paragraph: int, number: int, history: History, ranker: Ranker | None
) -> _Choice | None:
    """Choose the speaker of a quotation; None when it is none after all."""
    found = setting.rules.get(number)
    span = setting.quoted[number]
    pointed = setting.pointed.get(number)
    # What is woven into a sentence may be no quotation, whatever stands before it.
    heard = span.kind == "direct" or pointed is None or pointed.genuine > _GENUINE
    if found is not None and found.sure and heard:
        return _Choice(found.candidate, SURE if found.candidate else NAMELESS, found, True)
    ranking = ranker.rank(setting, paragraph, number, history) if ranker and paragraph >= 0 else None
    if ranking is not None and ranker is not None:
        calibration = ranker.calibrated(pointed)
        confidence = calibration.probability(evidence(span, ranking, found, paragraph, pointed))
        agreed = found if found is not None and found.candidate is ranking.candidate else None
        clearly = span.score >= _CLEARLY and (pointed is None or pointed.genuine > _GENUINE)
        beside = agreed is not None and not agreed.reason and ranking.candidate.paragraph == paragraph
        doubtful = beside and _heard(setting, span, pointed)
        if confidence < calibration.least and not clearly and not doubtful:
            return None
        if found is not None and found.reason == SAME_WORDS:
            return _Choice(found.candidate, SURE, found, False)
        if _undergoes(ranking.candidate):
            return _Choice(None, confidence, None, False)
        memorable = span.kind == "direct" or ranking.probability > _REMEMBERED
        return _Choice(ranking.candidate, confidence, agreed, memorable)
    if found is not None:
        return _Choice(found.candidate, BY_RULES, found, False)
    return _Choice(None, 0.0, None, False)


def _heard(setting: Setting, span: QuotedSpan, pointed: Pointed | None) -> bool:
    """Whether the encoder takes it for somebody's words; where rule and ranker agree on whose, it is shown
    as doubtful rather than not at all."""
    words = setting.text[span.start : span.end].split()
    return pointed is not None and pointed.genuine > _HEARD and len(words) >= _FEWEST


def _undergoes(candidate: Candidate) -> bool:
    """Whether a thing is only what something is done to: "filed under “parks and benches”"."""
    return (
        candidate.dep == "nsubj:pass"
        and candidate.named is None
        and candidate.word.pos != "PRON"
        and noun_kind(candidate.lower) not in ("person", "group", "body")
    )


def endings(text: str, quoted: Sequence[QuotedSpan]) -> dict[int, str]:
    """The punctuation that ends each quotation inside its marks, by number; empty for none."""
    found = {}
    for number, span in enumerate(quoted):
        match = _ENDING.search(text, max(span.start, span.end - 4), span.end)
        found[number] = match.group(1) if match else ""
    return found


def _quotation(
    number: int,
    span: QuotedSpan,
    choice: _Choice,
    setting: Setting,
    entities: Sequence[Entity],
    named: Mentions,
    paragraph: int,
) -> Quotation:
    identity = quotation_id(span.start)
    candidate, found = choice.candidate, choice.found
    sure = round(choice.confidence, 3)
    if candidate is None:
        told = found.reason if found is not None else NOBODY
        return Quotation(identity, span.kind, span.start, span.end, None, None, sure, told)
    meaning = antecedent(setting.scenes, candidate)
    meant = setting.entity(meaning)
    role = None
    if meant < 0 and meaning is not candidate and candidate.lower in PERSONAL:
        # The words stay those that stand beside the quotation.
        role = stood_for(setting.text[meaning.start : _end(setting, meaning, named)])
    elif meant < 0:
        candidate = meaning
    entity = entities[meant] if meant >= 0 else None
    end = _end(setting, candidate, named)
    if candidate.role is not None:
        role = shown_role(setting.text[slice(*candidate.role)])
    name = entity.name if entity else None
    speaker = Speaker(candidate.start, end, entity.id if entity else None, name, role)
    cue = _cue(found, candidate, setting, paragraph)
    told = reason(setting.scenes, paragraph, number, candidate, found)
    return Quotation(identity, span.kind, span.start, span.end, cue, speaker, sure, told)


def _end(setting: Setting, candidate: Candidate, named: Mentions) -> int:
    return end_of_wording(setting.scenes[candidate.paragraph].paragraph, candidate, named)


def _cue(found: Answer | None, candidate: Candidate, setting: Setting, paragraph: int) -> Cue | None:
    """The words that introduce the quotation: the rule's, or the speaker's reporting verb beside it."""
    words = setting.scenes[candidate.paragraph].paragraph.words
    if found is not None and found.cue[0] >= 0:
        return Cue(words[found.cue[0]].start, words[found.cue[1]].end)
    if found is None and candidate.paragraph == paragraph and candidate.verb >= 0:
        verb = words[candidate.verb]
        if setting.scenes[paragraph].is_cue(candidate.verb):
            return Cue(verb.start, verb.end)
    return None
