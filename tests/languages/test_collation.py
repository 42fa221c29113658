"""Names sorted by each language's alphabet."""

from __future__ import annotations

import pytest

from cms.languages.collation import collation_key

SORTED = {
    "sv": "Ale Arvika Éda Gö-Re Göteborg Uppsala Vara Västerås Wadköping Übersee Ystad Zinkgruvan "
    "Åmål Älvsbyn Ängelholm Örebro Östersund Østfold",
    # Marks are of second rank in English: Å is an A.
    "en": "Ale Älvsbyn Åmål Arvika Göteborg Örebro Uppsala",
    "es": "nube nz Ñame ñu oso",
    "fr": "cote coté côte côté coude",
    "so": "aqoon bulsho caafimaad dugsi xaq",
    "ru": "елец ёлка ель жить йод яблоко",
    "uk": "Гора Ґава Дім Єва Жито Ива Іва Їжак Йод Щит Юг Яма",
    "ar": "إبراهيم أحمد آدم بيت تاج ثلج هواء ورد يوم",
    "fa": "آب اب با پا تا چای ژاله کتاب گل وال هوا یک",
    "prs": "آب اب با پا تا چای ژاله کتاب گل وال هوا یک",
    "ti": "ሀገር ለይቲ ሓበሬታ ትግርኛ ኣቦ ዓዲ",
}


def in_order(names: list[str], code: str) -> list[str]:
    # From another order than the right one, so that a key that says nothing is seen.
    mixed = sorted(names, key=lambda name: name[::-1])
    return sorted(mixed, key=lambda name: collation_key(name, code))


@pytest.mark.parametrize("code", SORTED)
def test_the_order_of_names(code: str) -> None:
    names = SORTED[code].split()
    assert in_order(names, code) == names


def test_lists_go_word_by_word_and_pass_over_hyphens() -> None:
    names = ["Västra Frölunda", "Västra Götaland", "Västra-Karup", "Västran"]
    assert in_order(names, "sv") == names


def test_own_script_comes_before_others() -> None:
    assert sorted(["Malmö", "يوم", "Ale"], key=lambda name: collation_key(name, "ar")) == ["يوم", "Ale", "Malmö"]


def test_small_comes_before_large_and_nothing_else_decides() -> None:
    assert sorted(["SFI", "sfi", "Sfi"], key=lambda name: collation_key(name, "sv")) == ["sfi", "Sfi", "SFI"]
    assert sorted(["Åb", "ÅA"], key=lambda name: collation_key(name, "sv")) == ["ÅA", "Åb"]


def test_letters_in_two_pieces_sort_as_one() -> None:
    assert collation_key("A\u030angermanland", "sv")[0] == collation_key("Ångermanland", "sv")[0]


def test_an_arabic_keyboard_does_not_break_a_persian_list() -> None:
    assert collation_key("كتاب", "fa")[0] == collation_key("کتاب", "fa")[0]
