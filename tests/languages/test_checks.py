"""The system checks of the registry and of the compiled catalogs."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from cms.languages.catalogs.store import catalog_path, compile_catalog, compiled_path, merge
from cms.languages.checks import catalog_errors, registry_errors
from cms.languages.registry import CODES, LANGUAGES, Language, get


def ids(languages: tuple[Language, ...]) -> list[str | None]:
    return [error.id for error in registry_errors(languages)]


def with_fallbacks(code: str, *fallbacks: str) -> tuple[Language, ...]:
    return tuple(
        replace(language, fallbacks=fallbacks) if language.code == code else language for language in LANGUAGES
    )


def test_our_registry_holds_together() -> None:
    assert registry_errors(LANGUAGES) == []


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ((*LANGUAGES, get("ar")), ["languages.E004", "languages.E004"]),
        ((*LANGUAGES, replace(get("ar"), code="ars")), ["languages.E004"]),
        (with_fallbacks("so", "tlh", "sv"), ["languages.E005"]),
        (with_fallbacks("so", "so", "sv"), ["languages.E006"]),
        (with_fallbacks("so", "en"), ["languages.E007"]),
        (with_fallbacks("sv", "en"), ["languages.E007"]),
        (with_fallbacks("uk", "ru", "en", "sv"), ["languages.E008"]),
    ],
)
def test_a_registry_that_does_not(languages: tuple[Language, ...], expected: list[str]) -> None:
    assert ids(languages) == expected


def test_ukrainian_never_ends_in_russian() -> None:
    assert "ru" not in get("uk").chain
    assert get("prs").chain == ("prs", "fa", "en", "sv")
    assert all(get(code).chain[-1] == "sv" for code in CODES)


def test_compiled_catalogs(tmp_path: Path) -> None:
    folder = tmp_path / "locale"
    assert [error.id for error in catalog_errors(folder, ["ti"])] == ["languages.E001"]

    merge(folder, "ti", {})
    (missing,) = catalog_errors(folder, ["ti"])
    assert (missing.id, missing.msg) == ("languages.E002", "locale/ti/LC_MESSAGES/django.mo is missing.")
    assert missing.hint == "Run `python manage.py catalogs compile`."

    compile_catalog(folder, "ti")
    assert catalog_errors(folder, ["ti"]) == []

    path = catalog_path(folder, "ti")
    compiled = compiled_path(path).stat()
    os.utime(path, ns=(compiled.st_atime_ns, compiled.st_mtime_ns + 1))
    assert [error.id for error in catalog_errors(folder, ["ti"])] == ["languages.E003"]
