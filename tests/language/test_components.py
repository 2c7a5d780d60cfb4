"""The spaCy components in pipelines that have nothing else of ours; the documented example runs."""

from __future__ import annotations

import re
from pathlib import Path

import spacy
from spacy.pipeline import EntityRuler
from spacy.tokens import Doc
from spacy.util import registry

DOCUMENT = Path(__file__).parents[2] / "docs" / "quotations.md"


def test_quotations_in_a_blank_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_quotations")
    doc = nlp("“We will not wait for the court,” said Ana Ruiz.")
    assert isinstance(doc, Doc)
    (quotation,) = doc._.quotations
    assert doc.text[quotation.start : quotation.end] == "“We will not wait for the court,”"
    assert quotation.speaker is None


def test_speakers_in_a_blank_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_quotations")
    nlp.add_pipe("onrecord_speakers")
    doc = nlp("“We will not wait for the court,” said Ana.")
    (quotation,) = doc._.quotations
    assert doc.text[quotation.speaker.start : quotation.speaker.end] == "Ana"


def test_speakers_use_the_entities_of_the_pipeline() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    assert isinstance(ruler, EntityRuler)
    ruler.add_patterns([{"label": "PERSON", "pattern": "Ana Ruiz"}])
    nlp.add_pipe("onrecord_speakers")
    (doc,) = nlp.pipe(["“We will not wait for the court,” said Ana Ruiz."])
    (quotation,) = doc._.quotations
    assert quotation.speaker.name == "Ana Ruiz"
    assert doc._.quotation_entities[0].name == "Ana Ruiz"


def test_the_factories_are_found_without_importing_our_package() -> None:
    assert "onrecord_quotations" in registry.factories.get_all()
    assert "onrecord_speakers" in registry.factories.get_all()


def test_the_documented_example_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    scope: dict[str, object] = {}
    exec(compile(example, str(DOCUMENT), "exec"), scope)
    assert scope["speakers"] == ["Ana Ruiz", "She"]
