"""The command line: parse arguments, call, print.

Data goes to standard output, messages to standard error. Nothing heavy is imported before a command
needs it: completion, ``--help`` and ``--version`` must answer at once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from reader.commands.run import Run, complain
from reader.model.errors import EXIT_SOME_FAILED, ExportError, ReaderError
from reader.work import batch

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    Command = Callable[..., None]

_INTERRUPTED = 130  # what shells report for a program that ctrl+c ended


class _Commands(click.Group):
    """Commands by name; anything else in first place is something to read.

    A file that is named like a command is reached as ``./name`` or after ``--``.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ("--help", "-h", "--version")):
            args = ["read", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [*super().shell_complete(ctx, incomplete), CompletionItem(incomplete, type="file")]

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ReaderError as error:
            complain(str(error))
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            sys.exit(_INTERRUPTED)


def _list(context: click.Context, _parameter: click.Parameter, chosen: bool) -> None:
    if not chosen:
        return
    from reader.export.registry import FORMATS

    for form in FORMATS.values():
        click.echo(f"{form.name:14}{form.suffix:9}{form.title}: {form.description}")
    context.exit()


def _no_color(_context: click.Context, _parameter: click.Parameter, chosen: bool) -> None:
    if chosen:
        os.environ["NO_COLOR"] = "1"


_sources = click.argument("sources", metavar="PATH|URL|-|FOLDER...", nargs=-1, required=True)
_raw = click.option(
    "--raw", is_flag=True, help="Skip cleaning: keep the file's text character for character."
)
_pipeline = click.option("--pipeline", metavar="NAME", help="Use this spaCy pipeline, not the embedded one.")
_groups = click.option("--groups", is_flag=True, help="Show peoples, faiths and the like as entities too.")
_language = click.option(
    "--any-language", is_flag=True, help="Look for names and speakers in other languages than English too."
)
_jobs = click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, help="Number of processes."
)
_private = click.option("--allow-private", is_flag=True, help="Fetch from private addresses too.")
_output = click.option("--output", "-o", metavar="PATH", help="Write there.")
_force = click.option("--force", is_flag=True, help="Overwrite what is there.")
_theme = click.option("--theme", metavar="NAME", help="Colours to use: see `onrecord themes`.")
_colour = click.option(
    "--no-color", is_flag=True, expose_value=False, callback=_no_color, help="Print and draw without colour."
)


def _analysis_options(command: Command) -> Command:
    """Options that say how to read and analyse; the command gets one ``options`` for them."""
    from functools import wraps

    @wraps(command)
    def merged(
        raw: bool, pipeline: str | None, groups: bool, any_language: bool, allow_private: bool, **rest: Any
    ) -> None:
        command(options=_options(raw, pipeline, groups, any_language, allow_private), **rest)

    for option in (_private, _language, _groups, _pipeline, _raw):
        merged = option(merged)
    return merged


def _options(
    raw: bool, pipeline: str | None, groups: bool, any_language: bool, allow_private: bool
) -> batch.Options:
    from reader.settings import settings

    chosen = settings.load()
    return batch.Options(
        raw=raw,
        pipeline=pipeline or chosen.pipeline or None,
        show_groups=groups or chosen.show_groups,
        any_language=any_language or chosen.any_language,
        allow_private=allow_private or chosen.private_addresses,
    )


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="onrecord", message="onrecord %(version)s")
def main() -> None:
    """Read the news in your terminal and see who said what.

    `onrecord PATH`, `onrecord URL` or `onrecord -` opens the reader; without a terminal it prints what
    --plain prints. `onrecord` alone asks what to read: paste an article, open a file or try a sample.
    """


@main.command()
@click.argument("sources", metavar="[PATH|URL|-|FOLDER]...", nargs=-1)
@click.option("--plain", is_flag=True, help="Print the article linearly, for pipes and screen readers.")
@_theme
@_colour
@_analysis_options
def read(sources: tuple[str, ...], plain: bool, theme: str | None, options: batch.Options) -> None:
    """Open the reader: what `onrecord PATH` does."""
    if not plain and sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        from reader.tui.start import run

        sys.exit(run(sources, options, theme=theme))
    if not sources:
        raise click.UsageError("Nothing to print: name a file, an address or - for standard input.")
    from reader.export.options import Options
    from reader.export.registry import find

    Run(sources, options).save(find("text"), None, Options())


@main.command()
@_sources
@click.option(
    "--format",
    "format_",
    type=click.Choice(["json", "jsonl"]),
    default="json",
    show_default=True,
    help="json: one value, an array when there are several sources; jsonl: one line per article.",
)
@_jobs
@_output
@_force
@_analysis_options
def analyse(
    sources: tuple[str, ...],
    format_: str,
    jobs: int,
    output: str | None,
    force: bool,
    options: batch.Options,
) -> None:
    """Print all findings as JSON (schema onrecord/1).

    Offsets are Unicode code points into the article's text, end exclusive.
    """
    from reader.export.options import Options
    from reader.export.registry import find

    Run(sources, options, jobs).save(find(format_), output, Options(), force=force)


