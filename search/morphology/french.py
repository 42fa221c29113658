"""French: Snowball on words without accents (readers leave them out), and what it parts or joins wrongly."""

from __future__ import annotations

import re

from search.morphology.snowball import snowball
from search.normalise import exact

# What Snowball knows by its accent: arrivée, première, étrangère.
_ENDINGS = (
    (re.compile(r"(?<=..e)e(?=s?$)"), ""),
    (re.compile(r"(?<=i)eres?$"), "er"),
    (re.compile(r"(?<=....)eres?$"), "er"),
    # And what it parts: traductrice and traducteur, numéros and numéro, étrangers and étranger.
    (re.compile(r"(?<=t)rices?$"), "eur"),
    (re.compile(r"(?<=..o)s$|(?<=..er)s$"), ""),
)
# étudié and étudier, payé and paie; what -ire verbs are outside the infinitive.
_LAST = ((re.compile(r"(?<=...[^aeiou])i$"), ""), (re.compile(r"y$"), "i"), (re.compile(r"(?<=cri)[rv]$"), "t"))
# Irregular forms, and words that Snowball joins with others: loyer and loi, parlement and parler.
_WHOLE = {
    form: word
    for word, forms in {
        "loi": "lois",
        "emploi": "emplois",
        "loyer": "loyers",
        "foyer": "foyers",
        "parlement": "parlements",
        "petition": "petitions",
        "attention": "",
        "delai": "delais",
        "delit": "delits",
        "commune": "communes",
        "cours": "",
        "direction": "directions",
        "directive": "directives",
        "parti": "partis",
        "partie": "parties",
        "journal": "journaux",
        "travaill": "travail travaux",
        "bail": "baux",
        "mari": "maris marie maries mariee mariees marier",
        "pays": "",
        "oeil": "yeux",
        "lieu": "lieux",
        "jeu": "jeux",
        "neveu": "neveux",
        "cheveu": "cheveux",
        "vieux": "vieil vieille vieilles",
        "nouveau": "nouveaux nouvel nouvelle nouvelles",
        "beau": "beaux bel belle belles",
        "public": "publics publique publiques",
        "faux": "fausse fausses",
        "doux": "douce douces",
        "frais": "fraiche fraiches",
        "long": "longs longue longues",
        "monsieur": "messieurs",
        "madame": "mesdames",
    }.items()
    for form in (word, *forms.split())
}


def stem(word: str) -> str:
    """The stem of a word as ``normalise.base`` gives it, without accents."""
    word = exact(word, "fr")
    if word in _WHOLE:
        return _WHOLE[word]
    for pattern, ending in _ENDINGS:
        word = pattern.sub(ending, word)
    word = snowball(word, "fr")
    for pattern, ending in _LAST:
        word = pattern.sub(ending, word)
    return word
