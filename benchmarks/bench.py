"""Measure everything, or a part of it, into one file: `make bench`, `make bench ONLY="keys speed"`.

    python -m benchmarks.bench [ONLY ...] [--to FILE] [--sets SET.jsonl ...] [--library SIZE ...]

Each part keeps with its figures on what machine and with what versions it was measured; measuring a part
again replaces it alone. What needs something that is not installed or given says so, and is left out. The
README's table and the plots of the documentation are made from the file: `python -m benchmarks.tables`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import (
    analysis,
    archives,
    cleaning,
    decisions,
    feeds,
    library,
    library_import,
    screen,
    web_pages,
)
from benchmarks.figures import HERE, Figure, Skipped, machine
from reader.settings.files import whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

FILE = HERE / "figures.json"


def parts(sets: list[Path], sizes: list[int]) -> dict[str, Callable[[Path], Iterator[Figure]]]:
    """What can be measured, each in a folder of its own."""
    found: dict[str, Callable[[Path], Iterator[Figure]]] = dict(screen.MEASURES)
    found["decisions"] = decisions.decisions
    found["speed"] = lambda _: analysis.speed()
    found["accuracy"] = lambda _: analysis.accuracy(sets)
    for name, many in archives.MEASURES.items():
        found[name] = partial(_anywhere, many)
    for size in sizes:
        found[f"library-{size}"] = partial(library.measure, size)
    found["import"] = lambda _: library_import.measure()
    for what, count in (("faults", None), ("unchanged", 500), ("entries", 20_000)):
        found[f"feeds-{what}"] = partial(feeds.measure, what, count)
    found["removal"] = lambda _: cleaning.removal()
    found["pages"] = lambda _: web_pages.measure()
    found["page-cost"] = lambda _: web_pages.cost()
    return found


def _anywhere(measuring: Callable[[], Iterator[Figure]], _: Path) -> Iterator[Figure]:
    return measuring()


def measure(
    chosen: Sequence[str], measures: Mapping[str, Callable[[Path], Iterator[Figure]]], target: Path
) -> list[str]:
    """Measure and keep, part by part, and return which parts failed."""
    failed: list[str] = []
    for name in chosen:
        print(name, flush=True)
        figures, skipped = [], None
        with tempfile.TemporaryDirectory() as folder:
            try:
                for figure in measures[name](Path(folder)):
                    print(f"  {figure}", flush=True)
                    figures.append(figure._asdict())
            except Skipped as error:
                skipped = str(error)
                print(f"  left out: {skipped}", flush=True)
            except Exception as error:
                # What other parts give must not be lost; half of what this one gives would mislead.
                failed.append(name)
                print(f"  failed: {error!r}", flush=True)
                continue
        if figures:
            known: dict[str, Any] = json.loads(target.read_bytes()) if target.exists() else {}
            known[name] = {"machine": machine(), "figures": figures} | (
                {"left out": skipped} if skipped else {}
            )
            with whole_file(target) as stream:
                stream.write((json.dumps(known, indent=1, ensure_ascii=False) + "\n").encode())
    return failed


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("only", nargs="*")
    parser.add_argument("--to", type=Path, default=FILE)
    parser.add_argument("--sets", type=Path, nargs="*", default=[])
    parser.add_argument("--library", type=int, nargs="*", default=[100, 10_000, 100_000])
    options = parser.parse_args()
    measures = parts(options.sets, options.library)
    if unknown := set(options.only) - set(measures):
        parser.error(f"no such part: {', '.join(sorted(unknown))}. There are: {', '.join(measures)}")
    os.environ.setdefault("PYTHONHASHSEED", "0")
    if failed := measure(options.only or list(measures), measures, options.to):
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
