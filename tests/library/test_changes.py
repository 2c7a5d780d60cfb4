import random

from hypothesis import given
from hypothesis import strategies as st

from reader.index import Index
from reader.library.changes import Change, changes
from reader.model.analysis import Analysis, Entity, EntityType, Mention, Quotation, Speaker
from reader.model.article import Article

BEFORE = (
    "Port deal signed\n\n"
    "The port signed a deal worth 40 million euros on Monday. It had been expected for weeks.\n\n"
    "“We will keep every job on the quay,” said Ana Ruiz. “Nobody has to fear for his place,” she added.\n\n"
    "The council in Toledo votes in May."
)


def index(text: str, speaker: str = "Ana Ruiz") -> Index:
    quotations, entities = [], []
    names = [name for name in ("Ana Ruiz", "Jo Lund", "Toledo", "Burgos") if name in text]
    for name in names:
        start = text.index(name)
        kind: EntityType = "PLACE" if name in ("Toledo", "Burgos") else "PERSON"
        entities.append(Entity(f"e{start}", kind, name, (), (Mention(start, start + len(name)),)))
    start = 0
    while (start := text.find("“", start)) >= 0:
        end = text.index("”", start) + 1
        at = text.index(speaker)
        who = Speaker(at, at + len(speaker), f"e{at}", speaker)
        quotations.append(Quotation(f"q{start}", "direct", start, end, None, who, 0.9, ""))
        start = end
    return Index(Article(text), Analysis(tuple(entities), tuple(quotations)))


def found(after: str, speaker: str = "Ana Ruiz") -> list[Change]:
    return changes(index(BEFORE), index(after, speaker))


def test_the_same_text_has_not_changed() -> None:
    assert found(BEFORE) == []


def test_spaces_and_typographic_marks_are_no_change() -> None:
    after = BEFORE.replace(" worth ", "\u00a0worth  ")
    assert found(after) == []
    assert changes(index(BEFORE.replace("It had", "It’d")), index(BEFORE.replace("It had", "It'd"))) == []


def test_a_changed_quotation_comes_before_everything_else() -> None:
    after = BEFORE.replace("40 million", "45 million").replace("every job", "most jobs")
    kinds = [change.kind for change in found(after)]
    assert kinds == ["quotation changed", "number"]
    first = found(after)[0]
    assert first.before == "Ana Ruiz: “We will keep every job on the quay,”"
    assert first.after == "Ana Ruiz: “We will keep most jobs on the quay,”"


def test_a_vanished_quotation() -> None:
    after = BEFORE.replace(" “Nobody has to fear for his place,” she added.", "")
    (change, *_) = found(after)
    assert change == Change("quotation vanished", "Ana Ruiz: “Nobody has to fear for his place,”", None)


def test_the_same_words_from_somebody_else() -> None:
    after = BEFORE.replace("Ana Ruiz", "Jo Lund")
    assert [change.kind for change in found(after, "Jo Lund")][:2] == ["speaker changed", "speaker changed"]


def test_numbers_names_and_wording() -> None:
    assert [change.kind for change in found(BEFORE.replace("40", "14"))] == ["number"]
    assert [change.kind for change in found(BEFORE.replace("Toledo", "Burgos"))] == ["name"]
    assert [
        change.kind for change in found(BEFORE.replace("expected for weeks", "a surprise for years"))
    ] == ["wording"]


def test_counters_are_no_change() -> None:
    older, newer = index(BEFORE + "\n\n12 comments"), index(BEFORE + "\n\n1,204 comments")
    assert changes(older, newer) == []


def test_what_is_added_is_told() -> None:
    assert found(BEFORE + " A protest is planned.") == [Change("wording", None, "A protest is planned.")]


def test_long_texts_are_compared_by_sentences() -> None:
    chance = random.Random(1)
    words = [f"word{number}" for number in range(2_000)]
    sentences = [" ".join(chance.choices(words, k=12)).capitalize() + "." for _ in range(3_000)]
    changed = list(sentences)
    changed[1_500] = changed[1_500].replace(" ", " 7 ", 1)
    older, newer = Index(Article(" ".join(sentences))), Index(Article(" ".join(changed)))
    assert [change.kind for change in changes(older, newer)] == ["number"]


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    for change in changes(Index(Article(one)), Index(Article(other))):
        assert change.before or change.after
    assert changes(Index(Article(one)), Index(Article(one))) == []
