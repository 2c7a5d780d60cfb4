"""How well mentions are gathered into entities: B-cubed precision, recall and F.

usage: python -m training.bcubed [--end-to-end] [--errors N] [--all]

Our own corpus says of every named mention who or what it names. By default the mentions are given and
only the clustering is scored, on the held-out articles and on twice as many others; ``--all`` takes
every article. ``--end-to-end`` clusters what the pipeline finds: a mention that it misses or invents
counts as an entity of its own.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from typing import Any

from reader.language.entities.aliases import cluster
from reader.language.entities.labels import TypedSpan
from reader.language.pipeline import load_pipeline
from training.corpora import articles, held_out
from training.evaluate import TYPES, find

Place = tuple[int, int]
Clusters = dict[Place, frozenset[Place]]

# Which further articles are scored beside the held-out ones.
OTHER_REST = (1, 4)


def gold_clusters(record: dict[str, Any]) -> tuple[list[TypedSpan], Clusters]:
    """An article's mentions and, per mention, the set of all that name the same thing."""
    spans = [TypedSpan(e[0], e[1], e[2]) for e in record["entities"] if e[2] in TYPES]
    by_identity: dict[str, set[Place]] = defaultdict(set)
    for start, end, kind, identity in record["entities"]:
        if kind in TYPES:
            by_identity[identity].add((start, end))
    return spans, {place: frozenset(group) for group in by_identity.values() for place in group}


def found_clusters(text: str, spans: list[TypedSpan]) -> Clusters:
    """Per mention the set of mentions of the entity that holds it."""
    found = {}
    for entity in cluster(text, spans):
        group = frozenset((mention.start, mention.end) for mention in entity.mentions)
        found.update(dict.fromkeys(group, group))
    return found


def b_cubed(gold: Clusters, found: Clusters) -> tuple[float, int, float, int]:
    """Sums and counts of the mentions' precision and recall; a mention on one side only is alone there."""
    precision = sum(len(group & gold.get(place, frozenset())) / len(group) for place, group in found.items())
    recall = sum(len(group & found.get(place, frozenset())) / len(group) for place, group in gold.items())
    return precision, len(found), recall, len(gold)


def main() -> None:
    """Print B-cubed per set of articles and, on request, what was split or joined wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--end-to-end", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--all", action="store_true")
    arguments = parser.parse_args()
    pipeline = load_pipeline() if arguments.end_to_end else None
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0, 0.0])
    shown = 0
    for record in articles():
        name = "held-out" if held_out(record) else "others"
        if name == "others" and not arguments.all and record["number"] % 10 not in OTHER_REST:
            continue
        text = record["text"]
        spans, gold = gold_clusters(record)
        found = found_clusters(text, find(pipeline, text) if pipeline else spans)
        for position, value in enumerate((*b_cubed(gold, found), 1)):
            sums[name][position] += value
        if shown < arguments.errors:
            for kind, names in differences(text, gold, found):
                print(f"{record['id']} {kind}: {names}")
                shown += 1
    for name, (precision, of_found, recall, of_gold, count) in sums.items():
        p, r = precision / max(of_found, 1), recall / max(of_gold, 1)
        f = 2 * p * r / max(p + r, 1e-9)
        print(
            f"{name}: {count:.0f} articles, {of_gold:.0f} mentions, B-cubed "
            f"P {100 * p:.1f} R {100 * r:.1f} F {100 * f:.1f}"
        )


def differences(text: str, gold: Clusters, found: Clusters) -> list[tuple[str, str]]:
    """Entities joined that are two, and split that are one, as names."""

    def named(groups: set[frozenset[Place]]) -> str:
        lists = [sorted({text[start:end] for start, end in group}) for group in groups]
        return " | ".join(", ".join(names) for names in sorted(lists))

    result = []
    for group in set(found.values()):
        parts = {gold[place] & group for place in group if place in gold}
        if len(parts) > 1:
            result.append(("joined", named({frozenset(part) for part in parts})))
    for group in set(gold.values()):
        parts = {found[place] & group for place in group if place in found}
        if len(parts) > 1:
            result.append(("split", named({frozenset(part) for part in parts})))
    return sorted(result)


if __name__ == "__main__":
    main()
