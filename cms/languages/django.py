"""What Django must be told of the registry: names, directions, and the languages it does not know.

Django's ``LANG_INFO`` lacks Dari, Somali and Tigrinya. Without an entry ``get_language_info``
raises, ``/prs/`` is redirected to ``/fa/prs/`` and ``is_bidi`` is wrong.
"""

from __future__ import annotations

from typing import Any

from cms.languages.registry import LANGUAGES, SOURCE


def lang_info() -> dict[str, dict[str, Any]]:
    """Entries for ``django.conf.locale.LANG_INFO``.

    One a language of the registry, and one for each tag that is not a code: a browser that asks for
    ``fa-AF`` is answered in Dari (``prs``), where Django by itself would cut the tag to ``fa``.
    """
    entries: dict[str, dict[str, Any]] = {
        language.tag.lower(): {"fallback": [language.code]} for language in LANGUAGES if language.tag != language.code
    }
    entries |= {
        language.code: {
            "bidi": language.direction == "rtl",
            "code": language.code,
            "name": language.name,
            "name_local": language.autonym,
        }
        for language in LANGUAGES
    }
    return entries


def django_languages() -> list[tuple[str, str]]:
    """Django's ``LANGUAGES``: code and autonym. An autonym is its own name in every language."""
    return [(language.code, language.autonym) for language in LANGUAGES]


def bidi_languages() -> list[str]:
    """Django's ``LANGUAGES_BIDI``: the codes that are written from right to left."""
    return [language.code for language in LANGUAGES if language.direction == "rtl"]


def target_languages() -> list[tuple[str, str]]:
    """The languages that are translated into, as choices of a field. A field takes the function
    itself, so that a new language needs no migration."""
    return [(language.code, language.autonym) for language in LANGUAGES if language.code != SOURCE]
