"""Put the upper half of a trained network on the lower half of another, and train it until it fits.

usage: python -m training.encoder.tower --data data.npz --pretrained weights.npz --folder FOLDER --name NAME
       --lower model.onnx --output FOLDER --seconds 900

The recogniser of names stays as it is, to the bit: its graph gives out what its third layer says, and three
more layers with heads for tags, parse and speakers go on from there.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx  # type: ignore[import-not-found]
import onnxruntime
import torch
from onnx import TensorProto, helper

from training.encoder.network import LAYERS, WIDTH, Hidden, Network, Sizes
from training.encoder.objective import WEIGHTS, losses
from training.encoder.packs import batches, collate, load, pack
from training.encoder.train import permitted, restore, start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from training.encoder.packs import Group

LOWER = 3
MIDDLE = f"/LayerNorm_{2 * LOWER}/LayerNormalization_output_0"
BUDGETS = (1, 1, 96, 160, 208)
WARM_UP = 0.05


class Lower:
    """The recogniser's graph, cut after its third layer."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(str(path))
        del graph.graph.output[:]
        graph.graph.output.append(
            helper.make_tensor_value_info(MIDDLE, TensorProto.FLOAT, [1, "pieces", WIDTH])
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(graph.SerializeToString(), options)

    def __call__(self, batch: dict[str, Any]) -> torch.Tensor:
        """What the layer says, shaped (batch, pieces, width)."""
        ids, cases = batch["ids"].numpy(), batch["cases"].numpy()
        sizes = (batch["segment"] >= 0).sum(1).tolist()
        found = np.zeros((*ids.shape, WIDTH), np.float32)
        for row, size in enumerate(sizes):
            (told,) = self.session.run(
                [MIDDLE], {"ids": ids[row : row + 1, :size], "cases": cases[row : row + 1, :size]}
            )
            found[row, :size] = told[0]
        return torch.from_numpy(found)


def upper(network: Network, middle: torch.Tensor, mask: torch.Tensor) -> Hidden:
    """The upper layers and the mixes."""
    bias = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
    found = [middle]
    hidden = middle
    for layer in list(network.layers)[LOWER:]:
        hidden = layer(hidden, bias)
        found.append(hidden)
    layers = torch.stack(found)
    heads = network.heads
    return Hidden(
        *(heads.dropout(mix(layers)) for mix in (heads.mix_names, heads.mix_syntax, heads.mix_speech))
    )


def steps(streams: dict[str, Any], size: int, chance: random.Random) -> Iterator[list[Group]]:
    """Batches of trees and quotations without end, of like length side by side."""
    pools: dict[str, list[list[Group]]] = {"tree": [], "press": []}
    while True:
        for name in pools:
            found: list[Group] = []
            sources = ("tree",) if name == "tree" else ("press", "own")
            for source in sources:
                stream = streams[source]
                for _ in range(2 if source == "own" else 1):
                    for number in stream.all_documents():
                        found += pack(
                            stream, number, chance.choice(BUDGETS if name == "tree" else BUDGETS[2:]), chance
                        )
            pools[name] = batches(found, size, chance)
            chance.shuffle(pools[name])
        for tree, press in zip(pools["tree"] * 4, pools["press"], strict=False):
            yield tree
            yield press


def main() -> None:
    """Train by the clock, writing the weights every few minutes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pretrained", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--lower", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=900)
    parser.add_argument("--pieces", type=int, default=768)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=4e-4)
    parser.add_argument("--save", type=float, default=240)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    chance = random.Random(arguments.seed)
    streams, meta = load(arguments.data)
    network = Network(Sizes(len(meta["names"]), len(meta["tags"]), len(meta["pos"]), len(meta["relations"])))
    start(network, arguments.pretrained)
    restore(network, arguments.folder, [arguments.name])
    lower = Lower(arguments.lower)
    body = [p for layer in list(network.layers)[LOWER:] for p in layer.parameters()]
    heads = list(network.heads.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": arguments.rate}, {"params": heads, "lr": arguments.head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    allowed = permitted(meta["names"])
    arguments.output.mkdir(parents=True, exist_ok=True)
    network.train()
    began = saved = time.monotonic()
    sums: dict[str, float] = {}
    pieces = 0

    def save() -> None:
        kept = ("heads.", *(f"layers.{n}." for n in range(LOWER, LAYERS)))
        torch.save(
            {k: v for k, v in network.state_dict().items() if k.startswith(kept)},
            arguments.output / "tower.pt",
        )

    for number, groups in enumerate(steps(streams, arguments.pieces, chance), start=1):
        done = (time.monotonic() - began) / arguments.seconds
        if done > 1:
            break
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * max(0.01, min(done / WARM_UP, 1 - done))
        batch = collate(groups)
        batch["name"].fill_(-1)
        with torch.no_grad():
            middle = lower(batch)
        mask = batch["segment"] >= 0
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = upper(network, middle, mask)
        parts = losses(network, Hidden(*(layer.float() for layer in hidden)), batch, allowed)
        if not parts:
            continue
        value = sum(WEIGHTS[name] * part for name, part in parts.items())
        value.backward()
        torch.nn.utils.clip_grad_norm_([*body, *heads], 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        pieces += int(mask.sum())
        for name, part in parts.items():
            sums[name] = 0.97 * sums.get(name, float(part.detach())) + 0.03 * float(part.detach())
        if number % 50 == 0:
            told = " ".join(f"{name} {part:.3f}" for name, part in sums.items())
            print(f"{time.monotonic() - began:5.0f} s {number} {pieces} {told}", flush=True)
        if time.monotonic() - saved > arguments.save:
            save()
            saved = time.monotonic()
    save()


if __name__ == "__main__":
    main()
