"""What wagtail-localize's publish leaves open as installed. Each test takes the gate away to show the leak."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client, TestCase
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page

from cms.translation.localize import to_translation
from cms.translation.moderation import send_for_review
from cms.translation.wagtail_hooks import gate
from pages.models import BasePage
from tests.access.test_sync import person
from tests.translation.test_review import (  # noqa: F401  (page and made are fixtures)
    LIVE,
    SENT,
    client_of,
    fresh,
    made,
    page,
    press,
    read,
)

pytestmark = pytest.mark.django_db


def stock_press(client: Client, page: BasePage) -> None:  # noqa: F811
    """Press the button of wagtail-localize's own editor."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(f"/admin/pages/{page.pk}/edit/", {"action": "publish"})


@contextmanager
def without_gate() -> Iterator[None]:
    """Within, wagtail-localize answers as installed."""
    stock = hooks.get_hooks
    assert gate in stock("before_edit_page")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hooks, "get_hooks", lambda name: [hook for hook in stock(name) if hook is not gate])
        yield


def test_4_publishing_obeys_a_lock(page: BasePage) -> None:  # noqa: F811
    reviewer = client_of(person("reviewer", language="ar"))
    locker = person("translator", language="ar")
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=locker, locked_at=timezone.now())
    press(reviewer, page)
    assert LIVE in read(page)
    with without_gate():
        stock_press(reviewer, page)
    assert SENT in read(page)


def test_4_publishing_cancels_no_review(page: BasePage) -> None:  # noqa: F811
    reviewer = client_of(person("reviewer", language="ar"))
    send_for_review(page, person("translator", language="ar"))
    press(reviewer, page)
    assert fresh(page).workflow_in_progress
    assert LIVE in read(page)
    with without_gate():
        stock_press(reviewer, page)
    assert not fresh(page).workflow_in_progress
    assert SENT in read(page)


def test_5_a_draft_is_not_written_into_what_the_public_reads(page: BasePage) -> None:  # noqa: F811
    send_for_review(page, person("translator", language="ar"))
    assert LIVE in str(fresh(page).body)
    translation = to_translation(page)
    assert translation is not None
    translation.save_target(publish=False)
    assert SENT in str(fresh(page).body)


def test_6_a_translator_can_send_what_she_may_not_publish(page: BasePage) -> None:  # noqa: F811
    translator = client_of(person("translator", language="ar"))
    with without_gate():
        stock_press(translator, page)
    assert not fresh(page).workflow_in_progress
    press(translator, page)
    assert fresh(page).workflow_in_progress
    assert LIVE in read(page)
