"""One command's way through its sources: what comes out, what failed, and the exit status."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from reader.model.errors import EXIT_NOTHING_READABLE, EXIT_SOME_FAILED, ReaderError
from reader.work import batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.export.options import Options
    from reader.export.registry import Format
    from reader.model.analysis import Analysis
    from reader.model.article import Article
    from reader.work.messages import JobOptions

Result = TypeVar("Result")


def complain(message: str) -> None:
    """Print a message for the user on standard error."""
    click.echo(f"onrecord: {message}", file=sys.stderr)  # as it is now, see :mod:`reader.commands.progress`


def _tell_kept(source: str, kept: str) -> None:
    from reader.text.dates import moment_in_words
    from reader.text.safety import printable

    complain(f"{printable(source)} as it was read on {moment_in_words(kept)}; --again fetches it anew")


class _NothingSucceeded(Exception):
    """No source could be read: what was being written must not come to be."""


class Inputs:
    """The sources of one command, folders expanded. Each failure is reported once and skipped."""

    def __init__(self, sources: Iterable[str], options: JobOptions, jobs: int = 1) -> None:
        from reader.ingest import expand

        self.sources = list(expand(list(sources)))
        self.options, self.jobs = options, jobs
        self.succeeded = self.failed = 0
        self.without_library = False

    def _fail(self, error: ReaderError) -> None:
        """Report a source that is skipped."""
        self.failed += 1
        complain(str(error))

    def articles(self) -> Iterator[Article]:
        """Yield the articles that can be read, without analysing them."""
        yield from self._succeeding(batch.read_each(self.sources, self.options))

    def rule_trials(self) -> Iterator[list[str]]:
        """Yield what the user's rules for single sites find on each page that can be read."""
        yield from self._succeeding(batch.try_rules_on_each(self.sources, self.options))

    def _succeeding(self, results: Iterable[Result | batch.Failure]) -> Iterator[Result]:
        for result in results:
            if isinstance(result, batch.Failure):
                self._fail(ReaderError(result.title, result.hint))
            else:
                self.succeeded += 1
                yield result

    def finish(self) -> None:
        """Leave with the exit status that tells what happened."""
        if not self.sources:
            complain("There is nothing to read in there. Name a file, an address or - for standard input.")
        if self.failed or self.without_library or not self.sources:
            sys.exit(EXIT_SOME_FAILED if self.succeeded else EXIT_NOTHING_READABLE)

    def save(self, form: Format, output: str | None, options: Options, *, force: bool = False) -> None:
        """Write the analysed articles where the user wants them, and leave with the exit status."""
        with suppress(_NothingSucceeded):
            if output is None:
                self._print(form, options)
            else:
                self._write(form, output, options, force)
        self.finish()

    def machine_results(self, *, imported: bool = False) -> Iterator[tuple[Article, Analysis]]:
        """Yield what can be read with what the machine finds, the reader's decisions left out.

        What is ``imported`` is not printed, and analyses that come with it are believed.
        """
        for result in self._machine_results(imported=imported):
            yield result.article, result.analysis

    def _machine_results(self, *, imported: bool = False, in_parts: bool = False) -> Iterator[batch.Success]:
        from reader.commands.progress import tracked

        # One article alone is not worth a process; of several, one may kill its own.
        total = batch.count(self.sources)
        alone = total == 1 and not batch.is_archive(self.sources[0])
        found = batch.analyse_each(
            self.sources,
            self.options,
            None if alone else min(self.jobs, max(1, total)),
            believed=imported,
            in_parts=in_parts,
        )
        for result in tracked(found, total, "Analysing", printing=not imported):
            if isinstance(result, batch.Failure):
                self._fail(ReaderError(result.title, result.hint))
                continue
            if result.part is None or result.part[0] == 0:
                self.succeeded += 1
                if result.kept is not None:
                    _tell_kept(result.article.source, result.kept)
            yield result

    def _results(self) -> Iterator[tuple[Article, Analysis]]:
        """Yield what can be read, with the reader's decisions over it.

        A library that cannot be used does not keep an article from being read: that is said.
        """
        for article, analysis, _ in self._parts(in_parts=False):
            yield article, analysis

    def _parts(self, *, in_parts: bool) -> Iterator[tuple[Article, Analysis, tuple[int, int] | None]]:
        """The same, of a long text in sections, each with its place in the text."""
        from reader.work.memory import Memory

        memory = Memory(self.options)
        try:
            _ = memory.library
        except ReaderError as error:
            complain(f"{error} Corrections are left out: the article is read without the library.")
            self.without_library = True
            self.options = self.options._replace(library=None)
            memory = Memory(self.options)
        try:
            for result in self._machine_results(in_parts=in_parts):
                yield *memory.corrected(result.article, result.analysis), result.part
        finally:
            memory.close()
        if not self.succeeded:
            raise _NothingSucceeded

    def _print(self, form: Format, options: Options) -> None:
        from reader.export import registry

        if form.binary and sys.stdout.isatty():
            raise click.UsageError(f"{form.title} is not for the terminal: add --output PATH.")
        stream = sys.stdout.buffer
        if form.many:
            registry.write_many(form.name, self._results(), stream, options)
        elif len(self.sources) > 1 and form.name != "text":
            raise click.UsageError(f"{form.title} holds one article: add --output FOLDER for several.")
        else:
            # Lists of names are of the whole article, and a selection may begin anywhere.
            in_parts = form.name == "text" and options.only != "entities" and options.selection is None
            written = False
            for article, analysis, part in self._parts(in_parts=in_parts):
                choice = options
                if part is not None:
                    choice = replace(options, selection=part, continued=part[0] > 0)
                content = registry.render(form.name, article, analysis, choice)
                if choice.continued and not content.strip():
                    continue
                stream.write(b"\n" * written + content)
                stream.flush()
                written = True

    def _write(self, form: Format, output: str, options: Options, force: bool) -> None:
        from reader.export import writing

        path = Path(output)
        several = len(self.sources) > 1 and not form.many
        if several or output.endswith("/") or path.is_dir():
            for saved in writing.save_folder(form.name, self._results(), path, options, force=force):
                if saved.error:
                    self.succeeded -= 1
                    self._fail(saved.error)
        else:
            writing.save_file(form.name, self._results(), path, options, force=force)
