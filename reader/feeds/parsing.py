"""Bytes to a feed: RSS 0.9 to 2.0, RDF, Atom and JSON Feed, however broken. Pure; run by a child process."""

from __future__ import annotations

import calendar
import codecs
import io
import re
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from reader.feeds.drafts import Said, entries, link_of, title_of
from reader.feeds.feed import MOST_ENTRIES, Feed, FeedError
from reader.feeds.jsonfeed import parse_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HEAD = 4_096
_DAY = 86_400
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODING = re.compile(r"""(?<=<\?xml)([^>]{0,100}?)\s+encoding=["'][\w-]+["']""")
_ENTITY = re.compile(rb"<!ENTITY", re.I)
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_TAG = re.compile(r"<(?:p|br|a|div|img|ul|ol|b|i|em|strong)\b[^<>]*>", re.I)
_QUIET = re.compile(rb"<skipHours\s*>(.{0,2000}?)</skipHours\s*>", re.I | re.S)
_HOUR = re.compile(rb"<hour\s*>\s*(\d{1,2})\s*</hour\s*>", re.I)
_RATE = {"hourly": 3_600, "daily": _DAY, "weekly": 7 * _DAY, "monthly": 30 * _DAY, "yearly": 365 * _DAY}


def parse(data: bytes, address: str, content_type: str = "") -> Feed:
    """Return the feed in some bytes that came from an address.

    A feed that breaks off or is not well formed gives the entries that can be made out. Raises
    :class:`FeedError` when there is none, and for one that defines entities: they serve attacks alone.
    """
    data = _without_wide(data)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise FeedError("There is nothing at this address", "The feed may be empty for now: try again later")
    if start.startswith(b"{"):
        return parse_json(start, address)
    _refuse_entities(data)
    if _PAGE.match(data[:_HEAD]):
        raise FeedError(
            "There is a web page at this address, not a feed",
            "`onrecord feeds add` finds its feeds",
        )
    return _feed(data, address, content_type)


def _without_wide(data: bytes) -> bytes:
    """Return the bytes as UTF-8 where they are marked as UTF-16 or UTF-32: feedparser may not notice."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _ENCODING.sub(r"\1", data.decode(encoding, "replace"), count=1).encode()
    return data


def _refuse_entities(data: bytes) -> None:
    """Raise :class:`FeedError` for a document type declaration with entities of its own in it."""
    plain = data.replace(b"\0", b"")  # of wide letters that nothing marks
    at = plain.find(b"<")
    while at >= 0:
        opening = plain[at : at + 9].lower()
        if opening == b"<!doctype":
            if _ENTITY.search(plain, at):
                raise FeedError(
                    "This feed defines entities of its own, so it is not read", "Tell its publisher"
                )
            return
        end = b"-->" if opening.startswith(b"<!--") else b"?>" if opening.startswith(b"<?") else b""
        if not end or (over := plain.find(end, at)) < 0:
            return
        at = plain.find(b"<", over)


def _feed(data: bytes, address: str, content_type: str) -> Feed:
    import feedparser

    told = feedparser.parse(
        io.BytesIO(data),  # bare bytes would be tried as the name of a file first
        response_headers={"content-location": address, "content-type": content_type or "application/xml"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    about, found = told["feed"], told["entries"]
    if not told.get("version") and not found:
        raise FeedError("There is no feed at this address", "Check the address in a browser")
    title = title_of(_text(about, "title"), html=_is_markup(about.get("title_detail")))
    said = [_said(one, address) for one in found[:MOST_ENTRIES]]
    return Feed(
        title,
        link_of(_text(about, "link"), address),
        entries(said, address=address, site=title),
        _rest(about),
        _quiet(data),
        max(0, len(found) - MOST_ENTRIES),
    )


def _said(entry: dict[str, Any], address: str) -> Said:
    text, html, base = _longest(entry)
    return Said(
        name=_text(entry, "id"),
        link=_text(entry, "feedburner_origlink") or _link(entry),
        title=title_of(_text(entry, "title"), html=_is_markup(entry.get("title_detail"))),
        author=_author(entry),
        # Straight from the dictionary: feedparser's own puts one date in the place of the other.
        published=_time(dict.get(entry, "published_parsed")) or _time(dict.get(entry, "updated_parsed")),
        text=text,
        html=html,
        base=base or address,
    )


def _longest(entry: Mapping[str, Any]) -> tuple[str, bool, str]:
    """Return the longest text of an entry, whether it is markup, and what its links are relative to."""
    parts = [each for each in entry.get("content") or () if isinstance(each.get("value"), str)]
    if isinstance(entry.get("summary"), str):
        parts.append(entry.get("summary_detail") or {"value": entry["summary"]})
    if not parts:
        return "", True, ""
    part = max(parts, key=lambda each: len(each.get("value") or ""))
    # Much that calls itself plain text is not: what has a tag in it is read as markup.
    value = part.get("value") or ""
    html = _is_markup(part) or bool(_TAG.search(value))
    return value, html, part.get("base") or ""


def _is_markup(detail: Mapping[str, Any] | None) -> bool:
    return bool(detail) and (detail or {}).get("type") in ("text/html", "application/xhtml+xml")


def _link(entry: Mapping[str, Any]) -> str | None:
    if link := _text(entry, "link"):
        return link
    links: Iterable[Mapping[str, Any]] = entry.get("links") or ()
    return next((one["href"] for one in links if one.get("rel") == "alternate" and one.get("href")), None)


def _author(entry: Mapping[str, Any]) -> str | None:
    """Return who wrote an entry, by name; a mail address alone is nobody's name."""
    given = _text(entry, "author") or ""
    if "@" in given:
        return parseaddr(given)[0] or None
    names = [detail.get("name") for detail in entry.get("authors") or () if detail.get("name")]
    return ", ".join(dict.fromkeys(names)) or given or None


def _text(values: Mapping[str, Any], name: str) -> str | None:
    value = values.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _time(parts: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parts), UTC) if parts else None
    except (ValueError, OverflowError, TypeError, OSError):
        return None


def _rest(about: Mapping[str, Any]) -> int:
    """Return for how many seconds a feed says that it does not change: ttl, or the syndication module."""
    ttl = (_text(about, "ttl") or "").strip()
    if ttl.isascii() and ttl.isdigit():
        return int(ttl[:9]) * 60
    period = _RATE.get((_text(about, "sy_updateperiod") or "").strip().lower(), 0)
    often = (_text(about, "sy_updatefrequency") or "").strip()
    return int(period / max(1, int(often[:6]))) if often.isascii() and often.isdigit() else period


def _quiet(data: bytes) -> frozenset[int]:
    """Return the hours that a feed says to skip; one that names them all means none."""
    match = _QUIET.search(data[: 16 * _HEAD])
    hours = {int(hour) % 24 for hour in _HOUR.findall(match[1])} if match else set()
    return frozenset(hours) if len(hours) < 24 else frozenset()
