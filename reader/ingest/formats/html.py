"""A web page to an article: an extractor's choice of the page's lines, completed and cleared by our own.

The page's markup decides what is a heading, a list item, a block quotation, a caption, code. What the
page shows beside the article is kept among the removed lines.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reader.ingest.assembly import NO_ARTICLE_FOUND, Draft, Dropped, Metadata
from reader.ingest.cleaning.phrases import phrase_of
from reader.ingest.formats.text import pieces_from_text
from reader.ingest.markup import DEEPEST, depth, flattened, harmless, parse, stripped
from reader.ingest.webpage.claims import Claims, Finder, key_of
from reader.ingest.webpage.extractors import by_readability, by_trafilatura
from reader.ingest.webpage.leftovers import leftovers
from reader.ingest.webpage.metadata import iso_date, metadata_of
from reader.ingest.webpage.outline import outline
from reader.ingest.webpage.recovery import recovered
from reader.ingest.webpage.regions import RULE
from reader.ingest.webpage.scope import scope_of, title_at
from reader.ingest.webpage.sites import chosen_lines, host_of, rules_for
from reader.text.safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.ingest.webpage.linked_data import LinkedArticle
    from reader.ingest.webpage.outline import PageLine
    from reader.ingest.webpage.sites import SiteRules

    Items = list[Draft | Dropped]

_FEWEST_WORDS = 20
_MOST_REMOVED = 3000
_STUB_WORDS = 250
_SECOND_OPINION = 400_000  # characters; beyond, asking readability takes too long
STUB = "Only the beginning of this article is on the page: the rest is for subscribers."


def extract(html: str, address: str | None = None) -> tuple[Items, Metadata, tuple[str, ...]]:
    """Return the blocks and removed lines of a page, its metadata and the notices for the reader.

    ``address`` is where the page came from; links relative to it become absolute. Nothing is fetched.
    """
    html = harmless(html)
    if depth(html) > DEEPEST:
        html = flattened(html)
    tree = parse(html)
    if tree is None:
        items, metadata = pieces_from_text(stripped(html))
        return items, metadata, (NO_ARTICLE_FOUND,)
    lines = outline(tree, address)
    metadata, linked = metadata_of(tree, lines, address)
    rules = rules_for(host_of(tree, address))
    if rules:
        told = Metadata(byline=rules.text(tree, "author"), published=iso_date(rules.text(tree, "date")))
        metadata = told.or_else(metadata)
    chosen = chosen_lines(rules, tree, lines) if rules else set()
    if chosen:
        title = title_at(lines, metadata.title, max(chosen))
        kept, dropped, claims = chosen | ({title} if title is not None else set()), {}, Claims(chosen)
    else:
        found_claims = _claims(html, address, lines, linked)
        if found_claims is None:
            items, found = pieces_from_text("\n\n".join(line.text for line in lines))
            return items, metadata.or_else(found), (NO_ARTICLE_FOUND, *_faults(rules))
        claims = found_claims
        _own_regions(lines, claims)
        body = linked.body if linked else ""
        kept, title = _completed(lines, claims.lines, metadata.title, body, html)
        dropped = leftovers(lines, kept, title, metadata, linked)
    items = list(_arranged(lines, kept, dropped, claims, title, metadata))
    faults = () if chosen else _faults(rules)
    return items, metadata, (*_notices(items, linked), *faults)


def _faults(rules: SiteRules | None) -> tuple[str, ...]:
    """Return what the reader must know of rules that could not be followed."""
    if rules is None:
        return ()
    name = printable(rules.path.name)
    if rules.fault:
        return (f"The rules in sites/{name} cannot be used: {rules.fault}",)
    if "body" in rules.selectors:
        return (f"The rules in sites/{name} find no article on this page, so it was read without them.",)
    return ()


def _claims(
    html: str, address: str | None, lines: Sequence[PageLine], linked: LinkedArticle | None
) -> Claims | None:
    """Return what the extractors take for the article; None when nothing on the page looks like one."""
    finder = Finder(lines)
    shown = sum(len(line.text.split()) for line in lines)
    enough = min(_FEWEST_WORDS, shown // 2)
    body = linked.body.split("\n") if linked and linked.body else []
    told = sum(len(text.split()) for text in body)
    texts = by_trafilatura(html, address)
    claims = finder.find(texts)
    words = sum(len(text.split()) for text in texts)
    if told > 3 * _FEWEST_WORDS:
        key = key_of("".join(body))
        own = [i for i, line in enumerate(lines) if len(line.text) > 40 and key_of(line.text) in key]
        common = sum(len(lines[i].text.split()) for i in own if i in claims.lines)
        if common * 3 < told and own and 2 * sum(len(lines[i].text.split()) for i in own) > told:
            return Claims(set(own))  # the extractor took something else for the article
        if words * 4 < told * 5 and not own:
            return Claims(loose={len(lines): body})  # a script would have written it into the page
    if words >= enough:
        return claims
    texts = by_readability(html)
    if sum(len(text.split()) for text in texts) >= enough:
        return finder.find(texts)
    return None


def _completed(
    lines: Sequence[PageLine], claimed: set[int], headline: str | None, body: str, html: str
) -> tuple[set[int], int | None]:
    """Return the claimed lines with those of the article that were left out, and which is the title's.

    What comes back shows better where the article is: a second round looks again from there.
    """

    def second_opinion() -> list[str]:
        return by_readability(html) if len(html) < _SECOND_OPINION else []

    opinion = cache(second_opinion)
    kept = set(claimed)
    title = None
    if not claimed:
        heads = (i for i, line in enumerate(lines) if line.kind == "heading" and line.text == headline)
        title = next(heads, None)
        return {title} if title is not None else set(), title
    for _ in range(2):
        scope = scope_of(lines, kept, headline)
        if scope is None:
            break
        title = scope.title
        _own_header(lines, title)
        found = recovered(lines, kept, scope, body, opinion)
        kept |= found
        if not found:
            break
    return kept, title


def _own_header(lines: Sequence[PageLine], title: int | None) -> None:
    """Take what follows the title in the header that holds it for the article's: its standfirst."""
    if title is None:
        return
    header = next(lines[title].element.iterancestors("header"), None)
    for line in lines[title + 1 :] if header is not None else ():
        if header not in (line.element, *line.element.iterancestors()):
            break
        if line.region == "page header":
            line.region = None


