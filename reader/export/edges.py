"""An edge list: which outlet quotes whom, and whom the quoted mention.

Network tools (Gephi, NetworkX, Cytoscape) read it as it is and add up the weights of parallel edges.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.export.table import Cell, write_table
from reader.export.view import ExportView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from reader.export.options import Options
    from reader.model.analysis import Analysis
    from reader.model.article import Article

HEADER = (
    "Source",
    "Target",
    "Relation",
    "Weight",
    "Confidence",
    "Source type",
    "Target type",
    "Article",
    "Title",
    "Published",
)


def write_many(results: Iterable[tuple[Article, Analysis]], stream: BinaryIO, options: Options) -> None:
    """Write the edges of every article.

    ``quotes`` goes from the outlet (or the source, when no outlet is known) to the speaker of each
    quotation; ``mentions`` from the speaker to each entity named inside the quotation. Speakers that
    the text does not name ("a resident") are left out. Weight counts quotations or mentions in the
    article, confidence is the mean of the attributions that the edge rests on.
    """
    options = replace(options, only=None)  # an edge needs both quotations and entities
    write_table(HEADER, (row for result in results for row in _rows(ExportView(*result, options))), stream)


def _rows(view: ExportView) -> Iterator[tuple[Cell, ...]]:
    article = view.article
    outlet = view.index.site or view.index.source or "unknown source"
    edges: dict[tuple[str, str, str, str, str], list[float]] = {}
    for quotation in view.analysis.quotations:
        entity = view.index.speaker_entity(quotation)
        if quotation.speaker is None or (entity is None and not quotation.speaker.name):
            continue
        speaker = view.index.speaker_name(quotation) or ""
        kind = entity.type if entity else ""
        edges.setdefault((outlet, speaker, "quotes", "OUTLET", kind), []).append(quotation.confidence)
        for mention in view.index.mentions_in(quotation.start, quotation.end):
            named, inside = mention.entity, mention.start >= quotation.start and mention.end <= quotation.end
            if inside and (entity is None or named.id != entity.id):
                edge = (speaker, view.index.name(named), "mentions", kind, named.type)
                edges.setdefault(edge, []).append(quotation.confidence)
    for (start, target, relation, start_type, target_type), confidences in edges.items():
        yield (
            start,
            target,
            relation,
            len(confidences),
            round(sum(confidences) / len(confidences), 3),
            start_type,
            target_type,
            article.source,
            article.title,
            article.published,
        )
