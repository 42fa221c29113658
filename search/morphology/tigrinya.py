"""Tigrinya: light rules of our own; no well-kept stemmer exists.

The script is a syllabary: a letter is a consonant and one of seven orders of vowel (ä u i a e ə o),
eight code points a consonant, so an ending that begins with a vowel changes the last letter. What
the rules rest on, as grammars of Tigrinya have it (Mason, "Tigrinya Grammar", 1996; Leslau,
"Documents tigrigna", 1941), in our words:

- ን ብ (to, by) are written with their noun, and ኣብ ካብ ናብ by some writers; k and q after a vowel
  become ኸ and ቐ. Clauses begin with ክ (that one may), ዝ (who, which), እንተ, ከይ and ዘይ (not).
- ን after each of two words means *and*; ኣይ…ን is *not*.
- Possessives: ስራሐይ, ስራሕካ, ስራሕኪ, ስራሑ, ስራሓ, ስራሕና, ስራሕኩም, ስራሖም; after a vowel ገዛኻ, ገዛኡ, ገዛኦም.
- Plurals: ሃገራት, ቋንቋታት, ስደተኛታት; ትምህርቲ and ቁጽሪ lose or keep their vowel. Broken plurals (ኣባይቲ of
  ቤት) follow the root, and are listed.
- A verb is a root of consonants: ይኸፍል, ክትከፍሉ, ከፊሉ, ተኸፍለ, and ምኽፋል, *paying*. We write every form of it
  as that verbal noun, which has its vowels always in the same places. So a verb never meets a noun
  of its root: ይፍቀድ (is allowed) isn't ፍቓድ (a permit).

Without a prefix only usual verbs are known; with one that no noun has, any of three or four consonants.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from search.morphology.tigrinya_words import FORMS, ROOTED, ROOTS, SHORT_NOUNS, WHOLE

_FIRST, _LAST = 0x1200, 0x1357
_A, _U, _I, _AA, _E, _SHORT, _O = range(7)
_GUTTURALS = frozenset("ሀሐዐአ")

# k and q after a vowel; series that sound alike in Tigrinya; rounded k, q and g as their plain ones.
_SERIES = {"ኸ": "ከ", "ቐ": "ቀ", "ሠ": "ሰ", "ፀ": "ጸ", "ኀ": "ሐ"}
_PLAIN = {ord(old) + order: ord(new) + order for old, new in _SERIES.items() for order in range(7)} | str.maketrans(
    "ኰዀጐቈኵጕቍቊዅ", "ኮኮጎቆኩጉቁቁኩ"
)
_UNROUNDED = str.maketrans("ኵጕቍ", "ክግቅ")
# First and fourth order of these are one; kept before -ይ, where they tell ስራሐይ (my work) from ካልኣይ.
_THROAT = re.compile("[ሀሐዐአ](?!ይን?$)")
_TO_FOURTH = str.maketrans("ሀሐዐአ", "ሃሓዓኣ")


def _consonant(letter: str) -> str:
    return chr(ord(letter) - (ord(letter) - _FIRST) % 8)


def _order(letter: str) -> int:
    return (ord(letter) - _FIRST) % 8


def _with(letter: str, order: int) -> str:
    return chr(ord(_consonant(letter)) + order)


def _closed(word: str) -> str:
    """The word with its last letter in the sixth order, the one without a vowel: ሕጊ, ሕጉ and ሕግ are one."""
    return word[:-1] + _with(word[-1], _SHORT).translate(_UNROUNDED)


def _table(groups: Iterable[str]) -> dict[str, str]:
    """Each form of each group, and the form that stands for it."""
    found: dict[str, str] = {}
    kept = ""
    for group in groups:
        for number, form in enumerate(group.translate(_PLAIN).split()):
            written = form.removesuffix("!")
            key = written if form.endswith("!") else _closed(form)
            kept = key if number == 0 else kept
            found |= {written: kept, key: kept}
    return found


_IRREGULAR = _table(FORMS)
_WHOLE = _table(WHOLE)
_SHORT_NOUNS = _table(SHORT_NOUNS)
_ENDING_IN_I = frozenset(noun for noun in SHORT_NOUNS if _order(noun[-1]) == _I)
_ROOTS = frozenset(ROOTS)
# Of two consonants (ሓዘ, ሃበ, ከደ).
_SHORT_ROOTS = frozenset({"ሕዝ", "ህብ", "ክድ"})
# ተራኸበ (met) beside ረኸበ (found): the long vowel tells them apart, in the verbal noun the softened k.
_MET, _MEETING = "ርክብ", ("ርኻብ", "ራካብ")
_NOT = ("", "ኣይ", "ዘይ", "ከይ", "እንተዘይ")
_CLAUSE = ("", "ክ", "ዝ", "እ", "ንክ", "ንዝ", "ብዝ", "እንተ", "እና", "ስለዝ", "ከምዝ", "ም", "ንእ", "ብእ")
_SUBJECT = ("", "ይ", "ት", "ን", "እ", "ተ", "ነ", "የ", "ኣ", "ኣስተ", "ተተ", "ተኣ")
# What the vowels of ክ, ዝ and ኣይ make of የ and ኣ that follow: ከካሪ, ዘካሪ.
_FUSED = ("ከ", "ዘ", "ንከ", "ንዘ", "ከተ", "ዘተ", "ከነ", "እተ", "እነ", "ኣየ", "ኣይተ", "ዘየ")
_FINITE = frozenset({"".join(parts) for parts in product(_NOT, _CLAUSE, _SUBJECT)} | set(_FUSED))
_VERBAL_NOUN = frozenset({"ም", "ንም", "ብም", "ዘይም", "ንዘይም", "ብዘይም"})
_LONGEST = max(map(len, _FINITE | _VERBAL_NOUN))
# No noun begins so: what follows is a verb, known or not.
_CERTAIN = re.compile("(?:ን?ክት|ን?ክን|ን?ከተ|ን?ዝተ|ክይ|ዝይ|[ኣዘከ]ይ[ተትን]|[ንብ]?እት|እንት|ስለዝተ|ከምዝተ|ምት)")
# Of one letter, and as often a word's own: nothing follows them that is as short as a word itself.
_DOUBTFUL = frozenset("ንነተኣእየ")
_OBJECT = re.compile("(?:[ኒካኪናኩዋዮያኦኣኡትምሉላ]|ኩም(?:ዎ|ዋ)?|ክን|ክዎ|ዎ[ምን]?|ዮም|የን|ኦም|ለይ|ል(?:ካ|ኪ|ና|ኩም)|ሎም|ናዮ|ካዮ|ኩሉ|ናሉ)?")
_POSSESSED = re.compile("(?:[ይካኪናምንኡኣ]|ኩም|ክን|ኦም)?")

_PREPOSITION = re.compile("(?:ስለ|ኣብ|ካብ|ናብ|ን|ብ)")
_AFTER_VOWEL = re.compile("(?:ኡ|ኣ|ኦም|ኤን|ኣን)$")
_POSSESSIVE = re.compile("(?:ኩም|ክን|ካ|ኪ|ና)$")


def stem(word: str) -> str:
    """The stem of a word as ``normalise.base`` gives it; the word itself if it isn't Ethiopic."""
    if not word or not all(_FIRST <= ord(letter) <= _LAST for letter in word):
        return word
    word = word.replace(*_MEETING)
    word = _THROAT.sub(lambda match: match[0].translate(_TO_FOURTH), word.translate(_PLAIN))
    noun = _noun(word)
    return noun if noun in _KNOWN else _verb(word) or noun


