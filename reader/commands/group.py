"""The command line: parse arguments, call, print.

Data goes to standard output, messages to standard error. Nothing heavy is imported before a command
needs it: completion, ``--help`` and ``--version`` must answer at once.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

from reader.commands.analyse import analyse
from reader.commands.balance import balance
from reader.commands.clean import clean
from reader.commands.correct import correct
from reader.commands.doctor import doctor
from reader.commands.export import export
from reader.commands.feeds import feeds
from reader.commands.findings import entities, quotations
from reader.commands.inputs import complain
from reader.commands.join import join
from reader.commands.library import library
from reader.commands.output import delivered
from reader.commands.read import read
from reader.commands.save import save
from reader.commands.search import search
from reader.commands.tag import later, tag
from reader.commands.themes import themes
from reader.commands.update import update
from reader.commands.versions import versions
from reader.commands.watch import watch
from reader.commands.who import who
from reader.model.errors import ReaderError
from reader.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.shell_completion import CompletionItem

_INTERRUPTED = 130  # what shells report for a program that ctrl+c ended


@contextmanager
def _errors_told() -> Iterator[None]:
    """The one place where an error becomes a line on standard error and an exit status."""
    try:
        with delivered():
            yield
    except ReaderError as error:
        complain(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except (click.ClickException, click.exceptions.Exit, click.Abort, MemoryError):
        raise  # told by click, and by whoever needs no memory for it
    except Exception as error:
        from reader.settings.crashes import told

        fault = told(error)
        complain(str(fault))
        sys.exit(fault.exit_code)


class _Commands(click.Group):
    """Commands by name; anything else in first place is something to read.

    A file that is named like a command is reached as ``./name`` or after ``--``.
    """

    unnamed = "read"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and ctx.resilient_parsing:
            return super().parse_args(ctx, args)  # a shell asks how the first word goes on
        if not args or (args[0] not in self.commands and args[0] not in ("--help", "-h", "--version")):
            if args and (meant := self._meant(args[0])):
                raise click.UsageError(
                    f"{args[0]} is neither a command nor a file. Did you mean {meant}?", ctx
                )
            if args and (late := self._late(args)):
                raise click.UsageError(f"A command stands first: onrecord {late} …", ctx)
            args = [self.unnamed, *args]
        return super().parse_args(ctx, args)

    def _meant(self, word: str) -> str | None:
        """The command that somebody meant who wrote this, unless it may be something to read."""
        from difflib import get_close_matches

        if not word.isalpha() or os.path.lexists(word):
            return None
        begun = [name for name in self.commands if len(word) > 2 and name.startswith(word)]
        return next(iter(begun + get_close_matches(word, self.commands, 1, cutoff=0.7)), None)

    def _late(self, args: list[str]) -> str | None:
        """The command that somebody wrote behind an option of it, unless it may be something to read."""
        for before, word in pairwise(args if args[0].startswith("-") else ()):
            if before == "--":
                return None
            if word in self.commands and not before.startswith("-") and not os.path.lexists(word):
                return word
        return None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        found = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-"):
            reading = self.commands[self.unnamed]
            found += reading.shell_complete(click.Context(reading, parent=ctx), incomplete)
            return list({item.value: item for item in found}.values())
        return [*found, CompletionItem(incomplete, type="file")]

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        with _errors_told():  # --help and --version print here
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        with _errors_told():
            return super().invoke(ctx)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(version=__version__, message="onrecord %(version)s")
def main() -> None:
    """Read the news in your terminal and see who said what.

    `onrecord PATH`, `onrecord URL` or `onrecord -` opens the reader; without a terminal it prints what
    --plain prints. `onrecord` alone opens your library; while that is empty it asks what to read: paste an
    article, open a file, follow a feed or try a sample.
    """


for _command in (
    read,
    analyse,
    join,
    export,
    quotations,
    entities,
    clean,
    library,
    search,
    who,
    balance,
    correct,
    versions,
    feeds,
    update,
    save,
    tag,
    later,
    watch,
    themes,
    doctor,
):
    main.add_command(_command)
