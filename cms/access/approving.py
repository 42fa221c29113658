"""Asked before something that was sent for moderation is approved, by whichever door."""

from __future__ import annotations

from django.dispatch import Signal

#: ``page``, ``user``. A receiver that raises ``PermissionDenied`` with a sentence stops the approval.
approving = Signal()
