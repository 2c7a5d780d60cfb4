"""The embedded pipeline, and any other that is installed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from spacy.pipeline import EntityRuler

from reader.language.pipeline import EMBEDDED, Pipeline, load_pipeline
from reader.model.errors import PipelineError

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

TEXTS = ["Rosa Parks spoke in Lagos.", "", "The Kenyan parliament met."]


@pytest.fixture(scope="module")
def embedded() -> Pipeline:
    return load_pipeline()


def saved(nlp: Language, folder: Path) -> Pipeline:
    nlp.to_disk(folder)
    return load_pipeline(str(folder))


def ruled(label: str) -> Language:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    assert isinstance(ruler, EntityRuler)
    ruler.add_patterns([{"label": label, "pattern": "Lagos"}])
    return nlp


def test_the_embedded_pipeline_is_complete(embedded: Pipeline) -> None:
    assert embedded.source == "embedded"
    assert embedded.warnings == ()
    assert embedded.name
    assert embedded.version.count(".") == 2


def test_it_fits_its_budget_and_names_its_sources(embedded: Pipeline) -> None:
    assert sum(path.stat().st_size for path in EMBEDDED.rglob("*") if path.is_file()) <= 32_000_000
    sources = embedded.nlp.meta["sources"]
    assert all({"name", "url", "license"} <= set(source) for source in sources)


def test_words_are_cut_as_the_stored_rules_say(embedded: Pipeline) -> None:
    used: Any = embedded.nlp.tokenizer
    stored: Any = spacy.blank("en").tokenizer
    assert used.to_bytes() == stored.from_disk(EMBEDDED / "tokenizer").to_bytes()


def test_mentions_are_in_order_and_typed(embedded: Pipeline) -> None:
    found = list(embedded.mentions(TEXTS))
    assert [[(t[s.start : s.end], s.type) for s in spans] for t, spans in zip(TEXTS, found, strict=True)] == [
        [("Rosa Parks", "PERSON"), ("Lagos", "PLACE")],
        [],
        [("Kenyan", "GROUP")],
    ]
    assert all(span.score is not None and 0 < span.score <= 1 for spans in found for span in spans)


def test_parsing_tags_and_lemmatises(embedded: Pipeline) -> None:
    first, empty, _ = embedded.parse(TEXTS)
    assert first.has_annotation("DEP")
    assert [token.dep_ for token in first if token.text == "Rosa"] == ["nsubj"]
    assert [token.lemma_ for token in first if token.text == "spoke"] == ["speak"]
    assert len(empty) == 0


def test_no_torch_and_no_transformers(embedded: Pipeline) -> None:
    list(embedded.mentions(TEXTS))
    assert not {"torch", "transformers"} & set(sys.modules)


def test_labels_of_other_pipelines_are_mapped(tmp_path: Path) -> None:
    pipeline = saved(ruled("GPE"), tmp_path / "gpe")
    assert pipeline.source == str(tmp_path / "gpe")
    first, empty, _ = pipeline.mentions(TEXTS)
    assert [(TEXTS[0][span.start : span.end], span.type, span.score) for span in first] == [
        ("Lagos", "PLACE", None)
    ]
    assert empty == []
    assert any("parser" in warning for warning in pipeline.warnings)
    assert not any("recogniser" in warning for warning in pipeline.warnings)


def test_an_installed_pipeline_is_found_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = ruled("PER")
    nlp.meta.update(name="desk", version="2.1.0")
    package = tmp_path / "en_desk"
    package.mkdir()
    nlp.to_disk(package / "en_desk-2.1.0")
    (package / "meta.json").write_text((package / "en_desk-2.1.0" / "meta.json").read_text("utf-8"), "utf-8")
    (package / "__init__.py").write_text(
        "from pathlib import Path\nfrom spacy.util import load_model_from_init_py\n"
        "def load(**overrides):\n    return load_model_from_init_py(__file__, **overrides)\n",
        "utf-8",
    )
    information = tmp_path / "en_desk-2.1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: en_desk\nVersion: 2.1.0\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    pipeline = load_pipeline("en_desk")
    assert (pipeline.name, pipeline.version, pipeline.source) == ("en_desk", "2.1.0", "installed")
    assert [span.type for span in next(pipeline.mentions(TEXTS[:1]))] == ["PERSON"]


def test_labels_that_name_nothing_of_ours_are_reported(tmp_path: Path) -> None:
    pipeline = saved(ruled("DISEASE"), tmp_path / "disease")
    assert any("labels" in warning for warning in pipeline.warnings)
    assert list(pipeline.mentions(TEXTS)) == [[], [], []]


def test_a_pipeline_with_neither_recogniser_nor_parser_says_what_will_be_missing(tmp_path: Path) -> None:
    pipeline = saved(spacy.blank("en"), tmp_path / "blank")
    assert len(pipeline.warnings) == 2
    assert list(pipeline.mentions(TEXTS)) == [[], [], []]
    docs = list(pipeline.parse(TEXTS))
    assert len(docs) == len(TEXTS)
    assert not docs[0].has_annotation("DEP")


def test_another_language_is_reported(tmp_path: Path) -> None:
    assert any("English" in warning for warning in saved(spacy.blank("de"), tmp_path / "de").warnings)


def test_the_embedded_recogniser_serves_in_other_pipelines(embedded: Pipeline) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_encoder", source=embedded.nlp)
    assert [doc.ents[0].text for doc in nlp.pipe(TEXTS[:1])] == ["Rosa Parks"]


def test_two_recognisers_are_both_heard(tmp_path: Path, embedded: Pipeline) -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    assert isinstance(ruler, EntityRuler)
    ruler.add_patterns([{"label": "PER", "pattern": "parliament"}])
    nlp.add_pipe("onrecord_encoder", source=embedded.nlp)
    pipeline = saved(nlp, tmp_path / "both")
    assert [span.type for span in next(pipeline.mentions(["Rosa Parks spoke in Lagos."]))] == [
        "PERSON",
        "PLACE",
    ]


@pytest.mark.parametrize("name", ["en_no_such_pipeline", "no/such/folder", "\x1b[31mred", ""])
def test_a_pipeline_that_is_not_there(name: str) -> None:
    with pytest.raises(PipelineError) as caught:
        load_pipeline(name)
    assert "\x1b" not in str(caught.value)
    assert caught.value.hint


def test_a_broken_pipeline(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = \x1b[31m", encoding="utf-8")
    with pytest.raises(PipelineError, match="Cannot load") as caught:
        load_pipeline(str(tmp_path))
    assert "\x1b" not in str(caught.value)
