"""Arabic: a light stemmer of our own, and a list of words for what no rule can tell.

Whether the first letter of وصي or بلدية is a conjunction, or the last of مكتبة an ending that can
go, only the word itself says. So a form is first looked up with any prefix and ending taken away
(``data/ar-words.txt``), broken plurals among them; what the list does not know is stripped with
care. Snowball's Arabic is not used: it takes بلد and بلدية, مكتب and مكتبة for one word, and
parts بطاقة from بطاقات.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from search.morphology.lexicon import lexicon
from search.normalise import base

# What writers interchange, before anything is compared: مدرسه is مدرسة, مسوول is مسؤول.
_FOLDED = str.maketrans("ةؤئ", "هوي")

_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بلك"
# Endings, the longest first, and what the word may have ended in before. ت before a possessive is a ة.
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    *((f"ات{end}", ("ه", "")) for end in ("هما", "ها", "هم", "هن", "كم", "كن", "نا", "ه", "ك", "ي")),
    *((f"ت{end}", ("ه", "ت")) for end in ("هما", "ها", "هم", "هن", "كم", "كن", "نا", "ه", "ك", "ي", "ان", "ين")),
    *(
        (end, ("",))
        for end in ("هما", "ها", "هم", "هن", "كم", "كن", "نا", "ه", "ك", "ي", "ان", "ين", "ون", "يا", "و", "ا")
    ),
    ("ات", ("ه", "")),
)
_BY_LAST = {
    last: tuple((end, before) for end, before in _ENDINGS if end[-1] == last)
    for last in {end[-1] for end, _ in _ENDINGS}
}

# For words that are not in the list. Roots that begin with what looks like "and".
_NOT_AND = (
    "وظيف وظايف وثيق وثايق ولاد واجب وزار وكال وسيل وسايل وصاي وقاي ولاي وحده وحدات وحيد وجب وجود وصول واقع وضع"
    " ورش وسط وطن وراث وديع واضح وارد وافق وقود وقوع واسط والد ويب وشم وعي وباء"
)
_AND_OF_ROOT = tuple(_NOT_AND.split())
# ال of a foreign name or of a verbal noun is no article.
_NOT_THE = "الماني البان الكترون التقاء التقاط التفاف التباس الهام الحاق الحاح المنيوم الذي التي الان"
_AL_OF_ROOT = tuple(_NOT_THE.split())
# Behind للـ the word's own ل is not written twice: للغة is for the language.
_BEHIND_LIL = ("لغه", "لغات", "لجوء", "لاجي", "لجنه", "لجان", "لقاح", "لقاء", "لحم", "لوحه", "لوحات", "ليل")
_NO_ENDING = (
    "فلسطين تلفزيون مليون ملايين تمارين بساتين شرايين متعاون يتعاون تتعاون تفاهم تراكم اشتراك استهلاك امتلاك سلوك"
    " ادراك جمارك اثبات نبات فرنسا هولندا بولندا ايسلندا فنلندا ايرلندا اوغندا رواندا امريكا افريقيا كورونا سينما"
    " كاميرا لماذا عندما بينما ربما احيانا مياه فواكه استثناء تركيا سوريا روسيا اوكرانيا المانيا بريطانيا ايطاليا"
)
_KEPT = frozenset(_NO_ENDING.split())


def _folded(word: str) -> str:
    return base(word, "ar").translate(_FOLDED)


@cache
def _words() -> dict[str, str]:
    return lexicon("ar-words", _folded)


def _without_prefix(word: str) -> Iterator[str]:
    """The word, and what is left of it when what may be a prefix is taken away, the least first."""
    yield word
    heads = [word]
    if word[0] in _CONJUNCTIONS:
        heads.append(word[1:])
        yield word[1:]
    for head in heads:
        if head.startswith("ال"):
            yield head[2:]
        elif head.startswith(("بال", "كال")):
            yield head[3:]
        if head.startswith("لل"):
            yield head[1:]
            yield head[2:]
        elif head and head[0] in _PREPOSITIONS:
            yield head[1:]


def _without_ending(word: str) -> Iterator[str]:
    for end, before in _BY_LAST.get(word[-1], ()):
        if word.endswith(end) and len(word) - len(end) >= 2:
            for last in before:
                yield word[: len(word) - len(end)] + last


def _known(word: str) -> str | None:
    known = _words()
    starts = [start for start in _without_prefix(word) if len(start) > 1]
    for start in starts:
        if start in known and (len(start) > 2 or start is word or word.endswith("ال" + start)):
            return known[start]
    for start in starts:
        for form in _without_ending(start):
            # Of two letters there is too little left to be certain, unless nothing but an ending went.
            if form in known and (len(form) > 2 or (form == "حق" and start.endswith(("ه", "ك", "ي", "ا")))):
                return known[form]
    return None


def _without_article(word: str) -> str:
    # ف is "so" seldom and a root's first letter often, so it goes before an article only.
    if len(word) > 4 and word.startswith(("و", "فال", "فلل")) and not word.startswith(_AND_OF_ROOT):
        word = word[1:]
    if word.startswith(_AL_OF_ROOT):
        return word
    if word.startswith(("بال", "كال")) and len(word) > 5:
        return word[3:]
    if word.startswith("لل") and len(word) > 4:
        return word[1:] if word[1:].startswith(_BEHIND_LIL) else word[2:]
    if word.startswith("ال") and len(word) > 4:
        return word[2:]
    return word


def _stripped(word: str) -> str:
    """A word that the list does not know, without the endings that leave enough of it."""
    if word in _KEPT or len(word) < 4:
        return word
    for end in ("هما", "ها", "هم", "هن", "كم", "كن", "ك"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            word = word[: -len(end)]
            # أسرتها: the ت is a ة.
            return word[:-2] if word.endswith("ات") else word.removesuffix("ت")
    if word.endswith(("تي", "تنا", "تان", "تين")) and len(word) > 5:
        word = word[: word.rindex("ت")]
        return word.removesuffix("ا")
    if word.endswith("ات") and len(word) > 4:
        return word[:-2]
    if word.endswith(("ين", "ون")) and len(word) > 5 and not (word[0] == "ت" and len(word) == 5):
        return word[:-2]
    if word.endswith("وا") and len(word) > 4:
        return word[:-2]
    if word.endswith("ا") and len(word) > 4 and not word.endswith(("يا", "ندا")):
        return word[:-1]
    if word.endswith("ه") and len(word) > 3:
        return word[:-1]
    return word


def stem(word: str) -> str:
    """The stem of a word as ``normalise.base`` gives it."""
    word = word.translate(_FOLDED)
    if len(word) < 3 or word.isascii():
        return word
    return _known(word) or _stripped(_without_article(word))
