"""The manual pages in docs/man are those of the commands as they are now."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "man"


def _pages(folder: Path) -> dict[str, list[str]]:
    # The first line holds the date on which the page was made.
    return {path.name: path.read_text(encoding="utf-8").splitlines()[1:] for path in folder.glob("*.1")}


def test_manual_is_up_to_date(tmp_path: Path) -> None:
    script = FOLDER.with_name("manual.py")
    subprocess.run([sys.executable, script, tmp_path], check=True, capture_output=True)
    made = _pages(tmp_path)
    assert "onrecord.1" in made
    assert _pages(FOLDER) == made, "run `make manual`"
