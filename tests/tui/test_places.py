"""Jumps, positions, highlights, search and the page: the plain data behind the screen."""

from __future__ import annotations

import re
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.article import Article, Block, RemovedLine
from reader.tui.actions import ACTIONS
from reader.tui.controllers.jumps import Jumps, Place
from reader.tui.drawing.matches import Matches, Mode, TooLong, compile_query, find
from reader.tui.drawing.page import Page
from reader.tui.keys import key_label, key_name, resolve
from reader.tui.positions import Position, Positions
from tests.tui.scene import ARTICLE


def test_jumps_go_back_forward_and_forget_what_lay_ahead() -> None:
    jumps = Jumps()
    a, b, c, d = Place(1), Place(2), Place(3), Place(4)
    jumps.leave(a)
    jumps.leave(b)
    assert jumps.back(c) == b
    assert jumps.back(b) == a
    assert jumps.back(a) is None
    assert jumps.forward(a) == b
    jumps.leave(b)
    assert jumps.forward(d) is None
    assert jumps.back(d) == b


def test_positions_survive_damage(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "articles"
    positions = Positions(folder)
    assert positions.get("x") == Position()
    positions.save("x", Position(120, {"a": 3}))
    assert Positions(folder).get("x") == Position(120, {"a": 3})
    for damage in (
        "",
        "{",
        "[]",
        "[" * 100_000,
        '{"offset": "y", "marks": [1]}',
        '{"marks": {"ab": 1, "c": "d"}}',
    ):
        (folder / "x.json").write_text(damage)
        assert positions.get("x") == Position()
    positions.save("y", Position(7))
    assert positions.get("y").offset == 7
    assert sorted(child.name for child in folder.iterdir()) == ["x.json", "y.json"]


def test_positions_that_cannot_be_written_disturb_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    Positions(blocked / "articles").save("x", Position(1))


def test_only_so_many_positions_are_kept(tmp_path: Path) -> None:
    positions = Positions(tmp_path)
    for number in range(520):
        positions.save(str(number), Position(number + 1))
    kept = {path.stem for path in tmp_path.iterdir()}
    assert len(kept) == 500
    assert "519" in kept
    assert "0" not in kept


def test_two_readers_keep_each_others_marks(tmp_path: Path) -> None:
    Positions(tmp_path).save("x", Position(0, {"a": 1, "b": 2, "c": 3}))
    one, other = Positions(tmp_path), Positions(tmp_path)
    first, second = one.get("x"), other.get("x")
    first.marks["d"] = 4
    del first.marks["b"]
    second.marks["e"] = 5
    second.marks["c"] = 33
    one.save("x", Position(10, first.marks))
    other.save("y", Position(1))
    other.save("x", Position(20, second.marks))
    assert Positions(tmp_path).get("x") == Position(20, {"a": 1, "c": 33, "d": 4, "e": 5})
    one.save("x", Position(30, first.marks))  # nothing new from this one
    assert Positions(tmp_path).get("x").marks == {"a": 1, "c": 33, "d": 4, "e": 5}


@pytest.mark.parametrize(
    ("query", "mode", "text", "expected"),
    [
        ("port", Mode.PLAIN, "Port port airport", 3),
        ("Port", Mode.PLAIN, "Port port airport", 1),
        ("it's", Mode.PLAIN, "it’s it's", 2),
        ('"so', Mode.PLAIN, '“so and "so', 2),
        ("a  b", Mode.PLAIN, "a b a\nb ab", 2),
        ("a.c", Mode.PLAIN, "abc a.c", 1),
        (r"a.c", Mode.REGEX, "abc a.c", 2),
        (r"\bP\w+", Mode.REGEX, "Port port", 1),
        (r"\W", Mode.REGEX, "a b", 1),
        ("x*", Mode.REGEX, "abc", 0),
        ("ost", Mode.PLAIN, "Öst ost o\u0308st", 3),
        ("öst", Mode.PLAIN, "Öst ost", 1),
        ("lodz", Mode.PLAIN, "Łódź", 1),
        ("a-b", Mode.PLAIN, "a–b a-b", 2),
        ("’", Mode.PLAIN, "' ’", 1),
        ("ost", Mode.EXACT, "Öst ost Ost", 1),
        ("it's", Mode.EXACT, "it’s it's", 1),
        ("한", Mode.PLAIN, "한국", 1),
    ],
)
def test_what_a_query_finds(query: str, mode: Mode, text: str, expected: int) -> None:
    found = [match for part in find(compile_query(query, mode), text) for match in part]
    assert len(found) == expected


def test_a_broken_expression_is_an_error_of_its_own() -> None:
    with pytest.raises(re.error):
        compile_query("(", Mode.REGEX)


@given(st.text("ab ", min_size=1, max_size=4), st.integers(0, 40))
def test_matches_across_slices_are_those_of_the_whole(query: str, shift: int) -> None:
    text = "ab ba" * 8 + "x" * ((1 << 17) - 60 + shift) + "ab ba abab" * 30
    pattern = compile_query(query)
    found = [match for part in find(pattern, text) for match in part]
    assert [tuple(m) for m in found] == [m.span() for m in pattern.pattern.finditer(text)]


def test_steps_through_matches_wrap() -> None:
    matches = Matches([m for part in find(compile_query("a"), "a b a b a") for m in part])
    step = matches.step(-1, 1)
    assert step is not None
    assert (step[0].start, step[1]) == (0, False)
    step = matches.step(8, 1)
    assert step is not None
    assert (step[0].start, step[1]) == (0, True)
    step = matches.step(0, -1)
    assert step is not None
    assert (step[0].start, step[1]) == (8, True)
    assert matches.current == 2
    assert [number for number, _ in matches.within(3, 6)] == [1]
    assert Matches().step(0, 1) is None


def test_a_page_sets_removed_lines_in_their_places() -> None:
    page = Page(ARTICLE)
    kinds = [piece.kind for piece in page.pieces(removed=True)]
    assert kinds == [
        "removed",
        "title",
        "byline",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
        "removed",
        "removed",
    ]
    assert all(piece.own == (piece.kind not in ("removed", "byline")) for piece in page.pieces(removed=True))


def test_a_page_without_title_block_shows_the_title_above() -> None:
    article = Article("Text.", (Block("paragraph", 0, 5),), title="A title", published="2024-05-30T10:00:00")
    pieces = Page(article).pieces()
    assert [(p.kind, p.text) for p in pieces[:2]] == [("title", "A title"), ("byline", "30 May 2024")]
    assert [p.kind for p in Page(article, raw=True).pieces()] == ["paragraph"]


def test_list_items_get_a_bullet_only_when_they_have_none() -> None:
    text = "- one\n\ntwo\n\n3. three"
    article = Article(text, (Block("list_item", 0, 5), Block("list_item", 7, 10), Block("list_item", 12, 20)))
    page = Page(article)
    assert [page.bulleted(piece) for piece in page.pieces()] == [False, True, False]


def test_paragraphs_are_found_by_offset() -> None:
    page = Page(ARTICLE)
    for block in ARTICLE.blocks:
        assert page.paragraph_span(block.end - 1) == (block.start, block.end)
        assert page.paragraph_span(block.start) == (block.start, block.end)
    empty = Page(Article("", removed=(RemovedLine(1, "", "x", 0),)))
    assert empty.paragraph_span(0) == (0, 0)
    assert empty.pieces(removed=True)[0].text == "(blank)"


def test_remapping_takes_keys_away_and_reports_it() -> None:
    resolution = resolve(ACTIONS, {"search": ["j"], "quit": [], "nothing": ["x"]})
    assert resolution.keys["search"] == ("j",)
    assert resolution.keys["line_down"] == ("down",)
    assert resolution.keys["quit"] == ()
    assert resolution.unknown == ("nothing",)
    assert [(c.key, c.kept, c.lost) for c in resolution.conflicts] == [("j", "search", "line_down")]


def test_keys_are_written_for_people_and_read_back() -> None:
    assert key_label("slash") == "/"
    assert key_label("shift+tab") == "shift+Tab"
    assert key_label("f1") == "F1"
    assert key_name("/") == "slash"
    assert key_name("ctrl+n") == "ctrl+n"
    for action in ACTIONS:
        for key in action.keys:
            label = key_label(key)
            assert len(label) != 1 or key_name(label) == key


def test_an_expression_that_never_ends_is_stopped() -> None:
    started = time.monotonic()
    with pytest.raises(TooLong):
        list(find(compile_query(r"(a|a)+$", Mode.REGEX), "a" * 5000 + "!", limit=0.1))
    assert time.monotonic() - started < 5
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_the_documentation_shows_the_keys_of_today() -> None:
    folder = Path(__file__).parents[2] / "docs"
    code = (folder / "reading_keys.py").read_text(encoding="utf-8")
    names: dict[str, Any] = {"__name__": "reading_keys", "__file__": str(folder / "reading_keys.py")}
    exec(compile(code, "reading_keys.py", "exec"), names)
    page = (folder / "reading.md").read_text(encoding="utf-8")
    assert names["written"](page) == page
