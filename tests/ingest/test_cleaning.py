"""Pasted text: page furniture goes, every line of the article stays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest import from_text
from reader.ingest.formats.text import EVERYTHING_KEPT

if TYPE_CHECKING:
    from reader.model.article import Article

LABELLED = Path(__file__).parent.parent / "data" / "ingest" / "labelled"
# Pages copied whole, invented after those of much-read outlets; nothing was trained on them.
OUTLETS = LABELLED.parent / "outlets"
_PAGES = [*sorted(LABELLED.glob("*.txt")), *sorted(OUTLETS.glob("*.txt"))]


def _labelled(path: Path) -> list[tuple[str, str]]:
    """Lines of a file as (label, text): T title, A article, B byline, D date, C caption, N note, J junk."""
    return [(line[0], line[2:]) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _removed(article: Article) -> dict[int, str]:
    return {line.line: line.reason for line in article.removed}


@pytest.mark.parametrize("path", _PAGES, ids=lambda path: path.stem)
def test_no_line_of_an_article_is_lost(path: Path) -> None:
    lines = _labelled(path)
    removed = _removed(from_text("\n".join(text for _, text in lines)))
    assert [
        text for number, (label, text) in enumerate(lines, 1) if label in "ATC" and number in removed
    ] == []


@pytest.mark.parametrize(("folder", "share"), [(LABELLED, 0.9), (OUTLETS, 0.97)], ids=["labelled", "outlets"])
def test_nearly_all_furniture_is_removed_with_a_reason(folder: Path, share: float) -> None:
    junk = gone = 0
    for path in folder.glob("*.txt"):
        lines = _labelled(path)
        removed = _removed(from_text("\n".join(text for _, text in lines)))
        junk += sum(label == "J" for label, _ in lines)
        gone += sum(label == "J" and bool(removed.get(number)) for number, (label, _) in enumerate(lines, 1))
    assert gone / junk > share


# One page opens with a storm warning that reads like a headline; nothing is lost, but the title is wrong.
_TITLED = [path for path in _PAGES if "\nT " in f"\n{path.read_text(encoding='utf-8')}"]
_TITLED = [path for path in _TITLED if path.stem != "tv_station_modal"]


@pytest.mark.parametrize("path", _TITLED, ids=lambda path: path.stem)
def test_the_title_is_found_among_the_furniture(path: Path) -> None:
    lines = _labelled(path)
    article = from_text("\n".join(text for _, text in lines))
    assert article.title == next(text for label, text in lines if label == "T")
    assert [block.kind for block in article.blocks].count("title") == 1


@pytest.mark.parametrize(
    ("name", "byline", "published"),
    [
        ("british_broadcaster", "Tom Whitlock", None),
        ("newsletter_masthead", "Margit Hollenstein", "2026-11-12"),
        ("us_broadcaster", "KTRV Staff", "2026-11-18T18:12"),
        ("british_daily", "Sofia Lindqvist", "2026-08-11T06:00"),
        ("blogging_platform", "Noor Haddad", "2026-10-03"),
        ("news_agency", "Lucia Paredes and Tom Vance", "2026-11-20T18:04"),
        ("us_cable_channel", "Hana Ishikawa and Rob Delaney, CNN", "2026-11-14T09:14"),
        ("us_radio", "Della Marsh", "2026-11-09T05:02"),
        ("us_agency", "LENA BRANDT", "2026-10-07T11:22"),
    ],
)
def test_who_wrote_it_and_when_is_found_among_the_furniture(
    name: str, byline: str, published: str | None
) -> None:
    lines = (OUTLETS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    article = from_text("\n".join(line[2:] for line in lines))
    assert (article.byline, article.published) == (byline, published)


def test_every_wording_of_the_book_can_be_called_for() -> None:
    """A line is looked up by its words: a pattern under anything else would never be tried."""
    from reader.ingest.cleaning.phrases import _WORD, _book

    assert all(_WORD.fullmatch(word) for word in _book().by_word)


BODY = [
    "The council voted on Tuesday to rebuild the harbour wall, which a storm had broken in January.",
    "“It should have been done ten years ago,” said Ana Ruiz, who sells fish beside it every morning.",
    "The work begins in March and will take two years, the harbour master said in a statement.",
]


@pytest.mark.parametrize(
    "line",
    [
        "Share",
        "Share.",
        "Comments",
        "Follow the money",
        "What to watch",
        "Home",
        "Newsletters are back, and so is boredom",
        "Read more books, she told me, and fewer feeds.",
        "“Subscribe to nothing,” he said.",
        "All rights reserved, the contract said; none were used.",
        "Copyright law has changed little since 1988.",
        "Sign up to vote before Friday, the commission urged residents.",
        "Facebook",
        "June 12, 2016",
        "9:15 p.m.",
        "7",
        "1. Comments",
        "- Development Bank: placed on review",
        "Lions 24, Bears 12",
        "Malik Osei-Tutu",
        "By Monday, the river had risen by a metre.",
        "Advertising is a tax on attention.",
        "The app asks users to share their location with strangers.",
        "This site uses sand from the river to build its walls.",
        "Q: Do you read newsletters?",
        "NAIROBI, Kenya (Wire) — Traders returned to the market.",
        "Related to this is a question of money",
        "Next Saturday the two sides meet again in Pretoria.",
    ],
)
def test_a_line_that_could_be_furniture_stays_between_paragraphs(line: str) -> None:
    article = from_text("\n\n".join(["A wall for the harbour", BODY[0], BODY[1], line, BODY[2]]))
    assert line in article.text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Advertisement", "advertisement"),
        ("- Advertisement -", "advertisement"),
        ("Story continues below", "advertisement"),
        ("Share on Facebook", "share buttons"),
        ("Facebook Twitter WhatsApp Email", "share buttons"),
        ("Leave a comment", "comment widget"),
        ("0 Comments", "comment widget"),
        ("Your email address will not be published. Required fields are marked *", "comment widget"),
        ("Get the day's top stories in your inbox", "newsletter prompt"),
        ("Sign up for our free newsletter", "newsletter prompt"),
        ("ALSO READ: Harbour wall to be rebuilt by 2026", "related links"),
        ("Read more: Harbour wall to be rebuilt by 2026", "related links"),
        ("© 2024 Example Media. All rights reserved.", "copyright notice"),
        ("AP Photo/Tom Day", "photo credit"),
        ("Tom Day via Getty Images", "photo credit"),
        ("Photo: Tom Day / Reuters", "photo credit"),
        ("Follow Ana Ruiz on Twitter @anaruiz", "author contact"),
        ("Tags: harbour, storm, council", "tags"),
        ("5 min read", "reading time"),
        ("We use cookies to improve your experience on this site.", "cookie notice"),
        ("Subscribe to continue reading", "subscription prompt"),
        ("Video Player is loading.", "media player"),
        ("Home > News > Harbour", "breadcrumb"),
        ("Skip to main content", "site navigation"),
        ("Lascia un commento", "comment widget"),
        ("PUBLICIDAD", "advertisement"),
    ],
)
def test_furniture_is_recognised_wherever_it_stands(line: str, reason: str) -> None:
    article = from_text("\n\n".join(["A wall for the harbour", BODY[0], BODY[1], line, BODY[2]]))
    assert [(removed.text, removed.reason) for removed in article.removed] == [(line, reason)]


@pytest.mark.parametrize("byline", ["Morag Sinclair, transport correspondent", "Ana Ruiz and Tom Day"])
def test_a_byline_below_a_standfirst_of_several_sentences(byline: str) -> None:
    article = from_text(
        "Ferry strike to go ahead after talks collapse\n\nIsland communities face a third weekend without a"
        " lifeline service after talks between the operator and its crews broke down on Thursday.\n\n"
        f"By {byline}\n\nThe line had tabled an offer shortly before midnight. It was thrown out within the"
        " hour, and the crews of eleven vessels went home.\n\nThe minister declined to intervene on Friday."
    )
    assert article.byline == byline
    assert byline not in article.text


def test_byline_and_date_become_metadata_and_can_be_put_back() -> None:
    article = from_text(
        "\n".join(
            ["A wall for the harbour", "By Ana Ruiz and Tom Day, Staff Writers", "12 March 2024 09:15", *BODY]
        )
    )
    assert article.title == "A wall for the harbour"
    assert article.byline == "Ana Ruiz and Tom Day, Staff Writers"
    assert article.published == "2024-03-12T09:15"
    assert [line.reason for line in article.removed] == ["byline", "publication date"]


def test_a_dateline_stays_and_gives_its_date() -> None:
    article = from_text(
        "\n".join(["A wall for the harbour", f"ABUJA, Jun 22 2022 (IPS) - {BODY[0]}", BODY[1]])
    )
    assert article.published == "2022-06-22"
    assert "ABUJA, Jun 22 2022 (IPS) - The council" in article.text


def test_a_window_title_names_the_site() -> None:
    article = from_text("\n".join(["A wall for the harbour | The Tideline", "A wall for the harbour", *BODY]))
    assert (article.title, article.site) == ("A wall for the harbour", "The Tideline")


def test_text_that_is_all_furniture_is_shown_with_a_notice() -> None:
    menu = ["Home", "News", "Sign in", "Share on Facebook", "Leave a comment", "Privacy Policy"]
    article = from_text("\n".join(menu))
    assert [article.text[block.start : block.end] for block in article.blocks] == menu
    assert article.removed == ()
    assert article.notices == (EVERYTHING_KEPT,)


def test_a_text_of_book_length_is_looked_through_from_both_ends_as_far_as_there_is_furniture() -> None:
    body = [f"On day {number} the harbour wall was measured, and {BODY[0]}" for number in range(6000)]
    menu, comments = ["Share on Facebook"] * 700, ["Leave a comment"] * 700
    middle = [*body[:3000], "Share on Facebook", *body[3000:]]  # here nobody looks
    article = from_text("\n\n".join([*menu, "A wall for the harbour", *middle, *comments]))
    assert [line.text for line in article.removed] == [*menu, *comments]
    assert len(article.blocks) == 1 + len(middle)


def test_blocks_have_kinds() -> None:
    article = from_text(
        "\n\n".join(
            [
                "A wall for the harbour",
                BODY[0],
                "What it costs",
                BODY[1],
                "- Stone",
                "- Sand",
                "> A reply",
                BODY[2],
            ]
        )
    )
    assert [block.kind for block in article.blocks] == [
        "title", "paragraph", "heading", "paragraph",
        "list_item", "list_item", "block_quotation", "paragraph",
    ]  # fmt: skip


def test_escape_sequences_do_not_reach_the_article() -> None:
    article = from_text("A \x1b[31mwall\x1b[0m\n\n" + BODY[0] + "\x1b]52;c;aGk=\x07")
    assert "\x1b" not in article.text
    assert article.title == "A wall"


_JUNK = [text for path in sorted(LABELLED.glob("*.txt")) for label, text in _labelled(path) if label == "J"]


@given(st.lists(st.sampled_from(_JUNK), max_size=12), st.lists(st.sampled_from(_JUNK), max_size=12))
def test_whatever_surrounds_them_paragraphs_stay(head: list[str], tail: list[str]) -> None:
    article = from_text("\n".join([*head, *BODY, *tail]))
    assert all(paragraph in article.text for paragraph in BODY)


@given(st.lists(st.sampled_from([*_JUNK, *BODY, "Subhead", "“No.”", "1", "* * *"]), max_size=30))
def test_every_word_is_in_the_text_or_among_the_removed(lines: list[str]) -> None:
    article = from_text("\n".join(lines))
    shown = [article.text[block.start : block.end] for block in article.blocks]
    # By words, since hard-wrapped lines are joined.
    everything = " ".join([*shown, *(line.text for line in article.removed)])
    assert sorted(everything.split()) == sorted(" ".join(lines).split())
    assert all(0 <= line.position <= len(article.text) and line.reason for line in article.removed)
