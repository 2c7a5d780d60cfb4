"""Word output, opened by two other readers of the format."""

from __future__ import annotations

import builtins
import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import mammoth
import pytest
from hypothesis import given
from lxml import etree

from reader.export.options import Options
from reader.export.registry import render
from reader.export.view import ExportView
from reader.model.errors import ExportError

from .hostile import analysed_articles

if TYPE_CHECKING:
    from reader.model.analysis import Analysis
    from reader.model.article import Article

STYLES = """
r[style-name='On Record Person'] => mark.person
r[style-name='On Record Place'] => mark.place
r[style-name='On Record Organisation'] => mark.org
r[style-name='On Record Group'] => mark.group
r[style-name='On Record Quotation'] => mark.quotation
r[style-name='On Record Speaker'] => mark.speaker
r[style-name='On Record Cue'] => mark.cue
comment-reference => sup
"""


def opened(article: Article, analysis: Analysis, **options: Any) -> Any:
    return io.BytesIO(render("docx", article, analysis, Options(**options)))


def test_another_reader_finds_marks_blocks_and_comments(article: Article, analysis: Analysis) -> None:
    result = mammoth.convert_to_html(opened(article, analysis), style_map=STYLES)
    page = result.value
    assert '<mark class="place">Port Ellery</mark>’s council' in page
    assert '<mark class="quotation">“It is a gamble,”</mark>' in page
    assert '<mark class="speaker">Mayor </mark><mark class="person">Ana Ruiz</mark>' in page
    assert '<mark class="cue">said</mark>' in page
    assert "<h1>What comes next</h1>" in page
    assert "<ul><li>" in page
    assert page.count("Ana Ruiz · said · ¶1 · 98% sure · subject of cue") == 1  # the comment
    assert page.count("<sup>") == len(analysis.quotations)


def test_structure_table_and_properties(article: Article, analysis: Analysis) -> None:
    document = docx.Document(opened(article, analysis))
    styles = [paragraph.style and paragraph.style.name for paragraph in document.paragraphs]
    assert styles[:4] == ["Title", "Subtitle", "Normal", "Heading 1"]
    assert document.core_properties.title == article.title
    assert document.core_properties.author == "Jo Lind"
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["Quotation", "Speaker", "Cue", "Sure"]
    assert rows[2] == ["“It is a gamble,”", "Ana Ruiz", "said", "98%"]
    assert [comment.author for comment in document.comments] == ["On Record"] * 5


def test_quotations_alone_and_entities_alone(article: Article, analysis: Analysis) -> None:
    text = "\n".join(p.text for p in docx.Document(opened(article, analysis, only="quotations")).paragraphs)
    assert "council backed" not in text
    document = docx.Document(opened(article, analysis, only="entities"))
    assert not document.tables
    assert "Ana Ruiz, also Ruiz: 2 mentions" in [p.text for p in document.paragraphs]


def test_without_the_package_the_error_says_what_to_install(
    article: Article, analysis: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = builtins.__import__

    def without_docx(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "docx":
            raise ImportError(name)
        return imported(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_docx)
    with pytest.raises(ExportError) as error:
        render("docx", article, analysis, Options())
    assert "onrecord[docx]" in error.value.hint


@given(analysed_articles())
def test_hostile_text_is_text(result: tuple[Article, Analysis]) -> None:
    content = opened(*result)
    view = ExportView(*result, Options())
    seen = "".join("".join(p.text.split()) for p in docx.Document(content).paragraphs)
    for passage in view.passages:
        assert "".join(view.text[passage.start : passage.end].split()) in seen
    archive = zipfile.ZipFile(content)
    body = etree.fromstring(archive.read("word/document.xml"))
    names = {etree.QName(element).localname for element in body.iter()}
    assert not names & {"instrText", "fldSimple", "hyperlink", "object", "pict", "drawing"}
    relations = archive.read("word/_rels/document.xml.rels").decode()
    assert "External" not in relations
