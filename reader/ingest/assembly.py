"""Putting an article together: pieces become one text with blocks, links and removed lines in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.model.article import Article, Block, BlockKind, Link, RemovedLine
from reader.text.languages import language_name, language_of
from reader.text.safety import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterable

SEPARATOR = "\n\n"
NO_ARTICLE_FOUND = "No article was recognised on this page, so its plain text is shown."


@dataclass(frozen=True, slots=True)
class Draft:
    """A block to be. ``line`` is where it began in the source, from 1; link offsets count from its start."""

    kind: BlockKind
    text: str
    line: int
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that does not become part of the text, and why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article beside its text; see :class:`reader.model.article.Article`."""

    title: str | None = None
    byline: str | None = None
    published: str | None = None
    site: str | None = None
    language: str | None = None

    def or_else(self, other: Metadata) -> Metadata:
        """Return this metadata with its gaps filled from ``other``."""
        return Metadata(
            self.title or other.title,
            self.byline or other.byline,
            self.published or other.published,
            self.site or other.site,
            self.language or other.language,
        )


def plain_line(text: object) -> str | None:
    """Return a foreign string as one sanitised line; None when it is no string or says nothing."""
    return " ".join(sanitise(text).split()) or None if isinstance(text, str) else None


def assemble(
    items: Iterable[Draft | Dropped],
    metadata: Metadata | None = None,
    *,
    source: str = "",
    notices: tuple[str, ...] = (),
) -> Article:
    """Join pieces with an empty line between, in order; dropped lines keep their place among them.

    A dropped line's position is the start of the piece after it, or the end of the text.
    """
    metadata = metadata or Metadata()
    texts: list[str] = []
    blocks: list[Block] = []
    links: list[Link] = []
    removed: list[RemovedLine] = []
    waiting: list[Dropped] = []
    end = 0
    for item in items:
        if isinstance(item, Dropped):
            waiting.append(item)
            continue
        start = end + (len(SEPARATOR) if texts else 0)
        removed += (RemovedLine(d.line, d.text, d.reason, start) for d in waiting)
        waiting.clear()
        end = start + len(item.text)
        texts.append(item.text)
        blocks.append(Block(item.kind, start, end))
        links += (Link(start + link.start, start + link.end, link.url) for link in item.links)
    removed += (RemovedLine(d.line, d.text, d.reason, end) for d in waiting)
    text = SEPARATOR.join(texts)
    language, told = language_and_notices(text, metadata.language)
    return Article(
        text=text,
        blocks=tuple(blocks),
        title=metadata.title,
        byline=metadata.byline,
        published=metadata.published,
        site=metadata.site,
        language=language,
        source=source,
        removed=tuple(removed),
        links=tuple(links),
        notices=notices + told,
    )


def language_and_notices(text: str, declared: str | None = None) -> tuple[str | None, tuple[str, ...]]:
    """The language of a text, the declared one where the words do not tell, and what to tell the reader."""
    language = language_of(text)
    if language is None or language == "en":
        return language or declared, ()
    return language, (
        f"This article is in {language_name(language)}, not in English. Nobody here can vouch for names and "
        "speakers in another language, so they are shown only on request (--any-language).",
    )
