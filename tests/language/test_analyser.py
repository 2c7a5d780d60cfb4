"""The engine: steps towards an analysis, and what every analysis must hold."""

import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.language import sections
from reader.language.analyser import analyse, steps
from reader.language.pipeline import Pipeline
from reader.language.quotations import find_quotations, find_turns
from reader.model.analysis import Analysis
from reader.model.article import Article, Block


def article(text: str) -> Article:
    spans = (match.span() for match in re.finditer(r"[^\n]+", text))
    return Article(text, tuple(Block("paragraph", *span) for span in spans))


PARAGRAPHS = "\n\n".join(
    f"“Number {n} is ready,” said Amina Okafor, head of the Lagos office.\n\nShe left for Accra."
    for n in range(30)
)


def well_formed(text: str, analysis: Analysis) -> None:
    ids = [entity.id for entity in analysis.entities]
    assert len(set(ids)) == len(ids)
    mentions = [mention for entity in analysis.entities for mention in entity.mentions]
    assert len({(m.start, m.end) for m in mentions}) == len(mentions)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == text[mention.start : mention.end].strip()
    starts = [quotation.start for quotation in analysis.quotations]
    assert starts == sorted(starts)
    for quotation in analysis.quotations:
        assert 0 <= quotation.start < quotation.end <= len(text)
        assert 0 <= quotation.confidence <= 1
        assert quotation.evidence
        for part in (quotation.cue, quotation.speaker):
            assert part is None or 0 <= part.start < part.end <= len(text)
        if quotation.speaker and quotation.speaker.entity:
            assert quotation.speaker.entity in ids


def test_steps_grow_and_end_complete(pipeline: Pipeline) -> None:
    found = list(steps(article(PARAGRAPHS), pipeline))
    assert found[0].stage == "quotations"
    assert len(found[0].analysis.quotations) == 30
    assert [step.stage for step in found].index("entities") < [step.stage for step in found].index("speakers")
    assert [step.stage for step in found].count("complete") == 1
    assert found[-1].stage == "complete"
    assert all(step.done <= step.total for step in found)
    partial = next(step.analysis for step in found if step.stage == "entities" and step.done < step.total)
    assert partial.entities
    last = found[-1].analysis
    well_formed(PARAGRAPHS, last)
    assert {quotation.speaker.name for quotation in last.quotations if quotation.speaker} == {"Amina Okafor"}


def test_an_id_means_the_same_at_every_stage_or_nothing(pipeline: Pipeline) -> None:
    text = PARAGRAPHS + "\n\nThe mayor of Kano, Bola Ade, told Okafor: “We heard nothing.”"
    *growing, last = steps(article(text), pipeline)
    final = {entity.id: entity for entity in last.analysis.entities}
    assert len(final) > 3
    for step in growing:
        for entity in step.analysis.entities:
            assert entity.id == f"e{entity.mentions[0].start}"
            assert entity.id not in final or entity.mentions[0] == final[entity.id].mentions[0]
        assert all(quotation.id == f"q{quotation.start}" for quotation in step.analysis.quotations)
        assert {quotation.id for quotation in last.analysis.quotations} <= {
            quotation.id for quotation in step.analysis.quotations
        }
    # Names that a later stage joins to others disappear; those that stay keep their id all the way.
    found = [{e.id for e in step.analysis.entities} for step in growing if step.analysis.entities]
    assert found[0] & set(final) <= set.intersection(*found)
    assert found[0] & set(final)


def test_nothing_is_computed_before_it_is_asked_for() -> None:
    class Untouchable:
        name = version = language = "none"

    first = next(steps(article(PARAGRAPHS), Untouchable()))  # type: ignore[arg-type]
    assert len(first.analysis.quotations) == 30


def test_same_input_same_output(pipeline: Pipeline) -> None:
    assert analyse(article(PARAGRAPHS), pipeline) == analyse(article(PARAGRAPHS), pipeline)


@pytest.mark.parametrize(
    "text", ["", "\n", "“", "\u2028", "😀“x”", "a\x00b \x1b[31m“c,” he said", "“" * 500 + "said Bo"]
)
def test_odd_texts(text: str, pipeline: Pipeline) -> None:
    well_formed(text, analyse(article(text), pipeline))


