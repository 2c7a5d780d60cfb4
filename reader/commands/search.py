"""`onrecord search`: quotations and passages of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reader.commands.options import LIBRARY, Number
from reader.commands.shelf import FORMAT, opened, print_json, print_table, tell_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reader.library.search import Hit


COLUMNS = ("kind", "text", "speaker", "before", "title", "source", "published", "start", "end")
"""What tables of hits have."""


def hit_shape(hit: Hit) -> dict[str, Any]:
    """Return a hit as the public JSON gives it."""
    return {
        "kind": hit.kind,
        "text": hit.text,
        "start": hit.start,
        "end": hit.end,
        "speaker": hit.speaker,
        "before": hit.before,
        "article": {
            "id": hit.article.id,
            "title": hit.article.title,
            "source": hit.article.source,
            "published": hit.article.published,
        },
    }


def print_hits(hits: Iterable[Hit], format_: str) -> None:
    """Print hits as text, JSON or CSV."""
    if format_ == "json":
        print_json([hit_shape(hit) for hit in hits])
    elif format_ == "csv":
        print_table(COLUMNS, ({**(shape := hit_shape(hit)), **shape["article"]} for hit in hits))
    else:
        for hit in hits:
            print_hit(hit)


def print_hit(hit: Hit) -> None:
    """Print a hit as text."""
    where = hit.article.title or hit.article.source
    when = f", {hit.article.published[:10]}" if hit.article.published else ""
    if hit.kind in ("quotation", "passage"):
        click.echo(f"{f'{hit.speaker}: ' if hit.speaker else ''}{hit.text}")
    else:
        click.echo(hit.kind.capitalize())
        if hit.before is not None:
            click.echo(f"  - {hit.before}")
        if hit.text != hit.before:
            click.echo(f"  + {hit.text}")
    click.echo(f"    {where}{when}")


@click.command(short_help="Search quotations and passages of what you have read.")
@click.argument("query", metavar="QUERY...", nargs=-1, required=True)
@click.option("--by-rank", is_flag=True, help="The best first, among the newest; else the newest first.")
@click.option("--limit", type=Number(1, 10_000), default=50, show_default=True, metavar="N")
@FORMAT
@LIBRARY
def search(
    query: tuple[str, ...], by_rank: bool, limit: int, format_: str, library_path: Path | None
) -> None:
    """Search what you have read: quotations with their speakers, and passages.

    Words and "phrases" must all occur, -words must not; word* goes on. by: names who speaks, about: what
    it is about, source: an outlet, tag: a tag; since: and until: take 2026, 2026-03, 2026-03-14 or 2w;
    has:quote asks for quotations alone, has:change for what articles say otherwise than the time before;
    is:new, is:begun, is:read and is:later for such articles.

    \b
    onrecord search inflation by:lagarde since:3m
    onrecord search '"rate cut" -brexit has:quote' --format csv
    """
    with opened(library_path) as found:
        hits = found.search(" ".join(query), order="rank" if by_rank else "newest", limit=limit)[:limit]
        if not hits and format_ == "text":
            tell_nothing(found, "Nothing found. `onrecord search --help` says what may be asked, and how.")
    print_hits(hits, format_)
