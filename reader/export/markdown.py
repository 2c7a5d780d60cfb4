"""Markdown (CommonMark with footnotes): names marked, and a footnote for every quotation's speaker.

Text from the article is escaped, so that it can neither make a link nor a heading nor HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.export.plain import attribution, count
from reader.export.view import ExportView
from reader.text.safety import one_line, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.export.options import Options
    from reader.index import NamedMention
    from reader.model.analysis import Analysis, Quotation
    from reader.model.article import Article, Block

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~=^$&{}]")
_LEADING = re.compile(r"\A(\s*)([-+:%]|\d+(?=[.)]))")
_LEADS = {"title": "# ", "heading": "## ", "list_item": "- ", "block_quotation": "> "}
_FENCES = {"highlight": "==", "bold": "**"}


def render(article: Article, analysis: Analysis, options: Options) -> str:
    """Return the article in Markdown, or with ``only`` a list of its quotations or entities."""
    view = ExportView(article, analysis, options)
    parts = list(_body(view))
    if view.options.only is None and view.analysis.quotations:
        parts.append(
            "\n".join(_footnote(view, number, q) for number, q in enumerate(view.analysis.quotations, 1))
        )
    if view.options.only != "quotations":
        parts += _entities(view)
    return "\n\n".join(parts) + "\n"


def _body(view: ExportView) -> Iterator[str]:
    writer = _Writer(view)
    passages = list(view.passages) if view.options.only is None else []
    if passages and view.opens_with_title:
        yield writer.passage(passages.pop(0))
    else:
        yield f"# {escaped(view.index.title)}"
    if details := " · ".join(_details(view)):
        yield details
    for quotation in view.analysis.quotations if view.options.only == "quotations" else ():
        yield f"> {escaped(view.index.words(quotation))}\n>\n> — {escaped(attribution(view, quotation))}"
    items: list[str] = []
    for passage in passages:
        if passage.kind == "list_item":
            items.append(writer.passage(passage))
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield writer.passage(passage)
    if items:
        yield "\n".join(items)


def _details(view: ExportView) -> Iterator[str]:
    yield from map(escaped, view.details)
    if view.address:
        yield f"[original article](<{view.address}>)"


class _Writer:
    def __init__(self, view: ExportView) -> None:
        self._view = view
        self._numbers = {quotation.id: number for number, quotation in enumerate(view.analysis.quotations, 1)}
        self._fence = _FENCES[view.options.marks]

    def passage(self, passage: Block) -> str:
        if passage.kind == "code":
            return _fenced(self._view.text[passage.start : passage.end])
        pieces: list[str] = []
        runs = self._view.runs(passage)
        for number, run in enumerate(runs):
            before = runs[number - 1] if number else None
            after = runs[number + 1] if number + 1 < len(runs) else None
            if run.link and (before is None or before.link is not run.link):
                pieces.append("[")
            if run.mention and (before is None or before.mention is not run.mention):
                pieces.append(self._mark(run.mention))
            text = escaped(" ".join(re.split(r"\s", self._view.text[run.start : run.end])))
            # "!" before a bracket of ours would make an image of the link.
            pieces.append(f"{text[:-1]}\\!" if text.endswith("!") else text)
            if run.mention and (after is None or after.mention is not run.mention):
                pieces.append(self._mark(run.mention))
            if run.link and (after is None or after.link is not run.link):
                pieces.append(f"](<{web_address(run.link.url)}>)")
            quotation = run.quotation
            if quotation and run.end == quotation.end:
                pieces.append(f"[^{self._numbers[quotation.id]}]")
                if after and self._view.text[after.start] in "(:":  # neither a link nor a definition
                    pieces.append("\\")
        text = "".join(pieces).strip()
        return _LEADS.get(passage.kind, "") + _LEADING.sub(_escape_leading, text, count=1)

    def _mark(self, mention: NamedMention) -> str:
        """The fence, or nothing where Markdown would not see one: ``x**(y)**z`` is no emphasis."""
        text = self._view.text
        outside = text[mention.start - 1 : mention.start], text[mention.end : mention.end + 1]
        inside = text[mention.start], text[mention.end - 1]
        for outer, inner in zip(outside, inside, strict=True):
            if inner.isspace() or (outer.isalnum() and not inner.isalnum()):
                return ""
        return self._fence


def _fenced(code: str) -> str:
    """A block of code as it is, in a fence that nothing in it can end."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
    return f"{fence}\n{code.strip(chr(10))}\n{fence}"


def _footnote(view: ExportView, number: int, quotation: Quotation) -> str:
    evidence = one_line(quotation.evidence)
    return f"[^{number}]: {escaped(attribution(view, quotation))}" + (
        f" · {escaped(evidence)}" if evidence else ""
    )


def _entities(view: ExportView) -> Iterator[str]:
    for display, entities in view.entities_by_type():
        lines = [f"## {display}", ""]
        for entity in entities:
            aliases = "; ".join(view.index.aliases(entity))
            also = f" (also {escaped(aliases)})" if aliases else ""
            lines.append(
                f"- **{escaped(view.index.name(entity))}**{also}: {count(len(entity.mentions), 'mention')}"
            )
        yield "\n".join(lines)


def escaped(text: str) -> str:
    """Return text that Markdown prints as it is, except for markers at the beginning of a line."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _escape_leading(match: re.Match[str]) -> str:
    marker = match[2]
    return f"{match[1]}{marker}\\" if marker.isdigit() else f"{match[1]}\\{marker}"
