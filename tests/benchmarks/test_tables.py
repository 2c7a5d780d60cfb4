"""Tables and plots show the figures that were measured, and say where."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from benchmarks import bench, tables
from benchmarks.figures import Figure, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

PAGE = """Before
<!-- figures: keys none -->
old
<!-- end -->
<!-- figures (×): keys -->
<!-- end -->
<!-- figures: library-100 library-10000 -->
<!-- end -->
<!-- machines -->
<!-- end -->
After
"""


def keys(_: Path) -> Iterator[Figure]:
    yield Figure("key to repaint <1,000> words", 1.234, "ms", 5.678)
    yield Figure("ratio", 2, "×")
    raise Skipped("nothing else is installed")


def measured(folder: Path) -> tables.Measured:
    target = folder / "figures.json"
    sizes = {
        f"library-{size}": lambda _, size=size: iter(
            [
                Figure(f"list, {size:,} articles", size / 50, "ms", size / 40),
                Figure(f"list, on the processor, {size:,} articles", size / 60, "ms"),
            ]
        )
        for size in (100, 10_000)
    }
    bench.measure(["keys"], {"keys": keys}, target)
    bench.measure(list(sizes), sizes, target)
    found: tables.Measured = json.loads(target.read_bytes())
    return found


def test_a_page_shows_what_was_measured(tmp_path: Path) -> None:
    page = tables.filled(PAGE, measured(tmp_path))
    assert "| key to repaint <1,000> words | 1.23 ms | 5.68 ms |" in page
    assert page.count("| ratio | 2.00 × |") == 2
    assert "| list | 2.00 / 2.50 ms | 200 / 250 ms |" in page
    assert "on the processor" not in page
    assert page.count("onrecord ") == 1
    assert "Left out: nothing else is installed." in page
    assert "old" not in page
    assert page.startswith("Before\n")
    assert page.endswith("After\n")
    assert tables.filled(page, measured(tmp_path)) == page


def test_what_was_not_measured_says_so() -> None:
    assert tables.filled(PAGE, {}).count("Not measured yet") == 3


def test_measuring_a_part_again_keeps_the_others(tmp_path: Path) -> None:
    before = measured(tmp_path)
    bench.measure(["keys"], {"keys": lambda _: iter([Figure("ratio", 3, "×")])}, tmp_path / "figures.json")
    after = json.loads((tmp_path / "figures.json").read_bytes())
    assert after["library-100"] == before["library-100"]
    assert [figure["value"] for figure in after["keys"]["figures"]] == [3]
    assert "left out" not in after["keys"]


def test_a_part_that_fails_costs_itself_alone(tmp_path: Path) -> None:
    def broken(_: Path) -> Iterator[Figure]:
        yield Figure("half of it", 1, "ms")
        raise ValueError("broken")

    target = tmp_path / "figures.json"
    assert bench.measure(["broken", "keys"], {"broken": broken, "keys": keys}, target) == ["broken"]
    assert set(json.loads(target.read_bytes())) == {"keys"}


def test_plots_are_well_formed(tmp_path: Path) -> None:
    found = measured(tmp_path)
    found["startup"] = {"figures": [Figure("text visible, <less> & onrecord", 12.0, "ms")._asdict()]}
    made = dict(tables.plots(found))
    assert set(made) == {"library-scale.svg", "startup.svg"}
    for content in made.values():
        assert ElementTree.fromstring(content).tag.endswith("svg")
    assert "&lt;less&gt;" in made["startup.svg"]


def test_every_page_asks_for_parts_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {*bench.parts([], [100, 10_000, 100_000])}
    asked: set[str] = set()

    def asks(_: tables.Measured, parts: list[str], units: list[str]) -> str:
        asked.update(parts)
        return " ".join(units)

    monkeypatch.setattr(tables, "table", asks)
    for page in tables.PAGES:
        tables.filled(page.read_text(encoding="utf-8"), {})
    assert asked <= known
    assert "startup" in asked
