"""A page with every kind of block, translated, and a file of it as a person sends it in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from wagtail.models import Page

from cms.translation.exchange.compare import Preview, compare
from cms.translation.exchange.formats import Format
from cms.translation.exchange.service import export, read
from cms.translation.localize import Unit, units_of
from cms.translation.markup import tags_of, to_coded
from cms.translation.models import TranslationRecord
from cms.translation.work import NewText, save_texts
from pages.content.importer import import_tree
from pages.models import BasePage
from tests.content.samples import rich_tree, write_tree
from tests.factories import again, make_home, make_page, page_at, paragraphs


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def record_of(page: Page, language: str = "ar") -> TranslationRecord:
    return TranslationRecord.objects.select_related("source__page").get(
        source_id=page.translation_key, language=language
    )


def units(record: TranslationRecord) -> list[Unit]:
    return units_of(record.source_id, record.language, earlier=False)


def file_of(record: TranslationRecord, kind: Format) -> bytes:
    return b"".join(export([record], kind))


def upload(data: bytes, name: str = "file.xlf") -> Any:
    return SimpleUploadedFile(name, data)


def shown(data: bytes, user: Any, kind: Format = Format.XLIFF_1, language: str = "") -> Preview:
    """What a file would change."""
    read_as, rows = read(upload(data, f"file.{kind.extension}"))
    assert read_as == kind
    return compare(rows, user, language)


def texts_of(record: TranslationRecord) -> dict[str, str | None]:
    return {unit.path + unit.source: unit.text for unit in units(record)}


@pytest.fixture(scope="module")
def made(shared_database: None) -> BasePage:
    """A published Swedish page of a title, a summary and four paragraphs, with formatting."""
    make_home()
    make_home("ar")
    body = paragraphs(
        "Ring <b>112</b> nu.", 'Se <a href="https://example.org/">mer <i>här</i></a>.', "Ett<br/>två.", "A & B"
    )
    return make_page("om/", title="Om", search_description="Kort.", body=body)


@pytest.fixture
def source(made: BasePage) -> BasePage:
    return again(made)


@pytest.fixture
def record(source: BasePage) -> TranslationRecord:
    """Its Arabic translation, of which the first paragraph has a text."""
    found = record_of(source)
    unit = unit_of(found, "112")
    assert save_texts(found, [NewText(unit.id, "اتصل بـ ⟦1⟧112⟦/1⟧ الآن.")], None) == []
    return record_of(source)


def unit_of(record: TranslationRecord, word: str) -> Unit:
    """The text whose source holds ``word``."""
    return next(unit for unit in units(record) if word in unit.source)


@pytest.fixture(scope="module")
def made_rich(shared_database: None, tmp_path_factory: pytest.TempPathFactory) -> BasePage:
    """A page of the content format with every kind of block, in Swedish."""
    tree = tmp_path_factory.mktemp("tree")
    write_tree(tree, rich_tree())
    import_tree(tree)
    return page_at("att-bo/hyra-bostad/")


@pytest.fixture
def rich(made_rich: BasePage) -> BasePage:
    return again(made_rich)


def fill(record: TranslationRecord, user: Any, pattern: str = "{language} «{coded}»") -> None:
    """Translate all texts but every third, keeping their formatting."""
    new = [
        NewText(unit.id, pattern.format(language=record.language, coded=to_coded(unit.source, tags_of(unit.source))))
        for number, unit in enumerate(units(record))
        if number % 3
    ]
    assert save_texts(record, new, user) == []
