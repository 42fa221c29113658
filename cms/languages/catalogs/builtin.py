"""Django's own messages, for the languages that Django has no catalog for (prs, so, ti).

Without them a reader of such a language gets Swedish month names from the ``date`` filter and
Swedish form errors. The names of months and days are made from CLDR (``cms.languages.cldr``); the
errors are translated like our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import locale as django_locale
from django.utils.translation import to_locale

from cms.languages import cldr
from cms.languages.catalogs.messages import Message

FILE = "django"
_MADE = "Made from CLDR by `manage.py catalogs extract`; see cms/languages/cldr.py"

# django.utils.dates: MONTHS (and MONTHS_ALT), MONTHS_3, MONTHS_AP, WEEKDAYS, WEEKDAYS_ABBR.
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTHS_3 = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTHS_AP = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_WEEKDAYS_ABBR = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

# What the public forms can answer (django.core.validators, django.forms.fields). Text, plural.
_FORM_ERRORS: tuple[tuple[str, str | None], ...] = (
    ("This field is required.", None),
    ("Enter a valid value.", None),
    ("Enter a whole number.", None),
    ("Enter a valid email address.", None),
    ("Enter a valid URL.", None),
    ("Enter a valid date.", None),
    ("Null characters are not allowed.", None),
    ("Select a valid choice. %(value)s is not one of the available choices.", None),
    ("Select a valid choice. That choice is not one of the available choices.", None),
    ("Ensure this value is greater than or equal to %(limit_value)s.", None),
    ("Ensure this value is less than or equal to %(limit_value)s.", None),
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    (
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
    ),
)


def django_lacks(code: str) -> bool:
    """Whether Django ships no catalog for a language."""
    return not Path(str(django_locale.__file__)).parent.joinpath(to_locale(code)).is_dir()


def _calendar(code: str) -> Iterator[Message]:
    months = cldr.month_names(code)
    alone = cldr.month_names(code, alone=True)
    short = cldr.month_names(code, short=True)
    tables: list[tuple[list[str], str | None, tuple[str, ...]]] = [
        (_MONTHS, None, alone),
        (_MONTHS_3, None, short),
        (_MONTHS_AP, "abbrev. month", short),
        (_MONTHS, "alt. month", months),
        (_WEEKDAYS, None, cldr.weekday_names(code)),
        (_WEEKDAYS_ABBR, None, cldr.weekday_names(code, short=True)),
    ]
    for msgids, context, names in tables:
        for msgid, name in zip(msgids, names, strict=True):
            yield Message(msgid, None, context, (FILE,), (_MADE,), name)


@cache
def builtin_messages(code: str) -> tuple[Message, ...]:
    """Django's messages that the catalog of this language must hold; empty where Django has its own."""
    if not django_lacks(code):
        return ()
    errors = (Message(text, plural, None, (FILE,)) for text, plural in _FORM_ERRORS)
    return (*_calendar(code), *errors)
