"""How the index is: for ``search_status`` and for who starts a site."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils import timezone

from cms.languages.registry import CODES
from search.backends.database import DatabaseBackend
from search.contracts import EngineError, SearchBackend
from search.documents import VERSION
from search.eligibility import findable_counts
from search.engines import SecondEngine, second_engine
from search.models import SearchBuild, SearchChange, SearchRecord


def status() -> dict[str, dict[str, Any]]:
    """For each language: what can be found, what is indexed, by which engine, and what is wrong.

    ``lag`` are the seconds that the oldest change waits to be told to the second engine; ``waiting``
    and ``set_aside`` count changes of all languages: a page that is gone has none. ``outdated`` are
    records of another version of the analysis, ``rebuild`` an index of one: ``search_rebuild`` makes both.
    """
    engine = second_engine()
    expected = findable_counts()
    waiting = SearchChange.objects.filter(set_aside=False)
    oldest = waiting.order_by("id").values_list("since", flat=True).first()
    shared = {
        "lag": round((timezone.now() - oldest).total_seconds(), 1) if oldest else 0.0,
        "waiting": waiting.count(),
        "set_aside": SearchChange.objects.filter(set_aside=True).count(),
    }
    old = SearchRecord.objects.exclude(version=VERSION).values_list("language").annotate(number=Count("pk"))
    outdated = dict(old.order_by())
    building = set(SearchBuild.objects.values_list("language", flat=True))
    return {
        code: {
            "expected": expected.get(code, 0),
            **_of(engine, code),
            **shared,
            "building": code in building,
            "outdated": outdated.get(code, 0),
        }
        for code in CODES
    }


def _of(engine: SecondEngine | None, language: str) -> dict[str, Any]:
    answering: SearchBackend = DatabaseBackend()
    error, rebuild = "", False
    if engine is not None:
        try:
            version = engine.version(language)
            rebuild = version != str(VERSION)
            error = f"the index is of version {version or 'none'}, and {VERSION} is needed" if rebuild else ""
            indexed = engine.count(language)
        except EngineError as failure:
            error = str(failure)
        if not error:
            return {"indexed": indexed, "engine": engine.name, "degraded": False, "rebuild": False, "error": ""}
    return {
        "indexed": answering.count(language),
        "engine": answering.name,
        "degraded": engine is not None,
        "rebuild": rebuild,
        "error": error,
    }
