"""A source that waits for its translations is published together with them, or not at all."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client, TestCase
from django.utils import timezone

from cms.translation.holds import give_up, hold, missing, open_hold, release, release_due
from cms.translation.localize import units_of
from cms.translation.models import Hold
from cms.translation.moderation import publish_translation, send_for_review
from cms.translation.review import approve
from cms.translation.states import State
from cms.translation.work import NewText, save_texts
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import make_home, page_at, publish
from tests.translation.test_records import record, translate, with_text
from tests.translation.test_review import client_of

pytestmark = pytest.mark.django_db

NEW, ARABIC = "Två och en halv.", "اثنان ونصف."


@pytest.fixture
def held(source: BasePage) -> Hold:
    """A page that is current in Arabic, with a draft that waits for Arabic."""
    translate(source)
    draft(source)
    return hold(page_at("om/"), ["ar"], None, person("national-publisher"))


def draft(source: BasePage) -> None:
    page = page_at("om/")
    setattr(page, "body", with_text(source, 1, NEW))  # noqa: B010  (raw blocks, as the field takes them)
    page.save_revision()


def write_it(source: BasePage) -> None:
    (unit,) = [unit for unit in units_of(source.translation_key, "ar") if unit.text is None]
    assert unit.source == NEW
    assert save_texts(record(source), [NewText(unit.id, ARABIC)], person("translator", language="ar")) == []


def read(language: str) -> str:
    return Client().get(f"/{language}/om/").content.decode()


def test_readers_see_the_old_text_until_both_are_ready(source: BasePage, held: Hold) -> None:
    assert (record(source).state, record(source).untranslated) == (State.CURRENT, 1)
    write_it(source)
    translator, reviewer = person("translator", language="ar"), person("reviewer", language="ar")
    send_for_review(page_at("om/", "ar"), translator)
    assert NEW not in read("sv")
    with TestCase.captureOnCommitCallbacks(execute=True):
        approve(record(source), reviewer)
    assert open_hold(source.translation_key) is None
    assert NEW in read("sv")
    assert ARABIC in read("ar")
    assert record(source).state == State.CURRENT


def test_killed_after_the_approval_it_is_released_by_the_command(source: BasePage, held: Hold) -> None:
    write_it(source)
    with TestCase.captureOnCommitCallbacks(execute=False):
        publish_translation(page_at("om/", "ar"), person("reviewer", language="ar"))
    assert ARABIC not in read("ar")
    call_command("release_holds", verbosity=0)
    assert NEW in read("sv")
    assert ARABIC in read("ar")
    assert release_due() == 0


def test_a_failure_in_the_middle_publishes_nothing(
    source: BasePage, held: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_it(source)
    with TestCase.captureOnCommitCallbacks(execute=False):
        publish_translation(page_at("om/", "ar"), person("reviewer", language="ar"))
    broken = held.translations.get().revision
    good = dict(broken.content)
    broken.content = {**good, "slug": ""}
    broken.save(update_fields=["content"])
    with pytest.raises(Exception):  # noqa: B017, PT011  (whatever the broken row raises)
        release(held)
    assert NEW not in read("sv")
    assert open_hold(source.translation_key) is not None
    broken.content = good
    broken.save(update_fields=["content"])
    assert release(held)
    assert ARABIC in read("ar")


def test_on_its_day_it_is_published_with_what_is_ready(source: BasePage) -> None:
    translate(source)
    draft(source)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    held = hold(page_at("om/"), ["ar", "ti"], tomorrow, person("national-publisher"))
    assert missing(held) == ["ar", "ti"]
    assert release_due() == 0
    assert release_due(tomorrow) == 1
    assert NEW in read("sv")
    assert record(source).state == State.OUTDATED


def test_waiting_no_longer_gives_translators_the_published_text_again(source: BasePage, held: Hold) -> None:
    with pytest.raises(PermissionDenied):
        give_up(held, person("county-publisher", "12"))
    give_up(held, person("national-publisher"))
    assert {unit.text is None for unit in units_of(source.translation_key, "ar")} == {False}
    assert record(source).state == State.CURRENT
    assert NEW not in read("sv")


def test_publishing_past_it_ends_it(source: BasePage, held: Hold) -> None:
    publish(page_at("om/"), title="Annat")
    assert open_hold(source.translation_key) is None


def test_what_cannot_wait_is_refused(source: BasePage) -> None:
    publisher = person("national-publisher")
    with pytest.raises(ValidationError):
        hold(page_at("om/"), ["ar"], None, publisher)
    draft(source)
    with pytest.raises(ValidationError):
        hold(page_at("om/"), [], None, publisher)
    with pytest.raises(PermissionDenied):
        hold(page_at("om/"), ["ar"], None, person("national-editor"))
    hold(page_at("om/"), ["ar"], None, publisher)
    with pytest.raises(ValidationError):
        hold(page_at("om/"), ["ti"], None, publisher)


def test_the_screen(source: BasePage) -> None:
    make_home("ar")
    draft(source)
    client = client_of(person("national-publisher"))
    address = f"/admin/translation/hold/{source.pk}/"
    assert client.post(address, {"languages": ["ar"]}).status_code == 302
    assert "العربية" in client.get(address).content.decode()
    assert client_of(person("national-editor")).get(address).status_code == 403
    client.post(address, {"decision": "release"})
    assert NEW in read("sv")
