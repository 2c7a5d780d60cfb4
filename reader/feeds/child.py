"""The process that reads feeds, and looks for those of a page: documents come in, feeds go out.

Run by :mod:`reader.feeds.isolation` as ``python -m reader.feeds.child``. It ends when whoever started it has
gone.
"""

from __future__ import annotations

from queue import SimpleQueue

from reader.feeds.discovery import discover
from reader.feeds.feed import FeedError
from reader.feeds.isolation import MEMORY_LIMIT, PROCESSOR_LIMIT, FeedBytes, FeedRefused, SitePage
from reader.feeds.parsing import parse
from reader.processes import listen, voice, write_frame


def main() -> None:
    """Read the feeds that come on standard input, and answer on standard output."""
    out = voice()
    asked: SimpleQueue[FeedBytes | SitePage] = SimpleQueue()
    listen(asked.put)
    while True:
        what = asked.get()
        _limit()
        try:
            write_frame(out, parse(*what) if isinstance(what, FeedBytes) else discover(*what))
        except FeedError as error:
            write_frame(out, FeedRefused(error.title, error.hint))
        except (ValueError, LookupError, RecursionError, MemoryError, TypeError, AttributeError) as error:
            # Parsers of broken documents fail in ways that nobody has listed.
            write_frame(out, FeedRefused("This cannot be made out", f"({type(error).__name__})"))


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the limit on time holds there too
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + PROCESSOR_LIMIT
    for what, limit in ((resource.RLIMIT_AS, MEMORY_LIMIT), (resource.RLIMIT_CPU, seconds)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


if __name__ == "__main__":
    # Under this name the classes in the frames are the ones that the other process knows.
    from reader.feeds.child import main as run

    run()
