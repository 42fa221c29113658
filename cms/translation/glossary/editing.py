"""Changes by hand: to one concept, checked whole, recorded, and never over another's work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.access.scopes import Scope
from cms.languages.registry import SOURCE
from cms.translation.glossary.entries import Entry, entries, problems, write
from cms.translation.glossary.models import Concept


def change(key: str, edit: Callable[[Entry], Entry], *, language: str, shown: str, by: Any) -> None:
    """Make the concept what ``edit`` makes of it. ``shown``: the digest of what ``by`` saw when she began.

    ``language``: whose part it is, for the audit log; the caller decided that she may. Raises ``ValidationError``
    where the result is wrong or the concept's part was changed meanwhile, and ``Concept.DoesNotExist``.
    """
    with transaction.atomic():
        concept = Concept.objects.select_for_update().get(key=key)
        before = entries([key])[key]
        if part(before, language) != shown:
            raise ValidationError(_("Somebody else changed this while you wrote. Copy what you wrote and begin again."))
        after = edit(before)
        faults = [what for what in problems(after) if what not in problems(before)]
        if faults:
            raise ValidationError(faults)
        if after.digest != before.digest:
            write(after, concept, before)
            _record(key, language, by)


def make(entry: Entry, *, language: str, by: Any) -> None:
    """A new concept. Raises ``ValidationError`` where it is wrong or its key is taken."""
    faults = problems(entry)
    if faults:
        raise ValidationError(faults)
    try:
        with transaction.atomic():
            write(entry, None, None)
            _record(entry.key, language, by)
    except IntegrityError:
        raise ValidationError(_("There is a concept with this key already.")) from None


def part(entry: Entry, language: str) -> str:
    """A digest of what the people of ``language`` write: its terms, in Swedish the concept's own text too."""
    own = (
        Entry(entry.key)
        if language != SOURCE
        else Entry(entry.key, entry.definition, entry.source, entry.source_url, entry.status)
    )
    return own.with_terms(language, entry.of(language)).digest


def _record(key: str, language: str, by: Any) -> None:
    record(Event.SETTINGS_CHANGED, actor=by, about=f"glossary/{key}", scope=Scope(language))
