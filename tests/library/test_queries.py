import sqlite3
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.queries import MOST_TERMS, Query, QueryError, Term, day, expression, parse

TODAY = date(2026, 3, 15)


def test_words_phrases_and_what_must_not_occur() -> None:
    query = parse('inflation "rate cut" -brexit -"hard landing" infl*')
    assert query.terms == (Term("inflation"), Term("rate cut"), Term("infl", prefix=True))
    assert query.without == (Term("brexit"), Term("hard landing"))


def test_fields_take_words_or_quoted_values() -> None:
    narrowing = parse("is:read is:later tag:economy", today=TODAY)
    assert (narrowing.state, narrowing.later, narrowing.narrows) == ("read", True, True)
    assert not parse("is:read economy", today=TODAY).narrows
    with pytest.raises(QueryError, match="is:"):
        parse("is:old", today=TODAY)
    assert parse("is:re", today=TODAY, typing=True).empty
    query = parse('by:"Ana Ruiz" about:prices source:example.org tag:economy has:quote', today=TODAY)
    assert query == Query(
        by=("Ana Ruiz",),
        about=(Term("prices"),),
        sources=("example.org",),
        tags=("economy",),
        quotations_only=True,
    )


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-03-14", "2026-03-14", "2026-03-14"),
        ("2w", "2026-03-01", "2026-03-01"),
        ("1d", "2026-03-14", "2026-03-14"),
        ("9999y", "0001-01-01", "0001-01-01"),
    ],
)
def test_dates(value: str, first: str, last: str) -> None:
    assert day(value, TODAY, last=False) == first
    assert day(value, TODAY, last=True) == last


@pytest.mark.parametrize("query", ["since:soon", "until:2026-13", "since:2026-02-30", "has:pictures"])
def test_what_means_nothing_is_said_so(query: str) -> None:
    with pytest.raises(QueryError):
        parse(query)


def test_an_unfinished_field_asks_for_nothing_yet() -> None:
    assert parse("by:").empty
    assert parse("").empty


def test_an_address_and_an_unknown_field_are_words() -> None:
    assert parse("http://example.org/a").terms == (Term("http://example.org/a"),)
    assert parse("colour:blue").terms == (Term("colour:blue"),)


def test_the_last_word_may_go_on_while_it_is_typed() -> None:
    assert parse("rate cu", typing=True).terms == (Term("rate"), Term("cu", prefix=True))
    assert parse("rate cut ", typing=True).terms == (Term("rate"), Term("cut"))


def test_a_word_is_not_asked_for_before_its_second_letter() -> None:
    assert parse("a", typing=True).empty
    assert parse("rates a", typing=True) == parse("rates")
    assert parse("a").terms == parse("a ", typing=True).terms == (Term("a"),)
    assert parse("ab", typing=True).terms == (Term("ab", prefix=True),)
    assert parse("日", typing=True).terms == (Term("日", prefix=True),)  # that may be all of it


def test_too_many_words_are_refused() -> None:
    assert len(parse("word " * MOST_TERMS).terms) == MOST_TERMS
    with pytest.raises(QueryError):
        parse("word " * (MOST_TERMS + 1))


@pytest.fixture(scope="module")
def words() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE found USING fts5 (title, text)")
    connection.execute("INSERT INTO found VALUES ('Near', 'what NEAR( she \"said\" AND did not')")
    return connection


@given(st.text(max_size=200))
def test_nothing_typed_is_syntax(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE found USING fts5 (title, text)")
    try:
        query = parse(text, typing=True)
    except QueryError:
        return
    if query.terms:
        found = expression(query.terms, query.without, column="title")
        connection.execute("SELECT rowid FROM found WHERE found MATCH ?", (found,)).fetchall()


@pytest.mark.parametrize(
    "text", ["NEAR(", 'said" AND', "a OR b NOT", "title : near", "-- ;", "((((", "^near*"]
)
def test_syntax_of_the_index_is_looked_for_as_words(words: sqlite3.Connection, text: str) -> None:
    query = parse(text)
    if query.terms:
        words.execute("SELECT rowid FROM found WHERE found MATCH ?", (expression(query.terms),)).fetchall()


def test_quoted_syntax_finds_the_words(words: sqlite3.Connection) -> None:
    found = expression(parse("NEAR( said").terms)
    assert words.execute("SELECT count(*) FROM found WHERE found MATCH ?", (found,)).fetchone() == (1,)
