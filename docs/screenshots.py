"""Draw the pictures of the documentation: the real reader, the real analysis, the sample articles.

``make screenshots`` runs this and writes ``docs/images/*.svg``.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.ingest import read
from reader.settings.resources import folder
from reader.tui.app import ReaderApp
from reader.work.messages import JobOptions

if TYPE_CHECKING:
    from textual.pilot import Pilot

IMAGES = Path(__file__).parent / "images"
_TIMEOUT = 120.0
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")


@dataclass(frozen=True)
class Picture:
    """What to open, how large, and which keys to press before the picture is taken.

    ``kept``: with a library that holds the samples. ``edited``: the sample was read before, and these words
    stand in it now instead of others. ``follows``: the library has feeds and watches too.
    """

    name: str
    sample: str | None
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 36)
    theme: str = "dark"
    kept: bool = False
    edited: tuple[tuple[str, str], ...] = ()
    follows: bool = False


_NEWER = (
    ("extend a strike that has left 31 ships", "extend a strike that has left 34 ships"),
    ("a bill for the coffee", "a bill for the coffee and the cake"),
    ("about 400,000 euros", "about 450,000 euros"),
)
_FEEDS = (
    (
        "The Harbour Ledger",
        "Coast",
        (
            (11, "Strike at Skarnholm enters its second week"),
            (10, "Night ferry to Orsay sails again after the storm"),
            (8, "Council keeps the old lock gates for ten more years"),
        ),
    ),
    (
        "Northline",
        "Coast",
        (
            (11, "Strike at Skarnholm enters its second week"),
            (9, "“We were never asked”: pilots on the new channel"),
            (7, "League match called off as the stadium floods"),
        ),
    ),
    ("Valley Weekly", "", ((6, "Reservoir at its lowest since 1987"), (4, "Orchards count the frost"))),
    (
        "Observatory notes",
        "Science/Sky",
        ((10, "A comet that nobody was looking for"), (5, "Why the dome stays shut in March")),
    ),
)
PICTURES = (
    Picture("reading", "harbour-wire.txt", ("]", "]")),
    Picture("speakers", "harbour-wire.txt", ("]", "ctrl+w", "s"), theme="light"),
    Picture("card", "climbers-feature.txt", ("p", "p", "enter")),
    Picture("removed", "reservoir-pasted.txt", ("x", "G", "5"), theme="sepia"),
    Picture("small", "inquest-british.txt", ("]",), (80, 24), theme="high-contrast-dark"),
    Picture("export", "observatory-names.txt", ("e",), theme="colour-safe-dark"),
    Picture("help", "museum-page.html", ("question_mark",)),
    Picture("home", None),
    Picture("library", None, ("j", "l", "j", "j"), kept=True),
    Picture("dossier", None, ("2", "slash", *"haraldsen", "enter", "enter"), kept=True),
    Picture("balance", None, ("3", "b"), kept=True, theme="light"),
    Picture("feeds", None, ("4",), size=(120, 24), kept=True, follows=True),
    Picture("news", None, ("5", "j"), size=(120, 24), kept=True, follows=True),
    Picture("watches", None, ("6", "j"), size=(120, 24), kept=True, follows=True, theme="light"),
    Picture("changes", "harbour-wire.txt", ("V",), kept=True, edited=_NEWER),
)


def _import(path: Path, sources: list[str]) -> None:
    """Keep articles in a library, as its command does."""
    from reader.commands.group import main as command

    with suppress(SystemExit):
        command(["library", "import", "--library", str(path), *sources])


def _follow(path: Path) -> None:
    """Follow invented feeds and watch for things, as if an update had just been."""
    from reader.feeds.parsing import parse
    from reader.feeds.subscription import Subscription
    from reader.library.feeds import FeedAnswer
    from reader.library.library import Library
    from reader.library.watching import look

    with Library(path) as library:
        for number, (name, folder_, stories) in enumerate(_FEEDS, 1):
            address = f"https://{number}.example/feed"
            library.feeds.add([Subscription(address, folder=folder_)])
            library.entries.store(number, parse(_rss(name, stories), address), FeedAnswer("2026"))
        library.feeds.failed(3, "The name 3.example could not be looked up", "2026")
        library.entries.mark([entry.id for entry in library.entries.newest()[5:8]])
        library.watches.add("strike", "strike -football")
        library.watches.add("rewritten", "has:change has:quote")
        library.watches.add("sport", "league", mute=True)
        look(library)


def _rss(name: str, stories: tuple[tuple[int, str], ...]) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>https://news.example/{title.split()[0]}-{day}</link>"
        f"<pubDate>Wed, {day:02} Mar 2026 {9 + day % 9:02}:00:00 GMT</pubDate>"
        f"<description>{title}. What is known so far, and who said it.</description></item>"
        for day, title in stories
    )
    return f"<rss version='2.0'><channel><title>{name}</title>{items}</channel></rss>".encode()


def _fill(picture: Picture, scratch: Path) -> str | None:
    """Make the library of a picture, and return what is opened."""
    samples = folder("sample_articles")
    if picture.sample is None:
        if picture.follows:
            _follow(scratch / "library.db")
        _import(scratch / "library.db", [str(samples)])
        return None
    copy = scratch / picture.sample
    text = (samples / picture.sample).read_text(encoding="utf-8")
    copy.write_text(text, encoding="utf-8")
    _import(scratch / "library.db", [str(copy)])
    for before, after in picture.edited:
        text = text.replace(before, after)
    copy.write_text(text, encoding="utf-8")
    _import(scratch / "library.db", [str(copy)])
    return str(copy)


async def _settled(app: ReaderApp, pilot: Pilot[int]) -> None:
    """Wait until the library has answered: nothing moves any more."""
    before = ""
    while (now := app.export_screenshot()) != before:
        before = now
        await pilot.pause(0.5)


async def _draw(picture: Picture, state: Path) -> None:
    sample = str(folder("sample_articles") / picture.sample) if picture.sample else None
    if picture.kept:
        sample = _fill(picture, state)
    article = read(sample) if sample else None
    keeps = picture.kept or picture.sample is None  # or the first screen would have no feeds to lead to
    options = JobOptions(library=str(state / "library.db") if keeps else None)
    app = ReaderApp(sample, article=article, theme=picture.theme, state=state / "state", options=options)
    async with app.run_test(size=picture.size) as pilot:
        async with asyncio.timeout(_TIMEOUT):
            while article and not ((shown := app.reading.session.shown) and shown.complete):
                await pilot.pause(0.1)
        for key in picture.keys:
            await _settled(app, pilot) if picture.kept else await pilot.pause()
            await pilot.press(key)
        await _settled(app, pilot) if picture.kept else await pilot.pause()
        await pilot.pause()
        # A picture that fetches a font is no picture: any fixed-width font will do.
        drawn = _FONT_FACE.sub("", app.export_screenshot(title="On Record"))
        IMAGES.mkdir(exist_ok=True)
        (IMAGES / f"{picture.name}.svg").write_text(drawn, encoding="utf-8")


def main(names: list[str]) -> None:
    """Draw the named pictures, or all."""
    for picture in PICTURES:
        if not names or picture.name in names:
            with tempfile.TemporaryDirectory() as scratch:
                asyncio.run(_draw(picture, Path(scratch)))
            print(IMAGES / f"{picture.name}.svg")


if __name__ == "__main__":
    main(sys.argv[1:])
