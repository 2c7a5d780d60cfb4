"""On Record: read the news in your terminal and see who said what.

The public names are imported on first use, so that ``import reader`` stays free of heavy libraries.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ingest import read
    from reader.language.analyser import analyse
    from reader.model.analysis import Analysis
    from reader.model.article import Article

__version__ = "0.2.0"

__all__ = ["Analysis", "Article", "__version__", "analyse", "read"]

_HOMES = {
    "Analysis": "reader.model.analysis",
    "Article": "reader.model.article",
    "analyse": "reader.language.analyser",
    "read": "reader.ingest",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
