"""Synonyms from files, ``a = b = c`` a line: for the demo, and for who starts with a list of her own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

import search
from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.access.scopes import Scope
from cms.languages.registry import CODES
from search.curation import keep_synonyms
from search.editors.checks import faults_of
from search.models import LoadedSynonyms, Synonyms

DIRECTORY = Path(search.__file__).parent / "synonyms_demo"


@dataclass(slots=True)
class Loaded:
    """How many synonyms were added, and what is wrong with lines that were not."""

    added: int = 0
    faults: list[str] = field(default_factory=list)


def load_synonyms(directory: Path = DIRECTORY) -> Loaded:
    """Add the synonyms of ``<language>.txt`` that were not loaded before.

    A line is loaded once: what editors changed or deleted since stays as they left it. A line that a
    form would refuse is left out, and told.
    """
    loaded = Loaded()
    for code in CODES:
        file = directory / f"{code}.txt"
        if file.is_file():
            lines = [line for written in file.read_text("utf-8").splitlines() if (line := " ".join(written.split()))]
            _load(code, list(dict.fromkeys(lines)), loaded)
    return loaded


@transaction.atomic
def _load(code: str, lines: list[str], loaded: Loaded) -> None:
    before, _made = LoadedSynonyms.objects.select_for_update().get_or_create(language=code)
    new = [line for line in lines if line not in set(before.lines)]
    added = 0
    for line in new:
        synonyms = Synonyms(language=code, words="\n".join(term.strip() for term in line.split(" = ")))
        faults = faults_of(synonyms.terms, code)
        if faults:
            loaded.faults += [f"{code}: {line}: {fault}" for fault in faults]
            continue
        # In bulk, so that the audit log has an entry a file and not one a line.
        Synonyms.objects.bulk_create([synonyms])
        keep_synonyms(synonyms)
        added += 1
    if new:
        before.lines = [*before.lines, *new]
        before.save()
    if added:
        record(Event.IMPORTED, about=f"search/synonyms/{code}.txt", scope=Scope(code), synonyms=added)
    loaded.added += added
