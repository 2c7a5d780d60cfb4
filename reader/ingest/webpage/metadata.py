"""Title, author, date and site of a page: what it plainly says, and none rather than a wrong one."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from reader.ingest.assembly import Metadata, plain_line
from reader.ingest.cleaning.bylines import byline_in, date_in, is_date_line, looks_like_name
from reader.ingest.webpage.claims import key_of
from reader.ingest.webpage.linked_data import linked_article
from reader.ingest.webpage.regions import BYLINE, STRONG, enclosing_region, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.ingest.markup import Element
    from reader.ingest.webpage.linked_data import LinkedArticle
    from reader.ingest.webpage.outline import PageLine

_TITLES = ("og:title", "twitter:title", "dc.title", "sailthru.title", "parsely-title", "citation_title")
_SITES = ("og:site_name", "application-name", "dc.publisher", "citation_journal_title")
_AUTHORS = (
    "author", "byl", "article:author", "article:author_name", "dc.creator", "dcterms.creator",
    "parsely-author", "sailthru.author", "citation_author", "og:article:author",
)  # fmt: skip
_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.created",
    "citation_publication_date", "citation_online_date", "pubdate", "publishdate", "publish-date",
    "publish_date", "published_time", "ptime", "article.published", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_HEADS = ("h1", "h2", "h3")
_SHORTEST_TITLE = 10  # letters
_PARAGRAPH = 25  # words
_NEAR_TITLE = 8  # lines around the title in which a dateline may stand
_ISO = re.compile(r"\s*((?:1[6-9]|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_SUFFIX = re.compile(r"\s+(?:[|–—»«·•:/]|-{1,2})\s+")
_NO_NAME = re.compile(r"https?:|www\.|@|[<>{}|]|^\W*$|\d{3}", re.I)
_NOBODY = {
    "admin", "administrator", "webmaster", "root", "user", "editor", "staff", "unknown", "none", "null",
    "anonymous", "author", "guest", "by", "redaktion", "redazione", "rédaction", "redacción", "news desk",
    "web desk", "true",
}  # fmt: skip
_BY = re.compile(r"(?:written |reported |words |story )?by:?\s+", re.I)
_OTHER_DATE = re.compile(
    r"copyright|©|\(c\)|updated|modified|edited|corrected|aktualisiert|actualizado|mis à jour|aggiornato",
    re.I,
)
_AUTHOR = re.compile(
    r"(?:.*-)?(?:byline|by-line|author|author-name|byline-name|post-author|entry-author|writer)"
)
_LABELS = {
    "by",
    "at",
    "on",
    "in",
    "of",
    "and",
    "th",
    "st",
    "nd",
    "rd",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "min",
    "read",
    "views",
}
_LONGEST_DATELINE = 160  # characters


def metadata_of(
    tree: Element, lines: Sequence[PageLine], address: str | None
) -> tuple[Metadata, LinkedArticle | None]:
    """Return what a page says of its article, and its JSON-LD for those who need more of it."""
    fields = _fields(tree)
    heads = [line for line in lines if line.tag == "h1"]
    declared = next((fields[name] for name in _TITLES if name in fields), None)
    whole = plain_line(tree.findtext(".//head/title") or tree.findtext(".//title"))
    linked = linked_article(tree, declared or (heads[0].text if len(heads) == 1 else whole))
    headline = linked.headline if linked else None
    title = _title(lines, declared, headline, whole)
    site = next((fields[name] for name in _SITES if name in fields), None) or (
        linked.publisher if linked else None
    )
    site = site or _site_in(whole, title) or _host(address)
    near = _near(lines, title)
    byline = _byline(fields, linked, near, site, title)
    published = _published(fields, linked, tree, near)
    locale = fields.get("og:locale") or (linked.language if linked else None) or ""
    language = re.match(r"[a-zA-Z]{2,3}\b", _root_language(tree) or locale.replace("_", "-"))
    return Metadata(title, byline, published, site, language[0].lower() if language else None), linked


def _root_language(tree: Element) -> str | None:
    root = tree.getroottree().getroot()
    found: str | None = root.get("lang") or root.get("xml:lang")
    return found


def _fields(tree: Element) -> dict[str, str]:
    """Return the page's ``meta`` elements, the first of each name."""
    fields: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower().strip()
        if name and name not in fields and (content := plain_line(meta.get("content"))):
            fields[name] = content
    return fields


