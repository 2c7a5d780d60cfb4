"""`onrecord who`: people across what you have read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from reader.commands.balance import bar
from reader.commands.options import LIBRARY, Number
from reader.commands.search import hit_shape, print_hits
from reader.commands.shelf import FORMAT, opened, print_json, tell_nothing

if TYPE_CHECKING:
    from pathlib import Path

    from reader.library.decisions import Kind
    from reader.library.dossier import Person
    from reader.library.library import Library
    from reader.library.search import Where

_PAIR = "A B"
_MONTHS = 12
_SITES = 5


@click.command(short_help="Show what somebody said, where, with whom, as what.")
@click.argument("name", metavar="[NAME]...", nargs=-1)
@click.option("--same", nargs=2, metavar=_PAIR, help="They are one person.")
@click.option("--different", nargs=2, metavar=_PAIR, help="They are two people.")
@click.option("--call", nargs=2, metavar="A NAME", help="Show this person under that name.")
@click.option("--note", default="", metavar="TEXT", help="Why, kept with the decision.")
@click.option("--decisions", "list_", is_flag=True, help="List what you decided.")
@click.option("--undo", type=int, metavar="N", help="Take a decision back.")
@click.option("--aliases", is_flag=True, help="Print everybody's other names, parted by tabs.")
@click.option(
    "--take-aliases", metavar="PATH|-", type=click.File(encoding="utf-8-sig"), help="Read such a list."
)
@click.option("--limit", type=Number(1, 10_000), default=20, show_default=True, metavar="N")
@FORMAT
@LIBRARY
def who(
    name: tuple[str, ...],
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    call: tuple[str, str] | None,
    note: str,
    list_: bool,
    undo: int | None,
    aliases: bool,
    take_aliases: Any,
    limit: int,
    format_: str,
    library_path: Path | None,
) -> None:
    """Show what somebody said in what you have read, where they are named, with whom and as what.

    Possible namesakes are kept apart. A and B are names, the numbers that are shown beside them, or
    NAME@SOURCE for whoever is called so in one article. What you decide outranks everything else and lasts.

    \b
    onrecord who "Ana Ruiz"
    onrecord who --same "Bob Ruiz" "Robert Ruiz"
    onrecord who --different "Ana Ruiz" "Ana Ruiz@https://example.org/a"
    onrecord who --aliases > names.tsv
    """
    with opened(library_path) as library:
        if same or different:
            _decide(library, "same" if same else "different", *(same or different or ("", "")), note)
        elif call:
            library.people.decide("name", _reference(library, call[0]), call[1].strip(), note)
        elif undo is not None:
            library.people.undo(undo)
        elif list_:
            _print_decisions(library, format_)
        elif aliases:
            _print_aliases(library)
        elif take_aliases is not None:
            from reader.library.aliases import parse, take

            count = take(library.database, parse(take_aliases))
            click.echo(f"{count} new alias{'es' * (count != 1)}.")
        elif name:
            _print_people(library, " ".join(name), limit, format_)
        else:
            raise click.UsageError("Whom? Give a NAME.")


def _decide(library: Library, kind: Kind, one: str, other: str, note: str) -> None:
    if kind == "same" and one.isdecimal() and other.isdecimal():
        library.people.unite(int(one[:18]), int(other[:18]), note)
    else:
        library.people.decide(kind, _reference(library, one), _reference(library, other), note)


def _reference(library: Library, text: str) -> str:
    from reader.library.decisions import typed

    if text.isdecimal():
        return library.people.references(int(text[:18]))[0]
    return typed(text)


def _article(where: Where) -> dict[str, Any]:
    return {"id": where.id, "title": where.title, "source": where.source, "published": where.published}


def person_shape(library: Library, person: Person, limit: int) -> dict[str, Any]:
    """Return a person as the public JSON gives it."""
    return {
        "id": person.id,
        "name": person.name,
        "type": person.type,
        "aliases": list(person.aliases),
        "roles": list(person.roles),
        "quotations": [hit_shape(hit) for hit in library.dossiers.said(person.id, limit=limit)[:limit]],
        "articles": [_article(where) for where in library.dossiers.articles(person.id, limit=limit)],
        "with": [{"name": one.name, "articles": one.articles} for one in library.dossiers.company(person.id)],
        "words": [
            {"month": month, "site": site, "words": words}
            for month, site, words in library.dossiers.over_time(person.id)
        ],
        "unheard": [_article(where) for where in library.dossiers.unheard(person.id, limit=limit)],
        "namesakes": [{"id": id, "why": why} for id, why in person.others],
    }


def _print_people(library: Library, name: str, limit: int, format_: str) -> None:
    people = library.dossiers.find(name)
    maybe = library.dossiers.maybe(name)
    if format_ == "json":
        shapes = [person_shape(library, person, limit) for person in people]
        doubtful = [{"name": one.name, "article": _article(one.article)} for one in maybe]
        print_json({"people": shapes, "maybe": doubtful})
        return
    if format_ == "csv":
        said = (library.dossiers.said(person.id, limit=limit)[:limit] for person in people)
        print_hits([hit for hits in said for hit in hits], format_)
        return
    if not people and not maybe:
        tell_nothing(library, "Nobody in the library is called so: `onrecord search` looks for words.")
    for person in people:
        _print_person(library, person, limit)
    if maybe:
        click.echo(f"Maybe the same, too little is said to tell: {_count(len(maybe), 'article')}")
        for one in maybe[:5]:
            click.echo(f"    {one.name}: {one.article.title or one.article.source}")


def _print_person(library: Library, person: Person, limit: int) -> None:
    click.echo(f"{person.name}  (number {person.id})")
    if person.aliases:
        click.echo(f"    also {', '.join(person.aliases)}")
    if person.roles:
        click.echo(f"    as {'; '.join(person.roles)}")
    for id, why in person.others:
        click.echo(f"    {len(person.others) + 1} people? Number {id} is kept apart: {why}")
    company = library.dossiers.company(person.id, limit=5)
    if company:
        click.echo(f"    with {', '.join(f'{one.name} ({one.articles})' for one in company)}")
    click.echo(
        f"    named in {_count(person.articles, 'article')}, {_count(person.quotations, 'quotation')}\n"
    )
    _print_words(library.dossiers.over_time(person.id))
    print_hits(library.dossiers.said(person.id, limit=limit)[:limit], "text")
    click.echo()


def _print_words(said: list[tuple[str, str, int]]) -> None:
    """How the words of a person divide over the newest months, and over outlets."""
    months, sites = Counter[str](), Counter[str]()
    for month, site, words in said:
        months[month] += words
        sites[site] += words
    shown = [sorted(months.items())[-_MONTHS:], sites.most_common(_SITES) if any(sites) else []]
    for rows in shown:
        most = max((words for _, words in rows), default=0)
        for name, words in rows:
            click.echo(f"    {name[:24] or '-':<24} {words:>8,} {bar(words / most)}")
        if rows:
            click.echo()


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _print_decisions(library: Library, format_: str) -> None:
    from reader.library.decisions import shown
    from reader.text.safety import one_line

    made = library.people.decisions()
    if format_ == "json":
        print_json(
            [
                {
                    "id": one.id,
                    "made": one.made,
                    "kind": one.kind,
                    "first": shown(one.first),
                    "second": one.second if one.kind == "name" else shown(one.second),
                    "note": one.note,
                }
                for one in made
            ]
        )
        return
    for one in made:
        second = one.second if one.kind == "name" else shown(one.second)
        note = f" ({one_line(one.note)})" if one.note else ""
        click.echo(f"{one.id:>6}  {one.kind}  {one_line(shown(one.first))} · {one_line(second)}{note}")


def _print_aliases(library: Library) -> None:
    from reader.library.aliases import COLUMNS, known

    click.echo("\t".join(COLUMNS))
    for alias in known(library.database):
        click.echo("\t".join(alias))
