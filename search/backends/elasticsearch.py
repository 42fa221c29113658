"""Elasticsearch as an engine: an index per language, behind an alias."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, cast

from elastic_transport import ObjectApiResponse
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.dsl import Search
from elasticsearch.helpers import BulkIndexError, bulk, scan

from cms.languages.registry import CODES
from search import analysis
from search.contracts import BackendResult, Document, EngineError, Question, nothing
from search.documents import VERSION
from search.elastic.circuit import Circuit, RefusedError
from search.elastic.client import (
    REBUILD_TIMEOUT,
    alias,
    in_time,
    previous,
    reader,
    reading,
    unfinished,
    writer,
    writing,
)
from search.elastic.documents import index_settings, mapping, source
from search.elastic.queries import search_in, titles_in

#: Seconds for which it is remembered which version of the index answers.
_REMEMBERED = 10.0
#: As many for which it is believed that there is nothing.
_BELIEVED = 0.5
_versions: dict[str, tuple[float, str]] = {}
#: Of an answer nothing but the pages' numbers, and what went wrong.
_WANTED = ["responses.hits.hits._id", "responses.status", "responses.error"]
#: What Elasticsearch says of a document that it will never take.
_REFUSED = frozenset({400, 413})


#: What it says, below 500, when it is it that fails and not what it was asked (a wrong query, a missing index).
_OUTAGES = frozenset({401, 403, 429})


@contextmanager
def _talking(circuit: Circuit | None = None) -> Iterator[None]:
    """Elasticsearch's errors as ours; with a circuit, which is told of them."""
    with circuit or nullcontext():
        try:
            yield
        except ApiError as error:
            status = _status(error)
            kind = EngineError if status >= 500 or status in _OUTAGES else RefusedError
            raise kind(_said(error)) from error
        except (TransportError, BulkIndexError) as error:
            raise EngineError(_said(error)) from error


def _status(error: ApiError) -> int:
    # One search of several fails in an answer that is well.
    inner = error.body.get("status") if isinstance(error.body, dict) else None
    return inner if isinstance(inner, int) else error.meta.status


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:300]}"


