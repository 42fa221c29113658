"""DeepL's API, version 2: ``/v2/languages``, ``/v2/translate`` with texts as XML."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise

from cms.languages.registry import CODES
from cms.translation.machine.providers.base import Setup, Terms
from cms.translation.machine.providers.codes import TWO_LETTERS, code_for, note_on
from cms.translation.machine.providers.http import Client, listed, strings

_TARGETS = TWO_LETTERS | {"en": ("en-GB", "en")}


class DeepL:
    """DeepL. Its glossaries are kept at DeepL, so the site's terms are not sent."""

    name = "DeepL"
    # 128 KiB a request in all; two bytes and more a letter, escaped in JSON.
    max_characters = 15_000
    max_texts = 50

    def __init__(self, setup: Setup, before: Callable[[], None]) -> None:
        self.key = setup.name
        self._own = setup.codes
        headers = {"Authorization": f"DeepL-Auth-Key {setup.secret}"}
        self._client = Client(setup.address, setup.secret, headers, before=before)
        self._sources: dict[str, str] = {}
        self._targets: dict[str, str] = {}

    def languages(self) -> set[tuple[str, str]]:
        self._sources = self._codes("source")
        self._targets = self._codes("target")
        return {(one, two) for one in self._sources for two in self._targets if one != two}

    def _codes(self, kind: str) -> dict[str, str]:
        rows = listed(self._client.get("/v2/languages", type=kind), self._client.host)
        known = [str(row.get("language")) for row in rows]
        candidates = _TARGETS if kind == "target" else TWO_LETTERS
        found = {code: code_for(code, known, candidates, self._own) for code in CODES}
        return {code: theirs for code, theirs in found.items() if theirs}

    def note(self, target: str) -> str | Promise:
        return note_on(target, self._targets.get(target))

    def translate(self, texts: list[str], source: str, target: str, glossary: Terms) -> list[str]:
        if source not in self._sources or target not in self._targets:
            self.languages()
        body = {
            "text": texts,
            "source_lang": self._sources.get(source, source),
            "target_lang": self._targets.get(target, target),
            "tag_handling": "xml",
            "non_splitting_tags": ["g", "x"],
            "split_sentences": "nonewlines",
            "preserve_formatting": True,
        }
        answer = self._client.post("/v2/translate", json=body)
        rows = answer.get("translations") if isinstance(answer, dict) else None
        found = [row.get("text") if isinstance(row, dict) else None for row in rows] if isinstance(rows, list) else None
        return strings(found, len(texts), self._client.host)
