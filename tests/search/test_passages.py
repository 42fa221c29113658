"""What of a page a hit shows."""

from __future__ import annotations

from search.analysis import asked
from search.passages import LENGTH, Matcher, passage


def cut(summary: str, body: str, text: str, language: str = "sv") -> str:
    return str(passage(summary, body, Matcher(asked(text, language), language)))


def test_the_summary_where_it_has_all_of_the_words() -> None:
    assert cut("Hyra en bostad.", "Annat.", "bostäder hyra") == "<mark>Hyra</mark> en <mark>bostad</mark>."


def test_the_place_with_most_of_the_words() -> None:
    body = f"Först bara hyra. {'Utfyllnad. ' * 60}Här står hyra och el tillsammans. {'Slut. ' * 60}"
    found = cut("Sammanfattning.", body, "hyra el")
    assert found.startswith("… Här står <mark>hyra</mark> och <mark>el</mark> tillsammans.")
    assert found.endswith(" …")
    assert len(found) < LENGTH + 60


def test_the_summary_where_the_words_are_nowhere() -> None:
    assert cut("Om vatten.", "Brödtext.", "hyra") == "Om vatten."
    assert cut("", "Brödtext. Mer.", "hyra") == "Brödtext. Mer."
    assert cut("", "", "hyra") == ""


def test_text_is_escaped_and_marks_are_not() -> None:
    found = cut("", '<script>alert(1)</script> & hyra "nu"', "hyra script")
    assert found == (
        "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; &amp; <mark>hyra</mark> &quot;nu&quot;"
    )


def test_a_beginning_marks_the_whole_word() -> None:
    assert cut("", "Uppehållstillstånd söks här.", "uppehåll") == "<mark>Uppehållstillstånd</mark> söks här."


def test_marks_stand_on_what_is_written() -> None:
    assert cut("", "في المَدْرَسَة الآن", "مدرسه", "ar") == "في <mark>المَدْرَسَة</mark> الآن"
    assert cut("", "l’école ouvre", "ecole", "fr") == "l’<mark>école</mark> ouvre"
    assert cut("", "ቤት ትምህርቲ ይኸዱ", "ትምሕርቲ", "ti") == "ቤት <mark>ትምህርቲ</mark> ይኸዱ"


def test_a_text_without_spaces_or_ends_is_cut_too() -> None:
    found = cut("", "x" * 5000 + " hyra " + "y" * 5000, "hyra")
    assert "<mark>hyra</mark>" in found
    assert len(found) < 2 * LENGTH
