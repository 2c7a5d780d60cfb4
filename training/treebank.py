"""Universal Dependencies treebanks as spaCy training documents.

usage: python -m training.treebank OUT.spacy FILE.conllu... [--chunks] [--seed N]

Curly marks are written straight, as the engine does before it parses. Relation subtypes are
dropped but for the few that tell who acts from who is acted on. ``--chunks`` packs one to twelve
sentences into a document, so that the parser learns where sentences end; without it, ten.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc, DocBin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.vocab import Vocab

STRAIGHT = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "``": '"', "''": '"'}
KEPT_SUBTYPES = frozenset({"nsubj", "aux", "obl"})
CHUNK_SIZES = (1, 2, 4, 6, 8, 12)


@dataclass(frozen=True)
class Word:
    """One syntactic word of a treebank; ``head`` counts from 1 within the sentence, 0 is the root."""

    form: str
    lemma: str
    pos: str
    tag: str
    head: int
    relation: str
    space: bool


def straight(form: str) -> str:
    """The form with typographic quotation marks written straight."""
    return STRAIGHT.get(form) or "".join(STRAIGHT.get(character, character) for character in form)


def simple(relation: str) -> str:
    """The relation without its subtype, unless the subtype matters to speakers."""
    base = relation.split(":")[0]
    return relation if base in KEPT_SUBTYPES else base


def sentences(path: Path) -> Iterator[list[Word]]:
    """The sentences of a CoNLL-U file; empty nodes are skipped, contractions keep their spacing."""
    words: list[Word] = []
    contraction_end, contraction_space = 0, True
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if not line:
            if words:
                yield words
            words, contraction_end = [], 0
            continue
        columns = line.split("\t")
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
        words.append(
            Word(
                form=straight(columns[1]),
                lemma=columns[2],
                pos=columns[3],
                tag=columns[4],
                head=int(columns[6]),
                relation=simple(columns[7]),
                space=space,
            )
        )
    if words:
        yield words


def document(vocab: Vocab, group: list[list[Word]]) -> Doc:
    """One training document of the sentences in ``group``."""
    flat: list[Word] = []
    heads: list[int] = []
    starts: list[bool | int | None] = []
    for sentence in group:
        offset = len(flat)
        for position, word in enumerate(sentence):
            heads.append(offset + (word.head - 1 if word.head else position))
            starts.append(position == 0)
        flat.extend(sentence)
    return Doc(
        vocab,
        words=[word.form for word in flat],
        spaces=[word.space for word in flat],
        tags=[word.tag for word in flat],
        pos=[word.pos for word in flat],
        deps=[word.relation if word.head else "ROOT" for word in flat],
        heads=heads,
        sent_starts=starts,
    )


def main() -> None:
    """Write the DocBin."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("treebanks", type=Path, nargs="+")
    parser.add_argument("--chunks", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    vocab = spacy.blank("en").vocab
    documents: list[Doc] = []
    for path in arguments.treebanks:
        remaining = list(sentences(path))
        while remaining:
            size = chance.choice(CHUNK_SIZES) if arguments.chunks else 10
            documents.append(document(vocab, remaining[:size]))
            remaining = remaining[size:]
    if arguments.chunks:
        chance.shuffle(documents)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=documents).to_disk(arguments.output)
    print(f"{arguments.output}: {len(documents)} documents, {sum(map(len, documents))} words")


if __name__ == "__main__":
    main()
