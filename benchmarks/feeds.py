"""What updating feeds costs: time, processor, memory; and how soon a long list of entries is there.

    python -m benchmarks.feeds faults          # 50 hosts, ten of them at fault
    python -m benchmarks.feeds unchanged 5000  # feeds that have nothing new, on 250 hosts
    python -m benchmarks.feeds memory 100      # updates in a row, in one process
    python -m benchmarks.feeds entries 100000  # lists, counts, searches, watches
    python -m benchmarks.feeds screen 100000   # first paint and first rows, beside one entry of each feed

The feeds are invented and served from this computer, by a process of its own: its time is not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, median, show
from benchmarks.screen import Terminal
from reader.feeds.parsing import parse
from reader.feeds.subscription import Subscription
from reader.library.feeds import FeedAnswer
from reader.library.library import Library
from reader.library.watching import look
from reader.updating import Update, due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOSTS = 50
SLOWEST = 3.0
"""Seconds that the slowest host takes to answer."""
ITEMS = 20
FEEDS = 200
ROUNDS = 5
WORDS = "harbour council tide gate mayor vote bridge money report winter storm ferry quay".split()


def document(number: int, version: int = 0, items: int = ITEMS) -> bytes:
    """Return an invented feed; another version has one new item and one that changed."""
    made = []
    for item in range(version, version + items):
        words = " ".join(WORDS[(item * 3 + at * (at % 5 + 1)) % len(WORDS)] for at in range(120))
        changed = f" Updated {version}." if item == version + items - 1 else ""
        made.append(
            f"<item><guid>{number}-{item}</guid><link>/story/{number}/{item}</link>"
            f"<title>Story {number} {item}</title>"
            f"<description>&lt;p&gt;Of {number} and {item}: {words}.{changed}&lt;/p&gt;</description></item>"
        )
    inside = "".join(made)
    return f'<rss version="2.0"><channel><title>Feed {number}</title>{inside}</channel></rss>'.encode()


@cache
def bomb() -> bytes:
    """Return zeros, compressed: made before anybody asks."""
    return gzip.compress(bytes(64 << 20), 9)


def fault(number: int) -> tuple[int, bytes, dict[str, str], float]:
    """Return status, body, headers and delay of one of ten ways to be at fault."""
    return (
        (404, b"", {}, 0.0),
        (500, b"", {}, 0.0),
        (410, b"", {}, 0.0),
        (429, b"", {"Retry-After": "600"}, 0.0),
        (200, b"no feed at all", {}, 0.0),
        (200, b'<!DOCTYPE r [<!ENTITY a "aaaa">]><rss/>', {}, 0.0),
        (200, bomb(), {"Content-Encoding": "gzip"}, 0.0),
        (302, b"", {"Location": "file:///etc/passwd"}, 0.0),
        (301, b"", {"Location": "/fault/8"}, 0.0),
        (200, b"<!doctype html><html><body>Down for maintenance", {}, 1.0),
    )[number]


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer requests on one connection."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].decode()
            _, kind, *rest = path.split("/")
            status, body, headers, delay = 200, b"", dict[str, str](), 0.0
            if kind == "fault":
                status, body, headers, delay = fault(int(rest[0]))
            elif kind == "same" and b"if-none-match" in head.lower():
                status = 304
            else:
                number, version = int(rest[0]), int(rest[1]) if len(rest) > 1 else 0
                headers = {"ETag": f'"{number}"'} if kind == "same" else {}
                body = document(number, version)
                delay = {"slow": SLOWEST, "good": 0.02 * (number % 8)}.get(kind, 0.0)
            await asyncio.sleep(delay)
            lines = [
                f"HTTP/1.1 {status} X",
                "Content-Type: application/rss+xml",
                f"Content-Length: {len(body)}",
            ]
            lines += [f"{name}: {value}" for name, value in headers.items()]
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    writer.close()


async def serve() -> None:
    """Serve until standard input ends."""
    bomb()
    server = await asyncio.start_server(answer, "0.0.0.0", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)


@contextmanager
def server() -> Iterator[int]:
    """Run the server in a process of its own; yield its port."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.feeds", "serve"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.terminate()


