"""Attribute the quotations of an article to their speakers, in text order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.attribution.candidates import Mentions
from reader.language.attribution.confidence import BY_RULES, evidence
from reader.language.attribution.features import History, Lexicon, Setting
from reader.language.attribution.ranker import load_ranker
from reader.language.attribution.resolver import resolutions
from reader.language.attribution.scenes import scenes_of
from reader.language.attribution.sieve import sift
from reader.language.attribution.wording import end_of_wording
from reader.language.quotations.finder import paragraphs
from reader.model.analysis import Cue, Quotation, Speaker, quotation_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.language.attribution.candidates import Candidate
    from reader.language.attribution.ranker import Ranker, Ranking
    from reader.language.attribution.scenes import Parse
    from reader.language.attribution.sieve import Found
    from reader.language.quotations import QuotedSpan
    from reader.model.analysis import Entity
    from reader.model.article import Block

# A quotation whose speaker is this doubtful tells the ranker nothing about the next one's.
_REMEMBERED = 0.5
# What so surely is a quotation stays one, however doubtful its speaker.
_CLEARLY = 0.97


def attribute(
    text: str,
    blocks: Sequence[Block],
    quoted: Sequence[QuotedSpan],
    entities: Sequence[Entity],
    parse: Parse | None,
) -> Iterator[Quotation | None]:
    """Yield one attributed quotation for every quoted span, in order; None for one that is none after all.

    ``parse`` tags and parses the strings that it is given; without it, or when its documents have no
    dependencies, cue patterns decide alone.
    """
    scenes = scenes_of(text, blocks, quoted, entities, parse)
    rules = sift(scenes)
    ranked = any(scene.paragraph.parsed for scene in scenes.values())
    ranker = load_ranker() if ranked else None
    mentions = {number: [m.start for m in entity.mentions] for number, entity in enumerate(entities)}
    spans = list(paragraphs(text, blocks))
    means = resolutions(text, spans, quoted, scenes, Mentions(entities), entities)
    lexicon = ranker.lexicon if ranker is not None else Lexicon({}, {})
    setting = Setting(text, quoted, scenes, rules, lexicon, mentions, means)
    history = History()
    where = {quotation: number for number, scene in scenes.items() for quotation in scene.order}
    for number, span in enumerate(quoted):
        ranking = None
        if ranker is not None and number in where:
            ranking = ranker.rank(setting, where[number], number, history)
            if ranking is not None and (span.kind == "direct" or ranking.probability > _REMEMBERED):
                history.add(number, ranking.candidate, setting.entity(ranking.candidate))
        yield _quotation(number, span, ranking, setting, entities, where.get(number, -1), ranker)


def _quotation(
    number: int,
    span: QuotedSpan,
    ranking: Ranking | None,
    setting: Setting,
    entities: Sequence[Entity],
    paragraph: int,
    ranker: Ranker | None,
) -> Quotation | None:
    identity = quotation_id(span.start)
    found = setting.rules.get(number)
    if ranking is not None and ranker is not None:
        candidate = ranking.candidate
        confidence = ranker.calibration.probability(evidence(span, ranking, found, paragraph))
        if confidence < ranker.calibration.least and span.score < _CLEARLY:
            return None
        agreed = found is not None and found.candidate is candidate
        reason = f"{_reason(found, candidate, setting, paragraph)}, ranker {ranking.probability:.2f}"
    elif found is not None:
        candidate, confidence, agreed, reason = found.candidate, BY_RULES, True, found.rule
    else:
        return Quotation(identity, span.kind, span.start, span.end, None, None, 0.0, "no speaker found")
    meant = setting.entity(candidate)
    entity = entities[meant] if meant >= 0 else None
    end = end_of_wording(setting.scenes[candidate.paragraph].paragraph, candidate)
    speaker = Speaker(candidate.start, end, entity.id if entity else None, entity.name if entity else None)
    cue = _cue(found if agreed else None, candidate, setting, paragraph)
    return Quotation(identity, span.kind, span.start, span.end, cue, speaker, confidence, reason)


def _reason(found: Found | None, candidate: Candidate, setting: Setting, paragraph: int) -> str:
    """Why a candidate was chosen, in a phrase: the rule that agrees, or else what it is in its sentence."""
    if found is not None and found.candidate is candidate:
        return found.rule
    words = setting.scenes[candidate.paragraph].paragraph.words
    if candidate.verb >= 0 and not words[candidate.verb].masked:
        role = f"subject of “{words[candidate.verb].text}”"
    else:
        role = "named nearby"
    if candidate.paragraph == paragraph:
        return role
    return f"{role}, {'an earlier' if candidate.paragraph < paragraph else 'the next'} paragraph"


def _cue(found: Found | None, candidate: Candidate, setting: Setting, paragraph: int) -> Cue | None:
    """The words that introduce the quotation: the rule's, or the speaker's reporting verb beside it."""
    words = setting.scenes[candidate.paragraph].paragraph.words
    if found is not None and found.cue[0] >= 0:
        return Cue(words[found.cue[0]].start, words[found.cue[1]].end)
    if found is None and candidate.paragraph == paragraph and candidate.verb >= 0:
        verb = words[candidate.verb]
        if setting.scenes[paragraph].is_cue(candidate.verb):
            return Cue(verb.start, verb.end)
    return None
