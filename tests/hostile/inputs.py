"""Hostile inputs, made by this script: `python -m tests.hostile.inputs FOLDER [--full]` writes them out.

Each says which words must be readable afterwards, or that it cannot be read. The sizes of a test run stay
small; the full ones are for `make hostile`.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PROSE = "Visitors wrote in the harbour book on Tuesday, and the keeper read all of it to the council."


LONG = " ".join([PROSE] * 6)  # a few controls among it, not the few hundred in a thousand of a binary file


class Input(NamedTuple):
    """A file to be read: ``keeps`` are words that must still be there, None when it must be refused."""

    group: str
    name: str
    data: bytes
    keeps: tuple[str, ...] | None = ("Visitors", "keeper")


def inputs(*, full: bool = False) -> Iterator[Input]:
    """All inputs."""
    yield from _encodings()
    yield from _controls()
    yield from _letters(full)
    yield from _sizes(full)
    yield from _shapes()
    yield from _markup()
    yield from _binaries()
    yield from _pages(full)


_ENCODINGS = {
    "utf-8": "Größe, façade, Łódź, Ελλάδα",
    "utf-8-sig": "Größe, façade, Łódź, Ελλάδα",
    "utf-16": "Größe, façade, Łódź, Ελλάδα",
    "utf-16-le": "Größe und façade",
    "utf-16-be": "Größe und façade",
    "utf-32": "Größe, façade, Łódź, Ελλάδα",
    "latin-1": "Größe und façade",
    "cp1252": "“Größe” – façade",
    "cp1250": "Łódź, Kraków, Gdańsk",
    "iso8859-2": "Łódź, Kraków, Gdańsk",
    "iso8859-15": "Größe für 5 €",
    "cp1251": "Москва сообщает о погоде на завтра",
    "koi8-r": "Москва сообщает о погоде на завтра",
    "mac-roman": "Größe, façade",
    "cp437": "Größe",
    "shift-jis": "東京で会議が開かれた。市長は話した。",
    "euc-jp": "東京で会議が開かれた。市長は話した。",
    "iso2022-jp": "東京で会議が開かれた。",
    "gb18030": "北京市长说，会议已经开始了。",
    "big5": "台北市長說，會議已經開始了。",
    "euc-kr": "서울 시장은 회의가 시작되었다고 말했다.",
}


def _encodings() -> Iterator[Input]:
    for encoding, words in _ENCODINGS.items():
        text = f"{PROSE}\n\n{words} {words} {words}\n\n{PROSE}\n"
        yield Input("encodings", f"{encoding}.txt", text.encode(encoding))
    yield Input("encodings", "torn.txt", PROSE.encode() + "\n\nGrö".encode()[:-1] + b"\xff\xfe\xc3 end\n")


_CONTROLS = {
    "sgr": "\x1b[31;5;8m",
    "osc-title": "\x1b]0;owned\x07",
    "osc-52": "\x1b]52;c;ZXZpbA==\x07",
    "osc-52-st": "\x1b]52;c;ZXZpbA==\x1b\\",
    "osc-8": "\x1b]8;;javascript:alert(1)\x1b\\link\x1b]8;;\x1b\\",
    "osc-unterminated": "\x1b]52;c;",
    "dcs": "\x1bPq#0;2;0;0;0~~\x1b\\",
    "dcs-unterminated": "\x1bPq",
    "apc": "\x1b_Ga=T,f=100;AAAA\x1b\\",
    "pm": "\x1b^evil\x1b\\",
    "tmux": "\x1bPtmux;\x1b\x1b]52;c;ZXZpbA==\x07\x1b\\",
    "c1-csi": "\x9b31m",
    "c1-osc": "\x9d52;c;ZXZpbA==\x9c",
    "c1-dcs": "\x90q~~\x9c",
    "queries": "\x1b[c\x1b[6n\x1b[>q\x1b]11;?\x07\x1b[?1049h\x1b[21t\x05",
    "clear": "\x1b[2J\x1b[H\x1bc",
    "bell": "\x07\x07",
    "backspace": "safe\b\b\b\bevil",
    "overprint": "safe\revil",
    "suspend": "\x1a\x03\x04\x13\x11",
    "delete": "\x7f\x7f",
    "shift": "\x0e\x0f",
    "esc": "\x1b",
    "esc-esc": "\x1b\x1b[31m",
}


def _controls() -> Iterator[Input]:
    for name, payload in _CONTROLS.items():
        text = f"Visitors {payload} came\n\nThe keeper {payload} wrote: “{payload}yes{payload}”. {LONG}\n"
        yield Input("controls", f"{name}.txt", text.encode("utf-8"))
        page = f"<html><title>a{payload}b</title><body><p>{PROSE} {payload} {PROSE}</p></body></html>"
        if name in ("osc-52", "c1-osc", "queries", "esc"):
            yield Input("controls", f"{name}.html", page.encode("utf-8"))
    yield Input("controls", "c1-bytes.txt", PROSE.encode() + b" \x9b31m \x9d52;c;ZXZpbA==\x9c \x90q\x9c\n")


def _letters(full: bool) -> Iterator[Input]:
    many = 1_000_000 if full else 5_000
    samples = {
        "bidi": "\u202eevil\u202c \u2066a\u2069 \u202dx\u200f\u061c",
        "zero-width": "a\u200bb\u200cc\u200dd\ufeffe\u2060f\u00adg",
        "zalgo": "".join(f"{letter}{chr(0x300 + n % 70) * 9}" for n, letter in enumerate("harbour")),
        "combining": "e" + "\u0301" * many,
        "zwj": "👩‍👩‍👧‍👦" * 40 + "👩" + "\u200d" * 500,
        "flags": "🇬🇧🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 20,
        "tags": "\U000e0041\U000e0042\U000e007f",
        "selectors": "a" + "\ufe0f" * 300 + "\U000e0100" * 100,
        "rtl": "רעידת אדמה הורגשה בעיר. الزلزال ضرب المدينة.",
        "cjk": "東京で会議が開かれた。市長は「開始した」と話した。" * 5,
        "thai": "การประชุมเริ่มขึ้นแล้วในเมืองท่า" * 10,
        "private": "\ue000\uf8ff\U0010fffd\U000f0000",
        "separators": "one\u2028two\u2029three\x0bfour\x0cfive\x85six",
        "nfd": "Gro\u0308\u00dfe cafe\u0301 N\u0303andu\u0301",
        "non-characters": "\ufdd0\ufffe\U0001ffff\ufff9a\ufffab\ufffb\ufffc",
        "ligatures": "ﬁne ﬂood ﷽ ǆ",
    }
    for name, sample in samples.items():
        text = f"Visitors saw this\n\n{PROSE} “{sample}” said the keeper.\n\n{sample}\n\n{PROSE}\n"
        yield Input("letters", f"{name}.txt", text.encode("utf-8"))


def _sizes(full: bool) -> Iterator[Input]:
    line = 5_000_000 if full else 12_000
    words, lines, quotations = (1_000_000, 100_000, 10_000) if full else (500, 400, 40)
    sentence = "The boats went out at six and came back at nine with nothing to show. "
    yield Input("sizes", "one-line.txt", (PROSE + " " + sentence * (line // len(sentence))).encode())
    yield Input("sizes", "no-space.txt", (PROSE + "\n\n" + "a" * line).encode())
    yield Input("sizes", "words.txt", (PROSE + f"\n\n{sentence}" * (words // 14)).encode())
    yield Input("sizes", "lines.txt", (PROSE + "\n" + "\n".join(f"Boat {n}" for n in range(lines))).encode())
    spoken = "\n\n".join(f"“Boat {n} is late,” said Ana Ruiz. She left." for n in range(quotations))
    yield Input("sizes", "quotations.txt", f"{PROSE}\n\n{spoken}\n".encode())
    yield Input("sizes", "marks.txt", (PROSE + "\n\n" + "“‘«\"'" * (line // 50)).encode())
    yield Input("sizes", "blank-lines.txt", (PROSE + "\n" * line + PROSE).encode())


def _shapes() -> Iterator[Input]:
    yield Input("shapes", "empty.txt", b"", None)
    yield Input("shapes", "white.txt", b" \n\t\n\r\n \n", None)
    yield Input("shapes", "junk.txt", b"Share\nSubscribe\nSign up\nRead more\nShare\n", ("Subscribe",))
    yield Input("shapes", "cr.txt", f"{PROSE}\r\r{PROSE}\r".encode())
    yield Input("shapes", "crlf.txt", f"{PROSE}\r\n\r\n{PROSE}\r\n".encode())
    wrapped = PROSE.replace(" book ", "\nbook ").replace(" keeper ", "\nkeeper ")
    yield Input("shapes", "wrapped.txt", f"{wrapped}\n\n{wrapped}\n".encode())
    yield Input("shapes", "unbalanced.txt", f"“{PROSE} «“‘ said the keeper. ”’»\n\n”{PROSE}“\n".encode())
    yield Input("shapes", "only-mark.txt", "“".encode(), ())
    yield Input("shapes", "one-letter.txt", b"a", ("a",))


def _markup() -> Iterator[Input]:
    pieces = (
        "[bold red]loud[/bold red]",
        "[@click=app.quit]quit[/]",
        "[link=file:///etc/passwd]x[/link]",
        "$primary",
        "{0} {x} %s %(x)s ${HOME} `id`",
        "[/]",
        "\\[b]",
        "[PERSON: Putin]",
        "<b>bold</b> &amp; &lt;script&gt;",
        "=HYPERLINK(1)",
        "| a | b |",
        "-DOCSTART- -X- O",
        "@article{x,",
        "{{7*7}}",
    )
    for number, piece in enumerate(pieces):
        text = f"Visitors found {piece} there\n\n{PROSE} {piece} “{piece}” said the keeper {piece}.\n"
        keeps = ("Visitors", "keeper", piece)
        yield Input("markup", f"markup-{number}.txt", text.encode(), keeps)


def _binaries() -> Iterator[Input]:
    samples = {
        "elf": b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 8,
        "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
        "gzip": gzip.compress(PROSE.encode() * 50, mtime=0),
        "random": bytes((n * 73 + n // 7) % 256 for n in range(4_000)),
        "nul": b"\0" * 4_000,
        "sqlite": b"SQLite format 3\0" + bytes(200),
        "pdf": b"%PDF-1.7\n" + b"1 0 obj <<>> endobj\n" * 4,
        "zip": b"PK\x03\x04" + bytes(60),
    }
    for name, data in samples.items():
        yield Input("binaries", f"{name}.txt", data, None)


def _pages(full: bool) -> Iterator[Input]:
    depth, size = (50_000, 20_000_000) if full else (600, 60_000)
    paragraph = f"<p>{PROSE}</p>"
    entities = "".join(
        f'<!ENTITY e{n} "{"&e" + str(n - 1) + ";" if n else "ha"}{"&e" + str(n - 1) + ";" if n else "ha"}">'
        for n in range(30)
    )
    pages = {
        "script": f"<script>document.write('\x1b]0;x\x07')</script>{paragraph * 3}<img onerror=alert(1)>",
        "references": f"{paragraph}<p>&#27;]52;c;ZXZpbA==&#7; &#x9b;31m &#8238;evil {PROSE}</p>{paragraph}",
        "attributes": f"<a href='javascript:alert(1)' title='\x1b[31m'>{PROSE}</a>{paragraph * 2}",
        "nested": "<div>" * depth + paragraph * 3 + "</div>" * depth,
        "tables": "<table><tr><td>" * (depth // 10) + paragraph * 3,
        "comments": paragraph * 3 + "<!--" * depth,
        "brackets": paragraph * 3 + "<" * depth,
        "large": paragraph * (size // len(paragraph)),
        "unclosed": f"<p>{PROSE}<p>{PROSE}<script>{PROSE}",
        "meta": f"<meta property='og:title' content='&#27;[31mx&#8238;'>{paragraph * 3}",
        "json-ld": '<script type="application/ld+json">{"@type": "NewsArticle", '
        f'"headline": "\\u001b]0;x\\u0007", "articleBody": "{PROSE} \\u001b[31m"}}</script>{paragraph * 3}',
    }
    for name, body in pages.items():
        yield Input("pages", f"{name}.html", f"<html><body>{body}</body></html>".encode())
    bomb = f"<!DOCTYPE a [{entities}]><html><body>{paragraph * 3}<p>&e29;</p></body></html>"
    yield Input("pages", "bomb.html", bomb.encode())
    subject = "Subject: =?utf-8?q?=1b=5d0=3bx=07?="
    letter = f"From: a\x1b[31m@b.example\r\n{subject}\r\nDate: x\r\n\r\n{PROSE}\r\n"
    yield Input("pages", "letter.eml", letter.encode())
    note = (
        f"# Visitors\n\n{PROSE} [a](javascript:alert(1)) ![x](http://x/\x1b[31m) `\x1b]0;x\x07`\n\n{PROSE}\n"
    )
    yield Input("pages", "note.md", note.encode())
    item = f"<item><title>\x1b]0;x\x07</title><description>{PROSE}</description></item>"
    feed = f"<rss><channel>{item}</channel></rss>"
    yield Input("pages", "feed.xml", feed.encode(), None)


NAMES = (
    "esc\x1b[2Jape.txt",
    "bidi\u202etxt.exe",
    "new\nline.txt",
    "-rf.txt",
    "[bold]x.txt",
    "a\x9db.txt",
    "ß" * 90 + ".txt",
)


LISTS = {
    "feeds.opml": (
        '<opml><body><outline text="a&#x9b;31m\u202eb" xmlUrl="https://news.example/feed"/>'
        '<outline text="run" xmlUrl="|sh -c id"/><outline xmlUrl="file:///etc/passwd" text="x"/>'
        + "<outline text='deep'>" * 200
        + "</outline>" * 200
        + "</body></opml>"
    ),
    "bomb.opml": '<!DOCTYPE a [<!ENTITY b "c">]><opml><body><outline text="&b;"/></body></opml>',
    "urls": 'https://news.example/other "~a\x1b]0;x\x07\u202e"\nexec:id\nfilter:sh:x\nfile:///x\n',
    "none.opml": "\x1b[31m\x01",
}
"""Lists of feeds that run programs, name files or act on the terminal."""


def write(folder: Path, *, full: bool = False) -> list[tuple[Input, Path]]:
    """Write all inputs into a folder, and say where each is; then files whose names are the attack."""
    written = []
    for one in inputs(full=full):
        path = folder / f"{one.group}-{one.name}"
        path.write_bytes(one.data)
        written.append((one, path))
    for number, name in enumerate(NAMES):
        path = folder / name
        path.write_text(f"{PROSE}\n\nNumber {number}: {PROSE}\n")
        written.append((Input("names", f"name-{number}", path.read_bytes()), path))
    return written


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    print(len(write(target, full="--full" in sys.argv)), "files")
