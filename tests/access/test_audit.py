"""The audit log: what is recorded, that it stays, and who reads it."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import LogContext, log
from wagtail.models import Collection, Page, Site
from wagtail.users.models import UserProfile

from cms.access.actions import Action
from cms.access.audit.context import AuditMiddleware
from cms.access.audit.events import LABELS, Event
from cms.access.audit.log import record
from cms.access.audit.purge import purge
from cms.access.audit.receivers import PAGE_ACTIONS
from cms.access.audit.triggers import ensure_triggers
from cms.access.audit.views import without_formula
from cms.access.models import AuditEntry, RoleAssignment
from cms.access.models.audit import AppendOnlyError
from cms.access.policy import may_somewhere
from cms.access.roles import ROLES, Needs
from cms.access.scopes import Scope
from pages.models import BasePage, LocalPage, ThemePage
from tests.access.test_adversary import client_of, text_of
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, publish

pytestmark = pytest.mark.django_db

SECRET = "Hemlig rubrik"


@pytest.fixture(autouse=True)
def _triggers(_triggers_were_there: None) -> None:
    ensure_triggers()


@pytest.fixture
def _triggers_were_there(db: None) -> None:
    """A test with transactions of its own drops one; the other is there because ``migrate`` made it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'access_auditentry_no_update'")
        else:
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname = 'access_auditentry_append_only'")
        assert cursor.fetchone() == (1,)


@pytest.fixture
def skane() -> BasePage:
    make_home()
    make_home("ar")
    publish(page_at("lan/skane/"))
    publish(page_at("lan/gotland/"))
    return make_page("lan/skane/sfi/", model=LocalPage, live=False, title=SECRET)


def staff(role: str, county: str | None = None, language: str = "") -> Any:
    """A user with one role and an e-mail address."""
    user = person(role, county, language)
    address = "-".join(part for part in (role, county, language) if part) + "@example.org"
    get_user_model().objects.filter(pk=user.pk).update(email=address, username=address)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    return get_user_model().objects.get(pk=user.pk)


def new(since: int = 0) -> list[AuditEntry]:
    """The entries after the one with this key, oldest first."""
    return list(AuditEntry.objects.filter(pk__gt=since).order_by("pk"))


def last() -> int:
    newest = AuditEntry.objects.order_by("-pk").first()
    return newest.pk if newest else 0


def only(since: int) -> AuditEntry:
    (entry,) = new(since)
    return entry


# --- What is recorded --------------------------------------------------------------------------------


def test_every_kind_has_a_label_and_every_action_of_pages_a_kind() -> None:
    assert set(LABELS) == set(Event)
    assert PAGE_ACTIONS["wagtail.publish"] is Event.PUBLISHED
    assert "wagtail.edit" not in PAGE_ACTIONS


def test_who_did_what_to_what_in_which_role(skane: BasePage) -> None:
    publisher = staff("county-publisher", "12")
    before = last()
    response = client_of(publisher).post(
        reverse("wagtailadmin_pages:lock", args=[skane.pk]), {"next": reverse("wagtailadmin_home")}
    )
    assert response.status_code == 302
    signed_in, locked = new(before)
    assert (signed_in.event, signed_in.about, signed_in.county) == ("signed-in", publisher.email, "skane")
    assert locked.event == "locked"
    assert locked.actor_id == publisher.pk
    assert locked.actor_email == "county-publisher-12@example.org"
    assert locked.roles == "county-publisher 12"
    assert (locked.about, locked.county, locked.language) == ("/sv/lan/skane/sfi/", "skane", "sv")

    RoleAssignment.objects.filter(user=publisher).delete()
    get_user_model().objects.filter(pk=publisher.pk).delete()
    locked.refresh_from_db()
    assert (locked.actor_id, locked.roles) == (publisher.pk, "county-publisher 12")


@pytest.mark.parametrize("action", sorted(PAGE_ACTIONS))
def test_each_of_wagtails_actions_on_a_page_is_recorded_once_without_its_title(skane: BasePage, action: str) -> None:
    publisher = staff("county-publisher", "12")
    before = last()
    data = {"page": {"id": skane.pk, "title": SECRET}, "title": {"old": SECRET, "new": SECRET}, "comment": SECRET}
    log(skane, action, user=publisher, title=SECRET, data=data)
    entry = only(before)
    assert entry.kind is PAGE_ACTIONS[action]
    assert entry.about == "/sv/lan/skane/sfi/"
    assert SECRET not in everything()


