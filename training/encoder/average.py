"""Average runs that began at the same place, score every mean, and keep the best.

usage: python -m training.encoder.average --data data.npz --pretrained weights.npz --folder FOLDER NAME...
"""

from __future__ import annotations

import argparse
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import torch

from training.encoder.network import Network, Sizes
from training.encoder.packs import load
from training.encoder.train import evaluate, restore, save, start


def worth(scores: dict[str, Any]) -> float:
    """One number for what matters: names, parse and speakers."""
    speakers = scores["press"]["speaker"] + scores["own"]["speaker"]
    names = scores["world"] + scores["own names"]
    return float(names + 0.5 * scores["paragraphs"]["las"] + speakers + 0.2 * scores["own"]["meant"])


def main() -> None:
    """Score single runs and means; the best mean is written as "best"."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pretrained", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("names", nargs="+")
    arguments = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    streams, meta = load(arguments.data)
    sizes = Sizes(len(meta["names"]), len(meta["tags"]), len(meta["pos"]), len(meta["relations"]))
    network = Network(sizes)
    start(network, arguments.pretrained)
    network.to(device)
    told = {}
    for count in range(1, len(arguments.names) + 1):
        for names in combinations(arguments.names, count):
            restore(network, arguments.folder, names)
            scores = evaluate(network, streams, meta, device)
            told[names] = worth(scores)
            print("+".join(names), round(told[names], 2), json.dumps(scores), flush=True)
    best = max(told, key=lambda names: told[names])
    restore(network, arguments.folder, best)
    save(network, arguments.folder, "best")
    single = max((names for names in told if len(names) == 1), key=lambda names: told[names])
    print("best", "+".join(best), "single", single[0], flush=True)
    (arguments.folder / "chosen.txt").write_text(single[0])


if __name__ == "__main__":
    main()
