"""The export dialog: formats, preview, writing, overwriting."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import WorkerCancelled

from reader.export.options import Options
from reader.export.registry import FORMATS, render
from reader.tui.screens.export_dialog import ExportDialog
from reader.tui.screens.results import Exported
from reader.tui.widgets.row_list import RowList
from tests.tui.host import WAITING, Shown, show
from tests.tui.scene import ANALYSIS, ARTICLE

if TYPE_CHECKING:
    from pathlib import Path

STEM = "Ferry-to-Orsay-Island-suspended-after-engine-fire-onrecord"
USUAL = [name for name, format_ in FORMATS.items() if format_.usual]
OFFERED = [*USUAL, *(name for name in FORMATS if name not in USUAL)]


async def settled(shown: Shown) -> None:
    """Wait for previews and writing; a preview that a later one has replaced does not count."""
    for worker in list(shown.app.workers):
        with suppress(WorkerCancelled):
            await worker.wait()
    await shown.pilot.pause()


async def choose(shown: Shown, name: str) -> None:
    rows = shown.app.screen.query_one(RowList)
    await shown.press("home", *["down"] * OFFERED.index(name))
    assert rows.selected == name
    await settled(shown)


async def test_every_format_is_offered_and_previewed(tmp_path: Path) -> None:
    async with show(
        screen=partial(ExportDialog, ARTICLE, ANALYSIS, folder=tmp_path), size=(100, 40)
    ) as shown:
        rows = shown.app.screen.query_one(RowList).rows
        assert [key for i, key in enumerate(rows.keys) if rows.selectable(i)] == OFFERED
        await choose(shown, "json")
        assert '"schema": "onrecord/1"' in shown.text
        assert "Positions count code points." in shown.text
        await choose(shown, "text")
        assert "[PERSON: Morag Teale]" in shown.text


async def test_formats_for_people_are_previewed_as_they_look(tmp_path: Path) -> None:
    async with show(
        screen=partial(ExportDialog, ARTICLE, ANALYSIS, folder=tmp_path), size=(100, 40)
    ) as shown:
        for name in ("html", "markdown", "svg", "docx"):
            await choose(shown, name)
            text = shown.app.screen.query_one("#export-text", Static).render()
            assert "<" not in str(text)
            assert "==" not in str(text)
            assert "Sailings between Port Lennox" in str(text)
            assert isinstance(text, Content)
            assert text.spans
            widget = shown.app.screen.query_one("#export-text", Static)
            assert max(map(cell_len, str(text).splitlines())) <= widget.content_size.width  # set once


async def test_the_sources_own_name_is_never_proposed(tmp_path: Path) -> None:
    article = replace(ARTICLE, source=str(tmp_path / "ferry.html"))
    async with show(screen=partial(ExportDialog, article, ANALYSIS, folder=tmp_path)) as shown:
        assert shown.app.screen.query_one(Input).value == f"{(tmp_path / STEM).as_posix()}.html"
        untitled = replace(article, title=None)
    async with show(screen=partial(ExportDialog, untitled, ANALYSIS, folder=tmp_path)) as shown:
        assert shown.app.screen.query_one(Input).value == f"{tmp_path.as_posix()}/article-onrecord.html"


async def test_the_file_name_follows_the_format_unless_it_was_changed(tmp_path: Path) -> None:
    async with show(screen=partial(ExportDialog, ARTICLE, ANALYSIS, folder=tmp_path)) as shown:
        field = shown.app.screen.query_one(Input)
        assert field.value == f"{(tmp_path / STEM).as_posix()}.html"
        await choose(shown, "json")
        assert field.value.endswith(f"{STEM}.json")
        field.value = str(tmp_path / "mine.out")
        await choose(shown, "text")
        assert field.value.endswith("mine.out")


async def test_writing_and_the_question_before_overwriting(tmp_path: Path) -> None:
    target = tmp_path / f"{STEM}.txt"
    target.write_text("old", encoding="utf-8")
    async with show(screen=partial(ExportDialog, ARTICLE, ANALYSIS, folder=tmp_path)) as shown:
        await choose(shown, "text")
        await shown.press("enter")
        assert shown.app.screen.query_one(Input).has_focus
        await shown.press("enter")
        assert "is there already. Enter again replaces it." in shown.text
        assert target.read_text(encoding="utf-8") == "old"
        assert shown.result is WAITING
        await shown.press("enter")
        await settled(shown)
        assert shown.result == Exported(target, "Plain text")
    assert target.read_bytes() == render("text", ARTICLE, ANALYSIS, Options())


async def test_another_name_takes_the_question_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    async with show(screen=partial(ExportDialog, ARTICLE, ANALYSIS, folder=tmp_path)) as shown:
        await choose(shown, "text")
        field = shown.app.screen.query_one(Input)
        field.value = str(tmp_path / "a.txt")
        await shown.press("ctrl+s")
        assert "is there already" in shown.text
        field.value = str(tmp_path / "b.txt")
        await shown.pilot.pause()
        assert "is there already" not in shown.text
        await shown.press("ctrl+s")
        await settled(shown)
        assert shown.result == Exported(tmp_path / "b.txt", "Plain text")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "old"


async def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    async with show(screen=partial(ExportDialog, ARTICLE, ANALYSIS, folder=tmp_path)) as shown:
        await choose(shown, "text")
        field = shown.app.screen.query_one(Input)
        field.value = ""
        await shown.press("ctrl+s")
        assert "Name a file first." in shown.text
        field.value = str(tmp_path / "none" / "a.txt")
        await shown.press("ctrl+s")
        await settled(shown)
        assert "cannot be written" in shown.text
        await shown.press("escape")
        assert shown.result is None


async def test_a_selection_is_exported_alone(tmp_path: Path) -> None:
    start = ARTICLE.text.index("Councillor")
    screen = partial(ExportDialog, ARTICLE, ANALYSIS, folder=tmp_path, selection=(start, start + 26))
    async with show(screen=screen) as shown:
        assert "Export the selection" in shown.text
        await choose(shown, "text")
        assert "Councillor" in shown.text
        assert "Sailings" not in shown.text


async def test_a_click_on_a_format_shows_it(tmp_path: Path) -> None:
    async with show(screen=partial(ExportDialog, ARTICLE, ANALYSIS, folder=tmp_path)) as shown:
        await shown.pilot.click(RowList, (3, 3))
        await settled(shown)
        assert shown.app.screen.query_one(RowList).selected == OFFERED[2]
        assert shown.app.screen.query_one(RowList).has_focus
