"""Progress beside what is printed, on a real terminal."""

import os
import pty
import subprocess
import sys

import pytest

CODE = """
import sys, click
from reader.commands.inputs import complain
from reader.commands.progress import tracked
for number in tracked(range(3), 3, "Counting", printing=False):
    click.echo(f"result {number}", file=sys.stdout)
    complain(f"trouble {number}")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_what_is_printed_stands_above_the_bar() -> None:
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", CODE],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:  # the other side has gone
        pass
    os.close(ours)
    assert child.wait() == 0
    for number in range(3):
        # Each on a line that was cleared of the bar.
        assert f"\x1b[2Kresult {number}\r\n".encode() in shown
        assert f"\x1b[2Konrecord: trouble {number}\r\n".encode() in shown
    assert b"Counting" in shown
