"""Documents with other names in them, so that the sentence and not the name decides the type.

A name is replaced by another of its type, length and style wherever it stands in the document; people's
names word by word, so that "Vladimir Putin" and "Putin" remain one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from training.corpora import Document, Paragraph

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

RENAMED = ("PERSON", "PLACE", "ORG")
Style = tuple[str, int, bool]


class Names:
    """The names of a collection of documents, by type and style."""

    def __init__(self, documents: Iterable[Document]) -> None:
        whole: dict[Style, set[str]] = defaultdict(set)
        words: dict[bool, set[str]] = defaultdict(set)
        for document in documents:
            for paragraph in document.paragraphs:
                for start, end, kind in paragraph.entities:
                    name = paragraph.text[start:end]
                    if not name[:1].isupper():
                        continue
                    whole[style(name, kind)].add(name)
                    parts = name.split()
                    if kind == "PERSON" and len(parts) == 2:
                        for last, word in enumerate(parts):
                            if replaceable(word):
                                words[bool(last)].add(word)
        self.whole = {key: sorted(names) for key, names in whole.items()}
        self.words = {key: sorted(names) for key, names in words.items()}

    def renamed(self, document: Document, chance: random.Random) -> Document:
        """The document under other names."""
        chosen: dict[tuple[str, str], str] = {}

        def word(old: str, last: bool) -> str:
            if not replaceable(old):
                return old
            return chosen.setdefault(("word", old), chance.choice(self.words[last]))

        def name(old: str, kind: str) -> str:
            if kind not in RENAMED:
                return old
            if kind == "PERSON":
                parts = old.split(" ")
                return " ".join(word(part, index == len(parts) - 1) for index, part in enumerate(parts))
            choices = self.whole.get(style(old, kind), [old])
            return chosen.setdefault((kind, old), chance.choice(choices))

        paragraphs = []
        for paragraph in document.paragraphs:
            text, entities, position = "", [], 0
            for start, end, kind in sorted(paragraph.entities):
                if start < position:
                    continue
                text += paragraph.text[position:start]
                begin = len(text)
                text += name(paragraph.text[start:end], kind)
                entities.append((begin, len(text), kind))
                position = end
            paragraphs.append(Paragraph(text + paragraph.text[position:], entities))
        return Document(document.corpus, paragraphs, document.complete)


def style(name: str, kind: str) -> Style:
    """What a name must share with its replacement."""
    return (kind, len(name.split()), name.isupper())


def replaceable(word: str) -> bool:
    """Whether a word of a person's name is a name itself: no initial, particle or suffix."""
    return len(word) > 2 and word[0].isupper() and word.isalpha() and not word.isupper()
