"""The embedded pipeline, loaded once for all tests of a process, as the jobs of a warm child share one."""

from __future__ import annotations

from functools import cache

from reader.language.pipeline import Pipeline, load_pipeline


@cache
def embedded() -> Pipeline:
    """The pipeline; never changed by who uses it."""
    return load_pipeline()


def loaded(name: str | None = None) -> Pipeline:
    """Stands in for `load_pipeline` where commands run in this process."""
    return embedded() if name is None else load_pipeline(name)
