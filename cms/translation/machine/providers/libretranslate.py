"""LibreTranslate's API (its document of 1.6): ``/languages``, ``/translate`` with lists of texts as HTML."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise

from cms.languages.registry import CODES
from cms.translation.machine.providers.base import Setup, Terms
from cms.translation.machine.providers.codes import TWO_LETTERS, code_for, note_on
from cms.translation.machine.providers.http import Client, listed, strings


class LibreTranslate:
    """A LibreTranslate server. It has no terms: a glossary is not sent."""

    name = "LibreTranslate"
    # A server's own default for one request is 5,000 where it has a limit.
    max_characters = 4000
    max_texts = 20

    def __init__(self, setup: Setup, before: Callable[[], None]) -> None:
        self.key = setup.name
        self._own = setup.codes
        self._client = Client(setup.address, setup.secret, before=before)
        self._pairs: dict[tuple[str, str], tuple[str, str]] = {}

    def languages(self) -> set[tuple[str, str]]:
        self._pairs = {}
        rows = listed(self._client.get("/languages"), self._client.host)
        targets = {str(row.get("code")): [str(code) for code in row.get("targets") or ()] for row in rows}
        for source in CODES:
            code = code_for(source, targets, TWO_LETTERS, self._own)
            for target in CODES:
                other = code_for(target, targets[code], TWO_LETTERS, self._own) if code else None
                if code and other and code != other:
                    self._pairs[source, target] = (code, other)
        return set(self._pairs)

    def note(self, target: str) -> str | Promise:
        return note_on(target, next((theirs for (_, ours), (_, theirs) in self._pairs.items() if ours == target), None))

    def translate(self, texts: list[str], source: str, target: str, glossary: Terms) -> list[str]:
        if (source, target) not in self._pairs:
            self.languages()
        codes = self._pairs.get((source, target), (source, target))
        body: dict[str, Any] = {"q": texts, "source": codes[0], "target": codes[1], "format": "html"}
        if self._client.secret:
            body["api_key"] = self._client.secret
        answer = self._client.post("/translate", json=body)
        found = answer.get("translatedText") if isinstance(answer, dict) else None
        return strings(found, len(texts), self._client.host)