def everything() -> str:
    return json.dumps(list(AuditEntry.objects.values()), default=str, ensure_ascii=False)


def test_drafts_are_saved_without_an_entry(skane: BasePage) -> None:
    before = last()
    skane.title = "Ett annat namn"
    skane.save_revision(log_action=True)
    log(skane, "wagtail.comments.create", data={"comment": {"id": 1, "contentpath": "title", "text": SECRET}})
    assert new(before) == []


def test_the_life_of_a_page(skane: BasePage) -> None:
    publisher = staff("county-publisher", "12")
    before = last()
    with LogContext(user=publisher):
        page = make_page("lan/skane/ny/", model=LocalPage, title=SECRET)
        page.unpublish(user=publisher)
        Page.objects.get(pk=page.pk).move(page_at("lan/skane/sfi/"), pos="last-child", user=publisher)
        moved = Page.objects.get(pk=page.pk)
        moved.copy(recursive=False, update_attrs={"slug": "kopia"}, user=publisher)
        moved.delete(user=publisher)
    found = [(entry.event, entry.about) for entry in new(before)]
    assert found == [
        ("created", "/sv/lan/skane/ny/"),
        ("published", "/sv/lan/skane/ny/"),
        ("unpublished", "/sv/lan/skane/ny/"),
        ("moved", "/sv/lan/skane/ny/"),
        ("created", "/sv/lan/skane/sfi/kopia/"),
        ("copied", "/sv/lan/skane/sfi/kopia/"),
        ("deleted", "/sv/lan/skane/sfi/ny/"),
    ]
    assert AuditEntry.objects.get(event="moved").detail == {"to": "/sv/lan/skane/sfi/ny/"}
    assert {entry.roles for entry in new(before)} == {"county-publisher 12"}
    assert SECRET not in everything()


def test_a_publish_in_another_language_says_which(skane: BasePage) -> None:
    make_page("att-bo/", model=ThemePage)
    translation = make_page("att-bo/", "ar", ThemePage, live=False)
    reviewer = staff("reviewer", None, "ar")
    before = last()
    translation.save_revision().publish(user=reviewer)
    entry = only(before)
    assert (entry.event, entry.about, entry.language, entry.roles) == ("published", "/ar/att-bo/", "ar", "reviewer ar")


def test_files(skane: BasePage) -> None:
    before = last()
    image = get_image_model().objects.create(
        title=SECRET, file=get_test_image_file("torg.png"), collection=Collection.objects.get(name="Skåne")
    )
    image.get_file_hash()
    image.title = "Torget"
    image.save()
    image.delete()
    entries = new(before)
    assert [entry.event for entry in entries] == ["file-added", "file-changed", "file-deleted"]
    assert {entry.county for entry in entries} == {"skane"}
    assert {entry.language for entry in entries} == {""}
    assert entries[0].about.startswith("torg")
    assert SECRET not in everything()


def test_settings(skane: BasePage) -> None:
    publisher = staff("national-publisher")
    client = client_of(publisher)
    address = reverse("wagtailsnippets_pages_publisher:add")
    site = Site.objects.get(is_default_site=True)
    before = last()
    response = client.post(address, {"site": site.pk, "language": "so", "name": "Länsstyrelserna"})
    assert response.status_code == 302, text_of(response)[:2000]
    entry = only(before)
    assert (entry.event, entry.roles) == ("settings-changed", "national-publisher")
    assert entry.detail == {"kind": "pages.publisher", "what": "create"}


def test_roles() -> None:
    administrator = staff("site-administrator")
    user = get_user_model().objects.create_user("ny@example.org", "ny@example.org", "a long password")
    before = last()
    with LogContext(user=administrator):
        assignment = RoleAssignment.objects.create(user=user, role="translator", county_id="12", language="ar")
        assignment.save()
        assignment.ends_on = timezone.localdate() + timedelta(days=7)
        assignment.save()
        assignment.delete()
    given, changed, taken = new(before)
    assert [given.event, changed.event, taken.event] == ["role-given", "role-changed", "role-taken"]
    assert (given.about, given.county, given.language) == ("ny@example.org", "skane", "ar")
    assert given.detail == {"role": "translator", "county": "12", "language": "ar"}
    assert given.roles == "site-administrator"
    assert changed.detail["changed"] == "ends_on"
    assert changed.detail["ends_on"] == assignment.ends_on.isoformat()


