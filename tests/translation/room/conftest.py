"""A page whose translation into Arabic lacks one text, and people who work on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from cms.translation.localize import Unit, join, units_of
from cms.translation.models import TranslationRecord
from cms.translation.records import joined
from cms.translation.states import TranslationState
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import again, make_home, make_page, paragraphs, publish
from tests.translation.test_records import record, with_text

OLD, NEW = "Ring <b>112</b> om det brinner.", "Ring <b>112</b> genast om det brinner."
LINKED = 'Läs mer hos <a href="https://example.org/sv">myndigheten</a>.'


@pytest.fixture(scope="module")
def made(shared_database: None) -> BasePage:
    """A Swedish page that was translated, one sentence of which has changed since."""
    cache.clear()
    make_home()
    make_home("ar")
    page = make_page("om/", title="Om", search_description="Kort.", body=paragraphs(OLD, LINKED, "Tre."))
    translated = [
        dict(block) | {"value": f"<p>{text}</p>"}
        for block, text in zip(
            page.body.raw_data,
            (
                "اتصل بالرقم <b>112</b> عند الحريق.",
                'اقرأ المزيد لدى <a href="https://example.org/sv">المصلحة</a>.',
                "ثلاثة.",
            ),
            strict=True,
        )
    ]
    target = make_page(
        "om/",
        "ar",
        title="حول",
        search_description="باختصار.",
        body=translated,
        translation_state=TranslationState.REVIEWED,
    )
    assert join(page, target).aligned
    joined(target)
    return publish(page, body=with_text(page, 0, NEW))


@pytest.fixture
def source(made: BasePage) -> BasePage:
    return again(made)


@pytest.fixture
def translator() -> Any:
    return person("translator", language="ar")


@pytest.fixture
def reviewer() -> Any:
    return person("reviewer", language="ar")


def outdated(source: BasePage, language: str = "ar") -> Unit:
    """The unit that lacks its text."""
    (unit,) = [unit for unit in units_of(source.translation_key, language) if unit.text is None]
    return unit


@dataclass
class Desk:
    """Somebody at the room of a translation."""

    record: TranslationRecord
    client: Client

    def get(self, address: str = "") -> Any:
        return self.client.get(f"/admin/translation/{self.record.pk}/{address}")

    def post(self, address: str, **sent: Any) -> Any:
        return self.client.post(
            f"/admin/translation/{self.record.pk}/{address}",
            json.dumps(sent),
            content_type="application/json",
            headers={"x-requested-with": "XMLHttpRequest"},
        )

    def save(self, unit: Unit, coded: str, expected: str = "", **more: Any) -> Any:
        return self.post("save/", texts=[{"unit": unit.id, "coded": coded, "expected": expected} | more])


def desk_of(source: BasePage, user: Any, language: str = "ar") -> Desk:
    client = Client()
    client.force_login(user)
    return Desk(record(source, language), client)
