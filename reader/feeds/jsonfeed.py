"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from reader.feeds.drafts import Said, entries, link_of, title_of
from reader.feeds.feed import MOST_ENTRIES, Feed, FeedError


def parse_json(data: bytes, address: str) -> Feed:
    """Return the feed in a JSON document. Raises :class:`FeedError` when it is none."""
    try:
        value = json.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise FeedError("The JSON at this address is damaged", "Try again later") from None
    items = value.get("items")
    if "jsonfeed.org" not in str(value.get("version")) or not isinstance(items, list):
        raise FeedError("There is JSON at this address, but no feed", "Check the address in a browser")
    title = title_of(_text(value, "title"))
    said = [_said(item, address) for item in items[:MOST_ENTRIES] if isinstance(item, dict)]
    return Feed(
        title,
        link_of(_text(value, "home_page_url"), address),
        entries(said, address=address, site=title),
        left_out=max(0, len(items) - MOST_ENTRIES),
    )


def _said(item: dict[str, Any], address: str) -> Said:
    html, plain = _text(item, "content_html"), _text(item, "content_text")
    name = item.get("id")
    return Said(
        name=str(name) if isinstance(name, str | int | float) and str(name).strip() else None,
        link=_text(item, "url") or _text(item, "external_url"),
        title=title_of(_text(item, "title")),
        author=_author(item),
        published=_time(_text(item, "date_published")) or _time(_text(item, "date_modified")),
        text=html or plain or _text(item, "summary") or "",
        html=bool(html),
        base=address,
    )


def _author(item: dict[str, Any]) -> str | None:
    """Version 1.1 has authors, 1.0 one author."""
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_text(one, "name") for one in authors or () if isinstance(one, dict)]
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def _text(values: dict[str, Any], name: str) -> str | None:
    value = values.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _time(value: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(value.strip()) if value else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found
