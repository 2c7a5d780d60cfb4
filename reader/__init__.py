"""On Record: read the news in your terminal and see who said what.

The public names are imported on first use, so that ``import reader`` stays free of heavy libraries.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reader.version import __version__

if TYPE_CHECKING:
    from reader.export.options import Options
    from reader.export.registry import render
    from reader.index import Index
    from reader.ingest import from_text, read
    from reader.language.analyser import analyse
    from reader.language.pipeline import load_pipeline
    from reader.library.library import Library
    from reader.library.reading import keep
    from reader.model.analysis import Analysis, Entity, Quotation
    from reader.model.article import Article
    from reader.model.errors import ReaderError
    from reader.model.record import from_record, record

_HOMES = {
    "Analysis": "reader.model.analysis",
    "Article": "reader.model.article",
    "Entity": "reader.model.analysis",
    "Index": "reader.index",
    "Library": "reader.library.library",
    "Options": "reader.export.options",
    "Quotation": "reader.model.analysis",
    "ReaderError": "reader.model.errors",
    "analyse": "reader.language.analyser",
    "from_record": "reader.model.record",
    "from_text": "reader.ingest",
    "keep": "reader.library.reading",
    "load_pipeline": "reader.language.pipeline",
    "read": "reader.ingest",
    "record": "reader.model.record",
    "render": "reader.export.registry",
}

__all__ = [
    "Analysis",
    "Article",
    "Entity",
    "Index",
    "Library",
    "Options",
    "Quotation",
    "ReaderError",
    "__version__",
    "analyse",
    "from_record",
    "from_text",
    "keep",
    "load_pipeline",
    "read",
    "record",
    "render",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
