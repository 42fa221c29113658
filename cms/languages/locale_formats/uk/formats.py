"""Ukrainian: Django writes 05 березня, CLDR 5 березня."""

from __future__ import annotations

DATE_FORMAT = "j E Y р."
DATETIME_FORMAT = "j E Y р. H:i"
