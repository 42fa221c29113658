"""What providers call the site's languages."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.languages.registry import BY_CODE

#: Two letters where there are, best first. Dari has a code of its own in few places; elsewhere it is Persian.
TWO_LETTERS: dict[str, tuple[str, ...]] = {"prs": ("prs", "fa-AF", "fa")}
#: ISO 639-3, as Apertium has it; ``pes`` is Persian of Iran, ``fas`` all of it.
THREE_LETTERS: dict[str, tuple[str, ...]] = {
    "sv": ("swe",),
    "en": ("eng",),
    "ar": ("ara", "arb"),
    "prs": ("prs", "fas", "pes"),
    "fa": ("pes", "fas"),
    "so": ("som",),
    "ti": ("tir",),
    "ru": ("rus",),
    "es": ("spa",),
    "fr": ("fra",),
    "uk": ("ukr",),
}
_PERSIAN = {"fa", "fas", "pes"}


def code_for(
    language: str, known: Collection[str], candidates: Mapping[str, tuple[str, ...]], own: Mapping[str, str]
) -> str | None:
    """What a server that knows the codes ``known`` calls the language; ``None`` where it can't do it.

    ``own``: what the settings say that this server calls it.
    """
    by_folded = {code.casefold(): code for code in known}
    wanted = (own[language],) if language in own else candidates.get(language, (language,))
    return next((by_folded[code.casefold()] for code in wanted if code.casefold() in by_folded), None)


def note_on(language: str, code: str | None) -> str | Promise:
    """What people must know where the provider's code is not quite the language."""
    if language == "prs" and code is not None and code.casefold() in _PERSIAN:
        return _(
            "This provider has no Dari: it writes Persian as in Iran. A person who knows Dari must read every text."
        )
    return ""


def english_name(language: str) -> str:
    """The language's name in instructions that are in English."""
    if language == "prs":
        return "Dari (Persian as written in Afghanistan)"
    if language == "fa":
        return "Persian (as written in Iran)"
    return BY_CODE[language].name
