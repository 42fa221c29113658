"""What a cold review of the states, of orders, review and held publications found."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client, TestCase
from django.utils import timezone
from wagtail.models import Page

from cms.editorial.reminders import pending
from cms.translation.holds import give_up, hold, open_hold, release_due
from cms.translation.localize import places_of, units_of
from cms.translation.models import Hold, ItemStatus, OrderItem, TranslationRecord
from cms.translation.moderation import publish_translation, send_for_review
from cms.translation.ordering.orders import Wanted, go_on, place_order
from cms.translation.queue import to_translate
from cms.translation.review import approve, refuse_held, refuse_page
from cms.translation.states import State
from cms.translation.work import NewText, save_texts
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, paragraphs, publish
from tests.translation.test_records import record, translate, with_text
from tests.translation.test_review import client_of

pytestmark = pytest.mark.django_db

ADDED, ARABIC = "Ett stycke till.", "فقرة أخرى."


def draft(path: str = "om/", **fields: Any) -> None:
    """Change fields of the page at ``path`` without publishing."""
    page = page_at(path)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision()


def draft_with_more(source: BasePage) -> None:
    draft(body=[*source.body.raw_data, *paragraphs(ADDED)])


def held_with_more(source: BasePage) -> Hold:
    """A page that is current in Arabic, with a draft of one paragraph more that waits for Arabic."""
    translate(source)
    draft_with_more(source)
    return hold(page_at("om/"), ["ar"], None, person("national-publisher"))


def put(source: BasePage, said: str, text: str) -> None:
    (unit,) = [unit for unit in units_of(source.translation_key, "ar") if unit.source == said]
    assert save_texts(record(source), [NewText(unit.id, text)], person("reviewer", language="ar")) == []


def texts(source: BasePage) -> list[str]:
    return [place.text for place in places_of(source.translation_key)]


def read(language: str) -> str:
    return Client().get(f"/{language}/om/").content.decode()


# --- held publications ----------------------------------------------------------------------------


def test_a_held_source_s_order_waits_in_the_queue_until_it_is_approved(source: BasePage) -> None:
    held_with_more(source)
    translator, reviewer = person("translator", language="ar"), person("reviewer", language="ar")
    with TestCase.captureOnCommitCallbacks(execute=True):
        place_order(Wanted([record(source).source], ["ar"], "t"), person("national-editor"))
    assert [(one.state, one.words_left) for one in to_translate(translator)] == [(State.CURRENT, 3)]
    put(source, ADDED, ARABIC)
    assert list(to_translate(translator)) == [record(source)]
    with TestCase.captureOnCommitCallbacks(execute=False):
        publish_translation(page_at("om/", "ar"), reviewer)
    assert list(to_translate(translator)) == []
    assert pending(timezone.localdate()) == []
    assert release_due() == 1
    assert OrderItem.objects.get().status == ItemStatus.DONE


def test_published_together_a_new_block_leaves_no_translation_outdated(source: BasePage) -> None:
    held_with_more(source)
    put(source, ADDED, ARABIC)
    with TestCase.captureOnCommitCallbacks(execute=True):
        publish_translation(page_at("om/", "ar"), person("reviewer", language="ar"))
    assert (ADDED in read("sv"), ARABIC in read("ar")) == (True, True)
    assert record(source).state == State.CURRENT


def test_what_was_moved_in_a_held_draft_keeps_its_translation(source: BasePage) -> None:
    translate(source)
    draft(body=paragraphs("Tre.", "Ett.", "Två."))
    hold(page_at("om/"), ["ar"], None, person("national-publisher"))
    assert record(source).untranslated == 0


def test_a_source_that_is_taken_back_waits_for_no_day(source: BasePage) -> None:
    translate(source)
    draft_with_more(source)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    hold(page_at("om/"), [], tomorrow, person("national-publisher"))
    page_at("om/").unpublish()
    assert open_hold(source.translation_key) is None
    assert release_due(tomorrow) == 0
    assert not page_at("om/").live
    with pytest.raises(ValidationError):
        hold(page_at("om/"), ["ar"], None, person("national-publisher"))


def test_a_draft_with_a_day_of_its_own_is_not_held(source: BasePage) -> None:
    draft(go_live_at=timezone.now() + datetime.timedelta(days=3))
    with pytest.raises(ValidationError):
        hold(page_at("om/"), ["ar"], None, person("national-publisher"))


def test_given_up_after_a_minor_edit_the_translations_are_what_they_were(source: BasePage) -> None:
    translate(source)
    publish(source, body=with_text(source, 1, "Tvaa."), minor_edit=True)
    draft(body=with_text(source, 2, "Något annat."))
    held = hold(page_at("om/"), ["ar"], None, person("national-publisher"))
    give_up(held, person("national-publisher"))
    assert (record(source).state, record(source).untranslated) == (State.CURRENT, 0)


def test_a_translation_deleted_meanwhile_leaves_translators_the_held_text(source: BasePage) -> None:
    held_with_more(source)
    Page.objects.get(pk=page_at("om/", "ar").pk).delete()
    assert ADDED in texts(source)


def test_the_last_translation_deleted_leaves_the_source_its_texts(source: BasePage) -> None:
    translate(source)
    Page.objects.get(pk=page_at("om/", "ar").pk).delete()
    assert texts(source)[-3:] == ["Ett.", "Två.", "Tre."]
    assert record(source).untranslated == 5


def test_a_draft_of_what_is_held_is_published_by_no_other_door(source: BasePage) -> None:
    held_with_more(source)
    put(source, ADDED, ARABIC)
    page = page_at("om/", "ar")
    refuse_held(page)
    reviewer = person("reviewer", language="ar")
    with TestCase.captureOnCommitCallbacks(execute=False):
        publish_translation(page, reviewer)
    with pytest.raises(PermissionDenied):
        refuse_held(page_at("om/", "ar"))
    client_of(reviewer).post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}")
    assert ARABIC not in read("ar")


def test_one_that_cannot_be_published_keeps_no_other_waiting(source: BasePage) -> None:
    other = make_page("annat/", title="Annat", body=paragraphs("Ett."))
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    for path in ("om/", "annat/"):
        draft(path, title=f"Nytt {path}")
        held = hold(page_at(path), [], tomorrow, person("national-publisher"))
        if path == "om/":
            held.revision.content["title"] = ""
            held.revision.save(update_fields=["content"])
    assert release_due(tomorrow) == 1
    assert Page.objects.get(pk=other.pk).title == "Nytt annat/"
    assert Hold.objects.get(ended_at=None).source_id == source.translation_key


# --- states ---------------------------------------------------------------------------------------


def test_a_minor_edit_s_mark_does_not_stay(source: BasePage) -> None:
    translate(source)
    publish(source, body=with_text(source, 1, "Tvaa."), minor_edit=True)
    draft(body=with_text(source, 1, "Något helt annat."))
    page_at("om/").get_latest_revision().publish()
    assert record(source).outdated == 1


def test_what_was_outdated_comes_back_outdated(source: BasePage) -> None:
    translate(source)
    publish(source, body=with_text(source, 1, "Två och en halv."))
    page_at("om/").unpublish()
    page_at("om/").save_revision().publish()
    assert page_at("om/", "ar").live
    assert (record(source).state, record(source).outdated) == (State.OUTDATED, 1)


def test_what_comes_back_has_the_address_that_its_source_has_now(source: BasePage) -> None:
    target = translate(source)
    page_at("om/").unpublish()
    page_at("om/", "ar").save_revision()
    publish(page_at("om/"), slug="om-oss", sources="Skatteverket | https://www.skatteverket.se/")
    now = Page.objects.get(pk=target.pk).specific
    assert (now.live, now.slug) == (True, "om-oss")
    assert now.sources.startswith("Skatteverket")


def test_an_unpublished_source_s_translation_is_not_published(source: BasePage) -> None:
    translate(source)
    translator, reviewer = person("translator", language="ar"), person("reviewer", language="ar")
    publish(source, body=with_text(source, 1, "Två och en halv."))
    put(source, "Två och en halv.", "اثنان ونصف.")
    send_for_review(page_at("om/", "ar"), translator)
    page_at("om/").unpublish()
    with pytest.raises(ValidationError):
        approve(record(source), reviewer)
    with pytest.raises(PermissionDenied):
        refuse_page(page_at("om/", "ar"))
    assert not page_at("om/", "ar").live


@pytest.mark.parametrize("what", ["send", "publish"])
def test_a_deleted_source_s_translation_is_refused_with_a_sentence(source: BasePage, what: str) -> None:
    translate(source)
    missing = TranslationRecord.objects.get(source_id=source.translation_key, language="ti")
    Page.objects.get(pk=source.pk).delete()
    make_home("ti")
    client = client_of(person("reviewer", language="ti"))
    answer = client.post(f"/admin/translation/{missing.pk}/{what}/", follow=True)
    assert "Originalet är inte publicerat. Inget har ändrats." in answer.content.decode()


# --- review and orders ----------------------------------------------------------------------------


def sent_and_outrun(source: BasePage) -> None:
    """Sent for review; then the source changed again, in another text."""
    translate(source)
    publish(source, body=with_text(source, 1, "Två och en halv."))
    put(source, "Två och en halv.", "اثنان ونصف.")
    send_for_review(page_at("om/", "ar"), person("translator", language="ar"))
    publish(source, body=with_text(source, 2, "Tre komma ett."))


def test_what_was_sent_is_published_though_the_source_changed_meanwhile(source: BasePage) -> None:
    sent_and_outrun(source)
    approve(record(source), person("reviewer", language="ar"))
    assert ("اثنان ونصف." in read("ar"), "ar 2" in read("ar"), "Tre komma ett." in read("ar")) == (True, True, False)
    assert (record(source).state, record(source).outdated) == (State.OUTDATED, 1)


def test_corrected_on_a_source_that_changed_meanwhile_it_must_be_finished(source: BasePage) -> None:
    sent_and_outrun(source)
    put(source, "Två och en halv.", "اثنان و نصف.")
    with pytest.raises(ValidationError):
        approve(record(source), person("reviewer", language="ar"))
    put(source, "Tre komma ett.", "ثلاثة فاصل واحد.")
    approve(record(source), person("reviewer", language="ar"))
    assert record(source).state == State.CURRENT


def test_a_page_that_is_written_by_hand_is_decided_on_where_it_was_written(source: BasePage) -> None:
    translator, reviewer = person("translator", language="ar"), person("reviewer", language="ar")
    page = make_page("om/", "ar", title="باليد", body=paragraphs("نص."))
    page.save_revision(user=translator)
    page.get_workflow().start(page, translator)
    client = client_of(reviewer)
    answer = client.get(f"/admin/translation/{record(source).pk}/review/")
    assert answer["Location"] == f"/admin/pages/{page.pk}/edit/"
    refuse_page(page)


def test_what_names_no_part_of_an_order_is_no_fault_of_the_site(source: BasePage) -> None:
    editor = person("national-editor")
    with TestCase.captureOnCommitCallbacks(execute=True):
        placed = place_order(Wanted([record(source).source], ["ar"], "t"), editor)
    client = client_of(editor)
    for item in ("", "x", "9" * 40):
        assert client.post(f"/admin/translation/orders/{placed.pk}/", {"item": item}).status_code < 500
    assert OrderItem.objects.get().status == ItemStatus.OPEN


def test_an_order_that_was_cut_off_goes_on(source: BasePage) -> None:
    for token in ("t", "u"):
        with TestCase.captureOnCommitCallbacks(execute=False):
            place_order(Wanted([record(source).source], ["ar"], token), person("national-editor"))
    assert list(to_translate(person("translator", language="ar"))) == []
    call_command("translation_orders", verbosity=0)
    assert list(OrderItem.objects.order_by("pk").values_list("status", flat=True)) == ["cancelled", "open"]
    assert [one.item and one.item.order.token for one in to_translate(person("translator", language="ar"))] == ["u"]
    assert go_on() == 0


def test_a_form_sent_again_goes_on_with_its_order(source: BasePage) -> None:
    editor = person("national-editor")
    for execute in (False, True):
        with TestCase.captureOnCommitCallbacks(execute=execute):
            place_order(Wanted([record(source).source], ["ar"], "t"), editor)
    assert OrderItem.objects.get().status == ItemStatus.OPEN


def test_a_text_holds_no_character_that_no_database_keeps(source: BasePage) -> None:
    translate(source)
    unit = units_of(source.translation_key, "ar")[-1]
    assert save_texts(record(source), [NewText(unit.id, "ن\x0bص\x00\ud800")], person("translator", language="ar")) == []
    assert units_of(source.translation_key, "ar")[-1].text == "نص"
