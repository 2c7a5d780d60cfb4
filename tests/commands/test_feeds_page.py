"""The transcript of docs/feeds.md, typed command by command: what is printed is what the page shows."""

from __future__ import annotations

import re
import shlex
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from reader.commands.group import main
from tests.commands.test_update import Here
from tests.feeds.newsroom import item, rss
from tests.pages import page

if TYPE_CHECKING:
    from tests.feeds.newsroom import Newsroom

pytestmark = pytest.mark.usefixtures("quick_updates")

PAGE = Path(__file__).parents[2] / "docs" / "feeds.md"
HOST = "harbour.example"
OFFLINE = "feeds show"  # the first command that is typed on the train
GATES = "Lock gates stay for ten more years"
SAID = "“We sail whatever the wind does,” said Ana Ruiz, the harbour master."
ITEMS = (("gates", "The council voted.", GATES, 13), ("ferry", SAID, "Night ferry sails again", 12))
ARTICLE = (
    "The harbour council voted on Tuesday to keep the old lock gates for another ten years.",
    "“They will outlive all of us,” said Joan Beck, the mayor, who had wanted new ones.",
    "The repairs begin in May. Nobody loses a mooring over them.",
)


def _typed() -> list[tuple[str, str]]:
    """Return the commands of the transcript, each with what the page shows of it."""
    text = PAGE.read_text(encoding="utf-8").split("\n## ", 1)[0]
    shown = "".join(re.findall(r"```console\n(.*?)```", text, re.DOTALL))
    return re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", shown, re.MULTILINE)


def _serve(room: Newsroom) -> None:
    links = "".join(
        f"<link rel='alternate' type='application/rss+xml' title='{name}' href='{path}'>"
        for path, name in (("/all.xml", "All news"), ("/harbour.xml", "Harbour and ferries"))
    )
    room.says("/", f"<html><head>{links}</head><body></body></html>".encode(), kind="text/html")
    items = (
        item(name, text, title=title, more=f"<pubDate>{day} Jan 2026 09:00:00 GMT</pubDate>")
        for name, text, title, day in ITEMS
    )
    room.says("/harbour.xml", rss(*items, title="Harbour and ferries"))
    room.says("/page/gates", page(GATES, *ARTICLE).encode(), kind="text/html")


def test_the_page_shows_what_is_printed(
    room: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _serve(room)
    online, real = True, socket.getaddrinfo

    def resolve(host: str, *arguments: Any, **more: Any) -> Any:
        if host == HOST and not online:
            raise socket.gaierror
        return real("127.0.0.1" if host == HOST else host, *arguments, **more)

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    monkeypatch.setattr("reader.work.entries.Analyst", Here)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    always = ("--library", str(tmp_path / "library.db"))
    for command, shown in _typed():
        online = online and OFFLINE not in command
        typed = command.replace(f"{HOST}/", f"{HOST}:{room.port}/")
        private = ("--allow-private",) if re.search(r"add http|update|show", command) else ()
        done = CliRunner().invoke(main, [*shlex.split(typed)[1:], *private, *always])
        printed = done.output.replace(f"{HOST}:{room.port}", HOST)
        # The day on which it was fetched is any.
        printed = re.sub(r"(as it was on|added) \d{4}-\d\d-\d\d", r"\1 2026-01-13", printed)
        assert printed == shown, f"{command}\n{printed}"
