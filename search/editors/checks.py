"""What is wrong with words that are given to search, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.curation import LONGEST_TERM, key_of, says_nothing
from search.models import SearchWord, Synonyms, SynonymTerm

#: Characters of a term or a query; terms of some synonyms, and queries of a recommended page.
LONGEST, MOST = 100, 30


def faults_of(terms: Sequence[str], language: str, but: int | None = None) -> list[str]:
    """What speaks against these synonyms, beside those that are there; ``but`` are themselves. Two queries at most."""
    faults = list(_by_itself(terms, language))
    keys: dict[str, str] = {}
    for term in terms:
        key = key_of(term, language)
        if key in keys:
            faults.append(
                _("To search, “%(term)s” is the same as “%(other)s” already.") % _quoted(term=term, other=keys[key])
            )
        elif key and not says_nothing(term, language):
            keys[key] = term
    if not faults and len(terms) < 2:
        faults.append(_("Give at least two terms, one a line."))
    return faults + [
        _("“%(term)s” stands among other synonyms already: %(synonyms)s")
        % (_quoted(term=keys[key]) | {"synonyms": isolated(str(synonyms))})
        for key, synonyms in _elsewhere(keys, language, but)
    ]


def _by_itself(terms: Sequence[str], language: str) -> Iterator[str]:
    if len(terms) > MOST:
        yield ngettext("No more than %(count)d term.", "No more than %(count)d terms.", MOST) % {"count": MOST}
    for term in terms:
        key = key_of(term, language)
        if len(term) > LONGEST:
            yield _("“%(term)s” is longer than %(count)d characters.") % (_quoted(term=term[:40]) | {"count": LONGEST})
        elif not key:
            yield _("“%(term)s” has no word that can be searched.") % _quoted(term=term)
        elif says_nothing(term, language):
            yield _("“%(term)s” has only words that search passes over, such as “and” or “in”.") % _quoted(term=term)
        elif len(key.split()) > LONGEST_TERM:
            yield _("“%(term)s” has more than %(count)d words: no search is recognised by so many.") % (
                _quoted(term=term) | {"count": LONGEST_TERM}
            )


def _quoted(**texts: str) -> dict[str, object]:
    """Texts of any direction, to stand in a sentence of another."""
    return {name: isolated(text) for name, text in texts.items()}


def isolated(text: str) -> str:
    """``text`` so that it does not turn round what stands beside it."""
    return f"\u2068{text}\u2069"


def _elsewhere(keys: dict[str, str], language: str, but: int | None) -> Iterator[tuple[str, Synonyms]]:
    """The terms that stand among other synonyms of editors, and those."""
    rows = SynonymTerm.objects.filter(language=language, key__in=keys, synonyms__isnull=False).exclude(synonyms=but)
    for row in rows.select_related("synonyms").order_by("pk"):
        if row.synonyms is not None:
            yield row.key, row.synonyms


def queries_faults(queries: Sequence[str], language: str) -> list[str]:
    """What speaks against these queries of a recommended page."""
    faults = []
    if len(queries) > MOST:
        faults.append(
            ngettext("No more than %(count)d search.", "No more than %(count)d searches.", MOST) % {"count": MOST}
        )
    for query in queries:
        if len(query) > LONGEST:
            faults.append(
                _("“%(term)s” is longer than %(count)d characters.") % (_quoted(term=query[:40]) | {"count": LONGEST})
            )
        elif not key_of(query, language):
            faults.append(_("“%(term)s” has no word that can be searched.") % _quoted(term=query))
    return faults


def unknown(terms: Sequence[str], language: str) -> list[str]:
    """The terms of which some word is on no page in this language; one query."""
    stems = {term: [token[1:] for token in key_of(term, language).split()] for term in terms}
    wanted = {stem for of_term in stems.values() for stem in of_term}
    known = set(SearchWord.objects.filter(language=language, stem__in=wanted).values_list("stem", flat=True))
    return [term for term, of_term in stems.items() if not known.issuperset(of_term)]
