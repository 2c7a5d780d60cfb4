"""Theme files: what they promise is kept, what is wrong with them is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.errors import ThemeError
from reader.settings import resources, theme
from reader.settings.colour import VISIONS, contrast, distance
from reader.settings.theme import ROLES, collect, load_theme, load_themes, parse
from reader.settings.theme_checks import problems_of

BUILT_IN = load_themes()
GOOD = (resources.folder("themes") / "dark.toml").read_text(encoding="utf-8")
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_the_built_in_themes_are_all_there_and_the_default_comes_first() -> None:
    assert next(iter(BUILT_IN)) == theme.DEFAULT
    assert len(BUILT_IN) >= 8
    assert not collect().errors
    assert sum(t.high_contrast for t in BUILT_IN.values()) >= 2
    assert sum(t.colour_vision_safe for t in BUILT_IN.values()) >= 2
    assert {"dark", "light", "ansi", "sepia"} <= set(BUILT_IN)
    assert {t.dark for t in BUILT_IN.values() if t.high_contrast} == {True, False}


@pytest.mark.parametrize("name", BUILT_IN)
def test_built_in_themes_keep_their_promises(name: str) -> None:
    assert [problem.message for problem in problems_of(BUILT_IN[name])] == []


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_role_has_a_colour_that_an_export_can_use(name: str) -> None:
    for role in ROLES:
        assert contrast(BUILT_IN[name].hex(role), "#000000") >= 1


def test_the_terminal_palette_theme_uses_the_terminals_own_ground() -> None:
    palette = BUILT_IN["ansi"]
    assert palette.ansi
    assert palette.background == palette.text == "ansi_default"
    assert palette.hex("background") == "#000000"
    assert palette.hex("text") == "#e5e5e5"
    assert replace(palette, dark=False).hex("background") == "#ffffff"
    assert replace(palette, dark=False).hex("text") == "#000000"
    assert palette.hex("person") == "#0000ee"


def test_low_contrast_is_reported_with_the_pair_and_the_ratio() -> None:
    faint = replace(BUILT_IN["dark"], person="#2a2c33")
    messages = [problem.message for problem in problems_of(faint)]
    assert "person on background has a contrast of 1.29, below 4.5" in messages
    assert all(problem.theme == "dark" for problem in problems_of(faint))


def test_high_contrast_is_a_stricter_promise() -> None:
    assert problems_of(replace(BUILT_IN["light"], high_contrast=True))


def test_types_that_look_alike_are_reported() -> None:
    alike = replace(BUILT_IN["light"], place=BUILT_IN["light"].person)
    assert any("person and place are 0.0 apart" in problem.message for problem in problems_of(alike))


def test_types_that_only_some_people_tell_apart_are_reported_in_themes_declared_safe() -> None:
    # Red and green of one lightness: fine for most readers, the same to one man in twelve.
    red_green = replace(BUILT_IN["light"], org="#a33c00", place="#4f6400", group="#8a2be2")
    assert not [p for p in problems_of(red_green) if "apart" in p.message]
    promised = replace(red_green, colour_vision_safe=True)
    messages = " ".join(problem.message for problem in problems_of(promised))
    assert "place and org" in messages
    assert "deuteranopia" in messages


def test_contrast_matches_the_examples_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#123456", "#123456") == 1


@given(COLOURS, COLOURS)
def test_contrast_and_distance_are_symmetric_and_bounded(one: str, other: str) -> None:
    assert 1 <= contrast(one, other) == contrast(other, one) <= 21
    for vision in VISIONS:
        apart = distance(one, other, vision)
        assert 0 <= apart <= 110
        assert apart == pytest.approx(distance(other, one, vision))
        assert distance(one, one, vision) == 0


@given(st.integers(0, 255))
def test_greys_look_the_same_to_everybody(level: int) -> None:
    grey = f"#{level:02x}{level:02x}{level:02x}"
    for vision in VISIONS:
        assert distance(grey, "#000000", vision) == pytest.approx(distance(grey, "#000000"), abs=0.1)


def test_a_theme_file_is_read_with_its_name_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "my-own.toml"
    path.write_text(GOOD.replace('label = "Dark"', 'label = "Mine"'), encoding="utf-8-sig")
    loaded = load_theme(path)
    assert (loaded.name, loaded.label) == ("my-own", "Mine")
    assert loaded.person == BUILT_IN["dark"].person


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("label = ", "not TOML: Invalid value (at"),
        ("", "'dark' must be true or false"),
        ("dark = 1", "'dark' must be true or false"),
        ("dark = true", "the table [colours] is missing"),
        ("dark = true\ncolours = 3", "the table [colours] is missing"),
        ("dark = true\n[colours]\n", "the colour background is missing (and others)"),
        (GOOD.replace("high", "tall"), None),
        (GOOD + "\nfoo = '#000000'\n", "unknown key 'foo'"),
        (GOOD.replace('person = "', 'person = "x'), "the colour person is 'x#82bdff', neither '#rrggbb'"),
        (GOOD.replace('person = "#82bdff"', "person = 7"), "the colour person must be a string"),
        (GOOD.replace('person = "#82bdff"', 'person = "ansi_pink"'), "'ansi_pink'"),
        (GOOD.replace('label = "Dark"', 'label = "\\u001b[31m"'), "'label' must be a line"),
        (GOOD.replace('label = "Dark"', 'label = "\\u202e"'), "'label' must be a line"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, reason: str | None) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    if reason is None:
        load_theme(path)
        return
    with pytest.raises(ThemeError) as caught:
        load_theme(path)
    assert caught.value.title.startswith("Theme file 'broken.toml': ")
    assert reason in caught.value.title


@pytest.mark.parametrize("name", ["Über.toml", "-x.toml", "a b.toml", ".toml", "x" * 60 + ".toml"])
def test_a_name_that_nobody_could_type_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(GOOD, encoding="utf-8")
    with pytest.raises(ThemeError, match="no usable name"):
        load_theme(path)


def test_files_that_are_no_text_and_missing_ones_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "binary.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ThemeError, match="not UTF-8 text"):
        load_theme(path)
    path.write_bytes(b"#" * 70_000)
    with pytest.raises(ThemeError, match="larger than 64 kB"):
        load_theme(path)
    with pytest.raises(ThemeError, match="cannot be read"):
        load_theme(tmp_path / "none.toml")


def test_user_themes_join_and_replace_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "sepia.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "light.toml").write_text("dark = 3", encoding="utf-8")
    found = collect(tmp_path, tmp_path / "nowhere")
    assert found.themes["mine"].label == "Dark"
    assert found.themes["sepia"].person == BUILT_IN["dark"].person
    assert found.themes["light"] == BUILT_IN["light"]
    assert set(found.errors) == {"light"}
    assert load_themes(tmp_path) == found.themes


def outcome(text: str) -> str:
    """The label of the theme that the text describes, or what is wrong with it."""
    try:
        return parse("x", text).label
    except ValueError as error:
        return str(error)


@given(st.text(max_size=200))
def test_no_text_makes_the_parser_fail_otherwise_or_speak_unprintably(text: str) -> None:
    assert outcome(text).isprintable()


@given(st.text(max_size=60), st.sampled_from(ROLES))
def test_no_colour_makes_the_message_unprintable(value: str, role: str) -> None:
    line = next(line for line in GOOD.splitlines() if line.startswith(f"{role} ="))
    escaped = "".join(f"\\U{ord(c):08x}" for c in value if not "\ud800" <= c <= "\udfff")
    assert outcome(GOOD.replace(line, f'{role} = "{escaped}"')).isprintable()


def test_the_example_in_the_documentation_is_a_good_theme() -> None:
    text = (Path(__file__).parents[2] / "docs" / "themes.md").read_text(encoding="utf-8")
    example = parse("mine", text.split("```toml\n", 1)[1].split("```", 1)[0])
    assert problems_of(example) == []
    assert all(f"`{name}`" in text for name in BUILT_IN)
