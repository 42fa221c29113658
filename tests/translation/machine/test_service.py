"""Jobs of machine translation: what is written, what never is, what it costs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cms.languages.registry import CODES, SOURCE
from cms.translation.localize import Unit, units_of
from cms.translation.machine import budget
from cms.translation.machine.models import JobStatus, MachineJob, Pace, Usage
from cms.translation.machine.providers import MAKERS, ProviderError, Terms, setups
from cms.translation.machine.providers.pseudo import Pseudo
from cms.translation.machine.service import is_left_lying, is_untouched_machine, left_lying, open_job, request, run
from cms.translation.models import Origin, TextVersion, TranslationRecord
from cms.translation.states import State
from cms.translation.work import NewText, save_texts
from pages.models import BasePage
from tests.access.test_sync import person
from tests.translation.machine.conftest import Use
from tests.translation.machine.server import Asked, Reply, Server

pytestmark = pytest.mark.django_db


def record_of(source: BasePage, language: str = "es") -> TranslationRecord:
    return TranslationRecord.objects.select_related("source").get(source_id=source.translation_key, language=language)


def units(source: BasePage, language: str = "es") -> list[Unit]:
    return units_of(source.translation_key, language)


def texts(source: BasePage, language: str = "es") -> list[str | None]:
    return [unit.text for unit in units(source, language)]


def translate(source: BasePage, language: str = "es") -> MachineJob:
    """Run a job for the page to its end."""
    job = open_job(record_of(source, language))
    run.call(job.pk)
    job.refresh_from_db()
    return job


def used() -> int:
    return sum(Usage.objects.values_list("characters", flat=True))


WRITTEN = [
    "¡Om",
    "¡Kort.",
    "¡Ring <b>112</b> om du är <i>sjuk</i>.",
    '¡Läs mer hos <a id="a1">Skatteverket</a> &amp; andra.',
    "040-10 00 00",
]


def test_a_machine_writes_what_is_missing_and_publishes_nothing(source: BasePage, server: Server, use: Use) -> None:
    use(f"libretranslate+{server.address}")
    job = translate(source)
    assert (job.status, job.done, job.total, job.discarded, job.error) == (JobStatus.DONE, 5, 5, [], "")
    assert texts(source) == WRITTEN
    assert {(unit.is_machine, unit.tool) for unit in units(source)} == {(True, "libretranslate")}
    assert {version.origin for version in TextVersion.objects.all()} == {Origin.MACHINE}
    now = record_of(source)
    assert (now.state, now.live, now.machine_texts) == (State.IN_PROGRESS, False, 5)
    sent = server.asked[-1].body["q"]
    assert sent[2] == 'Ring <g id="1">112</g> om du är <g id="2">sjuk</g>.'
    # The telephone number was sent to nobody, and nobody is paid for it.
    assert (len(sent), used()) == (4, sum(len(text) for text in sent))


@pytest.fixture
def meanwhile(use: Use, monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """What happens while the provider for development thinks, once each."""
    happens: list[Callable[[], object]] = []

    class Slow(Pseudo):
        def translate(self, texts: list[str], source: str, target: str, glossary: Terms) -> list[str]:
            if happens:
                happens.pop(0)()
            return super().translate(texts, source, target, glossary)

    use("pseudo:")
    monkeypatch.setitem(MAKERS, "pseudo", Slow)
    return happens


def test_a_person_s_text_is_never_written_over(source: BasePage, meanwhile: list[Callable[[], object]]) -> None:
    translator = person("translator", language="es")
    first, second, *_rest = (unit.id for unit in units(source))
    save_texts(record_of(source), [NewText(first, "Sobre")], translator)
    meanwhile.append(lambda: save_texts(record_of(source), [NewText(second, "Breve.")], translator))
    job = translate(source)
    assert texts(source)[:3] == ["Sobre", "Breve.", "※ Ríng <b>112</b> óm dú âr <i>sjúk</i>."]
    assert [unit.is_machine for unit in units(source)] == [False, False, True, True, True]
    assert (job.status, job.done, job.total, job.discarded) == (JobStatus.DONE, 4, 4, [])


def test_what_fails_a_check_is_discarded_and_reported(source: BasePage, server: Server, use: Use) -> None:
    use(f"libretranslate+{server.address}")
    bad = ["", "Breve.", "Llama al 113.", 'Más <g id="1">en</g> Skatteverket.<script>x</script>']
    translator = server.answer
    server.answer = lambda asked: Reply({"translatedText": bad}) if asked.path == "/translate" else translator(asked)
    job = translate(source)
    assert texts(source) == [None, "Breve.", None, None, "040-10 00 00"]
    assert [(item["check"], item["text"]) for item in job.discarded] == [
        ("empty", ""),
        ("tags", "Llama al 113."),
        ("tags", bad[3]),
    ]
    assert (job.status, job.done, job.total) == (JobStatus.DONE, 5, 5)


def test_a_changed_number_is_discarded(source: BasePage, server: Server, use: Use) -> None:
    use(f"libretranslate+{server.address}")
    translator = server.answer

    def answer(asked: Asked) -> Reply:
        reply = translator(asked)
        if asked.path == "/translate":
            reply.body = {"translatedText": [text.replace("112", "911") for text in reply.body["translatedText"]]}
        return reply

    server.answer = answer
    job = translate(source)
    assert texts(source)[2] is None
    assert [item["check"] for item in job.discarded] == ["phone"]


def test_one_text_that_a_provider_answers_wrongly_does_not_take_the_others_along(
    source: BasePage, server: Server, use: Use
) -> None:
    use(f"libretranslate+{server.address}")
    translator = server.answer

    def answer(asked: Asked) -> Reply:
        if asked.path == "/translate" and any("sjuk" in text for text in asked.body["q"]):
            return Reply({"translatedText": "all of it"})
        return translator(asked)

    server.answer = answer
    job = translate(source)
    assert texts(source) == [*WRITTEN[:2], None, *WRITTEN[3:]]
    assert [item["check"] for item in job.discarded] == ["answer"]
    assert job.status == JobStatus.DONE


def test_a_provider_that_always_answers_wrongly_is_given_up(source: BasePage, server: Server, use: Use) -> None:
    use(f"libretranslate+{server.address}")
    job = open_job(record_of(source))
    translator = server.answer
    server.answer = lambda asked: Reply([]) if asked.path == "/translate" else translator(asked)
    run.call(job.pk)
    job.refresh_from_db()
    assert (job.status, len(job.discarded)) == (JobStatus.FAILED, 2)
    assert "one translation for each text" in job.error


def test_a_provider_that_fails_fails_the_job_and_costs_nothing(source: BasePage, server: Server, use: Use) -> None:
    use(f"libretranslate+{server.address}", secret="s3cret")
    translator = server.answer
    server.answer = lambda asked: (
        Reply({"error": "Invalid API key s3cret"}, 403) if asked.path == "/translate" else translator(asked)
    )
    job = translate(source)
    assert job.status == JobStatus.FAILED
    assert "refused with 403. Invalid API key ***" in job.error
    assert used() == 0
    server.answer = translator
    again = translate(source)
    assert (again.pk != job.pk, again.status, texts(source)) == (True, JobStatus.DONE, WRITTEN)


def test_the_budget_ends_it_and_the_next_month_goes_on(source: BasePage, server: Server, use: Use) -> None:
    use(f"libretranslate+{server.address}", budget=40)
    job = translate(source)
    assert job.status == JobStatus.OVER_BUDGET
    assert used() == 0
    assert "used up" in job.error
    use(f"libretranslate+{server.address}")
    Usage.objects.update(month=budget.this_month() - timedelta(days=40))
    assert translate(source).status == JobStatus.DONE


def test_characters_are_counted_before_they_are_sent(source: BasePage, use: Use) -> None:
    use("pseudo:", budget=100)
    (setup,) = setups()
    assert budget.reserve(setup, "es", 60)
    assert not budget.reserve(setup, "es", 41)
    assert budget.reserve(setup, "uk", 100)
    assert budget.reserve(setup, "es", 40)
    assert (budget.left(setup, "es"), budget.left(setup, "fr")) == (0, 100)
    budget.give_back(setup, "es", 70)
    assert budget.left(setup, "es") == 70
    assert not budget.reserve(dataclasses.replace(setup, budget=0), "es", 1)


def test_all_workers_together_keep_to_the_rate(use: Use) -> None:
    use("pseudo:", rate=2)
    (setup,) = setups()
    now, slept = 1_000_030.0, []

    def sleep(seconds: float) -> None:
        nonlocal now
        slept.append(seconds)
        now += seconds

    for _ in range(5):
        budget.wait_for_turn(setup, lambda: now, sleep)
    assert slept == [50.0, 60.0]
    assert Pace.objects.get().requests == 1


def test_a_second_request_is_the_first(source: BasePage, server: Server, use: Use) -> None:
    use(f"libretranslate+{server.address}")
    translator = person("translator", language="es")
    job = request(record_of(source), translator)
    assert request(record_of(source), translator).pk == job.pk
    assert (job.status, job.requested_by) == (JobStatus.WAITING, translator)
    assert MachineJob.objects.count() == 1


def test_the_immediate_backend_does_it_at_once(
    source: BasePage, server: Server, use: Use, django_capture_on_commit_callbacks: Any
) -> None:
    use(f"libretranslate+{server.address}")
    translator = person("translator", language="es")
    with django_capture_on_commit_callbacks(execute=True):
        job = request(record_of(source), translator)
    job.refresh_from_db()
    assert job.status == JobStatus.DONE
    assert {unit.user for unit in units(source)} == {translator}


def test_who_may_not_edit_the_translation_may_not_ask(source: BasePage, use: Use) -> None:
    use("pseudo:")
    for user in (person("translator", language="uk"), person("national-publisher"), person("analyst")):
        with pytest.raises(PermissionDenied):
            request(record_of(source), user)
    assert not MachineJob.objects.exists()


def test_a_language_that_no_provider_can_do_is_said_to_be_one(source: BasePage, server: Server, use: Use) -> None:
    use(f"libretranslate+{server.address}")
    with pytest.raises(ProviderError, match="from Swedish into Soomaali"):
        open_job(record_of(source, "so"))


def test_a_language_goes_where_the_settings_send_it(source: BasePage, server: Server, use: Use, settings: Any) -> None:
    use(f"libretranslate+{server.address}")
    first = settings.MACHINE_PROVIDERS
    use("pseudo:")
    settings.MACHINE_PROVIDERS = first + settings.MACHINE_PROVIDERS
    settings.MACHINE_LANGUAGES = {"fr": ["pseudo"], "uk": []}
    chosen = {code: open_job(record_of(source, code)).provider for code in ("es", "fr", "so")}
    assert chosen == {"es": "libretranslate", "fr": "pseudo", "so": "pseudo"}
    with pytest.raises(ProviderError):
        open_job(record_of(source, "uk"))


def test_a_run_that_another_took_over_writes_nothing(source: BasePage, meanwhile: list[Callable[[], object]]) -> None:
    job = open_job(record_of(source))
    meanwhile.append(lambda: run.call(job.pk))
    run.call(job.pk)
    assert None not in texts(source)
    assert TextVersion.objects.count() == 5
    job.refresh_from_db()
    assert (job.status, job.done, job.total) == (JobStatus.DONE, 5, 5)


def test_what_died_is_found(source: BasePage, use: Use) -> None:
    use("pseudo:")
    job = open_job(record_of(source))
    assert list(left_lying()) == []
    long_ago = timezone.now() - timedelta(hours=1)
    MachineJob.objects.update(created_at=long_ago)
    assert list(left_lying()) == [job]
    assert is_left_lying(MachineJob.objects.get())
    MachineJob.objects.update(status=JobStatus.RUNNING, seen_at=timezone.now())
    assert list(left_lying()) == []
    MachineJob.objects.update(seen_at=long_ago)
    assert list(left_lying()) == [job]
    call_command("machine_translate", "--left-lying", verbosity=0)
    assert list(left_lying()) == []
    assert texts(source)[0] == "※ Óm"


def test_a_machine_s_text_is_one_until_a_person_has_it(
    source: BasePage, use: Use, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    use("pseudo:")
    record = record_of(source)
    assert not is_untouched_machine(record)
    translate(source)
    with django_assert_num_queries(2):
        assert is_untouched_machine(record)
    mended = [NewText(unit.id, f"Texto {number}⟦1⟧⟦/1⟧"[:7]) for number, unit in enumerate(units(source))]
    save_texts(record, mended, person("translator", language="es"))
    assert not is_untouched_machine(record)


@pytest.mark.parametrize("language", [code for code in CODES if code != SOURCE])
def test_the_one_for_development_passes_the_checks_in_every_language(source: BasePage, use: Use, language: str) -> None:
    use("pseudo:")
    job = translate(source, language)
    assert job.discarded == []
    assert None not in texts(source, language)


def test_the_commands_say_what_is_done_and_what_can_be(
    source: BasePage, server: Server, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    use(f"libretranslate+{server.address}", secret="s3cret")
    call_command("machine_providers")
    said = capsys.readouterr().out
    assert "libretranslate (libretranslate): answers" in said
    assert "sv → es: 100000 characters left this month\n" in said
    assert "sv → so: can't" in said
    assert "Persian as in Iran" in said
    call_command("machine_translate", "es", "--path", "om/")
    assert "om es: done, 5 of 5\n" in capsys.readouterr().out
    assert texts(source) == WRITTEN
    server.answer = lambda asked: Reply({"error": "no"}, 401)
    with pytest.raises(CommandError, match="1 of 1 providers"):
        call_command("machine_providers")
    assert "s3cret" not in said + capsys.readouterr().out
