"""The errors that a user may see: what happened, what to do about it, and the exit status."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXIT_SOME_FAILED = 1
EXIT_USAGE = 2
EXIT_NOTHING_READABLE = 3
EXIT_FAULT = 70  # a fault of our own: what BSD's sysexits.h calls an internal software error


class ReaderError(Exception):
    """A foreseeable failure. ``title`` says what happened, ``hint`` what the user can do.

    Neither may contain text from an article: both are printed as they are. File names and addresses
    must pass through :func:`reader.text.safety.printable` first.
    """

    exit_code = EXIT_SOME_FAILED

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint

    def __str__(self) -> str:
        """One line for standard error."""
        return f"{self.title}. {self.hint}".rstrip(". ") + "." if self.hint else f"{self.title}."


class SourceError(ReaderError):
    """A file, page or stream could not be read as an article."""


class MissingExtraError(SourceError):
    """Reading this format needs an optional dependency that is not installed."""


class FetchError(SourceError):
    """An address could not be fetched.

    ``status`` and ``headers`` (names in lower case) are those of the answer, where there was one;
    ``unreachable`` says that there was no server to ask, which may be the fault of our own network.
    """

    def __init__(
        self,
        title: str,
        hint: str = "",
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        unreachable: bool = False,
    ) -> None:
        super().__init__(title, hint)
        self.status = status
        self.headers = dict(headers or {})
        self.unreachable = unreachable


class PipelineError(ReaderError):
    """The language pipeline is missing or cannot be loaded."""

    exit_code = EXIT_USAGE


class ArchiveError(ReaderError):
    """An archive cannot be analysed as it was asked for, or is not complete."""

    exit_code = EXIT_USAGE


class SettingsError(ReaderError):
    """The settings file cannot be used."""

    exit_code = EXIT_USAGE


class ThemeError(ReaderError):
    """A theme file cannot be used."""


class RecordError(ReaderError):
    """A record of an article cannot be read back."""


class ExportError(ReaderError):
    """An export could not be written."""


class InternalError(ReaderError):
    """A fault of our own, or of the machine: nothing that the user did."""

    exit_code = EXIT_FAULT


_OUT_OF_MEMORY = (
    "bad_alloc",  # C++
    "Failed to allocate memory",  # ONNX Runtime
    "failed to map segment",  # a library that was to be loaded
    "Cannot allocate memory",
    "can't start new thread",  # there is no room for its stack
)


def lacks_memory(error: BaseException) -> bool:
    """Whether something failed for want of memory: libraries tell of it in ways of their own."""
    return any(
        isinstance(one, MemoryError)
        or (isinstance(one, OSError) and one.errno == errno.ENOMEM)
        or any(words in str(one) for words in _OUT_OF_MEMORY)
        for one in _behind(error)
    )


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        yield error
        seen.add(id(error))
        error = error.__cause__ or error.__context__
