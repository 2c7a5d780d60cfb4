"""Speakers that the layout tells: signatures, labels before a colon, quotations side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.attribution.answer import NOBODY, Answer
from reader.language.attribution.mentions import Candidate
from reader.language.cues import PLAINLY_REPORTING, noun_kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.language.attribution.scenes import Scene
    from reader.language.attribution.words import Word

_DASHES = frozenset(("—", "–", "―", "-", "--"))
_CLOSED = frozenset((".", "!", "?", '"', "”"))
_PRONOUNS = frozenset(("he", "she", "they", "i", "we"))
_HEARD = frozenset(("told", "hears", "heard"))
BEHIND_COLON = "named after the colon"
_LONGEST_SIGNATURE = 16
# Quotations before one that may tell who takes turns.
_REMEMBERED = 6
# Words that begin an aside after a dash rather than a signature.
_ASIDES = frozenset(("and", "but", "or", "so", "which", "who", "that", "not", "a", "an", "the"))
_CUES_FIRST = frozenset(("said", "says", "adds", "added", "asks", "asked", "writes", "wrote", "replied"))


def signature(scenes: dict[int, Scene], number: int, quotation: int) -> Answer | None:
    """Who signs a quotation that ends its paragraph: after a dash, or on the next line."""
    place = scenes[number]
    words = place.paragraph.words
    last = place.paragraph.spans[quotation][1]
    if last + 1 < len(words):
        if words[last + 1].text in _DASHES:
            return _signer(place, last + 1)
        if place.paragraph.spans[quotation][0] == 0:
            # A mark inside was taken for the closing one: "“What he calls “a mess” is home.” ― Bo Lee".
            ending = range(len(words) - 1, max(last, len(words) - _LONGEST_SIGNATURE), -1)
            dash = next((i for i in ending if words[i].text in _DASHES), -1)
            if dash > 0 and words[dash - 1].text in _CLOSED:
                return _signer(place, dash)
        return None
    following = scenes.get(number + 1)
    alone = place.paragraph.spans[quotation][0] == 0
    if following is None or not alone or not following.paragraph.words:
        return None
    if following.paragraph.words[0].text in _DASHES:
        return _signer(following, 0)
    return None


def headings(scenes: dict[int, Scene]) -> dict[int, Answer]:
    """Who speaks in paragraphs that follow a line of nothing but a name: "Bo Lee, 61, stonemason".

    By paragraph number; one such line proves nothing, it may be a byline.
    """
    found: dict[int, Answer] = {}
    for number, place in scenes.items():
        following = scenes.get(number + 1)
        if following is None or not following.order or following.paragraph.spans[following.order[0]][0] != 0:
            continue
        words = place.paragraph.words
        if not words or place.order or len(words) > _LONGEST_SIGNATURE or words[-1].text in ".?!:":
            continue
        first = place.candidates[0] if place.candidates else None
        if first is None or first.named is None or first.named.type != "PERSON":
            continue
        if first.start != words[0].start or any(word.pos in ("VERB", "AUX") for word in words):
            continue
        found[number + 1] = Answer(first, (-1, -1), "named in the line above it", sure=True)
    return found if len(found) > 1 else {}


def _signer(place: Scene, dash: int) -> Answer | None:
    """The name after a dash, when what follows is a signature and no sentence."""
    words = place.paragraph.words
    if len(words) - dash > _LONGEST_SIGNATURE + 3:
        return None
    rest = words[dash + 1 :]
    while rest and rest[0].text in _DASHES:
        rest = rest[1:]
    if not rest or len(rest) > _LONGEST_SIGNATURE or any(word.quotation >= 0 for word in rest):
        return None
    if any(word.text in "?!;:" for word in rest) or rest[0].lower in _ASIDES:
        return None
    within = [place.at[index] for index in range(dash + 1, len(words)) if index in place.at]
    named = [c for c in within if c.named is not None and c.named.type == "PERSON"]
    if named:
        return Answer(named[0], (-1, -1), "signed with the name", sure=True)
    # "Verified guest", "Retired nurse, Leeds": a participle before a noun makes no sentence.
    described = len(rest) > 1 and rest[0].lower.endswith("ed") and rest[1].pos in ("NOUN", "PROPN")
    if dash and any(
        word.pos in ("VERB", "AUX") and word.dep in ("root", "parataxis", "ccomp")
        for word in rest[described:]
    ):
        return None
    return Answer(_unnamed(place, rest, within), (-1, -1), "signed with the name", sure=True)


def _unnamed(place: Scene, rest: list[Word], within: list[Candidate]) -> Candidate:
    """A signer whom nobody took for a person ("J***n, Leeds"): the words up to the comma."""
    end = next((i for i, word in enumerate(rest) if word.text in ",(./|"), len(rest)) or 1
    if within and within[0].start == rest[0].start and within[0].named is not None:
        return within[0]
    index = len(place.paragraph.words) - len(rest)
    return Candidate(place.number, index, rest[0].start, rest[end - 1].end, "root", -1, False, None, rest[0])


def label(place: Scene, first: int) -> Answer | None:
    """Whose words a colon introduces when nothing but the speaker stands before it: "The minister: …"."""
    words = place.paragraph.words
    colon = first - 1
    if colon < 1 or words[colon].text != ":":
        return None
    start = colon
    while start > 0 and colon - start < 12:
        before = words[start - 1]
        if before.masked or before.quotation >= 0 or before.text in '.?!:;"':
            break
        start -= 1
    cue = (-1, -1)
    if words[start].lower in _CUES_FIRST and start + 1 < colon:
        # "Said Pell: …": in headlines and captions the verb comes first.
        cue = (start, start)
        start += 1
    said = start < colon - 1 and words[colon - 1].stem in PLAINLY_REPORTING
    if said:
        return None
    for candidate in (place.at[index] for index in range(start, colon) if index in place.at):
        if candidate.start <= words[start].start and (
            candidate.end >= words[colon - 1].end or _trails(words, candidate, colon)
        ):
            speaks = (
                candidate.named is not None
                or noun_kind(candidate.lower) in ("person", "group", "body")
                or candidate.lower in _PRONOUNS
            )
            if speaks:
                return Answer(candidate, cue, "named before the colon", sure=True)
    return None


def _trails(words: list[Word], candidate: Candidate, colon: int) -> bool:
    """Whether only an aside stands between a name and the colon: "Bo Lee, 43:", "Bo Lee, of the union:"."""
    rest = [word for word in words[:colon] if word.start >= candidate.end]
    return (
        candidate.named is not None
        and bool(rest)
        and rest[0].text in (",", "(")
        and not any(word.pos in ("VERB", "AUX") for word in rest)
    )


def unspoken(place: Scene, last: int) -> Answer | None:
    """Nobody, where a headline says only who listened: "Bridge ‘swayed like a hammock’, inquest told"."""
    words = place.paragraph.words
    if words[-1].lower not in _HEARD or last + 2 >= len(words):
        return None
    nearest = range(len(words) - 1, max(last, len(words) - 6), -1)
    comma = next((i for i in nearest if words[i].text == ","), len(words))
    heard = 2 <= len(words) - comma - 1 <= 4
    return Answer(None, (-1, -1), NOBODY, sure=True) if heard else None


def headline(place: Scene, last: int) -> Answer | None:
    """Who stands after the colon in "‘Q’: union leader on the fund", the way of headlines."""
    words = place.paragraph.words
    if last + 2 >= len(words) or words[last + 1].text != ":" or words[-1].text == ".":
        return None
    candidate = next(
        (place.at[i] for i in range(last + 2, min(len(words), last + 14)) if i in place.at), None
    )
    if candidate is None or candidate.start > words[last + 2].start:
        return None
    speaks = candidate.named is not None or noun_kind(candidate.lower) in ("person", "body", "group")
    # Where nothing stands before it, the line is a headline and says no more about it.
    opens = words[0].quotation >= 0 and words[0].quotation == words[last].quotation
    return Answer(candidate, (-1, -1), BEHIND_COLON, sure=opens) if speaks else None


def exchanges(
    place: Scene, own: dict[int, Answer], earlier: list[Answer], endings: Mapping[int, str]
) -> dict[int, Answer]:
    """Speakers of direct quotations that stand side by side: two people's, in turn.

    ``own`` are those with a cue of their own, ``earlier`` the speakers of the quotations before, ``endings``
    the punctuation that ends each.
    """
    spans = place.paragraph.spans
    runs: list[list[int]] = []
    for number in place.order:
        if number not in place.paragraph.direct:
            continue
        if runs and spans[runs[-1][-1]][1] + 1 == spans[number][0]:
            runs[-1].append(number)
        else:
            runs.append([number])
    found: dict[int, Answer] = {}
    for run in (run for run in runs if len(run) > 1):
        found.update(_in_turn(place, run, own, earlier, endings))
    return found


def _in_turn(
    place: Scene, run: list[int], own: dict[int, Answer], earlier: list[Answer], endings: Mapping[int, str]
) -> dict[int, Answer]:
    nearby = place.order[max(0, place.place[run[0]] - _REMEMBERED) : place.place[run[0]]]
    before = [own[number] for number in nearby if number in own]
    spoke = _two([*earlier, *before])
    words = place.paragraph.words
    start = place.paragraph.spans[run[0]][0]
    # After a full stop the first goes on from what stands before it, if from anything.
    apart = start > 0 and words[start - 1].text in ".?!"
    told = [number for number in run if number in own and not (apart and number == run[0])]
    anchor = run.index(told[0]) if told else None
    if anchor is not None:
        one = own[run[anchor]]
        other = next((found for found in spoke if not same(found, one)), None)
    elif spoke:
        # Nobody is named: whoever spoke last goes on, unless they asked or are asked.
        one, other = spoke[0], spoke[1] if len(spoke) > 1 else None
        anchor = int(any(endings.get(number) == "?" for number in (run[0], *nearby[-1:])))
    else:
        return {}
    result: dict[int, Answer] = {}
    for position, number in enumerate(run):
        if number in told:
            continue
        speaker = one if (position - anchor) % 2 == 0 else other
        if speaker is None:
            result[number] = Answer(None, (-1, -1), "another person than the one who answers", sure=True)
        else:
            result[number] = Answer(speaker.candidate, (-1, -1), "in turn with the one beside it", sure=True)
    return result


def _two(found: list[Answer]) -> list[Answer]:
    """The last speaker and the last other one before."""
    two: list[Answer] = []
    for speaker in reversed(found):
        if speaker.candidate is not None and not any(same(speaker, other) for other in two):
            two.append(speaker)
        if len(two) == 2:
            break
    return two


def same(one: Answer, other: Answer) -> bool:
    """Whether two answers are one speaker."""
    a, b = one.candidate, other.candidate
    if a is None or b is None:
        return a is b
    if a.named is not None and b.named is not None:
        return a.named.entity == b.named.entity
    return a is b
