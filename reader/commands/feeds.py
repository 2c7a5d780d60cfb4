"""`onrecord feeds`: the feeds that are followed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.commands.entries import FOLDER, NO_FEEDS, entries_, folder_named, read, show, unread
from reader.commands.inputs import complain
from reader.commands.options import FORCE, LIBRARY, OUTPUT, PRIVATE, Choice
from reader.commands.shelf import FORMAT, opened, print_json, print_table
from reader.commands.update import PREFETCH, run_update
from reader.model.errors import EXIT_NOTHING_READABLE, EXIT_SOME_FAILED, ReaderError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.feeds.subscription import FeedList
    from reader.library.feeds import Feed
    from reader.library.library import Library

_COLUMNS = (
    "id", "name", "title", "address", "folder", "page", "unread", "entries", "own_text", "state", "checked",
    "due", "problem",
)  # fmt: skip


@click.group()
def feeds() -> None:
    """Follow feeds: the news comes to you.

    \b
    onrecord feeds add https://example.org/      its feeds are found
    onrecord feeds update
    onrecord feeds entries --unread
    onrecord feeds show 17
    """


def feed_shape(feed: Feed) -> dict[str, Any]:
    """Return a feed as the public JSON gives it."""
    return {name: getattr(feed, name) for name in _COLUMNS}


@feeds.command()
@click.argument("addresses", metavar="URL...", nargs=-1, required=True)
@FOLDER
@click.option("--name", metavar="NAME", help="What to call it.")
@click.option("--own-text", is_flag=True, help="Always show what the feed says; never fetch its pages.")
@PRIVATE
@LIBRARY
def add(
    addresses: tuple[str, ...],
    folder: str | None,
    name: str | None,
    own_text: bool,
    allow_private: bool,
    library_path: Path | None,
) -> None:
    """Follow feeds. The address of a page will do: its feeds are found, and listed if there are several.

    \b
    onrecord feeds add https://example.org/news.xml --folder World
    """
    from reader.commands.options import job_options
    from reader.text.safety import one_line
    from reader.updating import Update, look

    if name and len(addresses) > 1:
        raise click.UsageError("--name is for one feed.")
    private = job_options(allow_private=allow_private).allow_private
    succeeded = failed = 0
    with opened(library_path) as library:
        for address in addresses:
            try:
                found = look(address, allow_private=private)
            except ReaderError as error:
                failed += 1
                complain(str(error))
                continue
            if len(found) > 1:
                failed += 1
                complain(f"There are {len(found)} feeds at {one_line(address)}. Add one of these:")
                for one in found:
                    title = f"  {one_line(one.title)}" if one.title else ""
                    click.echo(f"{one.address}{title}")
                continue
            succeeded += 1
            wanted = found[0]._replace(name=name, folder=folder_named(folder or ""))
            new = library.feeds.add([wanted], own_text=own_text)
            feed = library.feeds.get(str(new[0]) if new else wanted.address)
            if not new:
                click.echo(f"{one_line(feed.shown)} is followed already.")
                continue
            for outcome in Update(library, [feed], allow_private=private):
                count = f"{outcome.new:,} entr{'y' if outcome.new == 1 else 'ies'}"
                feed = library.feeds.get(str(feed.id))
                click.echo(f"{one_line(feed.shown)}: {outcome.error or count}")
    _leave(succeeded, failed)


@feeds.command()
@click.argument("wanted", metavar="FEED...", nargs=-1, required=True)
@LIBRARY
def remove(wanted: tuple[str, ...], library_path: Path | None) -> None:
    """Follow feeds no longer. Their entries go; the articles that you opened or saved stay.

    A FEED is its address, its name, or the number that `onrecord feeds list` shows.

    \b
    onrecord feeds remove Comics
    """
    with opened(library_path) as library:
        for feed in _chosen(library, wanted):
            library.feeds.remove(feed.id)


@feeds.command("list", short_help="List the feeds with what is unread and wrong.")
@FORMAT
@LIBRARY
def list_(format_: str, library_path: Path | None) -> None:
    """List the feeds, by folder, with how many entries are unread, and what is wrong.

    \b
    onrecord feeds list --format json
    """
    from reader.text.safety import one_line

    with opened(library_path) as library:
        found = library.feeds.all()
    if format_ == "json":
        print_json([feed_shape(feed) for feed in found])
    elif format_ == "csv":
        print_table(_COLUMNS, map(feed_shape, found))
    else:
        if not found:
            complain(NO_FEEDS)
        folder = ""
        for feed in found:
            if feed.folder != folder:
                folder = feed.folder
                click.echo(one_line(folder))
            click.echo(
                f"{feed.id:>6} {feed.unread:>6}/{feed.entries:<6} {one_line(feed.shown)}{_trouble(feed)}"
            )


def _trouble(feed: Feed) -> str:
    from reader.text.safety import one_line

    if feed.state == "active" and not feed.problem:
        return ""
    failed = "failed" if feed.failures else "put off"
    states = {"active": failed, "parked": "parked, no longer asked", "gone": "gone, no longer asked"}
    return f"  ({states[feed.state]}: {one_line(feed.problem or 'no reason kept')})"


@feeds.command(short_help="Call a feed by another name.")
@click.argument("feed", metavar="FEED")
@click.argument("name", metavar="[NAME]", required=False)
@LIBRARY
def rename(feed: str, name: str | None, library_path: Path | None) -> None:
    """Call a feed by another name; without a NAME by its own title again.

    \b
    onrecord feeds rename 3 "The harbour"
    """
    from reader.text.safety import one_line

    with opened(library_path) as library:
        library.feeds.rename(library.feeds.get(feed).id, one_line(name or "") or None)


@feeds.command(short_help="Put feeds into a folder; choose the text that is shown.")
@click.argument("wanted", metavar="FEED...", nargs=-1, required=True)
@click.option("--folder", metavar="FOLDER", help="Put them into this folder; '' takes them out of any.")
@click.option(
    "--own-text/--page-text", default=None, help="Always show the feed's own text, or fetch the pages."
)
@LIBRARY
def change(
    wanted: tuple[str, ...], folder: str | None, own_text: bool | None, library_path: Path | None
) -> None:
    """Put feeds into a folder; say whether their own text is shown or the pages that they lead to.

    \b
    onrecord feeds change 3 4 --folder World/Europe
    onrecord feeds change Comics --own-text
    """
    if folder is None and own_text is None:
        raise click.UsageError("Say what to change: --folder, --own-text or --page-text.")
    with opened(library_path) as library:
        for feed in _chosen(library, wanted):
            if folder is not None:
                library.feeds.move(feed.id, folder_named(folder))
            if own_text is not None:
                library.feeds.show_own_text(feed.id, own_text)


@feeds.command()
@click.argument("wanted", metavar="[FEED]...", nargs=-1)
@click.option("--force", is_flag=True, help="Also feeds that are not due yet.")
@PREFETCH
@click.option("--format", "-f", "format_", type=Choice(["text", "json"]), default="text")
@PRIVATE
@LIBRARY
def update(
    wanted: tuple[str, ...],
    force: bool,
    prefetch: int,
    format_: str,
    allow_private: bool,
    library_path: Path | None,
) -> None:
    """Ask the feeds what is new: those that are due, or the ones named.

    A feed is due an hour after it was asked, or when its publisher says. One that fails is asked less and
    less often and then parked; naming it asks it again. ctrl+c stops; what came stays.

    \b
    onrecord feeds update
    onrecord feeds update Comics --prefetch 20
    """
    from reader.commands.options import job_options

    options = job_options(allow_private=allow_private, library_path=library_path)
    with opened(library_path) as library, library.asking():
        chosen = _chosen(library, wanted) if wanted else None
        summary = run_update(
            library, options, chosen, force=force, prefetch=prefetch, quiet=format_ == "json"
        )
    if format_ == "json":
        print_json({"feeds": summary.shapes})
    if summary.failed:
        sys.exit(EXIT_SOME_FAILED)


@feeds.command("import", short_help="Follow the feeds of a file.")
@click.argument("source", metavar="FILE|-", type=click.Path(dir_okay=False))
@FOLDER
@LIBRARY
def import_(source: str, folder: str | None, library_path: Path | None) -> None:
    """Follow the feeds of a file: OPML, or addresses one on each line as newsboat has them.

    Only web addresses are taken; nothing in the file is ever run.

    \b
    onrecord feeds import subscriptions.opml
    onrecord feeds import ~/.newsboat/urls
    """
    listed = _listed(source)
    within = folder_named(folder or "")
    wanted = [one._replace(folder="/".join(filter(None, (within, one.folder)))) for one in listed.feeds]
    for why in listed.left_out:
        complain(f"Left out: {why}.")
    with opened(library_path) as library:
        new = library.feeds.add(wanted)
    if wanted:
        click.echo(f"{len(new):,} added, {len(wanted) - len(new):,} followed already.")
    else:
        complain("There are no feeds in it.")
        sys.exit(EXIT_NOTHING_READABLE)


def _listed(source: str) -> FeedList:
    """Read a file of feeds, whichever kind it is."""
    from reader.feeds.opml import read_opml
    from reader.feeds.urls import read_urls
    from reader.ingest.sources import load

    _, _, data = load(source)
    return read_opml(data) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else read_urls(data)


@feeds.command()
@click.option(
    "--format",
    "-f",
    "format_",
    type=Choice(["opml", "urls"]),
    default="opml",
    show_default=True,
    help="OPML, or one address on each line as newsboat reads them.",
)
@OUTPUT
@FORCE
@LIBRARY
def export(format_: str, output: str | None, force: bool, library_path: Path | None) -> None:
    """Write the feeds with their folders for another program.

    \b
    onrecord feeds export --output feeds.opml
    """
    from reader.export.writing import new_file
    from reader.feeds.opml import write_opml
    from reader.feeds.subscription import Subscription
    from reader.feeds.urls import write_urls

    with opened(library_path) as library:
        found = [
            Subscription(feed.address, feed.title, feed.name, feed.folder, feed.page)
            for feed in library.feeds.all()
        ]
    data = write_opml(found) if format_ == "opml" else write_urls(found)
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        with new_file(Path(output), force=force) as stream:
            stream.write(data)


def _chosen(library: Library, wanted: Iterable[str]) -> list[Feed]:
    """Return the feeds that are named; nothing is done where one of them is not there."""
    return list({(feed := library.feeds.get(name)).id: feed for name in wanted}.values())


def _leave(succeeded: int, failed: int) -> None:
    if failed:
        sys.exit(EXIT_SOME_FAILED if succeeded else EXIT_NOTHING_READABLE)


for _command in (entries_, show, read, unread):
    feeds.add_command(_command)