def test_accounts(django_user_model: Any) -> None:
    before = last()
    user = django_user_model.objects.create_user("ny@example.org", "ny@example.org", "a long password")
    user.first_name = "Nya"
    user.email = "nyare@example.org"
    user.save()
    user.is_active = False
    user.save()
    user.is_active = True
    user.save(update_fields=["is_active"])
    user.set_password("another long password")
    user.save()
    user.save(update_fields=["last_login"])
    user.delete()
    entries = new(before)
    assert [entry.event for entry in entries] == [
        "account-created",
        "account-changed",
        "account-closed",
        "account-opened",
        "password-changed",
        "account-deleted",
    ]
    assert entries[1].detail == {"fields": "email, first_name", "email_before": "ny@example.org"}
    assert "password" not in entries[4].detail


def test_a_county_hears_that_an_account_of_hers_was_closed() -> None:
    editor = staff("county-editor", "12")
    before = last()
    with LogContext(user=staff("site-administrator")):
        before = last()
        editor.is_active = False
        editor.save()
    closed = next(entry for entry in new(before) if entry.event == "account-closed")
    assert (closed.about, closed.county, closed.roles) == (editor.email, "skane", "site-administrator")


# --- Signing in --------------------------------------------------------------------------------------


def test_a_failed_sign_in_keeps_no_name_that_is_no_account() -> None:
    from django.contrib.auth.signals import user_login_failed

    editor = staff("county-editor", "12")
    before = last()
    for credentials in ({"username": editor.username}, {"email": editor.email.upper()}, {"login": editor.email}):
        user_login_failed.send("test", credentials=credentials, request=None)
    user_login_failed.send("test", credentials={"username": "mitt lösenord"}, request=None)
    entries = new(before)
    assert [entry.about for entry in entries] == [editor.email] * 3 + [""]
    assert [entry.county for entry in entries] == ["skane"] * 3 + [""]
    assert {entry.event for entry in entries} == {"sign-in-failed"}
    assert {entry.actor_id for entry in entries} == {None}
    assert "lösenord" not in everything()


def test_signing_in_and_out() -> None:
    editor = staff("county-editor", "12")
    before = last()
    client = client_of(editor)
    client.logout()
    Client().logout()
    assert [(entry.event, entry.actor_id) for entry in new(before)] == [
        ("signed-in", editor.pk),
        ("signed-out", editor.pk),
    ]


def test_lock_out_and_second_factors(rf: Any) -> None:
    from allauth.account.signals import password_reset
    from allauth.mfa.models import Authenticator
    from allauth.mfa.signals import authenticator_added, authenticator_removed
    from axes.signals import user_locked_out

    editor = staff("county-editor", "12")
    authenticator = Authenticator(user=editor, type=Authenticator.Type.TOTP, data={"secret": "hemlig"})
    request = rf.get("/")
    request.user = editor
    before = last()

    def signed_in(request: Any) -> Any:
        for signal in (authenticator_added, authenticator_removed):
            signal.send(Authenticator, request=request, user=editor, authenticator=authenticator)

    AuditMiddleware(signed_in)(request)
    user_locked_out.send("axes", request=None, username=editor.email, ip_address="192.0.2.7")
    user_locked_out.send("axes", request=None, username="någon annan", ip_address="192.0.2.7")
    password_reset.send(type(editor), request=None, user=editor)
    entries = new(before)
    assert [(entry.event, entry.about, entry.actor_id) for entry in entries] == [
        ("second-factor-added", editor.email, editor.pk),
        ("second-factor-removed", editor.email, editor.pk),
        ("locked-out", editor.email, None),
        ("locked-out", "", None),
        ("password-reset", editor.email, None),
    ]
    assert entries[0].detail == {"kind": "totp"}
    assert "192.0.2.7" not in everything()
    assert "hemlig" not in everything()


def test_record_keeps_small_values() -> None:
    record(Event.EXPORTED, about="x" * 900, long="y" * 900, number=3, day=timezone.localdate(), nothing=None)
    entry = only(last() - 1)
    assert len(entry.about) == 500
    assert len(entry.detail["long"]) == 200
    assert entry.detail["number"] == 3
    assert entry.detail["day"] == timezone.localdate().isoformat()
    assert "nothing" not in entry.detail


# --- Append-only -------------------------------------------------------------------------------------


