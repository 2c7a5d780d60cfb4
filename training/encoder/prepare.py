"""Everything that the encoder learns from, as arrays of word pieces in one compressed file.

usage: python -m training.encoder.prepare --tokenizer tokenizer.json --entities open_train.jsonl
       --treebanks EWT.conllu GUM.conllu --treebanks-dev ... --annotated ARTICLES.jsonl --marked FOLDER
       --annotated-dev ... --output data.npz

Training itself needs nothing but that file, the pretrained weights and torch.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import Tokenizer

from reader.language.encoder.component import stretches
from reader.language.encoder.wordpieces import Pieces, pieces
from reader.language.quotations.finder import stretches_by_paragraph
from training.corpora import open_documents, paragraphs
from training.encoder import frames, treebank
from training.encoder.links import coreference, speakers
from training.labels import LABELS, TYPES, word_targets
from training.quotations.articles import from_corpus, from_jsonl

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PACK_PIECES = 256
IGNORED = -1
NO_ATTRIBUTION = 255
FOLDS = 3
# Of every reporting clause in the treebanks, so many instances with direct speech.
COPIES = 4
ROLES = ("Source", "Cue", "Content")


@dataclass
class Unit:
    """A paragraph, a stretch of one, or a sentence: arrays over its pieces; heads count from its first."""

    ids: list[int]
    cases: list[int]
    word: list[int]
    name: list[int]
    tag: list[int]
    pos: list[int]
    start: list[int]
    head: list[int]
    relation: list[int]
    role: list[int]
    glued: bool = False


@dataclass
class Stream:
    """Documents of units, one after another; links point at pieces counted over the whole stream."""

    units: list[Unit] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)
    corpora: list[str] = field(default_factory=list)
    links: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    size: int = 0

    def begin(self, corpus: str, fold: int = -1) -> None:
        """Begin a document."""
        self.documents.append(len(self.units))
        self.folds.append(fold)
        self.corpora.append(corpus)

    def add(self, unit: Unit) -> None:
        """Add a unit to the document that was begun last."""
        self.units.append(unit)
        self.size += len(unit.ids)

    def link(self, kind: int, first: int, last: int, label: int, targets: Sequence[int] | None) -> None:
        """A question: ``kind`` 0 asks for a quotation's speaker, 1 for who is meant.

        ``label`` says whether it is a quotation (IGNORED: unknown); None for ``targets``: unknown.
        """
        count = -1 if targets is None else len(targets)
        self.links.append((kind, first, last, label, count))
        self.targets.extend(targets or ())

    def arrays(self, name: str) -> dict[str, np.ndarray]:
        """The stream as arrays under ``name``."""
        kinds = {
            "ids": np.uint16, "cases": np.uint8, "word": np.uint8, "name": np.int8, "tag": np.int8,
            "pos": np.int8, "start": np.int8, "head": np.int16, "relation": np.int8, "role": np.uint8,
        }  # fmt: skip
        found = {
            f"{name}.{key}": np.array([value for unit in self.units for value in getattr(unit, key)], kind)
            for key, kind in kinds.items()
        }
        found[f"{name}.unit"] = np.cumsum([0, *(len(unit.ids) for unit in self.units)]).astype(np.int32)
        found[f"{name}.glued"] = np.array([unit.glued for unit in self.units], np.uint8)
        found[f"{name}.document"] = np.array([*self.documents, len(self.units)], np.int32)
        found[f"{name}.fold"] = np.array(self.folds, np.int8)
        found[f"{name}.links"] = np.array(self.links, np.int32).reshape(-1, 5)
        found[f"{name}.targets"] = np.array(self.targets, np.int32)
        found[f"{name}.corpus"] = np.array([corpus.encode() for corpus in self.corpora])
        return found


class Article:
    """A text cut into units as the pipeline reads it, with the pieces of its words to be looked up."""

    def __init__(self, tokenizer: Tokenizer, text: str, spans: Iterable[tuple[int, int]], base: int) -> None:
        self.text = text
        self.parts: list[Pieces] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.piece: list[int] = []
        for low, high in spans:
            (whole,) = pieces(tokenizer, [text[low:high]])
            for part in stretches(whole, text[low:high], PACK_PIECES - 2):
                moved = part._replace(words=[(a + low, b + low) for a, b in part.words])
                self.parts.append(moved)
                self.starts += [a for a, _ in moved.words]
                self.ends += [b for _, b in moved.words]
                self.piece += [base + first for first in moved.first]
                base += len(moved.ids)

    def within(self, start: int, end: int) -> list[int]:
        """The pieces of the words that a span touches."""
        low = int(np.searchsorted(self.ends, start, "right"))
        high = int(np.searchsorted(self.starts, end, "left"))
        return self.piece[low:high]


def plain(part: Pieces) -> Unit:
    """A unit about which nothing is known yet."""
    size = len(part.ids)
    word = [0] * size
    for first in part.first:
        word[first] = 1
    nothing = [[IGNORED] * size for _ in range(6)]
    name, tag, pos, start, head, relation = nothing
    roles = [NO_ATTRIBUTION] * size
    return Unit(part.ids, part.cases, word, name, tag, pos, start, head, relation, roles)


def named(unit: Unit, part: Pieces, entities: Sequence[tuple[int, int, str]], complete: bool) -> Unit:
    """Set the targets for names."""
    for first, target in zip(part.first, word_targets(part.words, entities, complete), strict=True):
        unit.name[first] = target if target >= 0 else IGNORED
    return unit


def names(tokenizer: Tokenizer, documents: Iterable[Any], stream: Stream) -> None:
    """Documents with names alone."""
    for document in documents:
        stream.begin(document.corpus)
        for paragraph, piece in zip(
            document.paragraphs,
            pieces(tokenizer, [paragraph.text for paragraph in document.paragraphs]),
            strict=True,
        ):
            for part in stretches(piece, paragraph.text, PACK_PIECES - 2):
                if part.ids:
                    stream.add(named(plain(part), part, paragraph.entities, document.complete))


def attributed(
    tokenizer: Tokenizer,
    articles: Iterable[Any],
    stream: Stream,
    roles: dict[str, list[tuple[int, int, int]]] | None,
    records: dict[str, list[tuple[int, int, str]]],
) -> None:
    """Articles with quotations; ``roles`` are spans of source, cue and content, ``records`` their names."""
    for number, gold in enumerate(articles):
        stream.begin(gold.identity, number % FOLDS)
        spans = [(low, high) for low, high, _ in stretches_by_paragraph(gold.text, ())]
        article = Article(tokenizer, gold.text, spans, stream.size)
        for part in article.parts:
            unit = plain(part)
            if gold.identity in records:
                named(unit, part, records[gold.identity], True)
            if roles is not None:
                for first, mask in zip(part.first, masks(part.words, roles[gold.identity]), strict=True):
                    unit.role[first] = mask
            stream.add(unit)
        for kind, first, last, label, targets in speakers(gold, article):
            stream.link(kind, first, last, label, targets)


def masks(words: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int, int]]) -> list[int]:
    """Per word which roles it has: 1 source, 2 cue, 4 content."""
    found = []
    for start, end in words:
        mask = 0
        for low, high, role in spans:
            if low < end and start < high:
                mask |= 1 << role
        found.append(mask)
    return found


def marked(folder: Path) -> dict[str, list[tuple[int, int, int]]]:
    """Roles per article from brat files, the fullest annotation where there are several."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    for path in sorted(folder.glob("*.ann")):
        spans = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if not re.match(r"T\d+\t", line):
                continue
            role, _, offsets = line.split("\t")[1].partition(" ")
            if role in ROLES:
                for pair in offsets.split(";"):
                    low, high = pair.split(" ")
                    spans.append((int(low), int(high), ROLES.index(role)))
        identity = path.stem.rsplit("_", 1)[0]
        if len(spans) > len(found.get(identity, ())):
            found[identity] = spans
        found.setdefault(identity, spans)
    return found


