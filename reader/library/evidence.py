"""What one article says of somebody that may tell namesakes apart: sex, roles, countries, year of birth."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.language.entities.people import FEMALE_TITLES, MALE_TITLES
from reader.language.wordlists import sections
from reader.text.names import folded
from reader.text.wordlists import read_lines

if TYPE_CHECKING:
    from reader.index import Index
    from reader.model.analysis import Entity

_MENTIONS = 12  # what somebody is, is said early
_ROLES = 4
_PRONOUNS = 4  # so many near a name, and none of the other sex, where others are named too
_WORD = re.compile(r"[^\W\d_](?:[\w’'.-]*\w)?")
_BEFORE = re.compile(
    r"(?:(?:[^\W\d_][\w’'-]*|(?:Dr|Prof|Gov|Sen|Rep|Gen|Col|Capt|Lt|Sgt|Rev|Supt|Insp|Maj)\.) ){0,5}"
    r"[^\W\d_][\w’'-]*,? $"
)
_AFTER = re.compile(
    r"(?:,| is| was|, who is| \() ?(?:\d{1,3}, )?"
    r"((?:a |an |the |his |her |its |then |now )?[^\n,.;:()“”\"—–]{3,70})"
)
_AGED = re.compile(r",? (?:\(|is |aged |, )?(\d{2})(?:[,)]| years old| and )")
_SMALL = frozenset(
    "a an the of for at in on by with from to and or but said says that when as who his her their its while"
    " after before than told asked where is was were are has had have about against like if which be whether"
    " would could will can may not also down up out over into until because even just only still".split()
)
_BEFORE_VERBS = frozenset("to will would can could may might must should not".split())
_TITLE_LIKE = frozenset("former then ex-president deputy vice acting interim fellow retired outgoing".split())
_LEADING = frozenset(("a", "an", "the", "his", "her", "its", "their", "then", "now", "and"))
_LEAD = re.compile(rf"^[\s'\"‘“]*(?:(?:{'|'.join(sorted(_LEADING))})\s)*", re.IGNORECASE)
_ASIDE = re.compile(r" (?:who|which|that|and has|has|had|said|told) ")
_OF = re.compile(r" (?:of|for|at|in|from|with|who|and|on|to|since|until) ")
_PRONOUN = re.compile(r"\b(?:([Hh]e|[Hh]is|[Hh]im)|([Ss]he|[Hh]er|[Hh]ers))\b")
_AROUND = 110


class Description(NamedTuple):
    """A description as the article words it, its noun, and the places that stand in it."""

    words: str
    noun: str
    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def field(self) -> str | None:
        """What kind of work that is, if the list knows."""
        return _fields().get(self.noun)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an article says of somebody; empty where it says nothing.

    ``sex`` is "m" or "f" by a title or a role, "he" or "she" by the pronouns near the name, which may mean
    somebody else. ``born`` is a year, give or take one.
    """

    sex: str = ""
    roles: tuple[Description, ...] = ()
    born: int | None = None
    middle: str = ""

    def dumps(self) -> str:
        """Return it as JSON; nothing at all is an empty string."""
        if self == Evidence():
            return ""
        values = [self.sex, [list(role) for role in self.roles], self.born, self.middle]
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loads(cls, text: str) -> Evidence:
        """Return what :meth:`dumps` wrote; what it cannot have written says nothing."""
        if not text:
            return cls()
        try:
            sex, roles, born, middle = json.loads(text)
            found = tuple(
                Description(str(words), str(noun), tuple(map(str, lands)), tuple(map(str, places)))
                for words, noun, lands, places in roles
            )
            return cls(str(sex), found, None if born is None else int(born), str(middle))
        except (ValueError, TypeError, RecursionError):
            return cls()


