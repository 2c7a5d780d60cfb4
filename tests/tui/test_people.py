"""People across articles on the screen: listed, looked into, united, parted, renamed; and the balance."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import textual
from textual.widgets import Input

from reader.language.fingerprint import embedded_identity
from reader.library.library import Library
from reader.library.reading import keep
from reader.model.article import Block
from reader.settings.settings import Settings
from reader.tui.app import ReaderApp
from reader.work.messages import JobOptions
from tests.library.namesakes import marked
from tests.library.test_dossier import SAID
from tests.library.test_people import BOB, COACH, MINISTER, ROBERT, line
from tests.tui.conftest import Work, complete
from tests.tui.host import screen_text
from tests.tui.test_library import shows

if TYPE_CHECKING:
    from pathlib import Path

TITLES = (
    "Nine millions",
    "Cats",
    "Another view",
    "Not before May",
    "Bob",
    "Robert",
    "Coach",
    "Minister",
    "Ruiz",
)
RUIZ = line("“No,”^p1 said [Ruiz=p1].", "2026-03-01")


def article_at(number: int) -> Any:
    """An article of the library below, with its analysis."""
    article, analysis, _ = marked([*SAID, BOB, ROBERT, COACH, MINISTER, RUIZ][number], number)
    blocks = (Block("paragraph", 0, len(article.text)),)
    site = "The Lennox Courier" if number % 2 else None
    return replace(article, title=TITLES[number], site=site, blocks=blocks), replace(
        analysis, pipeline=embedded_identity()
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library of articles with namesakes, two forms of a name, and one that says too little."""
    library = Library(tmp_path / "library.db")
    for number in range(len(TITLES)):
        keep(library, *article_at(number))
    library.close()
    return tmp_path / "library.db"


def begun(open_reader: Any, path: Path, **more: Any) -> Any:
    return open_reader(None, work=Work(), options=JobOptions(library=str(path)), **more)


def names(path: Path) -> list[tuple[str, int]]:
    """Who is in the library, with the number of articles."""
    library = Library(path)
    with library.database.reading() as connection:
        rows = connection.execute(
            """
            SELECT person.name, count(*) FROM person JOIN named ON named.person = person.id
            GROUP BY person.id ORDER BY 1, 2
            """
        ).fetchall()
    library.close()
    return [tuple(row) for row in rows]


async def typed(reading: Any, name: str) -> None:
    """Look for a name in the list of people."""
    await shows(reading, f"{len(TITLES)} articles")
    await reading.press("2")
    await shows(reading, "who was named last")
    await reading.press("slash", *name, "enter")


async def test_namesakes_are_shown_with_what_tells_them_and_united(open_reader: Any, path: Path) -> None:
    async with begun(open_reader, path) as reading:
        await typed(reading, "mill")
        await shows(
            reading, "David Miller  2 people?  coach", "David Miller  2 people?  minister", "2 listed"
        )
        await reading.press("enter")
        await shows(reading, "2 people? Kept apart: coach and minister. 4 shows the others.")
        await reading.press("4")
        await shows(reading, "coach and minister", "1 quotation · 1 article")
        await reading.press("m")
        await shows(reading, "2 quotations in 2 articles")
        await reading.press("1")
        await shows(reading, "“Enough,”", "“More,”")
        assert ("David Miller", 2) in names(path)
        await reading.press("D")
        await shows(reading, "What you decided about people", "David Miller in “Minister” is the same as")
        await reading.press("d")
        await shows(reading, "Nothing has been decided")
        await reading.press("escape")
        await shows(reading, "2 people?")
    assert names(path).count(("David Miller", 1)) == 2


async def test_another_person_is_chosen_by_typing(open_reader: Any, path: Path) -> None:
    async with begun(open_reader, path) as reading:
        await typed(reading, "bob")
        await shows(reading, "Bob Ruiz")
        await reading.press("m")
        await shows(reading, "Bob Ruiz is the same as", "Ana Ruiz")
        await reading.press(*"zzz")
        await shows(reading, "Nobody in the library has a name that begins so.")
        await reading.press(*["backspace"] * 3, *"robert")
        await shows(reading, "Robert Ruiz", "nothing in the articles tells them apart")
        await reading.press("enter")
        await shows(reading, "2 quotations · 2 articles")
        await reading.press("r")
        await shows(reading, "Show this person as")
        reading.app.screen.query_one(Input).value = "Robert “Bob” Ruiz"
        await reading.press("enter")
        await shows(reading, "▌Robert “Bob” Ruiz")
    assert ("Robert “Bob” Ruiz", 2) in names(path)


async def test_whom_an_article_means_is_parted(open_reader: Any, path: Path) -> None:
    async with begun(open_reader, path) as reading:
        await typed(reading, "ana")
        await shows(reading, "3 quotations · 4 articles")
        await reading.press("enter")
        await shows(reading, "“No tunnel under the harbour before May,”", "with Jo Lund")
        await reading.press("j", "x")
        await shows(reading, "2 people? Kept apart: as you decided", "2 quotations in 3 articles")
        await reading.press("D")
        await shows(reading, "Ana Ruiz in “Cats” is not Ana Ruiz")
        await reading.press("escape", "4")
        await shows(reading, "▌  Ana Ruiz  1 quotation", "Named together with")
        await reading.press("m")
        await shows(reading, "3 quotations in 4 articles")
    assert names(path)[0] == ("Ana Ruiz", 4)
    library = Library(path)
    assert library.people.decisions() == []
    library.close()


