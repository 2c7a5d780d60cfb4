"""Files of the reader's own: whole at any moment, and nobody else's business."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from reader.settings.files import replace_text, whole_file

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_replaced_when_all_of_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "state" / "theme"
    replace_text(path, "dark\n")
    with whole_file(path) as stream:
        stream.write(b"sep")
        stream.flush()
        assert path.read_text() == "dark\n"
        stream.write(b"ia\n")
    assert path.read_text() == "sepia\n"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_what_the_reader_remembers_is_private(tmp_path: Path) -> None:
    replace_text(tmp_path / "theme", "dark\n")
    assert (tmp_path / "theme").stat().st_mode & 0o077 == 0


def test_nothing_is_left_of_a_file_that_did_not_come_to_be(tmp_path: Path) -> None:
    path = tmp_path / "theme"
    replace_text(path, "dark\n")
    with suppress(RuntimeError), whole_file(path) as stream:
        stream.write(b"half")
        raise RuntimeError("interrupted")
    assert path.read_text() == "dark\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_that_cannot_be_taken_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    with pytest.raises(OSError, match="theme"):
        replace_text(tmp_path / "theme", "dark\n")
    assert [path.name for path in tmp_path.iterdir()] == ["theme"]
