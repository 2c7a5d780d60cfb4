"""Words as attribution needs them: a plain view of a parsed paragraph, whatever pipeline parsed it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.language.cues import REPORTING
from reader.language.stems import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from reader.language.attribution.masking import Masked

# CLEAR labels (spaCy's own English pipelines) in terms of Universal Dependencies.
_UNIVERSAL = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj", "dobj": "obj", "dative": "iobj", "pobj": "obl",
    "poss": "nmod:poss", "relcl": "acl:relcl", "neg": "advmod", "prt": "compound:prt", "intj": "discourse",
    "attr": "xcomp", "acomp": "xcomp", "oprd": "xcomp", "auxpass": "aux", "npadvmod": "obl:npmod",
    "nn": "compound", "ROOT": "root", "nounmod": "nmod", "possessive": "case", "prep": "prep",
    "agent": "agent", "preconj": "cc", "predet": "det", "quantmod": "advmod", "pcomp": "advcl",
}  # fmt: skip
_HYPHENS = ("-", "‑")
_SUBJECTS = ("nsubj", "nsubj:pass")
_LONGEST_INSERTION = 30  # words
_TOKEN = re.compile(r"\w+(?:[-.&]\w+)*(?:['’](?!s\b)\w+)*|['’]s\b|\.\.\.|\S")


@dataclass(slots=True)
class Word:
    """A token. ``start`` and ``end`` are offsets into the article; ``head`` is an index into the paragraph.

    ``quotation`` is the number of the quotation it stands in, or -1; ``masked`` says that it stands for a
    direct quotation's words.
    """

    text: str
    lower: str
    stem: str
    pos: str
    dep: str
    head: int
    start: int
    end: int
    sentence: int
    quotation: int
    masked: bool


@dataclass(slots=True)
class Paragraph:
    """A paragraph's words and where its quotations stand among them.

    ``spans`` leads from a quotation's number to its first and last word. ``parsed`` is false when the
    pipeline gave no dependencies.
    """

    start: int
    end: int
    words: list[Word]
    spans: dict[int, tuple[int, int]]
    direct: frozenset[int]
    parsed: bool
    children: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.children = [[] for _ in self.words]
        for index, word in enumerate(self.words):
            if word.head != index:
                self.children[word.head].append(index)


def first_word(words: Sequence[Word], index: int, start: int) -> int:
    """The first word, from ``index`` backwards, that does not begin before an offset."""
    while index > 0 and words[index - 1].start >= start:
        index -= 1
    return index


def last_word(words: Sequence[Word], index: int, end: int) -> int:
    """The last word, from ``index`` on, that does not end after an offset."""
    while index + 1 < len(words) and words[index + 1].end <= end:
        index += 1
    return index


def view(masked: Masked, doc: Doc | None) -> Paragraph:
    """Look at a masked paragraph through its parse, or through plain patterns where there is none."""
    words = _tokenised(masked.text) if doc is None else _with_subjects(_hyphenated(_parsed(doc)))
    parsed = doc is not None and doc.has_annotation("DEP")
    spans: dict[int, tuple[int, int]] = {}
    place = 0
    kept = masked.placed
    for index, word in enumerate(words):
        while place < len(kept) and kept[place].end <= word.start:
            place += 1
        start, end = word.start, word.end
        if place < len(kept) and start < kept[place].end and end > kept[place].start:
            number = kept[place].number
            word.quotation, word.masked = number, kept[place].direct
            first, _ = spans.get(number, (index, index))
            spans[number] = first, index
        word.start, word.end = masked.offsets[start], masked.original_end(end)
    direct = frozenset(placed.number for placed in kept if placed.direct)
    return Paragraph(masked.start, masked.end, words, spans, direct, parsed)


def _parsed(doc: Doc) -> list[Word]:
    words = []
    sentence = -1
    has_sentences = doc.has_annotation("SENT_START")
    has_tags = doc.has_annotation("POS")
    ends_sentence = True
    for token in doc:
        text = token.text
        if (token.is_sent_start if has_sentences else ends_sentence) or sentence < 0:
            sentence += 1
        ends_sentence = text in ".?!"
        dep = _UNIVERSAL.get(token.dep_, token.dep_)
        if dep == "obl" and token.head.dep_ == "agent":
            dep = "obl:agent"
        pos = token.pos_ if has_tags else _part_of_speech(text)
        start = token.idx
        words.append(
            Word(
                text,
                text.lower(),
                stem(text),
                pos,
                dep,
                token.head.i,
                start,
                start + len(text),
                sentence,
                -1,
                False,
            )
        )
    return _without_spaces(words) if any(word.text.isspace() for word in words) else words


def _without_spaces(words: list[Word]) -> list[Word]:
    """Drop white-space tokens and renumber the heads."""
    number: list[int] = []
    count = 0
    for word in words:
        number.append(count)
        count += not word.text.isspace()
    kept = [word for word in words if not word.text.isspace()]
    for word in kept:
        word.head = min(number[word.head], len(kept) - 1)
    return kept


def _hyphenated(words: list[Word]) -> list[Word]:
    """Make one word of "43-year-old" and "editor-in-chief", where a tokeniser made several."""
    number: list[int] = []
    groups: list[list[int]] = []
    for index, word in enumerate(words):
        glued = groups and words[groups[-1][-1]].end == word.start
        before = words[groups[-1][-1]].text if groups else ""
        if glued and (
            (word.text in _HYPHENS and before[-1].isalnum())
            or (before in _HYPHENS and len(groups[-1]) > 1 and word.text[0].isalnum())
        ):
            groups[-1].append(index)
        else:
            groups.append([index])
        number.append(len(groups) - 1)
    if len(groups) == len(words):
        return words
    return [_group(words, group, number) for group in groups]


def _with_subjects(words: list[Word]) -> list[Word]:
    """Give a verb its subject back that the parser hung on what stands between commas after it.

    "Norges Bank, in minutes released on Tuesday, called …": the bank called, and released nothing.
    """
    for index, word in enumerate(words[:-2]):
        if word.dep not in _SUBJECTS or words[index + 1].text != "," or word.head <= index + 1:
            continue
        closing = next(
            (
                n
                for n in range(word.head + 1, min(len(words), index + _LONGEST_INSERTION))
                if words[n].text == ","
            ),
            None,
        )
        if closing is None:
            continue
        verb = next((n for n in range(closing + 1, len(words)) if words[n].pos not in ("ADV", "AUX")), None)
        if verb is None or words[verb].pos != "VERB" or words[word.head].pos != "VERB":
            continue
        if not any(other.head == verb and other.dep in _SUBJECTS for other in words):
            word.head, word.dep = verb, "nsubj"
    return words


def _group(words: list[Word], group: list[int], number: list[int]) -> Word:
    """One word of several; it hangs where that of them hangs that leads outside."""
    outside = [i for i in group if words[i].head not in group or words[i].head == i] or group[:1]
    # What hangs on a part of the word leads back into it.
    outward = next((i for i in outside if words[words[i].head].head not in group), outside[0])
    leading = words[outward]
    text = "".join(words[index].text for index in group)
    leading.text, leading.lower = text, text.lower()
    if len(group) > 1:
        leading.stem = stem(text)
    leading.start, leading.end = words[group[0]].start, words[group[-1]].end
    leading.head = number[leading.head]
    return leading


def _tokenised(text: str) -> list[Word]:
    words = []
    sentence = 0
    for index, match in enumerate(_TOKEN.finditer(text)):
        form = match.group()
        start, end = match.span()
        pos = _part_of_speech(form)
        words.append(Word(form, form.lower(), stem(form), pos, "", index, start, end, sentence, -1, False))
        sentence += form in ".?!"
    return words


_PRONOUNS = frozenset(
    """
    he she they it i we you who him her them someone everyone nobody one
    """.split()
)
_FUNCTION = frozenset(
    """
    the a an this that these those his its their our my your of for to in on at by with from as and or but
    not if when while after before because so than then there also just only even still now
    """.split()
)


def _part_of_speech(form: str) -> str:
    """A guess for pipelines without a tagger: enough for cue patterns."""
    lower = form.lower()
    if not form[0].isalnum():
        return "PUNCT"
    if lower in _PRONOUNS:
        return "PRON"
    if lower in _FUNCTION:
        return "X"
    if form[0].isupper():
        return "PROPN"
    if form[0].isdigit():
        return "NUM"
    return "VERB" if stem(lower) in REPORTING else "NOUN"
