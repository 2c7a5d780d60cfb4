"""The weights as they were released: their hashes are checked before anything is made of them.

A damaged download would otherwise show as an error deep inside a library, or as an analysis that is subtly
another. `make weights` writes the list anew after training.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from reader.model.errors import PipelineError

_HERE = Path(__file__).parent
LIST = "SHA256SUMS"
"""The list beside this module, in the form that `sha256sum --check` reads; paths count from its folder."""


def check_weights(folder: Path = _HERE) -> None:
    """Compare every listed file with its hash: some 20 ms for 30 MB.

    Raises :class:`PipelineError` for the first that is missing, cannot be read or is another.
    """
    try:
        listed = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise PipelineError(f"The list of weights cannot be read: {error.strerror}", _HINT) from error
    for line in listed:
        digest, _, name = line.partition("  ")
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise PipelineError(f"The weights {name} cannot be read: {error.strerror}", _HINT) from error
        if found != digest:
            raise PipelineError(f"The weights {name} are not those of this version", _HINT)


_HINT = "The installation is damaged: install On Record anew"
