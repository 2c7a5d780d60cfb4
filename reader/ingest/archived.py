"""Lines of an archive: one article per line, as a JSON object (JSON lines); our own records among them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.ingest.assembly import plain_line
from reader.ingest.cleaning.bylines import date_in
from reader.ingest.formats.raw import raw_article
from reader.ingest.formats.text import from_text
from reader.ingest.sources import MAX_BYTES, too_large
from reader.model.errors import RecordError, SourceError
from reader.model.source import document, is_address
from reader.text.safety import printable

if TYPE_CHECKING:
    from reader.model.analysis import Analysis
    from reader.model.article import Article

SUFFIX = ".jsonl"
_OURS = b'"schema"'  # stands in every line that we wrote, and almost nowhere else
_HINT = 'A line of an archive is a JSON object with the article\'s "text" or "html"'


def article_from_line(line: bytes, *, source: str, raw: bool = False) -> Article:
    """Return the article of a line.

    ``text`` is plain text and cleaned as such, ``html`` a page. ``title``, ``byline``, ``published``,
    ``site`` and ``url`` are believed over what is found in it. With ``raw`` nothing is cleaned: see
    :func:`reader.ingest.read`. The article of a record of ours is taken as it is. Raises
    :class:`SourceError` when the line holds no article.
    """
    ours = own_record(line)
    if ours is not None:
        return ours[0]
    shown = printable(source)
    if len(line) > MAX_BYTES:
        raise too_large(shown)
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{shown} is no JSON", _HINT) from error
    if not isinstance(value, dict):
        raise SourceError(f"{shown} is no JSON object", _HINT)
    title = plain_line(value.get("title"))
    url = value.get("url")
    address = url if isinstance(url, str) and is_address(url) else None
    text, html = value.get("text"), value.get("html")
    if isinstance(text, str) and text.strip():
        article = raw_article(text, source) if raw else from_text(_under(title, text), source=source)
    elif isinstance(html, str) and html.strip():
        from reader.ingest.dispatch import article_from

        article = article_from(
            html.encode("utf-8", "surrogatepass"),
            source=source,
            name=address or "page.html",
            content_type="text/html; charset=utf-8",
            raw=raw,
        )
    else:
        raise SourceError(f"{shown} holds no text", _HINT)
    published = plain_line(value.get("published"))
    return replace(
        article,
        title=title or article.title,
        byline=plain_line(value.get("byline")) or article.byline,
        published=(date_in(published) if published else None) or article.published,
        site=plain_line(value.get("site")) or article.site,
        document=document(address or source, article.text),
    )


def own_record(line: bytes) -> tuple[Article, Analysis] | None:
    """Return what a line holds if it is a record of ours, see :func:`reader.model.record.record`."""
    from reader.model.record import SCHEMA, parse

    if _OURS not in line or SCHEMA.encode() not in line or len(line) > MAX_BYTES:
        return None
    try:
        return parse(line)
    except RecordError:
        return None


def _under(title: str | None, text: str) -> str:
    """Set a text under its title, unless it begins with that."""
    if title is None or " ".join(text[: 2 * len(title) + 100].split()).startswith(title):
        return text
    return f"{title}\n\n{text}"
