"""The people that labels before turns name, in transcripts and interviews: "MS. MARCHBANKS:", "NH:"."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from reader.language.entities.labels import TypedSpan
from reader.language.entities.names import GIVEN_NAMES, folded, initials, is_title, key, words
from reader.language.entities.overlaps import inside
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Sequence

_LABEL = re.compile(
    r"^[ \t]*([^\W\d_a-z](?:[^\W\d_a-z]|[’'. -]){1,50}?)"
    r"(?:, [A-Z][A-Za-z ]{1,30}| \([^()\n]{1,30}\))?:(?=\s|$)",
    re.M,
)
_TERMS = sections("organisations")["terms"]
_MOST_INITIALS = 4


class _Label(NamedTuple):
    start: int
    name: str
    titled: bool


def with_labels(text: str, spans: Sequence[TypedSpan]) -> tuple[list[TypedSpan], dict[str, str]]:
    """The spans, sorted, with labels in capitals that name people as mentions; and a mapping from labels of
    initials to the names that they stand for, both as keys.

    A label names a person by a title, by a given name, as the family name or the initials of one person who
    is named in full, or because it was recognised as one.
    """
    labels = [_Label(*_without_titles(match)) for match in _LABEL.finditer(text)]
    if not labels:
        return list(spans), {}
    full = [text[span.start : span.end] for span in spans if span.type == "PERSON"]
    full = [name for name in full if len(words(name)) > 1]
    full += [label.name for label in labels if _is_full_name(label.name)]
    families = {folded(words(name)[-1]) for name in full}
    by_initials: dict[str, set[str]] = defaultdict(set)
    for name in full:
        for letters in initials(name):
            by_initials[letters].add(key(name))
    added: dict[tuple[int, int], TypedSpan] = {}
    short_for: dict[str, str] = {}
    for label in labels:
        letters = folded(label.name)
        people = by_initials.get(letters, set())
        if letters in _TERMS or not label.name.isupper():
            continue
        place = (label.start, label.start + len(label.name))
        if len(letters) <= _MOST_INITIALS and len(people) == 1:
            short_for[letters] = next(iter(people))
        elif not (
            label.titled
            or _is_full_name(label.name)
            or letters in families
            or any(span.type == "PERSON" for span in inside(spans, place))
        ):
            continue
        added[place] = TypedSpan(*place, "PERSON")
    dropped = {span for place in added for span in inside(spans, place)}
    kept = [span for span in spans if span not in dropped]
    return sorted([*kept, *added.values()], key=lambda span: span[:2]), short_for


def _without_titles(match: re.Match[str]) -> tuple[int, str, bool]:
    """Where the name in a label starts, the name, and whether titles stand before it."""
    start, label = match.start(1), match.group(1).rstrip(" .")
    titled = False
    while (space := label.find(" ")) > 0 and is_title(label[:space]):
        start, label, titled = start + space + 1, label[space + 1 :], True
    return start, label, titled


def _is_full_name(name: str) -> bool:
    parts = words(name)
    return len(parts) > 1 and folded(parts[0]) in GIVEN_NAMES