@given(st.text(st.sampled_from("“”\"'‘’«» \n.,AaBb said Mr Okafor Lagos—é😀"), max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_a_well_formed_analysis(pipeline: Pipeline, text: str) -> None:
    well_formed(text, analyse(article(text), pipeline))


@pytest.fixture
def short_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are cut as if they were books."""
    monkeypatch.setattr(sections, "_WHOLE", 300)
    monkeypatch.setattr(sections, "_SHORTEST", 100)


@pytest.mark.usefixtures("short_sections")
def test_a_long_text_is_complete_section_by_section(pipeline: Pipeline) -> None:
    text = PARAGRAPHS + "\n\nOkafor said: “We heard nothing,” and “that is all”. She left."
    found = list(steps(article(text), pipeline))
    settled = [step.settled for step in found]
    assert settled == sorted(settled)
    assert len(set(settled)) > 5
    assert settled[-1] == len(text)
    for step in found:
        well_formed(text, step.analysis)
        before = [q for q in step.analysis.quotations if q.end <= step.settled]
        assert {q.speaker.name for q in before if q.speaker} <= {"Amina Okafor"}
        assert all(quotation.speaker for quotation in before)
    last = found[-1].analysis
    assert [entity.name for entity in last.entities if entity.type == "PERSON"] == ["Amina Okafor"]
    assert len(last.quotations) == 32


@pytest.mark.usefixtures("short_sections")
def test_a_name_that_a_later_section_tells_in_full_is_told_in_full_everywhere(pipeline: Pipeline) -> None:
    filler = "\n\n".join("The boats went out and came back with nothing much to show." for _ in range(6))
    text = f"“It will hold,” said Mr Okafor.\n\n{filler}\n\nBen Okafor left for Accra. Okafor was late."
    *growing, last = steps(article(text), pipeline)
    (spoken,) = last.analysis.quotations
    assert spoken.speaker is not None
    assert spoken.speaker.name == "Ben Okafor"
    early = [step for step in growing if step.settled and len(step.analysis.quotations) == 1]
    assert early[0].analysis.quotations[0].speaker is not None


@given(st.text(st.sampled_from("“”\"'‘’«» \n\n.,AaBb said Mr Okafor Lagos—é😀"), max_size=900))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("short_sections")
def test_sections_cover_the_text_and_cut_nothing(text: str) -> None:
    whole = article(text)
    quoted, turns = find_quotations(text, whole.blocks), find_turns(text, whole.blocks)
    found = sections.sections_of(text, whole.blocks, quoted, turns)
    assert found[0].start == 0
    assert found[-1].end == len(text)
    assert all(one.end == other.start for one, other in pairwise(found))
    assert [block for section in found for block in section.blocks] == list(whole.blocks)
    assert [span for section in found for span in section.quoted] == list(quoted)
    assert [turn for section in found for turn in section.turns] == list(turns)
    for section in found:
        assert all(span.end <= section.end for span in section.quoted)
        assert all(turn.end <= section.end for turn in section.turns)
        assert section.blocks == whole.blocks[section.first : section.first + len(section.blocks)]


@given(st.text(st.sampled_from("“”\"'‘’ .abc said Okafor\n"), max_size=600))
def test_long_blocks_are_cut_outside_quotations(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sections, "LONGEST_BLOCK", 40)
        whole = article(text)
        quoted, turns = find_quotations(text, whole.blocks), find_turns(text, whole.blocks)
        places = [(span.start, span.end) for span in quoted] + [(turn.start, turn.end) for turn in turns]
        found = sections.shorter(text, whole.blocks, places)
    pieces, blocks = ([text[b.start : b.end] for b in some] for some in (found, whole.blocks))
    assert "".join(pieces) == "".join(blocks)
    for block in found:
        assert block.start < block.end
        assert all(end <= block.start or start >= block.start for start, end in places)
        assert all(start >= block.end or end <= block.end for start, end in places)


def test_a_text_in_one_line_is_analysed_as_one_in_paragraphs(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "LONGEST_BLOCK", 300)
    line = PARAGRAPHS.replace("\n\n", " ")
    last = analyse(article(line), pipeline)
    well_formed(line, last)
    assert {quotation.speaker.name for quotation in last.quotations if quotation.speaker} == {"Amina Okafor"}
    assert len([quotation for quotation in last.quotations if quotation.speaker]) == 30
