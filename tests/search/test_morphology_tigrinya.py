"""Forms of a Tigrinya word that meet, and words that must not."""

from __future__ import annotations

import pytest

from search.morphology import stem
from search.normalise import base

TOGETHER = [
    # Prepositions, and k and q after a vowel.
    "ሽወደን ንሽወደን ብሽወደን ናብሽወደን ሽወደንን",
    "ገዛ ንገዛ ብገዛ ካብገዛ",
    "ክፍሊት ብኽፍሊት ክፍሊትን ክፍሊታት",
    "ቀዳማይ ብቐዳማይ ንቐዳማይ",
    "ፍትሕ ስለፍትሕ ንፍትሕ",
    # Possessives after a consonant and after a vowel.
    "ሓገዝ ሓገዘይ ሓገዝካ ሓገዝኪ ሓገዙ ሓገዛ ሓገዝና ሓገዝኩም ሓገዞም",
    "ገዛ ገዛይ ገዛኻ ገዛኺ ገዛኡ ገዛኣ ገዛና ገዛኹም ገዛኦም ገዛውቲ",
    "ቋንቋ ቋንቋኻ ቋንቋኡ ቋንቋና ቋንቋኹም ቋንቋኦም ቋንቋታት ብቋንቋኹም",
    "ቤት ቤተይ ቤትካ ቤቱ ቤቶም ኣባይቲ ኣባይቶም ንቤት",
    "ስም ስመይ ስምካ ስሙ ስማ ስሞም ኣስማት",
    "ስራሕ ስራሕካ ስራሕኩም ስርሖም ንስራሕ ስራሓት ስራሐይ",
    "ጥዕና ጥዕናኹም ጥዕናኡ ጥዕናን ንጥዕና",
    "ህይወት ህይወተይ ህይወቱ ህይወትኩም ህይወቶም",
    # Plurals.
    "ሃገር ሃገራት ሃገርና ንሃገራትን",
    "ስደተኛ ስደተኛታት ንስደተኛታት ስደተኛታትን",
    "ሕጊ ሕግታት ሕግጋት ሕጉ ብሕጊ ሕግን",
    "ቁጽሪ ቁጽርታት ቁጽርኻ ቊጽሪ",
    "ትምህርቲ ትምህርትታት ትምህርተይ ትምህርቱ ትምህርትን ትምህርቶም",
    "ደብዳበ ደብዳቤ ደብዳበታት ደብዳበኹም ደብዳበን",
    "ውሳነ ውሳነታት ውሳነኹም ንውሳነታት",
    "ሓላፍነት ሓላፍነታት ሓላፍነቱ",
    "ኣፓርታማ ኣፓርታማታት ኣፓርታማይ አፓርታማ",
    "ፍቓድ ፍቓዳት ፍቓደይ ፍቓዱ ንፍቓዳትን",
    "ማሕበር ማሕበራት ማሕበርና",
    "መሰል መሰላት መሰላትኩም መሰላተይ መሰለይ",
    # Broken plurals.
    "ቆልዓ ቆልዑ ቆልዑን ንቆልዑ",
    "ሓኪም ሓካይም ሓኪመይ ንሓካይምን",
    "መጽሓፍ መጻሕፍቲ መጻሕፍትን",
    "ወረቐት ወረቓቕቲ ወረቓቕትኹም ወረቐተይ",
    "መርከብ መራክብ ብመራክብ",
    "ጎረቤት ጎረባብቲ ጎረቤተይ ጎረባብትኹም",
    "ሓድሽ ሓዳሽ ሓደስቲ ንሓደስቲ",
    "ወላዲ ወለዲ ወለድኹም ንወለዲ ወለደይ",
    "ኣካራዪ ኣካረይቲ ኣካራዪኡ",
    "ዑቕባ ዕቑባ ዑቕባኹም",
    # Verbs: persons, tenses, clauses, the verbal noun.
    "ምኽፋል ይኸፍል ትኸፍሉ ክኸፍል ክትከፍሉ ከፊሉ ከፈልኩም ተኸፍለ ኣይትኽፈሉ ንምኽፋል ዝኸፍል",
    "ምምዝጋብ ይምዝገብ ትምዝገቡ ክምዝገብ ክትምዝገቡ ተመዝገበ ተመዝጊብኩም ዝተመዝገበ ኣይተመዝገብኩን ምዝገባ",
    "ምክራይ ይካረ ክንካረ ትካረዩ ተኻሪኹም ዝተኻረዮ ኣካሪዩ የካርዩ ዘካሪ",
    "ምድላይ ይደሊ ትደልዩ ክደሊ ደሊኻ ድለዩ ዝደሊ",
    "ምምሃር ይመሃር ክመሃር ተማሂሩ ተማሃሩ ዝተማህረ ንምምሃር",
    "ምስራሕ ይሰርሕ ክሰርሕ ሰሪሑ ሰራሕኩ እናሰራሕኩ ንምስራሕ",
    "ምሕታት ይሓትት ትሓቱ ክሓትት ሓቲቱ ሕተቱ",
    "ምቕያር ይቕይር ክቕይር ቀይሩ ተቐየረ ንምቕያር",
    "ምዝራብ ይዛረብ ክትዛረቡ ተዘራረቡ ክዘራረብ",
    "ምድዋል ደውሉ ይድውል ክድውል",
    "ምግላጽ ክትገልጹ ዝተገልጸ",
]
APART = [
    # A letter that only looks like a preposition, an ending or a prefix.
    ("ንብረት", "ብረት"),
    ("ብርሃን", "ብርሂ"),
    ("ንጥፈት", "ጥፍኣት"),
    ("ናብራ", "ናብ"),
    ("ኣቦ", "ኣብ"),
    ("ሓጺር", "ሓጺን"),
    ("ክንክን", "ክንዲ"),
    ("ግብሪ", "ግብርና"),
    ("ኮሙን", "ኮም"),
    ("ምስክር", "ምስ"),
    ("ስም", "ስሚ"),
    ("ክፍሊ", "ክፍሊት"),
    ("ዓይነት", "ዓይኒ"),
    ("ሕብረት", "ሕብሪ"),
    ("ስደት", "ስድራ"),
    ("ኣለኹ", "ኣላዪ"),
    # A verb and a noun of its root.
    ("ይፍቀድ", "ፍቓድ"),
    ("ይኸፍል", "ክፍሊ"),
    ("ይገብር", "ግብሪ"),
    ("ይጽሕፍ", "ጽሑፍ"),
    ("ይመሃር", "ትምህርቲ"),
    ("ይመሃር", "መምህር"),
    ("ይምዝገብ", "መዝገብ"),
    ("ይነብር", "ንብረት"),
    ("ኣመልከተ", "ምልክት"),
    # Verbs that are one but for a vowel, or of other roots.
    ("ረኸበ", "ተራኸበ"),
    ("ምርካብ", "ምርኻብ"),
    ("ይኸፍል", "ይኸፍት"),
    ("ይሓትት", "ይሓትም"),
    ("ምድላይ", "ምድላው"),
    ("ምሕዳር", "ምምሕዳር"),
    # Words that look alike.
    ("ሕክምና", "ሓኪም"),
    ("ሓገዝ", "ሓጋይ"),
    ("ገዛ", "ግዝኣት"),
    ("ገዛ", "ገዛኢ"),
    ("ግዜ", "ገዛ"),
    ("መርዓ", "መርዚ"),
    ("ሕማም", "ሕማቕ"),
    ("ሽወደን", "ሽወደንኛ"),
    ("ስደት", "ስደተኛ"),
    ("ባንክ", "ባኒ"),
    ("ዑቕባ", "ዓቐብ"),
    ("ዜጋ", "ዜና"),
    ("ቁሪ", "ቁርሲ"),
    ("ድማ", "ድሙ"),
]


