"""Apertium's APy: ``/listPairs``, ``/translate``. It knows no batches, so each text is one request."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise

from cms.languages.registry import CODES
from cms.translation.machine.providers.base import Setup, Terms
from cms.translation.machine.providers.codes import THREE_LETTERS, code_for, note_on
from cms.translation.machine.providers.http import Client, listed, strings

_SPACES = re.compile(r" {2,}")
_BEFORE_STOP = re.compile(r" +(?=[.,](?: |$))")


class Apertium:
    """An APy server. Tags go as HTML, which its own readers and writers handle. No glossary is sent."""

    name = "Apertium"
    max_characters = 4000
    max_texts = 10

    def __init__(self, setup: Setup, before: Callable[[], None]) -> None:
        self.key = setup.name
        self._own = setup.codes
        self._client = Client(setup.address, setup.secret, before=before)
        self._pairs: dict[tuple[str, str], tuple[str, str]] = {}

    def languages(self) -> set[tuple[str, str]]:
        answer = self._client.get("/listPairs")
        rows = listed(answer.get("responseData") if isinstance(answer, dict) else None, self._client.host)
        known = {(str(row.get("sourceLanguage")), str(row.get("targetLanguage"))) for row in rows}
        self._pairs = {}
        for source in CODES:
            code = code_for(source, [one for one, _two in known], THREE_LETTERS, self._own)
            for target in CODES:
                others = [two for one, two in known if one == code]
                other = code_for(target, others, THREE_LETTERS, self._own)
                if code and other:
                    self._pairs[source, target] = (code, other)
        return set(self._pairs)

    def note(self, target: str) -> str | Promise:
        return note_on(target, next((theirs for (_, ours), (_, theirs) in self._pairs.items() if ours == target), None))

    def translate(self, texts: list[str], source: str, target: str, glossary: Terms) -> list[str]:
        if (source, target) not in self._pairs:
            self.languages()
        return [self._one(text, *self._pairs.get((source, target), (source, target))) for text in texts]

    def _one(self, text: str, source: str, target: str) -> str:
        form = {"langpair": f"{source}|{target}", "q": text, "format": "html", "markUnknown": "no"}
        if self._client.secret:
            form["key"] = self._client.secret
        answer: Any = self._client.post("/translate", data=form)
        data = answer.get("responseData") if isinstance(answer, dict) else None
        found = strings([data.get("translatedText") if isinstance(data, dict) else None], 1, self._client.host)[0]
        # It leaves spaces where a word of the source has no word of its own: two in a row, or one before a stop.
        for left_over in (_SPACES, _BEFORE_STOP):
            if not left_over.search(text):
                found = left_over.sub(" " if left_over is _SPACES else "", found)
        return found
