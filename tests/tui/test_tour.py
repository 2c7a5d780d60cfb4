"""The tour: each step goes on with its key, any other ends it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from reader.tui.actions import BY_NAME
from reader.tui.controllers.touring import STEPS
from reader.tui.samples import SAMPLES
from reader.tui.screens.home import HomeScreen
from reader.tui.screens.results import TakeTour
from tests.tui.conftest import Work
from tests.tui.host import show
from tests.tui.scene import ARTICLE

if TYPE_CHECKING:
    from tests.tui.conftest import Reading


SAMPLE = replace(ARTICLE, source=str(SAMPLES[0].path))


def step(reading: Reading) -> str:
    """The step that is shown; empty when there is none."""
    found = reading.screen.query("#tour")
    return str(found.first().render()) if found and found.first().display else ""


async def test_the_keys_that_it_names_lead_to_its_end(open_reader: Any) -> None:
    async with open_reader(SAMPLE) as reading:
        await reading.press("f2")
        for number, (action, _) in enumerate(STEPS, 1):
            assert step(reading).startswith(f"Tour {number}/{len(STEPS)} ")
            assert "{" not in step(reading)
            await reading.press(BY_NAME[action].keys[0] if action else "j")
        assert not step(reading)


async def test_any_other_key_ends_it_and_does_what_it_does(open_reader: Any) -> None:
    async with open_reader(SAMPLE) as reading:
        await reading.press("f2")
        assert step(reading)
        await reading.press("tab")
        assert not step(reading)
        assert reading.current
        await reading.press("f2")
        assert step(reading).startswith("Tour 1/")


async def test_it_opens_the_first_sample(open_reader: Any) -> None:
    work = Work()
    async with open_reader(work=work) as reading:
        await reading.press("f2")
        assert work.jobs[-1].source == str(SAMPLES[0].path)


async def test_it_names_the_keys_that_the_settings_gave(open_reader: Any) -> None:
    from reader.settings.settings import Settings

    async with open_reader(settings=Settings(keys={"next_quotation": ("n",)})) as reading:
        await reading.press("f2")
        assert " n  goes to the first" in step(reading)


async def test_the_first_screen_offers_it() -> None:
    async with show(screen=partial(HomeScreen, ())) as shown:
        await shown.press("enter")
        assert shown.result == TakeTour()
