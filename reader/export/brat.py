"""brat standoff: the text, and beside it its annotations by code-point offsets.

Mentions, quotations, cues and speakers are text-bound annotations; who said what, and which mention a
speaker is, are relations; mentions of one entity are equivalent; names, confidence and evidence are
notes. A span over several lines is written as brat writes it, in one fragment per line.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from reader.export.plain import speaker
from reader.export.view import ExportView
from reader.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.export.options import Options
    from reader.model.analysis import Analysis, Cue, Mention, Quotation, Speaker
    from reader.model.article import Article

TYPES = {"PERSON": "Person", "PLACE": "Place", "ORG": "Organisation", "GROUP": "Group"}

CONFIGURATION = """\
[entities]
Person
Place
Organisation
Group
Quotation
Cue
Speaker
[relations]
SpokenBy Arg1:Quotation, Arg2:Speaker
CuedBy Arg1:Quotation, Arg2:Cue
RefersTo Arg1:Speaker, Arg2:Person|Place|Organisation|Group
<OVERLAP> Arg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>
[events]
[attributes]
Kind Arg:Quotation, Value:direct|partial|turn
"""


def render(article: Article, analysis: Analysis, options: Options) -> bytes:
    """Return an archive with ``article.txt``, ``article.ann`` and ``annotation.conf``."""
    files = {f"article{suffix}": content for suffix, content in parts(article, analysis, options).items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (files | companions()).items():
            # A fixed time: the same article gives the same bytes.
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def parts(article: Article, analysis: Analysis, options: Options) -> dict[str, bytes]:
    """Return the ``.txt`` and the ``.ann`` file."""
    view = ExportView(article, analysis, options)
    view.text = view.text.replace("\t", " ")  # tabs separate the columns of an annotation
    lines = _Annotations(view).lines()
    return {".txt": view.text.encode(), ".ann": "".join(f"{line}\n" for line in lines).encode()}


def companions() -> dict[str, bytes]:
    """Return brat's configuration file, which a folder of annotated texts needs once."""
    return {"annotation.conf": CONFIGURATION.encode()}


class _Annotations:
    """Numbers annotations and keeps those that several quotations share single."""

    def __init__(self, view: ExportView) -> None:
        self._view = view
        self._spans: dict[tuple[str, int, int], str] = {}
        self._counts: dict[str, int] = {}

    def lines(self) -> Iterator[str]:
        """Every line of the annotation file."""
        mentions: dict[str, list[tuple[int, str]]] = {}
        for entity in self._view.analysis.entities:
            for mention in entity.mentions:
                yield from self._text_bound(TYPES[entity.type], mention)
                if target := self._spans.get((TYPES[entity.type], mention.start, mention.end)):
                    mentions.setdefault(entity.id, []).append((mention.start, target))
                    yield self._note(target, self._view.index.name(entity))
        for places in mentions.values():
            targets = dict.fromkeys(target for _, target in places)
            if len(targets) > 1:
                yield f"*\tEquiv {' '.join(targets)}"
        for quotation in self._view.analysis.quotations:
            yield from self._quotation(quotation, mentions)

    def _quotation(self, quotation: Quotation, mentions: dict[str, list[tuple[int, str]]]) -> Iterator[str]:
        yield from self._text_bound("Quotation", quotation)
        target = self._spans.get(("Quotation", quotation.start, quotation.end))
        if target is None:
            return
        yield f"{self._id('A')}\tKind {target} {quotation.kind}"
        name = speaker(self._view, quotation)
        yield self._note(target, f"{name}; confidence {quotation.confidence:.3f}; {quotation.evidence}")
        for role, relation, span in (
            ("Cue", "CuedBy", quotation.cue),
            ("Speaker", "SpokenBy", quotation.speaker),
        ):
            if span is None:
                continue
            known = (role, span.start, span.end) in self._spans
            yield from self._text_bound(role, span)
            if other := self._spans.get((role, span.start, span.end)):
                yield f"{self._id('R')}\t{relation} Arg1:{target} Arg2:{other}"
                if role == "Cue" or known or quotation.speaker is None:
                    continue
                places = mentions.get(quotation.speaker.entity or "", ())
                if nearest := min(places, key=lambda place: abs(place[0] - span.start), default=None):
                    yield f"{self._id('R')}\tRefersTo Arg1:{other} Arg2:{nearest[1]}"

    def _text_bound(self, kind: str, span: Mention | Quotation | Cue | Speaker) -> Iterator[str]:
        key = (kind, span.start, span.end)
        text = self._view.text
        fragments = [
            (span.start + piece.start(), span.start + piece.end())
            for piece in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text[span.start : span.end])
        ]
        if key in self._spans or not fragments:
            return
        self._spans[key] = self._id("T")
        offsets = ";".join(f"{start} {end}" for start, end in fragments)
        words = " ".join(text[start:end] for start, end in fragments)
        yield f"{self._spans[key]}\t{kind} {offsets}\t{words}"

    def _note(self, target: str, words: str) -> str:
        return f"{self._id('#')}\tAnnotatorNotes {target}\t{one_line(words)}"

    def _id(self, kind: str) -> str:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"{kind}{self._counts[kind]}"
