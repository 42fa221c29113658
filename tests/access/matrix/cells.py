"""Calling a cell of the matrix, and comparing the answer and what was written with the table."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory, TestCase
from django.test.client import ClientHandler
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.access.scopes import scope_at
from tests.access.matrix.doors import Door
from tests.access.matrix.people import Person, may
from tests.access.matrix.site import Cell, Content
from tests.access.matrix.site_translation import belongings, texts_state

#: Tables that no text, file, account or right is in: sessions, what was logged, what is derived.
_UNHEEDED = re.compile(
    r"django_session|wagtailadmin_editingsession|wagtailcore_referenceindex|wagtailcore_(page|model)logentry"
    r"|wagtailimages_rendition|wagtailsearch_|modelsearch_|search_(?!(?:synonyms|bestbet)$)|django_tasks|access_audit|axes_|pages_cachetag"
    r"|wagtailusers_userprofile|wagtailcore_pagesubscription"
)
_WRITE = re.compile(r'\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)
_SECRET = re.compile(r"HEMLIGT (\w+) (\w+)")
_HOLDER = re.compile(r"\b([a-z]+)@hemligt\.example")
#: 423: nothing may be written now, as the translators' room says it.
_REFUSED = (302, 403, 404, 405, 423)


@dataclass
class Result:
    """How many cells were called, and those that differ from the table."""

    cells: int = 0
    allowed: int = 0
    differences: list[str] = field(default_factory=list)


def tables_written(sql: str) -> str | None:
    """The table that a statement writes, where it is one that counts."""
    match = _WRITE.match(sql)
    return match[1] if match and not _UNHEEDED.match(match[1]) else None


@contextmanager
def watch_writes() -> Iterator[set[str]]:
    """Collects the tables that are written meanwhile."""
    written: set[str] = set()

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        table = tables_written(sql)
        if table:
            written.add(table)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield written


@contextmanager
def undone() -> Iterator[None]:
    """Takes back what is done to the database meanwhile; nothing cached of it stays."""
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


def address_of(door: Door, values: dict[str, Any]) -> str:
    """The address with the target's ids in it."""
    if door.name.startswith("/"):
        return door.name
    kwargs = {key: word[1:] if word.startswith("'") else values[word] for key, word in door.args.items()}
    query = f"?{door.query.format_map(values)}" if door.query else ""
    return reverse(door.name, kwargs={key: value for key, value in kwargs.items() if value != ""}) + query


