"""A circuit breaker: an engine that fails again and again is left alone for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType

from search.contracts import EngineError

#: Failures one after another that open it; seconds that it stays open the first time, and at most.
FAILURES = 3
SHORTEST, LONGEST = 1.0, 5.0


class RefusedError(EngineError):
    """The engine is there and says no (to this query, or its index is missing): no failure of the engine."""


class Circuit(AbstractContextManager["Circuit"]):
    """``with circuit:`` around each call. While it is open a call is refused at once with ``EngineError``.

    After its time one call is let through: if that succeeds it is closed, else it stays open twice as
    long as before, up to ``LONGEST``. Each process has its own.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Close it, and forget what failed."""
        self._failures = 0
        self._pause = SHORTEST
        self._until = 0.0
        self._trying: int | None = None

    @property
    def open(self) -> bool:
        """Whether a call would be refused now."""
        return self._failures >= FAILURES and (self._trying is not None or self._clock() < self._until)

    def __enter__(self) -> Circuit:
        with self._lock:
            if self.open:
                raise EngineError("It failed again and again, and is tried again in a moment.")
            if self._failures >= FAILURES:
                self._trying = threading.get_ident()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            # A call that began before it opened may end while another one tries.
            was_trying = self._trying == threading.get_ident()
            if was_trying:
                self._trying = None
            if kind is None or issubclass(kind, RefusedError):
                self._failures, self._pause = 0, SHORTEST
                return
            self._failures += 1
            if self._failures >= FAILURES:
                if was_trying:
                    self._pause = min(self._pause * 2, LONGEST)
                self._until = self._clock() + self._pause
