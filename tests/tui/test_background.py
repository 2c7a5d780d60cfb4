"""The worker process, and what it reports."""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING

from reader.tui.background import ArticleRead, Failed, Found, WorkerProcess, report, start_process
from reader.work.batch import Options
from reader.work.child import GO, Job, _send, read_frames, work, write_frame
from tests.tui.scene import ANALYSIS, ARTICLE

if TYPE_CHECKING:
    from pathlib import Path

    from reader.tui.background import Update


def frames_of(*contents: tuple[object, ...]) -> io.BytesIO:
    stream = io.BytesIO()
    for content in contents:
        write_frame(stream, content)
    stream.seek(0)
    return stream


def test_frames_come_back_and_a_torn_one_ends_them() -> None:
    stream = frames_of(("progress", 1, 2), ("failed", "source", "a", "b"))
    assert list(read_frames(stream)) == [("progress", 1, 2), ("failed", "source", "a", "b")]
    torn = io.BytesIO(stream.getvalue()[:-3])
    assert list(read_frames(torn)) == [("progress", 1, 2)]


def test_findings_are_sent_in_pieces_and_put_together() -> None:
    class Step:
        stage, done, total, analysis = "complete", 6, 6, ANALYSIS

    out = io.BytesIO()
    _send(Step(), out)  # type: ignore[arg-type]
    out.seek(0)
    updates: list[Update] = []
    assert report(read_frames(out), updates.append, ARTICLE)
    (found,) = updates
    assert isinstance(found, Found)
    assert found.findings.analysis == ANALYSIS


def test_work_that_ends_without_a_word_is_no_end() -> None:
    assert not report(read_frames(frames_of(("article", ARTICLE))), [].append)


def test_reading_reports_a_failure(tmp_path: Path) -> None:
    out = io.BytesIO()
    work(iter([(Job(str(tmp_path / "gone.txt"), None, Options()),), GO]), out)
    out.seek(0)
    updates: list[Update] = []
    assert report(read_frames(out), updates.append)
    assert isinstance(updates[0], Failed)
    assert updates[0].kind == "source"


def test_reading_waits_before_it_analyses(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("A line that is long enough to be an article, said nobody in particular.")
    out = io.BytesIO()
    work(iter([(Job(str(path), None, Options()),)]), out)
    out.seek(0)
    assert [frame[0] for frame in read_frames(out)][-1] == "article"


def test_a_process_reads_and_can_be_killed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("A line that is long enough to be an article, said nobody in particular.")
    process = WorkerProcess(Job(str(path), None, Options()))
    first = process.first(60)
    assert isinstance(first, ArticleRead)
    assert "nobody in particular" in first.article.text
    process.cancel()
    assert process._process.wait(10) != 0


def test_a_missing_pipeline_is_reported(tmp_path: Path) -> None:
    told = threading.Event()
    updates: list[Update] = []

    def deliver(update: Update) -> None:
        updates.append(update)
        told.set()

    work = start_process(Job("", ARTICLE, Options(pipeline="no_such_pipeline")), deliver)
    assert told.wait(90)
    work.cancel()
    assert isinstance(updates[0], Failed)
    assert updates[0].kind == "pipeline"


def test_a_process_that_dies_is_reported() -> None:
    told = threading.Event()
    updates: list[Update] = []

    def deliver(update: Update) -> None:
        updates.append(update)
        told.set()

    work = WorkerProcess(Job("", ARTICLE, Options()))
    work.attach(deliver)
    work._process.kill()
    assert told.wait(30)
    assert isinstance(updates[-1], Failed)
    assert updates[-1].kind == "crash"
