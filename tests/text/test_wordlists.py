"""The grammar of word lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.text.wordlists import read_lines

if TYPE_CHECKING:
    from pathlib import Path


def test_sections_lines_and_words_keep_their_order(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("# About\n\n[one]\n= b; a b;\n= c\n[two]\n[one]\n= d\n", "utf-8")
    assert read_lines(file) == {"one": (("b", "a b"), ("c",), ("d",)), "two": ()}


@pytest.mark.parametrize("line", ["word", "= a", "[open"])
def test_a_line_that_is_neither_section_nor_words_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "list.txt"
    file.write_text(f"# About\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"list\.txt, line 2"):
        read_lines(file)
