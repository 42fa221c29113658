"""``search_worker``: tells Elasticsearch of changes as they come."""

from __future__ import annotations

import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from search.building import lacking, rebuild_index
from search.contracts import EngineError
from search.engines import SecondEngine, second_engine
from search.outbox import drain

#: Seconds between two looks at the outbox; the longest pause after failures; seconds between two
#: looks at the indices themselves.
PAUSE, LONGEST_PAUSE, LOOK = 0.5, 5.0, 5.0


class Command(BaseCommand):
    help = "Tell Elasticsearch of every change, in order, until stopped. One is enough; several do no harm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="tell what waits now, and end")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        engine = second_engine()
        if engine is None:
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
        self._work(engine, stop)

    def _work(self, engine: SecondEngine, stop: threading.Event) -> None:
        pause, look = PAUSE, 0.0
        while not stop.is_set():
            close_old_connections()
            try:
                if time.monotonic() >= look:
                    # Also when nothing changes: a cluster may come back empty in the night.
                    self._make_what_is_missing(engine)
                    look = time.monotonic() + LOOK
                drain()
                pause = PAUSE
            except (EngineError, DatabaseError) as error:
                pause, look = min(max(pause * 2, 1.0), LONGEST_PAUSE), 0.0
                self.stderr.write(f"Not told, tried again in {pause:.0f} s: {error}")
            stop.wait(pause)

    def _make_what_is_missing(self, engine: SecondEngine) -> None:
        """A cluster that came back empty, or with another index under our name, gets ours."""
        for code in lacking(engine):
            self.stderr.write(f"{code}: no index of ours answers; built anew: {rebuild_index(code)} pages")
