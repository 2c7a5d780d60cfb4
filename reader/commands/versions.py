"""`onrecord versions`: what an article said before, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reader.commands.options import LIBRARY, Choice
from reader.commands.shelf import opened, print_json

if TYPE_CHECKING:
    from pathlib import Path

    from reader.library.changes import Change


def change_shape(change: Change) -> dict[str, Any]:
    """Return a change as the public JSON gives it."""
    return {"kind": change.kind, "before": change.before, "after": change.after}


@click.command(short_help="Show what changed between versions of an article.")
@click.argument("source", metavar="SOURCE")
@click.option("--format", "-f", "format_", type=Choice(["text", "json"]), default="text")
@LIBRARY
def versions(source: str, format_: str, library_path: Path | None) -> None:
    """Show the versions of an article that the library has, and what changed between the last two.

    Quotations come first: changed, vanished, given to another speaker; then numbers, names and wording.

    \b
    onrecord versions https://news.example/story
    onrecord versions article.html --format json
    """
    from reader.library.changes import changes
    from reader.library.reading import version
    from reader.text.safety import one_line

    with opened(library_path) as library:
        entry = library.articles.get(source)
        found = library.articles.versions(entry.id)
        told = []
        if len(found) > 1:
            older, newer = (version(library, entry.id, one.id) for one in found[-2:])
            told = changes(older, newer)
    if format_ == "json":
        print_json(
            {
                "versions": [{"id": v.id, "fetched": v.fetched, "title": v.title} for v in found],
                "changes": [change_shape(change) for change in told],
            }
        )
        return
    for one in found:
        when = one.fetched[:16].replace("T", " ")
        click.echo(f"{one.id:>6}  {when}  {one_line(one.title or entry.source)}")
    if len(found) > 1 and not told:
        click.echo("The last two say the same.")
    for change in told:
        click.echo(f"\n{change.kind.capitalize()}")
        for sign, words in (("-", change.before), ("+", change.after)):
            if words is not None:
                click.echo(f"  {sign} {one_line(words)}")
