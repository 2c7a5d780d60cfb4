"""Make the manual pages from the commands: ``make manual`` writes ``docs/man/*.1``."""

from __future__ import annotations

import sys
from pathlib import Path

from click_man.core import write_man_pages

import reader
from reader.commands.group import main as commands


def main(target: Path) -> None:
    """Write one page per command into a folder, which is made if need be."""
    target.mkdir(parents=True, exist_ok=True)
    write_man_pages("onrecord", commands, version=reader.__version__, target_dir=str(target))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "man")
