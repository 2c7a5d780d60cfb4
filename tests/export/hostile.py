"""Articles as an attacker would write them, for property tests of every format."""

from __future__ import annotations

from hypothesis import strategies as st

from reader.model.analysis import Analysis, Cue, Entity, Mention, PipelineInfo, Quotation, Speaker
from reader.model.article import Article, Block, Link

_BAITS = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "]]><svg/onload=alert(1)>",
    '" onmouseover="x" a="',
    "' autofocus onfocus='x",
    "&lt;b&gt; &amp; &#27; &nbsp;",
    "--><!-- {{7*7}} ${x} %s {0}",
    "\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m",
    "\u202eexe.txt\u202c \u2066x\u2069 \u200f",
    "a\r\nb\tc\x00d\x7f\x85\u2028\u2029e",
    "\ud800lone \udfff \ufffe \U0001ffff \ufdd0",
    '=HYPERLINK("http://x","y")',
    "+1-1@SUM(A1)|cmd|' /C calc'!A0",
    "-2+3",
    "@x",
    "**bold** __x__ `code` ~~s~~ ==h== [a](javascript:alert(1)) ![i](http://x/y.png) <http://x>",
    "# heading\n> quote\n- item\n1. one\n---\n===\n```\nfence\n[^1]: note\n[x]: http://y",
    "| a | b |\n|---|---|\n\n    code\n\n$x^2$",
    "\\input{/etc/passwd} } @article{x, title={y}} # % & _ ~ ^ \\",
    "-DOCSTART- -X- O O\n\nB-PER",
    "T1\tPerson 0 5\tx\n#1\tAnnotatorNotes T1\ty",
    "[red]x[/red] [link=file:///x]y[/link]",
    "café e\u0301 👩‍🚒 日本語の文 עברית ‏",
    '“Curly,” he said. ‘Single’ «angle» „low“ "straight"',
    "word",
    "Dr. A.B. Smith's don't U.S.-led 1,000.5",
    " ",
)
words = st.one_of(st.sampled_from(_BAITS), st.text(st.characters(codec=None), max_size=12))
lines = st.lists(words, min_size=1, max_size=4).map(" ".join)
_KINDS = ("title", "heading", "paragraph", "list_item", "block_quotation", "caption", "code")
_ADDRESSES = st.sampled_from(
    (
        "https://wire.example/a?b=1&c=%20",
        'http://x/"><script>alert(1)</script>',
        "javascript:alert(1)",
        "JAVASCRIPT://x%0aalert(1)",
        "data:text/html,<script>1</script>",
        "https://x/)](javascript:1)",
        "https://x/\x1b[2J\u202e}\n@article{",
        "/tmp/=cmd|' /C calc'!A0.txt",
        "-",
        "",
    )
)


@st.composite
def analysed_articles(draw: st.DrawFn) -> tuple[Article, Analysis]:
    """An article of hostile strings with findings at any valid offsets, overlapping as they may."""
    text, blocks = "", []
    for piece in draw(st.lists(lines, max_size=4)):
        text += draw(st.sampled_from(("", "\n\n", "\n"))) if text else ""
        if piece and draw(st.integers(0, 5)):  # some text stands outside blocks
            blocks.append(Block(draw(st.sampled_from(_KINDS)), len(text), len(text) + len(piece)))
        text += piece

    def span() -> tuple[int, int]:
        start = draw(st.integers(0, max(0, len(text) - 1)))
        return start, min(len(text), start + draw(st.integers(1, 15)))

    entities, quotations, links = [], [], []
    if text:
        for number in range(draw(st.integers(0, 3))):
            mentions = {span() for _ in range(draw(st.integers(1, 3)))}
            entities.append(
                Entity(
                    f"e{number}",
                    draw(st.sampled_from(("PERSON", "PLACE", "ORG", "GROUP"))),
                    draw(words),
                    tuple(draw(st.lists(words, max_size=2))),
                    tuple(Mention(*mention) for mention in sorted(mentions)),
                )
            )
        for number in range(draw(st.integers(0, 3))):
            known = st.sampled_from([None, "missing", *(entity.id for entity in entities)])
            speaker = None
            if draw(st.booleans()):
                speaker = Speaker(*span(), draw(known), draw(st.none() | words), draw(st.none() | words))
            quotations.append(
                Quotation(
                    f"q{number}",
                    draw(st.sampled_from(("direct", "partial", "turn"))),
                    *span(),
                    Cue(*span()) if draw(st.booleans()) else None,
                    speaker,
                    draw(st.floats(0, 1)),
                    draw(words),
                )
            )
        links = [Link(*span(), draw(_ADDRESSES)) for _ in range(draw(st.integers(0, 2)))]
    optional = st.none() | lines
    article = Article(
        text=text,
        blocks=tuple(blocks),
        title=draw(optional),
        byline=draw(optional),
        published=draw(optional | st.sampled_from(("2024-03-04", "2024-99-99", "2024"))),
        site=draw(optional),
        language=draw(st.sampled_from((None, "en", 'en" onload="x'))),
        source=draw(_ADDRESSES | lines),
        links=tuple(links),
    )
    info = PipelineInfo(draw(words), draw(words)) if draw(st.booleans()) else None
    return article, Analysis(tuple(entities), tuple(sorted(quotations, key=lambda q: q.start)), info)
