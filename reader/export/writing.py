"""Writing exports to disk: whole or not at all, and never over a file that was there unless told to."""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.export import registry
from reader.model.errors import ExportError
from reader.settings.files import whole_file
from reader.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from reader.export.options import Options
    from reader.model.analysis import Analysis
    from reader.model.article import Article

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST_NAME = 100  # bytes; leaves room for a number and a suffix in every file system


@dataclass(frozen=True, slots=True)
class WrittenArticle:
    """What became of one article: the files written, or the error that prevented it."""

    source: str
    paths: tuple[Path, ...] = ()
    error: ExportError | None = None


@contextmanager
def new_file(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """Open a file that appears under its name only when the block has ended without an exception.

    The content is on the disk before the name is. A device or pipe is written to directly. Raises
    :class:`ExportError` when the file exists and ``force`` is not given, or when it cannot be written.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as stream:
                yield stream
            return
        _refuse_existing(path, force)
        target = path.resolve()  # a link stays a link; what it points to is replaced
        with whole_file(target, partial(_publish, force=force)) as stream:
            yield stream
    except OSError as error:
        raise _failure(path, error) from error


def write_file(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write a whole file; see :func:`new_file`."""
    with new_file(path, force=force) as stream:
        stream.write(content)


def save_file(
    name: str,
    results: Iterable[tuple[Article, Analysis]],
    path: Path,
    options: Options,
    *,
    force: bool = False,
) -> None:
    """Write articles into one file of the named format.

    A format without ``many`` takes exactly one article. Nothing is left behind when reading, analysing
    or writing fails. Raises :class:`ExportError`.
    """
    _refuse_existing(path, force)  # before any article is analysed in vain
    if registry.find(name).many:
        with new_file(path, force=force) as stream:
            registry.write_many(name, results, stream, options)
        return
    articles = list(results)
    if len(articles) != 1:
        raise ExportError(
            f"A {name} file holds one article, and there are {len(articles)}", "Write into a folder"
        )
    write_file(path, registry.render(name, *articles[0], options), force=force)


def save_folder(
    name: str,
    results: Iterable[tuple[Article, Analysis]],
    folder: Path,
    options: Options,
    *,
    force: bool = False,
) -> Iterator[WrittenArticle]:
    """Write one file per article into a folder, made if need be; report each as it is done.

    Files are named after their sources, safely and uniquely: the same sources in the same order get the
    same names. An article whose file exists is reported and skipped. Raises :class:`ExportError` when
    the folder or the format cannot be used at all.
    """
    registry.find(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _failure(folder, error) from error
    for companion, content in registry.companions(name).items():
        if force or not (folder / companion).exists():
            write_file(folder / companion, content, force=force)
    taken: set[str] = set()
    for article, analysis in results:
        stem = _unique(file_stem(article), taken)
        try:
            contents = registry.parts(name, article, analysis, options)
            paths = tuple(folder / (stem + suffix) for suffix in contents)
            for path in paths:
                _refuse_existing(path, force)
            for path, content in zip(paths, contents.values(), strict=True):
                write_file(path, content, force=force)
        except ExportError as error:
            yield WrittenArticle(article.source, error=error)
        else:
            yield WrittenArticle(article.source, paths)


def file_stem(article: Article) -> str:
    """Return a file name without suffix for an article, after its source or its title.

    It holds letters, digits, ``-``, ``_`` and inner dots alone, at most 100 bytes of them.
    """
    source = article.source
    if source in ("", "-") or source.lower().startswith(("http://", "https://")):
        path = PurePath(_address_path(source)).stem
        name = article.title or path or "article"
    else:
        name = PurePath(source).stem
    name = unicodedata.normalize("NFC", one_line(name))
    name = re.sub(r"[^\w.]+", "-", name).strip("-._")
    while len(name.encode()) > _LONGEST_NAME:
        name = name[:-1]
    name = name.rstrip("-._") or "article"
    return f"{name}-" if _RESERVED.fullmatch(name) else name


def _address_path(source: str) -> str:
    try:
        return urlsplit(source).path
    except ValueError:
        return ""


def _unique(stem: str, taken: set[str]) -> str:
    """A stem that no other has, also where file names ignore case and Unicode form."""
    candidate, number = stem, 1
    while unicodedata.normalize("NFKC", candidate).casefold() in taken:
        number += 1
        candidate = f"{stem}-{number}"
    taken.add(unicodedata.normalize("NFKC", candidate).casefold())
    return candidate


def _publish(temporary: Path, path: Path, force: bool) -> None:
    if force:
        temporary.replace(path)
        return
    try:
        # Unlike a rename, a link never takes the place of a file that has appeared meanwhile.
        path.hardlink_to(temporary)
    except FileExistsError:
        _refuse_existing(path, force)
        raise
    except OSError:  # a file system without links
        _refuse_existing(path, force)
        temporary.replace(path)


def _refuse_existing(path: Path, force: bool) -> None:
    if path.is_dir():
        raise ExportError(f"{_shown(path)} is a folder", "Name a file in it")
    if os.path.lexists(path) and not force and (path.is_file() or path.is_symlink()):
        raise ExportError(f"{_shown(path)} is there already", "--force replaces it")


_ADVICE = {
    errno.ENOENT: "Make the folder, or name one that is there",
    errno.ENOTDIR: "Name a folder that is one",
    errno.EACCES: "Name a folder of yours",
    errno.EROFS: "Name a folder that can be written to",
    errno.EISDIR: "Name a file in it",
    errno.ENOSPC: "Make room, or name another disk",
    errno.ENAMETOOLONG: "Give it a shorter name",
}


def _failure(path: Path, error: OSError) -> ExportError:
    why = error.strerror or "input/output error"
    return ExportError(f"{_shown(path)} cannot be written: {why}", _ADVICE.get(error.errno or 0, ""))


def _shown(path: Path) -> str:
    return one_line(str(path))
