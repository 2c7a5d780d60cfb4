"""The reading screen's speed: start-up, key to repaint, a million words, the event loop during analysis.

    python -m benchmarks.screen [startup|highlights|long|keys|size|loop ...]

Start-up and keys are measured from outside, in a pseudo-terminal, as a user meets them; start-up as a
ratio to the smallest Textual application that shows the same file, run alternately with ours. Beside the
time that passes stands the time that the processor spent on it (Linux), which tells more when the machine
has other work.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import pty
import random
import re
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, children, median, resident, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SMALLEST = """
import sys
from pathlib import Path
from textual.app import App
from textual.widgets import Static
class Smallest(App):
    def compose(self):
        yield Static(Path(sys.argv[1]).read_text(), markup=False)
Smallest().run()
"""
# What finds the names of an article, without anything around it.
BARE = """
import sys
from pathlib import Path
import spacy
from reader.language.pipeline import load_pipeline
pipeline = load_pipeline()
for _ in pipeline.mentions(Path(sys.argv[1]).read_text().split("\\n\\n")):
    pass
print("Zyzzyva", flush=True)
"""
FROGMOUTH = Path(__file__).resolve().parent.parent / ".neighbours" / "bin" / "frogmouth"
_STORY = (
    "Mayor opens bridge\n\nAfter a night of argument the mayor, Maria Teixeira, said on Monday:"
    " “The bridge will hold.”\n\n"
)
_HIGHLIGHTED = re.compile(rb"\x1b\[[0-9;:]*mMaria Teixeira")
ROWS, COLUMNS = 40, 120
_MARKER = "Zyzzyva"


def text_of(words: int, seed: int = 7) -> str:
    """Invented prose with typographic marks, names and quotations; its first word is the marker."""
    pick = random.Random(seed)
    syllables = ["ka", "ro", "min", "tel", "an", "sor", "vi", "del", "u", "pra", "es", "con", "ti"]
    lexicon = ["".join(pick.choices(syllables, k=pick.randint(1, 4))) for _ in range(4000)]
    paragraphs, count = [], 0
    while count < words:
        some = pick.choices(lexicon, k=min(words - count, pick.randint(25, 80)) or 1)
        count += len(some)
        if pick.random() < 0.3:
            some[0] = "“" + some[0]
            some[-1] += "”"
        paragraphs.append(" ".join(some).capitalize() + ".")
    return f"{_MARKER} " + "\n\n".join(paragraphs)


class Terminal:
    """A program in a pseudo-terminal of its own."""

    def __init__(self, command: Sequence[str], state: str, *, forget: bool = True) -> None:
        if forget:  # in a library that knows the article already little would be left to measure
            shutil.rmtree(f"{state}/data", ignore_errors=True)
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(
                TERM="xterm-256color",
                XDG_STATE_HOME=state,
                XDG_CONFIG_HOME=state,
                XDG_DATA_HOME=f"{state}/data",
                COLUMNS=str(COLUMNS),
                LINES=str(ROWS),
                # Installed packages are compiled; so is everything here after the first round.
                PYTHONPYCACHEPREFIX=f"{state}/compiled",
            )
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            os.execv(command[0], list(command))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def until(self, marker: bytes) -> float:
        """Seconds from the start until the marker was written."""
        return self.matching(re.compile(re.escape(marker)))

    def matching(self, pattern: re.Pattern[bytes], limit: float = 60) -> float:
        """Seconds from the start until something was written that matches."""
        seen = b""
        while time.perf_counter() - self.started < limit:
            if select.select([self.fd], [], [], 0.5)[0]:
                seen = seen[-4096:] + os.read(self.fd, 1 << 16)
                if pattern.search(seen):
                    return time.perf_counter() - self.started
        raise TimeoutError(pattern)

    def until_kept(self, state: Path) -> None:
        """Wait until the library has the analysis: a second opening finds it there."""
        import sqlite3

        path = state / "data" / "onrecord" / "library.db"
        while time.perf_counter() - self.started < 60:
            self.drain(0.1)
            with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path)) as library:
                if library.execute("SELECT count(*) FROM analysis").fetchone()[0]:
                    return
        raise TimeoutError("nothing is kept")

    def memory(self) -> tuple[float, float]:
        """Resident memory of the program and of its largest child, in MB."""
        sizes = [resident(number) for number in children(self.pid)]
        return resident(self.pid), max(sizes, default=0)

    def drain(self, quiet: float) -> None:
        """Read until nothing has come for some time."""
        while select.select([self.fd], [], [], quiet)[0]:
            os.read(self.fd, 1 << 16)

    def answer(self, key: bytes) -> float:
        """Seconds from a key to the first byte of the repaint."""
        started = time.perf_counter()
        os.write(self.fd, key)
        select.select([self.fd], [], [], 5)
        taken = time.perf_counter() - started
        self.drain(0.03)
        return taken

    def spent(self) -> float:
        """Seconds of the processor's time that the program has used, its worker process left out."""
        try:
            threads = list(Path(f"/proc/{self.pid}/task").glob("*/schedstat"))
            return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9
        except OSError:
            return 0.0

    def kill(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def onrecord(path: Path) -> list[str]:
    """The command that opens a file."""
    return [sys.executable, "-m", "reader", str(path)]


def startup(folder: Path, rounds: int = 11) -> Iterator[Figure]:
    """Text visible: ours, the smallest Textual application, ``less`` and frogmouth, one after the other."""
    path, smallest = folder / "article.md", folder / "smallest.py"
    path.write_text(text_of(800), encoding="utf-8")
    smallest.write_text(SMALLEST, encoding="utf-8")
    commands = {
        "smallest Textual app": [sys.executable, str(smallest), str(path)],
        "onrecord": onrecord(path),
    }
    for name, program in (("less", shutil.which("less")), ("frogmouth", str(FROGMOUTH))):
        if program and Path(program).exists():
            commands[name] = [program, str(path)]
    times: dict[str, list[float]] = {name: [] for name in commands}
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            terminal = Terminal(command, str(folder))
            taken = terminal.until(_MARKER.encode())
            used = terminal.spent()
            terminal.kill()
            if turn:  # the first fills the disk's cache
                times[name].append(taken * 1000)
                spent[name].append(used * 1000)
    for name in commands:
        yield median(f"text visible, {name}", times[name], "ms")
    for name in commands:
        if name != "onrecord":
            pairs = zip(times["onrecord"], times[name], strict=True)
            ratio = statistics.median(ours / theirs for ours, theirs in pairs)
            yield Figure(f"text visible: On Record ÷ {name}", ratio, "×")
    if all(spent["smallest Textual app"]):
        ratio = statistics.mean(spent["onrecord"]) / statistics.mean(spent["smallest Textual app"])
        yield Figure("processor time until then: On Record ÷ smallest Textual app", ratio, "×")


def highlights(folder: Path, rounds: int = 5) -> Iterator[Figure]:
    """First highlights on a cold start, beside the bare library that finds them; and on a second opening."""
    path, bare = folder / "story.txt", folder / "bare.py"
    path.write_text(_STORY + text_of(700), encoding="utf-8")
    bare.write_text(BARE, encoding="utf-8")
    times: dict[str, list[float]] = {"onrecord": [], "bare": [], "again": []}
    memory: dict[str, list[float]] = {"screen": [], "analysis": []}
    for turn in range(rounds + 1):
        terminal = Terminal(onrecord(path), str(folder))
        first = terminal.matching(_HIGHLIGHTED)
        terminal.until_kept(folder)
        screen, analysis = terminal.memory()
        terminal.kill()
        terminal = Terminal([sys.executable, str(bare), str(path)], str(folder), forget=False)
        alone = terminal.until(_MARKER.encode())
        terminal.kill()
        terminal = Terminal(onrecord(path), str(folder), forget=False)
        again = terminal.matching(_HIGHLIGHTED)
        terminal.kill()
        if turn:
            for name, value in (("onrecord", first), ("bare", alone), ("again", again)):
                times[name].append(value * 1000)
            memory["screen"].append(screen)
            memory["analysis"].append(analysis)
    yield median("first highlights, cold", times["onrecord"], "ms")
    yield median("bare import, load and names", times["bare"], "ms")
    ratio = statistics.median(a / b for a, b in zip(times["onrecord"], times["bare"], strict=True))
    yield Figure("first highlights: On Record ÷ bare import, load and names", ratio, "×")
    yield median("highlights on a second opening", times["again"], "ms")
    yield Figure("memory of the reader", statistics.median(memory["screen"]), "MB")
    yield Figure("memory of its process that analyses", statistics.median(memory["analysis"]), "MB")


def long(folder: Path, rounds: int = 5) -> Iterator[Figure]:
    """The first screen of a million words, read from a file."""
    path = folder / "long.txt"
    path.write_text(text_of(1_000_000), encoding="utf-8")
    times = []
    for turn in range(rounds + 1):
        terminal = Terminal(onrecord(path), str(folder))
        taken = terminal.until(_MARKER.encode())
        terminal.kill()
        if turn:
            times.append(taken)
    yield median("first screen of 1,000,000 words", times, "s")


def keys(folder: Path, presses: int = 200) -> Iterator[Figure]:
    """Key to repaint, at the ends of the scale. The analysis is kept out: it is measured on its own."""
    results = {}
    for words in (1_000, 100_000, 1_000_000):
        path = folder / f"{words}.txt"
        path.write_text(text_of(words), encoding="utf-8")
        code = _KEYS_APP.format(path=str(path))
        terminal = Terminal([sys.executable, "-c", code], str(folder))
        terminal.until(_MARKER.encode())
        terminal.drain(0.8)
        sequence = [b"j", b" ", b"k", b"b", b"j", b"j", b"\x04", b"\x15"]
        before = terminal.spent()
        taken = [terminal.answer(sequence[n % len(sequence)]) * 1000 for n in range(presses)]
        used = (terminal.spent() - before) / presses * 1000
        terminal.kill()
        figure = median(f"key to repaint, {words:,} words", taken, "ms")
        yield figure
        yield Figure(f"processor time for it, {words:,} words", used, "ms")
        results[words] = figure.late or figure.value
    yield Figure("95th percentile: a million words ÷ a thousand", results[1_000_000] / results[1_000], "×")


_KEYS_APP = """
from pathlib import Path
from reader.model.article import Article, Block
from reader.tui.app import ReaderApp
text = Path({path!r}).read_text()
blocks, at = [], 0
for part in text.split("\\n\\n"):
    blocks.append(Block("paragraph", at, at + len(part)))
    at += len(part) + 2
ReaderApp(article=Article(text, tuple(blocks)), start_work=lambda job, deliver: lambda: None).run()
"""


class _Idle:
    """A job that delivers nothing."""

    def go(self) -> None:
        """Do nothing."""

    def cancel(self) -> None:
        """Do nothing."""


def size(folder: Path) -> Iterator[Figure]:
    """Opening and resizing a million words."""
    from reader.model.article import Article, Block
    from reader.tui.app import ReaderApp

    text = text_of(1_000_000)
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block("paragraph", at, at + len(part)))
        at += len(part) + 2
    article = Article(text, tuple(blocks))
    _ = article.id, article.word_count  # reckoned by the worker process that reads
    taken: dict[str, list[float]] = {"opening": [], "resizing": []}

    async def once() -> None:
        app = ReaderApp(article=Article("", ()), start_work=lambda *_: _Idle(), state=folder)
        async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
            await pilot.pause()
            started = time.perf_counter()
            app.reading.session.show(article)
            await pilot.pause()
            taken["opening"].append(time.perf_counter() - started)
            for width in (100, 140, 80, 120):
                started = time.perf_counter()
                await pilot.resize_terminal(width, ROWS)
                await pilot.pause()
                taken["resizing"].append(time.perf_counter() - started)

    for _ in range(3):
        asyncio.run(once())
    for name, values in taken.items():
        yield median(f"{name} 1,000,000 words", values, "s")


