"""Who speaks in the sentence before a pronoun without being named, and who cannot be the one that answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.attribution.anaphors import main_subject
from reader.language.attribution.words import first_word
from reader.language.cues import REPORTING, noun_kind
from reader.language.stems import stem
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.scenes import Scene

_MEN, _WOMEN = (sections("genders")[name] for name in ("men", "women"))
_UNKNOWN = frozenset(("a", "an", "one", "another"))
_POSSESSORS = frozenset(("my", "our", "your", "its", "their", "his", "her"))
_WHICH = frozenset(("who", "whose"))
_PERSONAL = frozenset(("he", "she"))
_OWN = {"he": "his", "she": "her"}
_ASKS = frozenset(
    stem(verb)
    for verb in (
        "asked",
        "pressed",
        "questioned",
        "challenged",
        "quizzed",
        "prompted",
        "interviewed",
        "grilled",
    )
)
_REPLIES = frozenset(stem(verb) for verb in ("replied", "answered", "responded", "retorted"))
# Words between "asked" and "by": "asked on Monday by".
_BETWEEN = 4


def unnamed_teller(scenes: dict[int, Scene], pronoun: Candidate) -> Candidate | None:
    """The person without a name who speaks in the sentence before a "he" or "she":
    "A neighbour said that there was shouting. “It went on for hours,” she said.".

    The sentence may be the last of the paragraph before.
    """
    wanted = pronoun.lower
    words = scenes[pronoun.paragraph].paragraph.words
    if pronoun.verb < 0 or words[pronoun.verb].stem not in REPORTING:
        return None
    first = pronoun
    teller = _speaker_before(scenes, pronoun)
    while teller is not None and teller.lower == wanted:  # "A neighbour said … “…,” she said. “…,” she said."
        first = teller
        teller = _speaker_before(scenes, first)
    if teller is None:
        return _stranger_before(scenes, first)
    if teller.named is not None or noun_kind(teller.lower) != "person":
        return None
    return teller if _introduced(scenes, teller, wanted) and _may_be(teller.lower, wanted) else None


def _stranger_before(scenes: dict[int, Scene], pronoun: Candidate) -> Candidate | None:
    """Whom the sentence before is about, without a name: "His widow wept. She said …".

    A woman or man by the very word; or whoever a paragraph begins with and tells apart from others:
    "The nurse who took the call gave evidence. She said …".
    Nobody may be named there, nor since.
    """
    place = scenes[pronoun.paragraph]
    words = place.paragraph.words
    before = [c for c in place.candidates if c.index < pronoun.index]
    about = [c for c in before if c.subject and main_subject(words, c) and not c.word.masked]
    about = [c for c in about if c.word.sentence == about[-1].word.sentence]
    since = [c for c in before if about and c.word.sentence >= about[0].word.sentence]
    if any(c.named is not None and c.named.type == "PERSON" for c in since):
        return None
    if len(about) != 1 or about[0].lower in _PERSONAL:
        return None
    (person,) = about
    women = person.lower in _WOMEN or person.lower.endswith("woman")
    men = person.lower in _MEN or person.lower.endswith(("man", "boy"))
    right = women and not men if pronoun.lower == "she" else men and not women
    opens = person.word.sentence == words[0].sentence and noun_kind(person.lower) == "person"
    speaks = person.verb >= 0 and words[person.verb].stem in REPORTING
    told_of = opens and not speaks and _told_apart(scenes, person)
    right = right or (told_of and _may_be(person.lower, pronoun.lower))
    return person if right and _introduced(scenes, person, pronoun.lower) else None


def _introduced(scenes: dict[int, Scene], teller: Candidate, pronoun: str) -> bool:
    """Whether somebody comes in who was not named before: "a neighbour", "the bank's economist", "the nurse
    who took the call".

    "The senator" was, and "he" after "his lawyer said" may be either of the two.
    """
    words = scenes[teller.paragraph].paragraph.words
    first = words[first_word(words, teller.index, teller.start)].lower
    inside = (word for word in words[: teller.index] if word.start >= teller.start)
    owned = any(word.lower in ("'s", "’s") for word in inside)
    own = first in _POSSESSORS and first != _OWN.get(pronoun)
    return first in _UNKNOWN or owned or own or _told_apart(scenes, teller)


def _told_apart(scenes: dict[int, Scene], person: Candidate) -> bool:
    """Whether a clause says which person is meant: "the nurse who took the call"."""
    words = scenes[person.paragraph].paragraph.words
    return person.index + 1 < len(words) and words[person.index + 1].lower in _WHICH


def _may_be(noun: str, pronoun: str) -> bool:
    woman, man = noun in _WOMEN or noun.endswith("woman"), noun in _MEN or noun.endswith(("man", "boy"))
    return not (woman if pronoun == "he" else man and not woman)


def _speaker_before(scenes: dict[int, Scene], pronoun: Candidate) -> Candidate | None:
    place = scenes[pronoun.paragraph]
    sentence = _last_sentence(place, pronoun.index, but=pronoun.word.sentence)
    if sentence is None:
        people = (c.named for c in place.candidates if c.index < pronoun.index and c.named is not None)
        if pronoun.paragraph - 1 not in scenes or any(named.type == "PERSON" for named in people):
            return None
        place = scenes[pronoun.paragraph - 1]
        sentence = _last_sentence(place, len(place.paragraph.words), but=-1)
    words = place.paragraph.words
    there = [c for c in place.candidates if c.word.sentence == sentence]
    speaking = [
        c
        for c in there
        if c.subject and c.verb >= 0 and words[c.verb].stem in REPORTING and main_subject(words, c)
    ]
    if len(speaking) != 1:
        return None
    (teller,) = speaking
    if words[teller.verb].stem in _ASKS:
        return None
    # Whoever is told something may speak next: "The officer told Ana Ruiz to leave. She said …".
    told = (c for c in there if c.named is not None and c.named.type == "PERSON" and c.index > teller.verb)
    return None if next(told, None) is not None else teller


def _last_sentence(place: Scene, end: int, *, but: int) -> int | None:
    """The last sentence before a word in which somebody else than the quoted has words."""
    words = place.paragraph.words
    before = (words[index] for index in range(end - 1, -1, -1) if not words[index].masked)
    return next((w.sentence for w in before if w.sentence != but and w.text[0].isalnum()), None)


def asker(place: Scene, answering: Candidate) -> Candidate | None:
    """Who asks what is answered: "Pressed by Holt about the memo, he said …"; "Holt asked him why. “Because,”
    he replied".
    """
    return _asking_by(place, answering) or _asking_before(place, answering)


def _asking_by(place: Scene, answering: Candidate) -> Candidate | None:
    words = place.paragraph.words
    for candidate in place.candidates:
        if candidate.index >= answering.index:
            break
        if candidate.word.sentence != answering.word.sentence or candidate.named is None:
            continue
        first = candidate.index
        while first > 0 and words[first].start > candidate.start:
            first -= 1
        if first < 1 or words[first - 1].lower != "by":
            continue
        if any(words[index].stem in _ASKS for index in range(max(0, first - 2 - _BETWEEN), first - 1)):
            return candidate
    return None


def _asking_before(place: Scene, answering: Candidate) -> Candidate | None:
    """Who asks in the sentence before somebody replies."""
    words = place.paragraph.words
    if answering.verb < 0 or words[answering.verb].stem not in _REPLIES:
        return None
    sentence = _last_sentence(place, answering.index, but=answering.word.sentence)
    if sentence is None:
        return None
    there = (c for c in place.candidates if c.word.sentence == sentence and c.subject and c.verb >= 0)
    asking = [c for c in there if words[c.verb].stem in _ASKS and main_subject(words, c)]
    return asking[0] if len(asking) == 1 else None
