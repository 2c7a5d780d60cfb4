"""`onrecord tag` and `onrecord later`: sorting what is in the library."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reader.commands.inputs import complain
from reader.commands.options import LIBRARY
from reader.commands.shelf import FORMAT, opened, tell_nothing
from reader.model.errors import EXIT_NOTHING_READABLE, EXIT_SOME_FAILED

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Add tags to an article of the library; show them.")
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
            if not entry.tags:
                complain("It has no tags: `onrecord tag SOURCE TAG` adds one.")


@click.command(short_help="Keep articles to be read later; list them.")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@click.option("--done", is_flag=True, help="Take them off the list.")
@FORMAT
@LIBRARY
def later(sources: tuple[str, ...], done: bool, format_: str, library_path: Path | None) -> None:
    """Keep articles of the library to be read later; without a SOURCE print that list.

    `onrecord save --later URL` puts an article there that the library does not have yet.

    \b
    onrecord later https://example.org/long-read
    onrecord later --done 12
    """
    from reader.commands.library import print_entries
    from reader.library.errors import NotInLibrary

    failed = 0
    with opened(library_path) as found:
        for source in sources:
            try:
                found.articles.keep_for_later(found.articles.get(source).id, not done)
            except NotInLibrary as error:
                failed += 1
                complain(str(error))
        if not sources:
            entries = list(found.articles.every(later=True))
            print_entries(entries, format_)
            if not entries and format_ == "text":
                tell_nothing(found, "Nothing is kept for later: `onrecord later SOURCE` does that.")
    if failed:
        sys.exit(EXIT_SOME_FAILED if failed < len(sources) else EXIT_NOTHING_READABLE)
