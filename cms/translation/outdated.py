"""Which published translations their sources have left behind; for what the reader is told."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from cms.translation.models import TranslationRecord


def outdated_since(page_id: Any) -> QuerySet[TranslationRecord, datetime.datetime | None]:
    """When the source changed, of the page if it is a published translation of something older; else empty.

    Of what the published text says, whatever work on it there is: a translation in review is still
    outdated to its readers.
    """
    behind = Q(outdated__gt=0) | ~Q(arrangement=F("source__arrangement"))
    records = TranslationRecord.objects.filter(behind, page_id=page_id, live=True, source__live=True)
    return records.values_list("source__changed_at", flat=True)
