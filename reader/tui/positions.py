"""Where the reader left each article, and its marks: a small JSON file for each in the state folder.

A file for each article, because two readers may be open: neither overwrites what the other knows about its
article, and of an article that both show, each writes only what it has changed itself.
"""

from __future__ import annotations

import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.settings.files import replace_text

if TYPE_CHECKING:
    from pathlib import Path

_MOST = 500
_LONGEST_TITLE = 200
_LARGEST_FILE = 1 << 20
_ID = re.compile(r"[\w-]{1,100}", re.ASCII)


@dataclass(slots=True)
class Position:
    """The offset at the top of the screen, and the offsets of the marks by their letters.

    ``seen`` is the offset up to which the article has been on the screen.
    """

    offset: int = 0
    marks: dict[str, int] = field(default_factory=dict)
    seen: int = 0


class LeftArticle(NamedTuple):
    """An article that the reader left: its title, where it came from, and when (seconds since 1970)."""

    title: str
    source: str
    at: int


class Positions:
    """Positions by article id, in a folder. A damaged file counts as missing: nothing here is precious."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, dict[str, int]] = {}  # marks as they were read or written here last

    def get(self, article_id: str) -> Position:
        """Return where an article was left; the beginning when it is new."""
        position = _position(_content(self._path(article_id)))
        self._known[article_id] = dict(position.marks)
        return position

    def seen(self, article_id: str, length: int) -> float | None:
        """Return how much of an article of that length has been seen, from 0 to 1; ``None``: it is new."""
        entry = _content(self._path(article_id))
        return min(1.0, _position(entry).seen / max(1, length)) if entry else None

    def recent(self, most: int = 5) -> list[LeftArticle]:
        """Return the articles left last that can be opened again, the last first."""
        found: dict[str, LeftArticle] = {}
        for path in reversed(self._files()):
            entry = _content(path)
            title, source, at = entry.get("title"), entry.get("source"), entry.get("at")
            if isinstance(title, str) and isinstance(source, str) and isinstance(at, int) and source:
                found.setdefault(source, LeftArticle(title, source, at))
                if len(found) == most:
                    break
        return list(found.values())

    def save(self, article_id: str, position: Position, title: str = "", source: str = "") -> None:
        """Remember a position, and what it takes to offer the article again.

        Marks that another reader has set or taken away meanwhile stay as it left them, unless this reader
        has changed the same ones. A failure to write is no reason to disturb.
        """
        path = self._path(article_id)
        before = self._known.get(article_id, {})
        known = _position(_content(path))
        marks = known.marks
        for letter in before.keys() | position.marks.keys():
            here = position.marks.get(letter)
            if here == before.get(letter):
                continue
            if here is None:
                marks.pop(letter, None)
            else:
                marks[letter] = here
        seen = max(known.seen, position.seen)
        entry: dict[str, Any] = {
            **{"offset": position.offset, "marks": marks, "seen": seen},
            "at": int(time.time()),
        }
        if source:
            entry |= {"title": title[:_LONGEST_TITLE], "source": source}
        with suppress(OSError):
            import json

            replace_text(path, json.dumps(entry, indent=1))
            self._known[article_id] = dict(position.marks)
            for old in self._files()[:-_MOST]:
                old.unlink(missing_ok=True)

    def _path(self, article_id: str) -> Path:
        assert _ID.fullmatch(article_id)
        return self._folder / f"{article_id}.json"

    def _files(self) -> list[Path]:
        """The files, the one that was written last at the end."""
        times: list[tuple[int, str, Path]] = []
        with suppress(OSError):
            for path in self._folder.glob("[!.]*.json"):
                with suppress(OSError):  # another reader may have taken it away
                    times.append((path.stat().st_mtime_ns, path.name, path))
        return [path for _, _, path in sorted(times)]


def _content(path: Path) -> dict[str, Any]:
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(_LARGEST_FILE)
        import json  # only when there is something to read: the text is to be seen at once

        content = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _position(entry: dict[str, Any]) -> Position:
    offset, marks, seen = entry.get("offset"), entry.get("marks"), entry.get("seen")
    return Position(
        offset if isinstance(offset, int) and offset > 0 else 0,
        {
            letter: place
            for letter, place in (marks.items() if isinstance(marks, dict) else ())
            if len(letter) == 1 and isinstance(place, int) and place >= 0
        },
        seen if isinstance(seen, int) and seen > 0 else 0,
    )
