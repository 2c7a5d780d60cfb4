"""What every benchmark here gives: figures, and the machine and versions that they were measured with."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

HERE = Path(__file__).resolve().parent
LIBRARIES = ("textual", "spacy", "onnxruntime", "trafilatura")


class Figure(NamedTuple):
    """One figure: a median unless its name says otherwise. ``late`` is the 95th percentile, if it matters."""

    name: str
    value: float
    unit: str
    late: float | None = None

    def __str__(self) -> str:
        late = f", 95th percentile {rounded(self.late)}" if self.late is not None else ""
        return f"{self.name}: {rounded(self.value)} {self.unit}{late}".replace(" ×", "×").rstrip()


class Skipped(Exception):
    """What is measured here is not installed or not given: the message says what to do."""


def rounded(value: float) -> str:
    """Three digits are as exact as a busy machine is."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def machine() -> dict[str, Any]:
    """Say on what and with what is measured, and how busy that is."""
    processor = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        processor = next(line.split(": ")[1] for line in lines if line.startswith("model name"))
    except (OSError, StopIteration, IndexError):
        pass
    git = ["git", "-C", str(HERE), "rev-parse", "--short", "HEAD"]
    try:
        commit = subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        commit = ""
    return {
        "when": time.strftime("%Y-%m-%d"),
        "commit": commit,
        "processor": processor,
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "system": platform.platform(terse=True),
        "versions": {
            "onrecord": reader.__version__,
            "python": platform.python_version(),
            **{name: version(name) for name in LIBRARIES},
        },
    }


class Watch:
    """Seconds on the clock and of the processor, children that have ended included, since it was made."""

    def __init__(self) -> None:
        self.clock, self.processor = time.perf_counter(), sum(os.times()[:4])

    def read(self) -> tuple[float, float]:
        """Return both."""
        return time.perf_counter() - self.clock, sum(os.times()[:4]) - self.processor


def median(name: str, values: Sequence[float], unit: str) -> Figure:
    """The median of some values, and their 95th percentile."""
    late = statistics.quantiles(values, n=20)[18] if len(values) > 4 else None
    return Figure(name, statistics.median(values), unit, late)


def corpus() -> Iterator[list[str]]:
    """The articles of our own corpus as paragraphs."""
    import xml.etree.ElementTree as tree

    for path in sorted((HERE.parent / "training" / "corpus").glob("*.xml")):
        for article in tree.parse(path).getroot():
            yield [" ".join("".join(block.itertext()).split()) for block in article]


def words_in(articles: Iterable[Iterable[str]]) -> int:
    """How many words some articles have."""
    return sum(len(paragraph.split()) for article in articles for paragraph in article)


def resident(pid: int) -> float:
    """The memory that a process has in use, in MB. Raises :class:`OSError` when it has ended."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def children(pid: int) -> list[int]:
    """The processes that a process has started, whichever of its threads did."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(number) for path in tasks for number in path.read_text().split()]


def show(figures: Iterable[Figure]) -> None:
    """Print figures as they come."""
    for figure in figures:
        print(f"  {figure}", flush=True)
