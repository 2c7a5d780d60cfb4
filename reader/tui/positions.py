"""Where the reader left each article, its marks, the theme chosen last: a JSON file in the state folder."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_VERSION = 1
_MOST = 500


@dataclass(slots=True)
class Position:
    """The offset at the top of the screen, and the offsets of the marks by their letters."""

    offset: int = 0
    marks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Left:
    """An article that the reader left: its title, where it came from, and when (seconds since 1970)."""

    title: str
    source: str
    at: int


def default_path() -> Path:
    """The state file of this user."""
    from platformdirs import user_state_path

    return user_state_path("onrecord") / "positions.json"


class Positions:
    """Positions by article id. A missing or damaged file counts as empty: nothing here is precious."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _content(self) -> dict[str, Any]:
        try:
            text = self._path.read_text(encoding="utf-8")
            import json  # only when there is something to read: the text is to be seen at once

            content = json.loads(text)
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _load(self) -> dict[str, Any]:
        articles = self._content().get("articles")
        return articles if isinstance(articles, dict) else {}

    @property
    def theme(self) -> str:
        """The theme that was chosen last; nothing when none ever was."""
        name = self._content().get("theme")
        return name if isinstance(name, str) else ""

    def keep_theme(self, name: str) -> None:
        """Remember which theme was chosen."""
        self._save(self._content() | {"theme": name})

    def get(self, article_id: str) -> Position:
        """Return where an article was left; the beginning when it is new."""
        entry = self._load().get(article_id)
        if not isinstance(entry, dict):
            return Position()
        offset, marks = entry.get("offset"), entry.get("marks")
        return Position(
            offset if isinstance(offset, int) and offset > 0 else 0,
            {
                letter: place
                for letter, place in (marks.items() if isinstance(marks, dict) else ())
                if len(letter) == 1 and isinstance(place, int) and place >= 0
            },
        )

    def recent(self, most: int = 5) -> list[Left]:
        """Return the articles left last that can be opened again, the last first."""
        found: dict[str, Left] = {}
        for entry in reversed(self._load().values()):
            if not isinstance(entry, dict):
                continue
            title, source, at = entry.get("title"), entry.get("source"), entry.get("at")
            if isinstance(title, str) and isinstance(source, str) and isinstance(at, int) and source:
                found.setdefault(source, Left(title, source, at))
        return list(found.values())[:most]

    def save(self, article_id: str, position: Position, title: str = "", source: str = "") -> None:
        """Remember a position, and what it takes to offer the article again.

        The file is replaced whole; a failure to write it is no reason to disturb.
        """
        articles = self._load()
        articles.pop(article_id, None)
        entry = {"offset": position.offset, "marks": position.marks, "at": int(time.time())}
        articles[article_id] = entry | ({"title": title[:200], "source": source} if source else {})
        kept = dict(list(articles.items())[-_MOST:])
        self._save(self._content() | {"articles": kept})

    def _save(self, content: dict[str, Any]) -> None:
        with suppress(OSError):
            import json

            self._write(json.dumps(content | {"version": _VERSION}, indent=1))

    def _write(self, content: str) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        import tempfile

        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(content)
            Path(name).replace(self._path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
