"""The one function that decides, and the sentences that it gives."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page

from cms.access.actions import LABELS, REFUSALS, Action
from cms.access.models import RoleAssignment
from cms.access.policy import Denied, decide, may_somewhere, roles_for
from cms.access.roles import ROLES
from cms.access.scopes import Scope, scope_at, scope_of
from cms.geography.models import County
from pages.models import LocalPage
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, publish

pytestmark = pytest.mark.django_db

SKANE, GOTLAND, NATION = Scope("sv", "skane"), Scope("sv", "gotland"), Scope("sv")
ARABIC, SOMALI, SKANE_ARABIC = Scope("ar"), Scope("so"), Scope("ar", "skane")
SCOPES = (NATION, SKANE, GOTLAND, ARABIC, SOMALI, SKANE_ARABIC, None)

WRITE = {"see", "add", "edit", "submit", "delete", "export", "use-file", "add-file"}
PUBLISH = WRITE | {"publish", "unpublish", "move", "lock", "restrict", "moderate", "mark-minor"}
PUBLISH |= {"order", "import", "edit-file"}
TRANSLATE = {"see", "edit", "submit", "export", "import"}
REVIEW = TRANSLATE | {"publish", "unpublish", "moderate"}
ADMINISTER = {"accounts", "assign", "settings", "redirects", "reports", "audit"}

#: What the agreed table says, written out: role, county, language → scope → actions.
TABLE: list[tuple[str, str | None, str, dict[Scope | None, set[str]], set[str]]] = [
    ("site-administrator", None, "", {}, ADMINISTER),
    ("national-editor", None, "", {NATION: WRITE | {"order"}}, set()),
    ("national-publisher", None, "", {NATION: PUBLISH}, {"withdraw", "take-over", "settings"}),
    ("county-editor", "12", "", {SKANE: WRITE}, set()),
    ("county-publisher", "12", "", {SKANE: PUBLISH | {"assign", "audit"}}, set()),
    ("translator", None, "ar", {ARABIC: TRANSLATE}, set()),
    ("translator", "12", "ar", {SKANE_ARABIC: TRANSLATE}, set()),
    ("reviewer", None, "ar", {ARABIC: REVIEW}, set()),
    ("reviewer", "12", "ar", {SKANE_ARABIC: REVIEW}, set()),
    ("analyst", None, "", {}, {"reports", "audit"}),
]


@pytest.mark.parametrize(
    ("role", "county", "language", "own", "everywhere"), TABLE, ids=[" ".join(map(str, row[:3])) for row in TABLE]
)
def test_each_role_may_what_the_table_says_and_nothing_else(
    role: str, county: str | None, language: str, own: dict[Scope | None, set[str]], everywhere: set[str]
) -> None:
    user = person(role, county, language)
    for scope in SCOPES:
        allowed = {str(action) for action in Action if decide(user, action, scope)}
        assert allowed == own.get(scope, set()) | everywhere, scope


def test_what_a_person_may_is_the_union_of_her_roles() -> None:
    user = person("county-editor", "12")
    RoleAssignment.objects.create(user=user, role="reviewer", language="ar")
    user = get_user_model().objects.get(pk=user.pk)
    assert decide(user, Action.ADD, SKANE)
    assert decide(user, Action.PUBLISH, ARABIC)
    assert not decide(user, Action.PUBLISH, SKANE)
    assert not decide(user, Action.ADD, ARABIC)


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(None, None, True), (-1, 0, True), (0, None, True), (1, None, False), (None, -1, False), (-9, -1, False)],
)
def test_a_role_holds_from_its_first_day_to_its_last(starts: int | None, ends: int | None, holds: bool) -> None:
    user = person("county-publisher", "12")
    today = dt.date.today()  # noqa: DTZ011 - the suite runs in the site's time zone
    RoleAssignment.objects.update(
        starts_on=None if starts is None else today + dt.timedelta(starts),
        ends_on=None if ends is None else today + dt.timedelta(ends),
    )
    user = get_user_model().objects.get(pk=user.pk)
    assert bool(decide(user, Action.PUBLISH, SKANE)) is holds


def test_a_closed_account_may_nothing_and_is_told_so() -> None:
    user = person("national-publisher")
    user.is_active = False
    assert not any(decide(user, action, NATION) for action in Action)
    with translation.override("en"):
        decision = decide(user, Action.EDIT, NATION)
        assert isinstance(decision, Denied)
        assert decision.reason == "This account is closed."


def test_a_refusal_names_the_role_and_whom_to_ask() -> None:
    user = person("county-editor", "12")
    with translation.override("en"):
        for scope, reason in (
            (SKANE, "Publishing here takes the role County publisher Skåne. Ask: Integrationsenheten Skåne."),
            (GOTLAND, "Publishing here takes the role County publisher Gotland. Ask: Integrationsenheten Gotland."),
            (NATION, "Publishing here takes the role National publisher. Ask: the national editorial office."),
            (ARABIC, "Publishing here takes the role Reviewer العربية. Ask: the national editorial office."),
            (SKANE_ARABIC, "Publishing here takes the role Reviewer العربية Skåne. Ask: Integrationsenheten Skåne."),
        ):
            decision = decide(user, Action.PUBLISH, scope)
            assert isinstance(decision, Denied)
            assert decision.reason == reason
        decision = decide(user, Action.ACCOUNTS)
        assert isinstance(decision, Denied)
        assert decision.reason == "Managing accounts takes the role Site administrator. Ask: the site administrators."
        decision = decide(user, Action.MAINTAIN)
        assert isinstance(decision, Denied)
        assert decision.reason == "Nobody does this here: commands of the installation keep it."


@pytest.mark.parametrize("code", ["sv", "en"])
def test_a_refusal_is_in_the_language_of_the_reader(code: str) -> None:
    with translation.override(code):
        decision = decide(person("analyst"), Action.EDIT, NATION)
        assert isinstance(decision, Denied)
        assert ("Fråga" in decision.reason) is (code == "sv")


def test_every_action_has_its_words_and_all_but_maintaining_a_role() -> None:
    assert set(LABELS) == set(Action)
    assert set(REFUSALS) == set(Action) - {Action.MAINTAIN}
    for action in Action:
        somewhere = [role for scope in SCOPES for role in roles_for(action, scope)]
        assert bool(somewhere) is (action is not Action.MAINTAIN), action


def test_a_thing_s_counterpart_in_a_language() -> None:
    translator, editor = person("translator", None, "ar"), person("national-editor")
    assert decide(translator, Action.EDIT, NATION, "ar")
    assert not decide(translator, Action.EDIT, NATION, "so")
    assert not decide(translator, Action.EDIT, NATION, "sv")
    assert decide(editor, Action.ORDER, NATION, "so")
    for code in ("sv", "xx", ""):
        assert not decide(editor, Action.ORDER, NATION, code), code


def test_nobody_changes_her_own_roles() -> None:
    administrator, publisher = person("site-administrator"), person("county-publisher", "12")
    for user in (administrator, publisher):
        own = RoleAssignment.objects.get(user=user)
        assert not decide(user, Action.ASSIGN, own)
        assert not decide(user, Action.ASSIGN, RoleAssignment(user=user, role="county-editor", county_id="12"))
    others = RoleAssignment(user=administrator, role="county-editor", county_id="12")
    assert decide(publisher, Action.ASSIGN, others)
    for beyond in (
        RoleAssignment(user=administrator, role="county-editor", county_id="09"),
        RoleAssignment(user=administrator, role="national-publisher"),
        RoleAssignment(user=administrator, role="translator", language="ar"),
    ):
        assert not decide(publisher, Action.ASSIGN, beyond)


@pytest.mark.parametrize(
    ("url_path", "scope"),
    [
        ("/home-sv/", NATION),
        ("/home-sv/att-bo/hyra/", NATION),
        ("/home-ar/lan/skane/", ARABIC),
        ("/lan-sv/skane/", SKANE),
        ("/lan-sv/skane/sfi/", SKANE),
        ("/lan-ar/skane/sfi/", SKANE_ARABIC),
        ("/lan-sv/", None),
        ("/", None),
        ("", None),
        ("/other/skane/", None),
    ],
)
def test_the_tree_says_whose_a_page_is(url_path: str, scope: Scope | None) -> None:
    assert scope_at(url_path) == scope


def test_whose_other_things_are() -> None:
    root = Collection.get_first_root_node()
    skane = Collection.objects.get(name="Skåne")
    below = Collection(name="Gotland")
    skane.add_child(instance=below)
    picture = get_image_model()(title="x", file=get_test_image_file(), collection=below)
    assert scope_of(Collection.objects.get(name="National")) == NATION
    assert scope_of(skane) == SKANE
    # What a county calls a folder of its own gives nobody else a right in it.
    assert scope_of(below) == scope_of(picture) == SKANE
    assert scope_of(root) is None
    assert scope_of(County.objects.get(slug="gotland")) == GOTLAND
    assert scope_of(None) is None
    assert scope_of(object()) is None


def test_somewhere_says_whether_there_is_any_such_part() -> None:
    user = person("county-editor", "12")
    assert may_somewhere(user, Action.ADD_FILE)
    with translation.override("en"):
        decision = may_somewhere(user, Action.AUDIT)
        assert isinstance(decision, Denied)
        assert "Site administrator or Analyst" in decision.reason


def test_a_list_of_a_hundred_pages_costs_one_query() -> None:
    make_home()
    publish(page_at("lan/skane/"))
    make_page("lan/skane/sfi/", model=LocalPage)
    pages = list(Page.objects.all()) * 100
    user = get_user_model().objects.get(pk=person("county-editor", "12").pk)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answers = [bool(decide(user, action, page)) for page in pages[:100] for action in Action]
    assert len(queries) == 1
    assert any(answers)
    assert not all(answers)


def test_who_installed_the_site_may_everything() -> None:
    root: Any = get_user_model().objects.create_superuser("root@example.org", "root@example.org", "a long password")
    assert all(decide(root, action, scope) for action in Action for scope in SCOPES)
    assert len(ROLES) == 8
