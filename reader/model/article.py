"""The article: cleaned text, its blocks, its metadata and the lines that cleaning removed.

All offsets are Unicode code points into :attr:`Article.text`, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from reader.model.source import document, text_id

BlockKind = Literal["title", "heading", "paragraph", "list_item", "block_quotation", "caption", "code"]


@dataclass(frozen=True, slots=True)
class Block:
    """A span of the article's text that is set as one piece. Blocks are in order and never overlap."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A span of the article's text that the source linked to an http(s) address."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """A line that cleaning took out of the text.

    ``line`` is its number in the decoded source, from 1; ``position`` is the offset in the article's
    text before which it stood, so that it can be shown in place and put back.
    """

    line: int
    text: str
    reason: str
    position: int


@dataclass(frozen=True)
class Article:
    """An article as it is read, analysed and exported.

    ``source`` is the path or address as the user gave it. ``published`` is an ISO 8601 date or date and
    time. ``notices`` are plain sentences for the reader about how the text was obtained (for instance
    that everything looked like page furniture and was therefore kept). ``restored`` are the starts of the
    blocks that were removed lines until the reader put them back. ``document`` is the canonical name of the
    source (:func:`reader.model.source.document`): articles that have the same are versions of one document.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    site: str | None = None
    language: str | None = None
    source: str = ""
    removed: tuple[RemovedLine, ...] = ()
    links: tuple[Link, ...] = ()
    notices: tuple[str, ...] = ()
    restored: tuple[int, ...] = ()
    document: str = ""

    def __post_init__(self) -> None:
        """Name the document, unless the name is known already."""
        if not self.document:
            object.__setattr__(self, "document", document(self.source, self.text))

    @cached_property
    def id(self) -> str:
        """SHA-256 of the text, in hexadecimal: the same text is the same article wherever it came from."""
        return text_id(self.text)

    @cached_property
    def word_count(self) -> int:
        """Number of white-space separated words."""
        return len(self.text.split())
