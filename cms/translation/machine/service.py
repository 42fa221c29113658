"""Machine translation of what has no text yet: in the background, in batches, resumable. Nothing here publishes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from cms.access.actions import Action
from cms.access.policy import Denied, decide
from cms.languages.registry import SOURCE
from cms.translation.checks import limits_of
from cms.translation.glossary.models import Status
from cms.translation.glossary.service import terms_in
from cms.translation.localize import Unit, ensure_translation, units_of
from cms.translation.machine import budget, protect, verify
from cms.translation.machine.models import OPEN, JobStatus, MachineJob
from cms.translation.machine.providers import (
    BadAnswerError,
    Provider,
    ProviderError,
    Setup,
    Terms,
    choose,
    make,
    setup_of,
)
from cms.translation.markup import plain
from cms.translation.models import Origin, TranslationRecord
from cms.translation.work import NewText, save_texts

#: A run that was not seen for so long is dead: requests end sooner.
DEAD_AFTER = timedelta(minutes=10)
#: Texts in a row that a provider answers wrongly before it is given up.
_PATIENCE = 3


class _StoppedError(Exception):
    """Another run has taken the job over."""


def request(record: TranslationRecord, user: Any) -> MachineJob:
    """Have a machine write the texts that the translation lacks; the job that is open already, if there is one.

    Raises ``PermissionDenied`` where the user may not edit the translation, and ``ProviderError``
    where no provider can do the language.
    """
    decision = decide(user, Action.EDIT, record)
    if isinstance(decision, Denied):
        raise PermissionDenied(decision.reason)
    job, made = _open(record, user)
    if made or is_left_lying(job):
        transaction.on_commit(lambda: run.enqueue(job.pk))
    return job


def open_job(record: TranslationRecord, user: Any | None = None) -> MachineJob:
    """As :func:`request`, of whom the caller has asked the policy about; the caller runs it."""
    return _open(record, user)[0]


def _open(record: TranslationRecord, user: Any | None) -> tuple[MachineJob, bool]:
    """The record's open job, and whether it was made now."""
    found = MachineJob.objects.filter(record=record, status__in=OPEN).first()
    if found is not None:
        return found, False
    setup = choose(record.language)
    try:
        with transaction.atomic():
            return MachineJob.objects.create(record=record, provider=setup.name, requested_by=user), True
    except IntegrityError:
        return MachineJob.objects.get(record=record, status__in=OPEN), False


def is_left_lying(job: MachineJob) -> bool:
    """Whether the job is open and nobody runs it: not begun for long, or begun by what died since."""
    seen = job.created_at if job.status == JobStatus.WAITING else job.seen_at
    return job.is_open and (seen is None or seen < timezone.now() - DEAD_AFTER)


def left_lying() -> QuerySet[MachineJob]:
    """The jobs that are so; see :func:`is_left_lying`."""
    dead = Q(seen_at__isnull=True) | Q(seen_at__lt=timezone.now() - DEAD_AFTER)
    return MachineJob.objects.filter(
        Q(status=JobStatus.WAITING, created_at__lt=timezone.now() - DEAD_AFTER) | Q(dead, status=JobStatus.RUNNING)
    ).order_by("pk")


def is_untouched_machine(record: TranslationRecord) -> bool:
    """Whether any of the working texts is still as a machine wrote it; two queries."""
    return any(unit.is_machine for unit in units_of(record.source_id, record.language, earlier=False))


@task()
def run(job_id: int) -> str:
    """Do the job, or what is left of it, and return its status.

    Whoever runs it last has it: a run that finds another's mark stops before it writes. So it can
    be run again at once after a crash, and costs at most one batch twice.
    """
    return str(_Run.of(job_id).all())