def _verb(word: str) -> str:
    """The verbal noun of a verb's form, or nothing. A known root is a better guess than an unknown one."""
    ends = (word, word[:-1]) if word.endswith("ን") else (word,)
    for end in ends:
        for root, met, _ in _readings(end, (4, 3, 2, 5)):
            if root in _ROOTS or root in _SHORT_ROOTS:
                return _named(root, met=met)
    for end in reversed(ends):
        for root, met, certain in _readings(end, (3, 4, 5)):
            if certain:
                return _named(root, met=met)
    return ""


def _readings(word: str, sizes: tuple[int, ...]) -> Iterator[tuple[str, bool, bool]]:
    """The roots that a word may be of; whether the first one's vowel is a long one; whether it is surely a verb."""
    for length, verbal_noun in product(range(min(_LONGEST, len(word)), -1, -1), (True, False)):
        prefix, rest = word[:length], word[length:]
        if prefix not in (_VERBAL_NOUN if verbal_noun else _FINITE):
            continue
        for size in sizes:
            letters, tail = rest[:size], rest[size:]
            if len(letters) == size and (_POSSESSED if verbal_noun else _OBJECT).fullmatch(tail):
                orders = [_order(letter) for letter in letters]
                if _fits_noun(orders, tail) if verbal_noun else _fits_verb(letters, orders, prefix, tail):
                    certain = verbal_noun or _CERTAIN.fullmatch(prefix) is not None
                    yield from ((root, orders[0] == _AA, certain) for root in _roots(letters, orders))


