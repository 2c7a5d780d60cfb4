"""docs/library.md shows commands that exist."""

import re
import shlex
from pathlib import Path

import click
import pytest

from reader.commands.group import main

TEXT = (Path(__file__).parents[2] / "docs" / "library.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ onrecord (.+)$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_that_is_shown_can_be_typed(line: str) -> None:
    arguments = shlex.split(line, comments=True)
    command: click.Command = main
    context = click.Context(main, info_name="onrecord")
    if arguments[0] not in main.commands:
        arguments = ["read", *arguments]
    while isinstance(command, click.Group):
        found = command.get_command(context, arguments.pop(0))
        assert found is not None, line
        command, context = found, click.Context(found, parent=context)
    options, _, _ = command.make_parser(context).parse_args(list(arguments))
    for parameter in command.params:
        given = options.get(parameter.name or "")
        if isinstance(parameter.type, click.Choice):
            assert given is None or given in parameter.type.choices
