"""`onrecord balance`: whose words fill what you have read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.commands.options import LIBRARY, Choice, Number
from reader.commands.shelf import FORMAT, opened, print_json, tell_nothing

if TYPE_CHECKING:
    from pathlib import Path

    from reader.library.balance import Balance, Grouping

_EIGHTHS = " ▏▎▍▌▋▊▉"
_BAR = 24  # cells


@click.command(short_help="Show whose words fill the library, or one article.")
@click.argument("source", metavar="[SOURCE]", required=False)
@click.option(
    "--by",
    type=Choice(["all", "article", "source", "tag", "month"]),
    default="all",
    show_default=True,
    help="What to tell apart.",
)
@click.option("--site", metavar="SITE", help="Only articles from there.")
@click.option("--tag", metavar="TAG", help="Only articles with this tag.")
@click.option("--since", metavar="DATE", help="Only from this day on: 2026-03-14, 2026-03, 2w.")
@click.option("--until", metavar="DATE", help="Only until this day.")
@click.option("--top", type=Number(1), default=10, show_default=True, metavar="N")
@FORMAT
@LIBRARY
def balance(
    source: str | None,
    by: Grouping,
    site: str | None,
    tag: str | None,
    since: str | None,
    until: str | None,
    top: int,
    format_: str,
    library_path: Path | None,
) -> None:
    """Show who is quoted, with how many words, in the library or in one article of it.

    As JSON and CSV everybody is there; as text the --top of each group, with bars.

    \b
    onrecord balance --by source --since 3m
    onrecord balance article.html --format csv
    """
    from datetime import date

    from reader.library.balance import COLUMNS, heading, table
    from reader.library.balance import balance as asked
    from reader.library.queries import day

    today = date.today()
    with opened(library_path) as library:
        found = asked(
            library.database,
            by,
            document=library.articles.get(source).id if source else None,
            site=site,
            tag=tag,
            since=day(since, today, last=False) if since else None,
            until=day(until, today, last=True) if until else None,
        )
        if not found and format_ == "text":
            tell_nothing(library, "No article is like that: ask for less, or see `onrecord library list`.")
    if format_ == "json":
        print_json(
            [
                {
                    "group": one.group,
                    "articles": one.articles,
                    "quotations": one.quotations,
                    "words": one.words,
                    "named_words": one.named_words,
                    "speakers": [voice._asdict() for voice in one.voices],
                }
                for one in found
            ]
        )
    elif format_ == "csv":
        import sys

        from reader.export.table import write_table

        write_table(COLUMNS, table(found), sys.stdout.buffer)
    else:
        for one in found:
            _show(one, heading(one, by), top)


def _show(one: Balance, called: str, top: int) -> None:
    from rich.cells import set_cell_size as fit

    from reader.index import NO_SPEAKER

    many = "s" * (one.articles != 1)
    head = f"{called}: {one.articles:,} article{many}"
    if not one.words:
        click.echo(f"{head}, nobody is quoted\n")
        return
    click.echo(f"{head}, {one.words:,} words quoted, {one.named_words / one.words:.0%} of them named")
    for voice in one.voices[:top]:
        name = fit(voice.name or NO_SPEAKER, 28)
        share = voice.words / one.words
        click.echo(f"  {name} {voice.words:>8,} {share:>5.0%} {bar(share)}")
    if len(one.voices) > top:
        rest = sum(voice.words for voice in one.voices[top:])
        click.echo(f"  {fit(f'{len(one.voices) - top:,} others', 28)} {rest:>8,} {rest / one.words:>5.0%}")
    click.echo()


def bar(share: float) -> str:
    """Return a share (0 to 1) as a bar, to an eighth of a cell; what is not nothing is seen."""
    eighths = max(1, round(share * _BAR * 8)) if share > 0 else 0
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()
