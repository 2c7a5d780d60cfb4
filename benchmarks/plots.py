"""Two kinds of plots as SVG: bars, and lines over a logarithmic scale. They read in light and in dark."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from benchmarks.figures import rounded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH, ROW = 900, 26
_LABELS = 470  # of the width, for what a bar is
_COLOURS = ("#2f6db5", "#b5562f", "#2f9b6d", "#8a4fb0", "#a88a1c", "#b03a5b", "#4c7f8f", "#6b6b6b")
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1c1c1c}.title{font-weight:600;font-size:15px}"
    ".axis{stroke:#9a9a9a;stroke-width:1}.paper{fill:#ffffff}"
    "@media(prefers-color-scheme:dark){text{fill:#e6e6e6}.paper{fill:#16181c}}"
)


def bars(title: str, unit: str, values: Sequence[tuple[str, float]]) -> str:
    """A horizontal bar for each value, from zero; the longest fills the width."""
    most = max(value for _, value in values) or 1
    parts = []
    for number, (name, value) in enumerate(values):
        y = 44 + number * ROW
        long = (WIDTH - _LABELS - 110) * value / most
        colour = _COLOURS[0] if "On Record" in name or "onrecord" in name else _COLOURS[7]
        parts.append(f'<text x="{_LABELS - 10}" y="{y + 14}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<rect x="{_LABELS}" y="{y}" width="{long:.1f}" height="{ROW - 8}" fill="{colour}"/>')
        parts.append(
            f'<text x="{_LABELS + long + 6:.1f}" y="{y + 14}">{rounded(value)} {escape(unit)}</text>'
        )
    return _svg(title, 56 + len(values) * ROW, parts)


def lines(title: str, x_name: str, y_name: str, series: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """A line for each series over logarithmic scales, named at the side."""
    left, right, top, bottom = 60, 470, 44, 400
    xs = [x for points in series.values() for x, _ in points]
    ys = [max(y, 0.01) for points in series.values() for _, y in points]
    low_x, high_x = math.log10(min(xs)), math.log10(max(xs))
    low_y, high_y = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))

    def place(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - low_x) / max(1e-9, high_x - low_x)
        up = (math.log10(max(y, 0.01)) - low_y) / max(1, high_y - low_y)
        return left + across * (right - left), bottom - up * (bottom - top)

    parts = []
    for exponent in range(low_y, high_y + 1):
        _, y = place(min(xs), 10.0**exponent)
        parts.append(f'<line class="axis" x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**exponent:g}</text>')
    for x in sorted(set(xs)):
        across, _ = place(x, 1)
        parts.append(f'<text x="{across:.1f}" y="{bottom + 18}" text-anchor="middle">{x:,.0f}</text>')
    parts.append(
        f'<text x="{(left + right) / 2}" y="{bottom + 38}" text-anchor="middle">{escape(x_name)}</text>'
    )
    parts.append(f'<text x="{left}" y="{top - 8}">{escape(y_name)}</text>')
    dashes = ("", "6 3", "2 3")
    for number, (name, points) in enumerate(series.items()):
        colour, dash = _COLOURS[number % len(_COLOURS)], dashes[number // len(_COLOURS) % len(dashes)]
        path = " ".join("{:.1f},{:.1f}".format(*place(x, y)) for x, y in points)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"'
            f' stroke-dasharray="{dash}"/>'
        )
        y = top + 8 + number * 20
        parts.append(
            f'<line x1="{right + 20}" x2="{right + 44}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="2"'
            f' stroke-dasharray="{dash}"/>'
        )
        parts.append(f'<text x="{right + 50}" y="{y + 4}">{escape(name)}</text>')
    return _svg(title, max(bottom + 50, top + 20 + len(series) * 20), parts)


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img"'
        f' aria-label="{escape(title)}"><style>{_STYLE}</style>'
        f'<rect class="paper" width="{WIDTH}" height="{height:.0f}"/>'
        f'<text class="title" x="20" y="24">{escape(title)}</text>' + "".join(parts) + "</svg>\n"
    )
