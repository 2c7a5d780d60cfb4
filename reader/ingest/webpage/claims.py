"""Which lines of a page an extraction is made of: its text found again in the page, line by line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ingest.webpage.outline import PageLine

_NO_LETTER = re.compile(r"[\W_]+")
_SHORTEST_PART = 12  # letters; a shorter piece is found in some line or other by chance
_NEAR = 60  # lines in which a part of a line is looked for
_PREFIX = 8
_FARTHEST = 5000  # lines that one piece of an extraction may run over


def key_of(text: str) -> str:
    """Return a text as it is compared: its letters and digits alone, without case."""
    return _NO_LETTER.sub("", text.casefold())


@dataclass(slots=True)
class Claims:
    """The lines that are the extraction's, by index, and what it holds that no line of the page shows.

    ``loose`` gives such texts by the index of the line that they stand before.
    """

    lines: set[int] = field(default_factory=set)
    loose: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


class Finder:
    """Finds the words of an extraction again in the lines of a page."""

    def __init__(self, lines: Sequence[PageLine]) -> None:
        self.keys = [key_of(line.text) for line in lines]
        self._at: dict[str, list[int]] = defaultdict(list)
        self._starts: dict[str, list[int]] = defaultdict(list)
        for index, (key, line) in enumerate(zip(self.keys, lines, strict=True)):
            if not key:
                continue
            self._at[key].append(index)
            self._starts[key[:_PREFIX]].append(index)  # a shorter line is found by all of it
            bare = key_of(line.text.partition(" ")[2]) if line.kind == "list_item" else ""
            noted = key_of(line.noted)
            if noted and noted != key:
                self._at[noted].append(index)
            if bare and bare != key:  # the number before an item is ours, not the extraction's
                self._at[bare].append(index)

    def find(self, texts: Sequence[str]) -> Claims:
        """Return the claims of an extraction that gives these lines, in its order."""
        claims = Claims()
        position = 0
        for text in texts:
            key = key_of(text)
            if not key:
                continue
            found = self._whole(key, position) or self._run(key, position) or self._part(key, position)
            if not found:
                claims.loose[position].append(text)
                continue
            claims.lines.update(found)
            # A line far ahead is more likely a repetition of these words than where the article goes on.
            if max(found) - position < _NEAR * 4 or position == 0:
                position = max(position, max(found) + 1)
        return claims

    def _whole(self, key: str, position: int) -> list[int]:
        places = self._at.get(key)
        if not places:
            return []
        return [places[min(bisect_left(places, position), len(places) - 1)]]

    def _run(self, key: str, position: int) -> list[int]:
        """Return lines that make up the text together; some in between may be left out."""
        places = [at for size in range(_PREFIX, 2, -1) for at in self._starts.get(key[:size], ())[:20]]
        for start in sorted(places, key=lambda at: (at < position, at)):
            done, run = 0, []
            for index in range(start, min(len(self.keys), start + _FARTHEST)):
                if self.keys[index] and key.startswith(self.keys[index], done):
                    run.append(index)
                    done += len(self.keys[index])
                    if done == len(key):
                        return run
                elif index - (run[-1] if run else start) > _NEAR:
                    break
            if done * 10 >= len(key) * 9 and len(run) > 1:
                return run
        return []

    def _part(self, key: str, position: int) -> list[int]:
        if len(key) < _SHORTEST_PART:
            return []
        for index in range(max(0, position - 2), min(len(self.keys), position + _NEAR)):
            if key in self.keys[index]:
                return [index]
        return []
