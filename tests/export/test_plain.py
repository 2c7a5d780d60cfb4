from dataclasses import replace

from reader.export.options import Options
from reader.export.plain import render
from reader.model.analysis import Analysis
from reader.model.article import Article


def test_names_and_speakers_are_written_where_they_stand(article: Article, analysis: Analysis) -> None:
    text = render(article, analysis, Options())
    assert text.startswith(
        "Harbour plan “a gamble” [SPEAKER: no speaker given], says mayor\n\n"
        "Jo Lind · 4 March 2024 · Harbour Wire"
    )
    assert "“It is a gamble,” [SPEAKER: Ana Ruiz] Mayor [PERSON: Ana Ruiz] said." in text
    assert "\n\n- The [ORG: Harbour Trust] called it “reckless” [SPEAKER: The Harbour Trust].\n\n" in text
    assert "\n\n> “Nobody asked us,” [SPEAKER: “a fisherman”] said a [GROUP: fisherman].\n\n" in text


def test_a_title_outside_the_text_is_printed_first() -> None:
    article = Article("Some words.", title="A title")
    assert render(article, Analysis(), Options()) == "A title\n\nSome words.\n"


def test_quotations_alone(article: Article, analysis: Analysis) -> None:
    text = render(article, analysis, Options(only="quotations"))
    assert "“It is a gamble,”\n    — Ana Ruiz · said · ¶1 · 98% sure\n\n“But we" in text
    assert "“a gamble”\n    — no speaker given · title\n" in text


def test_entities_alone(article: Article, analysis: Analysis) -> None:
    text = render(article, analysis, Options(only="entities"))
    assert "People\n- Ana Ruiz (also Ruiz): 2 mentions\n\nPlaces\n- Port Ellery: 1 mention" in text


def test_a_selection_limits_the_text_but_not_what_is_known_of_it(
    article: Article, analysis: Analysis
) -> None:
    quotation = analysis.quotations[1]
    text = render(article, analysis, Options(selection=(quotation.start, quotation.end)))
    assert text.splitlines()[-1] == "“It is a gamble,” [SPEAKER: Ana Ruiz]"


def test_text_outside_blocks_is_kept(article: Article, analysis: Analysis) -> None:
    without = replace(article, blocks=article.blocks[:1])
    assert "Ruiz] at the quay" in render(without, analysis, Options())


def test_an_article_without_text_still_prints() -> None:
    assert render(Article(""), Analysis(), Options()) == "\n"
