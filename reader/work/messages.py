"""What a reading process and whoever gave it a job say to each other (frames: :mod:`reader.processes`).

Named tuples: making as many dataclasses would cost the reader three milliseconds of its start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from reader.language.analyser import Stage
    from reader.library.corrections import Decision
    from reader.model.analysis import Entity, PipelineInfo, Quotation
    from reader.model.article import Article


class JobOptions(NamedTuple):
    """How to read and analyse: see the options of the same names on the command line.

    ``library`` is the path of the library that is asked; without it nothing is known or kept. What it has of
    an address is not fetched once more, unless it is to be fetched ``again``.
    """

    raw: bool = False
    pipeline: str | None = None
    show_groups: bool = False
    allow_private: bool = False
    any_language: bool = False
    library: str | None = None
    again: bool = False


class Job(NamedTuple):
    """Analyse ``article``; without one clean ``text``, take ``line`` of an archive, or open an ``entry`` of
    a feed (as its page has it, or with ``own_text`` as the feed has it); without these read ``source``, and
    analyse what it is.

    A ``staged`` job waits between reading and analysing until it is told to go on, and reports partial
    results: for a screen, which shows the text first. What the library knows of the article comes at once,
    and the library keeps what is new. The others are done in one go.
    """

    source: str
    article: Article | None
    options: JobOptions
    text: str | None = None
    staged: bool = True
    line: bytes | None = None
    entry: int | None = None
    own_text: bool = False


# To the child. Jobs are numbered: what a child still says about an old one is told from the new.


class Begin(NamedTuple):
    """Do a job when those before it are done."""

    number: int
    job: Job


class GoOn(NamedTuple):
    """Analyse what was read."""

    number: int


class Stop(NamedTuple):
    """Leave a job at the next paragraph."""

    number: int


class Prepare(NamedTuple):
    """Load a pipeline, beside whatever else there is to do."""

    pipeline: str | None


Order = Begin | GoOn | Stop | Prepare


# From the child. ``Done`` is always the last about a job.


class BytesRead(NamedTuple):
    """Bytes read so far, and in all when that is known."""

    done: int
    total: int | None


class Remembered(NamedTuple):
    """What the library knows of the article, before anything else about it.

    ``analysed``: its analysis is there, and follows at once. ``decisions`` are the reader's about it.
    ``kept``: the article is the library's own, as it was read then (UTC, ISO 8601); nothing was fetched.
    """

    analysed: bool
    decisions: tuple[Decision, ...]
    kept: str | None = None


class NotKept(NamedTuple):
    """The library could not be used: why, and what to do about it. The article is none the worse for it."""

    title: str
    hint: str


class ArticleRead(NamedTuple):
    """The source has been read. The analysis of a staged job waits to be told to go on."""

    article: Article


class Findings(NamedTuple):
    """A part of what is known so far: a frame holds so few that reading it holds nobody up for long."""

    entities: tuple[Entity, ...] = ()
    quotations: tuple[Quotation, ...] = ()


class Progress(NamedTuple):
    """The findings since the last step are all that is known at this one: see the engine's steps."""

    stage: Stage
    done: int
    total: int
    pipeline: PipelineInfo | None


class JobFailed(NamedTuple):
    """The job came to nothing. ``kind`` tells whether another article would fare better."""

    kind: Literal["source", "pipeline", "fault", "crash"]
    title: str
    hint: str


def failure(source: str, error: Exception) -> JobFailed:
    """Say what an error means for the user, ours included: one article must not cost the others."""
    from reader.model.errors import PipelineError, ReaderError, lacks_memory
    from reader.text.safety import printable

    if isinstance(error, ReaderError):
        return JobFailed(
            "pipeline" if isinstance(error, PipelineError) else "source", error.title, error.hint
        )
    what = printable(source) if source else "This text"
    if lacks_memory(error):
        return JobFailed(
            "fault", f"{what} needs more memory than there is", "Close something, or read a part"
        )
    from reader.settings.crashes import written

    log = written(error)
    also = f" and {printable(str(log))}" if log is not None else ""
    return JobFailed(
        "fault",
        f"{what} could not be read or analysed ({type(error).__name__})",
        f"This is a fault in On Record: please report it with the article{also}",
    )


class Done(NamedTuple):
    """The child is ready for the next job."""


class Report(NamedTuple):
    """Something about a job."""

    number: int
    content: BytesRead | Remembered | ArticleRead | Findings | Progress | NotKept | JobFailed | Done
