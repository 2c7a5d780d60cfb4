"""`onrecord join`: the parts of an archive as one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from reader.commands.inputs import complain
from reader.commands.options import FORCE, OUTPUT
from reader.commands.progress import tracked
from reader.model.errors import EXIT_NOTHING_READABLE, EXIT_SOME_FAILED, ReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.work.plan import Plan


@click.command(short_help="Make one file of an analysed archive.")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--format",
    "format_",
    metavar="FORMAT",
    default="jsonl",
    show_default=True,
    help="jsonl, parquet, or another format that holds many articles: see `onrecord export --list`.",
)
@OUTPUT
@FORCE
def join(folder: Path, format_: str, output: str | None, force: bool) -> None:
    """Make one file of an archive that `onrecord analyse --output FOLDER/` has written.

    There must be exactly one result for each of its inputs. What could not be analysed is reported, and is
    not in the file.

    \b
    onrecord join results/ > articles.jsonl
    onrecord join results/ --format parquet --output articles.parquet
    """
    from reader.export.registry import find
    from reader.export.writing import new_file
    from reader.work import archive

    form = find(format_)
    if not form.many:
        raise click.UsageError(f"{form.title} holds one article, and an archive many.")
    if form.binary and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{form.title} is not for the terminal: add --output PATH.")
    found = _Joined(archive.load(folder), folder, printing=output is None)
    if output is None:
        found.write(form.name, sys.stdout.buffer)
    else:
        with new_file(Path(output), force=force) as stream:
            found.write(form.name, stream)
    if found.failed:
        sys.exit(EXIT_SOME_FAILED if found.failed < found.plan.articles else EXIT_NOTHING_READABLE)


class _Joined:
    """The results of an archive on their way into one file."""

    def __init__(self, plan: Plan, folder: Path, *, printing: bool) -> None:
        self.plan, self._folder, self._printing = plan, folder, printing
        self.failed = 0

    def write(self, format_: str, stream: BinaryIO) -> None:
        """Write all articles in order."""
        if format_ == "jsonl":
            for line, _ in self._articles():
                stream.write(line)
            return
        from reader.export.options import Options
        from reader.export.registry import write_many
        from reader.model.record import from_record

        write_many(format_, (from_record(value) for _, value in self._articles()), stream, Options())

    def _articles(self) -> Iterator[tuple[bytes, dict[str, Any]]]:
        from reader.text.safety import one_line
        from reader.work import parts

        lines = parts.lines_of(self.plan, self._folder)
        for line, value in tracked(lines, self.plan.articles, "Joining", printing=self._printing):
            if value["schema"] == parts.FAILURE:
                self.failed += 1
                complain(one_line(str(ReaderError(value["title"], value["hint"]))))
            else:
                yield line, value
