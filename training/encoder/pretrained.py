"""The pretrained encoder's weights under our names, in one byte each with a scale per row.

usage: python -m training.encoder.pretrained FOLDER weights.npz

FOLDER holds model.safetensors as the authors of all-MiniLM-L6-v2 published it.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file  # type: ignore[import-not-found]

PRETRAINED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_LAYER = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm_down",
}


def main() -> None:
    """Convert."""
    source, output = Path(sys.argv[1], "model.safetensors"), Path(sys.argv[2])
    if hashlib.sha256(source.read_bytes()).hexdigest() != PRETRAINED_SHA256:
        raise SystemExit(f"{source}: not the published weights")
    weights = {
        key.removeprefix("bert."): value.astype(np.float32) for key, value in load_file(source).items()
    }
    embeddings = "embeddings."
    found = {
        "words.weight": weights[embeddings + "word_embeddings.weight"],
        "positions": weights[embeddings + "position_embeddings.weight"]
        + weights[embeddings + "token_type_embeddings.weight"][0],
    }
    for part in ("weight", "bias"):
        found[f"norm.{part}"] = weights[f"{embeddings}LayerNorm.{part}"]
        for layer in range(6):
            for theirs, ours in _LAYER.items():
                found[f"layers.{layer}.{ours}.{part}"] = weights[f"encoder.layer.{layer}.{theirs}.{part}"]
    stored: dict[str, Any] = {}
    for key, value in found.items():
        if value.ndim == 2 and key != "positions":
            scale = np.maximum(np.abs(value).max(1, keepdims=True), 1e-8) / 127
            stored[f"{key}:int8"] = np.round(value / scale).astype(np.int8)
            stored[f"{key}:scale"] = scale.astype(np.float32)
        else:
            stored[key] = value.astype(np.float16)
    np.savez_compressed(output, **stored)
    print(f"{output}: {output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
