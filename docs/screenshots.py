"""Draw the pictures of the documentation: the real reader, the real analysis, the sample articles.

``make screenshots`` runs this and writes ``docs/images/*.svg``.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from reader.ingest import read
from reader.settings.resources import folder
from reader.tui.app import ReaderApp

IMAGES = Path(__file__).parent / "images"
_TIMEOUT = 120.0
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")


@dataclass(frozen=True)
class Picture:
    """What to open, how large, and which keys to press before the picture is taken."""

    name: str
    sample: str | None
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 36)
    theme: str = "dark"


PICTURES = (
    Picture("reading", "harbour-wire.txt", ("]", "]")),
    Picture("speakers", "harbour-wire.txt", ("]", "ctrl+w", "s"), theme="light"),
    Picture("card", "climbers-feature.txt", ("p", "p", "enter")),
    Picture("removed", "reservoir-pasted.txt", ("x", "G", "5"), theme="sepia"),
    Picture("small", "inquest-british.txt", ("]",), (80, 24), theme="high-contrast-dark"),
    Picture("export", "observatory-names.txt", ("e",), theme="colour-safe-dark"),
    Picture("help", "museum-page.html", ("question_mark",)),
    Picture("home", None),
)


async def _draw(picture: Picture, state: Path) -> None:
    sample = str(folder("sample_articles") / picture.sample) if picture.sample else None
    article = read(sample) if sample else None
    app = ReaderApp(sample, article=article, theme=picture.theme, state=state)
    async with app.run_test(size=picture.size) as pilot:
        async with asyncio.timeout(_TIMEOUT):
            while article and not ((shown := app.reading.session.shown) and shown.complete):
                await pilot.pause(0.1)
        for key in picture.keys:
            await pilot.press(key)
            await pilot.pause()
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
