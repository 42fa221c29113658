"""The glossary's terms find each other: those of a language and the Swedish ones, approved or not.

Readers see none of them here. What must not be written is still what somebody types.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cms.languages.registry import BY_CODE, SOURCE
from cms.translation.glossary.models import Concept, Term
from search.curation import key_of, says_nothing
from search.keeping import changed
from search.models import SynonymTerm

_waiting = threading.local()


def keep_concepts(concepts: Collection[int] | None = None) -> int:
    """Let the terms of these concepts find each other, or of all; returns the rows that were wrong. Two queries
    where none was."""
    terms, stored = Term.objects.all(), SynonymTerm.objects.filter(concept__isnull=False)
    if concepts is not None:
        terms, stored = terms.filter(concept__in=concepts), stored.filter(concept__in=concepts)
    said: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for term in terms:
        said[term.concept_id][term.language] += [term.text, *term.form_list]
    missing = {row for concept, by_language in said.items() for row in _rows(concept, by_language)}
    gone = []
    with transaction.atomic():
        for row in stored:
            found = (row.concept_id or 0, row.language, row.key)
            if found in missing:
                missing.remove(found)
            else:
                gone.append(row.pk)
        if gone:
            SynonymTerm.objects.filter(pk__in=gone).delete()
        SynonymTerm.objects.bulk_create(
            [SynonymTerm(concept_id=concept, language=language, key=key) for concept, language, key in sorted(missing)]
        )
        if gone or missing:
            changed()
    return len(gone) + len(missing)


def _rows(concept: int, said: dict[str, list[str]]) -> Iterator[tuple[int, str, str]]:
    swedish = said.get(SOURCE, [])
    for language, texts in said.items():
        if language not in BY_CODE:
            continue
        keys = {key_of(text, language) for text in [*texts, *swedish] if not says_nothing(text, language)}
        if len(keys - {""}) > 1:
            yield from ((concept, language, key) for key in keys if key)


@receiver([post_save, post_delete], sender=Concept)
@receiver([post_save, post_delete], sender=Term)
def _on_changed(instance: Concept | Term, **_kwargs: Any) -> None:
    # At the commit: a concept's terms are written in bulk, which sends no signal, after itself.
    waiting: set[int] = _waiting.__dict__.setdefault("concepts", set())
    waiting.add(instance.concept_id if isinstance(instance, Term) else instance.pk)
    transaction.on_commit(_keep_waiting)


@receiver(post_delete, sender=Concept)
def _on_deleted(**_kwargs: Any) -> None:
    # Its rows went before it.
    changed()


def _keep_waiting() -> None:
    """All that waits, at the first of its calls; the others find nothing."""
    waiting: set[int] = _waiting.__dict__.setdefault("concepts", set())
    concepts = set(waiting)
    waiting.clear()
    if concepts:
        keep_concepts(concepts)
