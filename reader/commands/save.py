"""`onrecord save`: articles of any address, kept for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reader.commands.inputs import complain
from reader.commands.library import shape
from reader.commands.options import AGAIN, LIBRARY, PRIVATE, Choice, job_options
from reader.commands.shelf import print_json
from reader.model.errors import EXIT_NOTHING_READABLE, EXIT_SOME_FAILED, ReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reader.work.saving import Saved


@click.command(short_help="Keep the articles of addresses, to be looked at again.")
@click.argument("addresses", metavar="URL|-...", nargs=-1, required=True)
@click.option("--later", is_flag=True, help="Put them on the list to be read later too.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="Add this tag; may be given several times.")
@AGAIN
@click.option("--format", "-f", "format_", type=Choice(["text", "json"]), default="text")
@PRIVATE
@LIBRARY
def save(
    addresses: tuple[str, ...],
    later: bool,
    tags: tuple[str, ...],
    again: bool,
    format_: str,
    allow_private: bool,
    library_path: Path | None,
) -> None:
    """Save the articles of addresses: fetched, cleaned, analysed, and looked at again for changes.

    With - the addresses are read from standard input, one a line. What the library has is not fetched once
    more. `onrecord update` looks at saved articles again.

    \b
    onrecord save https://example.org/a https://example.net/b --later
    grep -o 'https://[^ ]*' notes.txt | onrecord save -
    """
    from reader.commands.progress import tracked
    from reader.text.safety import one_line
    from reader.work.batch import Failure
    from reader.work.saving import save_each

    wanted = list(_expanded(addresses))
    options = job_options(allow_private=allow_private, library_path=library_path, again=again)
    names = [name for tag in tags if (name := one_line(tag).lstrip("#"))]
    saved: list[Saved] = []
    failed = 0
    for result in tracked(
        save_each(wanted, options, later=later, tags=names), len(wanted), "Saving", printing=False
    ):
        if isinstance(result, Failure):
            failed += 1
            complain(str(ReaderError(result.title, result.hint)))
            continue
        saved.append(result)
        if format_ == "text":
            title = one_line(result.entry.title or result.entry.source)
            known = "" if result.fetched else "  (in the library already)"
            click.echo(f"{result.entry.id:>6}  {title}{known}", file=sys.stdout)
    if format_ == "json":
        print_json([shape(result.entry) for result in saved])
    if not wanted:
        complain("There are no addresses in there: write one a line.")
    if failed or not wanted:
        sys.exit(EXIT_SOME_FAILED if saved else EXIT_NOTHING_READABLE)


def _expanded(addresses: tuple[str, ...]) -> Iterator[str]:
    for address in addresses:
        if address == "-":
            lines = sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()
            yield from (line.strip() for line in lines if line.strip())
        else:
            yield address
