"""Which language a first visit gets: the remembered choice, then the browser's wish, then Swedish."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from cms.languages.registry import BY_CODE, LANGUAGES, SOURCE


def _match(wish: str) -> str | None:
    """The code for a browser's tag: the exact tag or code first, then its first part."""
    wish = wish.lower()
    for language in LANGUAGES:
        if wish in (language.code, language.tag.lower()) or wish.startswith(f"{language.tag.lower()}-"):
            return language.code
    base = wish.partition("-")[0]
    return base if base in BY_CODE else None


def preferred_language(request: HttpRequest) -> str:
    """The code of the language to greet this visitor in. Neither address nor place is asked."""
    remembered = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if remembered in BY_CODE:
        return remembered
    for wish, weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        code = _match(wish)
        if code and weight:
            return code
    return SOURCE
