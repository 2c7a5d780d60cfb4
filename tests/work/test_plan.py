"""How an archive is cut into parts, and how a plan is told from another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.errors import ArchiveError
from reader.work import plan
from reader.work.children import Failure
from reader.work.identity import Identity
from reader.work.messages import Job, JobOptions
from reader.work.parts import jobs_of

OPTIONS = JobOptions()
IDENTITY = Identity("1", "rules", "weights", "libraries")


def planned(*sources: Path, options: JobOptions = OPTIONS, identity: Identity = IDENTITY) -> plan.Plan:
    return plan.Plan(identity, options, tuple(plan.make(map(str, sources))))


@given(
    lines=st.lists(st.sampled_from([b"", b"  ", b"\r", b"{}", b'{"text": "words"}', b"x" * 90])),
    end=st.booleans(),
)
def test_every_line_is_in_one_part_and_keeps_its_number(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], end: bool
) -> None:
    path = tmp_path_factory.mktemp("lines") / "archive.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n" * end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "PART_BYTES", 100)
        made = planned(path)
    jobs = [job for part in made.parts for job in jobs_of(part, OPTIONS)]
    expected = [(f"{path}:{n}", line) for n, line in enumerate(lines, 1) if line.strip()]
    assert [(job.source, job.line) for job in jobs if isinstance(job, Job)] == expected
    assert made.articles == len(jobs) == len(expected)
    assert plan.from_json("".join(made.to_json()).encode(), "it") == made


def test_small_files_share_a_part_and_large_ones_have_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "PART_BYTES", 100)
    for name, size in (("a", 40), ("b", 40), ("c", 40), ("d", 500), ("e", 10)):
        (tmp_path / name).write_bytes(b"x" * size)
    made = planned(*reversed(list(tmp_path.iterdir())), tmp_path / "a", tmp_path / "missing")
    names = [[Path(each.path).name for each in part.inputs] for part in made.parts]
    assert names == [["a", "b", "c"], ["d"], ["e", "missing"]]
    assert made == planned(*sorted(tmp_path.iterdir()), tmp_path / "missing")


def test_what_differs_is_named(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_text(name)
    before = planned(*tmp_path.iterdir())
    assert before.differences(planned(*tmp_path.iterdir())) == []
    other = planned(
        *tmp_path.iterdir(), options=JobOptions(raw=True), identity=IDENTITY._replace(version="2")
    )
    assert before.differences(other) == ["the version of On Record", "the option raw"]
    (tmp_path / "a").unlink()
    (tmp_path / "b").write_text("longer")
    (tmp_path / "d").write_text("d")
    assert before.differences(planned(*tmp_path.iterdir())) == [
        f"{tmp_path / 'd'} is new",
        f"{tmp_path / 'a'} is gone",
        f"{tmp_path / 'b'} is changed",
    ]


def test_what_has_changed_since_is_a_failure_not_another_article(tmp_path: Path) -> None:
    lines, file = tmp_path / "a.jsonl", tmp_path / "b.txt"
    lines.write_text('{"text": "one"}\n\n{"text": "two"}\n')
    file.write_text("words")
    made = planned(lines, file)
    lines.write_text('{"text": "one"}\n')
    file.write_text("other words")
    (part,) = made.parts
    jobs = list(jobs_of(part, OPTIONS))
    assert len(jobs) == made.articles == 3
    assert all(isinstance(job, Failure) and "has changed" in job.title for job in jobs)


@pytest.mark.parametrize("source", ["-", "https://news.example/story"])
def test_an_archive_is_made_of_files(source: str) -> None:
    with pytest.raises(ArchiveError, match="made of files"):
        list(plan.make([source]))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"schema": "onrecord-plan/2"}', json.dumps({"schema": plan.SCHEMA, "parts": 3})]
)
def test_what_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(ArchiveError, match="is no plan"):
        plan.from_json(text.encode(), "It")