def loop(folder: Path) -> Iterator[Figure]:
    """The longest time that the event loop was held up while a real analysis ran."""
    from reader.model.article import Article, Block
    from reader.tui.app import ReaderApp

    for words in (800, 20_000):
        text = text_of(words)
        blocks, at = [], 0
        for part in text.split("\n\n"):
            blocks.append(Block("paragraph", at, at + len(part)))
            at += len(part) + 2
        gaps: list[float] = []
        busy: list[float] = []

        async def watched(article: Article, gaps: list[float] = gaps, busy: list[float] = busy) -> None:
            app = ReaderApp(article=article, state=folder)
            async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
                await pilot.pause(0.3)  # the first frame and the panel are not the analysis
                last = time.perf_counter()
                worked = time.thread_time()
                while not ((shown := app.reading.session.shown) and (shown.trouble or shown.complete)):
                    await asyncio.sleep(0.001)
                    now = time.perf_counter()
                    gaps.append(now - last)
                    last = now
                    now = time.thread_time()
                    busy.append(now - worked)
                    worked = now
                if shown.trouble:
                    raise RuntimeError(shown.trouble.title)

        asyncio.run(watched(Article(text, tuple(blocks))))
        yield Figure(f"longest hold-up while {words:,} words are analysed", max(gaps) * 1000, "ms")
        yield Figure(f"of it on the processor, {words:,} words", max(busy) * 1000, "ms")


MEASURES = {
    "startup": startup,
    "highlights": highlights,
    "long": long,
    "keys": keys,
    "size": size,
    "loop": loop,
}


def main(chosen: Sequence[str]) -> None:
    """Print what is asked for."""
    for name in chosen or MEASURES:
        with tempfile.TemporaryDirectory() as folder:
            show(MEASURES[name](Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:])
