"""`onrecord analyse`: all findings as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.commands.inputs import Inputs
from reader.commands.options import FORCE, JOBS, OUTPUT, SOURCES, analysis_options

if TYPE_CHECKING:
    from reader.work.messages import JobOptions


@click.command()
@SOURCES
@click.option(
    "--format",
    "format_",
    type=click.Choice(["json", "jsonl"]),
    default="json",
    show_default=True,
    help="json: one value, an array when there are several sources; jsonl: one line per article.",
)
@JOBS
@OUTPUT
@FORCE
@analysis_options
def analyse(
    sources: tuple[str, ...], format_: str, jobs: int, output: str | None, force: bool, options: JobOptions
) -> None:
    """Print all findings as JSON (schema onrecord/1).

    Offsets are Unicode code points into the article's text, end exclusive.

    \b
    onrecord analyse article.html
    onrecord analyse --format jsonl --jobs 2 articles/ > findings.jsonl
    """
    from reader.export.options import Options
    from reader.export.registry import find

    Inputs(sources, options, jobs).save(find(format_), output, Options(), force=force)