def _roots(letters: str, orders: list[int]) -> tuple[str, ...]:
    """The roots that these letters may be of: some consonants aren't heard, and one may be said twice."""
    root = _short(letters)
    if len(root) > 2:
        # ዘራረበ, talked with each other.
        return (root[0] + root[2:],) if len(root) > 3 and root[1] == root[2] else (root,)
    if orders[-1] in (_A, _I):
        return (root + "ይ", root + "እ", root)
    # ትሓቱ, you ask, of ሓተተ.
    doubled = (root + root[1],) if _consonant(root[0]) in _GUTTURALS else ()
    return (*doubled, root + "እ", root)


def _short(letters: str) -> str:
    return "".join(_with(letter, _SHORT) for letter in letters)


def _named(root: str, *, met: bool) -> str:
    """The verbal noun of a root."""
    if root in ("ክይድ", "ክድ"):
        return "ምካድ"
    if len(root) == 2 or (met and root == _MET):
        root = _with(root[0], _AA) + root[1:]
    return "ም" + (root if len(root) == 2 else root[:-2] + _with(root[-2], _AA) + root[-1])


def _fits_noun(orders: list[int], tail: str) -> bool:
    """Whether letters have the vowels of a verbal noun."""
    last = {"": (_SHORT, _U, _AA), "ይ": (_A, _AA), "ም": (_O,), "ን": (_A, _AA)}.get(tail, (_SHORT,))
    return orders[-2] == _AA and orders[0] in (_SHORT, _AA) and orders[-1] in last


def _fits_verb(letters: str, orders: list[int], prefix: str, tail: str) -> bool:
    """Whether letters have the vowels of a verb, with this before and that behind."""
    size, first, before, last = len(letters), orders[0], orders[-2], orders[-1]
    throat = [_consonant(letter) in _GUTTURALS for letter in letters]
    if size == 2:
        return _fits_short(letters, prefix, tail)
    if last == _E or (last == _I and not prefix.endswith("ት")) or (tail == "ም" and last != _O):
        return False
    past = before == _AA and throat[-1] and tail != ""
    if not prefix:
        if size != 3 or (last == _O and not tail):
            return False
        if first in (_A, _AA):
            bare = tail == "" and last == _SHORT
            return past or (before in (_A, _I) and not bare) or (before == _SHORT and last != _AA)
        return first == _SHORT and ((before == _A and last in (_SHORT, _U)) or before == _I)
    rounded = before in (_U, _O) and letters[-2] in "ጉጎቁቆኩኮ" and prefix != "ን"
    if not (before in (_SHORT, _A, _I) or rounded or past or (throat[-2] and before == _AA)):
        return False
    if before == _I and prefix[-1] == "ን":
        return False
    if size == 4 and first == _A:
        return prefix[-1] in "ተኣ" or _consonant(letters[1]) == _consonant(letters[2])
    # ን is a preposition too: only what a noun hardly looks like.
    return prefix != "ን" or (first in (_A, _AA) and not throat[-2])


