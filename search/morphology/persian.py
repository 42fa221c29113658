"""Persian and Dari: a light stemmer of our own, a list of words, and verbs by their two stems.

The letters of endings are the letters of roots (درمان, زبان, مالیات, رایگان), so short endings go
only where the list (``data/fa-words.txt``) knows what is left; the plural ها goes always. Snowball's
Persian is not used: it takes رایگان (free) for رای (vote) and سالمند (elderly) for سال (year), and
parts پناهنده from پناهندگان. Words come parted at the zero-width non-joiner (خانه‌ها is two), so what
is written together is that of writers who leave it out: خانهها, میخوانم.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from search.morphology.lexicon import lexicon
from search.normalise import base

_FOLDED = str.maketrans("ؤئ", "وی")
_POSSESSIVES = ("مان", "تان", "شان", "م", "ت", "ش")
# Plurals that nothing else ends in, with or without a possessive or "a": کودکهایشان.
_PLURAL = re.compile(r"(?<=..)ها(?:ی?(?:مان|تان|شان|م|ت|ش)|یی|ی)?$")
# رانندگان, رانندگی and وابستگی, but not رایگان, بزرگی or فرهنگی.
_FROM_E = re.compile(r"(?<=..)(ند|ست|اد|رد|فت|شت)گ(?:ان|ی)$")
# Nouns of persons that are made freely: سالمندان, هنرجویان, روزنامه‌نگاران.
_PERSONS = re.compile(r"(?<=.)(مند|گر|گزار|نگار|دار|جو(?=ی)|یست)(?:ی?ان)$")

# Past and present stem of verbs that questions are asked with.
_BOTH_STEMS = (
    "خرید/خر فروخت/فروش پرداخت/پرداز نوشت/نویس خواند/خوان پرسید/پرس گرفت/گیر فرستاد/فرست اموخت/اموز گریخت/گریز"
    " پالید/پال شنید/شنو دید/بین یافت/یاب پخت/پز شناخت/شناس فهمید/فهم گفت/گوی ساخت/ساز نشست/نشین خوابید/خواب"
    " اورد/اور امد/ای گشت/گرد ماند/مان رسید/رس پذیرفت/پذیر دانست/دان کوچید/کوچ"
)
_VERBS = tuple(pair.split("/") for pair in _BOTH_STEMS.split())
_PAST = ("", "ن", "م", "یم", "ید", "ند", "ه")
_PRESENT = ("م", "ی", "د", "یم", "ید", "ند")


def _folded(word: str) -> str:
    return base(word, "fa").translate(_FOLDED)


@cache
def _words() -> dict[str, str]:
    return lexicon("fa-words", _folded)


@cache
def _verbs() -> dict[str, str]:
    forms: dict[str, str] = {}
    for past, present in _VERBS:
        for root, ends in ((past, _PAST), (present, _PRESENT)):
            # A glide keeps two vowels apart: بیاموزید, نیامده.
            glided = "ی" + root if root.startswith("ا") else root
            starts = [root, "ن" + glided, "می" + root, "نمی" + root]
            if root is present:
                # What may come of آمدن alone is an ending of other verbs: گرفته‌اید.
                starts = ["ب" + glided, *starts[present == "ای" :]]
            for start in starts:
                for end in ends:
                    forms.setdefault(start + end, past)
    return forms


def _without_ending(word: str) -> Iterator[str]:
    """What is left of a word when what may be an ending is taken away, the likeliest first."""
    for end in _POSSESSIVES:
        if word.endswith(end):
            yield word[: -len(end)]
    if word.endswith(("گان", "گی")):
        yield word[: word.rindex("گ")] + "ه"
    if word.endswith("یان"):
        yield word[:-3]
        yield word[:-2]
    if word.endswith(("ان", "ات", "ین", "تر")):
        yield word[:-2]
    if word.endswith("ات"):
        yield word[:-2] + "ه"
    if word.endswith("ترین"):
        yield word[:-4]
    if word.endswith(("ای", "یی")):
        yield word[:-2]
    if word.endswith("انی"):
        yield word[:-3]
    if word.endswith("ی"):
        yield word[:-1]
    if word.endswith(("ام", "اش")):
        yield word[:-2]


def _known(word: str) -> str | None:
    words = _words()
    if word in words:
        return words[word]
    forms = [form for form in _without_ending(word) if len(form) > 1]
    for form in forms:
        # زان is not زن, nor بسات بس: two letters are known by little.
        if form in words and (len(form) > 2 or not word.endswith(("ان", "ات", "ین", "ی"))):
            return words[form]
    for form in forms:
        # A plural before the possessive: فرزندانم.
        if len(form) > 4 and form.endswith(("ان", "ات", "ین")):
            for inner in _without_ending(form):
                if len(inner) > 2 and inner in words:
                    return words[inner]
    return None


def stem(word: str) -> str:
    """The stem of a word as ``normalise.base`` gives it, in either language."""
    word = word.translate(_FOLDED)
    if len(word) < 3 or word.isascii():
        return word
    known = _known(word)
    if known:
        return known
    verb = _verbs().get(word)
    if verb:
        return verb
    shorter = _PLURAL.sub("", word)
    if shorter != word:
        return _words().get(shorter, shorter)
    if _FROM_E.search(word):
        return _FROM_E.sub(r"\1ه", word)
    return _PERSONS.sub(r"\1", word)
