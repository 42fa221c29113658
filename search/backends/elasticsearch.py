"""Elasticsearch as an engine: an index per language, behind an alias."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from elasticsearch import ApiError, NotFoundError, TransportError
from elasticsearch.dsl import MultiSearch, Search
from elasticsearch.helpers import BulkIndexError, bulk, scan

from cms.languages.registry import CODES
from search import analysis
from search.contracts import BackendResult, Document, EngineError, Question
from search.documents import VERSION
from search.elastic.circuit import Circuit
from search.elastic.client import REBUILD_TIMEOUT, alias, previous, reader, reading, writer, writing
from search.elastic.documents import index_settings, mapping, source
from search.elastic.queries import search_in, titles_in

#: Seconds for which it is remembered which version of the index answers.
_REMEMBERED = 10.0
_versions: dict[str, tuple[float, str]] = {}
#: What Elasticsearch says of a document that it will never take.
_REFUSED = frozenset({400, 413})


@contextmanager
def _talking(circuit: Circuit | None = None) -> Iterator[None]:
    """Elasticsearch's errors as ours; with a circuit, which is told of them."""
    try:
        if circuit is None:
            yield
        else:
            with circuit:
                yield
    except (ApiError, TransportError, BulkIndexError) as error:
        raise EngineError(f"{type(error).__name__}: {str(error)[:300]}") from error


def forget_versions() -> None:
    """Ask Elasticsearch anew which version of each index answers."""
    _versions.clear()


