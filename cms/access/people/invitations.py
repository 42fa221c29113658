"""Inviting a person: a role for an e-mail address, with an account where there was none."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.access.actions import Action
from cms.access.models import RoleAssignment
from cms.access.people.forms import RULES, InviteForm
from cms.access.people.giving import allowed, give
from cms.access.people.screens import RefusingMixin
from cms.access.policy import decide
from cms.access.signin.invitations import invite, new_account

logger = logging.getLogger(__name__)


def invite_and_give(assignment: RoleAssignment, email: str, name: str, *, by: Any, account: Any = None) -> None:
    """Give the role to ``account``, or make one for ``email`` and mail it an invitation once all is written.

    Raises ``Refused`` or ``ValidationError``; then there is neither a role nor an account.
    """
    with transaction.atomic():
        allowed(decide(by, Action.ASSIGN, assignment))
        made = account is None
        assignment.user = new_account(email, name) if made else account
        give(assignment, by=by)
        if made:
            # A mail that fails is logged; the role stands, and the mail can be sent again.
            transaction.on_commit(partial(invite, assignment.user, by=by), robust=True)


class InviteView(RefusingMixin, WagtailAdminTemplateMixin, FormView[InviteForm]):
    """At ``admin/people/invite/``. The answer is the same whether the address had an account or not."""

    page_title = gettext_lazy("Invite or give a role")
    header_icon = "mail"
    template_name = "access/people/assignment.html"
    form_class = InviteForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"email": self.request.GET.get("email", "")}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.page_title}
        people = {"url": reverse("people_roles:index"), "label": gettext("People and roles")}
        return [*self.breadcrumbs_items, people, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "rules": RULES,
            "media": context["form"].media,
            "action_url": reverse("people_invite"),
            "submit_button_label": gettext("Give the role"),
            "submit_button_active_label": gettext("Giving…"),
        }

    def form_valid(self, form: InviteForm) -> HttpResponse:
        values = form.cleaned_data
        try:
            invite_and_give(form.instance, values["email"], values["name"], by=self.request.user, account=form.account)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        done = gettext("%(email)s has the role now. Who had no account gets an invitation by mail.")
        messages.success(self.request, done % {"email": values["email"]})
        return redirect("people_roles:index")

    def form_invalid(self, form: InviteForm) -> HttpResponse:
        messages.validation_error(self.request, gettext("The role has not been given. See below what is wrong."), form)
        return super().form_invalid(form)


@require_POST
def invite_again(request: HttpRequest, user_id: int) -> HttpResponse:
    """Mail a new invitation. The door asked :func:`may_invite_again`."""
    person = get_object_or_404(get_user_model(), pk=user_id)
    try:
        invite(person, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except OSError:
        # The mail server is down or wants none of it; smtplib's errors are OSError too.
        logger.exception("the invitation could not be sent")
        messages.error(request, gettext("The mail could not be sent. Try again in a while."))
    else:
        messages.success(request, gettext("%(email)s has been sent a new invitation.") % {"email": person.email})
    return redirect("people_rights", user_id)
