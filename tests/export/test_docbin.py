"""DocBin output, read back by spaCy."""

from typing import Any

import spacy
from hypothesis import given
from spacy.tokens import DocBin

from reader.export.options import Options
from reader.export.registry import render
from reader.model.analysis import Analysis, Entity, Mention
from reader.model.article import Article
from reader.text.safety import shown

from .hostile import analysed_articles

VOCAB = spacy.blank("en").vocab


def read(content: bytes) -> Any:
    return list(DocBin().from_bytes(content).get_docs(VOCAB))


def test_the_same_spans_come_back(article: Article, analysis: Analysis) -> None:
    (doc,) = read(render("docbin", article, analysis, Options()))
    assert doc.text == article.text
    expected = {(m.start, m.end, e.type, e.id) for e in analysis.entities for m in e.mentions}
    assert {(s.start_char, s.end_char, s.label_, s.kb_id_) for s in doc.ents} == expected
    spans = {(s.start_char, s.end_char, s.label_, s.id_) for s in doc.spans["quotations"]}
    assert spans == {(q.start, q.end, q.kind, q.id) for q in analysis.quotations}
    assert [(s.text, s.id_) for s in doc.spans["cues"]][1] == ("said", "q2")
    assert doc.spans["speakers"][0].text == "Mayor Ana Ruiz"
    data = doc.user_data["onrecord"]
    assert data["quotations"]["q1"]["confidence"] == 0.981
    assert data["entities"]["e2"] == "Ana Ruiz"


def test_spans_inside_words_come_back() -> None:
    entity = Entity("e1", "ORG", "EU", (), (Mention(3, 5),))
    (doc,) = read(render("docbin", Article("nonEUrope is"), Analysis((entity,)), Options()))
    assert [token.text for token in doc] == ["non", "EU", "rope", "is"]
    assert doc.ents[0].text == "EU"
    assert doc.text == "nonEUrope is"


def test_a_word_without_end_is_cut_and_comes_back() -> None:
    """spaCy's own tokeniser looks at one of five million letters for more than twenty minutes."""
    text = f"It wrote {'a' * 300_000} and left.\n{'b' * 2_500}"
    entity = Entity("e1", "ORG", "a", (), (Mention(150_000, 150_010),))
    (doc,) = read(render("docbin", Article(text), Analysis((entity,)), Options()))
    assert doc.text == text
    assert max(len(token) for token in doc) == 1_000
    assert (doc.ents[0].start_char, doc.ents[0].end_char) == (150_000, 150_010)


@given(analysed_articles())
def test_hostile_text_comes_back_inert_and_every_quotation_with_it(result: tuple[Article, Analysis]) -> None:
    article, analysis = result
    (doc,) = read(render("docbin", *result, Options()))
    assert doc.text == shown(article.text)
    spans = [(s.start_char, s.end_char) for s in doc.spans["quotations"]]
    words = [(q.start, q.end, doc.text[q.start : q.end]) for q in analysis.quotations]
    assert spans == [
        (start + len(w) - len(w.lstrip()), end - len(w) + len(w.rstrip()))
        for start, end, w in words
        if w.strip()
    ]
