"""Beside the text of an HTML export: where the quotations are, who speaks, every quotation and name."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from reader.export.html_text import Anchors, Marker, attribution, speaker
from reader.export.plain import count
from reader.model.article import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.export.view import ExportView
    from reader.model.analysis import Entity, Quotation

_VOICES = 8  # how many speakers the chart shows
_PLACES = 40  # how many mentions of an entity are linked


def strip(view: ExportView, anchors: Anchors) -> str:
    """A line as long as the article with a bar where each quotation is."""
    if not view.analysis.quotations or not view.passages:
        return ""
    start, end = view.passages[0].start, view.passages[-1].end
    scale = 1000 / max(1, end - start)
    bars = []
    for quotation in view.analysis.quotations:
        place = anchors.place(quotation)
        if place is None:
            continue
        left = max(0.0, (quotation.start - start) * scale)
        width = max(3.0, (quotation.end - quotation.start) * scale)
        number = anchors.number[quotation.id]
        bars.append(
            f'<a href="#{place}" tabindex="-1"><title>Quotation {number}: '
            f"{escape(view.index.speaker(quotation), quote=False)}</title>"
            f'<rect class="bar" x="{left:.1f}" width="{width:.1f}" height="10" rx="1"/></a>'
        )
    return (
        '<svg class="strip" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="ground" y="4" width="1000" height="2"/>{"".join(bars)}</svg>\n'
    )


def quotation_figures(view: ExportView, anchors: Anchors, marker: Marker) -> Iterator[str]:
    """Every quotation set by itself, for an export of quotations alone."""
    for quotation in view.analysis.quotations:
        text, _ = marker.passage(Block("paragraph", quotation.start, quotation.end))
        anchors.given.add(anchors.note(quotation))  # the figure itself
        yield (
            f'<figure class="quote" id="{anchors.note(quotation)}"><blockquote><p>{text}</p></blockquote>'
            f"<figcaption>{attribution(view, anchors, quotation)}</figcaption></figure>\n"
        )


def index(view: ExportView, anchors: Anchors) -> Iterator[str]:
    """The side list."""
    if not view.analysis.quotations and not view.analysis.entities:
        return
    yield '<nav class="index" aria-label="Quotations and names">\n'
    yield from _voices(view, anchors)
    if view.options.only is None:
        yield from _quotations(view, anchors)
    if view.options.only != "quotations":
        for display, entities in view.entities_by_type():
            items = "".join(_entity(view, anchors, entity) for entity in entities)
            yield f"<section><h2>{display}</h2><ul>{items}</ul></section>\n"
    yield "</nav>\n"


def _voices(view: ExportView, anchors: Anchors) -> Iterator[str]:
    """How many words each named speaker has; who stays unnamed is counted in the last line."""
    voices: dict[str, list[Quotation]] = {}
    for quotation in view.analysis.quotations:
        if name := view.index.resolved_name(quotation):
            voices.setdefault(name, []).append(quotation)
    if len(voices) < 2:
        return
    spoken = {name: sum(len(view.index.words(q).split()) for q in quoted) for name, quoted in voices.items()}
    longest = max(1, *spoken.values())
    names = sorted(voices, key=lambda name: -spoken[name])[:_VOICES]
    items = []
    for name in names:
        width = max(1, round(100 * spoken[name] / longest))
        items.append(
            f"<li>{speaker(view, anchors, voices[name][0])}<small>{count(spoken[name], 'word')}</small>"
            '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
            '<rect class="ground" y="4" width="100" height="2"/>'
            f'<rect class="bar" width="{width}" height="10"/></svg></li>'
        )
    others = len(view.analysis.quotations) - sum(len(voices[name]) for name in names)
    if others:
        items.append(f"<li><small>and {count(others, 'quotation')} of others</small></li>")
    yield f'<section class="voices"><h2>Who speaks</h2><ul>{"".join(items)}</ul></section>\n'


def _quotations(view: ExportView, anchors: Anchors) -> Iterator[str]:
    items = []
    for quotation in view.analysis.quotations:
        words = view.index.words(quotation)
        short = words if len(words) <= 90 else words[:88].rsplit(" ", 1)[0] + " …"
        items.append(
            f"<li><span>{anchors.number[quotation.id]}</span><div>"
            f"{anchors.link(quotation, escape(short, quote=False))}"
            f"<small>— {speaker(view, anchors, quotation)}</small></div></li>"
        )
    if items:
        yield f'<section class="quotations"><h2>Quotations</h2><ol>{"".join(items)}</ol></section>\n'


def _entity(view: ExportView, anchors: Anchors, entity: Entity) -> str:
    """A name that leads to its first mention, other names, further mentions, what it said."""
    aliases = "; ".join(view.index.aliases(entity))
    lines = [f"<small>also {escape(aliases)}</small>"] if aliases else []
    name = escape(view.index.name(entity))
    style = entity.type.lower()
    shown = [anchors.mention(entity, number) for number in range(len(entity.mentions))]
    shown = [anchor for anchor in shown if anchor in anchors.given]
    name = (
        f'<a class="{style}" href="#{shown[0]}">{name}</a>'
        if shown
        else f'<span class="{style}">{name}</span>'
    )
    if len(shown) > 1:
        links = [
            f'<a href="#{anchor}" aria-label="mention {number}">{number}</a>'
            for number, anchor in enumerate(shown[:_PLACES], 1)
        ]
        more = f" and {len(shown) - _PLACES} more" if len(shown) > _PLACES else ""
        lines.append(f'<small class="places">named {" ".join(links)}{more}</small>')
    elif view.options.only:
        lines.append(f"<small>{count(len(entity.mentions), 'mention')}</small>")
    if (said := view.index.said_by(entity.id)) and view.options.only is None:
        numbers = " ".join(anchors.link(quotation, str(anchors.number[quotation.id])) for quotation in said)
        lines.append(f'<small class="places">quoted {numbers}</small>')
    return f'<li id="{anchors.entity(entity)}"><b>{name}</b>{"".join(lines)}</li>\n'
