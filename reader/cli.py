"""The command line: parse arguments, call, print."""

from __future__ import annotations

import json
import sys

import click

from reader import batch
from reader.errors import EXIT_NOTHING_READABLE, EXIT_SOME_FAILED


@click.group()
def main() -> None:
    """Read the news in your terminal and see who said what."""


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--raw", is_flag=True)
@click.option("--jobs", type=click.IntRange(1), default=1)
@click.option("--format", "format_", type=click.Choice(["json", "jsonl"]), default="jsonl")
@click.option("--pipeline")
def analyse(paths: tuple[str, ...], raw: bool, jobs: int, format_: str, pipeline: str | None) -> None:
    """Print the analysis of every article as JSON."""
    from reader.export.contract import record
    from reader.ingest import expand

    failed = done = 0
    for result in batch.process_all(expand(list(paths)), batch.Options(raw, pipeline), jobs):
        if isinstance(result, batch.Failure):
            failed += 1
            click.echo(f"onrecord: {result.title}. {result.hint}", err=True)
            continue
        done += 1
        json.dump(record(result.article, result.analysis), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    if failed:
        sys.exit(EXIT_SOME_FAILED if done else EXIT_NOTHING_READABLE)