def processor() -> float:
    """Return the seconds of processor time of this process and of those that it has ended."""
    own, ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


def follow(library: Library, addresses: list[str]) -> None:
    """Follow feeds."""
    library.feeds.add(Subscription(address) for address in addresses)


def faults(library: Library, port: int) -> Iterator[Figure]:
    """Ask 50 hosts: one slow, ten at fault."""
    kinds = ["slow/0", *(f"good/{n}" for n in range(1, 40)), *(f"fault/{n}" for n in range(10))]
    follow(library, [f"http://127.0.1.{n + 1}:{port}/{kind}" for n, kind in enumerate(kinds)])
    start = time.monotonic()
    outcomes = list(Update(library, due(library), allow_private=True))
    wall = time.monotonic() - start
    if problems := list(library.check()):
        raise RuntimeError(f"the library is damaged: {problems}")
    asked = f"{len(outcomes)} feeds, ten of them at fault"
    yield Figure(f"entries of {40 * ITEMS}, {asked}", sum(one.new for one in outcomes), "")
    yield Figure(f"an update, {asked}", wall, "s")
    yield Figure("an update ÷ the slowest host", wall / SLOWEST, "×")
    yield Figure(f"an update on the processor, {asked}", processor(), "s")


def unchanged(library: Library, port: int, count: int) -> Iterator[Figure]:
    """Ask feeds that have nothing new."""
    hosts = max(1, count // 20)
    follow(
        library,
        [f"http://127.0.{2 + n % hosts // 250}.{1 + n % hosts % 250}:{port}/same/{n}" for n in range(count)],
    )
    with library.database.writing() as connection:
        connection.execute("UPDATE feed SET etag = '\"' || (id - 1) || '\"'")
    before, start = processor(), time.monotonic()
    statuses = Counter(one.status for one in Update(library, due(library), allow_private=True))
    spent, wall = processor() - before, time.monotonic() - start
    if set(statuses) != {"unchanged"}:
        raise RuntimeError(f"not all feeds are unchanged: {dict(statuses)}")
    yield Figure(f"a feed with nothing new, of {count:,}, on the processor", spent / count * 1000, "ms")
    yield Figure(f"{count:,} feeds on {hosts} hosts with nothing new", wall, "s")


def memory(library: Library, port: int, count: int) -> Iterator[Figure]:
    """Update ten feeds that change, again and again."""
    sizes = []
    for version in range(count):
        if version == 0:
            follow(library, [f"http://127.0.3.{n + 1}:{port}/news/{n}/0" for n in range(10)])
        with library.database.writing() as connection:
            connection.execute(
                "UPDATE feed SET address = substr(address, 1, length(address) - length(?)) || ?",
                (f"/{max(0, version - 1)}", f"/{version}"),
            )
        new = sum(one.new for one in Update(library, due(library, force=True), allow_private=True))
        assert new == 10 * (ITEMS if version == 0 else 1)
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        sizes.append(pages * resource.getpagesize() / 1e6)
    for number in (0, count // 10, count - 1):
        yield Figure(f"memory after {number + 1} updates of 10 feeds", sizes[number], "MB")


def filled(library: Library, count: int) -> None:
    """Fill a library with entries of feeds in folders."""
    library.feeds.add(
        Subscription(f"https://{n}.example/f", folder=f"Folder {n % 10}" if n % 3 else "")
        for n in range(FEEDS)
    )
    for number in range(FEEDS):
        fed = parse(document(number, items=count // FEEDS), f"https://{number}.example/f")
        library.entries.store(number + 1, fed, FeedAnswer("2026"))


def entries(library: Library, count: int) -> Iterator[Figure]:
    """Time lists, counts and searches of many entries, and what watches do to them."""
    filled(library, count)
    library.entries.mark([entry.id for entry in library.entries.every(limit=count // 10)])
    middle = library.feeds.all()[FEEDS // 2].id
    questions: dict[str, Callable[[], object]] = {
        "newest 200": lambda: library.entries.newest(),
        "unread 200": lambda: library.entries.newest(unread=True),
        "200 of one feed": lambda: library.entries.newest(feed=middle, unread=True),
        "how many are unread": lambda: library.entries.unread(),
        "how many are unread in a folder": lambda: library.entries.unread(folder="Folder 4"),
        "a title that many have": lambda: library.entries.newest(titled="story 19"),
        "a title that none has": lambda: library.entries.newest(titled="zzzz"),
        f"{FEEDS} feeds with counts": lambda: library.feeds.all(),
        "watches that have nothing new to look at": lambda: look(library),
        "what 1 feed of 20 says, unchanged": lambda: library.entries.store(
            1, parse(document(0), "https://0.example/f"), FeedAnswer("2026")
        ),
    }
    size = library.path.stat().st_size / count
    yield Figure(f"an entry of {count:,} in {FEEDS} feeds", size, "bytes")
    library.watches.add("ferry", "ferry harbour")
    library.watches.add("hidden", '"of 7 and"', mute=True)
    start = time.process_time()
    look(library)
    yield Figure(f"what a new muting watch costs, {count:,} entries", time.process_time() - start, "s")
    for name, question in questions.items():
        taken = []
        for _ in range(7):
            start = time.perf_counter()
            question()
            taken.append((time.perf_counter() - start) * 1000)
        yield median(f"{name}, {count:,} entries", taken, "ms")


def screen(folder: Path, count: int) -> Iterator[Figure]:
    """Time what a reader waits for in a terminal, with few entries and with many."""
    article = Path(__file__).parents[1] / "sample_articles" / "harbour-wire.txt"
    marker = article.read_text(encoding="utf-8").split()[0].encode()
    for each in (FEEDS, count):
        path = folder / f"{each}.db"
        with Library(path) as library:
            filled(library, each)
        command = [sys.executable, "-m", "reader", "--library", str(path)]
        named = f"{each:,} entries"
        taken: dict[str, list[float]] = {"feeds": [], "processor": [], "news": [], "an article": []}
        for turn in range(ROUNDS + 1):
            terminal = Terminal(command, str(folder))
            feeds, spent = terminal.until(b"Feed 0"), terminal.spent()
            terminal.drain(0.3)
            terminal.started = time.perf_counter()
            os.write(terminal.fd, b"5")
            news = terminal.until(b"no date, seen")
            terminal.kill()
            if turn:  # the first fills the disk's cache
                taken["feeds"].append(feeds * 1e3)
                taken["processor"].append(spent * 1e3)
                taken["news"].append(news * 1e3)
        for _ in range(ROUNDS):
            terminal = Terminal([*command, str(article)], str(folder))
            taken["an article"].append(terminal.until(marker) * 1e3)
            terminal.kill()
        yield median(f"from the start to the list of feeds, {named}", taken["feeds"], "ms")
        yield median(f"the list of feeds on the processor, {named}", taken["processor"], "ms")
        yield median(f"from a key to the first rows of the news, {named}", taken["news"], "ms")
        yield median(f"from the start to an article's text, {named}", taken["an article"], "ms")


def measure(what: str, count: int | None, folder: Path) -> Iterator[Figure]:
    """Measure a part with a library of its own."""
    library = Library(folder / "library.db")
    if what == "screen":
        yield from screen(folder, count or 100_000)
    elif what == "entries":
        yield from entries(library, count or 100_000)
    else:
        with server() as port:
            if what == "faults":
                yield from faults(library, port)
            elif what == "unchanged":
                yield from unchanged(library, port, count or 5_000)
            else:
                yield from memory(library, port, count or 100)
    library.close()


def main() -> None:
    """Measure what was asked for."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("what", choices=["serve", "faults", "unchanged", "memory", "entries", "screen"])
    arguments.add_argument("count", nargs="?", type=int)
    asked = arguments.parse_args()
    if asked.what == "serve":
        asyncio.run(serve())
        return
    with tempfile.TemporaryDirectory() as folder:
        show(measure(asked.what, asked.count, Path(folder)))


if __name__ == "__main__":
    main()
