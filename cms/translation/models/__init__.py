"""What is known of each translation, and what is asked for."""

from __future__ import annotations

from cms.translation.models.holds import HeldTranslation, Hold
from cms.translation.models.orders import ItemStatus, Order, OrderItem, Priority
from cms.translation.models.records import Basis, SourceRecord, TranslationRecord
from cms.translation.models.texts import Origin, TextVersion

__all__ = [
    "Basis",
    "HeldTranslation",
    "Hold",
    "ItemStatus",
    "Order",
    "OrderItem",
    "Origin",
    "Priority",
    "SourceRecord",
    "TextVersion",
    "TranslationRecord",
]
