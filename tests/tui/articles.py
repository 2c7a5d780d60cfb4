"""Articles for tests, and where their characters are on the screen."""

from __future__ import annotations

from typing import Any

from reader.model.article import Article, Block


def article_of(*paragraphs: str, **fields: Any) -> Article:
    """An article of plain paragraphs."""
    blocks, position = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", position, position + len(paragraph)))
        position += len(paragraph) + 2
    return Article("\n\n".join(paragraphs), tuple(blocks), **fields)


LONG = article_of(*(f"Paragraph {n} holds the number {n} and words, many words." for n in range(1, 121)))


def cell_of(reading: Any, offset: int) -> tuple[int, int]:
    """Where a character of the article is drawn, in cells of the article view."""
    view = reading.screen.view
    row = view.index.row_of(offset)
    cell = next(cell for cell in range(view.size.width) if view.index.offset_at(row, cell) == offset)
    left, margin, _ = view.column
    return left + margin + cell, row - view.scroll_offset.y


async def click(reading: Any, offset: int) -> None:
    """Click on a character of the article."""
    await reading.pilot.click("#article", offset=cell_of(reading, offset))
    await reading.pilot.pause()


def strips(reading: Any) -> list[Any]:
    """The rows of the article view as they are drawn."""
    view = reading.screen.view
    return [view.render_line(y) for y in range(view.size.height)]
