from pathlib import Path

import pytest

from reader.index import Index
from reader.library.accuracy import Score, accuracy
from reader.library.appearances import appearances
from reader.library.balance import balance
from reader.library.library import Library
from reader.library.pointing import confirmation
from reader.library.queries import Term
from reader.library.reading import correct, keep
from reader.library.roster import called, roster
from reader.model.anchors import anchor
from reader.model.corrections import AddQuotation, NoQuotation, SetSpeaker
from tests.library.namesakes import filled, marked
from tests.library.test_people import line

ANA = "[Ana Ruiz=p1]"
JO = "[Jo Lund=p2]"
SAID = [
    line(f"“The harbour tunnel will cost nine millions,”^p1 said {ANA}. {JO} listened.", "2026-01-10"),
    line(f"“My cat sleeps all day,”^p1 said {ANA}.", "2026-01-20"),
    line(f"“That harbour needs no tunnel,”^p2 said {JO}. {ANA} was away.", "2026-02-01"),
    line(f"“No tunnel under the harbour before May,”^p1 said {ANA}, the mayor. {JO} nodded.", "2026-02-02"),
]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "library.db")
    filled(library, SAID)
    return library


def ana(library: Library) -> int:
    return library.dossiers.find("Ana Ruiz")[0].id


def test_what_somebody_said_comes_in_pages_the_newest_first(library: Library) -> None:
    first = library.dossiers.said(ana(library), limit=2)
    assert [hit.article.published for hit in first] == ["2026-02-02", "2026-01-20"]
    (last,) = library.dossiers.said(ana(library), before=first[-1].key, limit=2)
    assert last.article.published == "2026-01-10"
    assert last.text == "“The harbour tunnel will cost nine millions,”"
    found = library.dossiers.said(ana(library), words=[Term("cat")])
    assert [hit.article.published for hit in found] == ["2026-01-20"]


def test_what_was_said_before_on_the_same_subject(library: Library) -> None:
    newest = library.articles.get("https://example.org/3").version
    (hit, *_) = library.dossiers.said(ana(library), limit=1)
    (before,) = library.dossiers.said_before(newest, hit.quotation or "")
    assert before.text == "“The harbour tunnel will cost nine millions,”"
    assert library.dossiers.said_before(newest, "q999") == []


def test_who_is_named_with_somebody_and_where_they_were_not_heard(library: Library) -> None:
    jo = library.dossiers.find("Jo Lund")[0].id
    assert library.dossiers.company(ana(library)) == [("Jo Lund", 3, jo)]
    newest, *older = appearances(library.database, ana(library), limit=2)
    assert (newest.where.published, newest.quotations, newest.company) == ("2026-02-02", 1, ("Jo Lund",))
    assert [one.quotations for one in older] == [0]
    oldest = appearances(library.database, ana(library), before=older[-1].key)
    assert [one.company for one in oldest] == [(), ("Jo Lund",)]
    silent = appearances(library.database, ana(library), silent=True)
    assert [one.where.published for one in silent] == ["2026-02-01"]
    assert [where.published for where in library.dossiers.unheard(ana(library))] == ["2026-02-01"]
    assert len(library.dossiers.articles(ana(library))) == 4
    assert library.dossiers.get(ana(library)).roles == ("mayor",)


def test_words_over_time(library: Library) -> None:
    assert library.dossiers.over_time(ana(library)) == [("2026-01", "", 12), ("2026-02", "", 7)]


def test_whose_words_fill_what_was_read(library: Library) -> None:
    (whole,) = balance(library.database)
    assert (whole.articles, whole.quotations, whole.words) == (4, 4, 24)
    assert [(voice.name, voice.words) for voice in whole.voices] == [("Ana Ruiz", 19), ("Jo Lund", 5)]
    months = balance(library.database, "month", since="2026-01-15")
    assert [(one.group, one.articles, one.named_words) for one in months] == [
        ("2026-01", 1, 5),
        ("2026-02", 2, 12),
    ]
    library.articles.tag(1, add=["harbour"])
    assert [(one.group, one.articles) for one in balance(library.database, "tag")] == [("harbour", 1)]
    assert len(balance(library.database, "article")) == 4
    assert balance(library.database, tag="harbour", document=2) == []