@main.command()
@_sources
@click.option("--format", "-f", "format_", metavar="NAME", help="See --list; by default that of --output.")
@click.option(
    "--list", is_flag=True, is_eager=True, expose_value=False, callback=_list, help="List the formats."
)
@click.option("--only", type=click.Choice(["quotations", "entities"]), help="Leave out the rest.")
@click.option("--selection", metavar="START:END", help="Only this part of the text, in code points.")
@click.option("--marks", type=click.Choice(["highlight", "bold"]), default="highlight", help="For Markdown.")
@_theme
@_jobs
@_output
@_force
@_analysis_options
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
    options: batch.Options,
) -> None:
    """Write articles with their highlights to files.

    For reading, computing or citing: see --list.

    Several articles go into the folder --output, one file each, or into one file where the format has
    room for many.
    """
    from reader.export import registry
    from reader.export.citation import today
    from reader.export.options import Options

    suffix = Path(output).suffix.lower() if output else ""
    by_suffix = next((form.name for form in registry.FORMATS.values() if form.suffix == suffix), "html")
    try:
        form = registry.find(format_ or by_suffix)
    except ExportError as error:
        raise click.UsageError(str(error)) from error
    choices = Options(
        theme=_chosen_theme(theme),
        only=only,
        selection=_span(selection),
        marks=marks,
        accessed=today(),
    )
    Run(sources, options, jobs).save(form, output, choices, force=force)


def _span(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    start, _, end = text.partition(":")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise click.UsageError("--selection takes two offsets, for instance 120:480.")
    return int(start), int(end)


def _listing(name: str, meaning: str, formats: list[str], only: str) -> None:
    """Add a command that prints one kind of finding."""

    @main.command(name, help=meaning)
    @_sources
    @click.option("--format", "-f", "format_", type=click.Choice(formats), default="text", show_default=True)
    @_jobs
    @_output
    @_force
    @_analysis_options
    def command(
        sources: tuple[str, ...],
        format_: str,
        jobs: int,
        output: str | None,
        force: bool,
        options: batch.Options,
    ) -> None:
        from reader.export.options import Options
        from reader.export.registry import find

        choices = Options(only=cast("Any", only))
        Run(sources, options, jobs).save(find(format_), output, choices, force=force)


_listing("quotations", "Print every quotation with its speaker.", ["text", "csv", "jsonl"], "quotations")
_listing("entities", "Print people, places and organisations.", ["text", "csv-entities", "jsonl"], "entities")


@main.command()
@_sources
@click.option(
    "--removed", is_flag=True, help="Print what was dropped (line, reason, text) instead of the text."
)
@click.option("--keep-everything", is_flag=True, help="Put back all that cleaning would remove.")
@_private
def clean(sources: tuple[str, ...], removed: bool, keep_everything: bool, allow_private: bool) -> None:
    """Print the cleaned article, or what was dropped.

    One block per line, a blank line between.
    """
    from reader import ingest
    from reader.ingest.restoration import restore

    run = Run(sources, batch.Options())
    for source in run.sources:
        try:
            article = ingest.read(source, allow_private=allow_private)
        except ReaderError as error:
            run.fail(error)
            continue
        run.succeeded += 1
        if keep_everything:
            article = restore(article, [line.line for line in article.removed])
        for notice in article.notices:
            complain(notice)
        if removed:
            lines = [f"{line.line}\t{line.reason}\t{line.text}\n" for line in article.removed]
        else:
            lines = [" ".join(article.text[b.start : b.end].split()) + "\n\n" for b in article.blocks]
        sys.stdout.buffer.write("".join(lines).encode())
    run.finish()


@main.group(invoke_without_command=True)
@click.pass_context
def themes(context: click.Context) -> None:
    """List the themes, or check them."""
    if context.invoked_subcommand:
        return
    for name, theme in _themes().items():
        click.echo(f"{name:22}{theme.label}")


@themes.command()
@click.argument("paths", metavar="[THEME.toml]...", nargs=-1, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Check contrast (WCAG 2.2) and that the types are told apart, also by colour-blind eyes."""
    from reader.settings.theme import check as problems_of
    from reader.settings.theme import load_theme

    checked = [load_theme(path) for path in paths] if paths else list(_themes().values())
    problems = [problem for theme in checked for problem in problems_of(theme)]
    for problem in problems:
        click.echo(f"{problem.theme}: {problem.message}")
    if problems:
        sys.exit(EXIT_SOME_FAILED)
    click.echo(f"{len(checked)} themes checked, no problem found.")


def _themes() -> dict[str, Any]:
    from reader.settings import settings
    from reader.settings.theme import collect

    collection = collect(settings.themes_folder())
    for error in collection.errors.values():
        complain(str(error))
    return dict(collection.themes)


def _chosen_theme(name: str | None) -> Any:
    if name is None:
        return None
    found = _themes()
    if name not in found:
        raise click.UsageError(f"There is no theme {name!r}. There are: {', '.join(found)}.")
    return found[name]


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array of facts.")
@_pipeline
def doctor(as_json: bool, pipeline: str | None) -> None:
    """Describe this installation and its terminal.

    Versions, which language pipeline is in use and why, what the terminal can do, where files are.
    """
    from dataclasses import asdict

    from reader.commands.doctor import examine

    facts = list(examine(pipeline))
    if as_json:
        import json

        click.echo(json.dumps([asdict(fact) for fact in facts], ensure_ascii=False, indent=2))
        return
    section = ""
    for fact in facts:
        if fact.section != section:
            section = fact.section
            click.echo(section.capitalize())
        click.echo(f"  {fact.name:26}{fact.value}" + (f"  ({fact.advice})" if fact.advice else ""))
