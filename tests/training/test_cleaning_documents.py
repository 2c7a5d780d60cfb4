"""Labelled texts for the cleaning weights: notes, JSON lines, pages made at random."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from training.cleaning import documents
from training.cleaning.synthetic import Maker

if TYPE_CHECKING:
    from pathlib import Path


def test_notes_name_lines_of_a_text_that_stays_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A title\n\nOne.\n\nShare\nTweet\n\nTwo.\n", encoding="utf-8")
    notes = tmp_path / "raw.notes"
    notes.write_text("a.txt J2-3 N4\n", encoding="utf-8")
    (found,) = documents.from_notes(notes, tmp_path)
    assert (found.labels, found.lines) == (list("TAJJN"), ["A title", "One.", "Share", "Tweet", "Two."])


def test_json_lines_keep_the_group_that_they_name(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    record = {"file": "x", "group": "site", "lines": [["title", "T"], ["junk", "Share"], ["A", "  One.  "]]}
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    (found,) = documents.from_jsonl(path)
    assert found == ("pages/x", "site", ["T", "J", "A"], ["T", "Share", "One."])


def test_pages_are_made_the_same_again_and_filled_in() -> None:
    first, second = Maker(3), Maker(3)
    pages = [first.page() for _ in range(20)]
    assert pages == [second.page() for _ in range(20)]
    lines = [line for page in pages for line in page]
    assert {label for label, _ in lines} >= {"T", "A", "J"}
    assert not any("{" in text for _, text in lines)
    assert [label for label, _ in pages[0]].count("T") == 1


def test_our_pages_have_both_sides() -> None:
    labels = {label for document in documents.ours() for label in document.labels}
    assert labels >= {"T", "A", "J"}
