"""Lines that were put back: what was found in them is kept, searched and forgotten like everything else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library.library import Library
from reader.library.reading import correct, keep, learn, over, read, undo
from reader.model.analysis import Analysis, Entity, Mention, PipelineInfo, Quotation, Speaker
from reader.model.anchors import anchor
from reader.model.article import Article, RemovedLine
from reader.model.corrections import RestoreLine, SetSpeaker
from reader.model.restoration import restore
from tests.library.test_articles import PIPELINE, TEXT, analysis, article

LINE = "“Nothing will,” Bo Lee replied."
BACK = RestoreLine(7, LINE)


def as_read(text: str = TEXT) -> Article:
    article_ = article(text)
    removed = RemovedLine(7, LINE, "caption", text.index("“"))
    return Article(article_.text, article_.blocks, title=article_.title, source="a.txt", removed=(removed,))


def found_in(text: str) -> Analysis:
    """What the machine finds when the line is there."""
    start, name = text.index(LINE), text.index("Bo Lee")
    lee = Entity(f"e{name}", "PERSON", "Bo Lee", (), (Mention(name, name + 6),))
    speaker = Speaker(name, name + 6, lee.id, "Bo Lee")
    said = Quotation(f"q{start}", "direct", start, start + 15, None, speaker, 0.9, "named after it")
    return Analysis((lee,), (said,), PIPELINE)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library.db")
    keep(library, as_read(), analysis())
    correct(library, 1, [BACK])
    yield library
    assert list(library.check()) == []
    library.close()


def whole() -> Article:
    return restore(as_read(), [7])


def test_the_line_is_searched_before_anybody_has_looked_at_it(library: Library) -> None:
    (hit,) = library.search("replied")
    assert whole().text[hit.start : hit.end] == LINE
    (hit,) = library.search("harbour")
    assert "harbour" in whole().text[hit.start : hit.end]
    (hit,) = library.search("prices")
    assert whole().text[hit.start : hit.end] == "“Prices will fall,”"


def test_what_is_found_in_it_is_kept_and_answered_with(library: Library) -> None:
    learn(library, 1, whole(), found_in(whole().text))
    assert [hit.text for hit in library.search('by:"bo lee"')] == ["“Nothing will,”"]
    reading = read(library, 1)
    assert (reading.article, reading.analysis) == (whole(), found_in(whole().text))
    # A command that has analysed the article as it was read answers the same.
    again = over(library, 1, as_read(), analysis())
    assert (again.article, again.analysis) == (reading.article, reading.analysis)
    newer = Analysis(analysis().entities, analysis().quotations, PipelineInfo("test", "2"))
    assert [
        said.speaker and said.speaker.name for said in over(library, 1, as_read(), newer).analysis.quotations
    ] == ["Ana Ruiz"]
    before = library.search("has:quote")
    library.rebuild()
    assert library.search("has:quote") == before


def test_a_decision_about_it_holds(library: Library) -> None:
    text = whole().text
    learn(library, 1, whole(), found_in(text))
    start = text.index(LINE)
    correct(library, 1, [SetSpeaker(anchor(text, start, start + 15), name="Cy Dow")])
    assert [hit.speaker for hit in library.search("nothing has:quote")] == ["Cy Dow"]


def test_it_is_taken_away_again(library: Library) -> None:
    learn(library, 1, whole(), found_in(whole().text))
    (decision,) = library.corrections.of(1)
    undo(library, 1, decision.id)
    assert library.search("replied") == []
    assert [hit.speaker for hit in library.search("has:quote")] == ["Ana Ruiz"]
    correct(library, 1, [BACK])  # and put back once more: it is known still
    assert [hit.speaker for hit in library.search("has:quote")] == ["Bo Lee"]


def test_what_was_found_in_it_goes_with_the_article(library: Library) -> None:
    learn(library, 1, whole(), found_in(whole().text))
    library.articles.forget(1)
    with library.database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM analysis").fetchone()[0] == 0
    assert library.search("replied") == []


def test_a_newer_text_begins_without_it(library: Library) -> None:
    newer = TEXT.replace("Rates rise", "Rates rose")
    keep(library, article(newer, "a.txt"), analysis(newer))  # there the line is not removed: it is not there
    assert library.search("replied") == []
    assert [hit.speaker for hit in library.search("has:quote")] == ["Ana Ruiz"]
    assert read(library, 1).stale != ()
