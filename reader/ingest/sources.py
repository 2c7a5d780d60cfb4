"""Where articles come from: files, folders, standard input, addresses."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reader.ingest.sniffing import SUFFIXES
from reader.model.errors import SourceError
from reader.text.safety import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from reader.model.article import Article

    Progress = Callable[[int, int | None], None]

MAX_BYTES = 64 << 20
_OTHER_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
_CHUNK = 1 << 18


def is_address(source: str) -> bool:
    """Whether a source is a web address rather than a path."""
    return source[:8].lower().startswith(("http://", "https://"))


def expand(sources: Sequence[str]) -> Iterator[str]:
    """Yield every source, folders replaced by the readable-looking files inside them, in path order.

    Readable-looking is a file with a known suffix (see :data:`reader.ingest.sniffing.SUFFIXES`). Hidden
    files and folders are skipped, and a folder reached twice through links is read once. Files named
    outright, ``-`` and addresses pass through, whatever they are called.
    """
    for source in sources:
        if source != "-" and not is_address(source) and os.path.isdir(source):  # noqa: PTH112 -- never raises
            yield from _files(Path(source), set())
        else:
            yield source


def _files(folder: Path, seen: set[str]) -> Iterator[str]:
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield str(folder)  # reading it reports why, and the other sources still come out
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if os.path.isdir(entry):  # noqa: PTH112 -- never raises
            yield from _files(entry, seen)
        elif entry.suffix.lower() in SUFFIXES and os.path.isfile(entry):  # noqa: PTH113 -- never raises
            yield str(entry)


def read(
    source: str,
    *,
    raw: bool = False,
    progress: Progress | None = None,
    allow_private: bool = False,
) -> Article:
    """Read an article from a path, an ``http(s)`` address or ``-`` (standard input).

    ``progress`` is called with bytes so far and in all (None when unknown); what it raises ends the reading.
    ``allow_private`` lets an address lead into the local network.

    With ``raw`` nothing is cleaned: the text is the file's as decoded, character for character, newlines
    included and **not sanitised**, so that offsets can be laid over any annotation of that file. Whoever
    prints it must pass it through :func:`reader.text.safety.shown` or ``sanitise`` first.

    Raises :class:`SourceError` (and its kinds ``FetchError`` and ``MissingExtraError``) when there is
    nothing to read.
    """
    from reader.ingest.dispatch import article_from

    name, content_type, data = load(source, progress=progress, allow_private=allow_private)
    return article_from(data, source=source, name=name, content_type=content_type, raw=raw)


def try_site_rules(source: str, *, allow_private: bool = False) -> list[str]:
    """Return what the user's rules for single sites find on a page, as lines for the user.

    Raises :class:`SourceError` when there is no page to read.
    """
    from reader.ingest.dispatch import site_trial

    name, content_type, data = load(source, allow_private=allow_private)
    return site_trial(data, name=name, content_type=content_type)


def load(
    source: str, *, progress: Progress | None = None, allow_private: bool = False
) -> tuple[str, str, bytes]:
    """Return a source's final name (the address after redirects), its declared type and its bytes.

    The arguments and the errors are those of :func:`read`.
    """
    name, content_type = source, ""
    if is_address(source):
        from reader.net.fetching import fetch

        page = fetch(source, progress=progress, allow_private=allow_private)
        data, name, content_type = page.data, page.address, page.content_type
    elif source == "-":
        if sys.stdin is None:  # closed by whoever started us
            raise SourceError("Standard input is closed", "Name a file or an address")
        data = _read_all(sys.stdin.buffer, "standard input", None, progress)
    else:
        if _OTHER_SCHEME.match(source) and not os.path.exists(source):  # noqa: PTH110 -- never raises
            raise SourceError(
                f"{printable(source)} cannot be read", "Only http and https addresses can be fetched"
            )
        data = _read_file(source, progress)
    return name, content_type, data


def _read_file(source: str, progress: Progress | None) -> bytes:
    shown = printable(source)
    try:
        with open(source, "rb") as file:  # noqa: PTH123 -- Path would normalise "./-" and the like
            status = os.fstat(file.fileno())
            size = status.st_size if stat.S_ISREG(status.st_mode) else None
            return _read_all(file, shown, size, progress)
    except FileNotFoundError as error:
        shown = shown or "A file without a name"
        hint = "Check the spelling of the path; a web address begins with https://"
        raise SourceError(f"{shown} does not exist", hint) from error
    except IsADirectoryError as error:
        raise SourceError(f"{shown} is a folder", "Name a file inside it") from error
    except PermissionError as error:
        raise SourceError(f"{shown} may not be read", "Check its permissions") from error
    except (OSError, ValueError) as error:
        reason = printable(getattr(error, "strerror", None) or "the name is not valid")
        raise SourceError(f"{shown} cannot be read: {reason}", "Check the path") from error


def _read_all(file: BinaryIO, shown: str, size: int | None, progress: Progress | None) -> bytes:
    if size is not None and size > MAX_BYTES:
        raise too_large(shown)
    chunks: list[bytes] = []
    total = 0
    while chunk := file.read(_CHUNK):
        chunks.append(chunk)
        total += len(chunk)
        if total > MAX_BYTES:
            raise too_large(shown)
        if progress:
            progress(total, size)
    return b"".join(chunks)


def too_large(shown: str) -> SourceError:
    """Return the error for a source beyond the size limit."""
    return SourceError(f"{shown} is larger than {MAX_BYTES >> 20} MB", "Cut out the part you want to read")
