"""The marked text of an HTML export: passages with their names, quotations, cues and speakers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from reader.export.inert import inert_line, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.analysis import Entity, Quotation
    from reader.article import Block
    from reader.export.view import Run, View

_TYPES = {"PERSON": "person", "PLACE": "place", "ORG": "organisation", "GROUP": "group"}
_SURE_ENOUGH = 0.6


class Anchors:
    """The identifiers of a page: numbers given here, so that nothing foreign is in them."""

    def __init__(self, view: View) -> None:
        quotations = sorted(view.analysis.quotations, key=lambda q: (q.start, -q.end))
        self.number = {quotation.id: number for number, quotation in enumerate(quotations, 1)}
        self._entities = {entity.id: f"e{number}" for number, entity in enumerate(view.analysis.entities, 1)}

    def quotation(self, quotation: Quotation) -> str:
        """The quotation in the text."""
        return f"q{self.number[quotation.id]}"

    def note(self, quotation: Quotation) -> str:
        """Its note."""
        return f"n{self.number[quotation.id]}"

    def entity(self, entity: Entity | None) -> str | None:
        """The entity's entry in the index, None when it has none."""
        return self._entities.get(entity.id) if entity else None

    def mention(self, entity: Entity, number: int) -> str:
        """The entity's mention of that number in the text."""
        return f"{self._entities[entity.id]}-{number}"


class Marker:
    """Writes passages in order; each identifier is given to the first element that it fits."""

    def __init__(self, view: View, anchors: Anchors) -> None:
        self._view = view
        self._anchors = anchors
        self._given: set[str] = set()

    def passage(self, passage: Block) -> tuple[str, str]:
        """Return a passage's text and a list item for each quotation that begins in it, both as HTML."""
        pieces: list[str] = []
        noted: list[Quotation] = []
        opened: list[tuple[str, str]] = []  # tags that are open: what opened each, and what closes it
        for run in self._view.runs(passage):
            layers = list(self._layers(run))
            kept = 0
            while kept < min(len(layers), len(opened)) and layers[kept][0] == opened[kept][0]:
                kept += 1
            pieces += (closing for _, closing in reversed(opened[kept:]))
            del opened[kept:]
            for key, tag, attributes, anchor in layers[kept:]:
                pieces.append(f"<{tag}{attributes}{self._identifier(anchor)}>")
                opened.append((key, f"</{tag}>"))
            pieces.append(escape(self._view.text[run.start : run.end], quote=False))
            quotation = run.quotation
            if quotation and self._anchors.note(quotation) not in self._given:
                self._given.add(self._anchors.note(quotation))
                noted.append(quotation)
            if quotation and run.end == min(quotation.end, passage.end) and quotation.end <= passage.end:
                pieces += (closing for _, closing in reversed(opened))
                opened.clear()
                pieces.append(self._reference(quotation))
        pieces += (closing for _, closing in reversed(opened))
        return "".join(pieces).strip(), "".join(map(self._note, noted))

    def _layers(self, run: Run) -> Iterator[tuple[str, str, str, str | None]]:
        """The elements around a run, outermost first: key, tag, attributes, identifier."""
        if run.quotation:
            anchor = self._anchors.quotation(run.quotation)
            number = self._anchors.number[run.quotation.id]
            yield anchor, "q", f' data-n="{number}" tabindex="-1"', anchor
        if run.speaker:
            yield f"speaker {run.speaker.start}", "span", ' class="speaker"', None
        if run.cue:
            yield f"cue {run.cue.start}", "span", ' class="cue"', None
        if run.link and (address := web_address(run.link.url)):
            yield f"link {run.link.start}", "a", f' href="{escape(address)}" rel="noreferrer noopener"', None
        if run.mention:
            entity = run.mention.entity
            anchor = self._anchors.mention(entity, run.mention.number)
            title = escape(f"{self._view.name(entity)}, {_TYPES[entity.type]}")
            attributes = f' class="{entity.type.lower()}" title="{title}"'
            if run.link:
                yield anchor, "span", attributes, anchor
            else:
                yield anchor, "a", f'{attributes} href="#{self._anchors.entity(entity)}"', anchor

    def _identifier(self, anchor: str | None) -> str:
        if anchor is None or anchor in self._given:
            return ""
        self._given.add(anchor)
        return f' id="{anchor}"'

    def _reference(self, quotation: Quotation) -> str:
        number = self._anchors.number[quotation.id]
        name = self._view.speaker_name(quotation)
        label = escape(f"Quotation {number}, {'by ' + name if name else 'speaker not named'}")
        return f'<a class="ref" href="#{self._anchors.note(quotation)}" aria-label="{label}">{number}</a>'

    def _note(self, quotation: Quotation) -> str:
        number = self._anchors.number[quotation.id]
        doubt = ' class="doubt"' if quotation.confidence < _SURE_ENOUGH else ""
        return (
            f'<li id="{self._anchors.note(quotation)}" data-n="{number}"{doubt}>'
            f'<a href="#{self._anchors.quotation(quotation)}" aria-label="Quotation {number}">{number}</a>'
            f"<div>{attribution(self._view, self._anchors, quotation)}</div></li>"
        )


def speaker(view: View, anchors: Anchors, quotation: Quotation) -> str:
    """Who is quoted, linked with the index when that has an entry."""
    name = view.speaker_name(quotation)
    if name is None:
        return "<b>Speaker not named</b>"
    anchor = anchors.entity(view.speaker_entity(quotation))
    return f'<b><a href="#{anchor}">{escape(name)}</a></b>' if anchor else f"<b>{escape(name)}</b>"


def attribution(view: View, anchors: Anchors, quotation: Quotation) -> str:
    """Speaker, the words that name the speaker and the cue, confidence and evidence."""
    words = [f'<span class="cue">{escape(view.words(quotation.cue))}</span>'] if quotation.cue else []
    if quotation.speaker:
        spoken = view.words(quotation.speaker)
        if spoken.casefold() != (view.speaker_name(quotation) or "").casefold():
            words.insert(0, f"“{escape(spoken)}”")
    basis = [f"{meter(quotation.confidence)}{quotation.confidence:.0%} sure"] if quotation.speaker else []
    if evidence := inert_line(quotation.evidence):
        basis.append(escape(evidence))
    lines = (" ".join(words), " · ".join(basis))
    spans = "".join(f'<span class="line">{line}</span>' for line in lines if line)
    return speaker(view, anchors, quotation) + spans


def meter(share: float) -> str:
    """A small bar, as long as the share (0 to 1)."""
    width = round(100 * min(1.0, max(0.0, share)))
    return (
        '<svg class="sure" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="ground" width="100" height="10"/><rect class="bar" width="{width}" height="10"/></svg>'
    )
