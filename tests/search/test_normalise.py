"""Words as documents and queries share them."""

from __future__ import annotations

import pytest

from search.analysis import asked, forms, marks, spell
from search.normalise import LONGEST_QUERY, LONGEST_WORD, base, clean, exact, homophone, plain, words


def _tokens(text: str, language: str) -> list[str]:
    return [*spell(text, language), *marks(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("sv", "Hyra, köpa – eller bo?", ["Hyra", "köpa", "eller", "bo"]),
        ("sv", "SFI-kurs 2026", ["SFI", "kurs", "2026"]),
        ("fr", "L’école de l'enfant", ["L", "école", "de", "l", "enfant"]),
        ("en", "children's", ["children", "s"]),
        ("uk", "обов’язок", ["обов’язок"]),
        ("so", "go'aanka 'hal'", ["go'aanka", "hal"]),
        ("fa", "کتاب\u200cها", ["کتاب", "ها"]),
        ("ti", "ገዛ፡ምክራይ።ቤት፣ትምህርቲ፤", ["ገዛ", "ምክራይ", "ቤት", "ትምህርቲ"]),
        ("ar", "المَدْرَسَة، البيت؟", ["المَدْرَسَة", "البيت"]),
    ],
)
def test_words(language: str, text: str, expected: list[str]) -> None:
    found = list(words(text, language))
    assert [word.text for word in found] == expected
    assert [text[word.start : word.end] for word in found] == expected


@pytest.mark.parametrize(
    ("language", "word", "expected"),
    [
        ("sv", "LÄGENHET", "lägenhet"),
        ("sv", "la\u0308genhet", "lägenhet"),
        ("sv", "läg\u00adenhet", "lägenhet"),
        ("sv", "ﬁlm", "film"),
        ("ar", "المَدْرَسَة", "المدرسة"),
        ("ar", "مـــدرسة", "مدرسة"),
        ("ar", "أإآٱ", "اااا"),
        ("ar", "کلی", "كلي"),
        ("ar", "٢٠٢٦", "2026"),
        ("fa", "كتابي", "کتابی"),
        ("fa", "۱۱۷۷", "1177"),
        ("prs", "\u202bخانهٔ\u202c", "خانه"),
        ("uk", "обов’язок", "обовязок"),
        ("uk", "обовʼязок", "обовязок"),
        ("uk", "ґанок", "ганок"),
        ("ru", "Жильё", "жилье"),
        ("ru", "чай", "чай"),
        ("so", "goʻaan", "goaan"),
        ("sv", "'\u200f", ""),
    ],
)
def test_base(language: str, word: str, expected: str) -> None:
    assert base(word, language) == expected


def test_accents_that_are_no_letters_go_and_letters_stay() -> None:
    assert exact("kafé müsli äpple år ön", "sv") == "kafe musli äpple år ön"
    assert exact("ærø", "sv") == "ärö"
    assert exact("niños café", "es") == "niños cafe"
    assert exact("élève garçon", "fr") == "eleve garcon"
    assert exact("مدرسة مسؤول", "ar") == "مدرسه مسوول"


def test_plain_and_homophone_forms() -> None:
    assert plain("lägenhet år ön niños") == "lagenhet ar on ninos"
    assert homophone("ሓኪም") == homophone("ሀኪም") == homophone("ኃኪም")
    assert homophone("ጸጥታ") == homophone("ፀጥታ")
    assert homophone("ኣብ") == homophone("አብ") == homophone("ዓብ")
    assert homophone("ከ") != homophone("ኸ")
    assert homophone("läkare") == ""


def test_a_query_is_cut_and_cleaned_for_showing() -> None:
    assert clean("  hyra\n\tbostad  ") == "hyra bostad"
    assert clean("a\x00b\ud800c\x1b[31m\u202ed") == "abc[31md"
    assert clean("دانش\u200cآموز") == "دانش\u200cآموز"
    assert len(clean("å" * 100_000)) == LONGEST_QUERY
    assert len(base("å" * 100_000, "sv")) == LONGEST_WORD


def test_a_word_written_with_its_letters_means_them() -> None:
    letters, without = forms("lånar", "sv"), forms("lanar", "sv")
    assert letters is not None
    assert without is not None
    assert set(without.asked) & set(letters.indexed), "typed without å, it finds å"
    assert not {letters.exact, *letters.asked} & {without.exact, *without.indexed}, "typed with å, it finds no a"


def test_tokens_are_the_words_in_their_order_and_then_the_marked_ones() -> None:
    assert _tokens("Hyra lägenhet", "sv") == ["hyra", "lägenhet", "≈hyr", "≈lägenhet", "°lagenhet", "°≈lagenhet"]


def test_asked_leaves_out_what_says_nothing_unless_nothing_else_is_asked() -> None:
    assert [word.exact for word in asked("Hur hittar jag en bostad?", "sv")] == ["hittar", "bostad"]
    assert [word.exact for word in asked("vad är", "sv")] == ["vad", "är"]
    assert [word.exact for word in asked("bostad Bostad BOSTAD", "sv")] == ["bostad"]


def test_only_the_last_word_may_be_a_beginning() -> None:
    first, last = asked("hyra lagenh", "sv")
    assert first.beginnings == ()
    assert last.beginnings == ("lagenh", "°lagenh")
    assert asked("ab", "sv")[0].beginnings == ()
    assert asked("ገዛ", "ti")[0].beginnings == ("ገዛ", "°ገዛ")


def test_no_more_words_than_an_engine_should_be_asked() -> None:
    assert len(asked(" ".join(f"ord{number}" for number in range(60)), "sv")) == 12
