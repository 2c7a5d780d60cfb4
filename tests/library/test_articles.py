from pathlib import Path

import pytest

from reader.index import Index
from reader.library.analyses import Analyses
from reader.library.articles import Articles
from reader.library.connection import Database
from reader.library.errors import NotInLibrary
from reader.library.queries import parse
from reader.library.search import search
from reader.model.analysis import Analysis, Entity, Mention, PipelineInfo, Quotation, Speaker
from reader.model.article import Article, Block, Link, RemovedLine

TEXT = "Rates rise\n\n“Prices will fall,” said Ana Ruiz. Nobody else spoke of the harbour."
PIPELINE = PipelineInfo("test", "1", "abc")


def article(text: str = TEXT, source: str = "https://example.org/a?utm_source=x") -> Article:
    first = text.index("\n")
    return Article(
        text,
        (Block("title", 0, first), Block("paragraph", first + 2, len(text))),
        title=text[:first],
        site="Example",
        published="2026-03-01",
        source=source,
        removed=(RemovedLine(3, "Share", "share row", 0),),
        links=(Link(0, 5, "https://example.org/"),),
        notices=("Read twice",),
    )


def analysis(text: str = TEXT) -> Analysis:
    start, end = text.index("“"), text.index("”") + 1
    name = text.index("Ana Ruiz")
    entity = Entity(f"e{name}", "PERSON", "Ana Ruiz", (), (Mention(name, name + 8),))
    speaker = Speaker(name, name + 8, entity.id, "Ana Ruiz", "the minister")
    quotation = Quotation(f"q{start}", "direct", start, end, None, speaker, 0.9, "named after it")
    return Analysis((entity,), (quotation,), PIPELINE)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "library.db")


def test_an_article_comes_back_whole(database: Database) -> None:
    articles, analyses = Articles(database), Analyses(database)
    kept = articles.keep(article())
    assert kept.new_document
    assert kept.new_version
    assert articles.load(kept.version) == article()
    analyses.keep(article(), analysis())
    assert analyses.find(article(), PIPELINE) == analysis()
    assert analyses.find(article(), PipelineInfo("test", "1", "newer")) is None


def test_the_same_document_is_known_however_it_is_asked_for(database: Database) -> None:
    articles = Articles(database)
    first = articles.keep(article())
    again = articles.keep(article(source="https://EXAMPLE.org/a#part"))
    assert (again.document, again.version, again.new_version) == (first.document, first.version, False)
    found = articles.find("https://example.org/a?fbclid=1")
    assert found is not None
    assert found.id == first.document


def test_a_changed_text_is_a_version_and_only_the_newest_is_searched(database: Database) -> None:
    articles, analyses = Articles(database), Analyses(database)
    first = articles.keep(article())
    analyses.show(first.version, Index(article(), analysis()))
    changed = TEXT.replace("harbour", "lighthouse")
    second = articles.keep(article(changed))
    assert second.document == first.document
    assert [version.id for version in articles.versions(first.document)] == [first.version, second.version]
    assert search(database, parse("harbour")) == []
    (passage,) = search(database, parse("lighthouse"))
    assert passage.kind == "passage"
    assert "lighthouse" in passage.text


def test_quotations_are_found_with_speaker_and_article(database: Database) -> None:
    articles, analyses = Articles(database), Analyses(database)
    kept = articles.keep(article())
    analyses.show(kept.version, Index(article(), analysis()))
    (hit,) = search(database, parse("by:ruiz prices has:quote"))
    assert (hit.kind, hit.text, hit.speaker) == ("quotation", "“Prices will fall,”", "Ana Ruiz")
    assert hit.article.title == "Rates rise"
    assert TEXT[hit.start : hit.end] == hit.text
    assert search(database, parse("by:nobody")) == []


def test_how_many_quotations_a_text_has_is_known_once_it_was_analysed(database: Database) -> None:
    articles = Articles(database)
    assert articles.quotations(article()) is None
    version = articles.keep(article()).version
    assert articles.quotations(article()) is None
    Analyses(database).keep(article(), analysis())
    Analyses(database).show(version, Index(article(), analysis()))
    assert articles.quotations(article()) == 1
    assert articles.quotations(article("Rates fall\n\nNobody spoke.")) is None


def test_what_is_forgotten_is_gone(database: Database) -> None:
    articles, analyses = Articles(database), Analyses(database)
    kept = articles.keep(article())
    analyses.keep(article(), analysis())
    analyses.show(kept.version, Index(article(), analysis()))
    articles.forget(kept.document)
    assert search(database, parse("prices")) == []
    assert analyses.find(article()) is None
    with pytest.raises(NotInLibrary):
        articles.get("https://example.org/a")
    with database.reading() as connection:
        for table in ("version_words", "quotation_words"):
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
