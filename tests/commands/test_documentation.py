"""The README, the pages of docs/ and the help show commands that exist; every command's help shows one."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from reader.commands.group import main

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).parents[2]


def _leaves(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group) or command.invoke_without_command:
        yield name, command
    if isinstance(command, click.Group):
        for each in command.commands.values():
            yield from _leaves(each, f"{name} {each.name}")


_GROUPS = {f"onrecord {name}": each for name, each in main.commands.items() if isinstance(each, click.Group)}
COMMANDS = dict(_leaves(main, "onrecord"))


def _shown() -> Iterator[tuple[str, str]]:
    for page in (_ROOT / "README.md", *sorted((_ROOT / "docs").rglob("*.md"))):
        for line in re.findall(r"^\$ (onrecord\b.*)$", page.read_text("utf-8"), re.MULTILINE):
            yield page.name, line
    for name, command in COMMANDS.items():
        for line in re.findall(r"^ *(onrecord\b.*)$", command.help or "", re.MULTILINE):
            yield f"{name} --help", line


@pytest.mark.parametrize("line", sorted({line for _, line in _shown()}))
def test_every_command_that_is_shown_can_be_typed(line: str) -> None:
    arguments = shlex.split(re.split(r" [|>]", line)[0], comments=True)[1:]
    command: click.Command = main
    context = click.Context(main, info_name="onrecord")
    if arguments and arguments[0] == "--version":
        return
    while isinstance(command, click.Group):
        unnamed = getattr(command, "unnamed", None)
        if unnamed and (not arguments or arguments[0] not in command.commands):
            arguments = [unnamed, *arguments]
        if not arguments:
            break
        found = command.get_command(context, arguments.pop(0))
        assert found is not None, line
        command, context = found, click.Context(found, parent=context)
    options, _, _ = command.make_parser(context).parse_args(list(arguments))
    for parameter in command.params:
        given = options.get(parameter.name or "")
        if isinstance(parameter.type, click.Choice):
            assert given is None or given in parameter.type.choices


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_how_every_command_is_typed(name: str) -> None:
    typed = re.compile(rf"^ *{'onrecord' if name == 'onrecord read' else name}\b", re.MULTILINE)
    group = COMMANDS.get(name.rpartition(" ")[0]) or _GROUPS.get(name.rpartition(" ")[0])
    assert any(typed.search(each.help or "") for each in (COMMANDS[name], group) if each)


@pytest.mark.parametrize("name", ["onrecord", *_GROUPS])
def test_lists_of_commands_say_what_each_does_on_one_line(name: str) -> None:
    group = _GROUPS.get(name, main)
    listed = click.Context(group, info_name=name, terminal_width=80).get_help()
    assert "..." not in listed.partition("Commands:")[2]


_PAGES = sorted({*_ROOT.glob("*.md"), *(_ROOT / "docs").rglob("*.md")})


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        path, _, heading = target.partition("#")
        if path.startswith(("http:", "https:")):
            continue
        found = (page.parent / path) if path else page
        assert found.exists(), target
        if heading:
            slugs = {
                re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
                for line in found.read_text("utf-8").splitlines()
                if line.startswith("#")
            }
            assert heading in slugs, target


def test_every_page_is_listed() -> None:
    docs = _ROOT / "docs"
    listed = set(re.findall(r"^[\w/-]+$", (docs / "index.md").read_text("utf-8"), re.MULTILINE))
    pages = {page.relative_to(docs).with_suffix("").as_posix() for page in docs.rglob("*.md")}
    assert pages - {"index"} == listed & pages


def test_the_table_of_packages_is_the_tree() -> None:
    page = (_ROOT / "docs" / "architecture.md").read_text("utf-8")
    listed = re.findall(r"^\| `reader/(\w+)` \|", page, re.MULTILINE)
    parts = {path.stem for path in (_ROOT / "reader").iterdir() if path.is_dir() or path.suffix == ".py"}
    assert set(listed) == parts - {"__pycache__", "__init__", "__main__", "version"}
    contracts = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = [each["layers"] for each in contracts if each["type"] == "layers"]
    height = {name: -place for place, layer in enumerate(layers) for name in layer.split(" | ")}
    assert listed == sorted(listed, key=lambda name: height[name])  # the lowest first
