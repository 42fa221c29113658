"""Wagtail-localize's publish obeys locks and moderation, which as installed it does not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, TestCase
from django.utils import timezone
from wagtail.models import Page

from cms.translation.localize import join
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import make_home, make_page, paragraphs

pytestmark = pytest.mark.django_db


@pytest.fixture
def translated() -> BasePage:
    """A published Arabic page, joined to its Swedish source, whose translation has since changed."""
    make_home()
    make_home("ar")
    body = paragraphs("Svensk text.")
    source = make_page("om/", title="Om", body=body)
    target = make_page("om/", "ar", title="حول", body=[body[0] | {"value": "<p>نص عربي.</p>"}])
    assert join(source, target).aligned
    return target


def _publish(user: Any, page: BasePage) -> int:
    client = Client()
    client.force_login(user)
    # Wagtail-localize publishes when the transaction is committed.
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(f"/admin/pages/{page.pk}/edit/", {"action": "publish"}).status_code


def test_a_reviewer_publishes_a_translation(translated: BasePage) -> None:
    before = translated.last_published_at
    assert _publish(person("reviewer", language="ar"), translated) == 302
    translated.refresh_from_db()
    assert translated.last_published_at != before


def test_a_locked_translation_is_not_published(translated: BasePage) -> None:
    locker = person("national-publisher")
    Page.objects.filter(pk=translated.pk).update(locked=True, locked_by=locker, locked_at=timezone.now())
    before = translated.last_published_at
    assert _publish(person("reviewer", language="ar"), translated) in (302, 403)
    translated.refresh_from_db()
    assert translated.last_published_at == before


def test_a_translation_in_moderation_is_not_published_past_it(translated: BasePage) -> None:
    reviewer = person("reviewer", language="ar")
    translated.save_revision()
    workflow = translated.get_workflow()
    assert workflow is not None
    workflow.start(translated, person("translator", language="ar"))
    before = translated.last_published_at
    assert _publish(reviewer, translated) in (302, 403)
    translated.refresh_from_db()
    assert translated.last_published_at == before
    assert translated.workflow_in_progress


def test_a_translator_does_not_publish(translated: BasePage) -> None:
    before = translated.last_published_at
    assert _publish(person("translator", language="ar"), translated) in (302, 403)
    translated.refresh_from_db()
    assert translated.last_published_at == before
