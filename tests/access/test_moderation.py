"""Moderation: who decides on whose pages."""

from __future__ import annotations

import pytest
from django.test import Client

from pages.models import LocalPage
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, publish

pytestmark = pytest.mark.django_db


def test_a_county_s_editor_sends_and_its_publisher_decides() -> None:
    make_home()
    publish(page_at("lan/skane/"))
    publisher = person("county-publisher", "12")
    stranger = person("county-publisher", "09")
    editor = person("county-editor", "12")
    page = make_page("lan/skane/sfi/", model=LocalPage, live=False)
    workflow = page.get_workflow()
    assert workflow is not None
    state = workflow.start(page, editor)
    task = state.current_task_state.task.specific
    assert {action for action, _name, _confirm in task.get_actions(page, publisher)} >= {"approve", "reject"}
    assert not task.get_actions(page, stranger)
    assert not task.get_actions(page, editor)
    page.refresh_from_db()
    assert not page.live
    state.current_task_state.approve(user=publisher)
    page.refresh_from_db()
    assert page.live


def test_an_editor_s_publish_is_refused() -> None:
    make_home()
    publish(page_at("lan/skane/"))
    editor = person("county-editor", "12")
    page = make_page("lan/skane/sfi/", model=LocalPage, live=False)
    client = Client()
    client.force_login(editor)
    response = client.post(
        f"/admin/pages/{page.pk}/edit/", {"title": "SFI", "slug": "sfi", "action-publish": "1", "body-count": "0"}
    )
    page.refresh_from_db()
    assert not page.live
    assert response.status_code in (200, 302, 403)


@pytest.mark.parametrize("address", ["edit", "delete", "unpublish", "move", "copy", "history"])
def test_another_county_s_page_is_closed(address: str) -> None:
    make_home()
    publish(page_at("lan/gotland/"))
    page = make_page("lan/gotland/sfi/", model=LocalPage, title="Gotlands hemlighet")
    client = Client()
    client.force_login(person("county-publisher", "12"))
    path = f"/admin/pages/{page.pk}/history/" if address == "history" else f"/admin/pages/{page.pk}/{address}/"
    response = client.get(path)
    assert response.status_code in (302, 403)
    assert "Gotlands hemlighet" not in response.content.decode()


@pytest.mark.parametrize("role", ["national-publisher", "county-publisher", "translator", "reviewer", "analyst"])
def test_nobody_may_order_translations_yet(role: str) -> None:
    """Wagtail-localize's one global right is nobody's, so its doors stay shut."""
    make_home()
    page = make_page("att-bo/")
    county = "12" if role == "county-publisher" else None
    language = "ar" if role in ("translator", "reviewer") else ""
    client = Client()
    client.force_login(person(role, county, language))
    for address in (
        f"submit/page/{page.pk}/",
        "update/1/",
        f"page/{page.pk}/convert_to_alias/",
        "translate/1/disable/",
        "reports/translations/",
        "reports/translations/results/",
        "api/snippets/pages/publisher/",
    ):
        for response in (client.get(f"/admin/localize/{address}"), client.post(f"/admin/localize/{address}")):
            assert response.status_code == 403, address
