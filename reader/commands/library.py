"""`onrecord library`: what it holds, and looking after its file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.commands.inputs import Inputs, complain
from reader.commands.options import FORCE, JOBS, LIBRARY, OUTPUT, SOURCES, Choice, Number, analysis_options
from reader.commands.shelf import FORMAT, opened, print_json, print_table, tell_nothing
from reader.model.errors import EXIT_SOME_FAILED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.library.listing import ListedArticle
    from reader.work.messages import JobOptions

_COLUMNS = ("id", "title", "source", "site", "published", "added", "state", "tags", "words", "quotations")


@click.group(short_help="Look after the library: import, list, check, back up.")
def library() -> None:
    """Look after the library: the articles that you read, saved or imported."""


def shape(entry: ListedArticle) -> dict[str, Any]:
    """Return an entry as the public JSON gives it."""
    values = {name: getattr(entry, name) for name in _COLUMNS}
    return {**values, "tags": list(entry.tags)}


def print_entries(entries: Iterable[ListedArticle], format_: str) -> None:
    """Print entries as text, JSON or CSV."""
    from reader.text.safety import one_line

    if format_ == "json":
        print_json([shape(entry) for entry in entries])
    elif format_ == "csv":
        print_table(_COLUMNS, map(shape, entries))
    else:
        for entry in entries:
            title = one_line(entry.title or entry.source)
            tags = "".join(f" #{one_line(name)}" for name in entry.tags)
            click.echo(f"{entry.id:>6}  {one_line(entry.published or entry.added)[:10]}  {title}{tags}")


@library.command("list")
@click.option("--tag", metavar="TAG", help="Only articles with this tag.")
@click.option("--site", metavar="SITE", help="Only articles from there.")
@click.option("--state", type=Choice(["new", "begun", "read"]), help="Only articles in this state.")
@click.option("--later", is_flag=True, help="Only what is kept to be read later.")
@click.option("--muted", is_flag=True, help="Only what muting watches hide, which is left out else.")
@click.option("--limit", type=Number(1), metavar="N", help="At most so many, the newest.")
@FORMAT
@LIBRARY
def list_(
    tag: str | None,
    site: str | None,
    state: Any,
    later: bool,
    muted: bool,
    limit: int | None,
    format_: str,
    library_path: Path | None,
) -> None:
    """List the articles of the library, the newest first.

    \b
    onrecord library list --tag economy
    onrecord library list --format json
    """
    with opened(library_path) as found:
        entries = list(
            found.articles.every(tag=tag, site=site, state=state, later=later, muted=muted, limit=limit)
        )
        print_entries(entries, format_)
        if not entries and format_ == "text":
            tell_nothing(found, "No article is like that: `onrecord library list` shows all.")
        hidden = 0 if muted else found.articles.muted()
    if hidden:
        complain(f"{hidden:,} muted article{'s' * (hidden != 1)} not listed: --muted lists them.")


@library.command("import", short_help="Read, analyse and keep articles.")
@SOURCES
@JOBS
@analysis_options
def import_(sources: tuple[str, ...], jobs: int, options: JobOptions) -> None:
    """Read, analyse and keep articles: files, folders, addresses.

    An article whose text is known already is not analysed again, so that an import that was interrupted
    goes on where it stopped. A file *.jsonl holds an article per line; one that `onrecord analyse --format
    jsonl` wrote comes with its analyses.

    \b
    onrecord library import ~/articles --jobs 2
    onrecord library import findings.jsonl
    """
    if options.library is None:
        raise click.UsageError("There is no library to import into: leave --no-library out.")
    from reader.library.library import Library
    from reader.library.reading import keep

    found = Library(Path(options.library))
    new = known = 0
    run = Inputs(sources, options, jobs)
    try:
        for article, analysis in run.machine_results(imported=True):
            kept = keep(found, article, analysis)
            new += kept.new_version
            known += not kept.new_version
    finally:
        found.close()
    click.echo(f"{new} article{'s' * (new != 1)} kept, {known} known already.")
    run.finish()


@library.command()
@LIBRARY
def path(library_path: Path | None) -> None:
    """Print where the library is.

    \b
    onrecord library path
    """
    from reader.library.location import usual_path

    click.echo(str(library_path or usual_path()))


@library.command()
@LIBRARY
def check(library_path: Path | None) -> None:
    """Look for damage in the file and its search index.

    \b
    onrecord library check
    """
    with opened(library_path) as found:
        problems = list(found.check())
        count = found.articles.count()
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(EXIT_SOME_FAILED)
    click.echo(f"The library is whole: {count} article{'s' * (count != 1)}.")


@library.command()
@click.argument("target", metavar="[PATH]", required=False, type=click.Path(path_type=Path, dir_okay=False))
@LIBRARY
def backup(target: Path | None, library_path: Path | None) -> None:
    """Write a checked copy of the library.

    Without a PATH it goes beside the library, and the newest three stay.

    \b
    onrecord library backup
    onrecord library backup --library ~/news.db copy.db
    """
    with opened(library_path) as found:
        click.echo(str(found.back_up(target)))


@library.command(short_help="Make the search index and the people anew.")
@LIBRARY
def rebuild(library_path: Path | None) -> None:
    """Make the search index and everything else that follows from the texts anew.

    Interrupted, it changes nothing. Nothing else can write to the library meanwhile.

    \b
    onrecord library rebuild
    """
    from reader.commands.progress import tracked

    with opened(library_path) as found:
        count = found.rebuild(lambda all_: tracked(all_, len(all_), "Making anew", printing=False))
    click.echo(f"Made anew from {count} article{'s' * (count != 1)}.")


@library.command()
@LIBRARY
def vacuum(library_path: Path | None) -> None:
    """Give unused room in the file back to the disk.

    \b
    onrecord library vacuum
    """
    with opened(library_path) as found:
        saved = found.vacuum()
    click.echo(f"{max(0, saved) / 1e6:.1f} MB given back.")


@library.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@LIBRARY
def forget(sources: tuple[str, ...], library_path: Path | None) -> None:
    """Delete articles with their corrections and tags. They cannot be brought back.

    A SOURCE is an address, a path, or the number that `onrecord library list` shows.

    \b
    onrecord library forget https://news.example/story
    onrecord library forget 12 13
    """
    from reader.library.errors import NotInLibrary

    failed = False
    with opened(library_path) as found:
        for source in sources:
            try:
                found.articles.forget(found.articles.get(source).id)
            except NotInLibrary as error:
                failed = True
                complain(str(error))
    if failed:
        sys.exit(EXIT_SOME_FAILED)


@library.command(short_help="Show how good the machine is for you.")
@click.option("--format", "-f", "format_", type=Choice(["text", "json"]), default="text")
@LIBRARY
def accuracy(format_: str, library_path: Path | None) -> None:
    """Show how good the machine is for you, by what you confirmed and corrected.

    First what you decided about one by one (`onrecord correct SOURCE confirm`, or another speaker), then
    everything in those articles, where what you left alone counts as right. The interval says where the
    true share lies, nineteen times in twenty, if what you decided about is a fair sample.

    \b
    onrecord library accuracy
    """
    from reader.library.accuracy import accuracy as measured

    with opened(library_path) as found:
        told = measured(found)
    if format_ == "json":
        scores = [{**score._asdict(), "interval": score.interval} for score in told.scores]
        print_json({"articles": told.articles, "scores": scores})
        return
    if not told.articles:
        click.echo("You have corrected nothing yet: `c` in the reader, or `onrecord correct`.")
        return
    articles = f"{told.articles:,} article{'s' * (told.articles != 1)}"
    for decided, heading in (
        (True, "Of what you confirmed or corrected:"),
        (False, f"Of everything in {articles}, what you left alone taken to be right:"),
    ):
        shown = [score for score in told.scores if score.decided == decided and score.all]
        if shown:
            click.echo(heading)
        for score in shown:
            low, high = score.interval
            share = f"{score.right / score.all:>5.0%}  ({low:.0%} to {high:.0%})"
            click.echo(f"  {score.what:<40}{share:<24}{score.right:,} of {score.all:,}")


@library.command("export-corrections", short_help="Write corrected articles as training data.")
@click.option(
    "--format",
    "-f",
    "format_",
    type=Choice(["jsonl", "docbin", "brat"]),
    default="jsonl",
    show_default=True,
)
@OUTPUT
@FORCE
@LIBRARY
def export_corrections(format_: str, output: str | None, force: bool, library_path: Path | None) -> None:
    """Write the articles that you have corrected, as corrected: to train a model with, or to look through.

    brat goes into a folder, the others into a file or to standard output.

    \b
    onrecord library export-corrections > corrected.jsonl
    onrecord library export-corrections --format docbin --output corrected.spacy
    onrecord library export-corrections --format brat --output corrected/
    """
    from reader.export.options import Options
    from reader.export.registry import write_many
    from reader.export.writing import new_file, save_folder
    from reader.library.reading import corrected_articles

    if output is None and format_ != "jsonl":
        raise click.UsageError(f"Say where: {format_} needs --output PATH.")
    failed = False
    with opened(library_path) as found:
        results = corrected_articles(found)
        if output is None:
            write_many(format_, results, sys.stdout.buffer, Options())
        elif format_ == "brat":
            for saved in save_folder(format_, results, Path(output), Options(), force=force):
                if saved.error is not None:
                    failed = True
                    complain(str(saved.error))
        else:
            with new_file(Path(output), force=force) as stream:
                write_many(format_, results, stream, Options())
    if failed:
        sys.exit(EXIT_SOME_FAILED)
