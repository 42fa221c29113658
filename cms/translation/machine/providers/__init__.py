"""The providers of machine translation that the settings name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cms.languages.registry import BY_CODE, SOURCE
from cms.translation.machine.providers.apertium import Apertium
from cms.translation.machine.providers.base import (
    BadAnswerError,
    Maker,
    Provider,
    ProviderError,
    Setup,
    Terms,
    nothing,
)
from cms.translation.machine.providers.deepl import DeepL
from cms.translation.machine.providers.libretranslate import LibreTranslate
from cms.translation.machine.providers.openai import OpenAI
from cms.translation.machine.providers.pseudo import Pseudo

__all__ = [
    "MAKERS",
    "BadAnswerError",
    "Provider",
    "ProviderError",
    "Setup",
    "Terms",
    "candidates",
    "choose",
    "make",
    "note_of",
    "setup_of",
    "setups",
    "targets_of",
]

MAKERS: dict[str, Maker] = {
    "libretranslate": LibreTranslate,
    "apertium": Apertium,
    "deepl": DeepL,
    "openai": OpenAI,
    "pseudo": Pseudo,
}
#: How long what a server said that it can do is believed, in seconds.
_BELIEVED = 3600


def setups() -> list[Setup]:
    """The providers of the settings, best first."""
    return [Setup(**values) for values in settings.MACHINE_PROVIDERS]


def setup_of(name: str) -> Setup | None:
    """The provider with this name; ``None`` where the settings name it no longer."""
    return next((setup for setup in setups() if setup.name == name), None)


def make(setup: Setup, before: Callable[[], None] = nothing) -> Provider:
    """The provider; ``before`` is called before each request."""
    return MAKERS[setup.kind](setup, before)


def _key(setup: Setup) -> str:
    text = repr((setup.kind, setup.address, sorted(setup.codes.items())))
    return f"machine-notes-{setup.name}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def targets_of(setup: Setup) -> dict[str, str | Promise]:
    """The languages that the provider translates into from the source's, with what people must know of each.

    As it said within the last hour. Raises ``ProviderError``.
    """
    found: dict[str, str | Promise] | None = cache.get(_key(setup))
    if found is None:
        provider = make(setup)
        found = {target: provider.note(target) for source, target in provider.languages() if source == SOURCE}
        cache.set(_key(setup), found, _BELIEVED)
    return found


def note_of(setup: Setup, language: str) -> str | Promise:
    """What people must know of the provider's texts in the language, as far as it is known; nothing is asked."""
    found: dict[str, str | Promise] = cache.get(_key(setup)) or {}
    return found.get(language, "")


def candidates(language: str) -> list[Setup]:
    """The providers that the settings give a language, best first."""
    found = setups()
    if language in settings.MACHINE_LANGUAGES:
        by_name = {setup.name: setup for setup in found}
        found = [by_name[name] for name in settings.MACHINE_LANGUAGES[language] if name in by_name]
    return found


def choose(language: str) -> Setup:
    """The first provider that translates into the language. Raises ``ProviderError`` where there is none."""
    problems = []
    for setup in candidates(language):
        try:
            if language in targets_of(setup):
                return setup
        except ProviderError as error:
            problems.append(str(error))
    name = BY_CODE[language].autonym
    text = _("No provider of machine translation translates from Swedish into %(language)s.") % {"language": name}
    raise ProviderError(" ".join([text, *problems]))
