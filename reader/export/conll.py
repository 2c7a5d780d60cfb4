"""CoNLL-2003: a token per line with its entity tag, a blank line after each sentence.

The columns are token, part of speech, chunk and entity; the middle two are not known (``_``). Tags are
IOB2: every mention begins with ``B-``. Tokens joined in order, white space aside, are the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.export.view import ExportView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from reader.export.options import Options
    from reader.model.analysis import Analysis
    from reader.model.article import Article, Block

TAGS = {"PERSON": "PER", "PLACE": "LOC", "ORG": "ORG", "GROUP": "MISC"}

_TOKEN = re.compile(r"[^\W\d_]+(?=n['’]t\b)|\d+(?:[.,:]\d+)*|(?:[^\W\d_]\.){2,}|\w+(?:-\w+)*|[^\w\s]")
_CLITIC = re.compile(r"n['’]t|['’](?:s|re|ve|ll|d|m)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|St|Jr|Sr|No|vs|[A-Z]))\.$")


def write_many(results: Iterable[tuple[Article, Analysis]], stream: BinaryIO, options: Options) -> None:
    """Write every article as one document."""
    for article, analysis in results:
        stream.write(b"-DOCSTART- -X- -X- O\n\n")
        view = ExportView(article, analysis, options)
        for passage in view.passages:
            for sentence in _sentences(view, passage):
                stream.write("".join(f"{token} _ _ {tag}\n" for token, tag in sentence).encode() + b"\n")


def _sentences(view: ExportView, passage: Block) -> Iterator[list[tuple[str, str]]]:
    """Tokens with tags, sentence by sentence. No sentence ends and no token reaches beyond a mention."""
    ends = [match.end() for match in _SENTENCE_END.finditer(view.text, passage.start, passage.end)]
    ends = [
        end
        for end in ends
        if not _ABBREVIATION.search(view.text[max(passage.start, end - 12) : end].rstrip())
    ]
    sentence: list[tuple[str, str]] = []
    for start, end, tag in _stretches(view, passage):
        inside = False
        for first, last in _tokens(view.text, start, end):
            if not tag and ends and first >= ends[0]:
                while ends and first >= ends[0]:
                    ends.pop(0)
                if sentence:
                    yield sentence
                    sentence = []
            prefix = ("I-" if inside else "B-") if tag else ""
            sentence.append((view.text[first:last], f"{prefix}{tag}" if tag else "O"))
            inside = True
    if sentence:
        yield sentence


def _stretches(view: ExportView, passage: Block) -> Iterator[tuple[int, int, str | None]]:
    """The passage cut at mentions: start, end and tag of each stretch."""
    position = passage.start
    for run in view.runs(passage):
        mention = run.mention
        if mention is None or max(mention.start, passage.start) != run.start:
            continue
        if position < run.start:
            yield position, run.start, None
        position = min(mention.end, passage.end)
        yield run.start, position, TAGS[mention.entity.type]
    if position < passage.end:
        yield position, passage.end, None


def _tokens(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    while position < end:
        if text[position].isspace():
            position += 1
            continue
        match = _CLITIC.match(text, position, end) or _TOKEN.match(text, position, end)
        last = match.end() if match else position + 1
        yield position, last
        position = last
