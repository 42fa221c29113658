"""What the endpoints of the API share."""

from __future__ import annotations

from ninja import Field, Schema
from ninja.errors import HttpError

from cms.languages.registry import BY_CODE, CODES, Language

LANG = f"one of {', '.join(CODES)}"


class Problem(Schema):
    """What is wrong with a request, in a sentence."""

    detail: str


class InLanguage(Schema):
    """What every request says: the language of the answer."""

    lang: str = Field(description=LANG)


def language_of(code: str) -> Language:
    """The language that a request names. Raises ``HttpError`` (422) with a sentence where there is none."""
    if code not in BY_CODE:
        raise HttpError(422, f"lang: there is no language {code[:20]!r}. It must be {LANG}.")
    return BY_CODE[code]
