"""Whatever editors, translators and reviewers do in whatever order, states follow from content, and nothing
that was approved is lost."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from wagtail.models import Page

from cms.translation.localize import units_of
from cms.translation.memory.models import MemoryEntry
from cms.translation.models import Origin, SourceRecord, TranslationRecord
from cms.translation.moderation import publish_translation, send_for_review
from cms.translation.ordering.orders import Wanted, cancel, carry_out, place_order
from cms.translation.records import recompute
from cms.translation.review import approve, send_back
from cms.translation.states import State
from cms.translation.work import NewText, save_texts
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, paragraphs, publish

pytestmark = pytest.mark.django_db

_COUNT = itertools.count()
_SAYS = {"ar": "عربي", "ti": "ትግርኛ"}
LANGUAGES = st.sampled_from(sorted(_SAYS))
PLACE = st.integers(0, 2)


class Site(RuleBasedStateMachine):
    """One Swedish page of a title and three paragraphs, in two languages.

    The model beside it: which *saying* each of the texts is (a minor edit keeps it, another makes a
    new one, taking an edit back brings the old one), and which sayings each published translation has.
    """

    def __init__(self) -> None:
        super().__init__()
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        make_home()
        for code in _SAYS:
            make_home(code)
        make_page("bo/", title="Bo")
        self.number = next(_COUNT)
        self.people = {code: (person("translator", language=code), person("reviewer", language=code)) for code in _SAYS}
        self.publisher = person("national-publisher")
        self.ids = [block["id"] for block in paragraphs("", "", "")]
        self.texts = ["Om", "Ett.", "Två.", "Tre."]
        self.saying = {text: text for text in self.texts}
        self.path = "om/"
        make_page("om/", title="Om", body=self.body())
        self.key = page_at("om/").translation_key
        #: By language: the sayings of the published translation, or None.
        self.published: dict[str, set[str] | None] = dict.fromkeys(_SAYS)
        self.sent: dict[str, set[str] | None] = dict.fromkeys(_SAYS)
        self.arranged: dict[str, list[str]] = {}
        self.machine: dict[str, bool] = dict.fromkeys(_SAYS, False)
        self.order = list(self.ids)
        self.approved: set[tuple[str, str]] = set()
        self.history: list[list[str]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)

    # --- what is there --------------------------------------------------------------------------------

    def body(self) -> list[dict[str, Any]]:
        order = getattr(self, "order", self.ids)
        text = dict(zip(self.ids, self.texts[1:], strict=True))
        return [{"type": "text", "id": one, "value": f"<p>{text[one]}</p>"} for one in order]

    def page(self, code: str = "sv") -> BasePage:
        return page_at(self.path, code)

    def record(self, code: str) -> TranslationRecord:
        return TranslationRecord.objects.select_related("source").get(source_id=self.key, language=code)

    def working(self, code: str) -> set[str]:
        """The sayings of the source of now that have a working text."""
        units = units_of(self.key, code, earlier=False)
        return {self.saying[unit.source] for unit in units if unit.text}

    def write(self, minor: bool = False) -> None:
        publish(self.page(), title=self.texts[0], body=self.body(), minor_edit=minor)

    # --- what editors do ------------------------------------------------------------------------------

    @rule(place=PLACE)
    def edit(self, place: int) -> None:
        self.history.append(list(self.texts))
        text = f"Ord {self.number} {next(_COUNT)}."
        self.saying[text] = text
        self.texts[place + 1] = text
        self.write()

    @rule(place=PLACE)
    def minor_edit(self, place: int) -> None:
        self.history.append(list(self.texts))
        text = f"Smatt {self.number} {next(_COUNT)}."
        self.saying[text] = self.saying[self.texts[place + 1]]
        self.texts[place + 1] = text
        self.write(minor=True)

    @precondition(lambda self: self.history)
    @rule()
    def revert(self) -> None:
        self.texts = self.history.pop()
        self.write()

    @rule()
    def reorder(self) -> None:
        self.order = [*self.order[1:], self.order[0]]
        self.write()

    @rule()
    def move(self) -> None:
        here, there = ("om/", "bo/om/") if self.path == "om/" else ("bo/om/", "om/")
        Page.objects.get(pk=self.page().pk).move(page_at("bo/" if there == "bo/om/" else ""), pos="last-child")
        self.path = there
        assert here != there

    # --- what translators do --------------------------------------------------------------------------

    @rule(code=LANGUAGES)
    def order_it(self, code: str) -> None:
        source = SourceRecord.objects.select_related("page").get(pk=self.key)
        record = self.record(code)
        if record.state == State.CURRENT:
            return
        placed = place_order(Wanted([source], [code], f"{self.number} {next(_COUNT)}"), self.publisher)
        carry_out(placed)
        carry_out(placed)

    @rule(code=LANGUAGES)
    def take_back(self, code: str) -> None:
        item = self.record(code).item
        if item is not None:
            cancel(item, self.publisher)

    @rule(code=LANGUAGES, machine=st.booleans(), everything=st.booleans())
    def translate(self, code: str, machine: bool, everything: bool) -> None:
        record = self.record(code)
        if record.in_review:
            return
        units = [unit for unit in units_of(self.key, code, earlier=False) if not unit.text]
        texts = [
            NewText(unit.id, f"{_SAYS[code]} {next(_COUNT)}.", Origin.MACHINE if machine else Origin.TYPED)
            for unit in (units if everything else units[:1])
        ]
        assert save_texts(record, texts, self.people[code][0]) == []

    def target(self, code: str) -> BasePage:
        from cms.translation.following import ensure_target
        from cms.translation.localize import ensure_translation

        ensure_translation(self.key, code)
        page = ensure_target(self.record(code)).specific
        assert isinstance(page, BasePage)
        return page

    @rule(code=LANGUAGES)
    def send(self, code: str) -> None:
        if self.record(code).in_review:
            return
        send_for_review(self.target(code), self.people[code][0])
        self.sent[code] = self.working(code)
        self.arranged[f"sent {code}"] = list(self.order)

    @rule(code=LANGUAGES, yes=st.booleans())
    def decide(self, code: str, yes: bool) -> None:
        if not self.record(code).in_review:
            return
        reviewer = self.people[code][1]
        if not yes:
            send_back(self.record(code), reviewer, "Nej.")
            return
        before = self.page(code).latest_revision_id
        approve(self.record(code), reviewer)
        # Where the texts or the original changed since it was sent, what the reviewer saw is published.
        now = self.page(code).live_revision_id != before
        self.published[code] = self.working(code) if now else self.sent[code]
        self.arranged[code] = list(self.order) if now else self.arranged[f"sent {code}"]
        self.machine[code] = False
        self.remember(code)

    @rule(code=LANGUAGES, as_machine=st.booleans())
    def publish_it(self, code: str, as_machine: bool) -> None:
        if self.record(code).in_review:
            return
        publish_translation(self.target(code), self.people[code][1], as_machine=as_machine)
        self.published[code] = self.working(code)
        self.arranged[code] = list(self.order)
        self.machine[code] = as_machine
        if not as_machine:
            self.remember(code)

    def remember(self, code: str) -> None:
        published = self.published[code] or set()
        for unit in units_of(self.key, code, earlier=False):
            if unit.text and self.saying[unit.source] in published and not unit.is_machine:
                self.approved.add((code, unit.text))

    @rule(code=LANGUAGES)
    def delete(self, code: str) -> None:
        if self.record(code).page is None:
            return
        Page.objects.get(pk=self.page(code).pk).delete()
        self.published[code] = self.sent[code] = None
        self.machine[code] = False

    @rule()
    def unpublish_and_publish(self) -> None:
        self.page().unpublish()
        assert not Page.objects.filter(translation_key=self.key, live=True).exists()
        self.write()

    # --- what must hold -------------------------------------------------------------------------------

    @invariant()
    def states_follow_from_content(self) -> None:
        for code in _SAYS:
            record = self.record(code)
            have = self.published[code]
            missing = 0 if have is None else sum(self.saying[text] not in have for text in self.texts)
            assert (record.live, record.outdated) == (have is not None, missing), (code, self.texts)
            if record.in_review:
                expected = State.IN_REVIEW
            elif have is None:
                expected = State.IN_PROGRESS if self.working(code) or record.item_id else State.MISSING
            elif missing or self.arranged[code] != self.order:
                expected = State.OUTDATED
            else:
                expected = State.MACHINE if self.machine[code] else State.CURRENT
            assert record.state == expected, code

    @invariant()
    def a_plain_recomputation_says_the_same(self) -> None:
        source = SourceRecord.objects.get(pk=self.key)
        for record in source.translations.select_related("item"):
            stored = {name: getattr(record, name) for name in ("state", "outdated", "untranslated", "words_left")}
            recompute(source, [record])
            assert {name: getattr(record, name) for name in stored} == stored

    @invariant()
    def no_approved_text_is_lost(self) -> None:
        kept = set(MemoryEntry.objects.values_list("language", "text")) | set(
            SourceRecord.objects.get(pk=self.key).translations.values_list("language", "versions__text")
        )
        assert self.approved <= kept

    @invariant()
    def translations_stand_where_their_source_stands(self) -> None:
        for code in _SAYS:
            for page in Page.objects.filter(translation_key=self.key, locale__language_code=code):
                assert page.url_path == f"/home-{code}/{self.path}"


@pytest.mark.timeout(600)
def test_states_follow_from_content_whatever_is_done() -> None:
    run_state_machine_as_test(
        Site,
        settings=settings(
            max_examples=8,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
