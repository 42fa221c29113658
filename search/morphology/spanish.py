"""Spanish: Snowball on words without accents (readers leave them out), and what it parts or joins wrongly."""

from __future__ import annotations

import re

from search.morphology.snowball import snowball
from search.normalise import exact

# A command with a pronoun is known by its accent: inscríbete. An infinitive with one needs none: mudarse.
_COMMAND = re.compile(r"(?<=[áéíóú])([^aeiouáéíóú]+[ae])(?<!rpre)(?:te|se|me|nos)$")
_PRONOUN = re.compile(r"(?<=...[aei]r)(?<![iu]er)(?<!par)(?:me|te|se|nos|los?|las?|les?|selos?|selas?|telos?|telas?)$")
# Snowball takes -es off the plural and then not the -er of alquiler, the -ad of ciudad.
_PLURAL = re.compile(r"(?<=[aeiou][lnrd])(?<!ier)es$")

# Words that Snowball joins with others: caso and casa, mes and mesa, puerto and puerta.
_WHOLE = {
    form: word
    for word, plural in (
        ("casa", "casas"),
        ("caso", "casos"),
        ("mes", "meses"),
        ("mesa", "mesas"),
        ("comida", "comidas"),
        ("comunidad", "comunidades"),
        ("comun", "comunes"),
        ("cuento", "cuentos"),
        ("estacion", "estaciones"),
        ("habitacion", "habitaciones"),
        ("habito", "habitos"),
        ("interes", "intereses"),
        ("ordenador", "ordenadores"),
        ("partido", "partidos"),
        ("piso", "pisos"),
        ("plazo", "plazos"),
        ("puerto", "puertos"),
        ("banca", "bancas"),
        ("seguro", "seguros"),
        ("tio", "tios"),
    )
    for form in (word, plural)
}
# Verbs that change their vowel or consonant: the stem of such a form, and of the infinitive.
_CHANGING = {
    "encuentr": "encontr",
    "empiec": "empec",
    "empiez": "empec",
    "empez": "empec",
    "comienz": "comenc",
    "comienc": "comenc",
    "comenz": "comenc",
    "pid": "ped",
    "duerm": "dorm",
    "tien": "ten",
    "teng": "ten",
    "quier": "quer",
    "pued": "pod",
    "muestr": "mostr",
    "muer": "mor",
    "entiend": "entend",
    "pierd": "perd",
    "cierr": "cerr",
    "recuerd": "record",
    "piens": "pens",
    "prefier": "prefer",
    "consig": "consegu",
    "obteng": "obten",
    "obtien": "obten",
    "manteng": "manten",
    "mantien": "manten",
    "conozc": "conoc",
    "nazc": "nac",
    "agradezc": "agradec",
}
_ENDED_IN_U = re.compile("qu$")


def stem(word: str) -> str:
    """The stem of a word as ``normalise.base`` gives it, without accents."""
    word = _PRONOUN.sub("", exact(_COMMAND.sub(r"\1", word), "es"))
    if word in _WHOLE:
        return _WHOLE[word]
    word = _PLURAL.sub("", word)
    if word.endswith("z"):
        word = word[:-1] + "c"  # voz, voces.
    found = _ENDED_IN_U.sub("c", snowball(word, "es"))  # busque, buscar.
    return _CHANGING.get(found, found)
