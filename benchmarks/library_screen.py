"""The library's screen as a user meets it, in a pseudo-terminal: the first rows, moving, typing a search."""

from __future__ import annotations

import sys
import tempfile
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, median
from benchmarks.screen import Terminal
from reader.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

ROUNDS = 7
KEYS = (("moving", b"jjjjjjjjkkjj" * 5), ("typing a search", b"/beldema dor nilu\x7f\x7f\x7f\x7fvandan"))


def measure(path: Path, named: str) -> Iterator[Figure]:
    """Measure the screen of one library, which ``benchmarks.library`` has filled."""
    library = Library(path)
    (entry,) = library.articles.entries(limit=1)
    library.close()
    marker = (entry.title or "").split()[0].encode()
    command = [sys.executable, "-m", "reader", "--library", str(path)]
    with tempfile.TemporaryDirectory() as state:
        yield from _first_rows(command, state, marker, named)
        yield from _keys(command, state, marker, named)


def _first_rows(command: Sequence[str], state: str, marker: bytes, named: str) -> Iterator[Figure]:
    """From the start of the command to the newest article's title."""
    taken, spent = [], []
    for turn in range(ROUNDS + 1):
        terminal = Terminal(command, state)
        seconds = terminal.until(marker)
        used = terminal.spent()
        terminal.kill()
        if turn:  # the first fills the disk's cache
            taken.append(seconds * 1e3)
            spent.append(used * 1e3)
    yield median(f"screen, first rows, {named}", taken, "ms")
    yield median(f"screen, first rows, on the processor, {named}", spent, "ms")


def _keys(command: Sequence[str], state: str, marker: bytes, named: str) -> Iterator[Figure]:
    """To the first byte of the repaint; and what a key costs, with all that follows from it."""
    terminal = Terminal(command, state)
    terminal.until(marker)
    terminal.drain(1.0)
    for name, sequence in KEYS:
        before = terminal.spent()
        taken = [terminal.answer(bytes([key])) * 1e3 for key in sequence]
        terminal.drain(0.5)
        used = (terminal.spent() - before) / len(sequence) * 1e3
        yield median(f"screen, {name}, key to repaint, {named}", taken, "ms")
        yield Figure(f"screen, {name}, a key on the processor, {named}", used, "ms")
    terminal.kill()
