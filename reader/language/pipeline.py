"""The language pipeline: the embedded one, or any spaCy pipeline that the user has installed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.util import get_package_path, is_package

from reader.language.encoder.component import Encoder
from reader.language.entities.labels import TypedSpan, entity_type, unmapped
from reader.language.weights import check_weights
from reader.model.errors import PipelineError, lacks_memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from reader.language.encoder.sight import TextReading
    from reader.language.encoder.tower import Request, Tower

__all__ = ["EMBEDDED", "Pipeline", "TypedSpan", "load_pipeline"]

EMBEDDED = Path(__file__).parent / "model"

# What spaCy's own components are for; whatever else a pipeline holds may feed any of them and is left on.
_RECOGNISERS = frozenset({"ner", "beam_ner", "entity_ruler", "onrecord_encoder"})
_NOT_FOR_PARSING = _RECOGNISERS | {
    "entity_linker",
    "textcat",
    "textcat_multilabel",
    "spancat",
    "spancat_singlelabel",
    "span_finder",
    "span_ruler",
    "span_cleaner",
    "onrecord_quotations",
    "onrecord_speakers",
}
_NOT_FOR_ENTITIES = _NOT_FOR_PARSING - _RECOGNISERS - {"span_ruler"} | {
    "parser",
    "senter",
    "sentencizer",
    "tagger",
    "morphologizer",
    "lemmatizer",
    "trainable_lemmatizer",
}
# The embedded pipeline cuts words as spaCy's English does: to read the rules again takes a third of loading.
_MADE_ANYWAY = ("tokenizer",)
_PARSERS = frozenset({"parser", "beam_parser"})

# Small enough that a caller who stops between two texts waits no longer than a blink.
_TEXTS_PER_BATCH = 4


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A loaded spaCy pipeline and how we use it.

    ``source`` is ``"embedded"``, ``"installed"`` or a path; ``warnings`` says what the reader will miss.
    """

    name: str
    version: str
    nlp: Language
    source: str
    warnings: tuple[str, ...]

    @property
    def language(self) -> str:
        """The ISO 639 code of the language that the pipeline reads."""
        return self.nlp.lang or ""

    def mentions(self, texts: Iterable[str]) -> Iterator[list[TypedSpan]]:
        """The typed mentions in each text, in order; offsets count from the start of that text.

        Texts are neighbours: the embedded pipeline reads a few short ones together. Work is done as
        results are asked for, some 40 ms at a time.
        """
        encoder = self._encoder()
        if encoder is not None:
            yield from encoder.spans(texts)
            return
        off = self._components(_NOT_FOR_ENTITIES) if self._self_contained() else []
        for doc in self._run(texts, off):
            yield [
                TypedSpan(entity.start_char, entity.end_char, kind)
                for entity in doc.ents
                if (kind := entity_type(entity.label_)) is not None
            ]

    def read(self, requests: Iterable[Request]) -> Iterator[tuple[list[TypedSpan], TextReading | None]]:
        """The mentions of each text and, where asked for, how its words and quotations were read.

        Only the embedded pipeline has readings; see :meth:`reader.language.encoder.component.Encoder.read`.
        """
        encoder = self._encoder()
        if encoder is not None:
            yield from encoder.read(requests)
            return
        for spans in self.mentions(text for text, _ in requests):
            yield spans, None

    @property
    def tower(self) -> Tower | None:
        """What parses along with the reading of names; None when parsing is apart."""
        encoder = self._encoder()
        return encoder.tower if encoder is not None else None

    def parse(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Each text tagged and parsed, without entities unless they come in the same pass.

        Without a parser in the pipeline the documents have no parse (``doc.has_annotation("DEP")``).
        """
        off = _NOT_FOR_PARSING - {"onrecord_encoder"} if self.tower is not None else _NOT_FOR_PARSING
        yield from self._run(texts, self._components(off))

    def _encoder(self) -> Encoder | None:
        """The embedded recogniser, when it is the only one that sets entities."""
        found = [name for name in self.nlp.pipe_names if self._factory(name) in _RECOGNISERS]
        if len(found) != 1:
            return None
        component = self.nlp.get_pipe(found[0])
        return component if isinstance(component, Encoder) else None

    def _factory(self, name: str) -> str:
        return self.nlp.get_pipe_meta(name).factory

    def _components(self, factories: frozenset[str]) -> list[str]:
        return [name for name in self.nlp.pipe_names if self._factory(name) in factories]

    def _self_contained(self) -> bool:
        """Whether entities need nothing of tagger and parser: no rules that read tags, nothing unknown."""
        known = _NOT_FOR_ENTITIES | {"ner", "beam_ner", "tok2vec", "transformer", "curated_transformer"}
        return all(self._factory(name) in known | {"attribute_ruler"} for name in self.nlp.pipe_names)

    def _run(self, texts: Iterable[str], off: list[str]) -> Iterator[Doc]:
        # One small batch after another: a caller may stop between them, and the components that are
        # off are off only while a batch runs, however far apart the caller asks for the next.
        stream = iter(texts)
        while batch := list(islice(stream, _TEXTS_PER_BATCH)):
            yield from list(self.nlp.pipe(batch, batch_size=_TEXTS_PER_BATCH, disable=off))


def load_pipeline(name: str | None = None) -> Pipeline:
    """Load the embedded pipeline (None), an installed one by name, or one in a folder by its path.

    Raises :class:`reader.model.errors.PipelineError` when there is none of that name or it does not load.
    """
    if name is None:
        check_weights()
        return _loaded(EMBEDDED, "embedded", "the embedded pipeline", "Reinstall On Record")
    shown = _shown(name)
    if is_package(name):
        return _loaded(name, "installed", f"the pipeline {shown}", "Update it, or use the embedded one")
    folder = pipeline_folder(name)
    return _loaded(folder, shown, f"the pipeline in {shown}", "Check the folder, or use the embedded one")


def pipeline_folder(name: str | None) -> Path:
    """Return where the files of a pipeline are, without loading it.

    Raises :class:`reader.model.errors.PipelineError` when there is none of that name.
    """
    if name is None:
        return EMBEDDED
    if is_package(name):
        return get_package_path(name)
    if (Path(name) / "config.cfg").is_file():
        return Path(name)
    shown = _shown(name)
    raise PipelineError(
        f"No spaCy pipeline {shown} is installed",
        f"Install it with “python -m spacy download {shown}”, or use the embedded one",
    )


def _shown(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name)


def _loaded(where: str | Path, source: str, title: str, hint: str) -> Pipeline:
    try:
        nlp = spacy.load(where, exclude=_MADE_ANYWAY if source == "embedded" else ())
    except Exception as error:  # a pipeline is other people's code and data: anything can go wrong in it
        if lacks_memory(error):
            raise MemoryError from error
        reason = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        reason = "".join(character if character.isprintable() else "?" for character in reason)[:200]
        raise PipelineError(f"Cannot load {title}: {reason}", hint) from error
    meta = nlp.meta
    name = f"{meta.get('lang', '')}_{meta.get('name', '')}".strip("_")
    return Pipeline(name, str(meta.get("version", "")), nlp, source, _warnings(nlp))


def _warnings(nlp: Language) -> tuple[str, ...]:
    """What this pipeline cannot do for the reader."""
    factories = {name: nlp.get_pipe_meta(name).factory for name in nlp.pipe_names}
    found = []
    recognisers = [name for name, factory in factories.items() if factory in _RECOGNISERS]
    if not recognisers:
        found.append("no entity recogniser: people, places and organisations are not highlighted")
    elif all(unmapped(getattr(nlp.get_pipe(name), "labels", ())) for name in recognisers):
        found.append("its labels name no people, places or organisations that we know: none is highlighted")
    parsing = any(
        factory in _PARSERS or getattr(nlp.get_pipe(name), "tower", None) is not None
        for name, factory in factories.items()
    )
    if not parsing:
        found.append("no dependency parser: fewer speakers are found, by the pattern of the words alone")
    if nlp.lang != "en":
        found.append(f"made for the language {nlp.lang!r}: quotations and speakers follow English rules")
    return tuple(found)