async def test_a_dossier_is_searched_and_leads_on(open_reader: Any, path: Path) -> None:
    article, analysis = article_at(3)
    options = JobOptions(library=str(path))
    async with open_reader(
        article, analysis, work=Work(complete(article, analysis)), options=options
    ) as reading:
        await reading.press("right_square_bracket", "S")
        text = await shows(reading, "Said before on this subject", "nine millions", "All that they said")
        assert text.index("nine millions") < text.index("All that they said") < text.index("My cat sleeps")
        await reading.press("slash", *"cat")
        text = await shows(reading, "1 found", "My cat sleeps")
        assert "harbour" not in text
        await reading.press("escape", "2")
        await shows(reading, "where they are named", "Not before May", "not quoted", "with Jo Lund")
        await reading.press("h")
        text = await shows(reading, "named but not quoted", "Another view")
        assert "Cats" not in text
        await reading.press("3")
        await shows(reading, "Words by month", "2026-02", "━", "Words by source", "No source given")
        await reading.press("4", "G", "enter")
        await shows(reading, "Jo Lund", "“That harbour needs no tunnel,”")
        await reading.press("escape")
        await shows(reading, "3 quotations in 4 articles", "My cat sleeps")
        await reading.press("enter")
        await shows(reading, "No tunnel under the harbour")
        assert reading.article.title == "Not before May"


async def test_whose_words_fill_it(open_reader: Any, path: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    article, analysis = article_at(3)
    options = JobOptions(library=str(path))
    async with open_reader(
        article, analysis, work=Work(complete(article, analysis)), options=options
    ) as reading:
        await reading.press("B")
        text = await shows(reading, "this article: Not before May", "Ana Ruiz", "7 words  100%", "100%")
        assert "Jo Lund" not in text
        await reading.press("escape")
        await shows(reading, "everything together", "Everything", "9 articles", "Jo Lund")
        await reading.press("b")
        await shows(reading, "by source", "No source given", "The Lennox Courier")
        await reading.press("slash", *"lund since:2026-02", "enter")
        text = await shows(reading, "Jo Lund")
        assert "Ana Ruiz" not in text
        await reading.press("w")
        await shows(reading, "Write a table", "balance-by-source.csv")
        await reading.press("enter", "w", "enter")
        await shows(reading, "is there already")
        await reading.press("escape", "enter")
        await shows(reading, "Jo Lund", "1 quotation in 3 articles")
    written = (tmp_path / "balance-by-source.csv").read_text(encoding="utf-8").splitlines()
    assert written[0] == "group,articles,name,named,quotations,words"
    assert ",3,Ana Ruiz,True,1,7" not in written[1]
    assert any(row.endswith("Jo Lund,True,1,5") for row in written)


async def test_everything_is_done_by_mouse_and_by_name(open_reader: Any, path: Path) -> None:
    async with begun(open_reader, path, size=(80, 24)) as reading:
        await shows(reading, "9 articles")
        await reading.pilot.click("TabRow", (14, 0))
        text = await shows(reading, "who was named last")
        x = text.splitlines()[-1].index("m same as")
        await reading.pilot.click("#frame-keys", (x, 0))
        await shows(reading, "is the same as")
        await reading.press("escape", "colon", *"balance", "enter")
        await shows(reading, "whose words")
        await reading.press("question_mark")
        await shows(reading, "Divide it by something else", "Write everybody")
        await reading.press("escape", "left", "left")
        await shows(reading, "Search what you have read")


async def test_what_is_empty_says_so_and_offers_nothing_to_open(open_reader: Any, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    library = Library(path)
    keep(library, *article_at(0))
    library.close()
    async with begun(open_reader, path) as reading:
        await shows(reading, "Nine millions")
        await reading.press("d")
        text = await shows(reading, "Every article is deleted: u brings back the last one.")
        assert "Enter open" not in text
        await reading.press("slash", *"tunnel")
        text = await shows(reading, "Nothing in the library has these words")
        assert "Enter" not in text
        await reading.press("escape", "i")
        await shows(reading, "Try a sample")
        await reading.press("escape")
        await shows(reading, "The library is empty: i opens an article, and what you open is kept here.")
        await reading.press("2")
        await shows(reading, "The library knows nobody yet")
        await reading.press("3")
        await shows(reading, "The library has no article yet.")


LOOKS = {
    "people": (("2",), "Ana Ruiz"),
    "balance": (("3", "b"), "The Lennox Courier"),
    "who": (("2", "slash", *"mill", "enter", "enter", "4"), "coach and minister"),
    "said": (("2", "slash", *"ana", "enter", "enter"), "with Jo Lund"),
    "words": (("2", "slash", *"ana", "enter", "enter", "3"), "Words by source"),
}


@pytest.mark.skipif(
    textual.__version__ != "8.2.8" or sys.version_info[:2] != (3, 11),
    reason="pictures differ between versions",
)
@pytest.mark.parametrize("size", [(80, 24), (200, 50)], ids=["small", "large"])
@pytest.mark.parametrize("look", LOOKS)
def test_looks(snap_compare: Any, tmp_path: Path, path: Path, size: Any, look: str) -> None:
    keys, words = LOOKS[look]

    async def seen(pilot: Any, words: str) -> None:
        for _ in range(200):
            await pilot.pause(0.02)
            if words in screen_text(pilot.app):
                return
        raise AssertionError(f"{words}\n{screen_text(pilot.app)}")

    async def press(pilot: Any) -> None:
        await seen(pilot, "9 articles")
        for key in keys:
            await pilot.press(key)
            if key == "enter":
                await seen(pilot, "listed" if "Type a first" in screen_text(pilot.app) else "article")
        await seen(pilot, words)

    options = JobOptions(library=str(path))
    app = ReaderApp(options=options, settings=Settings(), state=tmp_path / "state", start_work=Work())
    assert snap_compare(app, terminal_size=size, run_before=press)
