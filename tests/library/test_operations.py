"""Whatever is done to a library, in whatever order: its index fits its texts."""

import os
import random
from dataclasses import dataclass, field
from pathlib import Path

from reader.library.library import Library
from reader.library.reading import correct, keep, undo
from reader.model.analysis import Analysis, Entity, Mention, PipelineInfo, Quotation, Speaker
from reader.model.anchors import anchor
from reader.model.article import Article, RemovedLine
from reader.model.corrections import Correction, NoQuotation, RestoreLine, SetSpeaker

OPERATIONS = int(os.environ.get("ONRECORD_OPERATIONS", "250"))
"""How much is done: `make hostile` asks for 10,000."""

WORDS = "rates harbour été naïve 日本 fish x-ray O’Brien prices wall ferry Straße ist 2026 fog".split()
NAMES = ("Ana Ruiz", "Bo Lee", "Cy Dow", "Émile Zoé")


@dataclass
class _Known:
    """A document as it should be: its words in the order that they stand, who says which."""

    article: Article
    said: str
    speaker: str | None
    back: bool = False
    decisions: list[int] = field(default_factory=list)

    def words(self) -> set[str]:
        return set(self.article.text.split()) | ({"removed"} if self.back else set())


def _article(chance: random.Random, number: int) -> tuple[Article, Analysis, str, str]:
    title, before, said = (" ".join(chance.choices(WORDS, k=size)) for size in (3, 12, 4))
    name = chance.choice(NAMES)
    text = f"{title}\n\n{before} . “ {said} ” said {name} ."
    start, at = text.index("“"), text.rindex(name)
    quotation = Quotation(
        f"q{start}",
        "direct",
        start,
        text.index("”") + 1,
        None,
        Speaker(at, at + len(name), f"e{at}", name),
        0.9,
        "",
    )
    entity = Entity(f"e{at}", "PERSON", name, (), (Mention(at, at + len(name)),))
    article = Article(
        text, title=title, source=f"{number}.txt", removed=(RemovedLine(1, "removed", "caption", len(text)),)
    )
    return (
        article,
        Analysis((entity,), (quotation,), PipelineInfo("test", str(chance.randint(1, 2)))),
        said,
        name,
    )


def _agree(library: Library, known: dict[int, _Known]) -> None:
    assert list(library.check()) == []
    assert library.articles.count() == len(known)
    for word in (*WORDS, "removed"):
        found = {hit.article.id for hit in library.search(f'"{word}"', limit=10_000)}
        assert found == {document for document, one in known.items() if word in one.words()}, word
    for name in (*NAMES, "Somebody"):
        found = {hit.article.id for hit in library.search(f'by:"{name}"', limit=10_000)}
        assert found == {document for document, one in known.items() if one.speaker == name}, name
        both = {hit.article.id for hit in library.search(f'by:"{name}" fish', limit=10_000)}
        assert both == {
            document for document, one in known.items() if one.speaker == name and "fish" in one.said.split()
        }


def test_the_index_fits_the_texts(tmp_path: Path) -> None:
    chance = random.Random(OPERATIONS)
    library, known = Library(tmp_path / "library.db"), dict[int, _Known]()
    for number in range(OPERATIONS):
        document = chance.choice(list(known)) if known else 0
        one = known.get(document)
        what = chance.choice(("keep", "keep", "change", "again", "correct", "undo", "none", "line", "forget"))
        if what == "keep" or one is None:
            article, analysis, said, name = _article(chance, number)
            known[keep(library, article, analysis).document] = _Known(article, said, name)
        elif what == "change":
            article, analysis, said, name = _article(chance, int(one.article.source.partition(".")[0]))
            for decision in one.decisions:
                undo(library, document, decision)
            assert keep(library, article, analysis).document == document
            known[document] = _Known(article, said, name)
        elif what == "again":
            keep(library, one.article, None)
        elif what == "forget":
            library.articles.forget(document)
            del known[document]
        elif what == "undo" and one.decisions:
            undo(library, document, one.decisions.pop())
            left = [decision.correction for decision in library.corrections.of(document)]
            one.back = any(isinstance(correction, RestoreLine) for correction in left)
            one.speaker = one.article.text.rpartition("said ")[2].removesuffix(" .")
            for correction in left:
                if isinstance(correction, SetSpeaker) and one.speaker is not None:
                    one.speaker = correction.name
                elif isinstance(correction, NoQuotation):
                    one.speaker = None
        elif what in ("correct", "none", "line"):
            place = anchor(one.article.text, one.article.text.index("“"), one.article.text.index("”") + 1)
            made: dict[str, Correction] = {
                "correct": SetSpeaker(place, name="Somebody"),
                "none": NoQuotation(place),
                "line": RestoreLine(1, "removed"),
            }
            one.decisions += [decision.id for decision in correct(library, document, [made[what]])]
            one.back = one.back or what == "line"
            if what != "line" and one.speaker is not None:
                one.speaker = "Somebody" if what == "correct" else None
        if number % (OPERATIONS // 5) == 0:
            _agree(library, known)
    _agree(library, known)
    before = library.search("has:quote", limit=10_000)
    library.rebuild()
    _agree(library, known)
    assert library.search("has:quote", limit=10_000) == before
    library.close()
