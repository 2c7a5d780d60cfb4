"""Letters: flowed lines, quotations, signatures, forwarded headers, long addresses."""

# ruff: noqa: E501 - letters read best as they came

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest import read
from reader.ingest.formats.letters import unflowed

if TYPE_CHECKING:
    from pathlib import Path

    from reader.model.article import Article

HEAD = (
    "From: The Tolm Letter <letter@tolm.example>\nTo: r@example.org\nSubject: {}\n"
    "Date: Sun, 15 Sep 2024 04:38:57 +0000\nMIME-Version: 1.0\n"
    'Content-Type: text/plain; charset="utf-8"{}\nContent-Transfer-Encoding: 8bit\n\n'
)


def _read(folder: Path, body: str, subject: str = "What we read", parameters: str = "") -> Article:
    path = folder / "letter.eml"
    path.write_bytes((HEAD.format(subject, parameters) + body).encode())
    return read(str(path))


def _blocks(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_flowed_lines_and_quotations_become_paragraphs(tmp_path: Path) -> None:
    body = (
        "The week began with a letter from the harbour board, which says that \n"
        "the ferry will stop in November, and ended with a reply.\n\n"
        "> Nobody told the islands, of course, which is what they always say when \n"
        "> the islands ask.\n>> And nobody will.\n\n"
        " From the mayor there was no word until Thursday, when the office answered.\n"
        "-- \nHanne Tolver\nNether Combe\n"
    )
    article = _read(tmp_path, body, parameters="; format=flowed")
    assert _blocks(article) == [
        (
            "paragraph",
            "The week began with a letter from the harbour board, which says that the ferry will stop in November,"
            " and ended with a reply.",
        ),
        (
            "block_quotation",
            "Nobody told the islands, of course, which is what they always say when the islands ask.",
        ),
        ("block_quotation", "And nobody will."),
        ("paragraph", "From the mayor there was no word until Thursday, when the office answered."),
    ]
    assert [(line.text, line.reason) for line in article.removed] == [
        ("Hanne Tolver", "signature"),
        ("Nether Combe", "signature"),
    ]


def test_quotations_wrapped_by_hand_are_joined(tmp_path: Path) -> None:
    body = (
        "On Monday you asked what the board had in mind. Here is what it wrote to the councillors:\n\n"
        "> The ferry has served the three northern islands for forty years, and\n"
        "> nobody regrets more than the board that it will not serve them for the\n"
        "> forty-first. The winter sailings end in November, and the summer ones\n"
        "> will be looked at again in the spring.\n\n"
        "We print it as it came, with thanks to those who sent it to us from the islands.\n"
    )
    quoted = [text for kind, text in _blocks(_read(tmp_path, body)) if kind == "block_quotation"]
    assert quoted == [
        "The ferry has served the three northern islands for forty years, and nobody regrets more than the board"
        " that it will not serve them for the forty-first. The winter sailings end in November, and the summer"
        " ones will be looked at again in the spring."
    ]


@pytest.mark.parametrize("opening", ["(https://tolm.example/{})", "https://tolm.example/{}"])
def test_a_long_address_inside_a_paragraph_does_not_break_it(tmp_path: Path, opening: str) -> None:
    address = opening.format(
        "council/2024/09/letters/harbour-board-to-the-council-of-outer-skarra-and-tolm.pdf"
    )
    body = (
        "The week began with a letter from the harbour board, which says that\n"
        "the ferry will stop in November, and ended with a reply from the\n"
        "council, which called the letter a card from people who do not\ncelebrate.\n\n"
        "The council has put the letter of the board on its pages\n"
        f"{address}\nand the minister of the islands, Osric Vane, said on Monday that\n"
        "nothing in it is new.\n"
    )
    assert _blocks(_read(tmp_path, body))[-1] == (
        "paragraph",
        f"The council has put the letter of the board on its pages {address} and the minister of the islands,"
        " Osric Vane, said on Monday that nothing in it is new.",
    )


def test_forwarded_headers_are_metadata(tmp_path: Path) -> None:
    body = (
        "You should read this.\n\n---------- Forwarded message ---------\n"
        "From: Ana Ruiz <ana@tideline.example>\nDate: Tue, 12 Mar 2024 at 10:30\n"
        "Subject: The harbour wall\nTo: <letter@tolm.example>\n\n\n"
        "The harbour wall will be rebuilt by 2026, the council said on Tuesday, after a storm broke it.\n"
    )
    article = _read(tmp_path, body, subject="Fwd: The harbour wall")
    assert (article.title, article.byline, article.published) == (
        "The harbour wall",
        "Ana Ruiz",
        "2024-03-12",
    )
    assert [text for _, text in _blocks(article)] == [
        "You should read this.",
        "The harbour wall will be rebuilt by 2026, the council said on Tuesday, after a storm broke it.",
    ]
    assert {line.reason for line in article.removed} == {"forwarded header"}


def test_the_first_line_of_a_letter_is_no_title(tmp_path: Path) -> None:
    body = (
        "Good morning\n\nThe council voted on Tuesday to rebuild the harbour wall, it said in a statement.\n"
    )
    article = _read(tmp_path, body)
    assert article.title == "What we read"
    assert not [text for kind, text in _blocks(article) if kind == "title"]


@given(st.text(alphabet="ab> \n-", max_size=200), st.booleans())
def test_unflowing_loses_no_letter(text: str, joining: bool) -> None:
    kept = [char for char in unflowed(text, joining=joining) if char in "ab"]
    assert kept == [char for char in text if char in "ab"]


def test_the_links_of_a_mailing_go_with_their_addresses(tmp_path: Path) -> None:
    address = "https://tolm.example/campaigns/view?u=1234567890abcdef&id=abcdef1234567890abcdef"
    body = (
        f"View this email in your browser ({address})\n\n"
        "The harbour wall will be rebuilt by 2026, the council said on Tuesday, after a storm broke it.\n\n"
        f"The plan of the wall is on the council's pages: {address}\n\n"
        f"Unsubscribe from this list: {address}\n"
    )
    article = _read(tmp_path, body)
    assert [text for _, text in _blocks(article)] == [
        "The harbour wall will be rebuilt by 2026, the council said on Tuesday, after a storm broke it.",
        f"The plan of the wall is on the council's pages: {address}",
    ]
