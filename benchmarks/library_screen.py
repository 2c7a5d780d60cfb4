"""The library's screen, small and large: the first rows, key to repaint, typing a search.

    python benchmarks/library_screen.py 100 100000 --folder FOLDER

The libraries are those that ``benchmarks/library.py --folder`` left. Everything is measured from outside, in
a pseudo-terminal, as a user meets it; beside the time that passes stands the processor's, in all threads.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from screen import Terminal

from reader.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 7
PRESSES = 60


def first_rows(path: Path, state: str) -> Iterator[str]:
    """From the start of the command to the newest article's title."""
    library = Library(path)
    (entry,) = library.articles.entries(limit=1)
    library.close()
    marker = (entry.title or "").split()[0].encode()
    taken, spent = [], []
    for turn in range(ROUNDS + 1):
        terminal = Terminal([sys.executable, "-m", "reader", "--library", str(path)], state)
        seconds = terminal.until(marker)
        used = terminal.spent()
        terminal.kill()
        if turn:  # the first fills the disk's cache
            taken.append(seconds * 1e3)
            spent.append(used * 1e3)
    yield f"first rows: median {statistics.median(taken):.0f} ms, processor {statistics.median(spent):.0f} ms"


def keys(path: Path, state: str) -> Iterator[str]:
    """Through the list, and a search as it is typed: to the first byte of the repaint, and what it costs."""
    terminal = Terminal([sys.executable, "-m", "reader", "--library", str(path)], state)
    terminal.until(b"Library")
    terminal.drain(1.0)
    for name, sequence in (
        ("moving", b"jjjjjjjjkkjj" * (PRESSES // 12)),
        ("typing", b"/beldema dor nilu\x7f\x7f\x7f\x7fvandan"),
    ):
        before, taken = terminal.spent(), []
        for key in sequence:
            taken.append(terminal.answer(bytes([key])) * 1e3)
        terminal.drain(0.5)
        used = (terminal.spent() - before) / len(sequence) * 1e3
        median, late = statistics.median(taken), statistics.quantiles(taken, n=20)[18]
        yield (
            f"{name}: median {median:.1f} ms, 95 % {late:.1f} ms, worst {max(taken):.0f} ms,"
            f" processor {used:.1f} ms a key"
        )
    terminal.kill()


def main() -> None:
    """Measure every size that is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="+", type=int, metavar="ARTICLES")
    parser.add_argument("--folder", required=True, type=Path, help="where the libraries are")
    asked = parser.parse_args()
    for size in asked.sizes:
        print(f"\n{size:,} articles, {time.strftime('%H:%M')}")
        with tempfile.TemporaryDirectory() as state:
            for measure in (first_rows, keys):
                for line in measure(asked.folder / f"{size}.db", state):
                    print(f"  {line}", flush=True)


if __name__ == "__main__":
    main()