def test_append_only_through_the_orm() -> None:
    record(Event.EXPORTED, about="en")
    entry = AuditEntry.objects.get(pk=last())
    entry.about = "två"
    same_key = AuditEntry(pk=entry.pk, event="exported", about="tre")
    for attempt in (
        entry.save,
        lambda: entry.save(update_fields=["about"]),
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(about="två"),
        lambda: AuditEntry.objects.bulk_update([entry], ["about"]),
        lambda: AuditEntry.objects.update_or_create(pk=entry.pk, defaults={"about": "två"}),
        lambda: AuditEntry._base_manager.all().delete(),
        lambda: AuditEntry.objects.bulk_create(
            [same_key], update_conflicts=True, unique_fields=["id"], update_fields=["about"]
        ),
    ):
        with pytest.raises(AppendOnlyError):
            attempt()
    with pytest.raises(DatabaseError), transaction.atomic():
        same_key.save()
    assert AuditEntry.objects.get(pk=entry.pk).about == "en"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE access_auditentry SET about = 'två' WHERE id = %s", "DELETE FROM access_auditentry WHERE id = %s"],
)
def test_append_only_past_the_orm(statement: str) -> None:
    record(Event.EXPORTED, about="en")
    key = last()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [key])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        QuerySet(AuditEntry).filter(pk=key).update(about="två")
    assert AuditEntry.objects.get(pk=key).about == "en"


def aged(days: int) -> AuditEntry:
    return AuditEntry.objects.create(event="exported", time=timezone.now() - timedelta(days=days))


def test_purge(settings: Any) -> None:
    settings.AUDIT_DAYS = 60
    old, young = aged(61), aged(59)
    call_command("audit_purge", verbosity=0)
    assert not AuditEntry.objects.filter(pk=old.pk).exists()
    assert AuditEntry.objects.filter(pk=young.pk).exists()
    newest = AuditEntry.objects.get(pk=last())
    assert (newest.event, newest.detail) == ("purged", {"days": 60, "entries": 1})
    with pytest.raises(ValueError, match="30 days at least"):
        purge(29)


# --- Reading -----------------------------------------------------------------------------------------


@pytest.fixture
def counties() -> None:
    """An entry of Skåne, one of Gotland, one of neither."""
    record(Event.PUBLISHED, about="/sv/lan/skane/sfi/", scope=Scope("sv", "skane"))
    record(Event.PUBLISHED, about="/ar/lan/skane/sfi/", scope=Scope("ar", "skane"))
    record(Event.DELETED, about="/sv/lan/gotland/sfi/", scope=Scope("sv", "gotland"))
    record(Event.SETTINGS_CHANGED, about="Sidfoten")


def rows(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(response).removeprefix("\ufeff"))))


@pytest.mark.parametrize("role", [role.key for role in ROLES])
def test_who_reads_it(role: str) -> None:
    needs = {definition.key: definition.needs for definition in ROLES}[role]
    user = staff(role, "12" if needs is Needs.COUNTY else None, "ar" if needs is Needs.LANGUAGE else "")
    client = client_of(user)
    allowed = role in {"site-administrator", "county-publisher", "analyst"}
    assert bool(may_somewhere(user, Action.AUDIT)) is allowed
    for name in ("audit", "audit_results"):
        assert client.get(reverse(name)).status_code == (200 if allowed else 403)
        assert client.get(reverse(name), {"export": "csv"}).status_code == (200 if allowed else 403)
    home = text_of(client.get(reverse("wagtailadmin_home")))
    assert (reverse("audit") in home) is allowed


@pytest.mark.parametrize("role", ["site-administrator", "analyst"])
def test_who_reads_all_reads_all(counties: None, role: str) -> None:
    page = text_of(client_of(staff(role)).get(reverse("audit")))
    for about in ("/sv/lan/skane/sfi/", "/ar/lan/skane/sfi/", "/sv/lan/gotland/sfi/", "Sidfoten"):
        assert about in page


