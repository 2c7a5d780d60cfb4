"""The sample articles: all there, and read as what they are."""

from __future__ import annotations

import pytest

from reader.ingest import read
from reader.settings.resources import folder
from reader.tui.samples import SAMPLES, Sample

FOLDER = folder("sample_articles")

# What must be known of each, and what cleaning must have taken out of its text.
TITLES = {
    "harbour-wire.txt": "Dockers and port authority trade blame as Skarnholm strike enters second week",
    "reservoir-pasted.txt": "The village that came up for air",
    "museum-page.html": "The bronze that left in a laundry van",
    "orchard-report.md": "One night in April: how frost took the Wenlow Valley's apples",
    "lighthouse-interview.txt": "Keeper of the light",
    "inquest-british.txt": "Footbridge 'swayed like a hammock' before collapse, inquest told",
    "climbers-feature.txt": "Nine days on the ridge",
    "observatory-names.txt": "A telescope for two hills",
    "tram-newsletter.eml": "The last tram to Kuzmin Brod – and who wants to save it",
}
JUNK = {
    "reservoir-pasted.txt": ("Inline Feedbacks", "Donate now", "https://www.valleysentinel", "Notify of"),
    "museum-page.html": ("cookies", "Most read", "Customs seize", "Log in to comment", "dataLayer"),
    "tram-newsletter.eml": ("Content-Type", "=E2=80", "Message-ID"),
    "orchard-report.md": ("**", "](http", '> "A dormant'),
}
KEPT = {
    "harbour-wire.txt": '"Both parties know the way to my door," it read.',
    "reservoir-pasted.txt": '"I was better at it the first time."',
    "museum-page.html": "“They said: we have come for the sheets.",
    "orchard-report.md": "overhead sprinklers, which coat the buds in ice",
    "tram-newsletter.eml": "“I went to that school,”",
    "observatory-names.txt": "渡辺 千尋 (Watanabe Chihiro)",
}


def name(sample: Sample) -> str:
    return sample.file


def test_the_list_and_the_folder_agree() -> None:
    assert sorted(sample.file for sample in SAMPLES) == sorted(path.name for path in FOLDER.iterdir())
    assert len({sample.path.suffix for sample in SAMPLES}) >= 4


@pytest.mark.parametrize("sample", SAMPLES, ids=name)
def test_every_sample_is_read(sample: Sample) -> None:
    article = read(str(sample.path))
    assert article.title == TITLES[sample.file]
    assert 350 <= article.word_count <= 1_000
    assert len(article.blocks) >= 10
    for block in article.blocks:
        assert article.text[block.start : block.end].strip()
    for words in JUNK.get(sample.file, ()):
        assert words not in article.text
    assert KEPT.get(sample.file, "") in article.text


@pytest.mark.parametrize("sample", SAMPLES, ids=name)
def test_every_sample_quotes_several_people(sample: Sample) -> None:
    text = sample.path.read_text(encoding="utf-8")
    assert sum(text.count(mark) for mark in "“‘\"'") + text.count("=E2=80=9C") >= 10
