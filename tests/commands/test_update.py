"""`onrecord update`: one line in a crontab for feeds, articles and watches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from reader.commands.group import main
from reader.language.analyser import analyse
from reader.library.library import Library
from reader.work import rechecking, saving
from reader.work.batch import Success
from tests.commands.test_save import BRIDGE
from tests.loading import embedded
from tests.pages import served
from tests.work.test_rechecking import long_ago

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reader.model.article import Article
    from reader.work.messages import JobOptions
    from tests.pages import Pages


class Here:
    """Analyses in this process: that another one does is tested elsewhere."""

    def __init__(self, _: JobOptions) -> None:
        self._pipeline = embedded()

    def analyse(self, article: Article) -> Success:
        return Success(article, analyse(article, self._pipeline))

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(autouse=True)
def _no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rechecking, "Analyst", Here)
    monkeypatch.setattr(saving, "Analyst", Here)


@pytest.fixture
def pages() -> Iterator[Pages]:
    with served() as pages:
        yield pages


def test_what_was_saved_is_looked_at_again_and_watches_are_told(pages: Pages, tmp_path: Path) -> None:
    path = tmp_path / "library.db"

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--library", str(path)])

    bridge = pages.article("/bridge", "The bridge of Toledo", *BRIDGE)
    run("save", "--allow-private", bridge)
    run("watch", "add", "rewritten", "has:change has:quote")
    told = run("update", "--allow-private").stdout
    assert told == "You follow no feeds yet: `onrecord feeds add URL`.\n"  # nothing is due

    library = Library(path)
    long_ago(library)
    pages.article("/bridge", "The bridge of Toledo", *(line.replace("in May", "in June") for line in BRIDGE))
    told = run("update", "--allow-private").stdout
    assert "The bridge of Toledo: 1 quotation changed  (onrecord versions 1)\n" in told
    assert "1 article looked at again: 1 changed.\n" in told
    assert told.endswith("New to your watches: rewritten 1  (onrecord watch --new)\n")

    long_ago(library)
    library.close()
    del pages.answers["/bridge"]
    done = run("update", "--allow-private", "--format", "json")
    assert done.exit_code == 1
    assert "The bridge of Toledo could not be read again." in done.stderr
    said = json.loads(done.stdout)
    (one,) = said["articles"]
    assert (one["url"], one["status"], one["changes"]) == (bridge, "failed", [])
    assert "does not exist" in one["error"]
    assert said["watches"] == [{"name": "rewritten", "new": 1}]
    (hit,) = json.loads(run("watch", "--new", "-f", "json").stdout)
    assert (hit["kind"], hit["text"]) == ("quotation changed", "Ana Ruiz: “The bridge will open in June,”")
