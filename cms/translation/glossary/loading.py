"""The glossary that is part of the project, into the database; what was edited there stays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from cms.translation.glossary import csvfile
from cms.translation.glossary.entries import entries, problems, write
from cms.translation.glossary.index import forget
from cms.translation.glossary.models import Concept
from cms.translation.glossary.rows import Fault, FileRefusedError

DATA_FILE = Path(__file__).resolve().parent / "data" / "concepts.csv"


@dataclass(slots=True)
class Loaded:
    """How many concepts a load made, renewed, found as they are, and left because somebody edited them."""

    made: int = 0
    renewed: int = 0
    same: int = 0
    edited: int = 0


def load(file: Path = DATA_FILE) -> Loaded:
    """Load the data file: what is new, and what it says anew of concepts that nobody edited since the last load.

    Raises :class:`FileRefusedError` where the file is wrong; then nothing is written.
    """
    rows = csvfile.read(file.read_bytes())
    report = Loaded()
    with transaction.atomic():
        concepts = {concept.key: concept for concept in Concept.objects.select_for_update()}
        now = entries()
        # Without the terms that are there now: the file says all that it says.
        wanted = [(row.line, row.over(None)) for row in rows]
        faults = [Fault(line, what) for line, entry in wanted for what in problems(entry)]
        if faults:
            raise FileRefusedError(faults)
        for _line, entry in wanted:
            before = now.get(entry.key)
            if before is None:
                write(entry, None, None, loaded=entry.digest)
                report.made += 1
            elif before.digest == entry.digest:
                report.same += 1
                # Somebody wrote what the file has come to say: from now on it is the file's again.
                Concept.objects.filter(key=entry.key).exclude(loaded=entry.digest).update(loaded=entry.digest)
            elif before.digest == concepts[entry.key].loaded:
                write(entry, concepts[entry.key], before, loaded=entry.digest)
                report.renewed += 1
            else:
                report.edited += 1
        if report.made or report.renewed:
            forget()
            transaction.on_commit(forget)
    return report