def test_people_as_a_list(library: Library) -> None:
    keep(library, *marked(line("“Yes,”^p1 said [Zoë Ruiz-Lund=p1]. [Ruiz=p2] left.", "2026-02-03"), 8)[:2])
    database = library.database
    listed = roster(database, limit=1)
    assert [(one.name, one.articles, one.quotations) for one in listed] == [("Zoë Ruiz-Lund", 1, 1)]
    rest = roster(database, before=listed[-1].newest)
    assert [(one.name, one.articles, one.quotations) for one in rest] == [
        ("Ana Ruiz", 4, 3),
        ("Jo Lund", 3, 1),
    ]
    assert roster(database, before=rest[-1].newest) == []
    for typed, names in {
        "ru": ["Ana Ruiz"],
        "lund": ["Jo Lund", "Zoë Ruiz-Lund"],
        "zoe ruiz": ["Zoë Ruiz-Lund"],
        "Ana R": ["Ana Ruiz"],
        "!": [],
        "": [],
    }.items():
        assert {one.name for one in called(database, typed)} == set(names), typed


def test_how_good_it_is_for_me(library: Library) -> None:
    assert accuracy(library).articles == 0
    article, analysis, _ = marked(SAID[0], 0)
    (quotation,) = analysis.quotations
    jo = article.text.index("Jo Lund")
    place = anchor(article.text, quotation.start, quotation.end)
    correct(library, 1, [SetSpeaker(place, anchor(article.text, jo, jo + 7))])
    correct(library, 2, [NoQuotation(anchor(*_quotation(SAID[1])))])
    text = marked(SAID[3], 3)[0].text
    mayor = text.index("the mayor")
    correct(library, 4, [AddQuotation(anchor(text, mayor, mayor + 9))])
    told = accuracy(library)
    assert told.articles == 3
    scores = {score.what: (score.right, score.all) for score in told.scores if not score.decided}
    assert scores["speakers that are right"] == (1, 2)
    assert scores["quotations that are some"] == (2, 3)
    assert scores["quotations that were found"] == (2, 3)
    assert scores["names that were found"] == (5, 5)


def test_what_was_confirmed_is_what_it_is_measured_by(library: Library) -> None:
    for document in (1, 2):
        index = Index(library.articles.load(document), marked(SAID[document - 1], document - 1)[1])
        correct(library, document, [confirmation(index, index.quotations[0])])
    place = anchor(*_quotation(SAID[3]))
    correct(library, 4, [SetSpeaker(place, name="Somebody else")])
    correct(library, 2, [NoQuotation(anchor(*_quotation(SAID[1])))])  # the later decision holds
    decided = {score.what: (score.right, score.all) for score in accuracy(library).scores if score.decided}
    assert decided == {"speakers that are right": (1, 2), "quotations that are some": (2, 3)}


def _quotation(marked_line: str) -> tuple[str, int, int]:
    article, analysis, _ = marked(marked_line, 0)
    return article.text, analysis.quotations[0].start, analysis.quotations[0].end


def test_the_interval_is_wilsons() -> None:
    low, high = Score("", 8, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert Score("", 0, 0).interval == (0.0, 1.0)
    assert Score("", 10, 10).interval[1] == 1.0


def test_a_corrected_speaker_moves_to_the_other_person(library: Library) -> None:
    keep(library, *marked(line(f"“Ours,”^p1 said {ANA}. {JO} wept.", "2026-03-01"), 9)[:2])
    entry = library.articles.get("https://example.org/9")
    article = library.articles.load(entry.version)
    start, name = article.text.index("“"), article.text.index("Jo Lund")
    correct(
        library,
        entry.id,
        [SetSpeaker(anchor(article.text, start, start + 7), anchor(article.text, name, name + 7))],
    )
    assert "“Ours,”" in [hit.text for hit in library.dossiers.said(library.dossiers.find("Jo Lund")[0].id)]
    assert "“Ours,”" not in [hit.text for hit in library.dossiers.said(ana(library))]
