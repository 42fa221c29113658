"""What wagtail-localize leaves undone as installed, and how it is here. Each test shows the stock behaviour first."""

from __future__ import annotations

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import (  # noqa: TID251  (the stock behaviour is under test)
    LocaleSynchronization,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments.extract import extract_segments  # noqa: TID251  (as above)

from cms.translation.localize import places_of, units_of
from cms.translation.models import TextVersion
from cms.translation.states import State
from cms.translation.work import NewText, save_texts
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, publish
from tests.translation.test_records import record, translate, with_text
from tests.translation.test_review import client_of

pytestmark = pytest.mark.django_db


def test_9_publishing_the_source_outdates_without_a_button(source: BasePage) -> None:
    translate(source)
    stock = TranslationSource.objects.get(object_id=source.translation_key)
    publish(source, body=with_text(source, 1, "Två och en halv."))
    # Wagtail-localize knows of no date or state at the translation itself that would say so.
    assert not Translation.objects.filter(source=stock, enabled=False).exists()
    assert (record(source).state, record(source).outdated) == (State.OUTDATED, 1)


def test_9_the_old_translation_is_kept_and_shown(source: BasePage) -> None:
    translate(source)
    publish(source, body=with_text(source, 1, "Två och en halv."))
    stock = TranslationSource.objects.get(object_id=source.translation_key)
    arabic = Locale.objects.get(language_code="ar")
    assert "ar 1" not in [segment.translation for segment in stock.stringsegment_set.annotate_translation(arabic)]
    (unit,) = [unit for unit in units_of(source.translation_key, "ar") if unit.text is None]
    assert [earlier.text for earlier in unit.earlier] == ["ar 1"]


def test_10_a_deleted_source_leaves_nothing_public(source: BasePage) -> None:
    target = translate(source)
    Page.objects.get(pk=source.pk).delete()
    # The stock half: its own row is dropped, and nothing else happens.
    assert not Translation.objects.filter(source__object_id=source.translation_key).exists()
    assert not Page.objects.get(pk=target.pk).live


def test_11_no_page_is_made_in_another_tree_by_a_new_one(source: BasePage) -> None:
    LocaleSynchronization.objects.filter(locale__language_code="ar").delete()
    make_page("nytt/", title="Nytt")
    assert not Page.objects.filter(alias_of__isnull=False).exists()
    # Synchronised as installed, the tree would hold an alias with the Swedish text.
    LocaleSynchronization.objects.create(
        locale=Locale.objects.get(language_code="ar"), sync_from=Locale.objects.get(language_code="sv")
    )
    assert client_of(person("site-administrator")).get("/admin/locales/").status_code == 403


def test_12_the_address_is_the_source_s_in_every_language(source: BasePage) -> None:
    target = translate(source)
    publish(source, title="Über å ä ö", slug="om-oss")
    assert Page.objects.get(pk=target.pk).slug == "om-oss"


def test_13_items_of_a_list_that_were_stored_without_ids_are_translated() -> None:
    make_home()
    steps = [{"title": "Först", "text": "<p>Ring.</p>"}, {"title": "Sedan", "text": "<p>Gå dit.</p>"}]
    page = make_page(
        "steg/",
        title="Steg",
        body=[
            {
                "type": "steps",
                "id": "8a2f9f6a-3a58-4dd5-9b7e-000000000001",
                "value": {"title": "Så gör du", "steps": steps},
            }
        ],
    )
    bare = Page.objects.get(pk=page.pk).specific
    bare.body = bare._meta.get_field("body").stream_block.to_python(
        [
            {
                "type": "steps",
                "id": "8a2f9f6a-3a58-4dd5-9b7e-000000000001",
                "value": {"title": "Så gör du", "steps": steps},
            }
        ]
    )
    assert [segment.path for segment in extract_segments(bare) if ".steps." in segment.path] == []
    assert {place.text for place in places_of(page.translation_key)} >= {"Först", "Ring.", "Sedan", "Gå dit."}
    first = [place.unit for place in places_of(page.translation_key)]
    publish(page_at("steg/"), title="Steg")
    assert [place.unit for place in places_of(page.translation_key)] == first


def test_14_each_text_has_a_history(source: BasePage) -> None:
    translate(source)
    publish(source, body=with_text(source, 1, "Två och en halv."))
    (unit,) = [unit for unit in units_of(source.translation_key, "ar") if unit.text is None]
    translator = person("translator", language="ar")
    for text in ("أول", "ثان"):
        save_texts(record(source), [NewText(unit.id, text)], translator)
    assert [version.text for version in TextVersion.objects.all()] == ["ثان", "أول"]
    # The stock table holds the last one alone.
    assert StringTranslation.objects.filter(data="أول").count() == 0
