"""System checks: compiled catalogs, and a registry that holds together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from cms.languages.catalogs.store import catalog_path, compiled_path, is_stale
from cms.languages.registry import CODES, LANGUAGES, SOURCE, Language

_COMPILE = "Run `python manage.py catalogs compile`."


def catalog_errors(folder: Path, codes: Sequence[str]) -> list[CheckMessage]:
    """A catalog and a compiled one that is not older, for every language.

    Without a compiled catalog Django doesn't know prs, so and ti, and sends ``/prs/`` to ``/fa/``.
    """
    errors: list[CheckMessage] = []
    for code in codes:
        path = catalog_path(folder, code)
        name = f"{folder.name}/{code}/LC_MESSAGES"
        if not path.is_file():
            hint = "Run `python manage.py catalogs extract` and have it translated."
            errors.append(Error(f"{name}/django.po is missing.", hint=hint, id="languages.E001"))
        elif not compiled_path(path).is_file():
            errors.append(Error(f"{name}/django.mo is missing.", hint=_COMPILE, id="languages.E002"))
        elif is_stale(path):
            errors.append(Error(f"{name}/django.mo is older than its .po.", hint=_COMPILE, id="languages.E003"))
    return errors


def _fallback_errors(language: Language, known: dict[str, Language]) -> list[CheckMessage]:
    where = f"The registry's {language.code!r}"
    errors: list[CheckMessage] = [
        Error(f"{where} falls back to {code!r}, which is no language.", id="languages.E005")
        for code in language.fallbacks
        if code not in known
    ]
    if len(set(language.chain)) != len(language.chain):
        errors.append(Error(f"{where} falls back in a circle: {' '.join(language.chain)}.", id="languages.E006"))
    if language.chain[-1] != SOURCE:
        errors.append(Error(f"{where} does not end in {SOURCE!r}.", id="languages.E007"))
    return errors


def registry_errors(languages: Sequence[Language]) -> list[CheckMessage]:
    """Codes that are one of a kind, chains that end in the source, and never Russian for Ukrainian."""
    known = {language.code: language for language in languages}
    errors: list[CheckMessage] = []
    for field in ("code", "tag"):
        values = [getattr(language, field) for language in languages]
        errors += [
            Error(f"The registry has {value!r} twice as a {field}.", id="languages.E004")
            for value in sorted({value for value in values if values.count(value) > 1})
        ]
    for language in languages:
        errors += _fallback_errors(language, known)
    ukrainian = known.get("uk")
    if ukrainian is not None and "ru" in ukrainian.fallbacks:
        errors.append(Error("The registry's 'uk' falls back to 'ru', which it never may.", id="languages.E008"))
    return errors


@register(Tags.translation)
def check_languages(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Registered with Django: the registry and the catalogs of this site."""
    return registry_errors(LANGUAGES) + catalog_errors(Path(settings.BASE_DIR) / "locale", CODES)
