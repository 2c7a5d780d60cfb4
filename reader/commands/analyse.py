"""`onrecord analyse`: all findings as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.commands.inputs import Inputs
from reader.commands.options import FORCE, JOBS, OUTPUT, SOURCES, Choice, analysis_options

if TYPE_CHECKING:
    from reader.work.messages import JobOptions


@click.command()
@SOURCES
@click.option(
    "--format",
    "format_",
    type=Choice(["json", "jsonl"]),
    default="json",
    show_default=True,
    help="json: one value, an array when there are several sources; jsonl: one line per article.",
)
@JOBS
@OUTPUT
@FORCE
@click.option("--scheduler", metavar="ADDRESS", help="Let the workers of this Dask scheduler analyse.")
@click.option("--collect", is_flag=True, help="Let workers send what they find: they share no folder.")
@click.option("--restart", is_flag=True, help="Delete the results of another plan in the folder.")
@analysis_options
def analyse(
    sources: tuple[str, ...],
    format_: str,
    jobs: int,
    output: str | None,
    force: bool,
    scheduler: str | None,
    collect: bool,
    restart: bool,
    options: JobOptions,
) -> None:
    """Print all findings as JSON (schema onrecord/1).

    Offsets are Unicode code points into the article's text, end exclusive.

    JSON lines into a folder make an archive: parts of about 250 kB of input, each written whole, so that
    the same command goes on where it was interrupted. The library is not asked.

    \b
    onrecord analyse article.html
    onrecord analyse --format jsonl --jobs 2 articles/ > findings.jsonl
    onrecord analyse --format jsonl --jobs 4 --output results/ articles/
    onrecord analyse --scheduler tcp://10.0.0.1:8786 --output /shared/results/ /shared/archive.jsonl
    """
    if scheduler and not output:
        raise click.UsageError("Say where the results go: --output FOLDER.")
    if output and (scheduler or (format_ == "jsonl" and (output.endswith("/") or Path(output).is_dir()))):
        from reader.commands.archive import analyse_archive

        if force:
            raise click.UsageError("An archive overwrites nothing: --restart deletes what is there.")
        if collect and not scheduler:
            raise click.UsageError("--collect goes with --scheduler.")
        analyse_archive(
            sources, options, output, jobs=jobs, scheduler=scheduler, collect=collect, restart=restart
        )
        return
    if collect or restart:
        raise click.UsageError("--collect and --restart are for archives: --format jsonl --output FOLDER/.")
    from reader.export.options import Options
    from reader.export.registry import find

    Inputs(sources, options, jobs).save(find(format_), output, Options(), force=force)
