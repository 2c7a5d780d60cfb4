"""A process that imports and corrects articles until it is killed; it prints what is done, once it is.

python -m tests.library.writer LIBRARY FIRST
"""

import sys
from itertools import count
from pathlib import Path

from reader.library.library import Library
from reader.library.reading import correct, keep, undo
from reader.model.anchors import anchor
from reader.model.corrections import SetSpeaker
from tests.library.namesakes import lines, marked


def main(path: Path, first: int) -> None:
    """Write, and say so after each commit."""
    library = Library(path)
    known = [line for line in lines("written_on.jsonl") if "^" in line]
    for number in count(first):
        article, analysis, _ = marked(known[number % len(known)], number)
        kept = keep(library, article, analysis)
        print(f"kept {number}", flush=True)
        quotation = analysis.quotations[0]
        place = anchor(article.text, quotation.start, quotation.end)
        (decision,) = correct(library, kept.document, [SetSpeaker(place, name=f"Somebody {number}")])
        print(f"decided {decision.id}", flush=True)
        if number % 3 == 0:
            undo(library, kept.document, decision.id)
            print(f"undone {decision.id}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
