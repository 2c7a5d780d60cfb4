"""Progress on standard error, when that is a terminal and no results are printed there as well."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


def tracked(items: Iterable[T], total: int, label: str, *, printing: bool = True) -> Iterator[T]:
    """Yield the items and show how many of the ``total`` have come.

    What is printed meanwhile must go to ``sys.stdout`` and ``sys.stderr`` as they are then, by their names:
    click's own remembers others, and writes into the bar.

    With ``printing`` each is printed to standard output, which must not be the same terminal.
    """
    if not sys.stderr.isatty() or (printing and sys.stdout.isatty()) or not total:
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    # What is printed meanwhile on a terminal comes above the bar; into a file it goes as it is.
    on_screen = sys.stdout.isatty()
    with Progress(*columns, console=console, transient=True, redirect_stdout=on_screen) as progress:
        yield from progress.track(items, total=total, description=label)
