"""Writes the table of keys in reading.md from the table of actions."""

from __future__ import annotations

from pathlib import Path

from reader.tui.actions import ACTIONS, GROUPS
from reader.tui.keys import key_label

PAGE = Path(__file__).parent / "reading.md"
_BEGIN = "<!-- keys: written from reader/tui/actions.py by `python docs/reading_keys.py` -->\n"
_END = "<!-- end of keys -->\n"


def table() -> str:
    """The tables, one per group."""
    parts = []
    for group in GROUPS:
        rows = ["| action | keys | what it does |", "|---|---|---|"]
        for action in ACTIONS:
            if action.group == group:
                keys = " ".join(f"`{key_label(key)}`" for key in action.keys)
                rows.append(f"| {action.name} | {keys} | {action.help} |")
        parts.append(f"### {group}\n\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def written(page: str) -> str:
    """The page with the tables of today."""
    before, rest = page.split(_BEGIN)
    _, after = rest.split(_END)
    return f"{before}{_BEGIN}\n{table()}\n{_END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
