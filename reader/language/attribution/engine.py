"""Attribute the quotations of an article to their speakers, in text order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.analysis import Cue, Quotation, Speaker
from reader.language.attribution.candidates import Mentions
from reader.language.attribution.features import History, Lexicon, Setting
from reader.language.attribution.ranker import load_ranker
from reader.language.attribution.resolver import resolutions
from reader.language.attribution.scenes import scenes_of
from reader.language.attribution.sieve import Found, sift
from reader.language.quotations.finder import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.analysis import Entity
    from reader.article import Block
    from reader.language.attribution.ranker import Ranking
    from reader.language.attribution.scenes import Parse, Scene
    from reader.language.quotations import QuotedSpan

# A quotation whose speaker is this doubtful tells the ranker nothing about the next one's.
_REMEMBERED = 0.5


def attribute(
    text: str,
    blocks: Sequence[Block],
    quoted: Sequence[QuotedSpan],
    entities: Sequence[Entity],
    parse: Parse | None,
) -> Iterator[Quotation]:
    """Yield one attributed quotation for every quoted span, in order.

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
        yield _quotation(number, span, ranking, setting, entities)


def _quotation(
    number: int, span: QuotedSpan, ranking: Ranking | None, setting: Setting, entities: Sequence[Entity]
) -> Quotation:
    identity = f"q{number + 1}"
    found = setting.rules.get(number)
    if ranking is not None:
        candidate, confidence = ranking.candidate, ranking.probability
        agreed = found is not None and found.candidate is candidate
        reason = found.rule if found is not None and agreed else _reason(candidate, setting.scenes)
        evidence = f"{reason}, ranker {confidence:.2f}"
    elif found is not None:
        candidate, confidence, agreed, evidence = found.candidate, 0.6, True, found.rule
    else:
        return Quotation(identity, span.kind, span.start, span.end, None, None, 0.0, "no speaker found")
    cue = _cue(found, candidate, agreed, setting.scenes)
    meant = setting.entity(candidate)
    entity = entities[meant] if meant >= 0 else None
    speaker = Speaker(
        candidate.start, candidate.end, entity.id if entity else None, entity.name if entity else None
    )
    return Quotation(identity, span.kind, span.start, span.end, cue, speaker, confidence, evidence)


def _reason(candidate: object, scenes: dict[int, Scene]) -> str:
    return "likeliest of the names around it"


def _cue(found: Found | None, candidate: object, agreed: bool, scenes: dict[int, Scene]) -> Cue | None:
    if found is None or not agreed or found.cue[0] < 0:
        return None
    words = scenes[found.candidate.paragraph].paragraph.words
    return Cue(words[found.cue[0]].start, words[found.cue[1]].end)
