from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.aliases import known, parse, take
from reader.library.decisions import parted, reference, typed
from reader.library.errors import NotInLibrary
from reader.library.library import Library
from reader.library.naming import alike, organisation_name, person_name
from reader.library.reading import keep
from tests.library.namesakes import answers, filled, lines, marked, measured, wrong_quotations

WRITTEN_ON, HELD_OUT = "written_on.jsonl", "held_out.jsonl"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library.db")


def line(text: str, published: str = "2026-01-01") -> str:
    return f'{{"published": "{published}", "text": "{text}"}}'


BOB = line("“I am Bob,”^p1 said [Bob Ruiz=p1] in [Toledo=l1].")
ROBERT = line("“I am Robert,”^p1 said [Robert Ruiz=p1] in [Burgos=l2].")
COACH = line("The coach [David Miller=p2] left. “Enough,”^p2 he said.")
MINISTER = line("The minister [David Miller=p3] stayed. “More,”^p3 he said.")


def people(library: Library) -> list[tuple[str, int]]:
    with library.database.reading() as connection:
        rows = connection.execute(
            """
            SELECT person.name, count(*) FROM person JOIN named ON named.person = person.id
            WHERE person.type = 'PERSON' GROUP BY person.id ORDER BY person.name, count(*)
            """
        ).fetchall()
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("files", [(WRITTEN_ON,), (HELD_OUT,), (WRITTEN_ON, HELD_OUT)])
def test_people_of_the_set_are_told_apart_and_put_together(library: Library, files: tuple[str, ...]) -> None:
    items = filled(library, lines(*files))
    precision, recall = measured(items, answers(library))
    assert precision >= 0.99
    assert recall >= 0.88
    assert wrong_quotations(library, items) == []
    found = answers(library)
    library.rebuild()
    again = answers(library)
    assert measured(items, again) == measured(items, found)


def test_the_set_read_backwards_is_as_precise(library: Library) -> None:
    items = filled(library, reversed(lines(WRITTEN_ON, HELD_OUT)))
    precision, recall = measured(items, answers(library))
    assert precision >= 0.99
    assert recall >= 0.88
    assert wrong_quotations(library, items) == []


def test_an_article_that_is_read_again_changes_nobody(library: Library) -> None:
    articles = lines(WRITTEN_ON)
    items = filled(library, articles)
    before = measured(items, answers(library))
    for number, again in enumerate(articles):
        article, analysis, _ = marked(again, number, pipeline="newer")
        keep(library, article, analysis)
    precision, recall = measured(items, answers(library))
    assert (precision, recall) == before
    with library.database.reading() as connection:
        lost = connection.execute("SELECT id FROM person WHERE id NOT IN (SELECT person FROM named)")
        assert lost.fetchall() == []


def test_who_was_decided_to_be_one_stays_one(library: Library) -> None:
    filled(library, [BOB, ROBERT])
    assert people(library) == [("Bob Ruiz", 1), ("Robert Ruiz", 1)]
    number = library.people.decide("same", typed("Bob Ruiz"), typed("Robert Ruiz"), "his passport")
    library.people.decide("name", typed("Bob Ruiz"), "Robert “Bob” Ruiz")
    whole = [("Robert “Bob” Ruiz", 2)]
    assert people(library) == whole
    article, analysis, _ = marked(BOB, 0, pipeline="newer")
    keep(library, article, analysis)
    assert people(library) == whole
    library.rebuild()
    assert people(library) == whole
    keep(library, *marked(line("[Bob Ruiz=p1] came back."), 7)[:2])
    assert people(library) == [("Robert “Bob” Ruiz", 3)]
    assert {hit.speaker for hit in library.search('by:"bob ruiz"')} == {"Bob Ruiz", "Robert Ruiz"}
    library.people.undo(number)
    assert sorted(count for _, count in people(library)) == [1, 2]


def test_who_was_decided_to_be_two_stays_two(library: Library) -> None:
    filled(library, [BOB, BOB.replace("Toledo", "Jaén"), BOB.replace("Toledo", "León")])
    assert people(library) == [("Bob Ruiz", 3)]
    other = typed("Bob Ruiz@https://example.org/2")
    number = library.people.decide("different", typed("Bob Ruiz"), other)
    assert people(library) == [("Bob Ruiz", 1), ("Bob Ruiz", 2)]
    library.rebuild()
    assert people(library) == [("Bob Ruiz", 1), ("Bob Ruiz", 2)]
    library.people.undo(number)
    assert people(library) == [("Bob Ruiz", 3)]


