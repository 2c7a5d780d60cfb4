"""`onrecord themes`: which there are, and whether they keep their promises."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.commands.inputs import complain
from reader.model.errors import EXIT_SOME_FAILED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.settings.theme import Theme


@click.group(invoke_without_command=True)
@click.pass_context
def themes(context: click.Context) -> None:
    """List the themes, or check them.

    \b
    onrecord themes
    onrecord --theme midnight article.html
    """
    if context.invoked_subcommand:
        return
    for name, theme in _found().items():
        click.echo(f"{name:22}{theme.label}")


@themes.command(short_help="Check contrast and that types are told apart.")
@click.argument("paths", metavar="[THEME.toml]...", nargs=-1, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Check contrast (WCAG 2.2) and that the types are told apart, also by colour-blind eyes.

    \b
    onrecord themes check
    onrecord themes check my-theme.toml
    """
    from reader.settings.theme import load_theme
    from reader.settings.theme_checks import problems_of

    checked = [load_theme(path) for path in paths] if paths else list(_found().values())
    problems = [problem for theme in checked for problem in problems_of(theme)]
    for problem in problems:
        click.echo(f"{problem.theme}: {problem.message}")
    if problems:
        sys.exit(EXIT_SOME_FAILED)
    click.echo(f"{len(checked)} themes checked, no problem found.")


def chosen_theme(name: str | None) -> Theme | None:
    """Return the theme of a name. Raises :class:`click.UsageError` when there is none."""
    if name is None:
        return None
    found = _found()
    if name not in found:
        from difflib import get_close_matches

        close = get_close_matches(name, found, 1)
        meant = f"Did you mean {close[0]}? " if close else ""
        raise click.UsageError(f"There is no theme {name!r}. {meant}There are: {', '.join(found)}.")
    return found[name]


def _found() -> Mapping[str, Theme]:
    from reader.settings import settings
    from reader.settings.theme import collect

    collection = collect(settings.themes_folder())
    for error in collection.errors.values():
        complain(str(error))
    return collection.themes
