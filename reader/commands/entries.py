"""`onrecord feeds entries` and its kind: what the feeds say, listed, shown and marked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from reader.commands.inputs import complain
from reader.commands.options import LIBRARY, PRIVATE, Number
from reader.commands.shelf import FORMAT, opened, print_json, print_table

if TYPE_CHECKING:
    from pathlib import Path

    from reader.library.entries import Entry

NO_FEEDS = "You follow no feeds yet: `onrecord feeds add URL`, or `onrecord feeds import FILE`."
"""What to say where a list of feeds, or of what they say, is empty."""

FOLDER = click.option(
    "--folder", metavar="FOLDER", help="In this folder; World/Europe is one inside another."
)
_NONE_LIKE_THAT = "Nothing is like that. `onrecord feeds entries` lists all."
_NOTHING = "Nothing is listed. `onrecord update` asks the feeds what is new."
_ENTRY_COLUMNS = (
    "id", "title", "link", "author", "published", "dated", "seen", "changed", "read", "feeds", "article",
)  # fmt: skip
_ENTRIES = click.argument("entries", metavar="ENTRY...", nargs=-1, type=int)


def entry_shape(entry: Entry) -> dict[str, Any]:
    """Return an entry as the public JSON gives it; ``article`` is its number in the library."""
    values = {name: getattr(entry, name, None) for name in _ENTRY_COLUMNS}
    return {**values, "feeds": list(entry.sources), "article": entry.document}


def folder_named(given: str) -> str:
    """Return a folder as it is kept."""
    from reader.text.safety import one_line

    return "/".join(name for part in given.split("/") if (name := one_line(part)))


@click.command("entries")
@click.argument("feed", metavar="[FEED]", required=False)
@FOLDER
@click.option("--unread", is_flag=True, help="Only what is unread.")
@click.option("--muted", is_flag=True, help="Only what muting watches hide, which is left out else.")
@click.option("--limit", type=Number(1), metavar="N", help="At most so many, the newest.")
@FORMAT
@LIBRARY
def entries_(
    feed: str | None,
    folder: str | None,
    unread: bool,
    muted: bool,
    limit: int | None,
    format_: str,
    library_path: Path | None,
) -> None:
    """List what the feeds say, the newest first. A story that several feeds tell comes once.

    In text, * is unread and + changed since you read it; what has no date, or one that is yet to come, stands
    where it was first seen, with ? behind that day.

    \b
    onrecord feeds entries --unread --limit 20
    onrecord feeds entries Comics --format json
    """
    with opened(library_path) as library:
        number = library.feeds.get(feed).id if feed else None
        within = folder_named(folder) if folder else None
        found = list(
            library.entries.every(feed=number, folder=within, unread=unread, muted=muted, limit=limit)
        )
        if format_ == "json":
            print_json([entry_shape(entry) for entry in found])
        elif format_ == "csv":
            print_table(_ENTRY_COLUMNS, map(entry_shape, found))
        else:
            if not found:
                nothing = _NONE_LIKE_THAT if feed or folder or unread or muted else _NOTHING
                complain(nothing if library.feeds.count() else NO_FEEDS)
            for entry in found:
                click.echo(entry_line(entry))
        hidden = 0 if muted else library.entries.muted()
    if hidden:
        complain(f"{hidden:,} muted entr{'y' if hidden == 1 else 'ies'} not listed: --muted lists them.")


def entry_line(entry: Entry) -> str:
    """Return an entry as one line of a list."""
    from reader.text.safety import one_line

    state = "*" if entry.read is None else "+" if entry.changed_since else " "
    day = entry.moment[:10] + (" " if entry.dated == "given" else "?")
    offline = "  (kept)" if entry.document is not None else ""
    sources = ", ".join(map(one_line, entry.sources))
    return f"{entry.id:>6} {state} {day} {one_line(entry.shown)}  [{sources}]{offline}"


@click.command(short_help="Print an entry: its page, or the feed's own text.")
@click.argument("entry", metavar="ENTRY", type=int)
@click.option("--own-text", is_flag=True, help="What the feed itself says, whatever its page has.")
@PRIVATE
@LIBRARY
def show(entry: int, own_text: bool, allow_private: bool, library_path: Path | None) -> None:
    """Print an entry: the article of its page, or the feed's own text where that cannot be had.

    The page is fetched once and kept in the library; from then on it is there without a network.

    \b
    onrecord feeds show 17
    """
    from reader.commands.options import job_options
    from reader.export.options import Options
    from reader.export.registry import render
    from reader.work.entries import open_entry

    options = job_options(allow_private=allow_private, library_path=library_path)
    with opened(library_path) as library:
        shown = open_entry(library, entry, options, own_text=own_text)
        library.entries.mark([entry])
    complain(shown.told)
    sys.stdout.buffer.write(render("text", shown.article, shown.analysis, Options()))


@click.command()
@_ENTRIES
@click.option("--feed", "feed", metavar="FEED", help="Everything of this feed.")
@click.option("--all", "everything", is_flag=True, help="Everything of all feeds.")
@LIBRARY
def read(entries: tuple[int, ...], feed: str | None, everything: bool, library_path: Path | None) -> None:
    """Mark entries as read.

    \b
    onrecord feeds read 17 18
    onrecord feeds read --feed Comics
    """
    if bool(entries) + bool(feed) + everything != 1:
        raise click.UsageError("Name entries, or --feed FEED, or --all.")
    with opened(library_path) as library:
        if entries:
            library.entries.mark([library.entries.get(entry).id for entry in entries])
        else:
            count = len(library.entries.mark_all(library.feeds.get(feed).id if feed else None))
            click.echo(f"{count:,} marked as read.")


@click.command()
@click.argument("entries", metavar="ENTRY...", nargs=-1, type=int, required=True)
@LIBRARY
def unread(entries: tuple[int, ...], library_path: Path | None) -> None:
    """Mark entries as unread again.

    \b
    onrecord feeds unread 17
    """
    with opened(library_path) as library:
        library.entries.mark([library.entries.get(entry).id for entry in entries], read=False)