def test_a_later_decision_about_the_same_two_replaces_the_earlier(library: Library) -> None:
    filled(library, [BOB, ROBERT])
    first, second = typed("Bob Ruiz"), typed("Robert Ruiz")
    library.people.decide("same", first, second)
    library.people.decide("different", second, first)
    assert [one.kind for one in library.people.decisions()] == ["different"]
    assert len(people(library)) == 2


def test_namesakes_are_shown_apart_with_what_tells_them(library: Library) -> None:
    filled(library, [COACH, MINISTER, COACH.replace("left", "came"), line("[David Miller=p9] slept.")])
    coach, minister = library.dossiers.find("david miller")
    assert (coach.articles, minister.articles) == (2, 1)
    assert coach.roles == ("coach",)
    assert coach.others == ((minister.id, "coach and minister"),)
    assert [hit.text for hit in library.dossiers.said(minister.id)] == ["“More,”"]
    (maybe,) = library.dossiers.maybe("David Miller")
    assert maybe.article.source == "https://example.org/3"
    one, other = (library.people.references(person.id)[0] for person in (coach, minister))
    library.people.decide("same", one, other)
    assert people(library) == [("David Miller", 4)]


def test_whom_one_article_means_is_parted_and_put_back(library: Library) -> None:
    filled(library, [BOB, BOB.replace("Toledo", "Jaén"), BOB.replace("Toledo", "León")])
    (bob,) = library.dossiers.find("Bob Ruiz")
    library.people.part(bob.id, 3)
    assert people(library) == [("Bob Ruiz", 1), ("Bob Ruiz", 2)]
    one, other = library.dossiers.find("Bob Ruiz")
    assert one.others == ((other.id, "as you decided"),)
    assert library.dossiers.get(other.id).others == ((one.id, "as you decided"),)
    whole = library.people.unite(other.id, one.id)
    assert people(library) == [("Bob Ruiz", 3)]
    assert library.people.decisions() == []  # what had parted them was taken back
    assert library.dossiers.get(whole).others == ()
    with pytest.raises(NotInLibrary, match="nobody with the number"):
        library.people.unite(whole, 99)
    with pytest.raises(NotInLibrary, match="No other article"):
        library.people.part(whole, 99)


def test_an_article_goes_from_one_namesake_to_the_other(library: Library) -> None:
    filled(library, [COACH, COACH.replace("left", "came"), MINISTER, MINISTER.replace("stayed", "sat")])
    coach, minister = sorted(library.dossiers.find("David Miller"), key=lambda found: found.id)
    library.people.part(coach.id, 2)
    alone = next(found for found in library.dossiers.find("David Miller") if found.articles == 1)
    library.people.unite(minister.id, alone.id, "he changed")
    assert people(library) == [("David Miller", 1), ("David Miller", 3)]
    library.rebuild()
    assert people(library) == [("David Miller", 1), ("David Miller", 3)]


def test_people_of_two_names_are_united_and_parted_again(library: Library) -> None:
    filled(library, [BOB, ROBERT, BOB.replace("Toledo", "Jaén")])
    bob, robert = (library.dossiers.find(name)[0] for name in ("Bob Ruiz", "Robert Ruiz"))
    whole = library.people.unite(bob.id, robert.id)
    library.people.call(whole, "Robert “Bob” Ruiz")
    assert people(library) == [("Robert “Bob” Ruiz", 3)]
    library.people.part(whole, 2)
    assert sorted(count for _, count in people(library)) == [1, 2]
    assert [one.kind for one in library.people.decisions()] == ["name"]
    with pytest.raises(NotInLibrary, match="No name"):
        library.people.call(whole, " ")


def test_a_single_name_is_recognised(library: Library) -> None:
    filled(library, [BOB, line("“No,”^p1 said [Ruiz=p1].")])
    (bob,) = library.dossiers.find("Bob Ruiz")
    library.people.recognise(bob.id, "Ruiz", 2)
    assert [hit.text for hit in library.dossiers.said(bob.id)] == ["“No,”", "“I am Bob,”"]
    with pytest.raises(NotInLibrary, match="Nobody in the library"):
        library.people.recognise(bob.id, "Lund", 2)


def test_single_names_initials_and_generations_join_nobody(library: Library) -> None:
    texts = [
        "[Ruiz=p1] spoke.",
        "[B. Ruiz=p1] spoke.",
        "[Bob Ruiz Jr.=p1] spoke.",
        "[Bob Ruiz Sr.=p1] spoke.",
    ]
    filled(library, [BOB, *map(line, texts), line("[Bob Ruiz=p1] spoke.")])
    assert people(library) == [("Bob Ruiz", 2), ("Bob Ruiz Jr.", 1), ("Bob Ruiz Sr.", 1)]


