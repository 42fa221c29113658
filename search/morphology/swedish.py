"""Swedish: Snowball, with the most usual plurals and definite forms that it leaves, and the parts of compounds."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from search.morphology.snowball import snowball
from search.normalise import plain

# Nouns that change more than their ending, also at the end of compounds: bostäder, läroböcker. Not hand: händer is
# mostly a verb (what happens).
_IRREGULAR = {
    "stad": "stad staden städer städerna",
    "land": "länder länderna",
    "tand": "tänder tänderna",
    "natt": "nätter nätterna",
    "fot": "fötter fötterna",
    "bok": "böcker böckerna",
    "son": "söner sönerna",
    "bror": "brodern bröder bröderna",
    "mor": "mödrar mödrarna",
    "förälder": "föräldrar föräldrarna",
    "dotter": "döttrar döttrarna",
    "ledamot": "ledamöter ledamöterna",
    "ansökan": "ansökningar ansökningarna",
    "anmälan": "anmälningar anmälningarna",
    "examen": "examina",
    "öga": "ögat ögon ögonen",
    "öra": "örat öron öronen",
    "hjärta": "hjärtat hjärtan",
}
_VOWEL = [(re.compile(rf"(?:{'|'.join(forms.split())})s?$"), single) for single, forms in _IRREGULAR.items()]
# Words that Snowball parts from their other forms, mostly pasts of verbs, and their stem. Men are not
# brought to man, which is also the pronoun (one) and stands on every page.
_STEMS = {
    form: root
    for root, forms in {
        "mann": "mannen mannens män mäns männen männens",
        "kontakt": "kontakta kontaktas kontaktade kontaktat",
        "sjuk": "sjukt",
        "hyr": "hyrde hyrt",
        "sök": "sökte sökt sökts",
        "ansök": "ansökte ansökt",
        "anmäl": "anmälde anmält",
        "köp": "köpte köpt",
        "hjälp": "hjälpte hjälpt",
        "betal": "betalt",
        "byt": "bytte bytt",
        "läs": "läste läst",
        "skriv": "skrev skrivit",
        "dö": "dör dog dött",
        "ärv": "ärvde ärvt",
    }.items()
    for form in forms.split()
}
# Definite forms that Snowball leaves: hyran, skolan, tillståndet.
_DEFINITE = re.compile(r"(?<=...a)n$|(?<=..nd)et$")
_GENITIVE = re.compile(r"(?<=...(?:or|ar|er|an|en|et|na))s$")
# Snowball takes -ig for an ending and finds hem in hemlig, tid in tidig.
_ADJECTIVE = re.compile(r"(?<=...ig)(?:[at]|are|aste?|het(?:en|er|erna)?)?s?$")
# diskriminering belongs to diskriminera; not regering, which is an institution.
_VERBAL_NOUN = re.compile(r"(?<=....er)ing$")
# Words that only look like forms of one of ours: kön (sex, not the queue), handlar (is about, not trade).
_NO_FORM = frozenset({"kön", "handlar", "medlar", "modern", "planet"})


def stem(word: str) -> str:
    """The stem of a word as ``normalise.base`` gives it."""
    if word in _STEMS:
        return _STEMS[word]
    for pattern, single in _VOWEL:
        if pattern.search(word):
            word = pattern.sub(single, word)
            break
    return _VERBAL_NOUN.sub("", _stem(word))


def _stem(word: str) -> str:
    found = _split(word) if word not in _NO_FORM else None
    if found:
        # What Snowball would take from a whole noun is not its ending: kurs, advokat, nummer.
        word = found.base
        if word[-1] not in _VOWELS and not word.endswith("an"):
            # Being of age (myndig) has nothing to do with an authority (myndighet); skyldighet has with skyldig.
            return word if word.endswith("myndighet") else _ADJECTIVE.sub("", word)
    adjective = _ADJECTIVE.search(word)
    if adjective:
        return word[: adjective.start()]
    return snowball(_DEFINITE.sub("", _GENITIVE.sub("", word)), "sv")


_LIST = Path(__file__).parent / "data" / "sv-parts.txt"
#: Parts of a compound at the most: uppehåll + tillstånd + kort + nummer.
_MOST_PARTS = 4
#: Letters of a part at the least; only kö is as short as that (bostadskö).
_SHORTEST = 2
#: Letters of a form and of its word from which it is known without å, ä, ö too: lagenheterna, but not miljon
#: (miljön), nor tag for tåg in deltagarna.
_LENIENT_FROM, _LENIENT_WORD = 7, 5


class _Known(NamedTuple):
    """Our words by the forms they take at the end of a compound (or alone), and before another part."""

    last: dict[str, str]
    linked: dict[str, str]
    #: Letters of the longest form of each.
    longest: tuple[int, int]


class _Split(NamedTuple):
    parts: tuple[str, ...]
    #: The word with its last part in base form: hyreskontraktet gives hyreskontrakt.
    base: str


def parts(word: str) -> tuple[str, ...]:
    """The parts of a compound as ``normalise.base`` gives it, in base form: hyreskontraktet gives hyra, kontrakt.

    Empty for a word that is none, or not wholly made of words of ours (``data/sv-parts.txt``). Of
    several ways, the one with the fewest parts, then the one with the longest first part.
    """
    found = _split(word)
    return found.parts if found and len(found.parts) > 1 else ()


def _split(word: str) -> _Split | None:
    """A word of ours or a compound of such, in any form; ``None`` for others."""
    known = _known()
    for number in range(1, _MOST_PARTS + 1):
        found = _parted(word, number, known)
        if found:
            return found
    return None


def _parted(word: str, number: int, known: _Known) -> _Split | None:
    if number == 1:
        last = known.last.get(word)
        return _Split((last,), last) if last else None
    most_last, most_linked = known.longest
    # What is left must be able to hold the other parts.
    least = len(word) - (number - 2) * most_linked - most_last
    for end in range(min(len(word) - _SHORTEST, most_linked), max(_SHORTEST, least) - 1, -1):
        first = known.linked.get(word[:end])
        if first is None:
            continue
        rest = _parted(word[end:], number - 1, known)
        if rest:
            return _Split((first, *rest.parts), word[:end] + rest.base)
        if word[end - 1] == word[end - 2]:
            # Of three like letters one is not written: buss + station is busstation.
            rest = _parted(word[end - 1 :], number - 1, known)
            if rest:
                return _Split((first, *rest.parts), word[: end - 1] + rest.base)
    return None


@cache
def _known() -> _Known:
    last: dict[str, str] = {}
    linked: dict[str, str] = {}
    entries = [line.split() for line in _LIST.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    for word, *forms in entries:
        if not forms or word[-1] not in _VOWELS:
            linked[word] = word
        if word[-1] not in _VOWELS + "s":
            linked[word + "s"] = word
        linked |= dict.fromkeys(forms, word)
    for word, *_forms in entries:
        for form in _inflected(word):
            last.setdefault(form, word)
    # What is listed itself is never another word's form: lager is no plural of lag.
    last |= {word: word for word, *_forms in entries}
    for table in (last, linked):
        for form, word in list(table.items()):
            if len(form) >= _LENIENT_FROM and len(word) >= _LENIENT_WORD:
                table.setdefault(plain(form), word)
    return _Known(last, linked, (max(map(len, last)), max(map(len, linked))))


_VOWELS = "aeiouyåäöé"
# Declension by the end of the word, first match: letters taken off, and what is put in their place.
# More forms than a noun has, for only those that are written are ever looked up.
_CONTRACTED = ((0, "n na et en er erna"), (2, "~ar ~arna ~er ~erna ~et ~en"))
_DECLENSION: tuple[tuple[str, tuple[tuple[int, str], ...]], ...] = (
    ("man", ((0, "nen"), (2, "än ännen"))),
    ("are", ((0, "n"), (1, "na"))),
    ("an", ((0, "en er"),)),
    ("ig", ((0, "a t"),)),
    ("a", ((0, "n"), (1, "or orna"))),
    ("e", ((0, "n t r na rna"), (1, "ar arna"))),
    ("en", (*_CONTRACTED, (2, "na"))),
    *((ending, _CONTRACTED) for ending in ("el", "er", "or", "ar")),
    ("um", ((0, "et met men"), (2, "et er erna en"))),
    *((vowel, ((0, "n t et er erna ar arna na en"),)) for vowel in _VOWELS),
    # rum, rummet; vän, vänner
    *((nasal, ((0, f"en et ar arna er erna {nasal}et {nasal}en {nasal}ar {nasal}arna {nasal}er"),)) for nasal in "mn"),
    ("", ((0, "en et ar arna er erna"),)),
)


def _inflected(word: str) -> set[str]:
    """The forms that a noun of ours may have."""
    forms = {word}
    rules = next(rules for end, rules in _DECLENSION if word.endswith(end))
    # män of man alone would find every page that says man (one).
    for cut, endings in rules if word != "man" else ():
        roots = {word[: len(word) - cut]}
        if "~" in endings and word[-3] == word[-4:-3]:
            # nummer, numret
            roots.add(word[:-3])
        forms |= {root + ending.replace("~", word[-1]) for root in roots for ending in endings.split()}
    single = next((single for single in _IRREGULAR if word.endswith(single)), None)
    if single:
        forms |= {word.removesuffix(single) + form for form in _IRREGULAR[single].split()}
    return forms | {form + "s" for form in forms if form[-1] != "s"}
