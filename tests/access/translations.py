"""What the adversary's tests of translations share: one text in three places, and all that an attack could change."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client, TestCase
from wagtail_localize.models import (  # noqa: TID251  (what was written is looked at)
    SegmentOverride,
    StringTranslation,
)

from cms.translation.localize import Unit, join, units_of
from cms.translation.memory.models import MemoryEntry
from cms.translation.models import Hold, OrderItem, TextVersion, TranslationRecord
from cms.translation.records import joined
from cms.translation.room.models import Dismissal, SegmentComment
from cms.translation.states import TranslationState
from cms.translation.work import NewText, save_texts
from pages.models import ArticlePage, BasePage, CountyPage, LocalPage
from tests.access.attacks import SECRET, client_of, state, text_of
from tests.factories import make_home, make_page, page_at, publish

SHARED, OWN_WORDS = "Samma text på alla sidor.", "Bara här."
CONTACT = dict.fromkeys(("about", "phone", "address", "hours"), "") | {
    "name": "Enheten",
    "email": "sv@example.org",
    "url": "https://example.org/",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """The attacker is Skåne's, of Arabic: the others are not hers. Each lacks the shared text."""

    own: TranslationRecord
    somali: TranslationRecord
    gotland: TranslationRecord
    national: TranslationRecord

    @property
    def foreign(self) -> tuple[TranslationRecord, ...]:
        return (self.somali, self.gotland, self.national)


def ground() -> Ground:
    """A page of Skåne in Arabic and Somali, one of Gotland and a national one in Arabic; drafts hold a secret."""
    make_home()
    for code in ("ar", "so"):
        make_home(code)
        for path in ("lan/skane/", "lan/gotland/"):
            county = publish(page_at(path))
            make_page(path, code, CountyPage, county=county.county)
    found: dict[tuple[str, str], TranslationRecord] = {}
    for path, model, codes in (
        ("lan/skane/sfi/", LocalPage, ("ar", "so")),
        ("lan/gotland/sfi/", LocalPage, ("ar",)),
        ("sfi/", ArticlePage, ("ar",)),
    ):
        source = make_page(path, model=model, title=f"SFI {path}", body=_body(OWN_WORDS))
        for code in codes:
            _translate(source, code, model)
        publish(source, body=[*source.body.raw_data, *_body(SHARED, last=2)])
        found |= {(path, code): record_of(path, code) for code in codes}
    own = found["lan/skane/sfi/", "ar"]
    foreign = [record for record in found.values() if record != own]
    for record in foreign:
        words = unit_of(record, OWN_WORDS)
        assert save_texts(record, [NewText(words.id, f"نص {SECRET}")], None) == []
        SegmentComment.objects.create(record=record, path=words.path, source_hash=words.hash, text=f"Om {SECRET}")
        Dismissal.objects.create(record=record, path=words.path, check_key="x", reason=SECRET)
    return Ground(own, *foreign)


def _body(text: str, last: int = 1) -> list[dict[str, Any]]:
    number = str(last) * 8
    body: list[dict[str, Any]] = [
        {"type": "text", "value": f"<p>{text}</p>", "id": f"{number}-1111-4111-8111-111111111111"}
    ]
    if last == 1:
        body.append({"type": "contact", "value": CONTACT, "id": "33333333-3333-4333-8333-333333333333"})
    return body


def _translate(source: BasePage, code: str, model: type[BasePage]) -> None:
    first, *rest = source.body.raw_data
    target = make_page(
        source.reading_path,
        code,
        model,
        title=f"عنوان {code}",
        body=[dict(first) | {"value": "<p>هنا فقط.</p>"}, *map(dict, rest)],
        translation_state=TranslationState.REVIEWED,
    )
    assert join(source, target).aligned
    joined(target)


def record_of(path: str, code: str) -> TranslationRecord:
    key = page_at(path).translation_key
    return TranslationRecord.objects.select_related("source__page", "page").get(source_id=key, language=code)


def units(record: TranslationRecord) -> list[Unit]:
    return units_of(record.source_id, record.language, earlier=False)


def unit_of(record: TranslationRecord, source: str) -> Unit:
    return next(unit for unit in units(record) if unit.source == source)


def everything() -> list[Any]:
    """All that an attack on a translation could write."""
    return [
        state(),
        *(
            sorted(model.objects.values_list(*columns), key=str)
            for model, *columns in (
                (StringTranslation, "pk", "translation_of_id", "locale_id", "context_id", "data", "translation_type"),
                (SegmentOverride, "pk", "locale_id", "context_id", "data_json"),
                (TranslationRecord, "pk", "state", "live", "in_review", "returned", "item_id"),
                (TextVersion, "pk", "text"),
                (SegmentComment, "pk", "text", "resolved"),
                (Dismissal, "pk", "reason"),
                (MemoryEntry, "pk", "text", "domain"),
                (OrderItem, "pk", "status"),
                (Hold, "pk", "ended_at"),
            )
        ),
    ]


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody at the translators' addresses of a record; the tasks that she starts are done at once."""

    record: TranslationRecord
    client: Client

    def get(self, address: str = "") -> Any:
        return self.client.get(f"/admin/translation/{self.record.pk}/{address}")

    def ask(self, address: str, **sent: Any) -> Any:
        """As the room's script does."""
        return self.client.post(
            f"/admin/translation/{self.record.pk}/{address}", json.dumps(sent), content_type="application/json"
        )

    def save(self, *texts: tuple[str, str, str]) -> Any:
        """Texts of units: id, text, the text that is expected there."""
        named = [{"unit": unit, "coded": coded, "expected": expected} for unit, coded, expected in texts]
        return self.ask("save/", texts=named)

    def press(self, address: str, **sent: Any) -> Any:
        """As a form's button does."""
        with TestCase.captureOnCommitCallbacks(execute=True):
            return self.client.post(f"/admin/translation/{self.record.pk}/{address}", sent)


def desk(record: TranslationRecord, user: Any) -> Desk:
    return Desk(record, client_of(user))


def refused(answer: Any) -> bool:
    """Whether the answer is no: in words, or as Wagtail says it, a message on the first page."""
    return answer.status_code == 403 or (answer.status_code, answer.headers.get("Location")) == (302, "/admin/")


def tells_nothing(answer: Any) -> bool:
    """Whether the answer is silent about what is not the asker's."""
    return SECRET not in text_of(answer) and SECRET not in answer.headers.get("Location", "")