def _own_regions(lines: Sequence[PageLine], claims: Claims) -> None:
    """Forget parts of the page that hold much of the article: a form around the whole page is none."""
    words: dict[str | None, int] = {}
    for index in claims.lines:
        words[lines[index].region] = words.get(lines[index].region, 0) + len(lines[index].text.split())
    total = sum(words.values())
    own = {region for region, count in words.items() if region and count * 5 >= total * 2} - {RULE}
    for line in lines:
        if line.region in own:
            line.region = None


def _arranged(
    lines: Sequence[PageLine],
    kept: set[int],
    dropped: dict[int, str],
    claims: Claims,
    title: int | None,
    metadata: Metadata,
) -> Iterator[Draft | Dropped]:
    """Yield every line of the page, kept or removed, in order; its number counts the lines shown."""
    whole = "".join(key_of(lines[index].text) for index in sorted(kept - dropped.keys()))
    count = 0
    for index in range(len(lines) + 1):
        for text in claims.loose.get(index, ()):
            if key_of(text) not in whole:  # a fragment of a line that is there as a whole
                yield Draft("paragraph", text, index + 1)
        if index == len(lines):
            return
        line = lines[index]
        if index in kept and index not in dropped:
            kind = "title" if index == title else line.kind
            yield Draft(kind, line.text, index + 1, line.links)
            for note in line.notes:
                yield Dropped(index + 1, note, "number of a footnote")
            continue
        key = key_of(line.text)
        if index in dropped or (key and (len(key) < 12 or key not in whole)):
            count += 1
            if count <= _MOST_REMOVED:
                reason = dropped.get(index) or _reason(line, metadata)
                yield Dropped(index + 1, line.text, reason)


def _reason(line: PageLine, metadata: Metadata) -> str:
    text = line.text
    if metadata.title and key_of(text) == key_of(metadata.title):
        return "title (shown above the article)"
    if metadata.byline and len(text) < 120 and metadata.byline.casefold() in text.casefold():
        return "byline"
    phrase = phrase_of(text)
    return (phrase.reason if phrase else None) or line.region or "outside the article"


def _notices(items: Items, linked: LinkedArticle | None) -> tuple[str, ...]:
    """Return what the reader must know: that the page holds only the beginning, for one thing."""
    if linked is None or linked.free is not False:
        return ()
    words = sum(len(item.text.split()) for item in items if isinstance(item, Draft))
    walled = any(isinstance(item, Dropped) and item.reason == "subscription prompt" for item in items)
    return (STUB,) if words < _STUB_WORDS or walled else ()
