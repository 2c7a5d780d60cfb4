"""The marked text of an HTML export: passages with their names, quotations, cues and speakers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from reader.index import TYPE_NAMES, Doubt, percent
from reader.text.safety import one_line, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.export.view import ExportView, Run
    from reader.model.analysis import Entity, Quotation
    from reader.model.article import Block


class Anchors:
    """The identifiers of a page: numbers given here, so that nothing foreign is in them."""

    def __init__(self, view: ExportView) -> None:
        quotations = sorted(view.analysis.quotations, key=lambda q: (q.start, -q.end))
        self.number = {quotation.id: number for number, quotation in enumerate(quotations, 1)}
        self._entities = {entity.id: f"e{number}" for number, entity in enumerate(view.analysis.entities, 1)}
        self._indexed = view.options.only != "quotations"
        self.given: set[str] = set()

    def quotation(self, quotation: Quotation) -> str:
        """The quotation in the text."""
        return f"q{self.number[quotation.id]}"

    def place(self, quotation: Quotation) -> str | None:
        """Where to go for a quotation: itself, its note if another covers it, None if it is not shown."""
        anchors = (self.quotation(quotation), self.note(quotation))
        return next((anchor for anchor in anchors if anchor in self.given), None)

    def link(self, quotation: Quotation, label: str) -> str:
        """A label (HTML) that leads to a quotation, if that is on the page."""
        place = self.place(quotation)
        return f'<a href="#{place}">{label}</a>' if place else label

    def note(self, quotation: Quotation) -> str:
        """Its note."""
        return f"n{self.number[quotation.id]}"

    def entity(self, entity: Entity | None) -> str | None:
        """The entity's entry in the index, None when it has none."""
        return self._entities.get(entity.id) if entity and self._indexed else None

    def mention(self, entity: Entity, number: int) -> str:
        """The entity's mention of that number, from 0, in the text."""
        return f"{self._entities[entity.id]}-{number + 1}"


class Marker:
    """Writes passages in order; each identifier is given to the first element that it fits."""

    def __init__(self, view: ExportView, anchors: Anchors) -> None:
        self._view = view
        self._anchors = anchors

    def passage(self, passage: Block) -> tuple[str, str]:
        """Return a passage's text and a list item for each quotation that begins in it, both as HTML."""
        pieces: list[str] = []
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
            if quotation and run.end == min(quotation.end, passage.end) and quotation.end <= passage.end:
                pieces += (closing for _, closing in reversed(opened))
                opened.clear()
                pieces.append(self._reference(quotation))
        pieces += (closing for _, closing in reversed(opened))
        text = "".join(pieces)
        return text.strip("\n" if passage.kind == "code" else None), "".join(self._notes(passage))

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
            title = escape(f"{self._view.index.name(entity)}, {TYPE_NAMES[entity.type][0]}")
            attributes = f' class="{entity.type.lower()}" title="{title}"'
            indexed = self._anchors.entity(entity)
            if run.link or indexed is None:
                yield anchor, "span", attributes, anchor
            else:
                yield anchor, "a", f'{attributes} href="#{indexed}"', anchor

    def _identifier(self, anchor: str | None) -> str:
        if anchor is None or anchor in self._anchors.given:
            return ""
        self._anchors.given.add(anchor)
        return f' id="{anchor}"'

    def _reference(self, quotation: Quotation) -> str:
        number = self._anchors.number[quotation.id]
        label = escape(f"Quotation {number}, {self._view.index.speaker(quotation)}")
        return f'<a class="ref" href="#{self._anchors.note(quotation)}" aria-label="{label}">{number}</a>'

    def _notes(self, passage: Block) -> Iterator[str]:
        for quotation in self._view.begins(passage):
            self._anchors.given.add(self._anchors.note(quotation))
            yield self._note(quotation)

    def _note(self, quotation: Quotation) -> str:
        number = self._anchors.number[quotation.id]
        doubt = ' class="doubt"' if self._view.index.doubt(quotation) is Doubt.DOUBTFUL else ""
        return (
            f'<li id="{self._anchors.note(quotation)}" data-n="{number}"{doubt}>'
            f'<a href="#{self._anchors.place(quotation)}" aria-label="Quotation {number}">{number}</a>'
            f"<div>{attribution(self._view, self._anchors, quotation)}</div></li>"
        )


def speaker(view: ExportView, anchors: Anchors, quotation: Quotation) -> str:
    """Who is quoted, linked with the index when that has an entry."""
    label = escape(view.index.speaker(quotation))
    if view.index.resolved_name(quotation) is None:
        return f'<b class="unnamed">{label}</b>'
    anchor = anchors.entity(view.index.speaker_entity(quotation))
    return f'<b><a href="#{anchor}">{label}</a></b>' if anchor else f"<b>{label}</b>"


def attribution(view: ExportView, anchors: Anchors, quotation: Quotation) -> str:
    """Speaker and cue in the words of the text, then confidence and evidence."""
    parts = [speaker(view, anchors, quotation)]
    name = view.index.resolved_name(quotation)
    if role := view.index.role(quotation):
        parts.append(f'<span class="role">{escape(role)}</span>')
    if quotation.speaker and name:
        words = view.index.words(quotation.speaker)
        # "Mr Moreau" adds nothing to "Samuel Moreau"; "she" and "the mayor" do.
        if not set(words.casefold().split()) & set(name.casefold().split()):
            parts.append(f"“{escape(words)}”")
    if quotation.cue:
        parts.append(f'<span class="cue">{escape(view.index.words(quotation.cue))}</span>')
    basis = (
        [f"{meter(quotation.confidence)}{percent(quotation.confidence)} sure"] if quotation.speaker else []
    )
    if evidence := one_line(quotation.evidence):
        basis.append(escape(evidence))
    line = f' <span class="line">{" · ".join(basis)}</span>' if basis else ""
    return " ".join(parts) + line


def meter(share: float) -> str:
    """A small bar, as long as the share (0 to 1)."""
    width = round(100 * min(1.0, max(0.0, share)))
    return (
        '<svg class="sure" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="ground" width="100" height="10"/><rect class="bar" width="{width}" height="10"/></svg>'
    )
