"""Makes ``tests/data/library/schema-1.db.gz``, a small library of schema 1: run once for each shipped schema.

python -m tests.library.stored TARGET
"""

import gzip
import sqlite3
import sys
import tempfile
from pathlib import Path

from reader.library.decisions import typed
from reader.library.library import Library
from reader.library.reading import correct, keep
from reader.model.anchors import anchor
from reader.model.corrections import RenameEntity
from tests.library.namesakes import filled, marked
from tests.library.test_people import BOB, COACH, MINISTER, ROBERT


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
        small = sqlite3.connect(path)
        for statement in ("PRAGMA journal_mode = DELETE", "PRAGMA page_size = 512", "VACUUM"):
            small.execute(statement)
        small.close()
        target.write_bytes(gzip.compress(path.read_bytes(), mtime=0))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
