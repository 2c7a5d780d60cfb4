"""Bytes become the text that was meant, whatever encoding they came in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.decoding import Decoded, decode, repair

ENGLISH = "The minister said “we won’t — ever” at the café, naïve Çelik told the court. " * 5
RUSSIAN = "Президент заявил, что встреча состоится. " * 20
JAPANESE = "首相は記者会見で「増税はしない」と述べた。" * 20


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *(
            (ENGLISH, name)
            for name in (
                "utf-8",
                "utf-8-sig",
                "utf-16",
                "utf-16-le",
                "utf-16-be",
                "utf-32",
                "cp1252",
                "mac-roman",
            )
        ),
        *((RUSSIAN, name) for name in ("utf-8", "utf-16-le", "utf-16-be", "cp1251", "koi8-r")),
        *((JAPANESE, name) for name in ("utf-8", "utf-16-le", "utf-16-be", "iso2022_jp", "euc-jp")),
    ],
)
def test_an_undeclared_encoding_is_found(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("windows-1251", "cp1251"), ("Shift_JIS", "cp932"), ("'iso-8859-2'", "iso8859-2")],
)
def test_a_declared_charset_is_used(declared: str, encoding: str) -> None:
    text = {"cp1251": RUSSIAN, "cp932": JAPANESE, "iso8859-2": "Łódź żółw ćma. "}[encoding]
    assert decode(text.encode(encoding), declared).text == text


def test_latin_1_means_what_browsers_take_it_for() -> None:
    assert decode("“quoted”".encode("cp1252"), "iso-8859-1").text == "“quoted”"


@pytest.mark.parametrize("declared", ["windows-1252", "no-such-charset", ""])
def test_valid_utf_8_beats_a_wrong_declaration(declared: str) -> None:
    assert decode(ENGLISH.encode(), declared).text == ENGLISH


def test_a_stray_line_in_another_encoding_does_not_spoil_the_rest() -> None:
    data = ENGLISH.encode() + b"\nHe said \x93no\x94 and left.\n" + ENGLISH.encode()
    assert decode(data).text == f"{ENGLISH}\nHe said “no” and left.\n{ENGLISH}"


def test_a_stray_byte_in_a_line_does_not_spoil_the_line() -> None:
    assert decode("“It’s a caf".encode() + b"\xe9" + "” — he".encode() * 9).text.startswith(
        "“It’s a café” — he"
    )


def test_a_character_cut_off_at_the_end_is_dropped() -> None:
    assert decode("“fin”".encode()[:-1]).text == "“fin"


def test_newlines_are_left_as_they_are() -> None:
    assert decode(b"a\r\nb\rc\n").text == "a\r\nb\rc\n"


@given(st.binary(max_size=300))
def test_no_bytes_fail(data: bytes) -> None:
    decode(data)


@given(
    st.text(st.characters(codec="utf-8"), max_size=100).filter(
        lambda text: "\0" not in text and "\x1b" not in text and "\ufeff" not in text
    )
)
def test_utf_8_is_read_as_it_was_written(text: str) -> None:
    assert decode(text.encode()).text == text


def test_mojibake_is_repaired_wholly() -> None:
    repaired = repair(Decoded("He saidâ€™s â€œhelloâ€\x9d at the cafÃ©.\nA clean “line”.", "utf-8"))
    assert repaired == Decoded("He said’s “hello” at the café.\nA clean “line”.", "utf-8", repaired=True)


def test_what_lost_a_byte_is_repaired_word_by_word() -> None:
    text = (
        "CafÃ© row\n\nThe owner of the cafÃ© spoke. â€œWeâ€™ll stay,â€ said ZoÃ« Lind, the cafÃ©â€™s owner."
        " â€œItâ€™s ours â€“ and itâ€™s open.â€"
    )
    assert repair(Decoded(text, "utf-8")).text == (
        "Café row\n\nThe owner of the café spoke. “We’ll stay,” said Zoë Lind, the café’s owner."
        " “It’s ours – and it’s open.”"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("â€™Tis a lost letter \ufffd here", "’Tis a lost letter \ufffd here"),
        ("â€œyes,â€\ufffd he said at the cafÃ©", "“yes,” he said at the café"),
        ("itâ€™s Ã\ufffdrpÃ¡d and ZoÃ«", "it’s Ã\ufffdrpÃ¡d and Zoë"),  # a word that cannot be whole stays
        ("a clean line é\nand cafÃ© \ufffd", "a clean line é\nand café \ufffd"),
        ("ÃƒÂ©tÃƒÂ© \ufffd", "été \ufffd"),
    ],
)
def test_each_word_is_repaired_wholly_or_not_at_all(text: str, expected: str) -> None:
    assert repair(Decoded(text, "utf-8")) == Decoded(expected, "utf-8", repaired=True)


@given(st.text(alphabet="aeé’“”–ñüŠ .,\n", max_size=60))
def test_clean_text_is_never_touched(text: str) -> None:
    assert repair(Decoded(text, "utf-8")) == Decoded(text, "utf-8")


@pytest.mark.parametrize("text", ["São Paulo, Ångström, Ã la carte", "plain", "AÃO \ufffd", "â€ alone"])
def test_what_cannot_be_repaired_is_left_alone(text: str) -> None:
    assert repair(Decoded(text, "utf-8")) == Decoded(text, "utf-8")
