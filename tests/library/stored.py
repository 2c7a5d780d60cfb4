"""Small libraries of every shipped schema, as SQL in ``tests/data/library``: made once, when one ships.

python -m tests.library.stored TARGET
"""

import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from reader.library.decisions import typed
from reader.library.library import Library
from reader.library.reading import correct, keep
from reader.model.anchors import anchor
from reader.model.corrections import RenameEntity
from tests.library.namesakes import filled, marked
from tests.library.test_people import BOB, COACH, MINISTER, ROBERT

FOLDER = Path(__file__).parents[1] / "data" / "library"
STORED = sorted(FOLDER.glob("schema-*.sql"))
_NUMBERS = ("application_id", "user_version")


def make(target: Path) -> None:
    """Write a library with articles of two versions, a correction, tags and a decision about people."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        library = Library(path)
        filled(library, [BOB, ROBERT, COACH, MINISTER])
        article, analysis, _ = marked(COACH.replace("left", "left again"), 2)
        keep(library, article, analysis)
        start = article.text.index("David")
        correct(library, 3, [RenameEntity(anchor(article.text, start, start + 12), "Dave Miller")])
        library.articles.tag(1, add=["names"])
        library.people.decide("same", typed("Bob Ruiz"), typed("Robert Ruiz"), "passport")
        library.close()
        write(path, target)


def write(path: Path, target: Path) -> None:
    """Write a library as SQL: its schema, the rows of its tables; its indexes are filled from them."""
    with closing(sqlite3.connect(path)) as connection:
        target.write_text("".join(f"{line};\n" for line in _lines(connection)), "utf-8")


def _lines(connection: sqlite3.Connection) -> Iterator[str]:
    yield "BEGIN"
    for name in _NUMBERS:
        yield f"PRAGMA {name} = {connection.execute(f'PRAGMA {name}').fetchone()[0]}"
    indexes = []
    for kind, name, sql in connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
    ).fetchall():
        if re.search("_words_|^sqlite_", name):  # an index makes its own tables
            continue
        yield sql
        if sql.startswith("CREATE VIRTUAL"):
            indexes.append(name)
        elif kind == "table":
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            row = " || ', ' || ".join(f"quote({column})" for column in columns)
            for (values,) in connection.execute(f"SELECT {row} FROM {name}").fetchall():
                yield f"INSERT INTO {name} VALUES ({values})"
    for name in indexes:
        yield f"INSERT INTO {name} ({name}) VALUES ('rebuild')"
    yield "COMMIT"


def load(stored: Path, path: Path) -> None:
    """Make the library that a file of SQL describes, with a write-ahead log as every library has."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(stored.read_text("utf-8"))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
