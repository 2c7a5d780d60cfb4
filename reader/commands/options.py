"""Options that several commands share."""

from __future__ import annotations

import os
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.work.messages import JobOptions

    Command = Callable[..., None]


def _no_color(_context: click.Context, _parameter: click.Parameter, chosen: bool) -> None:
    if chosen:
        os.environ["NO_COLOR"] = "1"


class Choice(click.Choice[str]):
    """One of a few words; of another one it is said which was probably meant."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return what is wrong with a word."""
        from difflib import get_close_matches

        close = get_close_matches(str(value), self.choices, 1)
        meant = f" Did you mean {close[0]}?" if close else ""
        return super().get_invalid_choice_message(value, ctx) + meant


class Number(click.IntRange):
    """A whole number within bounds."""

    name = "number"


SOURCES = click.argument("sources", metavar="PATH|URL|-|FOLDER...", nargs=-1, required=True)
RAW = click.option("--raw", is_flag=True, help="Skip cleaning: keep the file's text character for character.")
PIPELINE = click.option("--pipeline", metavar="NAME", help="Use this spaCy pipeline, not the embedded one.")
GROUPS = click.option("--groups", is_flag=True, help="Show peoples, faiths and the like as entities too.")
ANY_LANGUAGE = click.option(
    "--any-language", is_flag=True, help="Look for names and speakers in other languages than English too."
)
JOBS = click.option("--jobs", type=Number(1), default=1, show_default=True, help="Number of processes.")
PRIVATE = click.option("--allow-private", is_flag=True, help="Fetch from private addresses too.")
AGAIN = click.option("--again", is_flag=True, help="Fetch addresses again that the library has.")
OUTPUT = click.option("--output", "-o", metavar="PATH", help="Write there.")
FORCE = click.option("--force", is_flag=True, help="Overwrite what is there.")
THEME = click.option("--theme", metavar="NAME", help="Colours to use: see `onrecord themes`.")
LIBRARY = click.option(
    "--library",
    "library_path",
    metavar="PATH",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Use this library, not the usual one.",
)
NO_LIBRARY = click.option("--no-library", is_flag=True, help="Neither ask nor tell the library anything.")
NO_COLOR = click.option(
    "--no-color", is_flag=True, expose_value=False, callback=_no_color, help="Print and draw without colour."
)


def analysis_options(command: Command) -> Command:
    """Add the options that say how to read and analyse; the command gets one ``options`` for them."""

    @wraps(command)
    def merged(
        raw: bool,
        pipeline: str | None,
        groups: bool,
        any_language: bool,
        allow_private: bool,
        library_path: Path | None,
        no_library: bool,
        again: bool,
        **rest: Any,
    ) -> None:
        options = job_options(
            library_path=library_path,
            no_library=no_library,
            raw=raw,
            pipeline=pipeline,
            groups=groups,
            any_language=any_language,
            allow_private=allow_private,
            again=again,
        )
        command(options=options, **rest)

    for option in (NO_LIBRARY, LIBRARY, AGAIN, PRIVATE, ANY_LANGUAGE, GROUPS, PIPELINE, RAW):
        merged = option(merged)
    return merged


def job_options(
    *,
    raw: bool = False,
    pipeline: str | None = None,
    groups: bool = False,
    any_language: bool = False,
    allow_private: bool = False,
    library_path: Path | None = None,
    no_library: bool = False,
    again: bool = False,
) -> JobOptions:
    """Return what the command line says, and the settings where it says nothing."""
    from reader.library.location import usual_path
    from reader.settings import settings
    from reader.work.messages import JobOptions

    chosen = settings.load()
    return JobOptions(
        raw=raw,
        pipeline=pipeline or chosen.pipeline or None,
        show_groups=groups or chosen.show_groups,
        any_language=any_language or chosen.any_language,
        allow_private=allow_private or chosen.private_addresses,
        library=None if no_library else str(library_path or usual_path(chosen)),
        again=again,
    )
