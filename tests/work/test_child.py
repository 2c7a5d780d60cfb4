"""What the reading process does with one job, without a process."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
from dataclasses import replace
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import pytest

from reader.language import pipeline as pipelines
from reader.language.analyser import analyse
from reader.library import reading
from reader.library.library import Library
from reader.model.anchors import anchor
from reader.model.article import Article, Block, RemovedLine
from reader.model.corrections import RenameEntity, RestoreLine
from reader.model.errors import ReaderError
from reader.model.restoration import restore
from reader.processes import read_frames
from reader.work.child import Orders, Pipelines, Worker
from reader.work.librarian import Librarian, Taken
from reader.work.messages import (
    ArticleRead,
    BytesRead,
    Done,
    Findings,
    GoOn,
    Job,
    JobFailed,
    JobOptions,
    NotKept,
    Progress,
    Remembered,
    Stop,
)

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Council votes on wall\n\nMary Lee of the harbour board said on Monday: “The wall will hold.”\n"


def run(job: Job, *orders: GoOn | Stop, pipelines: Pipelines | None = None) -> list[Any]:
    """What the process reports about a job when these orders have come already."""
    pipelines = pipelines or Pipelines()
    taken = Orders(pipelines)
    for order in orders:
        taken.take(order)
    out = io.BytesIO()
    Worker(1, job, taken, pipelines, out).run()
    reports = list(read_frames(io.BytesIO(out.getvalue())))
    assert {report.number for report in reports} == {1}
    assert isinstance(reports[-1].content, Done)
    return [report.content for report in reports[:-1]]


def test_a_staged_job_shows_the_text_first(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    contents = run(Job(str(path), None, JobOptions()), GoOn(1))
    read = next(content for content in contents if isinstance(content, ArticleRead))
    assert isinstance(contents[0], BytesRead)
    assert read.article.title == "Council votes on wall"
    assert [c.stage for c in contents if isinstance(c, Progress)][-1] == "complete"
    assert contents.index(read) < next(n for n, c in enumerate(contents) if isinstance(c, Findings))


def test_a_job_that_is_not_staged_is_done_in_one_go(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    contents = run(Job(str(path), None, JobOptions(), staged=False))
    assert [type(content) for content in contents] == [ArticleRead, Findings, Findings, Progress]
    analysis = analyse(contents[0].article)
    assert contents[1].entities + contents[2].entities == analysis.entities
    assert contents[1].quotations + contents[2].quotations == analysis.quotations


def test_pasted_text_is_cleaned_here() -> None:
    contents = run(Job("", None, JobOptions(), text=TEXT, staged=False))
    assert contents[0].article.title == "Council votes on wall"


def test_a_stopped_job_goes_no_further(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    assert run(Job(str(path), None, JobOptions()), Stop(1)) == []


def test_stopping_ends_the_wait_after_reading(tmp_path: Path) -> None:
    pipelines = Pipelines()
    orders = Orders(pipelines)
    (tmp_path / "a.txt").write_text(TEXT)
    out = io.BytesIO()
    worker = Worker(1, Job(str(tmp_path / "a.txt"), None, JobOptions()), orders, pipelines, out)
    thread = threading.Thread(target=worker.run)
    thread.start()
    orders.take(Stop(1))
    thread.join(30)
    assert not thread.is_alive()
    assert isinstance(list(read_frames(io.BytesIO(out.getvalue())))[-1].content, Done)


@pytest.mark.parametrize(
    ("job", "kind"),
    [
        (Job("/nowhere/at/all.txt", None, JobOptions()), "source"),
        (
            Job("a", Article("Bo.", (Block("paragraph", 0, 3),)), JobOptions(pipeline="no_such_pipeline")),
            "pipeline",
        ),
        (Job("a\x1b[2J", object(), JobOptions()), "fault"),  # type: ignore[arg-type]
    ],
)
def test_failures_tell_whose_they_are(job: Job, kind: str) -> None:
    (failed,) = run(job)
    assert isinstance(failed, JobFailed)
    assert failed.kind == kind
    assert failed.title.isprintable()


def test_a_pipeline_is_loaded_once_until_it_has_seen_too_many_words() -> None:
    loaded = Pipelines()
    pipeline = loaded.get(None)
    assert loaded.get(None) is pipeline
    assert isinstance(pipeline, pipelines.Pipeline)
    forgetful = Pipelines(most_new_words=0)
    first = forgetful.get(None)
    assert forgetful.get(None) is first
    _ = first.nlp.vocab["a word that the pipeline has not seen yet"]
    assert forgetful.get(None) is not first


def kept_by(path: Path, *, orders: tuple[GoOn, ...] = (GoOn(1),)) -> list[Any]:
    options = JobOptions(library=str(path.with_name("library.db")))
    return run(Job(str(path), None, options), *orders)


def test_what_a_screen_shows_is_kept_and_known_at_once_the_second_time(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    first = kept_by(path)
    article = next(content for content in first if isinstance(content, ArticleRead)).article
    library = Library(tmp_path / "library.db")
    (entry,) = library.articles.entries()
    assert entry.title == article.title
    correction = RenameEntity(anchor(article.text, 23, 31), "Maria Lee")
    reading.correct(library, entry.id, [correction])
    library.close()
    again = kept_by(path, orders=())  # nobody need say that it may go on
    shown = [content for content in again if not isinstance(content, BytesRead)]
    kinds = [Remembered, ArticleRead, Findings, Findings, Progress]
    assert [type(content) for content in shown] == kinds
    assert shown[0].analysed
    assert [decision.correction for decision in shown[0].decisions] == [correction]
    assert shown[-1].stage == "complete"
    parts = [content for content in first if isinstance(content, Findings)]
    assert shown[3].quotations == parts[-1].quotations


def test_lines_put_back_are_known_the_second_time_as_well(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    options = JobOptions(library=str(tmp_path / "library.db"))
    read = next(content for content in kept_by(path) if isinstance(content, ArticleRead)).article
    line = RemovedLine(9, "“It will not,” said Jo Lund.", "caption", len(read.text))
    article = restore(replace(read, removed=(line,)), [9])
    library = Library(tmp_path / "library.db")
    reading.correct(library, 1, [RestoreLine(9, line.text)])
    first = run(Job(str(path), article, options))
    assert not any(isinstance(content, Remembered) and content.analysed for content in first)
    again = run(Job(str(path), article, options))
    assert again[0].analysed
    assert [content for content in again if isinstance(content, Findings)] == [
        content for content in first if isinstance(content, Findings)
    ][-2:]
    library.articles.keep(replace(read, removed=(line,)))
    taken = SimpleQueue[Taken]()
    failures = list[ReaderError]()
    librarian = Librarian(options, failures.append)
    librarian.take(1, taken.put)
    findings = taken.get(timeout=30).findings
    assert findings is not None
    assert findings.article.text == article.text
    assert "Jo Lund" in [entity.name for entity in findings.analysis.entities]
    librarian.close()
    assert failures == []
    library.close()


def test_a_library_that_cannot_be_used_costs_nothing_but_a_word(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    (tmp_path / "library.db").write_bytes(b"this is no database" * 99)
    contents = kept_by(path)
    assert any(isinstance(content, NotKept) for content in contents)
    assert contents[-2 if isinstance(contents[-1], NotKept) else -1].stage == "complete"
    assert (tmp_path / "library.db").read_bytes() == b"this is no database" * 99


def test_commands_keep_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    run(Job(str(path), None, JobOptions(library=str(tmp_path / "library.db")), staged=False))
    assert not (tmp_path / "library.db").exists()


def test_a_second_opening_imports_no_model(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    kept_by(path)
    script = (
        "import io, sys\n"
        "from reader.work.child import Orders, Pipelines, Worker\n"
        "from reader.work.messages import Job, JobOptions\n"
        f"options = JobOptions(library={str(tmp_path / 'library.db')!r})\n"
        "pipelines, out = Pipelines(), io.BytesIO()\n"
        f"Worker(1, Job({str(path)!r}, None, options), Orders(pipelines), pipelines, out).run()\n"
        "assert b'complete' in out.getvalue()\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    call = [sys.executable, "-c", script]  # not known it would wait for an order to analyse
    done = subprocess.run(call, capture_output=True, text=True, check=True, timeout=90)
    assert not {"spacy", "onnxruntime", "numpy", "tokenizers", "textual"} & set(done.stdout.split())
