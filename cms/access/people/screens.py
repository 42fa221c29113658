"""Role assignments: the list, a change, taking one away."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.access.actions import Action
from cms.access.doors.middleware import refuse
from cms.access.models import RoleAssignment
from cms.access.people.decisions import county_slugs, given_back, may_change, reachable
from cms.access.people.forms import RULES, AssignmentForm
from cms.access.people.giving import Refused, change, take
from cms.access.policy import decide
from cms.access.roles import role_choices
from cms.geography.models import County
from cms.languages.django import target_languages
from cms.languages.registry import BY_CODE


def name_of(user: Any) -> str:
    """The person's name, or where she has none her address; says so where her account is closed."""
    name = str(user.get_full_name() or user.email or user.username)
    return name if user.is_active else gettext("%(name)s (closed)") % {"name": name}


def counties_shown(request: HttpRequest | None) -> QuerySet[County]:
    """The counties that the user keeps."""
    slugs = county_slugs(request.user) if request else set()
    return County.objects.all() if slugs is None else County.objects.filter(slug__in=slugs)


class RefusingMixin:
    """Answers what the policy refuses with its reason."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except Refused as refused:
            return refuse(request, refused.denied)
        return response


class CountyFilter(django_filters.ModelChoiceFilter):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("County"), queryset=counties_shown, empty_label=_("All"), **kwargs)


class AssignmentFilterSet(WagtailFilterSet):
    role = django_filters.ChoiceFilter(label=_("Role"), choices=role_choices, empty_label=_("All"))
    county = CountyFilter()
    language = django_filters.ChoiceFilter(label=_("Language"), choices=target_languages, empty_label=_("All"))

    class Meta:
        model = RoleAssignment
        fields: list[str] = []


def _language(assignment: RoleAssignment) -> str:
    return BY_CODE[assignment.language].autonym if assignment.language in BY_CODE else assignment.language


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def _origin(assignment: RoleAssignment) -> str:
    return assignment.provider or gettext("By hand")


class AssignmentList(generic.IndexView):
    page_title = _("People and roles")
    add_item_label = _("Invite or give a role")
    search_fields = ("user__email", "user__username", "user__first_name", "user__last_name")
    search_backend_name = None
    filterset_class = AssignmentFilterSet

    @cached_property
    def columns(self) -> list[BaseColumn]:
        person = self._get_title_column_class(TitleColumn)
        return [
            person(
                "user",
                label=_("Person"),
                accessor=lambda assignment: name_of(assignment.user),
                get_url=self.get_edit_url,
                sort_key="user__first_name",
                width="24%",
            ),
            Column("email", label=_("E-mail address"), accessor="user.email", sort_key="user__email", width="24%"),
            Column("role", label=_("Role"), accessor="get_role_display", sort_key="role"),
            Column("county", label=_("County"), accessor="county.short_name", sort_key="county__position"),
            Column("language", label=_("Language"), accessor=_language, sort_key="language"),
            Column("starts_on", label=_("First day"), accessor=lambda row: _day(row.starts_on), sort_key="starts_on"),
            Column("ends_on", label=_("Last day"), accessor=lambda row: _day(row.ends_on), sort_key="ends_on"),
            Column("provider", label=_("Given"), accessor=_origin, sort_key="provider"),
        ]

    def get_base_queryset(self) -> QuerySet[RoleAssignment]:
        return reachable(self.request.user)

    def get_edit_url(self, instance: RoleAssignment) -> str | None:
        return reverse(self.edit_url_name, args=[instance.pk]) if may_change(self.request.user, instance) else None

    def get_delete_url(self, instance: RoleAssignment) -> str | None:
        may_take = decide(self.request.user, Action.ASSIGN, instance)
        return reverse(self.delete_url_name, args=[instance.pk]) if may_take else None

    def get_list_more_buttons(self, instance: RoleAssignment) -> list[Any]:
        rights = reverse("people_rights", args=[instance.user_id])
        buttons = [MenuItem(_("What may this person do?"), url=rights, icon_name="help", priority=5)]
        if address := self.get_edit_url(instance):
            buttons.append(MenuItem(_("Change"), url=address, icon_name="edit", priority=10))
        if address := self.get_delete_url(instance):
            buttons.append(MenuItem(_("Take away"), url=address, icon_name="bin", priority=30))
        if decide(self.request.user, Action.ACCOUNTS):
            account = reverse("wagtailusers_users:edit", args=[instance.user_id])
            buttons.append(MenuItem(_("Account"), url=account, icon_name="user", priority=40))
        return buttons


class AssignmentChange(RefusingMixin, generic.EditView):
    page_title = _("Change role")
    template_name = "access/people/assignment.html"
    success_message = _("The role has been changed.")
    error_message = _("The role has not been changed. See below what is wrong.")
    delete_item_label = _("Take away")

    def get_queryset(self) -> QuerySet[RoleAssignment]:
        return reachable(self.request.user)

    def get_page_subtitle(self) -> str:
        return name_of(self.object.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def get_last_updated_info(self) -> None:
        return None

    def form_valid(self, form: AssignmentForm) -> HttpResponse:
        try:
            return save_answer(super().form_valid(form))
        except ValidationError as error:
            form.add_error(None, error.messages)
            self.produced_error_message = self.get_error_message()
            return save_answer(self.form_invalid(form))

    def save_instance(self) -> RoleAssignment:
        assignment: RoleAssignment = self.form.instance
        change(assignment, by=self.request.user)
        return assignment

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"rules": RULES}


def save_answer(response: Any) -> HttpResponse:
    """Wagtail has no types; this says what its views answer with."""
    answer: HttpResponse = response
    return answer


class AssignmentTaking(RefusingMixin, generic.DeleteView):
    page_title = _("Take away role")
    template_name = "access/people/take.html"
    success_message = _("The role has been taken away.")

    def get_queryset(self) -> QuerySet[RoleAssignment]:
        return reachable(self.request.user)

    def get_page_subtitle(self) -> str:
        return name_of(self.object.user)

    @property
    def confirmation_message(self) -> str:
        names = {"person": name_of(self.object.user), "role": self.object.label}
        question = gettext("Take the role %(role)s away from %(person)s? It takes effect at once.") % names
        return f"{question} {given_back()}" if self.object.provider else question

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            take(self.object, by=self.request.user)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        else:
            messages.success(self.request, self.success_message)
        return redirect(self.index_url_name)


class AssignmentViewSet(ModelViewSet):
    """At ``admin/people/roles/``. A role is given by the invitation's form, which knows new people too."""

    model = RoleAssignment
    name = "people_roles"
    url_prefix = "people/roles"
    icon = "group"
    menu_name = "people"
    menu_label = _("People")
    menu_order = 540
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    ordering = ("user__email", "role", "county__position", "language")
    list_per_page = 50
    index_view_class = AssignmentList
    edit_view_class = AssignmentChange
    delete_view_class = AssignmentTaking

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {"add_url_name": "people_invite", "history_url_name": None, "usage_url_name": None}
        view_kwargs: dict[str, Any] = super().get_common_view_kwargs(**names, **kwargs)
        return view_kwargs

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # What it lists, filters and searches the view says itself.
        return {"paginate_by": self.list_per_page, "default_ordering": self.ordering, **kwargs}

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {"form_class": AssignmentForm, **kwargs}

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return kwargs

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
            path("delete/<int:pk>/", self.delete_view, name="delete"),
        ]
