"""Many articles in one call: read and analyse each, in order, over one or several processes.

A source that cannot be read becomes a failure in its place; the others still come out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reader.model.errors import PipelineError, ReaderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.language.pipeline import Pipeline
    from reader.model.analysis import Analysis
    from reader.model.article import Article


@dataclass(frozen=True, slots=True)
class Options:
    """How to read and analyse: see the options of the same names on the command line."""

    raw: bool = False
    pipeline: str | None = None
    show_groups: bool = False
    allow_private: bool = False
    any_language: bool = False


@dataclass(frozen=True, slots=True)
class Success:
    """An analysed article."""

    article: Article
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that was skipped, and why."""

    source: str
    title: str
    hint: str


_pipelines: dict[str | None, Pipeline] = {}


def _pipeline(name: str | None) -> Pipeline:
    from reader.language.pipeline import load_pipeline

    if name not in _pipelines:
        _pipelines[name] = load_pipeline(name)
    return _pipelines[name]


def process(source: str, options: Options) -> Success | Failure:
    """Read and analyse one source. Raises :class:`PipelineError`: no article can be analysed then."""
    from reader.ingest import read
    from reader.text.safety import printable

    try:
        article = read(source, raw=options.raw, allow_private=options.allow_private)
        from reader.language.engine import analyse

        analysis = analyse(
            article,
            _pipeline(options.pipeline),
            show_groups=options.show_groups,
            any_language=options.any_language,
        )
    except PipelineError:
        raise
    except ReaderError as error:
        return Failure(source, error.title, error.hint)
    except Exception as error:  # a fault of ours in one article must not cost the others
        title = f"{printable(source)} could not be analysed ({type(error).__name__})"
        return Failure(source, title, "This is a fault in On Record: please report it with the article")
    return Success(article, analysis)


def process_all(sources: Iterable[str], options: Options, jobs: int = 1) -> Iterator[Success | Failure]:
    """Process every source, results in the order of the sources, with ``jobs`` processes."""
    work = partial(process, options=options)
    if jobs == 1:
        yield from map(work, sources)
        return
    import multiprocessing

    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(work, sources)
