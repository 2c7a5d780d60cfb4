"""The encoder of the embedded pipeline: names, tags, parse and speakers, run by ONNX Runtime.

It is a spaCy component (factory ``onrecord_encoder``) that carries its own weights, so the pipeline
that holds it is loaded by ``spacy.load`` like any other.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.util import filter_spans
from tokenizers import Tokenizer

from reader.language.encoder.parse import Token, annotate, parse
from reader.language.encoder.paths import best_path, spans_of
from reader.language.encoder.sight import PointedWords, Sight, TextReading
from reader.language.encoder.tower import Request, Stretch, Tower
from reader.language.encoder.wordpieces import SPECIAL, Pieces, pieces
from reader.language.entities.labels import TypedSpan, entity_type
from reader.language.inference import open_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from spacy.tokens import Doc

# Consecutive paragraphs are read together up to this many word pieces: a headline is understood
# beside its first paragraph, and no time goes into padding. About 40 ms of one core.
PACK_PIECES = 208
_SENTENCE_ENDS = frozenset({".", "!", "?", ";", '"', "”", "’"})


class Encoder:
    """A recogniser of entities, called with a ``Doc`` or, for spans alone, with texts."""

    def __init__(self, name: str = "onrecord_encoder", threads: int = 1) -> None:
        self.name = name
        self.threads = threads
        self.labels: tuple[str, ...] = ()
        self._model = b""
        self.tokenizer: Tokenizer | None = None
        self._session: InferenceSession | None = None
        self._special: tuple[int, int] = (0, 0)
        self.tower: Tower | None = None
        self._tower: tuple[bytes, dict[str, Any]] | None = None

    def load(self, model: bytes, tokenizer: str, labels: Iterable[str]) -> None:
        """Take weights (an ONNX graph), a tokenizer (its JSON) and the labels of the graph's output."""
        self.labels = tuple(labels)
        self._model = model
        self.tokenizer = Tokenizer.from_str(tokenizer)
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        start, end = (self.tokenizer.token_to_id(piece) for piece in ("[CLS]", "[SEP]"))
        if start is None or end is None:
            raise ValueError("the tokenizer lacks [CLS] or [SEP]")
        self._special = (start, end)
        self._session = open_graph(model, self.threads)

    def raise_tower(self, model: bytes, settings: dict[str, Any]) -> None:
        """Take the graph for tags, parse and speakers, and its labels."""
        self._tower = model, settings
        self.tower = Tower(model, settings, self.threads)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.ents``, every type that the model knows; a mention that cuts a token takes all of it.

        With a tower, tags, coarse tags, dependencies and sentences too.
        """
        ((found, reading),) = self._passes([(doc.text, () if self.tower is not None else None)])
        if reading is not None and self.tower is not None and len(doc):
            tokens = [Token(token.idx, token.idx + len(token), -1, token.text) for token in doc]
            annotate(doc, parse(tokens, {}, reading, self.tower))
        spans = (doc.char_span(s, e, label=label, alignment_mode="expand") for s, e, label, _ in found)
        doc.ents = filter_spans([span for span in spans if span is not None])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Set the entities of every document, one at a time: each is read on its own."""
        for doc in stream:
            yield self(doc)

    def spans(self, texts: Iterable[str]) -> Iterator[list[TypedSpan]]:
        """The mentions in each text, in order; neighbouring texts are read as each other's context."""
        for found, _ in self.read((text, None) for text in texts):
            yield found

    def read(self, requests: Iterable[Request]) -> Iterator[tuple[list[TypedSpan], TextReading | None]]:
        """Per text its mentions and, for texts with questions, the reading of its words and quotations.

        A request is a text with the spans of the quotations to ask about, or with None when its words are
        not asked for. All that stands side by side is read in one go.
        """
        for labelled, reading in self._passes(requests):
            spans = [
                TypedSpan(start, end, kind, score)
                for start, end, label, score in labelled
                if (kind := entity_type(label)) is not None
            ]
            yield spans, reading

    def labelled(self, texts: Iterable[str]) -> Iterator[list[tuple[int, int, str, float]]]:
        """Per text (start, end, label, probability) of every span, whatever its label."""
        for found, _ in self._passes((text, None) for text in texts):
            yield found

    def _passes(
        self, requests: Iterable[Request]
    ) -> Iterator[tuple[list[tuple[int, int, str, float]], TextReading | None]]:
        tokenizer = self.tokenizer
        if tokenizer is None:
            raise ValueError(f"the component {self.name!r} has no weights: load it from disk first")
        pack: list[Stretch] = []
        size = 1
        scores: list[NDArray[np.float32]] = []
        waiting: list[Stretch] = []
        sights: list[Sight] = []
        pointings: dict[int, PointedWords] = {}

        def flush() -> Iterator[tuple[list[tuple[int, int, str, float]], TextReading | None]]:
            for part, (logits, sight, told) in zip(pack, self._pass(pack), strict=True):
                scores.append(logits)
                waiting.append(part)
                pointings.update(told)
                if sight is not None:
                    sights.append(sight)
                if part.last:
                    words = [word for item in waiting for word in item.pieces.words]
                    reading = None
                    if part.questions is not None:
                        count = range(len(part.questions))
                        reading = TextReading(list(sights), [pointings.get(number) for number in count])
                    yield self._decode(words, np.concatenate(scores)), reading
                    for kept in (scores, waiting, sights, pointings):
                        kept.clear()
            pack.clear()

        for number, (text, questions) in enumerate(requests):
            (whole,) = pieces(tokenizer, [text])
            parts = list(stretches(whole, text, PACK_PIECES - 2))
            for place, part in enumerate(parts, start=1):
                if pack and size + len(part.ids) + 1 > PACK_PIECES:
                    yield from flush()
                    size = 1
                pack.append(Stretch(number, part, questions, place == len(parts)))
                size += len(part.ids) + 1
        yield from flush()

    def _pass(
        self, pack: list[Stretch]
    ) -> list[tuple[NDArray[np.float32], Sight | None, dict[int, PointedWords]]]:
        """Per stretch of a pack the scores of its words, and what the tower says where it is asked."""
        assert self._session is not None
        start, separator = self._special
        ids, cases = [start], [SPECIAL]
        firsts = []
        for part in pack:
            firsts.append([number + len(ids) for number in part.pieces.first])
            ids += [*part.pieces.ids, separator]
            cases += [*part.pieces.cases, SPECIAL]
        if not any(firsts):
            none = np.zeros((0, len(self.labels)), np.float32)
            return [(none, None, {}) for _ in pack]
        feed = {"ids": np.array([ids], np.int64), "cases": np.array([cases], np.int64)}
        asked = self.tower is not None and any(part.questions is not None for part in pack)
        if not asked:
            (scores,) = self._session.run(["scores"], feed)
            return [(scores[0, first], None, {}) for first in firsts]
        assert self.tower is not None
        scores, middle = self._session.run(["scores", self.tower.middle], feed)
        found = self.tower.look(middle, pack, firsts)
        return [(scores[0, first], *told) for first, told in zip(firsts, found, strict=True)]

    def _decode(
        self, words: list[tuple[int, int]], scores: NDArray[np.float32]
    ) -> list[tuple[int, int, str, float]]:
        path, certainty = best_path(scores, self.labels)
        return spans_of(words, [self.labels[number] for number in path], certainty)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the weights, the tokenizer and the settings into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        if self.tokenizer is None:
            return
        (folder / "model.onnx").write_bytes(self._model)
        (folder / "tokenizer.json").write_text(self.tokenizer.to_str(), encoding="utf-8")
        settings: dict[str, Any] = {"labels": self.labels}
        if self._tower is not None:
            model, labels = self._tower
            (folder / "tower.onnx").write_bytes(model)
            settings |= {key: labels[key] for key in ("tags", "parts", "relations", "middle")}
        (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Encoder:
        """Read what :meth:`to_disk` wrote. Raises OSError or ValueError when it is incomplete."""
        folder = Path(path)
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        tokenizer = (folder / "tokenizer.json").read_text(encoding="utf-8")
        self.load((folder / "model.onnx").read_bytes(), tokenizer, settings["labels"])
        if "middle" in settings:
            self.raise_tower((folder / "tower.onnx").read_bytes(), settings)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """All of the component as bytes."""
        with TemporaryDirectory() as name:
            folder = Path(name)
            self.to_disk(folder)
            files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        head = json.dumps({name: len(data) for name, data in files.items()}).encode("utf-8")
        return len(head).to_bytes(8, "big") + head + b"".join(files.values())

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Encoder:
        """Read what :meth:`to_bytes` gave."""
        size = int.from_bytes(data[:8], "big")
        sizes: dict[str, int] = json.loads(data[8 : 8 + size])
        with TemporaryDirectory() as name:
            place = 8 + size
            for file, length in sizes.items():
                Path(name, Path(file).name).write_bytes(data[place : place + length])
                place += length
            if sizes:
                self.from_disk(name)
        return self


def stretches(whole: Pieces, text: str, limit: int) -> Iterator[Pieces]:
    """A paragraph cut into stretches of at most ``limit`` pieces, at ends of sentences where it can.

    A single word longer than that (an encoded image, say) is cut off: no name is that long.
    """
    start, count = 0, len(whole.words)
    ends = [*whole.first[1:], len(whole.ids)]
    if len(whole.ids) <= limit:
        yield whole
        return
    while start < count:
        begin = whole.first[start]
        stop = start
        while stop < count and ends[stop] - begin <= limit:
            stop += 1
        if stop == start:
            cut = whole.cut(start, start + 1)
            yield cut._replace(ids=cut.ids[:limit], cases=cut.cases[:limit])
            start += 1
            continue
        if stop < count:
            for last in range(stop, start + (stop - start) // 2, -1):
                word_start, word_end = whole.words[last - 1]
                if text[word_start:word_end] in _SENTENCE_ENDS and text[word_end : word_end + 1].isspace():
                    stop = last
                    break
        yield whole.cut(start, stop)
        start = stop


@Language.factory(
    "onrecord_encoder",
    assigns=[
        "doc.ents",
        "token.ent_iob",
        "token.ent_type",
        "token.pos",
        "token.tag",
        "token.dep",
        "token.head",
        "token.is_sent_start",
        "doc.sents",
    ],
    default_config={"threads": 1},
)
def create_encoder(nlp: Language, name: str, threads: int) -> Encoder:
    """The component without weights, as spaCy wants it before ``from_disk``."""
    return Encoder(name, threads)
