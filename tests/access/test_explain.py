"""Who may do what, for people: the side panel, the command, the documentation."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.access.actions import Action
from cms.access.explain import holders, table
from cms.access.scopes import Scope
from pages.models import LocalPage
from tests.access.test_adversary import client_of
from tests.access.test_sync import person
from tests.factories import again, make_home, make_page, page_at, publish
from tests.html import Document

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).resolve().parents[2] / "docs" / "access.md"


@pytest.fixture(scope="module")
def made(shared_database: None) -> LocalPage:
    make_home()
    publish(page_at("lan/skane/"))
    publish(page_at("lan/gotland/"))
    found = make_page("lan/skane/sfi/", model=LocalPage)
    assert isinstance(found, LocalPage)
    return found


@pytest.fixture
def page(made: LocalPage) -> LocalPage:
    return again(made)


def test_the_side_panel_says_what_one_may_and_why_not_and_who_may(page: LocalPage) -> None:
    person("county-publisher", "12")
    person("county-publisher", "09")
    editor = person("county-editor", "12")
    response = client_of(editor).get(f"/admin/pages/{page.pk}/edit/")
    panel = Document(response).soup.select_one(".access-explanation")
    assert panel is not None
    text = panel.get_text(" ", strip=True)
    assert "Integrationsenheten Skåne" in text
    assert "county-publisher-12-@example.org" in text
    assert "county-publisher-09-@example.org" not in text


def test_who_may_is_one_query_however_many_there_are(page: LocalPage) -> None:
    person("county-editor", "12")
    person("county-publisher", "12")
    with CaptureQueriesContext(connection) as queries:
        found = {item.action: item.roles for item in holders(Scope("sv", "skane"))}
    assert len(queries) == 1
    assert list(found[Action.PUBLISH].values()) == [["county-publisher-12-@example.org"]]
    assert sum(len(people) for people in found[Action.EDIT].values()) == 2
    assert holders(None) == []


def _explain(*arguments: str) -> str:
    out = StringIO()
    call_command("access", "explain", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_explains(page: LocalPage) -> None:
    user = person("county-editor", "12")
    assert "Skåne" in _explain(user.username, "edit", "lan/skane/sfi/")
    refused = (("publish", "lan/skane/sfi/"), ("edit", "lan/gotland"), ("edit", "/"), ("edit", "lan/skane", "ar"))
    for arguments in refused:
        with pytest.raises(CommandError, match="Denied"):
            _explain(user.username, *arguments)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nobody@example.org", "edit", "lan/skane/"), "Nobody has the account nobody@example.org"),
        (("analyst--@example.org", "fly", "lan/skane/"), "There is no action fly. The actions are see, add"),
        (("analyst--@example.org", "edit", "lan/skane/nothing"), "There is no page lan/skane/nothing/"),
        (("analyst--@example.org", "edit", "lan/skane", "xx"), "There is no language xx"),
    ],
)
def test_the_command_says_what_it_does_not_know(page: LocalPage, arguments: tuple[str, ...], sentence: str) -> None:
    person("analyst")
    with pytest.raises(CommandError, match=sentence):
        _explain(*arguments)


def test_the_documentation_has_the_table_as_it_is() -> None:
    text = DOCS.read_text()
    written = text.split("`manage.py access document` -->\n")[1].split("\n<!-- /roles -->")[0]
    assert written == table(), "Run `manage.py access document` and put its output into docs/access.md."