def _title(
    lines: Sequence[PageLine], declared: str | None, headline: str | None, whole: str | None
) -> str | None:
    """Return the headline that the page shows, as long as what it declares agrees; else what it declares."""
    heads = [line for line in lines if line.tag in _HEADS and line.region not in STRONG]
    known = [text for text in (declared, headline) if text]
    parts = sorted(_SUFFIX.split(whole), key=len, reverse=True) if whole else []
    texts = [*known, *([whole] if whole else ())]
    for text in texts:
        for line in heads:
            if key_of(line.text) == key_of(text):
                return line.text
    # What stands above may be the site's name, which is a part of its pages' titles too.
    above = [line for line in _before_text(lines) if line in heads]
    keys = {key_of(part) for part in parts}
    if titled := [place for place, line in enumerate(above) if _is_part(line.text, whole, keys)]:
        own = above[titled[-1]]
        site = len(parts) > 1 and whole and key_of(whole).endswith(key_of(own.text))
        later = [line for line in above[titled[-1] :] if line.tag == "h1"] if site else []
        return (later or [own])[-1].text
    for line in heads:
        if line.tag == "h1" and any(_within(line.text, text) for text in texts):
            return line.text
    if known:
        return known[0]
    first = [line for line in heads if line.tag == "h1"]
    inside = [
        line for line in first if any(up.tag in ("article", "main") for up in line.element.iterancestors())
    ]
    if len(first) == 1 or inside:
        return (inside or first)[0].text
    return parts[0] if parts else None


def _is_part(text: str, whole: str | None, parts: set[str]) -> bool:
    """Whether a heading is one of the parts of a page's title, or what that begins or ends with."""
    key, title = key_of(text), key_of(whole or "")
    return key in parts or (len(key) > _SHORTEST_TITLE and (title.startswith(key) or title.endswith(key)))


def _before_text(lines: Sequence[PageLine]) -> Sequence[PageLine]:
    """Return the lines before the first paragraph; all of them where there is none."""
    first = next(
        (index for index, line in enumerate(lines) if len(line.text.split()) >= _PARAGRAPH), len(lines)
    )
    return lines[:first]


def _within(one: str, other: str) -> bool:
    """Whether one of two texts is a part of the other, and both are long enough to mean something."""
    keys = sorted((key_of(one), key_of(other)), key=len)
    return len(keys[0]) > _SHORTEST_TITLE and keys[0] in keys[1]


def _site_in(whole: str | None, title: str | None) -> str | None:
    """Return the site's name where a page's title is the article's, a bar or dash, and that name."""
    if not (whole and title) or not key_of(whole).startswith(key_of(title)):
        return None
    name = _SUFFIX.split(whole)[-1]
    return (
        name
        if key_of(name) != key_of(title) and len(name.split()) <= 6 and key_of(name) not in key_of(title)
        else None
    )


def _host(address: str | None) -> str | None:
    from urllib.parse import urlsplit

    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _near(lines: Sequence[PageLine], title: str | None) -> list[PageLine]:
    """Return the short lines around the title, which may say who wrote the article and when.

    Lines of other parts of the page and of cards are none of them; the article's text ends the search.
    """
    key = key_of(title or "")
    shown = [index for index, line in enumerate(lines) if key and key_of(line.text) == key]
    if not shown:
        return []
    at = next((index for index in shown if lines[index].kind == "heading"), shown[0])
    after: list[PageLine] = []
    for line in lines[at + 1 : at + 1 + _NEAR_TITLE]:
        if len(line.text) > 2 * _LONGEST_DATELINE:
            break
        after.append(line)
    return [line for line in (*after, *reversed(lines[max(0, at - 3) : at])) if _may_tell(line)]


