"""Ukrainian: lemmas of a dictionary; light rules for words that it lacks.

The dictionary doesn't say which reading of a word is likely, so the choice among them is ours, and
always the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from search.morphology.dictionary import Reading, readings

_CYRILLIC = re.compile(r"[а-яіїє]+")
# ``base`` drops the apostrophe and writes г for ґ; the dictionary has both.
_APOSTROPHE_PLACE = re.compile(r"(?<=[бвгджзйклмнпрстфхцчшщ])(?=[яюєї])")
_VOICED = re.compile("г")
# учитель and вчитель are one word; which is written depends on the word before it.
_INITIAL = re.compile(r"у(?=[бвгґджзклмнпрстфхцчшщ])")

_POSSESSIVE = re.compile(r"(?:[іїє]в|[иї]н)$")
_REFLEXIVE = re.compile("(?:ся|сь)$")
_CLOSED = frozenset({"NPRO", "CONJ", "PREP", "PRCL", "NUMR", "ADVB", "PRED", "INTJ"})
_ORDER = {"NOUN": 2, "ADJF": 3, "VERB": 4}
# Lemmas that are meant where the rules would choose a rarer word of the same form.
_MEANT_TEXT = (
    "адреса банк батьки вибори вік голова гроші дата день дитина договір дозвіл дорога дочка дівчина дім жити"
    " зв'язок знайти зуб каса квиток криза лен лист літній мати мова місто новина острів пара парк плата платити"
    " подати політика потяг право рада робота рівень рік садок син сума сусід схід час чат їхати"
)
_MEANT = frozenset(_MEANT_TEXT.split())

# Of a word that the dictionary lacks, mostly a name: endings, longest first; at least three letters stay.
_ENDINGS = re.compile(
    r"(?<=...)(?:"
    r"ами|ями|ові|еві|єві|ого|ому|ими|іми|ах|ях|ам|ям|ом|ем|єм|ою|ею|єю|ів|їв|их|іх|им|ій|ої|ий|ія|ії|ію"
    r"|а|я|о|е|є|и|і|ї|у|ю|ь|й)$"
)
_DOUBLE = re.compile(r"([^аеєиіїоуюя])\1$")
# What г and к become before і: у Гельсінгборзі.
_SOFTENED = re.compile(r"(?<=...)[зц](?=і$)")
_HARD = {"з": "г", "ц": "к"}


def _spellings(word: str) -> Iterator[str]:
    """A word as it is, with an apostrophe, and with ґ for г: what ``base`` may have made it of."""
    yield word
    for place in _APOSTROPHE_PLACE.finditer(word):
        yield f"{word[: place.start()]}'{word[place.start() :]}"
    for letter in _VOICED.finditer(word):
        yield f"{word[: letter.start()]}ґ{word[letter.end() :]}"


def _known(word: str) -> list[Reading]:
    """The readings of the first spelling that is a usual word, else of the first that is a word at all."""
    rare: list[Reading] = []
    for spelling in _spellings(word):
        found = readings(spelling, "uk")
        usual = [reading for reading in found if not reading.rare]
        if usual:
            return usual
        rare = rare or found
    return rare


def _chosen(word: str, known: list[Reading]) -> tuple[str, str]:
    """The lemma and the part of speech that ``word`` most likely is."""
    seen = Counter((reading.lemma, reading.part) for reading in known)
    nouns = any(part == "NOUN" and not _POSSESSIVE.search(lemma) for lemma, part in seen)
    adjectives = {lemma[:-2] for lemma, part in seen if part == "ADJF" and not _POSSESSIVE.search(lemma)}

    def order(reading: tuple[str, str]) -> tuple[bool, int, bool, int, str]:
        lemma, part = reading
        rank = 1 if part in _CLOSED or (part == "VERB" and lemma == word) else _ORDER.get(part, 5)
        if part == "NOUN" and lemma[:-1] in adjectives:
            rank = 4  # An adjective as a noun: дорослі, шведська.
        if nouns and _POSSESSIVE.search(lemma):
            rank = 5  # лікарів: of doctors, sooner than the doctor's, or a name.
        return lemma not in _MEANT, rank, lemma != word, -seen[reading], lemma

    return min(seen, key=order)


def lemma(word: str) -> str | None:
    """The lemma of a word as ``normalise.base`` gives it and writes it; ``None`` where the dictionary lacks it."""
    known = _known(word)
    if not known:
        return None
    found, part = _chosen(word, known)
    if _INITIAL.match(found):
        other = "в" + found[1:]
        if any(reading[:2] == (other, part) for reading in readings(other, "uk")):
            found = other
    if part == "VERB":
        found = _REFLEXIVE.sub("", found)
    elif part == "ADVB" and found[-1] in "ое":
        # безкоштовно is of безкоштовний.
        adjective = found[:-1] + "ий"
        if any(reading[:2] == (adjective, "ADJF") for reading in readings(adjective, "uk")):
            found = adjective
    return found.replace("'", "").replace("ґ", "г")


def light(word: str) -> str:
    """A word without the ending of a noun or an adjective."""
    word = _SOFTENED.sub(lambda letter: _HARD[letter[0]], word)
    return _DOUBLE.sub(r"\1", _ENDINGS.sub("", word))


def stem(word: str) -> str:
    """The stem of a word as ``normalise.base`` gives it: its lemma, or what the light rules leave."""
    if not _CYRILLIC.fullmatch(word):
        return word
    return lemma(word) or light(word)
