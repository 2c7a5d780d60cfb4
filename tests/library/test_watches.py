"""Watches: what is new to them, what they hide, and that looking costs what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.library.errors import LibraryError, NotInLibrary
from reader.library.library import Library
from reader.library.queries import QueryError
from reader.library.reading import correct, keep
from reader.library.watching import look, new_hits
from reader.model.anchors import anchor
from reader.model.corrections import SetSpeaker
from tests.counting import calls
from tests.library.namesakes import marked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reader.library.search import Hit


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library.db")
    yield library
    library.close()


def put(library: Library, number: int, text: str) -> int:
    """Keep an article with marked names and quotations, and return its document."""
    article, analysis, _ = marked(f'{{"published": "2026-03-0{number % 9 + 1}", "text": "{text}"}}', number)
    return keep(library, article, analysis).document


def news(library: Library, name: str, *, see: bool = True) -> list[Hit]:
    look(library)
    return new_hits(library, library.watches.get(name), see=see)


RUIZ = "“Rates will fall soon,”^p1 said [Ana Ruiz=p1] on Monday."
LUND = "“Rates will rise,”^p2 said [Jo Lund=p2] of the bank."
BALL = "The football match in [Toledo=l1] ended without a goal."


def test_what_was_there_before_is_not_new_and_what_comes_is_new_once(library: Library) -> None:
    put(library, 1, RUIZ)
    library.watches.add("ana", "by:ruiz rates")
    assert news(library, "ana") == []
    put(library, 2, RUIZ.replace("soon", "in May"))
    put(library, 3, LUND)
    assert look(library) == 1
    assert [(one.name, one.new) for one in library.watches.all()] == [("ana", 1)]
    (hit,) = news(library, "ana", see=False)
    assert (hit.kind, hit.speaker, hit.article.id) == ("quotation", "Ana Ruiz", 2)
    assert [one.text for one in news(library, "ana")] == ["“Rates will fall in May,”"]
    assert news(library, "ana") == []
    assert library.watches.get("ana").found == 1


def test_an_article_that_is_analysed_anew_or_says_more_is_not_new_for_what_it_said(library: Library) -> None:
    library.watches.add("rates", "rates has:quote")
    put(library, 1, RUIZ)
    assert len(news(library, "rates")) == 1
    article, analysis, _ = marked(f'{{"published": "2026-03-02", "text": "{RUIZ}"}}', 1, pipeline="other")
    keep(library, article, analysis)
    library.rebuild()
    assert news(library, "rates") == []
    put(library, 1, f"{RUIZ} {LUND}")
    assert [hit.speaker for hit in news(library, "rates")] == ["Jo Lund"]


def test_a_correction_decides_what_is_found(library: Library) -> None:
    library.watches.add("jo", "by:lund")
    document = put(library, 1, RUIZ)
    put(library, 2, LUND)
    assert look(library) == 1
    text = library.articles.load(1).text
    end = text.index(",”") + 2
    correct(library, document, [SetSpeaker(anchor(text, 0, end), name="Jo Lund")])
    other = library.articles.load(2).text
    correct(library, 2, [SetSpeaker(anchor(other, 0, other.index(",”") + 2), name="Ana Ruiz")])
    assert [hit.article.id for hit in news(library, "jo")] == [1]


def test_quotations_that_changed_are_watched_for(library: Library) -> None:
    put(library, 1, RUIZ)
    put(library, 2, LUND)
    library.watches.add("rewritten", "has:change has:quote")
    library.watches.add("of ruiz", "has:change by:ruiz -may")
    put(library, 1, RUIZ.replace("soon", "very soon"))
    put(library, 2, LUND.replace(" of the bank", ", who works for the bank"))  # the quotation stands
    (hit,) = news(library, "rewritten")
    assert (hit.kind, hit.text) == ("quotation changed", "Ana Ruiz: “Rates will fall very soon,”")
    assert hit.before == "Ana Ruiz: “Rates will fall soon,”"
    assert library.articles.load(3).text[hit.start : hit.end] == "“Rates will fall very soon,”"
    assert len(news(library, "of ruiz")) == 1
    assert {one.kind for one in library.search("has:change")} == {"quotation changed", "wording"}
    assert [one.article.id for one in library.search("has:change bank")] == [2]
    assert library.search("has:change by:lund") == []
    put(library, 1, RUIZ.replace("soon", "very soon in May"))
    assert len(news(library, "rewritten")) == 1
    assert news(library, "of ruiz") == []  # it is excluded


def test_what_is_muted_is_hidden_counted_and_back_when_it_is_not(library: Library) -> None:
    put(library, 1, BALL)
    put(library, 2, RUIZ)
    library.watches.add("ball", "football -scandal", mute=True)
    assert look(library) == 0
    put(library, 3, BALL.replace("match", "scandal"))
    put(library, 4, BALL.replace("Toledo", "Burgos"))
    look(library)
    assert [entry.id for entry in library.articles.entries(muted=False)] == [3, 2]
    assert [entry.id for entry in library.articles.entries(muted=True)] == [4, 1]
    assert library.articles.muted() == library.watches.get("ball").found == 2
    assert len(library.articles.entries()) == 4  # nothing is deleted
    put(library, 4, BALL.replace("football", "tennis"))
    look(library)
    assert library.articles.muted() == 1
    library.watches.remove("ball")
    assert library.articles.muted() == 0
    with pytest.raises(NotInLibrary, match="no watch ball"):
        library.watches.get("ball")


def test_entries_of_feeds_are_muted_by_their_words(library: Library) -> None:
    with library.database.writing() as connection:
        connection.execute("INSERT INTO feed (address, given, added, due) VALUES ('a', 'a', '', '')")

        def entry(key: str, title: str, text: str) -> None:
            connection.execute(
                """
                INSERT INTO entry (feed, key, title, text, dated, moment, seen, fingerprint, parts)
                VALUES (1, ?, ?, ?, 'missing', '', '', '', x'')
                """,
                (key, title, text),
            )

        entry("1", "Fußball: Football tonight", "A match.")
        entry("2", "Rates", "The football bank raises rates in a scandal.")
        entry("3", "Rates", "The bank raises rates.")
    library.watches.add("ball", "football -scandal", mute=True)
    library.watches.add("who", "by:ruiz", mute=True)  # nothing is known of who speaks in an entry
    look(library)
    with library.database.reading() as connection:
        muted = [tuple(row) for row in connection.execute("SELECT entry, watch FROM muted")]
    assert muted == [(1, library.watches.get("ball").id)]
    hidden = {one.name: (one.found, one.hidden) for one in library.watches.all()}
    assert hidden == {"ball": (0, 1), "who": (0, 0)}


def test_looking_costs_what_is_new_however_much_there_is(library: Library) -> None:
    for number in range(30):
        put(library, number, RUIZ.replace("soon", f"in {number} years"))
    library.watches.add("rates", "rates by:ruiz -football")
    put(library, 31, RUIZ)
    few = calls(lambda: look(library))
    for number in range(40, 160):
        put(library, number, RUIZ.replace("soon", f"in {number} years"))
    look(library)
    put(library, 200, RUIZ.replace("soon", "now"))
    many = calls(lambda: look(library))
    assert many < 1.5 * few
    assert calls(lambda: look(library)) < few / 3  # and nothing new next to nothing


@pytest.mark.parametrize("query", ["", "  ", "- ", "by:"])
def test_a_watch_asks_for_something(library: Library, query: str) -> None:
    with pytest.raises(LibraryError, match="asks for nothing"):
        library.watches.add("nothing", query)
    assert library.watches.all() == []


def test_names_of_watches(library: Library) -> None:
    assert library.watches.add(" two\n words \x1b[31m", "rates").name.startswith("two words")
    with pytest.raises(LibraryError, match="already"):
        library.watches.add("two  words \x1b[31m", "other")
    with pytest.raises(LibraryError, match="needs a name"):
        library.watches.add("\n", "rates")
    with pytest.raises(QueryError, match="has:"):
        library.watches.add("odd", "has:everything")


def test_what_is_forgotten_is_no_hit(library: Library) -> None:
    library.watches.add("rates", "rates")
    document = put(library, 1, RUIZ)
    look(library)
    library.articles.forget(document)
    assert news(library, "rates") == []
    put(library, 1, RUIZ)  # it comes back, under the same number
    assert len(news(library, "rates")) == 1
