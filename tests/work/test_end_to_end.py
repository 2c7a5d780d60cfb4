"""The reader in a terminal and the child behind it: what is said at once, and that nobody is left."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.observing import alive, children, until
from tests.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "Council votes on wall\n\nMary Lee of the harbour board said on Monday: “The wall will hold.”\n"
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of this computer at which nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.mark.parametrize(
    ("settings", "says"), [("", b"local network"), ("private_addresses = true", b"cannot be reached")]
)
def test_an_address_that_fails_at_once_says_so(
    tmp_path: Path, closed_port: int, settings: str, says: bytes
) -> None:
    folder = tmp_path / "onrecord"
    folder.mkdir()
    (folder / "settings.toml").write_text(settings)
    terminal = Terminal(f"http://127.0.0.1:{closed_port}/", state=tmp_path)
    try:
        terminal.until(says)
        terminal.type(b"q")
        terminal.end()
    finally:
        terminal.close()


@needs_proc
@pytest.mark.parametrize("how", ["quit", "kill"])
def test_no_child_outlives_the_reader(tmp_path: Path, how: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    terminal = Terminal(str(path), state=tmp_path)
    try:
        terminal.until(b"The wall will hold")
        (child,) = until(lambda: children(terminal.pid), "the child")
        if how == "quit":
            terminal.type(b"q")
            assert terminal.end() == 0
        else:
            os.kill(terminal.pid, signal.SIGKILL)
        until(lambda: not alive(child), "its end")
    finally:
        terminal.close()


@needs_proc
def test_the_same_child_reads_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    terminal = Terminal(str(path), state=tmp_path)
    try:
        terminal.until(b"Mary")
        (child,) = until(lambda: children(terminal.pid), "the child")
        path.write_text(TEXT.replace("hold", "stand"))
        terminal.type(b"r")
        terminal.until(b"stand")
        assert children(terminal.pid) == [child]
        terminal.type(b"q")
        assert terminal.end() == 0
    finally:
        terminal.close()
