"""The recogniser's lower layers in torch, rounding as ONNX Runtime does, to run on a graphics card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import onnx  # type: ignore[import-not-found]
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional

from training.encoder.network import EPSILON, HEADS, WIDTH

if TYPE_CHECKING:
    from pathlib import Path

_PREFIX = "tagger.encoder."
_PARTS = ("query", "key", "value", "out", "up", "down")
_BIASES = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "out": "attention.output.dense", "up": "intermediate.dense", "down": "output.dense",
}  # fmt: skip
_LEVELS = 255


class Lower(nn.Module):
    """Embeddings and the first layers of the exported recogniser; never trained."""

    def __init__(self, path: Path, layers: int) -> None:
        super().__init__()
        graph = onnx.load(str(path)).graph
        stored = {item.name: numpy_helper.to_array(item) for item in graph.initializer}

        def keep(name: str, value: Any) -> None:
            self.register_buffer(name, torch.from_numpy(value.astype("float32")))

        keep("words", stored["table"].astype("float32") * stored["scale"])
        # What is added to every place: the embedding of the one kind of text that there is.
        keep("kind", next(value for name, value in stored.items() if name.startswith("onnx::Add")))
        keep("case", stored["tagger.case.weight"])
        keep("positions", stored[f"{_PREFIX}embeddings.position_embeddings.weight"])
        for part in ("weight", "bias"):
            keep(f"norm_{part}", stored[f"{_PREFIX}embeddings.LayerNorm.{part}"])
        products = [node for node in graph.node if node.op_type == "MatMulInteger"]
        for number in range(layers):
            layer = f"{_PREFIX}encoder.layer.{number}"
            for place, part in enumerate(_PARTS):
                name = products[number * len(_PARTS) + place].input[1]
                weight = stored[name].astype("float32")
                weight -= stored[name.replace("_quantized", "_zero_point")].astype("float32")
                keep(f"{part}_{number}", weight * stored[name.replace("_quantized", "_scale")])
                keep(f"{part}_bias_{number}", stored[f"{layer}.{_BIASES[part]}.bias"])
            for where, name in (("inner", "attention.output"), ("outer", "output")):
                for part in ("weight", "bias"):
                    keep(f"{where}_{part}_{number}", stored[f"{layer}.{name}.LayerNorm.{part}"])
        self.layers = layers

    def forward(self, ids: torch.Tensor, cases: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """What the last of the layers says, shaped (batch, pieces, width)."""
        at: Any = self.__getattr__
        hidden = at("words")[ids] + at("case")[cases] + at("positions")[: ids.shape[1]] + at("kind")
        hidden = functional.layer_norm(hidden, (WIDTH,), at("norm_weight"), at("norm_bias"), EPSILON)
        bias = torch.zeros(mask.shape, device=ids.device).masked_fill(~mask, -1e9)[:, None, None, :]
        for number in range(self.layers):

            def dense(given: torch.Tensor, part: str, number: int = number) -> torch.Tensor:
                return given @ at(f"{part}_{number}") + at(f"{part}_bias_{number}")

            def norm(given: torch.Tensor, place: str, number: int = number) -> torch.Tensor:
                weight, shift = at(f"{place}_weight_{number}"), at(f"{place}_bias_{number}")
                return functional.layer_norm(given, (WIDTH,), weight, shift, EPSILON)

            given = rounded(hidden, mask)
            query, key, value = (
                dense(given, part).view(*ids.shape, HEADS, WIDTH // HEADS).transpose(1, 2)
                for part in ("query", "key", "value")
            )
            context = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
            context = context.transpose(1, 2).reshape(*ids.shape, WIDTH)
            hidden = norm(dense(rounded(context, mask), "out") + hidden, "inner")
            middle = functional.gelu(dense(rounded(hidden, mask), "up"))
            hidden = norm(dense(rounded(middle, mask), "down") + hidden, "outer")
        return hidden


def rounded(values: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Rounded to one byte, each sequence by its own range."""
    inside = values * mask[..., None]
    low = inside.amin((1, 2), keepdim=True).clamp(max=0)
    high = inside.amax((1, 2), keepdim=True).clamp(min=0)
    scale = ((high - low) / _LEVELS).clamp(min=1e-12)
    zero = (-low / scale).round()
    return ((values / scale + zero).round().clamp(0, _LEVELS) - zero) * scale
