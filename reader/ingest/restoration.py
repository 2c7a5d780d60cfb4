"""Putting removed lines back: a line returns to its place, and every offset behind it moves along."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.ingest.assembly import Dropped, Piece, assemble
from reader.model.article import Link

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reader.model.article import Article


def restore(article: Article, lines: Collection[int]) -> Article:
    """Return the article with the removed lines of these numbers back in its text, each as a paragraph.

    Blocks, links and the positions of the lines that stay removed are shifted. Numbers that no removed
    line has are ignored. To keep everything, pass the numbers of all of ``article.removed``.
    """
    wanted = {line.line for line in article.removed}.intersection(lines)
    if not wanted:
        return article
    joined = assemble(_items(article, wanted))
    return replace(
        article, text=joined.text, blocks=joined.blocks, links=joined.links, removed=joined.removed
    )


def _items(article: Article, wanted: set[int]) -> Iterator[Piece | Dropped]:
    removed = iter(article.removed)
    links = iter(article.links)
    line = next(removed, None)
    link = next(links, None)
    for block in article.blocks:
        while line and line.position <= block.start:
            yield _item(line.line, line.text, line.reason, wanted)
            line = next(removed, None)
        inside = []
        while link and link.start < block.end:
            if link.start >= block.start:
                end = min(link.end, block.end)
                inside.append(Link(link.start - block.start, end - block.start, link.url))
            link = next(links, None)
        yield Piece(block.kind, article.text[block.start : block.end], 0, tuple(inside))
    while line:
        yield _item(line.line, line.text, line.reason, wanted)
        line = next(removed, None)


def _item(line: int, text: str, reason: str, wanted: set[int]) -> Piece | Dropped:
    return Piece("paragraph", text, line) if line in wanted else Dropped(line, text, reason)
