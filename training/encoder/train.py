"""Train the encoder and its heads, all of them at every step.

usage: python -m training.encoder.train --data data.npz --pretrained weights.npz --output FOLDER

Runs anywhere torch does; minutes on a graphics card. The word embeddings stay as pretrained, so that names
never seen in training stay where pretraining put them. ``--fold N`` leaves out a quarter of the articles with
quotations and writes what the heads say about them, for the training of the ranker.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from training.encoder import scoring
from training.encoder.network import Hidden, Network, Sizes
from training.encoder.objective import WEIGHTS, losses
from training.encoder.packs import BUDGETS, IN_USE, Group, Stream, batches, collate, load, pack

if TYPE_CHECKING:
    from collections.abc import Sequence

WARM_UP = 0.08
WEIGHT_DECAY = 0.01
# Corpora that mark only people, places and organisations: there, "outside" means none of these.
UNMARKED = ("GROUP", "MISC")


class Schedule(torch.utils.data.Dataset[dict[str, Any]]):
    """The batches of a run in order."""

    def __init__(self, steps: list[list[Group]]) -> None:
        self.steps = steps

    def __len__(self) -> int:
        return len(self.steps)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return collate(self.steps[index])


def permitted(labels: list[str]) -> torch.Tensor:
    """Row per target of a word (the labels, then "outside or unmarked"): 0 for labels that it allows."""
    rows = [[0.0 if a == b else -1e4 for b in labels] for a in labels]
    rows.append([0.0 if label == "O" or label[2:] in UNMARKED else -1e4 for label in labels])
    return torch.tensor(rows)


def lap(
    stream: Stream, documents: list[int], size: int, chance: random.Random, tree: bool
) -> list[list[Group]]:
    """One pass over documents, as batches in order of length."""
    budgets = (1, *BUDGETS) if tree else BUDGETS
    groups = [group for number in documents for group in pack(stream, number, chance.choice(budgets), chance)]
    return batches(groups, size, chance)


def schedule(
    streams: dict[str, Stream], arguments: argparse.Namespace, chance: random.Random
) -> list[list[Group]]:
    """All steps: each joins a batch of names, one of trees and one of quotations, of like length."""
    public = streams["names"].all_documents()
    own = streams["own"].all_documents(without=arguments.fold)
    press = streams["press"].all_documents(without=arguments.fold)
    trees = streams["tree"].all_documents()
    size = arguments.pieces
    steps: list[list[Group]] = []
    others: dict[str, list[list[Group]]] = {"tree": [], "press": []}
    for step in arguments.passes.split(","):
        share, copies = step.split(":")
        chosen = chance.sample(public, round(float(share) * len(public)))
        groups = [g for n in chosen for g in pack(streams["names"], n, chance.choice(BUDGETS), chance)]
        for _ in range(int(copies)):
            groups += [g for n in own for g in pack(streams["own"], n, chance.choice(BUDGETS), chance)]
        found = batches(groups, size, chance)
        # Batches of the other two, as many, taken evenly over their lengths.
        merged = list(found)
        for name, documents in (("tree", trees), ("press", press)):
            rest = others[name]
            while len(rest) < len(found):
                part = lap(streams[name], documents, size, chance, name == "tree")
                chance.shuffle(part)
                rest += part
            taken, others[name] = rest[: len(found)], rest[len(found) :]
            taken.sort(key=lambda batch: max(map(len, batch)))
            merged = [[*one, *two] for one, two in zip(merged, taken, strict=True)]
        chance.shuffle(merged)
        steps += merged
    return steps


def start(network: Network, path: Path) -> None:
    """Take the pretrained weights."""
    with np.load(path) as stored:
        state = {
            key: torch.from_numpy(stored[key].astype(np.float32)) for key in stored.files if ":" not in key
        }
        for key in stored.files:
            if key.endswith(":int8"):
                scale = stored[key.replace(":int8", ":scale")].astype(np.float32)
                state[key[:-5]] = torch.from_numpy(stored[key].astype(np.float32) * scale)
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or not all(key.startswith(("heads.", "case.", "words.")) for key in missing):
        raise ValueError(f"{path} holds other weights: {missing[:3]}, {unexpected[:3]}")


def save(network: Network, folder: Path, name: str) -> None:
    """Write the weights without the word embeddings, in 16 bits, as two files."""
    state = {key: value for key, value in network.state_dict().items() if key != "words.weight"}
    middle, size = sum(value.numel() for value in state.values()) / 2, 0
    halves: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    for key in sorted(state):
        halves[size > middle][key] = state[key].cpu().numpy().astype(np.float16)
        size += state[key].numel()
    for half, part in enumerate(halves):
        np.savez(folder / f"{name}-{half}.npz", **part)


def restore(network: Network, folder: Path, names: Sequence[str]) -> None:
    """Take the mean of the weights that :func:`save` wrote under these names."""
    state: dict[str, torch.Tensor] = {}
    for name in names:
        for half in (0, 1):
            with np.load(folder / f"{name}-{half}.npz") as stored:
                for key in stored.files:
                    value = torch.from_numpy(stored[key].astype(np.float32)) / len(names)
                    state[key] = state[key] + value if key in state else value
    missing, unexpected = network.load_state_dict(state, strict=False)
    if missing != ["words.weight"] or unexpected:
        raise ValueError(f"{folder} holds other weights: {missing[:3]}, {unexpected[:3]}")


def evaluate(
    network: Network, streams: dict[str, Stream], meta: dict[str, Any], device: str
) -> dict[str, Any]:
    """Scores on everything that is kept aside."""
    size = 16384 if device == "cuda" else 1024
    return {
        "world": round(scoring.names(network, streams["world"], meta["names"], device, size), 2),
        "own names": round(scoring.names(network, streams["own_dev"], meta["names"], device, size), 2),
        "sentences": scoring.parse(network, streams["tree_dev"], device, size, 1),
        "paragraphs": scoring.parse(network, streams["tree_dev"], device, size, IN_USE),
        "press": scoring.pointers(network, streams["press_dev"], device, size),
        "own": scoring.pointers(network, streams["own_dev"], device, size),
    }


def main() -> None:
    """Train, score, and write the weights (without the word embeddings, in 16 bits)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pretrained", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--name", default="last")
    parser.add_argument("--passes", default="1.0:2,0.7:3,0.4:3", help="share of public names:copies of ours")
    parser.add_argument(
        "--pieces", type=int, default=1024, help="word pieces of each of a step's three batches"
    )
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fold", type=int, default=-9)
    parser.add_argument("--steps", type=int, default=0, help="stop after so many (to try things out)")
    parser.add_argument("--seconds", type=float, default=0, help="fit the number of steps into this time")
    parser.add_argument("--weights", default="", help="of losses: names=2,arcs=0.5")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)  # every run begins at the same place, so that runs can be averaged
    torch.backends.cuda.matmul.allow_tf32 = True
    chance = random.Random(arguments.seed)
    device = arguments.device
    weights = WEIGHTS | {k: float(v) for k, v in (p.split("=") for p in arguments.weights.split(",") if p)}
    streams, meta = load(arguments.data)
    sizes = Sizes(len(meta["names"]), len(meta["tags"]), len(meta["pos"]), len(meta["relations"]))
    network = Network(sizes)
    start(network, arguments.pretrained)
    torch.manual_seed(arguments.seed)
    network.words.weight.requires_grad_(False)
    network.to(device)
    steps = schedule(streams, arguments, chance)
    if arguments.steps:
        steps = steps[: arguments.steps]
    total = len(steps)

    def tell(what: str) -> None:
        print(f"[{arguments.name}] {time.monotonic() - began:5.0f} s  {what}", flush=True)

    began = time.monotonic()
    tell(f"{total} steps")
    body = [
        p for n, p in network.named_parameters() if p.requires_grad and not n.startswith(("heads.", "case."))
    ]
    fresh = [p for n, p in network.named_parameters() if n.startswith(("heads.", "case."))]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": arguments.rate}, {"params": fresh, "lr": arguments.head_rate}],
        weight_decay=WEIGHT_DECAY,
        fused=True,
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    allowed = permitted(meta["names"]).to(device)
    loader = torch.utils.data.DataLoader(
        Schedule(steps),
        batch_size=None,
        num_workers=2 if device == "cuda" else 0,
        pin_memory=device == "cuda",
        prefetch_factor=16 if device == "cuda" else None,
    )
    network.train()
    sums: dict[str, torch.Tensor] = {}
    for number, batch in enumerate(loader, start=1):
        # Progress by steps or, when time is short, by the clock: the rate reaches zero in time either way.
        done = number / total
        if arguments.seconds:
            done = max(done, (time.monotonic() - began) / arguments.seconds)
        if done > 1:
            break
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min(number / (WARM_UP * total), 1 - done + 1e-3)
        batch = scoring.on(device, batch)
        with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
            hidden = network(batch["ids"], batch["cases"], batch["segment"] >= 0)
        # The heads in full precision: bilinear scores grow large.
        hidden = Hidden(*(layer.float() for layer in hidden))
        parts = losses(network, hidden, batch, allowed)
        value = sum(weights[name] * part for name, part in parts.items())
        value.backward()
        torch.nn.utils.clip_grad_norm_([*body, *fresh], 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        for name, part in parts.items():
            part = part.detach()
            sums[name] = 0.98 * sums[name] + 0.02 * part if name in sums else part
        if number % 200 == 0 or number == total or (device == "cpu" and number % 5 == 0):
            tell(f"{number}/{total} " + " ".join(f"{name} {float(part):.3f}" for name, part in sums.items()))
    arguments.output.mkdir(parents=True, exist_ok=True)
    if arguments.fold < 0:
        save(network, arguments.output, arguments.name)
        tell("written")
    else:
        found: dict[str, Any] = {}
        for name in ("press", "own"):
            documents = streams[name].all_documents(only=arguments.fold)
            told = scoring.outlook(
                network,
                streams[name],
                documents,
                device,
                16384 if device == "cuda" else 1024,
                meant=name == "own",
            )
            found |= {f"{name}.{key}": value for key, value in told.items()}
        np.savez_compressed(arguments.output / f"fold-{arguments.fold}.npz", **found)
        tell("outlook written")
    scores = evaluate(network, streams, meta, device)
    tell(json.dumps(scores))
    (arguments.output / f"{arguments.name}.json").write_text(json.dumps(scores))


if __name__ == "__main__":
    main()