def test_he_and_she_are_two(library: Library) -> None:
    filled(library, [line("[Quorin Falk=p1] won. She wept."), line("[Quorin Falk=p2] lost. He laughed.")])
    (one, other) = library.dossiers.find("Quorin Falk")
    assert one.others == ((other.id, "he and she"),)


def test_a_document_that_is_forgotten_takes_its_people_along(library: Library) -> None:
    filled(library, [BOB, ROBERT])
    library.articles.forget(library.articles.get("https://example.org/0").id)
    assert people(library) == [("Robert Ruiz", 1)]


def test_nobody_unknown_is_decided_about(library: Library) -> None:
    filled(library, [BOB])
    with pytest.raises(NotInLibrary, match="Nobody in the library"):
        library.people.decide("same", typed("Bob Ruiz"), typed("Jo Lund"))
    assert library.people.decisions() == []
    with pytest.raises(NotInLibrary):
        library.people.undo(7)


@pytest.mark.parametrize("frequent", [1, 10_000])
def test_who_speaks_is_found_however_often(
    library: Library, monkeypatch: pytest.MonkeyPatch, frequent: int
) -> None:
    filled(library, lines(WRITTEN_ON))
    monkeypatch.setattr("reader.library.search._FREQUENT", frequent)
    by_name = library.search('by:"ana ruiz"')
    assert [hit.speaker for hit in by_name] == ["Ana Ruiz"] * 4
    assert [hit.text for hit in library.search("by:kerr alcohol")] == []
    assert [hit.text for hit in library.search("by:kerr sells")] == ["“It sells,”"]
    assert [hit.speaker for hit in library.search("by:ruiz by:ana nine has:quote")] == ["Ana Ruiz"]
    assert library.search("by:!?") == []


def test_what_somebody_said_is_found_behind_many_articles_that_only_hold_the_words(library: Library) -> None:
    filled(library, [line("“The harbour is full,”^p1 said [Ana Ruiz=p1].")])
    others = [line(f"“Number {n},”^p1 said [Ana Ruiz=p1] at the harbour.") for n in range(80)]
    for number, other in enumerate(others, 1):
        keep(library, *marked(other, number)[:2])
    for query in ('by:"Ana Ruiz" harbour', "harbour has:quote"):
        assert [hit.text for hit in library.search(query)] == ["“The harbour is full,”"]


def test_aliases_go_out_and_come_in(library: Library, tmp_path: Path) -> None:
    filled(library, [BOB, ROBERT])
    library.people.decide("same", typed("Robert Ruiz"), typed("Bob Ruiz"), "passport")
    library.people.decide("name", typed("Robert Ruiz"), "Robert Ruiz")
    table = ["canonical\talias\ttype\tnote", *("\t".join(alias) for alias in known(library.database))]
    assert table[1:] == ["Robert Ruiz\tBob Ruiz\tPERSON\tpassport"]
    other = Library(tmp_path / "other.db")
    assert take(other.database, parse(table)) == 1
    assert take(other.database, parse(table)) == 0
    filled(other, [BOB, ROBERT])
    assert people(other) == [("Robert Ruiz", 2)]
    with pytest.raises(NotInLibrary, match="Line 1 is no alias"):
        parse(["only one cell"])


def test_names_are_compared_without_what_varies() -> None:
    assert person_name("Dr. José-María Ruiz").key == "jose maria ruiz"
    assert person_name("John F. Kennedy").key == "john kennedy"
    assert person_name("John F. Kennedy").middle == "f"
    assert person_name("Robert Kerr Jr.").key != person_name("Robert Kerr").key
    assert not any(
        person_name(name).joins for name in ("Putin", "J. Ruiz", "J.R. Ruiz", "Mr Ruiz", "van Ruiz")
    )
    assert organisation_name("The Acme Group plc").key == "acme"
    assert alike("muammar gaddafi", "moammar qadhafi")
    assert not alike("maria lopez", "mario lopez")
    assert not alike("kari thurman", "harry truman")
    assert alike("ursula leyen", "ursula von der leyen")


@given(st.text(max_size=60))
def test_any_name_can_be_taken_apart(name: str) -> None:
    found = person_name(name)
    assert found.key == " ".join(found.key.split())
    assert found.key == person_name(name.replace("\u00a0", " ")).key
    assert parted(reference(found.key, "file")) == (found.key, "file")
