"""On a person's account page: a mail each, or one a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from cms.access.models import NotificationChoice


class NotificationChoiceForm(forms.ModelForm[NotificationChoice]):
    class Meta:
        model = NotificationChoice
        fields = ["digest"]

    def save(self, commit: bool = True) -> NotificationChoice:
        if "digest" in self.changed_data and self.cleaned_data["digest"]:
            # Of what was before she was told at once; the first digest comes tomorrow.
            self.instance.last_digest = timezone.now()
        return super().save(commit)


class DigestPanel(BaseSettingsPanel):
    name = "digest"
    title = _("Moderation")
    tab = notifications_tab
    order = 200
    form_class = NotificationChoiceForm

    def get_form(self) -> NotificationChoiceForm:
        choice, _made = NotificationChoice.objects.get_or_create(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return NotificationChoiceForm(data, instance=choice, prefix=self.name)


@hooks.register("register_account_settings_panel")
def register_digest_panel(request: HttpRequest, user: Any, profile: Any) -> DigestPanel:
    return DigestPanel(request, user, profile)
