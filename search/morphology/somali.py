"""Somali: light rules of our own; no well-kept stemmer exists.

What they rest on (J. Saeed, "Somali", 1999, on determiners, noun declensions and conjugations;
M. Orwin, "Colloquial Somali", 1995, for the everyday paradigms), in our own words:

- A determiner is joined to the noun: the article (-a, -u, -ii), a demonstrative (-an, -aas), a
  possessive (-ayga, -aaga, -iisa ...) or *which* (-ee), after *k* for one gender and *t* for the
  other. *k* is *g* after g, i, y, w; *h* after the other vowels, which it makes like its own; and
  nothing after q, x, c, h, kh. *t* is *d* after d, vowels and the throat's sounds; *dh* merges with
  it, and *l* and *t* together give *sh* (walaal, walaasha). A final -o or -e is -a before it.
- Plurals: -o (with the consonant doubled, or -yo), -ooyin for -o, -ayaal for -e, the last
  consonant again after *a* (miis, miisas), -iin and -aad in words from Arabic.
- *m* is *n* at the end of a word (doon, doomo), and the short vowel between two single consonants
  falls out before an ending with a vowel (xubin, xubno).
- Verbs: of the bare root; those with -i and with -ee (raadi, samee: raadin, samayn); those that
  one does for oneself, with -o, -an, -at, -ad (codso, codsan, codsato). Each has endings for
  persons, the continuous -ay-, and nouns of action (-id, -itaan, -in, -asho).

Writers mix ay with ey, aw with ow and single with double consonants; a stem has one of each.
Written within: D, S and K for dh, sh and kh, so that each sound is one letter.
"""

from __future__ import annotations

import re

from search.morphology.somali_words import FOR_ONESELF, IN_AD, IRREGULAR, ROOT, ROOTS, WHOLE

_C = "[bcdfghjklmnqrstwxyDSK]"
_DIGRAPHS = (("dh", "D"), ("sh", "S"), ("kh", "K"))
_GLIDES = ((re.compile("(?<!a)ay"), "ey"), (re.compile("(?<!a)aw"), "ow"))

# What follows the determiner's consonant. Without -i: dukumenti has none.
_POSSESSED = "(?:ey[gd]|aa[gd]|iis|eed|een?n|eya[gd]|iin?n|ood)(?:a|u|ii)"
_POINTING = "an|ani|anu|aan|aas|aasi|aasu|uwan|uwaas|ii"
_OF_KIN = "ey|aa|een"
_ANY = f"(?:{_POSSESSED}|{_POINTING}|{_OF_KIN}|iin|iis|eed|ood|ee|a|u)"
# Where -eed, -ood, -iin and -iis are rather endings of the noun: luqadeed, luqadood, waalidiin, heshiis.
_AFTER_VOWEL = f"(?:{_POSSESSED}|{_POINTING}|{_OF_KIN}|ee|a|u)"
# A determiner, and what the noun gets back for what it lost.
_DETERMINERS = [
    (re.compile(pattern), given)
    for pattern, given in (
        (rf"(?<=[bdfjlmnrstSD])k{_ANY}$", ""),
        (rf"(?:(?<=[giyw])|(?<=ee))g{_ANY}$", ""),
        (rf"(?<=[^aeiou])[aeiou]h{_ANY}$", "o"),
        (rf"(?<=[bfgjkmnrsSyw])t{_ANY}$", ""),
        (rf"(?<=[dqxchKyw])d{_ANY}$", ""),
        (rf"(?<=[^aeiou])[aeiou]d{_AFTER_VOWEL}$", "o"),
        (rf"(?<=[aeiou])S{_AFTER_VOWEL}$", "l"),
        (r"(?<=walaa)S(?:iis|iin|eed|ood)$", "l"),
        (r"(?<=[eo]{2}y)ad(?:iis|iin|eed|ood)$", "o"),
        (rf"(?<=[qxchKD])(?:{_POSSESSED}|an|aas|ii)$", ""),
    )
]
# Feminine nouns in -ad, which writers give -a too for -da: not like shaqo, shaqada.
_IN_AD = re.compile(rf"^({'|'.join(IN_AD)}|(?:masuul|xorr?|jins|SaKs)iyad)d?[aeiou]")
# "And", "too", "but".
_JOINED = re.compile("(?:na|ba|se)$")
_JOINED_TO_CONSONANT = re.compile("(?<=[^aeioun])na$")

