"""Every address × every person × every target: the answers and the database are what the agreed table says."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from cms.access.doors.table import DOORS as RULES
from cms.access.policy import Allowed
from tests.access.matrix.addresses import DOORS, OPEN
from tests.access.matrix.cells import Caller, address_of, undone
from tests.access.matrix.people import PEOPLE, Person, sign_up
from tests.access.matrix.site import Content
from tests.conftest import REQUIRE_SERVICES

#: Each process builds the world first; that takes a minute or two where others work beside it.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]


def _routes(resolver: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Each address's pattern and name."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from _routes(entry, route)
        else:
            assert isinstance(entry, URLPattern)
            yield route, entry.name or ""


def test_every_address_is_classified(content: Content) -> None:
    """Each pattern below ``/admin/`` is one that some cell calls, or needs no account."""
    called = {resolve(address_of(door, content.at(door.cells()[0])).partition("?")[0]).route for door in DOORS}
    addresses = {route: name for route, name in _routes(get_resolver()) if route.startswith(("admin/", "accounts/"))}
    missing = {route: name for route, name in addresses.items() if route not in called and name not in OPEN}
    assert not missing, f"Classify these in tests/access/matrix/addresses*.py: {missing}"


#: So that the processes share the work evenly.
PARTS = 4
#: ``ACCESS_MATRIX=whole`` calls every cell. Without it the embedded engines call one half, and the services, which
#: are required in .ci/run, the other: there every cell is called once. Each address is in either half, for every
#: other person.
WHOLE = os.environ.get("ACCESS_MATRIX") == "whole"


def _parts(number: int) -> range:
    """The parts of the addresses that the person of this number calls."""
    return range(PARTS) if WHOLE else range((number + REQUIRE_SERVICES) % 2, PARTS, 2)


CHOSEN = [
    pytest.param(person, part, id=f"{person.key}-{part}")
    for number, person in enumerate(PEOPLE)
    for part in _parts(number)
]


@pytest.mark.parametrize(("person", "part"), CHOSEN)
def test_every_cell(content: Content, person: Person, part: int, capsys: Any, caplog: Any) -> None:
    with undone(), caplog.at_level(logging.CRITICAL, logger="django.request"):
        result = Caller(person, sign_up(person), content).run(DOORS[part::PARTS])
    with capsys.disabled():
        where = f"matrix: {person.key} {part + 1}/{PARTS}"
        numbers = f"{result.cells} cells, {result.allowed} allowed, {len(result.differences)} differences"
        print(f"\n{where}: {numbers}")  # noqa: T201  (the number of cells is a result)
    assert not result.differences, "\n" + "\n".join(result.differences)


#: An address whose rule is taken away, and who would then get where.
UNWRAPPED = ("wagtail_localize:submit_page_translation", "wagtailadmin_choose_page_child", "wagtail_bulk_action")


@pytest.mark.parametrize("name", UNWRAPPED)
def test_an_unwrapped_view_is_found(content: Content, name: str, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    """With the door's rule gone, and Wagtail's own question left, the matrix differs."""
    doors = tuple(door for door in DOORS if door.name == name)
    person = next(person for person in PEOPLE if person.key == "county-editor-skane")
    with undone(), caplog.at_level(logging.CRITICAL, logger="django.request"):
        user = sign_up(person)
        # What a county's editors have on a stock site, to order translations at all.
        user.user_permissions.add(Permission.objects.get(codename="submit_translation"))
        assert not Caller(person, user, content).run(doors).differences
        monkeypatch.setitem(RULES, name, lambda request, kwargs: Allowed())
        assert Caller(person, user, content).run(doors).differences
