"""What analyses here: versions and weights, to compare with what analyses elsewhere."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import reader

_DECIDING = ("spacy", "onnxruntime", "tokenizers", "numpy")
_HERE = Path(__file__).parent.parent


_NAMES = {
    "version": "the version of On Record",
    "rules": "the rules, word lists and weights of On Record",
    "weights": "the pipeline",
    "libraries": f"the versions of {', '.join(_DECIDING)}",
}


class Identity(NamedTuple):
    """The same on two machines when both find the same in a text.

    ``rules`` and ``weights`` are fingerprints: of our code that cleans and analyses, with its word lists
    and the embedded pipeline, and of the pipeline in use. ``libraries`` are those that reckon.
    """

    version: str
    rules: str
    weights: str
    libraries: str

    def differences(self, other: Identity) -> list[str]:
        """Name what another has otherwise."""
        return [
            _NAMES[name] for name, mine, its in zip(self._fields, self, other, strict=True) if mine != its
        ]


def identity(pipeline: str | None) -> Identity:
    """Return the identity of this process with a pipeline.

    Raises :class:`reader.model.errors.PipelineError` when there is none of that name.
    """
    from reader.language.fingerprint import fingerprint

    rules = f"{fingerprint(_HERE / 'language')}-{fingerprint(_HERE / 'ingest')}"
    weights = "embedded"
    if pipeline is not None:
        from reader.language.pipeline import pipeline_folder

        weights = fingerprint(pipeline_folder(pipeline))
    libraries = ", ".join(f"{name} {version(name)}" for name in _DECIDING)
    return Identity(reader.__version__, rules, weights, libraries)