def parsed(
    tokenizer: Tokenizer,
    documents: Iterable[treebank.Document],
    stream: Stream,
    inventory: treebank.Inventory,
) -> None:
    """Treebanks: every sentence a unit, glued to the one before it where that is the same paragraph."""
    for document in documents:
        stream.begin(document.identity)
        places: list[list[int]] = []
        for sentence in document.sentences:
            (part,) = pieces(tokenizer, [sentence.text])
            firsts = treebank.first_pieces(part, [(word.start, word.end) for word in sentence.words])
            places.append([stream.size + first for first in firsts])
            unit = plain(part)
            unit.glued = sentence.glued
            unit.head = [-2] * len(part.ids)
            for word, first in zip(sentence.words, firsts, strict=True):
                head = firsts[word.head - 1] if word.head else -1
                # Two words of one piece ("cannot") are one: the one that hangs on another counts.
                if unit.head[first] != -2 or head == first:
                    continue
                unit.tag[first] = inventory.tag(word.tag)
                unit.pos[first] = inventory.part(word.pos)
                unit.start[first] = int(first == firsts[0])
                unit.head[first] = head
                unit.relation[first] = inventory.relation(word.relation)
            stream.add(unit)
        for query, targets in coreference(document, places):
            stream.link(1, query, query, IGNORED, targets)


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--entities", type=Path, required=True)
    parser.add_argument("--scored", type=Path, required=True)
    parser.add_argument("--treebanks", type=Path, nargs="+", required=True)
    parser.add_argument("--treebanks-dev", type=Path, nargs="+", required=True)
    parser.add_argument("--annotated", type=Path, required=True)
    parser.add_argument("--annotated-dev", type=Path, required=True)
    parser.add_argument("--marked", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(arguments.tokenizer))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    inventory = treebank.Inventory.of(arguments.treebanks)
    streams = {
        name: Stream()
        for name in ("names", "own", "own_dev", "tree", "tree_dev", "press", "press_dev", "world")
    }
    names(tokenizer, open_documents(arguments.entities), streams["names"])
    for kept_out, name in ((False, "own"), (True, "own_dev")):
        gold = list(from_corpus(kept_out=kept_out))
        attributed(tokenizer, gold, streams[name], None, own_names())
    trees = [document for path in arguments.treebanks for document in treebank.documents(path)]
    trees += frames.instances(trees, random.Random(0), COPIES)
    parsed(tokenizer, trees, streams["tree"], inventory)
    aside = [document for path in arguments.treebanks_dev for document in treebank.documents(path)]
    parsed(tokenizer, aside, streams["tree_dev"], inventory)
    roles = marked(arguments.marked / "train" / "attributions") | marked(
        arguments.marked / "dev" / "attributions"
    )
    attributed(tokenizer, from_jsonl(arguments.annotated), streams["press"], roles, {})
    attributed(tokenizer, from_jsonl(arguments.annotated_dev), streams["press_dev"], roles, {})
    world = []
    for line in arguments.scored.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        entities = [tuple(e[:3]) for e in record["entities"] if e[2] in TYPES]
        world.append(World(record["id"], paragraphs(record["text"], entities), False))
    names(tokenizer, world, streams["world"])
    stored: dict[str, Any] = {}
    for name, stream in streams.items():
        stored.update(stream.arrays(name))
        print(f"{name}: {len(stream.documents)} documents, {stream.size} pieces, {len(stream.links)} links")
    meta = {"names": LABELS, "tags": inventory.tags, "pos": inventory.parts, "relations": inventory.relations}
    stored["meta"] = np.frombuffer(json.dumps(meta).encode(), np.uint8)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(arguments.output, **stored)
    print(f"{arguments.output}: {arguments.output.stat().st_size / 1e6:.1f} MB")


@dataclass(frozen=True)
class World:
    """A document that is only scored."""

    corpus: str
    paragraphs: list[Any]
    complete: bool


def own_names() -> dict[str, list[tuple[int, int, str]]]:
    """The names of our own articles by their id."""
    from training.corpora import articles

    return {record["id"]: [tuple(entity[:3]) for entity in record["entities"]] for record in articles()}


if __name__ == "__main__":
    main()
