"""Sentences with direct speech made of treebank sentences, which hold little of it.

A frame is what is left of "She said that it rained" without the clause: "She said". Other sentences of the
treebank are put before or after it in quotation marks: '"It is late. We go," she said.'
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from training.encoder.treebank import Document, Sentence, Word

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

_VERBS = frozenset(
    """
    said says say told tells added adds explained explains replied asked asks wrote writes noted notes claimed
    claims argued argues announced stated states warned warns insisted insists admitted declared concluded
    suggested suggests recalled acknowledged reported remarked observed
    """.split()
)
_LONGEST_FRAME, _LONGEST_SPEECH = 14, 45
_ENDS = (".", "!", "?")


def below(words: Sequence[Word], top: int) -> set[int]:
    """A word and everything that hangs on it."""
    children: dict[int, list[int]] = {}
    for number, word in enumerate(words):
        children.setdefault(word.head - 1, []).append(number)
    found, waiting = set(), [top]
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting += children.get(number, ())
    return found


def frame(sentence: Sentence) -> tuple[list[Word], list[Word]] | None:
    """Subject (with what stands before the verb) and the verb (with what stands after), heads renumbered."""
    words = sentence.words
    verbs = [n for n, word in enumerate(words) if word.head == 0 and word.form.lower() in _VERBS]
    if len(verbs) != 1 or words[verbs[0]].pos != "VERB":
        return None
    verb = verbs[0]
    said = [n for n, word in enumerate(words) if word.head - 1 == verb and word.relation == "ccomp"]
    subjects = [n for n, word in enumerate(words) if word.head - 1 == verb and word.relation == "nsubj"]
    if len(said) != 1 or len(subjects) != 1 or not subjects[0] < verb < said[0]:
        return None
    gone = below(words, said[0]) | {
        n for n, word in enumerate(words) if word.relation == "punct" and word.head - 1 == verb
    }
    kept = [
        n for n in range(len(words)) if n not in gone and words[n].relation not in ("cc", "mark", "discourse")
    ]
    if len(kept) > _LONGEST_FRAME or any(words[n].head and words[n].head - 1 not in kept for n in kept):
        return None
    number = {old: new + 1 for new, old in enumerate(kept)}
    renumbered = [replace(words[n], head=number[words[n].head - 1] if words[n].head else 0) for n in kept]
    cut = kept.index(verb)
    return renumbered[:cut], renumbered[cut:]


def spoken(speech: Sequence[Sentence], frame: tuple[list[Word], list[Word]], order: int) -> list[Sentence]:
    """One instance; ``order`` 0: speech first, 1: and the verb next, 2: the frame first."""
    subject, rest = frame
    pieces = [[replace(word) for word in sentence.words] for sentence in speech]
    opening = Word('"', 0, 0, "PUNCT", "``", 0, "punct")
    closing = Word('"', 0, 0, "PUNCT", "''", 0, "punct")
    last = pieces[-1]
    if order == 2:
        end = last[-1].form in _ENDS
        before = [
            *_lower(subject, keep=True),
            *rest,
            Word(",", 0, 0, "PUNCT", ",", len(subject) + 1, "punct"),
        ]
        verb = len(subject) + 1
        moved = _moved(pieces[0], len(before) + 1)
        root = _root(pieces[0]) + len(before) + 1
        moved[root - len(before) - 2] = replace(moved[root - len(before) - 2], head=verb, relation="ccomp")
        first = [*before, replace(opening, head=root), *moved]
        lines = [first, *pieces[1:]]
        tail = lines[-1]
        tail.append(replace(closing, head=root if len(pieces) == 1 else _root(last)))
        if not end:
            tail.append(Word(".", 0, 0, "PUNCT", ".", _root(tail), "punct"))
    else:
        said = [*subject, *rest] if order == 0 else _inverted(subject, rest)
        if last[-1].form == ".":
            last[-1] = replace(last[-1], form=",", tag=",")
        elif last[-1].form not in _ENDS:
            last.append(Word(",", 0, 0, "PUNCT", ",", _root(last), "punct"))
        root = _root(last)
        last.append(replace(closing, head=root))
        offset = len(last)
        for word in _lower(said, keep=order == 1):
            head = word.head + offset if word.head else root
            last.append(replace(word, head=head, relation=word.relation if word.head else "parataxis"))
        last.append(Word(".", 0, 0, "PUNCT", ".", root, "punct"))
        lines = pieces
        lines[0] = [replace(opening, head=_root(lines[0]) + 1), *_moved(lines[0], 1)]
    return [_written(words, glued=number > 0) for number, words in enumerate(lines)]


def _root(words: Sequence[Word]) -> int:
    return next((n + 1 for n, word in enumerate(words) if word.head == 0), 1)


def _moved(words: Sequence[Word], by: int) -> list[Word]:
    return [replace(word, head=word.head + by if word.head else 0) for word in words]


def _lower(words: Sequence[Word], *, keep: bool) -> list[Word]:
    """The words, the first in lower case when it is no name and stands first no more."""
    if keep or not words or words[0].pos == "PROPN" or words[0].form == "I":
        return list(words)
    return [replace(words[0], form=words[0].form[:1].lower() + words[0].form[1:]), *words[1:]]


def _inverted(subject: Sequence[Word], rest: Sequence[Word]) -> list[Word]:
    """Verb, subject, the rest."""
    order = [len(subject), *range(len(subject)), *range(len(subject) + 1, len(subject) + len(rest))]
    words = [*subject, *rest]
    place = {old + 1: new + 1 for new, old in enumerate(order)}
    moved = [replace(words[old], head=place[words[old].head] if words[old].head else 0) for old in order]
    return [moved[0], *_lower(moved[1:], keep=False)]


def _written(words: list[Word], *, glued: bool) -> Sentence:
    """Offsets and text; the spacing is plain."""
    text = ""
    opened = False
    placed = []
    for word in words:
        close = word.form == '"' and word.tag == "''"
        tight = word.form in (",", ".", "!", "?", ";", ":", "'s", "n't", ")") or close or opened
        text += "" if tight or not text else " "
        placed.append(replace(word, start=len(text), end=len(text) + len(word.form)))
        text += word.form
        opened = word.form == "(" or (word.form == '"' and word.tag == "``")
    return Sentence(text, placed, glued)


def instances(documents: Sequence[Document], chance: random.Random, copies: int) -> Iterator[Document]:
    """Documents of one instance each, ``copies`` of every frame."""
    frames = [made for document in documents for s in document.sentences if (made := frame(s)) is not None]
    starts = [(d, n) for d, document in enumerate(documents) for n in range(len(document.sentences))]
    for made in frames * copies:
        for _ in range(20):
            where, first = chance.choice(starts)
            count = chance.choice((1, 1, 1, 2, 2, 3))
            speech = documents[where].sentences[first : first + count]
            if sum(len(s.words) for s in speech) <= _LONGEST_SPEECH and all(
                len(s.words) > 2 and s.words[-1].form in _ENDS and '"' not in s.text and "“" not in s.text
                for s in speech
            ):
                pronoun = made[0][-1].pos == "PRON" if made[0] else True
                order = chance.choice((0, 0, 2) if pronoun else (0, 1, 1, 2))
                yield Document("speech", spoken(speech, made, order))
                break
