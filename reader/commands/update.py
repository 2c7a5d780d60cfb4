"""`onrecord update`: feeds asked, saved articles looked at again; made for a timer."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from reader.commands.inputs import complain
from reader.commands.options import LIBRARY, PRIVATE, Choice, Number
from reader.commands.shelf import opened, print_json
from reader.commands.versions import change_shape
from reader.model.errors import EXIT_SOME_FAILED, ReaderError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reader.library.changes import Change
    from reader.library.entries import Entry
    from reader.library.feeds import Feed
    from reader.library.library import Library
    from reader.updating import Outcome
    from reader.work.messages import JobOptions
    from reader.work.rechecking import Rechecked

PREFETCH = click.option(
    "--prefetch",
    type=Number(0),
    default=0,
    metavar="N",
    help="Then fetch the pages of so many unread entries, to be read without a network.",
)


_WATCHED = 100  # pages that are fetched for watches at one update


class UpdateSummary(NamedTuple):
    """What an update came to, as the public JSON gives it, and whether anything failed."""

    shapes: list[dict[str, Any]]
    failed: bool


def outcome_shape(outcome: Outcome) -> dict[str, Any]:
    """Return what came of a feed as the public JSON gives it."""
    return {
        "url": outcome.feed.address,
        "status": outcome.status,
        "new": outcome.new,
        "changed": outcome.changed,
        "error": outcome.error,
    }


def run_update(
    library: Library,
    options: JobOptions,
    feeds: Sequence[Feed] | None,
    *,
    force: bool = False,
    prefetch: int = 0,
    quiet: bool = False,
) -> UpdateSummary:
    """Ask feeds (those that are due, unless some are given), say what came of it, fetch pages in advance."""
    from reader.commands.progress import tracked
    from reader.text.safety import one_line
    from reader.updating import Update, due

    chosen = due(library, force=force) if feeds is None else feeds
    followed = len(library.feeds.all())
    outcomes: list[Outcome] = []
    update = Update(library, chosen, allow_private=options.allow_private)
    for outcome in tracked(update, len(chosen), "Asking feeds", printing=False):
        outcomes.append(outcome)
        if outcome.error:
            name = one_line(outcome.feed.shown)
            complain(f"{outcome.error}." if outcome.error.startswith(name) else f"{name}: {outcome.error}.")
        elif not quiet and (outcome.new or outcome.changed):
            counts = _counts(outcome.new, outcome.changed)
            click.echo(f"{one_line(outcome.feed.shown)}: {counts}", file=sys.stdout)
    if not quiet:
        click.echo(_summary(library, outcomes, followed - len(chosen) if feeds is None else 0))
    failed = any(outcome.error for outcome in outcomes)
    if prefetch:
        failed |= _fetch(library, options, library.entries.unfetched(prefetch), quiet=quiet)
    return UpdateSummary([outcome_shape(outcome) for outcome in outcomes], failed)


def _counts(new: int, changed: int) -> str:
    return ", ".join(f"{count:,} {what}" for count, what in ((new, "new"), (changed, "changed")) if count)


def _summary(library: Library, outcomes: Sequence[Outcome], waiting: int) -> str:
    asked = len(outcomes)
    if not asked and not library.feeds.all():
        return "You follow no feeds yet: `onrecord feeds add URL`."
    if not asked:
        return "No feed is due yet: `onrecord feeds update --force` asks them all the same."
    new, changed = (sum(getattr(one, name) for one in outcomes) for name in ("new", "changed"))
    wrong = sum(one.error is not None for one in outcomes)
    said = _counts(new, changed) or "nothing new"
    rest = f"; {wrong:,} could not be had" if wrong else ""
    later = f"; {waiting:,} not due" if waiting else ""
    return (
        f"{asked:,} feed{'s' * (asked != 1)} asked: {said}{rest}{later}. {library.entries.unread():,} unread."
    )


def _fetch(library: Library, options: JobOptions, wanted: Sequence[Entry], *, quiet: bool) -> bool:
    """Fetch the pages of entries; return whether one failed."""
    from reader.commands.progress import tracked
    from reader.work.batch import Failure
    from reader.work.entries import prefetch

    kept = failed = 0
    for result in tracked(prefetch(library, wanted, options), len(wanted), "Fetching pages", printing=False):
        if isinstance(result, Failure):
            failed += 1
            complain(str(ReaderError(result.title, result.hint)))
        else:
            kept += 1
    if wanted and not quiet:
        pages = f"{kept:,} page{'s' * (kept != 1)} fetched to be read offline"
        click.echo(f"{pages}{f'; of {failed:,} there is the text of the feed' if failed else ''}.")
    return failed > 0


def recheck_shape(one: Rechecked) -> dict[str, Any]:
    """Return what came of looking at an article again as the public JSON gives it."""
    return {
        "id": one.entry.id,
        "url": one.entry.source,
        "title": one.entry.title,
        "status": one.status,
        "changes": [change_shape(change) for change in one.changes],
        "error": one.error,
    }


def _recheck(library: Library, options: JobOptions, *, quiet: bool) -> UpdateSummary:
    """Look again at the articles whose time has come, and say what they say otherwise."""
    from reader.commands.progress import tracked
    from reader.text.safety import one_line
    from reader.work.rechecking import recheck

    due = library.rechecks.due()
    outcomes: list[Rechecked] = []
    for one in tracked(recheck(library, due, options), len(due), "Looking at articles again", printing=False):
        outcomes.append(one)
        title = one_line(one.entry.title or one.entry.source)
        if one.error:
            complain(f"{title} could not be read again. {one.error}.")
        elif one.changes and not quiet:
            said = f"{title}: {_changes(one.changes)}  (onrecord versions {one.entry.id})"
            click.echo(said, file=sys.stdout)
    if due and not quiet:
        changed = sum(one.status == "changed" for one in outcomes)
        wrong = sum(one.error is not None for one in outcomes)
        rest = f"; {wrong:,} could not be read" if wrong else ""
        click.echo(
            f"{len(due):,} article{'s' * (len(due) != 1)} looked at again: "
            f"{f'{changed:,} changed' if changed else 'nothing changed'}{rest}."
        )
    return UpdateSummary([recheck_shape(one) for one in outcomes], any(one.error for one in outcomes))


def _changes(changes: Sequence[Change]) -> str:
    """Say how many changes there are of each kind, as in "2 quotation changed, 1 number"."""
    counts = Counter(change.kind for change in changes)
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


def _look(library: Library, *, quiet: bool) -> list[dict[str, Any]]:
    """Let the watches look at what is new, and say what they found."""
    from reader.library.watching import look
    from reader.text.safety import one_line

    look(library)
    found = [watch for watch in library.watches.all() if not watch.mute]
    new = [watch for watch in found if watch.new]
    if new and not quiet:
        told = ", ".join(f"{one_line(watch.name)} {watch.new:,}" for watch in new)
        click.echo(f"New to your watches: {told}  (onrecord watch --new)")
    return [{"name": watch.name, "new": watch.new} for watch in found]


@click.command(short_help="Ask feeds what is new; look again at articles.")
@click.option("--force", is_flag=True, help="Also what is not due yet.")
@PREFETCH
@click.option(
    "--watched", is_flag=True, help="Fetch the pages of unread entries that a watch may be looking for."
)
@click.option("--format", "-f", "format_", type=Choice(["text", "json"]), default="text")
@PRIVATE
@LIBRARY
def update(
    force: bool,
    prefetch: int,
    watched: bool,
    format_: str,
    allow_private: bool,
    library_path: Path | None,
) -> None:
    """Ask the feeds that are due what is new, and look again at articles that may have changed.

    Looked at again are articles that you saved, those that a watch found, and those that you opened in a feed
    and that quote somebody: after 1 and 3 hours, 1, 3, 10 and 30 days. Made for a timer, and for one line in
    a crontab; robots.txt is respected.

    \b
    onrecord update
    onrecord update --watched                       (tell me when she is quoted)
    */15 * * * *  onrecord update --prefetch 50     (in a crontab)
    """
    from reader.commands.options import job_options
    from reader.library.watching import worth_fetching

    options = job_options(allow_private=allow_private, library_path=library_path)
    with opened(library_path) as library, library.asking():
        quiet = format_ == "json"
        summary = run_update(library, options, None, force=force, prefetch=prefetch, quiet=quiet)
        failed = summary.failed
        if watched:
            failed |= _fetch(library, options, worth_fetching(library, _WATCHED), quiet=quiet)
        articles = _recheck(library, options, quiet=quiet)
        watches = _look(library, quiet=quiet)
    if format_ == "json":
        print_json({"feeds": summary.shapes, "articles": articles.shapes, "watches": watches})
    if failed or articles.failed:
        sys.exit(EXIT_SOME_FAILED)
