"""The list that keeps its place: drawing, moving, replacing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.tui.drawing.rows import Line, NoRows, Piece, fit, spread
from reader.tui.widgets.row_list import RowList
from tests.counting import calls
from tests.tui.host import show

if TYPE_CHECKING:
    from collections.abc import Sequence

PIECES = st.lists(
    st.builds(Piece, st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12))
)


class Numbers:
    """Rows named by numbers; headings (negative ones) cannot be selected."""

    def __init__(self, numbers: Sequence[int], tall: int = 1) -> None:
        self.keys = [str(number) for number in numbers]
        self._tall = tall

    def heights(self, width: int) -> Sequence[int]:
        return [self._tall] * len(self.keys)

    def selectable(self, index: int) -> bool:
        return not self.keys[index].startswith("-")

    def draw(self, index: int, width: int) -> list[Line]:
        return [[Piece(f"row {self.keys[index]}")]]


def length(line: Line) -> int:
    return sum(cell_len(piece.text) for piece in line)


@given(PIECES, st.integers(1, 40))
def test_a_line_never_grows_beyond_its_width_and_says_when_it_was_cut(line: Line, width: int) -> None:
    fitted = fit(line, width)
    assert length(fitted) <= width
    if length(line) > width:
        assert fitted[-1].text.endswith("…")
    else:
        assert "".join(p.text for p in fitted) == "".join(p.text for p in line)


@given(PIECES, st.text("abc ", max_size=10), st.integers(12, 60))
def test_what_belongs_to_the_right_border_stands_there(left: Line, right: str, width: int) -> None:
    line = spread(left, [Piece(right)], width)
    assert length(line) == width
    assert line[-1].text == right


async def test_keys_move_the_selection_over_what_can_be_selected() -> None:
    rows = RowList()
    async with show(rows, size=(20, 6)) as shown:
        rows.replace(Numbers([-1, 1, 2, -2, 3, *range(4, 30)]), keep=False)
        rows.focus()
        seen = []
        for key in ("down", "j", "down", "k", "end", "up", "home", "pagedown", "pageup", "G", "g"):
            await shown.press(key)
            seen.append(rows.selected)
        assert seen == ["1", "2", "3", "2", "29", "28", "1", "5", "1", "29", "1"]
        assert [m.key for m in shown.heard(RowList.Highlighted)] == seen
        await shown.press("enter")
        assert [(m.key, m.clicks) for m in shown.heard(RowList.Chosen)] == [("1", 0)]


async def test_the_heading_comes_into_view_with_the_first_row() -> None:
    rows = RowList()
    async with show(rows, size=(20, 5)) as shown:
        rows.replace(Numbers([-1, *range(1, 20)]), keep=False)
        rows.focus()
        await shown.press("end", "home")
        assert "row -1" in shown.text


async def test_a_click_chooses_and_a_heading_does_not_react() -> None:
    rows = RowList()
    async with show(rows, size=(20, 6)) as shown:
        rows.replace(Numbers([-1, 1, 2]), keep=False)
        await shown.pilot.pause()
        await shown.pilot.hover(rows, (3, 1))
        await shown.pilot.click(rows, (3, 2))
        await shown.pilot.click(rows, (3, 0))
        await shown.pilot.click(rows, (3, 5))
        assert [(m.key, m.clicks) for m in shown.heard(RowList.Chosen)] == [("2", 1)]
        assert rows.selected == "2"


async def test_replacing_keeps_selection_and_place() -> None:
    rows = RowList()
    async with show(rows, size=(20, 6)) as shown:
        rows.replace(Numbers(range(100)), keep=False)
        rows.select("50")
        top = rows.scroll_offset.y
        rows.replace(Numbers(range(-100, 200)))
        await shown.pilot.pause()
        assert rows.selected == "50"
        assert rows.scroll_offset.y == top + 100
        assert "row 50" in shown.text
        rows.replace(Numbers(range(40)))
        assert rows.selected is None
        rows.replace(NoRows())
        assert rows.selected is None
        assert shown.heard(RowList.Highlighted, RowList.Chosen) == []


async def test_selecting_what_is_not_there_changes_nothing() -> None:
    rows = RowList()
    async with show(rows, size=(20, 6)):
        rows.replace(Numbers(range(5)), keep=False)
        assert rows.select("3", centre=True)
        assert not rows.select("9")
        assert rows.selected == "3"
        assert rows.select(None)
        assert rows.selected is None


async def test_a_new_width_keeps_the_selection_in_view() -> None:
    rows = RowList()
    async with show(rows, size=(40, 20)) as shown:
        rows.replace(Numbers(range(100), tall=2), keep=False)
        rows.select("9")
        await shown.pilot.resize_terminal(30, 6)
        await shown.pilot.pause()
        assert "row 9" in shown.text


async def test_foreign_text_reaches_the_terminal_harmless() -> None:
    class Hostile(Numbers):
        def draw(self, index: int, width: int) -> list[Line]:
            return [[Piece("\x1b]52;c;eA==\x07[bold]x[/bold] \u202eabc \x9b31m")]]

    rows = RowList()
    async with show(rows, size=(60, 4)) as shown:
        rows.replace(Hostile([1]), keep=False)
        await shown.pilot.pause()
        assert "[bold]x[/bold]" in shown.text
        assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(shown.text)


async def test_a_hundred_thousand_rows_cost_no_more_to_move_in() -> None:
    async def work(number: int) -> int:
        rows = RowList()
        async with show(rows, size=(60, 30)) as shown:
            rows.replace(Numbers(range(number)), keep=False)
            rows.select(str(number // 2))
            await shown.pilot.pause()

            def move() -> None:
                for _ in range(30):
                    rows.action_move(1)
                    rows.render_line(0)

            return calls(move)

    assert await work(100_000) < 2 * await work(100)
