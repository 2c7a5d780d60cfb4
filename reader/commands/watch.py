"""`onrecord watch`: searches by name that say what is new."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from reader.commands.inputs import complain
from reader.commands.options import LIBRARY, Number
from reader.commands.search import COLUMNS, hit_shape, print_hit
from reader.commands.shelf import FORMAT, opened, print_json, print_table
from reader.model.errors import EXIT_SOME_FAILED

if TYPE_CHECKING:
    from pathlib import Path

    from reader.library.library import Library
    from reader.library.search import Hit
    from reader.library.watches import Watch


class _Watches(click.Group):
    """Commands by name; anything else in first place is the name of a watch."""

    unnamed = "show"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ("--help", "-h")):
            args = [self.unnamed, *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Watches, short_help="Watch for what you ask for: searches by name.")
def watch() -> None:
    """Watch for what you ask for: searches by name, and what is new to them.

    `onrecord watch` lists them with what is new, `onrecord watch NAME` shows what one finds, `--new` only
    what has not been shown before.

    \b
    onrecord watch add rates "by:lagarde about:rates"
    onrecord watch add rewritten "has:change has:quote"
    onrecord watch add football "football -scandal" --mute
    onrecord watch list
    onrecord watch show rates --new
    onrecord watch remove football
    onrecord watch --new --format json
    """


@watch.command()
@click.argument("name", metavar="NAME")
@click.argument("query", metavar="QUERY...", nargs=-1, required=True)
@click.option("--mute", is_flag=True, help="Hide what it finds from lists, instead of announcing it.")
@LIBRARY
def add(name: str, query: tuple[str, ...], mute: bool, library_path: Path | None) -> None:
    """Watch for what a search finds from now on.

    The QUERY is one of `onrecord search`. A watch that mutes hides articles, and entries of feeds as far as
    their words tell; they are counted and never deleted.

    \b
    onrecord watch add rates "by:lagarde about:rates"
    """
    from reader.library.watching import look
    from reader.text.safety import one_line

    with opened(library_path) as library:
        made = library.watches.add(name, " ".join(query), mute=mute)
        look(library)
        made = library.watches.get(made.name)
    told = f", which hides {_hides(made)}" if mute else ""
    click.echo(f"{one_line(made.name)}: {one_line(made.query)}{told}")


@watch.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@LIBRARY
def remove(names: tuple[str, ...], library_path: Path | None) -> None:
    """Remove watches. What they found stays in the library; what they hid is listed again.

    \b
    onrecord watch remove rates
    """
    from reader.library.errors import NotInLibrary

    failed = False
    with opened(library_path) as library:
        for name in names:
            try:
                library.watches.remove(name)
            except NotInLibrary as error:
                failed = True
                complain(str(error))
    if failed:
        sys.exit(EXIT_SOME_FAILED)


@watch.command("list")
@FORMAT
@LIBRARY
def list_(format_: str, library_path: Path | None) -> None:
    """List the watches, with what is new to each.

    \b
    onrecord watch list --format json
    """
    from reader.library.watching import look

    with opened(library_path) as library:
        look(library)
        _print_watches(library.watches.all(), format_)


@watch.command(hidden=True)
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--new", is_flag=True, help="Only what has not been shown with --new before.")
@click.option("--keep", is_flag=True, help="What is shown stays new.")
@click.option(
    "--quiet", "-q", is_flag=True, help="Print nothing: exit with 0 when there is something new, else 1."
)
@click.option("--limit", type=Number(1, 10_000), default=50, show_default=True, metavar="N")
@FORMAT
@LIBRARY
def show(
    name: str | None,
    new: bool,
    keep: bool,
    quiet: bool,
    limit: int,
    format_: str,
    library_path: Path | None,
) -> None:
    """Show what a watch finds, the newest first; without a NAME, with --new, what is new to any.

    \b
    onrecord watch show rates
    onrecord watch --new --quiet
    """
    from reader.library.watching import look, new_hits

    with opened(library_path) as library:
        look(library)
        chosen = library.watches.all() if name is None else [library.watches.get(name)]
        if quiet:
            sys.exit(0 if any(one.new for one in chosen) else EXIT_SOME_FAILED)
        if not new and name is None:
            _print_watches(chosen, format_)
            return
        found = [
            (one, hit)
            for one in chosen
            for hit in (new_hits(library, one, see=not keep) if new else _all_hits(library, one, limit))
        ]
    _print_hits(found, format_, named=name is None)


def _hides(one: Watch) -> str:
    entries = f"{one.hidden:,} entr{'y' if one.hidden == 1 else 'ies'} of feeds"
    return f"{one.found:,} article{'s' * (one.found != 1)} and {entries}"


def _all_hits(library: Library, one: Watch, limit: int) -> list[Hit]:
    return library.search(one.query, limit=limit)[:limit]


def _print_hits(found: list[tuple[Watch, Hit]], format_: str, *, named: bool) -> None:
    from reader.text.safety import one_line

    shapes = [{"watch": one.name, **hit_shape(hit)} for one, hit in found]
    if format_ == "json":
        print_json(shapes)
    elif format_ == "csv":
        print_table(("watch", *COLUMNS), ({**shape, **shape["article"]} for shape in shapes))
    else:
        if not found:
            complain("Nothing is new." if named else "Nothing found.")
        last = None
        for one, hit in found:
            if named and one.name != last:
                click.echo(f"{'' if last is None else chr(10)}{one_line(one.name)}")
                last = one.name
            print_hit(hit)


def _print_watches(watches: list[Watch], format_: str) -> None:
    from reader.text.safety import one_line

    columns = ("name", "query", "mute", "made", "new", "found", "hidden")
    shapes: list[dict[str, Any]] = [{name: getattr(one, name) for name in columns} for one in watches]
    if format_ == "json":
        print_json(shapes)
    elif format_ == "csv":
        print_table(columns, shapes)
    else:
        if not watches:
            complain("You watch for nothing yet: `onrecord watch add NAME QUERY`.")
        for one in watches:
            told = f"{one.found + one.hidden:,} muted" if one.mute else f"{one.new:,} new"
            click.echo(f"{told:>12}  {one_line(one.name)}: {one_line(one.query)}")
