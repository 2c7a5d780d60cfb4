"""`onrecord correct`: decisions about who said what, kept in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from reader.commands.inputs import complain
from reader.commands.options import LIBRARY, PRIVATE, Choice
from reader.commands.shelf import opened, print_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reader.index import Index
    from reader.library.corrections import Decision
    from reader.library.library import Library
    from reader.library.reading import Decided
    from reader.model.corrections import Correction


class _Verb(NamedTuple):
    """One kind of decision: what it takes after its name, and the corrections that it makes."""

    takes: str
    makes: Callable[..., list[Correction]]


def _speaker(index: Index, words: str, name: str) -> list[Correction]:
    from reader.library.errors import NotInLibrary
    from reader.library.pointing import entity_anchor, entity_of, quotation_anchor, quotation_of
    from reader.model.corrections import SetSpeaker

    quotation = quotation_anchor(index, quotation_of(index, words))
    if name in ("", "-"):
        return [SetSpeaker(quotation)]
    try:
        return [SetSpeaker(quotation, entity_anchor(index, entity_of(index, name)))]
    except NotInLibrary:
        return [SetSpeaker(quotation, name=name)]


def _confirm(index: Index, words: str) -> list[Correction]:
    from reader.library.pointing import confirmation, quotation_of

    return [confirmation(index, quotation_of(index, words))]


def _no_quotation(index: Index, words: str) -> list[Correction]:
    from reader.library.pointing import quotation_anchor, quotation_of
    from reader.model.corrections import NoQuotation

    return [NoQuotation(quotation_anchor(index, quotation_of(index, words)))]


def _quotation(index: Index, words: str) -> list[Correction]:
    from reader.library.pointing import span_of
    from reader.model.corrections import AddQuotation

    return [AddQuotation(span_of(index, words))]


def _merge(index: Index, name: str, into: str) -> list[Correction]:
    from reader.library.pointing import entity_anchor, entity_of
    from reader.model.corrections import MergeEntities

    one, other = (entity_anchor(index, entity_of(index, given)) for given in (name, into))
    return [MergeEntities(one, other)]


def _split(index: Index, name: str, words: str) -> list[Correction]:
    """The mentions of an entity that read so become one of their own."""
    from reader.library.errors import NotInLibrary
    from reader.library.pointing import entity_of
    from reader.model.anchors import anchor
    from reader.model.corrections import SplitEntity
    from reader.text.names import folded

    text = index.article.text
    mentions = [
        anchor(text, mention.start, mention.end)
        for mention in entity_of(index, name).mentions
        if folded(text[mention.start : mention.end]) == folded(words)
    ]
    if not mentions:
        raise NotInLibrary("No mention of that name reads so", "Give the words as the article has them")
    return [SplitEntity(tuple(mentions))]


def _rename(index: Index, name: str, new: str) -> list[Correction]:
    from reader.library.pointing import entity_anchor, entity_of
    from reader.model.corrections import RenameEntity

    return [RenameEntity(entity_anchor(index, entity_of(index, name)), new)]


def _retype(index: Index, name: str, type_: str) -> list[Correction]:
    from reader.library.pointing import entity_anchor, entity_of
    from reader.model.corrections import RetypeEntity

    types: dict[str, Any] = {"PERSON": "PERSON", "PLACE": "PLACE", "ORG": "ORG", "ORGANISATION": "ORG"}
    if type_.upper() not in types:
        raise click.UsageError("A name is of the type PERSON, PLACE or ORG.")
    return [RetypeEntity(entity_anchor(index, entity_of(index, name)), types[type_.upper()])]


def _remove(index: Index, name: str) -> list[Correction]:
    from reader.library.pointing import entity_anchor, entity_of
    from reader.model.corrections import RemoveEntity

    return [RemoveEntity(entity_anchor(index, entity_of(index, name)))]


def _restore(index: Index, line: str) -> list[Correction]:
    from reader.library.errors import NotInLibrary
    from reader.model.corrections import RestoreLine

    for removed in index.article.removed:
        if str(removed.line) == line or removed.text.strip() == line.strip():
            return [RestoreLine(removed.line, removed.text)]
    raise NotInLibrary(
        "No such line was removed", "`onrecord clean --removed SOURCE` shows them with numbers"
    )


_VERBS = {
    "speaker": _Verb('"WORDS OF THE QUOTATION" "NAME" (or - for nobody)', _speaker),
    "confirm": _Verb('"WORDS OF THE QUOTATION"', _confirm),
    "no-quotation": _Verb('"WORDS OF THE QUOTATION"', _no_quotation),
    "quotation": _Verb('"WORDS WITH THEIR MARKS"', _quotation),
    "merge": _Verb('"NAME" "NAME THAT STAYS"', _merge),
    "split": _Verb('"NAME" "MENTIONS THAT READ SO"', _split),
    "rename": _Verb('"NAME" "NEW NAME"', _rename),
    "retype": _Verb('"NAME" PERSON|PLACE|ORG', _retype),
    "remove": _Verb('"NAME"', _remove),
    "restore": _Verb("LINE", _restore),
}


@click.command()
@click.argument("source", metavar="SOURCE")
@click.argument("verb", type=Choice([*_VERBS, "list", "undo"]))
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@click.option("--format", "-f", "format_", type=Choice(["text", "json"]), default="text")
@PRIVATE
@LIBRARY
def correct(
    source: str,
    verb: str,
    words: tuple[str, ...],
    format_: str,
    allow_private: bool,
    library_path: Path | None,
) -> None:
    """Correct what was found in an article. Corrections last: the library keeps them.

    \b
    onrecord correct SOURCE speaker "WORDS OF THE QUOTATION" "NAME"   (- for nobody)
    onrecord correct SOURCE confirm "WORDS OF THE QUOTATION"          (its speaker is right)
    onrecord correct SOURCE no-quotation "WORDS OF THE QUOTATION"
    onrecord correct SOURCE quotation "WORDS WITH THEIR MARKS"
    onrecord correct SOURCE merge "NAME" "NAME THAT STAYS"
    onrecord correct SOURCE split "NAME" "MENTIONS THAT READ SO"
    onrecord correct SOURCE rename "NAME" "NEW NAME"
    onrecord correct SOURCE retype "NAME" PERSON|PLACE|ORG
    onrecord correct SOURCE remove "NAME"
    onrecord correct SOURCE restore LINE
    onrecord correct SOURCE list
    onrecord correct SOURCE undo N
    """
    from reader.index import Index
    from reader.library import reading

    with opened(library_path) as library:
        document = _known(library, source, allow_private)
        if verb == "undo":
            if len(words) != 1 or not words[0].isdecimal():
                raise click.UsageError("undo takes the number that list shows.")
            reading.undo(library, document, int(words[0]))
        elif verb != "list":
            found = reading.read(library, document)
            chosen = _VERBS[verb]
            wanted = chosen.makes.__code__.co_argcount - 1
            if len(words) != wanted:
                raise click.UsageError(f"{verb} takes {chosen.takes}.")
            corrections = chosen.makes(Index(found.article, found.analysis), *words)
            reading.correct(library, document, corrections)
        _print(reading.read(library, document), format_, everything=verb == "list")


def _known(library: Library, source: str, allow_private: bool) -> int:
    """The document of a source; one that the library does not have is read, analysed and kept."""
    from reader.commands.options import job_options
    from reader.library.reading import keep
    from reader.model.errors import SourceError
    from reader.work.batch import Success, analyse_each

    found = library.articles.find(source)
    if found is not None and library.analyses.find(library.articles.load(found.version)) is not None:
        return found.id
    (result,) = analyse_each([found.source if found else source], job_options(allow_private=allow_private))
    if not isinstance(result, Success):
        raise SourceError(result.title, result.hint)
    return keep(library, result.article, result.analysis).document


def _print(found: Decided, format_: str, *, everything: bool) -> None:
    if not found.decisions and format_ == "text":
        complain("Nothing of it is corrected. `onrecord correct --help` shows how that is done.")
    decisions = found.decisions if everything or format_ == "json" else found.decisions[-1:]
    stale = {decision.id for decision in found.stale}
    shapes = [_shape(decision, decision.id not in stale) for decision in decisions]
    if format_ == "json":
        print_json(shapes)
        return
    for decision, shape in zip(decisions, shapes, strict=True):
        lost = "" if shape["found"] else "  (its words are not in the text any more)"
        click.echo(f"{decision.id:>4}  {decision.made[:16].replace('T', ' ')}  {_told(shape)}{lost}")


def _shape(decision: Decision, found: bool) -> dict[str, Any]:
    from reader.model.corrections import to_data

    data = to_data(decision.correction)
    return {"id": decision.id, "made": decision.made, "found": found, **data}


def _told(shape: dict[str, Any]) -> str:
    """A decision in one line: what it is, and the words that it is about."""
    from reader.text.safety import printable

    told = dict.fromkeys([str(shape["correct"])])  # a name that words and mention share is said once
    for key in ("quotation", "wording", "mention", "mentions", "into", "entity", "name", "type", "text"):
        value = shape.get(key)
        if isinstance(value, list | tuple) and value:
            value = value[0]
        if isinstance(value, dict):
            told[f"“{printable(value['exact'], 60)}”"] = None
        elif isinstance(value, str) and f"“{printable(value, 60)}”" not in told:
            told[printable(value, 60)] = None
    return " · ".join(told)
