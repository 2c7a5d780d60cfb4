"""Many articles in one call."""

from pathlib import Path

import pytest

from reader.model.errors import PipelineError
from reader.work import batch


def test_a_fault_in_one_article_does_not_cost_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.language import engine

    def faulty(article: object, *_: object, **__: object) -> object:
        if "poison" in article.text:  # type: ignore[attr-defined]
            raise IndexError("a fault")
        return analyse(article, *_, **__)  # type: ignore[arg-type]

    analyse = engine.analyse
    monkeypatch.setattr(engine, "analyse", faulty)
    sources = []
    for name, text in (("a.txt", "Bo spoke in Oslo."), ("b.txt", "This is poison."), ("c.txt", "Ada left.")):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        sources.append(str(path))
    first, second, third = batch.process_all(sources, batch.Options())
    assert isinstance(first, batch.Success)
    assert isinstance(second, batch.Failure)
    assert "b.txt" in second.title
    assert "IndexError" in second.title
    assert isinstance(third, batch.Success)


def test_without_a_pipeline_nothing_can_be_analysed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Bo spoke in Oslo.", encoding="utf-8")
    with pytest.raises(PipelineError):
        list(batch.process_all([str(path)], batch.Options(pipeline="no_such_pipeline")))