@dataclass(slots=True)
class _Run:
    """One run of a job. ``limits``: by path, how many characters fit. ``wrong``: the texts in a row that the
    provider answered wrongly."""

    job: MachineJob
    setup: Setup
    provider: Provider
    holder: str
    limits: dict[str, int] = field(default_factory=dict)
    wrong: int = 0

    @classmethod
    def of(cls, job_id: int) -> _Run:
        job = MachineJob.objects.select_related("record__source__page", "requested_by").get(pk=job_id)
        holder = uuid.uuid4().hex
        setup = setup_of(job.provider) or Setup("pseudo", job.provider)
        one = cls(job, setup, None, holder)  # type: ignore[arg-type]
        one.provider = make(setup, one.before_request)
        return one

    def all(self) -> str:
        if not self.job.is_open:
            return self.job.status
        now = timezone.now()
        MachineJob.objects.filter(pk=self.job.pk).update(
            status=JobStatus.RUNNING,
            holder=self.holder,
            seen_at=now,
            started_at=self.job.started_at or now,
        )
        try:
            return self._end(*self._texts())
        except _StoppedError:
            return MachineJob.objects.values_list("status", flat=True).get(pk=self.job.pk)
        except ProviderError as error:
            return self._end(JobStatus.FAILED, str(error))
        except BaseException:
            self._end(JobStatus.FAILED, _("It broke off. What was done is kept; run it again for the rest."))
            raise

    def _texts(self) -> tuple[JobStatus, str]:
        """Write them; returns how the job ends, and why."""
        record = self.job.record
        if setup_of(self.job.provider) is None:
            return JobStatus.FAILED, _("The settings name this provider no longer.")
        if ensure_translation(record.source_id, record.language) is None:
            return JobStatus.FAILED, _("This translation is written by hand: its page is not built as the original is.")
        units = self._pending()
        page = record.source.page
        self.limits = limits_of(page.specific, {unit.path for unit in units}) if page is not None else {}
        if not self.job.total:
            self.job.total = len(units)
            MachineJob.objects.filter(pk=self.job.pk, holder=self.holder).update(total=len(units))
        same = [unit for unit in units if verify.needs_no_machine(unit.source)]
        if same:
            self._save([(unit, verify.coded_source(unit)) for unit in same], [])
        for batch in self._batches([unit for unit in units if unit not in same]):
            if not self._batch(batch):
                return JobStatus.OVER_BUDGET, _("The month's characters for this language are used up.")
        return JobStatus.DONE, ""

    def _pending(self) -> list[Unit]:
        """The texts that there are none of, but for those that were discarded already."""
        given_up = {item["unit"] for item in self.job.discarded}
        units = units_of(self.job.record.source_id, self.job.record.language, earlier=False)
        return [unit for unit in units if not unit.text and unit.id not in given_up]

    def _batches(self, units: list[Unit]) -> Iterator[list[tuple[Unit, str]]]:
        """The units with their protected texts, as many at a time as the provider takes."""
        batch: list[tuple[Unit, str]] = []
        size = 0
        for unit in units:
            text = protect.to_xml(verify.coded_source(unit))
            if len(text) > self.provider.max_characters:
                self._save([], [verify.report(unit, "length", _("It is too long for this provider."))])
                continue
            if batch and (size + len(text) > self.provider.max_characters or len(batch) >= self.provider.max_texts):
                yield batch
                batch, size = [], 0
            batch.append((unit, text))
            size += len(text)
        if batch:
            yield batch

    def _batch(self, batch: list[tuple[Unit, str]]) -> bool:
        """Translate and save; ``False`` where the budget lacks the characters."""
        language = self.job.record.language
        characters = sum(len(text) for _unit, text in batch)
        if not budget.reserve(self.setup, language, characters):
            return False
        try:
            answers = self.provider.translate(
                [text for _unit, text in batch], SOURCE, language, self._terms([unit for unit, _text in batch])
            )
        except BadAnswerError as error:
            # Counted all the same: it was sent.
            return self._in_halves(batch, error)
        except ProviderError:
            budget.give_back(self.setup, language, characters)
            raise
        self.wrong = 0
        self._take([unit for unit, _text in batch], answers)
        return True

    def _in_halves(self, batch: list[tuple[Unit, str]], error: BadAnswerError) -> bool:
        if len(batch) > 1:
            middle = len(batch) // 2
            return self._batch(batch[:middle]) and self._batch(batch[middle:])
        self.wrong += 1
        if self.wrong >= _PATIENCE:
            raise error
        self._save([], [verify.report(batch[0][0], "answer", str(error))])
        return True

    def _take(self, units: list[Unit], answers: list[str]) -> None:
        good, discarded = [], []
        for unit, answer in zip(units, answers, strict=True):
            try:
                coded = protect.to_coded(answer)
            except protect.BrokenError:
                discarded.append(verify.report(unit, "tags", _("Its formatting is not the original's."), answer))
                continue
            fault = verify.fault(unit, self.job.record.language, coded, self.limits)
            if fault is None:
                good.append((unit, coded))
            else:
                discarded.append(verify.report(unit, *fault, answer))
        self._save(good, discarded)

    def _terms(self, units: list[Unit]) -> Terms:
        found = {
            term.term: term.approved[0]
            for unit in units
            for term in terms_in(self.job.record.language, plain(unit.source))
            if term.approved and term.status == Status.APPROVED
        }
        return sorted(found.items())

    @transaction.atomic
    def _save(self, good: list[tuple[Unit, str]], discarded: list[dict[str, Any]]) -> None:
        """A batch: its texts and the job's counts together, or neither."""
        job = MachineJob.objects.select_for_update(of=("self",)).get(pk=self.job.pk)
        if job.holder != self.holder:
            raise _StoppedError
        texts = [NewText(unit.id, coded, Origin.MACHINE, "", self.job.provider) for unit, coded in good]
        by_id = {unit.id: unit for unit, _coded in good}
        refused = save_texts(self.job.record, texts, self.job.requested_by) if texts else []
        # What a person wrote meanwhile stays, and is no fault of the machine's.
        discarded = discarded + [
            verify.report(by_id[one.unit], one.code, one.reason) for one in refused if one.code != "conflict"
        ]
        job.done += len(good) + len(discarded) - sum(one.code != "conflict" for one in refused)
        job.discarded = [*job.discarded, *discarded]
        job.seen_at = timezone.now()
        job.save(update_fields=["done", "discarded", "seen_at"])
        self.job.discarded, self.job.done = job.discarded, job.done

    def before_request(self) -> None:
        """Wait for the provider's turn, and be seen."""
        budget.wait_for_turn(self.setup)
        mine = MachineJob.objects.filter(pk=self.job.pk, holder=self.holder)
        if not mine.update(seen_at=timezone.now()):
            raise _StoppedError

    def _end(self, status: JobStatus, error: str) -> str:
        MachineJob.objects.filter(pk=self.job.pk, holder=self.holder).update(
            status=status, error=error[:500], finished_at=timezone.now()
        )
        return status
