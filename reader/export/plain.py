"""Plain text, read from top to bottom: for pipes and screen readers.

Names are written ``[PERSON: Putin]`` and every quotation is followed by ``[SPEAKER: Vladimir Putin]``.
"""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

from reader.export.view import ExportView
from reader.index import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.export.options import Options
    from reader.model.analysis import Analysis, Quotation
    from reader.model.article import Article, Block

_LEADS = {"list_item": "- ", "block_quotation": "> "}


def render(article: Article, analysis: Analysis, options: Options) -> str:
    """Return the article as linear text, or with ``only`` a list of its quotations or entities."""
    view = ExportView(article, analysis, options)
    if options.only == "quotations":
        parts = [quotation_lines(view, quotation) for quotation in view.analysis.quotations]
    elif options.only == "entities":
        parts = list(_entity_lists(view))
    else:
        parts = [_passage(view, passage) for passage in view.passages]
        if not options.continued:
            if not view.opens_with_title and article.title:
                parts.insert(0, view.index.title)
            if view.details:
                parts.insert(1, " · ".join(view.details))
    return "\n\n".join(parts) + "\n"


def quotation_lines(view: ExportView, quotation: Quotation) -> str:
    """A quotation, and under it who said it and how sure that is."""
    return f"{view.index.words(quotation)}\n    — {attribution(view, quotation)}"


def speaker(view: ExportView, quotation: Quotation) -> str:
    """Who is quoted, with the description that stands beside the name."""
    return ", ".join(filter(None, (view.index.speaker(quotation), view.index.role(quotation))))


def attribution(view: ExportView, quotation: Quotation) -> str:
    """Speaker, cue, paragraph and confidence of a quotation on one line."""
    parts = [speaker(view, quotation)]
    if quotation.cue:
        parts.append(view.index.words(quotation.cue))
    parts.append(view.index.place(quotation.start))
    if quotation.speaker:
        parts.append(f"{percent(quotation.confidence)} sure")
    return " · ".join(parts)


def _passage(view: ExportView, passage: Block) -> str:
    pieces: list[str] = []
    runs = view.runs(passage)
    for number, run in enumerate(runs):
        following = runs[number + 1] if number + 1 < len(runs) else None
        text = view.text[run.start : run.end]
        if run.mention:
            if run.start == max(run.mention.start, passage.start):
                pieces.append(f"[{run.mention.entity.type}: ")
            pieces.append(text)
            if following is None or following.mention is not run.mention:
                pieces.append("]")
        else:
            pieces.append(text)
        ends = following is None or following.quotation is not run.quotation
        # A quotation that goes on in the next paragraph is attributed at its end.
        if run.quotation and ends and (run.quotation.end <= passage.end or passage is view.passages[-1]):
            pieces.append(f" [SPEAKER: {view.index.speaker(run.quotation)}]")
    if passage.kind == "code":
        return indent("".join(pieces).strip("\n"), "    ")
    return _LEADS.get(passage.kind, "") + "".join(pieces).strip()


def _entity_lists(view: ExportView) -> Iterator[str]:
    for display, entities in view.entities_by_type():
        lines = [display]
        for entity in entities:
            aliases = "; ".join(view.index.aliases(entity))
            also = f" (also {aliases})" if aliases else ""
            lines.append(f"- {view.index.name(entity)}{also}: {count(len(entity.mentions), 'mention')}")
        yield "\n".join(lines)


def count(number: int, noun: str) -> str:
    """A number with its noun: ``1 mention``, ``2 mentions``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
