"""Which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.text.languages import language_name, language_of, script_of

# One plain sentence of local news in each, written for this.
SENTENCES = {
    "en": "The council said on Monday that it would not close the bridge before the end of the year.",
    "es": "El ayuntamiento anunció el lunes que no cerrará el puente antes de que termine el año.",
    "pt": "A câmara anunciou na segunda-feira que não vai fechar a ponte antes do fim do ano.",
    "fr": "La mairie a annoncé lundi que le pont ne serait pas fermé avant la fin de l’année.",
    "it": "Il comune ha annunciato lunedì che il ponte non sarà chiuso prima della fine dell’anno.",
    "ro": "Primăria a anunțat luni că podul nu va fi închis înainte de sfârșitul anului.",
    "de": "Die Stadt hat am Montag mitgeteilt, dass die Brücke nicht vor Ende des Jahres gesperrt wird.",
    "nl": "De gemeente heeft maandag gezegd dat de brug niet voor het einde van het jaar dichtgaat.",
    "sv": "Kommunen sade i måndags att bron inte ska stängas före slutet av året.",
    "da": "Kommunen oplyste mandag, at broen ikke bliver lukket før udgangen af året.",
    "nb": "Kommunen sa mandag at broen ikke blir stengt før utgangen av året.",
    "fi": "Kaupunki kertoi maanantaina, että silta ei ole kiinni ennen kuin vuosi on lopussa.",
    "pl": "Rada miasta poinformowała w poniedziałek, że most nie zostanie zamknięty przed końcem roku.",
    "cs": "Město v pondělí uvedlo, že most nebude uzavřen před koncem roku, protože se to nevyplatí.",
    "hu": "A város hétfőn azt mondta, hogy a hidat nem zárják le az év vége előtt.",
    "tr": "Belediye pazartesi günü yaptığı açıklamada köprünün yıl sonundan önce kapatılmayacağını söyledi.",
    "id": "Pemerintah kota mengatakan pada hari Senin bahwa jembatan itu tidak akan ditutup.",
    "vi": "Hội đồng thành phố cho biết hôm thứ Hai rằng cây cầu sẽ không bị đóng trước cuối năm.",
    "ru": "Мэрия сообщила в понедельник, что мост не будет закрыт до конца года.",
    "uk": "Мерія повідомила у понеділок, що міст не буде закритий до кінця року.",
    "bg": "Общината съобщи в понеделник, че мостът няма да бъде затворен до края на годината.",
    "el": "Ο δήμος ανακοίνωσε τη Δευτέρα ότι η γέφυρα δεν θα κλείσει.",
    "ar": "وقال المجلس يوم الاثنين إن الجسر لن يغلق قبل نهاية العام في المدينة.",
    "fa": "شهرداری روز دوشنبه گفت که این پل تا پایان سال بسته نخواهد شد.",
    "he": "העירייה הודיעה ביום שני כי הגשר לא ייסגר.",
    "hi": "नगर परिषद ने सोमवार को कहा कि पुल साल के अंत से पहले बंद नहीं होगा।",
    "zh": "市政府星期一表示，大桥在年底之前不会关闭。",
    "ja": "市は月曜日、橋を年末まで閉鎖しないと発表した。",
    "ko": "시는 월요일에 다리를 연말까지 닫지 않겠다고 밝혔다.",
    "th": "เทศบาลแถลงเมื่อวันจันทร์ว่าสะพานจะไม่ปิด",
    "ka": "მერიამ ორშაბათს განაცხადა, რომ ხიდი არ დაიხურება.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_tells_its_language(code: str) -> None:
    assert language_of(SENTENCES[code]) == code
    assert language_name(code).isalpha()


@pytest.mark.parametrize("code", ["es", "de", "pl", "fr"])
def test_capitals_and_curly_apostrophes_do_not_hide_a_language(code: str) -> None:
    assert language_of(SENTENCES[code].upper()) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "42 – 17",
        "Hola",
        "Juan Carlos de la Torre y de los Ríos, Universidad de los Andes de La Paz",
        "Ludwig van der Berg; Maria von den Linden; Jean de la Fontaine",
        "Chelsea 2, Arsenal 1",
        "Results: Boca 3 River 2",
        "Lorem",
    ],
)
def test_too_little_is_unknown(text: str) -> None:
    assert language_of(text) is None


def test_foreign_words_in_english_leave_it_english() -> None:
    text = (
        "The mayor said “hasta la vista” to the reporters of El País and Le Monde, and that the Casa de la "
        "Cultura in the Calle de los Reyes would be open until the end of the week."
    )
    assert language_of(text) == "en"


def test_a_text_of_two_languages_that_is_half_english_is_english() -> None:
    assert language_of(SENTENCES["en"] + " " + SENTENCES["de"] + " " + SENTENCES["en"]) == "en"


def test_english_words_in_a_foreign_article_leave_it_foreign() -> None:
    text = (
        SENTENCES["de"]
        + " Der Chef von „The Voice of the People“ ist am Montag mit dem Zug nach Bonn gefahren."
    )
    assert language_of(text) == "de"


@given(st.text(max_size=300))
@example("\U0002ebe1")
def test_any_text_has_an_answer(text: str) -> None:
    code = language_of(text)
    assert code is None or language_name(code) != code
    assert (script_of(text) is None) == (not any(map(str.isalpha, text)))


def test_of_a_long_text_only_samples_are_read() -> None:
    counted = SENTENCES["en"] + " "
    text = counted * 2_000 + SENTENCES["fr"] * 20 + counted * 2_000
    assert language_of(text) == "en"
