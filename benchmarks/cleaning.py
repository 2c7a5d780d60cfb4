"""What cleaning removes, what it costs, and how it ends on hostile documents.

python -m benchmarks.cleaning             both tables
python -m benchmarks.cleaning removal     the labelled pages under tests/data/ingest/labelled
python -m benchmarks.cleaning cost        time and memory, each document in a process of its own
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LABELLED = Path(__file__).parent.parent / "tests" / "data" / "ingest" / "labelled"
PARAGRAPH = (
    "The harbour wall will be rebuilt by {}, the council said on Tuesday, after a storm took forty metres."
)
P = f"<p>{PARAGRAPH.format(2026)}</p>"


def page(paragraphs: int) -> str:
    """A web page of so many different paragraphs."""
    body = "".join(f"<p>{PARAGRAPH.format(number)}</p>" for number in range(paragraphs))
    return (
        f"<html><head><title>Walls</title></head><body><nav>Home</nav><article>{body}</article></body></html>"
    )


DOCUMENTS: dict[str, tuple[str, Callable[[], str]]] = {
    "text, 800 words": ("txt", lambda: "\n\n".join(PARAGRAPH.format(n) for n in range(45))),
    "text, 1 MB": ("txt", lambda: "\n\n".join(PARAGRAPH.format(n) for n in range(10_000))),
    "web page, 800 words": ("html", lambda: page(45)),
    "web page, 1 MB": ("html", lambda: page(9_500)),
    "web page, 20 MB": ("html", lambda: page(180_000)),
    "50,000 nested divs": ("html", lambda: "<html><body>" + "<div>" * 50_000 + P * 3 + "</div>" * 50_000),
    "20,000 nested tables": ("html", lambda: "<html><body>" + "<table><tr><td>" * 20_000 + P * 3),
    "200,000 attributes": (
        "html",
        lambda: "<html><p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">" + P * 3,
    ),
    "300,000 open scripts": ("html", lambda: "<html><body>" + P + "<script>" * 300_000),
    "3,000,000 brackets": ("html", lambda: "<html><body>" + "<" * 3_000_000 + P),
    "entity bomb": (
        "html",
        lambda: (
            "<!DOCTYPE a [<!ENTITY a0 'ha'>"
            + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
            + f"]><html><body>{P * 3}<p>&a9;</p>"
        ),
    ),
    "Markdown, 300,000 asterisks": ("md", lambda: "*a_" * 100_000),
    "1,000,000 lines": ("txt", lambda: "Share\n" * 1_000_000),
}


def removal(*, verbose: bool = False) -> Iterator[Figure]:
    """How much furniture is removed, and how much else; ``verbose`` names reasons and lines that are lost."""
    count: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    from reader.ingest import from_text

    for path in sorted(LABELLED.glob("*.txt")):
        lines = [(line[0], line[2:]) for line in path.read_text(encoding="utf-8").splitlines() if line]
        removed = {line.line: line.reason for line in from_text("\n".join(text for _, text in lines)).removed}
        for number, (label, text) in enumerate(lines, 1):
            count[label] += 1
            if number in removed:
                count[f"{label} removed"] += 1
                reasons[removed[number]] += label == "J"
                if verbose and label in "AT":
                    print(f"LOST {path.stem}: {text}")
    lost, real = count["A removed"] + count["T removed"], count["A"] + count["T"]
    share = 100 * count["J removed"] / count["J"]
    yield Figure(f"furniture removed, of {count['J']} lines", share, "%")
    yield Figure(f"real lines lost, of {real}", lost, "lines")
    for reason, times in reasons.most_common() if verbose else ():
        print(f"  {times:4} {reason}")


def cost() -> None:
    """Print a table of time and memory; the processor time is the one to compare on a busy machine."""
    print("| document | size | time, s | processor, s | memory, MB | outcome |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, (suffix, make) in DOCUMENTS.items():
            path = Path(folder, f"document.{suffix}")
            path.write_text(make(), encoding="utf-8")
            command = [sys.executable, "-m", "benchmarks.cleaning", "one", str(path)]
            run = subprocess.run(command, capture_output=True, text=True, check=True)
            result = json.loads(run.stdout)
            print(
                f"| {name} | {path.stat().st_size / 1e6:.1f} MB | {result['wall']:.1f}"
                f" | {result['processor']:.1f} | {result['memory']} | {result['outcome']} |",
                flush=True,
            )


def one(path: str) -> None:
    """Read one document and print what it cost as JSON."""
    from reader.ingest import read
    from reader.model.errors import ReaderError

    began = time.perf_counter()
    try:
        article = read(path)
        outcome = f"{article.word_count:,} words"
        if article.notices:
            outcome += ", as plain text with a notice"
    except ReaderError as error:
        outcome = error.title.partition(" ")[2]
    wall = time.perf_counter() - began
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(
        json.dumps(
            {
                "wall": wall,
                "processor": sum(each.ru_utime + each.ru_stime for each in usage),
                "memory": max(each.ru_maxrss for each in usage) // 1024,
                "outcome": outcome,
            }
        )
    )


if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else "all"
    if what == "one":
        one(sys.argv[2])
    else:
        if what in ("all", "removal"):
            show(removal(verbose=True))
        if what in ("all", "cost"):
            cost()
