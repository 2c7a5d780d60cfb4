"""Turn checkpoints of the encoder into one int8 ONNX graph for the component.

usage: python -m training.export_encoder --pretrained FOLDER --output FOLDER CHECKPOINT...

Several checkpoints are averaged, weight by weight. The graph takes one sequence at a time and no mask.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn

from training.encoder_model import Tagger
from training.labels import LABELS


class Exported(nn.Module):
    """The tagger in plain operations, so that the graph holds nothing that inference does not need.

    The word embeddings are kept in one byte per weight and a scale per word: a single scale for the whole
    table, which is what ONNX Runtime's own quantisation gives, costs most of a point of F.
    """

    table: torch.Tensor
    scale: torch.Tensor

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger
        weights = tagger.encoder.embeddings.word_embeddings.weight.detach()
        scale = weights.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("table", (weights / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)
        config = tagger.encoder.config
        self.heads = config.num_attention_heads
        self.width = config.hidden_size

    def forward(self, ids: torch.Tensor, cases: torch.Tensor) -> torch.Tensor:
        """Scores (1, pieces, labels)."""
        embeddings = self.tagger.encoder.embeddings
        positions = torch.arange(ids.shape[1])
        hidden = embeddings.LayerNorm(
            self.table[ids].float() * self.scale[ids]
            + self.tagger.case(cases)
            + embeddings.position_embeddings(positions)
            + embeddings.token_type_embeddings.weight[0]
        )
        for layer in self.tagger.encoder.encoder.layer:
            own = layer.attention.self
            query, key, value = (
                part(hidden).view(1, -1, self.heads, self.width // self.heads).transpose(1, 2)
                for part in (own.query, own.key, own.value)
            )
            weights = (query @ key.transpose(2, 3) / (self.width // self.heads) ** 0.5).softmax(-1)
            context = (weights @ value).transpose(1, 2).reshape(1, -1, self.width)
            attended = layer.attention.output
            hidden = attended.LayerNorm(attended.dense(context) + hidden)
            middle = nn.functional.gelu(layer.intermediate.dense(hidden))
            hidden = layer.output.LayerNorm(layer.output.dense(middle) + hidden)
        scores: torch.Tensor = self.tagger.output(hidden)
        return scores


def average(checkpoints: list[Path]) -> dict[str, torch.Tensor]:
    """The mean of the checkpoints' weights."""
    states = [torch.load(path) for path in checkpoints]
    return {key: torch.stack([state[key].float() for state in states]).mean(0) for key in states[0]}


def main() -> None:
    """Write model.onnx, tokenizer.json and settings.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pretrained", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    arguments = parser.parse_args()
    tagger = Tagger(arguments.pretrained)
    tagger.load_state_dict(average(arguments.checkpoints), strict=False)
    tagger.eval()
    exported = Exported(tagger).eval()
    ids = torch.randint(1000, 20000, (1, 40))
    cases = torch.randint(0, 8, (1, 40))
    with torch.no_grad():
        difference = (exported(ids, cases) - tagger(ids, cases, torch.ones_like(ids))).abs().max().item()
    if difference > 0.2:  # the rounding of the word embeddings; a wrong operation gives more
        raise ValueError(f"the exported operations differ from the model by {difference}")
    arguments.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "plain.onnx")
        torch.onnx.export(
            exported,
            (ids, cases),
            str(plain),
            input_names=["ids", "cases"],
            output_names=["scores"],
            dynamic_axes={"ids": {1: "pieces"}, "cases": {1: "pieces"}, "scores": {1: "pieces"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            plain,
            arguments.output / "model.onnx",
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,  # seven bits: with eight, sums overflow on processors without VNNI
        )
    tokenizer = Tokenizer.from_file(str(arguments.pretrained / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    (arguments.output / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    (arguments.output / "settings.json").write_text(json.dumps({"labels": LABELS}), encoding="utf-8")
    size = sum(path.stat().st_size for path in arguments.output.iterdir()) / 1e6
    print(f"{arguments.output}: {size:.1f} MB, largest difference before rounding the rest {difference:.1e}")


if __name__ == "__main__":
    main()
