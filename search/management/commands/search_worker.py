"""``search_worker``: tells Elasticsearch of changes as they come."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from search.building import rebuild_index
from search.contracts import EngineError
from search.engines import second_engine
from search.outbox import drain
from search.status import status

#: Seconds between two looks at the outbox; the longest pause after failures.
PAUSE, LONGEST_PAUSE = 0.5, 30.0


class Command(BaseCommand):
    help = "Tell Elasticsearch of every change, in order, until stopped. One is enough; several do no harm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="tell what waits now, and end")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        if second_engine() is None:
            raise CommandError("There is nothing to tell: ELASTICSEARCH_URL is not set.")
        if once:
            try:
                self.stdout.write(f"{drain()} changes told")
            except EngineError as error:
                raise CommandError(str(error)) from error
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self._work(stop)

    def _work(self, stop: threading.Event) -> None:
        pause = PAUSE
        while not stop.is_set():
            close_old_connections()
            try:
                drain()
                pause = PAUSE
            except EngineError as error:
                pause = min(max(pause * 2, 1.0), LONGEST_PAUSE)
                self.stderr.write(f"Not told, tried again in {pause:.0f} s: {error}")
                self._make_what_is_missing()
            stop.wait(pause)

    def _make_what_is_missing(self) -> None:
        """A cluster that came back empty, or with another index under our name, gets ours."""
        try:
            for code, state in status().items():
                if state["rebuild"]:
                    self.stderr.write(f"{code}: {state['error']}; built anew: {rebuild_index(code)} pages")
        except EngineError as error:
            self.stderr.write(f"Not built: {error}")