_PLURALS = [(re.compile("oo?yin$"), "o"), (re.compile("[ey]yaal$|yaal$"), "e")]
_PERSON = "(?:aa?|o|ey|een|aan)"
# Endings of verbs, the longest first, and how many letters they must leave.
_VERB = [
    (re.compile(rf"(?:eysan|eyn|in|an)?ey(?:{_PERSON}|[sn]{_PERSON}|nin|d)$"), 3),
    (re.compile(rf"eysa[dtn]{_PERSON}?$"), 3),
    (re.compile(rf"eyst?(?:{_PERSON}|e)?$|ey[nm]{_PERSON}?$|eey?(?:{_PERSON}|e)?$"), 3),
    (re.compile(rf"(?<!i)ii?[ysn]{_PERSON}$"), 3),
    (re.compile("(?<!a)a[dtn](?:aa|ey|een|aan)$|(?<!a)aa?t[ao]$"), 3),
    (re.compile(rf"(?<={_C})to$|(?<={_C})n(?:aa|ey)$"), 3),
    (re.compile(rf"(?<={_C})no$"), 5),
    (re.compile("(?<!a)aa$|ey$|een$"), 3),
]
_ACTION = [(re.compile("aanSo$|aSo$"), 3)]
# Endings of nouns and adjectives; two may follow one another.
_NOUN = [
    (re.compile("itaan$|eed$|ood$"), 3),
    (re.compile("(?:iin|aan|aad|iis|nin)$"), 4),
    (re.compile("(?<!i)i[nds]$"), 3),
    (re.compile("(?<!a)an$"), 4),
]
_OF_ROOT = re.compile("aa?n$")
_FINAL_VOWEL = re.compile(r"(?:aa|ee|oo|ii|uu|[aeiou])$")
_GLIDE = re.compile(rf"iy$|(?<={_C})y$")
_DOUBLE = re.compile(rf"({_C})\1")
# miisas; sabab is one of somali_words.WHOLE.
_AGAIN = re.compile(rf"(?<=..)({_C})a\1$")
_FALLING = re.compile(rf"(?<=[aeiou])({_C})[aeiou](?!\1)({_C})$")
# hesho, of hel and -to.
_MERGED = re.compile("^((?:is)?bede|hada|daryee|he|ga|di|Da)So$")
_FINAL_M = re.compile("m$")


def _sounds(word: str) -> str:
    for written, sound in _DIGRAPHS:
        word = word.replace(written, sound)
    for pattern, one in _GLIDES:
        word = pattern.sub(one, word)
    return word


def _single(word: str) -> str:
    return _DOUBLE.sub(r"\1", word)


_KNOWN = {_sounds(form): root for root, forms in IRREGULAR.items() for form in (root, *forms.split())}
# Also with single consonants, where that is no other word: jirro, jiro.
_KNOWN = {_single(form): root for form, root in _KNOWN.items()} | _KNOWN
_WHOLE = frozenset(_single(_sounds(word)) for word in WHOLE)
_ONESELF = re.compile(rf"^(.*(?:{'|'.join(FOR_ONESELF)}))ado$")


def stem(word: str) -> str:
    """The stem of a word as ``normalise.base`` gives it."""
    if not (word.isascii() and word.isalpha()):
        return word
    sounds = _sounds(word)
    known = _known(sounds)
    if known is None and len(sounds) > 3:
        sounds = _undetermined(_unjoined(sounds))
        known = _known(sounds)
    if known is None:
        sounds = _reduced(_single(sounds)) if len(sounds) > 3 else sounds
        known = _KNOWN.get(sounds)
    result = known or sounds
    for written, sound in _DIGRAPHS:
        result = result.replace(sound, written)
    return result


def _known(word: str) -> str | None:
    return _KNOWN.get(word) or _KNOWN.get(_single(word))


def _unjoined(word: str) -> str:
    bare = _JOINED.sub("", word)
    if bare != word and _undetermined(bare) != bare:
        return bare
    bare = _JOINED_TO_CONSONANT.sub("", word)
    return bare if len(bare) >= 3 else word


def _undetermined(word: str) -> str:
    """The noun without its determiner; the word itself where it has none."""
    in_ad = _IN_AD.match(word)
    if in_ad:
        return in_ad[1]
    # The longest determiner: -dayda, not -da after y.
    found = [word[: match.start()] + given for pattern, given in _DETERMINERS if (match := pattern.search(word))]
    return min((noun for noun in found if len(noun) >= 3), key=len, default=word)


def _reduced(word: str) -> str:
    """The stem of a word that has no determiner any more, with single consonants."""
    for pattern, given in _PLURALS:
        match = pattern.search(word)
        if match and match.start() >= 2:
            word = word[: match.start()] + given
            break
    if word in _KNOWN:
        return _KNOWN[word]
    word = _MERGED.sub(r"\1l", _ONESELF.sub(r"\1", word))
    if word not in _WHOLE:
        word = _of_noun(_bare(_without(_without(word, _VERB), _ACTION)))
    if word in _KNOWN:
        return _KNOWN[word]
    word = ROOT.get(word, word)
    if len(word) >= 5:
        word = _FALLING.sub(r"\1\2", word)
    return ROOT.get(word, word)


def _without(word: str, endings: list[tuple[re.Pattern[str], int]]) -> str:
    """The word without the first of ``endings`` that leaves enough of it."""
    for pattern, least in endings:
        match = pattern.search(word)
        if match and match.start() >= least:
            return word[: match.start()]
    return word


def _bare(word: str) -> str:
    """Without the final vowel, the -y- before it, and the plural's consonant."""
    without = _FINAL_VOWEL.sub("", word)
    word = _unglided(without if len(without) >= 3 else word)
    again = _AGAIN.search(word) if word not in _WHOLE else None
    return _FINAL_M.sub("n", word[: again.start() + 1] if again else word)


def _unglided(word: str) -> str:
    glide = _GLIDE.search(word)
    return word[: glide.start()] if glide and glide.start() >= 3 else word


def _of_noun(word: str) -> str:
    for _ in range(2):
        if word in _WHOLE:
            return word
        root = _OF_ROOT.sub("", word)
        if root in ROOTS:
            return root
        word = _FINAL_M.sub("n", _unglided(_without(word, _NOUN)))
    return word
