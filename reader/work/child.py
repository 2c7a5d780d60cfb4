"""Reading and analysing in a process of its own: the screen is never held up, quitting never waits.

``python -m reader.work.child`` takes one job on standard input and writes frames to standard output: an
eight-byte length and a pickle, between two processes of the same installation and never stored. Killing it
at any moment is how a job is cancelled.
"""

from __future__ import annotations

import pickle
import struct
import sys
import time
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.language.engine import Step
    from reader.model.analysis import Analysis
    from reader.model.article import Article
    from reader.work.batch import Options

_HEADER = struct.Struct(">Q")
# A frame holds so few findings that unpickling one never keeps the reading process busy for long.
_FINDINGS_PER_FRAME = 500
# A partial result is sent when it is worth a repaint, and sending takes a small part of the time at most.
_SECONDS_BETWEEN_STEPS = 0.3
_SENDING_SHARE = 20
GO = ("go",)


class Job(NamedTuple):
    """Analyse ``article``; without one read ``source``, and analyse that when told to go on.

    ``text`` is what was pasted, where there is neither article nor source.
    """

    source: str
    article: Article | None
    options: Options
    text: str | None = None


def write_frame(stream: IO[bytes], content: tuple[Any, ...]) -> None:
    """Write one frame and flush it."""
    data = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)
    stream.write(_HEADER.pack(len(data)) + data)
    stream.flush()


def read_frames(stream: IO[bytes]) -> Iterator[tuple[Any, ...]]:
    """Yield frames until the other side has gone."""
    while len(header := stream.read(_HEADER.size)) == _HEADER.size:
        (length,) = _HEADER.unpack(header)
        data = stream.read(length)
        if len(data) < length:
            return
        yield pickle.loads(data)


class _Progress:
    """Reports how much has been read, a few times a second."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._due = 0.0

    def __call__(self, done: int, total: int | None) -> None:
        if (now := time.monotonic()) >= self._due:
            self._due = now + _SECONDS_BETWEEN_STEPS
            write_frame(self._out, ("progress", done, total))


def work(frames: Iterator[tuple[Any, ...]], out: IO[bytes]) -> None:
    """Do the job in the first frame; write ``progress``, ``article``, ``findings``, ``step``, ``failed``.

    Between reading and analysing it waits for the next frame: the screen shows the text first, and
    nothing heavy is imported before that.
    """
    from reader.model.errors import PipelineError, ReaderError

    job: Job = next(frames)[0]
    article = job.article
    try:
        if article is None:
            article = _read(job, out)
            # Reckoned here, they travel along in the article: over there they would hold up the screen.
            _ = article.id, article.word_count
            write_frame(out, ("article", article))
            if next(frames, None) != GO:
                return
        _analyse(article, job.options, out)
    except ReaderError as error:
        kind = "pipeline" if isinstance(error, PipelineError) else "source"
        write_frame(out, ("failed", kind, error.title, error.hint))


def _read(job: Job, out: IO[bytes]) -> Article:
    from reader.ingest import from_text, read

    options = job.options
    if job.text is not None:
        return from_text(job.text)
    return read(job.source, raw=options.raw, progress=_Progress(out), allow_private=options.allow_private)


def _analyse(article: Article, options: Options, out: IO[bytes]) -> None:
    from reader.language.engine import steps
    from reader.language.pipeline import load_pipeline

    stage, due = "", 0.0
    pipeline = load_pipeline(options.pipeline)
    for step in steps(article, pipeline, show_groups=options.show_groups, any_language=options.any_language):
        started = time.monotonic()
        if step.stage == stage and started < due and step.stage != "complete":
            continue
        stage = step.stage
        _send(step, out)
        now = time.monotonic()
        due = now + max(_SECONDS_BETWEEN_STEPS, (now - started) * _SENDING_SHARE)


def _send(step: Step, out: IO[bytes]) -> None:
    analysis: Analysis = step.analysis
    for name, findings in (("entities", analysis.entities), ("quotations", analysis.quotations)):
        for first in range(0, len(findings), _FINDINGS_PER_FRAME):
            write_frame(out, ("findings", name, findings[first : first + _FINDINGS_PER_FRAME]))
    write_frame(out, ("step", step.stage, step.done, step.total, analysis.pipeline))


def main() -> None:
    """Do the one job that comes on standard input."""
    out = sys.stdout.buffer
    # Whatever a library prints must not get between the frames.
    sys.stdout = sys.stderr
    work(read_frames(sys.stdin.buffer), out)


if __name__ == "__main__":
    # Under this name the classes in the frames are the ones that the other process knows.
    from reader.work.child import main as run

    run()