def _may_tell(line: PageLine) -> bool:
    own = line.region in (None, BYLINE, "page header", "about the author") and line.anchor is None
    return own and not line.card and len(line.text) <= _LONGEST_DATELINE


def _names(texts: Iterator[str] | Sequence[str], site: str | None, title: str | None) -> str | None:
    """Return names as one byline, without those that are nobody's."""
    names: list[str] = []
    for text in texts:
        name = _BY.sub("", text, count=1) if _BY.match(text) else text
        name = name.strip(" ,;|-–—")
        if _NO_NAME.search(name) or not 2 <= len(name) <= 120 or len(name.split()) > 14:
            continue
        if name.casefold() in _NOBODY or (site and key_of(name) == key_of(site)) or name == title:
            continue
        if not any(char.isupper() or not char.isascii() for char in name) or key_of(name) in map(
            key_of, names
        ):
            continue
        names.append(name)
    if len(names) < 2:
        return names[0] if names else None
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _byline(
    fields: dict[str, str],
    linked: LinkedArticle | None,
    near: list[PageLine],
    site: str | None,
    title: str | None,
) -> str | None:
    if linked and (found := _names(linked.authors, site, title)):
        return found
    for name in _AUTHORS:
        if name in fields and (found := _names(re.split(r"\s*;\s*", fields[name]), site, title)):
            return found
    for line in near:
        if named := byline_in(line.text):
            return _names([named], site, title)
        for element in _parts(line):
            marked = element.get("rel") == "author" or element.get("itemprop") in ("author", "name")
            if marked or any(_AUTHOR.fullmatch(each) for each in names_of(element)):
                text = _BY.sub("", plain_line(element.text_content()) or "", count=1)
                if looks_like_name(text):
                    return _names([text], site, title)
    return None


def _parts(line: PageLine) -> Iterator[Element]:
    """Yield the elements inside a line, and its own when that holds little more."""
    if len(line.element.text_content()) <= 2 * _LONGEST_DATELINE:
        yield line.element
    yield from line.inline


def _published(
    fields: dict[str, str], linked: LinkedArticle | None, tree: Element, near: list[PageLine]
) -> str | None:
    if linked and (found := iso_date(linked.published)):
        return found
    declared = (iso_date(fields.get(name)) for name in _DATES)
    if day := next((each for each in declared if each), None):
        return day
    for element in tree.iter("time", "abbr", "span", "meta"):
        dated = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        if dated and enclosing_region(element) in (None, BYLINE, "page header"):
            shown = element.get("datetime") or element.get("content") or element.text_content()
            if day := iso_date(shown):
                return day
    modified = iso_date(linked.modified if linked else None) or iso_date(fields.get("article:modified_time"))
    shown_dates = (_shown_date(line) for line in near if not _OTHER_DATE.search(line.text))
    return next((each for each in shown_dates if each and each != modified), None)


def _shown_date(line: PageLine) -> str | None:
    """Return the date of a line near the title: its time element's, or its own when it is a dateline."""
    for element in _parts(line):
        if element.tag == "time" and (found := iso_date(element.get("datetime"))):
            return found
    dateline = is_date_line(line.text) or byline_in(line.text) or line.region == BYLINE
    if dateline or (line.kind == "paragraph" and _names_and_figures(line.text)):
        return iso_date(date_in(line.text))
    return None


def _names_and_figures(text: str) -> bool:
    """Whether a line holds names, figures and labels alone ("Ana Ruiz | 12 March 2024, 1,204 views")."""
    words = re.findall(r"[^\W\d_]+", text)
    return 0 < len(words) <= 8 and all(word[0].isupper() or word in _LABELS for word in words)


def iso_date(text: str | None) -> str | None:
    """Return the date that a text begins with or spells out ("12 March 2024"), as ISO 8601, or None."""
    if not text:
        return None
    if match := _ISO.match(text):
        try:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        except ValueError:
            return None
    return (date_in(text) or "")[:10] or None if len(text) < 80 else None
