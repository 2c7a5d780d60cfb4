"""`onrecord doctor`: describe this installation and its terminal."""

from __future__ import annotations

import click

from reader.commands.options import PIPELINE


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array of facts.")
@PIPELINE
def doctor(as_json: bool, pipeline: str | None) -> None:
    """Describe this installation and its terminal.

    Versions, which language pipeline is in use and why, what the terminal can do, where files are.
    """
    from dataclasses import asdict

    from reader.commands.diagnosis import examine

    facts = list(examine(pipeline))
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