def _fits_short(letters: str, prefix: str, tail: str) -> bool:
    """The same for two letters, the root's others not being heard: ይደሊ, ደሊኻ, ክካረ, ይሓቱ."""
    first, last = _order(letters[0]), _order(letters[1])
    if _short(letters) in _SHORT_ROOTS:
        return last not in (_I, _E) and (first != _SHORT or prefix != "")
    ended = last == _I and tail != ""
    if not prefix:
        # Not ኣለኹ, I am.
        past = first in (_A, _AA) and (ended or (last == _A and tail != "")) and letters[0] != "ኣ"
        return past or (first == _SHORT and last == _A and not tail)
    throat = _consonant(letters[1]) in _GUTTURALS
    heard = first in (_A, _AA) or (first == _SHORT and (last == _A or (last == _I and throat)))
    return heard and (ended or prefix not in _DOUBTFUL) and (last != _SHORT or not tail)


def _noun(word: str) -> str:
    if not _whole(word) and not word.startswith(ROOTED):
        match = _PREPOSITION.match(word)
        if match and _enough(word[match.end() :]):
            word = word[match.end() :]
    if word.endswith("ን") and _enough(word[:-1]) and not _kept(word):
        word = word[:-1]
    return _joined(word if _kept(word) else _singular(_unpossessed(word)))


def _kept(word: str) -> bool:
    return _irregular(word) is not None or _whole(word)


def _whole(word: str) -> bool:
    return word in _WHOLE or _closed(word) in _WHOLE


def _irregular(word: str) -> str | None:
    closed = _closed(word) if _may_close(word) else word
    return _IRREGULAR.get(word) or _IRREGULAR.get(closed)


def _may_close(word: str) -> bool:
    """Whether the vowel at the end says nothing. ስሙ is of ስም, name, but ስሚ, poison, isn't."""
    return len(word) > 2 or _order(word[-1]) != _I or word in _ENDING_IN_I


def _enough(rest: str) -> bool:
    """Whether a word may be this one with something at its end: three letters, or a known noun of two."""
    return len(rest) > 2 or (rest != "" and (_closed(rest) in _SHORT_NOUNS or rest in _SHORT_NOUNS))


def _unpossessed(word: str) -> str:
    rest, last = word[:-1], word[-1]
    after = _AFTER_VOWEL.search(word)
    if after and _enough(word[: after.start()]) and _order(word[after.start() - 1]) != _SHORT:
        return word[: after.start()]
    if rest and last in "ይን" and _order(rest[-1]) == _A and _enough(rest):
        return _closed(rest)
    if rest and last == "ይ" and _order(rest[-1]) == _AA and (len(rest) > 4 or _known(rest)):
        return rest
    if rest and last == "ም" and _order(rest[-1]) == _O and _enough(rest):
        return _closed(rest)
    match = _POSSESSIVE.search(word)
    return word[: match.start()] if match and _enough(word[: match.start()]) else word


def _known(noun: str) -> bool:
    return _kept(noun) or _closed(noun) in _SHORT_NOUNS


def _singular(word: str) -> str:
    if _kept(word) or len(word) < 4:
        return word
    if word.endswith("ታት"):
        rest = word[:-2]
        # ክፍሊታት is of ክፍሊት; ክፍልታት of ክፍሊ.
        return rest + "ት" if _order(rest[-1]) in (_I, _E) else rest
    if word.endswith("ውያን"):
        return word[:-2]
    if word.endswith("ዊት"):
        return word[:-1]
    return _closed(word[:-1]) if word[-1] == "ት" and _order(word[-2]) in (_AA, _O) else word


def _joined(word: str) -> str:
    """The form that stands for it; else without the vowel at its end, but for -ä, and without the t of -ät."""
    if _kept(word):
        return _irregular(word) or _closed(word)
    if len(word) < 3:
        return _closed(word) if _may_close(word) and _closed(word) in _SHORT_NOUNS else word
    if len(word) > 3 and _closed(word)[-1] == "ት" and _order(word[-2]) == _A:
        return word[:-1]
    return word if _order(word[-1]) == _A else _closed(word)


_KNOWN = frozenset(_IRREGULAR.values()) | frozenset(_WHOLE)
