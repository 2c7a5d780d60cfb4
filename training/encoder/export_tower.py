"""Write the graphs of the component: the recogniser with its middle given out, and the tower on it.

usage: python -m training.encoder.export_tower --data data.npz --lower FOLDER --tower tower.npz
       --output FOLDER
"""

from __future__ import annotations

import argparse
import json
import operator
import shutil
import tempfile
from functools import reduce
from pathlib import Path

import numpy as np
import onnx  # type: ignore[import-not-found]
import torch
from onnx import TensorProto, helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from training.encoder.fuse import fuse
from training.encoder.network import HEADS, LAYERS, WIDTH, Layer, Mix, Network, Sizes, with_one
from training.encoder.packs import load
from training.encoder.tower import LOWER, MIDDLE


def plain_layer(layer: Layer, hidden: torch.Tensor) -> torch.Tensor:
    """A layer on one sequence, in plain operations."""
    query, key, value = (
        part(hidden).view(1, -1, HEADS, WIDTH // HEADS).transpose(1, 2)
        for part in (layer.query, layer.key, layer.value)
    )
    weights = (query @ key.transpose(2, 3) / (WIDTH // HEADS) ** 0.5).softmax(-1)
    context = (weights @ value).transpose(1, 2).reshape(1, -1, WIDTH)
    hidden = layer.norm(layer.out(context) + hidden)
    result: torch.Tensor = layer.norm_down(layer.down(nn.functional.gelu(layer.up(hidden))) + hidden)
    return result


class Tower(nn.Module):
    """From the recogniser's middle to everything that is said about words and quotations.

    ``words`` are the first pieces of the words, the sequence's own first piece (root, nobody) before them;
    ``firsts`` and ``lasts`` the first and last pieces of the quotations.
    """

    relations: torch.Tensor

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        # Per relation a matrix, side by side: a word's row times it is what its head is compared with.
        self.register_buffer("relations", network.heads.relations.detach().transpose(0, 1).flatten(1))

    def forward(
        self, middle: torch.Tensor, words: torch.Tensor, firsts: torch.Tensor, lasts: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        """Tags, parts, starts, arcs, dependents, heads, speakers, genuine."""
        heads = self.network.heads
        found = [middle]
        for layer in list(self.network.layers)[LOWER:]:
            found.append(plain_layer(layer, found[-1]))
        syntax = _mean(heads.mix_syntax, found)[:, words]
        speech = _mean(heads.mix_speech, found)
        arcs = heads.arcs(heads.arc_dependent(syntax), heads.arc_head(syntax))[0]
        question = heads.quotation(torch.cat([speech[:, firsts], speech[:, lasts]], -1))
        speakers = heads.speakers(question, heads.source(speech[:, words]))[0].softmax(-1)
        return (
            heads.tags(syntax)[0].argmax(-1).to(torch.int32),
            heads.parts(syntax)[0].argmax(-1).to(torch.int32),
            heads.starts(syntax)[0].softmax(-1)[:, 1],
            arcs.log_softmax(-1),
            # One long row for each word: as a matrix for each relation it would be copied.
            with_one(heads.relation_dependent(syntax)[0]) @ self.relations,
            with_one(heads.relation_head(syntax)[0]),
            speakers,
            torch.sigmoid(heads.genuine(question)[0, :, 0]),
        )


def _mean(mix: Mix, layers: list[torch.Tensor]) -> torch.Tensor:
    """A learned mean, one layer after another: stacking them would copy them."""
    shares = mix.weights.softmax(0)
    return reduce(operator.add, (layer * share for layer, share in zip(layers, shares, strict=True)))


OUTPUTS = ("tags", "parts", "starts", "arcs", "dependents", "heads", "speakers", "genuine")


def main() -> None:
    """Write model.onnx, tower.onnx, tokenizer.json and settings.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--lower", type=Path, required=True)
    parser.add_argument("--tower", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    _, meta = load(arguments.data)
    network = Network(Sizes(len(meta["names"]), len(meta["tags"]), len(meta["pos"]), len(meta["relations"])))
    with np.load(arguments.tower) as stored:
        state = {key: torch.from_numpy(stored[key].astype(np.float32)) for key in stored.files}
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or any(key.startswith(("heads.", f"layers.{LAYERS - 1}.")) for key in missing):
        raise ValueError(f"{arguments.tower} holds other weights: {missing[:3]}, {unexpected[:3]}")
    network.eval()
    arguments.output.mkdir(parents=True, exist_ok=True)
    graph = onnx.load(str(arguments.lower / "model.onnx"))
    if MIDDLE not in [output.name for output in graph.graph.output]:
        shape = [1, "pieces", WIDTH]
        graph.graph.output.append(helper.make_tensor_value_info(MIDDLE, TensorProto.FLOAT, shape))
    onnx.save(graph, str(arguments.output / "model.onnx"))
    example = (
        torch.randn(1, 40, WIDTH),
        torch.tensor([0, 3, 5, 9]),
        torch.tensor([3, 5]),
        torch.tensor([9, 9]),
    )
    inputs = ("middle", "words", "firsts", "lasts")
    axes = {
        "middle": {1: "pieces"},
        "words": {0: "words"},
        "firsts": {0: "questions"},
        "lasts": {0: "questions"},
    }
    axes |= {name: {0: "words"} for name in OUTPUTS[:6]} | {name: {0: "questions"} for name in OUTPUTS[6:]}
    axes["arcs"] = {0: "words", 1: "words"}
    axes["speakers"] = {0: "questions", 1: "words"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plain.onnx")
        torch.onnx.export(
            Tower(network).eval(), example, str(path), input_names=list(inputs), output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            path,
            arguments.output / "tower.onnx",
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )
    for name in ("model.onnx", "tower.onnx"):
        fuse(arguments.output / name)
    shutil.copy(arguments.lower / "tokenizer.json", arguments.output)
    settings = {
        "labels": meta["names"], "tags": meta["tags"], "parts": meta["pos"], "relations": meta["relations"],
        "middle": MIDDLE,
    }  # fmt: skip
    (arguments.output / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    for file in sorted(arguments.output.iterdir()):
        print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
