"""HTML: one file to share, without scripts or files from anywhere else.

Everything works without JavaScript; a short script, allowed by its hash alone, adds keys. The page
follows the reader's light or dark setting and prints with the notes in the margin.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache, lru_cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from reader.export import html_index
from reader.export.html_text import Anchors, Marker
from reader.export.palette import colours, schemes
from reader.export.plain import count
from reader.export.view import ExportView
from reader.index import TYPE_NAMES, duration
from reader.text.safety import one_line
from reader.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.export.options import Options
    from reader.model.analysis import Analysis
    from reader.model.article import Article, Block
    from reader.settings.theme import Theme

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ELEMENTS = {"title": "h1", "heading": "h2"}


def render(article: Article, analysis: Analysis, options: Options) -> str:
    """Return a whole HTML document."""
    view = ExportView(article, analysis, options)
    anchors = Anchors(view)
    body = "".join(_body(view, anchors))
    style, script = _style(*schemes(options.theme)), _resource("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="On Record {escape(__version__)}">
<title>{escape(view.index.title)}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#article">Skip to the article</a>
<div class="page">
{body}</div>
<script>{script}</script>
</body>
</html>
"""


def _body(view: ExportView, anchors: Anchors) -> Iterator[str]:
    language = view.article.language or ""
    lang = f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""
    marker = Marker(view, anchors)
    # The text first: links from elsewhere lead only to what it turned out to hold.
    title = _title(view, marker)
    text: list[str] = []
    if view.options.only == "quotations":
        text += html_index.quotation_figures(view, anchors, marker)
    elif view.options.only is None:
        text += _rows(view, marker)
    yield f'<main id="article"{lang}>\n<article>\n'
    yield from _header(view, anchors, title)
    yield from text
    yield "</article>\n</main>\n"
    yield from html_index.index(view, anchors)
    yield from _footer(view)


def _title(view: ExportView, marker: Marker) -> str:
    if not view.opens_with_title or view.options.only is not None:
        return f"<h1>{escape(view.index.title)}</h1>\n"
    title, notes = marker.passage(view.passages[0])
    return f'<div class="row"><h1 class="text{_quoted(title)}" dir="auto">{title}</h1>{_notes(notes)}</div>\n'


def _header(view: ExportView, anchors: Anchors, title: str) -> Iterator[str]:
    yield "<header>\n"
    if view.index.site:
        yield f'<p class="kicker">{escape(view.index.site)}</p>\n'
    yield title
    yield f'<p class="details">{" · ".join(f"<span>{part}</span>" for part in _details(view))}</p>\n'
    if view.options.only is None:
        yield html_index.strip(view, anchors)
        yield _legend(view)
    yield "</header>\n"


def _details(view: ExportView) -> Iterator[str]:
    if view.index.byline:
        by = view.index.byline if view.index.byline.lower().startswith("by ") else f"By {view.index.byline}"
        yield escape(by)
    if date := view.index.published:
        given = one_line(view.article.published or "")
        stamp = f' datetime="{escape(given)}"' if re.match(r"\d{4}-\d\d-\d\d", given) else ""
        yield f"<time{stamp}>{escape(date)}</time>"
    if view.address:
        yield f'<a href="{escape(view.address)}" rel="noreferrer noopener">original article</a>'
    yield f"{count(view.article.word_count, 'word')}, {duration(view.index.minutes)}"
    yield count(len(view.analysis.quotations), "quotation")


def _legend(view: ExportView) -> str:
    types = {entity.type for entity in view.analysis.entities}
    parts = [
        f'<li><span class="{kind.lower()}">{name}</span></li>'
        for kind, (name, _) in TYPE_NAMES.items()
        if kind in types
    ]
    if view.analysis.quotations:
        parts.append("<li><q>quotation</q></li>")
        parts.append('<li><span class="speaker">speaker</span></li><li><span class="cue">cue</span></li>')
    return f'<ul class="legend" aria-label="How the text is marked">{"".join(parts)}</ul>\n'


def _rows(view: ExportView, marker: Marker) -> Iterator[str]:
    passages = view.passages[1:] if view.opens_with_title else view.passages
    position = 0
    while position < len(passages):
        group = [passages[position]]
        while group[0].kind == "list_item" and passages[position + len(group) : position + len(group) + 1]:
            following = passages[position + len(group)]
            if following.kind != "list_item":
                break
            group.append(following)
        position += len(group)
        yield _row(group, marker)


def _row(group: list[Block], marker: Marker) -> str:
    texts, notes = zip(*map(marker.passage, group), strict=True)
    text, note = texts[0], "".join(notes)
    kind = group[0].kind
    quoted = _quoted("".join(texts))
    if kind == "list_item":
        items = "".join(f'<li dir="auto">{item}</li>' for item in texts)
        element = f'<ul class="items text{quoted}">{items}</ul>'
    elif kind == "block_quotation":
        element = f'<blockquote class="text{quoted}" dir="auto"><p>{text}</p></blockquote>'
    elif kind == "code":
        element = f'<pre class="text{quoted}"><code>{text}</code></pre>'
    elif kind == "caption":
        element = f'<figure class="text{quoted}" dir="auto"><figcaption>{text}</figcaption></figure>'
    else:
        tag = "h2" if kind in _ELEMENTS else "p"
        element = f'<{tag} class="text{quoted}" dir="auto">{text}</{tag}>'
    return f'<div class="row">{element}{_notes(note)}</div>\n'


def _notes(items: str) -> str:
    return f'<ol class="notes" aria-label="Who is quoted here">{items}</ol>' if items else ""


def _quoted(text: str) -> str:
    """The class that draws the bar in the margin (a bare ``<`` cannot come from the article)."""
    return " quoted" if "<q " in text else ""


def _footer(view: ExportView) -> Iterator[str]:
    yield "<footer>\n"
    yield ('<p class="keys" hidden><kbd>]</kbd> next quotation &nbsp; <kbd>[</kbd> previous quotation</p>\n')
    pipeline = view.analysis.pipeline
    by = f"{one_line(pipeline.name)} {one_line(pipeline.version)}" if pipeline else ""
    by = f" with the language pipeline {escape(by)}" if by else ""
    yield (
        f"<p>Marked by On Record {escape(__version__)}{by}. A program decided who is meant and who speaks: "
        "each attribution says how sure it is and what it rests on. Check before you quote.</p>\n"
    )
    if view.index.source:
        yield f"<p>Source: {escape(view.index.source)}</p>\n"
    yield "</footer>\n"


@lru_cache
def _style(light: Theme, dark: Theme) -> str:
    day, night = _variables(light), _variables(dark)
    return (
        f":root{{color-scheme:light dark;{day}}}\n"
        f"@media (prefers-color-scheme: dark){{:root{{{night}}}}}\n"
        f"@media print{{:root{{color-scheme:light;{day}}}}}\n{_resource('page.css')}"
    )


def _variables(theme: Theme) -> str:
    return "".join(f"--{role}:{colour};" for role, colour in colours(theme).items())


@cache
def _resource(name: str) -> str:
    return files("reader.export").joinpath(name).read_text("utf-8")


@cache
@lru_cache
def _digest(content: str) -> str:
    """The content's hash as a policy source; exactly what stands between the tags is hashed."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
