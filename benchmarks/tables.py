"""From figures to what is shown: tables between markers in Markdown, and plots as SVG.

    python -m benchmarks.tables [FILE]

A page says where a table belongs: what stands between ``<!-- figures: PART PART -->`` and ``<!-- end -->`` is
replaced; ``<!-- figures (×, F): PART -->`` takes only what is in these units. ``<!-- machines -->`` says on
what all was measured. Plots go to docs/images.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.bench import FILE
from benchmarks.figures import HERE, Figure, rounded
from benchmarks.plots import bars, lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

ROOT = HERE.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_TABLE = re.compile(r"(<!-- figures(?: \((.+?)\))?: ([\w -]+?) -->\n).*?(<!-- end -->)", re.DOTALL)
_MACHINES = re.compile(r"(<!-- machines -->\n).*?(<!-- end -->)", re.DOTALL)
_ON_PROCESSOR = ", on the processor"
_SIZE = re.compile(r", ([\d,]+) (articles|words)$")

Measured = dict[str, dict[str, Any]]


def table(measured: Measured, parts: list[str], units: list[str]) -> str:
    """A Markdown table of some parts, of all units or of some, and what they were measured on.

    What was measured at several sizes has a column for each, and what was measured on the processor as well
    as on the clock stands in the figures alone.
    """
    known = [part for part in parts if part in measured]
    if not known:
        return "Not measured yet: `make bench`.\n"
    shown = [each for part in known for each in figures(measured, part) if not units or each.unit in units]
    names = {each.name for each in shown}
    shown = [each for each in shown if not _twice(each.name, names)]
    sizes = dict.fromkeys(match[0] for each in shown if (match := _SIZE.search(each.name)))
    by_size = len(known) > 1 and len(sizes) > 1 and all(_SIZE.search(each.name) for each in shown)
    rows = _by_size(shown, list(sizes)) if by_size else _one_by_one(shown)
    left = dict.fromkeys(measured[part]["left out"] for part in known if "left out" in measured[part])
    notes = [_when([measured[part]["machine"] for part in known])]
    return "\n".join([*rows, "", " ".join([*notes, *(f"Left out: {each}." for each in left)]), ""])


def _twice(name: str, names: Collection[str]) -> bool:
    return _ON_PROCESSOR in name and name.replace(_ON_PROCESSOR, "") in names


def _one_by_one(shown: list[Figure]) -> list[str]:
    late = any(each.late is not None for each in shown)
    rows = ["| what | median |" + " 95th percentile |" * late, "|---|---:|" + "---:|" * late]
    for each in shown:
        rows.append(f"| {each.name} | {rounded(each.value)} {each.unit} |")
        if late:
            rows[-1] += f" {rounded(each.late)} {each.unit} |" if each.late is not None else " |"
    return rows


def _by_size(shown: list[Figure], sizes: list[str]) -> list[str]:
    cells: dict[str, dict[str, str]] = {}
    for each in shown:
        match = _SIZE.search(each.name)
        assert match is not None
        late = f" / {rounded(each.late)}" if each.late is not None else ""
        cells.setdefault(each.name[: match.start()], {})[match[0]] = (
            f"{rounded(each.value)}{late} {each.unit}"
        )
    rows = [
        "| what: median / 95th percentile |" + "".join(f" {size.removeprefix(', ')} |" for size in sizes),
        "|---|" + "---:|" * len(sizes),
    ]
    for name, row in cells.items():
        rows.append(f"| {name} |" + "".join(f" {row.get(size, '')} |" for size in sizes))
    return rows


def filled(text: str, measured: Measured) -> str:
    """A page with its tables as they are now."""
    text = _MACHINES.sub(lambda m: m[1] + on_what(measured) + m[2], text)
    return _TABLE.sub(
        lambda m: m[1] + table(measured, m[3].split(), (m[2] or "").split(", ") if m[2] else []) + m[4], text
    )


def figures(measured: Measured, part: str) -> list[Figure]:
    """The figures of a part."""
    return [Figure(**figure) for figure in measured.get(part, {}).get("figures", ())]


def _when(machines: list[dict[str, Any]]) -> str:
    """When some parts were measured, on what state of the code, and how busy the machine was."""
    loads: dict[str, list[float]] = {}
    for machine in machines:
        loads.setdefault(f"{machine['when']} at {machine['commit']}", []).append(machine["load"])
    told = (f"{when} (load up to {max(found):.1f})" for when, found in loads.items())
    return f"Measured {', '.join(told)}."


def on_what(measured: Measured) -> str:
    """The machines and versions that anything was measured on."""
    told: dict[str, None] = {}
    for part in measured.values():
        machine = part["machine"]
        versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
        told[f"{machine['cores']} cores of {machine['processor']}; {versions}."] = None
    return "\n".join([*told, ""])


def plots(measured: Measured) -> Iterator[tuple[str, str]]:
    """Name and content of every plot that there are figures for."""
    questions: dict[str, list[tuple[float, float]]] = {}
    for part in measured:
        if part.startswith("library-"):
            for figure in figures(measured, part):
                if (
                    (match := _SIZE.search(figure.name))
                    and figure.unit == "ms"
                    and "processor" not in figure.name
                ):
                    name = figure.name[: match.start()]
                    questions.setdefault(name, []).append((float(match[1].replace(",", "")), figure.value))
    several = {name: sorted(points) for name, points in questions.items() if len(points) > 1}
    if several:
        yield "library-scale.svg", lines("How the library answers", "articles", "ms", several)
    for part, title, unit in (
        ("startup", "Until the text is there", "ms"),
        ("speed", "Words a second on one core", "words/s"),
        ("accuracy", "Who is right", "F"),
    ):
        values = [(each.name, each.value) for each in figures(measured, part) if each.unit == unit]
        if values:
            yield f"{part}.svg", bars(title, unit, values)


def main(file: Path) -> None:
    """Write tables and plots."""
    measured: Measured = json.loads(file.read_bytes())
    for page in PAGES:
        before = page.read_text(encoding="utf-8")
        after = filled(before, measured)
        if after != before:
            page.write_text(after, encoding="utf-8")
            print(page.relative_to(ROOT))
    for name, content in plots(measured):
        (ROOT / "docs" / "images" / name).write_text(content, encoding="utf-8")
        print(f"docs/images/{name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
