"""The screens of machine translation: who starts, who sees what."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.translation.machine.models import JobStatus, MachineJob
from cms.translation.machine.service import open_job, run
from pages.models import BasePage
from tests.access.test_sync import person
from tests.translation.machine.conftest import Use
from tests.translation.machine.test_service import record_of, texts

pytestmark = pytest.mark.django_db


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def translator(db: None) -> Any:
    return person("translator", language="es")


def test_a_translator_starts_it_and_sees_how_it_went(
    source: BasePage, use: Use, translator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    use("pseudo:")
    client = signed_in(translator)
    address = reverse("machine_start", args=[record_of(source).pk])
    assert client.get(address).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, follow=True)
    job = MachineJob.objects.get()
    assert answer.redirect_chain == [(reverse("machine_job", args=[job.pk]), 302)]
    assert "progress.js" in answer.content.decode()
    text = client.get(reverse("machine_job", args=[job.pk])).content.decode()
    assert "progress.js" not in text
    assert "This is no translation" in text or "Det här är ingen översättning" in text
    assert 'value="5"' in text
    assert None not in texts(source)
    state = client.get(reverse("machine_job_state", args=[job.pk])).json()
    assert state | {"label": ""} == {
        "status": "done",
        "label": "",
        "done": 5,
        "total": 5,
        "discarded": 0,
        "error": "",
        "open": False,
    }


def test_what_was_discarded_is_shown_with_its_place_and_escaped(source: BasePage, use: Use, translator: Any) -> None:
    use("pseudo:")
    item = {"unit": "1-1", "path": "title", "check": "tags", "message": "No.", "text": "<script>alert(1)</script>"}
    job = MachineJob.objects.create(record=record_of(source), provider="gone", status=JobStatus.DONE, discarded=[item])
    text = signed_in(translator).get(reverse("machine_job", args=[job.pk])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert '<td lang="es" dir="ltr">' in text


def test_others_have_no_part_in_it(source: BasePage, use: Use) -> None:
    use("pseudo:")
    job = open_job(record_of(source))
    start = reverse("machine_start", args=[record_of(source).pk])
    seen = [reverse("machine_job", args=[job.pk]), reverse("machine_job_state", args=[job.pk])]
    other = signed_in(person("translator", language="uk"))
    analyst = signed_in(person("analyst"))
    assert [client.post(start).status_code for client in (other, analyst)] == [403, 403]
    assert [other.get(address).status_code for address in seen] == [403, 403]
    assert [analyst.get(address).status_code for address in seen] == [200, 200]
    assert MachineJob.objects.count() == 1


def test_what_is_not_there_is_not_found(use: Use, translator: Any) -> None:
    client = signed_in(translator)
    assert client.post(reverse("machine_start", args=[987654]), follow=True).status_code == 404
    assert client.get(reverse("machine_job", args=[987654]), follow=True).status_code == 404


def test_the_report_shows_each_her_own(source: BasePage, use: Use, translator: Any) -> None:
    use("pseudo:")
    for language in ("es", "uk"):
        run.call(open_job(record_of(source, language)).pk)
    address = reverse("machine_report")
    hers = signed_in(translator).get(address)
    assert [job.record.language for job, _language in hers.context["jobs"]] == ["es"]
    (row,) = hers.context["budgets"]
    assert (row["language"].code, row["provider"], row["left"]) == ("es", "pseudo", 100_000 - row["used"])
    assert 0 < row["used"] < 200
    everything = signed_in(person("analyst")).get(address)
    assert {job.record.language for job, _language in everything.context["jobs"]} == {"es", "uk"}
    assert len(everything.context["budgets"]) == 10
    assert signed_in(person("county-editor", county="12")).get(address).status_code == 403


@pytest.mark.parametrize("count", [1, 6])
def test_the_report_asks_as_much_for_one_job_as_for_many(
    source: BasePage, use: Use, count: int, django_assert_max_num_queries: Any
) -> None:
    use("pseudo:")
    record = record_of(source)
    MachineJob.objects.bulk_create(
        MachineJob(record=record, provider="pseudo", status=JobStatus.DONE) for _ in range(count)
    )
    client = signed_in(person("analyst"))
    client.get(reverse("machine_report"))
    with django_assert_max_num_queries(40) as queries:
        client.get(reverse("machine_report"))
    asked = [query["sql"] for query in queries.captured_queries if "machine_translation" in query["sql"]]
    assert len(asked) == 3


def test_a_provider_that_can_t_is_said_so(source: BasePage, settings: Any, translator: Any) -> None:
    settings.MACHINE_PROVIDERS, settings.MACHINE_LANGUAGES = [], {}
    answer = signed_in(translator).post(reverse("machine_start", args=[record_of(source).pk]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("machine_report")
    assert "español" in json.dumps([str(message) for message in answer.context["messages"]], ensure_ascii=False)
    assert not MachineJob.objects.exists()
