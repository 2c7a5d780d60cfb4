"""OPML: lists of feeds, with folders as outlines around them. Read with suspicion, written plainly.

Only http(s) addresses are taken. Some readers keep commands in such files; here nothing in one is ever run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.feeds.drafts import link_of, title_of
from reader.feeds.feed import FeedError
from reader.feeds.subscription import (
    MOST,
    SEPARATOR,
    FeedList,
    Subscription,
    address_of,
    folder_of,
    unique,
)
from reader.text.safety import printable, sanitise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DEEPEST = 20
"""Folders inside folders that are told apart; what lies deeper is taken into the last of them."""


def read_opml(data: bytes) -> FeedList:
    """Return the feeds of an OPML file. Raises :class:`FeedError` when it is none, or declares a type."""
    from lxml import etree

    if b"<!doctype" in data.replace(b"\0", b"").lower():
        raise FeedError("This list of feeds has a document type of its own, so it is not read")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(_declared_right(data), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or _tag(root) not in ("opml", "outlinedocument"):
        raise FeedError(
            "This is no list of feeds in OPML", "A file of addresses, one on each line, can be imported too"
        )
    feeds: list[Subscription] = []
    left_out: list[str] = []
    # An explicit stack: files are nested deeper than Python's recursion goes.
    stack: list[tuple[Any, list[str]]] = [
        (outline, []) for body in reversed(root) if _tag(body) == "body" for outline in reversed(body)
    ]
    while stack:
        outline, folders = stack.pop()
        if _tag(outline) != "outline":
            continue
        values = {str(name).rpartition("}")[2].lower(): value for name, value in outline.attrib.items()}
        text, title = title_of(values.get("text")), title_of(values.get("title"))
        name = title or text
        given = values.get("xmlurl", "").strip()
        address = address_of(given)
        if address and len(feeds) < MOST:
            folder = folder_of(folders) or _category(values)
            own = text if title and text != title else None  # as we write what the reader calls it
            title = name if name != given else None
            feeds.append(Subscription(address, title, own, folder, link_of(values.get("htmlurl"), "")))
        elif address:
            left_out.append(f"{printable(address)} is beyond the first {MOST:,} feeds")
        elif given:
            left_out.append(f"{printable(given)} is no web address")
        deeper = [*folders, name] if not given and name and len(folders) < DEEPEST else folders
        stack.extend((child, deeper) for child in reversed(outline))
    return FeedList(unique(feeds), tuple(left_out))


def _declared_right(data: bytes) -> bytes:
    """Return the bytes with the spelling of UTF-8 that libxml2 knows: "utf8" is what many programs write."""
    head, rest = data[:200], data[200:]
    for quote in (b'"', b"'"):
        for name in (b"utf8", b"UTF8"):
            head = head.replace(b"encoding=" + quote + name + quote, b'encoding="UTF-8"')
    return head.lstrip() + rest


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _category(values: Mapping[str, str]) -> str:
    """Return the folder that an outline without one around it names: the first of its categories."""
    first = (values.get("category") or "").split(",")[0].strip().strip("/")
    return folder_of([name for part in first.split("/") if (name := title_of(part))])


def write_opml(feeds: Iterable[Subscription], *, title: str = "Feeds") -> bytes:
    """Return the feeds as OPML 2.0, those of a folder inside its outline."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[str, Any] = {"": body}
    for feed in feeds:
        within = _folder(folders, feed.folder)
        title = sanitise(feed.title or feed.address)
        name = sanitise(feed.name or title)
        outline = etree.SubElement(within, "outline", type="rss", text=name, title=title, xmlUrl=feed.address)
        if feed.page:
            outline.set("htmlUrl", feed.page)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _folder(folders: dict[str, Any], path: str) -> Any:
    """Return the outline of a folder, made with those around it if need be."""
    from lxml import etree

    if path not in folders:
        around, _, name = path.rpartition(SEPARATOR)
        name = sanitise(name)
        folders[path] = etree.SubElement(_folder(folders, around), "outline", text=name, title=name)
    return folders[path]
