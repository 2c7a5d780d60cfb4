"""Universal Dependencies treebanks as sentences with offsets, and who is meant by their pronouns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from reader.language.encoder.wordpieces import Pieces

# Subtypes that tell who acts from who is acted on, and names from what describes them; others are dropped.
KEPT = frozenset(
    {
        "nsubj:pass", "nsubj:outer", "aux:pass", "obl:agent", "obl:unmarked", "nmod:poss", "nmod:desc",
        "acl:relcl", "compound:prt",
    }
)  # fmt: skip
_ENTITY = re.compile(r"\((?P<open>[^()]+)|(?P<close>[^()]+)?\)")


@dataclass
class Word:
    """A word of a sentence: offsets into its text; ``head`` counts from 1, 0 is the root."""

    form: str
    start: int
    end: int
    pos: str
    tag: str
    head: int
    relation: str


@dataclass
class Sentence:
    """A sentence; ``glued`` when it stands in the same paragraph as the one before it."""

    text: str
    words: list[Word]
    glued: bool
    # Mentions: entity, first and last word (counted from 0).
    mentions: list[tuple[str, int, int]] = field(default_factory=list)


@dataclass
class Document:
    """Consecutive sentences; ``linked`` when it is annotated who is meant by what."""

    identity: str
    sentences: list[Sentence]
    linked: bool = False


@dataclass
class Inventory:
    """The labels in order of frequency."""

    tags: list[str]
    parts: list[str]
    relations: list[str]

    @classmethod
    def of(cls, paths: Iterable[Path]) -> Inventory:
        """The labels of treebanks."""
        tags: Counter[str] = Counter()
        parts: Counter[str] = Counter()
        relations: Counter[str] = Counter()
        for path in paths:
            for document in documents(path):
                for sentence in document.sentences:
                    tags.update(word.tag for word in sentence.words)
                    parts.update(word.pos for word in sentence.words)
                    relations.update(word.relation for word in sentence.words if word.relation)
        return cls(
            *(
                [label for label, _ in sorted(c.items(), key=lambda i: (-i[1], i[0]))]
                for c in (tags, parts, relations)
            )
        )

    def tag(self, label: str) -> int:
        return self.tags.index(label) if label in self.tags else -1

    def part(self, label: str) -> int:
        return self.parts.index(label) if label in self.parts else -1

    def relation(self, label: str) -> int:
        return self.relations.index(label) if label in self.relations else -1


def frequent(counts: Counter[str]) -> list[str]:
    """The labels, the most frequent first."""
    return [label for label, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def simple(relation: str) -> str:
    """The relation without its subtype, unless the subtype is kept."""
    return relation if relation in KEPT else relation.partition(":")[0]


def documents(path: Path) -> Iterator[Document]:
    """The documents of a CoNLL-U file."""
    document = Document("", [])
    fresh = True
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc"):
            if document.sentences:
                yield document
            document = Document(line.partition("=")[2].strip(), [])
            fresh = True
        elif line.startswith("# newpar"):
            fresh = True
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            sentence = _sentence(rows, glued=not fresh)
            document.linked = document.linked or bool(sentence.mentions)
            document.sentences.append(sentence)
            rows, fresh = [], False
    if document.sentences:
        yield document


def _sentence(rows: list[list[str]], *, glued: bool) -> Sentence:
    text = ""
    words: list[Word] = []
    mentions: list[tuple[str, int, int]] = []
    waiting: list[tuple[str, int]] = []
    contraction_end, contraction_space = 0, True
    for columns in rows:
        number, space = columns[0], "SpaceAfter=No" not in columns[9]
        if "." in number:
            continue
        if "-" in number:
            contraction_end, contraction_space = int(number.split("-")[1]), space
            continue
        position = int(number)
        if position < contraction_end:
            space = False
        elif position == contraction_end:
            space = contraction_space
        start = len(text)
        text += columns[1]
        words.append(
            Word(columns[1], start, len(text), columns[3], columns[4], int(columns[6]), simple(columns[7]))
        )
        text += " " if space else ""
        for note in columns[9].split("|"):
            if note.startswith("Entity="):
                for match in _ENTITY.finditer(note.partition("=")[2]):
                    if match["open"]:
                        waiting.append((match["open"].split("-")[0], position - 1))
                        # "(7-person-new)" opens and closes at one word; the next match closes it.
                    else:
                        entity = (match["close"] or "").split("-")[0]
                        for place in range(len(waiting) - 1, -1, -1):
                            if entity in ("", waiting[place][0]):
                                mentions.append((*waiting.pop(place), position - 1))
                                break
    return Sentence(text.rstrip(), words, glued, [(e, a, b) for e, a, b in mentions])


def first_pieces(part: Pieces, spans: Sequence[tuple[int, int]]) -> list[int]:
    """For each span the first piece of the first encoder word that begins in it, or else holds it."""
    starts = [start for start, _ in part.words]
    found = []
    for start, end in spans:
        place = bisect_left(starts, start)
        if place >= len(starts) or starts[place] >= end:
            place = max(0, place - 1)
        found.append(part.first[place] if part.first else 0)
    return found