def text_of(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace")


_FACE = ("live", "title", "live_revision_id", "last_published_at", "url_path")
_STATE = ("pk", "translation_key", "path", "draft_title", "latest_revision_id", "locked", "go_live_at", *_FACE)

#: What of a translation follows from what becomes of its source: where it is, and whether readers have it.
_FOLLOWS = {"path", "url_path", "slug", "live", "live_revision_id"}


def pages_state() -> dict[int, dict[str, Any]]:
    """What a write to a page changes; what is public is in ``_FACE``."""
    return {row["pk"]: row for row in Page.objects.filter(depth__gt=1).values(*_STATE)}


def files_state() -> set[tuple[str, int, int]]:
    """Which picture and document is in which collection."""
    models = (get_image_model(), get_document_model())
    return {(model.__name__, *row) for model in models for row in model.objects.values_list("pk", "collection_id")}


def accounts_state(pk: int) -> set[Any]:
    """The accounts but the one with this id: name, password, whether open, passkeys, groups."""
    users = get_user_model().objects.exclude(pk=pk)
    columns = ("pk", "username", "email", "password", "is_active", "is_superuser")
    factors = Authenticator.objects.exclude(user_id=pk).values_list("user_id", "type", "pk")
    return {*users.values_list(*columns), *factors}


def _cell_at(url_path: str) -> Cell:
    scope = scope_at(url_path)
    return Cell(scope.county_slug or "national", scope.language) if scope else Cell()


class Caller:
    """Calls as one person; ``content`` is what there is."""

    def __init__(self, person: Person, user: Any, content: Content) -> None:
        self.person, self.content = person, content
        client = Client()
        client.force_login(user)
        self._user, self._accounts = user, accounts_state(user.pk)
        self._own = belongings(user, person.language, content)
        self._before, self._files_before, self._texts_before = pages_state(), files_state(), texts_state()
        self._collections = {
            values["collection"]: cell for cell, values in content.values.items() if "collection" in values
        }
        self._cookies = dict(client.cookies)
        # Her first request takes from her what the database gave her and no role of today does.
        client.get("/admin/")
        self._handler = ClientHandler(enforce_csrf_checks=False)
        self._in_words: set[str] = set()
        self.result = Result()

    def run(self, doors: tuple[Door, ...]) -> Result:
        for door in doors:
            for cell in door.cells():
                if door.get:
                    self._cell(door, cell, "get", door.get)
                if door.post:
                    self._cell(door, cell, door.method, door.post)
        return self.result

    def _cell(self, door: Door, cell: Cell, method: str, verb: str) -> None:
        values = self.content.at(cell) | self._own
        allowed = may(self.person, verb, cell)
        self.result.cells += 1
        self.result.allowed += allowed
        address = address_of(door, values)
        with undone(), watch_writes() as written:
            with TestCase.captureOnCommitCallbacks(execute=True):
                response = self._call(
                    address,
                    method,
                    door.fill(values) if method != "get" else {},
                    door.json,
                    **self._headers(door, method, allowed),
                )
            faults = list(self._faults(door, cell, method, allowed, response, written))
            if written:
                faults += self._strangers(verb)
        for fault in faults:
            expected = "allowed" if allowed else "refused"
            self.result.differences.append(
                f"{self.person.key}: {method.upper()} {door} at {cell} should be {expected} ({verb}): {fault}"
            )

    def _headers(self, door: Door, method: str, allowed: bool) -> dict[str, Any]:
        """A refusal in words is a whole page: each address shows it once, then the short one."""
        if allowed or (method == "get" and door.name not in self._in_words):
            self._in_words |= set() if allowed else {door.name}
            return {}
        return {"headers": {"x-requested-with": "XMLHttpRequest"}}

    def _call(self, address: str, method: str, body: dict[str, Any], as_json: bool = False, **extra: Any) -> Any:
        # Not through a client: it keeps each template's context, and signing out is a cell.
        factory = RequestFactory()
        factory.cookies.load({name: morsel.value for name, morsel in self._cookies.items()})
        if method == "get":
            request = factory.get(address, **extra)
        elif method == "post" and as_json:
            request = factory.generic("POST", address, json.dumps(body), "application/json", **extra)
        elif method == "post":
            request = factory.post(address, body, **extra)
        else:
            kind = "application/x-www-form-urlencoded"
            request = factory.generic(method.upper(), address, urlencode(body), kind, **extra)
        return self._handler(request.environ)

    def _faults(
        self, door: Door, cell: Cell, method: str, allowed: bool, response: HttpResponse, written: set[str]
    ) -> Iterator[str]:
        yield from self._leaks(response)
        if "her own" in {door.get, door.post}:
            if response.status_code >= 500:
                yield f"answered {response.status_code}"
            return
        reading = method == "get"
        if allowed:
            yield from self._unfulfilled(door, reading, response, written)
            return
        if not reading and door.instead and may(self.person, door.instead, cell):
            return
        shown = door.listing or (door.soft and may(self.person, "see", cell))
        if not shown and response.status_code not in _REFUSED:
            yield f"answered {response.status_code}"
        if written:
            yield f"wrote {', '.join(sorted(written))} ({response.status_code})"

    def _unfulfilled(self, door: Door, reading: bool, response: HttpResponse, written: set[str]) -> Iterator[str]:
        """What somebody who may was not given."""
        if response.status_code not in (door.seen if reading else (*door.done, 201)):
            yield f"answered {response.status_code} {response.headers.get('Location', '')}"
        if not reading and door.writes and door.writes not in written:
            yield f"{door.writes} was not written ({response.status_code}; {', '.join(sorted(written))})"

    def _leaks(self, response: Any) -> Iterator[str]:
        """Drafts, and people with roles, that the answer names and that are not hers to know of."""
        text = text_of(response)
        for place, language in sorted(set(_SECRET.findall(text))):
            if not may(self.person, "see", Cell(place, language)):
                yield f"the answer ({response.status_code}) names the draft of {place} {language}"
        for place in sorted(set(_HOLDER.findall(text))):
            if not any(may(self.person, verb, Cell(place)) for verb in ("assign", "audit", "accounts")):
                yield f"the answer ({response.status_code}) names who has a role in {place}"

    def _strangers(self, verb: str) -> Iterator[str]:
        """Files, texts and pages that were changed where the person may not, or published where she may not."""
        yield from self._strange_files()
        if (
            accounts_state(self._user.pk) != self._accounts
            and not may(self.person, "accounts", Cell())
            and verb != "assign"
        ):
            yield "changed another's account"
        if not (verb == "withdraw" and may(self.person, verb, Cell())):
            yield from self._strange_pages()

    def _strange_files(self) -> Iterator[str]:
        for kind, _pk, collection in self._files_before ^ files_state():
            where = self._collections.get(collection, Cell())
            if not may(self.person, "add files", where):
                yield f"changed a {kind} of {where}"
        for row in self._texts_before ^ texts_state():
            place, language = self.content.places.get(row[0], ""), row[1]
            if not may(self.person, "write", Cell(place, language)):
                yield f"changed a text of {place}/{language}"

    def _strange_pages(self) -> Iterator[str]:
        after = pages_state()
        for pk in sorted(self._before.keys() | after.keys()):
            old, new = self._before.get(pk), after.get(pk)
            if old == new:
                continue
            if old and new and self._follows(old, new, after):
                continue
            for row in (old, new):
                if row is None:
                    continue
                where = _cell_at(row["url_path"])
                if not may(self.person, "see", where):
                    yield f"changed a page of {where}: {old and old['title']} → {new and new['title']}"
                    break
                public = (old and old["live"]) or (new and new["live"])
                face = [(row or {}).get(name) for row in (old, new) for name in _FACE]
                if public and face[: len(_FACE)] != face[len(_FACE) :] and not may(self.person, "publish", where):
                    yield f"changed what is public of {where}: {(old or new or {}).get('title')}"
                    break

    def _follows(self, old: dict[str, Any], new: dict[str, Any], after: dict[int, dict[str, Any]]) -> bool:
        """Whether a translation goes where its source goes, which the person may send there; its words stay."""
        key = old["translation_key"]
        sources = [
            row for row in self._before.values() if row["translation_key"] == key and row != after.get(row["pk"])
        ]
        mine = [row for row in sources if may(self.person, "publish", _cell_at(row["url_path"]))]
        changed = {name for name in _STATE if old[name] != new[name]}
        return changed <= _FOLLOWS and any(_cell_at(row["url_path"]).language == "sv" for row in mine)
