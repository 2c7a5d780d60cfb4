"""A process that writes to the library is killed at random moments: nothing that was committed is lost."""

import os
import random
import sqlite3
import time
from pathlib import Path

import pytest

from reader.library.library import Library
from reader.library.reading import correct, keep
from reader.library.schema import NEWEST
from reader.model.anchors import anchor
from reader.model.corrections import SetSpeaker
from tests.library.namesakes import answers, filled, lines, marked
from tests.library.stored import STORED, load
from tests.library.test_people import BOB
from tests.library.writer import Writer

KILLS = int(os.environ.get("ONRECORD_KILLS", "15"))
"""How often the writer is killed at each thing that it does: `make hostile` asks for 200."""


def speakers(library: Library) -> dict[int, set[str]]:
    """Who speaks in each document, as the library answers."""
    with library.database.reading() as connection:
        rows = connection.execute(
            """
            SELECT document.id, quotation.speaker FROM quotation
            JOIN document ON document.newest = quotation.version WHERE quotation.speaker LIKE 'Somebody %'
            """
        ).fetchall()
    found: dict[int, set[str]] = {}
    for document, speaker in rows:
        found.setdefault(document, set()).add(speaker)
    return found


def decided_on(library: Library) -> dict[int, set[str]]:
    """Who speaks in each document, by the decisions that hold."""
    return {
        document: {
            one.correction.name or ""
            for one in library.corrections.of(document)
            if isinstance(one.correction, SetSpeaker)
        }
        for document in library.corrections.documents()
    }


def test_at_importing_and_correcting(tmp_path: Path, writer: Writer) -> None:
    path = tmp_path / "library.db"
    kept, decided, undone = set[int](), set[int](), set[int]()
    for number in range(KILLS):
        process = writer.begin("import", path, 1_000 * number)
        said = writer.killed(process, 0.025, after=random.randint(1, 12))
        assert said.pop() == ("ended", "-9")
        for what, which in said:
            {"kept": kept, "decided": decided, "undone": undone}[what].add(int(which))
        library = Library(path)
        assert list(library.check()) == []
        with library.database.reading() as connection:
            sources = {row[0] for row in connection.execute("SELECT source FROM document")}
            rows = dict(connection.execute("SELECT id, undone FROM correction").fetchall())
            unanswered = connection.execute(
                "SELECT count(*) FROM document WHERE newest NOT IN (SELECT version FROM named)"
            ).fetchone()[0]
        assert {f"https://example.org/{one}" for one in kept} <= sources
        assert decided <= rows.keys()
        assert all(rows[one] for one in undone)
        assert unanswered == 0  # an article is there with what was found in it, or not at all
        assert speakers(library) == decided_on(library)
        library.close()


@pytest.mark.parametrize("stored", STORED, ids=lambda stored: stored.stem)
def test_at_migrating(tmp_path: Path, writer: Writer, stored: Path) -> None:
    path = tmp_path / "library.db"
    load(stored, path)
    started = time.perf_counter()
    writer.begin("migrate", path)
    assert writer.rest() == [("ended", "0")]
    took = time.perf_counter() - started
    done = list[int]()
    # All or nothing; some are killed before it was done, and some did it.
    while len(done) < KILLS or (len(set(done)) < 2 and len(done) < 20 * KILLS):
        for file in tmp_path.iterdir():
            file.unlink()
        load(stored, path)
        process = writer.begin("migrate", path)
        assert writer.killed(process, took)[-1][1] in ("-9", "0")
        left = sqlite3.connect(path)
        done.append(left.execute("PRAGMA user_version").fetchone()[0])
        assert left.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        left.close()
        library = Library(path)
        assert library.articles.count() == 4
        assert list(library.check()) == []
        assert [hit.speaker for hit in library.search('by:"dave miller"')] == ["Dave Miller"]
        library.close()
    assert set(done) == {int(stored.stem.rpartition("-")[2]), NEWEST}


def test_at_making_everything_anew(tmp_path: Path, writer: Writer) -> None:
    path = tmp_path / "library.db"
    library = Library(path)
    filled(library, [*lines("written_on.jsonl")[:20], BOB])
    article, analysis, _ = marked(BOB, 20)
    quotation = analysis.quotations[0]
    correct(
        library, 21, [SetSpeaker(anchor(article.text, quotation.start, quotation.end), name="Somebody 1")]
    )
    library.rebuild()
    before = answers(library), speakers(library), library.search("has:quote", limit=100)
    started = time.perf_counter()
    writer.begin("rebuild", path)
    assert writer.rest() == [("ended", "0")]
    took = time.perf_counter() - started
    ends = list[tuple[str, str]]()
    while len(ends) < KILLS or (("ended", "-9") not in ends and len(ends) < 20 * KILLS):
        ends.append(writer.killed(writer.begin("rebuild", path), took)[-1])
        library = Library(path)
        assert list(library.check()) == []
        assert (answers(library), speakers(library), library.search("has:quote", limit=100)) == before
        keep(library, article, analysis)  # it can be written to at once
        library.close()
    assert ("ended", "-9") in ends
