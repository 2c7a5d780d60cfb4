"""What kind of document some bytes are: by their content first, by name or declared type only in doubt."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

Kind = Literal["text", "markdown", "html", "mhtml", "eml", "pdf", "docx"]

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".eml": "eml",
    ".pdf": "pdf",
    ".docx": "docx",
}
_TYPES: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "multipart/related": "mhtml",
    "message/rfc822": "eml",
}

# What a file that is no article usually is, so that the message can say so.
_BINARY = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc)"),
    (b"{\\rtf", "a rich text document (.rtf)"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
_HEAD = 4096
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|article)\b",
    re.I | re.S,
)
_HTML_TAG = re.compile(r"<(?:p|div|h[1-6]|ul|ol|table|section|article|br|span|a\s+href=)[^<>]*>", re.I)
_FEED_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.I | re.S)
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,40}):(?:[ \t]|$)")
_MAIL_HEADERS = {
    "from", "to", "subject", "date", "mime-version", "received", "message-id", "return-path",
    "content-type", "content-transfer-encoding", "delivered-to", "reply-to", "dkim-signature",
    "list-unsubscribe", "x-mailer",
}  # fmt: skip
_MARKDOWN_SIGNS = (
    re.compile(r"^#{1,6} \S", re.M),
    re.compile(r"(?<!!)\[[^\]\n]{1,200}\]\(\S{1,500}\)"),
    re.compile(r"^(?:```|~~~)", re.M),
    re.compile(r"(?<![\w*])\*\*\S[^*\n]*\S\*\*(?![\w*])"),
    re.compile(r"\A---\n(?:[\w-]+:.*\n)+---\n"),
)


def binary_kind(data: bytes) -> str | None:
    """Return what kind of binary file the data is ("a PNG image"), or None when it may hold an article."""
    for magic, name in _BINARY:
        if data.startswith(magic):
            return name
    if data.startswith(b"RIFF"):
        return "a sound or image file"
    if data[4:8] == b"ftyp":
        return "a video"
    if data.startswith(b"PK\x03\x04") and document_kind(data) is None:
        return "a ZIP archive or an unsupported office document"
    return None


def document_kind(data: bytes) -> Kind | None:
    """Return the kind of a document that is not text: PDF or Word."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04") and (b"word/" in data[:_HEAD] or b"word/document.xml" in data):
        return "docx"
    return None


def looks_binary(text: str) -> bool:
    """Whether decoded text is no text: NULs, or more than a few control characters in a hundred."""
    head = text[: 4 * _HEAD]
    controls = sum(char < " " and char not in "\t\n\r\x0b\x0c\x1b\x08" for char in head)
    return "\0" in head or controls * 20 > len(head)


def is_feed(text: str) -> bool:
    """Whether the text is an RSS or Atom feed rather than an article."""
    return bool(_FEED_START.match(text[:_HEAD]))


def text_kind(text: str, name: str = "", content_type: str = "") -> Kind:
    """Return the kind of a text; ``name`` and ``content_type`` decide only what its content leaves open."""
    named = SUFFIXES.get(PurePath(name).suffix.lower()) or _TYPES.get(
        content_type.partition(";")[0].strip().lower()
    )
    head = text[:_HEAD].replace("\r\n", "\n").replace("\r", "\n")
    if mail := _mail_kind(head, named):
        return mail
    if _HTML_START.match(head):
        return "html"
    tags = len(_HTML_TAG.findall(text[: 16 * _HEAD]))
    if named == "html" and tags:
        return "html"
    if tags >= 3 and head.lstrip().startswith("<"):
        return "html"
    if named == "markdown":
        return "markdown"
    signs = sum(bool(sign.search(text[: 4 * _HEAD])) for sign in _MARKDOWN_SIGNS)
    return "markdown" if signs >= 2 else "text"


def _mail_kind(head: str, named: Kind | None) -> Kind | None:
    head = head.lstrip("\n")
    if head.startswith("From "):  # the envelope line of a mailbox
        head = head.partition("\n")[2]
    names: list[str] = []
    for line in head.split("\n"):
        if line[:1] in (" ", "\t") and names:
            continue
        match = _HEADER.match(line)
        if not match:
            break
        names.append(match[1].lower())
    known = _MAIL_HEADERS.intersection(names)
    technical = known & {"mime-version", "received", "message-id", "return-path", "content-type"}
    if not (technical and len(known) >= 3) and not (named in ("eml", "mhtml") and len(known) >= 2):
        return None
    saved_page = "multipart/related" in head.lower() and (
        named == "mhtml" or "snapshot-content-location" in head.lower() or "<saved by" in head.lower()
    )
    return "mhtml" if saved_page else "eml"
