"""Where the library is."""

from __future__ import annotations

import os
from pathlib import Path

from reader.settings import settings


def usual_path(chosen: settings.Settings | None = None) -> Path:
    """Return where the library is unless a command says otherwise: the setting, else the data folder."""
    path = (chosen or settings.load()).library
    if path:
        return Path(os.path.expandvars(path)).expanduser()
    return settings.data_folder() / "library.db"
