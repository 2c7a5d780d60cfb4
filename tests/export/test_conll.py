"""CoNLL output, read back as its readers do and laid over the text again."""

from typing import Any

from hypothesis import given

from reader.export.options import Options
from reader.export.registry import render
from reader.model.analysis import Analysis, Entity, Mention
from reader.model.article import Article
from reader.text.safety import shown

from .hostile import analysed_articles


def read(content: str) -> list[list[list[tuple[str, str]]]]:
    """Documents of sentences of (token, tag), by the rules of the shared task's files."""
    documents: list[Any] = []
    sentence: list[Any] = []
    for line in content.split("\n"):
        columns = line.split()
        if columns[:1] == ["-DOCSTART-"]:
            documents.append([])
        elif not columns:
            if sentence:
                documents[-1].append(sentence)
            sentence = []
        else:
            assert len(columns) == 4
            sentence.append((columns[0], columns[3]))
    assert not sentence
    return documents


def spans(text: str, document: list[list[tuple[str, str]]]) -> list[tuple[int, int, str]]:
    """The mentions' offsets, by finding every token in the text in turn."""
    found = []
    position = 0
    for sentence in document:
        before = "O"
        for token, tag in sentence:
            start = text.index(token, position)
            assert text[position:start].strip() == ""
            position = start + len(token)
            if tag.startswith("B-"):
                found.append((start, position, tag[2:]))
            elif tag.startswith("I-"):
                assert before[2:] == tag[2:]
                found[-1] = (found[-1][0], position, tag[2:])
            before = tag
    assert text[position:].strip() == ""
    return found


def test_the_same_spans_come_back(article: Article, analysis: Analysis) -> None:
    (document,) = read(render("conll", article, analysis, Options()).decode())
    tags = {"PERSON": "PER", "PLACE": "LOC", "ORG": "ORG", "GROUP": "MISC"}
    expected = sorted((m.start, m.end, tags[e.type]) for e in analysis.entities for m in e.mentions)
    assert spans(article.text, document) == expected


def test_sentences_and_tokens() -> None:
    article = Article("Dr. Wu doesn't agree. “It's 1,000.5 U.S. dollars,” she said. Then left.")
    (document,) = read(render("conll", article, Analysis(), Options()).decode())
    assert [[token for token, _ in sentence] for sentence in document] == [
        ["Dr", ".", "Wu", "does", "n't", "agree", "."],
        ["“", "It", "'s", "1,000.5", "U.S.", "dollars", ",", "”", "she", "said", "."],
        ["Then", "left", "."],
    ]


def test_neighbours_of_one_type_stay_two_and_words_are_cut_at_mentions() -> None:
    entities = (
        Entity("e1", "PLACE", "Oslo", (), (Mention(0, 4),)),
        Entity("e2", "PLACE", "Bergen", (), (Mention(5, 11),)),
        Entity("e3", "ORG", "EU", (), (Mention(12, 14),)),
    )
    content = render("conll", Article("Oslo Bergen EU-wide"), Analysis(entities), Options()).decode()
    assert "Oslo _ _ B-LOC\nBergen _ _ B-LOC\nEU _ _ B-ORG\n- _ _ O\nwide _ _ O\n" in content


@given(analysed_articles())
def test_hostile_text_is_one_document_that_covers_the_text(result: tuple[Article, Analysis]) -> None:
    article, _ = result
    documents = read(render("conll", *result, Options()).decode())
    assert len(documents) == 1
    spans(shown(article.text), documents[0])
