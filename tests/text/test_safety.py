"""Hostile text: nothing reaches the terminal, and nothing legitimate is lost with it."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.text.jsontext import dumps
from reader.text.safety import ACTING, printable, sanitise, shown

_ACTIVE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u206f\u200b\u2060\ufeff\ud800-\udfff]"
)
_NASTY = st.text(
    st.sampled_from(
        "\x1b\x1b[]P_^X\\\x07\x9b\x9c\x9d\x90m;01AZaz \n\r\t\x00\x7f\x85\u2028\u2029\u200b\u200c\u200d\u200e"
        "\u202e\u2066\u061c\ufe0e\ufe0f\U000e0100\ufeff\u0301é\u05d0\u0645\U0001f468\U0001f3f4\U000e0067\U000e007f\ud83d\ue000\ufffe"
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("hostile", "safe"),
    [
        ("a \x1b[31mred\x1b[0m word", "a red word"),
        ("\x1b[38;2;1;2;3mx\x1b[2J\x1b[Hy", "xy"),
        ("\x1b]52;c;aGVsbG8=\x07x", "x"),
        ("\x1b]0;title\x1b\\x", "x"),
        ("\x1b]8;;https://a.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9d0;title\x9cx", "x"),
        ("\x9b31mx", "x"),
        ("\x1bP+q544e\x1b\\x", "x"),
        ("\x1bPtmux;\x1b\x1b]52;c;aa\x07\x1b\\x", "x"),
        ("\x1b_application\x1b\\x", "x"),
        ("\x1bcx\x1b(By\x1b7z", "xyz"),
        ("a\x00b\x08c\x7fd", "abcd"),
        ("a\u202eb\u2066c\u2069", "abc"),
        ("Ze\u200bro\u200b\u200b\ufeff width\u00ad", "Zero width"),
        ("re\u200dmark", "remark"),
        ("\ud83dx", "\N{REPLACEMENT CHARACTER}x"),
        ("visible\U000e0068\U000e0069", "visible"),
        ("z" + "\u0301" * 500 + "!", "z" + "\u0301" * 4 + "!"),
    ],
)
def test_hostile_text_is_neutralised(hostile: str, safe: str) -> None:
    assert sanitise(hostile) == safe


@pytest.mark.parametrize(
    "legitimate",
    [
        "plain\ttext\n\nwith lines",
        "👨‍👩‍👧 and ❤️‍🔥 and 🏳️‍🌈",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f flag",
        "می‌خواهم",
        "क्‍ष",
        "שָׁלוֹם\u200f!",
        "Nguyễn Thị Ngọc Trâm",
        "na\u0308ive, Çelik, “quoted”",
    ],
)
def test_legitimate_text_is_left_alone(legitimate: str) -> None:
    assert sanitise(legitimate) == legitimate


@pytest.mark.parametrize(
    "introducer", ["\x1b]0;", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x9d", "\x90", "\x1b[", "\x9b"]
)
def test_an_unterminated_sequence_never_swallows_the_rest(introducer: str) -> None:
    safe = sanitise(f"before {introducer}\nThe rest of the article.\nAnd its end.")
    assert safe == "before \nThe rest of the article.\nAnd its end."


def test_an_unterminated_title_keeps_the_words_of_its_own_line() -> None:
    assert sanitise("\x1b]0;the minister resigned") == "the minister resigned"


def test_every_kind_of_line_end_becomes_a_newline() -> None:
    assert sanitise("a\r\nb\rc\u2028d\x85e\x0bf\x0cg\u2029h") == "a\nb\nc\nd\ne\nf\ng\n\nh"


@pytest.mark.parametrize(
    "storm", ["\x1b]", "\x1b]0;aaaa", "\x1bP\x1b\x1b", "\x1b[1;", "\u200d", "e\u0301\u0301", "\x9d"]
)
def test_a_megabyte_of_controls_takes_linear_time(storm: str) -> None:
    sanitise(storm * (1_000_000 // len(storm)))


@given(_NASTY)
@example("\x1b\x1b[31m")
@example("\ufe0f\U000e0067\ufe0f")
@example("\u200e\U000e0067\u200e")
@example("\ufe0e\ufe0f\u200d\U0001f468")
@example("\u200e\u061c\u200d\u0645")
@example("\u200e\u061c")
def test_nothing_active_survives(text: str) -> None:
    safe = sanitise(text)
    assert not _ACTIVE.search(safe)
    assert sanitise(safe) == safe


@given(st.text())
def test_visible_characters_survive_where_nothing_is_escaped(text: str) -> None:
    text = re.sub("[\x1b\x90\x98\x9b\x9d-\x9f]", "", text)
    wanted = [c for c in text if unicodedata.category(c)[0] in "LNPS" and ord(c) not in (0xFFFC, 0xFFFD)]
    assert [c for c in sanitise(text) if unicodedata.category(c)[0] in "LNPS" and ord(c) != 0xFFFD] == wanted


@given(_NASTY)
def test_what_is_shown_keeps_the_length_and_hides_what_is_active(text: str) -> None:
    masked = shown(text)
    assert len(masked) == len(text)
    assert not _ACTIVE.search(masked)
    assert [i for i, c in enumerate(masked) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


@given(_NASTY)
def test_a_printable_name_is_one_short_safe_line(text: str) -> None:
    line = printable(text * 10)
    assert not _ACTIVE.search(line)
    assert "\n" not in line
    assert "\t" not in line
    assert len(line) <= 200


def test_a_long_name_keeps_both_ends() -> None:
    line = printable("/home/" + "a" * 500 + "/article.txt")
    assert line.startswith("/home/")
    assert line.endswith("/article.txt")


def test_every_form_agrees_on_which_code_points_act() -> None:
    """All of Unicode, each code point between letters: out of place for those that act only there."""
    kept: set[str] = set()
    for first in range(0, 0x110000, 0x400):
        chars = [chr(code) for code in range(first, first + 0x400)]
        block = "a".join(chars)
        if sanitise(block) == shown(block) == block:
            kept.update(chars)
            continue
        for char in chars:
            text = f"a{char}b"
            acts = sanitise(text) != text
            assert (shown(text) != text) == acts, hex(ord(char))
            if not char.isspace():
                assert (printable(text) != text) == acts, hex(ord(char))
            if not acts:
                kept.add(char)
    assert len(kept) > 1_000_000
    acting = re.compile(f"[{ACTING}]")
    assert not any(acting.match(char) for char in kept)
    for char in map(chr, range(0x110000)):
        if acting.match(char):
            assert dumps(char) == json.dumps(char)


@given(_NASTY)
def test_text_that_was_sanitised_is_shown_as_it_is(text: str) -> None:
    safe = sanitise(text)
    assert shown(safe) == safe
    assert shown(shown(text)) == shown(text)
