"""Words in capitals that name nobody: offices, technical terms, services as a place to write on, and the one
word of a sentence."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from reader.language.entities.names import acronym_letters, folded, is_acronym, is_title, key
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from reader.language.entities.labels import TypedSpan

_ORGANISATIONS = sections("organisations")
_TERMS, _PLATFORMS = _ORGANISATIONS["terms"], _ORGANISATIONS["platforms"]
_PRODUCTS = _ORGANISATIONS["products"]
_MAKERS = _ORGANISATIONS["makers"]
_DIVISIONS = _ORGANISATIONS["divisions"] | _ORGANISATIONS["legal forms"]
_NEXT_WORD = re.compile(r" ([A-Z][a-z][\w’'-]*)")
_VERB_INSIDE = re.compile(r" [a-z]{3,} ")
# "chief election commissioner (CEC)"
_EXPLAINED = re.compile(r"(?<=[a-z]) \(([“\"]?)([A-Z]{2,6}s?)[”\"]?\)")
_WORD_BACKWARDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BODIES = (
    _ORGANISATIONS["heads"] | _ORGANISATIONS["parts of bodies"] | {"unit", "force", "taskforce", "forces"}
)
_SMALL = frozenset("of the and for in on to a an".split())
_REACH = 120
_BEFORE_PLATFORM = re.compile(
    r"\b(?:[Oo]n|[Vv]ia|[Oo]ver|[Tt]hrough|(?:[Tt]ook|[Tt]aken|[Tt]aking|posted|posting|turned|switched) to"
    r"|his|her|its|their|my|our|your|official|personal|verified)(?: (?:the|his|her|its|their))? $"
)
_AFTER_PLATFORM = re.compile(
    r" (?:accounts?|posts?|pages?|apps?|feeds?|videos?|users?|followers|profiles?|channels?|groups?|messages?"
    r"|threads?|bio|handles?|live(?:stream)?|stor(?:y|ies)|ads?)\b"
)
# What begins and ends a sentence of one word.
_SENTENCE_BEFORE = re.compile(r"(?:^|\n|[.?!:] |[\"“‘«'])$")
_SENTENCE_BEHIND = re.compile(r"[.?!…]|,[\"”’»']")
_GIVEN_NAMES = sections("genders")["names of men"] | sections("genders")["names of women"]


def without_lone_words(text: str, spans: Iterable[TypedSpan]) -> list[TypedSpan]:
    """The spans without people of one word, never named again, whose word is all of its sentence.

    "What did she send? Lilies.": a capital tells nothing there.
    """
    spans = list(spans)
    words = Counter(word for span in spans for word in key(text[span.start : span.end]).split())
    return [span for span in spans if not (span.type == "PERSON" and _is_sentence(text, span, words))]


def _is_sentence(text: str, span: TypedSpan, words: Counter[str]) -> bool:
    word = key(text[span.start : span.end])
    if " " in word or words[word] > 1 or word in _GIVEN_NAMES:
        return False
    before = _SENTENCE_BEFORE.search(text, max(0, span.start - 2), span.start)
    return before is not None and _SENTENCE_BEHIND.match(text, span.end) is not None


def explained_terms(text: str) -> frozenset[str]:
    """The keys of initials that stand in brackets after the common words they are made of."""
    found = set()
    for match in _EXPLAINED.finditer(text):
        letters = acronym_letters(match.group(2).removesuffix("s"))
        before = text[max(0, match.start() - _REACH) : match.start()]
        before = before[max(before.rfind(sign) for sign in "\n.;:!?(") + 1 :]
        words = [part for word in _WORD_BACKWARDS.findall(before) for part in word.split("-")]
        if _spelled_out(letters, words):
            found.add(key(match.group(2)))
    return frozenset(found)


def _spelled_out(letters: str, words: list[str]) -> bool:
    """Whether the last of the words, small ones left out or not, begin with the letters and are no names."""
    for choice in (words, [word for word in words if word not in _SMALL]):
        last = choice[-len(letters) :]
        if len(last) == len(letters) and all(map(_begins, last, letters)):
            return (
                last[-1] not in _BODIES
                and all(word.islower() for word in last[1:])
                and (last[0].islower() or len(choice) == len(last))
            )
    return False


def _begins(word: str, letter: str) -> bool:
    return word[:1].casefold() == letter


def without_terms(
    text: str, spans: Iterable[TypedSpan], names_of: Collection[str], terms: Collection[str]
) -> list[TypedSpan]:
    """The spans, those that are only terms or places to write on with the type OTHER.

    ``names_of`` holds the keys of initials that the article explains as an organisation's, ``terms`` those
    of initials that it explains by common words.
    """
    spans = list(spans)
    starts = {span.start for span in spans}
    return [
        span._replace(type="OTHER")
        if _is_letter(text, span)
        or (span.type == "ORG" and _is_product(text, span, starts))
        or (span.type in ("ORG", "PERSON") and _is_term_or_medium(text, span, names_of, terms))
        else span
        for span in spans
    ]


def _is_letter(text: str, span: TypedSpan) -> bool:
    """Whether a mention is one letter of the Latin alphabet: nobody but X is called so."""
    letter = key(text[span.start : span.end])
    return len(letter) == 1 and letter.isascii() and letter != "x"


def _is_term_or_medium(text: str, span: TypedSpan, names_of: Collection[str], terms: Collection[str]) -> bool:
    name = text[span.start : span.end]
    known_as = key(name)
    if not (name.isupper() or is_acronym(name) or known_as in _PLATFORMS):
        return False
    return _is_term(known_as, names_of, terms) or _is_medium(text, span, known_as)


def _is_term(name: str, names_of: Collection[str], terms: Collection[str]) -> bool:
    return name not in names_of and (name in terms or name in _TERMS)


def _is_product(text: str, span: TypedSpan, starts: Collection[int]) -> bool:
    """Whether a name is a product's, or a maker's with something behind it that is no part of a firm."""
    name = text[span.start : span.end]
    maker, _, thing = key(name).partition(" ")
    if key(name) in _PRODUCTS:
        return True
    if maker not in _MAKERS:
        return False
    if not thing:
        return _goes_on(text, span.end, starts)
    return not (_VERB_INSIDE.search(name) or _DIVISIONS.intersection(thing.replace("&", " ").split()))


def _goes_on(text: str, end: int, starts: Collection[int]) -> bool:
    """Whether a word with a capital that is in no name of its own goes on with a maker's: "Uber Money"."""
    match = _NEXT_WORD.match(text, end)
    if match is None or match.start(1) in starts:
        return False
    word = folded(match.group(1))
    return word not in _DIVISIONS and not is_title(word)


def _is_medium(text: str, span: TypedSpan, name: str) -> bool:
    if name not in _PLATFORMS:
        return False
    before = text[max(0, span.start - 24) : span.start]
    return bool(_BEFORE_PLATFORM.search(before) or _AFTER_PLATFORM.match(text, span.end))
