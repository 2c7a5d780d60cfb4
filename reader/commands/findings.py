"""`onrecord quotations` and `onrecord entities`: one kind of finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from reader.commands.inputs import Inputs
from reader.commands.options import FORCE, JOBS, OUTPUT, SOURCES, Choice, analysis_options

if TYPE_CHECKING:
    from reader.work.messages import JobOptions


def _listing(
    only: Literal["quotations", "entities"], meaning: str, formats: list[str], *examples: str
) -> click.Command:
    """Return the command that prints one kind of finding."""

    @click.command(
        only, help=f"{meaning}\n\n\b\n" + "\n".join(f"onrecord {only} {example}" for example in examples)
    )
    @SOURCES
    @click.option("--format", "-f", "format_", type=Choice(formats), default="text", show_default=True)
    @JOBS
    @OUTPUT
    @FORCE
    @analysis_options
    def command(
        sources: tuple[str, ...],
        format_: str,
        jobs: int,
        output: str | None,
        force: bool,
        options: JobOptions,
    ) -> None:
        from reader.export.options import Options
        from reader.export.registry import find

        Inputs(sources, options, jobs).save(find(format_), output, Options(only=only), force=force)

    return command


quotations = _listing(
    "quotations",
    "Print every quotation with its speaker.",
    ["text", "csv", "jsonl"],
    "article.html",
    "articles/ --format csv --output quotations.csv",
)
entities = _listing(
    "entities",
    "Print people, places and organisations.",
    ["text", "csv-entities", "jsonl"],
    "article.html",
    "article.html --format csv-entities",
)
