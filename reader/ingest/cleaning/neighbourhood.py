"""What the rules leave in doubt, decided by learnt weights: lines that stand among furniture.

The rules of the other modules come first and stay the evidence: where no line is furniture by its wording,
nothing is removed here. Then lines outside the body (the stretch of the article's own paragraphs) go when
they are probably furniture, and must be surer to when they read as paragraphs; inside it only short lines
go, beside others that do. What may be the title, paragraphs of reporting and verse never do.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from reader.ingest.cleaning.evidence import small_share, speech, tokens
from reader.ingest.cleaning.judgement import FAR, SPREADING
from reader.ingest.cleaning.surroundings import SHELTERED, Surroundings, sheltered
from reader.ingest.cleaning.weights import learnt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ingest.cleaning.judgement import Judgement
    from reader.ingest.cleaning.lines import Features
    from reader.ingest.cleaning.weights import Weights

_DATELINE = re.compile(r"[A-Z][A-Z.'’ -]{2,40}(?:, [A-Z][\w.]+)?(?: \([^()]{2,30}\))? ?(?:[-–—]|--) ")
_EVIDENCE = SPREADING | {"advertisement", "page code", "reader comment"}
_REPORT_WORDS, _REPORT_NAMES = 15, 2
_VERSE_LINES, _VERSE_SHARE = 6, 0.28
_ROUNDS = 2
"""What the first round removes tells the second more about what is left."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TITLES, _IS_TITLE, _MAY_BE_TITLE = 4, 0.2, 0.003
_WINDOW_TITLES = {"window title", "title repeated", "breadcrumb"}
_NAMES = {
    "share buttons": "share buttons",
    "comment widget": "lines of a comment form",
    "reader comment": "readers' comments",
    "newsletter prompt": "lines of a newsletter box",
    "related links": "related links",
    "site navigation": "a menu",
    "cookie notice": "lines of a cookie notice",
    "donation prompt": "lines of a donation form",
    "subscription prompt": "lines of a subscription offer",
    "app prompt": "lines of an app prompt",
    "poll or form": "lines of a poll or form",
    "media player": "the controls of a player",
    "copyright notice": "a page's footer",
    "message from the site": "messages from the site",
    "advertisement": "advertisements",
    "tags": "tags",
    "counts": "counts",
}


def wordings(seen: Sequence[Features], removed: Sequence[bool], weights: Weights) -> list[float]:
    """The log odds by wording of every line that has to be looked at."""
    return [
        SHELTERED if safe else weights.wording(line)
        for line, safe in zip(seen, sheltered(seen, removed), strict=True)
    ]


def judge_neighbourhood(judged: Judgement, weights: Weights | None = None) -> None:
    """Remove what stands among furniture, and find the title that it hid.

    ``judged`` is what the rules found. ``weights`` are the package's own unless training tries others.
    """
    if _EVIDENCE.isdisjoint(judged.reasons) or None not in judged.reasons:
        return
    weights = weights or learnt()
    sure = list(judged.reasons)
    logits = wordings(judged.seen, [reason is not None for reason in sure], weights)
    for _ in range(_ROUNDS):
        _judge_round(judged, sure, logits, weights)


def _judge_round(
    judged: Judgement, sure: Sequence[str | None], logits: Sequence[float], weights: Weights
) -> None:
    """Judge every line that stays by its surroundings as they are now; ``sure`` is what the rules found."""
    seen, reasons = judged.seen, judged.reasons
    removed = [reason is not None for reason in reasons]
    around = Surroundings(seen, removed, logits)
    if not any(around.prose[around.start : around.end]):
        return
    proofs = [0, *accumulate(reason in _EVIDENCE for reason in sure)]
    among = [
        weights.place(around.row(index)) if not removed[index] and _open(around, proofs, index) else 0.0
        for index in range(len(seen))
    ]
    titles = _titles(judged, around, among, weights)
    doubtful = [
        index
        for index, junk in enumerate(among)
        if junk >= (weights.strict if _attached(around, proofs, index) else weights.lenient)
        and index not in titles
        and not _is_article(around, index)
    ]
    going = set(doubtful)
    for index in doubtful:
        if not around.inside(index) or _accompanied(index, going, reasons):
            reasons[index] = _reason(sure, index)


def _open(around: Surroundings, proofs: Sequence[int], index: int) -> bool:
    """Whether a line may go at all: what is not looked at may not, nor a paragraph inside the body, nor
    anything on a side of the body where nothing is furniture by its wording."""
    if around.logits[index] == SHELTERED or (around.inside(index) and around.prose[index]):
        return False
    side = proofs[around.start] if index < around.start else proofs[-1] - proofs[around.end]
    return (around.inside(index) or side > 0) and _is_latin(around.seen[index].text)


