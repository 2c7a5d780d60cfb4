"""Citing an article: bibliographic data, and a quotation with its source as one string."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.text.dates import date_parts, long_date
from reader.text.safety import one_line, web_address

if TYPE_CHECKING:
    from reader.index import Index
    from reader.model.analysis import Quotation
    from reader.model.article import Article

_BY = re.compile(r"^(?:written\s+)?by\s+", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*(?:[;|&,]|\band\b)\s*", re.IGNORECASE)
_COMMA_BEFORE_SUFFIX = re.compile(r",\s*(?=(?:jr|sr|ii|iii|iv)\b)", re.IGNORECASE)
_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
_ROLE = re.compile(r"\b(?:editor|correspondent|reporter|writer|columnist|producer)s?\b", re.IGNORECASE)
_PARTICLES = {
    "van",
    "von",
    "de",
    "der",
    "den",
    "del",
    "della",
    "di",
    "da",
    "dos",
    "du",
    "la",
    "le",
    "bin",
    "ibn",
    "al",
    "ten",
    "ter",
}
_COMPANY = re.compile(
    r"\b(?:staff|news|press|agency|agencies|reuters|afp|ap|bureau|desk|team|editors?|editorial|correspondents?|reporters?|"
    r"service|times|post|wire|associated)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Author:
    """A writer: a person's given and family names, or the name of a body in ``family`` alone."""

    given: str
    family: str

    @property
    def full(self) -> str:
        """The name as it is read aloud."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Citation:
    """What a bibliography needs, each part safe to show, on one line.

    ``date`` is year, month and day as far as they are known.
    """

    key: str
    title: str
    authors: tuple[Author, ...]
    container: str | None
    date: tuple[int, ...]
    url: str | None
    language: str | None


def citation(article: Article) -> Citation:
    """Return the bibliographic data of an article."""
    authors = _authors(article.byline or "")
    title = one_line(article.title or "") or "Untitled article"
    date = date_parts(article.published or "")
    lead = next((author.family for author in authors), "") or (article.site or "") or "article"
    word = next((word for word in re.findall(r"[A-Za-z]{4,}", title)), "")
    key = re.sub(r"[^A-Za-z0-9]", "", lead).lower() or "article"
    year = str(date[0]) if date else ""
    return Citation(
        key=f"{key}{year}{word.lower()}-{article.id[:6]}",  # the text's hash keeps keys apart
        title=title,
        authors=authors,
        container=one_line(article.site or "") or None,
        date=date,
        url=web_address(article.source),
        language=one_line(article.language or "") or None,
    )


def article_citation(article: Article, *, accessed: str | None = None) -> str:
    """Return a reference to an article as one line of plain text.

    ``accessed`` is the ISO 8601 date on which it was read; it is stated of web pages alone.
    """
    cited = citation(article)
    parts = []
    if cited.authors:
        parts.append(" and ".join(author.full for author in cited.authors))
    parts.append(f"“{_without_marks(cited.title)}”")
    if cited.container:
        parts.append(cited.container)
    if cited.date:
        parts.append(long_date(cited.date))
    if cited.url:
        parts.append(cited.url)
        if accessed and (day := date_parts(accessed)):
            parts.append(f"accessed {long_date(day)}")
    return ", ".join(parts) + "."


def quotation_citation(index: Index, quotation: Quotation, *, accessed: str | None = None) -> str:
    """Return a quotation with who said it and where it was read, as one string to paste.

    The first line is the quotation, the second its speaker and the reference.
    """
    reference = article_citation(index.article, accessed=accessed)
    return f"{index.words(quotation)}\n— {index.speaker(quotation)}, quoted in {reference}"


def today() -> str:
    """Today's date in ISO 8601, for an article that is being read now."""
    return datetime.date.today().isoformat()


def _without_marks(title: str) -> str:
    """Quotation marks inside a title that is itself put in marks become single."""
    return title.replace("“", "‘").replace("”", "’").replace('"', "'")


def _authors(byline: str) -> tuple[Author, ...]:
    line = _COMMA_BEFORE_SUFFIX.sub(" ", _BY.sub("", one_line(byline)))
    names = [name for name in _BETWEEN_NAMES.split(line)[:20] if name]
    # "Jo Lind, Political Editor": what follows a name may be a role.
    return tuple(_author(name) for number, name in enumerate(names) if not number or not _ROLE.search(name))


def _author(name: str) -> Author:
    words = name.split()
    if len(words) == 1 or _COMPANY.search(name) or len(words) > 5:
        return Author("", name)
    first = len(words) - 1
    if first > 1 and words[first].lower() in _SUFFIXES:
        first -= 1
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    return Author(" ".join(words[:first]), " ".join(words[first:]))