def _stem(word: str) -> str:
    return stem(base(word, "ti"), "ti")


@pytest.mark.parametrize("text", TOGETHER)
def test_forms_of_a_word_have_one_stem(text: str) -> None:
    stems = {word: _stem(word) for word in text.split()}

    assert len(set(stems.values())) == 1, stems


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_have_another(one: str, other: str) -> None:
    assert _stem(one) != _stem(other)


@pytest.mark.parametrize("word", ["", "ን", "ኣብ", "ናይ", "ካብ", "ድማ", "sfi", "1177", "ንsfi", "፩"])
def test_what_is_short_or_not_in_the_script_stays(word: str) -> None:
    assert stem(word, "ti") == word


def test_the_stem_of_a_stem_of_a_noun_is_the_stem() -> None:
    nouns = ("ሃገራት", "ቁጽርታት", "ፍቓዳት", "ሓካይም", "ሕግታት", "ቋንቋኹም", "ስደተኛታት", "ደብዳበታት", "መሰላትኩም", "ኣባይቲ")
    stems = [_stem(noun) for noun in nouns]

    assert [stem(found, "ti") for found in stems] == stems


def test_letters_of_the_same_sound_have_one_stem() -> None:
    assert _stem("ሠራሕተኛታት") == _stem("ሰራሕተኛ")
    assert _stem("ፀገማት") == _stem("ጸገም")
    assert _stem("አካራዪ") == _stem("ኣካረይቲ")


def test_every_letter_of_the_script_has_a_stem() -> None:
    letters = [chr(code) for code in range(0x1200, 0x1380)]
    for letter in letters:
        for word in (letter, "ም" + letter, letter * 3, "ክት" + letter * 3, letter + "ን", "ን" + letter * 3 + "ታት"):
            assert stem(word, "ti")
