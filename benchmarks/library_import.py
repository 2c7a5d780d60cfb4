"""What importing costs beside the language model: the processor's time for each, article by article.

    python -m benchmarks.library_import

Each sample article is given to the pipeline alone (``nlp.pipe``), and is imported: read, cleaned, analysed,
kept. They take turns, so that what else the machine does falls on all.
"""

from __future__ import annotations

import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figures import HERE, Figure, show
from reader.ingest import read
from reader.language.analyser import analyse
from reader.language.pipeline import load_pipeline
from reader.library.library import Library
from reader.library.reading import keep

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 4


def measure() -> Iterator[Figure]:
    """Measure each part of an import, and all of it against the pipeline alone."""
    pipeline = load_pipeline(None)
    files = sorted(map(str, (HERE.parent / "sample_articles").iterdir()))
    texts = {file: read(file).text for file in files}
    for text in texts.values():  # everything that is made once is there
        list(pipeline.nlp.pipe([text]))
    spent = dict.fromkeys(("the pipeline alone", "reading", "analysing", "keeping"), 0.0)
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(ROUNDS):
            library = Library(Path(folder, f"{turn}.db"))
            for file, text in texts.items():
                moments = [time.process_time()]
                list(pipeline.nlp.pipe([text]))
                moments.append(time.process_time())
                article = read(file)
                moments.append(time.process_time())
                analysis = analyse(article, pipeline)
                moments.append(time.process_time())
                keep(library, article, analysis)
                moments.append(time.process_time())
                for name, (start, end) in zip(spent, pairwise(moments), strict=True):
                    spent[name] += end - start
            library.close()
    for name, seconds in spent.items():
        yield Figure(
            f"import, {name}, an article on the processor", seconds / ROUNDS / len(files) * 1e3, "ms"
        )
    bare = spent.pop("the pipeline alone")
    yield Figure("import against the pipeline alone", bare / sum(spent.values()), "×")
    yield Figure("import against analysing alone", spent["analysing"] / sum(spent.values()), "×")


if __name__ == "__main__":
    show(measure())
