"""What a reader may type to search the library, and what it means. Nothing typed is ever FTS syntax.

Words and "phrases" must all occur, ``-word`` must not; ``word*`` is any word that begins so. ``by:`` names
who speaks, ``about:`` what the quotation or its article's title speaks of, ``source:`` an outlet, file or
address, ``tag:`` a tag, ``since:`` and ``until:`` a date (2026, 2026-03, 2026-03-14) or a time back from now
(``2w``, ``3m``), ``has:quote`` asks for quotations alone, ``has:change`` for what articles say otherwise than
the time before, ``is:`` for articles that are new, begun, read, or kept for later (``is:later``). A value
with spaces goes in quotation marks.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from reader.model.errors import EXIT_USAGE, ReaderError

MOST_TERMS = 100
"""How many words and phrases a query may have."""

_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\x00": " "})
_PART = re.compile(r'(-?)(?:([A-Za-z]+):)?(?:"([^"]*)(?:"|$)|(\S+))')
_BACK = re.compile(r"(\d{1,4})([dwmy])")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
FIELDS = ("by", "about", "source", "since", "until", "tag", "has", "is")
STATES = ("new", "begun", "read")


class QueryError(ReaderError):
    """A search that cannot be understood."""

    exit_code = EXIT_USAGE


class Term(NamedTuple):
    """A word or phrase to look for; ``prefix`` when it may go on."""

    words: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A search, taken apart. ``since`` is the first day and ``until`` the last that counts (ISO dates)."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    by: tuple[str, ...] = ()
    about: tuple[Term, ...] = ()
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    quotations_only: bool = False
    changes: bool = False
    state: str | None = None
    later: bool = False

    @property
    def narrows(self) -> bool:
        """Whether it asks for articles alone: by outlet, tag, date or state, and for no words in them."""
        said = self.terms or self.without or self.by or self.about or self.quotations_only or self.changes
        return not said and not self.empty

    def narrowing(self) -> tuple[list[str], list[object]]:
        """Return what articles must fulfil besides their words: conditions on ``v`` and ``d``, and values."""
        conditions, values = list[str](), list[object]()
        for tag in self.tags:
            conditions.append("d.id IN (SELECT document FROM tag WHERE name = ?)")
            values.append(tag)
        for outlet in self.sources:
            conditions.append(
                "(instr(lower(coalesce(v.site, '')), lower(?)) OR instr(lower(d.source), lower(?)))"
            )
            values += [outlet, outlet]
        for condition, value in (
            ("coalesce(v.published, v.fetched) >= ?", self.since),
            ("substr(coalesce(v.published, v.fetched), 1, 10) <= ?", self.until),
            ("d.state = ?", self.state),
        ):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        if self.later:
            conditions.append("d.later")
        return conditions, values

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return self == Query()


@dataclass(slots=True)
class _Draft:
    terms: list[Term] = field(default_factory=list)
    without: list[Term] = field(default_factory=list)
    about: list[Term] = field(default_factory=list)
    by: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    since: str | None = None
    until: str | None = None
    quotations_only: bool = False
    changes: bool = False
    state: str | None = None
    later: bool = False


def parse(text: str, *, today: date | None = None, typing: bool = False) -> Query:
    """Return what a search asks for; with ``typing`` the last word may go on.

    A single letter, with which a large part of all words begin, is not asked for before it does.

    Raises :class:`QueryError` for a date that is none, an unknown ``has:``, or more than
    :data:`MOST_TERMS` words.
    """
    draft = _Draft()
    parts = list(_PART.finditer(unicodedata.normalize("NFC", text).translate(_MARKS)))
    for number, part in enumerate(parts, 1):
        minus, name, phrase, word = part.groups()
        goes_on = typing and number == len(parts) and phrase is None and not text[-1:].isspace()
        _take(draft, bool(minus), (name or "").lower(), phrase, word, goes_on, today or date.today())
    if len(draft.terms) + len(draft.without) + len(draft.about) > MOST_TERMS:
        raise QueryError(f"A search may have {MOST_TERMS} words at most", "Search for fewer words")
    return Query(
        tuple(draft.terms),
        tuple(draft.without),
        tuple(draft.by),
        tuple(draft.about),
        tuple(draft.sources),
        tuple(draft.tags),
        draft.since,
        draft.until,
        draft.quotations_only,
        draft.changes,
        draft.state,
        draft.later,
    )


def _take(
    draft: _Draft, minus: bool, name: str, phrase: str | None, word: str | None, goes_on: bool, today: date
) -> None:
    value = phrase if phrase is not None else word or ""
    if not name and value.endswith(":") and value[:-1].lower() in FIELDS:
        return  # a field that is being typed
    if name not in FIELDS or minus:
        whole = value if not name else f"{name}:{value}"
        term = _term(whole, phrase is not None and not name, goes_on)
        if term is not None:
            (draft.without if minus else draft.terms).append(term)
    elif not value.strip():
        return
    elif name == "about":
        if (term := _term(value, phrase is not None, goes_on)) is not None:
            draft.about.append(term)
    elif name == "has":
        if value.lower() in ("quote", "quotation", "quotes", "quotations"):
            draft.quotations_only = True
        elif value.lower() in ("change", "changes"):
            draft.changes = True
        else:
            raise QueryError(f"has:{value[:20]!r} means nothing", "There are has:quote and has:change")
    elif name == "is":
        _take_state(draft, value.lower(), goes_on)
    elif name == "since":
        draft.since = day(value, today, last=False)
    elif name == "until":
        draft.until = day(value, today, last=True)
    else:
        {"by": draft.by, "source": draft.sources, "tag": draft.tags}[name].append(value.strip())


def _take_state(draft: _Draft, value: str, goes_on: bool) -> None:
    if value == "later":
        draft.later = True
    elif value in STATES:
        draft.state = value
    elif not goes_on:
        raise QueryError(f"is:{value[:20]!r} means nothing", "There are is:new, is:begun, is:read, is:later")


def _term(value: str, whole: bool, goes_on: bool) -> Term | None:
    """A term, unless it has no letter or digit, or but one so far: it would find nothing, or everything."""
    prefix = not whole and (goes_on or value.endswith("*"))
    letters = sum(unicodedata.category(char)[0] in "LN" for char in value)
    if not letters or (goes_on and letters == 1 and value.isascii()):
        return None
    return Term(value.rstrip("*") if not whole else value, prefix)


def day(value: str, today: date, *, last: bool) -> str:
    """Return the first (or ``last``) day that a date or a time back from ``today`` means, as ISO 8601.

    Raises :class:`QueryError` when it means none.
    """
    if back := _BACK.fullmatch(value.lower()):
        days = int(back[1]) * _DAYS[back[2]]
        return max(date.min, today - timedelta(days=min(days, today.toordinal() - 1))).isoformat()
    try:
        if (found := _DATE.fullmatch(value)) is None:
            return date.fromisoformat(value).isoformat()
        year, month, day_ = (int(part) if part else 0 for part in found.groups())
        first = date(year, month or 1, day_ or 1)
        if day_ or not last:
            return first.isoformat()
        following = date(year + (not month or month == 12), month % 12 + 1 if month else 1, 1)
        return (following - timedelta(days=1)).isoformat()
    except (ValueError, OverflowError) as error:
        raise QueryError(
            f"{value[:20]!r} is no date", "Write 2026, 2026-03, 2026-03-14, or 2w for the last two weeks"
        ) from error


def expression(terms: tuple[Term, ...], without: tuple[Term, ...] = (), *, column: str = "") -> str:
    """Return terms as an FTS5 expression in which every word is quoted; ``terms`` must not be empty."""
    found = " AND ".join(map(_quoted, terms))
    if column:
        found = f"{{{column}}} : ({found})"
    if without:
        found = f"({found}) NOT ({' OR '.join(map(_quoted, without))})"
    return found


def _quoted(term: Term) -> str:
    words = term.words.replace('"', '""')
    return f'"{words}"*' if term.prefix else f'"{words}"'
