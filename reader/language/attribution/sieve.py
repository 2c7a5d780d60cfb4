"""The rule sieve: who says a quotation by plain patterns, with or without a parse.

Its answer explains an attribution, is one piece of evidence among others for the ranker, and stands alone
where a pipeline offers nothing to rank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.attribution.answer import Answer
from reader.language.attribution.dialogue import in_dialogue
from reader.language.attribution.layout import exchanges, headings, label, signature, unspoken
from reader.language.attribution.patterns import beside, governor, tells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.language.attribution.scenes import Scene


def sift(scenes: dict[int, Scene], endings: Mapping[int, str] | None = None) -> dict[int, Answer]:
    """Attribute every quotation of an article by rules; those that no rule reaches are missing.

    ``scenes`` are the looked-at paragraphs by number, ``endings`` the punctuation that ends each
    quotation. A quotation without a cue of its own takes the speaker of its paragraph, then that of the
    paragraph that it continues.
    """
    found: dict[int, Answer] = {}
    headed = headings(scenes)
    last: tuple[int, Answer] | None = None
    for number in sorted(scenes):
        place = scenes[number]
        if not place.order:
            continue
        near = [scenes[n] for n in (number - 2, number - 1) if n in scenes]
        earlier = [found[q] for scene in near for q in scene.order if q in found]
        here = _paragraph(scenes, number, earlier, endings or {}, headed.get(number))
        for quotation in place.order:
            if quotation not in here and quotation in place.paragraph.direct:
                carried = headed.get(number) or _carried(scenes, number, last)
                if carried is not None:
                    here[quotation] = carried
        here |= in_dialogue(scenes, number, found, endings or {})
        found.update(here)
        spoken = [q for q in place.order if q in here and q in place.paragraph.direct]
        if spoken:
            last = number, here[spoken[-1]]
    return found


def _paragraph(
    scenes: dict[int, Scene],
    number: int,
    earlier: list[Answer],
    endings: Mapping[int, str],
    headed: Answer | None,
) -> dict[int, Answer]:
    place = scenes[number]
    here: dict[int, Answer] = {}
    for quotation in place.order:
        found = (
            label(place, place.paragraph.spans[quotation][0])
            or signature(scenes, number, quotation)
            or unspoken(place, place.paragraph.spans[quotation][1])
            or beside(place, quotation, endings.get(quotation, ""))
        )
        if found is None and quotation not in place.paragraph.direct:
            found = governor(place, quotation)
        if found is not None and quotation not in place.paragraph.direct and tells(place, found):
            found = found._replace(sure=True)
        if found is not None:
            here[quotation] = found
    here.update(exchanges(place, here, earlier, endings))
    speaker = headed
    for quotation in place.order:
        if quotation in here:
            if speaker is None or quotation in place.paragraph.direct:
                speaker = here[quotation]
        elif speaker is not None and speaker is headed:
            here[quotation] = headed
        elif speaker is not None and speaker.candidate is not None:
            here[quotation] = Answer(speaker.candidate, speaker.cue, "goes on from the quotation before it")
    following: Answer | None = None
    for quotation in reversed(place.order):
        if quotation in here:
            following = here[quotation]
        elif following is not None and following.candidate is not None:
            here[quotation] = Answer(following.candidate, following.cue, "goes with the quotation after it")
    return here


def _carried(scenes: dict[int, Scene], number: int, last: tuple[int, Answer] | None) -> Answer | None:
    """A paragraph that is all quotation: introduced by the line before it, or going on from there."""
    previous = scenes.get(number - 1)
    if previous is not None and previous.paragraph.words and previous.paragraph.words[-1].text == ":":
        subjects = [c for c in previous.candidates if c.subject] or previous.candidates[:1]
        if subjects:
            return Answer(subjects[0], (-1, -1), "the line before introduces it")
    if last is not None and last[0] == number - 1:
        return Answer(last[1].candidate, last[1].cue, "goes on from the paragraph before")
    if previous is not None:
        subjects = [c for c in previous.candidates if c.subject and (c.named or c.lower in ("he", "she"))]
        if subjects:
            return Answer(subjects[-1], (-1, -1))
    return None
