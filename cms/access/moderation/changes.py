"""What differs between two versions of a page: names and numbers, never the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Field
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.fields import StreamField
from wagtail.models import Page, PageLogEntry

#: Of the fields that every page of Wagtail's has, those that an editor writes.
_WRITTEN = {"title", "slug", "seo_title", "search_description", "show_in_menus", "go_live_at", "expire_at"}
#: What the editor calls a field, where that is not the field's own name.
_LABELS: dict[str, str | Promise] = {"search_description": gettext_lazy("Summary")}


@dataclass(frozen=True, slots=True)
class Changes:
    """The labels of the fields that differ, and how many blocks of text were changed, added, taken out.

    ``new``: there is no earlier version. As text it is in the language of the moment.
    """

    new: bool = False
    fields: tuple[str | Promise, ...] = ()
    changed: int = 0
    added: int = 0
    removed: int = 0

    def __str__(self) -> str:
        if self.new:
            return _("A new page")
        blocks = [
            ngettext("%(count)d block changed", "%(count)d blocks changed", self.changed) % {"count": self.changed},
            ngettext("%(count)d block new", "%(count)d blocks new", self.added) % {"count": self.added},
            ngettext("%(count)d block taken out", "%(count)d blocks taken out", self.removed) % {"count": self.removed},
        ]
        counts = zip((self.changed, self.added, self.removed), blocks, strict=True)
        parts = [str(capfirst(str(label))) for label in self.fields]
        parts += [text for count, text in counts if count]
        return "; ".join(parts) or _("No text differs")


def compare(before: Page | None, after: Page) -> Changes:
    """The differences of two versions of one page, both of its own type."""
    if before is None:
        return Changes(new=True)
    labels: list[str | Promise] = []
    counts = [0, 0, 0]
    for field in _written_fields(after):
        if isinstance(field, StreamField):
            counts = [sum(pair) for pair in zip(counts, _blocks(before, after, field.name), strict=True)]
        elif field.value_from_object(before) != field.value_from_object(after):
            labels.append(_LABELS.get(field.name, field.verbose_name))
    return Changes(False, tuple(labels), *counts)


def _written_fields(page: Page) -> list[Field[Any, Any]]:
    return [
        field
        for field in page._meta.concrete_fields
        if (field.model is not Page and field.editable and not field.primary_key) or field.name in _WRITTEN
    ]


def _blocks(before: Page, after: Page, name: str) -> tuple[int, int, int]:
    old, new = (
        {block["id"]: (block["type"], block["value"]) for block in getattr(page, name).get_prep_value()}
        for page in (before, after)
    )
    changed = sum(1 for key in old.keys() & new.keys() if old[key] != new[key])
    return changed, len(new.keys() - old.keys()), len(old.keys() - new.keys())


def published_version(page: Page, before: datetime | None = None) -> Page | None:
    """The published version of the page, as its own type: of now, or the one from before a moment.

    ``None`` where there was none.
    """
    if before is None:
        return Page.objects.get(pk=page.pk).specific if page.live else None
    entry = (
        PageLogEntry.objects.filter(
            page_id=page.pk, action="wagtail.publish", timestamp__lt=before, revision__isnull=False
        )
        .select_related("revision")
        .order_by("-timestamp", "-pk")
        .first()
    )
    version: Page | None = entry.revision.as_object() if entry else None
    return version
