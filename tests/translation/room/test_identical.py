"""The same text elsewhere: found, and written there when she agrees."""

from __future__ import annotations

from typing import Any

import pytest

from cms.translation.localize import units_of
from pages.models import BasePage
from tests.factories import make_page, paragraphs
from tests.translation.room.conftest import NEW, desk_of, outdated
from tests.translation.test_records import record

pytestmark = pytest.mark.django_db


def test_the_same_text_elsewhere_is_offered_and_written_when_asked(source: BasePage, translator: Any) -> None:
    other = make_page("annan/", title="Annan", body=paragraphs(NEW))
    unit, desk = outdated(source), desk_of(source, translator)
    address = f"units/{unit.id}/"
    desk.save(unit, "اتصل ⟦1⟧112⟦/1⟧ فورًا.")
    (target,) = desk.get(f"{address}identical/").json()["targets"]
    assert (target["record"], target["title"]) == (record(other).pk, "Annan")
    foreign = [record(other, "ti").pk, target["unit"]]
    answer = desk.post(f"{address}propagate/", targets=[[target["record"], target["unit"]], foreign]).json()
    assert answer == {"written": 1, "refused": []}
    texts = {one.id: one.text for one in units_of(other.translation_key, "ar")}
    assert texts[target["unit"]] == "اتصل <b>112</b> فورًا."
    assert not any(one.text for one in units_of(other.translation_key, "ti"))
