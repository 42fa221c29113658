"""What was approved goes into the memory, in the transaction that publishes it."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from cms.translation.approval import approved
from cms.translation.memory.store import remember
from cms.translation.models import TranslationRecord


@receiver(approved, sender=TranslationRecord)
def _on_approved(record: TranslationRecord, user: Any, reviewed: bool, **_kwargs: Any) -> None:
    if reviewed:
        remember(record, user)
