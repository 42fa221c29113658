"""The checks of a record's working texts: what stops its approval, how many queries that takes, what fits where."""

from __future__ import annotations

import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

import pages.content
from cms.translation.checks import errors_of, findings_of, limits_of, run_all
from cms.translation.localize import addresses_of, join, units_of, write_address
from cms.translation.models import TranslationRecord
from cms.translation.records import joined
from cms.translation.states import TranslationState
from pages.content.importer import import_tree
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import make_home, make_page

pytestmark = pytest.mark.django_db

DEMO = Path(pages.content.__file__).parent / "demo"
#: Pages that the demo has in every language, blocks of all kinds among them.
SAMPLE = ("index", "att-bo/index", "att-bo/hyra-bostad")
_ADDRESS = re.compile(r"(?<=[( ])/[a-z0-9/-]+/(?=\)|$)", re.MULTILINE)


def _body(title: str, *texts: str) -> list[dict[str, object]]:
    paragraphs: list[dict[str, object]] = [
        {"type": "text", "value": f"<p>{text}</p>", "id": f"00000000-0000-4000-8000-{number:012}"}
        for number, text in enumerate(texts)
    ]
    heading: dict[str, object] = {
        "type": "heading",
        "value": {"text": title, "level": "h2"},
        "id": "00000000-0000-4000-8000-00000000aaaa",
    }
    return [heading, *paragraphs]


def _translated(source: list[dict[str, object]], target: list[dict[str, object]]) -> TranslationRecord:
    make_home()
    make_home("ar")
    page: BasePage = make_page("om/", title="Om", search_description="Kort.", body=source)
    translation: BasePage = make_page(
        "om/",
        "ar",
        title="عن",
        search_description="قصير.",
        body=target,
        translation_state=TranslationState.REVIEWED,
    )
    done = join(page, translation)
    assert done.aligned, done.reason
    joined(translation)
    return TranslationRecord.objects.get(source_id=page.translation_key, language="ar")


def test_the_errors_of_a_record_are_those_of_its_texts() -> None:
    record = _translated(
        _body("Hem", "Ring 112.", 'Se <a href="https://1177.se/">1177</a>.', "Läs mer."),
        _body("بيت", "اتصل بالرقم 113.", 'انظر <a href="https://1177.se/">1177</a>.', "اقرأ المزيد"),
    )
    (unit, finding) = errors_of(record)[0]
    assert (unit.source, finding.check) == ("Ring 112.", "phone")
    assert len(errors_of(record)) == 1
    codes = {found.check for findings in findings_of(record).values() for found in findings}
    assert codes == {"phone", "numbers", "end-mark"}


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_as_many_queries_for_many_texts_as_for_one(count: int) -> None:
    texts = [f"Text {number}." for number in range(count)]
    record = _translated(_body("Hem", *texts), _body("بيت", *(f"نص {number}." for number in range(count))))
    errors_of(record)
    record = TranslationRecord.objects.select_related("source__page").get(pk=record.pk)
    with CaptureQueriesContext(connection) as queries:
        assert errors_of(record) == []
    # The texts 2, the page's fields 1, the addresses 2.
    assert len(queries) == 5


def test_another_address_in_place_of_the_sources_is_a_warning() -> None:
    link = '<a href="https://www.skatteverket.se/">{}</a>'
    record = _translated(_body("Hem", f"Se {link.format('här')}."), _body("بيت", f"انظر {link.format('هنا')}."))
    assert findings_of(record) == {}
    (address,) = addresses_of(record.source_id, "ar")
    write_address(record.source_id, "ar", address.id, "https://example.org/", person("translator", language="ar"))
    ((finding,),) = findings_of(record).values()
    assert (finding.check, finding.severity) == ("link-target", "warning")
    assert "https://example.org/" in finding.message


def test_what_fits_is_what_the_field_or_block_takes() -> None:
    record = _translated(_body("Hem", "Text."), _body("بيت", "نص."))
    page = record.source.page
    assert page is not None
    units = units_of(record.source_id, "ar", earlier=False)
    limits = limits_of(page.specific, [unit.path for unit in units] + ["gone", "body.gone.text", "search_words.x"])
    by_source = {unit.source: limits.get(unit.path) for unit in units}
    assert by_source == {"Om": 255, "Kort.": None, "Hem": 200, "Text.": None}
    assert len(limits) == 2
    units[0].text = "ع" * 256
    found = run_all("ar", units, max_lengths=limits)
    assert "max-length" in {finding.check for finding in found[units[0].id]}


def test_the_demo_has_no_error(tmp_path: Path) -> None:
    """Of a few pages: what they link to is one page, for the others are not there."""
    for file in DEMO.glob("*/**/*.md"):
        language, *path = file.relative_to(DEMO).with_suffix("").parts
        if "/".join(path) in SAMPLE:
            copy = tmp_path.joinpath(language, *path).with_suffix(".md")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(_ADDRESS.sub("/att-bo/", file.read_text()))
    shutil.copytree(DEMO / "pictures", tmp_path / "pictures")
    import_tree(tmp_path)
    assert TranslationRecord.objects.filter(live=True).count() == 10 * len(SAMPLE)
    out = StringIO()
    call_command("translation_checks", "report", "--each", "end-mark", stdout=out)
    assert out.getvalue() == ""
