"""Mail messages (a newsletter saved as .eml) and web archives (a page saved as .mhtml)."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import TYPE_CHECKING

from reader.ingest.assembly import Metadata
from reader.ingest.decoding import decode
from reader.ingest.formats.letters import bare_subject, unflowed
from reader.text.safety import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_MOST_PARTS = 500
_LAYOUT = re.compile(r"<(/?)(?:table|thead|tbody|tfoot|tr|td|th|center)\b[^<>]*>", re.I)


def saved_page(data: bytes) -> tuple[str, str | None] | None:
    """Return the HTML and the address of the page in a web archive, or None when it holds none."""
    message = _parsed(data)
    address = message.get("Snapshot-Content-Location")
    for part in _parts(message):
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            location = address or part.get("Content-Location")
            return _text(part), _web(str(location)) if location else None
    return None


def letter(data: bytes) -> tuple[str | None, str | None, Metadata]:
    """Return a message's HTML and plain text, either of which may be None, and its metadata.

    The subject is the title, the sender's name the byline, the date the date it was sent. Attachments are
    not read.
    """
    message = _parsed(data)
    html = plain = None
    for part in _parts(message):
        if part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/html" and html is None:
            # Mail is laid out in tables; as tables, its paragraphs would be run into one cell's text.
            html = _LAYOUT.sub(r"<\1div>", _text(part))
        elif kind == "text/plain" and plain is None:
            plain = _text(part)
            if str(part.get_param("format", "")).lower() == "flowed":
                joining = str(part.get_param("delsp", "")).lower() == "yes"
                plain = unflowed(plain, joining=joining)
    name, address = parseaddr(_header(message, "From"))
    return (
        html,
        plain,
        Metadata(
            title=bare_subject(_header(message, "Subject")) or None,
            byline=name or None,
            published=_date(message),
            site=address.partition("@")[2] or None,
        ),
    )


def _parsed(data: bytes) -> EmailMessage:
    if data.lstrip()[:5] == b"From ":
        data = data.lstrip().partition(b"\n")[2]
    return message_from_bytes(data.lstrip(), policy=policy.default)


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            return
        if isinstance(part, EmailMessage) and not part.is_multipart():
            yield part


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(payload).encode("utf-8", "replace")
    return decode(data, part.get_content_charset()).text


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = message.get(name, "")
    except (ValueError, IndexError, AttributeError):  # headers that the parser chokes on occur in the wild
        return ""
    return " ".join(sanitise(str(value)).split())


def _date(message: EmailMessage) -> str | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def _web(address: str) -> str | None:
    return address if address.lower().startswith(("http://", "https://")) else None
