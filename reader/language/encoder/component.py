"""The entity recogniser of the embedded pipeline: a small encoder run by ONNX Runtime.

It is a spaCy component (factory ``onrecord_encoder``) that carries its own weights, so the pipeline
that holds it is loaded by ``spacy.load`` like any other.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from spacy.language import Language
from spacy.util import filter_spans
from tokenizers import Tokenizer

from reader.language.encoder.paths import best_path, spans_of
from reader.language.encoder.wordpieces import SPECIAL, Pieces, pieces
from reader.language.entities.labels import Span, entity_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray
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
        self._tokenizer: Tokenizer | None = None
        self._session: onnxruntime.InferenceSession | None = None
        self._special: tuple[int, int] = (0, 0)

    def load(self, model: bytes, tokenizer: str, labels: Iterable[str]) -> None:
        """Take weights (an ONNX graph), a tokenizer (its JSON) and the labels of the graph's output."""
        self.labels = tuple(labels)
        self._model = model
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        start, end = (self._tokenizer.token_to_id(piece) for piece in ("[CLS]", "[SEP]"))
        if start is None or end is None:
            raise ValueError("the tokenizer lacks [CLS] or [SEP]")
        self._special = (start, end)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.ents``, every type that the model knows; a mention that cuts a token takes all of it."""
        (found,) = self.labelled([doc.text])
        spans = (doc.char_span(s, e, label=label, alignment_mode="expand") for s, e, label, _ in found)
        doc.ents = filter_spans([span for span in spans if span is not None])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Set the entities of every document, one at a time: each is read on its own."""
        for doc in stream:
            yield self(doc)

    def spans(self, texts: Iterable[str]) -> Iterator[list[Span]]:
        """The mentions in each text, in order; neighbouring texts are read as each other's context."""
        for found in self.labelled(texts):
            yield [
                Span(start, end, kind, score)
                for start, end, label, score in found
                if (kind := entity_type(label)) is not None
            ]

    def labelled(self, texts: Iterable[str]) -> Iterator[list[tuple[int, int, str, float]]]:
        """Per text (start, end, label, probability) of every span, whatever its label."""
        tokenizer = self._tokenizer
        if tokenizer is None:
            raise ValueError(f"the component {self.name!r} has no weights: load it from disk first")
        pack: list[Pieces] = []
        lasts: list[bool] = []
        size = 1
        scores: list[NDArray[np.float32]] = []
        waiting: list[Pieces] = []

        def flush() -> Iterator[list[tuple[int, int, str, float]]]:
            for part, last, logits in zip(pack, lasts, self._read(pack), strict=True):
                scores.append(logits)
                waiting.append(part)
                if last:
                    words = [word for item in waiting for word in item.words]
                    yield self._decode(words, np.concatenate(scores))
                    scores.clear()
                    waiting.clear()
            pack.clear()
            lasts.clear()

        for text in texts:
            (whole,) = pieces(tokenizer, [text])
            parts = list(stretches(whole, text, PACK_PIECES - 2))
            for number, part in enumerate(parts, start=1):
                if pack and size + len(part.ids) + 1 > PACK_PIECES:
                    yield from flush()
                    size = 1
                pack.append(part)
                lasts.append(number == len(parts))
                size += len(part.ids) + 1
        yield from flush()

    def _read(self, pack: list[Pieces]) -> list[NDArray[np.float32]]:
        """Per stretch of a pack the scores of its words, shaped (words, labels)."""
        assert self._session is not None
        begin, separator = self._special
        ids, cases = [begin], [SPECIAL]
        firsts = []
        for part in pack:
            firsts.append([number + len(ids) for number in part.first])
            ids += [*part.ids, separator]
            cases += [*part.cases, SPECIAL]
        if not any(firsts):
            return [np.zeros((0, len(self.labels)), np.float32) for _ in pack]
        feed = {"ids": np.array([ids], np.int64), "cases": np.array([cases], np.int64)}
        (scores,) = self._session.run(["scores"], feed)
        return [scores[0, first] for first in firsts]

    def _decode(
        self, words: list[tuple[int, int]], scores: NDArray[np.float32]
    ) -> list[tuple[int, int, str, float]]:
        path, certainty = best_path(scores, self.labels)
        return spans_of(words, [self.labels[number] for number in path], certainty)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the weights, the tokenizer and the settings into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        if self._tokenizer is None:
            return
        (folder / "model.onnx").write_bytes(self._model)
        (folder / "tokenizer.json").write_text(self._tokenizer.to_str(), encoding="utf-8")
        (folder / "settings.json").write_text(json.dumps({"labels": self.labels}), encoding="utf-8")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Encoder:
        """Read what :meth:`to_disk` wrote. Raises OSError or ValueError when it is incomplete."""
        folder = Path(path)
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        tokenizer = (folder / "tokenizer.json").read_text(encoding="utf-8")
        self.load((folder / "model.onnx").read_bytes(), tokenizer, settings["labels"])
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """All of the component as bytes."""
        tokenizer = self._tokenizer.to_str() if self._tokenizer else ""
        head = json.dumps({"labels": self.labels, "tokenizer": tokenizer}).encode("utf-8")
        return len(head).to_bytes(8, "big") + head + self._model

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Encoder:
        """Read what :meth:`to_bytes` gave."""
        size = int.from_bytes(data[:8], "big")
        head: dict[str, Any] = json.loads(data[8 : 8 + size])
        if head["tokenizer"]:
            self.load(data[8 + size :], head["tokenizer"], head["labels"])
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
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={"threads": 1},
)
def create_encoder(nlp: Language, name: str, threads: int) -> Encoder:
    """The component without weights, as spaCy wants it before ``from_disk``."""
    return Encoder(name, threads)
