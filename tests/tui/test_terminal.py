"""The reader in a real terminal: it starts, reads, quits, and leaves the terminal as it was."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING

import pytest

from tests.terminal import FOLDERS, Terminal

if TYPE_CHECKING:
    from pathlib import Path

_OSC_52 = re.compile(rb"\x1b\]52;")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def _article(folder: Path) -> Path:
    path = folder / "article.txt"
    sentences = "The harbour stayed closed on Tuesday, and nobody would say for how long it would be. "
    path.write_text("A harbour closes\n\n" + "\n\n".join(f"Part {n}. " + sentences * 3 for n in range(1, 40)))
    return path


def test_it_starts_reads_quits_and_leaves_the_terminal_as_it_was(tmp_path: Path, state: Path) -> None:
    terminal = Terminal(str(_article(tmp_path)), state=state)
    try:
        terminal.until(b"harbour")
        terminal.type(b"G")
        terminal.until(b"100 %")
        terminal.type(b"\x03")  # ctrl+c copies; it never quits
        terminal.type(b"g")
        terminal.until("¶1/39 · 0 %".encode())
        started = time.monotonic()
        terminal.type(b"q")
        assert terminal.end() == 0
        # Analysis is under way all the while: quitting does not wait for it.
        assert time.monotonic() - started < 5
        assert terminal.given_back()
    finally:
        terminal.close()


def test_a_hostile_article_sends_nothing_of_its_own_to_the_terminal(tmp_path: Path, state: Path) -> None:
    path = tmp_path / "hostile.txt"
    nasty = "\x1b]52;c;ZXZpbA==\x07\x1b]0;owned\x07\x1b[31mred\x1b[2J\x9b31m\x1bP0;evil\x1b\\\u202eevil\u2066"
    path.write_text(f"{nasty}Title here\n\nSomebody wrote {nasty} in the visitors' book.\n", encoding="utf-8")
    for arguments in ([str(path)], ["--raw", str(path)]):
        terminal = Terminal(*arguments, state=state)
        try:
            terminal.until(b"visitors")
            terminal.type(b"q")
            terminal.end()
            assert not _OSC_52.search(terminal.output)
            for forbidden in (b"owned\x07", b"\x1b]0;owned", b"\x1b[2J\xc2\x9b", b"\x1bP0;evil"):
                assert forbidden not in terminal.output
            for character in ("\u202e", "\u2066", "\x9b"):
                assert character.encode() not in terminal.output
        finally:
            terminal.close()


def test_a_missing_file_is_one_line_and_no_screen(tmp_path: Path, state: Path) -> None:
    terminal = Terminal(str(tmp_path / "gone.txt"), state=state)
    try:
        assert terminal.end() != 0
        assert b"gone.txt" in terminal.output
        assert b"\x1b[?1049h" not in terminal.output
        assert b"Traceback" not in terminal.output
    finally:
        terminal.close()


def test_an_unreadable_file_leaves_a_message_behind(tmp_path: Path, state: Path) -> None:
    path = tmp_path / "binary.txt"
    path.write_bytes(bytes(range(256)) * 64)
    terminal = Terminal(str(path), state=state)
    try:
        status = terminal.end()
        assert status != 0
        assert b"onrecord: " in terminal.output
        assert b"Traceback" not in terminal.output
    finally:
        terminal.close()


# What sets a foreground or background, also to a shade of grey or to the default.
_COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")


def test_it_works_without_colours(tmp_path: Path, state: Path) -> None:
    terminal = Terminal(str(_article(tmp_path)), state=state, NO_COLOR="1")
    try:
        terminal.until(b"harbour")
        terminal.type(b"/harbour")
        terminal.until(b"found")
        terminal.type(b"\r")
        terminal.until(b"speaker")  # the last line has the article's keys again: they go to it
        for key, shown in ((b"?", b"Keys"), (b"t", b"Theme")):
            terminal.type(key)
            terminal.until(shown)
            terminal.type(b"q")
            terminal.until(b"found")
        terminal.type(b"q")
        assert terminal.end() == 0
        assert not _COLOUR.search(terminal.output)
        assert b"\x1b[7m" in terminal.output or b";7m" in terminal.output  # the match stands out nevertheless
    finally:
        terminal.close()


def test_sixteen_colours_get_a_theme_that_needs_no_more(tmp_path: Path, state: Path) -> None:
    article = _article(tmp_path)
    for arguments, own in (((), True), (("--theme", "dark"), False)):
        terminal = Terminal(*arguments, str(article), state=state, TERM="xterm", COLORTERM="")
        try:
            terminal.until(b"harbour")
            terminal.type(b"q")
            assert terminal.end() == 0
            # The terminal's own ground is left alone only by the theme that is made of its colours.
            assert (b"\x1b[40m" not in terminal.output and b";40m" not in terminal.output) == own
            assert b"38;2" not in terminal.output
        finally:
            terminal.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_ctrl_z_gives_the_terminal_back_for_a_while(tmp_path: Path, state: Path) -> None:
    terminal = Terminal(str(_article(tmp_path)), state=state)
    try:
        terminal.until(b"harbour")
        for keys in (b"\x1a", b"?\x1a"):  # from the article and from a dialog
            terminal.type(keys)
            terminal.until(b"\x1b[?1049l")
            terminal.until_stopped()
            os.kill(terminal.pid, signal.SIGCONT)
            terminal.until(b"\x1b[?1049h")
            terminal.until(b"harbour" if keys == b"\x1a" else b"Keys")
        terminal.type(b"q")
        terminal.until(b"harbour")
        terminal.type(b"q")
        assert terminal.end() == 0
    finally:
        terminal.close()


def test_reading_from_a_pipe_takes_keys_from_the_terminal(tmp_path: Path, state: Path) -> None:
    article = _article(tmp_path)
    command = f"cat {article} | {sys.executable} -m reader -"
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(dict.fromkeys(FOLDERS, str(state)) | {"TERM": "xterm-256color"})
        os.execv("/bin/sh", ["/bin/sh", "-c", command])
    terminal = Terminal.__new__(Terminal)
    terminal.pid, terminal.fd, terminal.output = pid, fd, b""
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    try:
        terminal.until(b"harbour")
        terminal.type(b"q")
        assert terminal.end() == 0
    finally:
        terminal.close()


def test_the_interface_imports_neither_spacy_nor_the_network() -> None:
    code = (
        "import sys, reader.tui.start, reader.tui.app\n"
        "heavy = {'spacy', 'httpx', 'trafilatura', 'pydantic', 'onnxruntime', 'numpy', 'lxml'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_terminal_without_a_screen_gets_the_text(tmp_path: Path, state: Path) -> None:
    terminal = Terminal(str(_article(tmp_path)), state=state, TERM="dumb")
    try:
        assert terminal.end() == 0
        assert b"Part 39. The harbour stayed closed" in terminal.output
        assert b"\x1b" not in terminal.output
    finally:
        terminal.close()


def test_a_terminal_without_a_screen_is_told_why_there_is_nothing(state: Path) -> None:
    terminal = Terminal(state=state, TERM="dumb")
    try:
        assert terminal.end() == 2
        assert b"TERM=dumb has no screen for the reader: name a file" in terminal.output
    finally:
        terminal.close()
