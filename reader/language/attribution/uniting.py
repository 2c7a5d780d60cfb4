"""One candidate of a description and the name that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.attribution.apposition_after import description_after
from reader.language.attribution.apposition_before import description_before
from reader.language.attribution.words import first_word, last_word
from reader.language.stems import stem
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from reader.language.attribution.descriptions import DescriptionSpan
    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.words import Paragraph

_OFFICE_VERBS = frozenset(stem(verb) for verb in sections("speakers")["office verbs"])
_LONGEST = 14  # words of a clause, or of a name


def united(paragraph: Paragraph, found: list[Candidate]) -> list[Candidate]:
    """Make one candidate of each description and the name that it belongs to.

    The one that the verb hangs on stays; its span covers the name, its ``role`` the description.
    """
    at = {candidate.index: candidate for candidate in found}
    dropped: set[int] = set()
    for name in found:
        if name.named is None or name.named.type not in ("PERSON", "ORG") or name.index in dropped:
            continue
        before = description_before(paragraph, name)
        if before is not None:
            before.first = _unbroken(paragraph, before.first, at)
            _unite_before(paragraph, at, dropped, name, before)
        after = description_after(paragraph, name)
        if after is not None:
            _unite_after(paragraph, at, dropped, name, after)
        if name.role is None and name.named.type == "PERSON":
            name.role = _office(paragraph, name)
    return [candidate for candidate in found if candidate.index not in dropped]


def _unbroken(paragraph: Paragraph, first: int, at: dict[int, Candidate]) -> int:
    """The first word of a description that begins inside a name: all of "Ministry of Works spokesman"."""
    words = paragraph.words
    for candidate in (at[index] for index in range(first - _LONGEST, first + _LONGEST) if index in at):
        if candidate.named is not None and candidate.start < words[first].start < candidate.end:
            return first_word(words, first, candidate.start)
    return first


def _office(paragraph: Paragraph, name: Candidate) -> tuple[int, int] | None:
    """The span of a clause that says what a person does: "Owen Tarr, who heads the union, said"."""
    words = paragraph.words
    first = last_word(words, name.index, name.end) + 2
    if first + 1 >= len(words) or words[first].lower != "who" or words[first - 1].text != ",":
        return None
    if words[first + 1].stem not in _OFFICE_VERBS:
        return None
    for last in range(first + 2, min(len(words), first + _LONGEST)):
        if words[last].text in ",.;:" or words[last].masked:
            return words[first].start, words[last - 1].end
    return None


def _unite_before(
    paragraph: Paragraph,
    at: dict[int, Candidate],
    dropped: set[int],
    name: Candidate,
    description: DescriptionSpan,
) -> None:
    words = paragraph.words
    head = at.get(description.head)
    first_of_name = first_word(words, name.index, name.start)
    inside = [index for index in range(description.first, first_of_name) if index in at]
    leading = next((at[index] for index in inside if at[index].subject), None)
    role = (words[description.first].start, words[description.last].end) if description.head >= 0 else None
    if leading is not None and not name.subject:
        name.subject, name.verb, name.dep = True, leading.verb, leading.dep
    if head is not None and words[name.index].head == head.index:
        # The name hangs on the description, and the description on the verb.
        if leading is not None and not head.subject:
            head.subject, head.verb, head.dep = True, leading.verb, leading.dep
        head.named, head.end, head.role = name.named, name.end, role
        head.start = min(head.start, words[description.first].start)
        dropped.add(name.index)
        dropped.update(index for index in inside if index != head.index)
        return
    name.start, name.role = words[description.first].start, role
    dropped.update(inside)


def _unite_after(
    paragraph: Paragraph,
    at: dict[int, Candidate],
    dropped: set[int],
    name: Candidate,
    description: DescriptionSpan,
) -> None:
    words = paragraph.words
    for index in range(description.first, description.last + 1):
        other = at.get(index)
        if other is None:
            continue
        if other.subject and not (name.subject and name.verb >= 0):
            # "Ana Ruiz, a writer from Toledo, said": the verb may hang on either word.
            name.subject, name.verb, name.dep = True, other.verb, other.dep
            if other.named is not None:
                other.subject, other.verb = False, -1
        if other.named is None:
            dropped.add(index)
    if description.head >= 0:
        name.role = name.role or (words[description.first].start, words[description.last].end)
