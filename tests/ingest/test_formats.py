"""Every format becomes an article; what is no article is refused in one clear sentence."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.ingest import read
from reader.model.errors import MissingExtraError, SourceError

if TYPE_CHECKING:
    from reader.model.article import Article

DOCUMENTS = Path(__file__).parent.parent / "data" / "ingest" / "documents"
PAGE = (DOCUMENTS / "page.html").read_text(encoding="utf-8")


def _blocks(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def _write(folder: Path, name: str, data: bytes | str) -> str:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def test_a_page_keeps_its_structure_and_metadata() -> None:
    article = read(str(DOCUMENTS / "page.html"))
    assert _blocks(article) == [
        ("title", "Harbour wall to be rebuilt"),
        ("caption", "Waves break over the wall on Monday morning. Photo: Tom Day"),
        (
            "paragraph",
            "The harbour wall will be rebuilt by 2026, the council said on Tuesday,"
            " after a storm took forty metres of it.",
        ),
        ("heading", "What it costs"),
        (
            "paragraph",
            "The work will cost 12 million, most of it borrowed from the bank,"
            " said the mayor in a statement.",
        ),
        ("block_quotation", "We will pay it back when the fish come back."),
        ("block_quotation", "Not before."),
        ("list_item", "Forty metres of new wall"),
        ("list_item", "Two new harbour lights"),
        (
            "paragraph",
            "“It was enough,” said his daughter, and left the harbour for the last time that year.",
        ),
    ]
    assert (article.title, article.byline, article.site) == (
        "Harbour wall to be rebuilt",
        "Ana Ruiz",
        "The Tideline",
    )
    assert (article.published, article.language) == ("2024-03-12", "en")
    assert [(article.text[link.start : link.end], link.url) for link in article.links] == [
        ("harbour lights", "https://lights.example/harbour")
    ]


def test_subheads_survive_where_the_extractor_drops_them() -> None:
    article = read(str(DOCUMENTS / "letter.html"))
    assert [text for kind, text in _blocks(article) if kind == "heading"] == ["A line and its arithmetic"]


def test_a_section_label_above_the_title_is_removed(tmp_path: Path) -> None:
    page = PAGE.replace("<h1>", "<p>Harbour</p><h1>")
    article = read(_write(tmp_path, "page.html", page))
    assert article.blocks[0].kind == "title"


def test_what_a_page_shows_beside_the_article_is_kept_among_the_removed() -> None:
    removed = {line.text: line.reason for line in read(str(DOCUMENTS / "page.html")).removed}
    assert removed["Home News Harbour"] == "site navigation"
    assert removed["By Ana Ruiz"] == "byline"
    assert removed["Share on Facebook"] == "share buttons"
    assert removed["Herring prices fall to a ten-year low"] == "beside the article"
    assert removed["© 2024 The Tideline"] == "page footer"
    assert not any("never shown" in text for text in removed)


def test_control_entities_neither_break_a_page_nor_reach_its_text(tmp_path: Path) -> None:
    hostile = PAGE.replace("on Tuesday", "on &#27;[31mTuesday&#x1b;]52;c;aGk=&#7;&#0;")
    article = read(_write(tmp_path, "page.html", hostile))
    assert "the council said on Tuesday, after" in article.text


def test_the_charset_that_a_page_declares_is_used(tmp_path: Path) -> None:
    page = PAGE.replace('charset="utf-8"', 'charset="windows-1251"').replace(
        "The work will cost", "Работа стоит"
    )
    page = page.replace("“", '"').replace("”", '"').replace("©", "(c)")
    assert "Работа стоит" in read(_write(tmp_path, "page.html", page.encode("cp1251"))).text


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page", "page.md"])
def test_the_content_decides_the_kind(tmp_path: Path, name: str) -> None:
    assert read(_write(tmp_path, name, PAGE)).title == "Harbour wall to be rebuilt"


def test_text_named_html_is_text(tmp_path: Path) -> None:
    article = read(_write(tmp_path, "a.html", "A title\n\nFive < six, said the council, and seven > six.\n"))
    assert _blocks(article) == [
        ("title", "A title"),
        ("paragraph", "Five < six, said the council, and seven > six."),
    ]


def test_a_saved_page_is_read_from_its_archive(tmp_path: Path) -> None:
    archive = EmailMessage(policy=SMTP)
    archive["From"] = "<Saved by Blink>"
    archive["Snapshot-Content-Location"] = "https://tideline.example/harbour/wall"
    archive["Subject"] = "Harbour wall"
    archive.set_content(PAGE, subtype="html", cte="quoted-printable")
    archive.make_related()
    archive.add_related(b"\x89PNG\r\n", "image", "png", cid="<1>")
    article = read(_write(tmp_path, "page.mhtml", archive.as_bytes()))
    assert article.title == "Harbour wall to be rebuilt"
    assert [link.url for link in article.links] == [
        "https://tideline.example/council",
        "https://lights.example/harbour",
    ]


def test_a_newsletter_is_read_from_its_message() -> None:
    article = read(str(DOCUMENTS / "newsletter.eml"))
    assert (article.title, article.byline) == ("The harbour letter: fog – and a bell", "Ana Ruíz")
    assert (article.published, article.site) == ("2024-03-12", "tideline.example")
    assert article.text.startswith(
        "The bell of St Bride’s, which weighs 400 kilos, went missing on Friday, the vicar said."
    )
    assert [line.text for line in article.removed] == [
        "View this email in your browser",
        "Unsubscribe from this list",
    ]


def test_a_message_in_html_is_read_as_a_page(tmp_path: Path) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"], message["Date"] = (
        "a@b.example",
        "Walls",
        "Tue, 12 Mar 2024 09:15:00 +0000",
    )
    message["Message-ID"] = "<1@b.example>"
    message.set_content("Your mail program cannot show this.")
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment(b"secret", maintype="application", subtype="octet-stream", filename="x.bin")
    article = read(_write(tmp_path, "a.eml", message.as_bytes()))
    assert article.title == "Walls"
    assert "What it costs" in article.text
    assert "secret" not in article.text


def test_markdown_keeps_its_structure() -> None:
    article = read(str(DOCUMENTS / "article.md"))
    assert _blocks(article) == [
        ("title", "Fog closes the port"),
        (
            "paragraph",
            "The port of Tollard was closed on Tuesday because of fog, the harbour master said."
            " It was the third day in a row.",
        ),
        ("heading", "What now"),
        ("block_quotation", "We wait."),
        ("list_item", "Two ferries are late"),
        ("list_item", "One is lost"),
        ("paragraph", "Ferry | Hours"),
        ("paragraph", "Sulafjell | 9"),
    ]
    assert (article.title, article.byline, article.published) == (
        "Fog closes the port",
        "Ana Ruiz",
        "2024-03-12",
    )
    assert [(article.text[link.start : link.end], link.url) for link in article.links] == [
        ("harbour master", "https://port.example/master")
    ]
    assert [(line.line, line.reason) for line in article.removed] == [(9, "byline"), (25, "share buttons")]


def test_markdown_keeps_code_levels_numbers_and_notes(tmp_path: Path) -> None:
    text = (
        "---\ntitle: How the county counts\nauthors:\n  - name: Marta Quill\n  - Tom Day\n"
        "date: 2025-02-02\n---\n\n"
        "# How the county counts\n\nThe script of the county[^1], which runs on Mondays[^b], reads:\n\n"
        "```python\ndef count(votes):\n\tif votes:\n\n\t    return 1\n```\n\n"
        "3. one [thing](https://a.example/)\n   - deep\n   1. deeper\n4. two\n\n"
        "[^1]: The note at the foot.\n[^b]: Another one.\n"
    )
    article = read(_write(tmp_path, "a.md", text))
    assert (article.byline, article.published) == ("Marta Quill and Tom Day", "2025-02-02")
    assert _blocks(article)[1:] == [
        ("paragraph", "The script of the county, which runs on Mondays, reads:"),
        ("code", "def count(votes):\n    if votes:\n\n        return 1"),
        ("list_item", "3. one thing"),
        ("list_item", "◦ deep"),
        ("list_item", "3.1. deeper"),
        ("list_item", "4. two"),
        ("list_item", "1. The note at the foot."),
        ("list_item", "b. Another one."),
    ]
    assert [article.text[link.start : link.end] for link in article.links] == ["thing"]
    assert [line.text for line in article.removed] == ["[^1]", "[^b]"]


def test_a_word_document_keeps_its_structure(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Fog closes the port", 0)
    document.add_paragraph("The port was closed on Tuesday, the harbour master said.")
    document.add_heading("What now", 1)
    document.add_paragraph("Two ferries are late", style="List Bullet")
    document.add_paragraph("We wait.", style="Quote")
    document.core_properties.author = "Ana Ruiz"
    document.save(str(tmp_path / "article.docx"))
    article = read(str(tmp_path / "article.docx"))
    assert _blocks(article) == [
        ("title", "Fog closes the port"),
        ("paragraph", "The port was closed on Tuesday, the harbour master said."),
        ("heading", "What now"),
        ("list_item", "Two ferries are late"),
        ("block_quotation", "We wait."),
    ]
    assert (article.title, article.byline) == ("Fog closes the port", "Ana Ruiz")


def _pdf(pages: list[list[str]]) -> bytes:
    """A small PDF whose pages hold these lines, in the one font that every reader has."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        text = (
            b"BT /F1 12 Tf 14 TL 72 720 Td "
            + b" ".join(b"(" + line.encode() + b") Tj T*" for line in lines)
            + b" ET"
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(data),
        )
    )