@contextmanager
def _understanding() -> Iterator[None]:
    """An answer in a form that Elasticsearch never gives (from what stands before it) as an ``EngineError``."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise EngineError(f"Not an answer of Elasticsearch: {type(error).__name__}: {str(error)[:200]}") from error


def _dated(now: int) -> Callable[[Any], Any]:
    """How an action is written in a request: with its time as the document's version.

    A request that was given up may be read by a server that was away, after a later one: what is
    older than what it has it refuses. And no document makes an index where an alias is missing. (A
    deletion with a version does, whatever it is told; that index is replaced when it is looked at.)
    """

    def expand(action: dict[str, Any]) -> tuple[dict[str, Any], Any]:
        told = {name: value for name, value in action.items() if name not in {"_op_type", "_source"}}
        told |= {"require_alias": True, "version": now // 1000, "version_type": "external_gte"}
        return {action.get("_op_type", "index"): told}, action.get("_source")

    return expand


def _page_ids(said: ObjectApiResponse[Any], one: dict[str, Any]) -> tuple[int, ...]:
    """The pages of one search of several, which may have failed alone."""
    if one["status"] != 200:
        raise ApiError("A search failed", meta=said.meta, body=one)
    return tuple(int(hit["_id"]) for hit in one.get("hits", {}).get("hits", ()))


def _unfinished_of(index: str) -> str:
    return f"{index.rpartition('-')[0]}-building"


def forget_versions() -> None:
    """Ask Elasticsearch anew which version of each index answers."""
    _versions.clear()


class ElasticsearchBackend:
    """Implements ``SecondEngine``."""

    name = "elasticsearch"

    # What readers ask.

    def search(self, asked: Sequence[Question], meanwhile: Callable[[], None] = nothing) -> list[BackendResult]:
        searches = [search_in(question, analysis.least(len(question.words))) for question in asked if question.words]
        answers = iter(self._answers([question.language for question in asked if question.words], searches, meanwhile))
        return [next(answers) if question.words else BackendResult(()) for question in asked]

    def suggest(self, text: str, limits: dict[str, int]) -> dict[str, BackendResult]:
        words = {language: analysis.typed(text, language) for language in limits}
        chosen = [language for language, asked in words.items() if asked]
        searches = [titles_in(words[language], language, limits[language]) for language in chosen]
        found = dict.fromkeys(limits, BackendResult(()))
        return found | dict(zip(chosen, self._answers(chosen, searches), strict=True))

    def _answers(
        self, languages: Sequence[str], searches: Sequence[Search], meanwhile: Callable[[], None] = nothing
    ) -> list[BackendResult]:
        if not searches:
            return []
        with _talking(reading):
            return in_time(lambda: self._answered(languages, searches), meanwhile)

    def _answered(self, languages: Sequence[str], searches: Sequence[Search]) -> list[BackendResult]:
        # One request for all languages: the reader waits for one time limit and not for several.
        lines = [line for search in searches for line in ({"index": search._index}, search.to_dict())]
        with _understanding():
            self._look(languages, reader())
            said = reader().msearch(searches=lines, filter_path=_WANTED)
            found = [BackendResult(_page_ids(said, one)) for one in said["responses"]]
            # An index that was put in the place of ours finds nothing: that is believed only of one looked at now.
            empty = [language for language, one in zip(languages, found, strict=True) if not one.page_ids]
            self._look(empty, reader(), seconds=_BELIEVED)
        return found

    def _look(self, languages: Iterable[str], client: Elasticsearch, seconds: float = _REMEMBERED) -> None:
        """Raises ``RefusedError`` unless the indices that answer are such as the queries are made for."""
        now = time.monotonic()
        chosen = set(languages)
        old = {code for code in chosen if code not in _versions or now - _versions[code][0] > seconds}
        if old:
            _versions.update({code: (now, version) for code, version in self._seen(old, client).items()})
        for language in chosen:
            known = _versions[language][1]
            if known != str(VERSION):
                state = f"of version {known}" if known else "missing"
                raise RefusedError(f"The index {alias(language)} is {state}; search_rebuild makes it.")

    @staticmethod
    def _seen(languages: Iterable[str], client: Elasticsearch) -> dict[str, str]:
        """The version of the index that answers for each language, asked in one request."""
        names = {alias(language): language for language in languages}
        # Of the node itself: while the nodes choose a new master the others know this, and go on answering.
        indices = client.indices.get(
            index=sorted(names), features=["aliases", "mappings"], ignore_unavailable=True, local=True
        ).body
        found: dict[str, set[str]] = {language: set() for language in names.values()}
        for index, one in indices.items():
            for name in names.keys() & one["aliases"].keys():
                found[names[name]].add(str(one["mappings"].get("_meta", {}).get("version", "?")))
            if index in names:  # An index of its own with our alias's name.
                found[names[index]].add("?")
        return {language: "".join(said) if len(said) < 2 else "?" for language, said in found.items()}

    def healthy(self) -> bool:
        try:
            with _talking(), _understanding():
                return all(version == str(VERSION) for version in self._seen(CODES, reader()).values())
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
        with _talking(), _understanding():
            return self._seen([language], writer())[language]

    # What it is told.

    def index(self, documents: Sequence[Document]) -> None:
        refused = self.tell(documents, (), {})
        if refused:
            raise EngineError(f"{len(refused)} documents were refused, the first: {next(iter(refused.values()))}")

    def remove(self, page_ids: Iterable[int]) -> None:
        self.tell((), page_ids, {})

    def tell(self, documents: Sequence[Document], gone: Iterable[int], building: dict[str, str]) -> dict[int, str]:
        def indices(language: str) -> list[str]:
            return [alias(language), *([unfinished(language)] if language in building else [])]

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
        with _talking(writing), _understanding():
            self._look(CODES, writer())
            return self._carry_out(actions)

    @staticmethod
    def _carry_out(actions: list[dict[str, Any]]) -> dict[int, str]:
        _done, failed = bulk(
            writer(), actions, refresh=True, raise_on_error=False, expand_action_callback=_dated(time.time_ns())
        )
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
        # Nobody searches in it before it is whole.
        unseen = {"refresh_interval": "-1"}
        with _talking():
            client = writer(REBUILD_TIMEOUT)
            for left in self._behind(unfinished(language)):  # by one that was killed when it had just begun
                client.indices.delete(index=left, ignore_unavailable=True)
            client.indices.create(
                index=index,
                mappings=mapping().to_dict(),
                settings=index_settings() | unseen,
                aliases={unfinished(language): {}},
            )
        return index

    def exists(self, index: str) -> bool:
        with _talking():
            return index in self._behind(_unfinished_of(index))

    def fill(self, index: str, documents: Iterable[Document]) -> None:
        name = _unfinished_of(index)
        actions = ({"_index": name, "_id": str(one.page_id), "_source": source(one)} for one in documents)
        with _talking():
            bulk(writer(REBUILD_TIMEOUT), actions, expand_action_callback=_dated(time.time_ns()))

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
            # It answers already if the one who swapped it was told of nothing any more.
            answering = [old for old in self._behind(name) if old != index]
            actions: list[dict[str, Any]] = [{"add": {"index": index, "alias": name}}]
            # An index of its own with our alias's name goes: no alias can have that name beside it.
            actions += [{"remove_index": {"index": old}} for old in answering if old == name]
            actions += [{"remove": {"index": old, "alias": name}} for old in answering if old != name]
            actions += [{"add": {"index": old, "alias": before}} for old in answering if old != name]
            if answering:
                gone = [old for old in self._behind(before) if old not in answering and old != index]
                actions += [{"remove_index": {"index": old}} for old in gone]
            for other in (unfinished(language), before):
                actions += [{"remove": {"index": index, "alias": other}}] if index in self._behind(other) else []
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
        """The indices behind an alias, or the one that has the name itself."""
        try:
            return list(writer().indices.get_alias(index=name).body)
        except NotFoundError:
            return []
