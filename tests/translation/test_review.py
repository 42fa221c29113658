"""The translators' gate: a translator sends, a reviewer decides, and until then the public reads what it read."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.test import Client, TestCase
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState
from wagtail_localize.models import StringTranslation  # noqa: TID251  (what a translator's desk writes)

from cms.access.models import Escalation
from cms.translation.localize import join
from cms.translation.models import TranslationRecord
from cms.translation.records import joined
from cms.translation.states import TranslationState
from pages.models import ArticlePage, BasePage
from tests.access.test_sync import person
from tests.factories import again, make_home, make_page, paragraphs

pytestmark = pytest.mark.django_db

COMMENTS = {
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
    "comments-MIN_NUM_FORMS": "0",
    "comments-MAX_NUM_FORMS": "",
}
LIVE, SENT = "نص عربي", "نص جديد"


@pytest.fixture(scope="module")
def made(shared_database: None) -> BasePage:
    """A published Arabic page, one of whose texts a translator has since changed."""
    make_home()
    make_home("ar")
    body = paragraphs("Svensk text.")
    source = make_page("om/", title="Om", body=body)
    target = make_page(
        "om/",
        "ar",
        title="حول",
        body=[body[0] | {"value": f"<p>{LIVE}</p>"}],
        translation_state=TranslationState.MACHINE,
    )
    assert join(source, target).aligned
    joined(target)
    StringTranslation.objects.filter(data=LIVE).update(data=SENT)
    return target


@pytest.fixture
def page(made: BasePage) -> BasePage:
    return again(made)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def press(client: Client, page: BasePage, **data: str) -> list[str]:
    """Publish, and if that is refused send; returns what the site says."""
    record = TranslationRecord.objects.get(page=page)
    for name in ("publish", "send"):
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = client.post(f"/admin/translation/{record.pk}/{name}/", data)
        if response.status_code != 403:
            assert response.status_code == 302
            return [str(message) for message in get_messages(response.wsgi_request)]
    return ["403"]


def decide_on(client: Client, page: BasePage, action: str = "approve", task: int | None = None, **data: str) -> Any:
    state = task or TaskState.objects.filter(workflow_state__object_id=str(page.pk)).latest("pk").pk
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(f"/admin/pages/workflow/action/{page.pk}/{action}/{state}/", data)


def read(page: BasePage) -> str:
    return Client().get("/ar/om/").content.decode()


def fresh(page: BasePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk)


def test_a_translator_sends_and_the_public_reads_the_old_text_until_a_reviewer_approves(page: BasePage) -> None:
    translator, reviewer = client_of(person("translator", language="ar")), client_of(person("reviewer", language="ar"))
    before = fresh(page)
    said = press(translator, page)
    assert len(said) == 1
    assert "حول" in said[0]
    row = fresh(page)
    assert row.workflow_in_progress
    assert SENT in str(row.get_latest_revision_as_object().body)
    assert row.body == before.body
    assert row.slug == row.get_latest_revision_as_object().slug == before.slug
    assert (row.last_published_at, row.live_revision_id) == (before.last_published_at, before.live_revision_id)
    assert LIVE in read(page)
    assert SENT not in read(page)
    assert "/review/" in reviewer.get(f"/admin/pages/{page.pk}/edit/").headers["Location"]
    preview = reviewer.get(f"/admin/pages/workflow/preview/{page.pk}/{row.current_workflow_task.pk}/")
    assert SENT in preview.content.decode()
    assert decide_on(reviewer, page).status_code == 302
    assert SENT in read(page)
    row = fresh(page)
    assert row.translation_state == TranslationState.REVIEWED
    assert row.get_latest_revision() == row.live_revision
    assert row.live_revision.content["translation_state"] == TranslationState.REVIEWED
    assert not row.has_unpublished_changes
    assert not row.workflow_in_progress


def test_missing_texts_are_counted(page: BasePage) -> None:
    StringTranslation.objects.filter(data=SENT).delete()
    said = press(client_of(person("translator", language="ar")), page)
    assert len(said) == 2
    assert "1" in said[1]
    assert fresh(page).workflow_in_progress


def test_changes_are_asked_for_and_it_is_sent_again(page: BasePage) -> None:
    translator = person("translator", language="ar")
    writer, reviewer = client_of(translator), client_of(person("reviewer", language="ar"))
    press(writer, page)
    mail.outbox.clear()
    decide_on(reviewer, page, "reject", comment="Se över rubriken.")
    (message,) = mail.outbox
    assert message.to == [translator.email]
    assert "Se över rubriken." in message.body
    assert "Se över rubriken." in writer.get(f"/admin/pages/{page.pk}/edit/", follow=True).content.decode()
    StringTranslation.objects.filter(data=SENT).update(data="نص ثالث")
    press(writer, page)
    assert WorkflowState.objects.filter(object_id=str(page.pk)).count() == 1
    assert LIVE in read(page)
    decide_on(reviewer, page)
    assert "نص ثالث" in read(page)


def test_it_is_not_sent_twice(page: BasePage) -> None:
    writer = client_of(person("translator", language="ar"))
    press(writer, page)
    revision = fresh(page).latest_revision_id
    press(writer, page)
    assert fresh(page).latest_revision_id == revision
    assert TaskState.objects.filter(workflow_state__object_id=str(page.pk)).count() == 1


@pytest.mark.parametrize(
    ("role", "county", "language"),
    [
        ("translator", None, "ti"),
        ("translator", "12", "ar"),
        ("reviewer", None, "ti"),
        ("reviewer", "12", "ar"),
        ("national-editor", None, ""),
        ("national-publisher", None, ""),
        ("county-publisher", "12", ""),
        ("analyst", None, ""),
        ("site-administrator", None, ""),
    ],
)
def test_others_neither_send_nor_publish(page: BasePage, role: str, county: str | None, language: str) -> None:
    before = fresh(page)
    assert press(client_of(person(role, county, language)), page) == ["403"]
    row = fresh(page)
    assert not row.workflow_in_progress
    assert row.latest_revision_id == before.latest_revision_id
    assert LIVE in read(page)


def test_a_reviewer_s_publish_is_the_review_and_is_hers(page: BasePage) -> None:
    reviewer = person("reviewer", language="ar")
    before = page.revisions.count()
    press(client_of(reviewer), page)
    row = fresh(page)
    assert SENT in read(page)
    assert row.translation_state == TranslationState.REVIEWED
    assert page.revisions.count() == before + 1
    assert row.live_revision.user == reviewer


@pytest.mark.parametrize("role", ["translator", "reviewer"])
def test_a_lock_of_another_holds(page: BasePage, role: str) -> None:
    locker = person("reviewer", "12", "ar")
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=locker, locked_at=timezone.now())
    before = fresh(page)
    said = press(client_of(person(role, language="ar")), page)
    assert len(said) == 1
    row = fresh(page)
    assert row.latest_revision_id == before.latest_revision_id
    assert not row.workflow_in_progress
    assert LIVE in read(page)


def test_what_cuts_a_translation_off_is_shut(page: BasePage) -> None:
    client = client_of(person("reviewer", language="ar"))
    for name in ("localize-restart-translation", "localize-convert-to-alias"):
        response = client.post(f"/admin/pages/{page.pk}/edit/", {name: "1"})
        assert response.status_code in (302, 403)
        assert response.headers.get("Location", "/admin/") == "/admin/"
    editor = client.get(f"/admin/pages/{page.pk}/edit/", follow=True).content.decode()
    assert "convert_to_alias" not in editor


def test_who_takes_over_publishes_but_reviews_nothing(page: BasePage) -> None:
    """The national publisher may decide on an escalated task; she doesn't know Arabic by that."""
    publisher = client_of(person("national-publisher"))
    press(client_of(person("translator", language="ar")), page)
    assert decide_on(publisher, page).status_code == 403
    Escalation.objects.create(task_state=fresh(page).current_workflow_task_state)
    assert decide_on(publisher, page).status_code == 302
    assert SENT in read(page)
    assert fresh(page).translation_state == TranslationState.MACHINE


@pytest.mark.parametrize("door", ["editor", "bulk"])
def test_a_translation_that_is_written_by_hand_is_reviewed_by_who_publishes_it(door: str) -> None:
    make_home()
    make_home("ar")
    make_page("annat/", title="Annat")
    page = make_page("annat/", "ar", title="حول", live=False, translation_state=TranslationState.MACHINE)
    client = client_of(person("reviewer", language="ar"))
    before = page.revisions.count()
    if door == "editor":
        data = {"title": "حول", "slug": "annat", "body-count": "0", "action-publish": "1", **COMMENTS}
        response = client.post(f"/admin/pages/{page.pk}/edit/", data)
    else:
        response = client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}")
    assert response.status_code == 302
    row = fresh(page)
    assert row.live
    assert row.translation_state == TranslationState.REVIEWED
    assert page.revisions.count() == before + (door == "editor")


def test_swedish_has_no_such_state() -> None:
    make_home()
    page = make_page("annat/", title="Annat", live=False)
    client = client_of(person("national-publisher"))
    assert client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}").status_code == 302
    row = fresh(page)
    assert (row.live, row.translation_state) == (True, "")
