"""The forms of the people's screens.

A form shows what the user may choose. What she may is decided when it is saved, by the policy: a value
that she wasn't shown is not a wrong value but a refused one, and the refusal has a reason.
"""

from __future__ import annotations

import json
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.localization import get_available_admin_languages
from wagtail.admin.widgets import AdminDateInput
from wagtail.users.models import UserProfile

from cms.access.models import RoleAssignment
from cms.access.people.decisions import county_slugs
from cms.access.roles import ROLES, Needs
from cms.geography.models import County
from cms.languages.django import target_languages

#: The form's own element: fields show as the chosen role needs them (Wagtail's ``w-rules``).
RULES = {"data-controller": "w-rules", "data-action": "change->w-rules#resolve"}


def _shown_for(*needs: Needs) -> str:
    return json.dumps({"role": [role.key for role in ROLES if role.needs in needs]})


class CountyField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own class takes no argument
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.short_name)


class AssignmentForm(forms.ModelForm[RoleAssignment]):
    """A role, its county and language, and its days. ``by`` is who gives it."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=lambda: [("", "---------"), *((role.key, role.name) for role in ROLES)],
        error_messages={"invalid_choice": _("There is no role “%(value)s”.")},
    )
    county = CountyField(
        label=_("County"),
        queryset=County.objects.all(),
        required=False,
        error_messages={"invalid_choice": _("There is no county “%(value)s”.")},
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: [("", "---------"), *target_languages()],
        required=False,
        help_text=_("The language that a translator or a reviewer works in"),
        error_messages={"invalid_choice": _("Nothing is translated into “%(value)s”.")},
    )
    starts_on = forms.DateField(
        label=_("First day"), required=False, widget=AdminDateInput(), help_text=_("Empty: from today")
    )
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=AdminDateInput(), help_text=_("Empty: until it is taken away")
    )

    class Meta:
        model = RoleAssignment
        fields = ("role", "county", "language", "starts_on", "ends_on")

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slugs = county_slugs(by)
        self.shown_when = {
            "county": _shown_for(Needs.COUNTY, Needs.LANGUAGE),
            "language": _shown_for(Needs.LANGUAGE),
        }
        for name, rule in self.shown_when.items():
            # What isn't shown isn't sent either, so that no error stands where nobody sees it.
            self.fields[name].widget.attrs |= {"data-w-rules-target": "enable", "data-w-rules": rule}
        if slugs is None:
            self.fields["county"].help_text = _("A translator or a reviewer without a county works on national pages")
            return
        # Only what the widgets show is narrowed: see above.
        counties = list(County.objects.filter(slug__in=slugs))
        self.fields["county"].widget.choices = [(county.pk, county.short_name) for county in counties]
        self.fields["role"].widget.choices = [
            ("", "---------"),
            *((role.key, role.name) for role in ROLES if role.needs is not Needs.NOTHING),
        ]
        if counties and not self.instance.county_id:
            self.initial.setdefault("county", counties[0].pk)


class InviteForm(AssignmentForm):
    """A role for whoever has an e-mail address, with or without an account."""

    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        required=False,
        help_text=_("Who has an account already keeps the name that she has there"),
    )

    field_order = ("email", "name", "role", "county", "language", "starts_on", "ends_on")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    @property
    def account(self) -> Any:
        """The account with the address that was typed, however it is written, or ``None``."""
        return with_address(self.cleaned_data["email"]).first()


class AccountForm(forms.ModelForm[Any]):
    """An account: whose it is, the language of her mails, and whether it is open.

    No password: its owner sets it. No groups: roles come from assignments.
    """

    email = forms.EmailField(label=_("E-mail address"), help_text=_("The person signs in with it"))
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    preferred_language = forms.ChoiceField(
        label=_("Language of the editor's side and of mails"),
        choices=lambda: [("", _("The site's")), *get_available_admin_languages()],
        required=False,
    )
    is_active = forms.BooleanField(
        label=_("Open"),
        required=False,
        help_text=_("A closed account is out at once, wherever it is signed in; what its owner did stays hers."),
    )

    class Meta:
        model = get_user_model()
        fields = ("email", "first_name", "last_name", "is_active")

    field_order = ("email", "first_name", "last_name", "preferred_language", "is_active")

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = self.instance.email
        profile = UserProfile.objects.filter(user=self.instance).first()
        self.fields["preferred_language"].initial = profile.preferred_language if profile else ""
        if editing_self:
            # Nobody closes her own account.
            del self.fields["is_active"]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        if with_address(email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another account has this address."))
        return email

    def save(self, commit: bool = True) -> Any:
        user = self.instance
        if user.username.lower() in {"", self.before.lower()}:
            # An account signs in with its address; one that a command made may have another name.
            user.username = user.email
        super().save(commit)
        if "email" in self.changed_data:
            # Or a new password could still be asked for at the address that was hers.
            EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = self.cleaned_data["preferred_language"]
        profile.save(update_fields=["preferred_language"])
        return user


def with_address(email: str) -> Any:
    """The accounts with this address, in any letters."""
    return get_user_model().objects.filter(Q(email__iexact=email) | Q(username__iexact=email))
