"""The fingerprint of our rules and weights."""

from __future__ import annotations

import shutil
import sys
from importlib import util
from typing import TYPE_CHECKING

from reader.language import fingerprint

if TYPE_CHECKING:
    from pathlib import Path


def taken(folder: Path) -> str:
    """The fingerprint of a copy of a few files, taken by the module's own code."""
    spec = util.spec_from_file_location("copied_fingerprint", folder / "fingerprint.py")
    assert spec
    assert spec.loader
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    found: str = module.fingerprint()
    return found


def test_it_is_the_same_each_time_and_changes_with_rules_lists_and_weights(tmp_path: Path) -> None:
    assert fingerprint.fingerprint() == fingerprint.fingerprint()
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(fingerprint.__file__, first / "fingerprint.py")
    (first / "data").mkdir()
    (first / "data" / "words.txt").write_text("said\n")
    (first / "weights.bin").write_bytes(bytes(3 << 20))
    second = shutil.copytree(first, tmp_path / "second")
    seen = {taken(first)}
    assert taken(second) in seen
    (second / "data" / "words.txt").write_text("told\n")
    seen.add(taken(second))
    (second / "weights.bin").write_bytes(b"\x01" * (3 << 20))
    seen.add(taken(second))
    (second / "rules.py").write_text("")
    seen.add(taken(second))
    assert len(seen) == 4
