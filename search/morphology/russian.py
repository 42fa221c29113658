"""Russian: lemmas of a dictionary; Snowball for words that it lacks."""

from __future__ import annotations

import re
from collections import defaultdict

from search.morphology.dictionary import readings
from search.morphology.snowball import snowball

_CYRILLIC = re.compile(r"[а-я]+")
_REFLEXIVE = re.compile("(?:ся|сь)$")
_VERBS = frozenset({"VERB", "INFN", "PRTF", "PRTS", "GRND"})
# бесплатно is of бесплатный, whether as an adverb or as a predicate.
_ADVERBS = frozenset({"ADVB", "PRED", "CONJ", "PRCL"})
# Lemmas that are meant where the dictionary's counts favour another word of the same form.
_MEANT_TEXT = "адрес большой близкий дом жить лен найти определённый пара платить пожилой родить статья суд час"
_MEANT = frozenset(_MEANT_TEXT.split())


def _normal(lemma: str, part: str) -> str:
    if part in _VERBS:
        return _REFLEXIVE.sub("", lemma)
    if part == "ADJF" and lemma.endswith("ой"):
        # личной and личный have most forms in common, and so have родной and родный: one of each pair.
        twin = lemma[:-2] + "ый"
        if any(reading.lemma == twin for reading in readings(twin, "ru")):
            return twin
    return lemma


def stem(word: str) -> str:
    """The lemma of a word as ``normalise.base`` gives it and writes it (е for ё), or Snowball's stem."""
    known = readings(word, "ru") if _CYRILLIC.fullmatch(word) else []
    if not known:
        return snowball(word, "ru")
    found = [reading for reading in known if not reading.rare] or known
    if any(reading.part == "ADJS" for reading in found):
        found = [reading for reading in found if reading.part not in _ADVERBS]
    likely: dict[str, float] = defaultdict(float)
    for reading in found:
        likely[_normal(reading.lemma, reading.part)] += reading.score
    return min(likely, key=lambda lemma: (lemma not in _MEANT, -round(likely[lemma], 3), lemma)).replace("ё", "е")
