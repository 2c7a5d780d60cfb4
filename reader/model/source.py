"""Where an article came from, in a form that names the same document however it was asked for."""

from __future__ import annotations

import os
import re
from urllib.parse import unquote, urlsplit, urlunsplit

# What news sites and those who link to them add to an address to see where readers come from.
_TRACKING = (
    r"(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|cmpid|ocid|smid|smtyp|at_\w+|guccounter)(=|$)"
)
_PORTS = {"http": ":80", "https": ":443"}


def is_address(source: str) -> bool:
    """Return whether a source is an http(s) address."""
    return source[:8].lower().startswith(("http://", "https://"))


def document(source: str, text: str) -> str:
    """Return the canonical name of what a source is: the same for every way of asking for it.

    That is an address without fragment and tracking parameters, the absolute path of a file, or, for text
    that was pasted or piped in (``source`` is empty or ``-``), ``paste:`` and the SHA-256 of the text.
    """
    if source in ("", "-"):
        return f"paste:{text_id(text)}"
    if is_address(source):
        return _address(source)
    return os.path.abspath(os.path.expanduser(source))  # noqa: PTH100, PTH111 -- never touches the disk


def text_id(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    import hashlib  # loads OpenSSL, which the first page has no use for

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _address(source: str) -> str:
    try:
        parts = urlsplit(source)
        scheme, host = parts.scheme.lower(), parts.netloc.lower()
    except ValueError:  # brackets that hold no address
        return source
    host = host.rpartition("@")[2].removesuffix(_PORTS[scheme]).removesuffix(".")
    path = parts.path or "/"
    if unquote(path) == path:  # an escape may be there for a reason
        path = re.sub(r"/{2,}", "/", path)
    query = "&".join(
        part for part in parts.query.split("&") if part and not re.match(_TRACKING, part, re.IGNORECASE)
    )
    return urlunsplit((scheme, host, path, query, ""))