class ElasticsearchBackend:
    """Implements ``SecondEngine``."""

    name = "elasticsearch"

    # What readers ask.

    def search(self, asked: Sequence[Question]) -> list[BackendResult]:
        searches = [search_in(question, analysis.least(len(question.words))) for question in asked if question.words]
        answers = iter(self._answers([question.language for question in asked if question.words], searches))
        return [next(answers) if question.words else BackendResult(()) for question in asked]

    def suggest(self, text: str, limits: dict[str, int]) -> dict[str, BackendResult]:
        words = {language: analysis.asked(text, language) for language in limits}
        chosen = [language for language, asked in words.items() if asked]
        searches = [titles_in(words[language], language, limits[language]) for language in chosen]
        found = dict.fromkeys(limits, BackendResult(()))
        return found | dict(zip(chosen, self._answers(chosen, searches), strict=True))

    def _answers(self, languages: Sequence[str], searches: Sequence[Search]) -> list[BackendResult]:
        if not searches:
            return []
        # One request for all languages: the reader waits for one time limit and not for several.
        request: MultiSearch[Any] = MultiSearch(using=reader())
        for search in searches:
            request = request.add(search)
        with _talking(reading):
            for language in set(languages):
                self._readable(language)
            answers = request.execute()
        return [BackendResult(tuple(int(hit.meta.id) for hit in answer)) for answer in answers]

    def _readable(self, language: str) -> None:
        """Raises ``EngineError`` unless the index that answers is one that the queries are made for."""
        now = time.monotonic()
        known = _versions.get(language)
        if known is None or now - known[0] > _REMEMBERED:
            known = _versions[language] = (now, self.version(language))
        if known[1] != str(VERSION):
            state = f"of version {known[1]}" if known[1] else "missing"
            raise EngineError(f"The index {alias(language)} is {state}; search_rebuild makes it.")

    def healthy(self) -> bool:
        try:
            with _talking():
                return all(self.version(code) == str(VERSION) for code in CODES)
        except EngineError:
            return False

    def count(self, language: str) -> int:
        return self.count_in(alias(language))

    def count_in(self, index: str) -> int:
        with _talking():
            try:
                return int(writer().count(index=index)["count"])
            except NotFoundError:
                return 0

    def stamps(self, language: str) -> dict[int, str]:
        with _talking():
            try:
                writer().indices.refresh(index=alias(language))
                rows = scan(writer(REBUILD_TIMEOUT), index=alias(language), size=2000)
                return {int(row["_id"]): row["_source"].get("stamp", "") for row in rows}
            except NotFoundError:
                return {}

    def version(self, language: str) -> str:
        with _talking():
            try:
                found = reader().indices.get_mapping(index=alias(language)).body
            except NotFoundError:
                return ""
        return next((str(one["mappings"].get("_meta", {}).get("version", "?")) for one in found.values()), "")

    # What it is told.

    def index(self, documents: Sequence[Document]) -> None:
        refused = self.tell(documents, (), {})
        if refused:
            raise EngineError(f"{len(refused)} documents were refused, the first: {next(iter(refused.values()))}")

    def remove(self, page_ids: Iterable[int]) -> None:
        self.tell((), page_ids, {})

    def tell(self, documents: Sequence[Document], gone: Iterable[int], building: dict[str, str]) -> dict[int, str]:
        def indices(language: str) -> list[str]:
            return [alias(language), *([building[language]] if language in building else [])]

        actions: list[dict[str, Any]] = []
        for document in documents:
            for language in CODES:
                # A page that changed its language stays nowhere else.
                kind: dict[str, Any] = {"_op_type": "delete"}
                if language == document.language:
                    kind = {"_source": source(document)}
                actions += [{"_index": index, "_id": str(document.page_id)} | kind for index in indices(language)]
        for page_id in gone:
            for language in CODES:
                actions += [{"_op_type": "delete", "_index": index, "_id": str(page_id)} for index in indices(language)]
        if not actions:
            return {}
        with _talking(writing):
            for language in CODES:
                self._readable(language)
            return self._carry_out(actions)

    @staticmethod
    def _carry_out(actions: list[dict[str, Any]]) -> dict[int, str]:
        # Without the alias Elasticsearch would make an index of its own mind; a rebuild makes ours.
        for action in actions:
            action["require_alias"] = not action["_index"].rpartition("-")[2].isdigit()
        _done, failed = bulk(writer(), actions, refresh=True, raise_on_error=False)
        refused: dict[int, str] = {}
        for item in cast(list[dict[str, dict[str, Any]]], failed):
            ((kind, said),) = item.items()
            reason = f"{said.get('error')}"[:300]
            if said["status"] in _REFUSED:
                refused[int(said["_id"])] = reason
            elif kind != "delete" or said["status"] != 404 or "index_not_found" in reason:
                raise EngineError(f"Not written: {reason}")
        return refused

    # How it is built.

    def create(self, language: str) -> str:
        index = f"{alias(language)}-{time.time_ns() // 1_000_000}"
        with _talking():
            # Nobody searches in it before it is whole.
            unseen = {"refresh_interval": "-1"}
            writer(REBUILD_TIMEOUT).indices.create(
                index=index, mappings=mapping().to_dict(), settings=index_settings() | unseen
            )
        return index

    def exists(self, index: str) -> bool:
        with _talking():
            return bool(writer().indices.exists(index=index))

    def fill(self, index: str, documents: Iterable[Document]) -> None:
        actions = ({"_index": index, "_id": str(one.page_id), "_source": source(one)} for one in documents)
        with _talking():
            bulk(writer(REBUILD_TIMEOUT), actions)

    def compare(self, index: str, stamps: dict[int, str]) -> list[str]:
        with _talking():
            client = writer(REBUILD_TIMEOUT)
            client.indices.put_settings(index=index, settings={"refresh_interval": None})
            client.indices.refresh(index=index)
            if not stamps:
                return []
            found = client.mget(index=index, ids=[str(page_id) for page_id in stamps])["docs"]
        has = {int(one["_id"]): one["_source"].get("stamp") for one in found if one.get("found")}
        return [
            f"Page {page_id} is not as it should be." for page_id, stamp in stamps.items() if has.get(page_id) != stamp
        ]

    def swap(self, language: str, index: str) -> None:
        name, before = alias(language), previous(language)
        with _talking():
            answering, older = self._behind(name), self._behind(before)
            actions: list[dict[str, Any]] = [{"add": {"index": index, "alias": name}}]
            actions += [{"remove": {"index": old, "alias": name}} for old in answering]
            actions += [{"add": {"index": old, "alias": before}} for old in answering]
            actions += [{"remove_index": {"index": old}} for old in older if old not in answering]
            writer(REBUILD_TIMEOUT).indices.update_aliases(actions=actions)
        _versions.pop(language, None)

    def roll_back(self, language: str) -> str:
        name, before = alias(language), previous(language)
        with _talking():
            answering, older = self._behind(name), self._behind(before)
            if not older:
                raise EngineError(f"No index of {language} from before the last rebuild is kept.")
            actions: list[dict[str, Any]] = []
            for old in older:
                actions += [{"add": {"index": old, "alias": name}}, {"remove": {"index": old, "alias": before}}]
            for old in answering:
                actions += [{"add": {"index": old, "alias": before}}, {"remove": {"index": old, "alias": name}}]
            writer(REBUILD_TIMEOUT).indices.update_aliases(actions=actions)
        _versions.pop(language, None)
        return older[0]

    def drop(self, index: str) -> None:
        with _talking():
            writer(REBUILD_TIMEOUT).indices.delete(index=index, ignore_unavailable=True)

    @staticmethod
    def _behind(name: str) -> list[str]:
        try:
            return list(writer().indices.get_alias(name=name).body)
        except NotFoundError:
            return []
