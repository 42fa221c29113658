"""What others are told of the reference data."""

from __future__ import annotations

from django.dispatch import Signal

#: A load changed the names of places; ``counties`` and ``municipalities`` are the sets of their codes.
#: Sent in the load's transaction: rows are written in bulk, so that no row sends a signal of its own.
places_renamed = Signal()
