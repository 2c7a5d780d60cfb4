"""Tables of data, which are read row by row; tables that only lay a page out are read as its blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ingest.markup import Element

_MOST_ELEMENTS = 20_000
_LONGEST_CELL = 240


def is_data(table: Element) -> bool:
    """Whether a table holds data: two columns or more, short cells, nothing nested."""
    if table.get("role") in ("presentation", "none"):
        return False
    rows = wide = 0
    for count, element in enumerate(table.iter("table", "tr", "td", "th", "form", "h1", "h2", "article")):
        if count > _MOST_ELEMENTS:
            return False
        if element.tag in ("table", "form", "h1", "h2", "article"):
            if element is not table:
                return False
        elif element.tag == "tr":
            rows += 1
            wide += sum(child.tag in ("td", "th") for child in element) >= 2
        elif len(element) > 8 or len(element.text_content()) > _LONGEST_CELL:
            return False
    return rows >= 2 and wide * 2 >= rows


def row_text(row: Element) -> str:
    """Return the cells of a row with bars between them, or a caption's words."""
    if row.tag == "caption":
        return str(row.text_content())
    cells = (" ".join(cell.text_content().split()) for cell in row if cell.tag in ("td", "th"))
    return " | ".join(cells).strip(" |")
