"""Accounts: Wagtail's users, without passwords, groups and superusers. A new one is an invitation."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BaseColumn, BooleanColumn, Column, DateColumn
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect
from wagtail.users.views.users import EditView, IndexView, UserColumn, UserViewSet

from cms.access.people.forms import AccountForm
from cms.access.people.giving import keep_an_administrator
from cms.access.people.screens import name_of, save_answer
from cms.access.sync import sync


class AccountFilterSet(WagtailFilterSet):
    is_active = django_filters.BooleanFilter(label=_("Open"), widget=BooleanRadioSelect)
    last_login = django_filters.DateFromToRangeFilter(label=_("Last login"), widget=DateRangePickerWidget)

    class Meta:
        model = UserViewSet.model
        fields: list[str] = []


class AccountList(IndexView):
    page_title = _("Accounts")
    add_item_label = _("Invite or give a role")
    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "wagtailadmin/generic/index_results.html"

    @cached_property
    def columns(self) -> list[BaseColumn]:
        person = self._get_title_column_class(UserColumn)
        return [
            person("name", accessor=name_of, label=_("Name"), sort_key="name", get_url=self.get_edit_url),
            Column("email", label=_("E-mail address"), sort_key="email"),
            BooleanColumn("is_active", label=_("Open"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last login"), sort_key="last_login"),
        ]

    def get_filterset_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_filterset_kwargs()
        del kwargs["is_searching"]
        return kwargs

    def get_base_queryset(self) -> QuerySet[Any]:
        users: QuerySet[Any] = super().get_base_queryset()
        return users if self.request.user.is_superuser else users.filter(is_superuser=False)

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        rights = reverse("people_rights", args=[instance.pk])
        first = MenuItem(_("What may this person do?"), url=rights, icon_name="help", priority=5)
        return [first, *super().get_list_more_buttons(instance)]


class AccountChange(EditView):
    template_name = "wagtailadmin/generic/edit.html"
    success_message = _("The account has been changed.")
    error_message = _("The account has not been changed. See below what is wrong.")

    def get_page_subtitle(self) -> str:
        return name_of(self.object)

    def form_valid(self, form: AccountForm) -> HttpResponse:
        try:
            return save_answer(super().form_valid(form))
        except ValidationError as error:
            form.add_error("is_active", error.messages)
            self.produced_error_message = self.get_error_message()
            return save_answer(self.form_invalid(form))

    def save_instance(self) -> Any:
        if "is_active" in self.form.changed_data and not self.form.cleaned_data["is_active"]:
            keep_an_administrator(self.object)
        account = super().save_instance()
        if "is_active" in self.form.changed_data:
            # A closed account is in no group.
            sync()
        return account


class AccountViewSet(UserViewSet):
    """In Wagtail's place; neither made here nor deleted: what somebody did stays hers."""

    menu_label = _("Accounts")
    index_view_class = AccountList
    edit_view_class = AccountChange
    filterset_class = AccountFilterSet
    copy_view_enabled = False
    template_prefix = ""

    def get_form_class(self, for_update: bool = False) -> type[AccountForm]:
        return AccountForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {"add_url_name": "people_invite", "delete_url_name": None, "usage_url_name": None}
        view_kwargs: dict[str, Any] = super().get_common_view_kwargs(**names, **kwargs)
        return view_kwargs

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        templates = {"template_name": AccountList.template_name}
        view_kwargs: dict[str, Any] = super().get_index_view_kwargs(**templates, **kwargs)
        return view_kwargs

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        view_kwargs: dict[str, Any] = super().get_edit_view_kwargs(template_name=AccountChange.template_name, **kwargs)
        return view_kwargs

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
            path("history/<int:pk>/", self.history_view, name="history"),
            path("history-results/<int:pk>/", self.history_results_view, name="history_results"),
        ]
