"""How an article is set: its blocks, and what is added to them, as pieces for the wrap index."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from reader.index import Index
from reader.text.safety import one_line
from reader.tui.drawing.wrap import Passage

if TYPE_CHECKING:
    from reader.model.article import Article, Block

INDENTS = {"list_item": 2, "block_quotation": 4, "caption": 2}
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_ALREADY_MARKED = re.compile(r"[-*•‣▪–—·◦]\s|\(?\w{1,3}[.)]\s")


class Page:
    """An article ready to be set. ``text`` is the article's text, safe to draw, offset for offset."""

    def __init__(self, article: Article, *, raw: bool = False) -> None:
        self.article = article
        self.index = Index(article)
        self.text = self.index.text.replace("\t", " ")  # one column, like every other character
        self._raw = raw
        self.blocks: tuple[Block, ...] = article.blocks
        self._starts = [block.start for block in self.blocks]

    def paragraph_span(self, offset: int) -> tuple[int, int]:
        """Where the block of an offset starts and ends."""
        if not self.blocks:
            return (0, 0)
        block = self.blocks[max(0, bisect_right(self._starts, offset) - 1)]
        return (block.start, block.end)

    def word_span(self, offset: int) -> tuple[int, int]:
        """Where the word at an offset starts and ends; an empty span where there is none."""
        for word in _WORD.finditer(self.text, *self.paragraph_span(offset)):
            if word.start() <= offset < word.end():
                return word.span()
        return offset, offset

    def bulleted(self, piece: Passage) -> bool:
        """Whether a list item needs a bullet because its text brings no mark of its own."""
        return piece.kind == "list_item" and not _ALREADY_MARKED.match(piece.text, piece.start, piece.end)

    def pieces(self, *, removed: bool = False) -> list[Passage]:
        """The pieces in order, with the lines that cleaning removed in their places on request."""
        text = self.text
        pieces: list[Passage] = []
        if not self._raw and not any(block.kind == "title" for block in self.blocks[:5]):
            self._add(pieces, self.article.title, "title")
            self._add(pieces, self._byline(), "byline")
        lines = iter(
            sorted(enumerate(self.article.removed), key=lambda item: item[1].position) if removed else ()
        )
        line = next(lines, None)
        byline = self._byline()
        for block in self.blocks:
            while line is not None and line[1].position <= block.start:
                pieces.append(_removed(line[0], line[1].text, pieces))
                line = next(lines, None)
            gap = self._gap(pieces, block) if pieces else 0
            indent = INDENTS.get(block.kind, 0)
            pieces.append(Passage(text, block.start, block.end, block.kind, indent, gap))
            if block.kind == "title" and byline and not self._raw:
                self._add(pieces, byline, "byline")
                byline = ""
        while line is not None:
            pieces.append(_removed(line[0], line[1].text, pieces))
            line = next(lines, None)
        return pieces

    def _gap(self, pieces: list[Passage], block: Block) -> int:
        before = pieces[-1]
        if before.removed >= 0 or not before.own:
            return 1
        if before.kind == block.kind == "list_item":
            return 0
        if self._raw:
            return min(2, max(0, self.text.count("\n", before.end, block.start) - 1))
        return 2 if block.kind == "heading" else 1

    def _byline(self) -> str:
        article = self.article
        parts = [part for part in (article.byline, self.index.published, article.site) if part]
        return " · ".join(parts)

    @staticmethod
    def _add(pieces: list[Passage], text: str | None, kind: str) -> None:
        if text and (line := one_line(text)):
            gap = 1 if pieces and kind != "byline" else 0
            pieces.append(Passage(line, 0, len(line), kind, 0, gap, own=False))


def _removed(number: int, text: str, before: list[Passage]) -> Passage:
    line = one_line(text) or "(blank)"
    gap = 1 if before and before[-1].removed < 0 else 0
    return Passage(line, 0, len(line), "removed", 2, gap, own=False, removed=number)