def evidence(index: Index, entity: Entity, middle: str = "") -> Evidence:
    """Collect what an article says of one of its people."""
    text = index.text
    places = {
        folded(index.words(mention))
        for other in index.analysis.entities
        if other.type == "PLACE"
        for mention in other.mentions
    }
    alone = sum(other.type == "PERSON" for other in index.analysis.entities) == 1
    phrases: list[str] = []
    titles = he = she = 0
    age: int | None = None
    for mention in entity.mentions[:_MENTIONS]:
        before = text[max(0, mention.start - 70) : mention.start].rpartition("\n")[2]
        after = text[mention.end : mention.end + 110].partition("\n")[0]
        if (lead := _BEFORE.search(before)) is not None:
            phrases.append(_last_words(lead[0]))
        if (tail := _AFTER.match(after)) is not None:
            phrases.append(tail[1].strip())
        if age is None and (aged := _AGED.match(after)) is not None:
            age = int(aged[1])
        title = _title(before)
        if " " in text[mention.start : mention.end]:
            titles += title
        else:  # "Mrs Clinton" may be given to the wrong one of two Clintons
            he += title > 0
            she += title < 0
        pronoun = _PRONOUN.search(after)
        he += bool(pronoun and pronoun[1])
        she += bool(pronoun and pronoun[2])
    phrases += [words for said in index.said_by(entity.id) if (words := index.role(said))]
    roles: list[Description] = []
    for phrase in phrases:
        role = _role(phrase, places)
        if role is not None and role not in roles:
            roles.append(role)
    titles += sum(_sex_of_noun(role.noun) for role in roles)
    least = 1 if alone else _PRONOUNS
    sex = "m" if titles > 0 else "f" if titles < 0 else ""
    if not sex and bool(he >= least) != bool(she >= least) and not (he and she):
        sex = "he" if he else "she"
        if _sex_of_name(entity.name) not in ("", sex):
            sex = ""  # somebody else is meant
    year = (index.article.published or "")[:4]
    born = int(year) - age if age is not None and year.isdecimal() else None
    return Evidence(sex, tuple(roles[:_ROLES]), born, middle)


def together(one: str, other: str) -> bool:
    """Whether one person may well be of both fields of work."""
    return one == other or any(one in line and other in line for line in _lists()["together"])


def _last_words(lead: str) -> str:
    """The words right before a name that may be its title: behind the last small word."""
    kept: list[str] = []
    for word in reversed(lead.split()):
        if folded(word) in _BEFORE_VERBS and len(kept) == 1 and kept[0].islower():
            return ""  # "to shepherd X"
        if folded(word) in _SMALL or folded(word) in _said():
            break
        if kept and kept[0][0].isupper() and word.islower() and word not in _TITLE_LIKE:
            break  # "beat Secretary X"
        kept.append(word)
    return " ".join(reversed(kept))


def _role(phrase: str, places: set[str]) -> Description | None:
    head = _OF.split(f"{phrase} ", maxsplit=1)[0]
    found = [folded(word).strip(".") for word in _WORD.findall(head)]
    while found and found[0] in _LEADING:
        del found[0]
    if not found or found[-1] not in _nouns() or _SMALL.intersection(found):
        return None
    shown = _LEAD.sub("", phrase)
    # Words that begin an aside ("who ...") are no part of the description.
    shown = _ASIDE.split(shown, maxsplit=1)[0].strip(" ,'\"‘’“”")
    plain = folded(shown)
    lands = {land for word in re.findall(r"[\w.]+", plain) if (land := _countries().get(word.strip(".")))}
    inside = {
        place
        for place in places
        if re.search(rf"(?<!\w){re.escape(place)}(?!\w)", plain) and place not in _countries()
    }
    return Description(shown[:70], found[-1], tuple(sorted(lands)), tuple(sorted(inside)))


def _title(before: str) -> int:
    words = before.split()
    last = folded(words[-1]).strip(".") if words else ""
    return 3 * (last in MALE_TITLES) - 3 * (last in FEMALE_TITLES)


def _sex_of_noun(noun: str) -> int:
    men, women = sections("genders")["men"], sections("genders")["women"]
    return 2 * (noun in men) - 2 * (noun in women)


def _sex_of_name(name: str) -> str:
    """What a given name says, where it is a man's or a woman's alone."""
    given = folded(name.partition(" ")[0])
    man, woman = (given in sections("genders")[f"names of {who}"] for who in ("men", "women"))
    return "" if man == woman else "he" if man else "she"


@cache
def _said() -> frozenset[str]:
    """Verbs of speaking that may stand before somebody's role: "insisted former minister X"."""
    verbs = sections("reporting")["reporting"]
    return frozenset(verb + "ed" for verb in verbs) | frozenset(verb + "d" for verb in verbs)


@cache
def _lists() -> dict[str, tuple[tuple[str, ...], ...]]:
    return read_lines(Path(__file__).parent / "data" / "roles.txt")


@cache
def _fields() -> dict[str, str]:
    return {
        word: field
        for field, rows in _lists().items()
        if field not in ("together", "countries")
        for row in rows
        for word in row
    }


@cache
def _countries() -> dict[str, str]:
    return {word: row[0] for row in _lists()["countries"] for word in row}


@cache
def _nouns() -> frozenset[str]:
    return (sections("speakers")["people"] | _fields().keys()) - _KIN


_KIN = frozenset(
    "husband wife father mother son daughter brother sister man woman boy girl dad mum mom uncle aunt nephew"
    " niece grandfather grandmother grandson granddaughter widow widower boyfriend girlfriend".split()
)
