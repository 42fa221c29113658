"""Other spellings: for a word that no page has, the word that it was probably meant to be."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Max, Q

from cms.languages.registry import Language
from search.analysis import STEM, forms
from search.models import SearchWord
from search.normalise import base, words

#: Shorter words have too many neighbours.
SHORTEST = 4
#: Of a query with more words that no page has, none is mended: it is in another language, or none.
MOST_UNKNOWN = 4
#: From this length on two edits may be mended.
_LONG = 9
#: Seconds for which the words of a language are kept in memory at least before they are looked at again.
_KEPT = 60.0


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words of a language in memory: as compared, how they are written, and on how many pages."""

    words: list[str]
    written: list[str]
    pages: list[int]
    newest: int
    looked: float


_vocabularies: dict[str, _Vocabulary] = {}


def forget() -> None:
    """Read the words anew."""
    _vocabularies.clear()


def _vocabulary(language: str) -> _Vocabulary:
    now = time.monotonic()
    known = _vocabularies.get(language)
    if known and now - known.looked < _KEPT:
        return known
    rows = SearchWord.objects.filter(language=language)
    newest = rows.aggregate(newest=Max("pk"))["newest"] or 0
    if known and known.newest == newest:
        found = _Vocabulary(known.words, known.written, known.pages, newest, now)
    else:
        columns = list(rows.order_by("-pages", "word").values_list("word", "written", "pages"))
        found = _Vocabulary(
            [row[0] for row in columns], [row[1] for row in columns], [row[2] for row in columns], newest, now
        )
    _vocabularies[language] = found
    return found


class Correction(NamedTuple):
    """A query as it was probably meant, and the words that were put in."""

    text: str
    words: tuple[str, ...]


def corrected(text: str, language: Language) -> Correction | None:
    """``text`` with each word that no page has replaced by the most likely one; ``None`` if there is nothing to mend.

    Words of the reader's language are looked at first, then those of its fallbacks. One query, and
    now and then two a language that is read anew. What it returns may be the word of a page that has
    gone since: ask whether it finds something before it is shown.
    """
    asked = [(word, base(word.text, language.code)) for word in words(text, language.code)]
    unknown = _unknown({root for _word, root in asked if len(root) >= SHORTEST and root.isalpha()}, language)
    if len(unknown) > MOST_UNKNOWN:
        return None
    result, position, put = [], 0, []
    for word, root in asked if unknown else []:
        better = _nearest(root, language) if root in unknown else ""
        if better:
            result += [text[position : word.start], better]
            position = word.end
            put.append(better)
    mended = "".join([*result, text[position:]])
    return Correction(mended, tuple(put)) if put and mended != text else None


def _unknown(roots: set[str], language: Language) -> set[str]:
    """Those of the words that no page of the chain has in any form."""
    condition = Q(pk__in=[])
    tried: dict[tuple[str, str], set[str]] = {}
    for code in language.chain:
        for root in roots:
            form = forms(root, code)
            if form:
                stem = form.indexed[0].removeprefix(STEM)
                tried[code, root] = {form.exact, stem}
                condition |= Q(language=code) & (Q(word=form.exact) | Q(stem=stem))
    known: set[tuple[str, str]] = set()
    for code, word, stem in SearchWord.objects.filter(condition).values_list("language", "word", "stem"):
        known |= {(code, word), (code, stem)}
    return {
        root
        for root in roots
        if not any((code, token) in known for code in language.chain for token in tried.get((code, root), ()))
    }


def _unlikeliness(word: str, near: tuple[str, float, int], vocabulary: _Vocabulary) -> tuple[object, ...]:
    """Of two words the likelier one first: fewest edits, ends alike, most pages, the longer (letters are left out)."""
    other, edits, number = near
    return edits, other[0] != word[0], other[-1] != word[-1], -vocabulary.pages[number], -len(other), other


def _nearest(root: str, language: Language) -> str:
    """How the word is written that ``root`` was probably meant to be; empty if none is near."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    for code in language.chain:
        form = forms(root, code)
        if form is None:
            continue
        vocabulary = _vocabulary(code)
        most = 2 if len(form.exact) >= _LONG else 1
        near = process.extract(form.exact, vocabulary.words, scorer=OSA.distance, score_cutoff=most, limit=10)
        if near:
            return vocabulary.written[min(near, key=lambda one: _unlikeliness(form.exact, one, vocabulary))[2]]
    return ""
