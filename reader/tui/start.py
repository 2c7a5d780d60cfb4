"""Starting the reader: the source is read in the child while Textual is imported here."""

from __future__ import annotations

import gc
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.library.location import usual_path
from reader.model.errors import ReaderError, SourceError
from reader.settings import settings as user_settings
from reader.work.client import Client
from reader.work.messages import Job, JobOptions

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(sources: Sequence[str], options: JobOptions | None = None, *, theme: str | None = None) -> int:
    """Open the reader and return its exit status. Raises :class:`ReaderError` when a file cannot be read
    or the settings cannot be used.

    ``options`` say how to read and analyse; without them the settings do.
    """
    # Nothing that is made before the first frame is garbage soon; on again in ReaderApp.settled.
    gc.disable()
    settings = user_settings.load()
    options = options or JobOptions(
        pipeline=settings.pipeline or None,
        show_groups=settings.show_groups,
        any_language=settings.any_language,
        allow_private=settings.private_addresses,
        library=str(usual_path(settings)),
    )
    expanded = _expand(sources)
    source = expanded[0] if expanded else None
    client, cataloguer = Client(), Client()
    article, work = None, None
    several = len(expanded) > 1
    if source == "-" or (source is not None and not several and _missing(source)):
        from reader.ingest import read

        article = read(source, raw=options.raw)
    elif source is not None and not several:
        work = client.start(Job(source, None, options))
    try:
        from reader.tui.app import ReaderApp

        app = ReaderApp(
            source,
            article=article,
            early=work,
            sources=expanded,
            options=options,
            settings=settings,
            theme=theme,
            start_work=client.start,
            start_cataloguing=cataloguer.start,
            # On the home screen nothing is to be read yet: time to get ready for what will be.
            when_settled=None if source else partial(client.prepare, options.pipeline),
        )
        _take_terminal_as_input()
        if not sys.stderr.isatty():
            # Textual draws on standard error, which here goes to a file: draw on the terminal instead.
            sys.__stderr__ = sys.__stdout__  # type: ignore[misc]
        status = app.run() or 0
    finally:
        client.close()
        cataloguer.close()
    if app.fault is not None:
        raise app.fault
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
    """Take the keys from the terminal itself when standard input, which may have held the article, is none.

    Raises :class:`ReaderError` when there is no terminal.
    """
    if sys.stdin is not None and sys.stdin.isatty():
        return
    try:
        if sys.stdin is None:  # closed by whoever started us: its number may be in other use by now
            raise OSError
        terminal = os.open("/dev/tty", os.O_RDWR)
        os.dup2(terminal, sys.stdin.fileno())
        os.close(terminal)
    except OSError:
        raise ReaderError(
            "The reader takes its keys from a terminal, and there is none to take them from",
            "Print the article with --plain instead",
        ) from None
