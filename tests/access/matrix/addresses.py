"""Every address below ``/admin/``, classified by hand: what it is called to do it, and to what.

Written from the agreed table of roles and from what Wagtail's views do, not from
``cms.access.doors.table``: where the two differ, one of them is wrong.
"""

from __future__ import annotations

from tests.access.matrix.addresses_files import FILES
from tests.access.matrix.addresses_localize import LOCALIZE
from tests.access.matrix.addresses_pages import PAGES
from tests.access.matrix.addresses_people import ACCOUNTS, PEOPLE
from tests.access.matrix.addresses_search import SEARCH
from tests.access.matrix.addresses_site import OPEN, SITE
from tests.access.matrix.addresses_translation import SCREENS
from tests.access.matrix.addresses_translation_files import FILES_AND_WORDS
from tests.access.matrix.doors import Door

DOORS: tuple[Door, ...] = (*PAGES, *LOCALIZE, *SCREENS, *FILES_AND_WORDS, *FILES, *SITE, *SEARCH, *PEOPLE, *ACCOUNTS)
__all__ = ["DOORS", "OPEN"]
