"""A concept with all its terms as one value: what files hold, what is compared, checked and written."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from cms.languages.registry import CODES, SOURCE
from cms.translation.glossary.models import (
    KEY_PATTERN,
    LONGEST_KEY,
    LONGEST_TERM,
    Concept,
    Kind,
    Status,
    Term,
    name_of_language,
)

#: What makes a spreadsheet take a cell for a formula.
_FORMULA = ("=", "+", "-", "@")
_LONGEST = {"definition": 1000, "source": 200, "source_url": 500}
_http = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class Terms:
    """A concept's terms in one language: the approved ones, the preferred first; the forbidden ones; and
    inflected forms of the approved."""

    approved: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.approved or self.forbidden or self.forms)


NOTHING = Terms()


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept; ``terms`` by language code, without the languages that have none."""

    key: str
    definition: str = ""
    source: str = ""
    source_url: str = ""
    status: str = Status.PROPOSED
    terms: Mapping[str, Terms] = field(default_factory=dict)

    def of(self, language: str) -> Terms:
        return self.terms.get(language, NOTHING)

    @property
    def name(self) -> str:
        """The preferred Swedish term, or where there is none the key."""
        return next(iter(self.of(SOURCE).approved), self.key)

    def with_terms(self, language: str, terms: Terms) -> Entry:
        """The same concept with other terms in one language."""
        kept = {code: self.of(code) for code in CODES} | {language: terms}
        return replace(self, terms={code: value for code, value in kept.items() if value})

    @property
    def digest(self) -> str:
        """The same for two entries that say the same."""
        said = [self.key, self.definition, self.source, self.source_url, str(self.status)]
        terms = [[code, *map(list, _tuple(self.terms[code]))] for code in sorted(self.terms) if self.terms[code]]
        return hashlib.sha256(json.dumps([said, terms], ensure_ascii=False).encode()).hexdigest()


def _tuple(terms: Terms) -> tuple[tuple[str, ...], ...]:
    return terms.approved, terms.forbidden, terms.forms


def entries(keys: Iterable[str] | None = None) -> dict[str, Entry]:
    """The concepts by key, all of them or those with these keys; two queries."""
    concepts = Concept.objects.all() if keys is None else Concept.objects.filter(key__in=list(keys))
    found = {}
    for concept in concepts.prefetch_related("terms"):
        terms: dict[str, Terms] = {}
        for term in concept.terms.all():
            now = terms.get(term.language, NOTHING)
            if term.kind == Kind.FORBIDDEN:
                now = replace(now, forbidden=(*now.forbidden, term.text))
            else:
                now = replace(now, approved=(*now.approved, term.text), forms=(*now.forms, *term.form_list))
            terms[term.language] = now
        found[concept.key] = Entry(
            concept.key, concept.definition, concept.source, concept.source_url, concept.status, terms
        )
    return found


def tidy(text: str) -> str:
    """Composed letters and single spaces: two texts that look the same are the same."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def problems(entry: Entry) -> list[str]:
    """What is wrong with the entry, in sentences; empty if nothing is."""
    return [*_concept_problems(entry), *(said for code, terms in entry.terms.items() for said in _of(code, terms))]


def _concept_problems(entry: Entry) -> list[str]:
    found = []
    if not re.match(KEY_PATTERN, entry.key) or len(entry.key) > LONGEST_KEY:
        found.append(_("“%(key)s” is not a key: only a–z, 0–9 and single hyphens.") % {"key": entry.key[:LONGEST_KEY]})
    if entry.status not in Status.values:
        found.append(_("There is no status “%(status)s”.") % {"status": entry.status[:40]})
    if not entry.definition:
        found.append(_("The definition is missing."))
    if not entry.source:
        found.append(_("The source is missing."))
    if not entry.of(SOURCE).approved:
        found.append(_("The Swedish term is missing."))
    for name, longest in _LONGEST.items():
        text = getattr(entry, name)
        if len(text) > longest:
            found.append(_("“%(name)s” is longer than %(count)d characters.") % {"name": name, "count": longest})
        found += _unwritable(text)
    if entry.source_url:
        try:
            _http(entry.source_url)
        except ValidationError:
            found.append(_("“%(url)s” is not an address.") % {"url": entry.source_url[:200]})
    return found


def _of(code: str, terms: Terms) -> list[str]:
    """What is wrong with the terms of one language."""
    language = name_of_language(code)
    if code not in CODES:
        return [_("There is no language “%(code)s”.") % {"code": code[:40]}]
    found = []
    approved, forbidden = ({_fold(text) for text in texts} for texts in (terms.approved, terms.forbidden))
    found += [
        _("%(language)s: “%(term)s” is both approved and forbidden.") % {"language": language, "term": text}
        for text in terms.forbidden
        if _fold(text) in approved
    ]
    if len(approved) < len(terms.approved) or len(forbidden) < len(terms.forbidden):
        found.append(_("%(language)s: a term stands there twice.") % {"language": language})
    if terms.forms and not terms.approved:
        found.append(_("%(language)s: there are inflected forms of no term.") % {"language": language})
    for text in (*terms.approved, *terms.forbidden, *terms.forms):
        if len(text) > LONGEST_TERM:
            found.append(
                _("%(language)s: a term is longer than %(count)d characters.")
                % {"language": language, "count": LONGEST_TERM}
            )
        if not any(char.isalpha() for char in text):
            found.append(_("%(language)s: “%(term)s” has no letter.") % {"language": language, "term": text[:40]})
        found += [f"{language}: {said}" for said in _unwritable(text)]
    return found


def _fold(text: str) -> str:
    return tidy(text).casefold()


def _unwritable(text: str) -> list[str]:
    """What can't stand in every format, or does harm in a spreadsheet."""
    if text.startswith(_FORMULA):
        return [_("“%(text)s” may not begin with =, +, - or @.") % {"text": text[:40]}]
    # Zero-width joiners belong to Persian; other invisible characters change what a reader sees.
    if any(
        unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} and char not in "\u200c\u200d" for char in text
    ):
        return [_("“%(text)s” has a character that can't be seen.") % {"text": ascii(text)[1:-1][:40]}]
    return [_("“%(text)s” may not hold “|”.") % {"text": text[:40]}] if "|" in text else []


def write(entry: Entry, concept: Concept | None, before: Entry | None, *, loaded: str | None = None) -> Concept:
    """Make the concept in the database say what ``entry`` says. Only languages that differ are written anew.

    ``concept`` and ``before``: the row and what it says now; ``None`` to make one. ``loaded``: the digest of what
    the data file says, when it is the file that is written. The caller checked, decided and has a transaction.
    """
    concept = concept or Concept(key=entry.key)
    concept.definition, concept.source, concept.source_url = entry.definition, entry.source, entry.source_url
    concept.status = entry.status
    if loaded is not None:
        concept.loaded = loaded
    concept.save()
    differ = [code for code in CODES if entry.of(code) != (before.of(code) if before else NOTHING)]
    if before is not None:
        concept.terms.filter(language__in=differ).delete()
    Term.objects.bulk_create(term for code in differ for term in _rows(concept, code, entry.of(code)))
    return concept


def _rows(concept: Concept, code: str, terms: Terms) -> list[Term]:
    approved = [
        Term(
            concept=concept,
            language=code,
            text=text,
            preferred=number == 0,
            forms="\n".join(terms.forms) if number == 0 else "",
        )
        for number, text in enumerate(terms.approved)
    ]
    return approved + [Term(concept=concept, language=code, text=text, kind=Kind.FORBIDDEN) for text in terms.forbidden]
