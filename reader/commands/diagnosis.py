"""What `onrecord doctor` reports: versions, the pipeline in use, the terminal's abilities, the paths.

A report is a list of facts, some of which carry advice. Collecting one changes nothing.
"""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import reader
from reader.model.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIBRARIES = ("textual", "rich", "spacy", "onnxruntime", "tokenizers", "trafilatura", "httpx")
_EXTRAS = {"pdf": "pypdf", "docx": "python-docx"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the report. ``advice`` is empty when all is well."""

    section: str
    name: str
    value: str
    advice: str = ""


def examine(pipeline: str | None = None) -> Iterator[Fact]:
    """Yield every fact, the slow ones (loading the pipeline) last."""
    yield from _versions()
    yield from _terminal()
    yield from _paths()
    yield from _language(pipeline)


def _versions() -> Iterator[Fact]:
    yield Fact("versions", "onrecord", reader.__version__)
    yield Fact("versions", "python", platform.python_version())
    for library in _LIBRARIES:
        yield Fact("versions", library, version(library))
    for extra, library in _EXTRAS.items():
        try:
            yield Fact("versions", f"{library} (extra {extra})", version(library))
        except PackageNotFoundError:
            yield Fact(
                "versions",
                f"{library} (extra {extra})",
                "not installed",
                f"pip install 'onrecord[{extra}]' to read {extra}",
            )


def _terminal() -> Iterator[Fact]:
    term = os.environ.get("TERM", "")
    yield Fact(
        "terminal",
        "TERM",
        term or "not set",
        "" if term not in ("", "dumb") else "without a full terminal use --plain",
    )
    depth = os.environ.get("COLORTERM", "")
    colours = (
        "true colour" if depth in ("truecolor", "24bit") else "256" if "256" in term else "16 or unknown"
    )
    yield Fact("terminal", "colours", "none (NO_COLOR)" if os.environ.get("NO_COLOR") else colours)
    size = shutil.get_terminal_size()
    advice = (
        ""
        if size.columns >= 80 and size.lines >= 24
        else "the reader is made for 80 columns and 24 lines or more"
    )
    yield Fact("terminal", "size", f"{size.columns}x{size.lines}", advice)
    encoding = sys.stdout.encoding or locale.getpreferredencoding(False)
    utf8 = encoding.lower().replace("-", "") == "utf8"
    yield Fact(
        "terminal", "encoding", encoding, "" if utf8 else "set a UTF-8 locale, for instance LC_ALL=C.UTF-8"
    )
    yield Fact(
        "terminal", "output", "a terminal" if sys.stdout.isatty() else "not a terminal: --plain is printed"
    )


def _paths() -> Iterator[Fact]:
    from reader.settings import settings
    from reader.settings.resources import folder

    own = {
        "settings": settings.settings_file(),
        "own themes": settings.themes_folder(),
        "state": settings.state_folder(),
    }
    for name, path in own.items():
        yield Fact("paths", name, f"{path}{'' if path.exists() else ' (not there yet)'}")
    try:
        for warning in settings.load().warnings:
            yield Fact("paths", "settings", "has a mistake", warning)
    except ReaderError as error:
        yield Fact("paths", "settings", error.title, error.hint)
    yield Fact("paths", "themes", str(folder("themes")))
    yield Fact("paths", "sample articles", str(folder("sample_articles")))


def _language(name: str | None) -> Iterator[Fact]:
    from reader.language.pipeline import load_pipeline

    try:
        pipeline = load_pipeline(name)
    except ReaderError as error:
        yield Fact("pipeline", "pipeline", error.title, error.hint)
        return
    yield Fact("pipeline", "name", f"{pipeline.name} {pipeline.version}")
    yield Fact("pipeline", "source", pipeline.source)
    for warning in pipeline.warnings:
        yield Fact("pipeline", "missing", warning, "what depends on it will not be shown")
