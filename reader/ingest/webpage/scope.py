"""Where on a page the article is: the element that holds its text, and the lines from title to end."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.ingest.webpage.claims import key_of
from reader.ingest.webpage.regions import BYLINE, names_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reader.ingest.markup import Element
    from reader.ingest.webpage.outline import PageLine

_ARTICLE_CLASSES = {"article", "post", "story", "entry", "hentry", "h-entry", "single-post", "news-article"}
_FEWEST_WORDS = 8
_LONGEST_LABEL = 30  # letters


@dataclass(frozen=True, slots=True)
class Scope:
    """The article's place on its page.

    ``title`` is the index of its title's line or None; ``first`` and ``last`` are those of its text as
    extracted. ``body`` is the innermost element that holds nearly all of that text, ``article`` the
    element of the whole article around it, ``outer`` what lies between the two; ``parents`` are the elements
    whose children its paragraphs are, ``settings`` how several of these are marked up.
    """

    title: int | None
    first: int
    last: int
    body: Element
    article: Element
    parents: frozenset[Element]
    outer: frozenset[Element]
    settings: frozenset[tuple[Element, str, tuple[str, ...]]]

    def holds(self, line: PageLine, *, body: bool = False) -> bool:
        """Whether a line stands in the article's element, or in its ``body``."""
        whole = self.body if body else self.article
        return line.element is whole or any(up is whole for up in line.element.iterancestors())

    def beside(self, line: PageLine) -> bool:
        """Whether a line's element is a sibling of the article's paragraphs."""
        return line.element in self.parents or line.element.getparent() in self.parents

    def alike(self, line: PageLine) -> bool:
        """Whether a line is set as several paragraphs are: same element, class and parent."""
        return _setting(line) in self.settings

    def around(self, line: PageLine) -> bool:
        """Whether a line is a paragraph set right into the article's element, before or after its body."""
        return line.tag == "p" and line.element.getparent() in self.outer


def scope_of(lines: Sequence[PageLine], claimed: Collection[int], title: str | None) -> Scope | None:
    """Return where the article is, given which lines an extractor takes for it; None when it took none."""
    prose = [i for i in claimed if lines[i].region is None and len(lines[i].text.split()) >= _FEWEST_WORDS]
    prose = prose or [i for i in claimed if lines[i].region is None] or list(claimed)
    if not prose:
        return None
    body = _holder(lines, prose)
    inside = [i for i in prose if body in (lines[i].element, *lines[i].element.iterancestors())]
    first, last = min(inside), max(inside)
    article = _article(body)
    outer = [up for up in body.iterancestors() if up is article or article in up.iterancestors()]
    counts = Counter(_setting(lines[i]) for i in inside)
    return Scope(
        title=title_at(lines, title, first),
        first=first,
        last=last,
        body=body,
        article=article,
        parents=_parents(lines, inside),
        outer=frozenset(outer),
        settings=frozenset(setting for setting, count in counts.items() if count >= 2),
    )


def _setting(line: PageLine) -> tuple[Element, str, tuple[str, ...]]:
    return line.element.getparent(), line.tag, names_of(line.element)


def _parents(lines: Sequence[PageLine], inside: Sequence[int]) -> frozenset[Element]:
    """Return what holds the paragraphs: their elements' parents, or the element that several lines share."""
    held = Counter(lines[index].element for index in inside)
    parents = {element if count > 1 else element.getparent() for element, count in held.items()}
    return frozenset(parent for parent in parents if parent is not None)


def _holder(lines: Sequence[PageLine], prose: Sequence[int]) -> Element:
    """Return the innermost element that holds four fifths of the words."""
    words: defaultdict[Element, int] = defaultdict(int)
    total = 0
    for index in prose:
        count = len(lines[index].text.split())
        total += count
        for element in (lines[index].element, *lines[index].element.iterancestors()):
            words[element] += count
    # Where a single paragraph is all there is, what holds it matters, not the paragraph.
    paragraphs = {
        lines[index].element for index in prose if lines[index].tag in ("p", "li", "h2", "blockquote")
    }
    element = lines[prose[0]].element.getroottree().getroot()
    while inner := [c for c in element if c not in paragraphs and words.get(c, 0) * 5 >= total * 4]:
        element = inner[0]
    return element


def _article(body: Element) -> Element:
    """Return the element of the whole article: the nearest one that is called so, else the body's own."""
    for element in (body, *body.iterancestors()):
        if element.tag in ("body", "html"):
            break
        kind = (element.get("itemtype") or "").rpartition("/")[2]
        if (
            element.tag == "article"
            or element.get("role") == "article"
            or kind.endswith(("Article", "Posting"))
        ):
            return element
        if _ARTICLE_CLASSES.intersection(names_of(element)):
            return element
    return body


def title_at(lines: Sequence[PageLine], title: str | None, first: int) -> int | None:
    """Return the line that shows the title: the last one before the text that has its words."""
    key = key_of(title or "")
    if not key:
        return None
    shown = [
        index
        for index, line in enumerate(lines[: first + 1])
        if line.region in (None, BYLINE, "page header") and _says(line, key)
    ]
    heads = [index for index in shown if lines[index].kind == "heading"]
    return heads[-1] if heads else shown[-1] if shown else None


def _says(line: PageLine, title: str) -> bool:
    """Whether a line shows the title; a heading may have a label before it."""
    key = key_of(line.text)
    return key == title or (
        line.kind == "heading" and key.endswith(title) and len(key) < len(title) + _LONGEST_LABEL
    )
