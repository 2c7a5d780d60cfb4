"""Who says what by a noun of saying, in questions and answers, and beside what is said of whom."""

from __future__ import annotations

import pytest

from reader.language.quotations.turns import find_turns
from tests.language.said import said


def who(text: str) -> list[str | None]:
    return [each.who for each in said(text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The team lost again. “Schoolboy stuff,” was Peter Walker’s verdict on the defending.",
            "Peter Walker",
        ),
        ("Anna Ruiz was asked about it. “Nonsense,” was her reply.", "Anna Ruiz"),
        ("“Never again” was Anna Ruiz’s blunt assessment of the trip.", "Anna Ruiz"),
        ("It was, by Anna Ruiz’s own admission, “a bit of a gamble that could go wrong”.", "Anna Ruiz"),
        ("The deal is, in Anna Ruiz’s words, “a dog’s breakfast of a contract”.", "Anna Ruiz"),
        ("They were, by their manager’s own admission, “lucky to get nothing worse”.", "their manager"),
    ],
)
def test_words_belong_to_whom_a_noun_of_saying_gives_them(text: str, speaker: str) -> None:
    assert who(text) == [speaker]


def test_questions_and_answers_without_cues_go_on_between_the_two() -> None:
    text = (
        "“Why didn’t you call?” Anna Ruiz asked.\n\n“I was told not to,” said Peter Walker.\n\n“By whom?”\n\n"
        "“By the chief.”\n\n“Which chief?”\n\n“The old one.”"
    )
    assert who(text) == ["Anna Ruiz", "Peter Walker"] * 3


def test_a_crowd_that_answers_is_not_whoever_asks() -> None:
    text = (
        "“Do we give in?” Anna Ruiz asked.\n\n“Nooooo!”\n\n“Or do we roll up our sleeves and get to work?”"
        "\n\n“Yesssss!”\n\nThe workers roared."
    )
    assert who(text) == ["Anna Ruiz", None, "Anna Ruiz", None]


def test_a_short_answer_is_whoever_spoke_before_the_question() -> None:
    text = "“I saw the ship,” said Peter Walker.\n\n“Was it burning?” Anna Ruiz asked.\n\n“Oh yes.”"
    assert who(text) == ["Peter Walker", "Anna Ruiz", "Peter Walker"]


def test_whoever_questioned_a_witness_asks_again() -> None:
    text = (
        "Questioned by Anna Ruiz, for the family, about it, Peter Walker said: “I can’t say we did.”\n\n"
        "“Can’t, or won’t?”\n\n“Can’t.”"
    )
    assert who(text) == ["Peter Walker", "Anna Ruiz", "Peter Walker"]


def test_whoever_asks_is_not_the_one_who_replies() -> None:
    text = "Anna Ruiz asked Dr Mary Walker whether anyone had read them. “I can’t say they did,” she replied."
    assert who(text) == ["Mary Walker"]


def test_she_is_the_stranger_whom_a_clause_tells_apart() -> None:
    text = (
        "“It did not meet the standard,” Mary Walker said.\n\nThe nurse who took the call gave evidence"
        " behind a screen. She said she had been on her ninth shift. “I think of it every day,” she said."
    )
    assert who(text) == ["Mary Walker", "the nurse"]


def test_two_descriptions_may_lead_to_one_name() -> None:
    text = "His lawyer, former prosecutor Anna Ruiz, said that the charge was “made of air and paper”."
    assert who(text) == ["Anna Ruiz"]


def test_a_description_may_come_before_the_name_that_bears_it() -> None:
    text = (
        "The offer came at noon. Its managing director called it “a generous and final one”.\n\n"
        "Anna Ruiz, the managing director, insisted that the door was open."
    )
    assert who(text)[0] == "Anna Ruiz"


def turns(text: str) -> list[str]:
    return [text[turn.start : turn.end] for turn in find_turns(text, ())]


TALK = (
    "Rosa Delgado talks to Ben Adeyemi.\n\nBA: How did you know?\n\nRD: I saw the lilies.\n\nBA: And then?"
    "\n\nRD: We went home."
)


def test_a_name_after_by_is_not_who_says_it() -> None:
    text = (
        "Questioned by Anna Ruiz, for the family, about the notes, Peter Walker said: “I can’t say.”\n\n"
        "“Can’t, or won’t?”"
    )
    assert who(text) == ["Peter Walker", "Anna Ruiz"]


def test_the_same_office_elsewhere_is_somebody_else() -> None:
    text = (
        "The offer came at noon. Its managing director called it “a generous and final one”.\n\n"
        "Anna Ruiz, the managing director of a rival, said that the door was open."
    )
    assert who(text)[0] != "Anna Ruiz"


@pytest.mark.parametrize(
    "aside",
    [
        "Was she tempted to stay? She turns a spoon. “Every day,” she says finally.",
        "Ben Adeyemi is a features writer. We Were Never There is published by Harrow.",
    ],
)
def test_what_the_reporter_tells_between_turns_is_nobody_s(aside: str) -> None:
    assert turns(f"{TALK}\n\n{aside}") == turns(TALK)
    assert turns(TALK.replace("\n\nBA: And", f"\n\n{aside}\n\nBA: And")) == turns(TALK)


def test_who_tells_of_others_words_goes_on_speaking() -> None:
    went_on = "I looked at my mother. “You will go,” she said. I went."
    assert turns(f"{TALK}\n\n{went_on}") == [*turns(TALK), went_on]


def test_you_is_whom_the_other_of_two_speaks_to() -> None:
    text = TALK.replace("And then?", "You write that the minister “lied as other people breathe”. Why?")
    assert [each.who for each in said(text) if "breathe" in each.quotation][-1] == "Rosa Delgado"


def test_a_label_before_a_mere_name_is_no_turn() -> None:
    text = "Ana Ruiz scored.\n\nMAN OF THE MATCH: Bo Lee\n\nRUIZ: I ran.\n\nLEE: You did?\n\nRUIZ: I did."
    assert turns(text) == ["I ran.", "You did?", "I did."]
