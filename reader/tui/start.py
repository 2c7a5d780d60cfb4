"""Starting the reader: the source is read in the worker process while Textual is imported here."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import SettingsError, SourceError
from reader.tui.background import WorkerProcess
from reader.worker import Job

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.article import Article
    from reader.batch import Options


def run(sources: Sequence[str], options: Options, *, theme: str | None = None) -> int:
    """Open the reader and return its exit status. Raises :class:`ReaderError` when a file cannot be read."""
    expanded = _expand(sources)
    source = expanded[0] if expanded else None
    article, work = None, None
    if source == "-" or (source is not None and _missing(source)):
        from reader.ingest import read

        article = read(source, raw=options.raw)
    elif source is not None:
        work = WorkerProcess(Job(source, None, options))
    try:
        return _run(expanded, source, options, theme, article, work)
    finally:
        if work is not None:
            work.cancel()


def _run(
    sources: Sequence[str],
    source: str | None,
    options: Options,
    theme: str | None,
    article: Article | None,
    work: WorkerProcess | None,
) -> int:
    from reader import settings as user_settings
    from reader.tui.app import ReaderApp

    problem = ""
    try:
        settings = user_settings.load()
    except SettingsError as error:
        settings, problem = user_settings.Settings(), str(error)
    app = ReaderApp(
        source,
        article=article,
        early=work,
        sources=sources,
        options=options,
        settings=settings,
        theme=theme,
        problem=problem,
    )
    if source == "-":
        _take_terminal_as_input()
    status = app.run() or 0
    if app.unreadable is not None:
        raise SourceError(app.unreadable.title, app.unreadable.hint)
    return status


def _expand(sources: Sequence[str]) -> list[str]:
    if not any(Path(source).is_dir() for source in sources):
        return list(sources)
    from reader.ingest import expand

    return list(expand(list(sources)))


def _missing(source: str) -> bool:
    """Whether it is a path that leads nowhere: that is said on standard error, not on a screen."""
    if "://" in source:
        return False
    try:
        return not Path(source).exists()
    except (OSError, ValueError):
        return True


def _take_terminal_as_input() -> None:
    """Standard input held the article; the keys come from the terminal itself."""
    with suppress(OSError):
        terminal = os.open("/dev/tty", os.O_RDWR)
        os.dup2(terminal, sys.stdin.fileno())
        os.close(terminal)
