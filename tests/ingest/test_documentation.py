"""What the documentation shows works."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parent.parent.parent


def test_the_example_in_the_documentation_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(ROOT / "tests" / "data" / "ingest" / "documents" / "page.html", tmp_path)
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs" / "cleaning.md").read_text(encoding="utf-8"), re.S
    )
    names: dict[str, object] = {}
    exec(example, names)
    assert "Share on Facebook" in str(names["everything"])
    assert str(names["article"]).startswith("Article(text=")
