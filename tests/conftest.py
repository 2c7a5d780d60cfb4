"""For all tests: whatever they open, the library of whoever runs them is left alone."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.feeds.isolation import Parser
    from reader.language.pipeline import Pipeline
    from tests.feeds.newsroom import Newsroom

# How many examples a property is tried with: few, the same ones, at every change; many in `make hostile`.
settings.register_profile("quick", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("full", max_examples=500, deadline=None)
settings.load_profile("full" if os.environ.get("ONRECORD_HOSTILE") == "full" else "quick")


@pytest.fixture(autouse=True, scope="session")
def _no_library_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = os.environ.get("XDG_DATA_HOME")
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))
    yield
    if before is None:
        del os.environ["XDG_DATA_HOME"]
    else:
        os.environ["XDG_DATA_HOME"] = before


@pytest.fixture(autouse=True, scope="session")
def _interruptible() -> None:
    """What a shell starts in the background ignores ctrl+c, and so would what tests start and interrupt."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The embedded pipeline."""
    from tests.loading import embedded

    return embedded()


@pytest.fixture
def loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What analyses in this process shares one pipeline."""
    from tests.loading import loaded

    monkeypatch.setattr("reader.language.pipeline.load_pipeline", loaded)


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    """A server of feeds on this computer."""
    from tests.feeds.newsroom import newsroom

    with newsroom() as running:
        yield running


@pytest.fixture(scope="session")
def feed_parser() -> Iterator[Parser]:
    """Processes that read feeds, started once for all tests."""
    from reader.feeds.isolation import Parser

    parser = Parser()
    yield parser
    parser.close()


@pytest.fixture
def quick_updates(monkeypatch: pytest.MonkeyPatch, feed_parser: Parser) -> Iterator[None]:
    """Updates without gaps between requests, which are tested where they are kept; no new processes."""
    with monkeypatch.context() as patched:
        patched.setattr("reader.net.hosts.GAP", 0.0)
        patched.setattr("reader.work.unattended.GAP", 0.0)
        patched.setattr("reader.updating.Parser", lambda: feed_parser)
        patched.setattr(feed_parser, "close", lambda: None)
        yield
