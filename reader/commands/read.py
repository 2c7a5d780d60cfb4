"""`onrecord read`, which is what `onrecord PATH` does."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from reader.commands.inputs import Inputs
from reader.commands.options import NO_COLOR, THEME, analysis_options

if TYPE_CHECKING:
    from reader.work.messages import JobOptions


@click.command()
@click.argument("sources", metavar="[PATH|URL|-|FOLDER]...", nargs=-1)
@click.option("--plain", is_flag=True, help="Print the article linearly, for pipes and screen readers.")
@THEME
@NO_COLOR
@analysis_options
def read(sources: tuple[str, ...], plain: bool, theme: str | None, options: JobOptions) -> None:
    """Open the reader: what `onrecord PATH` does.

    \b
    onrecord article.html
    onrecord https://news.example/story
    onrecord --plain article.html
    """
    on_terminal = not plain and sys.stdout.isatty()
    if on_terminal and os.environ.get("TERM") != "dumb":
        from reader.tui.start import run

        sys.exit(run(sources, options, theme=theme))
    if not sources:
        why = "TERM=dumb has no screen for the reader" if on_terminal else "Nothing to print"
        raise click.UsageError(f"{why}: name a file, an address or - for standard input to print.")
    from reader.export.options import Options
    from reader.export.registry import find

    Inputs(sources, options).save(find("text"), None, Options())
