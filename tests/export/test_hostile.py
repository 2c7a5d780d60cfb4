"""Whatever an article, its names and its address hold comes out inert in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reader.export.options import Options
from reader.export.registry import FORMATS, render
from reader.export.view import ExportView
from reader.text.safety import ACTING, one_line, shown, web_address

from .hostile import analysed_articles

if TYPE_CHECKING:
    from reader.model.analysis import Analysis
    from reader.model.article import Article

TEXTUAL = [name for name, format_ in FORMATS.items() if not format_.binary]
OPTIONS = st.builds(
    Options,
    only=st.sampled_from((None, None, "quotations", "entities")),
    selection=st.none() | st.tuples(st.integers(0, 20), st.integers(0, 60)),
    marks=st.sampled_from(("highlight", "bold")),
    width=st.integers(0, 100),
)
_OURS = {"ansi": "\x1b", "csv": "\r", "csv-entities": "\r", "csv-mentions": "\r", "edges": "\r"}


@given(st.text(st.characters(codec=None)))
def test_inert_text_keeps_its_length_and_cannot_act(text: str) -> None:
    harmless = shown(text)
    assert len(harmless) == len(text)
    assert not re.search(f"[{ACTING}]", harmless)
    harmless.encode()
    stand_ins = {" ", "\ufffd", *map(chr, range(0x2400, 0x2422))}
    assert all(a == b for a, b in zip(text, harmless, strict=True) if b not in stand_ins)


def test_only_web_addresses_become_links() -> None:
    assert web_address("https://a.example/b?c=d&e=%20#f") == "https://a.example/b?c=d&e=%20#f"
    assert web_address('http://a/"><b>') == "http://a/%22%3E%3Cb%3E"
    for other in ("javascript:alert(1)", "data:text/html,x", "//a/b", "/tmp/x", "-", "", None, "\nhttps://x"):
        assert web_address(other) is None


@pytest.mark.parametrize("name", TEXTUAL)
@given(result=analysed_articles(), options=OPTIONS)
def test_no_character_acts_and_the_same_input_gives_the_same_bytes(
    name: str, result: tuple[Article, Analysis], options: Options
) -> None:
    content = render(name, *result, options)
    text = content.decode()
    acting = set(re.findall(f"[{ACTING}]", text)) - set(_OURS.get(name, ""))
    assert not acting
    assert render(name, *result, options) == content


class _Page(HTMLParser):
    """Collects elements as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[str] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in ("script", "style"):
            self.raw.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


_ELEMENTS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "div",
    "main",
    "article",
    "header",
    "p",
    "h1",
    "h2",
    "ul",
    "ol",
    "li",
    "q",
    "span",
    "b",
    "small",
    "svg",
    "rect",
    "blockquote",
    "figure",
    "figcaption",
    "pre",
    "code",
    "nav",
    "section",
    "footer",
    "kbd",
    "script",
    "time",
}
_ATTRIBUTES = {
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "id",
    "href",
    "rel",
    "title",
    "datetime",
    "aria-label",
    "aria-hidden",
    "tabindex",
    "data-n",
    "dir",
    "hidden",
    "viewbox",
    "preserveaspectratio",
    "width",
    "height",
    "x",
    "y",
    "rx",
}


@given(result=analysed_articles(), options=OPTIONS)
def test_html_has_our_elements_alone(result: tuple[Article, Analysis], options: Options) -> None:
    page = _Page()
    page.feed(render("html", *result, options).decode())
    page.close()
    assert {tag for tag, _ in page.elements} <= _ELEMENTS
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert len(page.raw) == 2
    seen = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(seen) == len(set(seen))
    links = {attributes["href"] or "" for _, attributes in page.elements if "href" in attributes}
    assert {link[1:] for link in links if link.startswith("#")} <= set(seen)
    for _, attributes in page.elements:
        assert set(attributes) <= _ATTRIBUTES
        assert re.match(r"#[a-z0-9-]+$|https?://[^\s\"'<>]+$|$", attributes.get("href") or "")


@given(result=analysed_articles(), options=OPTIONS)
def test_svg_is_well_formed_and_has_our_elements_alone(
    result: tuple[Article, Analysis], options: Options
) -> None:
    tree = etree.fromstring(render("svg", *result, options), etree.XMLParser(resolve_entities=False))
    names = {etree.QName(element).localname for element in tree.iter()}
    assert names <= {"svg", "title", "rect", "text", "path"}


@pytest.mark.parametrize("name", ["csv", "csv-entities", "csv-mentions", "edges"])
@given(result=analysed_articles(), options=OPTIONS)
def test_no_cell_is_a_formula_and_no_row_is_torn(
    name: str, result: tuple[Article, Analysis], options: Options
) -> None:
    text = render(name, *result, options).decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == text.count("\r\n")
    for row in rows[1:]:
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@given(result=analysed_articles(), options=OPTIONS)
def test_terminal_text_has_our_escape_sequences_alone(
    result: tuple[Article, Analysis], options: Options
) -> None:
    text = render("ansi", *result, options).decode()
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]*m", "", text)
    for line in text.splitlines():
        assert line.count("\x1b") % 2 == 0  # every line ends as plain as it began


@given(result=analysed_articles())
def test_no_word_is_lost_in_plain_text(result: tuple[Article, Analysis]) -> None:
    article, _ = result
    text = render("text", *result, Options()).decode()
    for word in ExportView(*result, Options()).text.split():
        for piece in re.findall(r"\w+", word):
            assert piece[:1] in text
    assert (one_line(article.text) == "") or text.strip()


@given(result=analysed_articles())
def test_json_keeps_the_text_exactly(result: tuple[Article, Analysis]) -> None:
    article, _ = result
    assert json.loads(render("json", *result, Options()))["article"]["text"] == article.text
    (line,) = render("jsonl", *result, Options()).decode().splitlines()
    assert json.loads(line)["article"]["title"] == article.title
