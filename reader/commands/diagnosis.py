"""What `onrecord doctor` reports: versions, the terminal's abilities, the paths, the library, the pipeline.

A report is a list of facts, some of which carry advice. Collecting one changes nothing.
"""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.errors import ReaderError
from reader.version import __version__

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


def examine(pipeline: str | None = None, library: Path | None = None) -> Iterator[Fact]:
    """Yield every fact, the slow ones (loading the pipeline) last.

    Paths under the user's home begin with ``~``.
    """
    yield from _versions()
    yield from _terminal()
    yield from _paths()
    yield from _library(library)
    yield from _language(pipeline)


def _versions() -> Iterator[Fact]:
    yield Fact("versions", "onrecord", __version__)
    yield Fact("versions", "python", platform.python_version())
    yield Fact("versions", "system", f"{platform.system()} {platform.release()} {platform.machine()}")
    yield from _others_of_our_name()
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


def _others_of_our_name() -> Iterator[Fact]:
    """Who else installs a package called ``reader``: installers let one overwrite files of the other."""
    for name in sorted(set(packages_distributions().get("reader", ())) - {"onrecord"}):
        yield Fact(
            "versions",
            "package of the same name",
            f"{name} {version(name)}",
            f"both install a package called reader: pip uninstall {name} onrecord, then install On Record "
            "in an environment of its own (pipx install onrecord, or uv tool install onrecord)",
        )


def _at_home(path: Path) -> str:
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)


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
        yield Fact("paths", name, f"{_at_home(path)}{'' if path.exists() else ' (not there yet)'}")
    try:
        for warning in settings.load().warnings:
            yield Fact("paths", "settings", "has a mistake", warning)
    except ReaderError as error:
        yield Fact("paths", "settings", error.title, error.hint)
    yield Fact("paths", "themes", _at_home(folder("themes")))
    yield Fact("paths", "sample articles", _at_home(folder("sample_articles")))


def _library(chosen: Path | None) -> Iterator[Fact]:
    from reader.library.glance import glance, sqlite_version
    from reader.library.location import usual_path
    from reader.library.schema import NEWEST

    yield Fact("library", "SQLite", sqlite_version())
    try:
        path = chosen or usual_path()
    except ReaderError:
        return  # the settings have a mistake, which was told above
    if not path.exists():
        yield Fact("library", "file", f"{_at_home(path)} (not there yet)")
        return
    try:
        seen = glance(path)
    except ReaderError as error:
        yield Fact("library", "file", f"{_at_home(path)}: {error.title}", error.hint)
        return
    yield Fact("library", "file", f"{_at_home(path)} ({seen.size / 1e6:,.1f} MB)")
    newer = "update On Record" if seen.schema > NEWEST else ""
    older = " (the next opening brings it up to date)" if seen.schema < NEWEST else ""
    yield Fact("library", "schema", f"{seen.schema}{older}", newer)
    if seen.articles is not None:
        yield Fact("library", "articles", f"{seen.articles:,}")


def _language(name: str | None) -> Iterator[Fact]:
    from reader.language.fingerprint import fingerprint
    from reader.language.pipeline import load_pipeline

    try:
        pipeline = load_pipeline(name)
    except ReaderError as error:
        yield Fact("pipeline", "pipeline", error.title, error.hint)
        return
    yield Fact("pipeline", "name", f"{pipeline.name} {pipeline.version}")
    yield Fact("pipeline", "source", pipeline.source)
    yield Fact("pipeline", "rules and weights", fingerprint())
    for warning in pipeline.warnings:
        yield Fact("pipeline", "missing", warning, "what depends on it will not be shown")
