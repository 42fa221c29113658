"""Withdrawing a county's page: the nation's publishers take it off the site, and tell the county why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from cms.access.actions import Action
from cms.access.audit.events import Event
from cms.access.audit.log import address_of, record
from cms.access.moderation.notices import tell
from cms.access.moderation.people import people_who_may
from cms.access.policy import decide
from cms.access.scopes import Scope, scope_of
from cms.languages.registry import SOURCE


class ReasonForm(forms.Form):
    """Why the page is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The county's publishers get this by e-mail."),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def can_be_withdrawn(page: Page) -> bool:
    """Whether this is a published page below a county's own: on that one, the others hang."""
    scope = scope_of(page)
    return bool(page.live and scope is not None and scope.county_slug and page.url_path != scope.url_path)


@transaction.atomic
def withdraw(user: Any, page: Page, reason: str) -> int:
    """Unpublish the page and its translations, and mail the county's publishers; returns to how many.

    That the mail server is down is logged. Raises ``PermissionDenied`` if ``user`` may not, or the page
    is none that can be withdrawn.
    """
    if not decide(user, Action.WITHDRAW, page) or not can_be_withdrawn(page):
        raise PermissionDenied
    scope = scope_of(page)
    versions = Page.objects.filter(translation_key=page.translation_key, live=True)
    for version in versions.specific():
        # Decided on above, for the page in all its languages.
        UnpublishPageAction(version, user=user).execute(skip_permission_checks=True)
    record(Event.WITHDRAWN, actor=user, about=address_of(page), scope=scope, reason=reason)
    # The county's own publishers, whichever of its languages the page is in.
    publishers = people_who_may(Action.PUBLISH, Scope(SOURCE, scope.county_slug)) if scope else []
    return tell(publishers, "withdrawn", {"page": page, "reason": reason, "sender": user}, but=user)


def withdrawal(request: HttpRequest, page_id: int) -> HttpResponse:
    """The question with its form, and what follows on the answer."""
    page = get_object_or_404(Page, pk=page_id, live=True)
    if not can_be_withdrawn(page):
        messages.error(request, _("This page cannot be withdrawn: other pages hang on it, or it is not a county's."))
        return redirect("wagtailadmin_home")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = withdraw(request.user, page, form.cleaned_data["reason"])
        messages.success(
            request,
            _("“%(title)s” is withdrawn, in every language. Publishers told by e-mail: %(count)d.")
            % {"title": page.title, "count": told},
        )
        return redirect("overview")
    context = {"page": page, "form": form}
    return TemplateResponse(request, "access/withdrawal.html", context)


urlpatterns: list[URLPattern] = [path("withdraw/<int:page_id>/", withdrawal, name="withdraw_page")]
