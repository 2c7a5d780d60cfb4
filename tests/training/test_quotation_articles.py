"""What the training of quotations reads, and how it matches what was found with what was annotated."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from training.quotations.articles import Unit, from_corpus, from_jsonl, matches

if TYPE_CHECKING:
    from pathlib import Path


def unit(start: int, end: int) -> Unit:
    return Unit(start, end, "full", None, None, None)


def test_stretches_match_the_unit_that_they_share_most_with() -> None:
    matched, touching = matches([unit(0, 10), unit(20, 30)], [(0, 9), (19, 24), (21, 30), (40, 50)])
    assert {index: (found.start, found.end) for index, found in matched.items()} == {0: (0, 10), 2: (20, 30)}
    assert touching == {1}


def test_half_of_the_union_is_not_enough() -> None:
    matched, touching = matches([unit(0, 10)], [(0, 20)])
    assert matched == {}
    assert touching == {0}


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    quotation = {"start": 0, "end": 6, "kind": "full", "source_head": [13, 16], "source_kind": "named"}
    record = {"id": "a", "text": "“Yes,” said Ana.", "quotations": [quotation]}
    path.write_text(json.dumps(record) + "\n\n", "utf-8")
    (article,) = from_jsonl(path)
    assert article.units[0].head == (13, 16)
    assert not article.ours


def test_the_held_out_tenth_is_apart() -> None:
    kept = {article.identity for article in from_corpus(kept_out=True)}
    used = {article.identity for article in from_corpus(kept_out=False)}
    assert not kept & used
    assert 9 < len(used) / len(kept) < 10
    assert all(article.names for article in from_corpus(kept_out=True))