def test_a_pdf_is_read_over_its_pages(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    first = [
        "Fog closes the port",
        "",
        "The port was closed on Tuesday, the harbour master said, because of the",
        "1",
    ]
    second = ["fog that had come in from the sea during the night and would not leave.", "2"]
    article = read(_write(tmp_path, "a.pdf", _pdf([first, second])))
    assert "because of the" in article.text
    assert "fog that had come in" in article.text
    assert article.title == "Fog closes the port"
    assert not article.text.endswith("2")


def test_a_pdf_without_text_says_so(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    with pytest.raises(SourceError, match="holds no text"):
        read(_write(tmp_path, "a.pdf", _pdf([[]])))


@pytest.mark.parametrize(
    ("name", "data"), [("a.pdf", b"%PDF-1.7 broken"), ("a.docx", b"PK\x03\x04word/document.xml broken")]
)
def test_a_damaged_document_says_so(tmp_path: Path, name: str, data: bytes) -> None:
    pytest.importorskip("pypdf")
    pytest.importorskip("docx")
    with pytest.raises(SourceError, match="damaged"):
        read(_write(tmp_path, name, data))


@pytest.mark.parametrize("extra", ["pdf", "docx"])
def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, extra: str) -> None:
    from reader.ingest.formats.docx import extract_docx
    from reader.ingest.formats.pdf import extract_pdf

    monkeypatch.setitem(sys.modules, {"pdf": "pypdf", "docx": "docx"}[extra], None)
    with pytest.raises(MissingExtraError) as caught:
        {"pdf": extract_pdf, "docx": extract_docx}[extra](b"")
    assert f"onrecord[{extra}]" in caught.value.hint


def _zip(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), "x")  # its date is fixed: the bytes name a test
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "JPEG image"),
        (gzip.compress(b"text", mtime=0), "gzip archive"),
        (_zip("a.txt"), "ZIP archive"),
        (b"\x7fELF" + bytes(100), "program"),
        (bytes(range(256)) * 20, "binary file"),
        (b"{\\rtf1 text}", "rich text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "Office"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', "news feed"),
        (b"<html><body><script>x()</script></body></html>", "holds no text"),
    ],
)
def test_what_is_no_article_is_refused_in_one_line(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(_write(tmp_path, "a\x1b[31m.html", data))
    assert says in caught.value.title
    assert caught.value.hint
    assert "\x1b" not in str(caught.value)


def test_a_page_that_is_no_article_is_shown_as_text(tmp_path: Path) -> None:
    page = (
        "<html><body><div>Closed today.</div><div>Back on Monday, if the tide allows it.</div></body></html>"
    )
    article = read(_write(tmp_path, "page.html", page))
    assert "Back on Monday, if the tide allows it." in article.text


@pytest.mark.parametrize("text", ["a\r\nb\rc\n\n\x1b[31m d\u2028e", "  lead\n\ttab \n", "\ufffdx"])
def test_raw_text_is_the_file_character_for_character(tmp_path: Path, text: str) -> None:
    article = read(_write(tmp_path, "a.txt", text), raw=True)
    assert article.text == text
    assert article.removed == ()
    for block in article.blocks:
        line = article.text[block.start : block.end]
        assert line == line.strip() != ""


def test_raw_html_is_not_taken_apart(tmp_path: Path) -> None:
    assert read(_write(tmp_path, "a.html", PAGE), raw=True).text == PAGE


def test_mojibake_is_repaired_with_a_notice(tmp_path: Path) -> None:
    article = read(_write(tmp_path, "a.txt", "He saidâ€™s â€œhelloâ€\x9d at the cafÃ©."))
    assert article.text == "He said’s “hello” at the café."
    assert article.notices
