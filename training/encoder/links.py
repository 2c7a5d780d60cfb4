"""Questions that a word or a quotation asks of its surroundings: who speaks, and who is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.language.quotations.finder import stretches_by_paragraph
from training.quotations.articles import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from training.encoder.treebank import Document

_PRONOUNS = frozenset(
    "he she they it him her them his hers their theirs its himself herself themselves itself".split()
)
_UNKNOWN = -1


def speakers(gold: Any, article: Any) -> Iterator[tuple[int, int, int, int, list[int] | None]]:
    """Kind, first and last piece, whether it is a quotation, and the pieces of the words that answer."""
    flat = [s for _, _, found in stretches_by_paragraph(gold.text, ()) for s in found]
    matched, touching = matches(gold.units, [(stretch.start, stretch.end) for stretch in flat])
    for index, stretch in enumerate(flat):
        inside = article.within(stretch.start, stretch.end)
        if not inside or index in touching:
            continue
        unit = matched.get(index)
        label = 0
        targets: list[int] | None = None
        if unit is not None:
            label = _UNKNOWN if unit.kind == "scare" else 1
            targets = article.within(*unit.head) if unit.head is not None else None
            if unit.head is None and unit.kind != "scare":
                targets = []
        yield 0, inside[0], inside[-1], label, targets
    for unit in gold.units:
        if unit.head is None or unit.source_kind == "named" or unit.entity is None:
            continue
        query = article.within(*unit.head)
        if not query:
            continue
        answers = [
            piece
            for start, end in gold.names.get(unit.entity, ())
            if start < unit.head[0]
            for piece in article.within(start, end)
        ]
        yield 1, query[-1], query[-1], _UNKNOWN, answers


def coreference(document: Document, places: list[list[int]]) -> Iterator[tuple[int, list[int]]]:
    """For every pronoun its piece, and those of the words that named or described whom it means."""
    if not document.linked:
        return
    known: dict[str, list[int]] = {}
    for sentence, pieces in zip(document.sentences, places, strict=True):
        for entity, first, last in sorted(sentence.mentions, key=lambda mention: mention[1:]):
            words = sentence.words[first : last + 1]
            if first == last and words[0].form.lower() in _PRONOUNS:
                yield pieces[first], list(known.get(entity, ()))
                continue
            heads = [
                number
                for number in range(first, last + 1)
                if not first < sentence.words[number].head <= last + 1
                or sentence.words[number].head - 1 == number
            ]
            top = heads[0] if len(heads) == 1 else last
            chosen = [
                number
                for number in range(first, last + 1)
                if number == top
                or (sentence.words[number].relation == "flat" and sentence.words[number].head - 1 == top)
            ]
            if sentence.words[top].pos != "PRON":
                known.setdefault(entity, []).extend(pieces[number] for number in chosen)
