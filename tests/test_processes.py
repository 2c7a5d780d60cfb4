"""Frames, and the death of processes with all that they have started."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reader.ingest.isolation import TIME_LIMIT, TooHeavy, isolated
from reader.processes import Process, read_frames, write_frame
from reader.work.messages import BytesRead, JobFailed
from tests.observing import alive, children, until

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")

# Takes the Markdown parser longer than any test waits for.
SLOW = "*a_" * 400_000


def test_frames_come_back_and_a_torn_one_ends_them() -> None:
    stream = io.BytesIO()
    write_frame(stream, BytesRead(1, 2))
    write_frame(stream, JobFailed("source", "a", "b"))
    assert list(read_frames(io.BytesIO(stream.getvalue()))) == [
        BytesRead(1, 2),
        JobFailed("source", "a", "b"),
    ]
    assert list(read_frames(io.BytesIO(stream.getvalue()[:-3]))) == [BytesRead(1, 2)]
    assert list(read_frames(io.BytesIO())) == []


def test_a_killed_process_says_no_more() -> None:
    process = Process("reader.work.child", apart=True)
    process.kill()
    assert list(process.messages()) == []
    process.kill()
    process.send("nobody hears this")


@needs_proc
@pytest.mark.parametrize("end", ["kill", "parent"])
def test_nobody_is_left_behind(tmp_path: Path, end: str) -> None:
    """A reading process with its extraction process ends when it is killed, and when its parent is."""
    path = tmp_path / "slow.md"
    path.write_text(SLOW)
    script = (
        "import sys, threading\nfrom reader.work.client import Client\n"
        "from reader.work.messages import Job, JobOptions\n"
        "client = Client()\nclient.start(Job(sys.argv[1], None, JobOptions()))\n"
        "sys.stdin.readline()\nclient.close()\nprint('closed', flush=True)\nsys.stdin.readline()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        try:
            (child,) = until(lambda: children(parent.pid), "the reading process")
            (extraction,) = until(lambda: children(child), "the extraction process")
            if end == "kill":
                parent.stdin.write("\n")
                parent.stdin.flush()
                assert parent.stdout.readline() == "closed\n"
            else:
                parent.send_signal(signal.SIGKILL)
            until(lambda: not alive(child) and not alive(extraction), "the end of both")
        finally:
            parent.kill()


@needs_proc
def test_an_extraction_ends_with_whoever_asked_for_it() -> None:
    script = (
        f"from reader.ingest.isolation import isolated; isolated('markdown', {SLOW[:6]!r}.encode() * 200_000)"
    )
    with subprocess.Popen([sys.executable, "-c", script]) as parent:
        (extraction,) = until(lambda: children(parent.pid), "the extraction process")
        parent.kill()
        until(lambda: not alive(extraction), "its end")


@needs_proc
def test_an_extraction_beyond_its_time_is_ended() -> None:
    before = set(children(os.getpid()))
    with pytest.raises(TooHeavy):
        isolated("markdown", SLOW.encode(), time_limit=min(1.0, TIME_LIMIT))
    assert set(children(os.getpid())) <= before
