"""What a reading process and whoever gave it a job say to each other (frames: :mod:`reader.processes`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reader.language.engine import Stage
    from reader.model.analysis import Entity, PipelineInfo, Quotation
    from reader.model.article import Article


@dataclass(frozen=True, slots=True)
class JobOptions:
    """How to read and analyse: see the options of the same names on the command line."""

    raw: bool = False
    pipeline: str | None = None
    show_groups: bool = False
    allow_private: bool = False
    any_language: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """Analyse ``article``; without one clean ``text``, without that read ``source``, and analyse what it is.

    A ``staged`` job waits between reading and analysing until it is told to go on, and reports partial
    results: for a screen, which shows the text first. The others are done in one go.
    """

    source: str
    article: Article | None
    options: JobOptions
    text: str | None = None
    staged: bool = True


# To the child. Jobs are numbered: what a child still says about an old one is told from the new.


@dataclass(frozen=True, slots=True)
class Begin:
    """Do a job when those before it are done."""

    number: int
    job: Job


@dataclass(frozen=True, slots=True)
class GoOn:
    """Analyse what was read."""

    number: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Leave a job at the next paragraph."""

    number: int


@dataclass(frozen=True, slots=True)
class Prepare:
    """Load a pipeline, beside whatever else there is to do."""

    pipeline: str | None


Order = Begin | GoOn | Stop | Prepare


# From the child. ``Done`` is always the last about a job.


@dataclass(frozen=True, slots=True)
class Reading:
    """Bytes read so far, and in all when that is known."""

    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """The source has been read. The analysis of a staged job waits to be told to go on."""

    article: Article


@dataclass(frozen=True, slots=True)
class Findings:
    """A part of what is known so far: a frame holds so few that reading it holds nobody up for long."""

    entities: tuple[Entity, ...] = ()
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """The findings since the last step are all that is known at this one: see the engine's steps."""

    stage: Stage
    done: int
    total: int
    pipeline: PipelineInfo | None


@dataclass(frozen=True, slots=True)
class Failed:
    """The job came to nothing. ``kind`` tells whether another article would fare better."""

    kind: Literal["source", "pipeline", "fault", "crash"]
    title: str
    hint: str


def failure(source: str, error: Exception) -> Failed:
    """Say what an error means for the user, ours included: one article must not cost the others."""
    from reader.model.errors import PipelineError, ReaderError
    from reader.text.safety import printable

    if isinstance(error, ReaderError):
        return Failed("pipeline" if isinstance(error, PipelineError) else "source", error.title, error.hint)
    what = printable(source) if source else "This text"
    return Failed(
        "fault",
        f"{what} could not be read or analysed ({type(error).__name__})",
        "This is a fault in On Record: please report it with the article",
    )


@dataclass(frozen=True, slots=True)
class Done:
    """The child is ready for the next job."""


@dataclass(frozen=True, slots=True)
class Report:
    """Something about a job."""

    number: int
    content: Reading | ArticleRead | Findings | Step | Failed | Done
