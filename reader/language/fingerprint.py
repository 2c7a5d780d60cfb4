"""A fingerprint of everything of ours that decides what an analysis holds: rules, word lists, weights.

Stored analyses carry it, so that they expire when any of that changes, and only then.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from reader.model.analysis import PipelineInfo

_HERE = Path(__file__).parent
_LARGE = 1 << 20  # bytes
_SAMPLES, _SAMPLE = 64, 4096
_LENGTH = 16  # hexadecimal digits


def identity(
    name: str, version: str, *, show_groups: bool = False, any_language: bool = False
) -> PipelineInfo:
    """Return what tells the analyses of a pipeline, asked in a certain way, from all others."""
    asked = "+groups" * show_groups + "+any-language" * any_language
    return PipelineInfo(name, version, fingerprint() + asked)


def embedded_identity(*, show_groups: bool = False, any_language: bool = False) -> PipelineInfo:
    """Return :func:`identity` for the embedded pipeline, without loading it."""
    meta = json.loads((_HERE / "model" / "meta.json").read_text(encoding="utf-8"))
    return identity(
        f"{meta['lang']}_{meta['name']}", meta["version"], show_groups=show_groups, any_language=any_language
    )


@cache
def fingerprint(folder: Path = _HERE) -> str:
    """Return the fingerprint: the same wherever the same version of these files is installed.

    ``folder`` may be that of another pipeline.
    """
    digest = hashlib.blake2b(digest_size=_LENGTH // 2)
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    for path in sorted(files, key=lambda path: path.relative_to(folder).as_posix()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
        with path.open("rb") as stream:
            if size <= _LARGE:
                digest.update(stream.read())
                continue
            # Training changes weights everywhere: samples of them tell, and reading all would take longer
            # than some analyses.
            for number in range(_SAMPLES):
                stream.seek((size - _SAMPLE) * number // (_SAMPLES - 1))
                digest.update(stream.read(_SAMPLE))
    return digest.hexdigest()
