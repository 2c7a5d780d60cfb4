"""What updating feeds costs: time, processor, memory; and how soon a long list of entries is there.

    python benchmarks/feeds.py faults          # 50 hosts, ten of them at fault
    python benchmarks/feeds.py unchanged 5000  # feeds that have nothing new, on 250 hosts
    python benchmarks/feeds.py memory 100      # updates in a row, in one process
    python benchmarks/feeds.py entries 100000  # lists and counts

The feeds are invented and served from this computer, by a process of its own: its time is not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reader.feeds.parsing import parse
from reader.feeds.subscription import Subscription
from reader.library.feeds import Answer
from reader.library.library import Library
from reader.updating import Update, due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOSTS = 50
SLOWEST = 3.0
"""Seconds that the slowest host takes to answer."""
ITEMS = 20
WORDS = "harbour council tide gate mayor vote bridge money report winter storm ferry quay".split()


def document(number: int, version: int = 0, items: int = ITEMS) -> bytes:
    """Return an invented feed; another version has one new item and one that changed."""
    made = []
    for item in range(version, version + items):
        words = " ".join(WORDS[(number * 7 + item * 3 + at * (at % 5 + 1)) % len(WORDS)] for at in range(120))
        changed = f" Updated {version}." if item == version + items - 1 else ""
        made.append(
            f"<item><guid>{number}-{item}</guid><link>/story/{number}/{item}</link>"
            f"<title>Story {number} {item}</title>"
            f"<description>&lt;p&gt;{words}.{changed}&lt;/p&gt;</description></item>"
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
        [sys.executable, __file__, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
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


def faults(library: Library, port: int) -> None:
    """Ask 50 hosts: one slow, ten at fault."""
    kinds = ["slow/0", *(f"good/{n}" for n in range(1, 40)), *(f"fault/{n}" for n in range(10))]
    follow(library, [f"http://127.0.1.{n + 1}:{port}/{kind}" for n, kind in enumerate(kinds)])
    start = time.monotonic()
    outcomes = list(Update(library, due(library), allow_private=True))
    wall = time.monotonic() - start
    print(f"{len(outcomes)} feeds asked: {dict(Counter(one.status for one in outcomes))}")
    print(f"{sum(one.new for one in outcomes)} entries of {40 * ITEMS}; the library is whole: ", end="")
    print(list(library.check()) == [])
    print(f"{wall:.2f} s, {wall / SLOWEST:.2f} times the slowest host; processor {processor():.1f} s")
    for one in outcomes:
        if one.error:
            print(f"    {one.status:<10} {one.error}")


def unchanged(library: Library, port: int, count: int) -> None:
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
    print(f"{count} feeds on {hosts} hosts: {dict(statuses)}")
    print(f"processor {spent:.1f} s, {spent / count * 1000:.1f} ms a feed; {wall:.0f} s")


def memory(library: Library, port: int, count: int) -> None:
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
    print(f"{count} updates of 10 feeds: {sizes[0]:.0f} MB after the first", end="")
    print(f", {sizes[count // 10]:.0f} MB after {count // 10 + 1}, {sizes[-1]:.0f} MB after the last")


def entries(library: Library, count: int) -> None:
    """Time lists and counts of many entries."""
    feeds = 200
    follow(library, [f"https://{n}.example/f" for n in range(feeds)])
    for number in range(feeds):
        fed = parse(document(number, items=count // feeds), f"https://{number}.example/f")
        library.entries.store(number + 1, fed, Answer("2026"))
    library.entries.mark([entry.id for entry in library.entries.every(limit=count // 10)])
    middle = library.feeds.all()[feeds // 2].id
    questions: dict[str, Callable[[], object]] = {
        "newest 200": lambda: library.entries.newest(),
        "unread 200": lambda: library.entries.newest(unread=True),
        "200 of one feed": lambda: library.entries.newest(feed=middle, unread=True),
        "how many are unread": lambda: library.entries.unread(),
        f"{feeds} feeds with counts": lambda: library.feeds.all(),
        "what 1 feed of 20 says, unchanged": lambda: library.entries.store(
            1, parse(document(0), "https://0.example/f"), Answer("2026")
        ),
    }
    size = library.path.stat().st_size / count
    print(f"{count} entries in {feeds} feeds, {size:.0f} bytes each")
    for name, question in questions.items():
        taken = []
        for _ in range(7):
            start = time.perf_counter()
            question()
            taken.append((time.perf_counter() - start) * 1000)
        print(f"    {name:<36} {statistics.median(taken):8.1f} ms")


def main() -> None:
    """Measure what was asked for."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("what", choices=["serve", "faults", "unchanged", "memory", "entries"])
    arguments.add_argument("count", nargs="?", type=int)
    asked = arguments.parse_args()
    if asked.what == "serve":
        asyncio.run(serve())
        return
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library.db")
        if asked.what == "entries":
            entries(library, asked.count or 100_000)
        else:
            with server() as port:
                if asked.what == "faults":
                    faults(library, port)
                elif asked.what == "unchanged":
                    unchanged(library, port, asked.count or 5_000)
                else:
                    memory(library, port, asked.count or 100)
        library.close()


if __name__ == "__main__":
    main()
