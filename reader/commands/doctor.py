"""`onrecord doctor`: describe this installation and its terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.commands.options import LIBRARY, PIPELINE

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array of facts.")
@LIBRARY
@PIPELINE
def doctor(as_json: bool, pipeline: str | None, library_path: Path | None) -> None:
    """Describe this installation, its terminal and its library.

    Versions, what the terminal can do, where files are, how large the library is, which language pipeline
    is in use and why; and what to do about whatever is amiss. It belongs into a report of a mistake: it
    changes and sends nothing, and shortens your home folder to ~.

    \b
    onrecord doctor
    onrecord doctor --json
    """
    from dataclasses import asdict

    from reader.commands.diagnosis import examine

    facts = list(examine(pipeline, library_path))
    if as_json:
        import json

        click.echo(json.dumps([asdict(fact) for fact in facts], ensure_ascii=False, indent=2))
        return
    section = ""
    for fact in facts:
        if fact.section != section:
            section = fact.section
            click.echo(section.capitalize())
        click.echo(f"  {fact.name:26}{fact.value}" + (f"  ({fact.advice})" if fact.advice else ""))