@pytest.mark.parametrize(
    "query", [{}, {"county": "gotland"}, {"about": "gotland"}, {"event": "deleted"}, {"county": ""}, {"county": "null"}]
)
def test_a_county_reads_its_own(counties: None, query: dict[str, str]) -> None:
    client = client_of(staff("county-publisher", "12"))
    page = text_of(client.get(reverse("audit"), query))
    table = text_of(client.get(reverse("audit_results"), query))
    export = text_of(client.get(reverse("audit"), query | {"export": "csv"}))
    for text in (page, table, export):
        assert "/sv/lan/gotland/sfi/" not in text
        assert "Sidfoten" not in text
    if not query:
        assert "/sv/lan/skane/sfi/" in page
        assert {row["About"] for row in rows(client.get(reverse("audit"), {"export": "csv"}))} >= {
            "/sv/lan/skane/sfi/",
            "/ar/lan/skane/sfi/",
        }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"event": "deleted", "county": "gotland"}, {"/sv/lan/gotland/sfi/"}),
        ({"county": "skane", "language": "ar"}, {"/ar/lan/skane/sfi/"}),
        ({"about": "sidfot"}, {"Sidfoten"}),
        ({"person": "ANALYST@"}, {"audit.csv", "analyst@example.org"}),
        ({"time_from": "2000-01-01", "time_to": "2000-01-02"}, set()),
    ],
)
def test_filters(counties: None, query: dict[str, str], found: set[str]) -> None:
    client = client_of(staff("analyst"))
    client.get(reverse("audit"), {"export": "csv", "about": "sidfot"})
    response = client.get(reverse("audit"), query | {"export": "csv"})
    assert {row["About"] for row in rows(response)} == found


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"time_from": "2026-02-01", "time_to": "2026-01-01"}, "The last day is before the first."),
        ({"time_from": "i går"}, "Days: Enter a valid date."),
        ({"event": "<b>"}, "Event: Select a valid choice. &lt;b&gt; is not one of the available choices."),
        ({"county": "atlantis"}, "County: Select a valid choice."),
        ({"language": "tlh"}, "Language: Select a valid choice."),
        ({"about": "\0"}, "About: Null characters are not allowed."),
    ],
)
def test_a_wrong_filter_is_named(counties: None, query: dict[str, str], message: str) -> None:
    user = staff("analyst")
    client = client_of(user)
    before = last()
    for extra in ({}, {"export": "csv"}):
        response = client.get(reverse("audit"), query | extra, headers={"accept-language": "en"})
        text = text_of(response)
        assert response.status_code == 200
        assert message in text
        assert "Sidfoten" not in text
    assert new(before) == []


def test_the_page_number_may_be_anything(counties: None) -> None:
    client = client_of(staff("analyst"))
    for number in ("0", "-1", "9999", "x"):
        assert client.get(reverse("audit"), {"p": number}).status_code == 200


def test_an_export_is_recorded_before_it_leaves(counties: None) -> None:
    publisher = staff("county-publisher", "12")
    client = client_of(publisher)
    before = last()
    response = client.get(reverse("audit"), {"export": "csv", "event": "published"})
    assert response["Content-Disposition"].startswith('attachment; filename="audit-')
    entry = only(before)
    assert (entry.event, entry.county, entry.roles) == ("exported", "skane", "county-publisher 12")
    assert entry.detail == {"entries": 2, "filters": "event=published"}
    assert len(rows(response)) == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_is_no_formula(start: str) -> None:
    record(Event.SETTINGS_CHANGED, about=f"{start}HYPERLINK()")
    response = client_of(staff("analyst")).get(reverse("audit"), {"export": "csv", "event": "settings-changed"})
    assert f"'{start}HYPERLINK()" in text_of(response)
    assert without_formula(f"{start}1") == f"'{start}1"
    assert without_formula("a=1") == "a=1"


@pytest.mark.parametrize("count", [1, 200])
def test_the_queries_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    publisher = staff("county-publisher", "12")
    client = client_of(publisher)
    client.get(reverse("audit"))
    for number in range(count):
        record(Event.PUBLISHED, actor=publisher, about=f"/sv/lan/skane/{number}/", scope=Scope("sv", "skane"))
    with django_assert_num_queries(11):
        page = text_of(client.get(reverse("audit_results")))
    assert f"/sv/lan/skane/{count - 1}/" in page
    with django_assert_num_queries(13):
        export = rows(client.get(reverse("audit"), {"export": "csv"}))
    assert len(export) >= count


def test_what_is_stored_reads_in_words(counties: None) -> None:
    publisher = staff("county-publisher", "12")
    record(Event.APPROVED, actor=publisher, about="/sv/lan/skane/sfi/", scope=Scope("sv", "skane"))
    page = text_of(client_of(staff("analyst")).get(reverse("audit"), headers={"accept-language": "en"}))
    for words in ("County publisher Skåne", "approved", "svenska", "command"):
        assert words.lower() in page.lower()
