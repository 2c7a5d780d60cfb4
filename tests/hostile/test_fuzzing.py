"""What must hold of any bytes, tried with what hypothesis makes up and with what the fuzzer found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest import isolation
from tests.hostile.properties import PROPERTIES

# What leads deep into the code: a fuzzer finds such pieces by itself, in a million runs.
_PIECES = [
    piece.encode()
    for piece in (
        *"“”‘’\"'«»„[]<>&;:.!?-—\n\t ",
        "\n\n",
        " said Ana Ruiz",
        "Q: ",
        "\x1b]52;c;",
        "\x9b31m",
        "\u202e",
        "\u2066",
        "e\u0301\u0301\u0301\u0301\u0301",
        "Subject: x\nFrom: a@b.example\n\n",
        "<html><body><article><p>",
        "</p>",
        "<script>",
        "<!--",
        "&#27;[2J",
        "<table><tr><td>",
        "<rss><channel><item><title>",
        "</title><link>javascript:x</link></item>",
        "<opml><body><outline xmlUrl='http://x.example/' text='",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>",
        '{"items": [{"content_text": "',
        "By Ana Ruiz\n",
        "Subscribe\n",
        "The council voted on Tuesday to rebuild the harbour wall. ",
    )
] + [b"\xff\xfe", b"\xfe\xff\x00", b"\xef\xbb\xbf", b"\x00", b"\x80\x93", b"\x1b$B", b"\x85"]

foreign = st.one_of(
    st.binary(max_size=60),
    st.lists(st.sampled_from(_PIECES) | st.binary(max_size=4), max_size=14).map(b"".join),
)


@pytest.mark.parametrize("name", PROPERTIES)
@given(data=foreign)
def test_it_holds_of_any_bytes(name: str, data: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # What is too heavy for this process goes to another: not for each of these.
        patch.setattr(isolation, "isolated", _too_heavy)
        PROPERTIES[name](data)


def _too_heavy(*_: object, **__: object) -> None:
    raise isolation.TooHeavy


FOUND = [
    # An address that is within the limit until it is percent-encoded.
    ("feeds", b"https://news.example/" + "é".encode() * 700),
]


@pytest.mark.parametrize(("name", "data"), FOUND)
def test_what_the_fuzzer_found(name: str, data: bytes) -> None:
    PROPERTIES[name](data)
