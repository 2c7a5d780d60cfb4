"""What training reads: our corpus, the rule for what is held out, targets, treebanks, renaming."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import licences
from training.corpora import articles, held_out, merged, own_documents, paragraphs
from training.evaluate import Tally
from training.labels import IGNORED, LABELS, NUMBER, OUTSIDE_OR_UNMARKED, allowed, word_targets
from training.lemmas import by_rule
from training.treebank import sentences, straight

CONLLU = """# text = Don’t go, she said.
1-2\tDon’t\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVBP\t_\t3\taux\t_\t_
2\tn’t\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\tgo\tgo\tVERB\tVB\t_\t6\tccomp:reported\t_\tSpaceAfter=No
4\t,\t,\tPUNCT\t,\t_\t3\tpunct\t_\t_
5\tshe\tshe\tPRON\tPRP\t_\t6\tnsubj:pass\t_\t_
5.1\tnone\tnone\t_\t_\t_\t_\t_\t_\t_
6\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_

"""


def test_a_tenth_of_our_articles_is_held_out_and_the_rest_is_not() -> None:
    count = len(articles())
    kept = sum(held_out(article) for article in articles())
    assert kept == len(own_documents(kept_out=True)) == pytest.approx(count / 10, abs=2)
    assert len(own_documents(kept_out=False)) == count - kept


def test_spans_lie_on_their_words_in_every_paragraph() -> None:
    for item in own_documents(kept_out=True):
        assert item.complete
        for paragraph in item.paragraphs:
            assert "\n" not in paragraph.text
            for start, end, _ in paragraph.entities:
                assert paragraph.text[start:end] == paragraph.text[start:end].strip() != ""


def test_paragraphs_and_merging_keep_offsets() -> None:
    text = "\n  Rosa left. \n\nLagos waits."
    parts = paragraphs(text, [(3, 7, "PERSON"), (16, 21, "PLACE")])
    assert [part.text for part in parts] == ["Rosa left.", "Lagos waits."]
    joined = merged(parts)
    assert [joined.text[start:end] for start, end, _ in joined.entities] == ["Rosa", "Lagos"]


def test_targets_follow_the_words() -> None:
    words = [(0, 4), (5, 10), (11, 15), (16, 20)]
    entities = [(0, 10, "PERSON"), (12, 15, "ORG")]
    expected = [NUMBER["B-PERSON"], NUMBER["I-PERSON"], IGNORED]
    assert word_targets(words, entities, complete=True) == [*expected, NUMBER["O"]]
    assert word_targets(words, entities, complete=False) == [*expected, OUTSIDE_OR_UNMARKED]


def test_outside_may_be_unmarked_where_a_corpus_marks_less() -> None:
    rows = allowed()
    assert len(rows) == len(LABELS) + 1
    assert [label for label, fits in zip(LABELS, rows[-1], strict=True) if fits] == [
        "O",
        "B-GROUP",
        "I-GROUP",
        "B-MISC",
        "I-MISC",
    ]
    assert all(sum(row) == 1 for row in rows[:-1])


def test_treebanks_keep_spacing_and_lemmas(tmp_path: Path) -> None:
    path = tmp_path / "small.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    (sentence,) = sentences(path)
    assert "".join(word.form + " " * word.space for word in sentence).strip() == "Don't go, she said."
    assert [word.lemma for word in sentence if word.pos == "VERB"] == ["go", "say"]


def test_marks_are_written_straight() -> None:
    assert (straight("“"), straight("O’Brien"), straight("``")) == ('"', "O'Brien", '"')


@pytest.mark.parametrize(
    ("form", "expected"), [("xed", "x"), ("studies", "study"), ("boxes", "box"), ("said", "said")]
)
def test_lemmas_by_rule(form: str, expected: str) -> None:
    rules = [["ies", "y"], ["xes", "x"], ["s", ""], ["ed", ""]]
    assert by_rule(form, rules, frozenset({"study"})) == expected


def test_scores_count_exact_spans() -> None:
    tally = Tally()
    tally.add([(0, 4, "PERSON"), (9, 12, "ORG")], [(0, 4, "PERSON"), (9, 13, "ORG"), (20, 22, "GROUP")])
    assert tally.score() == pytest.approx((0.5, 0.5, 0.5))


def test_the_licences_in_the_pipeline_are_those_of_the_document() -> None:
    text = (Path(licences.__file__).with_name("LICENCES.md")).read_text(encoding="utf-8")
    assert licences.LICENCE in text
    for source in licences.SOURCES:
        assert source["license"].split()[0] in text
