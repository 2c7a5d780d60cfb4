"""Lines that no wording betrays, told by what stands around them; and the article's own that must stay."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest import from_text
from reader.ingest.cleaning import weights
from reader.ingest.cleaning.evidence import SHAPES, tokens, wording
from reader.ingest.cleaning.furniture import judge
from reader.ingest.cleaning.lines import features
from reader.ingest.cleaning.surroundings import PLACES, TITLES, Surroundings

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "A wall for the harbour"
BODY = [
    "The council voted on Tuesday to rebuild the harbour wall, which a storm had broken in January.",
    "“It should have been done ten years ago,” said Ana Ruiz, who sells fish beside it every morning.",
    "The work begins in March and will take two years, the harbour master said in a statement.",
    "Fishing boats will be moved to the old dock, where there is room for forty of them.",
]
COMMENT_FORM = ["Leave a Reply", "Your name (required)", "Website", "Code:", "Reload image", "Post Comment"]
DONATION = [
    "Support our journalism",
    "Donate now",
    "Other amount",
    "Please select your prefered mode of payment.",
    "Card number",
    "Bank transfer",
    "Privacy Policy",
]
FOOTER = ["Share on Facebook", "About us", "Our team", "Vacancies", "Press office", "© 2024 Example Media"]


def _removed(lines: list[str]) -> dict[str, str]:
    return {line.text: line.reason for line in from_text("\n\n".join(lines)).removed}


@pytest.mark.parametrize("tail", [COMMENT_FORM, DONATION, FOOTER], ids=["comments", "donation", "footer"])
def test_a_form_below_the_article_goes_with_all_its_fields(tail: list[str]) -> None:
    removed = _removed([TITLE, *BODY, *tail])
    assert [line for line in tail if line not in removed] == []


def test_the_reason_says_among_what_a_line_stood() -> None:
    removed = _removed([TITLE, *BODY, *COMMENT_FORM])
    assert removed["Code:"] == "between lines of a comment form"


def test_a_menu_above_the_article_goes_and_the_headline_below_it_is_the_title() -> None:
    menu = [
        "Skip to content",
        "Home",
        "Sport",
        "Obituaries",
        "Tide tables",
        "Lost & found",
        "Subscribe",
        "Sign in",
    ]
    article = from_text("\n\n".join([*menu, TITLE, *BODY, "Share on Facebook", "Leave a comment"]))
    assert article.title == TITLE
    assert [line.text for line in article.removed][: len(menu)] == menu


@pytest.mark.parametrize(
    "line",
    ["Code:", "Please select your prefered mode of payment.", "Enter through the north gate.", "Card number"],
)
def test_without_furniture_around_it_no_line_goes(line: str) -> None:
    assert _removed([TITLE, *BODY[:2], line, *BODY[2:]]) == {}
    assert _removed([TITLE, *BODY, line]) == {}


@pytest.mark.parametrize(
    "kept",
    [
        ["The crew", "Joan Pell, skipper", "Omar Reyes, mate", "Hanne Tolver, engineer"],
        ["Lions 24, Bears 12", "Foxes 9, Hares 9"],
        ["I went to the sea with a net and a song", "and the song was the only thing the sea did not take"],
        ["What it costs"],
        ["“Never,” she said."],
        ["- Stone", "- Sand", "- Forty men"],
    ],
)
def test_short_lines_of_the_article_stay_though_furniture_follows(kept: list[str]) -> None:
    article = from_text("\n\n".join([TITLE, *BODY[:2], *kept, *BODY[2:], *FOOTER]))
    assert [line for line in kept if line not in article.text] == []


def test_verse_stays_where_it_ends_the_text() -> None:
    verse = [
        "I know that you were at the door",
        "and I was not at home to you",
        "so when you came there was no more",
        "of me than what you knew",
        "and if you come to me again",
        "I will be what I was to him",
        "a house that no one lives within",
        "and you will be the rain",
    ]
    article = from_text(
        "\n\n".join([TITLE, *BODY[:2], *verse, "Share on Facebook", "Leave a comment", "Log in"])
    )
    assert [line for line in verse if line not in article.text] == []


def test_a_paragraph_of_reporting_stays_among_furniture() -> None:
    report = (
        "TOLM, Monday (Wire) — The harbour master of Tolm, Osric Vane, told the council in a letter that the"
        " wall would not hold another winter."
    )
    article = from_text(
        "\n\n".join([TITLE, *BODY, "Share on Facebook", "Comments", report, "Log in", "Sign up"])
    )
    assert report in article.text


@pytest.mark.parametrize(
    "headline",
    [
        "‘A drawer with a label on it’: union leader on the fund",
        "“We will not move” say villagers of Nether Combe",
        "'Odeng' leaves eleven dead in the eastern islands",
    ],
)
def test_a_headline_that_begins_with_a_quotation_mark_is_the_title(headline: str) -> None:
    assert from_text("\n\n".join([headline, *BODY])).title == headline
    assert from_text("\n\n".join(["Home", "News", "Sign in", headline, *BODY])).title == headline


def test_a_quotation_that_opens_a_text_is_no_title() -> None:
    assert from_text("\n\n".join(["“No,” he said.", *BODY])).title is None


def test_the_end_of_a_letter_goes_from_its_dashes_on() -> None:
    signature = ["-- ", "Hanne Tolver", "The Tolm Letter, 4 Mill Lane", "hanne@tolm.example"]
    removed = _removed(["Good morning.", *BODY, *signature])
    assert [line for line in signature if line.strip() not in removed] == []
    assert removed["Hanne Tolver"] == "mail signature"


@pytest.mark.parametrize(
    "line",
    ["View in browser", "Unsubscribe here", "Having trouble reading this email? View it online.", "Reuters"],
)
def test_lines_of_letters_and_lone_agencies_are_known(line: str) -> None:
    assert line in _removed([TITLE, *BODY[:2], line, *BODY[2:]])


def test_rows_have_the_columns_that_they_are_named_by() -> None:
    lines = [features(line) for line in [TITLE, *BODY]]
    around = Surroundings(lines, [False] * 5, [0.0] * 5)
    assert (around.start, around.end) == (1, 5)
    assert len(wording(lines[0], tokens(TITLE))) == len(SHAPES)
    assert len(around.row(0)) == len(PLACES)
    assert len(around.title_row(0, 0.0, first=True, ruled=True, dated=False)) == len(TITLES)


def test_weights_of_other_features_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = json.loads(weights.PATH.read_text(encoding="utf-8"))
    stored["fingerprint"] = "0" * 16
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(stored), encoding="utf-8")
    monkeypatch.setattr(weights, "PATH", path)
    weights.learnt.cache_clear()
    with pytest.raises(ValueError, match="train again"):
        weights.learnt()
    weights.learnt.cache_clear()


def test_trees_send_a_row_left_when_it_is_at_most_the_threshold() -> None:
    learnt = weights.learnt()
    small = type(learnt)(0.0, learnt.shapes, {}, 0.0, [[0, 1.0, -2.0, 2.0]], 0.0, learnt.title, 0.9, 0.9)
    assert small.place([1.0]) < 0.2 < 0.8 < small.place([1.01])


@given(st.permutations(range(5)), st.integers(0, len(BODY)))
def test_paragraphs_stay_wherever_furniture_stands(order: list[int], cut: int) -> None:
    parts = (COMMENT_FORM, DONATION, FOOTER, BODY[:cut], BODY[cut:])
    lines = [line for number in order for line in parts[number]]
    kept = [line for line, reason in zip(lines, judge(lines).reasons, strict=True) if reason is None]
    assert [line for line in kept if line in BODY] == [line for line in lines if line in BODY]
