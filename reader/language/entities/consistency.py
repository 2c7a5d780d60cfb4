"""What a whole article says about its names, laid over what single paragraphs seemed to say.

The recogniser reads a few paragraphs at a time. Afterwards halves of a name come together, and the article
votes: one name has one type throughout, unless a sentence leaves no choice; the family name of a person named
in full is that person; initials in brackets after an organisation are its short name; technical terms are
nobody; and a name found twice is not missed the third time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.entities.acronyms import acronyms_of_others, defined_acronyms
from reader.language.entities.boundaries import completed, joined, parted, trimmed
from reader.language.entities.headings import with_headings
from reader.language.entities.names import is_title, words
from reader.language.entities.overlaps import without_overlaps
from reader.language.entities.repeats import with_repeats
from reader.language.entities.rolls import with_rolls
from reader.language.entities.terms import explained_terms, without_lone_words, without_terms
from reader.language.entities.transcriptions import with_own_letters
from reader.language.entities.turns import with_labels
from reader.language.entities.votes import one_type_per_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.entities.labels import TypedSpan


def consistent(text: str, mentions: Sequence[TypedSpan]) -> list[TypedSpan]:
    """The article's mentions, corrected by each other; sorted, none overlapping another.

    Offsets are those of the whole article ``text``. The order in which mentions are given does not matter.
    """
    apart = parted(text, sorted(mentions, key=_order))
    spans = without_overlaps(trimmed(text, span) for span in apart)
    spans = completed(text, joined(text, _without_bare_titles(text, spans)))
    spans, transcribed = with_own_letters(text, with_rolls(text, spans))
    spans, labels = with_labels(text, spans)
    terms = explained_terms(text) | acronyms_of_others(text, spans)
    spans = with_headings(text, sorted(spans, key=_order))
    spans, short_for = defined_acronyms(text, spans)
    spans = one_type_per_name(text, spans, short_for | transcribed | labels)
    spans = without_terms(text, with_repeats(text, spans), short_for, terms)
    spans = without_lone_words(text, spans)
    return sorted((span for span in spans if span.type != "OTHER"), key=_order)


def _without_bare_titles(text: str, spans: list[TypedSpan]) -> list[TypedSpan]:
    """The spans without offices taken for people ("the President"); a last name may be an office too."""
    names = [words(text[span.start : span.end]) for span in spans]
    people = [parts for parts, span in zip(names, spans, strict=True) if span.type == "PERSON"]
    last = {parts[-1] for parts in people if len(parts) > 1}
    bare = [len(parts) == 1 and is_title(parts[0]) and parts[0] not in last for parts in names]
    return [s for s, dropped in zip(spans, bare, strict=True) if not (dropped and s.type == "PERSON")]


def _order(span: TypedSpan) -> tuple[int, int, str, float]:
    return (span.start, span.end, span.type, span.score or 0.0)
