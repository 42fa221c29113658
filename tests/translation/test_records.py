"""The state of every translation follows from what its source says and what it was made from."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from wagtail.models import Page

from cms.languages.registry import CODES, SOURCE
from cms.translation.localize import join, places_of, units_of
from cms.translation.models import Origin, SourceRecord, TextVersion, TranslationRecord
from cms.translation.moderation import publish_translation, send_for_review
from cms.translation.records import joined, rebuild
from cms.translation.states import State, TranslationState
from cms.translation.work import NewText, save_texts
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import make_page, page_at, paragraphs, publish

pytestmark = pytest.mark.django_db


def translate(source: BasePage, language: str = "ar", **fields: str) -> BasePage:
    """Publish a joined translation of the source as it is."""
    body = [block | {"value": f"<p>{language} {n}</p>"} for n, block in enumerate(source.body.raw_data)]
    target = make_page(
        source.reading_path,
        language,
        title=f"{language} {source.title}",
        search_description=f"{language} kort",
        search_words=f"{language} ord" if source.search_words else "",
        body=body,
        translation_state=fields.get("state", TranslationState.REVIEWED),
    )
    assert join(source, target).aligned
    joined(target)
    return target


def record(source: Page, language: str = "ar") -> TranslationRecord:
    return TranslationRecord.objects.get(source_id=source.translation_key, language=language)


def with_text(source: BasePage, number: int, text: str) -> list[dict[str, object]]:
    body = [dict(block) for block in source.body.raw_data]
    body[number] |= {"value": f"<p>{text}</p>"}
    return body


def test_a_published_source_is_missing_in_ten_languages(source: BasePage) -> None:
    records = TranslationRecord.objects.filter(source_id=source.translation_key)
    assert {one.language for one in records} == set(CODES) - {SOURCE}
    assert {one.state for one in records} == {State.MISSING}
    assert {(one.untranslated, one.words_left) for one in records} == {(5, 5)}


def test_a_changed_sentence_outdates_exactly_its_segment(source: BasePage) -> None:
    translate(source)
    assert (record(source).state, record(source).outdated) == (State.CURRENT, 0)
    publish(source, body=with_text(source, 1, "Två och en halv."))
    now = record(source)
    assert (now.state, now.outdated, now.untranslated, now.words_left) == (State.OUTDATED, 1, 1, 4)
    assert record(source, "ti").state == State.MISSING


def test_taking_the_change_back_makes_it_current(source: BasePage) -> None:
    translate(source)
    before = list(source.body.raw_data)
    publish(source, body=with_text(source, 1, "Två och en halv."))
    publish(source, body=before)
    assert record(source).state == State.CURRENT


def test_a_minor_edit_changes_no_state_and_keeps_the_text(source: BasePage) -> None:
    translate(source)
    changed = SourceRecord.objects.get(pk=source.translation_key).changed_at
    publish(source, body=with_text(source, 1, "Tvaa."), minor_edit=True)
    now = record(source)
    assert (now.state, now.outdated, now.untranslated) == (State.CURRENT, 0, 0)
    assert SourceRecord.objects.get(pk=source.translation_key).changed_at == changed
    publish(source, body=with_text(source, 1, "Något annat."), minor_edit=False)
    assert record(source).outdated == 1
    publish(source, body=with_text(source, 1, "Tvaa."))
    assert record(source).state == State.CURRENT


def test_a_moved_block_keeps_its_translation(source: BasePage) -> None:
    translate(source)
    body = list(source.body.raw_data)
    publish(source, body=[body[2], body[0], body[1]])
    now = record(source)
    assert (now.state, now.outdated, now.untranslated) == (State.OUTDATED, 0, 0)


def test_a_block_that_is_split_keeps_its_translations(source: BasePage) -> None:
    body = [dict(source.body.raw_data[0]) | {"value": "<p>Ett.</p><p>Två.</p>"}]
    publish(source, body=body)
    target = make_page(
        "om/", "ar", title="ar Om", search_description="ar kort", body=[body[0] | {"value": "<p>a</p><p>b</p>"}]
    )
    assert join(source, target).aligned
    joined(target)
    publish(source, body=paragraphs("Ett.", "Två."))
    now = record(source)
    assert (now.outdated, now.untranslated) == (0, 0)
    assert {unit.text for unit in units_of(source.translation_key, "ar")} == {"ar Om", "ar kort", "a", "b"}


def test_what_is_saved_is_a_draft_with_a_history(source: BasePage) -> None:
    target = translate(source)
    publish(source, body=with_text(source, 1, "Två och en halv."))
    before = list(Page.objects.get(pk=target.pk).specific.body.raw_data)
    (unit,) = [unit for unit in units_of(source.translation_key, "ar") if unit.text is None]
    assert [(earlier.source, earlier.text) for earlier in unit.earlier] == [("Två.", "ar 1")]
    translator = person("translator", language="ar")
    assert save_texts(record(source), [NewText(unit.id, "اثنان ونصف", expected="")], translator) == []
    assert (record(source).state, record(source).untranslated) == (State.OUTDATED, 0)
    assert list(Page.objects.get(pk=target.pk).specific.body.raw_data) == before
    (refused,) = save_texts(record(source), [NewText(unit.id, "شيء", expected="")], translator)
    assert refused.code == "conflict"
    assert TextVersion.objects.get().origin == Origin.TYPED
    publish_translation(page_at("om/", "ar"), person("reviewer", language="ar"))
    assert (record(source).state, record(source).outdated) == (State.CURRENT, 0)


def test_what_is_approved_counts_as_made_from_what_it_was_sent_from(source: BasePage) -> None:
    translate(source)
    publish(source, body=with_text(source, 1, "Två och en halv."))
    (unit,) = [unit for unit in units_of(source.translation_key, "ar") if unit.text is None]
    translator = person("translator", language="ar")
    save_texts(record(source), [NewText(unit.id, "نص")], translator)
    send_for_review(page_at("om/", "ar"), translator)
    assert record(source).state == State.IN_REVIEW
    publish(source, body=with_text(source, 2, "Tre komma ett."))
    page = page_at("om/", "ar")
    page.current_workflow_task.specific.on_action(
        page.current_workflow_task_state, person("reviewer", language="ar"), "approve"
    )
    now = record(source)
    assert (now.state, now.outdated) == (State.OUTDATED, 1)


def test_a_machine_s_page_says_so(source: BasePage) -> None:
    translate(source, state=TranslationState.MACHINE)
    assert record(source).state == State.MACHINE


def test_unpublishing_takes_the_translations_along_and_brings_them_back(source: BasePage) -> None:
    target = translate(source)
    source.unpublish()
    assert not Page.objects.get(pk=target.pk).live
    assert record(source).state != State.CURRENT
    source.save_revision().publish()
    assert Page.objects.get(pk=target.pk).live
    assert record(source).state == State.CURRENT


def test_renaming_and_moving_take_the_translations_along(source: BasePage) -> None:
    target = translate(source)
    make_page("bo/", title="Bo")
    publish(source, slug="om-oss")
    assert Page.objects.get(pk=target.pk).url_path == "/home-ar/om-oss/"
    Page.objects.get(pk=source.pk).move(page_at("bo/"), pos="last-child")
    assert Page.objects.get(pk=target.pk).url_path == "/home-ar/bo/om-oss/"
    assert not page_at("bo/", "ar").live
    assert Page.objects.get(pk=target.pk).live


def test_deleting_the_source_takes_the_translation_off_the_site_and_keeps_it(source: BasePage) -> None:
    target = translate(source)
    Page.objects.get(pk=source.pk).delete()
    kept = Page.objects.get(pk=target.pk)
    assert not kept.live
    assert "ar 1" in str(kept.get_latest_revision_as_object().body)


def test_deleting_the_translation_makes_it_missing(source: BasePage) -> None:
    target = translate(source)
    Page.objects.get(pk=target.pk).delete()
    now = record(source)
    assert (now.state, now.page_id, now.untranslated) == (State.MISSING, None, 5)


def test_fields_that_are_the_source_s_follow_at_once(source: BasePage) -> None:
    target = translate(source)
    publish(source, sources="Skatteverket | https://www.skatteverket.se/")
    now = page_at("om/", "ar")
    assert now.sources.startswith("Skatteverket")
    assert now.get_latest_revision_as_object().sources == now.sources
    assert record(source).state == State.CURRENT
    assert target.pk == now.pk


def test_places_stand_in_the_order_of_the_page(source: BasePage) -> None:
    assert [place.text for place in places_of(source.translation_key)][-3:] == ["Ett.", "Två.", "Tre."]


def test_records_are_made_again_from_content(source: BasePage) -> None:
    translate(source)
    publish(source, body=with_text(source, 1, "Två och en halv."))
    translate_again = {one.language: (one.state, one.outdated) for one in source.source_record.translations.all()}
    SourceRecord.objects.all().delete()
    call_command("translation_records", verbosity=0)
    made = SourceRecord.objects.get(pk=source.translation_key)
    assert {one.language: (one.state, one.outdated) for one in made.translations.all()} == translate_again
    assert rebuild() == 0


def test_what_the_page_s_editor_writes_anew_is_no_change(source: BasePage) -> None:
    publish(source, search_words="ett\ntvå")
    translate(source)
    keyed = [
        block | {"value": block["value"].replace("<p>", '<p data-block-key="a1b2c">')} for block in source.body.raw_data
    ]
    publish(source, search_words="ett\r\ntvå", body=keyed)
    assert record(source).state == State.CURRENT
