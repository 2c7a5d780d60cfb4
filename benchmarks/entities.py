"""Speed and size of the pipeline: loading, the first article, entities alone, everything.

usage: python -m benchmarks.entities [--pipeline NAME] [ARTICLE.txt...]

Without files it reads the articles of the training corpus. Speeds are given per second on the clock and
per second of processor time; on a quiet machine they agree, on a busy one the second is the fairer.
"""

from __future__ import annotations

import argparse
import time
import xml.etree.ElementTree as tree
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.language.entities.labels import TypedSpan

HERE = Path(__file__).resolve().parent
WORDS = 40_000
FIRST_ARTICLE = 800


def corpus_texts() -> list[list[str]]:
    """The articles of our own corpus as paragraphs."""
    texts = []
    for path in sorted((HERE.parent / "training" / "corpus").glob("*.xml")):
        for article in tree.parse(path).getroot():
            texts.append([" ".join("".join(block.itertext()).split()) for block in article])
    return texts


class Watch:
    """Seconds on the clock and of the processor since it was made."""

    def __init__(self) -> None:
        self.clock, self.processor = time.perf_counter(), time.process_time()

    def rate(self, words: int) -> str:
        clock, processor = time.perf_counter() - self.clock, time.process_time() - self.processor
        return f"{words / clock:6.0f} words/s on the clock, {words / processor:6.0f} per second of processor"

    def seconds(self) -> str:
        clock, processor = time.perf_counter() - self.clock, time.process_time() - self.processor
        return f"{clock:.2f} s on the clock, {processor:.2f} s of processor"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, nargs="*")
    parser.add_argument("--pipeline")
    arguments = parser.parse_args()
    texts = [path.read_text(encoding="utf-8").splitlines() for path in arguments.articles] or corpus_texts()
    taken: list[list[str]] = []
    words = 0
    while words < WORDS:
        taken.append(texts[len(taken) % len(texts)])
        words += sum(len(block.split()) for block in taken[-1])
    blocks: list[str] = []
    for article in taken:
        if sum(len(block.split()) for block in blocks) < FIRST_ARTICLE:
            blocks += article

    watch = Watch()
    import spacy  # noqa: F401  (its import is not ours to shorten)

    print(f"import spacy        {watch.seconds()}")
    watch = Watch()
    from reader.language.entities.aliases import cluster
    from reader.language.entities.consistency import consistent
    from reader.language.pipeline import EMBEDDED, load_pipeline

    pipeline = load_pipeline(arguments.pipeline)
    print(f"load the pipeline   {watch.seconds()}")
    list(pipeline.mentions(blocks))
    print(
        f"... and the first article of {sum(len(block.split()) for block in blocks)} words: {watch.seconds()}"
    )

    watch = Watch()
    for article in taken:
        spans: list[TypedSpan] = []
        offset = 0
        for block, found in zip(article, pipeline.mentions(article), strict=True):
            spans += (span._replace(start=span.start + offset, end=span.end + offset) for span in found)
            offset += len(block) + 1
        text = "\n".join(article)
        cluster(text, consistent(text, spans))
    print(f"entities            {watch.rate(words)}")
    watch = Watch()
    for article in taken:
        for _ in pipeline.parse(article):
            pass
    print(f"tags and parse      {watch.rate(words)}")
    if pipeline.source == "embedded":
        for part in sorted(path for path in EMBEDDED.iterdir() if path.is_dir()):
            size = sum(path.stat().st_size for path in part.rglob("*") if path.is_file())
            print(f"{part.name:20s}{size / 1e6:5.1f} MB")
        size = sum(path.stat().st_size for path in EMBEDDED.rglob("*") if path.is_file())
        print(f"{'all':20s}{size / 1e6:5.1f} MB")


if __name__ == "__main__":
    main()
