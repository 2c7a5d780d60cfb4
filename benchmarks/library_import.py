"""What importing costs beside the language model: the processor's time for each, article by article.

    python benchmarks/library_import.py sample_articles/*

Each file is given to the pipeline alone (``nlp.pipe``), and is imported: read, cleaned, analysed, kept. The
two take turns, so that what else the machine does falls on both.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from reader.ingest import read
from reader.language.analyser import analyse
from reader.language.pipeline import load_pipeline
from reader.library.library import Library
from reader.library.reading import keep


def main() -> None:
    """Print the sums, and their ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    pipeline = load_pipeline(None)
    texts = {file: read(file).text for file in asked.files}
    for text in texts.values():  # everything that is made once is there
        list(pipeline.nlp.pipe([text]))
    spent = dict.fromkeys(("bare", "reading", "analysing", "keeping"), 0.0)
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(asked.rounds):
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
    count = asked.rounds * len(texts)
    words = sum(len(text.split()) for text in texts.values()) // len(texts)
    print(f"{count} articles of {words} words on average; milliseconds of the processor for each:")
    for name, seconds in spent.items():
        print(f"  {name:<12}{seconds / count * 1e3:8.1f}")
    share = spent["bare"] / (sum(spent.values()) - spent["bare"])
    print(f"importing goes at {share:.0%} of the speed of the pipeline alone")


if __name__ == "__main__":
    main()
