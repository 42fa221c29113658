from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from cms.geography import datafiles, loader


class Command(BaseCommand):
    help = "Load counties, municipalities, sub-regions, postal codes and their names. Run again, it changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; fail if a data file is wrong or the database is not what the files say",
        )
        parser.add_argument(
            "--data", type=Path, default=datafiles.DATA_DIR, metavar="DIR", help="another folder with the same files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        directory: Path = options["data"]
        self.quiet = options["verbosity"] == 0
        try:
            if options["check"]:
                self._check(directory)
            else:
                self._load(directory)
        except datafiles.DataError as error:
            number = len(error.problems)
            raise CommandError(f"{error}\n{number} problem{'s' * (number != 1)}; nothing was written.") from error

    def _say(self, line: str) -> None:
        if not self.quiet:
            self.stdout.write(line)

    def _check(self, directory: Path) -> None:
        data = datafiles.read(directory)
        if not loader.is_current(directory):
            raise CommandError("The files are in order, but the database is not what they say: run load_geography.")
        self._say(
            f"{len(data.counties)} counties, {len(data.municipalities)} municipalities, "
            f"{len(data.postal_codes)} postal codes: files and database agree."
        )

    def _load(self, directory: Path) -> None:
        began = time.monotonic()
        try:
            report = loader.load(directory)
        except IntegrityError as error:
            # Most likely a page stands on a place that the files no longer have; the error names the model.
            raise CommandError(f"The database refuses the new data; nothing was written. {error.args[0]}") from error
        if report.unchanged:
            self._say("Geography: nothing has changed.")
            return
        for table, (added, changed, removed) in report.changes.items():
            self._say(f"{table}: {added} added, {changed} changed, {removed} removed")
        self._say(f"Geography loaded in {time.monotonic() - began:.1f} s.")
