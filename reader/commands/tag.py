"""`onrecord tag` and `onrecord later`: sorting what is in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.commands.options import LIBRARY
from reader.commands.shelf import opened

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("source", metavar="SOURCE")
@click.argument("tags", metavar="TAG...", nargs=-1)
@click.option("--remove", is_flag=True, help="Take the tags away.")
@LIBRARY
def tag(source: str, tags: tuple[str, ...], remove: bool, library_path: Path | None) -> None:
    """Add tags to an article of the library; without a TAG print those it has.

    \b
    onrecord tag article.html economy berlin
    """
    from reader.text.safety import one_line

    names = [name for tag in tags if (name := one_line(tag).lstrip("#"))]
    with opened(library_path) as found:
        entry = found.articles.get(source)
        if names:
            found.articles.tag(entry.id, add=() if remove else names, remove=names if remove else ())
        else:
            for name in entry.tags:
                click.echo(one_line(name))


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@click.option("--done", is_flag=True, help="Take them off the list.")
@LIBRARY
def later(sources: tuple[str, ...], done: bool, library_path: Path | None) -> None:
    """Keep articles of the library to be read later; without a SOURCE print that list.

    \b
    onrecord later https://example.org/long-read
    """
    from reader.text.safety import one_line

    with opened(library_path) as found:
        for source in sources:
            found.articles.keep_for_later(found.articles.get(source).id, not done)
        if not sources:
            for entry in found.articles.every(later=True):
                click.echo(f"{entry.id:>6}  {one_line(entry.title or entry.source)}")
