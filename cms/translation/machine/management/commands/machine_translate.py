"""Have a machine write what translations lack, without a screen."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.access.scopes import split_url_path
from cms.languages.registry import CODES, SOURCE
from cms.translation.machine.models import JobStatus, MachineJob
from cms.translation.machine.providers import ProviderError
from cms.translation.machine.service import left_lying, open_job, run
from cms.translation.models import TranslationRecord


class Command(BaseCommand):
    help = (
        "Machine-translate the texts that have no translation in LANGUAGE, page by page, and publish nothing. Run it "
        "again after a stop: it goes on where it was. With --left-lying it finishes what died, in every language."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("language", nargs="?", choices=[code for code in CODES if code != SOURCE])
        parser.add_argument("--path", default="", help="only pages at and below this address: att-bo/ or lan/skane/")
        parser.add_argument("--left-lying", action="store_true", help="finish jobs that nobody runs any more")

    def handle(self, *args: Any, language: str | None, path: str, left_lying: bool, **options: Any) -> None:
        if bool(language) == left_lying:
            raise CommandError("Name a language, or --left-lying.")
        failed = self._left_lying() if left_lying else self._translate(str(language), path.strip("/"))
        if failed:
            raise CommandError(f"{failed} of them not done.")

    def _left_lying(self) -> int:
        return sum(self._run(job) for job in left_lying().select_related("record__source__page"))

    def _translate(self, language: str, path: str) -> int:
        records = TranslationRecord.objects.filter(language=language, source__live=True, untranslated__gt=0)
        failed = 0
        for record in records.select_related("source__page").order_by("source__page__path"):
            if path and not f"{_address(record)}/".startswith(f"{path}/"):
                continue
            try:
                job = open_job(record)
            except ProviderError as error:
                raise CommandError(str(error)) from None
            failed += self._run(job)
            if MachineJob.objects.get(pk=job.pk).status == JobStatus.OVER_BUDGET:
                break
        return failed

    def _run(self, job: MachineJob) -> bool:
        """Run the job and say how it ended; whether it is not done."""
        run.call(job.pk)
        job = MachineJob.objects.select_related("record__source__page").get(pk=job.pk)
        said = f"{_address(job.record)} {job.record.language}: {job.status}, {job.done} of {job.total}"
        if job.discarded:
            said += f", {len(job.discarded)} discarded"
        self.stdout.write(f"{said}{': ' + job.error if job.error else ''}")
        return job.status != JobStatus.DONE


def _address(record: TranslationRecord) -> str:
    """The page's path, as in its address."""
    page = record.source.page
    found = split_url_path(page.url_path or "") if page is not None else None
    return found[1].rstrip("/") if found else str(record.source_id)
