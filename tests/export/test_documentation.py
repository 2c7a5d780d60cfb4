"""docs/export.md says what the code does."""

import re
from pathlib import Path

from reader.export import edges, quotations_table
from reader.export.registry import FORMATS

TEXT = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")


def _rows(heading: str) -> list[list[str]]:
    section = TEXT.split(f"## {heading}\n")[1].split("\n## ")[0]
    return [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| `")]


def test_every_format_is_in_the_table() -> None:
    described = [name for row in _rows("Formats") for name in re.findall(r"`([\w-]+)`", row[0])]
    assert sorted(described) == sorted(FORMATS)


def test_every_unit_of_offsets_is_right() -> None:
    by_unit = [re.findall(r"`([\w-]+)`", row[0]) for row in _rows("Offsets")]
    assert {name: form.offset_unit for name, form in FORMATS.items() if form.offset_unit} == (
        dict.fromkeys(by_unit[0], "code point") | dict.fromkeys(by_unit[1], "token")
    )


def test_columns() -> None:
    columns = " ".join(TEXT.split("## Columns\n")[1].split())
    assert f"`csv`: {', '.join(quotations_table.HEADER)}." in columns
    assert f"`edges`: {', '.join(edges.HEADER)}." in columns


def test_formats_for_many_are_named() -> None:
    (listed,) = re.findall(r"or into one file: (.*?)\.\n", TEXT.replace("\n  ", " "))
    named = set(re.findall(r"`(\w+)`", listed)) | {"csv", "csv-entities", "csv-mentions"}
    assert named == {name for name, form in FORMATS.items() if form.many}