def _attached(around: Surroundings, proofs: Sequence[int], index: int) -> bool:
    """Whether a line is near enough to the article to be its own: it reads as a paragraph, it lies in the
    body, or nothing that is furniture by its wording stands between it and the nearest paragraph."""
    if around.prose[index] or around.inside(index):
        return True
    low, high = around.stretch(index)
    low, high = (low, index) if index >= around.end else (index, high)
    return proofs[high] == proofs[low]


def _is_latin(text: str) -> bool:
    """Whether a line is in the script that the weights were trained on, or has no letters."""
    letters = [mark for mark in text[:80] if mark.isalpha()]
    return text.isascii() or sum(mark < "\u0250" for mark in letters) * 2 >= len(letters)


def _is_article(around: Surroundings, index: int) -> bool:
    """Whether a line is a paragraph of reporting, goes on from the line above, or stands in verse."""
    line = around.seen[index]
    above = around.seen[index - 1] if index and not around.removed[index - 1] else None
    if line.text[0].islower() and above and above.words >= _REPORT_WORDS // 2 and not above.stops:
        return True
    if line.prose and line.words >= _REPORT_WORDS:
        names = sum(name in line.text for name in around.names)
        return bool(_DATELINE.match(line.text)) or speech(line.text) or names >= _REPORT_NAMES
    return _is_verse(around, index)


def _is_verse(around: Surroundings, index: int) -> bool:
    """Whether a line begins or ends a run of lines that are no labels: running text, cut into lines."""
    first, last = around.stretch(index)
    runs = (range(index, index + _VERSE_LINES), range(index - _VERSE_LINES + 1, index + 1))
    return any(run[0] >= first and run[-1] < last and _cut(around, run) for run in runs)


def _cut(around: Surroundings, run: range) -> bool:
    lines = [around.seen[index] for index in run]
    if any(around.removed[run[0] : run[-1] + 1]) or any(line.proof for line in lines):
        return False
    return sum(small_share(tokens(line.text)) for line in lines) >= _VERSE_SHARE * len(lines)


def _accompanied(index: int, going: set[int], reasons: Sequence[str | None]) -> bool:
    """Whether other furniture stands right beside a line."""
    return any(
        near in going or (0 <= near < len(reasons) and reasons[near] is not None)
        for near in (index - 1, index + 1)
    )


def _titles(judged: Judgement, around: Surroundings, among: Sequence[float], weights: Weights) -> set[int]:
    """Return the lines that may be the title; the likeliest becomes the title."""
    chances = {index: weights.entitled(row) for index, row in title_rows(judged, around, among)}
    likeliest = sorted(chances, key=lambda index: -chances[index])[:_TITLES]
    ruled = judged.title
    if likeliest and chances[likeliest[0]] >= max(
        _IS_TITLE, chances.get(ruled, 0.0) if ruled is not None else 0.0
    ):
        judged.title = likeliest[0]
        judged.reasons[judged.title] = None
    texts = {judged.seen[index].plain for index in likeliest if chances[index] >= _MAY_BE_TITLE}
    kept = {index for index in chances if judged.seen[index].plain in texts}
    return kept if judged.title is None else {*kept, judged.title}


def title_rows(
    judged: Judgement, around: Surroundings, among: Sequence[float]
) -> list[tuple[int, list[float]]]:
    """The lines before the body that have a title's length, each with its row."""
    seen, reasons = judged.seen, judged.reasons
    able = [
        index
        for index in range(max(1, around.start))
        if 3 <= seen[index].words <= 26
        and not (seen[index].dated or seen[index].caption)
        and (reasons[index] is None or reasons[index] in _WINDOW_TITLES)
    ]
    first = next((index for index in able if reasons[index] is None and among[index] < 0.9), None)
    return [
        (
            index,
            around.title_row(
                index,
                among[index],
                first=index == first,
                ruled=index == judged.title,
                dated=any(
                    reasons[below] == "byline" or (seen[below].words <= 16 and _YEAR.search(seen[below].text))
                    for below in range(index + 1, min(index + 6, len(seen)))
                ),
            ),
        )
        for index in able
    ]


def _reason(sure: Sequence[str | None], index: int) -> str:
    """Say among what a line stands: the nearest lines that the rules removed."""
    before = next((sure[near] for near in range(index - 1, max(-1, index - FAR - 1), -1) if sure[near]), None)
    after = next(
        (sure[near] for near in range(index + 1, min(len(sure), index + FAR + 1)) if sure[near]), None
    )
    names = [_NAMES.get(reason or "") for reason in (before, after)]
    if names[0] and names[0] == names[1]:
        return f"between {names[0]}"
    name = names[0] or names[1]
    return f"beside {name}" if name else "among page furniture"
