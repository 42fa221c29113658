"""Tells those who keep what was approved (the memory, the trend) that a translation was published."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent within the transaction. ``sender`` is TranslationRecord; ``record``, ``revision``, ``user``,
#: ``reviewed``: whether a person who speaks for the language answers for the text.
approved = Signal()
