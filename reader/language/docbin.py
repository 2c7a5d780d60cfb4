"""Analyses as spaCy documents, for training, evaluation and everything else that reads a ``DocBin``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

_LONGEST = 1_000  # code points of a token
_ENDLESS = re.compile(rf"\S{{{_LONGEST},}}")


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled span: code points into the text, end exclusive; ``id`` says what it belongs to."""

    start: int
    end: int
    label: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with its entities (which do not overlap), other spans by group, and plain data to keep."""

    text: str
    entities: Sequence[Label]
    groups: dict[str, Sequence[Label]]
    data: dict[str, Any]


def docbin(documents: Iterable[AnnotatedText]) -> bytes:
    """Return a serialised ``DocBin``. Spans lose white space at their ends, which belongs to no token.

    Tokens are spaCy's for English, split further wherever a span begins or ends inside one, so that every
    span comes back exactly. Groups are in ``doc.spans``, the data in ``doc.user_data["onrecord"]``.
    """
    from spacy.tokens import DocBin

    language = _english()
    bin_ = DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID"], store_user_data=True)
    for document in documents:
        bin_.add(_doc(document, language))
    return bin_.to_bytes()


@cache
def _english() -> Language:
    import spacy

    language = spacy.blank("en")
    language.max_length = 10**9  # a limit for parsers, which do not run here
    return language


def _doc(document: AnnotatedText, language: Language) -> Doc:
    from spacy.tokens import Doc
    from spacy.util import filter_spans

    entities = _trimmed(document.text, document.entities)
    groups = {name: _trimmed(document.text, group) for name, group in document.groups.items()}
    labels = [*entities, *(label for group in groups.values() for label in group)]
    cuts = {offset for label in labels for offset in (label.start, label.end)}
    words: list[str] = []
    spaces: list[bool] = []
    for start, token, space in _tokens(document.text, language):
        inner = [cut - start for cut in range(start + 1, start + len(token)) if cut in cuts]
        pieces = [token[a:b] for a, b in zip([0, *inner], [*inner, len(token)], strict=True)]
        words += pieces
        spaces += [False] * (len(pieces) - 1) + [space]
    doc = Doc(language.vocab, words=words, spaces=spaces)
    spans = [doc.char_span(label.start, label.end, label=label.label, kb_id=label.id) for label in entities]
    doc.ents = filter_spans([span for span in spans if span is not None])
    for name, group in groups.items():
        found = (
            doc.char_span(label.start, label.end, label=label.label, span_id=label.id) for label in group
        )
        doc.spans[name] = [span for span in found if span is not None]
    doc.user_data["onrecord"] = document.data
    return doc


def _tokens(text: str, language: Language) -> Iterator[tuple[int, str, bool]]:
    """Yield where each token begins, the token, and whether a space follows.

    What is no word of any language is cut by length: spaCy's patterns look through it again and again.
    """
    done = 0
    for start, end in [*(match.span() for match in _ENDLESS.finditer(text)), (len(text), len(text))]:
        for token in language.make_doc(text[done:start]):
            yield done + token.idx, token.text, bool(token.whitespace_)
        for piece in range(start, end, _LONGEST):
            yield piece, text[piece : min(piece + _LONGEST, end)], False
        done = end


def _trimmed(text: str, labels: Iterable[Label]) -> list[Label]:
    trimmed = []
    for label in labels:
        words = text[label.start : label.end]
        start = label.start + len(words) - len(words.lstrip())
        if words.strip():
            trimmed.append(replace(label, start=start, end=start + len(words.strip())))
    return trimmed
