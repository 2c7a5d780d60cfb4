"""How long exports take: every format, from analysed articles to bytes and to files.

    python -m benchmarks.export [ARTICLES [FORMAT ...]]

Prints a Markdown table. Articles are made up (``export_corpus.py``), about 430 words and nine quotations
each; reading and analysing is not measured here. Into a folder, most of the time is waiting for the disk
(every file is synchronised): "processor" is what the export itself takes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.export_corpus import analysed_article
from reader.export.options import Options
from reader.export.registry import FORMATS, render
from reader.export.writing import save_file, save_folder


def main() -> None:
    number = int(sys.argv[1]) if sys.argv[1:] else 1000
    articles = [analysed_article(index) for index in range(number)]
    words = sum(article.word_count for article, _ in articles)
    quotations = sum(len(analysis.quotations) for _, analysis in articles)
    print(f"{number:,} articles, {words:,} words, {quotations:,} quotations\n")
    print(
        "| format | first article, ms | into a folder, s | processor, s | into one file, s | kB per article |"
    )
    print("|---|---:|---:|---:|---:|---:|")
    for name in sys.argv[2:] or FORMATS:
        form = FORMATS[name]
        start = time.perf_counter()
        render(name, *articles[0], Options())
        first = time.perf_counter() - start
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            start, start_busy = time.perf_counter(), time.process_time()
            saved = list(save_folder(name, articles, folder / "out", Options()))
            into_folder, busy = time.perf_counter() - start, time.process_time() - start_busy
            assert not any(one.error for one in saved)
            size = sum(path.stat().st_size for one in saved for path in one.paths)
            into_one = "—"
            if form.many:
                start = time.perf_counter()
                save_file(name, articles, folder / "all", Options())
                into_one = f"{time.perf_counter() - start:.2f}"
        figures = (
            f"{first * 1000:.0f}",
            f"{into_folder:.2f}",
            f"{busy:.2f}",
            into_one,
            f"{size / number / 1000:.1f}",
        )
        print(f"| {name} | {' | '.join(figures)} |", flush=True)


if __name__ == "__main__":
    main()
