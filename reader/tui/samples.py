"""The articles that come with On Record, to try it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.settings import resources

if TYPE_CHECKING:
    from pathlib import Path


class Sample(NamedTuple):
    """A sample article: its file, and what it is in a few words."""

    file: str
    title: str
    about: str

    @property
    def path(self) -> Path:
        """Where the file is."""
        return resources.folder("sample_articles") / self.file


SAMPLES = (
    Sample("harbour-wire.txt", "Harbour strike", "agency copy with a dateline and named sources"),
    Sample("reservoir-pasted.txt", "A drowned village", "pasted from a web page, junk and all"),
    Sample("museum-page.html", "The missing bronze", "a saved web page with its navigation"),
    Sample("orchard-report.md", "Frost in the orchards", "Markdown with headings, a list and links"),
    Sample("lighthouse-interview.txt", "Keeper of the light", "an interview, question and answer"),
    Sample("inquest-british.txt", "The footbridge inquest", "single quotation marks, as in Britain"),
    Sample("climbers-feature.txt", "Nine days on the ridge", "long quotations and pronouns"),
    Sample("observatory-names.txt", "A telescope for two hills", "names in other scripts"),
    Sample("tram-newsletter.eml", "The last tram", "a newsletter, as it came by e-mail"),
)
