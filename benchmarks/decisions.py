"""The event loop while 13,000 quotations are listed otherwise and corrected.

python -m benchmarks.decisions
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, show
from benchmarks.screen import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reader.model.analysis import Analysis
    from reader.model.article import Article
    from reader.model.corrections import Correction
    from reader.work.client import Deliver
    from reader.work.messages import Job


def crowded(quotations: int = 13_000) -> tuple[Article, Analysis]:
    """An invented article of very many quotations by forty people."""
    from reader.model.analysis import Analysis, Entity, Mention, PipelineInfo, Quotation, Speaker
    from reader.model.article import Article, Block

    pick = random.Random(3)
    words = text_of(2_000).split()
    named = [f"{pick.choice(words).title()} {pick.choice(words).title()}{n}" for n in range(40)]
    text, blocks = "", []
    said: list[tuple[int, int, str]] = []
    mentions: dict[str, list[Mention]] = {name: [] for name in named}
    while len(said) < quotations:
        start, name = len(text), pick.choice(named)
        text += f"“{' '.join(pick.choices(words, k=pick.randint(6, 30)))},” said "
        end = text.rindex("”") + 1
        mentions[name].append(Mention(len(text), len(text) + len(name)))
        text += f"{name}."
        said.append((start, end, name))
        blocks.append(Block("paragraph", start, len(text)))
        text += "\n\n"
    entities = tuple(
        Entity(f"e{found[0].start}", "PERSON", name, (), tuple(found))
        for name, found in mentions.items()
        if found
    )
    ids = {entity.name: entity.id for entity in entities}
    quoted = tuple(
        Quotation(
            f"q{start}", "direct", start, end, None,
            Speaker(end + 6, end + 6 + len(name), ids[name], name), 0.9, "named right after it",
        )
        for start, end, name in said
    )  # fmt: skip
    return Article(text, tuple(blocks)), Analysis(entities, quoted, PipelineInfo("generated", "1"))


class _Known:
    """A job that knows everything at once."""

    def __init__(self, article: Article, analysis: Analysis) -> None:
        self._found = (article, analysis)

    def go(self) -> None:
        """Do nothing."""

    def cancel(self) -> None:
        """Do nothing."""

    def __call__(self, job: Job, deliver: Deliver) -> _Known:
        """Deliver it."""
        from reader.index import Index
        from reader.work.client import Found

        index = Index(*self._found)
        index.prepare()
        deliver(Found("complete", 1, 1, index))
        return self


def decisions(folder: Path) -> Iterator[Figure]:
    """The longest time that the loop is held up by relisting and correcting 13,000 quotations."""
    from reader.model.anchors import anchor
    from reader.model.corrections import NoQuotation, RenameEntity, SetSpeaker
    from reader.tui.app import ReaderApp

    article, analysis = crowded()
    text, quoted = article.text, analysis.quotations
    here = anchor(text, quoted[6_000].start, quoted[6_000].end)
    first = analysis.entities[3].mentions[0]
    found: list[Figure] = []

    async def watched() -> None:
        app = ReaderApp(article=article, start_work=_Known(article, analysis), state=folder)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause(1)
            controls, panel = app.reading.controls, app.reading.controls.link.panel
            assert panel is not None
            gaps: list[float] = []
            busy: list[float] = []

            async def tick() -> None:
                last, worked = time.perf_counter(), time.thread_time()
                while True:
                    await asyncio.sleep(0.001)
                    now, used = time.perf_counter(), time.thread_time()
                    gaps.append(now - last)
                    busy.append(used - worked)
                    last, worked = now, used

            watch = asyncio.create_task(tick())
            corrections: dict[str, Correction] = {
                "speaker": SetSpeaker(here, name="Somebody Else"),
                "quotation": NoQuotation(here),
                "name": RenameEntity(anchor(text, first.start, first.end), "Another Name"),
            }
            steps: dict[str, Callable[[], object]] = {
                "listing them by speaker": lambda: panel.action_list_by(True),
                "listing them in order": lambda: panel.action_list_by(False),
                "listing the doubtful": panel.action_doubtful,
                "listing all again": panel.action_doubtful,
            }
            for name, correction in corrections.items():
                steps[f"correcting a {name}"] = partial(controls.correcting.decide, [correction])
                steps[f"taking back a {name}"] = controls.correcting.undo
            for name, do in steps.items():
                gaps.clear()
                busy.clear()
                do()
                await pilot.pause()
                await pilot.pause(0.5)
                found.append(Figure(f"longest hold-up, {name}", max(gaps) * 1000, "ms"))
                found.append(Figure(f"of it on the processor, {name}", max(busy) * 1000, "ms"))
            watch.cancel()

    asyncio.run(watched())
    yield from found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        show(decisions(Path(scratch)))
