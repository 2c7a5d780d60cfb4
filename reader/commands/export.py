"""`onrecord export`: articles with their highlights, as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.commands.inputs import Inputs
from reader.commands.options import FORCE, JOBS, OUTPUT, SOURCES, THEME, Choice, analysis_options
from reader.commands.themes import chosen_theme
from reader.model.errors import ExportError

if TYPE_CHECKING:
    from reader.work.messages import JobOptions


def _list(context: click.Context, _parameter: click.Parameter, chosen: bool) -> None:
    if not chosen:
        return
    from reader.export.registry import FORMATS

    for form in FORMATS.values():
        click.echo(f"{form.name:14}{form.suffix:9}{form.title}: {form.description}")
    context.exit()


@click.command()
@SOURCES
@click.option("--format", "-f", "format_", metavar="NAME", help="See --list; by default that of --output.")
@click.option(
    "--list", is_flag=True, is_eager=True, expose_value=False, callback=_list, help="List the formats."
)
@click.option("--only", type=Choice(["quotations", "entities"]), help="Leave out the rest.")
@click.option("--selection", metavar="START:END", help="Only this part of the text, in code points.")
@click.option("--marks", type=Choice(["highlight", "bold"]), default="highlight", help="For Markdown.")
@THEME
@JOBS
@OUTPUT
@FORCE
@analysis_options
def export(
    sources: tuple[str, ...],
    format_: str | None,
    only: Any,
    selection: str | None,
    marks: Any,
    theme: str | None,
    jobs: int,
    output: str | None,
    force: bool,
    options: JobOptions,
) -> None:
    """Write articles with their highlights to files.

    For reading, computing or citing: see --list.

    Several articles go into the folder --output, one file each, or into one file where the format has
    room for many.

    \b
    onrecord export article.html --format docx --output article.docx
    onrecord export articles/ --format csv > quotations.csv
    onrecord export --list
    """
    from reader.export import registry
    from reader.export.citation import today
    from reader.export.options import Options

    try:
        form = registry.find(format_ or _by_suffix(output))
    except ExportError as error:
        raise click.UsageError(str(error)) from error
    choices = Options(
        theme=chosen_theme(theme),
        only=only,
        selection=_span(selection),
        marks=marks,
        accessed=today(),
    )
    Inputs(sources, options, jobs).save(form, output, choices, force=force)


def _by_suffix(output: str | None) -> str:
    """Return the name of the format that a path asks for: a web page where it asks for none."""
    from reader.export.registry import FORMATS

    path = Path(output or "")
    suffix = path.suffix.lower()
    if not suffix or path.is_dir() or (output or "").endswith("/"):
        return "html"
    for form in FORMATS.values():
        if form.suffix == suffix:
            return form.name
    raise click.UsageError("The name of the file tells no format: add --format. --list shows all.")


def _span(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    start, _, end = text.partition(":")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise click.UsageError("--selection takes two offsets, for instance 120:480.")
    return int(start), int(end)
