"""Removed lines can be put back, one by one or all, and every offset stays true."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.assembly import Draft, Dropped, assemble
from reader.model.article import Article, Link
from reader.model.restoration import restore

_WORDS = st.text("ab é“”", min_size=1, max_size=12).map(lambda text: text.strip() or "x")
_ITEMS = st.lists(st.tuples(st.booleans(), _WORDS), max_size=12)


def _article(items: list[tuple[bool, str]]) -> Article:
    pieces: list[Draft | Dropped] = [
        Draft("paragraph", text, number, (Link(0, 1, f"https://example.org/{number}"),))
        if kept
        else Dropped(number, text, "share buttons")
        for number, (kept, text) in enumerate(items, 1)
    ]
    return assemble(pieces, source="x")


def _blocks(article: Article) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks]


@given(_ITEMS, st.sets(st.integers(1, 12)))
def test_chosen_lines_return_to_their_places(items: list[tuple[bool, str]], chosen: set[int]) -> None:
    restored = restore(_article(items), chosen)
    assert _blocks(restored) == [
        text for number, (kept, text) in enumerate(items, 1) if kept or number in chosen
    ]
    assert [line.line for line in restored.removed] == [
        number for number, (kept, _) in enumerate(items, 1) if not kept and number not in chosen
    ]
    for link in restored.links:
        number = int(link.url.rpartition("/")[2])
        assert restored.text[link.start : link.end] == items[number - 1][1][0]


@given(_ITEMS, st.sets(st.integers(1, 12)), st.sets(st.integers(1, 12)))
def test_in_two_steps_or_in_one_is_the_same(
    items: list[tuple[bool, str]], first: set[int], second: set[int]
) -> None:
    article = _article(items)
    assert restore(restore(article, first), second) == restore(article, first | second)


@given(_ITEMS)
def test_everything_can_be_kept(items: list[tuple[bool, str]]) -> None:
    article = _article(items)
    restored = restore(article, [line.line for line in article.removed])
    assert restored.removed == ()
    assert restored.text == "\n\n".join(text for _, text in items)


def test_positions_are_where_the_lines_stood() -> None:
    article = _article([(False, "Share"), (True, "One."), (False, "Tweet"), (True, "Two."), (False, "Reply")])
    assert [(line.text, article.text[line.position :]) for line in article.removed] == [
        ("Share", "One.\n\nTwo."),
        ("Tweet", "Two."),
        ("Reply", ""),
    ]


def test_an_unknown_line_changes_nothing() -> None:
    article = _article([(True, "One."), (False, "Share")])
    assert restore(article, [99]) is article
