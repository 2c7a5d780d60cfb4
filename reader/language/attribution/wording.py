"""How the text words a speaker: "a spokesman for the ministry", not just "a spokesman"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.language.attribution.mentions import Candidate, Mentions
    from reader.language.attribution.words import Paragraph

_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
# Words of the language at the head of a description, written large only because a sentence begins there.
_OPENING = re.compile(r"^(?:Its|His|Her|Their|Our|My|One|Another)\b")
_FIRST = re.compile(r"^(?:An?|The|Its|His|Her|Their|Our|My|One|Another)\b")
_LONGEST = 12  # words after the head: what is longer is usually a mistake of the parser
_COMPLEMENTS = frozenset(("nmod", "prep"))
_BELOW = _COMPLEMENTS | {
    "obl", "case", "det", "amod", "compound", "flat", "nummod", "nmod:poss", "conj", "cc",
}  # fmt: skip
_UNFINISHED = frozenset(("case", "prep", "cc", "det", "nmod:poss", "amod"))


def end_of_wording(paragraph: Paragraph, candidate: Candidate, named: Mentions) -> int:
    """Return where the words for a candidate end, complements included (an offset into the article).

    A name ends where its mention does, also where the parser tears it: "an audit by the Asian Development
    Bank". Clauses and appositions are no part of the wording.
    """
    words = paragraph.words
    if candidate.named is not None or words[candidate.index].pos == "PRON":
        return candidate.end
    belonging = _complements(paragraph, candidate.index)
    last = candidate.index
    while last + 1 < len(words) and words[last + 1].end <= candidate.end:
        last += 1
    first_after = last + 1
    while last + 1 in belonging and last + 1 < first_after + _LONGEST:
        last += 1
    while last >= first_after and words[last].dep in _UNFINISHED:
        last -= 1
    end = words[last].end if last >= first_after else candidate.end
    torn = named.at(end - 1, end)
    return torn.end if torn is not None else end


def shown_role(words: str) -> str | None:
    """A description as it is shown beside a name: without an article at its head, on one line; "its lawyer"
    also where a sentence begins with "Its"."""
    role = _ARTICLE.sub("", " ".join(words.split())).strip(" ,.-–—")
    return _OPENING.sub(lambda opening: opening.group().lower(), role) or None


def stood_for(words: str) -> str | None:
    """Whom a pronoun stands for, as the text words it on one line: "A neighbour" that begins a sentence is
    "a neighbour"."""
    return _FIRST.sub(lambda first: first.group().lower(), " ".join(words.split())) or None


def _complements(paragraph: Paragraph, head: int) -> set[int]:
    """The words after a noun that belong to its complements, and to theirs."""
    words = paragraph.words
    found: set[int] = set()
    waiting = [child for child in paragraph.children[head] if words[child].dep in _COMPLEMENTS]
    while waiting:
        index = waiting.pop()
        if index < head or words[index].quotation >= 0 or words[index].masked or index in found:
            continue
        found.add(index)
        waiting += (child for child in paragraph.children[index] if words[child].dep in _BELOW)
    return found
